"""Chinese shares and grades: 三成五, 八折, 3.1厘, 一码, 6.8级."""

from __future__ import annotations

import re

from kaoju.figure_found import Found, View
from kaoju.numerals import Numeral, Sort
from kaoju.types import Dimension, Qualifier

DISCOUNT_ZH = re.compile(r"[ ]{0,3}折(?!叠|旧|磨|腾|合|算|射|断|扣率|戟|中|返|价|年)")
TENTHS_ZH = re.compile(
    r"[ ]{0,2}成(?!员(?!工)|果(?!园|农|树)|[为立功本熟绩长人品交年效语套份像型色片]"
    r"|都(?![不没嫌在是要有])|就(?!该|是|有|能|可|会|要|够|业))"
)
_INTEREST = re.compile(r"息|利率|按揭|央行|联准会|美联储|联储|殖利|收益率|贷款|存款")


def rate_zh(view: View, found: Found, at: int) -> Found | None:
    """3.1厘 in Hong Kong is 3.1 %, 一码 in Taiwan a quarter of a percentage point."""
    lower = view.lower
    if not lower.startswith(("厘", "码"), at) or lower.startswith(("厘米", "厘定", "厘清"), at):
        return None
    if found.value is None or not _INTEREST.search(lower[max(0, found.start - 24) : found.start]):
        return None
    found.end = found.after = at + 1
    if lower[at] == "厘":
        found.unit, found.dimension = "percent", Dimension.PERCENT
        return found
    found.value, found.step = found.value / 4, None
    found.unit, found.dimension = "percentage_point", Dimension.PERCENTAGE_POINT
    return found


def grade(view: View, found: Found, end: int) -> Found:
    """6.8级 of an earthquake, 12级 of a wind, a rating cut by 1级; other grades are names."""
    before = view.lower[max(0, found.start - 24) : found.start]
    after = view.lower[end : end + 6]
    quake = max(before.rfind("震"), 99 if "震" in after else -1)
    wind = max(before.rfind("风"), 99 if "风" in after else -1)
    if quake > wind:
        found.unit = "magnitude"
    elif wind >= 0 or _LEVEL_OF.search(before):
        found.unit = "level"
    elif _NOTCHES.search(before):
        found.unit, found.end, found.after = "notch", end, end
        return found
    else:
        return Found(found.start, end, None)
    found.dimension, found.end, found.after = Dimension.INDEX, end, end
    return found


# 预警级别下调到三级 says where it stands, 评级下调了一级 how far it went.
_LEVEL_OF = re.compile(
    r"(?:预警|警戒|危险|风险|响应|警报)(?:级别|等级)[^，。；]{0,12}(?:到|至|为|是|在)(?:了)?$"
)
_NOTCHES = re.compile(
    r"(?:评级|级别|等级)[^，。；]{0,12}(?:上调|下调|调升|调降|调高|调低|降|升|高|低)(?:了|出)?$"
)


def discount(found: Found, number: Numeral, end: int, lower: str) -> Found:
    """八折, 八五折 and 七八折: the percent of the price that is paid."""
    value = number.value
    found.unit, found.dimension, found.step = "percent", Dimension.PERCENT, None
    found.share_of, found.end, found.after = "price", end, end
    if number.sort is Sort.SOME:
        found.value, found.qualifier = value * 10, Qualifier.RANGE
        found.upper = number.upper * 10 if number.upper is not None else None
        return found
    if number.positional or (value >= 10 and value == value.to_integral_value()):
        while value >= 100:
            value /= 10
    else:
        value *= 10
    found.value = value
    return found


# The five of 三成五; what follows must not make it a count of its own: 三成五个, 三成一方面.
_ONES = re.compile(
    r"[ ]?([一二三四五六七八九])(?:(?![\u4e00-\u9fff]|[ ]?[个名家万亿])"
    r"|(?=的|会|将|在|来自|以上|以下|左右|上下|仍|已|由|被|降|升|增|提高|至|到|认为|表示|受访))"
    # 四成六用于粮食; before these 一 begins a word: 一是, 一有.
    r"|[ ]?([二三四五六七八九])(?=[用是为选说投归属源流有没不以占拿花给买卖住靠持受去可能要须需均"
    r"尚只才就跌涨超低多少而但或和与及]|支持|反对|同意|流向|完成)"
)


def tenths(found: Found, number: Numeral, end: int, lower: str) -> Found:
    """三成, 三成五 and 两成半 as percents."""
    found.value = number.value * 10
    found.upper = number.upper * 10 if number.upper is not None else None
    found.step = number.step * 10 if number.step is not None else None
    ones = _ONES.match(lower, end)
    if ones is not None:
        found.value += "零一二三四五六七八九".find(ones.group(1) or ones.group(2))
        end = ones.end()
    elif lower.startswith("半", end):
        found.value += 5
        end += 1
    found.end, found.after = end, end
    found.unit, found.dimension = "percent", Dimension.PERCENT
    if number.sort is Sort.SOME:
        found.qualifier = Qualifier.RANGE
    return found
