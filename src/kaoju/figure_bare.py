"""Numbers without a unit of their own: the unit a list or a sentence gives them, or none.

5、10和30年期 share the unit of the last; to 83 days from 98 that of the first; a bare number
that counts nothing and measures nothing is dropped.
"""

from __future__ import annotations

import re

from kaoju import count_nouns
from kaoju.figure_alone_en import stands_alone
from kaoju.figure_found import Found, View
from kaoju.figure_gaps import stated_without_noun
from kaoju.figure_gaps_zh import stated_without_unit
from kaoju.types import Dimension, Relation
from kaoju.units import unit

TIMED = (Dimension.DATE, Dimension.TIME)
_LIST_GAP_ZH = re.compile(r"[ ]?(?:、|和|与|及|以及|或|/|至|到|-|~)[ ]?")
_LIST_GAP = re.compile(r"[ ]?(?:、|,|和|与|及|以及|或|/|and|or|, ?and|至|到|-|~|to)[ ]?")
_INDEX_ZH = re.compile(r"指数|pmi|景气")
_INDEX_EN = re.compile(
    r"(?<![a-z])(?:index(?:es)?|pmis?|stoxx|s&p|nasdaq|dow|ftse|dax|nikkei|hang seng|csi|composite|"
    r"gauges?|vix)(?![a-z])"
)
_MULTIPLE_ZH = re.compile(r"倍数|市盈率|市净率|杠杆率?")
_MULTIPLE_EN = re.compile(
    r"bid-to-cover|price-to-earnings|price-to-book|p/e|leverage ratio|multiple of"
)
_RATE_EN = re.compile(
    r"(?P<unit>yen|yuan|won|rupees?|lira|roubles?|rubles?|rand|baht|pesos?|real|ringgit|rupiah)"
)
_PER_DOLLAR = re.compile(
    r" (?:per|to the|to one|against the|a|yen per|yuan per)[ ]?(?:u\.s\. |us )?(?:dollar|greenback)"
)
_RATE_CODES = {
    "yen": "JPY",
    "yuan": "CNY",
    "won": "KRW",
    "rupee": "INR",
    "lira": "TRY",
    "rouble": "RUB",
    "ruble": "RUB",
    "rand": "ZAR",
    "baht": "THB",
    "peso": "MXN",
    "real": "BRL",
    "ringgit": "MYR",
    "rupiah": "IDR",
}
_PAIR_ZH = re.compile(
    r"(人民币|美元|欧元|英镑|日元|澳元|加元|港元|韩元|卢布|瑞郎)(?:兑|对|/)(人民币|美元|欧元|"
    r"英镑|日元|澳元|加元|港元|韩元|卢布|瑞郎)"
)
_PAIR_EN = re.compile(r"(?:^|[^a-z])(euro|pound|sterling|aussie|australian dollar)(?![a-z])")
_PAIR_CODES = {
    "人民币": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "澳元": "AUD",
    "加元": "CAD",
    "港元": "HKD",
    "韩元": "KRW",
    "卢布": "RUB",
    "瑞郎": "CHF",
}
_LEVEL_ZH = re.compile(
    r"(?:为|至|到|达|达到|报|报收|收于|收报|是|约|近|破|超过|超|于|有|突破|增加|减少|新增|倍数|"
    r"指数|值|数)(?:了)?[ ]?$"
)
_LEVEL_EN = re.compile(
    r"(?:^|[^a-z])(?:to|at|of|was|is|were|are|reached|reach|hit|totalled|totaled|by|about|"
    r"around|nearly|over|than|least|most|versus|past|below|above|under|exceeded|surpassed|"
    r"topped|some|killed|kill|killing|wounded|injured|injuring|only|almost|roughly|"
    r"approximately|up to|down to|from|another)[ ]$"
)


def share_units(view: View, found: list[Found], ends: list[int]) -> list[Found]:
    """Give bare numbers the unit of the list they stand in, or drop them."""
    lower = view.lower
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        if one.dimension is Dimension.DURATION and following.dimension is Dimension.TENOR:
            gap = lower[one.end : following.start]
            if one.unit == following.unit and _LIST_GAP.fullmatch(gap):
                one.dimension = Dimension.TENOR
        if not one.bare or following.bare or following.dimension in TIMED:
            continue
        part = following.dimension is Dimension.COUNT and following.noun
        if part and not one.zh and _PART_OF.fullmatch(lower[one.end : following.start]):
            one.unit, one.bare = following.unit, False  # 403 of the 650 seats
            continue
        if following.dimension in (Dimension.ORDINAL, Dimension.SCORE, Dimension.RATIO):
            continue
        if following.start < one.end or following.start - one.end > 6:
            continue
        joint = _LIST_GAP_ZH if one.zh else _LIST_GAP
        if not joint.fullmatch(lower[one.end : following.start]):
            continue
        number, target = one.numeral, following.numeral
        if number is None or target is None or one.value is None or not target.value:
            continue
        if (
            following.value is None or (following.dimension is Dimension.MONEY and not one.zh)
        ) and lower[one.end : following.start].strip() not in (
            "-",
            "to",
            "and",
            "or",
            ",",
            ", and",
        ):
            continue
        if following.value is not None and target.value:
            one.value *= following.value / target.value
        one.unit, one.dimension, one.bare = following.unit, following.dimension, False
        one.noun = following.noun
        if (
            one.dimension is Dimension.MONEY
            and lower[following.start : following.end][:1] in "$€£¥"
        ):
            one.bare = True
    kept: list[Found] = []
    sentence = 0
    for one in found:
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
        begin = ends[sentence - 1] if sentence else 0
        if one.bare and not _resolve_bare(view, one, kept, begin):
            begin = max(begin, one.start - 160)
            if one.zh or not stands_alone(view, one, kept, begin):
                continue
        kept.append(one)
    return kept


def _resolve_bare(view: View, one: Found, kept: list[Found], begin: int) -> bool:
    """Find what a bare number counts; False when it states nothing."""
    lower = view.lower
    begin = max(begin, one.start - 120)
    before = lower[begin : one.start]
    after = lower[one.end : one.end + 40]
    number = one.numeral
    if number is None:
        return False
    if one.zh:
        named = list(_PAIR_ZH.finditer(before))
        pair = named[-1] if named else None
        if pair is not None and number.digits and (one.strong or _LEVEL_ZH.search(before)):
            base, quote = _PAIR_CODES[pair.group(1)], _PAIR_CODES[pair.group(2)]
            if (
                base in ("CNY", "JPY", "KRW", "HKD", "RUB")
                and one.value is not None
                and one.value > 1
            ):  # 人民币兑美元报7.1: yuan a dollar, whichever is named first
                base, quote = quote, base
            one.dimension, one.unit = Dimension.EXCHANGE_RATE, f"{quote}/{base}"
            return True
    else:
        rate = _RATE_EN.search(before)
        if _PER_DOLLAR.match(after) and rate is not None:
            code = _RATE_CODES[rate.group().rstrip("s")]
            one.dimension, one.unit = Dimension.EXCHANGE_RATE, f"{code}/USD"
            return True
        pairs = list(_PAIR_EN.finditer(before))
        pair_en = pairs[-1] if pairs else None
        if (
            pair_en is not None
            and number.digits
            and re.search(r"\.\d{2,4}$", lower[one.start : one.end])
        ):
            code = {"euro": "EUR", "pound": "GBP", "sterling": "GBP"}.get(pair_en.group(1), "AUD")
            one.dimension, one.unit = Dimension.EXCHANGE_RATE, f"USD/{code}"
            return True
    if not one.zh and re.search(r"magnitude[ -](?:of )?$", before):
        one.dimension, one.unit = Dimension.INDEX, "magnitude"
        return True
    if kept and not one.zh and _copies(view, one, kept[-1], begin):
        return True
    if not one.zh and number.digits and _AMONG.match(after):
        counted = _inherited(one, kept, begin) if kept else None
        counted = counted or count_nouns.english_noun_before(before[-48:])
        if counted is not None:  # 142 ships, 37 of them owned
            one.unit = counted
            return True
        return _TOLD_APART.match(before[-2:]) is not None  # the plots, 37 of them, lie idle
    if not one.zh and stated_without_noun(view, one, kept, begin):
        return True
    if not one.zh and number.digits and _is_counted(before, after):
        noun = _inherited(one, kept, begin) if kept else None
        one.unit = noun or count_nouns.english_noun_before(before[-24:]) or ""
        return True
    level = (_LEVEL_ZH if one.zh else _LEVEL_EN).search(before) is not None
    clause = re.split(r"[,，。;；]", before)[-1]
    if one.zh and _MULTIPLE_ZH.search(clause) and number.digits:
        one.dimension, one.unit = Dimension.MULTIPLE, "times"
        return True
    if not one.zh and number.digits and _MULTIPLE_EN.search(clause[-40:]):
        one.dimension, one.unit = Dimension.MULTIPLE, "times"
        return True
    pattern = _INDEX_ZH if one.zh else _INDEX_EN
    if (
        number.digits
        and (level or one.strong)
        and pattern.search(before if not one.zh else clause)
        and not (one.zh and "数" in clause and not pattern.search(clause))
    ):
        one.dimension, one.unit = Dimension.INDEX, "point"
        return True
    if one.zh and not one.strong and stated_without_unit(view, one, kept, begin):
        return True
    if not (level or one.strong):
        return False
    if not number.digits and not number.bare and number.value < 13 and number.scale == 1:
        return False
    if one.zh:
        noun = count_nouns.noun_unit_at(lower, one.end)
        noun = noun or count_nouns.noun_unit_before(before[-24:])
        if noun is not None and number.scale == 1 and one.value is not None and one.value % 1:
            return _of_gauge(view, one, begin)
    else:
        noun = None if not kept else _inherited(one, kept, begin)
        noun = noun or count_nouns.english_noun_before(before[-48:])
    if noun is not None:
        known = unit(noun)
        one.unit = noun
        if known is not None and known.dimension is not Dimension.COUNT:
            one.dimension = known.dimension
        return True
    if (
        kept
        and kept[-1].start >= begin
        and kept[-1].dimension is Dimension.COUNT
        and kept[-1].unit
        and one.strong
    ):
        one.unit = kept[-1].unit
        return True
    if _QUALIFIED_BARE.search(before) and number.digits:
        return True
    return one.strong and (number.digits or number.scale >= 10_000)


def _of_gauge(view: View, one: Found, begin: int) -> bool:
    """Whether a number with decimals is one of an index: 大企业PMI为51.1，小企业为47.6."""
    sentence = re.split(r"[。;；\n]", view.lower[begin : one.end + _ON], maxsplit=1)[0]
    if _GAUGE.search(sentence) is None:
        return False
    one.dimension, one.unit = Dimension.INDEX, "point"
    return True


_ON = 60  # characters after a number in which its sentence may say what it is of
_GAUGE = re.compile(r"pmi|指数|景气度")
_AMONG = re.compile(
    r" (?:of (?:them|which|whom|these|those)|in all|all told|at last count)(?![a-z])"
)
_TOLD_APART = re.compile(r"[,(:] ?$|, $")
_TALLY = re.compile(
    r"(?:^|[^a-z])(?:numbered|numbering|(?:toll|tally|total|number)(?: of [a-z]+)?"
    r"(?: (?:is|was|at|of|to|stands at|stood at|reached|rose to|fell to|reaches)))"
    r"(?: (?:about|around|some|nearly|just))? $"
)
_MOVED = re.compile(r"(?:^|[^a-z])down (?:from|to)(?: (?:about|around|some|nearly|just|only))? $")
_FROM = re.compile(r"(?:^|[^a-z])from $")
_TO = re.compile(
    r" to [$€£¥]?\d[\d,.]*(?![\d%]| ?(?:per ?cent|percent|a\.?m|p\.?m|january|february|march|"
    r"april|may|june|july|august|september|october|november|december)(?![a-z]))"
)
_FROM_TO = re.compile(r"(?:^|[^a-z])from \d[\d,.]* to $")


def _is_counted(before: str, after: str) -> bool:
    """Whether words say that a bare number counts: a toll of 14, down to 9, from 143 to 286."""
    if any(pattern.search(before) for pattern in (_TALLY, _MOVED, _FROM_TO)):
        return True
    return _FROM.search(before) is not None and _TO.match(after) is not None


_PART_OF = re.compile(r" of (?:the |its |their |all )?$")
_SAME_UNIT = re.compile(r"[ ](?:from|to)(?: (?:about|around|nearly|just|over|only))?[ ]")
_QUALIFIED_BARE = re.compile(
    r"(?:^|[^a-z])(?:nearly|about|almost|roughly|at least|more than|fewer than|around|up to|some) $"
    r"|(?:至少|超过|不到|不足|将近|大约)(?:有|了)?$"
)


def _copies(view: View, one: Found, last: Found, begin: int) -> bool:
    """To 83 days from 98: the second number has the unit of the first."""
    if last.start < begin or last.dimension in TIMED or last.value is None or last.bare:
        return False
    if not _SAME_UNIT.fullmatch(view.lower[last.after : one.start]):
        return False
    if last.relation is Relation.BY or last.dimension in (Dimension.RATIO, Dimension.MULTIPLE):
        return False
    moved = view.lower[max(begin, last.start - 24) : last.start]
    if not re.search(r"(?:^|[^a-z])(?:to|from|at|of)(?: [a-z]+){0,2} $", moved):
        return False
    one.dimension, one.unit = last.dimension, last.unit
    return True


def _inherited(one: Found, kept: list[Found], begin: int) -> str | None:
    last = kept[-1]
    for earlier in reversed(kept):
        if earlier.start < begin:
            break
        if earlier.dimension is Dimension.COUNT and earlier.unit:
            return earlier.unit
    if last.dimension in TIMED and len(kept) > 1:
        last = kept[-2]
    if last.start < begin or last.value is None:
        return None
    own = unit(last.unit)
    if last.dimension is Dimension.COUNT and last.unit:
        return last.unit
    physical = own is not None and own.dimension is last.dimension
    if physical and last.dimension not in (
        Dimension.PERCENT,
        Dimension.PERCENTAGE_POINT,
        Dimension.MULTIPLE,
        Dimension.DURATION,
        Dimension.MONEY,
        Dimension.TENOR,
    ):
        return last.unit
    return None


_FOR = re.compile(r"[ ]?(?:可?兑换?|兑|折合|=|对)[ ]?(?:约)?[ ]?| (?:to|=|buys|bought|equals) ")


def join_rates(view: View, found: list[Found]) -> list[Found]:
    """1美元兑157日元 is one rate of 157 yen a dollar."""
    kept: list[Found] = []
    for one in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.dimension is Dimension.MONEY
            and one.dimension is Dimension.MONEY
            and last.value in (1, 100)
            and one.value is not None
            and last.unit != one.unit
            and _FOR.fullmatch(view.lower[last.end : one.start])
        ):
            one.value /= last.value
            one.dimension, one.unit = Dimension.EXCHANGE_RATE, f"{one.unit}/{last.unit}"
            kept.pop()
        kept.append(one)
    return kept
