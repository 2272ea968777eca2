"""How names sound: the letters of a name, the letters that a character stands for.

What every reader of names agrees on: how a name is folded to its letters or characters,
which letters a character is likely to stand for (learned by expectation maximisation), and
from that a cheap comparison of many names at once, by consonants or by aligning letters to
characters. How well one name is written as another, `transliteration` says.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from kaoju.text import fold, has_han

LONGEST_GROUP = 6  # letters that one character can stand for
BACK_OFF = 3.0  # weight of a character's syllable against its own counts
FLOOR, FLOOR_PER_LETTER = -9.0, -1.5  # log probability of letters never seen for a character
_NOTHING = -1e9

# Letters by how they sound to a Chinese ear: l and r are one, so are b and p.
_SOUNDS = {
    **dict.fromkeys("bp", "P"),
    **dict.fromkeys("dt", "T"),
    **dict.fromkeys("gkcqx", "K"),
    **dict.fromkeys("zs", "S"),
    **dict.fromkeys("fv", "F"),
    **dict.fromkeys("lr", "L"),
    "j": "J",
    "w": "W",
    "m": "M",
    "n": "N",
    "h": "H",
}

Row = Mapping[str, float]
Stored = Mapping[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Groups:
    """Log probabilities of letters for characters and syllables, and how often each was seen."""

    characters: Mapping[str, Row]
    syllables: Mapping[str, Row]
    shares: Mapping[str, float]


@cache
def stored() -> tuple[Stored, Mapping[str, Any]]:
    """The shipped table, read once: its arrays, and its counts by name."""
    place = resources.files("kaoju.lexicon").joinpath("transliteration.npz")
    with place.open("rb") as file, np.load(file) as found:
        arrays = {name: found[name] for name in found.files}
    return arrays, json.loads(zlib.decompress(arrays.pop("tables").tobytes()))


@cache
def groups() -> Groups:
    """What was learned of characters and their letters."""
    counted = stored()[1]
    return Groups(counted["characters"], counted["syllables"], counted["shares"])


# Letters and syllables ------------------------------------------------------------------

_LETTERS = {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"}
_NO_LETTER = re.compile(r"[^a-z]")
_NO_HAN = re.compile("[^\u3400-\u9fff]")


@lru_cache(maxsize=65536)
def letters(name: str) -> str:
    """The letters of a name that count: lower case, without accents, spaces and marks."""
    plain = fold(name).text
    if not plain.isascii():
        plain = "".join(_LETTERS.get(c, c) for c in plain)
        plain = unicodedata.normalize("NFKD", plain)
    return _NO_LETTER.sub("", plain)


@lru_cache(maxsize=65536)
def characters(name: str) -> str:
    """The Chinese characters of a name, simplified."""
    return _NO_HAN.sub("", fold(name).text)


@lru_cache(maxsize=16384)
def syllable(character: str) -> str:
    """The commonest reading of a character, without its tone."""
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])


@lru_cache(maxsize=16384)
def split_syllable(character: str) -> tuple[str, str]:
    """A character's initial and final: 斯 is s and i."""
    read = syllable(character)
    at = 0
    while at < len(read) and read[at] not in "aeiouvü":
        at += 1
    return read[:at], read[at:]


# Characters that are read in another way as a family name.
_SURNAMES = {"曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou"}
_SURNAMES |= {"翟": "zhai", "盖": "ge", "缪": "miao", "任": "ren", "召": "shao", "尹": "yin"}


@lru_cache(maxsize=65536)
def pinyin_of(name: str) -> frozenset[str]:
    """The readings of a Chinese name in letters, family name first and last.

    Empty for anything but two to four Chinese characters. The ü is written u.
    """
    plain = re.sub(r"\s", "", fold(name).text)
    if not 2 <= len(plain) <= 4 or not all(has_han(c) for c in plain):
        return frozenset()
    from pypinyin import lazy_pinyin

    read = [part.replace("ü", "u").replace("v", "u") for part in lazy_pinyin(plain)]
    read[0] = _SURNAMES.get(plain[0], read[0])
    turned = {"".join(read[k:] + read[:k]) for k in (1, 2) if k < len(read)}
    return frozenset({"".join(read), *turned})


# Consonants -----------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def skeleton(english: str) -> str:
    """The consonants of a name as they sound, doubled ones once."""
    plain = english.replace("ph", "f").replace("sch", "s").replace("ck", "k")
    out = ""
    for letter in plain.replace("th", "t").replace("gh", ""):
        sound = _SOUNDS.get(letter, "")
        if sound and out[-1:] != sound:
            out += sound
    return out


def edits(one: str, two: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(two) + 1))
    for i, x in enumerate(one, 1):
        corner, row[0] = row[0], i
        for j, y in enumerate(two, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (x != y))
    return row[-1]


@lru_cache(maxsize=65536)
def sound_of(name: str) -> str:
    """The consonants of a name in either language, as they sound."""
    return skeleton(_spell(characters(name))) if has_han(name) else skeleton(letters(name))


@lru_cache(maxsize=1 << 20)
def near(one: str, two: str) -> bool:
    """Whether two names' consonants differ little enough that they may be one name's."""
    if abs(len(one) - len(two)) > 2:
        return False
    return edits(one, two) <= max(1, (max(len(one), len(two)) + 1) // 2)


_ORDER = {sound: number for number, sound in enumerate(sorted(set(_SOUNDS.values())))}


class SoundIndex:
    """Consonants of many names, for finding those near some others without edits to each.

    An edit changes how often a consonant stands in a name by two at most, so names that
    differ by more than that in their counts need no closer look.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._sounds: dict[str, list[int]] = {}
        self._table = np.zeros((0, len(_ORDER)), np.int8)

    def add(self, sound: str) -> None:
        """Know one name's consonants."""
        if sound not in self._sounds:
            self._sounds[sound] = _counted(sound)

    def nearest(self, sound: str, most: int) -> list[str]:
        """Those near to a name's consonants (`near`), nearest first, of the ``most`` likeliest."""
        names = list(self._sounds)
        if len(self._table) != len(names):
            self._table = np.array(list(self._sounds.values()), np.int8)
        if not names:
            return []
        apart = np.abs(self._table - np.array(_counted(sound), np.int8)).sum(1)
        likely = np.argsort(apart, kind="stable")[:most]
        some = [names[int(at)] for at in likely if apart[at] <= 2 * max(1, len(sound) // 2 + 1)]
        found = [(edits(sound, other), other) for other in some if near(sound, other)]
        return [other for _, other in sorted(found)]


def _counted(sound: str) -> list[int]:
    counts = [0] * len(_ORDER)
    for one in sound:
        counts[_ORDER[one]] += 1
    return counts


def could_be(chinese: str, english: str) -> bool:
    """Whether two names are near enough in their consonants to be worth a score."""
    return near(sound_of(chinese), sound_of(english))


@lru_cache(maxsize=65536)
def _spell(chinese: str) -> str:
    """The likeliest letters of each character, joined."""
    return "".join(max(row, key=row.__getitem__) if (row := row_of(c)) else "" for c in chinese)


# Alignments of many names at once -------------------------------------------------------


@lru_cache(maxsize=16384)
def row_of(character: str) -> Row:
    """Log probabilities of letters for a character, backing off to its syllable."""
    table = groups()
    seen = table.shares.get(character, 0.0)
    row = {
        group: math.log(BACK_OFF / (seen + BACK_OFF)) + value
        for group, value in table.syllables.get(syllable(character), {}).items()
    }
    for group, value in table.characters.get(character, {}).items():
        own = math.log(seen / (seen + BACK_OFF)) + value if seen else -99.0
        row[group] = float(np.logaddexp(row[group], own)) if group in row else own
    return row


def alignments(pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
    """The log probability of the best alignment of letters to characters in each pair.

    Args:
        pairs: (characters, letters), neither empty.

    Returns:
        (n,) float32; at most -1e8 where there are more letters than the characters can
        stand for.
    """
    character_ids: dict[str, int] = {}
    group_ids: dict[str, int] = {}
    n, most = len(pairs), max(len(z) for z, _ in pairs)
    longest = max(len(e) for _, e in pairs)
    written = np.zeros((n, most), np.int32)
    spelled = np.full((n, longest + 1, LONGEST_GROUP + 1), -1, np.int32)
    for at, (z, e) in enumerate(pairs):
        written[at, : len(z)] = [character_ids.setdefault(c, len(character_ids)) for c in z]
        size = len(e)
        for start in range(size + 1):
            spelled[at, start, : min(LONGEST_GROUP, size - start) + 1] = [
                group_ids.setdefault(e[start:end], len(group_ids))
                for end in range(start, min(size, start + LONGEST_GROUP) + 1)
            ]
    floor = np.array([FLOOR + FLOOR_PER_LETTER * len(g) for g in group_ids] + [_NOTHING])
    fit = np.repeat(floor[None].astype(np.float32), len(character_ids), 0)
    for character, number in character_ids.items():
        get = row_of(character).get
        for group, place in group_ids.items():
            value = get(group)
            if value is not None:
                fit[number, place] = value
    best = np.full((n, longest + 1), _NOTHING, np.float32)
    best[:, 0] = 0
    sizes = np.array([len(z) for z, _ in pairs])
    for i in range(most):
        own = fit[written[:, i, None, None], spelled]
        moved = np.full_like(best, _NOTHING)
        for k in range(min(LONGEST_GROUP, longest) + 1):
            step = best[:, : longest + 1 - k] + own[:, : longest + 1 - k, k]
            np.maximum(moved[:, k:], step, out=moved[:, k:])
        best = np.where((i < sizes)[:, None], moved, best)
    ends = np.array([len(e) for _, e in pairs])
    told: npt.NDArray[np.float32] = best[np.arange(n), ends]
    return told
