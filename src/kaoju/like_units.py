"""Two figures in one kind where the words are of two: 31.5度 of power is 31.5 kWh.

A short unit is read by itself and may be several: a point, a degree, a pound, a cent, 13m. What
it is the figure beside it tells, where that is one of those. So does a share that is told as so
many of a hundred. A coin that several countries have, or that is made up, is counted where no
country is named: 900 million kroner is what 9亿丹麦克朗 says, and is not $900 million.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kaoju.count_nouns import english_count_names
from kaoju.figure_coins_zh import UNKNOWN_COIN, is_coin
from kaoju.frames import Frame
from kaoju.gazetteer import english_words
from kaoju.lexicon import section
from kaoju.text import fold
from kaoju.types import Dimension, Figure, Relation
from kaoju.units import is_token, unit

_MILLION = Decimal(1_000_000)


def alike(claim: Frame, evidence: Frame, one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """Both figures, each in the kind of the other where it may be meant so.

    Args:
        claim: Of the draft's figure.
        evidence: Of the article's.
        one: The draft's figure, as it is compared.
        other: The article's.
    """
    if _may_be_yuan(one, other) and not _are_of_japan(claim, evidence):
        one = replace(one, unit=other.unit)
    elif _may_be_yuan(other, one) and not _are_of_japan(claim, evidence):
        other = replace(other, unit=one.unit)
    ours = _meant(claim, one, other)
    return ours, _meant(evidence, other, ours)


def _meant(told: Frame, figure: Figure, beside: Figure) -> Figure:
    kinds = figure.dimension, beside.dimension
    if kinds[0] is kinds[1]:
        alone = _is_alone(figure, beside)
        if figure.unit != beside.unit and kinds[0] is Dimension.MONEY and alone:
            return replace(figure, unit=beside.unit)
        if {figure.unit, beside.unit} == _OF_ONE_SIGN and _bear_one_sign(figure, beside):
            return replace(figure, unit=beside.unit)
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
        case (Dimension.LENGTH, Dimension.SPEED) if _SPEED.search(told.statement.text):
            return _as(figure, beside) if beside.unit.startswith(f"{figure.unit}/") else figure
        case (Dimension.COUNT, Dimension.MONEY) if figure.unit == "token":
            return _as(figure, beside) if is_ticker(beside.unit) else figure
        case (Dimension.COUNT, Dimension.MONEY) if _may_be_of(figure.unit, beside):
            return _as(figure, beside)
        case (Dimension.MONEY, Dimension.COUNT) if is_coin(beside.unit):
            return _as(figure, beside) if _is_in_cents(told, figure) else figure
        case (Dimension.MASS | Dimension.LENGTH, Dimension.COUNT | Dimension.MONEY) if _pays(told):
            return _as(figure, beside)
        case (Dimension.COUNT, kind) if kind in _ELIDED and _is_cut_short(told):
            return _as(figure, beside, unit=_unit_before(told, kind))
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


# What is never the money of a coin whose name is not known: its own names are.
_WELL_KNOWN = frozenset(
    ("USD", "EUR", "CNY", "GBP", "JPY", "HKD", "TWD", "KRW", "INR", "RUB", "CHF", "AUD", "CAD")
)


def _may_be_of(coin: str, beside: Figure) -> bool:
    """Whether so much money may be a number of a coin: kroner, of Danish ones."""
    if coin == UNKNOWN_COIN:
        return False
    return coin in _coins_of(beside.unit)


@lru_cache(maxsize=256)
def _coins_of(code: str) -> frozenset[str]:
    coins = section("currencies", "coins_of")
    return frozenset(coin for coin, codes in coins.items() if code in codes)


def _is_alone(figure: Figure, beside: Figure) -> bool:
    """Whether a figure names a coin without a country, and the other is such money of one."""
    surface = fold(figure.surface).text
    names = section("currencies", "coins_bare")
    return any(
        re.search(rf"(?:{_AMOUNT})[ ]?(?:{names[coin]})$", surface)
        for coin in _coins_of(beside.unit)
        if coin in names
    )


_OF_ONE_SIGN = frozenset({"CNY", "JPY"})
_SIGN = re.compile(r"[¥￥][^a-z日]*(?:thousand|hundred|[mbtr]+illion|[mk]|bn)?")


def _bear_one_sign(*figures: Figure) -> bool:
    """Whether both are printed with a sign that two countries have, and with no country: ¥66."""
    return all(_SIGN.fullmatch(fold(f.surface).text) is not None for f in figures)


def _may_be_yuan(figure: Figure, beside: Figure) -> bool:
    """Whether a sign that English has for yen stands before what may be yuan: ¥800,000."""
    yen = figure.unit == "JPY" and figure.surface.lstrip().startswith(("¥", "￥"))
    money = figure.dimension is beside.dimension is Dimension.MONEY
    return yen and money and beside.unit == "CNY"


def _are_of_japan(*frames: Frame) -> bool:
    """Whether a sentence, its title or the sentence before it names what has the yen."""
    places = (part for f in frames for part in _around(f))
    return any(_JAPAN.search(fold(part).text) is not None for part in places)


def _around(told: Frame) -> tuple[str, str, str]:
    statement = told.statement
    return statement.text, statement.title, statement.before


_JAPAN = re.compile(
    r"(?<![a-z])(?:japan(?:ese)?|tokyo|osaka|kyoto|yokohama|nagoya|sapporo|fukuoka|okinawa|hokkaido"
    r"|nikkei|jpy|yen)(?![a-z])|日本|东京|大阪|京都|横滨|名古屋|札幌|福冈|冲绳|北海道|日[元圆币经银]"
)


_AMOUNT = r"[\d万亿千百十两一二三四五六七八九]|illion|thousand|hundred|\d ?(?:m|bn)"


def is_money(figure: Figure) -> bool:
    """Whether a figure counts coins: 152亿克雷尔, 15.2 billion krels.

    In English a large number of what is no word is one of coins.
    """
    if figure.dimension is not Dimension.COUNT or not figure.unit:
        return False
    if is_coin(figure.unit):
        return True
    if figure.value is None or figure.value < _NO_HEAT or " " in figure.unit:
        return False
    return not _is_word(figure.unit)


@lru_cache(maxsize=4096)
def _is_word(noun: str) -> bool:
    return any(w in english_words() or w in english_count_names() for w in (noun, f"{noun}s"))


# What is given out in money's place: 5,000 points where a draft has $5,000.
_WON = frozenset(
    {"token", "share", "point", "credit", "shard", "gem", "crystal", "diamond", "star", "ticket"}
)
_COIN_NAME = re.compile(r"(?<=[万亿千百十\d])[\u4e00-\u9fff]{2,5}$")


def is_other_money(one: Figure, other: Figure) -> bool:
    """Whether two figures are of two kinds of money, one of them coins: crowns, and dollars."""
    kinds = {one.dimension, other.dimension}
    if kinds == {Dimension.COUNT, Dimension.MONEY}:
        won = one.value == other.value and any(f.unit in _WON for f in (one, other))
        return won or is_money(one) or is_money(other)
    coins = [f for f in (one, other) if is_coin(f.unit)]
    names = [m.group() for f in coins if (m := _COIN_NAME.search(fold(f.surface).text))]
    names = [name.removesuffix("元") for name in names]
    if len(names) == len((one, other)) and one.unit == other.unit == UNKNOWN_COIN:
        return not (names[0].endswith(names[1]) or names[1].endswith(names[0]))
    known = [is_coin(f.unit) and f.unit != UNKNOWN_COIN for f in (one, other)]
    return kinds == {Dimension.COUNT} and all(known) and one.unit != other.unit


@lru_cache(maxsize=256)
def is_ticker(code: str) -> bool:
    """Whether so much money is counted in tokens: by a ticker that is listed, or that is not."""
    return is_token(code) or unit(code) is None


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


def _unit_before(told: Frame, kind: Dimension) -> str | None:
    """The unit of the last figure of a kind that a sentence has told: 28 days, not 42."""
    units = [
        f.unit
        for f in told.statement.figures
        if f.dimension is kind and f.span.end <= told.figure.span.start
    ]
    return units[-1] if units else None


def _pays(told: Frame) -> bool:
    """Whether a number that takes its unit from one before it is paid: 5 to 8 grams pay 0.70."""
    at = told.figure.span.start - told.statement.span.start
    bare = _NUMERAL.fullmatch(fold(told.figure.surface).text) is not None
    return bare and _PAYS.search(fold(told.statement.text[max(0, at - 16) : at]).text) is not None


_NUMERAL = re.compile(r"\d[\d.,]*")
_PAYS = re.compile(r"(?:\b(?:pays?|paid|costs?|charged?)|[付交缴收])(?: about| only|约|只|仅)? ?$")


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
    if beside.unit not in _WITH_CENTS or not _is_in_cents(told, figure):
        return figure
    return replace(figure, unit=beside.unit)


def _is_in_cents(told: Frame, figure: Figure) -> bool:
    """Whether a figure is of cents, and its sentence names no dollars."""
    if figure.unit != "USD" or not _CENTS.fullmatch(fold(figure.surface).text):
        return False
    return _DOLLARS.search(fold(told.statement.text).text) is None


_DOLLARS = re.compile(r"\$|\bu\.?s\b|\bdollars?\b|\bamerican\b")
_WITH_CENTS = frozenset({"EUR", "AUD", "CAD", "NZD", "HKD", "SGD", "ZAR"})
_CENTS = re.compile(r"[\d.,a-z -]*?[\da-z] ?cents?")


_TENTHS = re.compile(r"^[^元块圆]*(?:[毛角分]|[毛角][1-9一二三四五六七八九])$")


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
    "10000": Decimal(10_000),
    "10,000": Decimal(10_000),
    "万": Decimal(10_000),
}
_OF_SO_MANY = re.compile(
    r"(?:(?:of|in|out of) (?:every |each |a |any )?|every |each )(?:(?:one|a) )?"
    r"(100|1000|1,000|10000|10,000|hundred|thousand)(?![\d,.]*\d)"
    r"|每(?![年月天日周季股吨人户]|小时)[\u4e00-\u9fff]{0,3}?(100|1000|百|千|万)(?![分瓦米克吨\d])"
    r"|一(百|千|万)[\u4e00-\u9fff]{1,6}?[里中]"
)
