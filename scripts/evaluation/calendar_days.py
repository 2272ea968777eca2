"""Days that have names: feasts on a fixed day, on a weekday of a month, or against Easter."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month (Monday 0); -1 for the last."""
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int, after: int = 0) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, nth) + timedelta(days=after)


def _easter(after: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=after)


_EN: dict[str, Callable[[int], date]] = {
    "christmas eve": _fixed(12, 24), "christmas": _fixed(12, 25), "xmas": _fixed(12, 25),
    "earth day": _fixed(4, 22), "(?:saint|st\\.?) patrick": _fixed(3, 17),
    "independence day": _fixed(7, 4), "(?:international )?workers'? day": _fixed(5, 1),
    "may day": _fixed(5, 1), "new year'?s? eve": _fixed(12, 31), "nye": _fixed(12, 31),
    "new year": _fixed(1, 1), "halloween": _fixed(10, 31), "all saints": _fixed(11, 1),
    "(?:saint )?valentine": _fixed(2, 14), "boxing day": _fixed(12, 26),
    "april fool": _fixed(4, 1), "veteran": _fixed(11, 11), "groundhog day": _fixed(2, 2),
    "cinco de mayo": _fixed(5, 5), "juneteenth": _fixed(6, 19), "guy fawkes": _fixed(11, 5),
    "women'?s? day": _fixed(3, 8), "bastille day": _fixed(7, 14), "australia day": _fixed(1, 26),
    "canada day": _fixed(7, 1), "epiphany": _fixed(1, 6), "beltane": _fixed(5, 1),
    "thanksgiving": _nth(11, 3, 4), "black friday": _nth(11, 3, 4, 1),
    "cyber monday": _nth(11, 3, 4, 4), "labou?r day": _nth(9, 0, 1),
    "memorial day": _nth(5, 0, -1), "martin luther king": _nth(1, 0, 3), "mlk": _nth(1, 0, 3),
    "president'?s'?": _nth(2, 0, 3), "columbus": _nth(10, 0, 2), "mother'?s?'?": _nth(5, 6, 2),
    "father'?s?'?": _nth(6, 6, 3), "good friday": _easter(-2), "easter monday": _easter(1),
    "easter sunday": _easter(0), "easter": _easter(0), "palm sunday": _easter(-7),
    "ash wednesday": _easter(-46), "mardi gras": _easter(-47), "fat tuesday": _easter(-47),
    "pentecost": _easter(49), "ascension day": _easter(39),
}  # fmt: skip
_ZH: dict[str, Callable[[int], date]] = {
    "元旦": _fixed(1, 1), "情人节": _fixed(2, 14), "妇女节": _fixed(3, 8), "植树节": _fixed(3, 12),
    "愚人节": _fixed(4, 1), "劳动节": _fixed(5, 1), "青年节": _fixed(5, 4), "儿童节": _fixed(6, 1),
    "建党节": _fixed(7, 1), "建军节": _fixed(8, 1), "教师节": _fixed(9, 10), "国庆": _fixed(10, 1),
    "万圣节": _fixed(10, 31), "平安夜": _fixed(12, 24), "圣诞": _fixed(12, 25),
    "母亲节": _nth(5, 6, 2), "父亲节": _nth(6, 6, 3), "感恩节": _nth(11, 3, 4),
    "复活节": _easter(0), "双十一": _fixed(11, 11),
}  # fmt: skip
_NEEDS_DAY = frozenset({"veteran", "president'?s'?", "columbus", "mother'?s?'?", "father'?s?'?"})
_PATTERNS = [
    (re.compile(name + (r"(?:'s|s)?'? day" if name in _NEEDS_DAY else r"(?:'s|')?(?: day)?")), when)
    for name, when in sorted(_EN.items(), key=lambda item: -len(item[0]))
]


def feast_at(lower: str, at: int) -> tuple[int, Callable[[int], date]] | None:
    """Where the name of an English feast at ``at`` ends, and its day in a year."""
    for pattern, when in _PATTERNS:
        match = pattern.match(lower, at)
        if match is not None and not lower[match.end() : match.end() + 1].isalpha():
            return match.end(), when
    return None


def feast_zh_at(text: str, at: int) -> tuple[int, Callable[[int], date]] | None:
    """The same in Chinese: 国庆节, 圣诞节."""
    for name, when in _ZH.items():
        if text.startswith(name, at):
            end = at + len(name)
            return end + text.startswith("节", end), when
    return None
