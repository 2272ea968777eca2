"""Limits that are named: the minimum wage is $15, 单人上限:800元.

What keeps to a limit is bounded by it. What a draft calls the limit itself is a plain number, that
an article's number of that limit agrees with or not: a minimum wage of $20 is none of $15.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kaoju.frames import Frame
from kaoju.text import fold
from kaoju.types import Figure, Qualifier

# A limit, what it is of, and the number that it is.
_NAMED_EN = re.compile(
    r"\b(?:(?P<least>minimum|min\.?|floor)|"
    r"(?P<most>maximum|max\.?|(?<!market )(?<!small )(?<!mid )(?<!large )(?<!-)cap|limit|ceiling))"
    r"(?: (?!(?:and|or|but|that|which|who|said|from|to|by|than)(?![a-z-]))[a-z-]+){0,6}"
    r"(?::| is| are| was| were| will be| has been| had been| remain(?:s|ed)?|"
    r" (?:stands|stood|stays|stayed) at| (?:rises|rose|goes|went|falls|fell) to| of| at)"
    r"(?: (?:set at|fixed at|kept at|put at|raised to|lowered to|cut to|now|just|only|still))*"
    r" ?(?:[a-z]{0,2}[$€£¥])?$"
)
_NAMED_ZH = re.compile(
    r"(?:(?P<least>下限|最低(?!至)[\u4e00-\u9fff]{2,8}?)|"
    r"(?P<most>上限|限额|限速|限购|最高(?![达至可])[\u4e00-\u9fff]{2,8}?))"
    r"(?:[(（][^()（）]{1,8}[)）])?"
    r"(?:[:：]|(?:现|仍|均|分别|设定|规定|提高|上调|降低|下调)?[为是到至])[ ]?$"
)
_BEFORE = 90  # characters before a number in which its limit is named
_PLAIN = frozenset({Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.AT_MOST})


def as_limits(claim: Frame, evidence: Frame, one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """Two numbers as plain ones where a draft and an article name a limit of one side.

    Args:
        claim: The draft's.
        evidence: The article's.
        one: The draft's number as it is compared.
        other: The article's.
    """
    if not {one.qualifier, other.qualifier} <= _PLAIN or one.qualifier is other.qualifier is _EXACT:
        return one, other
    side = _side_of(claim)
    if side is None or side != _side_of(evidence):
        return one, other
    return replace(one, qualifier=_EXACT), replace(other, qualifier=_EXACT)


_EXACT = Qualifier.EXACT


def _side_of(told: Frame) -> str | None:
    """Which side a limit is on that the words right before a number name; None where none do."""
    at = told.figure.span.start - told.statement.span.start
    before = fold(told.statement.text[max(0, at - _BEFORE) : at]).text
    for pattern in (_NAMED_EN, _NAMED_ZH):
        found = pattern.search(before)
        if found is not None:
            return "least" if found["least"] else "most"
    return None
