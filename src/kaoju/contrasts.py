"""Whether two figures are of things that news sets against each other: men's and women's.

The words stand in ``lexicon/contrasts.toml``, sides of one respect in both languages. What a
draft says of one side an article must not have said of another; and what an article says of a
whole is not said of the narrower part that the draft names: core inflation, active users.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from kaoju.errors import LexiconError
from kaoju.frames import KEYS, TIMED, Frame, clause_of
from kaoju.lexicon import entries, words
from kaoju.text import fold
from kaoju.types import Span

Sides = Mapping[int, frozenset[int]]  # of each respect, the sides that a text names
_LEAST = 3  # letters by which English words are looked up
_WORD = re.compile(r"[a-z0-9]+")


class Contrast(IntEnum):
    """Where an article says what sets two figures against each other, the surest place last."""

    UNSAID = 1  # nowhere: of the whole, where the draft names a part
    AROUND = 2  # in the sentence before, or in the title
    SAID = 3  # in the sentence of the figure itself


@dataclass(frozen=True, slots=True)
class _Side:
    """A word or phrase that names a side; the last English word may be the beginning of one."""

    words: tuple[str, ...]
    begins: bool
    respect: int
    side: int


@dataclass(frozen=True, slots=True)
class _Table:
    han: dict[str, list[_Side]]  # by the first character
    latin: dict[str, list[_Side]]  # by the first letters
    narrow: tuple[frozenset[int], ...]
    opposite: frozenset[int]
    listed: frozenset[int]


@cache
def _table() -> _Table:
    han: dict[str, list[_Side]] = {}
    latin: dict[str, list[_Side]] = {}
    narrow, opposite, listed = [], set(), set()
    for respect, entry in enumerate(entries("contrasts", "contrast", ("on", "sides", "narrow"))):
        narrow.append(frozenset(entry["narrow"]))
        if not narrow[-1] <= set(range(len(entry["sides"]))):
            raise LexiconError(f"lexicon/contrasts.toml: {entry['on']} has no side {narrow[-1]}")
        if entry.get("opposite", False):
            opposite.add(respect)
        if entry.get("listed", False):
            listed.add(respect)
        for side, named in enumerate(entry["sides"]):
            for word in named["zh"]:
                han.setdefault(word[0], []).append(_Side((word,), False, respect, side))
            for word in named["en"]:
                phrase = tuple(word.rstrip("*").split())
                one = _Side(phrase, word.endswith("*"), respect, side)
                latin.setdefault(phrase[0][:_LEAST], []).append(one)
    return _Table(han, latin, tuple(narrow), frozenset(opposite), frozenset(listed))


@lru_cache(maxsize=16384)
def _sides(text: str) -> Sides:
    """The sides that a text names."""
    return {respect: frozenset(sides) for respect, sides in _in_order(text).items()}


@lru_cache(maxsize=16384)
def _in_order(text: str) -> Mapping[int, Sequence[int]]:
    """The sides that a text names, in its order; a word inside a longer one is none."""
    folded = _in_full(fold(text).text)
    table = _table()
    found: dict[int, list[tuple[Span, int]]] = {}
    for at, character in enumerate(folded):
        for one in table.han.get(character, ()):
            if folded.startswith(one.words[0], at):
                span = Span(at, at + len(one.words[0]))
                found.setdefault(one.respect, []).append((span, one.side))
    printed = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded)]
    for place, (word, start, _) in enumerate(printed):
        for one in table.latin.get(word[:_LEAST], ()):
            told = printed[place : place + len(one.words)]
            if _reads(one, [w for w, _, _ in told]):
                span = Span(start, told[-1][2])
                found.setdefault(one.respect, []).append((span, one.side))
    return {
        respect: [
            side
            for span, side in sorted(named, key=lambda one: one[0].start)
            if not any(other != span and other.contains(span) for other, _ in named)
        ]
        for respect, named in found.items()
    }


def _in_full(text: str) -> str:
    """A folded text with each prize by its own name where they share it: 一、二、三等奖."""
    text = _TO_THIRD.sub("一等奖、二等奖、三等奖", text)
    return _PRIZES_EN.sub(r"\1 \2", _PRIZES_ZH.sub(r"\1等奖", text))


_TO_THIRD = re.compile(r"一(?:等奖)?[至到]三等奖")
_PRIZES_ZH = re.compile(r"([一二三])(?=(?:[、和与及][一二三四五六])+等奖)")
_PRIZES_EN = re.compile(
    r"\b(first|second|third|1st|2nd|3rd)"
    r"(?=(?:(?:,|,? and|,? or) (?:first|second|third|fourth|1st|2nd|3rd|4th)){1,4} (prize|place))"
)


def _reads(one: _Side, told: Sequence[str]) -> bool:
    if len(told) < len(one.words) or tuple(told[:-1]) != one.words[:-1]:
        return False
    last = one.words[-1]
    return told[-1].startswith(last) if one.begins else told[-1] == last


def _first(texts: Iterable[str], respect: int) -> frozenset[int]:
    """The sides that the first text which names any names."""
    return next((found for text in texts if (found := _sides(text).get(respect))), frozenset())


def _is_alone(claim: Frame) -> bool:
    """Whether a sentence has no other figure that its other words may be of."""
    return not any(
        f is not claim.figure and f.dimension not in TIMED | KEYS for f in claim.statement.figures
    )


def _unclaimed(evidence: Frame) -> str:
    """The words of a sentence without the clauses of figures that follow: 6.8万台，其中微创占六成.

    What comes before goes on to be spoken of.
    """
    statement = evidence.statement
    after = [
        clause_of(statement, f).start
        for f in statement.figures
        if f.span.start > evidence.figure.span.start
    ]
    ends = [start for start in after if start >= evidence.scope.end]
    return statement.text[: min(ends, default=len(statement.text))]


def _scope(frame: Frame) -> str:
    """The words of a figure's own clause, without the one before that a short one goes on from."""
    return frame.scope.of(frame.statement.text)


def _claimed(claim: Frame) -> Sides:
    """The sides that a draft names of its figure: in its clause, else in its sentence."""
    ours = {**_sides(claim.clause), **_sides(_scope(claim))}
    return _sides(claim.statement.text) if not ours and _is_alone(claim) else ours


def contrasted(claim: Frame, evidence: Frame) -> Contrast | None:
    """How a draft's figure is of one side and an article's of another, or of the whole.

    Of each respect that the draft names the article is read from the figure outwards: its
    clause, its sentence, the one before it, the title; of what is listed no further than its line.

    Returns:
        The surest of the respects in which they are; None where they are not.
    """
    return max((how for _, how in _respects(claim, evidence)), default=None)


def listed_apart(claim: Frame, evidence: Frame) -> bool:
    """Whether both are of what announcements list, and of two of the list: first, third prize."""
    return any(r in _table().listed for r, _ in _respects(claim, evidence))


def _respects(claim: Frame, evidence: Frame) -> Iterator[tuple[int, Contrast]]:
    """The respects in which two figures are set against each other, each with where it is said."""
    told = evidence.statement
    inside = (_scope(evidence), evidence.clause, _unclaimed(evidence))
    around = (told.before, told.title)
    for respect, sides in _claimed(claim).items():
        if len(sides) > 1 or respect in _table().opposite:
            continue  # the draft itself sets them side by side
        is_listed = respect in _table().listed
        if is_listed and _gives_in_turn(claim, respect):
            continue
        theirs, how = _first(inside, respect), Contrast.SAID
        if not theirs and not is_listed:
            theirs, how = _first(around, respect), Contrast.AROUND
        if is_listed and len(theirs) > 1:
            theirs = _given_in_turn(evidence, respect) or theirs
        if theirs and not sides & theirs:
            yield respect, how
        elif not theirs and sides <= _table().narrow[respect]:
            yield respect, Contrast.UNSAID


def _given_in_turn(evidence: Frame, respect: int) -> frozenset[int]:
    """The one side of a figure where as many are told in turn: 一、二等奖分别为9元和6元."""
    told = evidence.statement
    sides = _in_order(told.text).get(respect, ())
    like = [f for f in told.figures if f.dimension is evidence.figure.dimension]
    if not 1 < len(sides) == len(like) == len(set(sides)) or not _says_in_turn(told.text):
        return frozenset()
    if _sides(told.text[: like[0].span.start - told.span.start]).get(respect) != frozenset(sides):
        return frozenset()  # some are named between the figures
    return frozenset(sides[n] for n, f in enumerate(like) if f.span == evidence.figure.span)


def _says_in_turn(text: str) -> bool:
    return any(word in fold(text).text for word in words("checking", "rows", "respectively"))


def _gives_in_turn(claim: Frame, respect: int) -> bool:
    """Whether a draft names several sides first and their figures in turn: 分别有200人和20人."""
    text = claim.statement.text
    if len(_sides(text).get(respect, ())) <= 1:
        return False
    return _says_in_turn(text)


def opposed(claim: Frame, evidence: Frame) -> bool:
    """Whether the clause of a draft's figure says the opposite of what the article's says."""
    theirs = _sides(evidence.clause)
    return any(
        len(sides) == 1 and len(theirs.get(respect, ())) == 1 and sides != theirs[respect]
        for respect, sides in _sides(claim.clause).items()
        if respect in _table().opposite
    )


def same_side(claim: Frame, evidence: Frame) -> bool:
    """Whether an article's clause names a side that the draft names."""
    theirs = _sides(evidence.clause)
    return any(
        sides == theirs.get(respect)
        for respect, sides in _claimed(claim).items()
        if respect not in _table().opposite
    )


def of_two_sides(one: Frame, other: Frame) -> bool:
    """Whether the clauses around two figures name different sides of something."""
    theirs = _sides(other.clause)
    return any(
        respect in theirs and not sides & theirs[respect]
        for respect, sides in _sides(one.clause).items()
    )
