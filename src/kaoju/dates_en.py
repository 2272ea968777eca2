"""English dates: Nov. 5, 2025, Q3 2025, the end of 2027, 8 p.m. on Jan. 9, the 1990s.

Days of the week are recognised and marked as not stated.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kaoju.dates import (
    EN,
    EN_ZONES,
    DateMatch,
    Moment,
    any_name,
    checked,
    continues,
    filled,
    full_year,
    zone_of,
)
from kaoju.dates_zh import ISO, YEAR_MONTH
from kaoju.numeral_words import Sort
from kaoju.numerals_en import read_english

_EN_MONTHS: dict[str, int] = dict(EN["months"])
_EN_RELATIVE: dict[str, tuple[str, int]] = {
    **{word: ("year", shift) for word, shift in EN["years"].items()},
    **{word: ("month", shift) for word, shift in EN["calendar_months"].items()},
    **{word: ("quarter", shift) for word, shift in EN["calendar_quarters"].items()},
    **{word: ("day", shift) for word, shift in EN["days"].items()},
}
_SHORT_MONTHS = [
    name for name in _EN_MONTHS if len(name) < 5 and name not in ("may", "june", "july")
]
# A full stop belongs to a short name alone: Nov. 5, but not the end of November.
_MON_STOP = "|".join(f"(?<={name})" for name in _SHORT_MONTHS)
_MON = rf"(?P<mon>{any_name(_EN_MONTHS)})(?![a-z])(?:(?:{_MON_STOP})\.)?"
_EN_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|\.\d|,\d|:\d)"
_NTH_WORDS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_DAY_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_NTH_WORDS, start=1)},
    **{f"twenty{gap}{word}": 20 + n for n, word in enumerate(_NTH_WORDS[:9], 1) for gap in "- "},
    "thirtieth": 30,
    "thirty-first": 31,
    "thirty first": 31,
}
_CARDINAL_DAYS = {
    f"twenty{gap}{word}": 20 + n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], 1
    )
    for gap in "- "
}
_DAY_WORDS |= {**_CARDINAL_DAYS, "thirty-one": 31, "thirty one": 31}
_DAY_WORD = rf"(?P<dayword>{any_name(_DAY_WORDS)})(?![a-z-])"
_EN_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?![\d%]|,\d|\.\d)"
_AMPM = r"(?:[ap]\.[ ]?m\.|[ap]\.?m(?![a-z])|[ap] m(?![a-z]))"
_EN_CLOCK = re.compile(
    r"(?:(?P<hour>2[0-4]|1\d|0?\d)(?:[:.](?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d))?)"
    rf"?[ ]?(?P<ampm>{_AMPM})"
    r"|(?P<hour24>2[0-4]|1\d|0?\d):(?P<minute24>[0-5]\d)(?![\d.])(?::(?P<second24>[0-5]\d))?("
    r"?![\d:])(?:[ ]?hours)?)"
)
_MONTH_FIRST = re.compile(
    rf"{_MON}(?:[ ]|,[ ](?=\d{{1,2}}(?:st|nd|rd|th))){_EN_DAY}"
    rf"(?!,?[ ]?\d{{1,3}}[ ](?:million|billion))(?:(?:[ ]?,[ ]?|[ ](?:of[ ]|in[ ])?){_EN_YEAR})?"
)
_MONTH_WORD = re.compile(rf"{_MON}[ ](?:the[ ])?{_DAY_WORD}(?:,?[ ]{_EN_YEAR})?")
_WORD_MONTH = re.compile(rf"{_DAY_WORD}[ ]of[ ]{_MON}(?:,?[ ](?:of[ ]|in[ ])?{_EN_YEAR})?")
_WORD_DAYS = re.compile(
    rf"(?P<from>{any_name(_DAY_WORDS)})[ ](?:and|to|through|until)[ ](?:the[ ])?{_DAY_WORD}[ ]of[ ]"
    rf"{_MON}(?:,?[ ](?:of[ ]|in[ ])?{_EN_YEAR})?"
)
_WITH_NAME = re.compile(
    rf"(?P<year>(?:19|20)\d\d)[-/]{_MON}[-/](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?P<day2>3[01]|[12]\d|0?[1-9])[-/]{_MON.replace('mon>', 'mon2>')}[-/]"
    r"(?P<year2>(?:19|20)\d\d|\d\d)(?!\d)"
)
_DAYS_FIRST = re.compile(
    r"(?P<from>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:[ ]?-[ ]?|[ ](?:to|until|through)[ ])"
    rf"{_EN_DAY}[ ](?:of[ ])?{_MON}(?:,?[ ](?:of[ ]|in[ ])?{_EN_YEAR})?"
)
_DAY_FIRST = re.compile(rf"{_EN_DAY}[ ](?:of[ ])?{_MON}(?:,?[ ](?:of[ ]|in[ ])?{_EN_YEAR})?")
_MONTH_YEAR = re.compile(
    rf"{_MON},?[ -](?:of[ ]|in[ ])?{_EN_YEAR}|"
    rf"{_EN_YEAR}[ -]{_MON.replace('mon>', 'mon2>')}".replace("(?P<year>", "(?P<year>", 1).replace(
        "|(?P<year>", "|(?P<year2>"
    )
)
_MONTH_ONLY = re.compile(_MON)
_OF_YEAR = (
    r"(?:(?:[ ]of|,|[ ]in)?[ ](?:(?:the[ ])?(?P<fiscal>fiscal(?:[ ]year)?|fy)[ ]?)?("
    r"?P<year>(?:19|20)\d\d)(?![\d%]|,\d|\.\d)|[ ]of[ ](?P<rel>this|last|next|the)[ ]year"
    r"(?![a-z]))?"
)
_OF_YEAR_AGAIN = re.sub(r"<(fiscal|year|rel)>", r"<\g<1>2>", _OF_YEAR)
_EN_QUARTER = re.compile(
    r"(?:(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)(?:[ ]|-)(?:fiscal[ ]|calendar[ ])"
    rf"?quarter(?![a-z]){_OF_YEAR}"
    r"|q(?P<q>[1-4])(?![a-z\d])"
    rf"{_OF_YEAR_AGAIN}"
    r"|(?P<q3>[1-4])q(?P<year3>\d\d(?:\d\d)?)?(?![a-z\d])"
    r"|(?P<year4>(?:19|20)\d\d)[ -]?q(?P<q4>[1-4])(?![a-z\d]))"
)
_EN_HALF = re.compile(
    r"(?:(?P<nth>first|second|1st|2nd)[ -]half(?![a-z]|-time|'s)"
    r"(?![ ]of[ ](?!(?:the[ ])?(?:fiscal|fy|year|\d{4})|this[ ]year|last[ ]year|next[ ]year))"
    rf"{_OF_YEAR}|h(?P<h>[12])(?![a-z\d])"
    rf"{_OF_YEAR_AGAIN})"
)
_FISCAL = re.compile(
    r"(?:fiscal(?:[ ]year)?|financial[ ]year|fy)[ -]?(?:(?P<year>(?:19|20)\d\d)|'?("
    r"?P<short>\d\d)(?!\d))(?:[/-](?P<to>\d\d(?:\d\d)?))?(?![\d%])"
)
_EN_DECADE = re.compile(
    r"(?P<edge>(?:early|late|mid)[ -])?(?:the[ ])?(?P<decade>(?:1[5-9]|20)\d0)'?s(?![a-z])"
)
_EDGE_YEAR = re.compile(
    r"(?P<edge>(?:the[ ])?(?:end|close|start|beginning|middle)[ ]of[ ](?:the[ ]year[ ])?|end-|"
    r"mid-|(?:early|late|mid)[ -](?:in[ ])?)(?P<year>(?:19|20)\d\d)(?![\d%]|,\d|\.\d)(?!s)"
)
_EDGE_MONTH = re.compile(
    r"(?P<edge>(?:end|start|beginning|middle)[ ]of[ ]|end-|mid-|(?:early|late|mid)[ -])(?:in[ "
    rf"])?{_MON}(?![ ]\d{{1,2}}(?!\d))(?:[ ]{_EN_YEAR})?"
)
_EDGE_RELATIVE = re.compile(
    r"(?P<edge>end|close|start|beginning|middle|turn)[ ]of[ ](?:the[ ]|this[ ])(?P<what>decade|"
    r"century|year|month|quarter)(?![a-z])|(?P<yearend>year-end|year[ ]end)(?![a-z])"
)
_RELATIVE_EN = re.compile(
    rf"(?P<rel>{any_name(_EN_RELATIVE)})(?![a-z])(?!'s[ ](?:most|best|largest|biggest))"
)
_WEEKDAY_EN = re.compile(
    r"(?:(?:last|next|this|on)[ ])?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])|(?:mon|"
    r"tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?(?=,? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec|\d))"
)
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_JOIN_EN = re.compile(r"[ ]?(?:-{1,2}|~)[ ]?|[ ](?:to|through|until|till|and)[ ]")
_SLASH = re.compile(
    r"(?P<a>[0-3]?\d)(?P<by>[/-])(?P<b>[0-3]?\d)(?P=by)(?P<year>(?:19|20)\d\d)(?![\d/-])"
)
_EN_YEAR_SPAN = re.compile(
    r"(?P<first>(?:19|20)\d\d)[ ]?(?:-|/)[ ]?(?P<second>(?:19|20)\d\d|\d\d)(?![\d%.,/-]\d|\d)"
)


def read_date_en(text: str, at: int, cased: str) -> DateMatch | None:
    """The English date, interval or day of the week that begins at ``at``."""
    first = _read_en(text, at, cased)
    if first is None or not first.stated:
        return first
    join = _JOIN_EN.match(text, first.end)
    if join is not None and first.second is None:
        between = join.group().strip() == "and"
        allowed = not between or text[max(0, at - 8) : at].endswith("between ")
        second = _read_en(text, join.end(), cased) if allowed else None
        if second is None and allowed:
            second = _day_only_en(text, join.end(), first.moment)
        if (
            second is not None
            and second.stated
            and second.second is None
            and continues(first.moment, second.moment)
        ):
            begin, finish = first.moment, filled(second.moment, first.moment)
            if begin.year is None and finish.year is not None and begin.shift is None:
                begin = replace(begin, year=finish.year)
            if begin.clock and begin.zone is None and finish.zone:
                begin = replace(begin, zone=finish.zone)
            parts = ((at, first.end), (second.start, second.end))
            return DateMatch(at, second.end, begin, finish, parts=parts)
    return first


def _day_only_en(text: str, at: int, first: Moment) -> DateMatch | None:
    if first.day is None or first.clock is not None:
        return None
    match = re.compile(
        rf"{_EN_DAY}(?:,[ ]{_EN_YEAR})?(?![ ]?(?:million|billion|people|percent|bps?))"
    ).match(text, at)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    return DateMatch(at, match.end(), Moment(year, first.month, int(match["day"])))


def _read_en(text: str, at: int, cased: str) -> DateMatch | None:
    if at >= len(text):
        return None
    character = text[at]
    if "0" <= character <= "9":
        return _read_en_digit(text, at)
    match = _WEEKDAY_EN.match(text, at)
    if match is not None and cased[at : at + 1] != text[at : at + 1]:
        comma = re.compile(r",? ").match(text, match.end())
        dated = _read_en(text, comma.end(), cased) if comma and comma.end() < len(text) else None
        if dated is not None and dated.stated and dated.moment.day is not None:
            return replace(dated, start=dated.start)
        return DateMatch(at, match.end(), Moment(), stated=False)
    for pattern, build in _EN_READERS:
        match = pattern.match(text, at)
        if match is not None:
            found = build(match)
            if found is not None:
                return _with_clock_en(text, _with_year_en(text, DateMatch(at, match.end(), found)))
    days = _WORD_DAYS.match(text, at)
    if days is not None:
        last = _worded_en(days)
        if last is not None and _DAY_WORDS[days["from"]] < (last.day or 0):
            parts = (days.span("from"), (days.start("dayword"), days.end()))
            opening = replace(last, day=_DAY_WORDS[days["from"]])
            return DateMatch(at, days.end(), opening, last, parts=parts)
    match = _MONTH_ONLY.match(text, at)
    if match is not None:
        name = match["mon"]
        if cased[at : at + 1] == text[at : at + 1]:
            return None
        if cased[at : at + 3].isupper() and len(name) == 3:
            return None  # APR, DEC: an abbreviation of something else
        end = match.end()
        if text[end - 1] == "." and len(name) > 4:
            end -= 1
        if name in ("may", "march", "mar", "dec", "sun", "sep", "jan", "jun", "august") and not (
            _month_context(text, at, end)
        ):
            return None
        return _with_year_en(text, DateMatch(at, end, Moment(month=_EN_MONTHS[name])))
    return None


_YEAR_AFTER = re.compile(
    r"(?:,|[ ](?:of|in))?[ ](?:"
    r"(?=(?:fifteen|sixteen|seventeen|eighteen|nineteen|twenty|two thousand)(?![a-z]))"
    r"|'(?P<short>\d\d)(?!\d))|[ ]of[ ](?P<short2>[2-9]\d)(?![\d%.,])"
)


def _with_year_en(text: str, found: DateMatch) -> DateMatch:
    """The date with a year in words or of two digits after it: nineteen seventy two, of '87."""
    if found.moment.year is not None or found.moment.month is None or found.moment.shift:
        return found
    match = _YEAR_AFTER.match(text, found.end)
    if match is None:
        return found
    short = match["short"] or match["short2"]
    if short is not None:
        moment = replace(found.moment, year=full_year(short))
        return replace(found, end=match.end(), moment=moment)
    year = read_english(text, match.end())
    if year is None or year.sort is not Sort.CARDINAL or not 1500 <= year.value < 2200:
        return found
    moment = replace(found.moment, year=int(year.value))
    return replace(found, end=year.end, moment=moment)


def _month_context(text: str, at: int, end: int) -> bool:
    before = text[max(0, at - 12) : at].rstrip().rpartition(" ")[2]
    after = text[end : end + 12]
    name = text[at:end].rstrip(".")
    prepositions = [
        "in",
        "since",
        "by",
        "last",
        "this",
        "next",
        "of",
        "until",
        "till",
        "from",
        "to",
        "late",
        "early",
        "mid",
        "for",
        "during",
        "through",
        "between",
        "after",
        "before",
        "and",
        "every",
        "each",
        "early-",
    ]
    if before in prepositions:
        return name != "may" or not re.match(r" (?:be|have|not|also|well)(?![a-z])", after)
    return name in ("august", "sep", "jan", "dec", "jun") and not re.match(r" [a-z]", after)


def _read_en_digit(text: str, at: int) -> DateMatch | None:
    match = ISO.match(text, at)
    if match is not None:
        found = checked(int(match["year"]), int(match["month"]), int(match["day"]))
        end = match.end()
        if found is not None:
            clock = _EN_CLOCK.match(text, end)
            if clock is not None:
                return _with_clock_en(text, DateMatch(at, end, found))
            end = end - 1 if text[end - 1] in "t " else end
            return DateMatch(at, end, found)
    days = _DAYS_FIRST.match(text, at)
    if days is not None and int(days["from"]) < int(days["day"]):
        last = _dated_en(days)
        if last is not None:
            parts = (days.span("from"), (days.start("day"), days.end()))
            opening = replace(last, day=int(days["from"]))
            return DateMatch(at, days.end(), opening, last, parts=parts)
    match = _DAY_FIRST.match(text, at)
    if match is not None:
        year = int(match["year"]) if match["year"] else None
        found = checked(year, _EN_MONTHS[match["mon"]], int(match["day"]))
        if found is not None:
            end = match.end()
            return _with_clock_en(text, _with_year_en(text, DateMatch(at, end, found)))
    named = _WITH_NAME.match(text, at)
    if named is not None:
        year = full_year(named["year"] or named["year2"])
        month = _EN_MONTHS[named["mon"] or named["mon2"]]
        on = checked(year, month, int(named["day"] or named["day2"]))
        if on is not None:
            return DateMatch(at, named.end(), on)
    match = _EN_DECADE.match(text, at)
    if match is not None:
        return DateMatch(at, match.end(), Moment(decade=f"{match['decade'][:3]}X"))
    match = _EN_QUARTER.match(text, at)
    if match is not None:
        found = _quarter_en(match)
        return DateMatch(at, match.end(), found) if found else None
    match = _MONTH_YEAR.match(text, at)
    if match is not None and match["year2"]:
        moment = Moment(int(match["year2"]), _EN_MONTHS[match["mon2"]])
        return DateMatch(at, match.end(), moment)
    match = YEAR_MONTH.match(text, at)
    if match is not None:
        return DateMatch(at, match.end(), Moment(int(match["year"]), int(match["month"])))
    match = _EN_YEAR_SPAN.match(text, at)
    if match is not None:
        first, printed = int(match["first"]), match["second"]
        second = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
        if first < second < first + 60:
            parts = (match.span("first"), match.span("second"))
            return DateMatch(at, match.end(), Moment(first), Moment(second), parts=parts)
    match = _SLASH.match(text, at)
    if match is not None and not (match["by"] == "-" and text[max(0, at - 1) : at] in ("-", ".")):
        a, b = int(match["a"]), int(match["b"])
        month, day = (a, b) if 1 <= a <= 12 else (b, a)
        found = checked(int(match["year"]), month, day) if 1 <= month <= 12 and day else None
        return _with_clock_en(text, DateMatch(at, match.end(), found)) if found else None
    clock = _EN_CLOCK.match(text, at)
    if clock is not None:
        return _clock_en(text, clock)
    return None


def _clock_text(match: re.Match[str]) -> str | None:
    if match["hour24"] is not None:
        hour, minute, second = int(match["hour24"]), match["minute24"], match["second24"]
        return f"{hour:02}:{minute}" + (f":{second}" if second else "")
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if match["ampm"][0] == "p" else 0)
    return f"{hour:02}:{match['minute'] or '00'}" + (
        f":{match['second']}" if match["second"] else ""
    )


_PLACES = {"beijing": "+08:00", "hong kong": "+08:00", "singapore": "+08:00", "tokyo": "+09:00"}
_ZONE_BETWEEN = re.compile(
    rf"[ ]?[(]?(?:(?:utc|gmt)(?:[ ]?[+-][ ]?\d{{1,2}}(?::?[0-5]\d)?)?|(?:{any_name(EN_ZONES)}|"
    r"et|pt|ct)(?![a-z])"
    rf"|(?P<place>{any_name(_PLACES)}|local|eastern|new york|london|moscow|u\.s\. eastern)[ ]("
    r"?:standard[ ])?time)[)]?"
)


def _clock_en(text: str, match: re.Match[str]) -> DateMatch | None:
    clock = _clock_text(match)
    if clock is None:
        return None
    zone = zone_of(text, match.start(), match.end())
    end = match.end()
    after_zone = _ZONE_BETWEEN.match(text, end)
    if zone is None and after_zone is not None and after_zone["place"]:
        zone = _PLACES.get(after_zone["place"])
    on = re.compile(r",?[ ](?:on[ ])?").match(text, after_zone.end() if after_zone else end)
    if on is not None and on.end() < len(text):
        for pattern in (_MONTH_FIRST, _DAY_FIRST):
            day = pattern.match(text, on.end())
            if day is not None:
                moment = _dated_en(day)
                if moment is not None:
                    stop = day.end()
                    zone = zone or zone_of(text, match.start(), stop)
                    return DateMatch(match.start(), stop, replace(moment, clock=clock, zone=zone))
    return DateMatch(match.start(), end, Moment(clock=clock, zone=zone))


def _with_clock_en(text: str, found: DateMatch) -> DateMatch:
    if found.moment.day is None:
        return found
    gap = re.compile(r"(?:,|[ ]at|,[ ]at)?[ ]?(?:at[ ])?").match(text, found.end)
    start = gap.end() if gap else found.end
    match = _EN_CLOCK.match(text, start) if start > found.end or text[start - 1] == "t" else None
    clock = _clock_text(match) if match else None
    if match is None or clock is None:
        return found
    zone = zone_of(text, found.start, match.end())
    return replace(found, end=match.end(), moment=replace(found.moment, clock=clock, zone=zone))


def _dated_en(match: re.Match[str]) -> Moment | None:
    year = int(match["year"]) if match["year"] else None
    return checked(year, _EN_MONTHS[match["mon"]], int(match["day"]))


def _month_year_en(match: re.Match[str]) -> Moment | None:
    if match["year2"]:
        return Moment(int(match["year2"]), _EN_MONTHS[match["mon2"]])
    return Moment(int(match["year"]), _EN_MONTHS[match["mon"]])


_WHICH = {"this": 0, "the": 0, "last": -1, "next": 1}


def _quarter_en(match: re.Match[str]) -> Moment | None:
    group = match.groupdict()
    quarter = _NTH.get(group["nth"] or "") or int(group["q"] or group["q3"] or group["q4"])
    year = group["year"] or group["year2"] or group["year3"] or group["year4"]
    which = group["rel"] or group["rel2"]
    return Moment(
        full_year(year) if year else None,
        quarter=quarter,
        fiscal=bool(group["fiscal"] or group["fiscal2"]),
        shift=("year", _WHICH[which]) if which else None,
    )


def _half_en(match: re.Match[str]) -> Moment | None:
    group = match.groupdict()
    year = group["year"] or group["year2"]
    which = group["rel"] or group["rel2"]
    return Moment(
        full_year(year) if year else None,
        half=_NTH.get(group["nth"] or "") or int(group["h"]),
        fiscal=bool(group["fiscal"] or group["fiscal2"]),
        shift=("year", _WHICH[which]) if which else None,
    )


def _edge_en(word: str) -> str:
    word = word.strip(" -").removeprefix("the ")
    if word.startswith(("end", "close")):
        return "end"
    if word.startswith(("start", "begin", "early", "turn")):
        return "start"
    return "late" if word.startswith("late") else "mid"


def _edge_year_en(match: re.Match[str]) -> Moment:
    return Moment(int(match["year"]), edge=_edge_en(match["edge"]))


def _edge_month_en(match: re.Match[str]) -> Moment:
    year = int(match["year"]) if match["year"] else None
    return Moment(year, _EN_MONTHS[match["mon"]], edge=_edge_en(match["edge"]))


def _edge_relative_en(match: re.Match[str]) -> Moment:
    if match["yearend"]:
        return Moment(shift=("year", 0), edge="end")
    what = match["what"]
    return Moment(shift=(what, 0), edge=_edge_en(match["edge"]))


def _fiscal_en(match: re.Match[str]) -> Moment:
    year = full_year(match["to"]) if match["to"] else full_year(match["year"] or match["short"])
    return Moment(year, fiscal=True)


def _worded_en(match: re.Match[str]) -> Moment | None:
    year = int(match["year"]) if match["year"] else None
    return checked(year, _EN_MONTHS[match["mon"]], _DAY_WORDS[match["dayword"]])


_MONTH_THIS_YEAR = re.compile(rf"{_MON},?[ ](?:of[ ])?(?P<which>this|last|next)[ ]year(?![a-z])")


def _month_this_year(match: re.Match[str]) -> Moment:
    return Moment(month=_EN_MONTHS[match["mon"]], shift=("year", _WHICH[match["which"]]))


_EN_READERS = (
    (_MONTH_THIS_YEAR, _month_this_year),
    (_MONTH_FIRST, _dated_en),
    (_MONTH_WORD, _worded_en),
    (_WORD_MONTH, _worded_en),
    (_MONTH_YEAR, _month_year_en),
    (_EN_QUARTER, _quarter_en),
    (_EN_HALF, _half_en),
    (_FISCAL, _fiscal_en),
    (_EDGE_YEAR, _edge_year_en),
    (_EDGE_MONTH, _edge_month_en),
    (_EDGE_RELATIVE, _edge_relative_en),
    (_RELATIVE_EN, lambda m: Moment(shift=_EN_RELATIVE[m["rel"]])),
)
