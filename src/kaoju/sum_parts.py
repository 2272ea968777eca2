"""The figures of which a draft's number may be a sum, and the words that say so.

What `kaoju.reckoned` and `kaoju.each_of` share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from kaoju.frames import Frame
from kaoju.lexicon import section
from kaoju.text import fold, has_han
from kaoju.types import Qualifier

FIRM = frozenset({Qualifier.EXACT, Qualifier.ABOUT})
ROUGH = 1.35  # how far a sum may be from a draft's number before it is looked at closely


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of an article: the frames of its figures, and how far behind its passage is.

    ``gap`` is how much nearer to the draft's sentence the nearest passage of its language is.
    """

    frames: Sequence[Frame]
    gap: float


@dataclass(frozen=True, slots=True)
class Sum:
    """Two figures that give a draft's number: by which sum, and in which sentences."""

    rule: str
    one: Frame
    other: Frame
    sources: tuple[int, int]
    value: Decimal


Placed = tuple[int, Frame]  # a figure and the place of its sentence


def is_rough(claim: Frame, value: Decimal) -> bool:
    """Whether a sum comes near enough to a draft's number to be looked at."""
    target = float(claim.figure.value or 0)
    return target / ROUGH <= value <= target * ROUGH


def says(name: str, text: str) -> bool:
    """Whether a text speaks of a kind of sum."""
    plain = words_of("bound", has_han(text)).sub(" ", fold(text).text)
    return words_of(name, has_han(text)).search(plain) is not None


@cache
def words_of(name: str, chinese: bool) -> re.Pattern[str]:
    """The words of one language that speak of a kind of sum."""
    language = "zh" if chinese else "en"
    return re.compile(str(section("checking", "reckoned")[f"{language}_{name}"]))


def is_firm(told: Frame) -> bool:
    """Whether an article prints one plain number."""
    figure = told.figure
    known = told.printed and figure.value is not None and figure.upper is None
    return known and value_of(told) > 0 and figure.qualifier in FIRM


def is_quota(told: Frame) -> bool:
    """Whether an article prints how many there are at most: limited to 3,000, 限3000台."""
    figure = told.figure
    known = told.printed and figure.value is not None and figure.upper is None
    return known and value_of(told) > 0 and figure.qualifier is Qualifier.AT_MOST


def value_of(told: Frame) -> Decimal:
    """The number of a figure."""
    return told.figure.value or Decimal(0)


def names_another(draft: str, own: str, others: Sequence[str]) -> bool:
    """Whether a draft's words are those of another part of an article, and none of its own."""
    ours, mine = terms(draft), terms(own)
    if (mine - frozenset[str]().union(*map(terms, others))) & ours:
        return False
    return any((terms(other) - mine) & ours for other in others)


def terms(text: str) -> frozenset[str]:
    """The words of a text, and every two Chinese characters of it that follow each other."""
    folded = fold(text).text
    chinese = (f"{a}{b}" for a, b in pairwise(folded) if has_han(a) and has_han(b))
    return frozenset((*_WORD.findall(folded), *chinese)) - _NO_TERMS


_WORD = re.compile(r"[a-z][a-z'-]{2,}")
_NO_TERMS = frozenset(
    (
        *("the", "for", "and", "but", "from", "until", "till", "between", "with", "each", "every"),
        *("all", "will", "are", "was", "were", "has", "have", "had", "its", "their", "that"),
        *("this", "per", "runs", "lasts", "came", "comes", "come", "gets", "get"),
    )
)
