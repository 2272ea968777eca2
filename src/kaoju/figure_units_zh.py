"""What a number counts in Chinese: 成 and 折, money, durations, points, classifiers.

`read_unit_zh` takes a number that has been read and looks at what follows it. A result
without a value says that the number states nothing and where to go on.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju import count_nouns
from kaoju.figure_coins_zh import clips_a_name, coin_zh, is_listed_coin
from kaoju.figure_found import Found, View
from kaoju.figure_gaps_zh import is_cents, is_one_counted, is_scored
from kaoju.figure_shares_zh import DISCOUNT_ZH, TENTHS_ZH, discount, grade, rate_zh, tenths
from kaoju.figure_tickers import ticker_at
from kaoju.numeral_words import HAN_NUMERALS
from kaoju.numerals import Numeral, Sort, read_at
from kaoju.types import Dimension, Qualifier
from kaoju.units import UnitMatch, match_unit, unit

_HUNDRED = Decimal(100)
HALF = Decimal("0.5")
_AGE_ZH = re.compile(r"[ ]?(?:多|余)?(?:周岁|岁)")
TENOR_AFTER = re.compile(r"[ ]?期(?!间|限|内|满|末|初|后|望|待)")
_TENOR_ZH_BEFORE = re.compile(
    r"(?:期限|年期|久期)(?:分别)?(?:为|是|达|超|超过|约|不超过)?[^。]{0,12}$"
)
_RECORD_ZH = re.compile(r"(?:来)?(?:的)?(?:新低点|新高点|新低|新高|低点|高点|低位|高位)")
_SPACE = re.compile(r"[ ]{0,3}")
_DEGREE_CONTEXT = re.compile(r"温|热|冷|暖|烧|摄氏|华氏|℃|°c")
_INDEX_CONTEXT = re.compile(r"pmi|指数|指|股|大盘|报|收|点位|创业板|a50|道琼斯|纳斯达克|涨|跌")
_POINTS_CONTEXT = re.compile(r"分数|得分|考|评分|打分|满分|拿到|得到|总分|比分")


_KUAI_CONTEXT = re.compile(r"花|卖|售|价|付|赚|赔|收费|便宜|贵|只要|每[\u4e00-\u9fff]{1,3}$")
# 块 and a digit that ends there is money; 三块五花肉 and 两块三明治 are not.
_TENTH = (
    r"(?:([1-9])(?:毛|角)?(?![\d百千万亿块个元号])"
    r"|([一二三四五六七八九])(?:毛|角|(?=[到至的,，。;；、)）]|$)))"
)
_KUAI_TENTH = re.compile("块" + _TENTH)
_TENTH_AFTER = re.compile(_TENTH)


def read_unit_zh(view: View, found: Found, number: Numeral) -> Found | None:
    """What the number counts in Chinese; None when it cannot be a figure."""
    lower, cased = view.lower, view.cased
    if number.sort is Sort.FRACTION:
        found.dimension, found.unit, found.step = Dimension.RATIO, "ratio", None
        return found
    space = _SPACE.match(lower, number.end)
    at = space.end() if space else number.end
    if at >= len(lower):
        return bare_number(view, found)
    share = DISCOUNT_ZH.match(lower, number.end)
    if share is not None and number.sort in (Sort.CARDINAL, Sort.SOME):
        return discount(found, number, share.end(), lower)
    share = TENTHS_ZH.match(lower, number.end)
    if share is not None and number.value <= 20:
        return tenths(found, number, share.end(), lower)
    age = _AGE_ZH.match(lower, number.end)
    if age is not None:
        found.dimension, found.unit = Dimension.AGE, "year"
        found.end = found.after = age.end()
        return found
    rate = rate_zh(view, found, at)
    if rate is not None:
        return rate
    half = lower.startswith("半", at) and not lower.startswith(("半导", "半岛"), at)
    more = 0
    for word in ("多", "余"):
        if lower.startswith(word, at) and number.sort is Sort.CARDINAL:
            more = 1
    matched = match_unit(lower, cased, at)
    coin = coin_zh(view, number, at)
    if coin is not None and (matched is None or matched.end < coin[1]):
        found.dimension, found.unit = Dimension.COUNT, coin[0]
        found.end = found.after = coin[1]
        return found
    if matched is not None and matched.end == at + 1 and clips_a_name(lower, at, matched.end):
        matched = None  # 3万克罗地亚球迷
    if matched is not None and _ROSE_TO.match(lower, at) and not _LITRES.match(lower, at + 2):
        matched = None  # 从48.9升到50.4
    if matched is None and lower.startswith("个", at):
        rest = at + 1
        if lower.startswith("半", rest):
            matched = counted_unit(view, rest + 1)
            half = True
        elif lower[rest : rest + 1] in ("多", "余") and lower[rest : rest + 1]:
            matched = counted_unit(view, rest + 1)
            more = 1
    elif (matched is None and half) or (matched is None and more):
        matched = match_unit(lower, cased, at + 1)
    if matched is not None and matched.end > at:
        return _measured_zh(view, found, number, matched, half=half, more=more)
    ticker = ticker_at(view, number, found.start)
    if ticker is not None:
        found.dimension, found.unit = Dimension.MONEY, ticker[0]
        found.end = found.after = ticker[1]
        return found
    if lower.startswith("级", at):
        return grade(view, found, at + 1)
    classifier = count_nouns.classifier_at(lower, at)
    if classifier is not None and is_listed_coin(classifier[0]) and coin is None:
        classifier = count_nouns.classifier_at(lower[: at + 1], at)  # 两列伊朗火车
    if classifier is not None:
        return _counted_zh(view, found, number, at, classifier)
    return bare_number(view, found)


_ROSE_TO = re.compile(r"升(?:[到至值级]|破(?!裂))")
_LITRES = re.compile(r"[\d.零一二三四五六七八九十百千万亿两半几]+多?公?升(?![到至])")


def counted_unit(view: View, at: int) -> UnitMatch | None:
    """The 月 of 两个半月, the 小时 of 三个多小时."""
    if view.lower.startswith("月", at):
        month = unit("month")
        return UnitMatch(month, at + 1) if month else None
    return match_unit(view.lower, view.cased, at)


def _is_rate(view: View, found: Found) -> bool:
    """Whether the sentence is about an exchange rate, whose 基点 is a pip."""
    before = view.lower[max(0, found.start - 40) : found.start]
    before = re.split(r"[。;；\n]", before)[-1]
    rate = max(before.rfind(word) for word in ("中间价", "汇率", "兑美元", "兑人民币"))
    return rate > max(before.rfind(word) for word in ("利率", "收益率", "lpr", "利差"))


_SPEED_BEFORE = re.compile(
    r"(?:时速|每小时(?:行驶)?)(?:[为达可超约近逾高]|最高|超过|达到|可达|不低于){0,4}$"
)


def _measured_zh(
    view: View, found: Found, number: Numeral, matched: UnitMatch, *, half: bool, more: int
) -> Found | None:
    lower = view.lower
    known = matched.unit
    end = matched.end
    name = lower[number.end : end].strip()
    found.dimension, found.unit = known.dimension, known.id
    scale = matched.times
    halved = known.dimension in (Dimension.DURATION, Dimension.PERCENTAGE_POINT)
    if half and halved and "半" in name:
        found.value = number.value + HALF
        found.step = found.step and found.step * HALF
    if more:
        found.qualifier = Qualifier.OVER
    after = lower[end : end + 2]
    is_one = lower[number.start : number.end] == "一"
    last = view.found[-1] if view.found else None
    if (
        is_one
        and last is not None
        and last.end == found.start
        and last.dimension is Dimension.MONEY
    ):
        return Found(found.start, end, None)  # 5元一桶
    match known.dimension:
        case Dimension.DURATION:
            return _duration_zh(view, found, number, end, is_one=is_one)
        case Dimension.MONEY:
            return _money_zh(view, found, number, matched)
        case Dimension.INDEX:
            return _points_zh(view, found, number, end)
        case Dimension.MULTIPLE:
            found.end = found.after = end
            if lower.startswith("半", end):
                found.value = number.value + HALF
                found.end = found.after = end + 1
            if after[:1] in ("镜", "数", "速", "频", "率") and after:
                return Found(found.start, end, None)
            return found
        case Dimension.PERCENTAGE_POINT if matched.name == "basis_point" and _is_rate(view, found):
            found.dimension, found.unit = Dimension.EXCHANGE_RATE, "pip"
            scale = Decimal(1)
        case Dimension.TEMPERATURE if name == "度":
            context = lower[max(0, found.start - 12) : found.start]
            if "华氏" in context:
                found.unit = "°F"
            elif not _DEGREE_CONTEXT.search(context):
                if is_one:
                    return Found(found.start, end, None)
                found.unit, found.dimension = "degree", Dimension.OTHER
        case Dimension.LENGTH if _SPEED_BEFORE.search(
            lower[max(0, found.start - 12) : found.start]
        ):
            if known.id in ("km", "mile"):
                found.unit = {"km": "km/h", "mile": "mph"}[known.id]
                found.dimension = Dimension.SPEED
        case _ if (
            known.dimension is Dimension.TEMPERATURE
            and lower[found.start - 2 : found.start] == "零下"
            and found.value is not None
        ):
            found.value, found.start = -found.value, found.start - 2
        case Dimension.MASS if name == "两" and not number.digits and number.value > 9:
            pass
        case _:
            pass
    if is_one and name in ("节", "码", "方", "两", "度", "升", "克", "焦", "赫", "帕", "伏"):
        return Found(found.start, end, None)
    if name == "方" and not number.digits and number.value < 20:
        return Found(found.start, end, None)
    found.end = found.after = end
    if lower.startswith("半", end) and known.dimension in (Dimension.LENGTH, Dimension.MASS):
        found.value = number.value + HALF
        found.end = found.after = end + 1
    if found.value is not None and scale != 1:
        found.value *= scale
        if found.upper is not None:
            found.upper *= scale
        if found.step is not None:
            found.step *= scale
    return found


_DAY_AFTER = re.compile(r"[ ]?(?:内|后|前|期|以内|之内|之后|之前|游|间|均)")
_EVENING = re.compile(r"[上间会报宴餐点期饭自]")
_AGE_AFTER_ZH = re.compile(r"大(?=的|时|[，。,.]|$)")


# 只有六条 and 另有九人 count; who has so many of what (他有三个问题) is said in passing.
_COUNTS_ZH = re.compile(r"(?<![他她它我你们谁没所具拥])有$|另$")
_DETERMINER_ZH = re.compile(r"(?:这|那|某|有|该|此|上述|另|每|同|前|后|各|哪|某|任|其他|其余|第)$")


def _duration_zh(
    view: View, found: Found, number: Numeral, end: int, *, is_one: bool
) -> Found | None:
    lower = view.lower
    name = lower[number.end : end].strip()
    found.end = found.after = end
    if name in ("分", "日", "载") or (name == "周" and not number.digits and number.value > 20):
        if name == "分":
            if is_cents(view, found):
                found.end = found.after = end
                return found
            if _SECONDS.match(lower, end):
                found.end = found.after = _compound_zh(view, found, end) or end
                return found  # 3分30秒
            if is_scored(view, found) or _POINTS_CONTEXT.search(
                lower[max(0, found.start - 12) : end + 4]
            ):
                found.dimension, found.unit = Dimension.COUNT, "point"
                return found
            return Found(found.start, end, None)
        if name == "载":
            return Found(found.start, end, None)
        if name == "日":
            context = lower[max(0, found.start - 3) : found.start]
            if not (_DAY_AFTER.match(lower, end) or re.search(r"[续前近满期限]$|为期", context)):
                return Found(found.start, end, None)
    named = lower[number.start] in "壹贰叁肆伍陆柒捌玖"  # 陆晚晴
    if name == "晚" and (is_one or named or _EVENING.match(lower, end)):
        return Found(found.start, end, None)
    if name == "年" and (lower.startswith(("级", "代", "度", "龄", "轮"), end)):
        return Found(found.start, end + 1, None)
    if is_one and _DETERMINER_ZH.search(lower[max(0, found.start - 2) : found.start]):
        return Found(found.start, end, None)  # 同一天
    if is_one and re.compile(r"[ ]?[\d一二两三四五六七八九十]{1,3}次").match(lower, end):
        return Found(found.start, end, None)
    if (
        name in ("年", "周", "天", "月")
        and is_one
        and lower.startswith(("一", "来", "到头", "生"), end)
    ):
        return Found(found.start, end, None)
    if lower.startswith("半", end) and not lower.startswith(("半年", "半径"), end):
        if found.value is not None:
            found.value += HALF
            found.step = found.step and found.step * HALF
        found.end = end = end + 1
        found.after = end
    elif found.upper is None and (follows := _compound_zh(view, found, end)) is not None:
        end = follows
    if lower.startswith(("多", "余"), end) and name not in ("年",):
        found.qualifier = Qualifier.OVER
    tenor = TENOR_AFTER.match(lower, end)
    before = lower[max(0, found.start - 26) : found.start]
    if tenor is not None:
        found.dimension = Dimension.TENOR
        found.end = found.after = tenor.end()
        return found
    if _TENOR_ZH_BEFORE.search(before) and "平均" not in before:
        found.dimension = Dimension.TENOR
        return found
    if _AGE_AFTER_ZH.match(lower, end):
        found.dimension = Dimension.AGE
        found.end = found.after = end + 1
        return found
    record = _RECORD_ZH.match(lower, end)
    if record is not None:
        found.end = found.after = record.end()
        found.measure = "record"
        found.noun = "low" if "低" in record.group() else "high"
        return found
    return found


_SECONDS = re.compile(r"[ ]?(?:零|又)?[\d零〇一二两三四五六七八九十]{1,4}秒(?!杀)")
_COMPOUND = re.compile(r"[ ]?(?:又|零)?[ ]?")


def _compound_zh(view: View, found: Found, end: int) -> int | None:
    """8天20小时, 一年又一个月: one duration of several parts."""
    lower = view.lower
    gap = _COMPOUND.match(lower, end)
    at = gap.end() if gap else end
    if at >= len(lower) or not (lower[at].isdigit() or lower[at] in HAN_NUMERALS):
        return None
    number = read_at(lower, at)
    if number is None or number.sort is not Sort.CARDINAL or found.value is None:
        return None
    matched = match_unit(lower, view.cased, number.end)
    whole = unit(found.unit)
    if matched is None or whole is None or matched.unit.dimension is not Dimension.DURATION:
        return None
    if matched.unit.factor >= whole.factor:
        return None
    if lower[number.end : matched.end] == "分" and (whole.id != "hour" or number.value > 59):
        return None
    if lower.startswith("杀", matched.end):
        return None
    if lower.startswith("期", matched.end):
        return None
    part = Found(at, matched.end, number.value, unit=matched.unit.id, step=number.step)
    deeper = _compound_zh(view, part, matched.end)
    found.add_part(part, matched.unit.factor / whole.factor)
    found.end = found.after = deeper or matched.end
    return found.end


def _money_zh(view: View, found: Found, number: Numeral, matched: UnitMatch) -> Found | None:
    lower = view.lower
    name = lower[number.end : matched.end].strip()
    end = matched.end
    if name == "元" and lower.startswith(
        ("素", "件", "首", "旦", "宵", "老", "年", "宇", "月"), end
    ):
        return Found(found.start, end, None)
    if (
        name in ("分", "角", "毛", "圆")
        and not number.digits
        and lower.startswith(("形", "落", "度", "色", "逐", "利"), end)
    ):
        return Found(found.start, end, None)
    tenth = name in ("角", "毛")
    if name in ("角", "毛", "圆") and number.value >= 100:
        return Found(found.start, end, None)
    found.end = found.after = end
    scale = matched.times
    if found.value is not None and scale != 1:
        found.value *= scale
        found.step = found.step * scale if found.step is not None else None
    part = re.compile(
        r"(?:又)?([\d一二两三四五六七八九]{1,2})(角|毛|美分|分)(?:([\d一二三四五六七八九])分)?"
    ).match(lower, end)
    if part is not None and found.value is not None and scale == 1 and number.scale == 1:
        small = read_at(lower, part.start(1))
        tenths = Decimal("0.1") if part.group(2) in ("角", "毛") else Decimal("0.01")
        if small is not None:
            found.value += small.value * tenths
            if part.group(3):
                found.value += (
                    Decimal(
                        "零一二三四五六七八九".find(part.group(3))
                        if not part.group(3).isdigit()
                        else int(part.group(3))
                    )
                    / _HUNDRED
                )
            found.end = found.after = part.end()
    cent = (_CENT_AFTER.match(lower, end) or _TENTH_AFTER.match(lower, end)) if tenth else None
    small = read_at(lower, end) if cent is not None else None
    if cent is not None and small is not None and found.value is not None:
        found.value += small.value / _HUNDRED  # 一毛二, 两角二分
        found.end = found.after = cent.end()
    foreign = match_unit(lower, view.cased, found.end, symbols=False) if tenth else None
    money = foreign is not None and foreign.unit.dimension is Dimension.MONEY
    if foreign is not None and money and lower[foreign.end - 1] == "元":  # 两角二分美元
        found.unit, found.end, found.after = foreign.unit.id, foreign.end, foreign.end
    return found


_CENT_AFTER = re.compile(r"[1-9一二两三四五六七八九]分(?![之钟秒数店成公红])")


def _points_zh(view: View, found: Found, number: Numeral, end: int) -> Found | None:
    lower = view.lower
    name = lower[number.end : end].strip()
    found.end = found.after = end
    if name == "级地震":
        found.end = found.after = number.end + 1
        return found
    context = lower[max(0, found.start - 30) : found.start]
    if not _INDEX_CONTEXT.search(context) or lower.startswith(("钟", "整", "半", "燃", "击"), end):
        return Found(found.start, end, None)
    if lower[number.start : number.end] == "一":
        return Found(found.start, end, None)
    found.unit, found.dimension = "point", Dimension.INDEX
    return found


_PERSON_AFTER = re.compile(r"[ ]?(?:死亡|遇难|受伤|失踪|获救|被捕|丧生|重伤|轻伤|确诊|感染)")


# With a small number in characters these make words, not counts: 两国, 三省, 四处, 一步.
_NAMING = frozenset("国地省市头手道门强包步节层城字单局")


def _counted_zh(
    view: View, found: Found, number: Numeral, at: int, classifier: tuple[str, str]
) -> Found | None:
    lower = view.lower
    word, own = classifier
    end = at + len(word)
    found.noun = word
    coin = match_unit(lower, view.cased, end) if word in ("枚", "个") else None
    if coin is not None and coin.unit.dimension is Dimension.MONEY and lower[end].isascii():
        found.dimension, found.unit = Dimension.MONEY, coin.unit.id
        found.end = found.after = coin.end  # 2,400枚BTC
        return found
    printed = lower[number.start : number.end]
    if (
        word == "块"
        and not lower.startswith(("蛋", "石", "砖", "糖", "地", "屏", "布"), end)
        and (
            _KUAI_CONTEXT.search(lower[max(0, found.start - 8) : found.start])
            or _KUAI_TENTH.match(lower, at)
        )
    ):
        found.dimension, found.unit = Dimension.MONEY, "CNY"
        found.end = found.after = end
        tenth = _TENTH_AFTER.match(lower, end)
        small = read_at(lower, end) if tenth is not None else None
        if tenth is not None and small is not None and found.value is not None:
            found.value += small.value / 10
            found.end = found.after = tenth.end()
        return found
    if (
        word in ("个", "位")
        and lower.startswith(("数", "置", "于", "别", "人", "性", "体"), end)
        and not (word == "个" and lower.startswith("人", end))
    ):
        return Found(found.start, end, None)
    if count_nouns.is_other_word(lower, at, word):
        return bare_number(view, found)
    if printed == "一" and not (
        (word == "人" and _PERSON_AFTER.match(lower, end))
        or is_one_counted(lower, found, word, end)
    ):
        return Found(found.start, end, None)
    if not number.digits and number.value < 10 and number.sort is Sort.CARDINAL:
        before = lower[max(0, found.start - 3) : found.start]
        if _DETERMINER_ZH.search(before) and not _COUNTS_ZH.search(before):
            return Found(found.start, end, None)
        if word in _NAMING and not (word == "局" and before.rstrip("了")[-1:] in tuple("赢输胜负")):
            return Found(found.start, end, None)
    if word == "期" and not re.search(
        r"分[为成]?$|共$", lower[max(0, found.start - 3) : found.start]
    ):
        return Found(found.start, end, None)
    if word == "对" and not number.digits and lower.startswith(("一", "于", "待", "外"), end):
        return Found(found.start, end, None)
    if word == "吨":
        own = "tonne"
    noun = count_nouns.noun_unit_after(lower, end)
    if word in ("人", "口人", "人次", "股", "辆", "票", "席", "国", "吨"):
        noun = None
    if noun is None and word in ("个", "家", "户", "强"):
        noun = None
        if word in ("户", "个"):
            noun = count_nouns.noun_unit_before(lower[max(0, found.start - 16) : found.start])
        elif word == "家":
            noun = count_nouns.noun_unit_ending(lower[max(0, found.start - 6) : found.start])
    found.dimension = Dimension.COUNT
    found.unit = noun or own
    if noun is not None and own == "person" and noun not in ("passenger", "user", "visitor"):
        found.unit = "person"
    found.after = end
    if lower.startswith("半", end) and word == "个":
        found.after = end
    return found


def bare_number(view: View, found: Found) -> Found | None:
    """A number without a unit, kept for what stands around it to decide."""
    number = found.numeral
    if number is None:
        return None
    found.bare = True
    found.dimension, found.unit = Dimension.COUNT, ""
    found.after = found.end
    printed = view.lower[number.start : number.end]
    found.strong = (
        number.scale >= 10_000
        or (number.digits and ("." in printed or "," in printed))
        or number.sort in (Sort.SOME, Sort.MORE)
        or (number.bare and number.end - number.start == 1)
    )
    return found
