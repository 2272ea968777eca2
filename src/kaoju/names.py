"""Names ranked by how likely each is the same name, whatever the languages.

A name is compared by its parts: a surname alone with the surname of a name in full. What a
pair of parts is worth, `transliteration` says; of many candidates only those that sound near
are asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from kaoju.sounds import alignments, characters, letters, pinyin_of
from kaoju.text import fold, has_han
from kaoju.transliteration import (
    LONGEST_NAME,
    MOST_CHARACTERS,
    models,
    ranked,
    spell,
    write,
)

# Candidates that are aligned, that are spelled, and that get the full score. The true name is
# among the first ALIGNED of 1,000 in more than 99 of 100 cases, and then among the WRITTEN.
_SPELLED, _WRITTEN = 160, 32
_HABIT = 0.7  # how much of a candidate's being a common string is taken off its alignment


def rank_names(name: str, candidates: Sequence[str]) -> list[tuple[str, float]]:
    """Rank candidate names by how likely each is the same name, best first.

    Args:
        name: In either language: a surname or a name in full, 斯威伯 or Meghan Swiber.
        candidates: In either language, the two mixed as they come.

    Returns:
        (candidate, score) pairs. Scores lie in [0, 1], higher is better; equals keep the
        order given.
    """
    promising = _shortlist(name, candidates)
    _hear(name, [candidates[number] for number in promising])
    scored = [
        (candidate, _pair(name, candidate) if number in promising else 0.0)
        for number, candidate in enumerate(candidates)
    ]
    ordered = sorted(enumerate(scored), key=lambda row: (-row[1][1], row[0] not in promising))
    return [pair for _, pair in ordered]


def nearest(name: str, candidates: Sequence[str]) -> list[str]:
    """The candidates that fit a name best by alignment and spelling, best first; at most 32."""
    found = _shortlist(name, candidates)
    return sorted((candidates[n] for n in found), key=lambda c: -_pair(name, c))


def _shortlist(name: str, candidates: Sequence[str]) -> frozenset[int]:
    """The candidates worth the full score: those that fit best, all when they are few."""
    if len(candidates) <= _WRITTEN:
        return frozenset(range(len(candidates)))
    han, ours = has_han(name), _parts(name)
    own = {number for number, c in enumerate(candidates) if has_han(c) == han}
    pairs: dict[int, tuple[str, str]] = {}
    for number, candidate in enumerate(candidates):
        theirs = () if number in own else _parts(candidate)
        if ours and theirs:
            one, two = (ours[-1], theirs[-1]) if han else (theirs[-1], ours[-1])
            if len(one) <= MOST_CHARACTERS and len(two) <= LONGEST_NAME:
                pairs[number] = one, two
    if len(pairs) > _SPELLED:
        habits = models().letter_habits if han else models().character_habits
        fit = alignments(list(pairs.values())).tolist()
        best = {
            number: value - _HABIT * habits.log(pair[1 if han else 0])
            for (number, pair), value in zip(pairs.items(), fit, strict=True)
        }
        kept = sorted(best, key=lambda number: (-best[number], number))[:_SPELLED]
        pairs = {number: pairs[number] for number in kept}
    if len(pairs) > _WRITTEN:
        fit = spell(list(pairs.values()))
        best = dict(zip(pairs, fit, strict=True))
        pairs = {n: pairs[n] for n in sorted(best, key=lambda n: (-best[n], n))[:_WRITTEN]}
    return frozenset(own | set(pairs))


def _hear(name: str, candidates: Sequence[str]) -> None:
    """Score all that `_pair` will ask for in one go, which is far quicker."""
    han, ours = has_han(name), _parts(name)
    wanted: dict[tuple[str, str], None] = {}
    for candidate in candidates:
        theirs = _parts(candidate)
        if has_han(candidate) == han or not ours or not theirs:
            continue
        for one, two in (
            (ours[-1], theirs[-1]),
            (ours[0], theirs[0]),
            ("".join(ours), "".join(theirs)),
        ):
            pair = (one, two) if han else (two, one)
            if len(pair[0]) <= MOST_CHARACTERS and len(pair[1]) <= LONGEST_NAME:
                wanted[pair] = None
    spell(list(wanted))
    write(list(wanted))


@lru_cache(maxsize=65536)
def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name, each as it is listened to: characters or letters."""
    if has_han(name):
        return tuple(p for p in map(characters, re.split(r"[·\s]", fold(name).text)) if p)
    parts = [p for p in map(letters, re.split(r"[\s·]+", name)) if p]
    full = [p for p in parts if len(p) > 1]
    return tuple(full or parts)


def _pair(first: str, second: str) -> float:
    if fold(first).text == fold(second).text:
        return 1.0
    if has_han(first) == has_han(second):
        one, two = set(_parts(first)), set(_parts(second))
        return 0.9 * len(one & two) / min(len(one), len(two)) if one & two else 0.0
    chinese, english = (first, second) if has_han(first) else (second, first)
    if letters(english) in pinyin_of(chinese):
        return 0.97
    ours, theirs = _parts(chinese), _parts(english)
    if not ours or not theirs:
        return 0.0
    direction = 0 if has_han(first) else 1
    last = ranked(ours[-1], theirs[-1], direction)
    if len(ours) == 1 and len(theirs) == 1:
        return last
    if len(ours) == 1 or len(theirs) == 1:
        whole = ranked("".join(ours), "".join(theirs), direction)
        return max(whole, 0.98 * last)
    return math.sqrt(last * ranked(ours[0], theirs[0], direction))
