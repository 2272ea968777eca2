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
from kaoju.figure_measures import Sentence, sentences
from kaoju.figure_measures_en import place_en
from kaoju.figure_measures_zh import place_zh
from kaoju.figure_periods import hold, stands_right_after
from kaoju.figure_qualifiers import qualify
from kaoju.figure_relations import join, read_growth, relate, restate
from kaoju.lexicon import words
from kaoju.types import Dimension

# On the text with its case: a full stop ends a sentence before a capital, a Chinese word, a line
# end or the end, unless an abbreviation or an initial stands before it.
_SHORT = (
    *("Mr", "Ms", "Mrs", "Dr", "St", "No", "Inc", "Corp"),
    *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
)
_SENTENCE_END = re.compile(
    r"[。!?;\n]|\.(?<![A-Z.]\.)"
    + "".join(rf"(?<!{word}\.)" for word in _SHORT)
    + r"(?=[\"')\]]{0,2}(?:[ ]{1,3}[A-Z\"'(]|[ ]{1,3}[\u4e00-\u9fff]|\s*$))"
)


def settle(view: View, reference: date | None) -> list[Found]:
    """The figures of a view with what surrounds them, in order, none overlapping."""
    kept = _ordered(view.found)
    sentence_ends = _ends(view.cased)
    kept = share_units(view, kept, sentence_ends)
    kept = join_rates(view, kept)
    _date(view, kept, reference, sentence_ends)
    _place(view, kept, sentence_ends)
    for sentence in sentences(view, kept, sentence_ends):
        hold(sentence)
        _name_measures(sentence)
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


def _share_zones(view: View, found: list[Found], ends: list[int]) -> None:
    """Starts at 16:00 and ends at 24:00 (UTC+8): the zone printed last holds for both.

    What is told again in another zone keeps its own: 12:00 in London (20:00 in Beijing).
    """
    later: Found | None = None
    for one in reversed(found):
        if one.date is None or one.date.moment.clock is None:
            continue
        if later is not None and later.date is not None and one.date.moment.zone is None:
            zone = later.date.moment.zone
            apart = any(one.end <= end <= later.start for end in ends)
            apart = apart or _AGAIN.search(view.lower[one.end : later.start]) is not None
            if zone is not None and not apart:
                one.date = replace(one.date, moment=replace(one.date.moment, zone=zone))
        later = one


_AGAIN = re.compile(r"^[^()]{0,4}[(][^()]{0,12}$")


def _date(view: View, found: list[Found], reference: date | None, ends: list[int]) -> None:
    _share_zones(view, found, ends)
    context: dates.Moment | None = None
    sentence = 0
    previous: Found | None = None
    for one in found:
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
            context = previous = None
        number, previous = previous, one
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
            # 2.7 billion in 2024 and 640 million at the end of June: of another year, perhaps.
            bare = moment.month is None and number is not None and number.date is None
            own = bare and number is not None and stands_right_after(view, number, one)
            near = view.lower[max(begin, one.start - _REACH) : one.start]
            past = not one.zh and _OF_EVENT.search(near) is not None
            context = None if own or past else moment


# The worst day since its listing in 2017: later months and quarters are of no such year.
_REACH = 60  # characters before a year that say of what event it is
_OF_EVENT = re.compile(r"(?:^|[^a-z])since[ ](?:its|their|his|her|the)[ ](?:[a-z-]+[ ]){1,3}in[ ]$")


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
                join(one, previous)
            if one.dimension is Dimension.MULTIPLE:
                read_growth(one, before, after)
        previous = one


_UNMEASURED = frozenset({Dimension.DATE, Dimension.TIME, Dimension.ORDINAL, Dimension.SCORE})


def _name_measures(sentence: Sentence) -> None:
    for index, one in enumerate(sentence.figures):
        if one.dimension in _UNMEASURED or one.measure is not None:
            continue
        (place_zh if one.zh else place_en)(sentence, one, index)
