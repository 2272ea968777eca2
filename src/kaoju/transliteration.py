"""Foreign names in Chinese and in letters: how well one is written as the other.

Two models of writing, one each way (`transducer`), and the habits of either side (which
letters, which characters names are made of), learned from a list of names. Which of many
names a name is, the model of writing it tells best; whether two names are one at all, the
model of spelling and the alignment (`sounds`) together. ``lexicon/transliteration.toml`` is
the table's card. `linking` decides what two names mean; this room only listens.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kaoju.name_habits import Counts, LetterCounts
from kaoju.sounds import alignments, characters, could_be, letters, stored, syllable
from kaoju.transducer import UNKNOWN, Array, Transducer, unpacked

LONGEST_NAME, MOST_CHARACTERS = 32, 16  # what is longer is no transliteration of one name
ORDER_LETTERS, ORDER_CHARACTERS = 4, 3
LETTERS = {
    letter: number for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz", UNKNOWN + 1)
}
# Of the two models' log probabilities: what the other's counts when names are ranked.
# Measured on names held out of the training; 0 to 0.3 change accuracy by less than 0.003.
_OTHER = 0.1
_KEPT = 1 << 18


@dataclass(frozen=True, slots=True)
class Models:
    """What was learned.

    ``spells`` gives letters for characters, ``writes`` characters for letters; ``pair``
    and ``ranks`` are logistic weights, the constant last (see `evidence` and `ranked`).
    """

    spells: Transducer
    writes: Transducer
    ids: Mapping[str, int]  # of the characters that were seen more than once
    letter_habits: LetterCounts
    character_habits: Counts
    pair: tuple[float, ...]
    ranks: tuple[tuple[float, ...], tuple[float, ...]]


@cache
def models() -> Models:
    """The learned models, read once."""
    arrays, counted = stored()
    return Models(
        Transducer(unpacked(arrays, "spells_")),
        Transducer(unpacked(arrays, "writes_")),
        {c: number for number, c in enumerate(counted["known"], UNKNOWN + 1)},
        LetterCounts(counted["letter_counts"], ORDER_LETTERS),
        Counts(counted["character_counts"], ORDER_CHARACTERS),
        tuple(arrays["pair"].tolist()),
        (tuple(arrays["ranks"][0].tolist()), tuple(arrays["ranks"][1].tolist())),
    )


@cache
def _by_syllable() -> dict[str, int]:
    """The commonest known character of each syllable, for reading one that is not known."""
    shares: Mapping[str, float] = stored()[1]["shares"]
    found: dict[str, tuple[float, int]] = {}
    for character, number in models().ids.items():
        read = syllable(character)
        best = found.get(read)
        if best is None or shares.get(character, 0) > best[0]:
            found[read] = (shares.get(character, 0), number)
    return {read: number for read, (_, number) in found.items()}


@lru_cache(maxsize=65536)
def _ids(chinese: str) -> tuple[int, ...]:
    known = models().ids
    return tuple(known.get(c) or _by_syllable().get(syllable(c), UNKNOWN) for c in chinese)


# A cheap measure, for sorting out ---------------------------------------------------------

# Of 484 true pairs that no table was learned from and that score at all 1 fits worse than this,
# of the names whose consonants are nearest two in three do (at -9 none did of either).
LEAST_FIT = -5.5
_HABIT = 0.7  # how much of the letters' being a common string is taken off an alignment


_fit: dict[tuple[str, str], float] = {}


def fits(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """How well letters align to characters, for how common the letters are; many at once."""
    if len(_fit) > _KEPT:
        _fit.clear()
    unknown = [pair for pair in dict.fromkeys(pairs) if pair not in _fit]
    if unknown:
        habits = models().letter_habits
        common = habits.logs([e for _, e in unknown])
        found = zip(unknown, alignments(unknown).tolist(), common, strict=True)
        _fit.update((pair, value - _HABIT * habit) for pair, value, habit in found)
    return [_fit[pair] for pair in pairs]


def _fit_of(pair: tuple[str, str]) -> float:
    found = _fit.get(pair)
    return fits([pair])[0] if found is None else found


def may_be(chinese: str, english: str) -> bool:
    """Whether a pair sounds near enough to be worth a score."""
    pair = characters(chinese), letters(english)
    return is_name(*pair) and could_be(*pair) and _fit_of(pair) >= LEAST_FIT


# Scores of pairs ------------------------------------------------------------------------

Pair = tuple[str, str]  # characters, letters

_spelled: dict[Pair, float] = {}
_written: dict[Pair, float] = {}
_read: dict[str, Array] = {}


def is_name(chinese: str, english: str) -> bool:
    """Whether characters and letters are of a length that one name in both has."""
    return 0 < len(chinese) <= MOST_CHARACTERS and 0 < len(english) <= LONGEST_NAME


def spell(pairs: Sequence[Pair]) -> list[float]:
    """Log probabilities of the letters given the characters, for (characters, letters) pairs."""
    return _scored(models().spells, _spelled, pairs, 0)


def write(pairs: Sequence[Pair]) -> list[float]:
    """Log probabilities of the characters given the letters, for (characters, letters) pairs."""
    return _scored(models().writes, _written, pairs, 1)


def hear(pairs: Sequence[Pair]) -> None:
    """Score pairs in one go, for those who will ask for each that fits so well."""
    known = [pair for pair in pairs if is_name(*pair) and could_be(*pair)]
    spell([pair for pair, value in zip(known, fits(known), strict=True) if value >= LEAST_FIT])


def _scored(
    model: Transducer,
    known: dict[Pair, float],
    pairs: Sequence[Pair],
    at: int,
) -> list[float]:
    if len(known) > _KEPT:
        known.clear()
    missing = [pair for pair in dict.fromkeys(pairs) if pair not in known]
    if missing:
        sides = [(_ids(z), [LETTERS[c] for c in e]) for z, e in missing]
        unread = [
            number
            for name, number in {pair[at]: i for i, pair in enumerate(missing)}.items()
            if name not in _read
        ]
        if len(_read) > 2048:
            _read.clear()
            unread = list({pair[at]: i for i, pair in enumerate(missing)}.values())
        if unread:
            found = model.read([sides[number][at] for number in unread])
            _read.update((missing[n][at], own) for n, own in zip(unread, found, strict=True))
        scores = model.score(
            [_read[pair[at]] for pair in missing], [side[1 - at] for side in sides]
        )
        known.update(zip(missing, scores, strict=True))
    return [known[pair] for pair in pairs]


# What fits worse or better than these counts as they do: there the model of spelling tells
# more (法兰克福, Frankfurt, is written by tradition).
_WORST_FIT, _BEST_FIT = -2.0, 3.0


def evidence(chinese: str, english: str) -> list[float]:
    """What tells whether two names are one: how well the letters are spelled, and aligned.

    Both for how common the letters are as a string, the first once for their number. How
    well the characters are written adds nothing to these: of 1,000 true pairs and 6,655 that
    sound near, 97 % and 2 % are believed without it as with it (96 % and 4 % without the
    alignment), and it takes ten times as long as all else.
    """
    spelled = spell([(chinese, english)])[0]
    learned = models()
    habit_e, habit_z = learned.letter_habits.log(english), learned.character_habits.log(chinese)
    fit = min(max(_fit_of((chinese, english)), _WORST_FIT), _BEST_FIT)
    return [
        (spelled - habit_e) / 5,
        spelled / len(english),
        fit / 5,
        habit_e / 5,
        habit_z / 5,
        len(chinese),
        len(english) / len(chinese),
    ]


def _both(chinese: str, english: str) -> tuple[float, float]:
    pair = [(chinese, english)]
    return spell(pair)[0], write(pair)[0]


def rank_evidence(chinese: str, english: str, direction: int) -> list[float]:
    """What `ranked` weighs; only the first differs between candidates for one name."""
    spelled, written = _both(chinese, english)
    if direction == 0:
        habit, size = models().character_habits.log(chinese), len(chinese)
        return [(written + _OTHER * spelled) / 5, habit / 5, size]
    habit, size = models().letter_habits.log(english), len(english)
    return [(spelled + _OTHER * written) / 5, habit / 5, size]


def transliteration_score(chinese: str, english: str) -> float:
    """How likely it is that a Chinese name and one in letters are the same name.

    Args:
        chinese: A name or a part of one; what is no Chinese character is passed over.
        english: A name or a part of one; case, accents and spaces do not count.

    Returns:
        A probability, calibrated on pairs of which half are true and half are those that
        sound nearest of a thousand other names' (see the card).
    """
    ours, theirs = characters(chinese), letters(english)
    return _score(ours, theirs) if is_name(ours, theirs) else 0.0


@lru_cache(maxsize=1 << 17)
def _score(chinese: str, english: str) -> float:
    return _logistic(models().pair, evidence(chinese, english))


def ranked(chinese: str, english: str, direction: int) -> float:
    """A score for ranking letters for a Chinese name (0) or Chinese names for letters (1).

    In [0, 1]; among candidates for one name it falls as the probability of the name given
    the candidate does, which is what decides when all candidates are as likely before.
    """
    if not is_name(chinese, english):
        return 0.0
    return _logistic(models().ranks[direction], rank_evidence(chinese, english, direction))


def _logistic(weights: Sequence[float], found: Sequence[float]) -> float:
    value = sum(w * x for w, x in zip(weights, found, strict=False)) + weights[-1]
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
