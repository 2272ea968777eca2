"""The words around figures: how firmly, which way, of what, when.

`settle` takes the figures as the readers found them and gives each what its surroundings
say: a unit that a list shares, the qualifier (近, at least), whether it is a level or a
change and which way it goes, the period, per what, of what, and the measure and subject it
belongs to. Numbers that turn out to state nothing are dropped here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from kaoju import dates
from kaoju.figure_bare import TIMED, join_rates, share_units
from kaoju.figure_found import Found, View
from kaoju.figure_qualifiers import qualify
from kaoju.figure_relations import printed, read_growth, relate, restate
from kaoju.lexicon import words
from kaoju.types import Dimension, Relation

# On the text with its case: a full stop ends a sentence before a capital, a line end or the
# end, unless an abbreviation or an initial stands before it.
_SHORT = (
    *("Mr", "Ms", "Mrs", "Dr", "St", "No", "Inc", "Corp"),
    *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
)
_SENTENCE_END = re.compile(
    r"[。!?;\n]|\.(?<![A-Z.]\.)"
    + "".join(rf"(?<!{word}\.)" for word in _SHORT)
    + r"(?=[\"')\]]{0,2}(?:[ ]{1,3}[A-Z\"'(]|\s*$))"
)
_CLAUSE_END = re.compile(r"[,。!?;:()\n]|\.(?=\s)")


def settle(view: View, reference: date | None) -> list[Found]:
    """The figures of a view with what surrounds them, in order, none overlapping."""
    kept = _ordered(view.found)
    sentence_ends = _ends(view.cased)
    kept = share_units(view, kept, sentence_ends)
    kept = join_rates(view, kept)
    _date(view, kept, reference, sentence_ends)
    _place(view, kept, sentence_ends)
    return kept


def _ordered(found: list[Found]) -> list[Found]:
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
    return kept


def _ends(text: str) -> list[int]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    ends.append(len(text))
    return ends


@cache
def _future() -> tuple[re.Pattern[str], re.Pattern[str]]:
    zh = "|".join(map(re.escape, words("relations", "zh", "future", "words")))
    en = "|".join(map(re.escape, words("relations", "en", "future", "words")))
    return re.compile(zh), re.compile(rf"(?<![a-z])(?:{en})(?![a-z])")


def _share_zones(found: list[Found], ends: list[int]) -> None:
    """Starts at 16:00 and ends at 24:00 (UTC+8): the zone printed last holds for both."""
    later: Found | None = None
    for one in reversed(found):
        if one.date is None or one.date.moment.clock is None:
            continue
        if later is not None and later.date is not None and one.date.moment.zone is None:
            zone = later.date.moment.zone
            apart = any(one.end <= end <= later.start for end in ends)
            if zone is not None and not apart:
                one.date = replace(one.date, moment=replace(one.date.moment, zone=zone))
        later = one


def _date(view: View, found: list[Found], reference: date | None, ends: list[int]) -> None:
    _share_zones(found, ends)
    context: dates.Moment | None = None
    sentence = 0
    for one in found:
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
            context = None
        if one.date is None:
            continue
        begin = ends[sentence - 1] if sentence else 0
        window = (
            view.lower[max(begin, one.start - 40) : one.start] + view.lower[one.end : one.end + 16]
        )
        ahead = _future()[0 if one.zh else 1].search(window) is not None
        one.period = dates.period_of(one.date, reference, context, future=ahead)
        moment = dates.resolve(one.date.moment, reference, context, future=ahead)
        one.dimension = Dimension.TIME if one.date.timed else Dimension.DATE
        if moment.year is not None:
            context = moment


@cache
def _measures(language: str) -> re.Pattern[str]:
    listed = words("measures", language, "words")
    every = "|".join(re.escape(w.lower()) for w in sorted(listed, key=len, reverse=True))
    return re.compile(every if language == "zh" else rf"(?<![a-z])(?:{every})(?![a-z])")


def _place(view: View, found: list[Found], ends: list[int]) -> None:
    lower = view.lower
    sentence = 0
    previous: Found | None = None
    for index, one in enumerate(found):
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
            previous = None
        begin = ends[sentence - 1] if sentence else 0
        finish = ends[sentence]
        floor = max(begin, previous.end if previous is not None else 0)
        following = found[index + 1].start if index + 1 < len(found) else finish
        if one.dimension not in TIMED:
            before = lower[max(floor, one.start - 40) : one.start]
            after = lower[one.after : min(finish, max(following, one.after), one.after + 40)]
            if one.dimension is not Dimension.ORDINAL:
                qualify(view, one, before, after, begin)
                relate(view, one, before, after, max(begin, one.start - 80), previous)
                restate(view, one, previous)
                _measure(view, one, begin, finish)
            if one.dimension is Dimension.MULTIPLE:
                read_growth(one, before, after)
        previous = one
    _periods(view, found, ends)


_NO_SUBJECT_ZH = re.compile(
    r"[\d将会在了被与和占约年季月日自起该其此各这那较比为是有不上下高低至到从]|宣布|核销|累计|"
    r"同比|环比|最低|调整|核心"
)


def _measure(view: View, one: Found, begin: int, finish: int) -> None:
    if one.measure is not None:
        return
    lower = view.lower
    pattern = _measures("zh" if one.zh else "en")
    start = max(begin, one.start - 60)
    window = lower[start : one.start]
    last: re.Match[str] | None = None
    for match in pattern.finditer(window):
        if one.share_of is None or match.group() != one.share_of.lower():
            last = match
    if last is None:
        if not one.zh:
            match_after = pattern.search(lower[one.after : min(finish, one.after + 40)])
            if (
                match_after is not None
                and "," not in lower[one.after : one.after + match_after.start()]
            ):
                one.measure = printed(
                    view, one.after + match_after.start(), one.after + match_after.end()
                )
        return
    one.measure = printed(view, start + last.start(), start + last.end())
    if one.zh:
        lead = lower[start : start + last.start()]
        lead = re.split(r"[,，。;；:：\n、]", lead)[-1].removesuffix("的")
        lead = re.sub(r"^(?:年度|当前|目前|今年|去年|截至)", "", lead)
        lead = re.sub(r"(?:年度|全年|当前|目前|今年|去年)$", "", lead)
        if 2 <= len(lead) <= 8 and not _NO_SUBJECT_ZH.search(lead):
            one.subject = lead
    else:
        name = None
        for found in re.finditer(
            r"[A-Z][A-Za-z&.'-]*(?: [A-Z][A-Za-z&.'-]*){0,4}",
            view.cased[start : start + last.start()],
        ):
            name = found
        if name is not None:
            text = name.group().removesuffix("'s")
            opening = name.start() == 0 and start == begin and " " not in text
            if opening and not name.group().endswith("'s") and not text.isupper():
                return
            if text not in ("The", "A", "An", "In", "It", "Its", "This", "That"):
                one.subject = text.removeprefix("The ")


def _periods(view: View, found: list[Found], ends: list[int]) -> None:
    """A number holds in the period its sentence names, if it names one."""
    sentence = 0
    groups: dict[int, list[Found]] = {}
    for one in found:
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
        groups.setdefault(sentence, []).append(one)
    for group in groups.values():
        timed = [one for one in group if one.date is not None]
        if not timed:
            continue
        for one in group:
            if one.date is not None:
                continue
            earlier = [t for t in timed if t.start < one.start]
            later = [t for t in timed if t.start > one.start and _holds(view, t)]
            if earlier:
                if _holds(view, earlier[-1]) and not _before_change(group, earlier[-1], one):
                    one.period = earlier[-1].period
            elif later and not _CLAUSE_END.search(view.lower[one.end : later[0].start]):
                one.period = later[0].period


def _before_change(group: list[Found], timed: Found, one: Found) -> bool:
    """从2022年6月的9.1%回落至3%: the date is that of the 9.1%, not of the 3%."""
    return one.relation is Relation.TO and any(
        other.relation is Relation.FROM and timed.start < other.start < one.start for other in group
    )


_SINCE_ZH = re.compile(r"[ ]?(?:以来|来|起|之后|以后)")
_SINCE_EN = re.compile(r"(?:^|[^a-z])(?:since|due|until|through|after|before)[ ](?:the )?$")


def _holds(view: View, timed: Found) -> bool:
    """Whether a date says when a number holds: in 2024 does, since 2001 and due 2031 do not."""
    if timed.zh:
        return _SINCE_ZH.match(view.lower[timed.end : timed.end + 4]) is None
    return _SINCE_EN.search(view.lower[max(0, timed.start - 12) : timed.start]) is None
