"""Calendar-assistant phrases in English, on top of what `kaoju.dates_en` reads."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from evaluation.calendar_days import feast_at
from evaluation.calendar_phrases import phrase_en
from evaluation.calendar_plain_en import plain_en
from evaluation.calendar_values import (
    Triple,
    between,
    calendar_of,
    duration,
    interval,
    marked,
    month_after,
    one_day,
    shifted,
    values_of,
    with_year,
)
from kaoju import dates
from kaoju.dates_en import read_date_en
from kaoju.numerals import Sort, read_at

_DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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


def read_en(lower: str, cased: str, at: int, reference: date | None) -> Triple | None:
    """The English calendar expression that begins at ``at``."""
    today = reference or date(2020, 1, 1)
    for reader in (
        _phrase_en, _bounded_en, _duration_en, _relative_en, _special_en, plain_en,
    ):  # fmt: skip
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
        return start, later.end(), marked(values, "since")
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
    for reader in (_relative_en, _special_en, plain_en):
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
        for reader in (_relative_en, _special_en, plain_en):
            last = reader(lower, cased, joined.end(), today)
            if last is not None:
                return at, last[1], between(inner[2], last[2])
        return None
    values: list[object] = []
    for value in inner[2]:
        if isinstance(value, tuple):
            values.append((value[0], value[1], _MARKS[mark]))
        elif isinstance(value, str):
            values.append(value + _MARKS[mark])
    return at, inner[1], tuple(values)


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
            day = shifted(today, -whole, unit)
            values = one_day(day)
            if more is not None:
                return start, ago.end(), marked(values, "before")
            return at, ago.end(), values
        later = _LATER_EN.match(lower, end)
        if later is not None:
            base = today + timedelta(days=1) if "tomorrow" in later.group() else today
            begin = start if lead is not None else at
            if lower[start:at] == "in " and "from" in later.group():
                begin = at
            return begin, later.end(), one_day(shifted(base, whole, unit))
        relative = re.compile(r" (from|after|before|since) (?:the year )?").match(lower, end)
        if relative is not None and relative.end() < len(lower):
            for reader in (_relative_en, _special_en, plain_en):
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
                    results.extend(
                        one_day(shifted(date.fromisoformat(str(one)), sign * whole, unit))
                    )
                return (
                    (start if relative.group(1) == "since" else at),
                    base_found[1],
                    tuple(results),
                )
        if lead is not None:
            target = shifted(today, whole, unit)
            if lower.startswith("within", start):
                return start, end, interval(today, target)
            return start, end, one_day(target)
    begin = start if more is not None else at
    return begin, end, duration(number, unit)


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
            return at, at + len(word), one_day(today + timedelta(days=shift))
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
        return begin, week.end(), one_day(monday + timedelta(days=index))
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
        return at, number.end(), interval(monday, monday + timedelta(days=7))
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
            own = dates.DateMatch(0, 0, with_year(found_month.moment, year))
            return at, found_month.end, values_of(own, today)
    fortnight = re.compile(r"(?P<which>past|last|next) fortnight").match(lower, at)
    if fortnight is not None:
        if fortnight["which"] == "next":
            tomorrow = today + timedelta(days=1)
            return at, fortnight.end(), interval(tomorrow, tomorrow + timedelta(days=14))
        return at, fortnight.end(), interval(today - timedelta(days=14), today)
    century = re.compile(r"(?P<n>\d\d)(?:st|nd|rd|th) century").match(lower, at)
    if century is not None:
        opened = (int(century["n"]) - 1) * 100
        return at, century.end(), interval(date(opened, 1, 1), date(opened + 100, 1, 1))
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
            return at, nth_month.end(), interval(date(year, n, 1), month_after(year, n))
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
        return at, match.end(), interval(*calendar_of(today, unit, shift))
    day = _WEEKDAY_EN.match(lower, at)
    if day is not None:
        return _weekday_en(lower, cased, at, day, today)
    return None


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
        begin, _ = calendar_of(today, "quarter", 1 if forward else -count)
        end = shifted(begin, 3 * count, "month")
        return start, span.end(), interval(begin, end)
    if unit == "decade":
        begin, _ = calendar_of(today, "decade", 1 if forward else -count)
        return start, span.end(), interval(begin, date(begin.year + 10 * count, 1, 1))
    if forward:
        begin = today + timedelta(days=1)
        if lower.startswith("within", start):
            begin = today
        return start, span.end(), interval(begin, shifted(begin, count, unit))
    return start, span.end(), interval(shifted(today, -count, unit), today)


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
        return start, what + 4, interval(monday, monday + timedelta(days=7))
    inner = None
    for reader in (_relative_en, plain_en):
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
        inner = plain_en(lower, cased, dated.end(), today)
        if inner is not None and any(len(str(v)) == 10 for v in inner[2]):
            return at, inner[1], inner[2]
        nth = re.compile(
            r"(\d{1,2})(?:st|nd|rd|th)?(?![\d:/a-z])(?! ?(?:am|pm|hours|days|weeks))"
        ).match(lower, dated.end())
        if nth is not None and 1 <= int(nth.group(1)) <= 31:
            results: list[object] = []
            index = _DAYS_EN.index(match["day"])
            for months in range(-36, 37):
                base = shifted(today.replace(day=1), months, "month")
                try:
                    day = base.replace(day=int(nth.group(1)))
                except ValueError:
                    continue
                if day.weekday() == index:
                    results.extend(one_day(day))
            return at, nth.end(), tuple(results)
    index = _DAYS_EN.index(match["day"])
    monday = today - timedelta(days=today.weekday())
    which = match["which"]
    if which in ("next", "following"):
        return at, match.end(), one_day(monday + timedelta(days=7 + index))
    if which in ("last", "previous"):
        return at, match.end(), one_day(monday + timedelta(days=index - 7))
    if which in ("this", "this upcoming", "upcoming"):
        return at, match.end(), one_day(monday + timedelta(days=index))
    ahead = (index - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    before = coming - timedelta(days=7)
    if which == "past":
        return at, match.end(), one_day(before)
    return at, match.end(), (*one_day(before), *one_day(coming))


_WHICH_YEAR = re.compile(r" of (this|last|next) year(?![a-z])")
_OWN_YEAR = re.compile(r",?(?: of| in)? ((?:19|20)\d\d)(?!\d)")


def _special_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    lead = re.compile(r"(?P<which>last|next|this|past|previous|upcoming) ").match(lower, at)
    found = feast_at(lower, lead.end() if lead else at)
    if found is None:
        return None
    end, when = found
    own, of_year = _OWN_YEAR.match(lower, end), _WHICH_YEAR.match(lower, end)
    if own is not None:
        days, end = [when(int(own.group(1)))], own.end()
    elif of_year is not None:
        days = [when(today.year + {"this": 0, "last": -1, "next": 1}[of_year.group(1)])]
        end = of_year.end()
    else:
        every = [when(year) for year in range(today.year - 1, today.year + 3)]
        past = [day for day in every if day < today][-1:]
        ahead = [day for day in every if day >= today][:1]
        which = lead["which"] if lead else ""
        if which in ("last", "past", "previous"):
            days = past
        elif which in ("next", "upcoming"):
            days = ahead
        else:
            days = past + ahead
    weekend = re.compile(r" weekend(?![a-z])").match(lower, end)
    if weekend is not None:
        results: list[object] = []
        for day in days:
            saturday = day + timedelta(days=5 - day.weekday() if day.weekday() > 0 else -2)
            results.extend(
                interval(
                    min(saturday, day), max(saturday + timedelta(days=2), day + timedelta(days=1))
                )
            )
        return at, weekend.end(), tuple(results)
    return at, end, tuple(value for day in days for value in one_day(day))


def _inner_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    """A day or period named by itself, with no bound before it."""
    for reader in (_relative_en, _special_en, plain_en):
        found = reader(lower, cased, at, today)
        if found is not None:
            return found
    return None


def _phrase_en(lower: str, cased: str, at: int, today: date) -> Triple | None:
    return phrase_en(lower, cased, at, today, _inner_en)
