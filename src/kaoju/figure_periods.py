"""When a number holds, by the dates that its sentence states.

A date right after the number is its own (from 4.3% in October); else it holds in the last
date before it, or in the first one after it in its clause. A date that something began or
ends at (since 2001, due 2031) says nothing of when the number holds.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kaoju.figure_found import Found, View
from kaoju.figure_measures import Sentence
from kaoju.types import Dimension, Relation

_CLAUSE_END = re.compile(r"[,。!?;:()\n]|\.(?=\s)")
_SINCE_ZH = re.compile(r"[ ]?(?:以来|来|起|之后|以后)")
_SINCE_EN = re.compile(
    r"(?:^|[^a-z])(?:since|due|until|through|after|before|months to)[ ](?:the )?$"
)
_BASE_ZH = re.compile(r"[比较][于照]?$")  # 比去年同月多, 较年初增长
_AGAINST_EN = re.compile(r"(?:^|[^a-z])(?:from|than in|than|with|versus)[ ](?:the )?$")
_RIGHT_AFTER = re.compile(
    r"(?: (?:a|per) (?:share|barrel|tonne|ounce))?(?: year[- ]on[- ]year| on year)?"
    r",? ?(?:in|for|during|at|on|by|of|as of|at the end of|by the end of|in the) (?:the |its )?"
    r"|[ ]?[(]|"
)
_OF_NEXT = re.compile(r"[ ]?:|(?:年|年度)?(?:同期|同月)?[为:]")
_COMPARED_EN = re.compile(
    r"(?:compared (?:with|to)|versus|vs\.?|against|than|from)"
    r"(?: the| a| an| about| around| just)* $"
)
_COMPARED_ZH = re.compile(
    r"(?:高于|低于|超过|不及|前值|此前的?|原先的?|上月的?|前月的?|相比)(?:为|是|的|了)?$"
)
_YEAR_EARLIER_EN = re.compile(
    r",? (?:in |of )?(?:a|the) year (?:earlier|ago|before)|,? (?:in |of )?the (?:same|year-earlier|"
    r"year-ago|corresponding) (?:period|month|quarter)"
)
# 去年同期的3.1%, 去年同期净利润为7.5亿元; 比去年同期增长为 is a change.
_YEAR_EARLIER_ZH = re.compile(
    r"(?:上年|去年)同(?:期|月)(?:的|为|是|约)*$"
    r"|(?<![比较与同])(?:上年|去年)同(?:期|月)[^,，。;；\d]{1,8}[为是](?:约)?$"
)
_OTHER_TIME_EN = re.compile(
    r",? (?:in )?(?:the|a) (?:previous|prior|preceding) (?:month|quarter|week|day|three months)|"
    r",? (?:a |the )?(?:month|quarter|week|day) (?:earlier|ago|before)|,? previously|"
    r",? before(?![ ]\w)"
)
_UNDATED = frozenset({Dimension.TENOR, Dimension.ORDINAL})


def hold(sentence: Sentence) -> None:
    """Set the period of every number of a sentence that states one for it."""
    view, figures = sentence.view, sentence.figures
    timed = [one for one in figures if one.date is not None]
    if not timed:
        return
    own = _attached(view, figures)
    before: Found | None = None
    outside: Found | None = None  # what held before a bracket was opened
    opened: int | None = None
    base: str | None = None
    for index, one in enumerate(figures):
        if opened is not None and ")" in view.lower[opened : one.start]:
            before, opened = outside, None
        if one.date is not None:
            if opened is None and view.lower[: one.start].endswith(("(", "(in ")):
                outside, opened = before, one.end
            before = one if _holds(view, one) else before
            continue
        if one.dimension in _UNDATED or one.measure == "record":
            continue
        moved = _elsewhen(view, one, base)
        if moved is not None:
            one.period = moved or None
            continue
        compared = (_COMPARED_ZH if one.zh else _COMPARED_EN).search(
            view.lower[max(0, one.start - 16) : one.start]
        )
        if index in own:
            one.period = own[index].period
        elif before is not None:
            taken = any(date is before for date in own.values()) and bool(compared)
            directly = view.lower[before.end : one.start].strip("的约为 ") == ""
            doubtful = (
                taken
                or (compared and one.zh and not directly)
                or _of_start(own, figures, before, one)
            )
            if _holds(view, before) and not doubtful and not _before_change(figures, before, one):
                one.period = before.period
        else:
            later = next((t for t in timed if t.start > one.start and _holds(view, t)), None)
            if later is not None and not _CLAUSE_END.search(view.lower[one.end : later.start]):
                between = [f for f in figures if one.end <= f.start < later.start]
                if not any(f.relation is Relation.FROM for f in between):
                    one.period = later.period
        if base is None or one.relation in (Relation.LEVEL, Relation.TO):
            base = one.period


def _attached(view: View, figures: list[Found]) -> dict[int, Found]:
    """The dates that stand right after a number, by the number's place."""
    own: dict[int, Found] = {}
    for index, (one, following) in enumerate(pairwise(figures)):
        if one.date is not None or following.date is None or not _holds(view, following):
            continue
        gap = view.lower[one.after : following.start]
        if "(" in gap and _OF_NEXT.match(view.lower, following.end):
            continue  # £918m (2024: £863m): the date is the second one's
        if one.zh:
            joined = gap.strip() == "("
        else:
            joined = _RIGHT_AFTER.fullmatch(gap) is not None and gap != ""
        if joined:
            own[index] = following
    return own


def _elsewhen(view: View, one: Found, base: str | None) -> str | None:
    """The period of a number stated for another time: 2.8% a year earlier. "" says unknown."""
    lower = view.lower
    if one.zh:
        if not _YEAR_EARLIER_ZH.search(lower[max(0, one.start - 16) : one.start]):
            return None
    else:
        after = lower[one.after : one.after + 48]
        if one.relation in (Relation.BY, Relation.CHANGE):
            return None
        if _OTHER_TIME_EN.match(after):
            return ""
        if not _YEAR_EARLIER_EN.match(after):
            return None
    return _year_before(base) or ""


def _year_before(period: str | None) -> str | None:
    if period is None:
        return None
    return (
        "/".join(
            f"{int(part[:4]) - 1:04}{part[4:]}"
            if part[:4].isdigit() and int(part[:4]) > 1
            else part
            for part in period.split("/")
        )
        if all(part[:4].isdigit() and part[4:] != "-02-29" for part in period.split("/"))
        else None
    )


def _before_change(group: list[Found], timed: Found, one: Found) -> bool:
    """从2022年6月的9.1%回落至3%: the date is that of the 9.1%, not of the 3%."""
    return one.relation is Relation.TO and any(
        other.relation is Relation.FROM and timed.start < other.start < one.start for other in group
    )


def _of_start(own: dict[int, Found], group: list[Found], timed: Found, one: Found) -> bool:
    """From 84% in the first quarter to 79%: the date is the start's alone."""
    return one.relation is Relation.TO and any(
        date is timed and group[index].relation is Relation.FROM for index, date in own.items()
    )


def _holds(view: View, timed: Found) -> bool:
    """Whether a date says when a number holds: in 2024 does, since 2001 and due 2031 do not."""
    if timed.zh:
        if _BASE_ZH.search(view.lower[max(0, timed.start - 2) : timed.start]):
            return False
        return _SINCE_ZH.match(view.lower[timed.end : timed.end + 4]) is None
    before = view.lower[max(0, timed.start - 12) : timed.start]
    if timed.date is not None and timed.date.second is None and _AGAINST_EN.search(before):
        return False
    return _SINCE_EN.search(before) is None
