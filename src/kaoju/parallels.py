"""To which figure of an article's sentence a draft's words belong, where it sets like by like.

In Karsey a household waited 61 hours, in Danel 38; 光伏为0.31元，风电为0.36元. Each figure has a
part of the sentence, parted off where the next thing begins. What a draft says of Danel is said in
the part of the 38 hours alone, in either language: the 61 are not its. What goes before the first
figure may be said of all of them, so that only what stands beside a later one tells, and names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kaoju.frames import KEYS, TIMED, Frame, Statement, clause_of, like_figures
from kaoju.text import fold, has_han
from kaoju.tokens import stopwords, tokenize
from kaoju.types import Figure, Relation, Span
from kaoju.word_likeness import NAME, Word, likenesses

_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_ENDS = frozenset({Relation.FROM, Relation.TO})
_ANY = frozenset({"", "item"})  # units of counts that may be of anything
# Where the words of one figure end and those of the next begin, the surest first.
_CUTS = (
    re.compile(r"[;；。]"),
    re.compile(r"[,，]\s*(?=(?:and|while|whereas|but|compared|against|versus)\b|而|但)"),
    re.compile(r"[,，](?!\s*(?:which|who|whose)\b)"),
    re.compile(
        r"\s(?:and|while|whereas|but|compared|against|versus|than)\s|[和与及而]|低于|高于|超过"
    ),
)
_STOP, _COMMA = 0, 2  # of these, a semicolon and a mere comma
_LEAST = 0.4  # how surely a word is meant from which it counts as found
_NAMED = 0.75  # likewise of a name
# Stems of words that say how much, when or that somebody says so, and nothing of what.
_PLAIN = frozenset(
    {
        *("about", "around", "near", "nearli", "almost", "roughli", "over", "under", "abov"),
        *("below", "up", "down", "rather", "year", "month", "see", "say", "said", "expect"),
        *("约", "左右", "近", "逾", "超过", "不到", "以上", "以下", "比", "上年", "同期", "去年"),
        *("今年", "看", "说", "称", "预计", "认为"),
    }
)
_SHORT = 3  # characters before a figure that say nothing of what it is: 只有
_MOST = 8  # figures of a sentence; what has more is a table that was run together

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]


def beside(claim: Frame, evidence: Frame) -> float:
    """How surely a draft's words belong to another figure of the evidence's sentence, 0 to 1.

    Nothing is told of a draft's sentence with several figures: its words are of either of them.
    """
    others = rivals(evidence)
    if not others or has_others(claim):
        return 0.0
    asked = [word for word, _ in _placed(claim.statement, heard=True)]
    held = _placed(evidence.statement)
    if not asked or not held:
        return 0.0
    words = [word for word, _ in held]
    laid = _Laid(evidence, asked, held, likenesses(asked, words))
    parts = _parts(evidence.statement, [evidence.figure, *others])
    return max(laid.belongs(other, parts) for other in others)


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a sentence is a figure's.

    Attributes:
        own: From where the words of the figure before it end to where its own do.
        whole: From the last semicolon on; what is said there once is said of all its figures.
        group: Which of the parts between semicolons it stands in.
        rank: By which of `_CUTS` it begins; None by none.
    """

    own: Span
    whole: Span
    group: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class _Laid:
    """The words of a draft beside those of an article's sentence, with their places."""

    evidence: Frame
    asked: Sequence[Word]
    held: Sequence[tuple[Word, Span]]
    like: Floats

    def belongs(self, other: Figure, parts: dict[Span, _Part]) -> float:
        """How surely words of the draft stand in the part of another figure alone."""
        figure, statement = self.evidence.figure, self.evidence.statement
        if {figure.relation, other.relation} == _ENDS:
            return 0.0  # one thing that moved
        here, there = parts[figure.span], parts[other.span]
        first, second = sorted((figure.span, other.span))
        if all(p.rank is None for s, p in parts.items() if first < s <= second):
            return 0.0
        apart = here.group != there.group
        mine, its = (here.whole, there.whole) if apart else (here.own, there.own)
        if other.span > figure.span:
            clause = clause_of(statement, other)
            start = its.start if apart else self._start(there, clause, other)
            its = Span(start, max(start, min(its.end, clause.end)))
            return float(self._only(its, mine).max(initial=0.0))
        return self._name(mine, its)

    def _start(self, there: _Part, clause: Span, other: Figure) -> int:
        """Where the words of a figure begin: after the clause of one of another kind.

        In Chinese what a comma parts off goes on of the figure before; its own clause is its own.
        """
        statement, start = self.evidence.statement, there.own.start
        if there.rank == _COMMA and has_han(statement.text):
            short = other.span.start - statement.span.start - clause.start <= _SHORT
            before = [b.end for b in statement.breaks if b.end < clause.start]
            return max([start, *before[-1:]] if short else [start, clause.start])
        for figure in statement.figures:
            at = figure.span.shift(-statement.span.start)
            if figure is other or figure.dimension in TIMED | KEYS or not start <= at.start:
                continue
            if at.end <= clause.start:
                ends = (b.end for b in statement.breaks if b.start >= at.end)
                start = min(clause.start, next(ends, start))
        return start

    def _inside(self, part: Span, other: Span) -> Bools:
        return np.array([part.contains(at) and not other.contains(at) for _, at in self.held])

    def _only(self, part: Span, other: Span) -> Floats:
        """How surely each of the draft's words stands in a part of the sentence and only there."""
        inside = self._inside(part, other)
        best = self.like[:, inside].max(axis=1, initial=0.0)
        rest = self.like[:, ~inside].max(axis=1, initial=0.0)
        found = np.clip(best - rest, 0.0, None) * (best >= _LEAST)
        return np.asarray(found, dtype=np.float32)

    def _name(self, mine: Span, its: Span) -> float:
        """Likewise of a name, where another one that the draft does not have has the figure."""
        start = self.evidence.statement.span.start
        names = [m.span.shift(-start) for m in self.evidence.statement.mentions]
        own = [n for n in names if mine.contains(n) and not its.contains(n)]
        if not own or any(self._found(n) >= _NAMED for n in own):
            return 0.0
        if self._only(mine, its).max(initial=0.0) >= _LEAST:
            return 0.0
        there = [n for n in names if its.contains(n) and not mine.contains(n)]
        return max((self._found(n) for n in there if self._found(n) >= _NAMED), default=0.0)

    def _found(self, name: Span) -> float:
        """How surely a name of the sentence is one of the draft's words."""
        at = [place for place, (_, span) in enumerate(self.held) if name.contains(span)]
        return float(self.like[:, at].max(initial=0.0))


def rivals(evidence: Frame) -> list[Figure]:
    """The figures of a sentence that the draft's words could be of instead."""
    own = evidence.figure
    every = [f for f in evidence.statement.figures if f.dimension not in TIMED | KEYS]
    if own.dimension in TIMED | KEYS or len(every) > _MOST:
        return []
    return [
        f
        for f in every
        if f is not own
        and not f.span.overlaps(own.span)
        and f.dimension is own.dimension
        and like_figures(f, own)
        and (f.unit == own.unit or bool({f.unit, own.unit} & _ANY))
        and f.value != own.value
        and (f.relation in _CHANGES) == (own.relation in _CHANGES)
    ]


def has_others(claim: Frame) -> bool:
    """Whether a draft's sentence has other figures that its words may be of."""
    return any(
        f is not claim.figure
        and f.dimension not in TIMED | KEYS
        and not f.span.overlaps(claim.figure.span)
        for f in claim.statement.figures
    )


def _placed(statement: Statement, *, heard: bool = False) -> list[tuple[Word, Span]]:
    """The words of a sentence that carry meaning and its names, with their places in it."""
    start, text = statement.span.start, statement.text
    taken = [f.span.shift(-start) for f in statement.figures]
    stop = stopwords() | _PLAIN
    found = [
        (Word(token.term, fold(token.span.of(text)).text, 1.0), token.span)
        for token in tokenize(text)
        if token.term not in stop
        and any(c.isalpha() for c in token.term)
        and not any(t.overlaps(token.span) for t in taken)
    ]
    for mention in statement.mentions:
        if mention.entity_id:
            word = Word(f"{NAME}{mention.entity_id}", "", 1.0)
            found.append((word, mention.span.shift(-start)))
    for name in statement.heard if heard else ():
        found += [(Word(f"{NAME}{NAME}{form}", "", 1.0), name.span) for form in name.forms]
    return found


def _parts(statement: Statement, figures: Sequence[Figure]) -> dict[Span, _Part]:
    """The part of a sentence that each of some like figures has."""
    start = statement.span.start
    folded = fold(statement.text).text
    text = folded if len(folded) == len(statement.text) else statement.text
    order = sorted({f.span for f in figures})
    begins, wholes, groups = [0], [0], [0]
    ranks: list[int | None] = [None]
    for one, other in pairwise(order):
        at, rank = _cut(text, one.end - start, other.start - start)
        begins.append(at)
        ranks.append(rank)
        groups.append(groups[-1] + (rank == _STOP))
        wholes.append(at if rank == _STOP else wholes[-1])
    ends = [*begins[1:], len(text)]
    return {
        span: _Part(Span(begins[i], ends[i]), Span(wholes[i], ends[i]), groups[i], ranks[i])
        for i, span in enumerate(order)
    }


def _cut(text: str, start: int, end: int) -> tuple[int, int | None]:
    """Where the words between two figures are parted, and by which of the marks; None by none."""
    for rank, cut in enumerate(_CUTS):
        found = list(cut.finditer(text, start, end))
        if found:
            return (found[-1] if rank == _STOP else found[0]).end(), rank
    return end, None
