"""How long a race or a journey took, as printed with colons: won in 2:03:47, 以2:20:12夺冠."""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju.figure_found import Found, View
from kaoju.types import Dimension

_RUN = re.compile(
    r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d(?:\.\d{1,2})?)(?![\d:])"
    r"(?! ?(?:[ap]\.?m|gmt|utc|et|bst|hours|on )(?![a-z]))"
)
_TOOK = re.compile(
    r"(?:(?:^|[^a-z])(?:in|time of|times? (?:was|is)|clock(?:ed|ing)|record of|mark of)"
    r"(?: just| only| exactly)? |(?:用时|耗时|成绩[为是]?|用了|跑出了?|跑进)[ ]?)$"
)
# 以2:20:12夺冠; by 以 alone it is an hour: 以20:12:30为界.
_BY_ZH = re.compile(r"以[ ]?$")
_DONE_ZH = re.compile(
    r"[ ]?的?[^,，。;；\d]{0,8}?(?:夺|获|摘|赢|完赛|成绩|率先|冲线|撞线|打破|刷新|抵达|到达|"
    r"[跑走骑游]完|第[一二三四五六七八九十])"
)
_SIXTY = Decimal(60)


def read_run_time(view: View, at: int) -> Found | None:
    """The length that a number with two colons is, where its words say that something took it."""
    lower = view.lower
    match = _RUN.match(lower, at)
    if match is None:
        return None
    before, after = lower[max(0, at - 20) : at], lower[match.end() : match.end() + 16]
    won = _BY_ZH.search(before) is not None and _DONE_ZH.match(after) is not None
    if not won and _TOOK.search(before) is None:
        return None
    found = Found(at, match.end(), Decimal(match["hours"]), unit="hour")
    minutes = Found(at, match.end(), Decimal(match["minutes"]), unit="minute")
    seconds = Decimal(match["seconds"])
    step = Decimal(1).scaleb(int(seconds.as_tuple().exponent))
    minutes.add_part(Found(at, match.end(), seconds, unit="second", step=step), 1 / _SIXTY)
    found.add_part(minutes, 1 / _SIXTY)
    found.dimension, found.after = Dimension.DURATION, match.end()
    return found
