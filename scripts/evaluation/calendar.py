"""Calendar-assistant phrases on top of our dates, in the terms of Recognizers-Text.

News states dates; an assistant is told "the week after next". `calendar_items` reads both:
what `kaoju.dates` finds, with the preposition that the peer puts into its span, and
relative phrases that no news reader reports as figures.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from kaoju import dates
from kaoju.dates_en import read_date_en
from kaoju.dates_zh import read_date_zh
from kaoju.numerals import Sort, protect, read_at
from kaoju.text import fold
from kaoju.types import Language, Span

_UNIT_CODES = {
    "second": ("T", "S"), "minute": ("T", "M"), "min": ("T", "M"), "hour": ("T", "H"),
    "hr": ("T", "H"), "day": ("", "D"), "night": ("", "D"), "week": ("", "W"),
    "month": ("", "M"), "year": ("", "Y"), "weekend": ("", "WE"),
}  # fmt: skip
_UNIT_ZH = {
    "秒": "second", "秒钟": "second", "分钟": "minute", "小时": "hour", "个小时": "hour",
    "个钟头": "hour", "钟头": "hour", "天": "day", "日": "day", "周": "week", "个星期": "week",
    "星期": "week", "个礼拜": "week", "个月": "month", "年": "year",
}  # fmt: skip
_DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EASTERS = {
    2015: (4, 5), 2016: (3, 27), 2017: (4, 16), 2018: (4, 1), 2019: (4, 21), 2020: (4, 12),
    2021: (4, 4), 2022: (4, 17),
}  # fmt: skip
_SPECIAL_EN = {
    "christmas eve": (12, 24), "christmas": (12, 25), "earth day": (4, 22),
    "saint patrick": (3, 17), "independence day": (7, 4), "international workers' day": (5, 1),
    "new year day": (1, 1), "new year": (1, 1), "halloween": (10, 31), "valentine": (2, 14),
}  # fmt: skip
Triple = tuple[int, int, tuple[object, ...]]


def calendar_items(
    text: str, language: Language, reference: date | None, instant: str
) -> list[Triple]:
    """Start, end and every way to write the value of each calendar expression of a text."""
    folded = fold(protect(text), lower=False)
    cased = folded.text
    lower = cased.lower()
    if len(lower) != len(cased):
        lower = cased
    chinese = language is Language.ZH
    del instant
    found = _scan(lower, cased, reference, chinese=chinese)
    items = []
    for start, end, values in found:
        span = folded.printed_span(Span(start, end))
        items.append((span.start, span.end, values))
    return items


def _scan(lower: str, cased: str, reference: date | None, *, chinese: bool) -> list[Triple]:
    found: list[Triple] = []
    position = 0
    while position < len(lower):
        character = lower[position]
        if character.isspace() or (position and not chinese and lower[position - 1].isalnum()):
            position += 1
            continue
        item = (_zh if chinese else _en)(lower, cased, position, reference)
        if item is None:
            position += 1
            continue
        found.append(item)
        position = max(item[1], position + 1)
    return found


# Values -----------------------------------------------------------------------------------


def _bounds(period: str) -> tuple[date, date] | None:
    """First day and the day after the last of an ISO period."""
    try:
        if "/" in period:
            first, _, last = period.partition("/")
            begin, end = _bounds(first), _bounds(last)
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
            return date(year, quarter * 3 - 2, 1), _month_after(year, quarter * 3)
        if rest[0] == "H":
            return (
                (date(year, 1, 1), date(year, 7, 1))
                if rest[1] == "1"
                else (date(year, 7, 1), date(year + 1, 1, 1))
            )
        if len(rest) == 2:
            month = int(rest)
            return date(year, month, 1), _month_after(year, month)
        day = date.fromisoformat(period)
        return day, day + timedelta(days=1)
    except ValueError:
        return None


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def values_of(found: dates.DateMatch, reference: date | None, mark: str = "") -> tuple[object, ...]:
    """All the ways to write a date found: period, first day to day after the last."""
    period = dates.period_of(found, reference, None)
    values: list[object] = [f"{period}{mark}"]
    moment = found.moment
    if moment.year is None and moment.shift is None and reference is not None:
        for year in (reference.year - 1, reference.year, reference.year + 1):
            other = dates.DateMatch(found.start, found.end, _with_year(moment, year), found.second)
            values.append(f"{dates.period_of(other, reference, None)}{mark}")
            bounds = _bounds(dates.period_of(other, reference, None))
            if bounds is not None:
                values.append((str(bounds[0]), str(bounds[1]), mark))
    bounds = _bounds(period)
    if bounds is not None:
        values.append((str(bounds[0]), str(bounds[1]), mark))
    return tuple(values)


def _with_year(moment: dates.Moment, year: int) -> dates.Moment:
    from dataclasses import replace

    return replace(moment, year=year)


def _day(day: date) -> tuple[object, ...]:
    return (day.isoformat(), (day.isoformat(), (day + timedelta(days=1)).isoformat(), ""))


def _interval(first: date, last: date) -> tuple[object, ...]:
    return ((str(first), str(last), ""),)


def _duration(count: Decimal, name: str) -> tuple[object, ...]:
    before, letter = _UNIT_CODES[name]
    number = format(count.normalize(), "f")
    return (f"P{before}{number}{letter}",)


def _shift(day: date, count: int, name: str) -> date:
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


# English ----------------------------------------------------------------------------------

_NAMES_EN = (
    r"(seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weekends?|weeks?|months?|years?)(?![a-z])"
)
_AGO_EN = re.compile(r" (?:ago|before today)(?![a-z])")
_LATER_EN = re.compile(r" (?:later|from now|from today|from tomorrow)(?![a-z])")
_WEEKDAY_EN = re.compile(
    r"(?:(?P<which>this|next|last|past|previous|following|this upcoming|upcoming)[ ])?("
    rf"?P<day>{'|'.join(_DAYS_EN)})(?![a-z])(?!-)"
)
_WEEK_EN = re.compile(
    r"(?P<which>this|next|last|previous|past|same|following|upcoming|current|the) ("
    r"?P<unit>week|month|quarter|year|decade)(?![a-z])(?! (?:\d|of))(?!'s| \()"
)
_SPAN_EN = re.compile(
    r"(?:(?:within|in) )?(?:the )?(?:(?P<which>next|last|past|previous|following|upcoming|"
    r"coming|first) )(?P<count>\d+|[a-z]+) (?P<unit>days?|weeks?|months?|quarters?|years?|"
    r"decades?)(?![a-z])|(?P<count2>\d+|[a-z]+) (?P<which2>next|past|previous|upcoming) ("
    r"?P<unit2>days|weeks|months|years)(?![a-z])"
)
_EDGE_EN = re.compile(
    r"(?:as (?:early|late) as |on or )?(?P<mark>before|after|since|until|till|by|later than|"
    r"prior to|starting|beginning|from|between|on|as late as|as early as|in the|around)[ ]("
    r"?:or equal to )?(?:the )?(?:year )?"
)
_EARLY_EN = re.compile(
    r"(?P<edge>earlier|later|early|late|mid) (?:in )?(?=this|last|next|previous)"
)
_WEEK_NUMBER = re.compile(r"week (?P<n>\d{1,2})(?: of (?P<year>\d{4}))?(?!\d)")
_NTH_WEEK = re.compile(
    r"(?P<the>the )?(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th) week of ("
    r"?P<what>\d{4}|[a-z]+(?: [a-z0-9]+)?)"
)
_GLUED = re.compile(
    r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}[-/]?(?P<day>\d{1,2})"
    r"(?:(?:[-/]|,? , ?)(?P<year>\d{4}))?(?![\d/])"
)
_NTH_DAY = re.compile(
    r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)(?! (?:of|century|week|day|month|quarter))(?![a-z])"
)
_SPECIAL = re.compile(
    rf"(?P<name>{'|'.join(sorted(map(re.escape, _SPECIAL_EN), key=len, reverse=True))})(?:'s)?("
    rf"?: day)?(?: (?P<year>\d{{4}}))?(?![a-z])"
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


def _en(lower: str, cased: str, at: int, reference: date | None) -> Triple | None:
    today = reference or date(2020, 1, 1)
    for reader in (_bounded_en, _duration_en, _relative_en, _special_en, _plain_en):
        found = reader(lower, cased, at, today)
        if found is not None:
            return _extended_en(lower, found, today)
    return None


_LATER = re.compile(r" and (?:later|after|greater|onwards)(?![a-z])")
_TO_NOW = re.compile(r" to (?:today|now|date)(?![a-z])")


def _extended_en(lower: str, found: Triple, today: date) -> Triple:
    """The phrase with "and later" or "to today" after it."""
    start, end, values = found
    later, now = _LATER.match(lower, end), _TO_NOW.match(lower, end)
    if later is not None:
        return start, later.end(), _marked(values, "since")
    if now is not None:
        begins = [v[0] for v in values if isinstance(v, tuple) and str(v[0]) < str(today)]
        lead = re.search(r"(?:from|since) $", lower[:start])
        start = start - len(lead.group()) if lead else start
        return start, now.end(), tuple((begin, str(today), "") for begin in begins)
    return found


_MARKS = {
    "before": "before", "prior to": "before", "by": "before", "until": "before", "till": "before",
    "after": "after", "later than": "after", "since": "since", "starting": "since",
    "beginning": "since", "as late as": "until", "as early as": "since",
}  # fmt: skip


def _bounded_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    match = re.compile(
        r"(?P<mark>before|after|since|until|till|by|later than|prior to|starting|beginning|as "
        r"late as|as early as|from|between)[ ](?:the )?(?:year )?"
    ).match(lower, at)
    if match is None or match.end() >= len(lower):
        return None
    mark = match["mark"]
    inner = None
    for reader in (_relative_en, _special_en, _plain_en):
        inner = reader(lower, cased, match.end(), today)
        if inner is not None:
            break
    if inner is None:
        return None
    if mark in ("from", "between"):
        joined = re.compile(r" ?(?:to|till|through|and|until|-|~) ?(?:the )?").match(
            lower, inner[1]
        )
        if any(isinstance(v, tuple) and v[2] == "/" for v in inner[2]):
            return at, inner[1], inner[2]
        if joined is None or joined.end() >= len(lower):
            return None
        for reader in (_relative_en, _special_en, _plain_en):
            last = reader(lower, cased, joined.end(), today)
            if last is not None:
                return at, last[1], _between(inner[2], last[2])
        return None
    values: list[object] = []
    for value in inner[2]:
        if isinstance(value, tuple):
            values.append((value[0], value[1], _MARKS[mark]))
        elif isinstance(value, str):
            values.append(value + _MARKS[mark])
    return at, inner[1], tuple(values)


def _between(first: tuple[object, ...], last: tuple[object, ...]) -> tuple[object, ...]:
    begins = [v[0] for v in first if isinstance(v, tuple)]
    ends = [v[0] for v in last if isinstance(v, tuple)]
    return tuple((b, e, "") for b in begins for e in ends if str(b) < str(e))


def _count(lower: str, at: int) -> tuple[Decimal, int] | None:
    if lower[at : at + 2] == "a " or lower[at : at + 3] == "an ":
        read = read_at(lower, at)
        if read is not None:
            return read.value, read.end
        return Decimal(1), at + (1 if lower[at + 1] == " " else 2)
    if lower.startswith("few ", at):
        return Decimal(3), at + 3
    if lower.startswith("another ", at):
        return Decimal(1), at + 7
    if lower.startswith("all ", at):
        return Decimal(1), at + 3
    read = read_at(lower, at)
    if read is None or read.sort not in (Sort.CARDINAL, Sort.FRACTION):
        return None
    return read.value, read.end


def _duration_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    start = at
    more = re.compile(r"(?:more|less) than ").match(lower, at)
    lead = re.compile(r"(?:in|within) ").match(lower, at)
    if lead is not None or more is not None:
        at = (lead or more).end()  # type: ignore[union-attr]
    count = _count(lower, at)
    if count is None or lower.startswith("a second", at):
        return None
    number, end = count
    half = re.compile(r" and an? (half|quarter)").match(lower, end)
    if half is not None:
        number += Decimal("0.5") if half.group(1) == "half" else Decimal("0.25")
        end = half.end()
    name = re.compile(rf"[ -]?(?:upcoming |business )?{_NAMES_EN}").match(lower, end)
    if name is None:
        short = re.compile(r"d(?![a-z])").match(lower, end)
        if short is None or not lower[at].isdigit():
            return None
        return at, short.end(), (f"P{number}D",)
    unit = name.group(1).rstrip("s") if name.group(1) not in ("mins", "hrs") else name.group(1)[:-1]
    end = name.end()
    whole = int(number)
    half = re.compile(r" and a half(?![a-z])").match(lower, end)
    if half is not None:
        number += Decimal("0.5")
        end = half.end()
    if unit in ("day", "week", "month", "year", "night"):
        ago = _AGO_EN.match(lower, end)
        if ago is not None:
            day = _shift(today, -whole, unit)
            values = _day(day)
            if more is not None:
                return start, ago.end(), _marked(values, "before")
            return at, ago.end(), values
        later = _LATER_EN.match(lower, end)
        if later is not None:
            base = today + timedelta(days=1) if "tomorrow" in later.group() else today
            begin = start if lead is not None else at
            if lower[start:at] == "in " and "from" in later.group():
                begin = at
            return begin, later.end(), _day(_shift(base, whole, unit))
        relative = re.compile(r" (from|after|before|since) (?:the year )?").match(lower, end)
        if relative is not None and relative.end() < len(lower):
            for reader in (_relative_en, _special_en, _plain_en):
                base_found = reader(lower, cased, relative.end(), today)
                if base_found is None:
                    continue
                base_day = next((v[0] for v in base_found[2] if isinstance(v, tuple)), None)
                if base_day is None:
                    break
                sign = -1 if relative.group(1) == "before" else 1
                bases = {v[0] for v in base_found[2] if isinstance(v, tuple)}
                results: list[object] = []
                for one in bases:
                    results.extend(_day(_shift(date.fromisoformat(str(one)), sign * whole, unit)))
                return (
                    (start if relative.group(1) == "since" else at),
                    base_found[1],
                    tuple(results),
                )
        if lead is not None:
            target = _shift(today, whole, unit)
            if lower.startswith("within", start):
                return start, end, _interval(today, target)
            return start, end, _day(target)
    begin = start if more is not None else at
    return begin, end, _duration(number, unit)


def _marked(values: tuple[object, ...], mark: str) -> tuple[object, ...]:
    return tuple((v[0], v[1], mark) if isinstance(v, tuple) else f"{v}{mark}" for v in values)


_SINGLE_DAYS = (
    ("today", 0), ("tomorrow", 1), ("yesterday", -1), ("the day after tomorrow", 2),
    ("the day before yesterday", -2), ("now", 0), ("current date", 0), ("the day before", -1),
    ("the next day", 1),
)  # fmt: skip


def _relative_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    for word, shift in _SINGLE_DAYS:
        if lower.startswith(word, at) and not lower[at + len(word) : at + len(word) + 1].isalpha():
            if word in ("now", "today") and lower[at + len(word) : at + len(word) + 2] == "'s":
                return None
            return at, at + len(word), _day(today + timedelta(days=shift))
    week = re.compile(
        r"(?:on )?(?:(?P<w1>next|this|last|previous) week (?:on |- )?("
        rf"?P<d1>{'|'.join(_DAYS_EN)})|(?P<d2>{'|'.join(_DAYS_EN)}) (?:of )?(?P<w2>next|this|"
        r"last|previous) week)(?![a-z])"
    ).match(lower, at)
    if week is not None:
        which = week["w1"] or week["w2"]
        index = _DAYS_EN.index(week["d1"] or week["d2"])
        weeks = {"next": 1, "this": 0}.get(which, -1)
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
        begin = at if week["d2"] or not lower.startswith("on ", at) else at + 3
        return begin, week.end(), _day(monday + timedelta(days=index))
    early = re.compile(r"(?P<edge>earlier|later) (?:in )?(?=(?:this|last|next|previous) )").match(
        lower, at
    )
    if early is not None:
        inner = _relative_en(lower, cased, early.end(), today)
        if inner is None:
            return None
        bounds = next((v for v in inner[2] if isinstance(v, tuple)), None)
        if bounds is None:
            return None
        if early["edge"] == "earlier":
            return at, inner[1], ((bounds[0], str(today), ""), (bounds[0], bounds[1], "start"))
        return (
            at,
            inner[1],
            ((str(today), bounds[1], ""), (str(today + timedelta(days=3)), bounds[1], "")),
        )
    nth = _NTH_WEEK.match(lower, at)
    if nth is not None:
        found = _week_of(lower, cased, nth, today)
        if found is not None:
            return found
    number = _WEEK_NUMBER.match(lower, at)
    if number is not None and 1 <= int(number["n"]) <= 53:
        year = int(number["year"]) if number["year"] else today.year
        try:
            monday = date.fromisocalendar(year, int(number["n"]), 1)
        except ValueError:
            return None
        return at, number.end(), _interval(monday, monday + timedelta(days=7))
    span = _SPAN_EN.match(lower, at)
    if span is not None:
        found = _several_en(lower, span, today)
        if found is not None:
            return found
    month = re.compile(
        r"(?P<which>this|next|last) (?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
    ).match(lower, at)
    if month is not None:
        title = cased.title() if len(cased.title()) == len(cased) else cased
        found_month = read_date_en(lower, month.end(), title)
        if found_month is not None and found_month.moment.month and found_month.moment.year is None:
            year = today.year + {"this": 0, "next": 1}.get(month["which"], -1)
            own = dates.DateMatch(0, 0, _with_year(found_month.moment, year))
            return at, found_month.end, values_of(own, today)
    fortnight = re.compile(r"(?P<which>past|last|next) fortnight").match(lower, at)
    if fortnight is not None:
        if fortnight["which"] == "next":
            tomorrow = today + timedelta(days=1)
            return at, fortnight.end(), _interval(tomorrow, tomorrow + timedelta(days=14))
        return at, fortnight.end(), _interval(today - timedelta(days=14), today)
    century = re.compile(r"(?P<n>\d\d)(?:st|nd|rd|th) century").match(lower, at)
    if century is not None:
        opened = (int(century["n"]) - 1) * 100
        return at, century.end(), _interval(date(opened, 1, 1), date(opened + 100, 1, 1))
    nth_month = re.compile(
        r"the (?P<n>\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth) month of (?P<y>next year|"
        r"this year|last year|\d{4})"
    ).match(lower, at)
    if nth_month is not None:
        words_n = {"first": 1, "second": 2, "third": 3, "fourth": 4}
        n = words_n.get(nth_month["n"]) or int(re.sub(r"\D", "", nth_month["n"]))
        y = nth_month["y"]
        year = int(y) if y.isdigit() else today.year + {"next": 1, "this": 0, "last": -1}[y[:4]]
        if 1 <= n <= 12:
            return at, nth_month.end(), _interval(date(year, n, 1), _month_after(year, n))
    match = _WEEK_EN.match(lower, at)
    if match is not None:
        which, unit = match["which"].replace("the ", ""), match["unit"]
        if which == "the" and unit != "year":
            return None
        shift = {
            "next": 1,
            "following": 1,
            "upcoming": 1,
            "last": -1,
            "previous": -1,
            "past": -1,
        }.get(which, 0)
        return at, match.end(), _interval(*_calendar(today, unit, shift))
    day = _WEEKDAY_EN.match(lower, at)
    if day is not None:
        return _weekday_en(lower, cased, at, day, today)
    return None


def _calendar(today: date, unit: str, shift: int) -> tuple[date, date]:
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=7)
    if unit == "month":
        first = _shift(today.replace(day=1), shift, "month")
        return first, _shift(first, 1, "month")
    if unit == "quarter":
        first = _shift(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * shift, "month")
        return first, _shift(first, 3, "month")
    if unit == "decade":
        first = date(today.year // 10 * 10 + 10 * shift, 1, 1)
        return first, date(first.year + 10, 1, 1)
    return date(today.year + shift, 1, 1), date(today.year + shift + 1, 1, 1)


def _several_en(lower: str, span: re.Match[str], today: date) -> Triple | None:
    which = span["which"] or span["which2"]
    unit = (span["unit"] or span["unit2"]).rstrip("s")
    word = span["count"] or span["count2"]
    read = read_at(word, 0)
    if read is None or read.end != len(word) or read.sort is not Sort.CARDINAL or which == "first":
        return None
    count = int(read.value)
    start = span.start()
    if lower.startswith("in the ", start):
        start += 7
    elif lower.startswith("the ", start):
        start += 4
    elif lower.startswith("in ", start):
        start += 3
    forward = which in ("next", "following", "upcoming", "coming")
    if unit == "quarter":
        begin, _ = _calendar(today, "quarter", 1 if forward else -count)
        end = _shift(begin, 3 * count, "month")
        return start, span.end(), _interval(begin, end)
    if unit == "decade":
        begin, _ = _calendar(today, "decade", 1 if forward else -count)
        return start, span.end(), _interval(begin, date(begin.year + 10 * count, 1, 1))
    if forward:
        begin = today + timedelta(days=1)
        if lower.startswith("within", start):
            begin = today
        return start, span.end(), _interval(begin, _shift(begin, count, unit))
    return start, span.end(), _interval(_shift(today, -count, unit), today)


def _week_of(lower: str, cased: str, match: re.Match[str], today: date) -> Triple | None:
    nth = {
        "first": 1,
        "1st": 1,
        "second": 2,
        "2nd": 2,
        "third": 3,
        "3rd": 3,
        "fourth": 4,
        "4th": 4,
    }.get(match["nth"], 0)
    start = match.start()
    what = match.start("what")
    if match["what"][:4].isdigit():
        year = int(match["what"][:4])
        weeks = date(year, 12, 28).isocalendar().week
        monday = date.fromisocalendar(year, nth or weeks, 1)
        return start, what + 4, _interval(monday, monday + timedelta(days=7))
    inner = None
    for reader in (_relative_en, _plain_en):
        inner = reader(lower, cased, what, today)
        if inner is not None:
            break
    if inner is None:
        return None
    results: list[object] = []
    for value in inner[2]:
        if not isinstance(value, tuple):
            continue
        first, after = date.fromisoformat(value[0]), date.fromisoformat(value[1])
        if nth:
            thursday = first + timedelta(days=(3 - first.weekday()) % 7)
            monday = thursday - timedelta(days=3) + timedelta(weeks=nth - 1)
        else:
            last = after - timedelta(days=1)
            monday = last - timedelta(days=last.weekday())
        results.append((str(monday), str(monday + timedelta(days=7)), ""))
    return start, inner[1], tuple(results)


def _weekday_en(
    lower: str, cased: str, at: int, match: re.Match[str], today: date
) -> Triple | None:
    dated = re.compile(r",? (?:the )?").match(lower, match.end())
    if dated is not None and dated.end() < len(lower) and lower[dated.end()].isalnum():
        inner = _plain_en(lower, cased, dated.end(), today)
        if inner is not None and any(len(str(v)) == 10 for v in inner[2]):
            return at, inner[1], inner[2]
        nth = re.compile(
            r"(\d{1,2})(?:st|nd|rd|th)?(?![\d:/a-z])(?! ?(?:am|pm|hours|days|weeks))"
        ).match(lower, dated.end())
        if nth is not None and 1 <= int(nth.group(1)) <= 31:
            results: list[object] = []
            index = _DAYS_EN.index(match["day"])
            for months in range(-36, 37):
                base = _shift(today.replace(day=1), months, "month")
                try:
                    day = base.replace(day=int(nth.group(1)))
                except ValueError:
                    continue
                if day.weekday() == index:
                    results.extend(_day(day))
            return at, nth.end(), tuple(results)
    index = _DAYS_EN.index(match["day"])
    monday = today - timedelta(days=today.weekday())
    which = match["which"]
    if which in ("next", "following"):
        return at, match.end(), _day(monday + timedelta(days=7 + index))
    if which in ("last", "previous"):
        return at, match.end(), _day(monday + timedelta(days=index - 7))
    if which in ("this", "this upcoming", "upcoming"):
        return at, match.end(), _day(monday + timedelta(days=index))
    ahead = (index - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    before = coming - timedelta(days=7)
    if which == "past":
        return at, match.end(), _day(before)
    return at, match.end(), (*_day(before), *_day(coming))


def _special_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    easter = re.compile(r"(?P<which>last |next |this )?easter(?![a-z])").match(lower, at)
    if easter is not None:
        days = [date(year, *day) for year, day in _EASTERS.items()]
        past = [day for day in days if day < today]
        ahead = [day for day in days if day >= today]
        near = {"last ": past[-1:], "next ": ahead[:1]}.get(
            easter["which"] or "", past[-1:] + ahead[:1]
        )
        return at, easter.end(), tuple(value for day in near for value in _day(day))
    match = _SPECIAL.match(lower, at)
    if match is None:
        lead = re.compile(r"(?P<which>last|next|this) ").match(lower, at)
        if lead is None:
            return None
        match = _SPECIAL.match(lower, lead.end())
        if match is None:
            return None
    month, day = _SPECIAL_EN[match["name"]]
    of_year = re.compile(r" of (this|last|next) year").match(lower, match.end())
    if match["year"]:
        return at, match.end(), _day(date(int(match["year"]), month, day))
    if of_year is not None:
        shift = {"this": 0, "last": -1, "next": 1}[of_year.group(1)]
        return at, of_year.end(), _day(date(today.year + shift, month, day))
    years = (today.year - 1, today.year, today.year + 1)
    results = [value for year in years for value in _day(date(year, month, day))]
    return at, match.end(), tuple(results)


def _plain_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    if not (lower[at].isalnum()):
        return None
    compact = _COMPACT.match(lower, at)
    if compact is not None:
        return (
            at,
            compact.end(),
            _day(date(int(compact["y"]), int(compact["m"]), int(compact["d"]))),
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
                days.extend(_day(date(year, month, int(glued["day"]))))
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
                results.extend(_day(date(year, month, day)))
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
            first = _shift(base, months, "month")
            if int(nth["day"]) <= monthrange(first.year, first.month)[1]:
                results.extend(_day(first.replace(day=int(nth["day"]))))
        return at, nth.end(), tuple(results)
    return None


def _to_year(lower: str, at: int) -> tuple[str, int] | None:
    match = re.compile(r" ?(?:to|through|till|until|-|~) ?((?:19|20)\d\d)(?![\d-])").match(
        lower, at
    )
    return (f"{match.group(1)}-01-01", match.end()) if match else None


# Chinese ----------------------------------------------------------------------------------

_AFTER_ZH = (
    (re.compile(r"[ ]?(?:或|及)(?:以前|之前)"), "until"),
    (re.compile(r"[ ]?(?:或|及)(?:以后|之后)"), "since"),
    (re.compile(r"[ ]?(?:之前|以前)"), "before"),
    (re.compile(r"[ ]?(?:之后|以后)"), "after"),
    (re.compile(r"[ ]?(?:开始|起)"), "since"),
)
_BEFORE_ZH = ((re.compile(r"(?:自从|自)"), "since"), (re.compile(r"截止到|截至|截止"), "before"))
_WEEKDAYS_ZH = "一二三四五六日"
_RELATIVE_ZH = re.compile(
    r"(?P<which>上上|下下|上|下|本|这|这个|上个|下个|前|后)(?P<unit>个?月|个?季度|周末|周|"
    r"个?星期|年)"
)


def _zh(lower: str, cased: str, at: int, reference: date | None) -> Triple | None:
    today = reference or date(2020, 1, 1)
    for pattern, mark in _BEFORE_ZH:
        lead = pattern.match(lower, at)
        if lead is not None:
            inner = _plain_zh(lower, cased, lead.end(), today)
            if inner is None:
                continue
            tail = re.compile(r"[ ]?起").match(lower, inner[1])
            if lower[at : lead.end()] == "自":
                if tail is not None:
                    begin = at if not lower[:at].endswith("日期") else lead.end()
                    return begin, tail.end(), _marked(inner[2], "since")
                continue
            return at, inner[1], _marked(inner[2], mark)
    lead = re.compile(r"从").match(lower, at)
    if lead is not None:
        inner = _plain_zh(lower, cased, lead.end(), today)
        if inner is not None and any(isinstance(v, tuple) and v[2] == "/" for v in inner[2]):
            return at, inner[1], inner[2]
    return _plain_zh(lower, cased, at, today)


def _plain_zh(lower: str, cased: str, at: int, today: date) -> Triple | None:
    if at >= len(lower):
        return None
    found = read_date_zh(lower, at)
    if found is not None and found.stated:
        end = found.end
        values = values_of(found, today)
        with_again = re.compile(r"和").match(lower, end)
        if with_again is not None and found.second is None and found.moment.month is not None:
            again = read_date_zh(lower, end + 1)
            tail = re.compile(r"之间").match(lower, again.end) if again is not None else None
            if again is not None and tail is not None:
                return at, tail.end(), _between(values, values_of(again, today))
        if found.second is not None:
            values = (*values, *(v for v in (_slash(values),) if v))
            tail = re.compile(r"[ ]?之间").match(lower, end)
            return at, tail.end() if tail else end, values
        for pattern, mark in _AFTER_ZH:
            tail = pattern.match(lower, end)
            if tail is not None:
                return at, tail.end(), _marked(values, mark)
        return at, end, values
    relative = _RELATIVE_ZH.match(lower, at)
    if relative is not None:
        unit = relative["unit"].lstrip("个")
        shift = {
            "上上": -2,
            "下下": 2,
            "上": -1,
            "上个": -1,
            "前": -1,
            "下": 1,
            "下个": 1,
            "后": 1,
        }.get(relative["which"], 0)
        if unit == "周末":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
            return (
                at,
                relative.end(),
                _interval(monday + timedelta(days=5), monday + timedelta(days=7)),
            )
        name = {"月": "month", "季度": "quarter", "周": "week", "星期": "week", "年": "year"}[unit]
        if unit == "年" and relative["which"] in ("上", "下", "前", "后"):
            return None
        return at, relative.end(), _interval(*_calendar(today, name, shift))
    weekday = re.compile(
        r"(?:(?P<w>上|下|本|这)(?:个)?)?(?:周|星期|礼拜)(?P<d>[一二三四五六日天])"
    ).match(lower, at)
    if weekday is not None:
        index = min("一二三四五六日天".index(weekday["d"]), 6)
        monday = today - timedelta(days=today.weekday())
        if weekday["w"]:
            shift = {"上": -1, "下": 1}.get(weekday["w"], 0)
            return at, weekday.end(), _day(monday + timedelta(days=index + 7 * shift))
        ahead = (index - today.weekday()) % 7
        coming = today + timedelta(days=ahead)
        return at, weekday.end(), (*_day(coming - timedelta(days=7)), *_day(coming))
    return _duration_zh(lower, at, today)


def _slash(values: tuple[object, ...]) -> tuple[object, ...] | None:
    bounds = next((v for v in values if isinstance(v, tuple)), None)
    return (bounds[0], bounds[1], "/") if bounds else None


def _duration_zh(lower: str, at: int, today: date) -> Triple | None:
    if re.compile(r"\d+周岁").match(lower, at):
        return None
    lead = re.compile(r"前[ ]?").match(lower, at)
    start = at
    if lead is not None:
        at = lead.end()
    half = lower.startswith("半", at)
    read = None if half else read_at(lower, at)
    if at >= len(lower) or (read is None and not half):
        return None
    number, end = (Decimal("0.5"), at + 1) if half else (read.value, read.end)  # type: ignore[union-attr]
    gap = re.compile(r"[ ]*").match(lower, end)
    end = gap.end() if gap else end
    name = next(
        (n for n in sorted(_UNIT_ZH, key=len, reverse=True) if lower.startswith(n, end)), None
    )
    if name is None:
        return None
    end += len(name)
    unit = _UNIT_ZH[name]
    if lower.startswith("半", end):
        number += Decimal("0.5")
        end += 1
    whole = int(number)
    ago = re.compile(r"[ ]?(?:之前|以前|前)").match(lower, end)
    later = re.compile(r"[ ]?(?:之后|以后|后)").match(lower, end)
    dated = unit in ("day", "week", "month", "year")
    if ago is not None and dated:
        return at, ago.end(), _day(_shift(today, -whole, unit))
    if later is not None and dated:
        return at, later.end(), _day(_shift(today, whole, unit))
    if lead is not None:
        if not dated:
            return None
        return start, end, _interval(_shift(today, -whole, unit), today)
    parts = {unit: number}
    position = end
    while True:
        joint = re.compile(r"[ ]?(?:又|零)?[ ]?").match(lower, position)
        inner = read_at(lower, joint.end()) if joint and joint.end() < len(lower) else None
        if inner is None:
            break
        names = sorted([*_UNIT_ZH, "时"], key=len, reverse=True)
        more = next((n for n in names if lower.startswith(n, inner.end)), None)
        if more is None:
            break
        parts[_UNIT_ZH.get(more, "hour")] = inner.value
        position = end = inner.end + len(more)
    return at, end, (_timex(parts),)


def _timex(parts: dict[str, Decimal]) -> str:
    text, clock = "P", ""
    for name in ("year", "month", "week", "day", "hour", "minute", "second"):
        if name in parts:
            before, letter = _UNIT_CODES[name]
            piece = f"{format(parts[name].normalize(), 'f')}{letter}"
            if before:
                clock += piece
            else:
                text += piece
    return text + (f"T{clock}" if clock else "")
