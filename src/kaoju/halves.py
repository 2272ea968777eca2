"""Which two figures a draft sets side by side when it says that one is half of the other.

Night power costs half as much as day power: 0.31 by night and 0.62 by day, and no other two of
which one is half. Other parts come out of any two figures too often to be told so.
"""

from __future__ import annotations

from decimal import Decimal

from kaoju.frames import Frame
from kaoju.text import fold

_NEAR = Decimal("0.005")  # how far one may be from the half of the other, as a part of it


def tells_half(claim: Frame, one: Frame, other: Frame) -> bool:
    """Whether a draft tells by its words of both of two figures, of the half first.

    Args:
        claim: The draft's figure.
        one: A figure of an article's sentence.
        other: Another of it.
    """
    values = one.figure.value, other.figure.value
    if values[0] is None or values[1] is None or not all(values):
        return False
    part, whole = (one, other) if values[0] < values[1] else (other, one)
    if abs(min(values[0], values[1]) / max(values[0], values[1]) * 2 - 1) > _NEAR:
        return False
    text = fold(claim.statement.text).text
    ends = (part.content - whole.content, whole.content - part.content)
    places = [[text.find(word) for word in words & claim.statement.terms] for words in ends]
    return all(places) and min(places[0]) < min(places[1])
