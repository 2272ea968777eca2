"""Whether a figure that differs from a draft's is what the draft should have said.

That an article speaks of much the same and states another number is not enough: the draft's may be
a difference, a share or a sum that no article prints, or of something beside it. A slip shows in
the number too, in its digits, its size or its unit; how much each tells is learned
(``scripts/learn_checking.py``) and stands in ``lexicon/checking.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from kaoju.agreement import apart
from kaoju.alignment import Pair, weights
from kaoju.frames import across
from kaoju.types import Dimension, Qualifier, Relation

FEATURES = (
    "likely",
    "lead",
    "same_digits",
    "swapped",
    "one_digit",
    "long",
    "near",
    "elsewhere",
    "across",
    "same_unit",
    "moves",
    "by",
    "to",
    "sentence",
    "clause",
    "bound",
    "names",
    "period",
    "strange",
    "share",
    "count",
    "money",
    "exact",
)
RULES = (
    "value",
    "outside_bound",
    "outside_about",
    "outside_range",
    "level_and_change",
    "dimension",
    "excluded",
    "currency",
    "percent_and_points",
)
_TAKEN = ("same_unit", "moves", "sentence", "clause", "bound", "names", "period", "strange")
_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_SHARES = frozenset({Dimension.PERCENT, Dimension.RATIO})
_LEAST = 0.001  # chance below which nothing is told apart
_NOTHING = 0.01  # alignment of the next likeliest figure, where there is none
_APART = 1.5  # orders of magnitude from which two numbers are no slip of each other
_MOST_DIGITS = 4
_READ = 6  # figures that are weighed, the likeliest


def surest(pairs: Sequence[Pair], *, elsewhere: bool) -> tuple[list[Pair], float]:
    """The figures that differ, the one that most surely contradicts first, and how surely it does.

    Args:
        pairs: Those that differ, of one figure of a draft.
        elsewhere: Whether the articles state the draft's number of something else.
    """
    likely = candidates(pairs)
    told = described(likely, elsewhere=elsewhere)
    found = sorted(
        zip(map(_weighed, told), likely, strict=True), key=lambda row: row[0], reverse=True
    )
    return [pair for _, pair in found], found[0][0] if found else 0.0


def candidates(pairs: Sequence[Pair]) -> list[Pair]:
    """The likeliest few of those that differ, slips of the very digits before others."""
    return sorted(pairs, key=lambda p: -(p.aligned + (p.score if edits(p) == 0 else 0.0)))[:_READ]


def described(pairs: Sequence[Pair], *, elsewhere: bool) -> list[dict[str, float]]:
    """What the sureness of each is made of, by feature."""
    return [_described(pair, pairs, elsewhere) for pair in pairs]


def _described(pair: Pair, pairs: Sequence[Pair], elsewhere: bool) -> dict[str, float]:
    one, other = pair.claim.figure, pair.evidence.figure
    beside = [
        p.aligned
        for p in pairs
        if (p.evidence.figure.value, p.evidence.figure.unit) != (other.value, other.unit)
    ]
    apart_by = edits(pair)
    rule = (apart(pair.claim, pair.evidence) if pair.agrees else None) or pair.comparison.rule
    found = {name: pair.features.get(name, 0.0) for name in _TAKEN}
    found |= {
        "likely": log_odds(pair.aligned),
        "lead": log_odds(pair.aligned) - log_odds(max(beside, default=_NOTHING)),
        "same_digits": float(apart_by == 0),
        "swapped": float(apart_by == 1),
        "one_digit": float(apart_by == 2),
        "long": min(_MOST_DIGITS, len(pair.claim.digits)) / _MOST_DIGITS,
        "near": -_orders(pair),
        "elsewhere": float(elsewhere),
        "across": float(across(pair.claim.statement, pair.evidence.statement)),
        "by": float(one.relation in _CHANGES),
        "to": float(one.relation is Relation.TO),
        "share": float(one.dimension in _SHARES),
        "count": float(one.dimension is Dimension.COUNT),
        "money": float(one.dimension is Dimension.MONEY),
        "exact": float(one.qualifier is Qualifier.EXACT),
    }
    return found | {name: float(rule == name) for name in RULES}


def _orders(pair: Pair) -> float:
    """How many orders of magnitude apart two numbers are, so far as that tells."""
    factor = pair.comparison.factor
    return min(_APART, abs(math.log10(abs(factor)))) if factor else _APART


def edits(pair: Pair) -> int:
    """How far two numbers' digits are apart: 0 the same, 1 in another order, 2 but for one."""
    one, other = pair.claim.digits, pair.evidence.digits
    if not one or not other:
        return 3
    if one == other:
        return 0
    if sorted(one) == sorted(other):
        return 1
    if len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return 2
    return 3


def log_odds(chance: float) -> float:
    """The log odds of a chance, none surer than one in a thousand."""
    return math.log(max(_LEAST, chance) / max(_LEAST, 1 - chance))


def _weighed(told: dict[str, float]) -> float:
    """How surely a figure contradicts, 0 to 1."""
    weight = weights("accused")
    total = weight["bias"] + math.fsum(weight[name] * value for name, value in told.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
