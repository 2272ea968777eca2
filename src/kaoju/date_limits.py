"""Which end of a stretch of time a date is told as: opens on March 5, closes on March 28.

An announcement gives a campaign as one figure, March 5, 18:00 - March 28, 24:00, and a draft
tells one end of it. What the words beside a date say of it decides which end is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache

from kaoju.frames import TIMED, Frame, Statement
from kaoju.lexicon import section
from kaoju.text import fold, has_han
from kaoju.types import Figure

_BEFORE = 60  # characters before a date in which it is said what begins or ends then
_AFTER = 24
_GAP = 16  # characters between a day and the one that it is put off to
_MOVES = re.compile(
    r"^[^,;。]*(?:改|延|推|顺|提前|调整|变更|更正)[^,;。]*[到至为]|^(?: \([^()]*\))? (?:back )?to "
)


class Limit(StrEnum):
    """The first or the last of a stretch of time."""

    FIRST = "first"
    LAST = "last"


def limit_of(told: Frame) -> Limit | None:
    """Whether something begins or ends on a date, as the words beside it say; None when neither."""
    return _limit(told, told.figure)


def tells_elsewhere(told: Frame, limit: Limit) -> bool:
    """Whether the sentence of a date has another one that is this end: closes on the 28th."""
    others = [f for f in told.statement.figures if f.dimension in TIMED and f is not told.figure]
    return any("/" not in (f.period or "/") and _limit(told, f) is limit for f in others)


def alike(claim: Frame, evidence: Frame) -> float:
    """1 when two dates are told as the same end, -1 when as the two; an interval has both."""
    ours, told = limit_of(claim), limit_of(evidence)
    if ours is None or "/" in (claim.figure.period or "/"):
        return 0.0
    if "/" in (evidence.figure.period or ""):
        return 1.0
    return 0.0 if told is None else 1.0 if told is ours else -1.0


def put_off(statement: Statement) -> Iterator[tuple[Figure, Figure]]:
    """The dates from which a sentence moves something, each with the one to which it does."""
    timed = [f for f in statement.figures if f.dimension in TIMED]
    if len(timed) < len(("old", "new")):
        return
    moves, text, start = _puts_off(has_han(statement.text)), statement.text, statement.span.start
    for old in timed:
        at = old.span.shift(-start)
        later = (f for f in timed if f.span.start >= old.span.end and f.period != old.period)
        new = next(later, None)
        if new is not None:
            between = fold(text[at.end : new.span.start - start]).text
            if moves.match(f"{fold(text[: at.start]).text}\0{between}"):
                yield old, new


@cache
def _puts_off(chinese: bool) -> re.Pattern[str]:
    return re.compile(str(section("limits", "zh" if chinese else "en")["puts_off"]))


def _limit(told: Frame, figure: Figure) -> Limit | None:
    start = told.statement.span.start
    spans = [f.span.shift(-start) for f in told.statement.figures]
    at = figure.span.shift(-start)
    floor = max([s.end for s in spans if s.end <= at.start], default=0)
    ceiling = min([s.start for s in spans if s.start >= at.end], default=len(told.statement.text))
    found = _read(told.statement.text, floor, at.start, at.end, ceiling)
    if found is not None or not 0 < floor <= at.start <= floor + _GAP:
        return found
    # The end that is put off is that of the old day as of the new one: from May 3 to May 20.
    put_off = _MOVES.search(fold(told.statement.text[floor : at.start]).text)
    old = next(
        f for f, span in zip(told.statement.figures, spans, strict=True) if span.end == floor
    )
    return _limit(told, old) if put_off and old.dimension in TIMED else None


@lru_cache(maxsize=4096)
def _read(text: str, floor: int, start: int, end: int, ceiling: int) -> Limit | None:
    before = fold(text[max(floor, start - _BEFORE) : start]).text
    after = fold(text[end : min(ceiling, end + _AFTER)]).text
    return _in_chinese(before, after) if has_han(text) else _in_english(before, after)


def _in_chinese(before: str, after: str) -> Limit | None:
    words = _patterns("zh")
    moves = _MOVES.search(after) is not None
    for pattern, part in ((words["right_after"], after), (words["right_before"], before)):
        found = pattern.search(part)
        if found is not None and not (moves and found["first"] is not None):
            return Limit.FIRST if found["first"] is not None else Limit.LAST
    found = words["after"].match(after)
    if found is None:
        labels = list(words["label"].finditer(_BREAK.split(before)[-1]))
        found = labels[-1] if labels else None
    if found is None:
        return None
    return Limit.FIRST if found["first"] is not None else Limit.LAST


def _in_english(before: str, after: str) -> Limit | None:
    words = _patterns("en")
    found = words["right_after"].match(after) or words["right_before"].search(before)
    if found is not None and found["first"] is not None and _MOVES.search(after) is not None:
        found = None  # moves from May 3 to May 20
    if found is None:
        verbs = list(words["label"].finditer(_BREAK.split(before)[-1]))
        found = verbs[-1] if verbs else None
    if found is None:
        return None
    return Limit.FIRST if found["first"] is not None else Limit.LAST


_BREAK = re.compile(r"[,;。;!?\n]|\. |\d")


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    w = section("limits", language)
    if language == "zh":
        zone = r"(?:[ ]?[(][^()]{1,16}[)])?[ ]?"
        near = r"(?:[^()\d]{2,6}时间)?[ ]?$"
        return {
            "right_after": re.compile(
                rf"^{zone}(?:(?P<first>{w['right_after_first']})|(?P<last>{w['right_after_last']}))"
            ),
            "right_before": re.compile(
                rf"(?:(?P<first>{w['right_before_first']})|(?P<last>{w['right_before_last']})){near}"
            ),
            "after": re.compile(
                rf"{zone}[^,。;:!?()]{{0,12}}?(?:(?P<first>{w['first']})|(?P<last>{w['last']}))"
            ),
            "label": re.compile(rf"(?:(?P<first>{w['first']})|(?P<last>{w['last']}))"),
        }
    return {
        "right_after": re.compile(
            rf"[ ]?(?:[(][^()]*[)][ ]?)?(?:(?P<first>{w['right_after_first']})"
            rf"|(?P<last>{w['right_after_last']}))\b"
        ),
        "right_before": re.compile(
            rf"\b(?:(?P<first>{w['right_before_first']})|(?P<last>{w['right_before_last']}))"
            r"[ ](?:the[ ])?$"
        ),
        "label": re.compile(rf"\b(?:(?P<first>{w['first']})|(?P<last>{w['last']}))\b"),
    }


def end_of(period: str, limit: Limit) -> str:
    """The first or the last of an interval as ISO 8601 writes it; what is none is itself."""
    first, _, last = period.partition("/")
    return first if limit is Limit.FIRST or not last else last
