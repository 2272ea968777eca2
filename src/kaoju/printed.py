"""Whether an article prints what a draft says, word for word."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kaoju.alignment import Pair
from kaoju.text import fold, has_han
from kaoju.types import Agreement, Comparison


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


def as_printed(pair: Pair) -> Pair:
    """A pair of which the article prints the draft's sentence, as one of the same figure.

    A day without its year is read by what stands around it, which need not be the same in a draft
    as in an article: the same words say the same all the same.
    """
    if (pair.agrees and not pair.conflicts) or not is_printed_whole(pair):
        return pair
    comparison = pair.comparison if pair.agrees else Comparison(Agreement.SAME, "equal", "")
    return replace(pair, comparison=comparison, conflicts=frozenset())


def share_printed(pair: Pair) -> float:
    """How much of the draft's sentence an article's prints, 0 to 1, numbers aside.

    Counted are words that stand side by side, in Chinese characters. 1 is a sentence that was
    copied, or copied and altered in its numbers.
    """
    own, told = (_side_by_side(f.statement.text) for f in (pair.claim, pair.evidence))
    return len(own & told) / len(own) if own else 0.0


def _side_by_side(text: str) -> frozenset[tuple[str, str]]:
    words = _WORD.findall(fold(text).text)
    return frozenset(pairwise(words))


_WORD = re.compile(r"[^\W\d_\u4e00-\u9fff]+|[\u4e00-\u9fff]")
_TELLING_ZH, _TELLING_EN = 20, 50  # characters: shorter ones may be of anything
_STOPS = "。.!?！？ "
_SHIFTED = 3
