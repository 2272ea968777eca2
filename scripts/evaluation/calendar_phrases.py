"""Phrases made of a day and a duration: Monday two weeks from now, the last 3 weeks of 2021."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from evaluation.calendar_values import Triple, interval, marked, month_after, one_day, shifted
from kaoju.numerals import Sort, read_at

Inner = Callable[[str, str, int, date], "Triple | None"]
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = r"(?P<day>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
_UNIT = r"(?P<unit>day|week|month|year|fortnight)s?"
_COUNT = r"(?P<count>\d+|an?|[a-z]+)"
_NAMED_DAY = re.compile(rf"{_DAY}(?P<gap>,? (?:the )?|,? in |,? \()")
_FROM = re.compile(rf"{_COUNT} {_UNIT} (?:from|after) (?:now|today|tmrw|tomorrow)(?![a-z])")
_FROM_ANY = re.compile(rf"{_COUNT} {_UNIT} (?:from|after) ")
_ON_DAY = re.compile(rf" on {_DAY}(?![a-z])")
_NTH = re.compile(r"(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)(?![a-z])")
_NUMBERS = re.compile(r"(?P<a>\d{1,2})[./-](?P<b>\d{1,2})(?![\d./-])\)?")
_WEEK_OF = re.compile(r"the week (?:beginning|commencing|starting|of|from) (?:on )?")
_STARTING = re.compile(
    rf"(?:for )?{_COUNT} {_UNIT} (?:starting|beginning|commencing)(?: from| on)? "
)
_FOR_FROM = re.compile(rf"for {_COUNT} {_UNIT} from ")
_PART_OF = re.compile(rf"(?:the )?(?P<which>first|last) {_COUNT} {_UNIT} (?:of|in) ")
_NTH_DAY = re.compile(
    r"(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)(?: day)? (?:of )?(?P<which>this|next|last) month"
)
_EDGE = re.compile(
    r"(?P<mark>(?:before|after|since|by|until) )?(?:the )?"
    r"(?P<edge>end|close|beginning|start|middle) of (?:the )?|"
    r"(?P<mark2>(?:before|after|since|by|until) )?(?P<edge2>early|late|mid)[ -]"
)
_SHORT_EDGE = re.compile(
    r"(?P<edge>eo|bo|start of |end of |beginning of )(?P<what>y|m|w|year|month|week)(?![a-z])"
)
_WORKWEEK = re.compile(
    r"(?P<which>this|next|last) (?:working week|workweek|work week|business week)"
)
_UPCOMING = re.compile(rf"(?:the )?{_COUNT} (?:upcoming|coming|next) {_UNIT}(?![a-z])")
_FORTNIGHT = re.compile(r"in (?:a|one) fortnight")


def phrase_en(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    """The phrase of a day and a duration, or of an edge of a period, that begins at ``at``."""
    for reader in (
        _day_and_date, _from_on_day, _week_of, _starting, _part_of, _nth_day, _edge, _short_edge,
        _workweek, _several_units, _bare,
    ):  # fmt: skip
        found = reader(lower, cased, at, today, inner)
        if found is not None:
            return found
    return None


def _count(word: str) -> int | None:
    if word in ("a", "an"):
        return 1
    read = read_at(word, 0)
    if read is None or read.end != len(word) or read.sort is not Sort.CARDINAL:
        return None
    return int(read.value) if read.value == int(read.value) and read.value < 5000 else None


def _later(day: date, count: int, unit: str) -> date:
    return shifted(day, 2 * count, "week") if unit == "fortnight" else shifted(day, count, unit)


def _weekday(word: str) -> int | None:
    for index, name in enumerate(_DAYS):
        if word == name or (len(word) in (3, 4, 5) and name.startswith(word)):
            return index
    return None


def _first_days(found: Triple) -> list[date]:
    spans = [value for value in found[2] if isinstance(value, tuple) and _is_span(value)]
    return sorted({date.fromisoformat(str(value[0])) for value in spans})


def _is_span(value: object) -> bool:
    return isinstance(value, tuple) and len(str(value[0])) == 10


def _day_and_date(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    """Monday two weeks from now, Mon 13th, Friday (jun-15), Wednesday the thirty first."""
    match = _NAMED_DAY.match(lower, at)
    index = _weekday(match["day"]) if match else None
    if match is None or index is None:
        return None
    start = match.end()
    shift = _FROM.match(lower, start)
    base: list[date] = []
    if shift is not None:
        count = _count(shift["count"])
        if count is None:
            return None
        begin = (
            today + timedelta(days=1)
            if "morrow" in shift.group() or "tmrw" in shift.group()
            else today
        )
        day = _later(begin, count, shift["unit"])
        return at, shift.end(), one_day(day - timedelta(days=day.weekday()) + timedelta(days=index))
    shift = _FROM_ANY.match(lower, start)
    if shift is not None:
        count, anchor = _count(shift["count"]), inner(lower, cased, shift.end(), today)
        if count is None or anchor is None:
            return None
        base = [_later(day, count, shift["unit"]) for day in _first_days(anchor)]
        moved = [day + timedelta(days=(index - day.weekday()) % 7) for day in base]
        same = [day - timedelta(days=day.weekday()) + timedelta(days=index) for day in base]
        return at, anchor[1], tuple(v for day in (*same, *moved) for v in one_day(day))
    word = read_at(lower, start) if lower[start : start + 1].isalpha() else None
    nth = _NTH.match(lower, start)
    number = int(nth["n"]) if nth else int(word.value) if word and word.sort is Sort.ORDINAL else 0
    end = nth.end() if nth else word.end if word else 0
    if 1 <= number <= 31 and not lower.startswith((" of", " week"), end):
        days = []
        for months in range(-12, 13):
            first = shifted(today.replace(day=1), months, "month")
            if number <= (month_after(first.year, first.month) - first).days:
                day = first.replace(day=number)
                days += [day] if day.weekday() == index else []
        past = [day for day in days if day < today][-1:]
        ahead = [day for day in days if day >= today][:1]
        return at, end, tuple(v for day in past + ahead for v in one_day(day))
    numbers = _NUMBERS.match(lower, start)
    if numbers is not None:
        a, b = int(numbers["a"]), int(numbers["b"])
        if 1 <= a <= 12 and 1 <= b <= 28:
            years = (today.year - 1, today.year, today.year + 1)
            return at, numbers.end(), tuple(v for y in years for v in one_day(date(y, a, b)))
    return None


def _from_on_day(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    """Two months from today on Tuesday, three weeks from tmrw."""
    shift = _FROM.match(lower, at)
    count = _count(shift["count"]) if shift else None
    if shift is None or count is None:
        return None
    begin = today + timedelta(days=1) if re.search("tmrw|tomorrow", shift.group()) else today
    day = _later(begin, count, shift["unit"])
    named = _ON_DAY.match(lower, shift.end())
    index = _weekday(named["day"]) if named else None
    if named is not None and index is not None:
        return at, named.end(), one_day(day + timedelta(days=(index - day.weekday()) % 7))
    return (at, shift.end(), one_day(day)) if "tmrw" in shift.group() else None


def _week_of(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    match = _WEEK_OF.match(lower, at)
    found = inner(lower, cased, match.end(), today) if match else None
    if match is None or found is None:
        return None
    results: list[object] = []
    for day in _first_days(found):
        monday = day - timedelta(days=day.weekday())
        results.extend(interval(monday, monday + timedelta(days=7)))
        results.extend(interval(day, day + timedelta(days=7)))
    return at, found[1], tuple(results)


def _starting(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    """3 days starting from next Monday, for 3 days from today."""
    match = _STARTING.match(lower, at) or _FOR_FROM.match(lower, at)
    count = _count(match["count"]) if match else None
    found = inner(lower, cased, match.end(), today) if match else None
    if match is None or count is None or found is None:
        return None
    start = at + 4 if lower.startswith("for ", at) and " from " not in match.group()[4:] else at
    start = at if _FOR_FROM.match(lower, at) else start
    results: list[object] = []
    for day in _first_days(found):
        results.extend(interval(day, _later(day, count, match["unit"])))
    return start, found[1], tuple(results)


def _part_of(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    """The first 2 weeks of 2021, the last ten days of last year."""
    match = _PART_OF.match(lower, at)
    count = _count(match["count"]) if match else None
    found = inner(lower, cased, match.end(), today) if match else None
    if match is None or count is None or found is None:
        return None
    results: list[object] = []
    for value in found[2]:
        if not isinstance(value, tuple) or not _is_span(value):
            continue
        first, after = date.fromisoformat(value[0]), date.fromisoformat(value[1])
        if match["unit"] == "week":
            monday = first + timedelta(days=-first.weekday() % 7)
            last = after - timedelta(days=after.weekday())
            first, after = monday, last
        if match["which"] == "first":
            results.extend(interval(first, _later(first, count, match["unit"])))
        else:
            results.extend(interval(_later(after, -count, match["unit"]), after))
    return at, found[1], tuple(results)


def _nth_day(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    match = _NTH_DAY.match(lower, at)
    if match is None or not 1 <= int(match["n"]) <= 28:
        return None
    months = {"this": 0, "next": 1, "last": -1}[match["which"]]
    first = shifted(today.replace(day=1), months, "month")
    return at, match.end(), one_day(first.replace(day=int(match["n"])))


_EDGES = {"end": "end", "close": "end", "beginning": "start", "start": "start", "middle": "mid",
          "early": "start", "late": "end", "mid": "mid"}  # fmt: skip


def _edge(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    """After mid May, before the end of December: the period, with its edge as a mark."""
    match = _EDGE.match(lower, at)
    found = inner(lower, cased, match.end(), today) if match and match.end() < len(lower) else None
    if match is None or found is None:
        return None
    mark = (match["mark"] or match["mark2"] or "").strip().replace("by", "before")
    edge = _EDGES[match["edge"] or match["edge2"]]
    mark = f"{mark}-{edge}" if mark else edge
    values: list[object] = []
    for value in found[2]:
        if isinstance(value, str):
            values += [f"{value}{mark}", f"XXXX{value[4:]}{mark}"]
        elif isinstance(value, tuple) and str(value[0]).endswith("-01-01"):
            values.append(f"{value[0][:4]}{mark}")
    start = at
    if not (match["mark"] or match["mark2"]) and lower.startswith("the ", at):
        start = at + 4
    whole = inner(lower, cased, at, today)
    return start, found[1], (*values, *(whole[2] if whole else ()))


def _short_edge(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    match = _SHORT_EDGE.match(lower, at)
    if match is None:
        return None
    edge = "end" if match["edge"].startswith("e") else "start"
    what = match["what"][0]
    period = str(today.year) if what == "y" else f"{today:%Y-%m}"
    if what == "w":
        year, week, _ = today.isocalendar()
        period = f"{year}-W{week:02}"
    return at, match.end(), (f"{period}{edge}",)


def _workweek(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    match = _WORKWEEK.match(lower, at)
    if match is None:
        return None
    weeks = {"this": 0, "next": 1, "last": -1}[match["which"]]
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    return at, match.end(), interval(monday, monday + timedelta(days=5))


def _several_units(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    """2 years 1 month 21 days later; the 5 upcoming years."""
    match = _UPCOMING.match(lower, at)
    count = _count(match["count"]) if match else None
    if match is not None and count is not None:
        start = at + 4 if lower.startswith("the ", at) else at
        tomorrow = today + timedelta(days=1)
        return start, match.end(), interval(tomorrow, _later(tomorrow, count, match["unit"]))
    lead = re.compile(r"(?:the )?(?P<which>last|past|next|previous) ").match(lower, at)
    position = lead.end() if lead else at
    parts: list[tuple[int, str]] = []
    end = position
    while True:
        part = re.compile(rf"{_COUNT} {_UNIT}(?![a-z])").match(lower, position)
        count = _count(part["count"]) if part else None
        if part is None or count is None:
            break
        parts.append((count, part["unit"]))
        end = part.end()
        gap = re.compile(r",? and |,? ").match(lower, end)
        if gap is None:
            break
        position = gap.end()
    if len(parts) < 2:
        return None
    back = lead is not None and lead["which"] != "next"
    after = re.compile(r" (later|ago|from now|from today|before)(?![a-z])").match(lower, end)
    if lead is None and after is None:
        return None
    back = back or (after is not None and after.group(1) in ("ago", "before"))
    day = today
    for count, unit in parts:
        day = _later(day, -count if back else count, unit)
    if lead is not None:
        start = at + 4 if lower.startswith("the ", at) else at
        return start, end, interval(day, today) if back else interval(today, day)
    return at, after.end() if after else end, one_day(day)


def _bare(lower: str, cased: str, at: int, today: date, inner: Inner) -> Triple | None:
    """The day (today, to an assistant), the weekend, in a fortnight."""
    fortnight = _FORTNIGHT.match(lower, at)
    if fortnight is not None:
        return at, fortnight.end(), one_day(today + timedelta(days=14))
    if re.compile(r"the day(?= ?(?:[.,!?]|$))").match(lower, at):
        return at, at + 7, one_day(today)
    weekend = re.compile(r"the weekend(?= ?(?:[.,!?]|$))").match(lower, at)
    if weekend is not None:
        saturday = today - timedelta(days=today.weekday()) + timedelta(days=5)
        return at, weekend.end(), interval(saturday, saturday + timedelta(days=2))
    now = re.compile(r"to date(?![a-z])").match(lower, at)
    if now is not None:
        return at, now.end(), marked((("", str(today), ""), "PRESENT_REF"), "before")
    return None
