"""Whether an article prints what a draft says, word for word."""

from __future__ import annotations

from kaoju.alignment import Pair
from kaoju.text import fold, has_han


def is_printed(pair: Pair) -> bool:
    """Whether the article prints the draft's sentence as it stands, figure and all."""
    one, other = pair.claim.statement, pair.evidence.statement
    said = fold(one.text).text.strip().rstrip(_STOPS)
    at = fold(other.text).text.find(said)
    place = pair.claim.figure.span.start - one.span.start
    there = pair.evidence.figure.span.start - other.span.start
    # Folding may change lengths, but never by more than a sentence has such characters.
    return bool(said) and at >= 0 and abs(at + place - there) <= _SHIFTED


def is_printed_whole(pair: Pair) -> bool:
    """Whether the article prints the draft's sentence, and nothing else in that sentence."""
    own, told = (fold(f.statement.text).text.strip() for f in (pair.claim, pair.evidence))
    telling = len(own) >= (_TELLING_ZH if has_han(own) else _TELLING_EN)
    return telling and own.rstrip(_STOPS) == told.rstrip(_STOPS) and is_printed(pair)


_TELLING_ZH, _TELLING_EN = 20, 50  # characters: shorter ones may be of anything
_STOPS = "。.!?！？ "
_SHIFTED = 3
