"""Numbers of times and of votes, which the verb of movement before them does not move.

Rates that were cut three times fell by no three, nor did a cut that five votes to two carried fall
by five; which way it was that they went three times stays told. A number of times is moved where
the verb says so of it: 班次增加三次, up by three times. So are votes where nothing is voted on.
"""

from __future__ import annotations

import re

from kaoju.figure_found import Found, View
from kaoju.types import Dimension, Relation

_REACH = 16  # characters after a figure that say what it is of
_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_MOVED_ZH = re.compile(
    r"(?:增加|减少|新增|缩减|削减|[增减多少])(?:了|出|约|近|逾|超过|将近|大约|不到|至少)*[ ]?$"
    r"|次数|频次|频率"
)
_OBJECT_ZH = re.compile(r"[ ]?次?(?:息|准|价|薪|税|员|费|租)")  # 降了三次息
_BY_EN = re.compile(r"(?:^|[^a-z])by (?:(?:a|an|another|about|around|some|over|at least) )*$")
_TO_EN = re.compile(r"[ ](?:votes? )?to (?:\d|[a-z]+(?![a-z%]))")
_TALLY_EN = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))(?: votes?)? to $"
)
# What is voted on, or how; a majority of so many votes is moved like any other quantity.
_VOTED_EN = re.compile(
    r"(?<![a-z])(?:motions?|bills?|amendments?|proposals?|resolutions?|votes? on|voted|carried"
    r"|passed|passes|beaten|defeated|rejected|approved|adopted|backed|supported|opposed|decided"
    r"|endorsed|won|wins|agreed|chose|ruled|elected|went through|cleared|thrown out|lost|loses)"
    r"(?![a-z])"
)
_QUANTITY_EN = re.compile(
    r"(?<![a-z])(?:support|turnout|majorit(?:y|ies)|leads?|margins?)(?![a-z])"
)


def is_unmoved(view: View, one: Found, near: str) -> bool:
    """Whether a figure that was read as moved is a number of times, or of votes in a tally.

    Args:
        view: The text.
        one: The figure, with its relation.
        near: What of its clause stands before it, folded.
    """
    if one.dimension is not Dimension.COUNT or one.relation is Relation.LEVEL:
        return False
    after = view.lower[one.after : one.after + _REACH]
    if one.unit == "time":
        if one.zh:
            split = _OBJECT_ZH.match(after) is not None
            return split or (one.relation in _CHANGES and _MOVED_ZH.search(near) is None)
        return one.relation in _CHANGES and _BY_EN.search(near) is None
    if one.unit == "vote" and not one.zh:
        if _VOTED_EN.search(near) is None or _QUANTITY_EN.search(near) is not None:
            return False
        if one.relation in _CHANGES:
            return _TO_EN.match(after) is not None
        return one.relation is Relation.TO and _TALLY_EN.search(near) is not None
    return False
