"""Two figures in one kind where the words are of two: 31.5度 of power is 31.5 kWh.

A short unit is read by itself and may be several: a point, a degree, a pound, a cent, 13m. What
it is the figure beside it tells, where that is one of those. So does a share that is told as so
many of a hundred.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kaoju.frames import Frame
from kaoju.text import fold
from kaoju.types import Dimension, Figure, Relation

_MILLION = Decimal(1_000_000)


def alike(claim: Frame, evidence: Frame, one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """Both figures, each in the kind of the other where it may be meant so.

    Args:
        claim: Of the draft's figure.
        evidence: Of the article's.
        one: The draft's figure, as it is compared.
        other: The article's.
    """
    return _meant(claim, one, other), _meant(evidence, other, one)


def _meant(told: Frame, figure: Figure, beside: Figure) -> Figure:
    kinds = figure.dimension, beside.dimension
    if kinds[0] is kinds[1]:
        return _of_its_cents(told, figure, beside)
    surface = fold(figure.surface).text
    match kinds:
        case (Dimension.COUNT, Dimension.PERCENTAGE_POINT) if figure.unit == "point":
            return _as(figure, beside)
        case (Dimension.OTHER, Dimension.TEMPERATURE) if figure.unit == "degree":
            return _as(figure, beside) if beside.unit == "°C" else figure
        case (Dimension.OTHER, Dimension.ENERGY) if figure.unit == "degree":
            much = figure.value is not None and figure.value >= _NO_HEAT
            electric = surface.endswith("度") and (much or "电" in told.statement.text)
            return _as(figure, beside, unit="kWh") if electric else figure
        case (Dimension.MASS, Dimension.MONEY) if figure.unit == "pound_mass":
            return _as(figure, beside) if beside.unit == "GBP" else figure
        case (Dimension.LENGTH, Dimension.MONEY | Dimension.COUNT) if _GLUED.search(surface):
            return _scaled(_as(figure, beside), _MILLION)
        case (Dimension.COUNT, Dimension.MONEY) if figure.unit == "piece" and _after(told, "块"):
            return _as(figure, beside) if beside.unit == "CNY" else figure
        case (Dimension.MONEY, Dimension.COUNT) if _COINS.get(figure.unit) == beside.unit:
            return _as(figure, beside)
        case (Dimension.MONEY, Dimension.COUNT) if _is_cent_of(told, figure, beside):
            return _as(figure, beside)
        case (Dimension.LENGTH, Dimension.SPEED) if _SPEED.search(told.statement.text):
            return _as(figure, beside) if beside.unit.startswith(f"{figure.unit}/") else figure
        case (Dimension.COUNT, kind) if kind in _ELIDED and _is_cut_short(told):
            return _as(figure, beside)
        case (Dimension.MULTIPLE, Dimension.COUNT) if _is_often(told, figure):
            return _as(figure, beside)
        case (Dimension.DURATION, Dimension.AGE):
            return replace(figure, dimension=Dimension.AGE)
        case (kind, Dimension.PERCENT) if kind in _PARTS:
            base = base_of(told)
            return figure if base is None else _scaled(_as(figure, beside), 100 / base)
        case _:
            return figure


_PARTS = frozenset({Dimension.COUNT, Dimension.MONEY, Dimension.MASS, Dimension.OTHER})
_ELIDED = frozenset(
    {Dimension.MONEY, Dimension.DURATION, Dimension.AGE, Dimension.MASS, Dimension.SPEED}
)
_NO_HEAT = Decimal(10_000)  # as many degrees are none of heat
_SPEED = re.compile(r"每小时|每秒|时速|航速|车速|风速|船速")
_GLUED = re.compile(r"\dm$")


def _after(told: Frame, word: str) -> bool:
    end = told.figure.span.end - told.statement.span.start
    return told.statement.text.startswith(word, end)


def _is_cut_short(told: Frame) -> bool:
    """Whether a sentence leaves it open what a number counts: women at 4.1 days, men at 2.6."""
    end = told.figure.span.end - told.statement.span.start
    bare = _BARE.search(fold(told.figure.surface).text) is not None
    return bare and _CUT_SHORT.match(told.statement.text[end : end + 12]) is not None


_CUT_SHORT = re.compile(
    r"[ ]?(?:[.,;:)](?!\d)|[，。；、）]|$)"
    r"|[ ](?:and|with|on|in|instead|from|than|against|before|after)\b"
)
_BARE = re.compile(
    r"(?:[\d万亿千百十两〇零一二三四五六七八九]|hundred|thousand|[mbtr]+illion|\d ?(?:m|bn|k))$"
)


def _as(figure: Figure, beside: Figure, *, unit: str | None = None) -> Figure:
    return replace(figure, dimension=beside.dimension, unit=beside.unit if unit is None else unit)


def _scaled(figure: Figure, times: Decimal) -> Figure:
    return replace(
        figure,
        value=None if figure.value is None else figure.value * times,
        upper=None if figure.upper is None else figure.upper * times,
        precision=None if figure.precision is None else figure.precision * times,
    )


def _of_its_cents(told: Frame, figure: Figure, beside: Figure) -> Figure:
    """Cents in a sentence that names no dollars, 毛 in one of dollars: of the money it names."""
    if figure.dimension is not Dimension.MONEY or figure.unit == beside.unit:
        return figure
    if figure.unit == "CNY" and beside.unit in {"USD", *_WITH_CENTS}:
        named = {f.unit for f in told.statement.figures if f.dimension is Dimension.MONEY}
        small = _TENTHS.search(fold(figure.surface).text) is not None
        other = any(
            f.unit == "CNY" and not _TENTHS.search(fold(f.surface).text)
            for f in told.statement.figures
        )
        return (
            replace(figure, unit=beside.unit)
            if small and beside.unit in named and not other
            else figure
        )
    if figure.unit != "USD":
        return figure
    if beside.unit not in _WITH_CENTS or not _CENTS.fullmatch(fold(figure.surface).text):
        return figure
    dollars = _DOLLARS.search(fold(told.statement.text).text)
    return figure if dollars else replace(figure, unit=beside.unit)


_DOLLARS = re.compile(r"\$|\bu\.?s\b|\bdollars?\b|\bamerican\b")
_WITH_CENTS = frozenset({"EUR", "AUD", "CAD", "NZD", "HKD", "SGD", "ZAR"})
_CENTS = re.compile(r"[\d.,a-z -]*?[\da-z] ?cents?")


_TENTHS = re.compile(r"^[^元块圆]*(?:[毛角分]|[毛角][1-9一二三四五六七八九])$")
# The coins of two countries and more, as each language reads them: 马克 is of Germany's, a mark is
# of whichever country.
_COINS = {"DEM": "mark", "FRF": "franc", "MXN": "peso", "HUF": "forint", "NLG": "guilder"}


def _is_cent_of(told: Frame, figure: Figure, beside: Figure) -> bool:
    """Whether cents are of the coins that the same sentence counts: 1.62 crowns, 9 cents less."""
    if figure.unit != "USD" or not _CENTS.fullmatch(fold(figure.surface).text):
        return False
    if beside.unit not in _COUNTED_COINS or _DOLLARS.search(fold(told.statement.text).text):
        return False
    return any(f.unit == beside.unit for f in told.statement.figures)


_COUNTED_COINS = frozenset({"crown", "mark", "franc", "florin", "dinar", "shilling", "peso"})


def _is_often(told: Frame, figure: Figure) -> bool:
    """Whether a number of times says how often, and not how much more: watched 400 times."""
    if figure.relation is not Relation.LEVEL or figure.value is None or figure.value % 1:
        return False
    at = figure.span.shift(-told.statement.span.start)
    after = fold(told.statement.text[at.end : at.end + 16]).text
    return fold(figure.surface).text.endswith("times") and not _TIMES_WHAT.match(after)


_TIMES_WHAT = re.compile(r" (?:as|the|its|their|his|her|what|that|those|more|last|\w+er) ?")


def base_of(told: Frame) -> Decimal | None:
    """Of how many a sentence tells a share: of every 100, 每千."""
    return _base(told.statement.text)


@lru_cache(maxsize=4096)
def _base(text: str) -> Decimal | None:
    found = _OF_SO_MANY.search(fold(text).text)
    return None if found is None else _BASES[next(part for part in found.groups() if part)]


_BASES = {
    "100": Decimal(100),
    "hundred": Decimal(100),
    "百": Decimal(100),
    "1000": Decimal(1000),
    "1,000": Decimal(1000),
    "thousand": Decimal(1000),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "10000": Decimal(10_000),
    "10,000": Decimal(10_000),
}
_OF_SO_MANY = re.compile(
    r"(?:(?:of|in|out of) (?:every |each |a |any )?|every |each )(?:(?:one|a) )?"
    r"(100|1000|1,000|10,000|10000|hundred|thousand)(?![\d,.]*\d)"
    r"|每(?![年月天日周季股吨人户]|小时)[\u4e00-\u9fff]{0,3}?(100|1000|百|千|万)(?![分瓦米克吨\d])"
    r"|一(百|千|万)[\u4e00-\u9fff]{1,6}?[里中]"
)
