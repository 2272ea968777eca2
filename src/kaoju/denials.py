"""What a denial before a figure makes of it: not 5 %, or at most 340 of what has not passed 340.

A denied bound is the other bound, and what was not reached lies under it; any other denial says
that the figure is not so. The words that bound stand in ``lexicon/qualifiers.toml``; of those
that hold a denial themselves (未超过, no more than) nothing is turned here.
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.lexicon import section
from kaoju.types import Qualifier

# Words by which a clause denies the figure that follows them.
_DENIED = re.compile(
    r"(?:\b(?:not|never|cannot)|n't)(?! (?:only|least|just|even|for|since|in|"
    r"counting|excluding|to mention|far|unlike|merely|simply))"
    r"(?: [a-z]+){0,3} ?[$€£¥]?$"
    r"|(?:不是|并非|并不是|没有达到|未达到|没达到|未达)[^,;]{0,6}$"
)
# Denials that the figure's own bound has taken up: what is not more than 5 is at most 5.
_BOUNDING = (
    (
        re.compile(r"\b(?:more|over|above|exceed(?:s|ed)?|higher|greater)\b"),
        {Qualifier.AT_MOST, Qualifier.UNDER},
    ),
    (
        re.compile(r"\b(?:less|fewer|under|below|lower|smaller)\b"),
        {Qualifier.AT_LEAST, Qualifier.OVER},
    ),
    (re.compile(r"达"), {Qualifier.UNDER}),
)
_TURNED = {
    Qualifier.OVER: Qualifier.AT_MOST,
    Qualifier.AT_LEAST: Qualifier.UNDER,
    Qualifier.UNDER: Qualifier.AT_LEAST,
    Qualifier.AT_MOST: Qualifier.OVER,
}
_SIDES = {Qualifier.OVER: "over", Qualifier.UNDER: "under"}
# Chinese denials stand right before the word that bounds; 未 and 没 after others too.
_NOT_ZH = r"(?:未|没|不会|不能|不可能|难以|不曾|无法|无力)(?:有|能|曾|再|会|见|真正|实质)*"
_UNREACHED = re.compile(
    r"(?:\b(?:not|never|cannot|failed to|fails to|yet to)|n't)(?: (?:yet|quite|even))? ?"
    r"\b(?:reach|hit|attain|make it to) ?[$€£¥]?$"
    rf"|{_NOT_ZH}(?:达到?|到达|触及)了?$"
)
# 未降到5%以下: the bound stands after the number.
_NOT_MOVED = re.compile(rf"{_NOT_ZH}[降跌落回升涨下上]{{1,3}}[到至]?$")


def is_denied(before: str, qualifier: Qualifier) -> bool:
    """Whether the words before a figure say that it is not so.

    Args:
        before: The clause up to the figure, folded.
        qualifier: The figure's own.
    """
    denial = _DENIED.search(before)
    return denial is not None and not any(
        qualifier in bounds and words.search(denial.group()) for words, bounds in _BOUNDING
    )


def turned(before: str, qualifier: Qualifier) -> Qualifier | None:
    """The bound that a figure is by the denial before it; None where none denies a bound.

    Args:
        before: The clause up to the figure, folded.
        qualifier: The figure's own.
    """
    if qualifier is Qualifier.EXACT:
        return Qualifier.UNDER if _UNREACHED.search(before) else None
    if qualifier in _SIDES:
        denied = _denied_side(_SIDES[qualifier]).search(before) or is_denied(before, qualifier)
        return _TURNED[qualifier] if denied else None
    return _TURNED.get(qualifier) if _NOT_MOVED.search(before) else None


@cache
def _denied_side(side: str) -> re.Pattern[str]:
    bounds = "|".join(map(re.escape, section("qualifiers", "zh")["before"][side]))
    yet = r"\b(?:yet|failed|fails|failing|unable) to(?: [a-z]+){0,3} ?[$€£¥]?$"
    return re.compile(rf"{_NOT_ZH}(?:{bounds})(?:了|过|到)?$|{yet}")
