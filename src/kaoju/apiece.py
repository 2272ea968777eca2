"""Whether a draft says of each, or of all times, what an article says of all, or of one time.

A pool that fifty winners share is not what each of them gets, nor is the most that anyone may; what
is drawn every week is not what the whole season brings. Announcements tell all of it in one line,
so only the words around a number say which it is. They stand in ``lexicon/apiece.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.figure_coins_zh import is_coin
from kaoju.frames import Frame
from kaoju.lexicon import section
from kaoju.text import fold
from kaoju.types import Dimension, Qualifier

_STOP = re.compile(r"[;；。\n]|\.(?=\s|$)")
_TOKEN = "token"  # a unit, not a secret
_AMOUNTS = frozenset({Dimension.MONEY, Dimension.COUNT})


def of_other_share(claim: Frame, evidence: Frame) -> bool:
    """Whether one number is told of each or of all times in the draft and otherwise in an article.

    Args:
        claim: The draft's.
        evidence: The article's, whose number agrees.
    """
    if not {claim.figure.dimension, evidence.figure.dimension} <= _AMOUNTS:
        return False
    return (
        _is_each_of_shared(claim, evidence)
        or _is_each_of_the_most(claim, evidence)
        or _is_whole_of_one_time(claim, evidence)
        or _is_of_other_times(claim, evidence)
    )


def _is_each_of_shared(claim: Frame, evidence: Frame) -> bool:
    """Whether each gets in the draft what all share in an article."""
    if not (_is_money(claim) and _is_money(evidence)):
        return False
    sentence = fold(claim.statement.text).text
    if _says("shared", sentence) or _says("together", sentence):
        return False
    if not _says("each", _part(claim)):
        return False
    told = _pattern("among").sub(" shared ", _part(evidence, alone=True))
    return _says("shared", told) and not _says("each", told)


def _is_each_of_the_most(claim: Frame, evidence: Frame) -> bool:
    """Whether each gets in the draft what is the most that anyone gets in an article."""
    most = evidence.figure.qualifier is Qualifier.AT_MOST
    if not most or not (_is_money(claim) and claim.figure.qualifier is Qualifier.EXACT):
        return False
    return _says("each", _part(claim)) and not _says("most", fold(claim.statement.text).text)


def _is_whole_of_one_time(claim: Frame, evidence: Frame) -> bool:
    """Whether a draft's whole season has what an article has of every week."""
    return (
        any(_whole(key).search(fold(claim.clause).text) for key in ("zh", "en"))
        and bool(_times(evidence.clause))
        and not _times(claim.statement.text)
        and not any(_whole(key).search(fold(evidence.clause).text) for key in ("zh", "en"))
    )


def _is_of_other_times(claim: Frame, evidence: Frame) -> bool:
    """Whether the very number is of every month in the draft and of every quarter in an article."""
    if claim.figure.value != evidence.figure.value:
        return False
    ours, theirs = _times(claim.clause), _times(evidence.clause)
    return bool(ours and theirs) and not ours & theirs


def _is_money(frame: Frame) -> bool:
    figure = frame.figure
    return figure.dimension is Dimension.MONEY or figure.unit == _TOKEN or is_coin(figure.unit)


def _part(frame: Frame, *, alone: bool = False) -> str:
    """The words around a figure between semicolons and stops, folded.

    Args:
        frame: The figure's.
        alone: Whether they end at the next figure of its kind.
    """
    statement = frame.statement
    text, at = statement.text, frame.figure.span.shift(-statement.span.start)
    start = max((m.end() for m in _STOP.finditer(text, 0, at.start)), default=0)
    stop = _STOP.search(text, at.end)
    end = stop.start() if stop is not None else len(text)
    for other in statement.figures if alone else ():
        place = other.span.shift(-statement.span.start)
        if other.dimension is not frame.figure.dimension:
            continue
        if place.end <= at.start:
            start = max(start, place.end)
        elif place.start >= at.end:
            end = min(end, place.start)
    return fold(f"{text[start : at.start]} … {text[at.end : end]}").text


def _says(key: str, text: str) -> bool:
    return _pattern(key).search(text) is not None


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(str(section("apiece", "apiece")[key]))


@cache
def _whole(key: str) -> re.Pattern[str]:
    return re.compile(str(section("apiece", "apiece")["whole"][key]))


@cache
def _every_time() -> dict[str, re.Pattern[str]]:
    times = section("apiece", "apiece")["times"]
    return {name: re.compile(pattern) for name, pattern in times.items()}


def _times(text: str) -> frozenset[str]:
    """How far apart the times lie that a text says something of every one of."""
    told = fold(_pattern("papers").sub(" ", text)).text
    return frozenset(name for name, pattern in _every_time().items() if pattern.search(told))
