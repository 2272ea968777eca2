"""Stretches of months: the six months to June 30, 截至9月的半年, January and February."""

from __future__ import annotations

from datetime import date

import pytest

from kaoju.figures import find_figures
from kaoju.types import Dimension

DAY = date(2026, 2, 24)


def _periods(text: str, day: date | None = DAY) -> list[str | None]:
    return [
        f.period for f in find_figures(text, reference_date=day) if f.dimension is Dimension.DATE
    ]


def _held(text: str, day: date | None = DAY) -> str | None:
    """The period of a figure that the stretch is told of."""
    told = f"{text}, sales were 7 tonnes." if text.isascii() else f"{text}，销量7吨。"
    return next(f.period for f in find_figures(told, reference_date=day) if f.unit == "tonne")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("the year to December", "2025-01/2025-12"),
        ("the year ended June 30, 2025", "2024-07/2025-06"),
        ("the year to 28 February 2026", "2025-03/2026-02"),
        ("the year to April 5, 2025", "2024-04/2025-03"),
        ("the 12 months through June", "2024-07/2025-06"),
        ("the six months ended September 30", "2025-04/2025-09"),
        ("the 26 weeks to December 27", "2025-07/2025-12"),
        ("the six months to January 3, 2026", "2025-07/2025-12"),
        ("the half-year from April", "2025-04/2025-09"),
        ("the year to March 2025", "2024-04/2025-03"),
        ("the half to December", "2025-07/2025-12"),
        ("Half to December profit", "2025-07/2025-12"),
        ("sales in the year to march 2025", "2024-04/2025-03"),
        ("the quarter to June", "2025-04/2025-06"),
        ("the third quarter ended December 31", "2025-10/2025-12"),
        ("the last quarter of 2025", "2025-Q4"),
        ("the last three months of 2025", "2025-10/2025-12"),
        ("in January and February", "2026-01/2026-02"),
        ("in October and November 2024", "2024-10/2024-11"),
        ("截至6月30日止六个月", "2025-01/2025-06"),
        ("截至去年9月的半年", "2025-04/2025-09"),
        ("截至12月31日止年度", "2025-01/2025-12"),
        ("截至2025年6月底的12个月", "2024-07/2025-06"),
        ("到去年5月为止的半年", "2024-12/2025-05"),
        ("1、2月", "2026-01/2026-02"),
        ("1月和2月", "2026-01/2026-02"),
        ("2025年11、12月", "2025-11/2025-12"),
        ("去年最后一季", "2025-Q4"),
        ("2025年最后三个月", "2025-10/2025-12"),
        ("头半年", "2025-H1"),
    ],
)
def test_months_told_by_one_end_and_a_length_are_one_period(text: str, period: str) -> None:
    assert _held(text) == period


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Growth of 5% a year to December 2030.", ["2030-12"]),
        ("It will run six months from April.", ["2026-04"]),
        ("It sells little in the six months to June 12.", ["2025-06-12"]),
        ("Revenue fell last quarter.", ["2025-Q4"]),
        ("Prices rose 3% and 4% in January and February respectively.", ["2026-01", "2026-02"]),
        ("Prices rose 3% in January and February saw 2%.", ["2026-01", "2026-02"]),
        ("It opened in January and March.", ["2026-01", "2026-03"]),
        ("The budget for the year from July is $486m.", ["2025-07"]),
        ("1月和2月分别上涨0.7%和0.8%。", ["2026-01", "2026-02"]),
        ("截至6月30日，六个月期存款42.6亿元。", ["2025-06-30"]),
        ("最后三个月卖得好。", []),
        ("It took the army the year to march on Rome.", []),
        ("He gave half to May, his sister.", ["2026-05"]),
    ],
)
def test_what_only_looks_like_a_stretch_is_none(text: str, periods: list[str]) -> None:
    assert _periods(text) == periods


def test_months_are_told_apart_by_a_word_near_them_and_not_by_one_far_off() -> None:
    far = "of the year that the port had been waiting for, " * 8
    assert _held(f"in January and February {far}") == "2026-01/2026-02"
    near = "Prices rose 3% and 4% in January and February, the office said, respectively."
    assert _periods(near) == ["2026-01", "2026-02"]


def test_a_stretch_over_two_years_keeps_its_years_open_without_a_reference() -> None:
    assert _held("in the year to June", None) == "XXXX-07/XXXX-06"
    assert _held("截至9月的半年", None) == "XXXX-04/XXXX-09"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the nine months to September", [("nine months", None), ("September", "2025-09")]),
        ("the 12 months ended June 30", [("12 months", None), ("June 30", "2025-06-30")]),
        ("the year to March", [("March", "2026-03")]),
        ("in January and February", [("January", "2026-01"), ("February", "2026-02")]),
        ("2025年1月、2月", [("2025年1月", "2025-01"), ("2月", "2025-02")]),
        ("截至6月30日止六个月", [("6月30日", "2025-06-30"), ("六个月", None)]),
        ("6 months ended June 2026", [("6 months ended June 2026", "2026-01/2026-06")]),
    ],
)
def test_what_a_stretch_is_printed_with_is_told_apart(
    text: str, told: list[tuple[str, str | None]]
) -> None:
    found = find_figures(text, reference_date=DAY)
    assert [(f.surface, f.period) for f in found] == told
    assert all(text[f.span.start : f.span.end] == f.surface for f in found)
