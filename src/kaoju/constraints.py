"""What a question insists on and a sentence contradicts: another year, tenor, place in a row.

A question on 30-year bonds is not answered by what a sentence says of 10-year ones, nor one
on 2024 by an article of 2025. What the sentence leaves open its passage may settle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kaoju.lexicon import load
from kaoju.text import fold, has_han
from kaoju.types import Dimension, Figure, Query

_TIMES = frozenset({Dimension.DATE, Dimension.TIME})
_TERMS = frozenset({Dimension.TENOR, Dimension.DURATION})
_HYPHENATED = re.compile(r"[\w.]+-(?:day|week|month|year)|期$")
_THIS_YEAR = re.compile(r"今年|本年度|\bthis year\b")
_MONTH_OR_QUARTER = re.compile(r"(?P<year>\d{4})-(?:(?P<month>\d\d)|Q(?P<quarter>[1-4]))")
_LATELY = timedelta(days=10)  # before an article: when it was said, not when it was so
_SOON = timedelta(days=62)  # after a month or a quarter: when its figures are reported
_DAY_OR_MONTH = re.compile(r"(?:\d{4}|XXXX)-(\d\d|Q\d|H\d|[A-Z]\w*)")

# 二号墓, 第二 left to ordinals and 5号 of a month to dates; Goose 2, which is no May 2.
_NUMBERED_ZH = re.compile(
    r"(?<![第月\d])(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?P<thing>号[\u4e00-\u9fff]|期(?!限)|季(?!度)|代|届)"
)
_NUMBERED_EN = re.compile(
    r"\b(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?P<thing>[A-Z][A-Za-z]{2,})"
    r" (?P<number>\d{1,2})\b(?![.,:%]?\d|%| (?:percent|per cent|million|billion|trillion))"
)


@dataclass(frozen=True, slots=True)
class Clash:
    """What was asked and what is said instead, as printed; ``said`` may be empty."""

    kind: str
    asked: str
    said: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence says and where it stands, as far as constraints are concerned."""

    text: str
    around: str  # its passage and title
    figures: tuple[Figure, ...]
    around_figures: tuple[Figure, ...]
    published_on: date | None


def clashes(query: Query, scene: Scene) -> list[Clash]:
    """What a sentence contradicts of a question; empty when nothing, or nothing is known."""
    found: list[Clash] = []
    for figure in query.figures:
        if figure.dimension in _TIMES:
            clash = _time(figure, scene)
        elif _is_term(figure):
            clash = _term(figure, scene)
        else:
            continue
        if clash is not None:
            found.append(clash)
    found += _ordinals(query, scene)
    found += _numbered(query, scene)
    return found


# Tenors ---------------------------------------------------------------------------------


def _is_term(figure: Figure) -> bool:
    if figure.dimension is Dimension.TENOR:
        return True
    return figure.dimension is Dimension.DURATION and bool(_HYPHENATED.search(figure.surface))


def _term(figure: Figure, scene: Scene) -> Clash | None:
    same = [f for f in scene.around_figures if f.dimension in _TERMS and f.unit == figure.unit]
    inside = [f for f in scene.figures if f.dimension is Dimension.TENOR or f in same]
    for some in (inside, same):
        if any(f.value == figure.value for f in some):
            return None
        tenors = [f for f in some if _is_term(f)]
        if tenors:
            return Clash("tenor", figure.surface, tenors[0].surface)
    return None


# Times ----------------------------------------------------------------------------------


def _time(figure: Figure, scene: Scene) -> Clash | None:
    asked = figure.period or ""
    offset = _relative(figure.surface)
    if offset is not None:
        if offset == 0:
            asked = "XXXX" + asked[4:] if len(asked) > 4 else ""
            if not asked:
                return None
        elif _same_words(figure.surface, scene.text):
            return None
        elif (other := _THIS_YEAR.search(fold(scene.text).text)) is not None:
            return Clash("time", figure.surface, other.group())
        elif _same_words(figure.surface, scene.around):
            return None
        elif scene.published_on is None:
            return Clash("time", figure.surface, "")
        else:
            asked = f"{scene.published_on.year + offset}"
    said = [f for f in scene.figures if f.dimension in _TIMES]
    around = [f for f in scene.around_figures if f.dimension in _TIMES]
    if any(_meet(asked, f.period or "") for f in said):
        return None
    if any(_meet(asked, f.period or "") for f in around) and not _dated_otherwise(asked, scene):
        return None
    if asked[:4].isdigit():
        return _year(figure, asked, said, around, scene)
    part = _part(asked)
    if part and scene.published_on is not None and _part(scene.published_on.isoformat()) == part:
        return None  # in June, asked of an article of June
    for some in (said, around):
        others = [f for f in some if part and _part(f.period or "")]
        if others:
            return Clash("time", figure.surface, others[0].surface)
    return None


def _dated_otherwise(asked: str, scene: Scene) -> bool:
    """Whether the sentence's own figures hold for another time, though its passage names this."""
    dated = [f for f in scene.figures if f.dimension not in _TIMES and f.period]
    return (
        bool(_part(asked)) and bool(dated) and not any(_meet(asked, f.period or "") for f in dated)
    )


def _year(
    figure: Figure, asked: str, said: Sequence[Figure], around: Sequence[Figure], scene: Scene
) -> Clash | None:
    years = [f for f in (*said, *around) if re.match(r"\d{3}", f.period or "")]
    if any(_neighbours(asked, f) for f in said):
        return None
    published = scene.published_on
    if published is not None and not [f for f in said if not _is_dateline(f, published)]:
        if published.isoformat().startswith(asked) and not said:
            return None
        if _is_reported(asked, published):
            return None
    told = years[0].surface if years else str(published.year) if published else ""
    return Clash("time", figure.surface, told)


def _is_dateline(told: Figure, published: date) -> bool:
    """Whether a time told is that of the report, not of what it reports: last week, on Tuesday."""
    try:
        day = date.fromisoformat((told.period or "").partition("/")[0])
    except ValueError:
        return False
    return timedelta(0) <= published - day <= _LATELY


def _is_reported(asked: str, published: date) -> bool:
    """Whether an article comes soon after the month or quarter asked for, as its figures do."""
    match = _MONTH_OR_QUARTER.fullmatch(asked)
    if match is None:
        return False
    last = int(match["month"] or 3 * int(match["quarter"]))
    end = date(int(match["year"]) + last // 12, last % 12 + 1, 1)
    return timedelta(0) <= published - end <= _SOON


def _neighbours(asked: str, told: Figure) -> bool:
    """Whether a year and the end of a decade before it are one time: by 2030."""
    period = told.period or ""
    return period[4:] == "-12-31" and asked == str(int(period[:4]) + 1)


def _meet(one: str, other: str) -> bool:
    """Whether two periods may be of one time; a year that is not stated is any year."""
    if not one or not other or (_part(one) and not _part(other) and "/" not in other):
        return False  # a year alone is no month of it
    for left in one.split("/"):
        for right in other.split("/"):
            pairs = list(zip(left, right, strict=False))
            if pairs and all(a == b or "X" in (a, b) for a, b in pairs):
                short, long = sorted((left, right), key=len)
                # A year alone meets a month of any year only where it is stated.
                if set(short) != {"X"} and (
                    len(short) > 4 or short[:4].isdigit() or "X" not in long
                ):
                    return True
    return "/" in other and _within(one, other)


def _within(one: str, interval: str) -> bool:
    start, _, end = interval.partition("/")
    if not one[:1].isdigit() or not start[:1].isdigit() or not end[:1].isdigit():
        return False
    return start[: len(one)] <= one <= end[: len(one)]


def _part(period: str) -> str:
    match = _DAY_OR_MONTH.match(period)
    return match.group(1) if match else ""


@cache
def _relatives() -> dict[str, int]:
    table = load("answering")["relative"]
    offsets = {"before": -1, "same": 0, "after": 1}
    return {
        word.replace("_", " "): offsets[key]
        for key, lines in table.items()
        for line in lines
        for word in line.split()
    }


def _relative(surface: str) -> int | None:
    folded = fold(surface).text
    for word, offset in _relatives().items():
        if word in folded:
            return offset
    return None


def _same_words(surface: str, text: str) -> bool:
    """Whether a text says last year, or the like, in either language."""
    offset = _relative(surface)
    folded = fold(text).text
    return any(own == offset and word in folded for word, own in _relatives().items())


# Ordinals -------------------------------------------------------------------------------


@cache
def _ordinal_words() -> dict[str, int]:
    lines: Iterable[str] = load("answering")["ordinal"]["words"]
    return {word: n for n, line in enumerate(lines, start=1) for word in line.split()}


def _ordinals(query: Query, scene: Scene) -> Iterator[Clash]:
    asks = fold(query.text).text
    for figure in query.figures:
        asks = asks.replace(fold(figure.surface).text, " ")
    numbers = _ordinals_in(asks)
    if not numbers:
        return
    told = _ordinals_in(fold(scene.around).text)
    for number, word in numbers.items():
        if number not in told and (number > 1 or told):
            yield Clash("ordinal", word, next(iter(told.values()), ""))


def _numbered(query: Query, scene: Scene) -> Iterator[Clash]:
    """Things told apart by a number: 二号墓 where the article has 一号墓, Goose 2 for Goose 3."""
    told = fold(scene.around, lower=False).text
    for pattern in (_NUMBERED_ZH, _NUMBERED_EN):
        said: dict[str, dict[str, str]] = {}
        for match in pattern.finditer(told):
            said.setdefault(match["thing"], {})[match["number"]] = match.group()
        for match in pattern.finditer(fold(query.text, lower=False).text):
            others = said.get(match["thing"], {})
            if others and match["number"] not in others:
                yield Clash("number", match.group(), next(iter(others.values())))


def _ordinals_in(folded: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for word, number in _ordinal_words().items():
        pattern = re.escape(word) if has_han(word) else rf"\b{re.escape(word)}\b"
        if re.search(pattern, folded):
            found[number] = word
    return found
