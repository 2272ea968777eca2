"""From what the articles say of a figure to one verdict.

The order of the rules: a figure that agrees, of the same thing, supports, unless a newer one
has replaced it, another article of the same time says otherwise, or somebody else is said to
have said it; failing that, one that differs contradicts; failing that, the same number of
something else is named; failing that, nothing was found. Thresholds stand in
``lexicon/checking.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from kaoju import contest
from kaoju.alignment import Conflict, Pair, speaker_differs
from kaoju.draft_comparison import compare
from kaoju.frames import TIMED, Frame, frame
from kaoju.lexicon import section, words
from kaoju.periods import days_of, periods_meet
from kaoju.text import fold
from kaoju.types import (
    Agreement,
    Dimension,
    Figure,
    Qualifier,
    Relation,
    Status,
)

SAME_TIME = timedelta(days=45)  # articles this near speak of one state, if they name no period
_MOST_EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class Decided:
    """A figure's verdict before it is worded, with the pairs that decided, the first the most."""

    claim: Frame
    status: Status
    rule: str
    pairs: tuple[Pair, ...] = ()
    newer: Pair | None = None  # what replaced the figure, or disagrees with it


@cache
def _threshold(name: str) -> float:
    return float(section("checking", "thresholds")[name])


# Deciding ---------------------------------------------------------------------------------


def decide(claim: Frame, pairs: Sequence[Pair]) -> Decided:
    """Decide on one figure.

    Args:
        claim: The draft's frame.
        pairs: What the articles state, the likeliest first.
    """
    clean = [p for p in pairs if not p.conflicts]
    support = supporting(clean)
    oppose = sorted((p for p in clean if opposes(p) and _same_thing(p)), key=_nearest, reverse=True)
    elsewhere = [p for p in pairs if p.conflicts and agrees(p) and p.score >= _threshold("context")]
    sure = max((_odds(p.score) for p in support), default=0.0)
    if _is_own(claim) and sure < _threshold("own"):
        return Decided(claim, Status.NOT_CHECKABLE, "opinion")
    if elsewhere and _odds(elsewhere[0].score) > _threshold("outweigh") * sure:
        # The same number of something else: what the articles say of this decides, if they do.
        support = []
        told = _told_of_itself(elsewhere[0], [p for p in clean if opposes(p)])
        if told is None:
            rule = _conflict(elsewhere[0])
            return Decided(claim, Status.NEEDS_CONTEXT, rule, _same_number(elsewhere))
        oppose = oppose or [told]
    if support and claim.figure.dimension not in TIMED and _replaced(claim, support):
        return _supported(claim, support, oppose)  # what took its place is no rival
    if support:
        against = contest.strongest(contest.standing(support), [p for p in clean if opposes(p)])
        if against is None:
            if not (oppose and _outweighs(oppose[0], support)):
                return _supported(claim, support, oppose)
        elif _stands(*against):
            return _supported(claim, support, oppose)
        else:
            return _contradicted(claim, [against[0]])
    if oppose:
        return _contradicted(claim, oppose)
    if _is_relative(claim.figure):
        return Decided(claim, Status.NOT_CHECKABLE, "relative_date")
    if claim.figure.qualifier is Qualifier.VAGUE:
        return Decided(claim, Status.NOT_CHECKABLE, "vague")
    return Decided(claim, Status.NOT_FOUND, "no_evidence")


def _told_of_itself(elsewhere: Pair, differing: Sequence[Pair]) -> Pair | None:
    """What the articles say of the thing itself, when the draft's number is of something else."""
    article = elsewhere.evidence.statement.document_id
    likely = [
        p
        for p in differing
        if p.aligned >= _threshold("own_figure")
        and (p.aligned >= _threshold("oppose") or p.evidence.statement.document_id == article)
        and p.comparison.relation is Agreement.DIFFERENT
    ]
    return max(likely, key=lambda p: p.aligned, default=None)


def supporting(clean: Sequence[Pair]) -> list[Pair]:
    """The pairs that agree and are likely enough of one thing, of those without conflict."""
    return [
        p
        for p in clean
        if agrees(p)
        and (p.comparison.rule == "equal" or not _is_relative(p.claim.figure))
        and p.score >= _threshold("support")
        and p.aligned >= _threshold("support_aligned")
    ]


def _stands(rival: Pair, sure: float) -> bool:
    """Whether a figure that agrees is the draft's rather than its strongest rival."""
    return sure >= _threshold("contest_across" if contest.is_across(rival) else "contest")


def _likeness(pair: Pair) -> float:
    """How surely a pair is of one thing: by its frame, or by its very digits."""
    return max(pair.aligned, pair.score) if _same_digits(pair) else pair.aligned


def _same_digits(pair: Pair) -> bool:
    """Whether a figure that differs has the very digits of the draft's: a slip, not another one."""
    return pair.features["digits"] > 0 and pair.score >= _threshold("same_digits")


def _nearest(oppose: Pair) -> tuple[bool, float]:
    """The order of figures that differ: those with the draft's own digits first."""
    return (_same_digits(oppose) and oppose.features["digits"] >= _TWO_DIGITS, _likeness(oppose))


_TWO_DIGITS = 0.5


def _same_thing(pair: Pair) -> bool:
    """Whether a figure that differs is of the same thing surely enough to contradict."""
    timed = pair.claim.figure.dimension in TIMED
    return pair.aligned >= _threshold("oppose_date" if timed else "oppose") or _same_digits(pair)


def _outweighs(oppose: Pair, support: Sequence[Pair]) -> bool:
    """Whether a figure that differs is of the same thing more surely than any that agrees.

    Where both have the draft's digits, or stand in one sentence, the words around them decide:
    a number copied from the one beside it is the commonest slip.
    """
    beside = any(p.evidence.statement is oppose.evidence.statement for p in support)
    # Days recur from sentence to sentence: that one is found elsewhere says little.
    timed = oppose.claim.figure.dimension in TIMED
    if beside or timed:
        best = max(p.aligned for p in support)
        return _odds(oppose.aligned) > _threshold("outweigh_beside") * _odds(best)
    best = max(p.score for p in support)
    if _same_digits(oppose):
        return _odds(_likeness(oppose)) > _threshold("outweigh_beside") * _odds(best)
    return _odds(oppose.aligned) > _threshold("outweigh") * _odds(best)


def _odds(probability: float) -> float:
    return probability / max(1e-9, 1 - probability)


def agrees(pair: Pair) -> bool:
    """Whether the two figures agree, the way they move and their denial included."""
    return pair.agrees and apart(pair.claim, pair.evidence) is None


def opposes(pair: Pair) -> bool:
    """Whether a pair of one thing is a contradiction: another number, unit or direction."""
    if pair.taken or pair.comparison.rule in ("coarser", "far_bound"):
        return False
    if _is_relative(pair.claim.figure):
        return False
    if pair.comparison.relation is Agreement.DIFFERENT:
        return not _far_apart(pair)
    if pair.agrees and agrees(pair):
        return False
    # A slip of the unit shows in the digits; a count can share a single one with anything.
    counted = Dimension.COUNT in (pair.claim.figure.dimension, pair.evidence.figure.dimension)
    least = 2 if counted and pair.comparison.rule == "dimension" else 1
    return len(pair.claim.digits) >= least and pair.claim.digits == pair.evidence.digits


_FAR_APART = Decimal(30)


def _far_apart(pair: Pair) -> bool:
    """Whether two numbers are too far apart to be of one thing: a share price is no profit.

    Those of the same digits may be slips of scale.
    """
    factor = pair.comparison.factor
    if not factor or pair.claim.digits == pair.evidence.digits:
        return False
    return not 1 / _FAR_APART <= abs(factor) <= _FAR_APART


# What is a change by its nature, whatever the words: a rate, a multiple, points, a time.
_RELATIVE = frozenset(
    {
        Dimension.PERCENT,
        Dimension.PERCENTAGE_POINT,
        Dimension.MULTIPLE,
        Dimension.RATIO,
        Dimension.DURATION,
        Dimension.TENOR,
        Dimension.AGE,
        Dimension.ORDINAL,
    }
)


def _is_relative(figure: Figure) -> bool:
    """Whether a date is told by the day of writing alone: today, 目前."""
    return figure.dimension in TIMED and _TOLD_DAY.search(figure.surface) is None


# A date that is told by its number or its month, unlike today and this year.
_TOLD_DAY = re.compile(
    r"[\d〇零一二三四五六七八九十]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def apart(claim: Frame, evidence: Frame) -> str | None:
    """The rule by which two equal numbers say different things; None when they do not."""
    if claim.denied is not evidence.denied:
        return "negation"
    return moved_apart(claim.figure, evidence.figure)


def moved_apart(one: Figure, other: Figure) -> str | None:
    """The rule by which a draft's number differs from an equal one: up and down, to and by."""
    if one.dimension in TIMED:
        return None
    changes = (Relation.BY, Relation.CHANGE)
    kinds = [
        "by" if f.relation in changes else "to" if f.relation is Relation.TO else None
        for f in (one, other)
    ]
    if None not in kinds and kinds[0] != kinds[1] and one.dimension is not Dimension.MULTIPLE:
        return "level_and_change"
    if one.dimension not in _RELATIVE and one.dimension is other.dimension:
        # The other way round is read too often into verbs that add: it costs, it saves 165 yuan.
        plain = other.relation is Relation.LEVEL and other.direction is None
        if one.relation in changes and plain:
            return "level_and_change"
    if (
        kinds[0] is not None
        and kinds[0] == kinds[1]
        and None not in (one.direction, other.direction)
        and one.direction is not other.direction
    ):
        return "direction"
    return None


def _supported(claim: Frame, support: Sequence[Pair], oppose: Sequence[Pair]) -> Decided:
    best = support[0]
    least = _threshold("rival_now" if _says_now(claim) else "rival_least")
    rivals = [
        p
        for p in oppose
        if p.aligned >= max(_threshold("rival") * best.aligned, least)
        and _alike(p.evidence.figure, best.evidence.figure)
        and p.comparison.relation is Agreement.DIFFERENT
    ]
    apart = [p for p in support if speaker_differs(claim.statement, p.evidence.statement)]
    told = [p for p in support if p.evidence.statement.speaker_id is not None]
    if apart and len(apart) == len(told):
        return Decided(claim, Status.NEEDS_CONTEXT, "speaker", _same_number(apart))
    if claim.figure.dimension not in TIMED:
        settled = _replaced(claim, support) or (rivals and _against(claim, support, rivals))
        if settled:
            return settled
    support = [p for p in support if p not in apart]
    rule = support[0].comparison.rule
    exact = [p for p in support if p.comparison.rule != "rounding"]
    if rule == "rounding" and exact and _as_sure(exact[0], support[0]):
        support = [*exact, *(p for p in support if p not in exact)]
        rule = exact[0].comparison.rule
    status = Status.SUPPORTED_ROUNDED if rule == "rounding" else Status.SUPPORTED
    return Decided(claim, status, rule, _same_number(support))


_LEVELS = frozenset({Relation.LEVEL, Relation.TO, Relation.FROM})


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are levels, or changes, of one kind: one may take the other's place."""
    return (
        one.dimension is other.dimension
        and one.unit == other.unit
        and (one.relation in _LEVELS) == (other.relation in _LEVELS)
    )


def _replaced(claim: Frame, support: Sequence[Pair]) -> Decided | None:
    """Outdated, when the newest article that has the figure says what has taken its place.

    From 298.6 to 251.2: who states the first without saying when states the past.
    """
    if claim.period is not None or claim.figure.relation not in (Relation.LEVEL, Relation.TO):
        return None
    newest = max(support, key=lambda p: (p.evidence.statement.published_on or date.min, p.score))
    if newest.evidence.figure.relation is not Relation.FROM:
        return None
    statement = newest.evidence.statement
    following = [
        f
        for f in statement.figures
        if f.dimension is newest.evidence.figure.dimension
        and f.unit == newest.evidence.figure.unit
        and f.relation in (Relation.TO, Relation.LEVEL)
        and f.value != newest.evidence.figure.value
    ]
    if not following:
        return None
    old = newest.evidence.figure.span
    nearest = min(following, key=lambda f: abs(f.span.start - old.start))
    told = frame(statement, nearest)
    after = replace(newest, evidence=told, comparison=compare(claim, told))
    return Decided(claim, Status.OUTDATED, "newer_figure", (*_same_number(support), after), after)


def _against(claim: Frame, support: Sequence[Pair], rivals: Sequence[Pair]) -> Decided | None:
    """Outdated or conflicting, when another figure of the same thing stands beside the one."""
    latest = max(support, key=_when)
    agreeing = {p.evidence.statement.document_id for p in support}
    later = [p for p in rivals if _when(p) > _when(latest) and _is_level(latest) and _is_level(p)]
    if later and claim.period is None:
        newest = max(later, key=_when)
        pairs = (*_same_number(support), newest)
        return Decided(claim, Status.OUTDATED, "newer_figure", pairs, newest)
    beside = [
        p
        for p in rivals
        if _same_time(p, latest)
        and (
            p.evidence.statement.document_id not in agreeing
            or (
                p.evidence.statement is not latest.evidence.statement
                and p.evidence.period is not None
                and p.evidence.statement.speaker != latest.evidence.statement.speaker
            )
        )
    ]
    if beside:
        other = max(beside, key=_when)
        pairs = (*_same_number(support), *beside)
        return Decided(claim, Status.CONFLICTING_SOURCES, "sources_disagree", pairs, other)
    return None


def _is_level(pair: Pair) -> bool:
    return pair.evidence.figure.relation in _LEVELS


def _contradicted(claim: Frame, oppose: Sequence[Pair]) -> Decided:
    """The best aligned decides; of several as good, the newest."""
    near = [p for p in oppose if _likeness(p) >= _threshold("rival") * _likeness(oppose[0])]
    if claim.period is None:
        best = max(
            near, key=lambda p: (_nearest(p)[0], round(_likeness(p), 1), _when(p), _likeness(p))
        )
    else:
        best = near[0]
    others = [p for p in near if p is not best and p.evidence.figure.value is not None]
    alike = [p for p in others if _equal(p.evidence.figure, best.evidence.figure)]
    own = claim.statement.language
    if best.evidence.statement.language is not own and best.evidence.figure.value is not None:
        # The same figure in the draft's own language is the better quote.
        told = [p for p in alike if p.evidence.statement.language is own]
        alike = [best, *(p for p in alike if p not in told[:1])] if told else alike
        best = told[0] if told else best
    rule = apart(best.claim, best.evidence) if best.agrees else None
    return Decided(claim, Status.CONTRADICTED, rule or best.comparison.rule, (best, *alike))


def _equal(one: Figure, other: Figure) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)


def _same_number(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The best few; of those about as sure the draft's own language comes first."""
    own = pairs[0].claim.statement.language
    best = pairs[0]
    ordered = sorted(
        pairs, key=lambda p: not (p.evidence.statement.language is own and _as_sure(p, best))
    )
    return tuple(ordered[:_MOST_EVIDENCE])


_NEAR = 0.5


def _as_sure(pair: Pair, best: Pair) -> bool:
    """Whether a pair is about as surely of the same thing as the best, its words included.

    That the number is the same makes the score of any sentence high; that the words are not.
    """
    return pair.score >= _NEAR * best.score and pair.aligned >= _NEAR * best.aligned


def _conflict(pair: Pair) -> str:
    for conflict in (
        Conflict.SUBJECT,
        Conflict.KEY,
        Conflict.PERIOD,
        Conflict.MEASURE,
        Conflict.SHARE,
        Conflict.BASE,
    ):
        if conflict in pair.conflicts:
            return str(conflict)
    return "measure"


def _when(pair: Pair) -> date:
    """The day that a figure of an article holds for: the end of its period, else the article's.

    What something fell from held before.
    """
    published = pair.evidence.statement.published_on
    bounds = days_of(pair.evidence.period) if pair.evidence.period else None
    day = published or date.min
    if bounds is not None:
        day = min(bounds[1], published) if published is not None else bounds[1]
    former = pair.evidence.figure.relation is Relation.FROM and day > date.min
    return day - timedelta(days=1) if former else day


def _same_time(one: Pair, other: Pair) -> bool:
    first, second = one.evidence.period, other.evidence.period
    if first is not None and second is not None:
        return periods_meet(first, second)
    return abs(_when(one) - _when(other)) <= SAME_TIME


def _says_now(claim: Frame) -> bool:
    """Whether a draft says outright that its figure holds at present."""
    folded = f" {fold(claim.statement.text).text} "
    return any(word in folded for word in _now_words())


@cache
def _now_words() -> tuple[str, ...]:
    chinese = words("checking", "now", "zh")
    return (*chinese, *(f" {word} " for word in words("checking", "now", "en")))


def _is_own(claim: Frame) -> bool:
    """Whether a sentence is the writer's own opinion or plan."""
    if claim.statement.speaker_id is not None:
        return False
    folded = fold(claim.statement.text).text
    for phrase in words("checking", "own", "reported"):
        folded = folded.replace(phrase, "")
    return _own_words().search(folded) is not None


@cache
def _own_words() -> re.Pattern[str]:
    """Whole words in English: Xi thinks is not I think."""
    chinese, english = (
        "|".join(re.escape(fold(word).text) for word in words("checking", "own", key))
        for key in ("zh", "en")
    )
    return re.compile(rf"{chinese}|(?<![a-z0-9])(?:{english})(?![a-z0-9])")
