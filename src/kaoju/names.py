"""Foreign names in Chinese and in letters: how well one is written as the other.

A model of the transliteration itself: which letters a character stands for, learned by
expectation maximisation over all alignments (many letters to one character), and weights of
the features of the best alignment, learned by ranking the true name above others in both
directions. Its table is small and is read with NumPy alone; ``lexicon/transliteration.toml``
is its card. `linking` decides what two names mean; this room only listens.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from kaoju.text import fold, has_han

LONGEST_GROUP = 6  # letters that one character can stand for
LONGEST_NAME = 32  # letters; what is longer is no transliteration of one name
FLOOR, FLOOR_PER_LETTER = -9.0, -1.5  # log probability of letters never seen for a character
UNSEEN_LETTER, UNSEEN_CHARACTER = -1.5, -3.0  # most that a letter's rarity then counts
BACK_OFF = 3.0  # weight of a character's syllable against its own counts
FEATURES_PER_CHARACTER = 16
_MOST_FEATURES = FEATURES_PER_CHARACTER * 6 + 1
_SHORTLIST = 64  # candidates that get the full score; the alignment alone ranks the rest
_VOWELS = frozenset("aeiouy")

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


@dataclass(frozen=True, slots=True)
class Tables:
    """What was learned.

    ``characters`` and ``syllables`` give log probabilities of letter groups; ``reverse``
    those of a character given its letters; ``weights`` are the hashed features' (their
    number is a power of two), ``dense`` those of the 12 counted ones, one row a direction
    (0 ranks letters for a Chinese name, 1 Chinese names for letters).
    """

    characters: Mapping[str, Mapping[str, float]]
    syllables: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, float]  # how often a character was seen
    reverse: Mapping[str, float]  # character and letters joined
    letter_counts: Mapping[str, int]
    character_counts: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    dense: npt.NDArray[np.float32]
    calibration: tuple[float, ...]


@cache
def tables() -> Tables:
    """The learned table, read once."""
    place = resources.files("kaoju.lexicon").joinpath("transliteration.npz")
    with place.open("rb") as file, np.load(file) as stored:
        counted = json.loads(zlib.decompress(stored["tables"].tobytes()))
        return Tables(
            weights=stored["weights"].astype(np.float32) * float(stored["scale"]),
            dense=stored["dense"].astype(np.float32),
            calibration=tuple(float(x) for x in stored["calibration"]),
            **counted,
        )


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
def _characters(name: str) -> str:
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
    turned = {"".join(read[k:] + read[:k]) for k in (1, 2) if k < len(read)}
    return frozenset({"".join(read), *turned})


# The alignment --------------------------------------------------------------------------

Row = Mapping[str, float]


@lru_cache(maxsize=16384)
def _row(character: str) -> Row:
    """Log probabilities of letters for a character, backing off to its syllable."""
    table = tables()
    seen = table.shares.get(character, 0.0)
    row = {
        group: math.log(BACK_OFF / (seen + BACK_OFF)) + value
        for group, value in table.syllables.get(syllable(character), {}).items()
    }
    for group, value in table.characters.get(character, {}).items():
        own = math.log(seen / (seen + BACK_OFF)) + value if seen else -99.0
        row[group] = float(np.logaddexp(row[group], own)) if group in row else own
    return row


def align(row: Callable[[str], Row], chinese: str, english: str) -> tuple[float, list[str]] | None:
    """The best alignment of letters to characters.

    Args:
        row: Gives a character's log probabilities of letter groups.
        chinese: Chinese characters only.
        english: Lower-case letters only.

    Returns:
        Its log probability and the letters of each character; None when there are more
        letters than the characters can stand for.
    """
    size = len(english)
    if size > LONGEST_GROUP * len(chinese):
        return None
    nothing = -1e9
    best = [nothing] * (size + 1)
    best[0] = 0.0
    backs: list[list[int]] = []
    for character in chinese:
        get = row(character).get
        following, back = [nothing] * (size + 1), [0] * (size + 1)
        for start, so_far in enumerate(best):
            if so_far <= nothing:
                continue
            for end in range(start, min(size, start + LONGEST_GROUP) + 1):
                found = get(english[start:end])
                score = so_far + (
                    found if found is not None else FLOOR + FLOOR_PER_LETTER * (end - start)
                )
                if score > following[end]:
                    following[end], back[end] = score, start
        best = following
        backs.append(back)
    if best[size] <= nothing:
        return None
    groups, end = [], size
    for back in reversed(backs):
        start = back[end]
        groups.append(english[start:end])
        end = start
    return best[size], groups[::-1]


# Features -------------------------------------------------------------------------------


def features(chinese: str, english: str, groups: Sequence[str]) -> list[str]:
    """The features of an alignment: each character with its letters and what stands around."""
    found: list[str] = []
    size, at = len(chinese), 0
    for number, (c, g) in enumerate(zip(chinese, groups, strict=True)):
        s = syllable(c)
        initial, final = split_syllable(c)
        place = "F" if number == 0 else "L" if number == size - 1 else "M"
        after = at + len(g)
        follows = english[after] if after < len(english) else "$"
        before = english[at - 1] if at else "^"
        previous = chinese[number - 1] if number else "^"
        following = chinese[number + 1] if number < size - 1 else "$"
        cut = 0
        while cut < len(g) and g[cut] not in _VOWELS:
            cut += 1
        onset, rest = g[:cut], g[cut:]
        found += [
            f"1{c}{g}",
            f"2{s}|{g}",
            f"3{c}{place}{g}",
            f"4{s}|{g}|{follows}",
            f"5{s}|{g}|{before}",
            f"6{previous}{c}{g}",
            f"7{c}{following}{g}",
            f"8{initial}|{onset}{place}",
            f"9{final}|{rest}",
            f"A{final}|{rest}{follows}",
            f"B{initial}|{onset}{before}",
            f"C{c}{len(g)}",
            f"D{g}{place}",
            f"E{c}{onset}",
            f"F{c}{rest}",
            f"G{previous}{s}|{g[:1]}",
        ]
        at = after
    found.append(f"N{size}|{len(english)}")
    return found


def hashed(found: Sequence[str], mask: int) -> list[int]:
    """The places of features in the table of weights."""
    return [zlib.crc32(feature.encode()) & mask for feature in found][:_MOST_FEATURES]


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


class Counts:
    """A model of strings: n-grams that back off to shorter ones (Dirichlet smoothing)."""

    def __init__(self, counts: Mapping[str, int], order: int) -> None:
        self.order = order
        self.counts = counts
        self.histories: dict[str, int] = {}
        for gram, count in counts.items():
            self.histories[gram[:-1]] = self.histories.get(gram[:-1], 0) + count
        self.known: dict[str, float] = {}
        self.cached: dict[str, list[float]] = {}

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

    def steps(self, name: str) -> list[float]:
        """The log probability of each character of a name, and of its end."""
        found = self.cached.get(name)
        if found is None:
            n = self.order
            padded = "^" * (n - 1) + name + "$"
            found = [
                math.log(self.probability(padded[i - n + 1 : i + 1]))
                for i in range(n - 1, len(padded))
            ]
            if len(self.cached) < 65536:
                self.cached[name] = found
        return found

    def log(self, name: str) -> float:
        """The log probability of a whole name, its end included."""
        return sum(self.steps(name))


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the counted features come from: the table, or one in training."""

    row: Callable[[str], Row]
    reverse: Mapping[str, float]
    letters: Counts
    characters: Counts
    spell: Callable[[str], str]


@cache
def _sources() -> Sources:
    table = tables()
    return Sources(
        _row,
        table.reverse,
        Counts(table.letter_counts, 4),
        Counts(table.character_counts, 3),
        _spell,
    )


@lru_cache(maxsize=65536)
def _spell(chinese: str) -> str:
    """The likeliest letters of each character, joined."""
    return "".join(max(row, key=row.__getitem__) if (row := _row(c)) else "" for c in chinese)


def counted(
    sources: Sources, chinese: str, english: str, alignment: tuple[float, Sequence[str]]
) -> list[float]:
    """The 12 counted features of a pair, in the order of ``Tables.dense``."""
    score, groups = alignment
    unseen, least, reverse, at = 0, 0.0, 0.0, 0
    by_letter, by_character = sources.letters.steps(english), sources.characters.steps(chinese)
    # How rare letters are is set against how well they fit. Letters that no character was
    # ever seen for fit nothing, and being rare must not make up for that.
    rare, rare_characters = by_letter[-1], by_character[-1]
    for number, (c, g) in enumerate(zip(chinese, groups, strict=True)):
        value = sources.row(c).get(g)
        own = by_letter[at : at + len(g)]
        character = by_character[number]
        if value is None:
            unseen += 1
            value = FLOOR + FLOOR_PER_LETTER * len(g)
            own = [max(step, UNSEEN_LETTER) for step in own]
            character = max(character, UNSEEN_CHARACTER)
        rare += sum(own)
        rare_characters += character
        least = min(least, value)
        reverse += sources.reverse.get(c + g, -8.0)
        at += len(g)
    spelled = sources.spell(chinese)
    ours, theirs = skeleton(spelled), skeleton(english)
    return [
        score / 5,
        reverse / 5,
        rare / 5,
        float(unseen),
        least / 5,
        float(edits(ours, theirs)),
        2 * edits(spelled, english) / max(len(english), len(spelled), 1),
        float(ours == theirs),
        abs(len(spelled) - len(english)) / 2,
        rare_characters / 5,
        float(spelled[:1] == english[:1]),
        float(spelled[-1:] == english[-1:]),
    ]


def rough(found: Sequence[float], direction: int) -> float:
    """A first score from the counted features alone: how well a pair aligns for how rare it is."""
    return 5 * found[0] - 3.5 * found[9 if direction else 2]


# Scores ---------------------------------------------------------------------------------


@lru_cache(maxsize=262144)
def _scores(chinese: str, english: str) -> tuple[float, float] | None:
    """The scores of a pair for ranking letters and for ranking Chinese names."""
    if not chinese or not english or len(english) > LONGEST_NAME:
        return None
    alignment = align(_row, chinese, english)
    if alignment is None:
        return None
    table = tables()
    places = hashed(features(chinese, english, alignment[1]), len(table.weights) - 1)
    both = table.dense @ np.array(
        counted(_sources(), chinese, english, alignment), dtype=np.float32
    ) + float(table.weights[places].sum())
    return float(both[0]), float(both[1])


def transliteration_score(chinese: str, english: str) -> float:
    """How likely it is that a Chinese name and one in letters are the same name.

    Args:
        chinese: A name or a part of one; what is no Chinese character is passed over.
        english: A name or a part of one; case, accents and spaces do not count.

    Returns:
        A probability, calibrated on pairs of which half are true and half are the
        likeliest of several thousand other names' (see the card).
    """
    ours, theirs = _characters(chinese), letters(english)
    found = _scores(ours, theirs)
    if found is None:
        return 0.0
    a, b, per, bias = tables().calibration
    return _sigmoid(a * found[0] + b * found[1] + per * len(ours) + bias)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))


def could_be(chinese: str, english: str) -> bool:
    """Whether two names are near enough in their consonants to be worth a score."""
    return near(sound_of(chinese), sound_of(english))


@lru_cache(maxsize=65536)
def sound_of(name: str) -> str:
    """The consonants of a name in either language, as they sound."""
    return skeleton(_spell(_characters(name))) if has_han(name) else skeleton(letters(name))


@lru_cache(maxsize=1 << 20)
def near(one: str, two: str) -> bool:
    """Whether two names' consonants differ little enough that they may be one name's."""
    if abs(len(one) - len(two)) > 2:
        return False
    return edits(one, two) <= max(1, (max(len(one), len(two)) + 1) // 2)


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
    scored = [
        (candidate, _pair(name, candidate) if number in promising else 0.0)
        for number, candidate in enumerate(candidates)
    ]
    ranked = sorted(enumerate(scored), key=lambda row: (-row[1][1], row[0] not in promising))
    return [pair for _, pair in ranked]


def _shortlist(name: str, candidates: Sequence[str]) -> frozenset[int]:
    """The candidates worth the full score: those that align best, all when they are few."""
    if len(candidates) <= _SHORTLIST:
        return frozenset(range(len(candidates)))
    han = has_han(name)
    quick: list[tuple[float, int]] = []
    ours = _parts(name)
    for number, candidate in enumerate(candidates):
        if has_han(candidate) == han:
            quick.append((-99.0, number))
            continue
        theirs = _parts(candidate)
        if not ours or not theirs:
            continue
        one, two = (ours[-1], theirs[-1]) if han else (theirs[-1], ours[-1])
        alignment = align(_row, one, two)
        if alignment is None:
            continue
        found = counted(_sources(), one, two, alignment)
        quick.append((-rough(found, 0 if han else 1), number))
    quick.sort()
    return frozenset(number for _, number in quick[:_SHORTLIST])


@lru_cache(maxsize=65536)
def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name, each as it is listened to: characters or letters."""
    if has_han(name):
        return tuple(p for p in map(_characters, re.split(r"[·\s]", fold(name).text)) if p)
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
    last = _ranked(ours[-1], theirs[-1], direction)
    if len(ours) == 1 and len(theirs) == 1:
        return last
    if len(ours) == 1 or len(theirs) == 1:
        whole = _ranked("".join(ours), "".join(theirs), direction)
        return max(whole, 0.98 * last)
    return math.sqrt(last * _ranked(ours[0], theirs[0], direction))


def _ranked(chinese: str, english: str, direction: int) -> float:
    """A score for ranking: strictly by the direction's own weights, near the calibrated one."""
    found = _scores(chinese, english)
    if found is None:
        return 0.0
    a, b, per, bias = tables().calibration
    return _sigmoid((a + b) * found[direction] + per * len(chinese) + bias)
