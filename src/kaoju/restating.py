"""What other articles state anew of a figure that agrees with a draft's.

A later article seldom says a thing in the words of a draft about the earlier one; the two articles
are nearer to each other. So the sentence that agrees is laid beside those of the other articles
just as a sentence of a draft is, its own period left aside: which period each is of, and whether
one replaces the other or they disagree, `kaoju.retold` says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kaoju import pairing
from kaoju.alignment import Pair
from kaoju.frames import TIMED, Frame, like_figures
from kaoju.judgement import threshold
from kaoju.types import Figure, Relation, Span

MOST_ENCODED = 300  # sentences and clauses more, in one check
_LEVELS = frozenset({Relation.LEVEL, Relation.TO, Relation.FROM})


def restated(
    rows: Sequence[pairing.Row],
    near: Sequence[Sequence[pairing.Near]],
    told: pairing.Told,
    encoded: pairing.Encoded,
    weight: Callable[[str], float],
) -> list[pairing.Row]:
    """Add to the best agreeing pair of each figure, one a language, what states it anew.

    Args:
        rows: The figures of a draft with their pairs, read closely.
        near: The candidates of each.
        told: The frames of the candidates.
        encoded: The vectors of what was read for the rows.
        weight: How much a word tells.
    """
    asked: list[tuple[int, int, pairing.Row]] = []
    for at, (_, pairs) in enumerate(rows):
        for place in _standing(pairs):
            own = pairs[place].evidence
            others = [n for n in near[at] if _is_elsewhere(n, own)]
            like = [own, *(f for f in told.of(own.statement) if _is_beside(f, own))]
            timeless = [replace(one, period=None) for one in like]
            found = pairing.pairs(own.statement, timeless, others, weight, told)
            kept = [[pair for pair in some if may_restate(pair)] for some in found]
            if kept[0]:
                asked += [(at, place, row) for row in zip(timeless, kept, strict=True)]
    read = pairing.read_closely([row for _, _, row in asked], encoded, weight, most=MOST_ENCODED)
    every: dict[tuple[int, int], list[list[Pair]]] = {}
    for (at, place, _), (_, some) in zip(asked, read, strict=True):
        every.setdefault((at, place), []).append([p for p in some if encoded.holds(p)])
    described = [list(pairs) for _, pairs in rows]
    for (at, place), tellings in every.items():
        anew = _nearest_to(tellings[0], tellings[1:])
        described[at][place] = replace(described[at][place], anew=anew)
    return [(claim, pairs) for (claim, _), pairs in zip(rows, described, strict=True)]


def _is_beside(other: Frame, own: Frame) -> bool:
    """Whether a frame of the same sentence is of another figure of one kind with it."""
    one, two = own.figure, other.figure
    return other.printed and two is not one and like_figures(one, two) and one.unit == two.unit


def _nearest_to(own: Sequence[Pair], beside: Sequence[Sequence[Pair]]) -> tuple[Pair, ...]:
    """What states a figure anew rather than one that stands beside it, the likeliest first.

    Two articles that each list the same three companies: what the one says of the first the
    other says anew of the first.
    """
    most: dict[tuple[str, Span], float] = {}
    for pair in (p for some in beside for p in some):
        most[_place(pair)] = max(most.get(_place(pair), 0.0), pair.aligned)
    kept = [pair for pair in own if pair.aligned >= most.get(_place(pair), 0.0)]
    return tuple(sorted(kept, key=lambda pair: -pair.aligned))


def _place(pair: Pair) -> tuple[str, Span]:
    return pair.evidence.statement.document_id, pair.evidence.figure.span


def _standing(pairs: Sequence[Pair]) -> list[int]:
    """The places of the pair that agrees best in each language, where one does."""
    best: dict[str, int] = {}
    for place, pair in enumerate(pairs):  # the likeliest come first
        if pair.agrees and not pair.conflicts and pair.score >= threshold("support"):
            best.setdefault(pair.evidence.statement.language, place)
    return list(best.values())


def _is_elsewhere(near: pairing.Near, one: Frame) -> bool:
    """Whether a sentence is of another article in the same language."""
    told = near.statement
    own = one.statement
    return told.document_id != own.document_id and told.language is own.language


def may_restate(pair: Pair) -> bool:
    """Whether a figure of another article may be of the same thing and states another number."""
    one, other = pair.claim.figure, pair.evidence.figure
    return (
        not pair.conflicts
        and (one.value, one.upper, _day(one)) != (other.value, other.upper, _day(other))
        and one.dimension is other.dimension
        and one.unit == other.unit
        and (one.relation in _LEVELS) == (other.relation in _LEVELS)
        and pair.evidence.printed
        and not pair.evidence.former
    )


def _day(figure: Figure) -> str | None:
    """The period of a date; when a number holds is no part of what it states."""
    return figure.period if figure.dimension in TIMED else None
