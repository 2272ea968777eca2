"""Stretches of months told by one end and a length: the six months to June 30, the year to March.

Also two months named together: January and February, 1、2月. A stretch that begins in the year
before is an interval of two months; the others are months of one year.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kaoju.date_patterns_en import COUNT_WORDS, EN_MONTHS, MON, OF_YEAR
from kaoju.dates import DateMatch, Moment, any_name, small_number

WHICH = {"this": 0, "the": 0, "last": -1, "next": 1}
_COUNTS = {**COUNT_WORDS, "twelve": 12}
_LENGTH_EN = (
    rf"(?P<length>(?:(?P<count>{any_name(_COUNTS)}|1[0-2]|[2-9])[ -]months?)(?:[ ]period)?"
    r"|(?P<weeks>13|26|52|53)[ -]weeks?"
    r"|(?:(?:first|second)[ -])?(?P<half>half(?:[ -]year)?)"
    r"|(?:(?:first|second|third|fourth)[ -])?(?P<quarter>quarter)"
    r"|(?P<whole>(?:(?:full|financial|fiscal|business)[ ])?year))"
)
_OF_WEEKS = {"13": 3, "26": 6, "52": 12, "53": 12}
# The six months ended June 30, 2025; the year to the end of March.
_TO_EN = re.compile(
    rf"{_LENGTH_EN}[ ](?:to|through|ended|ending|up[ ]to|that[ ]ended(?:[ ](?:in|on))?)[ ]"
    rf"(?:the[ ]end[ ]of[ ]|end-|late[ ]|(?P<first>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[ ])?{MON}"
    rf"(?:[ ](?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.]\d|%))?{OF_YEAR}"
)
# The half-year from April: what begins then and is named as a whole.
_FROM_EN = re.compile(
    rf"{_LENGTH_EN}[ ](?:from|that[ ]began[ ]in|beginning[ ]in)[ ]"
    rf"(?:the[ ](?:start|beginning)[ ]of[ ])?{MON}(?![ ]\d{{1,2}}(?!\d))(?![ ](?:to|through)[ ])"
    rf"{OF_YEAR}"
)
# 5% a year to December 2030 is a rate, and from last year to June no year that ends in June.
_NO_STRETCH = re.compile(r"(?:^|[^a-z])(?:an?|per|each|every|one|last|this|next|previous|-)[ ]?$")
_NAMED = re.compile(r"(?:^|[^a-z])(?:the|its|their|his|her|our)[ ](?:first[ ]|second[ ]|full[ ])?$")
_VERBS = ("march", "may")
_IN_HALF = re.compile(r"(?:^|[^a-z])(?:the|its|their|our|full|fiscal|for|in|during|over)[ ]$")
_LAST_EN = re.compile(
    rf"(?:last|final|closing)[ ](?:(?P<quarter>quarter)|(?P<count>{any_name(COUNT_WORDS)}|[2-6])[ ]"
    rf"(?P<months>months))(?=[ ]of[ ]){OF_YEAR}"
)
_EARLY, _LATE = 7, 24  # days up to which one ends the month before, and from which its own


def read_stretch_en(text: str, at: int, cased: str) -> DateMatch | None:
    """The stretch that begins at ``at``: six months to June, the last quarter of 2025."""
    closing = _LAST_EN.match(text, at)
    if closing is not None and (closing["year"] or closing["rel"]):
        year = year_en(closing)
        if closing["quarter"]:
            return DateMatch(at, closing.end(), replace(year, quarter=4))
        first = 13 - (COUNT_WORDS.get(closing["count"]) or int(closing["count"]))
        return DateMatch(at, closing.end(), replace(year, months=(first, 12)))
    before = text[max(0, at - 12) : at]
    for pattern in (_TO_EN, _FROM_EN):
        match = pattern.match(text, at)
        if match is None:
            continue
        if match["count"] is None and match["weeks"] is None and _NO_STRETCH.search(before):
            return None
        if match["mon"] in _VERBS and match["year"] is None and cased[match.start("mon")].islower():
            return None  # the year to march on Rome
        a_half = match["half"] == "half" and match.start("half") == at and cased[at].islower()
        if a_half and not _IN_HALF.search(before):
            return None  # gave half to May
        if pattern is _FROM_EN and _NAMED.search(before) is None:
            return None  # six months from April is when it ends
        length, apart = _length_en(match), _apart_en(match)
        month, year = EN_MONTHS[match["mon"]], year_en(match)
        if pattern is _FROM_EN:
            last = month + length - 1
            if last > 12 and year.year is None and year.shift is None:
                return None  # it may be the next one, or the one that runs
            found = _stretch(at, match.end(), year, last, length, begins=True)
            return replace(found, apart=apart)
        printed = match["day"] or match["first"]
        day = int(printed) if printed else None
        if day is not None and _EARLY < day < _LATE:
            return None
        month -= day is not None and day <= _EARLY
        return replace(_stretch(at, match.end(), year, month, length), apart=apart)
    return None


def _apart_en(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """Where the length and the end of a stretch stand; with its year it is one figure."""
    if match["count"] and match["year"]:
        return ()
    told = match.span("length") if match["count"] or match["weeks"] else None
    first = match.start("mon")
    if match.re is _TO_EN and match["first"]:
        first = match.start("first")
    return (*([told] if told else []), (first, match.end()))


def _length_en(match: re.Match[str]) -> int:
    if match["count"]:
        return _COUNTS.get(match["count"]) or int(match["count"])
    if match["weeks"]:
        return _OF_WEEKS[match["weeks"]]
    return 6 if match["half"] else 3 if match["quarter"] else 12


def year_en(match: re.Match[str]) -> Moment:
    """The year that a pattern with ``OF_YEAR`` at its end states, or none."""
    which = match["rel"]
    return Moment(
        int(match["year"]) if match["year"] else None,
        fiscal=bool(match["fiscal"]),
        shift=("year", WHICH[which]) if which else None,
    )


def _stretch(
    start: int, end: int, year: Moment, last: int, length: int, *, begins: bool = False
) -> DateMatch:
    """The months up to one, of the year stated; that year is the last month's, or the first's."""
    if last < 1:
        return _stretch(start, end, _moved(year, -1), last + 12, length, begins=begins)
    first = last - length + 1
    if first >= 1 and last <= 12:
        return DateMatch(start, end, replace(year, months=(first, last)))
    early, late = (year, _moved(year, 1)) if begins and last > 12 else (_moved(year, -1), year)
    opening = replace(early, month=(first - 1) % 12 + 1)
    return DateMatch(start, end, opening, replace(late, month=(last - 1) % 12 + 1))


def _moved(year: Moment, by: int) -> Moment:
    """The year before or after; one that is left open stays so."""
    if year.shift is not None:
        return replace(year, shift=("year", year.shift[1] + by))
    return replace(year, year=year.year + by) if year.year is not None else year


_UNTIL_ZH = re.compile(r"(?:截至|截止至?|截止到|截至到)[ ]?$")
_UP_TO_ZH = re.compile(r"[到至][ ]?$")  # 到五月为止的半年: then 止 or 的 must follow
_LENGTH_ZH = re.compile(
    r"[ ]?(?:为?止)?的?(?:过去|最近|此前|前)?(?:"
    r"(?P<count>1[0-2]|[2-9]|十[一二]?|[两二三四五六七八九])[ ]?个月(?!期|定期|以上|以来|后)"
    r"|(?P<half>上?半财?年度?)|(?P<quarter>单?季度)|(?P<whole>(?:一个)?(?:财政|会计|销售|营销)?年度|财年|一年|全年))"
)


def stretched_zh(text: str, found: DateMatch) -> DateMatch | None:
    """The stretch that a date ends: 截至6月30日止六个月, 截至去年9月的半年."""
    moment = found.moment
    if found.second is not None or moment.month is None or moment.clock is not None:
        return None
    before = text[max(0, found.start - 4) : found.start]
    joined = text[found.end : found.end + 1] in ("的", "止", "为")
    if _UNTIL_ZH.search(before) is None and not (joined and _UP_TO_ZH.search(before)):
        return None
    match = _LENGTH_ZH.match(text, found.end)
    if match is None or (moment.day is not None and _EARLY < moment.day < _LATE):
        return None
    count = match["count"]
    length = (2 if count == "两" else small_number(count)) if count else 0
    length = length or (6 if match["half"] else 3 if match["quarter"] else 12)
    last = moment.month - (moment.day is not None and moment.day <= _EARLY)
    year = Moment(moment.year, shift=moment.shift)
    stretch = _stretch(found.start, match.end(), year, last, length)
    told = [(match.start("count"), match.end())] if count else []
    return replace(stretch, apart=((found.start, found.end), *told))


# Figures of each of them, told together, are of no stretch.
_EACH = re.compile(r"(?<![a-z])(?:respectively|each|both)(?![a-z])|分别|各|均|都|每")
_SENTENCE_END = re.compile(r"[。!?;\n]|\.(?=\s|$)")
# 3% in January and February saw 2%: the second begins a clause of its own.
_VERB = re.compile(r"(?:'s|[ ](?:saw|had|has|brought|went|came|\d))(?![a-z])")
_BEING = re.compile(r"[ ](?:was|were|is|are)(?![a-z])")


def are_together(text: str, first: DateMatch, second: DateMatch) -> bool:
    """Whether two months in a row are named as one stretch: in January and February."""
    one, other = first.moment, second.moment
    if not (_is_month(one) and _is_month(other)) or (one.year is not None and other.year is None):
        return False
    if one.month is None or other.month != one.month % 12 + 1:
        return False
    before = text[max(0, first.start - _BEFORE) : first.start]
    if before.endswith("both ") or _VERB.match(text, second.end):
        return False
    if _BEING.match(text, second.end) and any(c.isdigit() for c in before):
        return False
    end = _SENTENCE_END.search(text, second.end, second.end + 200)
    rest = text[second.end : end.start() if end else second.end + 200]
    return _EACH.search(rest) is None


_BEFORE = 40  # characters before two months that are read


def _is_month(one: Moment) -> bool:
    bare = one.day is None and one.edge is None and one.clock is None
    return bare and (one.shift is None or one.shift[0] == "year")


_AND_ZH = re.compile(
    r"(?P<first>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])[ ]?(?:月份?)?[ ]?[、和与及][ ]?"
    r"(?P<second>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])[ ]?月(?:份)?(?![ ]?\d|球|饼|薪|租)"
)


def two_months_zh(text: str, at: int, year: Moment) -> DateMatch | None:
    """Two months in a row named as one stretch, of a year told before: 1、2月, 1月和2月."""
    match = _AND_ZH.match(text, at)
    if match is None or text[max(0, at - 1) : at].isdigit():
        return None
    months = [small_number(match[name]) for name in ("first", "second")]
    spans = [match.span("first"), (match.start("second"), match.end())]
    first, second = (
        DateMatch(*span, replace(year, month=month))
        for span, month in zip(spans, months, strict=True)
    )
    if months[1] < months[0] or not are_together(text, first, second):
        return None
    named = _MONTH_ZH.match(text, first.end)
    apart = ((first.start, named.end()), spans[1]) if named is not None else ()
    return DateMatch(at, match.end(), first.moment, second.moment, parts=tuple(spans), apart=apart)


_MONTH_ZH = re.compile(r"[ ]?月份?")
