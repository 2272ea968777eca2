"""Whether a figure that agrees is said of another in the very sentence that names the draft's own.

Articles set like beside like: in Amberley 31 people died, in Port Hale 12. Each figure has a
stretch of the sentence to itself. Where the draft's subject stands in the stretch of another
figure, and in that of the agreeing one something that the draft does not name, the number is the
neighbour's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kaoju.frames import TIMED, Frame, Statement, across, clause_of, like_figures
from kaoju.text import fold
from kaoju.tokens import stopwords, tokenize
from kaoju.types import EntityKind, Figure, Span

_STOP = re.compile(r"[;；。]")
_LEAST = 2  # characters of a word that names something


def neighbour(claim: Frame, evidence: Frame) -> Figure | None:
    """The figure of the evidence's sentence that is of the draft's subject instead; None if none.

    Only told within a language: names of the other one are matched elsewhere.
    """
    if across(claim.statement, evidence.statement) or claim.figure.dimension in TIMED:
        return None
    if evidence.former:
        return None
    own = _subject(claim)
    said = fold(claim.statement.text).text
    here = _stretch(evidence, evidence.figure)
    text = fold(here.of(evidence.statement.text)).text
    head = _head(evidence.statement, here)
    if not own or head is None or _holds(said, head) or any(_holds(text, word) for word in own):
        return None
    for other in evidence.statement.figures:
        if not _is_rival(other, evidence.figure):
            continue
        there = _stretch(evidence, other)
        words = fold(there.of(evidence.statement.text)).text
        if there.overlaps(here) or _holds(words, head):
            continue
        if there.end <= here.start and not _names_somebody(evidence.statement, here):
            continue  # who is told of before may do the next thing as well
        if any(_holds(words, word) for word in own):
            return other
    return None


def _names_somebody(statement: Statement, span: Span) -> bool:
    """Whether a name stands in a stretch of a sentence."""
    return any(span.contains(m.span.shift(-statement.span.start)) for m in statement.mentions)


def _is_rival(other: Figure, figure: Figure) -> bool:
    return (
        other is not figure
        and like_figures(other, figure)
        and (other.value, other.unit) != (figure.value, figure.unit)
    )


def _subject(claim: Frame) -> tuple[str, ...]:
    """The words that name whose a draft's figure is: its names, else the first of its clause."""
    statement = claim.statement
    start = statement.span.start
    named = [
        m
        for m in statement.mentions
        if m.kind is not EntityKind.PERSON and claim.scope.contains(m.span.shift(-start))
    ]
    if named:
        return tuple(dict.fromkeys(w for m in named for w in _words(m.surface) if len(w) >= _LEAST))
    before = Span(claim.scope.start, claim.figure.span.start - start)
    head = _head(statement, before)
    return (head,) if head else ()


def _head(statement: Statement, span: Span) -> str | None:
    """The first word of a stretch that says what it is about: no figure, day or plain word."""
    taken = [f.span.shift(-statement.span.start) for f in statement.figures]
    for word, place in _placed(span.of(statement.text)):
        if len(word) >= _LEAST and not any(t.overlaps(place.shift(span.start)) for t in taken):
            return word
    return None


def _stretch(evidence: Frame, figure: Figure) -> Span:
    """The part of a sentence that is a figure's: what semicolons part off, else its clause."""
    statement = evidence.statement
    at = figure.span.shift(-statement.span.start)
    stops = [m.span() for m in _STOP.finditer(statement.text)]
    start = max((end for _, end in stops if end <= at.start), default=0)
    end = min((begin for begin, _ in stops if begin >= at.end), default=len(statement.text))
    whole = Span(start, end)
    like = [f for f in statement.figures if f is figure or like_figures(f, figure)]
    if sum(whole.contains(f.span.shift(-statement.span.start)) for f in like) == 1:
        return whole
    return clause_of(statement, figure)


def _holds(text: str, word: str) -> bool:
    return word in text


def _words(text: str) -> list[str]:
    return [word for word, _ in _placed(text)]


@lru_cache(maxsize=16384)
def _placed(text: str) -> tuple[tuple[str, Span], ...]:
    stop = stopwords()
    return tuple(
        (fold(token.span.of(text)).text, token.span)
        for token in tokenize(text)
        if token.term not in stop and any(c.isalpha() for c in token.term)
    )
