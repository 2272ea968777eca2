"""Periods with and without open digits."""

from __future__ import annotations

from datetime import date

import pytest

from kaoju.periods import completed, days_of, eve_of, is_a_month, other_length, periods_meet


def test_a_day_without_a_year_is_of_the_year_of_the_article() -> None:
    assert completed("XXXX-03-05", "2024", date(2023, 3, 9)) == "2024-03-05"
    assert completed("XXXX-03-05", "2024-03", None) == "2024-03-05"
    assert completed("XXXX-03-05", "", date(2023, 3, 9)) == "2023-03-05"
    assert completed("XXXX-03-05", "2024-04-01", None) == "XXXX-03-05"
    assert completed("XXXX-03-05/XXXX-03-09", "", date(2023, 3, 9)) == "2023-03-05/2023-03-09"
    assert completed("2022-03-05", "2024", date(2023, 3, 9)) == "2022-03-05"
    hours = "2024-03-05T18:00+08:00/2024-03-09T24:00+08:00"
    assert completed("XXXX-03-05/XXXX-03-09", hours, None) == "2024-03-05/2024-03-09"


def test_periods_meet_when_one_lies_in_the_other_whatever_is_left_open() -> None:
    assert periods_meet("2024-03", "2024")
    assert periods_meet("XXXX-03-05", "2024-03-05")
    assert periods_meet("199X", "1997")
    assert not periods_meet("XXXX-03-05", "2024-03-06")
    assert not periods_meet("2023", "2024")
    assert not periods_meet("XXXX-03-05", "")
    assert periods_meet("XXXX-XX", "2024-04")
    assert not periods_meet("XXXX-XX", "2024-Q2")


def test_an_open_year_that_runs_over_new_year_begins_in_the_year_before() -> None:
    assert completed("XXXX-07/XXXX-06", "2025-07/2026-06", None) == "2025-07/2026-06"
    assert completed("XXXX-07/XXXX-06", "", date(2026, 8, 3)) == "2025-07/2026-06"
    assert periods_meet("XXXX-07/XXXX-06", "2026-03")
    assert not periods_meet("XXXX-07/XXXX-06", "2026-07")


def test_the_eve_of_a_month_is_its_last_day_before_and_a_day_stays() -> None:
    assert eve_of("2026-07") == "2026-06-30"
    assert eve_of("XXXX-03") == "XXXX-02-29"
    assert eve_of("2026-06-30") == "2026-06-30"


def test_a_month_is_told_from_a_season_and_a_quarter() -> None:
    assert is_a_month("XXXX-12")
    assert not any(map(is_a_month, ("2024-22", "2024-Q1", "2024", "2024-01/2024-02")))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30)),
        ("FY2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("2024-03-05T09:30", date(2024, 3, 5), date(2024, 3, 5)),
        ("2024-03/2024-05", date(2024, 3, 1), date(2024, 5, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, first: date, last: date) -> None:
    assert days_of(period) == (first, last)


@pytest.mark.parametrize("period", ["XXXX-03-05", "2024-02-30", "2024-Q5", "", "0000", "P3M"])
def test_what_is_no_period_of_a_year_has_no_days(period: str) -> None:
    assert days_of(period) is None


def test_a_month_and_its_quarter_are_of_other_lengths_and_a_day_of_none() -> None:
    assert other_length("2024-03", "2024-Q1")
    assert other_length("2024-Q1", "2024")
    assert other_length("2024-01/2024-05", "2024-01/2024-08")
    assert other_length("2024-Q3", "2024-01/2024-09")
    assert not other_length("2024-01/2024-09", "2024")
    assert not other_length("2024-02", "2024-03")
    assert not other_length("2024-03-05", "2024-03")
    assert not other_length("XXXX-03", "2024")
