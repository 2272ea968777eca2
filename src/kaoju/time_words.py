"""Words beside a date or a number that say what time it is of: since, before, a year earlier.

A date that something began, ended or was compared at says nothing of when a number holds, and
what was so two months earlier is of no date that its sentence names.
"""

from __future__ import annotations

import re

# 2021年5月问世以来, 有记录以来: the date is that of a beginning.
_BEGUN_ZH = (
    r"(?:(?:问世|成立|上市|开业|开通|推出|上任|就任|建成|投产|开工|开赛|发行|首发|设立|创立|创办|启动|暴发|爆发|"
    r"生效|实施|开始)(?:之日)?|有(?:气象|观测|可比|完整)?(?:记录|统计|数据))"
)
_SINCE_ZH = re.compile(
    rf"[ ]?(?:{_BEGUN_ZH}?以来|来(?![了到自客访宾袭临料往回]|电|年|函|人)|起(?!了|来)|之后|以后"
    r"|之前|以前|(?:结束|到期|完工|竣工)(?:[,，。;；]|$))"
)
_PUT_OFF_EN = (
    r"(?:extend(?:ed|s|ing)?|prolong(?:ed|s|ing)?|postpon(?:ed?|es|ing)|delay(?:ed|s|ing)?|"
    r"put(?:s|ting)? off|push(?:ed|es|ing)? back) (?:[a-z']+ ){0,4}?(?:to|until) (?:the )?"
)
_SINCE_EN = re.compile(
    r"(?:^|[^a-z])(?:(?:since|due|until|through|after|before|months to)[ ](?:the )?"
    # since its launch in May; due in October; to end on November 21; extended it to March
    r"|since (?!then )(?:[a-z']+ ){1,4}(?:in|on) (?:the )?|due (?:in|on|by) (?:the )?"
    r"|(?:to|will|would|must|should) (?:end|expire|lapse|finish|close) (?:in|on) (?:the )?"
    rf"|{_PUT_OFF_EN})$"
)
# After the mildest December on record, following a weak first quarter.
_AFTERMATH_EN = re.compile(
    r"(?:^|[^a-z])(?:after|following)[ ](?:an?|the|its|this|last)[ ]"
    r"(?:(?!in |on |at |of |by |for |to )[a-z-]+[ ]){1,2}$"
)
_COUNTED_EN = re.compile(r"(?:^|[^a-z])since[ ](?:the )?$")
_COUNTED_ZH = re.compile(r"[ ]?(?:以来|来(?![了到自客访宾袭临料往回]|电|年|函|人)|起(?!了|来))")
_RUNS_EN = re.compile(
    r"(?:^|[^a-z])(?:since[ ](?:(?!then )(?:[a-z']+ ){1,4}(?:in|on) )?(?:the )?"
    rf"|{_PUT_OFF_EN})$"
)
_RUNS_ZH = re.compile(rf"[ ]?{_BEGUN_ZH}?以来")
_BASE_ZH = re.compile(r"[比较][于照]?$")  # 比去年同月多, 较年初增长
_AGAINST_EN = re.compile(r"(?:^|[^a-z])(?:from|than in|than|with|versus)[ ](?:the )?$")
# No month of 2025 was busier than December: December is the one, not what it is held against.
_NO_OTHER_EN = re.compile(
    r"(?:^|[^a-z])no (?:other )?(?:day|week|month|quarter|year|season)[^,;]*$"
)
_NO_OTHER_ZH = re.compile(r"没有?(?:哪|任何|其他|别的|一)个?(?:月|季|年|周|天|日)[^,，。;；]*$")
# 18 basis points more than at the auction in September: September is the auction's.
_THAN_EN = re.compile(
    # 2.6% above the previous year's level, half as large again as last year's, twice what it was in
    r"[ ](?:above|below)[ ](?:the )?$|^[ ]as [a-z]+(?: again)? as (?:(?:in|at|on) )?(?:the )?$"
    r"|^[ ]what (?:it|they) (?:was|were|had been) (?:in|on) (?:the )?$"
    r"|(?:^|[^a-z])(?:than|compared (?:with|to)|versus|against)[ ]"
    r"(?!(?:in |at |for )?(?:an?|the|one) (?:(?:same|previous|prior|corresponding) |"
    r"(?:year|month|quarter|week)[- ](?:earlier|ago|before))|"
    r"expected|forecast|analysts|economists|thought)[^,;.\d]*$"
)
_PLANNED_ZH = re.compile(r"(?:定于|定在|拟于|拟在|计划于|计划在|预定|原定|将于|将在|预计于|预计)$")
# What it means to borrow in 2025, to go on sale on April 10.
_PLANNED_EN = re.compile(
    r"(?:^|[^a-z])(?:(?:means?|meant|plans?|intends?|wants?|hopes?|aims?|expects?|needs?|promises?|"
    r"due|set|scheduled|slated)[ ]to|will)[ ](?:[a-z]+[ ]){1,4}(?:in|on|for|during)[ ]$"
)


# No more may leave before July 2026: by the end of June.
_BEFORE_EN = re.compile(
    r"(?:^|[^a-z])(?:may|must|can|will|would|should|shall|to|needs?)[ ][^;.]*[ ]before[ ](?:the )?$"
)


def is_deadline(before: str) -> bool:
    """Whether a date is one before which something may or must be done, in English words."""
    return _BEFORE_EN.search(before) is not None


def counts_from(before: str, after: str, *, chinese: bool) -> bool:
    """Whether a change counts from a date, or came after it: down 6.3% since January.

    Args:
        before: What stands before the date, folded.
        after: What stands after it.
        chinese: The language.
    """
    if chinese:
        return _COUNTED_ZH.match(after[:4]) is not None
    return _COUNTED_EN.search(before[-16:]) is not None


def is_an_end(before: str, after: str, *, chinese: bool) -> bool:
    """Whether what is told runs from a date on, or to one: since January, extended to March.

    Args:
        before: What stands before the date, folded.
        after: What stands after it.
        chinese: The language.
    """
    if chinese:
        return _RUNS_ZH.match(after) is not None
    return _RUNS_EN.search(before[-60:]) is not None


def came_before(before: str) -> bool:
    """Whether a date is of what came before: after the mildest December on record."""
    return _AFTERMATH_EN.search(before[-40:]) is not None


def begins_or_ends(before: str, after: str, *, chinese: bool) -> bool:
    """Whether a date is one that something began or ended at: since 2001, due 2031.

    Args:
        before: What stands before the date, folded.
        after: What stands after it.
        chinese: The language.
    """
    if chinese:
        return _SINCE_ZH.match(after) is not None
    return _SINCE_EN.search(before[-60:]) is not None or came_before(before)


def is_base(before: str, *, chinese: bool) -> bool:
    """Whether a date is what another is compared with, by the words of its sentence before it."""
    pattern, near = (_BASE_ZH, before[-2:]) if chinese else (_AGAINST_EN, before[-12:])
    return pattern.search(near) is not None and not is_singled_out(before, chinese=chinese)


def is_singled_out(before: str, *, chinese: bool) -> bool:
    """Whether nothing is said to be beyond what follows: no month was busier than December."""
    if chinese:
        return before.endswith("比") and _NO_OTHER_ZH.search(before[:-1]) is not None
    return before.endswith(("than ", "than in ")) and _NO_OTHER_EN.search(before) is not None


def is_of_base(between: str) -> bool:
    """Whether the words from a number to a date say that the date is what it is compared with."""
    return _THAN_EN.search(between) is not None


def is_planned(before: str, *, chinese: bool) -> bool:
    """Whether a date is of something to come, which later clauses need not hold in."""
    pattern = _PLANNED_ZH if chinese else _PLANNED_EN
    return pattern.search(before[-60:]) is not None


# Sales rose in May, it said on June 3: the day of the saying is no number's.
_SAID_EN = re.compile(
    r"(?:^|[^a-z])(?:said|announced|reported|disclosed|wrote|added)(?: [a-z]+)?(?: on)?[ ]$"
)
_SAID_ZH = re.compile(r"[ ]?(?:公布|披露|发布|通报|表示|说|称)[,，:：]")


def is_of_saying(before: str, after: str, *, chinese: bool) -> bool:
    """Whether a date is of the day on which somebody said what follows.

    Args:
        before: What stands before the date, folded.
        after: What stands after it.
        chinese: The language.
    """
    if chinese:
        return _SAID_ZH.match(after) is not None
    return after[:1] in (":", ",") and _SAID_EN.search(before[-32:]) is not None


_SOME = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few|some|"
    r"many|\d{1,2})"
)
_UNIT = r"(?:day|week|month|quarter|year|decade)"
_YEAR_EARLIER_EN = re.compile(
    r",? (?:in |of )?(?:a|the) year (?:earlier|ago|before)|,? (?:in |of )?the (?:same|year-earlier|"
    r"year-ago|corresponding) (?:period|month|quarter)"
)
_OTHER_TIME_EN = re.compile(
    r",? ?(?:(?:in|of|over|for|during) )?(?:the|a) (?:previous|prior|preceding) "
    rf"(?:{_SOME} )?{_UNIT}s?|"
    rf",? ?(?:(?:in|of|over|for|during) )?(?:the )?(?:{_SOME} )?{_UNIT}s? (?:earlier|ago|before)|"
    r",? previously|,? before(?![ ]\w)"
)
# 22,300 in the same month of 2024.
_SAME_OF_EN = re.compile(
    r",? (?:in |of )?the (?:same|corresponding) (?:period|month|quarter|half|day) (?:of|in) "
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
# A year earlier it sold 30; in the month before it had been 2.1%.
_YEAR_EARLIER_FIRST = re.compile(r"^(?:in )?(?:a|the|one) year (?:earlier|ago|before)(?![a-z])")
_OTHER_TIME_FIRST = re.compile(
    rf"^(?:in |over |during )?(?:{_SOME} {_UNIT}s? (?:earlier|ago|before)|"
    rf"the (?:previous|prior|preceding) (?:{_SOME} )?{_UNIT}s?|"
    rf"the (?:{_SOME} )?{_UNIT}s? (?:before|earlier))(?![a-z])(?! the| it| its)"
)
_GOES_ON = re.compile(r" (?!and |but |when |to |as )[a-z]")
_NOW_EN = re.compile(r"(?:^|[^a-z])(?:now|today|currently|nowadays|at present)(?![a-z])")
_NOW_ZH = re.compile(r"现在|如今|目前|眼下|当前|至今")
# 去年同期的3.1%, 去年同期净利润为7.5亿元; 比去年同期增长为 is a change.
_YEAR_EARLIER_ZH = re.compile(
    r"(?:上年|去年)同(?:期|月)(?:的|为|是|约)*$"
    r"|(?<![比较与同])(?:上年|去年)同(?:期|月)(?:[^,，。;；\d]{1,8}[为是]|"
    r"[则仅还只净]{0,2}(?:盈利|亏损|净利润|盈|亏|赚)了?)(?:约)?$"
    r"|(?:^|[,，。;；])[ ]?(?:而|但)?此?[前上]一年(?!度)[^,，。;；\d比较]{0,8}$"
    r"|[前上]一年(?:的|为|是|约)+$"
)
_OTHER_TIME_ZH = re.compile(
    r"(?:^|[,，。;；])[ ]?(?:而|但)?此?前一?个?(?:月|季度|季|周)[^,，。;；\d比较]{0,8}$"
    r"|前一?个?(?:月|季度|季|周)(?:的|为|是|约)+$"
)
_CLAUSE_EN = re.compile(r"[,;:()\n]|(?<=[ ])(?:and|but|while|whereas)[ ]")
_CLAUSE_ZH = re.compile(r"[,，;；:：()\n]")


def earlier(before: str, after: str, *, chinese: bool) -> str | None:
    """Which earlier time a number is stated for: ``year``, ``other``, or None for none.

    Args:
        before: The words of its sentence before it, folded.
        after: Those after it.
        chinese: The language.
    """
    if chinese:
        near = before[-24:]
        if _YEAR_EARLIER_ZH.search(near):
            return "year"
        return "other" if _OTHER_TIME_ZH.search(near) else None
    for pattern, when in ((_YEAR_EARLIER_EN, "year"), (_OTHER_TIME_EN, "other")):
        match = pattern.match(after[:48])
        # 30 cars, a year earlier it had sold 20: what begins a clause is that one's.
        if match is not None and not (after[0] == "," and _GOES_ON.match(after, match.end())):
            return when
    clause = last_clause(before, chinese=False)
    if _YEAR_EARLIER_FIRST.match(clause):
        return "year"
    return "other" if _OTHER_TIME_FIRST.match(clause) else None


_MONTH_EN = re.compile(
    r"(?:^|[^a-z])(?:[a-z]{3,}(?:est|iest)|best|worst|most [a-z]+|least [a-z]+|peak|record|single) "
    r"(?:single |calendar )?month(?![a-z])"
)
_MONTH_ZH = re.compile(r"最(?![近新后初])[^,，。;；\d]{1,5}的(?:那|这)?一?个?月|单月最|一个月最")


def picks_a_month(text: str) -> bool:
    """Whether a text speaks of one month by what it was: the busiest month, 最旺的那个月."""
    return _MONTH_EN.search(text) is not None or _MONTH_ZH.search(text) is not None


def same_of(after: str) -> str | None:
    """The year in whose same month or quarter a number is, by the words after it, if they say."""
    match = _SAME_OF_EN.match(after)
    return match["year"] if match is not None else None


def is_now(clause: str, *, chinese: bool) -> bool:
    """Whether a clause speaks of now: an earlier clause's date is not its own."""
    return (_NOW_ZH if chinese else _NOW_EN).search(clause) is not None


def last_clause(text: str, *, chinese: bool) -> str:
    """What a text says since its last comma, or since the word that joins a clause."""
    start = 0
    for match in (_CLAUSE_ZH if chinese else _CLAUSE_EN).finditer(text):
        start = match.end()
    return text[start:].strip()
