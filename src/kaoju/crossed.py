"""Whether two numbers of a draft's sentence stand in each other's place in an article's.

Service brings Ostrand 63% of its revenue and Veltri 56%; an article has both numbers and the same
words, and each number by the words of the other. One word alone may stand anywhere: told is only
what every word that both sentences share says, by the number that follows it and by the one that
it follows, and only where either the words or the numbers have changed their order: a sentence that
is turned round takes its numbers along.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kaoju.frames import KEYS, TIMED, Frame, Statement, across
from kaoju.text import fold
from kaoju.tokens import stopwords, tokenize
from kaoju.types import Figure, Relation, Span

Amount = tuple[object, str]  # a number and its unit
Ties = dict[str, Amount | None]  # by word the number that it belongs to; None of two
# What something was and is may be told in either order, and no word but these tells which is which.
_ENDS = frozenset({Relation.FROM, Relation.TO})


def crossed(claim: Frame, evidence: Frame, beside: Figure) -> bool:
    """Whether a draft gives its number to what an article gives another number of the draft.

    Args:
        claim: The draft's figure.
        evidence: The article's of the same number.
        beside: The figure of the article's sentence that the draft's sentence states as well.

    Only told within a language, and not of what something was and what it came to.
    """
    ours, theirs = claim.statement, evidence.statement
    if across(ours, theirs) or claim.figure.dimension in TIMED:
        return False
    if _ENDS & {claim.figure.relation, evidence.figure.relation, beside.relation}:
        return False
    two = {_amount(claim.figure), _amount(beside)}
    stated = [[_amount(f) for f in one.figures] for one in (ours, theirs)]
    if len(two) < len(stated) or any(some.count(one) != 1 for some in stated for one in two):
        return False
    if _in_one_order(ours, theirs) is (_order(ours, two) == _order(theirs, two)):
        return False
    found = False
    for after in (False, True):
        mine, told = _ties(ours, after), _ties(theirs, after)
        both = [(mine[w], told[w]) for w in mine.keys() & told.keys()]
        both = [(one, other) for one, other in both if one in two and other in two]
        if any(one == other for one, other in both):
            return False
        found = found or {one for one, _ in both} == two
    return found


def _in_one_order(ours: Statement, theirs: Statement) -> bool:
    """Whether the words that both sentences have once each stand in the same order in both.

    Where they do not, a number may have moved with its words: 8% in Lisbon and 5% in Porto, in
    Porto 5% and in Lisbon 8%.
    """
    told = [[word for word, _ in _words(one.text)] for one in (ours, theirs)]
    both = {word for word in told[0] if told[0].count(word) == told[1].count(word) == 1}
    first, second = ([word for word in words if word in both] for words in told)
    return first == second


def _order(statement: Statement, two: set[Amount]) -> list[Amount]:
    """The two numbers in the order in which a sentence states them."""
    figures = sorted(statement.figures, key=lambda figure: figure.span.start)
    return [amount for figure in figures if (amount := _amount(figure)) in two]


def _amount(figure: Figure) -> Amount:
    return figure.value, figure.unit


def _ties(statement: Statement, after: bool) -> Ties:
    """For each word the number that follows it, or with ``after`` the one that it follows."""
    placed = [(f, f.span.shift(-statement.span.start)) for f in statement.figures]
    numbers = [(span, _amount(f)) for f, span in placed if f.dimension not in TIMED | KEYS]
    found: Ties = {}
    for word, place in _words(statement.text):
        if any(span.overlaps(place) for _, span in placed):
            continue
        if after:
            near = [amount for span, amount in numbers if span.end <= place.start][-1:]
        else:
            near = [amount for span, amount in numbers if span.start >= place.end][:1]
        tie = near[0] if near else None
        found[word] = None if found.get(word, tie) != tie else tie
    return found


@lru_cache(maxsize=4096)
def _words(text: str) -> Sequence[tuple[str, Span]]:
    """The words of a text that name something, each with its place."""
    stop = stopwords()
    return tuple(
        (fold(token.span.of(text)).text, token.span)
        for token in tokenize(text)
        if token.term not in stop and any(c.isalpha() for c in token.term)
    )
