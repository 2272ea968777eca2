"""The consonants of many names as tables, so that those near to a name's are found at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kaoju.sounds import CONSONANTS, near

Numbers = npt.NDArray[np.int64]
Edits = npt.NDArray[np.int8]

_ORDER = {sound: number for number, sound in enumerate(sorted(CONSONANTS), 1)}
_COUNTED = 5  # how often a consonant is counted in a name, at most: a bit each
_LONGEST_SOUND = 16  # consonants that are looked at; no name that is written by its sound has more
FAR = 9  # as far as any that is not near


class SoundIndex:
    """Consonants of many names, for finding those near some others without edits to each.

    Which are one edit away is worked out; how many edits lie between others is judged by how
    often each consonant stands in them, which an edit changes by two at most.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        # Counts as bits, how long, and columns of codes from either end; the rest is spare.
        self._signs = np.zeros(64, np.uint64)
        self._sizes = np.zeros(64, np.int8)
        self._codes = np.zeros((2, _LONGEST_SOUND + 1, 64), np.uint8)

    def __len__(self) -> int:
        """How many are known."""
        return len(self._names)

    def add(self, sound: str) -> int:
        """Know one name's consonants; their number, counted from 0."""
        at = self._numbers.get(sound)
        if at is not None:
            return at
        at = self._numbers[sound] = len(self._names)
        if at == len(self._sizes):
            self._signs = np.concatenate([self._signs, np.zeros_like(self._signs)])
            self._sizes = np.concatenate([self._sizes, np.zeros_like(self._sizes)])
            self._codes = np.concatenate([self._codes, np.zeros_like(self._codes)], 2)
        self._signs[at] = _sign(sound)
        self._sizes[at] = min(len(sound), _LONGEST_SOUND)
        own = _coded(sound)
        self._codes[0, : len(own), at] = own
        self._codes[1, : len(own), at] = own[::-1]
        self._names.append(sound)
        return at

    def one_apart(self, sound: str) -> tuple[Numbers, Edits]:
        """The numbers of those that one edit or none makes of a name's, and how many it takes."""
        own = _coded(sound)
        apart = np.bitwise_count(self._signs[: len(self._names)] ^ _sign(sound))
        likely = np.flatnonzero(apart <= 2)
        sizes = self._sizes[likely]
        fitting = np.abs(sizes - len(own)) <= 1
        likely, sizes = likely[fitting], sizes[fitting]
        wanted = np.zeros((2, len(own) + 1, 1), np.uint8)
        wanted[:, : len(own), 0] = own, own[::-1]
        other = self._codes[:, : len(own) + 1, likely] != wanted
        same = ~other[0].any(0)
        # All but one stand before or after the first difference from either end.
        kept = other.argmax(1).sum(0) >= np.maximum(sizes, len(own)) - 1
        kept |= same
        return likely[kept], np.where(same, 0, 1)[kept].astype(np.int8)

    def edits(self, sound: str) -> Edits:
        """How far each is from a name's, about: `FAR` where it cannot be near."""
        apart = np.bitwise_count(self._signs[: len(self._names)] ^ _sign(sound))
        told: Edits = np.maximum((apart + 1) >> 1, 2).astype(np.int8)
        told[np.abs(self._sizes[: len(told)] - min(len(sound), _LONGEST_SOUND)) > 2] = FAR
        told[told > max(1, (len(sound) + 3) // 2)] = FAR
        numbers, edits = self.one_apart(sound)
        told[numbers] = edits
        return told

    def nearest(self, sound: str) -> Iterator[str]:
        """Those near to a name's consonants (`kaoju.sounds.near`), the likeliest first."""
        told, edits = self.one_apart(sound)
        close = told[np.argsort(edits, kind="stable")].tolist()
        yield from (self._names[at] for at in close)
        apart = self.edits(sound)  # for those who ask for more
        rest = np.flatnonzero((apart < FAR) & (apart > 1))
        for at in rest[np.argsort(apart[rest], kind="stable")].tolist():
            if near(sound, self._names[at]):
                yield self._names[at]


_APART = 2  # what a given name counts that is not near, whatever its edits
_UNTOLD = 1  # what it counts that one of the two lacks
_NO_GIVEN, _NATIVE = -1, -2  # in the place of a given name's number


class NameIndex:
    """Names of people or places by the sound of their surnames, then of their given names.

    Of a large shelf many have the same surname's sound; whose given name is near, too, is
    likelier than the others.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._sounds = SoundIndex()
        self._owners: list[str] = []
        # The numbers of the sounds of a row's surname and given name; the spare rows lie beyond.
        self._last = np.zeros(64, np.int64)
        self._given = np.zeros(64, np.int64)

    def add(
        self, owner: str, lasts: Collection[str], given: Sequence[str], *, native: bool
    ) -> None:
        """Know a name of an entity.

        Args:
            owner: The entity's id.
            lasts: The sounds that its surname may have, or a place.
            given: Those of its given names; none where it has none.
            native: Whether it is a Chinese name as a whole, which none in full sounds like.
        """
        numbers = [self._sounds.add(sound) for sound in given] or [_NATIVE if native else _NO_GIVEN]
        for last in map(self._sounds.add, lasts):
            for number in numbers:
                if len(self._owners) == len(self._last):
                    self._last = np.concatenate([self._last, np.zeros_like(self._last)])
                    self._given = np.concatenate([self._given, np.zeros_like(self._given)])
                self._last[len(self._owners)] = last
                self._given[len(self._owners)] = number
                self._owners.append(owner)

    def nearest(
        self, lasts: Collection[str], given: Sequence[str], most: int, *, native: bool
    ) -> list[str]:
        """The owners of the ``most`` names that sound nearest to one, described as for `add`."""
        rows, apart = self._near(lasts, native, most)
        if given:
            by_given = np.full(len(self._sounds) + 2, _APART, np.int8)
            for sound in given:
                numbers, edits = self._sounds.one_apart(sound)
                by_given[numbers] = np.minimum(by_given[numbers], edits)
            by_given[_NO_GIVEN], by_given[_NATIVE] = _UNTOLD, FAR
            apart = apart + by_given[self._given[rows]]
        kept = apart < FAR
        rows, apart = rows[kept], apart[kept]
        found: dict[str, None] = {}
        for row in rows[np.argsort(apart, kind="stable")].tolist():
            found[self._owners[row]] = None
            if len(found) == most:
                break
        return list(found)

    def _near(self, lasts: Collection[str], native: bool, enough: int) -> tuple[Numbers, Edits]:
        """The rows with surnames near to one and how far each is: if enough are, the nearest."""
        last, given = self._last[: len(self._owners)], self._given[: len(self._owners)]
        rows, far = np.zeros(0, np.int64), np.zeros(0, np.int8)
        for closely in (True, False):
            far = np.full(len(self._sounds), FAR, np.int8)
            for sound in lasts:
                if closely:
                    numbers, edits = self._sounds.one_apart(sound)
                    far[numbers] = np.minimum(far[numbers], edits)
                else:
                    far = np.minimum(far, self._sounds.edits(sound))
            rows = np.flatnonzero(far[last] < FAR)
            if native:
                rows = rows[given[rows] == _NO_GIVEN]
            if len(rows) >= enough:
                break
        return rows, far[last[rows]]


@lru_cache(maxsize=65536)
def _sign(sound: str) -> np.uint64:
    """How often each consonant stands in a name, told by as many bits."""
    sign = 0
    for one in sound:
        place = _COUNTED * (_ORDER[one] - 1)
        own = sign >> place & (1 << _COUNTED) - 1
        sign |= ((own << 1 | 1) & (1 << _COUNTED) - 1) << place
    return np.uint64(sign)


@lru_cache(maxsize=65536)
def _coded(sound: str) -> npt.NDArray[np.uint8]:
    return np.array([_ORDER[one] for one in sound[:_LONGEST_SOUND]], np.uint8)
