"""Whether a draft states as a fact what an article only expects, hopes for or makes conditional.

An airline expects more than 85 % of its seats to be taken: that they were, it does not say; nor is
what would be lost if shares fell lost. The words stand in ``lexicon/firmness.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.frames import TIMED, Frame
from kaoju.lexicon import section
from kaoju.text import fold
from kaoju.types import Dimension

_TIMES = TIMED | {Dimension.DURATION, Dimension.TENOR}
_STOP = re.compile(r"[;；。\n]|\.(?=\s|$)")
_COMMA = re.compile(r"[,，](?!\d)")


def is_firmer(claim: Frame, evidence: Frame) -> bool:
    """Whether a draft's figure is a fact and the article's is not yet.

    Args:
        claim: The draft's.
        evidence: The article's, whose number agrees.
    """
    if claim.figure.dimension in TIMED or claim.statement.speaker_id is not None:
        return False
    text = fold(_MAY.sub(" ", claim.statement.text)).text
    if _says("own", text):
        return False
    return is_open(evidence, to_be=_says("will", text))


_MAY = re.compile(r"\bMay\b")  # the month


def is_open(told: Frame, *, to_be: bool = False) -> bool:
    """Whether the words around a figure leave it open whether it is or will be so.

    Args:
        told: The figure's.
        to_be: Whether what is expected is as good as what will be.
    """
    statement = told.statement
    text, at = statement.text, told.figure.span.shift(-statement.span.start)
    start = max((m.end() for m in _STOP.finditer(text, 0, at.start)), default=0)
    before = fold(text[start : at.start]).text
    between = [
        f.span.end - statement.span.start - start
        for f in statement.figures
        if f.dimension not in _TIMES and f.span.end <= told.figure.span.start
    ]
    if len(before) != at.start - start:
        return False  # places do not count alike
    kinds = ("hoped",) if to_be else ("expected", "hoped")
    if any(_is_expected(before, max(between, default=0), kind) for kind in kinds):
        return True
    conditions = list(_pattern("condition").finditer(before))
    if conditions:
        commas = [m.end() for m in _COMMA.finditer(before, conditions[-1].end())]
        return len(commas) == 1 and _says("follows", before[commas[0] :])
    end = min((m.start() for m in _STOP.finditer(text, at.end)), default=len(text))
    comma = _COMMA.search(text, at.end, end)
    after = fold(text[at.end : comma.start() if comma is not None else end]).text
    return _says("condition", after)


def _is_expected(before: str, since: int, kind: str) -> bool:
    """Whether the words before a figure, since the figure before it, say that it is expected."""
    found = list(_pattern(kind).finditer(before, max(0, since)))
    if not found:
        return False
    rest = before[found[-1].end() :].lstrip(",， ")
    if _says("now", rest):
        return False  # he predicts that the market, now 300 billion, will grow tenfold
    comma = _COMMA.search(rest)
    return comma is None or _says("goes_on", rest[comma.end() :])


def _says(key: str, text: str) -> bool:
    return _pattern(key).search(text) is not None


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(str(section("firmness", "firmness")[key]))
