"""Money of foreign, old and made-up names in Chinese: 34亿斯凯尔, 5000塔勒.

A coin whose name is written by its sound stands right behind its number, without a classifier.
Names that the lexicon has are read after any number; any other run of characters that names are
made of, where it ends a phrase or its clause speaks of money; after a small number, where both do.
A name that goes on as a known one (比索马里, 马克思) is none, nor are words that Chinese took over
by their sound (穆斯林, 马拉松). Its first character may be a unit of another kind (克, 瓦, 列) and
is none there.
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.figure_found import View
from kaoju.lexicon import lexicon_lines, load, section
from kaoju.numerals import Numeral, Sort

UNKNOWN_COIN = "coin"  # the unit of a coin whose name in English is not known

_LEAST_ODDS = 0.5  # of a character, to be one of a name written by its sound
_FEWEST, _MOST = 2, 4  # characters of a coin's name
_LONGEST_KNOWN = 8  # characters of a known name that are looked up
_LARGE = 10_000  # a number in 万 or 亿
# What is of a country or a maker when such a run stands before it: people, an army, cars.
_OF_NO_COIN = re.compile(
    r"[人族语军国裔籍式队州省市县镇村港岛河湖山股车牌系产·]"
    r"|[\u4e00-\u9fff]?[民兵]|游客|旅客|客户|用户|订户|球迷|学生|[工女]|劳工|儿童|家庭|手机|芯片"
    r"|武装|士兵|战士|选手|考生|[信教门]徒|主义|支持者|粉丝|歌迷|影迷|[饼糕]"
)
_SPEAKS_OF_MONEY = re.compile(
    r"[价费付花补奖罚金款卖售薪资税赚亏借债贴抵值每]|收入|工钱|(?:[美欧日]元|英镑)[收报可兑折合]"
)
_ENDS = re.compile(r"[ ]?(?:[，。；、,;!?！？)）]|$)|的|左右|上下|以[上下内]")
_OF_MONEY = re.compile(
    r"贷款|借款|存款|捐款|罚款|拨款|资[本金产]|赤字|缺口|预算|利润|收入|支出|债|补贴|投资|经费|现金|奖金|保费|税"
    r"|[\u4e00-\u9fff]{0,2}(?:[养退抚恤]老?[休恤]?金|基金|[押订定]金|保证金|股息|红利|分红|利息|津贴|补助|补偿|福利)"
    r"|工资|薪|开支|费用|成本|[顺逆]差|盈余|亏损|储备|援助|救助|救济|订单|合同|营收|营业额|销售额|产值|市值|[国公]债"
)
_YEARS = range(1900, 2100)
# 120奥元: the yuan of a country by one character; not 5公元, nor 3多元.
_YUAN = re.compile(r"元(?![素件首旦宵老年宇月勋帅气音组])")
_NO_YUAN = frozenset("公纪单多状银金次维几余来角大人货百千万亿块个克")


@cache
def _sounds() -> frozenset[str]:
    """The characters that names are written with by their sound."""
    rows = (line.split("\t") for line in lexicon_lines("name_characters.tsv"))
    return frozenset(row[0] for row in rows if float(row[1]) >= _LEAST_ODDS)


@cache
def _known() -> frozenset[str]:
    """Chinese names of places and bodies, which a number counts people or things of."""
    rows = (line.split("\t") for line in lexicon_lines("places.tsv"))
    places = {name for row in rows for name in row[1].split("|")}
    bodies = (row.get("zh", ()) for kind in load("aliases").values() for row in kind.values())
    return frozenset(places.union(*bodies))


@cache
def _no_coins() -> frozenset[str]:
    """Words taken over by their sound that a number counts people or things of."""
    return frozenset(section("currencies", "no_coins_zh")["words"])


@cache
def _listed() -> dict[str, str]:
    return {str(name): str(coin) for name, coin in section("currencies", "coins_zh").items()}


def coin_zh(view: View, number: Numeral, at: int) -> tuple[str, int] | None:
    """The coin whose name begins at ``at``, and where that ends; None where there is none.

    Args:
        view: The text.
        number: The number before it.
        at: Where the number's unit would begin.
    """
    lower = view.lower
    end = at
    while end - at <= _MOST and lower[end : end + 1] in _sounds():
        end += 1
    known = next((name for name in _listed() if lower.startswith(name, at)), None)
    if known is not None and (number.scale < _LARGE or len(known) >= end - at):
        end = at + len(known)
    name = lower[at:end]
    by_one = len(name) == 1 and name not in _NO_YUAN and number.sort is Sort.CARDINAL
    if by_one and _YUAN.match(lower, end):
        return UNKNOWN_COIN, end + 1
    if _OF_NO_COIN.match(lower, end) or _goes_on(lower, at, end):
        return None
    if name in _listed():
        return _listed()[name], end
    if number.sort is not Sort.CARDINAL or not _FEWEST <= len(name) <= _MOST:
        return None
    longest = lower[at : at + _LONGEST_KNOWN]
    if any(
        longest[:size] in _known() or longest[:size] in _no_coins()
        for size in range(_FEWEST, len(longest) + 1)
    ):
        return None
    is_yuan = lower.startswith("元", end)  # 200亿索兰元
    end += is_yuan
    ends = is_yuan or _ENDS.match(lower, end) is not None
    money = _SPEAKS_OF_MONEY.search(lower, max(0, number.start - 12), number.start) is not None
    if number.scale >= _LARGE:
        return (UNKNOWN_COIN, end) if ends or money or _OF_MONEY.match(lower, end) else None
    plain = number.digits and number.value not in _YEARS and name[0] != "克"
    return (UNKNOWN_COIN, end) if plain and money and ends else None


def _goes_on(lower: str, at: int, end: int) -> bool:
    """Whether a known name or word reaches past a coin's: 列伊朗, 比索马里, 马克思."""
    for start in range(at, end):
        for stop in range(max(end, start + 1) + 1, start + _LONGEST_KNOWN + 1):
            word = lower[start:stop]
            if word in _no_coins() or word in _known():
                return True
    return False


def is_listed_coin(name: str) -> bool:
    """Whether the lexicon has a coin of this name in Chinese."""
    return name in _listed()


def clips_a_name(lower: str, at: int, end: int) -> bool:
    """Whether a unit is the beginning of a longer known name: the gram of 克罗地亚."""
    size = range(max(end - at + 1, _FEWEST + 1), _LONGEST_KNOWN + 1)
    return any(lower[at : at + length] in _known() for length in size)


def is_coin(name: str) -> bool:
    """Whether a unit is a coin: one of the lexicon, or one that no English name is known of."""
    return name == UNKNOWN_COIN or name in _coins()


@cache
def _coins() -> frozenset[str]:
    return frozenset(_listed().values())
