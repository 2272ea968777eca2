"""When a number holds, by the dates that its sentence states.

A date right after the number is its own (from 4.3% in October); else it holds in the last
date before it, or in the first one after it in its clause. A date that something began or
ends at (since 2001, due 2031) says nothing of when the number holds.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kaoju import time_words
from kaoju.figure_found import Found, View
from kaoju.figure_measures import Sentence
from kaoju.types import Dimension, Qualifier, Relation

_CLAUSE_END = re.compile(r"[,。!?;:()\n]|\.(?=\s)")
_RIGHT_AFTER = re.compile(
    r"(?: (?:a|per) (?:share|barrel|tonne|ounce))?(?: year[- ]on[- ]year| on year)?"
    r",? ?(?:in|for|during|at|on|by|of|as of|at the end of|by the end of|in the) (?:the |its )?"
    r"|[ ]?[(]|"
)
_ON_TO = re.compile(r",? to (?:(?:a|about|around|some|nearly|just|over|record) )*(?:[a-z]?[$€£¥])?")
_OF_NEXT = re.compile(r"[ ]?:|(?:年|年度)?(?:同期|同月)?[为:]")
_COMPARED_EN = re.compile(
    r"(?:compared (?:with|to)|versus|vs\.?|against|than|from)"
    r"(?: the| a| an| about| around| just)* $"
)
_COMPARED_ZH = re.compile(
    r"(?:高于|低于|超过|不及|前值|此前的?|原先的?|上月的?|前月的?|相比)(?:为|是|的|了)?$"
)
_COMPARED_DATE_ZH = re.compile(r"(?:[高低好优多少逊强弱]于|超过|不及|不如)$")
_BOUNDS = frozenset({Qualifier.OVER, Qualifier.AT_LEAST, Qualifier.UNDER, Qualifier.AT_MOST})
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
    lent: tuple[Found, Found | None] | None = None  # a base's date, and what held before it
    opened: int | None = None
    base: str | None = None
    for index, one in enumerate(figures):
        if opened is not None and ")" in view.lower[opened : one.start]:
            before, opened = outside, None
        if one.date is not None:
            if opened is None and view.lower.endswith(("(", "(in "), 0, one.start):
                outside, opened = before, one.end
            if one.zh and _COMPARED_DATE_ZH.search(view.lower[max(0, one.start - 3) : one.start]):
                lent = one, before
            if _carries(view, figures, own, one, before):
                before = one
            continue
        if one.dimension in _UNDATED or one.measure == "record":
            continue
        moved = None if index in own else _elsewhen(sentence, one, base)
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
                or _of_other_clause(view, before, one)
            )
            doubtful = doubtful or _was_before(view, before, one)
            if _holds(view, before) and not doubtful and not _before_change(figures, before, one):
                one.period = before.period
        else:
            later = next((t for t in timed if t.start > one.start and _holds(view, t)), None)
            gap = view.lower[one.end : later.start] if later is not None else ""
            if later is not None and not _CLAUSE_END.search(gap) and not time_words.is_of_base(gap):
                between = [f for f in figures if one.end <= f.start < later.start]
                if not any(f.relation is Relation.FROM for f in between):
                    one.period = later.period
        if base is None or one.relation in (Relation.LEVEL, Relation.TO):
            base = one.period
        if lent is not None and before is lent[0]:
            before, lent = lent[1], None


def _attached(view: View, figures: list[Found]) -> dict[int, Found]:
    """The dates that stand right after a number, by the number's place."""
    own: dict[int, Found] = {}
    for index, (one, following) in enumerate(pairwise(figures)):
        if one.date is not None or following.date is None or not _holds(view, following):
            continue
        if stands_right_after(view, one, following):
            own[index] = following
            if index and _led_to(view, figures[index - 1], one):
                own.setdefault(index - 1, following)
    return own


def _led_to(view: View, change: Found, level: Found) -> bool:
    """Whether a change is told with the level that it led to: rose 23% to 88 billion in May."""
    moved = change.relation is Relation.BY and level.relation is Relation.TO
    gap = view.lower[change.after : level.start]
    return moved and change.date is None and _ON_TO.fullmatch(gap) is not None


def stands_right_after(view: View, one: Found, timed: Found) -> bool:
    """Whether a date stands right after a number, as its own: 2.7 billion in 2024."""
    gap = view.lower[one.after : timed.start]
    if "(" in gap and _OF_NEXT.match(view.lower, timed.end):
        return False  # £918m (2024: £863m): the date is the second one's
    if one.zh:
        return gap.strip() == "("
    return _RIGHT_AFTER.fullmatch(gap) is not None and gap != ""


def _elsewhen(sentence: Sentence, one: Found, base: str | None) -> str | None:
    """The period of a number stated for another time: 2.8% a year earlier. "" says unknown."""
    lower = sentence.view.lower
    dates = [date.end for date in sentence.figures if date.date and date.end <= one.start]
    changed = not one.zh and one.relation in (Relation.BY, Relation.CHANGE)
    when = time_words.earlier(
        lower[max([sentence.start, *dates]) : one.start],
        "" if changed else lower[one.after : one.after + 48],
        chinese=one.zh,
    )
    if when is None:
        return None if one.zh else _elided_quarter(sentence, one)
    year = None if one.zh else time_words.same_of(lower[one.after : one.after + 48])
    if year is not None:
        return f"{year}{base[4:]}" if base and "/" not in base and base[:2] != "FY" else year
    return (_year_before(base) or "") if when == "year" else ""


_ELIDED = re.compile(
    r",? in the (?P<nth>first|second|third|fourth)"
    r"(?=[,.;:)]|$| (?:and|but|while|as|from|of)(?![a-z]))"
)
_QUARTERS = ("first", "second", "third", "fourth")
_QUARTER = re.compile(r"(?P<year>\d{4}|XXXX)-Q(?P<place>[1-4])")


def _elided_quarter(sentence: Sentence, one: Found) -> str | None:
    """The quarter that an ordinal alone tells: in the first quarter after 5% in the fourth."""
    told = _ELIDED.match(sentence.view.lower, one.after)
    if told is None:
        return None
    dates = [f.period or "" for f in sentence.figures if f.date and f.start != told.start("nth")]
    quarters = [match for period in dates if (match := _QUARTER.fullmatch(period))]
    if not quarters:
        return None
    year, place = quarters[0]["year"], _QUARTERS.index(told["nth"]) + 1
    if place > int(quarters[0]["place"]) and year.isdigit():
        year = f"{int(year) - 1:04}"
    return f"{year}-Q{place}"


def _of_other_clause(view: View, timed: Found, one: Found) -> bool:
    """Whether a date of a clause before is of it alone: 4月10日上市，每台售价; in April, now 5%."""
    if not _CLAUSE_END.search(view.lower[timed.end : one.start]):
        return False
    if time_words.is_planned(view.lower[max(0, timed.start - 60) : timed.start], chinese=timed.zh):
        return True
    clause = time_words.last_clause(view.lower[timed.end : one.start], chinese=one.zh)
    return time_words.is_now(clause, chinese=one.zh)


def _carries(
    view: View, figures: list[Found], own: dict[int, Found], timed: Found, before: Found | None
) -> bool:
    """Whether the numbers after a date hold in it, and no longer in the one before it."""
    if not _holds(view, timed) or _of_base(view, figures, own, timed):
        return False
    head = view.lower[max(0, timed.start - _REACH) : timed.start]
    tail = view.lower[timed.end : timed.end + 4]
    return before is None or not time_words.is_of_saying(head, tail, chinese=timed.zh)


def _of_base(view: View, figures: list[Found], own: dict[int, Found], timed: Found) -> bool:
    """Whether a date right after a number is of what another is held against.

    1.24 million visitors, against 1.31 million in 2024, and 16.8 million dollars: the last is not
    of 2024.
    """
    for index, date in own.items():
        one = figures[index]
        if date is timed and not one.zh and one.qualifier not in _BOUNDS:
            return _COMPARED_EN.search(view.lower[max(0, one.start - 16) : one.start]) is not None
    return False


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


def _was_before(view: View, timed: Found, one: Found) -> bool:
    """In May it fell from 5.0%: that is of some time before May, unlike from May's 5.0%."""
    if one.relation is not Relation.FROM:
        return False
    from_word = _FROM_ZH if one.zh else _FROM_EN
    return from_word.search(view.lower[timed.end : one.start]) is not None


def _of_start(own: dict[int, Found], group: list[Found], timed: Found, one: Found) -> bool:
    """From 84% in the first quarter to 79%: the date is the start's alone."""
    return one.relation is Relation.TO and any(
        date is timed and group[index].relation is Relation.FROM for index, date in own.items()
    )


def _holds(view: View, timed: Found) -> bool:
    """Whether a date says when a number holds: in 2024 does, since 2001 and due 2031 do not."""
    before = view.lower[max(0, timed.start - _REACH) : timed.start]
    after = view.lower[timed.end : timed.end + _AFTER]
    spans = timed.date is not None and timed.date.second is not None and not timed.zh
    if not spans and time_words.is_base(before, chinese=timed.zh):
        return False
    return not time_words.begins_or_ends(before, after, chinese=timed.zh)


_FROM_ZH, _FROM_EN = re.compile(r"[从由自]"), re.compile(r"(?:^|[^a-z])from[ ]")
_AFTER = 12  # characters after a date that say so
_REACH = 80  # characters before a date that say what it is of
