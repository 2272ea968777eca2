"""The exact indexes: NumPy and plain Python, the reference that the others are judged by."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from kaoju.index.protocol import (
    TITLE_WEIGHT,
    IndexRow,
    Scored,
    Terms,
    Vectors,
    best_first,
    checked_k,
    checked_vectors,
    weighted_terms,
)

K1, B = 1.2, 0.75  # those of tantivy


class ExactVectors:
    """Vectors in memory, compared one by one with every query."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._vectors: dict[int, Vectors] = {}

    def apply(self, add: Sequence[IndexRow], delete: Collection[int] = ()) -> None:
        """Take passages out, then put passages in, replacing those already known."""
        rows = [checked_vectors([row.vector], self.dimension)[0] for row in add]
        for number in delete:
            self._vectors.pop(number, None)
        self._vectors.update(zip((row.number for row in add), rows, strict=True))

    def search(
        self, queries: Vectors, k: int, allow: Collection[int] | None = None
    ) -> list[Scored]:
        """Find the passages nearest to each query, see `VectorSearch`."""
        queries = checked_vectors(queries, self.dimension)
        checked_k(k)
        chosen = [n for n in self._vectors if allow is None or n in allow]
        if not chosen:
            return [[] for _ in queries]
        numbers = np.array(chosen, dtype=np.int64)
        scores = queries @ np.stack([self._vectors[n] for n in chosen]).T
        return [best_first(numbers, row, k) for row in scores]

    def numbers(self) -> frozenset[int]:
        """The passages held."""
        return frozenset(self._vectors)


class ExactTerms:
    """BM25 over counted terms (Robertson and Zaragoza 2009, with tantivy's idf).

    Lengths are exact here, while tantivy rounds those of more than 40 terms to one of 256
    steps; and passages that were taken out no longer count, while tantivy drops them from
    document frequencies when it merges.
    """

    def __init__(self) -> None:
        self._fields: dict[int, tuple[Counter[str], Counter[str]]] = {}

    def apply(self, add: Sequence[IndexRow], delete: Collection[int] = ()) -> None:
        """Take passages out, then put passages in, replacing those already known."""
        for number in delete:
            self._fields.pop(number, None)
        for row in add:
            self._fields[row.number] = Counter(row.terms), Counter(row.title_terms)

    def search(self, terms: Terms, k: int, allow: Collection[int] | None = None) -> Scored:
        """Find the passages that hold any of the terms, see `TermSearch`."""
        checked_k(k)
        scores: dict[int, float] = {}
        for field, field_weight in ((0, 1.0), (1, TITLE_WEIGHT)):
            counts = {number: fields[field] for number, fields in self._fields.items()}
            mean = sum(c.total() for c in counts.values()) / max(1, len(counts))
            for term, weight in weighted_terms(terms).items():
                holders = [number for number, c in counts.items() if term in c]
                rarity = math.log(1 + (len(counts) - len(holders) + 0.5) / (len(holders) + 0.5))
                for number in holders:
                    frequency = counts[number][term]
                    length = 1 - B + B * counts[number].total() / mean
                    gain = rarity * (K1 + 1) * frequency / (frequency + K1 * length)
                    scores[number] = scores.get(number, 0.0) + field_weight * weight * gain
        chosen = [n for n in scores if allow is None or n in allow]
        numbers = np.array(chosen, dtype=np.int64)
        return best_first(numbers, np.array([scores[n] for n in chosen], dtype=np.float64), k)

    def numbers(self) -> frozenset[int]:
        """The passages held."""
        return frozenset(self._fields)
