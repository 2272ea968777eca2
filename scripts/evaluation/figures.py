"""Figures: how many are found and read right, in news, in a peer's tests, in pairs; how fast.

    python scripts/evaluate.py figures [--quiet] [--no-speed] [--data DIR]

The development data lies in ``../shared/data/figures``; what the peers reach there is quoted
from its README (their numbers are of the other half). Our side is run through
`evaluation.recognizers` where the peer's conventions differ from ours.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from evaluation.figure_speed import SHARED, rows, speed
from evaluation.figures_fresh import fresh
from evaluation.ranges import Item
from evaluation.recognizers import recognized
from evaluation.record import ROOT, digest, write_record
from kaoju.comparison import compare_figures
from kaoju.figures import find_figures
from kaoju.metrics import SpanScore
from kaoju.types import Agreement, Comparison, Dimension, Figure, Language, Qualifier, Relation

# Quoted from ../shared/data/figures/README.md: best peer's F1 x 100 on the other half, exact
# span + value + unit, and which peer that is.
PEERS: dict[tuple[str, str], tuple[float, str]] = {
    ("number", "zh"): (99, "Recognizers (repository)"),
    ("number", "en"): (95, "Recognizers (repository)"),
    ("percent", "zh"): (100, "Recognizers (repository)"),
    ("percent", "en"): (100, "Recognizers (repository)"),
    ("currency", "zh"): (76, "Recognizers (repository)"),
    ("currency", "en"): (91, "Recognizers (repository)"),
    ("dimension", "zh"): (89, "Recognizers (repository)"),
    ("dimension", "en"): (95, "Recognizers (repository)"),
    ("age", "zh"): (100, "Recognizers (repository)"),
    ("age", "en"): (100, "Recognizers (repository)"),
    ("ordinal", "zh"): (50, "Recognizers (repository)"),
    ("ordinal", "en"): (100, "Recognizers (repository)"),
    ("duration", "zh"): (57, "JioNLP"),
    ("duration", "en"): (86, "Recognizers (repository)"),
    ("date", "zh"): (68, "Recognizers (package)"),
    ("date", "en"): (74, "Recognizers (repository)"),
    ("daterange", "zh"): (31, "Recognizers (repository)"),
    ("daterange", "en"): (66, "Recognizers (repository)"),
    ("datetime", "zh"): (93, "Recognizers (repository)"),
    ("datetime", "en"): (64, "Recognizers (repository)"),
    ("range", "zh"): (0, "none"),
    ("range", "en"): (0, "none"),
}
PEERS_NEWS = {"zh": "Recognizers (package) recall .82", "en": "Recognizers (package) recall .76"}
_UNITS = {"percent": "%", "percentage_point": "pp", "times": "x", "ratio": "1", "ordinal": "1"}


def run(arguments: Sequence[str]) -> int:
    """Score everything there is, print the tables, write the record."""
    parser = argparse.ArgumentParser(prog="evaluate.py figures", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "figures")
    parser.add_argument("--quiet", action="store_true", help="no line for each error")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--no-record", action="store_true")
    parser.add_argument("--category", help="only this category, with its errors")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"{options.data}: no such folder; nothing to score")
        return 1
    results: dict[str, Any] = {}
    verbose = not options.quiet
    if options.category is None:
        results["news"] = _news(options.data, verbose=verbose)
        results["fresh"] = fresh()
        results["pairs"] = _pairs(options.data, verbose=verbose)
    results["recognizers"] = _recognizers(options.data, options.category)
    if not options.no_speed and options.category is None:
        results["speed"] = speed(options.data.parent)
    if not options.no_record and options.category is None:
        path = write_record("figures", results, seed=None, data_sha256=digest(options.data))
        print(f"record: {path.relative_to(ROOT)}")
    return 0


# News -------------------------------------------------------------------------------------


def _news(folder: Path, *, verbose: bool) -> dict[str, Any]:
    results: dict[str, Any] = {}
    print("\nnews sentences: F1 on exact span, value and unit")
    for language in ("zh", "en"):
        full, value = SpanScore(), SpanScore()
        kinds: dict[str, SpanScore] = defaultdict(SpanScore)
        qualified, matched = 0, 0
        for row in rows(folder / f"news_dev_{language}.jsonl"):
            printed = row["text"]
            reference = date.fromisoformat(row["ref"][:10]) if row.get("ref") else None
            found = [
                item
                for figure in find_figures(printed, language, reference)
                for item in _news_items(figure)
            ]
            used: set[int] = set()
            for gold in row["expected"]:
                at = next(
                    (
                        n
                        for n, item in enumerate(found)
                        if n not in used and item[:2] == (gold["start"], gold["end"])
                    ),
                    None,
                )
                item = found[at] if at is not None else None
                right = item is not None and _same_value(
                    item[2], gold.get("value"), gold.get("alt")
                )
                unit = right and item is not None and gold.get("unit") in (None, item[3])
                if at is not None:
                    used.add(at)
                value.add(hit=right, missed=not right, extra=item is not None and not right)
                full.add(hit=unit, missed=not unit, extra=item is not None and not unit)
                kinds[gold["kind"]].add(hit=unit, missed=not unit)
                if unit and item is not None:
                    matched += 1
                    qualified += _same_qualifier(item[4], gold)
                if verbose and not unit:
                    print(f"  {row['id']} {gold['text']!r}: {gold.get('value')} {gold.get('unit')}"
                          f", read {item[2:4] if item else 'nothing'}")  # fmt: skip
            for n, item in enumerate(found):
                if n not in used:
                    full.add(extra=True)
                    value.add(extra=True)
                    if verbose:
                        print(f"  {row['id']} extra {printed[item[0] : item[1]]!r} {item[2:4]}")
        print(
            f"{language}: {full}  (value alone {value.f1:.3f}; qualifier right "
            f"{qualified}/{matched}; peers: {PEERS_NEWS[language]}, quoted)"
        )
        results[language] = {
            "full": full.as_dict(),
            "value": value.as_dict(),
            "recall_by_kind": {kind: round(s.recall, 4) for kind, s in sorted(kinds.items())},
            "qualifier_right": [qualified, matched],
            "peer_quoted": PEERS_NEWS[language],
        }
    return results


NewsItem = tuple[int, int, Any, str, Figure]


def _news_items(figure: Figure) -> list[NewsItem]:
    """A figure as the news rows write it; an interval of two full instants is two."""
    start, end = figure.span.start, figure.span.end
    if figure.value is None:
        period = (figure.period or "").replace("XXXX-Q", "Q")
        joint = re.search(r"\s*(?:–|—|-|~|至|到|\bto\b)\s*(?=[\w])", figure.surface[8:])
        if figure.dimension is Dimension.TIME and "/" in period and joint is not None:
            first, _, second = period.partition("/")
            cut = start + 8
            return [
                (start, cut + joint.start(), first, "", figure),
                (cut + joint.end(), end, second, "", figure),
            ]
        return [(start, end, period, "", figure)]
    value: Any = figure.value
    if figure.qualifier is Qualifier.RANGE and figure.upper is not None:
        value = [figure.value, figure.upper]
    return [(start, end, value, _UNITS.get(figure.unit, figure.unit), figure)]


def _same_value(own: Any, gold: Any, alternative: Any) -> bool:
    return _close(own, gold) or (alternative is not None and _close(own, alternative))


def _close(own: Any, gold: Any) -> bool:
    if isinstance(gold, list):
        if not isinstance(own, list) or len(own) != len(gold):
            return False
        return all(_close(a, b) for a, b in zip(own, gold, strict=True))
    if isinstance(own, Decimal) and isinstance(gold, int | float):
        return abs(float(own) - gold) <= 1e-9 * max(1.0, abs(gold))
    return bool(own == gold)


def _same_qualifier(figure: Figure, gold: dict[str, Any]) -> bool:
    if gold["kind"] == "record" or figure.qualifier is Qualifier.RANGE:
        return True
    return figure.qualifier.value == (gold.get("mod") or "exact")


# Pairs ------------------------------------------------------------------------------------

_TIMED = (Dimension.DATE, Dimension.TIME)
_WORSE = {
    Agreement.SAME: 0,
    Agreement.COMPATIBLE: 1,
    Agreement.DIFFERENT: 2,
    Agreement.INCOMPARABLE: 3,
}
_BOUND_RULES = frozenset({"bound", "vague", "range"})


def relation_of(first: list[Figure], second: list[Figure]) -> tuple[str, list[Comparison]]:
    """The relation of two sentences: figures are paired, the worst pair decides."""
    pool = []
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            if (one.dimension in _TIMED) is not (other.dimension in _TIMED):
                continue
            swapped = one.relation is not other.relation and Relation.FROM in (
                one.relation,
                other.relation,
            )
            found = compare_figures(one, other)
            cost = (swapped, one.dimension is not other.dimension, _WORSE[found.relation])
            pool.append((cost, abs(i - j), i, j, found))
    pool.sort(key=lambda entry: entry[:4])
    taken: tuple[set[int], set[int]] = (set(), set())
    chosen: list[Comparison] = []
    for _, _, i, j, found in pool:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            chosen.append(found)
    if not chosen:
        return "none", chosen
    worst = max(chosen, key=lambda found: _WORSE[found.relation]).relation
    if worst is Agreement.COMPATIBLE:
        bound = any(found.rule in _BOUND_RULES for found in chosen)
        return ("bound-compatible" if bound else "approx-compatible"), chosen
    names = {
        Agreement.SAME: "same",
        Agreement.DIFFERENT: "different",
        Agreement.INCOMPARABLE: "unit-mismatch",
    }
    return names[worst], chosen


def _pairs(folder: Path, *, verbose: bool) -> dict[str, Any]:
    right, count = 0, 0
    by_relation: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows(folder / "pairs_dev.jsonl"):
        first, second = find_figures(row["zh"], "zh"), find_figures(row["en"], "en")
        relation, found = relation_of(first, second)
        count += 1
        hit = relation == row["relation"]
        right += hit
        by_relation[row["relation"]][0] += hit
        by_relation[row["relation"]][1] += 1
        if verbose and not hit:
            print(f"  {row['id']} {row['relation']}, judged {relation}: "
                  f"{[c.rule for c in found]} {row['zh']} | {row['en']}")  # fmt: skip
    print(f"\npairs: {right}/{count} = {right / count:.3f}")
    return {"accuracy": right / count, "right": right, "count": count, "by_relation": by_relation}


# The peer's own tests -----------------------------------------------------------------------


def _recognizers(folder: Path, only: str | None) -> dict[str, Any]:
    scores: dict[tuple[str, str], tuple[SpanScore, SpanScore]] = defaultdict(
        lambda: (SpanScore(), SpanScore())
    )
    for row in rows(folder / "recognizers_dev.jsonl"):
        category = row["category"]
        if only is not None and category != only:
            continue
        language = Language(row["lang"])
        instant = row.get("ref") or ""
        reference = date.fromisoformat(instant[:10]) if instant else None
        found = recognized(row["text"], language, category, reference, instant)
        _score_row(row, found, scores[category, row["lang"]], verbose=only is not None)
    print(
        "\nRecognizers' own tests, F1 x 100 (span + value + unit / value alone), best peer quoted"
    )
    results: dict[str, Any] = {}
    for (category, language_name), (full, value) in sorted(scores.items()):
        peer, name = PEERS.get((category, language_name), (0, "none"))
        ahead = "ahead" if 100 * full.f1 > peer else "level" if 100 * full.f1 == peer else "behind"
        print(
            f"{category:10} {language_name}  {100 * full.f1:5.1f} / {100 * value.f1:5.1f}   "
            f"{peer:5.1f} {name:26} {ahead}"
        )
        results[f"{category}.{language_name}"] = {
            "full": full.as_dict(),
            "value": value.as_dict(),
            "best_peer_quoted": [peer, name],
        }
    return results


def _score_row(
    row: dict[str, Any], found: list[Item], score: tuple[SpanScore, SpanScore], *, verbose: bool
) -> None:
    full, value = score
    ignored = [(i["start"], i["end"]) for i in row.get("ignore") or ()]
    used: set[int] = set()
    for gold in row["expected"]:
        at = next(
            (
                n
                for n, item in enumerate(found)
                if n not in used and (item.start, item.end) == (gold["start"], gold["end"])
            ),
            None,
        )
        item = found[at] if at is not None else None
        right = item is not None and _peer_value(item, gold)
        unit = right and item is not None and (item.unit is None or item.unit == gold["unit"])
        if at is not None:
            used.add(at)
        full.add(hit=unit, missed=not unit, extra=item is not None and not unit)
        value.add(hit=right, missed=not right, extra=item is not None and not right)
        if verbose and not unit:
            print(f"- {row['text'][:120]!r} {gold['text']!r} {_short(gold)} read "
                  f"{item and (item.values[:3], item.unit)}")  # fmt: skip
    for n, item in enumerate(found):
        covered = any(item.start < end and start < item.end for start, end in ignored)
        if n not in used and not covered:
            full.add(extra=True)
            value.add(extra=True)
            if verbose:
                print(f"+ {row['text'][:120]!r} extra {row['text'][item.start : item.end]!r} "
                      f"{item.values[:2]} {item.unit}")  # fmt: skip


def _short(gold: dict[str, Any]) -> Any:
    return gold["value"] if not isinstance(gold["value"], list) else gold["value"][:2]


def _peer_value(item: Item, gold: dict[str, Any]) -> bool:
    wanted = gold["value"]
    if isinstance(wanted, list):
        ways: set[object] = set()
        for one in wanted:
            mark = one.get("mod") or ""
            if one.get("value"):
                ways |= {f"{one['value']}{mark}", one["value"], one.get("timex")}
                ways.add(f"T{one['value'][:5]}")
                ways.add(f"{one['value'][:10]}T{one['value'][11:16]}")
                ways.add((one["value"], one["value"], mark))
            start, end = one.get("start"), one.get("end")
            if start or end:
                ways |= {(start, end, mark), f"{one.get('timex')}{mark}"}
                if mark in ("before", "until"):
                    ways.add(("*", end, mark))
                if mark in ("since", "after"):
                    ways.add((start, "*", mark))
            ways.add(one.get("timex"))
        return any(_peer_way(value, ways) for value in item.values)
    if isinstance(wanted, int | float):
        return any(
            isinstance(value, Decimal)
            and abs(float(value) - wanted) <= 1e-8 * max(1e-6, abs(wanted))
            for value in item.values
        )
    return wanted in item.values


def _peer_way(value: object, ways: set[object]) -> bool:
    if value in ways:
        return True
    if isinstance(value, tuple):
        start, end, mark = value
        if mark == "/":
            return (start, end, "") in ways
        if mark == "before":
            return ("*", start, mark) in ways
        if mark == "until":
            return ("*", start, mark) in ways or ("*", end, mark) in ways
        if mark == "since":
            return (start, "*", mark) in ways
        if mark == "after":
            return (start, "*", mark) in ways or (end, "*", mark) in ways
    return False
