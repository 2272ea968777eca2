"""Places of a ranking from one to another: 第2至10名, 2nd to 10th, ranks 101 - 1,000."""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju.figure_found import Found, View
from kaoju.numerals import Numeral, Sort, read_at
from kaoju.types import Dimension, Qualifier

_TO_ZH = re.compile(r"[ ]?(?:-|~|—|至|到)[ ]?(?:第[ ]?)?")
_PLACED_ZH = re.compile(r"[ ]?[名位](?!置|于)")
_TO_EN = re.compile(r"(?: (?:to|through) |[ ]?-[ ]?)(\d{1,3}(?:,\d{3})?)(?:st|nd|rd|th)(?![a-z])")
_RANKED = re.compile(
    r"(?<![a-z])(?:rank(?:s|ed|ing)?|plac(?:e|es|ed|ing)|finish(?:es|ed|ing)?|com(?:es?|ing)|came)"
    r"(?: from| between)? $"
)
_OPENS = re.compile(r"(?:^|\n)[ ]*(?:[-*•·][ ]*)?$")
_HEADS = re.compile(
    r"[ ]?:| (?:places?|(?:get|win|earn|share|receive|take)s?)(?![a-z])| (?:traders|users|players)"
)
_OF_PLACES = re.compile(r"(?<![a-z])(?:ranks|ranked|ranking|places|placed)(?: from)? $")


def places_zh(view: View, at: int, number: Numeral) -> Found | None:
    """The places from a first one to a second, or None: 第6–20名.

    Args:
        view: The text.
        at: Where its 第 stands.
        number: The number after that.
    """
    gap = _TO_ZH.match(view.lower, number.end)
    if gap is None or gap.end() >= len(view.lower):
        return None
    last = read_at(view.lower, gap.end())
    if last is None or last.sort is not Sort.CARDINAL or last.value <= number.value:
        return None
    if _PLACED_ZH.match(view.lower, last.end) is None:
        return None
    return _places(at, last.end, number.value, last.value, zh=True)


def places_en(view: View, match: re.Match[str]) -> Found | None:
    """The places from a first one to a second, or None: 2nd to 10th, of a ranking and no days.

    Args:
        view: The text.
        match: The first of them, its digits the first group.
    """
    last = _TO_EN.match(view.lower, match.end())
    if last is None:
        return None
    low, high = Decimal(match.group(1)), Decimal(last.group(1).replace(",", ""))
    before = view.lower[max(0, match.start() - 20) : match.start()]
    headed = _OPENS.search(before) and _HEADS.match(view.lower, last.end())
    if high <= low or not (headed or _RANKED.search(before)):
        return None
    return _places(match.start(), last.end(), low, high)


def is_of_places(lower: str, start: int) -> bool:
    """Whether a range of plain numbers is one of places: ranks 101 - 1,000."""
    return _OF_PLACES.search(lower[max(0, start - 14) : start]) is not None


def _places(start: int, end: int, low: Decimal, high: Decimal, *, zh: bool = False) -> Found:
    found = Found(start, end, low, high, unit="ordinal", dimension=Dimension.ORDINAL, zh=zh)
    found.qualifier, found.after = Qualifier.RANGE, end
    return found
