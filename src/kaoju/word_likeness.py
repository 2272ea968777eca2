"""How far the words of a draft's sentence are those of an article's, in either language."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from kaoju.frames import Statement, across
from kaoju.word_translations import words_for


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
