"""Dates and times of day in either language, as ISO 8601 periods.

A `Moment` is a date as far as it is stated, a `DateMatch` where one stands; `kaoju.dates_zh`
and `kaoju.dates_en` find them. What the text leaves open is taken from the explicit date before
it in the sentence, then from the reference date (the nearest such day, the past preferred);
what stays open is X, as in EDTF: XXXX-11-05.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kaoju.lexicon import section
from kaoju.numeral_words import HAN_DIGITS

ZH = section("dates", "zh")
EN = section("dates", "en")
ZH_ZONES: dict[str, str] = dict(ZH["zones"])
EN_ZONES: dict[str, str] = dict(EN["zones"])


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is stated; None is left open.

    ``shift`` is a year, month, quarter or day against the reference, ``edge`` the part of
    the period meant: "end" of it, or None for all of it.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    months: tuple[int, int] | None = None  # 前11个月, 前三季度
    season: int | None = None  # 21 spring to 24 winter, as in EDTF
    decade: str | None = None  # 199X, 19XX
    fiscal: bool = False
    clock: str | None = None
    zone: str | None = None
    shift: tuple[str, int] | None = None
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date or an interval found in a folded text; ``second`` ends an interval.

    What is printed as several figures, the six months to June, is one stretch of time for what
    happened in it all the same: ``apart`` is where each of them stands.
    """

    start: int
    end: int
    moment: Moment
    second: Moment | None = None
    stated: bool = True  # False for a day of the week, 本周 and other pointers
    parts: tuple[tuple[int, int], ...] = ()  # where the two ends of an interval stand
    apart: tuple[tuple[int, int], ...] = ()

    @property
    def timed(self) -> bool:
        """Whether a time of day belongs to it."""
        return self.moment.clock is not None


def any_name(names: Iterable[str]) -> str:
    """A pattern of any of the names, the longest first."""
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))


# After a time of day; what another time of day follows is that one's: 18:00 (北京时间次日1:00).
_ZONE = re.compile(
    rf"[ ]?[(\[,]?[ ]?(?:[^()\d,]{{1,20}}(?:时间|[ ]time),[ ]?)?"
    rf"(?:(?:utc|gmt)[ ]?(?:(?P<sign>[+-])[ ]?(?P<h>\d{{1,2}})(?::?("
    rf"?P<m>[0-5]\d))?)|(?P<name>{any_name(EN_ZONES)})(?![a-z]|[ ]?\d?\d:))"
    rf"|[ ]?[(\[]?[ ]?(?P<named>{any_name(ZH_ZONES)})(?![ ]?(?:\d|[今明昨次当同凌早上中下晚]))"
)
_ZONE_BEFORE = re.compile(rf"({any_name(ZH_ZONES)})[ ]?(?:的)?[ ]?$")


def small_number(word: str) -> int:
    """A small number of digits or Chinese numerals: 8, 十二, 廿三, 二〇二五."""
    if word.isdigit():
        return int(word)
    word = word.lstrip("初").replace("廿", "二十")
    if "十" in word:
        tens, _, ones = word.partition("十")
        return (HAN_DIGITS[tens] if tens else 1) * 10 + (HAN_DIGITS[ones] if ones else 0)
    value = 0
    for character in word:
        value = value * 10 + (HAN_DIGITS[character] if character in HAN_DIGITS else int(character))
    return value


def full_year(word: str) -> int:
    """A year as printed; one of two digits is taken between 1960 and 2059."""
    year = small_number(word)
    if year < 100:
        return year + (2000 if year < 60 else 1900)
    return year


def continues(first: Moment, second: Moment) -> bool:
    """Whether the second can end an interval that the first begins."""
    if second.shift is not None and first.shift is None:
        return False
    if first.day is not None and second.day is None and second.clock is None:
        return False
    if first.month is not None and second.month is None and second.clock is None:
        return second.year is not None
    if first.year is not None and first.month is None and first.quarter is None:
        return second.month is None or second.year is not None
    if first.clock is not None and second.clock is None:
        return False
    return not (first.quarter is not None and second.quarter is None)


def filled(second: Moment, first: Moment) -> Moment:
    """The end of an interval with what only its beginning states."""
    year = second.year
    if year is None and second.shift is None:
        year = first.year
        same = first.month is None or second.month is None or second.month >= first.month
        if year is not None and not same:
            year += 1
    shift = second.shift or (first.shift if second.year is None else None)
    month = second.month
    day = second.day
    if second.clock is not None and second.day is None:
        month, day = first.month, first.day
    elif month is None and second.day is not None:
        month = first.month
    return replace(
        second, year=year, month=month, day=day, shift=shift, zone=second.zone or first.zone
    )


def checked(year: int | None, month: int, day: int) -> Moment | None:
    """The day as a moment, or None when the month has no such day."""
    last = monthrange(year, month)[1] if year else monthrange(2024, month)[1]
    return Moment(year, month, day) if day <= last else None


def zone_of(text: str, start: int, end: int) -> str | None:
    """The offset of the time zone printed after, or before, a time of day."""
    after = _ZONE.match(text, end)
    if after is not None:
        if after["name"]:
            return EN_ZONES[after["name"]]
        if after["named"]:
            return ZH_ZONES[after["named"]]
        return f"{after['sign']}{int(after['h']):02}:{after['m'] or '00'}"
    before = _ZONE_BEFORE.search(text[max(0, start - 8) : start])
    return ZH_ZONES[before.group(1)] if before else None


def period_of(
    found: DateMatch, reference: date | None, context: Moment | None, *, future: bool = False
) -> str:
    """The ISO 8601 (EDTF) period of a date found.

    Args:
        found: The date as stated.
        reference: The day the text was published, if known.
        context: The explicit date before it in the sentence, if any.
        future: Whether the sentence looks ahead (将, will).
    """
    start, second = found.moment, found.second
    # 1-10月: the end tells which year is meant.
    if (
        second is not None
        and start.year is None
        and start.shift is None
        and start.month
        and second.year is None
        and second.shift is None
        and second.month
    ):
        last = resolve(second, reference, context, future=future)
        if last.year is not None:
            start = replace(start, year=last.year - (start.month > second.month))
    first = resolve(start, reference, context, future=future)
    if second is None:
        return _written(first)
    if first.clock is not None and first.zone is None:
        first = replace(first, zone=second.zone)
    if second.year is None and second.shift is None and first.year is not None:
        second = filled(second, first)
    second = resolve(second, reference, first, future=future)
    begin, finish = _written(first), _written(second)
    return begin if begin == finish else f"{begin}/{finish}"


def resolve(
    moment: Moment, reference: date | None, context: Moment | None, *, future: bool = False
) -> Moment:
    """``moment`` with the year, month and day that its surroundings imply."""
    if moment.shift is not None:
        return _shifted(moment, reference)
    if moment.year is not None or moment.decade is not None:
        return moment
    if moment.month is None and moment.quarter is None and moment.half is None:
        if moment.months is None and moment.day is None:
            return moment
        if moment.day is not None:
            return _nearest_day(moment, reference, context)
    month = moment.month or (moment.quarter or 0) * 3 or (moment.half or 0) * 6
    if moment.months is not None:
        month = moment.months[1]
    known = context is not None and (reference is None or context.month is not None)
    if known and context is not None and context.year is not None and not context.fiscal:
        return replace(moment, year=context.year)
    if reference is None:
        return moment
    ahead = month - reference.month
    limit = 6 if future else 3
    behind = -4 if future else -8
    year = reference.year
    if ahead > limit:
        year -= 1
    elif ahead < behind:
        year += 1
    if moment.months is not None and year == reference.year and ahead > 0:
        year -= 1
    return replace(moment, year=year)


def _nearest_day(moment: Moment, reference: date | None, context: Moment | None) -> Moment:
    if context is not None and context.month is not None:
        return replace(moment, year=context.year, month=context.month)
    if reference is None or moment.day is None:
        return moment
    year, month = reference.year, reference.month
    if moment.day > reference.day + 3:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return replace(moment, year=year, month=month)


def _shifted(moment: Moment, reference: date | None) -> Moment:
    if moment.shift is None:
        return moment
    unit, shift = moment.shift
    if reference is None:
        if unit == "decade":
            return replace(moment, decade="XXXX")
        return moment
    if unit == "year":
        return replace(moment, year=reference.year + shift, shift=None)
    if unit == "month":
        number = reference.year * 12 + reference.month - 1 + shift
        return replace(moment, year=number // 12, month=number % 12 + 1, shift=None)
    if unit == "quarter":
        number = reference.year * 4 + (reference.month - 1) // 3 + shift
        return replace(moment, year=number // 4, quarter=number % 4 + 1, shift=None)
    if unit == "day":
        try:
            day = reference + timedelta(days=shift)
        except OverflowError:
            return moment
        return replace(moment, year=day.year, month=day.month, day=day.day, shift=None)
    width = 3 if unit == "decade" else 2
    decade = f"{reference.year:04}"[:width].ljust(4, "X")
    return replace(moment, decade=decade, shift=None)


def _written(moment: Moment) -> str:
    day = _written_day(moment)
    if moment.clock is None:
        return day
    zone = moment.zone or ""
    return f"{day}T{moment.clock}{zone}" if day != "XXXX" else f"T{moment.clock}{zone}"


def _written_day(moment: Moment) -> str:
    if moment.decade is not None:
        if moment.edge == "end":
            return moment.decade.replace("X", "9").replace("9999", "XXX9") + "-12-31"
        return moment.decade
    year = f"{moment.year:04}" if moment.year is not None else "XXXX"
    end = moment.edge == "end"
    if moment.fiscal:
        year = f"FY{year}"
    if moment.months is not None:
        return f"{year}-{moment.months[0]:02}/{year}-{moment.months[1]:02}"
    if moment.day is not None:
        month = f"{moment.month:02}" if moment.month is not None else "XX"
        return f"{year}-{month}-{moment.day:02}"
    if moment.month is not None:
        if end:
            return f"{year}-{moment.month:02}-{monthrange(moment.year or 2023, moment.month)[1]:02}"
        return f"{year}-{moment.month:02}"
    if moment.quarter is not None:
        if end and moment.year is not None:
            last = moment.quarter * 3
            return f"{year}-{last:02}-{monthrange(moment.year, last)[1]:02}"
        return f"{year}-Q{moment.quarter}"
    if moment.season is not None:
        return f"{year}-{moment.season}"
    if moment.half is not None:
        return f"{year}-H{moment.half}"
    if end and not moment.fiscal and (moment.shift is None or moment.shift[0] == "year"):
        return f"{year}-12-31"
    return year
