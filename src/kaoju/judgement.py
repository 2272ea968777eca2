"""A verdict before it is worded, and what all rules that lead to one share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kaoju.alignment import Pair
from kaoju.frames import Frame
from kaoju.lexicon import section
from kaoju.types import Status

_MOST_EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class Decided:
    """A figure's verdict before it is worded, with the pairs that decided, the first the most."""

    claim: Frame
    status: Status
    rule: str
    pairs: tuple[Pair, ...] = ()
    newer: Pair | None = None  # what replaced the figure, or disagrees with it
    missing: tuple[str, ...] = ()  # words of the draft that the articles' figure has none for


@cache
def threshold(name: str) -> float:
    """A threshold of ``lexicon/checking.toml``."""
    return float(section("checking", "thresholds")[name])


def odds(probability: float) -> float:
    """How many times likelier than not."""
    return probability / max(1e-9, 1 - probability)


def same_number(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The best few; of those about as sure the draft's own language comes first."""
    own = pairs[0].claim.statement.language
    best = pairs[0]
    ordered = sorted(
        pairs, key=lambda p: not (p.evidence.statement.language is own and as_sure(p, best))
    )
    return tuple(ordered[:_MOST_EVIDENCE])


_NEAR = 0.5


def as_sure(pair: Pair, best: Pair) -> bool:
    """Whether a pair is about as surely of the same thing as the best, its words included.

    That the number is the same makes the score of any sentence high; that the words are not.
    """
    return pair.score >= _NEAR * best.score and pair.aligned >= _NEAR * best.aligned
