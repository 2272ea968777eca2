"""How the peer writes the value of a date, a span of days or a duration."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from kaoju import dates

UNIT_CODES = {
    "second": ("T", "S"), "minute": ("T", "M"), "min": ("T", "M"), "hour": ("T", "H"),
    "hr": ("T", "H"), "day": ("", "D"), "night": ("", "D"), "week": ("", "W"),
    "month": ("", "M"), "year": ("", "Y"), "weekend": ("", "WE"),
}  # fmt: skip
Triple = tuple[int, int, tuple[object, ...]]


def bounds_of(period: str) -> tuple[date, date] | None:
    """First day and the day after the last of an ISO period."""
    try:
        if "/" in period:
            first, _, last = period.partition("/")
            begin, end = bounds_of(first), bounds_of(last)
            return (begin[0], end[0]) if begin and end else None
        if period.endswith("X") and period[:3].isdigit():
            decade = int(period[:3]) * 10
            return date(decade, 1, 1), date(decade + 10, 1, 1)
        if period.startswith("FY") or "X" in period or "T" in period:
            return None
        year = int(period[:4])
        rest = period[5:]
        if not rest:
            return date(year, 1, 1), date(year + 1, 1, 1)
        if rest[0] == "Q":
            quarter = int(rest[1])
            return date(year, quarter * 3 - 2, 1), month_after(year, quarter * 3)
        if rest[0] == "H":
            return (
                (date(year, 1, 1), date(year, 7, 1))
                if rest[1] == "1"
                else (date(year, 7, 1), date(year + 1, 1, 1))
            )
        if len(rest) == 2:
            month = int(rest)
            return date(year, month, 1), month_after(year, month)
        day = date.fromisoformat(period)
        return day, day + timedelta(days=1)
    except ValueError:
        return None


def month_after(year: int, month: int) -> date:
    """The first day of the month after a month of a year."""
    return date(year + month // 12, month % 12 + 1, 1)


def values_of(found: dates.DateMatch, reference: date | None, mark: str = "") -> tuple[object, ...]:
    """All the ways to write a date found: period, first day to day after the last."""
    period = dates.period_of(found, reference, None)
    values: list[object] = [f"{period}{mark}"]
    moment = found.moment
    if moment.year is None and moment.shift is None and reference is not None:
        for year in (reference.year - 1, reference.year, reference.year + 1):
            other = dates.DateMatch(found.start, found.end, with_year(moment, year), found.second)
            values.append(f"{dates.period_of(other, reference, None)}{mark}")
            bounds = bounds_of(dates.period_of(other, reference, None))
            if bounds is not None:
                values.append((str(bounds[0]), str(bounds[1]), mark))
    bounds = bounds_of(period)
    if bounds is not None:
        values.append((str(bounds[0]), str(bounds[1]), mark))
    return tuple(values)


def with_year(moment: dates.Moment, year: int) -> dates.Moment:
    """The moment with a year set."""
    return replace(moment, year=year)


def one_day(day: date) -> tuple[object, ...]:
    """A day, as a day and as the span of it."""
    return (day.isoformat(), (day.isoformat(), (day + timedelta(days=1)).isoformat(), ""))


def interval(first: date, last: date) -> tuple[object, ...]:
    """A half-open span of days."""
    return ((str(first), str(last), ""),)


def duration(count: Decimal, name: str) -> tuple[object, ...]:
    """A duration in the peer's notation: P3W."""
    before, letter = UNIT_CODES[name]
    number = format(count.normalize(), "f")
    return (f"P{before}{number}{letter}",)


def shifted(day: date, count: int, name: str) -> date:
    """A day so many units later; the day itself where the calendar ends."""
    try:
        if name in ("day", "night"):
            return day + timedelta(days=count)
        if name == "week":
            return day + timedelta(weeks=count)
        if name == "month":
            number = day.year * 12 + day.month - 1 + count
            year, month = number // 12, number % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
        if name == "year":
            year = day.year + count
            return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
    except (ValueError, OverflowError):
        return day
    return day


def marked(values: tuple[object, ...], mark: str) -> tuple[object, ...]:
    """The same values with a bound: before, since, after."""
    return tuple((v[0], v[1], mark) if isinstance(v, tuple) else f"{v}{mark}" for v in values)


def calendar_of(today: date, unit: str, shift: int) -> tuple[date, date]:
    """First day of a calendar unit against today's, and the day after its last."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=7)
    if unit == "month":
        first = shifted(today.replace(day=1), shift, "month")
        return first, shifted(first, 1, "month")
    if unit == "quarter":
        first = shifted(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * shift, "month")
        return first, shifted(first, 3, "month")
    if unit == "decade":
        first = date(today.year // 10 * 10 + 10 * shift, 1, 1)
        return first, date(first.year + 10, 1, 1)
    return date(today.year + shift, 1, 1), date(today.year + shift + 1, 1, 1)


def between(first: tuple[object, ...], last: tuple[object, ...]) -> tuple[object, ...]:
    """Every span from a beginning of the first to a beginning of the last."""
    begins = [v[0] for v in first if isinstance(v, tuple)]
    ends = [v[0] for v in last if isinstance(v, tuple)]
    return tuple((b, e, "") for b in begins for e in ends if str(b) < str(e))
