"""The consonants of many names as tables, so that those near to a name's are found at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kaoju.sounds import CONSONANTS

_ORDER = {sound: number for number, sound in enumerate(sorted(CONSONANTS), 1)}


class SoundIndex:
    """Consonants of many names, for finding those near some others without edits to each.

    An edit changes how often a consonant stands in a name by two at most, so names that
    differ by more than that in their counts need no closer look.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._names: list[str] = []
        self._known: set[str] = set()
        # A column of consonants' counts and a row of codes a name; what lies beyond is spare.
        self._counts = np.zeros((len(_ORDER) + 1, 64), np.int8)
        self._codes = np.zeros((64, _LONGEST_SOUND), np.uint8)
        self._sizes = np.zeros(64, np.int64)

    def add(self, sound: str) -> None:
        """Know one name's consonants."""
        if sound in self._known:
            return
        if len(self._names) == len(self._sizes):
            self._counts = np.concatenate([self._counts, np.zeros_like(self._counts)], 1)
            self._codes = np.concatenate([self._codes, np.zeros_like(self._codes)])
            self._sizes = np.concatenate([self._sizes, np.zeros_like(self._sizes)])
        if len(sound) > self._codes.shape[1]:
            wider = np.zeros((len(self._codes), 2 * len(sound)), np.uint8)
            wider[:, : self._codes.shape[1]] = self._codes
            self._codes = wider
        at = len(self._names)
        self._counts[:, at] = _counted(sound)
        self._codes[at, : len(sound)] = _coded(sound)
        self._sizes[at] = len(sound)
        self._names.append(sound)
        self._known.add(sound)

    def nearest(self, sound: str, most: int) -> list[str]:
        """Those near to a name's consonants (`near`), nearest first, of the ``most`` likeliest."""
        own = _counted(sound)[:, None]
        apart = np.abs(self._counts[:, : len(self._names)] - own).sum(0, dtype=np.int16)
        allowed = 2 * max(1, len(sound) // 2 + 1)
        likely = np.flatnonzero(apart <= allowed)
        likely = likely[np.argsort(apart[likely], kind="stable")[:most]]
        likely = likely[np.abs(self._sizes[likely] - len(sound)) <= 2]
        sizes = self._sizes[likely]
        apart = _edits(sound, self._codes[likely, : sizes.max(initial=0)], sizes)
        kept = apart <= np.maximum(1, (np.maximum(sizes, len(sound)) + 1) // 2)  # as `near` has it
        told = zip(apart[kept].tolist(), likely[kept].tolist(), strict=True)
        return [other for _, other in sorted((far, self._names[at]) for far, at in told)]


_LONGEST_SOUND = 16  # consonants that a table has room for until a name has more


def _counted(sound: str) -> npt.NDArray[np.int8]:
    return np.bincount(_coded(sound), minlength=len(_ORDER) + 1).astype(np.int8)


@lru_cache(maxsize=65536)
def _coded(sound: str) -> npt.NDArray[np.uint8]:
    return np.array([_ORDER[one] for one in sound], np.uint8)


def _edits(
    sound: str, codes: npt.NDArray[np.uint8], sizes: npt.NDArray[np.int64]
) -> npt.NDArray[np.int16]:
    """The Levenshtein distance from one name's consonants to those of others, all at once."""
    steps = np.arange(codes.shape[1] + 1, dtype=np.int16)
    row = np.repeat(steps[None], len(codes), 0)
    for number, one in enumerate(_coded(sound), 1):
        moved = np.empty_like(row)
        moved[:, 0] = number
        np.minimum(row[:, 1:] + 1, row[:, :-1] + (codes != one), out=moved[:, 1:])
        row = np.minimum.accumulate(moved - steps, axis=1) + steps
    told: npt.NDArray[np.int16] = row[np.arange(len(codes)), sizes]
    return told
