"""Several rankings of the same passages to one; pure.

Reciprocal rank fusion: a passage scores the sum of weight / (k + rank) over the rankings that
hold it, ranks counted from 1 (Cormack, Clarke and Büttcher, SIGIR 2009, with their k = 60).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

K_RRF = 60


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage after fusion.

    Attributes:
        number: The passage.
        score: Its fused score, at least 0.
        rank: Its place, from 1.
        sources: For each ranking that holds it, its (rank, score) there, rank from 1.
    """

    number: int
    score: float
    rank: int
    sources: Mapping[str, tuple[int, float]]


def reciprocal_rank_fusion(
    rankings: Mapping[str, Sequence[tuple[int, float]]],
    *,
    weights: Mapping[str, float] | None = None,
    k: int = K_RRF,
) -> list[Fused]:
    """Fuse rankings by the places of the passages in them.

    Args:
        rankings: By name, (passage, score) pairs, best first. The inputs are not changed, and
            their order in the mapping does not matter.
        weights: By name, how much a ranking counts; 1 where it is not named, 0 to only
            report it.
        k: Dampens the lead of first places, at least 0.

    Returns:
        Every passage of any ranking, best first; equal scores in order of number.

    Raises:
        ValueError: A negative weight or ``k``, or a passage twice in one ranking.
    """
    if k < 0:
        raise ValueError(f"k must be at least 0, got {k}")
    weights = weights or {}
    if any(not weight >= 0 for weight in weights.values()):
        raise ValueError(f"weights must be at least 0, got {dict(weights)}")
    sources = _sources(rankings)
    scores = {
        number: math.fsum(weights.get(name, 1.0) / (k + rank) for name, (rank, _) in held.items())
        for number, held in sources.items()
    }
    order = sorted(sources, key=lambda number: (-scores[number], number))
    return [
        Fused(number, scores[number], rank, sources[number])
        for rank, number in enumerate(order, start=1)
    ]


def _sources(
    rankings: Mapping[str, Sequence[tuple[int, float]]],
) -> dict[int, dict[str, tuple[int, float]]]:
    sources: dict[int, dict[str, tuple[int, float]]] = {}
    for name in sorted(rankings):
        for rank, (number, score) in enumerate(rankings[name], start=1):
            held = sources.setdefault(number, {})
            if name in held:
                raise ValueError(f"ranking {name!r} holds passage {number} twice")
            held[name] = (rank, score)
    return sources
