"""What every index promises; the exact one and the embedded ones keep it alike.

Passages are known here by their number alone: a positive integer below 2**63 that the record
gives out. Nothing but numbers and scores is ever read back. Scores are similarities, higher is
nearer; hits come best first and equal scores in order of number (which of several equals falls
beyond ``k`` is the backend's choice). Fewer than ``k`` hits make a shorter list, never padding.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kaoju.errors import DimensionMismatchError

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Scored = list[tuple[int, float]]
Terms = Sequence[str] | Sequence[tuple[str, float]]

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True, eq=False)
class IndexRow:
    """A passage as the indexes hold it.

    Attributes:
        number: The record's number of the passage.
        vector: (dimension,) float32 of unit length.
        terms: The passage's terms as the analyzer gave them, repeats included.
        title_terms: The terms of its title and headings.
    """

    number: int
    vector: Vectors
    terms: Sequence[str]
    title_terms: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.number <= LARGEST_NUMBER:
            raise ValueError(f"a passage number lies in 1..2**63-1, got {self.number}")


class VectorSearch(Protocol):
    """Nearest passages by inner product of unit vectors, which is their cosine."""

    def search(
        self, queries: Vectors, k: int, allow: Collection[int] | None = None
    ) -> list[Scored]:
        """Find the passages nearest to each query.

        Args:
            queries: (n, dimension) float32, every row of unit length.
            k: Most hits wanted for each query, at least 1.
            allow: If given, only these passages may be returned. Applied while searching,
                not after: k hits come back whenever k are allowed.

        Returns:
            n lists, each of at most k (number, score) pairs, the score in [-1, 1].

        Raises:
            DimensionMismatchError: The rows of ``queries`` have another length.
            ValueError: ``k`` is below 1.
        """

    def numbers(self) -> frozenset[int]:
        """The passages held."""


class TermSearch(Protocol):
    """Passages by BM25 over terms."""

    def search(self, terms: Terms, k: int, allow: Collection[int] | None = None) -> Scored:
        """Find the passages that hold the rarest of the terms most densely.

        Args:
            terms: Analysed terms, or (term, weight) pairs; a repeated term counts twice.
                Terms of weight 0 or less are left out.
            k: Most hits wanted, at least 1.
            allow: As for vectors.

        Returns:
            At most k (number, score) pairs of passages that hold any of the terms. BM25 as
            tantivy computes it (k1 1.2, b 0.75) over the text, and the title's at
            `TITLE_WEIGHT`, summed.

        Raises:
            ValueError: ``k`` is below 1.
        """

    def numbers(self) -> frozenset[int]:
        """The passages held."""


TITLE_WEIGHT = 0.5


def checked_vectors(vectors: npt.ArrayLike, dimension: int) -> Vectors:
    """Return ``vectors`` as a contiguous (n, dimension) float32 array.

    Raises:
        DimensionMismatchError: They have another shape.
        ValueError: Some value is not finite.
    """
    found = np.ascontiguousarray(vectors, dtype=np.float32)
    if found.ndim != 2 or found.shape[1] != dimension:
        raise DimensionMismatchError(
            f"expected vectors of shape (n, {dimension}), got {found.shape}: they come from"
            " another encoder than the index was built with"
        )
    if not np.isfinite(found).all():
        raise ValueError("a vector holds a value that is not finite")
    return found


def checked_k(k: int) -> int:
    """Return ``k``, which must be at least 1."""
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    return k


def weighted_terms(terms: Terms) -> dict[str, float]:
    """Sum the weights of equal terms, a bare term weighing 1; drop what weighs nothing."""
    weights: dict[str, float] = {}
    for item in terms:
        term, weight = (item, 1.0) if isinstance(item, str) else item
        weights[term] = weights.get(term, 0.0) + weight
    return {term: weight for term, weight in weights.items() if weight > 0.0}


def best_first(numbers: Numbers, scores: npt.NDArray[np.floating], k: int) -> Scored:
    """Order hits by score, then number, and keep the first ``k``."""
    order = np.lexsort((numbers, -scores))[:k]
    return list(zip(numbers[order].tolist(), scores[order].tolist(), strict=True))
