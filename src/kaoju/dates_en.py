"""English dates: Nov. 5, 2025, Q3 2025, the end of 2027, 8 p.m. on Jan. 9, the 1990s.

Days of the week are recognised and marked as not stated.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kaoju.clocks_en import EN_CLOCK, PLACES, WORD_CLOCK, ZONE_BETWEEN, clock_text
from kaoju.date_patterns_en import (
    BETWEEN_YEARS,
    COUNT_WORDS,
    DAY_FIRST,
    DAY_WORDS,
    DAYS_FIRST,
    EDGE_MONTH,
    EDGE_RELATIVE,
    EDGE_YEAR,
    EN_DAY,
    EN_DECADE,
    EN_HALF,
    EN_MONTHS,
    EN_QUARTER,
    EN_RELATIVE,
    EN_YEAR,
    EN_YEAR_SPAN,
    FIRST_MONTHS,
    FISCAL,
    JOIN_EN,
    MON,
    MONTH_FIRST,
    MONTH_ONLY,
    MONTH_WORD,
    MONTH_YEAR,
    NTH,
    QUARTER_TO,
    RELATIVE_EN,
    SLASH,
    WEEKDAY_EN,
    WITH_NAME,
    WORD_DAYS,
    WORD_MONTH,
)
from kaoju.date_stretches import WHICH, are_together, read_stretch_en, year_en
from kaoju.dates import (
    DateMatch,
    Moment,
    checked,
    continues,
    filled,
    full_year,
    zone_of,
)
from kaoju.dates_zh import ISO, YEAR_MONTH
from kaoju.numeral_words import Sort
from kaoju.numerals_en import read_english


def read_date_en(text: str, at: int, cased: str) -> DateMatch | None:
    """The English date, interval or day of the week that begins at ``at``."""
    first = _read_en(text, at, cased)
    if first is None or not first.stated:
        return first
    join = JOIN_EN.match(text, first.end)
    if join is not None and first.second is None:
        between = join.group().strip() == "and"
        allowed = not between or text[max(0, at - 8) : at].endswith("between ")
        if join.group().strip() == "to" and _MOVED_FROM.search(
            text[max(0, at - _MOVED_WITHIN) : at]
        ):
            return first
        second = _read_en(text, join.end(), cased)
        if not allowed and (second is None or not are_together(text, first, second)):
            second = None
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
            apart = () if allowed else parts  # January and February
            return DateMatch(at, second.end, begin, finish, parts=parts, apart=apart)
    return first


# What moves from one day to another is no time that both of them bound: the match was put off from
# June 9. What is open, runs or is disturbed between them is: fog delayed ferries from May 3.
_MOVED = (
    r"(?:moved|shifted|changed|postponed|rescheduled|extended|pushed(?: back| out)?"
    r"|put (?:back|off)|brought forward)"
)
_MOVES = (
    r"(?:mov(?:e|es|ed|ing)|shift(?:s|ed|ing)?|chang(?:e|es|ed|ing)|postpon(?:e|es|ed|ing)"
    r"|delay(?:s|ed|ing)?|reschedul(?:e|es|ed|ing)|extend(?:s|ed|ing)?"
    r"|(?:push|put|brought|bring)(?:es|ed|s|ing|ting)? (?:back|forward|off))"
)
_DATED_NOUN = (
    r"(?:dates?|days?|deadlines?|match|game|launch|vote|votes|election|elections|meeting|summit"
    r"|release|opening|closing|debut|start|end|hearing|trial|concert|show|listing|sale|event"
    r"|conference|festival|premiere|race|final|kick-?off|delivery|payment|expiry|target|poll"
    r"|ballot|referendum|exams?|tests?|ceremony|tour|strike|talks|session|auction|unlock|upgrade"
    r"|maintenance|publication|announcement|introduction|unveiling|cut-?off|visit|fair|exhibition)"
)
_MOVED_FROM = re.compile(
    rf"(?:(?<![a-z])(?:was|is|been|being|be) (?:(?:now|since|also|again|then|later|[a-z]+ly) )?"
    rf"(?:{_MOVED}|delayed)(?: back| forward)?"
    rf"|(?<![a-z])(?:were|are) {_MOVED}(?: back| forward)?"
    rf"|(?<![a-z]){_MOVES} (?:the|its|their|his|her|this|that|a) (?:[a-z-]+ ){{0,3}}?"
    rf"{_DATED_NOUN}"
    rf"|(?<![a-z]){_DATED_NOUN} (?:(?:has|have|had|will|would|to) )?"
    rf"(?:move[sd]?|shift(?:s|ed)?|change[sd]?)(?: back| forward)?) from (?:the )?$"
)
_MOVED_WITHIN = 72  # characters before a day in which it may be said to have been moved from


def _day_only_en(text: str, at: int, first: Moment) -> DateMatch | None:
    if first.day is None or first.clock is not None:
        return None
    match = re.compile(
        rf"{EN_DAY}(?:,[ ]{EN_YEAR})?(?![ ]?(?:million|billion|people|percent|bps?))"
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
        return _read_en_digit(text, at, cased)
    match = WEEKDAY_EN.match(text, at)
    if match is not None and cased[at : at + 1] != text[at : at + 1]:
        comma = re.compile(r",? ").match(text, match.end())
        dated = _read_en(text, comma.end(), cased) if comma and comma.end() < len(text) else None
        if dated is not None and dated.stated and dated.moment.day is not None:
            return replace(dated, start=dated.start)
        return DateMatch(at, match.end(), Moment(), stated=False)
    stretch = read_stretch_en(text, at, cased)
    if stretch is not None:
        return stretch
    for pattern, build in _EN_READERS:
        match = pattern.match(text, at)
        if match is not None:
            found = build(match)
            if found is not None:
                return _with_clock_en(text, _with_year_en(text, DateMatch(at, match.end(), found)))
    days = WORD_DAYS.match(text, at)
    if days is not None:
        last = _worded_en(days)
        if last is not None and DAY_WORDS[days["from"]] < (last.day or 0):
            parts = (days.span("from"), (days.start("dayword"), days.end()))
            opening = replace(last, day=DAY_WORDS[days["from"]])
            return DateMatch(at, days.end(), opening, last, parts=parts)
    match = MONTH_ONLY.match(text, at)
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
        return _with_year_en(text, DateMatch(at, end, Moment(month=EN_MONTHS[name])))
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
    if before.endswith("-") and before[:-1] in EN_MONTHS:
        return True  # January-March
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


def _read_en_digit(text: str, at: int, cased: str) -> DateMatch | None:
    stretch = read_stretch_en(text, at, cased)
    if stretch is not None:
        return stretch
    match = ISO.match(text, at)
    if match is not None:
        found = checked(int(match["year"]), int(match["month"]), int(match["day"]))
        end = match.end()
        if found is not None:
            clock = EN_CLOCK.match(text, end)
            if clock is not None:
                return _with_clock_en(text, DateMatch(at, end, found))
            end = end - 1 if text[end - 1] in "t " else end
            return DateMatch(at, end, found)
    days = DAYS_FIRST.match(text, at)
    if days is not None and int(days["from"]) < int(days["day"]):
        last = _dated_en(days)
        if last is not None:
            parts = (days.span("from"), (days.start("day"), days.end()))
            opening = replace(last, day=int(days["from"]))
            return DateMatch(at, days.end(), opening, last, parts=parts)
    match = DAY_FIRST.match(text, at)
    if match is not None:
        year = int(match["year"]) if match["year"] else None
        found = checked(year, EN_MONTHS[match["mon"]], int(match["day"]))
        if found is not None:
            end = match.end()
            return _with_clock_en(text, _with_year_en(text, DateMatch(at, end, found)))
    named = WITH_NAME.match(text, at)
    if named is not None:
        year = full_year(named["year"] or named["year2"])
        month = EN_MONTHS[named["mon"] or named["mon2"]]
        on = checked(year, month, int(named["day"] or named["day2"]))
        if on is not None:
            return DateMatch(at, named.end(), on)
    match = EN_DECADE.match(text, at)
    if match is not None:
        return DateMatch(at, match.end(), Moment(decade=f"{match['decade'][:3]}X"))
    match = EN_QUARTER.match(text, at)
    if match is not None:
        found = _quarter_en(match)
        return DateMatch(at, match.end(), found) if found else None
    match = MONTH_YEAR.match(text, at)
    if match is not None and match["year2"]:
        moment = Moment(int(match["year2"]), EN_MONTHS[match["mon2"]])
        return DateMatch(at, match.end(), moment)
    match = YEAR_MONTH.match(text, at)
    if match is not None:
        return DateMatch(at, match.end(), Moment(int(match["year"]), int(match["month"])))
    match = EN_YEAR_SPAN.match(text, at) or BETWEEN_YEARS.match(text, at)
    if match is not None:
        first, printed = int(match["first"]), match["second"]
        second = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
        if first < second < first + 60:
            parts = (match.span("first"), match.span("second"))
            return DateMatch(at, match.end(), Moment(first), Moment(second), parts=parts)
    match = SLASH.match(text, at)
    if match is not None and not (match["by"] == "-" and text[max(0, at - 1) : at] in ("-", ".")):
        a, b = int(match["a"]), int(match["b"])
        month, day = (a, b) if 1 <= a <= 12 else (b, a)
        found = checked(int(match["year"]), month, day) if 1 <= month <= 12 and day else None
        return _with_clock_en(text, DateMatch(at, match.end(), found)) if found else None
    clock = EN_CLOCK.match(text, at)
    if clock is not None:
        return _clock_en(text, clock)
    return None


def _clock_en(text: str, match: re.Match[str]) -> DateMatch | None:
    clock = clock_text(match)
    if clock is None:
        return None
    zone = zone_of(text, match.start(), match.end())
    end = match.end()
    after_zone = ZONE_BETWEEN.match(text, end)
    if zone is None and after_zone is not None and after_zone["place"]:
        zone = PLACES.get(after_zone["place"])
    on = re.compile(r",?[ ](?:on[ ])?").match(text, after_zone.end() if after_zone else end)
    if on is not None and on.end() < len(text):
        for pattern in (MONTH_FIRST, DAY_FIRST):
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
    match = None
    if start > found.end or text[start - 1] == "t":
        match = EN_CLOCK.match(text, start) or WORD_CLOCK.match(text, start)
    clock = clock_text(match) if match else None
    if match is None or clock is None:
        return found
    zone = zone_of(text, found.start, match.end())
    return replace(found, end=match.end(), moment=replace(found.moment, clock=clock, zone=zone))


def _dated_en(match: re.Match[str]) -> Moment | None:
    year = int(match["year"]) if match["year"] else None
    return checked(year, EN_MONTHS[match["mon"]], int(match["day"]))


def _month_year_en(match: re.Match[str]) -> Moment | None:
    if match["year2"]:
        return Moment(int(match["year2"]), EN_MONTHS[match["mon2"]])
    return Moment(int(match["year"]), EN_MONTHS[match["mon"]])


def _quarter_en(match: re.Match[str]) -> Moment | None:
    group = match.groupdict()
    quarter = NTH.get(group["nth"] or "") or int(group["q"] or group["q3"] or group["q4"])
    year = group["year"] or group["year2"] or group["year3"] or group["year4"]
    which = group["rel"] or group["rel2"]
    return Moment(
        full_year(year) if year else None,
        quarter=quarter,
        fiscal=bool(group["fiscal"] or group["fiscal2"]),
        shift=("year", WHICH[which]) if which else None,
    )


def _quarter_to_en(match: re.Match[str]) -> Moment:
    return replace(year_en(match), quarter=EN_MONTHS[match["mon"]] // 3)


def _first_months_en(match: re.Match[str]) -> Moment | None:
    last = _count_en(match) * (3 if match["what"] == "quarters" else 1)
    return replace(year_en(match), months=(1, last)) if last <= 12 else None


def _count_en(match: re.Match[str]) -> int:
    return COUNT_WORDS.get(match["count"]) or int(match["count"])


def _half_en(match: re.Match[str]) -> Moment | None:
    group = match.groupdict()
    year = group["year"] or group["year2"]
    which = group["rel"] or group["rel2"]
    return Moment(
        full_year(year) if year else None,
        half=NTH.get(group["nth"] or "") or int(group["h"]),
        fiscal=bool(group["fiscal"] or group["fiscal2"]),
        shift=("year", WHICH[which]) if which else None,
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
    return Moment(year, EN_MONTHS[match["mon"]], edge=_edge_en(match["edge"]))


def _edge_relative_en(match: re.Match[str]) -> Moment:
    if match["yearend"]:
        return Moment(shift=("year", 0), edge="end")
    what = match["what"]
    which = match["which"]
    return Moment(shift=(what, WHICH[which] if which else 0), edge=_edge_en(match["edge"]))


def _fiscal_en(match: re.Match[str]) -> Moment:
    year = full_year(match["to"]) if match["to"] else full_year(match["year"] or match["short"])
    return Moment(year, fiscal=True)


def _worded_en(match: re.Match[str]) -> Moment | None:
    year = int(match["year"]) if match["year"] else None
    return checked(year, EN_MONTHS[match["mon"]], DAY_WORDS[match["dayword"]])


_MONTH_THIS_YEAR = re.compile(rf"{MON},?[ ](?:of[ ])?(?P<which>this|last|next)[ ]year(?![a-z])")


def _month_this_year(match: re.Match[str]) -> Moment:
    return Moment(month=EN_MONTHS[match["mon"]], shift=("year", WHICH[match["which"]]))


_EN_READERS = (
    (_MONTH_THIS_YEAR, _month_this_year),
    (MONTH_FIRST, _dated_en),
    (MONTH_WORD, _worded_en),
    (WORD_MONTH, _worded_en),
    (MONTH_YEAR, _month_year_en),
    (FIRST_MONTHS, _first_months_en),
    (QUARTER_TO, _quarter_to_en),
    (EN_QUARTER, _quarter_en),
    (EN_HALF, _half_en),
    (FISCAL, _fiscal_en),
    (EDGE_YEAR, _edge_year_en),
    (EDGE_MONTH, _edge_month_en),
    (EDGE_RELATIVE, _edge_relative_en),
    (RELATIVE_EN, lambda m: Moment(shift=EN_RELATIVE[m["rel"]])),
)
