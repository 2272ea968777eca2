"""How good a ranking or a set of spans is; pure.

Rankings are judged with binary relevance. The unreached ideal, a question without anything
relevant, has no score: the functions refuse it rather than call it 0 or 1.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from itertools import islice


def ndcg_at(ranking: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """Normalised discounted cumulative gain of the first k.

    Gains are 0 or 1 and the item at rank r (from 1) counts 1 / log2(r + 1), so the first two
    ranks differ, unlike in Järvelin and Kekäläinen 2002, whose discount begins at rank 2; this
    is the form of Burges et al. 2005, of trec_eval's ndcg_cut and of BEIR. The ideal is all
    relevant items first, as many of them as k lets in.

    Args:
        ranking: What was returned, best first. A second copy of an item gains nothing.
        relevant: The items that answer, at least one.
        k: How many places count, at least 1.

    Returns:
        Between 0 and 1.

    Raises:
        ValueError: Nothing is relevant, or ``k`` is below 1.
    """
    wanted = _checked(relevant, k)
    gain = math.fsum(1.0 / math.log2(rank + 1) for rank in _relevant_ranks(ranking, wanted, k))
    ideal = math.fsum(1.0 / math.log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))
    return gain / ideal


def recall_at(ranking: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """Share of the relevant items that are among the first k.

    The denominator is the number of relevant items even where that exceeds k, as in
    trec_eval's recall.

    Raises:
        ValueError: Nothing is relevant, or ``k`` is below 1.
    """
    wanted = _checked(relevant, k)
    return len(_relevant_ranks(ranking, wanted, k)) / len(wanted)


def reciprocal_rank(
    ranking: Sequence[Hashable], relevant: Collection[Hashable], k: int | None = None
) -> float:
    """One over the rank (from 1) of the first relevant item, 0 when there is none in the first k.

    Its mean over questions is the mean reciprocal rank (Voorhees, TREC-8, 1999).

    Raises:
        ValueError: Nothing is relevant, or ``k`` is below 1.
    """
    depth = len(ranking) if k is None else k
    wanted = _checked(relevant, max(depth, 1) if k is None else depth)
    ranks = _relevant_ranks(ranking, wanted, depth)
    return 1.0 / ranks[0] if ranks else 0.0


def _checked(relevant: Collection[Hashable], k: int) -> frozenset[Hashable]:
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if not relevant:
        raise ValueError("a question without anything relevant cannot be scored")
    return frozenset(relevant)


def _relevant_ranks(
    ranking: Sequence[Hashable], relevant: frozenset[Hashable], k: int
) -> list[int]:
    """Ranks (from 1) within the first k at which a relevant item stands for the first time."""
    seen: set[Hashable] = set()
    ranks = []
    for rank, item in enumerate(islice(ranking, k), start=1):
        if item in relevant and item not in seen:
            seen.add(item)
            ranks.append(rank)
    return ranks


@dataclass(slots=True)
class SpanScore:
    """Precision, recall and F1 of spans found against spans wanted, counted up.

    A span that is found but read wrong is both missed and extra.
    """

    hits: int = 0
    missed: int = 0
    extra: int = 0

    def add(self, *, hit: bool = False, missed: bool = False, extra: bool = False) -> None:
        """Count one span."""
        self.hits += hit
        self.missed += missed
        self.extra += extra

    @property
    def precision(self) -> float:
        """Share of the spans found that were wanted; 1 when none was found."""
        found = self.hits + self.extra
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of the spans wanted that were found; 1 when none was wanted."""
        wanted = self.hits + self.missed
        return self.hits / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when nothing right was found."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if self.hits and total else 0.0

    def as_dict(self) -> dict[str, float]:
        """The counts and the three measures, rounded to four places."""
        return {
            "hits": self.hits,
            "missed": self.missed,
            "extra": self.extra,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"
