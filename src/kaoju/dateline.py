"""The day an article appeared: as stated, as printed on a date line, as in a file's name.

Part of `reading`. Dates inside sentences are none of this; see `figures` for those.
"""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = {
    "jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4,
    "may": 5, "jun": 6, "june": 6, "jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9,
    "sept": 9, "september": 9, "oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12,
    "december": 12,
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NTH = r"(?:st|nd|rd|th)?"
_DAY = re.compile(
    rf"(?P<y1>{_YEAR})\s*(?:年|[-/.])\s*(?P<m1>\d{{1,2}})\s*(?:月|[-/.])\s*"
    r"(?P<d1>\d{1,2})(?!\d)\s*日?"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}}){_NTH},?\s+(?P<y2>{_YEAR})"
    rf"|(?P<d3>\d{{1,2}}){_NTH}\s+(?P<m3>{_MONTH})\.?,?\s+(?P<y3>{_YEAR})",
    re.IGNORECASE,
)
_COMPACT = re.compile(rf"(?<!\d)({_YEAR})[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")

# A date line: a label, the day, a time of day, where the article comes from.
_LABEL = (
    r"(?:(?:发布|发表|更新|刊发|刊登|见报|公布|發布|發佈|更新)?(?:时间|時間|日期|于|於)\s*[:：]?"
    r"|(?:first\s+)?(?:published|posted|updated|date|dated|release date)(?:\s+on)?\s*:?)"
)
_TIME = (
    r"(?:[T\s,]*(?:at\s+)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d+)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|E[SD]?T|[+-]\d\d:?\d\d)?)?"
)
_BY = r"(?:来源|來源|作者|编辑|编者|记者|記者|文|source|by|author)"
_GAP = r"[\s|·•,，\-—–/]"
_DAY_FIRST = re.compile(
    rf"[(（\[]?\s*(?:{_LABEL})?\s*(?P<day>{_DAY.pattern}){_TIME}"
    rf"(?:{_GAP}*{_BY}\s*[:：|/]?|{_GAP}+|$|(?=[)）\]]))[^\n。.!?！？:：]{{0,40}}[)）\]]?",
    re.IGNORECASE,
)
_SOURCE_FIRST = re.compile(
    rf"{_BY}\s*[:：]?\s*[^\n。!?！？]{{1,40}}?{_GAP}+(?:{_LABEL})?\s*"
    rf"(?P<day>{_DAY.pattern}){_TIME}",
    re.IGNORECASE,
)
_RANGE_FOLLOWS = re.compile(r"\s*(?:-|–|—|~|至|到|to|until)\s*\d", re.IGNORECASE)


def as_day(value: object) -> date | None:
    """The day that a date, an ISO instant or a printed date names; None when none does.

    An instant counts as the day that it prints, in its own time zone.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    match = _DAY.search(value[:200])
    if match is not None:
        return _day_of(match)
    compact = re.match(rf"\s*({_YEAR})(\d\d)(\d\d)(?:T|\s|$)", value)
    return _valid(*compact.groups()) if compact else None


def day_in_name(name: str) -> date | None:
    """The day that a file's name holds, such as ``2026-01-08-gate.txt``."""
    match = _COMPACT.search(name)
    return _valid(*match.groups()) if match else None


def is_date_line(line: str) -> bool:
    """Whether a line says when (and perhaps where) an article appeared, and nothing else."""
    return _day_on(line) is not None


def printed_day(text: str) -> date | None:
    """The day of a date line among the first six or the last two lines of an article."""
    lines = [line for line in text.split("\n") if line.strip()]
    for line in [*lines[1:6], *lines[:1], *lines[6:][-2:]]:
        day = _day_on(line)
        if day is not None:
            return day
    return None


def _day_on(line: str) -> date | None:
    line = line.strip()
    if len(line) > 100 or not re.search(_YEAR, line):
        return None
    match = _DAY_FIRST.fullmatch(line) or _SOURCE_FIRST.fullmatch(line)
    if match is None or _RANGE_FOLLOWS.match(line, match.end("day")):
        return None
    return as_day(match["day"])


def _day_of(match: re.Match[str]) -> date | None:
    for n in "123":
        if match[f"y{n}"]:
            month = match[f"m{n}"]
            return _valid(match[f"y{n}"], _MONTHS.get(month.lower(), month), match[f"d{n}"])
    return None


def _valid(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
