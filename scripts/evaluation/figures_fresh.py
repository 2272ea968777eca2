"""Sentences marked before the reader was run on them: how many of the marks it reads.

The rows are those of ``tests/golden/figures_fresh.*.jsonl`` (every field of a figure) and
``tests/golden/figure_contexts.jsonl`` (what is measured, whose, when). The reader was mended
on them afterwards, so they are no held-out set.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from evaluation.figure_speed import rows
from evaluation.record import ROOT
from kaoju.figures import find_figures
from kaoju.types import Figure

GOLDEN = ROOT / "tests" / "golden"


def fresh() -> dict[str, Any]:
    """Print and give how many marks are read right, and how many figures are unmarked."""
    results: dict[str, Any] = {}
    print("\nfresh sentences, every field right (mended on them afterwards)")
    for language in ("zh", "en"):
        right, marked, extra = 0, 0, 0
        for row in rows(GOLDEN / f"figures_fresh.{language}.jsonl"):
            found = find_figures(row["text"], language, date.fromisoformat(row["reference"]))
            marked += len(row["figures"])
            right += sum(any(_same(f, mark) for f in found) for mark in row["figures"])
            known = [*row["open"], *((m["start"], m["end"]) for m in row["figures"])]
            extra += sum(not _known(figure, known) for figure in found)
        print(f"{language}: {right} of {marked}, {extra} that nobody marked")
        results[language] = {"right": right, "marked": marked, "extra": extra}
    right, marked = 0, 0
    for row in rows(GOLDEN / "figure_contexts.jsonl"):
        found = find_figures(row["text"], reference_date=date.fromisoformat(row["reference"]))
        told = [[f.surface, f.measure, f.subject, f.period] for f in found]
        marked += len(row["figures"])
        right += sum(mark in told for mark in row["figures"])
    print(f"measure, subject and period: {right} of {marked}")
    results["contexts"] = {"right": right, "marked": marked}
    return results


def _known(figure: Figure, spans: list[Any]) -> bool:
    return any(figure.span.start < end and start < figure.span.end for start, end in spans)


def _same(figure: Figure, mark: dict[str, Any]) -> bool:
    if (figure.span.start, figure.span.end) != (mark["start"], mark["end"]):
        return False
    if "period" in mark:
        return bool(figure.period == mark["period"])
    for own, key in ((figure.value, "value"), (figure.upper, "upper")):
        if key in mark and (own is None or abs(own / Decimal(mark[key]) - 1) > Decimal("1e-5")):
            return False
    own_direction = figure.direction.value if figure.direction is not None else None
    return bool(
        figure.unit == mark.get("unit", figure.unit)
        and figure.qualifier.value == mark["qualifier"]
        and figure.relation.value == mark["relation"]
        and mark.get("direction") in (None, own_direction)
    )
