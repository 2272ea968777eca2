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
from threading import Lock
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

CONSONANTS = frozenset(_SOUNDS.values())

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
    read = [part.replace("ü", "u").replace("v", "u") for part in _syllables(plain)]
    read[0] = _SURNAMES.get(plain[0], read[0])
    turned = {"".join(read[k:] + read[:k]) for k in (1, 2) if k < len(read)}
    return frozenset({"".join(read), *turned})


def _syllables(chinese: str) -> list[str]:
    """The readings of a few characters; a phrase that the tables know is read as a whole."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    size = len(chinese)
    parts = (chinese[at:end] for at in range(size - 1) for end in range(at + 2, size + 1))
    if any(part in PHRASES_DICT for part in parts):
        return list(lazy_pinyin(chinese))
    # Most names hold no phrase: to cut them into phrases takes longer than to read them.
    return [syllable(character) for character in chinese]


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
    for corner, x in enumerate(one):
        row[0] = before = corner + 1
        for j, y in enumerate(two, 1):
            above = row[j]
            apart = corner if x == y else corner + 1
            if above + 1 < apart:
                apart = above + 1
            if before + 1 < apart:
                apart = before + 1
            corner, row[j], before = above, apart, apart
    return row[-1]


@lru_cache(maxsize=65536)
def sound_of(name: str) -> str:
    """The consonants of a name in either language, as they sound."""
    return skeleton(_spell(characters(name))) if has_han(name) else skeleton(letters(name))


@lru_cache(maxsize=1 << 20)
def near(one: str, two: str) -> bool:
    """Whether two names' consonants differ little enough that they may be one name's."""
    return abs(len(one) - len(two)) <= 2 and _is_near(edits(one, two), one, two)


def _is_near(apart: int, one: str, two: str) -> bool:
    return apart <= max(1, (max(len(one), len(two)) + 1) // 2)


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


@cache
def _group_numbers() -> dict[str, int]:
    """A number for every group of letters that was seen for some character or syllable."""
    table = groups()
    rows = (*table.characters.values(), *table.syllables.values())
    return {group: number for number, group in enumerate(sorted({g for row in rows for g in row}))}


def _impossible() -> int:
    """The number of a group that goes beyond the end of a name; the unseen stand before it."""
    return len(_group_numbers()) + LONGEST_GROUP + 1


@cache
def _group_codes() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The groups as numbers of base 27 in order, and what `_group_numbers` calls each."""
    number = _group_numbers()
    some = [group for group in number if all("a" <= letter <= "z" for letter in group)]
    codes = np.array([_code(group) for group in some], np.int64)
    order = np.argsort(codes)
    return codes[order], np.array([number[group] for group in some], np.int32)[order]


def _code(group: str) -> int:
    code = 0
    for letter in group:
        code = code * 27 + ord(letter) - 96
    return code


def _groups_in(names: Sequence[str], width: int) -> npt.NDArray[np.int32]:
    """The numbers of the groups in names: (name, how many letters they have, where they end)."""
    known, numbers = _group_codes()
    unseen = len(_group_numbers())
    written = b"".join(name.encode("ascii").ljust(width, b"`") for name in names)
    code = np.frombuffer(written, np.uint8).reshape(len(names), width).astype(np.int64) - 96
    own = np.zeros((len(names), width + 1), np.int64)
    told = np.full((len(names), LONGEST_GROUP + 1, width + 1), _impossible(), np.int32)
    told[:, 0] = _group_numbers().get("", unseen)
    for length in range(1, min(LONGEST_GROUP, width) + 1):
        own[:, 1:] = own[:, :-1] * 27 + code  # of the letters before with this one
        own[:, :length] = -1
        at = np.minimum(np.searchsorted(known, own), len(known) - 1)
        found = np.where(known[at] == own, numbers[at], unseen + length)
        told[:, length, length:] = found[:, length:]
    return told


class _Places:
    """The groups in each name met so far, as one table."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.table = np.zeros((0, LONGEST_GROUP + 1, _USUAL + 1), np.int32)
        self.turn = Lock()


_USUAL = 32  # letters of a name that the table has room for
_MOST_PLACES = 16384  # names: 15 MB
_seen = _Places()


def _places_of(names: Sequence[str], width: int) -> npt.NDArray[np.int32]:
    """The groups in each of some names up to a width, as `_groups_in` has them."""
    if width > _USUAL:
        return _groups_in(names, width)
    with _seen.turn:
        missing = [name for name in dict.fromkeys(names) if name not in _seen.rows]
        if missing:
            if len(_seen.rows) + len(missing) > _MOST_PLACES:
                _seen.rows, missing = {}, list(dict.fromkeys(names))
            start = len(_seen.rows)
            needed = start + len(missing)
            if needed > len(_seen.table):
                grown = np.empty((max(256, 2 * needed), *_seen.table.shape[1:]), np.int32)
                grown[:start] = _seen.table[:start]
                _seen.table = grown
            most = max(map(len, missing))  # few have as many letters as there is room for
            _seen.table[start:needed, :, : most + 1] = _groups_in(missing, most)
            _seen.table[start:needed, :, most + 1 :] = _impossible()
            _seen.rows.update((name, start + n) for n, name in enumerate(missing))
        found: npt.NDArray[np.int32] = _seen.table[[_seen.rows[n] for n in names], :, : width + 1]
        return found


class _Fits:
    """What each group of letters is worth for each character met so far, as one table."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.table = np.zeros((0, 0), np.float32)
        self.turn = Lock()


_met = _Fits()
_MOST_MET = 1024  # characters: 18 MB


def _fits_of(some: str) -> tuple[npt.NDArray[np.float32], dict[str, int]]:
    """A table with a row for each of some characters (or more), and the numbers of the rows."""
    with _met.turn:
        missing = [c for c in dict.fromkeys(some) if c not in _met.rows]
        if missing:
            if len(_met.rows) + len(missing) > _MOST_MET:
                _met.rows, missing = {}, list(dict.fromkeys(some))
            needed = len(_met.rows) + len(missing)
            if not _met.rows or needed > len(_met.table):
                grown = np.empty((max(64, 2 * needed), _impossible() + 1), np.float32)
                grown[: len(_met.rows)] = _met.table[: len(_met.rows)] if _met.rows else 0
                _met.table = grown
            for c in missing:
                _met.table[len(_met.rows)] = _fit_of(c)
                _met.rows[c] = len(_met.rows)
        return _met.table, _met.rows


@cache
def _unseen_fit() -> npt.NDArray[np.float32]:
    """What each group is worth for a character that was never seen with it."""
    seen = [FLOOR + FLOOR_PER_LETTER * len(group) for group in _group_numbers()]
    unseen = [FLOOR + FLOOR_PER_LETTER * length for length in range(LONGEST_GROUP + 1)]
    return np.array([*seen, *unseen, _NOTHING], np.float32)


def _fit_of(character: str) -> npt.NDArray[np.float32]:
    told, number = _unseen_fit().copy(), _group_numbers()
    for group, value in row_of(character).items():
        told[number[group]] = value
    return told


def alignments(pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
    """The log probability of the best alignment of letters to characters in each pair.

    Args:
        pairs: (characters, letters), neither empty.

    Returns:
        (n,) float32; at most -1e8 where there are more letters than the characters can
        stand for.
    """
    n, most = len(pairs), max(len(z) for z, _ in pairs)
    longest = max(len(e) for _, e in pairs)
    fit, rows = _fits_of("".join({z for z, _ in pairs}))
    flat, first = fit.reshape(-1), next(iter(rows))
    filled = "".join([z.ljust(most, first) for z, _ in pairs])
    written = np.array([rows[c] for c in filled]).reshape(n, most) * fit.shape[1]
    spelled = np.ascontiguousarray(
        _places_of([e for _, e in pairs], longest).swapaxes(0, 1), np.int64
    )
    # Before each row as many columns of nothing as a group has letters, so that what was best
    # ``k`` letters before is a view of the same table.
    edge = LONGEST_GROUP
    best = np.full((n, edge + longest + 1), _NOTHING, np.float32)
    best[:, edge] = 0
    row, column = best.strides
    before = np.lib.stride_tricks.as_strided(
        best[:, edge:], (edge + 1, n, longest + 1), (-column, row, column)
    )
    sizes = np.array([len(z) for z, _ in pairs])
    for i in range(most):
        own = flat.take(spelled + written[:, i, None], mode="clip")
        own += before
        np.copyto(best[:, edge:], own.max(0), where=(i < sizes)[:, None])
    ends = np.array([edge + len(e) for _, e in pairs])
    told: npt.NDArray[np.float32] = best[np.arange(n), ends]
    return told
