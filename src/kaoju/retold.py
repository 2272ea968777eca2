"""What the figure that articles state anew makes of a draft's: outdated, or disputed.

Two articles may give two values of one thing because the one is older, or because they disagree.
How surely the one states the other anew, `kaoju.restating` says. A draft of now is outdated by
what came later, one that speaks of the earlier time is not: which of both, learned weights tell
(``scripts/learn_restating.py``). Of one time, from two sources, neither value replaces the other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kaoju.alignment import Pair, weights
from kaoju.draft_comparison import compare
from kaoju.frames import TIMED, Frame, frame
from kaoju.judgement import Decided, odds, same_number, threshold
from kaoju.lexicon import section
from kaoju.periods import days_of, other_length, periods_meet
from kaoju.speakers import Voice, same_voice, voice_of
from kaoju.succession import (
    DISPUTED,
    SAME_TIME,
    far_apart,
    is_of_now,
    is_past,
    says_now,
    says_then,
)
from kaoju.text import fold
from kaoju.types import Agreement, EntityKind, Relation, Status

Row = tuple[Pair, Pair]  # what agrees with a draft, and what states it anew
OUTDATED = "outdated"  # the table of the learned weights
# What is weighed of the two figures of articles; see `kaoju.restating`.
OF_ARTICLES = (
    "inside",
    "same_sentence",
    "later",
    "earlier",
    "soon",
    "revised",
    "becomes",
    "now",
    "repeated",
    "periods_meet",
    "voices",
    "voices_differ",
    "one_voice",
    "gap",
    "everywhere",
    "expected",
)
# What is weighed of the draft beside them.
OF_DRAFTS = (
    "likely",
    "own_past",
    "draft_now",
    "draft_then",
    "draft_open",
    "draft_past",
    "draft_voice",
    "draft_of_own",
    "draft_of_one",
    "later_open",
    "revised_of_own",
    "own_aligned",
    "one_aligned",
)
_RULES = {Status.OUTDATED: "newer_figure", Status.CONFLICTING_SOURCES: "sources_disagree"}
_SUREST = 6.0  # log odds beyond which it does not matter how sure
_LOOSE = ("rounding", "bound")  # what keeps a draft's number though it is another now
TOP = 6  # of what may state a figure anew, the likeliest that are weighed
_REPLACED = Decimal(10)  # times from which a later number is of another thing


def retold(claim: Frame, support: Sequence[Pair], pairs: Sequence[Pair] = ()) -> Decided | None:
    """Outdated or conflicting, by what articles state anew of the figures that agree.

    Args:
        claim: The draft's.
        support: The pairs that agree, the likeliest first.
        pairs: All pairs of the draft's figure.
    """
    every = anew_of(claim, support)
    if claim.figure.dimension in TIMED:
        return told_anew(claim, Status.OUTDATED, support, [r for r in every if _is_moved(*r)])
    replaced = [
        row
        for row in every
        if not _tells_of_both(claim, row[1])
        and (
            _is_revised(claim, *row)
            or (
                outdates(row, claim, pairs) >= threshold("outdated")
                and not far_apart(*row, _REPLACED)
                and not (_speak_apart(*row) and _disputes(*row))
            )
        )
    ]
    if replaced:
        return told_anew(claim, Status.OUTDATED, support, replaced)
    disputed = [row for row in every if _is_sure(row[1]) and _disputes(*row)]
    disputed += [
        (own, one)
        for own in support
        for one in own.anew
        if differs(claim, own, one) and _is_disputed_beside(own, one)
    ]
    if disputed and voice_of(claim) is None:
        return told_anew(claim, Status.CONFLICTING_SOURCES, support, disputed)
    return None


def told_anew(
    claim: Frame, status: Status, support: Sequence[Pair], rows: Sequence[Row]
) -> Decided | None:
    """The verdict by the likeliest of what is stated anew; None where nothing is."""
    if not rows:
        return None
    own, one = max(rows, key=lambda row: row[1].score)
    other = replace(own, evidence=one.evidence, comparison=compare(claim, one.evidence), anew=())
    pairs = (own, *(pair for pair in same_number(support) if pair is not own), other)
    return Decided(claim, status, _RULES[status], pairs, other)


def without_retold(pairs: Sequence[Pair], claim: Frame, support: Sequence[Pair]) -> list[Pair]:
    """The pairs but those that state anew what agrees: an older or newer value contradicts none.

    Where a draft names a period, one of another period may be what it should have said.
    """
    now = is_of_now(claim)
    anew = {
        _story(one)
        for own, one in anew_of(claim, support)
        if _is_sure(one) and (now or _of_one_period(own, one))
    }
    return [pair for pair in pairs if _story(pair) not in anew]


def _story(pair: Pair) -> tuple[object, ...]:
    """What the tellings of one story in two languages share: the day and the number."""
    figure = pair.evidence.figure
    return pair.evidence.statement.published_on, figure.value, figure.unit


def anew_of(claim: Frame, support: Sequence[Pair]) -> list[Row]:
    """What agrees beside what may state it anew and a draft's figure does not hold for."""
    return [
        (own, one)
        for own in support
        for one in own.anew[:TOP]
        if differs(claim, own, one) and not _is_kept(claim, one)
    ]


def _is_kept(claim: Frame, one: Pair) -> bool:
    """Whether the sentence that states another number says that a draft's stays for some.

    The fee drops to 3%, and Gold members keep 2.5%.
    """
    told = one.evidence.statement
    for figure in told.figures:
        if figure.value != claim.figure.value or figure.unit != claim.figure.unit:
            continue
        beside = frame(told, figure)
        kept = _keeping().search(fold(beside.scope.of(told.text)).text) is not None
        if kept and figure.span != one.evidence.figure.span and not is_past(beside):
            return True
    return False


@cache
def _keeping() -> re.Pattern[str]:
    return re.compile(str(section("checking", "past")["kept"]))


def differs(claim: Frame, own: Pair, one: Pair) -> bool:
    """Whether a draft's figure does not hold for what is stated anew."""
    found = compare(claim, one.evidence)
    if found.relation is Agreement.DIFFERENT:
        return True
    return found.rule in _LOOSE and own.comparison.rule == "equal"


def _is_sure(one: Pair) -> bool:
    """Whether a figure of another article surely states one anew."""
    return one.score >= threshold("anew") and not one.features.get("inside")


def _tells_of_both(claim: Frame, one: Pair) -> bool:
    """Whether a draft states the other value itself: it tells of the change."""
    other = one.evidence.figure
    return any(f.value == other.value and f.unit == other.unit for f in claim.statement.figures)


# What comes later -----------------------------------------------------------------------------


def outdates(row: Row, claim: Frame, pairs: Sequence[Pair]) -> float:
    """How surely a figure stated anew has replaced a draft's, 0 to 1, by the learned weights."""
    weight = weights(OUTDATED)
    told = features_of(row, claim, pairs)
    total = weight["bias"] + math.fsum(weight[name] * value for name, value in told.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _is_revised(claim: Frame, own: Pair, one: Pair) -> bool:
    """Whether an article says of the period that a draft names that the value is another."""
    told = one.features
    corrected = one.score >= threshold("corrected") and _is_corrected(one)
    return (
        (corrected or (_is_sure(one) and bool(told.get("revised"))))
        and bool(told.get("later"))
        and not told.get("two_sides")
        and (is_of_now(claim) or _names_no_other_time(claim))
        and _of_one_period(own, one)
    )


def _is_corrected(one: Pair) -> bool:
    """Whether a sentence says outright that what was published before was wrong."""
    return _correcting().search(fold(one.evidence.statement.text).text) is not None


@cache
def _correcting() -> re.Pattern[str]:
    return re.compile(str(section("checking", "past")["corrected"]))


def _names_no_other_time(claim: Frame) -> bool:
    """Whether the only time that a draft names is the one that its figure holds for."""
    return {f.period for f in claim.statement.figures if f.dimension in TIMED} == {claim.period}


def features_of(row: Row, claim: Frame, pairs: Sequence[Pair]) -> Mapping[str, float]:
    """What tells whether a figure stated anew replaces a draft's."""
    own, one = row
    told = one.features
    open_ = float(is_of_now(claim))
    of_own = float(_is_of_period(claim, own.evidence))
    likely = math.log(max(1e-9, odds(one.score)))
    beside = [p.aligned for p in pairs if _is_same(p.evidence, one.evidence)]
    return {
        **{name: told.get(name, 0.0) for name in OF_ARTICLES},
        "likely": max(-_SUREST, min(_SUREST, likely)),
        "own_past": float(is_past(own.evidence)),
        "draft_now": float(says_now(claim)),
        "draft_then": float(claim.former or says_then(claim)),
        "draft_open": open_,
        "draft_past": float(_past().search(fold(claim.statement.text).text) is not None),
        "draft_voice": float(voice_of(claim) is not None),
        "draft_of_own": of_own,
        "draft_of_one": float(_is_of_period(claim, one.evidence)),
        "later_open": told.get("later", 0.0) * open_,
        "revised_of_own": max(told.get("revised", 0.0), told.get("becomes", 0.0)) * of_own,
        "own_aligned": own.aligned,
        "one_aligned": max(beside, default=0.0),
    }


def _is_same(one: Frame, other: Frame) -> bool:
    return (
        one.figure.span == other.figure.span
        and one.statement.document_id == other.statement.document_id
    )


def _is_of_period(claim: Frame, other: Frame) -> bool:
    """Whether a draft names the period that an article's figure is of."""
    spoken = other.period or other.statement.carried
    return claim.period is not None and spoken is not None and periods_meet(claim.period, spoken)


@cache
def _past() -> re.Pattern[str]:
    return re.compile(str(section("checking", "past")["tense"]))


def _is_moved(own: Pair, one: Pair) -> bool:
    """Whether a later article puts what was still to come on another day, and says so."""
    if not _is_sure(one) or not one.features.get("later"):
        return False
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


def _is_disputed_beside(own: Pair, one: Pair) -> bool:
    """Whether the words between two figures that stand together give the second to somebody else.

    He said 1,840 people belong to it; the company puts the number at 1,520.
    """
    told = one.features
    if not told.get("inside") or told.get("two_sides") or far_apart(own, one, DISPUTED):
        return False
    if told.get("measure_conflict") or told.get("subject_conflict"):
        return False
    first, second = sorted((own.evidence, one.evidence), key=lambda f: f.figure.span)
    between = second.figure.span.start - first.figure.span.end
    if second.statement.span.start - first.statement.span.end > _BESIDE:
        return False
    text = second.statement.text
    at = second.figure.span.start - second.statement.span.start
    after = fold(text[max(0, at - between) :]).text
    return _disputing().search(after) is not None


_BESIDE = 2  # characters between two sentences of which the one follows the other


@cache
def _disputing() -> re.Pattern[str]:
    return re.compile(str(section("checking", "reported")["disputing"]))


def _speak_apart(own: Pair, one: Pair) -> bool:
    """Whether each of two figures has its speaker, and those are two."""
    first, second = voice_of(own.evidence), voice_of(one.evidence)
    return first is not None and second is not None and not _one_voice(first, second)


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
