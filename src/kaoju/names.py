"""How foreign names are written in Chinese: ranking names across the two languages."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

from kaoju.text import fold, has_han

_LONGEST_GROUP = 6
_FLOOR = -9.0


@cache
def _tables() -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    raw = resources.files("kaoju.lexicon").joinpath("transliteration.json").read_text("utf-8")
    found = json.loads(raw)
    return found["characters"], found["syllables"]


@lru_cache(maxsize=65536)
def letters(name: str) -> str:
    """The letters of a name that count: lower case, without accents, spaces and marks."""
    plain = unicodedata.normalize("NFKD", fold(name).text.replace("ø", "o").replace("ł", "l"))
    return re.sub(r"[^a-z]", "", plain.replace("ß", "ss").replace("æ", "ae"))


@lru_cache(maxsize=65536)
def _row(character: str) -> dict[str, float]:
    characters, syllables = _tables()
    row = characters.get(character)
    if row is None:
        from pypinyin import lazy_pinyin

        row = syllables.get(lazy_pinyin(character)[0], {})
    return row


def _part(chinese: str, english: str) -> float:
    """Mean log probability a letter of the best alignment."""
    n, m = len(chinese), len(english)
    if not n or not m:
        return _FLOOR
    best = [-1e9] * (m + 1)
    best[0] = 0.0
    for character in chinese:
        row = _row(character)
        following = [-1e9] * (m + 1)
        for j in range(m + 1):
            if best[j] < -1e8:
                continue
            for k in range(j, min(m, j + _LONGEST_GROUP) + 1):
                score = best[j] + row.get(english[j:k], _FLOOR - 1.5 * (k - j))
                if score > following[k]:
                    following[k] = score
        best = following
    return max(best[m] / m, -12.0)


def transliteration_score(chinese: str, english: str) -> float:
    """How likely it is, from 0 to 1, that a Chinese name is that English name's transliteration."""
    raw = _part(re.sub(r"[^\u3400-\u9fff]", "", fold(chinese).text), letters(english))
    return 1 / (1 + math.exp(-3.0 * (raw + 1.6)))


def rank_names(name: str, candidates: Sequence[str]) -> list[tuple[str, float]]:
    """Rank candidate names by how likely each is the same name, best first.

    Either side may be in either language; scores lie in [0, 1], higher is better, and
    equals keep the order given.
    """
    scored = [(candidate, _pair(name, candidate)) for candidate in candidates]
    return sorted(scored, key=lambda row: -row[1])


def _pair(first: str, second: str) -> float:
    if fold(first).text == fold(second).text:
        return 1.0
    if has_han(first) == has_han(second):
        return _same_language(first, second)
    chinese, english = (first, second) if has_han(first) else (second, first)
    ours = [p for p in re.split(r"[·\s]", fold(chinese).text) if p]
    theirs = [p for p in re.split(r"[\s-]", english) if letters(p)]
    if not ours or not theirs:
        return 0.0
    whole = transliteration_score(chinese, english)
    last = transliteration_score(ours[-1], theirs[-1])
    if len(ours) == 1 or len(theirs) == 1:
        return max(whole, last)
    return max(whole, math.sqrt(last * transliteration_score(ours[0], theirs[0])))


def _same_language(first: str, second: str) -> float:
    one, two = (set(re.split(r"[·\s]", fold(n).text)) for n in (first, second))
    return 0.9 * len(one & two) / min(len(one), len(two)) if one & two else 0.0


@lru_cache(maxsize=65536)
def pinyin_of(name: str) -> frozenset[str]:
    """The readings of a Chinese name in letters, family name first and last; empty for others."""
    plain = re.sub(r"\s", "", fold(name).text)
    if not 2 <= len(plain) <= 4 or not all(has_han(c) for c in plain):
        return frozenset()
    from pypinyin import lazy_pinyin

    read = [s.replace("ü", "v").replace("v", "u") for s in lazy_pinyin(plain)]
    whole = "".join(read)
    turned = {"".join(read[k:] + read[:k]) for k in (1, 2) if k < len(read)}
    return frozenset({whole, *turned})
