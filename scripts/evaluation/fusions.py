"""Ways to make one ranking of two that kaoju does not use, to be measured beside its own."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

Rankings = Mapping[str, Sequence[tuple[int, float]]]
K_RRF = 60


def best(scores: Mapping[int, float]) -> list[int]:
    """Passages by score, best first, equal ones in order of number."""
    return sorted(scores, key=lambda number: (-scores[number], number))


def reciprocal_ranks(rankings: Rankings) -> list[int]:
    """The sum of 1 / (60 + rank), ranks from 1 (Cormack, Clarke and Büttcher, SIGIR 2009)."""
    scores: dict[int, float] = defaultdict(float)
    for ranking in rankings.values():
        for rank, (number, _) in enumerate(ranking, start=1):
            scores[number] += 1 / (K_RRF + rank)
    return best(scores)


def standard_scores(rankings: Rankings) -> list[int]:
    """The sum of scores in standard deviations above the last of each ranking.

    CombSUM (Fox and Shaw 1994) of scores of zero mean and unit variance (Montague and Aslam
    2001), shifted so that what a ranking does not hold scores there as its last.
    """
    scores: dict[int, float] = defaultdict(float)
    for ranking in rankings.values():
        values = [score for _, score in ranking]
        mean = math.fsum(values) / max(1, len(values))
        spread = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / max(1, len(values)))
        for number, score in ranking:
            scores[number] += (score - values[-1]) / spread if spread else 1.0
    return best(scores)
