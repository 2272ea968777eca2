"""What the figure that another article states anew makes of a draft's: outdated, or disputed.

Two articles may give two values of one thing because the one is older, or because they disagree.
A value that is told as a change, or that comes later from the same body, replaces the one before
it; of one time, from two sources, neither does. What the other article says of things beside it,
`kaoju.restating` has put aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kaoju.alignment import Pair
from kaoju.contrasts import of_two_sides
from kaoju.draft_comparison import compare
from kaoju.frames import TIMED, Frame
from kaoju.judgement import Decided, same_number, threshold
from kaoju.lexicon import section
from kaoju.periods import days_of, other_length, periods_meet
from kaoju.speakers import Voice, same_voice, voice_of
from kaoju.succession import (
    DISPUTED,
    SAME_TIME,
    far_apart,
    is_of_now,
    revised_words,
    says_now,
    when,
)
from kaoju.tenses import is_expected, speaks_of_what_comes
from kaoju.text import fold
from kaoju.tokens import query_terms
from kaoju.types import Agreement, EntityKind, Relation, Status

_Row = tuple[Pair, Pair]  # what agrees with a draft, and what states it anew
_REPLACED = Decimal(10)  # times from which what comes later is something else
_RULES = {Status.OUTDATED: "newer_figure", Status.CONFLICTING_SOURCES: "sources_disagree"}


def retold(claim: Frame, support: Sequence[Pair]) -> Decided | None:
    """Outdated or conflicting, by what other articles state anew of the figures that agree.

    Args:
        claim: The draft's.
        support: The pairs that agree, the likeliest first.
    """
    every = [row for row in _rows(claim, support) if _differs(claim, *row)]
    later = [row for row in every if _is_later(*row)]
    if claim.figure.dimension in TIMED:
        return _told(claim, Status.OUTDATED, support, [row for row in later if _is_moved(*row)])
    now = is_of_now(claim)
    dated = now or _names_no_other_time(claim)
    revised = [
        row for row in later if _is_revised(row[1]) and (now or (dated and _of_one_period(*row)))
    ]
    if revised:
        return _told(claim, Status.OUTDATED, support, revised)
    disputed = [row for row in every if _disputes(*row)]
    if disputed and voice_of(claim) is None:
        return _told(claim, Status.CONFLICTING_SOURCES, support, disputed)
    return _told(claim, Status.OUTDATED, support, later if now else [])


def _told(
    claim: Frame, status: Status, support: Sequence[Pair], rows: Sequence[_Row]
) -> Decided | None:
    """The verdict by the newest of what is stated anew; None where nothing is."""
    if not rows:
        return None
    own, one = max(rows, key=lambda row: (when(row[1]), row[1].aligned))
    other = replace(own, evidence=one.evidence, comparison=compare(claim, one.evidence), anew=())
    pairs = (own, *(pair for pair in same_number(support) if pair is not own), other)
    return Decided(claim, status, _RULES[status], pairs, other)


def without_retold(pairs: Sequence[Pair], claim: Frame, support: Sequence[Pair]) -> list[Pair]:
    """The pairs but those that state anew what agrees: an older or newer value contradicts none.

    Where a draft names a period, one of another period may be what it should have said.
    """
    now = is_of_now(claim)
    anew = {_story(one) for own, one in _rows(claim, support) if now or _of_one_period(own, one)}
    return [pair for pair in pairs if _story(pair) not in anew]


def _story(pair: Pair) -> tuple[object, ...]:
    """What the tellings of one story in two languages share: the day and the number."""
    figure = pair.evidence.figure
    return pair.evidence.statement.published_on, figure.value, figure.unit


def _rows(claim: Frame, support: Sequence[Pair]) -> Iterator[_Row]:
    """What agrees beside the figure of each other article that surely is of the same thing."""
    for own in support:
        seen: set[str] = set()
        for one in own.anew:  # the likeliest come first
            article = one.evidence.statement.document_id
            sure = one.aligned >= threshold("anew") and article not in seen
            if sure and _of_one_thing(own, one) and _of_one_story(claim, own, one):
                seen.add(article)
                yield own, one


def _of_one_story(claim: Frame, own: Pair, one: Pair) -> bool:
    """Whether two articles are about the same, of what a draft's sentence is about.

    A name of the draft stands in both; or, where names tell nothing, they share some of their own
    and words of their titles. That Calder and Westmoor both earned more says nothing.
    """
    first, second = own.evidence.statement, one.evidence.statement
    heard = [h.articles for h in claim.statement.heard if first.document_id in h.articles]
    if any(second.document_id in articles for articles in heard):
        return True
    known = bool(first.everywhere & second.everywhere)
    titles = [frozenset(query_terms(s.title, characters=False)) for s in (first, second)]
    shared = len(titles[0] & titles[1])
    if known:
        return shared >= (_TITLED if heard else 1)
    said = claim.statement.terms & first.topic
    if shared < _TITLED or (heard and not said):
        return False
    return len(said & second.topic) >= _SAID * len(said)


_TITLED = 2  # words of its title that an article shares with another on the same
_SAID = 0.6  # of the words that a draft has of an article's, in the other as well


def _of_one_thing(own: Pair, one: Pair) -> bool:
    """Whether nothing speaks against two figures being of one thing.

    They are of two sides, of two lengths of time, a forecast and a fact, or too far apart.
    """
    first, second = own.evidence, one.evidence
    if first.period and second.period and other_length(first.period, second.period):
        return False
    timed = first.figure.dimension in TIMED  # of days some are planned, some are moved
    if not timed and (_is_forecast_of(first, second) or _is_forecast_of(second, first)):
        return False
    if far_apart(own, one, _REPLACED):
        return False
    return not of_two_sides(first, second)


def _is_forecast_of(one: Frame, other: Frame) -> bool:
    """Whether one is expected where the other's sentence speaks of nothing that is to come."""
    return is_expected(one) and not speaks_of_what_comes(other.statement.text)


def _differs(claim: Frame, own: Pair, one: Pair) -> bool:
    """Whether a draft's figure does not hold for what is stated anew."""
    found = compare(claim, one.evidence)
    if found.relation is Agreement.DIFFERENT:
        return True
    return found.rule == "rounding" and own.comparison.rule == "equal"


def _names_no_other_time(claim: Frame) -> bool:
    """Whether the only time that a draft names is the one that its figure holds for."""
    return {f.period for f in claim.statement.figures if f.dimension in TIMED} == {claim.period}


# What comes later -----------------------------------------------------------------------------


def _is_later(own: Pair, one: Pair) -> bool:
    """Whether an article came out after another and does not speak of a time before it."""
    first, second = (p.evidence.statement.published_on for p in (own, one))
    if first is None or second is None or second <= first:
        return False
    return own.claim.figure.dimension in TIMED or when(one) >= when(own)


def _is_revised(one: Pair) -> bool:
    """Whether a figure is told as another value of what was told before."""
    return revised_words().search(fold(one.evidence.clause).text) is not None


def _is_moved(own: Pair, one: Pair) -> bool:
    """Whether a later article puts what was still to come on another day, and says so."""
    days = days_of(own.evidence.figure.period or "")
    published = own.evidence.statement.published_on
    if days is None or published is None or days[1] < published:
        return False
    return _moved_words().search(fold(one.evidence.statement.text).text) is not None


@cache
def _moved_words() -> re.Pattern[str]:
    return re.compile(str(section("checking", "past")["moved"]))


# What disagrees -------------------------------------------------------------------------------


def _disputes(own: Pair, one: Pair) -> bool:
    """Whether two sources give two values of one thing, neither as a change of the other."""
    if not _of_one_time(own, one) or far_apart(own, one, DISPUTED):
        return False
    at_once = _of_one_period(own, one)
    if not at_once and any(
        p.evidence.figure.relation is Relation.TO or says_now(p.evidence) for p in (own, one)
    ):
        return False  # it has become so
    first, second = voice_of(own.evidence), voice_of(one.evidence)
    if first is not None and second is not None:
        return not _one_voice(first, second)
    # Of one month, quarter or year there is one value; else somebody must answer for one.
    return at_once or first is not None or second is not None


def _one_voice(one: Voice, other: Voice) -> bool:
    """Whether two speakers are one: bodies of one city begin alike and are two."""
    if {one.kind, other.kind} == {EntityKind.PERSON}:
        return same_voice(one, other)
    if one.entity_id is not None and one.entity_id == other.entity_id:
        return True
    first, second = fold(one.name).text, fold(other.name).text
    return first in second or second in first


def _of_one_time(own: Pair, one: Pair) -> bool:
    """Whether two figures are of one period, or of none and told at about one time."""
    if _period(own.evidence) and _period(one.evidence):
        return _of_one_period(own, one)
    first, second = (p.evidence.statement.published_on for p in (own, one))
    return first is not None and second is not None and abs(first - second) <= SAME_TIME


def _of_one_period(own: Pair, one: Pair) -> bool:
    first, second = _period(own.evidence), _period(one.evidence)
    if not first or not second:
        return False
    return periods_meet(first, second) and not other_length(first, second)


def _period(one: Frame) -> str | None:
    """When a figure holds, by its own sentence or by the ones before it."""
    if one.period is not None or any(f.dimension in TIMED for f in one.statement.figures):
        return one.period
    return one.statement.carried
