"""Days and periods in English that stand by themselves, with no phrase around them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from evaluation.calendar_values import (
    Triple,
    one_day,
    shifted,
    values_of,
)
from kaoju.dates_en import read_date_en

_GLUED = re.compile(
    r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}[-/]?(?P<day>\d{1,2})"
    r"(?:(?:[-/]|,? , ?)(?P<year>\d{4}))?(?![\d/])"
)
_NTH_DAY = re.compile(
    r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)(?! (?:of|century|week|day|month|quarter))(?![a-z])"
)
_SHORT_DATE = re.compile(r"(?P<a>\d{1,2})[/](?P<b>\d{1,2})(?:[/](?P<year>\d{4}|\d\d))?(?![\d/])")
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_DMY_WORD = re.compile(
    r"(?P<a>\d{1,4}|[a-z]{3,9})[-/](?P<b>\d{1,4}|[a-z]{3,9})[-/](?P<c>\d{1,4}|[a-z]{3,9})("
    r"?![a-z\d])"
)
_PREFIXED = re.compile(
    r"(?:the |year |calendar year |cy )?(?P<year>(?:19|20)\d\d)(?![\d%]|,\d|\.\d)(?!s)"
)


def plain_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    """The day or period that begins at ``at``, with every way to write it."""
    if not (lower[at].isalnum()):
        return None
    compact = _COMPACT.match(lower, at)
    if compact is not None:
        return (
            at,
            compact.end(),
            one_day(date(int(compact["y"]), int(compact["m"]), int(compact["d"]))),
        )
    glued = _GLUED.match(lower, at)
    if glued is not None:
        month = [
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
        ].index(glued["mon"][:3]) + 1
        days: list[object] = []
        years = (
            [int(glued["year"])] if glued["year"] else [today.year - 1, today.year, today.year + 1]
        )
        for year in years:
            if 1 <= int(glued["day"]) <= monthrange(year, month)[1]:
                days.extend(one_day(date(year, month, int(glued["day"]))))
        return at, glued.end(), tuple(days)
    short = _SHORT_DATE.match(lower, at)
    if short is not None:
        a, b = int(short["a"]), int(short["b"])
        month, day = (a, b) if 1 <= a <= 12 else (b, a)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        if short["year"]:
            years = (
                [int(short["year"])]
                if len(short["year"]) == 4
                else [1900 + int(short["year"]), 2000 + int(short["year"])]
            )
        else:
            years = [today.year - 1, today.year, today.year + 1]
        results: list[object] = []
        for year in years:
            if day <= monthrange(year, month)[1]:
                results.extend(one_day(date(year, month, day)))
        return at, short.end(), tuple(results)
    the = 4 if lower.startswith("the ", at) else 0
    if (
        re.compile(r"(?:may|march|sun|sat)(?![a-z])(?! \d)").match(lower, at + the)
        and not cased[at + the].isupper()
    ):
        return None
    title = cased if cased[at + the : at + the + 1].isupper() else cased.title()
    if len(title) != len(lower):
        title = cased
    found = read_date_en(lower, at + the, title)
    if found is not None and found.stated:
        start = at if the and found.moment.day is not None else at + the
        values = values_of(found, today)
        if found.second is not None:
            values = (*values, *((v[0], v[1], "/") for v in values if isinstance(v, tuple)))
        elif found.moment.year is not None and (to := _to_year(lower, found.end)) is not None:
            first = next((v[0] for v in values if isinstance(v, tuple)), None)
            if first is not None:
                return start, to[1], ((first, to[0], ""), (first, to[0], "/"))
        return start, found.end, values
    printed = re.compile(
        r"(?:calendar year |cy |year )?((?:19|20)\d\d)(?![\d%/-]|,\d|\.\d)(?! people)"
    ).match(lower, at)
    if printed is not None:
        value = int(printed.group(1))
        later = re.compile(r" and (?:greater|later|after)").match(lower, printed.end())
        bounds = (f"{value}-01-01", f"{value + 1}-01-01")
        to = _to_year(lower, printed.end())
        if to is not None:
            return at, to[1], ((bounds[0], to[0], ""), (bounds[0], to[0], "/"))
        if later is not None:
            return at, later.end(), ((*bounds, "since"),)
        return at, printed.end(), ((*bounds, ""), str(value))
    nth = _NTH_DAY.match(lower, at)
    if nth is not None and 1 <= int(nth["day"]) <= 31 and lower.startswith("the", at):
        base = today.replace(day=1)
        results = []
        for months in (-1, 0, 1):
            first = shifted(base, months, "month")
            if int(nth["day"]) <= monthrange(first.year, first.month)[1]:
                results.extend(one_day(first.replace(day=int(nth["day"]))))
        return at, nth.end(), tuple(results)
    return None


def _to_year(lower: str, at: int) -> tuple[str, int] | None:
    match = re.compile(r" ?(?:to|through|till|until|-|~) ?((?:19|20)\d\d)(?![\d-])").match(
        lower, at
    )
    return (f"{match.group(1)}-01-01", match.end()) if match else None
