"""Names in Chinese characters as they are read elsewhere: 李在明 is Lee Jae-myung.

A name in letters is one in characters when it is their readings, one after the other, in any
of the ways that ``lexicon/name_readings.txt`` has for them: Korean, Japanese, Cantonese and
others, besides Mandarin in pinyin and in Wade-Giles, which follows from it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kaoju.gazetteer import lexicon_lines
from kaoju.sounds import characters, letters, pinyin_of, syllable

_LONGEST = 3  # characters of a family name that are read together: 长谷川
# Wade-Giles without its apostrophes, from pinyin: the first pattern that fits.
_INITIALS = [
    ("zh", "ch"),
    ("q", "ch"),
    ("j", "ch"),
    ("x", "hs"),
    ("z", "ts"),
    ("c(?!h)", "ts"),
    ("b", "p"),
    ("d", "t"),
    ("g", "k"),
    ("r", "j"),
]
_FINALS = [
    ("ong$", "ung"),
    ("ian$", "ien"),
    ("^((?:[ptkhl]|ts|j|n))e$", r"\1o"),
    ("(?<=h)i$", "ih"),
    ("(?<=[iu])e$", "eh"),
    ("^tsi$", "tzu"),
    ("^si$", "ssu"),
    ("^yan$", "yen"),
    ("^you$", "yu"),
]
_OTHERS = {"hsi": "hsi", "hsiang": "shiang", "hsien": "shian", "hsiao": "shiao", "hsing": "shing"}


@cache
def _readings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lexicon_lines("name_readings.txt"):
        name, *read = line.split()
        found.setdefault(name, set()).update(read)
    return {name: frozenset(read) for name, read in found.items()}


def wade_giles(read: str) -> str:
    """A syllable in pinyin as Wade-Giles writes it, without apostrophes: xiao is hsiao."""
    for pattern, by in _INITIALS:
        changed, count = re.subn(f"^{pattern}", by, read)
        if count:
            read = changed
            break
    for pattern, by in _FINALS:
        read = re.sub(pattern, by, read)
    return read


@lru_cache(maxsize=16384)
def readings(piece: str) -> frozenset[str]:
    """The readings of a piece of a name."""
    found = set(_readings().get(piece, ()))
    if len(piece) == 1:
        own = syllable(piece).replace("ü", "u").replace("v", "u")
        old = wade_giles(own)
        found |= {own, old, _OTHERS.get(old, old)}
    return frozenset(found)


@lru_cache(maxsize=65536)
def reads(chinese: str, english: str) -> bool:
    """Whether letters are the readings of characters, one after the other."""
    if not chinese:
        return not english
    return any(
        english.startswith(read) and reads(chinese[size:], english[len(read) :])
        for size in range(1, min(_LONGEST, len(chinese)) + 1)
        for read in readings(chinese[:size])
    )


@lru_cache(maxsize=16384)
def read_heads(chinese: str) -> frozenset[str]:
    """The first two characters of a name read aloud in any way: 三光 is sanguang, samkwang."""
    if len(chinese) < 2:
        return frozenset()
    return frozenset(one + two for one in readings(chinese[0]) for two in readings(chinese[1]))


@lru_cache(maxsize=65536)
def is_reading(chinese: str, english: str) -> bool:
    """Whether a name in letters is one in two to five characters, family name first or last.

    The family name in letters is one word, so that readings do not run across.
    """
    ours = characters(chinese)
    words = [w for w in map(letters, re.split(r"[\s·]+", english)) if w]
    if not 2 <= len(ours) <= 5 or "·" in chinese or not 2 <= len(words) <= 4:
        return False
    if "".join(words) in pinyin_of(ours):
        return True
    for size in range(1, min(_LONGEST, len(ours) - 1) + 1):
        family, given = ours[:size], ours[size:]
        for first, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
            if first in readings(family) and reads(given, "".join(rest)):
                return True
    return False


@lru_cache(maxsize=65536)
def family_readings(chinese: str) -> frozenset[str]:
    """How a name's family name may be written in letters."""
    ours = characters(chinese)
    if not 2 <= len(ours) <= 5 or "·" in chinese:
        return frozenset()
    return frozenset(
        read
        for size in range(1, min(_LONGEST, len(ours) - 1) + 1)
        for read in readings(ours[:size])
    )
