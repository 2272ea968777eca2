"""How long something lasts, or is put off, by the days and hours that an article prints.

From March 5, 18:00 to March 28, 24:00 it is 23 days and a quarter; a draft calls that 23 days, or
24 with both of them counted, and three weeks of 21 days or 22 are three weeks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise

from kaoju.draft_dates import Clock
from kaoju.frames import TIMED, Frame, Statement
from kaoju.lexicon import section
from kaoju.periods import completed, days_of
from kaoju.sum_parts import terms
from kaoju.text import fold, has_han
from kaoju.types import Dimension, Span

_DAY = Decimal(24 * 60)
_UNITS = {"minute": Decimal(1), "hour": Decimal(60), "day": _DAY, "week": 7 * _DAY}
_PLAIN_YEAR, _NEXT_YEAR = "2025", "2026"  # stand for years that are not told
_REACH = 40  # characters beside a number in which it is said to be a length

Ends = tuple[Frame, Frame]


def tells_length(claim: Frame) -> bool:
    """Whether the words beside a draft's number say that something lasts so long."""
    return _says(claim, "lasts")


def tells_delay(claim: Frame) -> bool:
    """Whether they say that something is so much later, or longer, than it was to be."""
    return _says(claim, "moved")


def _says(claim: Frame, name: str) -> bool:
    if claim.figure.dimension is not Dimension.DURATION:
        return False
    text = claim.statement.text
    at = claim.figure.span.shift(-claim.statement.span.start)
    before = fold(text[max(0, at.start - _REACH) : at.start]).text
    after = fold(text[at.end : at.end + _REACH]).text
    language = "zh" if has_han(text) else "en"
    told = _words(language, f"{name}_before").search(before)
    return told is not None or _words(language, f"{name}_after").match(after) is not None


@cache
def _words(language: str, name: str) -> re.Pattern[str]:
    words = section("limits", language)[name]
    if name.endswith("_after"):
        return re.compile(rf"[ -]?(?:{words})")
    edge = r"\b" if language == "en" else ""
    about = section("limits", language)["about"]
    return re.compile(rf"{edge}(?:{words})[ ]?(?:{about})?[ ]?$")


def ends_so_long(claim: Frame, told: Sequence[Frame]) -> Iterator[Ends]:
    """The dates of a sentence between which there is a draft's length of time."""
    value, unit = claim.figure.value, claim.figure.unit
    timed = [f for f in told if f.figure.dimension in TIMED]
    if value is None:
        return
    if tells_length(claim):
        long = [(one, stretch) for one in timed if (stretch := _stretch(one)) is not None]
        for at, (one, stretch) in enumerate(long):
            spans = [f.figure.span for f, _ in long]
            if _lasts(value, unit, *stretch) and _is_meant(claim, one.statement, spans, at):
                yield _parted(one)
    if tells_delay(claim):
        points = [f for f in timed if "/" not in (f.figure.period or "")]
        for one, other in _beside(points):
            period = f"{one.figure.period}/{other.figure.period}"
            stretch = _stretch(one, period) or _stretch(one, "/".join(period.split("/")[::-1]))
            if stretch is not None and value * _UNITS.get(unit, Decimal(0)) == stretch[0]:
                yield one, other


def _is_meant(claim: Frame, told: Statement, spans: Sequence[Span], at: int) -> bool:
    """Whether a draft names what one of several intervals of a sentence is told of, and no other.

    The words right before an interval, or after the one before it, say so.
    """
    if len(spans) == 1:
        return True
    starts = (0, *(span.end - told.span.start for span in spans))
    parts = [
        terms(told.text[start : span.start - told.span.start])
        for start, span in zip(starts, spans, strict=False)
    ]
    ours = terms(claim.statement.text)
    own = [
        (part - frozenset().union(*parts[:n], *parts[n + 1 :])) & ours
        for n, part in enumerate(parts)
    ]
    return bool(own[at]) and not any(some for n, some in enumerate(own) if n != at)


def _beside(points: Sequence[Frame]) -> Iterator[Ends]:
    """Two dates of a sentence, of which no other pair has either where it tells of several."""
    if len(points) <= len(("from", "to", "told on")):
        yield from combinations(points, 2)
        return
    for one, other in pairwise(points):
        start = one.statement.span.start
        between = one.statement.text[one.figure.span.end - start : other.figure.span.start - start]
        if _PARTS.search(between) is None:
            yield one, other


_PARTS = re.compile(r"[;；\n]|, (?:and|while|but) |[，,](?:而|另)")


def _stretch(told: Frame, period: str | None = None) -> tuple[Decimal, bool] | None:
    """The minutes of an interval, and whether it is told by the clock; None for one of months."""
    own = period is None
    period = completed(period or told.figure.period or "", "", told.statement.published_on)
    parts = period.replace("XXXX", _PLAIN_YEAR).split("/")
    if own and period.count("XXXX-") > 1 and parts[0] > parts[-1]:
        parts[-1] = parts[-1].replace(_PLAIN_YEAR, _NEXT_YEAR, 1)
    if len(parts) != len(("first", "last")):
        return None
    clocks = [Clock.of(part) for part in parts]
    if None not in clocks:
        first, last = (c for c in clocks if c is not None)
        if (first.day is None) is not (last.day is None):
            return None
        last = last.seen_from(first.zone)
        days = (last.day - first.day).days if last.day and first.day else 0
        minutes = days * _DAY + last.minutes - first.minutes
        if first.day is None and minutes <= 0:
            minutes += _DAY
        return (minutes, True) if minutes > 0 else None
    days_each = [
        days_of(part) if re.fullmatch(r"\d{4}-\d\d-\d\d", part) else None for part in parts
    ]
    if any(day is None for day in days_each):
        return None
    begin, end = (day[0] for day in days_each if day is not None)
    return ((end - begin).days * _DAY, False) if end > begin else None


def _lasts(value: Decimal, unit: str, minutes: Decimal, by_the_clock: bool) -> bool:
    """Whether a stretch is so long: in hours to the minute, in days with or without the last."""
    size = _UNITS.get(unit)
    if size is None:
        return False
    if size < _DAY:
        return by_the_clock and value * size == minutes
    whole, rest = divmod(minutes, _DAY)
    days = {whole} if by_the_clock and not rest else {whole, whole + 1}
    return value * size / _DAY in days


def _parted(told: Frame) -> Ends:
    """The two ends of an interval as they are printed."""
    figure, start = told.figure, told.figure.span.start
    joins = list(_JOIN.finditer(figure.surface))
    if len(joins) != 1:
        return told, told
    periods = (figure.period or "").split("/")
    spans = (start, start + joins[0].start()), (start + joins[0].end(), figure.span.end)
    one, other = (
        replace(
            told,
            figure=replace(
                figure,
                span=Span(*span),
                surface=figure.surface[span[0] - start : span[1] - start],
                period=period,
            ),
        )
        for span, period in zip(spans, periods, strict=True)
    )
    return one, other


_JOIN = re.compile(r"[ ]*[-–—−~～至到]+[ ]*|[ ](?:to|until|till|through|and)[ ]")
