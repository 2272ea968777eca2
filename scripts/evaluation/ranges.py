"""Ranges as a peer writes them: the comparator in the span, mathematical brackets as the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kaoju.numerals import Numeral, Sort, find_numerals, protect
from kaoju.text import fold
from kaoju.types import Language, Span


@dataclass(frozen=True, slots=True)
class Item:
    """What one system says at one place: ``values`` holds every way to write the value."""

    start: int
    end: int
    values: tuple[object, ...]
    unit: str | None = None


def folded_span(text: str, numeral: Numeral) -> tuple[int, int]:
    """Where a numeral stands in the text as printed."""
    span = fold(protect(text), lower=False).printed_span(Span(numeral.start, numeral.end))
    return span.start, span.end


_LOW_EN = (
    (r"(?:greater|more|higher|bigger|larger|older) than or equal to", "["),
    (r"(?:greater|more|higher|bigger|larger|older) or equal than", "["),
    (r"(?:at least|no less than|no fewer than|not less than|>\s?=|≥|minimum of|equal to or ("
     r"?:greater|more|larger|higher) than)", "["),
    (r"(?:greater|more|higher|bigger|larger|older) than|above|exceed(?:s|ing|ed)?|over|>", "("),
)  # fmt: skip
_HIGH_EN = (
    (r"(?:less|lower|smaller|fewer) than or equal to", "]"),
    (r"(?:less|lower|smaller|fewer) or equal (?:than|to)", "]"),
    (r"(?:at most|no more than|not more than|up to|<\s?=|≤|maximum of)", "]"),
    (r"(?:less|lower|smaller|fewer) than|below|under|<", ")"),
)
_LOW_ZH = (
    (r"大于\s*或?者?\s*等于|不小于|不少于|不低于|至少有?|最少有?|≥|>=", "["),
    (r"大于|多于|高于|超过了?|超出|比", "("),
)
_HIGH_ZH = (
    (r"小于\s*或?者?\s*等于|不大于|不多于|不高于|不超过|至多有?|最多有?|≤|<=", "]"),
    (r"小于|少于|低于|不足|不到", ")"),
)


@dataclass(frozen=True, slots=True)
class _Bound:
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    marks: str


def ranges(text: str, language: Language) -> list[Item]:
    """Every bound and pair of bounds of a text."""
    folded = fold(protect(text), lower=False)
    lower = folded.text.lower()
    numerals = [n for n in find_numerals(text) if n.sort is not Sort.ORDINAL]
    bounds: list[_Bound] = []
    skip = -1
    for index, numeral in enumerate(numerals):
        if index <= skip:
            continue
        following = numerals[index + 1] if index + 1 < len(numerals) else None
        pair = _pair(lower, numeral, following, language) if following is not None else None
        if pair is not None:
            bounds.append(pair)
            skip = index + 1
            continue
        bound = _bound(lower, numeral, language)
        if bound is not None:
            bounds.append(bound)
    items = []
    for bound in _joined(lower, bounds):
        span = folded.printed_span(Span(bound.start, bound.end))
        low = _number(bound.low) if bound.low is not None else ""
        high = _number(bound.high) if bound.high is not None else ""
        items.append(Item(span.start, span.end, (f"{bound.marks[0]}{low},{high}{bound.marks[1]}",)))
    return items


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _pair(lower: str, first: Numeral, second: Numeral, language: Language) -> _Bound | None:
    gap = lower[first.end : second.start]
    before = lower[max(0, first.start - 8) : first.start]
    start, end = first.start, second.end
    if language is Language.ZH:
        if not re.fullmatch(r"\s*(?:-|~|到|至|与|和)\s*", gap):
            return None
        if gap.strip() in ("与", "和"):
            tail = re.match(r"之?间", lower[end : end + 2])
            if tail is None:
                return None
            end += len(tail.group())
    else:
        joined = re.fullmatch(r"\s*(?:-|~|to|through|and)\s*", gap)
        if joined is None:
            return None
        opened = re.search(r"(?:from|between) $", before)
        if gap.strip() == "and" and (opened is None or "between" not in opened.group()):
            return None
        if opened is not None:
            start = first.start - len(opened.group())
    if second.value <= first.value:
        return None
    return _Bound(start, end, first.value, second.value, "[)")


def _bound(lower: str, numeral: Numeral, language: Language) -> _Bound | None:
    before, after = lower[max(0, numeral.start - 40) : numeral.start], lower[numeral.end :]
    chinese = language is Language.ZH
    lows, highs = (_LOW_ZH, _HIGH_ZH) if chinese else (_LOW_EN, _HIGH_EN)
    for table, low in ((lows, True), (highs, False)):
        for pattern, mark in table:
            lead = r"(?:equal (?:to )?)?" if not chinese else ""
            match = re.search(rf"(?:{pattern})\s*{lead}$", before)
            if match is None:
                continue
            if (
                chinese
                and match.group().startswith("比")
                and not after.startswith(("大", "高", "多"))
            ):
                continue
            start = numeral.start - len(match.group())
            end = numeral.end
            if not chinese and (tail := re.match(r" or equal\b", after)):
                end += len(tail.group())
                mark = {"(": "[", ")": "]"}.get(mark, mark)
            if chinese and match.group().startswith("比"):
                end += 1
            if low:
                return _Bound(start, end, numeral.value, None, f"{mark})")
            return _Bound(start, end, None, numeral.value, f"({mark}")
    return _bound_after(lower, numeral, chinese=chinese)


def _bound_after(lower: str, numeral: Numeral, *, chinese: bool) -> _Bound | None:
    before, after = lower[: numeral.start], lower[numeral.end :]
    if chinese:
        equal = re.search(r"等于\s*$", before)
        if equal is not None:
            value = numeral.value
            return _Bound(equal.start(), numeral.end, value, value, "[]")
        for pattern, low, mark in (
            (r"\s*(?:或者?更多|及以上|或以上)", True, "["),
            (r"\s*(?:以上|之上)", True, "("),
            (r"\s*(?:或者?更少|及以下|或以下)", False, "]"),
            (r"\s*(?:以下|之下)", False, ")"),
        ):
            match = re.match(pattern, after)
            if match is not None:
                end = numeral.end + match.end()
                if low:
                    return _Bound(numeral.start, end, numeral.value, None, f"{mark})")
                return _Bound(numeral.start, end, None, numeral.value, f"({mark}")
        if numeral.sort is Sort.MORE:
            return _Bound(numeral.start, numeral.end, numeral.value, None, "()")
        return None
    match = re.match(r" or (?:greater|more|higher|above|larger)\b", after)
    lead = re.search(r"equal to $", before)
    start = lead.start() if lead else numeral.start
    if match is not None:
        return _Bound(start, numeral.end + match.end(), numeral.value, None, "[)")
    match = re.match(r" or (?:less|fewer|lower|below|smaller)\b", after)
    if match is not None:
        return _Bound(start, numeral.end + match.end(), None, numeral.value, "(]")
    if lead is not None:
        return _Bound(start, numeral.end, numeral.value, numeral.value, "[]")
    return None


def _joined(lower: str, bounds: list[_Bound]) -> list[_Bound]:
    """A lower and an upper bound side by side are one range, if any number lies between."""
    joined: list[_Bound] = []
    for bound in bounds:
        last = joined[-1] if joined else None
        gap = lower[last.end : bound.start] if last is not None else "-"
        if last is not None and re.fullmatch(r"\s*(?:and|,|并|且|，)?\s*", gap):
            low, high = (last, bound) if last.low is not None else (bound, last)
            both = (low.low, high.high)
            if (
                low.high is None
                and high.low is None
                and both[0] is not None
                and both[1] is not None
                and both[0] < both[1]
            ):
                joined[-1] = _Bound(
                    last.start, bound.end, both[0], both[1], low.marks[0] + high.marks[1]
                )
                continue
        joined.append(bound)
    return joined
