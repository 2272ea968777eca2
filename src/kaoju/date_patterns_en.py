"""How English dates are printed: the patterns that `kaoju.dates_en` reads."""

from __future__ import annotations

import re

from kaoju.dates import (
    EN,
    any_name,
)

EN_MONTHS: dict[str, int] = dict(EN["months"])
EN_RELATIVE: dict[str, tuple[str, int]] = {
    **{word: ("year", shift) for word, shift in EN["years"].items()},
    **{word: ("month", shift) for word, shift in EN["calendar_months"].items()},
    **{word: ("quarter", shift) for word, shift in EN["calendar_quarters"].items()},
    **{word: ("day", shift) for word, shift in EN["days"].items()},
}
_SHORT_MONTHS = [
    name for name in EN_MONTHS if len(name) < 5 and name not in ("may", "june", "july")
]


# A full stop belongs to a short name alone: Nov. 5, but not the end of November.
_MON_STOP = "|".join(f"(?<={name})" for name in _SHORT_MONTHS)
MON = rf"(?P<mon>{any_name(EN_MONTHS)})(?![a-z])(?:(?:{_MON_STOP})\.)?"
EN_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|\.\d|,\d|:\d)"
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
_ORDINAL_DAYS: dict[str, int] = {
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
DAY_WORDS: dict[str, int] = {
    **_ORDINAL_DAYS,
    **_CARDINAL_DAYS,
    "thirty-one": 31,
    "thirty one": 31,
}
_DAY_WORD = rf"(?P<dayword>{any_name(DAY_WORDS)})(?![a-z-])"
EN_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?![\d%]|,\d|\.\d)"
MONTH_FIRST = re.compile(
    rf"{MON}(?:[ ]|,[ ](?=\d{{1,2}}(?:st|nd|rd|th))){EN_DAY}"
    rf"(?!,?[ ]?\d{{1,3}}[ ](?:million|billion))(?:(?:[ ]?,[ ]?|[ ](?:of[ ]|in[ ])?){EN_YEAR})?"
)
MONTH_WORD = re.compile(rf"{MON}[ ](?:the[ ])?{_DAY_WORD}(?:,?[ ]{EN_YEAR})?")
WORD_MONTH = re.compile(rf"{_DAY_WORD}[ ]of[ ]{MON}(?:,?[ ](?:of[ ]|in[ ])?{EN_YEAR})?")
WORD_DAYS = re.compile(
    rf"(?P<from>{any_name(DAY_WORDS)})[ ](?:and|to|through|until)[ ](?:the[ ])?{_DAY_WORD}[ ]of[ ]"
    rf"{MON}(?:,?[ ](?:of[ ]|in[ ])?{EN_YEAR})?"
)
WITH_NAME = re.compile(
    rf"(?P<year>(?:19|20)\d\d)[-/]{MON}[-/](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?P<day2>3[01]|[12]\d|0?[1-9])[-/]{MON.replace('mon>', 'mon2>')}[-/]"
    r"(?P<year2>(?:19|20)\d\d|\d\d)(?!\d)"
)
DAYS_FIRST = re.compile(
    r"(?P<from>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:[ ]?-[ ]?|[ ](?:to|until|through)[ ])"
    rf"{EN_DAY}[ ](?:of[ ])?{MON}(?:,?[ ](?:of[ ]|in[ ])?{EN_YEAR})?"
)
DAY_FIRST = re.compile(rf"{EN_DAY}[ ](?:of[ ])?{MON}(?:,?[ ](?:of[ ]|in[ ])?{EN_YEAR})?")
MONTH_YEAR = re.compile(
    rf"{MON},?[ -](?:of[ ]|in[ ])?{EN_YEAR}|"
    rf"{EN_YEAR}[ -]{MON.replace('mon>', 'mon2>')}".replace("(?P<year>", "(?P<year>", 1).replace(
        "|(?P<year>", "|(?P<year2>"
    )
)
MONTH_ONLY = re.compile(MON)
OF_YEAR = (
    r"(?:(?:[ ]of|,|[ ]in)?[ ](?:(?:the[ ])?(?P<fiscal>fiscal(?:[ ]year)?|fy)[ ]?)?("
    r"?P<year>(?:19|20)\d\d)(?![\d%]|,\d|\.\d)|[ ]of[ ](?P<rel>this|last|next|the)[ ]year"
    r"(?![a-z]))?"
)
_OF_YEAR_AGAIN = re.sub(r"<(fiscal|year|rel)>", r"<\g<1>2>", OF_YEAR)
EN_QUARTER = re.compile(
    r"(?:(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)(?:[ ]|-)(?:fiscal[ ]|calendar[ ])"
    rf"?quarter(?![a-z]){OF_YEAR}"
    r"|q(?P<q>[1-4])(?![a-z\d])"
    rf"{_OF_YEAR_AGAIN}"
    r"|(?P<q3>[1-4])q(?P<year3>\d\d(?:\d\d)?)?(?![a-z\d])"
    r"|(?P<year4>(?:19|20)\d\d)[ -]?q(?P<q4>[1-4])(?![a-z\d]))"
)
# The June quarter is the three months that end in June.
QUARTER_TO = re.compile(rf"(?P<mon>march|june|september|december)[ -]quarter(?![a-z]){OF_YEAR}")
COUNT_WORDS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"], start=2
    )
}
_COUNT = rf"(?P<count>{any_name(COUNT_WORDS)}|1[01]|[2-9])"
# The first four months of the year; of what is no year, such as a siege, they are a length.
FIRST_MONTHS = re.compile(
    rf"first[ ]{_COUNT}[ ](?P<what>months|quarters)(?![a-z])"
    r"(?![ ](?:of|after|since|on|as|at)[ ](?!(?:the[ ])?(?:fiscal|fy|year|\d{4})"
    rf"|(?:this|last|next)[ ]year)){OF_YEAR}"
)
EN_HALF = re.compile(
    r"(?:(?P<nth>first|second|1st|2nd)[ -]half(?![a-z]|-time|'s)"
    r"(?![ ]of[ ](?!(?:the[ ])?(?:fiscal|fy|year|\d{4})|this[ ]year|last[ ]year|next[ ]year))"
    rf"{OF_YEAR}|h(?P<h>[12])(?![a-z\d])"
    rf"{_OF_YEAR_AGAIN})"
)
FISCAL = re.compile(
    r"(?:fiscal(?:[ ]year)?|financial[ ]year|fy)[ -]?(?:(?P<year>(?:19|20)\d\d)|'?("
    r"?P<short>\d\d)(?!\d))(?:[/-](?P<to>\d\d(?:\d\d)?))?(?![\d%])"
)
EN_DECADE = re.compile(
    r"(?P<edge>(?:early|late|mid)[ -])?(?:the[ ])?(?P<decade>(?:1[5-9]|20)\d0)'?s(?![a-z])"
)
EDGE_YEAR = re.compile(
    r"(?P<edge>(?:the[ ])?(?:end|close|start|beginning|middle)[ ]of[ ](?:the[ ]year[ ])?|end-|"
    r"mid-|(?:early|late|mid)[ -](?:in[ ])?)(?P<year>(?:19|20)\d\d)(?![\d%]|,\d|\.\d)(?!s)"
)
EDGE_MONTH = re.compile(
    r"(?P<edge>(?:end|start|beginning|middle)[ ]of[ ]|end-|mid-|(?:early|late|mid)[ -])(?:in[ "
    rf"])?{MON}(?![ ]\d{{1,2}}(?!\d))(?:[ ]{EN_YEAR})?"
)
EDGE_RELATIVE = re.compile(
    r"(?P<edge>end|close|start|beginning|middle|turn)[ ]of[ ](?:the|this|(?P<which>last|next))[ ]"
    r"(?P<what>decade|century|year|month|quarter)(?![a-z])"
    r"|(?P<yearend>year-end|year[ ]end)(?![a-z])"
)
RELATIVE_EN = re.compile(
    rf"(?P<rel>{any_name(EN_RELATIVE)})(?![a-z])(?!'s[ ](?:most|best|largest|biggest))"
)
WEEKDAY_EN = re.compile(
    r"(?:(?:last|next|this|on)[ ])?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])|(?:mon|"
    r"tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?(?=,? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec|\d))"
)
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
JOIN_EN = re.compile(r"[ ]?(?:-{1,2}|~)[ ]?|[ ](?:to|through|until|till|and)[ ]")
SLASH = re.compile(
    r"(?P<a>[0-3]?\d)(?P<by>[/-])(?P<b>[0-3]?\d)(?P=by)(?P<year>(?:19|20)\d\d)(?![\d/-])"
)
BETWEEN_YEARS = re.compile(
    r"(?<=between )(?P<first>(?:19|20)\d\d) and (?P<second>(?:19|20)\d\d)(?![\d%.,/-]\d|\d|%)"
)
EN_YEAR_SPAN = re.compile(
    r"(?P<first>(?:19|20)\d\d)[ ]?(?:-|/)[ ]?(?P<second>(?:19|20)\d\d|\d\d)(?![\d%.,/-]\d|\d)"
)
