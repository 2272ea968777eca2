"""How common a string is as a name: the habits of either side, letters and characters.

A name that is common as a string is less telling when it fits (`transliteration`). Counts of
a few symbols in a row, that back off to fewer; of letters all such counts are one table, so
that the names of a shelf are looked up many at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

_KEPT = 65536
_START, _END = 0, 27  # codes of what stands before and after a name, a to z between them
_CODES = 28


class Counts:
    """A model of strings: n-grams that back off to shorter ones (Dirichlet smoothing)."""

    def __init__(self, counts: Mapping[str, int], order: int) -> None:
        """Take counts of strings of 1 to ``order`` characters."""
        self.order = order
        self.counts = counts
        self.histories: dict[str, int] = {}
        for gram, count in counts.items():
            self.histories[gram[:-1]] = self.histories.get(gram[:-1], 0) + count
        self.known: dict[str, float] = {}
        self.cached: dict[str, float] = {}

    def probability(self, gram: str) -> float:
        """The probability of a string's last character after those before it."""
        found = self.known.get(gram)
        if found is not None:
            return found
        if len(gram) == 1:
            value = (self.counts.get(gram, 0) + 0.1) / (self.histories.get("", 0) + 3)
        else:
            history = self.histories.get(gram[:-1], 0)
            shorter = self.probability(gram[1:])
            value = (self.counts.get(gram, 0) + 5 * shorter) / (history + 5) if history else shorter
        self.known[gram] = value
        return value

    def log(self, name: str) -> float:
        """The log probability of a whole name, its end included."""
        found = self.cached.get(name)
        if found is None:
            n = self.order
            padded = "^" * (n - 1) + name + "$"
            found = sum(
                math.log(self.probability(padded[i - n + 1 : i + 1]))
                for i in range(n - 1, len(padded))
            )
            if len(self.cached) < _KEPT:
                self.cached[name] = found
        return found


class LetterCounts(Counts):
    """The same of names in the letters a to z, for asking of many names at once."""

    @cached_property
    def _table(self) -> npt.NDArray[np.float64]:
        """The log probability of each letter after those before it, by their codes."""
        shorter = np.zeros(0)
        seen: dict[int, tuple[list[int], list[int]]] = {}
        for gram, count in self.counts.items():
            places, counts = seen.setdefault(len(gram), ([], []))
            place = 0
            for letter in gram:
                place = place * _CODES + _code(letter)
            places.append(place)
            counts.append(count)
        for size in range(1, self.order + 1):
            places, counts = seen.get(size, ([], []))
            own = np.zeros(_CODES**size)
            own[places] = counts
            own = own.reshape(-1, _CODES)
            history = own.sum(1, keepdims=True)
            if size == 1:
                shorter = (own + 0.1) / (history + 3)
            else:
                fewer = np.tile(shorter, (_CODES, 1))
                shorter = np.where(history > 0, (own + 5 * fewer) / (history + 5), fewer)
        return np.log(shorter.reshape(-1))

    def logs(self, names: Sequence[str]) -> list[float]:
        """What `log` tells of each of some names in letters alone."""
        missing = [name for name in dict.fromkeys(names) if name not in self.cached]
        if missing:
            if len(self.cached) + len(missing) > _KEPT:
                self.cached, missing = {}, list(dict.fromkeys(names))
            self.cached.update(zip(missing, self._sums(missing).tolist(), strict=True))
        return [self.cached[name] for name in names]

    def _sums(self, names: Sequence[str]) -> npt.NDArray[np.float64]:
        before = "`" * (self.order - 1)
        written = "".join([f"{before}{name}{{" for name in names])  # the codes beside a and z
        codes = np.frombuffer(written.encode(), np.uint8).astype(np.int64) - ord("`")
        place = codes[: len(codes) - self.order + 1]
        for step in range(1, self.order):
            place = place * _CODES + codes[step : len(codes) - self.order + 1 + step]
        each = self._table[place]
        sizes = np.array([len(name) for name in names])
        starts = np.cumsum(sizes + self.order) - sizes - self.order
        # Between two names stand places that hold letters of both: they count for neither.
        each = np.append(each, 0.0)
        told: npt.NDArray[np.float64] = np.add.reduceat(
            each, np.stack([starts, starts + sizes + 1], 1).ravel()
        )[::2]
        return told


def _code(letter: str) -> int:
    return {"^": _START, "$": _END}.get(letter, ord(letter) - ord("a") + 1)
