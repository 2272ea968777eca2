"""Periods as figures carry them, ISO 8601 with X for open digits: filled in, met, and in days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from kaoju.comparison import period_matches

ANY_YEAR = "2000"  # stands for a year that neither tells; a leap year


def completed(period: str, other: str, published_on: date | None) -> str:
    """A period with its open digits (X, as in EDTF) taken from another one, or from a day."""
    if "X" not in period:
        return period
    pattern = other if periods_meet(period, other) else published_on and str(published_on.year)
    if not pattern:
        return period
    parts, others = period.split("/"), pattern.split("/")
    if len(parts) == len(others):  # of which one may have hours
        found = "/".join(_filled(part, of) for part, of in zip(parts, others, strict=True))
    else:
        found = _filled(period, pattern)
    return _in_order(found.replace("XXXX", pattern[:4]))  # of an interval's end


def _filled(period: str, pattern: str) -> str:
    head = "".join(b if a == "X" else a for a, b in zip(period, pattern, strict=False))
    return head + period[len(head) :]


def _in_order(period: str) -> str:
    """An interval that ends before it begins, begun a year earlier: July to June."""
    first, _, last = period.partition("/")
    if not last or first <= last or not first[:4].isdigit():
        return period
    return f"{int(first[:4]) - 1:04}{first[4:]}/{last}"


def periods_meet(one: str, other: str) -> bool:
    """Whether two periods are one, or one lies inside the other; X stands for any digit."""
    if "XXXX" in (one[:4], other[:4]) and one and other:
        years = [p for p in (one, other) if p[:4].isdigit()]
        one, other = (_of_year(p, years[0] if years else ANY_YEAR) for p in (one, other))
    if "X" not in one + other:
        return period_matches(one, other)
    return bool(one and other) and all(
        a == b or ("X" in (a, b) and (a + b).strip("X").isdigit())
        for a, b in zip(one, other, strict=False)
    )


def _of_year(period: str, other: str) -> str:
    """A period whose year is open, in the year of another: in that of its end when it spans two."""
    first, _, last = period.partition("/")
    spans = bool(last) and first > last
    return _in_order(period.replace("XXXX", (other.rpartition("/")[2] if spans else other)[:4]))


_MONTH, _YEAR = 27, 364  # days that a month and a year have at least
_LONGER = 1.15  # times from which one of two stretches of months is another one


def other_length(one: str, other: str) -> bool:
    """Whether one is a month and the other its quarter, or the like: two sums, not one.

    A year may be told by its months so far, and those by the year.
    """
    bounds = days_of(one), days_of(other)
    lengths = sorted((b[1] - b[0]).days + 1 for b in bounds if b is not None)
    if len(lengths) < len(bounds) or lengths[0] < _MONTH:
        return False
    if lengths[1] >= _YEAR:
        return lengths[0] in _WHOLE
    return lengths[1] >= _LONGER * lengths[0]


_WHOLE = frozenset({*range(28, 32), *range(90, 93), *range(181, 185)})  # a month, quarter, half


def is_a_month(period: str) -> bool:
    """Whether a period is one month, of whatever year."""
    year, _, month = period.partition("-")
    return len(year) == 4 and len(month) == 2 and month.isdigit() and 1 <= int(month) <= 12


def eve_of(period: str) -> str:
    """The last day before a period: of before July 2026, 30 June; a single day stays itself."""
    days = days_of(period.replace("XXXX", ANY_YEAR))
    if days is None or days[0] == days[1]:
        return period
    eve = (days[0] - timedelta(days=1)).isoformat()
    return f"XXXX{eve[4:]}" if period.startswith("XXXX") else eve


@cache
def days_of(period: str) -> tuple[date, date] | None:
    """The first and last day of a period in ISO 8601; None for one without a year."""
    first, _, last = period.partition("/")
    begin, end = _days(first), _days(last or first)
    return (begin[0], end[1]) if begin and end else None


def _days(one: str) -> tuple[date, date] | None:
    day = one.partition("T")[0].removeprefix("FY")
    year, _, rest = day.partition("-")
    if len(year) != 4 or not year[:3].isdigit():
        return None
    if not year.isdigit():
        return date(int(year[:3]) * 10, 1, 1), date(int(year[:3]) * 10 + 9, 12, 31)
    number = int(year)
    if not 1 <= number <= 9998:
        return None
    months = {"Q": 3, "H": 6}
    if rest[:1] in months and rest[1:].isdigit():
        size, place = months[rest[0]], int(rest[1:])
        if not 1 <= place <= 12 // size:
            return None
        return date(number, (place - 1) * size + 1, 1), _month_end(number, place * size)
    parts = rest.split("-") if rest else []
    if not all(part.isdigit() for part in parts):
        return None
    if not parts:
        return date(number, 1, 1), date(number, 12, 31)
    month = int(parts[0])
    if not 1 <= month <= 12:
        return date(number, 1, 1), date(number, 12, 31)  # a season
    if len(parts) == 1:
        return date(number, month, 1), _month_end(number, month)
    try:
        exact = date(number, month, int(parts[1]))
    except ValueError:
        return None
    return exact, exact


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
