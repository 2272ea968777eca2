"""Dates compared: the same day in two formats, a day inside its month, an instant in two zones."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from kaoju.types import Agreement

Judged = tuple[Agreement, str]
_CLOCK = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)T(?P<clock>\d\d:\d\d(?::\d\d)?)(?P<zone>[+-]\d\d:\d\d)?"
)
_SEASONS = {"21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11")}


def compare_periods(one: str, other: str) -> Judged:
    """How two dates or times relate, and by which rule; ISO 8601 periods as in Figure.period."""
    if one == other:
        return Agreement.SAME, "equal"
    a, b = _instants(one), _instants(other)
    if a is not None and b is not None:
        zoned = (a[0].tzinfo is None) == (b[0].tzinfo is None)
        if zoned and a == b:
            return Agreement.SAME, "zone"
        if zoned and (_is_end(a, b) or _is_end(b, a)):
            return Agreement.COMPATIBLE, "period_within"
    if "T" in one and "T" in other and ("/" in one + other or not _clocks_agree(one, other)):
        return Agreement.DIFFERENT, "date"
    if period_matches(one, other):
        return Agreement.COMPATIBLE, "period_within"
    return Agreement.DIFFERENT, "date"


def _is_end(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether an instant begins or ends an interval; one inside it is another instant."""
    return one[0] == one[1] and one[0] in other


def _instants(period: str) -> tuple[datetime, datetime] | None:
    """The first and the last instant of a period with a time of day; None for another."""
    parts = period.split("/")
    instants = [_instant(part) for part in parts]
    if len(parts) > 2 or any(found is None for found in instants):
        return None
    found = [instant for instant in instants if instant is not None]
    if (found[0].tzinfo is None) != (found[-1].tzinfo is None):
        return None
    return found[0], found[-1]


def _instant(text: str) -> datetime | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    midnight = match["clock"].startswith("24")  # the end of the day is the start of the next
    clock = match["clock"].replace("24", "00", 1) if midnight else match["clock"]
    try:
        found = datetime.fromisoformat(f"{match['day']}T{clock}{match['zone'] or ''}")
        return found + timedelta(days=1) if midnight else found
    except (ValueError, OverflowError):
        return None


def _clocks_agree(one: str, other: str) -> bool:
    """Whether the times of day are the same as far as stated: a zone may be left out."""
    first, second = one.partition("T")[2], other.partition("T")[2]
    if first == second:
        return True
    return first[:5] == second[:5] and 5 in (len(first), len(second))


@lru_cache(maxsize=4096)
def _months(period: str) -> tuple[str, str] | None:
    """First and last month of a period as strings that sort, YYYY-MM; None for open years."""
    if "/" in period:
        first, _, last = period.partition("/")
        begin, end = _months(first), _months(last)
        return (begin[0], end[1]) if begin and end else None
    day = period.partition("T")[0]
    if day.startswith("FY") and day[2:6].isdigit():  # whose year it is not said: either's
        return f"{int(day[2:6]) - 1:04}-01-00", f"{day[2:6]}-12-99"
    if day[:2].isdigit() and set(day[2:]) == {"X"}:
        return f"{day[:2]}00-01-00", f"{day[:2]}99-12-99"
    if day[:3].isdigit() and day[3:] == "X":
        return f"{day[:3]}0-01-00", f"{day[:3]}9-12-99"
    if not day or "X" in day[:4] or not day[:4].isdigit():
        return None
    year, rest = day[:4], day[5:]
    if not rest:
        return f"{year}-01-00", f"{year}-12-99"
    if rest[0] == "Q":
        month = int(rest[1]) * 3
        return f"{year}-{month - 2:02}-00", f"{year}-{month:02}-99"
    if rest[0] == "H":
        return (f"{year}-01-00", f"{year}-06-99") if rest[1] == "1" else (
            f"{year}-07-00", f"{year}-12-99"
        )  # fmt: skip
    if rest in _SEASONS:
        return f"{year}-{_SEASONS[rest][0]}-00", f"{year}-{_SEASONS[rest][1]}-99"
    if rest == "24":
        return f"{year}-12-00", f"{int(year) + 1:04}-02-99"
    if len(rest) == 2 and rest.isdigit() and int(rest) <= 12:
        return f"{year}-{rest}-00", f"{year}-{rest}-99"
    return (day, day) if len(rest) == 5 else None


def period_matches(one: str, other: str) -> bool:
    """Whether one period lies inside the other, or they are the same as far as stated."""
    if one == other:
        return True
    if one.startswith("XXXX") or other.startswith("XXXX"):
        # What no year is stated for may be any year's.
        return (one[:4].replace("X", "") == "" and one[4:] == other[4:]) or (
            other[:4].replace("X", "") == "" and one[4:] == other[4:]
        )
    a, b = _months(one), _months(other)
    if a is None or b is None:
        return False
    inside = a[0] <= b[0] and b[1] <= a[1]
    return inside or (b[0] <= a[0] and a[1] <= b[1])
