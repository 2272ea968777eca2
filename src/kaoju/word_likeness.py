"""How far the words of a draft's sentence are those of an article's, in either language."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kaoju.closeness import word_vectors
from kaoju.frames import Statement, across
from kaoju.text import has_han
from kaoju.word_translations import words_for

Floats = npt.NDArray[np.float32]
NAME = "@"  # begins the term of a linked name, whatever it is called


@dataclass(frozen=True, slots=True)
class Word:
    """A word that governs a figure: its stem, as printed, and how near it stands, 0 to 1."""

    term: str
    printed: str
    near: float


def share_of_words(
    claim: Statement,
    evidence: Statement,
    held: frozenset[str],
    weight: Callable[[str], float],
) -> float:
    """The weighted share of the draft's words that are among those held; 0 across languages."""
    if across(claim, evidence):
        return 0.0
    total = math.fsum(weight(term) for term in claim.terms)
    if not total:
        return 0.0
    return math.fsum(weight(term) for term in claim.terms & held) / total


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a draft's sentence with their weights, and what stands for them elsewhere.

    ``own`` is for sentences of its language, ``other`` for those of the other one; a word that
    nothing is known to stand for is left out there.
    """

    own: tuple[tuple[float, str], ...]
    other: tuple[tuple[float, tuple[tuple[str, float], ...]], ...]


def wanted_of(terms: frozenset[str], weight: Callable[[str], float]) -> Wanted:
    """The words to look for.

    Args:
        terms: Of the draft's sentence, without names and figures.
        weight: How much a word tells, of either language.
    """
    own = tuple((weight(term), term) for term in sorted(terms))
    other = []
    for term in sorted(terms):
        told = words_for(term)
        if told:
            # As telling as its likeliest translation is here.
            other.append((weight(told[0][0]), told))
    return Wanted(own, tuple(other))


def share_of_content(wanted: Wanted, held: frozenset[str], *, across: bool) -> float:
    """The weighted share of a sentence's words that others hold, or words that stand for them."""
    if not across:
        total = math.fsum(w for w, _ in wanted.own)
        return math.fsum(w for w, term in wanted.own if term in held) / total if total else 0.0
    total = math.fsum(w for w, _ in wanted.other)
    if not total:
        return 0.0
    found = math.fsum(
        w * next((min(1.0, sure / _SURE) for term, sure in told if term in held), 0.0)
        for w, told in wanted.other
    )
    return found / total


_SURE = 0.4  # the chance from which a word that stands for another counts in full


# Word by word -----------------------------------------------------------------------------

_CHANCE, _CERTAIN = 0.3, 0.75  # cosines up to which chance reaches, and from which two are one
_HEARD = 0.8  # what nearness by vectors alone is worth at most
_SHARED = 0.6  # of two words of one language that share their root


def likenesses(asked: Sequence[Word], held: Sequence[Word]) -> Floats:
    """How surely each word is meant by each other one, of the same language or the other.

    By the same stem or name, by the learned tables of translations, by a shared root, or by
    how near the two lie as the encoder reads single words.

    Returns:
        (asked, held) values in [0, 1].
    """
    if not asked or not held:
        return np.zeros((len(asked), len(held)), dtype=np.float32)
    near = word_vectors([w.printed for w in asked]) @ word_vectors([w.printed for w in held]).T
    found = np.clip((near - _CHANCE) / (_CERTAIN - _CHANCE), 0.0, 1.0) * _HEARD
    place = {word.term: at for at, word in enumerate(held)}
    roots = _by_root((at, w.term) for at, w in enumerate(held) if not w.term.startswith(NAME))
    for row, word in enumerate(asked):
        if word.term.startswith(NAME):
            found[row] = [_is_name(word.term, other.printed) for other in held]
        else:
            for other, sure in words_for(word.term):
                if other in place:
                    at = place[other]
                    found[row, at] = max(found[row, at], min(1.0, sure / _SURE))
            beside = {at: term for key in _roots(word.term) for at, term in roots.get(key, ())}
            for at, term in beside.items():
                if found[row, at] < _SHARED and _akin(word.term, term):
                    found[row, at] = _SHARED
        if word.term in place:
            found[row, place[word.term]] = 1.0
    return np.asarray(found, dtype=np.float32)


def _is_name(term: str, printed: str) -> bool:
    """Whether a word of an article is the name, or part of the name, that a draft has."""
    form = term.removeprefix(NAME + NAME)
    if form == term or len(printed) < _SHORTEST:
        return False
    return form == printed or (has_han(form) and (form in printed or printed in form))


_SHORTEST = 2  # characters of a word that is part of a name


def _by_root(terms: Iterable[tuple[int, str]]) -> dict[str, list[tuple[int, str]]]:
    """Terms with their places by each of `_roots`: only terms that share one can be akin."""
    found: dict[str, list[tuple[int, str]]] = {}
    for at, term in terms:
        for key in _roots(term):
            found.setdefault(key, []).append((at, term))
    return found


@lru_cache(maxsize=65536)
def _roots(term: str) -> tuple[str, ...]:
    """What terms akin to one have in common with it: a character, or its first letters."""
    if has_han(term):
        return tuple(set(term))
    return (term[:_ROOT],) if len(term) >= _ROOT else ()


@lru_cache(maxsize=131072)
def _akin(one: str, other: str) -> bool:
    """Whether two words of a language share their root: southern and south, 不良率 and 不良."""
    if has_han(one) is not has_han(other):
        return False
    if has_han(one):
        mine, others = set(one), set(other)
        return 2 * len(mine & others) > max(len(mine), len(others))
    short, long = sorted((one, other), key=len)
    return len(short) >= _ROOT and long.startswith(short)


_ROOT = 4  # letters that tell a root


@dataclass(frozen=True, slots=True)
class Match:
    """How the words of a draft's figure fit an article's.

    ``told`` counts those found, each as near as it stands and as it tells; ``share`` is that of
    all; ``strange`` the share of the article's own words that the draft does not have.
    """

    told: float
    share: float
    strange: float


@dataclass(frozen=True, slots=True)
class Laid:
    """The words of a draft's figure laid beside those of the article's figures.

    Attributes:
        like: (draft's words, articles' words), how surely each is meant by each.
        tell: What each of the draft's words tells, 0 where nothing is known to stand for it.
        near: (figures, articles' words), how near each word stands to each figure; 0 where it
            does not stand.
        weight: Of each of the articles' words.
        own: (figures, articles' words), whether it stands in the figure's own clause.
        spoken: How near each of the draft's words stands to the draft's figure.
        kinds: What each of the draft's words is, by its place in `KINDS`.
    """

    like: Floats
    tell: Floats
    near: Floats
    weight: Floats
    own: npt.NDArray[np.bool_]
    spoken: Floats
    kinds: npt.NDArray[np.int8]

    def match(self, row: int) -> Match:
        """How the draft's words fit the figure of a row."""
        found = self.tell @ (self.like * self.near[row]).max(axis=1, initial=0.0)
        known = self.tell > 0
        total, count = float(self.tell.sum()), int(known.sum())
        own = self.own[row]
        heard = (self.like[:, own] * self.spoken[:, None]).max(axis=0, initial=0.0)
        every = float(self.weight[own].sum())
        strange = float(self.weight[own] @ (1 - heard))
        return Match(
            told=float(found) * count / total if total else 0.0,
            share=float(found) / total if total else 0.0,
            strange=strange / every if every else 0.0,
        )

    def contrast(self, row: int, other: int) -> float:
        """How much nearer to one figure than to another what the draft says stands, -1 to 1.

        Each word of the draft takes the one word beside either figure that means it best.
        """
        total = float(self.tell.sum())
        if not total:
            return 0.0
        there = (self.near[row] > 0) | (self.near[other] > 0)
        like = self.like * there
        best = like.argmax(axis=1)
        sure = like[np.arange(len(best)), best]
        gap = self.near[row][best] - self.near[other][best]
        return float((self.tell * sure) @ gap) / total

    def sides(self, row: int, other: int) -> dict[str, float]:
        """What of the draft stands nearer to a figure, and what nearer to another, by its kind.

        Unlike in `contrast` one telling word is enough: a draft that takes its neighbour's number
        may have all other words of it.
        """
        found = dict.fromkeys(SIDES, 0.0)
        most = float(self.tell.max(initial=0.0))
        if not most:
            return found
        like = self.like * ((self.near[row] > 0) | (self.near[other] > 0))
        best = like.argmax(axis=1)
        sure = like[np.arange(len(best)), best] * self.tell / most
        gap = (self.near[row][best] - self.near[other][best]) * sure
        for place, kind in enumerate(KINDS):
            own = gap[self.kinds == place]
            found[f"{kind}_here"] = float(own.max(initial=0.0))
            found[f"{kind}_there"] = float((-own).max(initial=0.0))
        return found


KINDS = ("name", "head", "other")  # a name, one of the first words before the figure, or neither
SIDES = tuple(f"{kind}_{side}" for kind in KINDS for side in ("here", "there"))
