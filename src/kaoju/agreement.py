"""Whether two figures of one thing say the same, or contradict each other.

The numbers are compared by `kaoju.draft_comparison`; here the words around them are looked at:
up and down, to and by, a denial, which end of a change a number is.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from kaoju.alignment import Pair
from kaoju.changes import as_levels, tells_difference, way_of
from kaoju.contrasts import opposed
from kaoju.frames import TIMED, Frame, is_former
from kaoju.lexicon import section, words
from kaoju.like_units import is_money
from kaoju.text import fold
from kaoju.types import Agreement, Dimension, Direction, Figure, Qualifier, Relation


def agrees(pair: Pair) -> bool:
    """Whether the two figures agree, the way they move and their denial included.

    Trillions of dollars is no evidence for 1.1 trillion.
    """
    loose = _too_vague(pair) or _only_kept(pair)
    return pair.agrees and not loose and apart(pair.claim, pair.evidence) is None


def _too_vague(pair: Pair) -> bool:
    return (
        pair.evidence.figure.qualifier is Qualifier.VAGUE
        and pair.claim.figure.qualifier not in (Qualifier.VAGUE, Qualifier.RANGE)
    )


def _only_kept(pair: Pair) -> bool:
    """Whether an article's bound merely leaves room for a draft's number: at least 48, and 61."""
    one, other = pair.claim.figure, pair.evidence.figure
    return (
        one.qualifier is Qualifier.EXACT
        and other.qualifier in _BOUNDS
        and pair.comparison.rule == "bound"
        and pair.comparison.factor not in (None, 1)
    )


_BOUNDS = frozenset({Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.OVER, Qualifier.UNDER})


def opposes(pair: Pair) -> bool:
    """Whether a pair of one thing is a contradiction: another number, unit or direction."""
    if pair.taken or pair.comparison.rule in ("coarser", "far_bound"):
        return False
    if is_relative(pair.claim.figure) or _too_vague(pair):
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


def is_relative(figure: Figure) -> bool:
    """Whether a date is told by the day of writing alone: today, 目前."""
    return figure.dimension in TIMED and _TOLD_DAY.search(figure.surface) is None


# A date that is told by its number or its month, unlike today and this year.
_TOLD_DAY = re.compile(
    r"[\d〇零一二三四五六七八九十]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def apart(claim: Frame, evidence: Frame) -> str | None:
    """The rule by which two equal numbers say different things; None when they do not."""
    if claim.denied is not evidence.denied and not _both_put_aside(claim, evidence):
        return "negation"
    if opposed(claim, evidence):
        return "opposite"
    one, other = as_levels(claim, evidence, claim.figure, evidence.figure)
    if _takes_less(claim, other):
        return "level_and_change"
    ways = way_of(claim), way_of(evidence)
    if one.dimension not in TIMED and ways[0] is not ways[1] and None not in ways:
        return "direction"
    found = moved_apart(one, other)
    if (
        found == "direction"
        and _level_of_a_change(claim, one)
        and other.relation is Relation.TO
        and any(f.relation is Relation.BY for f in evidence.statement.figures)
    ):
        found = None  # which way it went is told of the 5.3%, and not of the level
    plain = other.relation is Relation.LEVEL
    if found == "level_and_change" and plain:
        return None if tells_difference(evidence) or _counts_losses(one, evidence) else found
    return found


def _counts_losses(one: Figure, evidence: Frame) -> bool:
    """Whether what fell by so many is told as so many losses: job losses had reached 44,000."""
    fell = one.relation is Relation.BY and one.direction is Direction.DOWN
    if not fell or one.dimension is not Dimension.COUNT or is_money(one):
        return False
    return _LOSSES.search(fold(evidence.clause).text) is not None


_LOSSES = re.compile(
    r"(?<![a-z])(?:(?:job|post|seat|member|membership|customer|subscriber|staff)s? (?:loss|cut)e?s"
    r"|layoffs|redundancies|dismissals)(?![a-z])|裁员|裁减人数|岗位流失|流失的?(?:岗位|客户|用户|会员)"
)


def _both_put_aside(claim: Frame, evidence: Frame) -> bool:
    """Whether both put a number aside for another: rather than $5, 而不是5美元.

    Or one does, and the other has it as what was before: not 42 days, 由六周缩短到四周.
    """
    one, other = _is_put_aside(claim), _is_put_aside(evidence)
    return (one and (other or evidence.former)) or (other and claim.former)


def _is_put_aside(told: Frame) -> bool:
    at = told.figure.span.start - told.statement.span.start
    before = fold(told.statement.text[:at]).text
    return any(pattern.search(before) for pattern in _instead())


@cache
def _instead() -> tuple[re.Pattern[str], ...]:
    """Words by which a sentence puts the figure behind them aside for another."""
    table = section("checking", "takebacks")
    return tuple(re.compile(str(table[name])) for name in ("zh_instead", "en_instead"))


def _takes_less(claim: Frame, other: Figure) -> bool:
    """Whether a draft states as so much what the article says something fell by.

    They pay 165 yuan, of payments that fell by 165 yuan; not: they save 165 yuan.
    """
    one = claim.figure
    if one.dimension in _RELATIVE or one.dimension is not other.dimension:
        return False
    plain = one.relation is Relation.LEVEL and one.direction is None
    fell = other.relation is Relation.BY and other.direction is Direction.DOWN
    return plain and fell and not _less().search(fold(claim.statement.text).text)


@cache
def _less() -> re.Pattern[str]:
    """Words by which a sentence says that something became less, or that it was taken away."""
    chinese, english = (
        "|".join(
            re.escape(word)
            for word in (
                *words("checking", "less", language),
                *words("comparison", "taken", language),
            )
        )
        for language in ("zh", "en")
    )
    return re.compile(rf"{chinese}|(?<![a-z])(?:{english})(?![a-z])")


def _level_of_a_change(told: Frame, figure: Figure) -> bool:
    """Whether a level stands beside the change that led to it: gained 5.3%, to 71.20 euros."""
    return figure.relation is Relation.TO and any(
        f.relation is Relation.BY
        and f.direction is figure.direction
        and abs(f.span.start - told.figure.span.start) <= _NEAR_CHANGE
        for f in told.statement.figures
    )


_NEAR_CHANGE = 40  # characters between a change and the level that it led to


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
    alike = (kinds[0] is not None and kinds[0] == kinds[1]) or _count_moves(one, other)
    turned = None not in (one.direction, other.direction) and one.direction is not other.direction
    return "direction" if alike and turned else None


def _count_moves(one: Figure, other: Figure) -> bool:
    """Whether both say how often something moved, or with how many votes: cut three times."""
    return one.unit == other.unit and one.unit in _MOVES and one.dimension is other.dimension


_MOVES = frozenset({"time", "vote"})


def ends_swapped(pair: Pair) -> bool:
    """Whether a draft has something go from what the article has it go to.

    Narrowed from 12.4% to 9.1%, where the article has both numbers the other way round.
    """
    figure = pair.claim.figure
    if figure.relation not in _ENDS:
        return False
    ours = _partner(pair.claim)
    told = pair.evidence.statement
    if ours is None or (figure.value, figure.unit) != _amount(pair.evidence.figure):
        return False
    theirs = next((f for f in told.figures if _amount(f) == _amount(ours)), None)
    if theirs is None or theirs is pair.evidence.figure:
        return False
    wanted = (figure.relation, ours.relation)
    given = tuple(
        Relation.FROM if is_former(told, f) else f.relation if f.relation in _ENDS else None
        for f in (pair.evidence.figure, theirs)
    )
    told_apart = [w is not g for w, g in zip(wanted, given, strict=True) if g is not None]
    return bool(told_apart) and all(told_apart)


_ENDS = frozenset({Relation.FROM, Relation.TO})


def _amount(figure: Figure) -> tuple[Decimal | None, str]:
    return figure.value, figure.unit


def _partner(claim: Frame) -> Figure | None:
    """The other end of a change: 9.1% of 12.4% in from 12.4% to 9.1%."""
    figure = claim.figure
    others = [
        f
        for f in claim.statement.figures
        if f.dimension is figure.dimension
        and f.relation in _ENDS
        and f.relation is not figure.relation
    ]
    return min(others, key=lambda f: abs(f.span.start - figure.span.start), default=None)


def crosses(pair: Pair) -> bool:
    """Whether two figures bound one number from opposite sides, or one the number itself."""
    one, other = pair.claim.figure, pair.evidence.figure
    return (
        pair.comparison.relation is Agreement.DIFFERENT
        and pair.comparison.rule in ("outside_bound", "bound_crossed", "excluded")
        and one.value is not None
        and one.value == other.value
    )
