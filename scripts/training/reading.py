"""Questions with the passages that answer them, or seem to: what a reader is trained on.

An example is a question and a passage, and where in it the answer stands, if anywhere. Those
without an answer are what abstention is made of: questions written against a passage that it
nearly answers, passages whose answering sentence was taken out, and the passages that search
takes for the right one.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from kaoju.encoder import OnnxEncoder, readable_text
from kaoju.reader import blanked
from kaoju.text import sentences
from kaoju.types import Span
from training.close_up import GOLD, HALVED, STORIES, close_ups, story_examples
from training.cloze import cloze
from training.examples import Example
from training.pairs import (
    NEWS,
    PASSAGES,
    SOURCES,
    folded_passages,
    held_out,
    passages,
    read_pairs,
    written_passages,
)
from training.reading_pairs import WRITTEN

_HERE = Path(__file__).parent
# Answers to the questions of `data/written`, as its passages print them, and questions that they
# do not answer; passages of invented news with the same; sentences of drafts about passages of
# `data/written`, with the figure that speaks of the same thing, and such as no figure answers.
ANNOTATIONS = _HERE / "reading.jsonl"
CLAIMS = _HERE / "claims.jsonl"
# Prose of these sources states figures; at most so many clozes are taken from each.
WITH_FIGURES = (
    "bitcoinops_newsletters", "ethereum_org", "plurality_book", "tico19", "nextstrain_sitreps",
    "opensource_guide", "taiwan_law", "hf_course", "bitcoin_org",
)  # fmt: skip
MOST_STATED = 900
NEAREST = 8  # of the passages nearest to a question, other than its own, one is drawn
LONGEST = 200  # Chinese characters of a passage; a longer one is cut around its answer


@dataclass(frozen=True, slots=True)
class Reading:
    """Examples to train on and to validate with, and the digest of both."""

    train: list[Example]
    valid: list[Example]
    digest: str


def reading_data(shared: Path, seed: int) -> Reading:
    """Read, cut and draw the examples.

    Args:
        shared: Folder with ``data/written`` and ``data/dev``.
        seed: Of every draw.
    """
    draw = random.Random(seed)
    annotated = {row["id"]: row for row in _rows(ANNOTATIONS)}
    train, valid, _ = held_out(written_passages(shared))
    claimed = {row["id"]: row for row in _rows(CLAIMS)}
    invented = folded_passages(PASSAGES)
    annotated |= {row["id"]: row for row in invented}

    def drawn(rows: Iterable[dict[str, Any]]) -> list[Example]:
        return [
            example
            for row in rows
            for example in (
                *written_examples(row, annotated.get(row["id"])),
                *claims(row, claimed.get(row["id"])),
                *cloze(row, draw),
            )
        ]

    examples = drawn([*train, *invented, *folded_passages(NEWS)])
    judged = drawn(valid)
    examples += list(stated(shared, draw))
    dev = shared / "data" / "dev"
    for name in ("cmrc", "drcd"):
        examples += list(comprehension(_rows(dev / f"{name}.jsonl"), name, draw))
    examples += list(
        parallel(_rows(dev / "xquad.passages.jsonl"), _rows(dev / "xquad.questions.jsonl"))
    )
    examples += list(taken_out(examples, draw))
    examples += nearest(examples, draw)
    own = random.Random(f"{seed} close")
    examples += close_ups([e for e in examples if e.kind in WRITTEN], own)
    for name in (*STORIES, HALVED):
        told = story_examples(own, GOLD / name, GOLD / f"questions_{name}.jsonl")
        examples += told if name == HALVED else [replace(e, story="") for e in told]
    judged += list(close_ups(tuple(judged), own))
    every = [(e.question, e.passage, e.answer, e.kind) for e in (*examples, *judged)]
    digest = hashlib.sha256(json.dumps(every, ensure_ascii=False).encode()).hexdigest()
    return Reading(examples, judged, digest)


def written_examples(row: dict[str, Any], annotation: dict[str, Any] | None) -> list[Example]:
    """What a written passage gives: its questions in both languages, and near misses."""
    if annotation is None:
        return []
    found = []
    for asks, key in (("zh", "z"), ("en", "n")):
        for side, other in (("zh", "z"), ("en", "n")):
            for question, answer in zip(row[f"q_{asks}"], annotation[key + other], strict=True):
                place = _place(row[side], answer) if answer else None
                if place is not None:
                    found.append(Example(question, row[side], place, "written", asks != side))
        for question in annotation[f"no_{asks}"]:
            folded = _folded(question)
            found += [
                Example(folded, row[side], None, "near miss", asks != side) for side in ("zh", "en")
            ]
    return found


def claims(row: dict[str, Any], claimed: dict[str, Any] | None) -> Iterator[Example]:
    """What drafts say about a passage, the figure left out, with the figure that it prints."""
    for asks in ("zh", "en") if claimed is not None else ():
        assert claimed is not None
        for told, figure, *places in (*claimed.get(f"s_{asks}", ()), *claimed.get(f"x_{asks}", ())):
            sentence = _folded(told)
            at = _place(sentence, figure)
            if at is None:
                continue
            question = blanked(sentence, Span(*at)).strip()
            if not places:
                for side in ("zh", "en"):
                    yield Example(question, row[side], None, "claim near miss", asks != side)
            for side, answer in zip(("zh", "en"), places, strict=False):
                place = _place(row[side], answer) if answer else None
                if place is not None:
                    yield Example(question, row[side], place, "claim", asks != side)


def stated(shared: Path, draw: random.Random) -> Iterator[Example]:
    """Clozes of neighbouring sentences of the openly licensed sources, joined to passages."""
    for source in SOURCES:
        if source.name not in WITH_FIGURES:
            continue
        rows = read_pairs(shared, source)
        found = [
            example
            for zh, en in passages(rows, draw, limit=3_000)
            for example in cloze({"zh": zh[:LONGEST], "en": en[: 3 * LONGEST]}, draw)
        ]
        yield from draw.sample(found, min(len(found), MOST_STATED))


def comprehension(
    rows: Iterable[dict[str, Any]], kind: str, draw: random.Random
) -> Iterator[Example]:
    """Questions of a reading comprehension set, their passages cut to kaoju's length."""
    for row in rows:
        passage, title = _folded(row["passage"]), _folded(row["title"])
        place = next((p for a in row["answers"] if (p := _place(passage, _folded(a)))), None)
        if place is None:
            continue
        passage, place = cut(passage, place, draw)
        if title and draw.random() < 0.5:
            place = (place[0] + len(title) + 1, place[1] + len(title) + 1)
            passage = f"{title}\n{passage}"
        yield Example(_folded(row["query"]), passage, place, kind)


def parallel(
    passages: Iterable[dict[str, Any]], questions: Iterable[dict[str, Any]]
) -> Iterator[Example]:
    """Questions of a parallel set: each asked of its passage in both languages."""
    text = {(row["group"], row["lang"]): row["text"] for row in passages}
    every = list(questions)
    answers = {(row["id"][:-3], row["lang"]): row for row in every}
    draw = random.Random(0)
    for row in every:
        for lang in ("zh", "en"):
            told = answers.get((row["id"][:-3], lang))
            if told is None:
                continue
            whole = text[row["group"], lang]
            head, answer = _folded(whole[: told["answer_start"]]), _folded(told["answer"])
            passage = _folded(whole)
            start = len(head) if passage.startswith(answer, len(head)) else passage.find(answer)
            if start < 0:
                continue
            place = (start, start + len(answer))
            part, within = cut(passage, place, draw)
            yield Example(_folded(row["question"]), part, within, "xquad", lang != row["lang"])


def cut(passage: str, answer: tuple[int, int], draw: random.Random) -> tuple[str, tuple[int, int]]:
    """Whole sentences around an answer, at most `LONGEST` characters unless one is longer."""
    longest = LONGEST if _is_chinese(passage) else 3 * LONGEST
    if len(passage) <= longest:
        return passage, answer
    spans = list(sentences(passage))
    first = next((i for i, s in enumerate(spans) if s.end > answer[0]), len(spans) - 1)
    last = next((i for i, s in enumerate(spans) if s.end >= answer[1]), len(spans) - 1)
    size = draw.randint(longest // 4, longest)
    while spans[last].end - spans[first].start < size:
        ways = [way for way, room in ((-1, first), (1, len(spans) - 1 - last)) if room > 0]
        if not ways:
            break
        if draw.choice(ways) < 0:
            if spans[last].end - spans[first - 1].start > longest:
                break
            first -= 1
        else:
            if spans[last + 1].end - spans[first].start > longest:
                break
            last += 1
    start = min(spans[first].start, answer[0])
    return passage[start : max(spans[last].end, answer[1])], (answer[0] - start, answer[1] - start)


def taken_out(examples: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """Half of the passages again, without the sentence that answers."""
    for example in examples:
        if example.answer is None or example.kind == "cloze" or draw.random() < 0.5:
            continue
        answer = example.passage[slice(*example.answer)]
        kept = [
            span.of(example.passage)
            for span in sentences(example.passage)
            if span.end <= example.answer[0] or span.start >= example.answer[1]
        ]
        rest = ("" if _is_chinese(example.passage) else " ").join(kept)
        if len(rest) >= 20 and answer not in rest:
            yield Example(example.question, rest, None, "taken out", example.across)


def nearest(examples: Sequence[Example], draw: random.Random) -> list[Example]:
    """For most questions a passage that is near to it, and does not answer it."""
    encoder = OnnxEncoder(Path(__file__).resolve().parents[2] / "src" / "kaoju" / "model")
    asked = [e for e in examples if e.answer is not None]
    own: dict[str, set[str]] = {}
    for example in asked:
        own.setdefault(example.question, set()).add(example.passage)
    questions = list(own)
    passages = list(dict.fromkeys(e.passage for e in asked))
    both = {e.question for e in asked if e.across}
    near = encoder.encode(questions) @ encoder.encode(passages).T
    found = []
    for number, question in enumerate(questions):
        mine = own[question]
        order = np.argsort(-near[number])[: NEAREST + 24]
        others = [passages[i] for i in order if not _overlap(passages[i], mine)][:NEAREST]
        if others and (draw.random() < 0.6 or question in both):
            other = draw.choice(others)
            across = _is_chinese(question) != _is_chinese(other)
            found.append(Example(question, other, None, "nearest", across))
    return found


def _overlap(passage: str, mine: Iterable[str]) -> bool:
    """Whether two passages are cut from one."""
    middle = passage[len(passage) // 2 :][:24]
    return any(middle in own or own[len(own) // 2 :][:24] in passage for own in mine)


def _place(passage: str, answer: str) -> tuple[int, int] | None:
    answer = _folded(answer)
    start = passage.find(answer)
    return (start, start + len(answer)) if answer and start >= 0 else None


def _is_chinese(text: str) -> bool:
    return sum("\u4e00" <= c <= "\u9fff" for c in text) > len(text) / 5


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _folded(text: str) -> str:
    return readable_text(text, folded=True)
