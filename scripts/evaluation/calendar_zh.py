"""Calendar-assistant phrases in Chinese, on top of what `kaoju.dates_zh` reads."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from evaluation.calendar_values import (
    UNIT_CODES,
    Triple,
    between,
    calendar_of,
    interval,
    marked,
    one_day,
    shifted,
    values_of,
)
from kaoju.dates_zh import read_date_zh
from kaoju.numerals import read_at

_UNIT_ZH = {
    "秒": "second", "秒钟": "second", "分钟": "minute", "小时": "hour", "个小时": "hour",
    "个钟头": "hour", "钟头": "hour", "天": "day", "日": "day", "周": "week", "个星期": "week",
    "星期": "week", "个礼拜": "week", "个月": "month", "年": "year",
}  # fmt: skip
_AFTER_ZH = (
    (re.compile(r"[ ]?(?:或|及)(?:以前|之前)"), "until"),
    (re.compile(r"[ ]?(?:或|及)(?:以后|之后)"), "since"),
    (re.compile(r"[ ]?(?:之前|以前)"), "before"),
    (re.compile(r"[ ]?(?:之后|以后)"), "after"),
    (re.compile(r"[ ]?(?:开始|起)"), "since"),
)
_BEFORE_ZH = ((re.compile(r"(?:自从|自)"), "since"), (re.compile(r"截止到|截至|截止"), "before"))
_WEEKDAYS_ZH = "一二三四五六日"
_RELATIVE_ZH = re.compile(
    r"(?P<which>上上|下下|上|下|本|这|这个|上个|下个|前|后)(?P<unit>个?月|个?季度|周末|周|"
    r"个?星期|年)"
)


def read_zh(lower: str, cased: str, at: int, reference: date | None) -> Triple | None:
    """The Chinese calendar expression that begins at ``at``."""
    today = reference or date(2020, 1, 1)
    for pattern, mark in _BEFORE_ZH:
        lead = pattern.match(lower, at)
        if lead is not None:
            inner = _plain_zh(lower, cased, lead.end(), today)
            if inner is None:
                continue
            tail = re.compile(r"[ ]?起").match(lower, inner[1])
            if lower[at : lead.end()] == "自":
                if tail is not None:
                    begin = at if not lower[:at].endswith("日期") else lead.end()
                    return begin, tail.end(), marked(inner[2], "since")
                continue
            return at, inner[1], marked(inner[2], mark)
    lead = re.compile(r"从").match(lower, at)
    if lead is not None:
        inner = _plain_zh(lower, cased, lead.end(), today)
        if inner is not None and any(isinstance(v, tuple) and v[2] == "/" for v in inner[2]):
            return at, inner[1], inner[2]
    return _plain_zh(lower, cased, at, today)


def _plain_zh(lower: str, cased: str, at: int, today: date) -> Triple | None:
    if at >= len(lower):
        return None
    found = read_date_zh(lower, at)
    if found is not None and found.stated:
        end = found.end
        values = values_of(found, today)
        with_again = re.compile(r"和").match(lower, end)
        if with_again is not None and found.second is None and found.moment.month is not None:
            again = read_date_zh(lower, end + 1)
            tail = re.compile(r"之间").match(lower, again.end) if again is not None else None
            if again is not None and tail is not None:
                return at, tail.end(), between(values, values_of(again, today))
        if found.second is not None:
            values = (*values, *(v for v in (_slash(values),) if v))
            tail = re.compile(r"[ ]?之间").match(lower, end)
            return at, tail.end() if tail else end, values
        for pattern, mark in _AFTER_ZH:
            tail = pattern.match(lower, end)
            if tail is not None:
                return at, tail.end(), marked(values, mark)
        return at, end, values
    relative = _RELATIVE_ZH.match(lower, at)
    if relative is not None:
        unit = relative["unit"].lstrip("个")
        shift = {
            "上上": -2,
            "下下": 2,
            "上": -1,
            "上个": -1,
            "前": -1,
            "下": 1,
            "下个": 1,
            "后": 1,
        }.get(relative["which"], 0)
        if unit == "周末":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
            return (
                at,
                relative.end(),
                interval(monday + timedelta(days=5), monday + timedelta(days=7)),
            )
        name = {"月": "month", "季度": "quarter", "周": "week", "星期": "week", "年": "year"}[unit]
        if unit == "年" and relative["which"] in ("上", "下", "前", "后"):
            return None
        return at, relative.end(), interval(*calendar_of(today, name, shift))
    weekday = re.compile(
        r"(?:(?P<w>上|下|本|这)(?:个)?)?(?:周|星期|礼拜)(?P<d>[一二三四五六日天])"
    ).match(lower, at)
    if weekday is not None:
        index = min("一二三四五六日天".index(weekday["d"]), 6)
        monday = today - timedelta(days=today.weekday())
        if weekday["w"]:
            shift = {"上": -1, "下": 1}.get(weekday["w"], 0)
            return at, weekday.end(), one_day(monday + timedelta(days=index + 7 * shift))
        ahead = (index - today.weekday()) % 7
        coming = today + timedelta(days=ahead)
        return at, weekday.end(), (*one_day(coming - timedelta(days=7)), *one_day(coming))
    return _duration_zh(lower, at, today)


def _slash(values: tuple[object, ...]) -> tuple[object, ...] | None:
    bounds = next((v for v in values if isinstance(v, tuple)), None)
    return (bounds[0], bounds[1], "/") if bounds else None


def _duration_zh(lower: str, at: int, today: date) -> Triple | None:
    if re.compile(r"\d+周岁").match(lower, at):
        return None
    lead = re.compile(r"前[ ]?").match(lower, at)
    start = at
    if lead is not None:
        at = lead.end()
    half = lower.startswith("半", at)
    read = None if half else read_at(lower, at)
    if at >= len(lower) or (read is None and not half):
        return None
    number, end = (Decimal("0.5"), at + 1) if half else (read.value, read.end)  # type: ignore[union-attr]
    gap = re.compile(r"[ ]*").match(lower, end)
    end = gap.end() if gap else end
    name = next(
        (n for n in sorted(_UNIT_ZH, key=len, reverse=True) if lower.startswith(n, end)), None
    )
    if name is None:
        return None
    end += len(name)
    unit = _UNIT_ZH[name]
    if lower.startswith("半", end):
        number += Decimal("0.5")
        end += 1
    whole = int(number)
    ago = re.compile(r"[ ]?(?:之前|以前|前)").match(lower, end)
    later = re.compile(r"[ ]?(?:之后|以后|后)").match(lower, end)
    dated = unit in ("day", "week", "month", "year")
    if ago is not None and dated:
        return at, ago.end(), one_day(shifted(today, -whole, unit))
    if later is not None and dated:
        return at, later.end(), one_day(shifted(today, whole, unit))
    if lead is not None:
        if not dated:
            return None
        return start, end, interval(shifted(today, -whole, unit), today)
    parts = {unit: number}
    position = end
    while True:
        joint = re.compile(r"[ ]?(?:又|零)?[ ]?").match(lower, position)
        inner = read_at(lower, joint.end()) if joint and joint.end() < len(lower) else None
        if inner is None:
            break
        names = sorted([*_UNIT_ZH, "时"], key=len, reverse=True)
        more = next((n for n in names if lower.startswith(n, inner.end)), None)
        if more is None:
            break
        parts[_UNIT_ZH.get(more, "hour")] = inner.value
        position = end = inner.end + len(more)
    return at, end, (_timex(parts),)


def _timex(parts: dict[str, Decimal]) -> str:
    text, clock = "P", ""
    for name in ("year", "month", "week", "day", "hour", "minute", "second"):
        if name in parts:
            before, letter = UNIT_CODES[name]
            piece = f"{format(parts[name].normalize(), 'f')}{letter}"
            if before:
                clock += piece
            else:
                text += piece
    return text + (f"T{clock}" if clock else "")
