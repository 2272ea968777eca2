"""Names against gold: mentions, links across languages, and transliterations ranked.

Two sets were marked by hand before the rules were tuned on them: ``corpus/gold/mentions.jsonl``
(the bundled corpus and passages written for it) and ``mentions_news.jsonl`` (news-like texts,
marked later and afresh). A third, ``mentions_tuned.jsonl``, was written to be tuned on. A row is
one text in both languages with its names; a name counts wherever it stands in the text and no
longer marked name holds it. ``seen`` and ``tuned`` rows may be tuned on, ``held_out`` rows only
measured.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.record import ROOT, digest, write_record
from kaoju.entities import find_mentions
from kaoju.gazetteer import gazetteer
from kaoju.linking import link
from kaoju.names import rank_names
from kaoju.text import fold, has_han
from kaoju.types import Entity, EntityKind, Language, Mention, Span

GOLD = ROOT / "corpus" / "gold"
SETS = {"passages": GOLD / "mentions.jsonl", "news": GOLD / "mentions_news.jsonl"}
TUNED = GOLD / "mentions_tuned.jsonl"
SHARED = ROOT.parent / "shared"
LANGUAGES = ("zh", "en")
SPLITS = ("seen", "held_out", "tuned")

Marked = tuple[int, int, str]  # start, end, kind


@dataclass(frozen=True, slots=True)
class Row:
    """One text of the gold in one language, with its marked names."""

    id: str
    split: str
    language: str
    text: str
    names: tuple[tuple[int, int, str, int], ...]  # start, end, kind, number of the name
    keys: tuple[str, ...]  # by number of the name: what it means across the gold


def read_gold(path: Path) -> list[Row]:
    """One set of the gold, each row in the languages that it is told in."""
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    keys = _keys(raw)
    rows: list[Row] = []
    for number, row in enumerate(raw):
        for language in LANGUAGES:
            text = row.get(f"{language}_text")
            if text is None and f"{language}_path" in row:
                text = _body(path.parent.parent / row[f"{language}_path"])
            if text is None:
                continue  # told in the other language alone
            names = tuple(_marked(text, row["names"], language))
            rows.append(Row(row["id"], row["split"], language, text, names, keys[number]))
    return rows


def _body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("\n---\n", 1)[1]


def _keys(raw: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """What each name means: names that share a form and a kind mean the same."""
    parent: dict[str, str] = {}

    def root(form: str) -> str:
        parent.setdefault(form, form)
        while parent[form] != form:
            form = parent[form]
        return form

    def forms(name: dict[str, Any]) -> list[str]:
        found = [form.rpartition(":")[2] for form in [*name["zh"], *name["en"]]]
        return [f"{name['kind']}/{form}" for form in found]

    for row in raw:
        for name in row["names"]:
            own = forms(name)
            for form in own[1:]:
                parent[root(form)] = root(own[0])
    return [tuple(root(forms(name)[0]) for name in row["names"]) for row in raw]


def _marked(
    text: str, names: list[dict[str, Any]], language: str
) -> Iterator[tuple[int, int, str, int]]:
    """Every appearance of the names, the longest first, none inside another."""
    forms: list[tuple[str, str, str, int]] = []
    for number, name in enumerate(names):
        for form in name[language]:
            pattern, _, target = form.rpartition(":")
            forms.append((target, pattern or re.escape(target), name["kind"], number))
    taken: list[tuple[int, int]] = []
    for target, pattern, kind, number in sorted(forms, key=lambda row: -len(row[0])):
        for match in re.finditer(pattern, text):
            start = text.index(target, match.start())
            end = start + len(target)
            word = target[0].isascii() and (
                (text[start - 1 : start].isalnum() and text[start - 1].isascii())
                or (text[end : end + 1].isalnum() and text[end].isascii())
            )
            if not word and not any(start < e and s < end for s, e in taken):
                taken.append((start, end))
                yield start, end, kind, number


# Finding --------------------------------------------------------------------------------


def _ours(row: Row) -> set[Marked]:
    return {(m.span.start, m.span.end, m.kind.value) for m in find_mentions(row.text)}


_TAGS = {"nr": "person", "nrt": "person", "nrfg": "person", "nt": "organisation", "ns": "place"}
_CAPITALS = re.compile(r"[A-Z][\w'&.-]*(?: (?:of |the )?[A-Z][\w'&.-]*)*")


def _baseline(row: Row) -> set[Marked]:
    """Jieba's own tags for Chinese; for English runs of capitalised words, all of one kind."""
    if row.language == "en":
        found = {(m.start(), m.end()) for m in _CAPITALS.finditer(row.text)}
        return {(s, e, kind) for s, e in found for kind in ("person",)}
    import jieba.posseg as posseg

    marked, position = set(), 0
    for word, tag in posseg.cut(row.text):
        if tag in _TAGS:
            marked.add((position, position + len(word), _TAGS[tag]))
        position += len(word)
    return marked


def score_mentions(rows: Iterable[Row], find: Callable[[Row], set[Marked]]) -> dict[str, Any]:
    """Precision, recall and F1 of exact spans with the right kind, by kind.

    ``untyped`` counts a span of any kind; it is what the English baseline can be held to.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        gold = {(s, e, kind) for s, e, kind, _ in row.names}
        found = find(row)
        for kind in ("person", "organisation", "place"):
            g = {x for x in gold if x[2] == kind}
            f = {x for x in found if x[2] == kind}
            counts[kind].update(right=len(g & f), gold=len(g), found=len(f))
        g2 = {x[:2] for x in gold}
        f2 = {x[:2] for x in found}
        counts["untyped"].update(right=len(g2 & f2), gold=len(g2), found=len(f2))
    return {kind: _f1(c) for kind, c in counts.items()}


def _f1(c: Counter[str]) -> dict[str, float]:
    precision = c["right"] / c["found"] if c["found"] else 0.0
    recall = c["right"] / c["gold"] if c["gold"] else 0.0
    both = precision + recall
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
        "gold": c["gold"],
    }


# Linking --------------------------------------------------------------------------------


def _gold_mentions(row: Row) -> list[tuple[Mention, str]]:
    """The marked names as mentions, each with the fullest form of its name in the row."""
    fullest: dict[int, str] = {}
    for start, end, _, number in row.names:
        surface = row.text[start:end]
        if len(surface) > len(fullest.get(number, "")):
            fullest[number] = surface
    found = {(m.span.start, m.span.end): m for m in find_mentions(row.text)}
    made = []
    for start, end, kind, number in row.names:
        seen = found.get((start, end))
        mention = Mention(
            span=Span(start, end),
            surface=row.text[start:end],
            kind=EntityKind(kind),
            name=fullest[number],
            language=Language(row.language) if has_han(row.text[start:end]) else Language.EN,
            role=seen.role if seen is not None else None,
            original=seen.original if seen is not None else None,
            document_id=f"{row.id}-{row.language}",
        )
        made.append((mention, row.keys[number]))
    return made


def score_links(rows: list[Row], split: str) -> dict[str, Any]:
    """Whether English names reach the entity of their Chinese name, on one shelf of all rows.

    All Chinese texts are read first, then the English ones. A name that has a Chinese
    counterpart is right when it gets that entity; one that has none is right when it
    gets the entity of no other name.
    """
    known: dict[str, Entity] = {}
    chinese: dict[str, Counter[str]] = defaultdict(Counter)
    owners: dict[str, set[str]] = defaultdict(set)
    wrong: list[str] = []
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for language in LANGUAGES:
        for row in rows:
            if row.language != language:
                continue
            pairs = _gold_mentions(row)
            linked = link([m for m, _ in pairs], list(known.values()))
            known.update((e.id, e) for e in linked.entities)
            judged: set[str] = set()
            for mention, (_, key) in zip(linked.mentions, pairs, strict=True):
                if language == "zh":
                    chinese[key][mention.entity_id] += 1
                    owners[mention.entity_id].add(key)
                    continue
                if row.split != split or key in judged:
                    continue
                judged.add(key)
                table = "in_table" if _in_table(mention.surface) else "not_in_table"
                right = (
                    mention.entity_id in chinese[key]
                    if key in chinese
                    else not (owners[mention.entity_id] - {key})
                )
                side = "paired" if key in chinese else "unpaired"
                counts[table].update(right=right, all=1)
                counts[f"{table}_{side}"].update(right=right, all=1)
                counts[f"{table}_{side}_{mention.kind.value}"].update(right=right, all=1)
                if not right:
                    wrong.append(f"{row.id} {mention.surface} ({key}, {side})")
    told: dict[str, Any] = {
        name: {"accuracy": round(c["right"] / c["all"], 4), "names": c["all"]}
        for name, c in sorted(counts.items())
    }
    told["wrong"] = wrong
    return told


def _in_table(surface: str) -> bool:
    table, plain = gazetteer(), fold(surface, lower=False).text
    return plain in table.english or plain in table.chinese


# Transliterations -----------------------------------------------------------------------


def score_transliteration(
    folder: Path, *, whole: bool, seed: int = 7, others: int = 999
) -> dict[str, Any]:
    """Accuracy at 1 and 5 of the true name among ``others`` more, in both directions.

    The others are drawn from the development list itself, or from the whole list, names
    that are as true for the same query left out; a tie counts against us.
    """
    sides = {"zh_to_en": (0, 2), "en_to_zh": (2, 0)}
    with ProcessPoolExecutor(len(sides)) as pool:
        jobs = {
            name: pool.submit(_score_direction, folder, whole, seed, others, *side)
            for name, side in sides.items()
        }
        return {name: job.result() for name, job in jobs.items()}


def _score_direction(
    folder: Path, whole: bool, seed: int, others: int, source: int, target: int
) -> dict[str, Any]:
    pairs = _pairs(folder / "dev.tsv")
    listed = pairs + _pairs(folder / "train.tsv") if whole else pairs
    rng = random.Random(seed)
    pool = sorted({pair[target] for pair in listed})
    true: dict[str, set[str]] = defaultdict(set)
    for pair in listed:
        true[pair[source].lower()].add(pair[target])
    first = five = 0
    started = time.process_time()
    for pair in pairs:
        also = true[pair[source].lower()]
        drawn = rng.sample([x for x in pool if x not in also], others)
        ranked = rank_names(pair[source], [*drawn, pair[target]])
        own = next(score for candidate, score in ranked if candidate == pair[target])
        above = sum(score >= own for candidate, score in ranked if candidate != pair[target])
        first += above == 0
        five += above < 5
    spent = time.process_time() - started
    return {
        "accuracy_at_1": round(first / len(pairs), 4),
        "accuracy_at_5": round(five / len(pairs), 4),
        "queries": len(pairs),
        "processor_ms_per_query": round(1000 * spent / len(pairs), 1),
    }


def _pairs(path: Path) -> list[tuple[str, ...]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def speed(rows: list[Row]) -> dict[str, float]:
    """Kilobytes of text a second through `find_mentions`, by language, best of three."""
    told = {}
    for language in LANGUAGES:
        texts = [row.text for row in rows if row.language == language]
        size = sum(len(text.encode()) for text in texts)
        best = min(_timed(texts) for _ in range(3))
        told[language] = round(size / best / 1000, 1)
    return told


def _timed(texts: list[str]) -> float:
    started = time.perf_counter()
    for text in texts:
        find_mentions(text)
    return time.perf_counter() - started


def score_gold(rows: list[Row]) -> dict[str, Any]:
    """Finding and linking on one set, by split and language."""
    results: dict[str, Any] = {}
    for split in SPLITS:
        own = [row for row in rows if row.split == split]
        if not own:
            continue
        results[split] = {
            "mentions": {
                language: score_mentions([r for r in own if r.language == language], _ours)
                for language in LANGUAGES
            },
            "baseline": {
                language: score_mentions([r for r in own if r.language == language], _baseline)
                for language in LANGUAGES
            },
            "links": score_links(rows, split),
        }
        if split == "held_out":
            results[split]["links"].pop("wrong")
    return results


def run(argv: list[str] | None = None) -> int:
    """Measure, print, and write the record unless told not to."""
    parser = argparse.ArgumentParser(prog="evaluate.py names", description=__doc__)
    parser.add_argument("--no-record", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="print what the seen rows get wrong")
    parser.add_argument("--skip-transliteration", action="store_true")
    parser.add_argument("--whole-list", action="store_true", help="rank among learned names too")
    given = parser.parse_args(argv)
    results: dict[str, Any] = {}
    for name, path in {**SETS, "tuned": TUNED}.items():
        rows = read_gold(path)
        results[name] = {"gold_sha256": digest(path), **score_gold(rows)}
        if given.wrong:
            _print_wrong([row for row in rows if row.split != "held_out"])
        if name == "passages":
            results["speed_kb_per_s"] = speed(rows)
    folder = SHARED / "data" / "names"
    if folder.exists() and not given.skip_transliteration:
        results["transliteration"] = {"others_from_dev": score_transliteration(folder, whole=False)}
        if given.whole_list:
            results["transliteration"]["others_from_whole_list"] = score_transliteration(
                folder, whole=True
            )
    print(json.dumps(results, ensure_ascii=False, indent=1))
    if not given.no_record:
        print(write_record("names", results, seed=7, others=999))
    return 0


def _print_wrong(rows: list[Row]) -> None:
    for row in rows:
        gold = {(s, e, kind) for s, e, kind, _ in row.names}
        found = _ours(row)
        missed = "; ".join(f"{row.text[s:e]}/{k[:3]}" for s, e, k in sorted(gold - found))
        extra = "; ".join(f"{row.text[s:e]}/{k[:3]}" for s, e, k in sorted(found - gold))
        if missed or extra:
            print(f"{row.id} {row.language}  missed: {missed}  extra: {extra}")
