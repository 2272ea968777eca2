"""A number with its sign, unit and range, in either language.

`read_quantity` reads one, `as_range` joins it with a second one (1.2-1.5万亿元, $3-5 billion),
`read_number` does both and notes the result. Numbers that belong to names, addresses, laws
or products are told here; see ``lexicon/not_figures.toml``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kaoju import count_nouns, dates
from kaoju.figure_found import Found, View
from kaoju.figure_places import is_of_places
from kaoju.figure_traps import ALNUM, is_trap
from kaoju.figure_units_en import read_unit_en
from kaoju.figure_units_zh import read_unit_zh
from kaoju.numerals import VULGAR_FRACTIONS, Numeral, Sort, read_at
from kaoju.types import Dimension, Language, Qualifier
from kaoju.units import currency_prefixes, match_unit, sign_currency

_HAN_NEAR = re.compile(r"[\u3400-\u9fff]")
_TOKEN_REST = re.compile(r"[a-z0-9_@#./\\:+-]{0,2000}")
SHARE = re.compile(
    r"(?P<base>百万万|千万万|万万|千万|百万|[百千万仟佰])[ ]{0,2}分[ ]{0,2}之[ ]{0,2}(?=(?:负)?[ "
    r"]?[\d零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾])"
)
_SHARE_BASE = {"百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "百万": 6, "千万": 7, "万万": 8,
               "百万万": 10, "千万万": 11}  # fmt: skip
_RANGE_ZH = re.compile(
    r"[ ]?(?:-|~|至|到|—)[ ]?(?=[\d$€£¥负零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾数几])"
)
_RANGE_EN = re.compile(r"-to-(?=[\da-z])|[ ]?[-~][ ]?(?=[\d$€£¥.a-z])| to (?=[\d$€£¥.a-z])")
_AND_EN = re.compile(r" and (?=[\d$€£¥.a-z])")
_OR_EN = re.compile(r" or (?=[\d$€£¥.a-z])")
_AND_ZH = re.compile(r"[ ]?(?:和|与)[ ]?(?=[\d$€£¥零一二两三四五六七八九十百])")
_SCORE = re.compile(
    r"(\d{1,3})(-|:|比)(\d{1,3})(?![\d%:/-]|[.,]\d|[ ]?[a-z%]*(?:年|月|日|名|人|个|倍|万|亿))"
)
SCORE_WORDS = re.compile(
    r"(?:won|win|wins|beat|beats|beating|lost|lose|defeat|drew|draw|victory|score|voted|vote|"
    r"split|ruled|ruling|tied|the final|战胜|击败|比分|大胜|负于|战平|淘汰|胜|逆转|告负|落败|惜败|"
    r"表决|投票)"
)
_PROPORTION = re.compile(
    r"(\d{1,6}(?:\.\d{1,3})?)(?:[ ]?(?:-to-|:|比)[ ]?)(\d{1,4}(?:\.\d{1,3})?)(?![\d:%])"
)


def is_chinese(view: View, start: int, end: int) -> bool:
    """Whether Chinese surrounds a place; the text's language where nothing tells."""
    window = view.lower[max(0, start - 6) : end + 8]
    if _HAN_NEAR.search(window):
        return True
    if view.language is not Language.ZH:
        return False
    return not re.search(r"[a-z]{2}", window)


def add_date(view: View, match: dates.DateMatch, zh: bool) -> int:
    """Note a date, unless it only points, and say where to go on."""
    if match.stated:
        found = Found(match.start, match.end, zh=zh, date=match, after=match.end)
        found.dimension = Dimension.TIME if match.timed else Dimension.DATE
        view.found.append(found)
    return match.end


_RATIO_BEFORE = re.compile(r"比例|比率|配比|ratio|odds")


def read_proportion(view: View, at: int) -> Found | None:
    """3-1 and 3比1 as a score, 100-to-1 and 1:7 as a proportion."""
    lower = view.lower
    around = lower[max(0, at - 48) : at] + lower[at : at + 24]
    score = _SCORE.match(lower, at)
    if (
        score is not None
        and SCORE_WORDS.search(around)
        and not _RATIO_BEFORE.search(lower[max(0, at - 8) : at])
    ):
        found = Found(at, score.end(), Decimal(score.group(1)), unit="score")
        found.dimension, found.after = Dimension.SCORE, score.end()
        found.upper = None
        return found
    match = _PROPORTION.match(lower, at)
    if match is None or not Decimal(match.group(2)):
        return None
    if lower[match.end() : match.end() + 1] == "-":
        return None  # 3-to-5-year
    if ":" in match.group() and not re.search(
        r"ratio|odds|比例|比率|配比|split|拆|送|leverage", around
    ):
        return None
    value = Decimal(match.group(1)) / Decimal(match.group(2))
    found = Found(at, match.end(), value, unit="ratio", dimension=Dimension.RATIO)
    found.after = match.end()
    return found


def skip_token(lower: str, at: int) -> int:
    """Where the token of letters, digits and joints at ``at`` ends."""
    match = _TOKEN_REST.match(lower, at)
    end = match.end() if match else at + 1
    while end > at + 1 and lower[end - 1] in ".:,-/+":
        end -= 1
    return max(end, at + 1)


@cache
def _prefixes() -> tuple[frozenset[str], int]:
    every = frozenset(currency_prefixes())
    return every, max(map(len, every))


def sign_before(view: View, at: int, floor: int) -> tuple[str, int] | None:
    """The currency whose sign or name stands before a number, and where it begins."""
    every, longest = _prefixes()
    lower = view.lower
    end = at
    if end > floor and lower[end - 1] in "-+" and end - 1 > floor and not lower[end - 2].isspace():
        end -= 1
    if end > floor and lower[end - 1] == " ":
        end -= 1
    for length in range(min(longest, end - floor), 0, -1):
        sign = lower[end - length : end]
        if sign not in every:
            continue
        before = lower[end - length - 1 : end - length] if end - length else ""
        if sign[0].isascii() and sign[0].isalpha() and before and before in ALNUM:
            continue
        if sign[-1].isalpha() and sign.isascii():
            # usd, rmb, rs: capitals or straight before the digits; "all 5" is no lek.
            printed = view.cased[end - length : end]
            if (
                not printed.isupper()
                and sign not in ("rmb", "usd")
                and printed not in ("Rs", "Rs.", "Rp")
            ):
                continue
            if len(sign) == 3 and sign in ("all", "top", "try", "cup", "mad", "sos", "gel", "ron"):
                continue
        zh = is_chinese(view, at, at + 8)
        code = sign_currency(sign, Language.ZH if zh else Language.EN)
        if code is None:
            continue
        start = end - length
        if (
            start > floor
            and lower[start - 1] in "+-"
            and not lower[start - 2 : start - 1].isalnum()
        ):
            start -= 1
        return code, start
    return None


def read_number(view: View, at: int, floor: int) -> int:
    """Read the number at ``at`` with its sign, unit and range; the place to go on from."""
    lower = view.lower
    first = read_quantity(view, at, floor)
    if first is None:
        number = read_at(lower, at)
        if lower[at].isdigit():
            return skip_token(lower, at)
        return number.end if number else at + 1
    if first.value is None and first.date is None:
        return first.end
    ranged = as_range(view, first)
    view.found.append(ranged or first)
    return (ranged or first).end


_MOVED = re.compile(
    r"(?:涨|跌|升|降|上调|下调|增加|减少|提高|增)(?:了|约|近)*$"
    r"|(?:rose|fell|gained|lost|up|down|climbed|dropped|added|shed|jumped|slid|slipped|sank|"
    r"rallied)"
    r"(?: by)?(?: about| nearly| some)? $"
)


def as_range(view: View, first: Found) -> Found | None:
    """``first`` and what follows as one range, where the text says one."""
    lower = view.lower
    if first.numeral is None or first.dimension in (Dimension.ORDINAL, Dimension.SCORE):
        return None
    if first.upper is not None and first.numeral.sort is Sort.SOME and first.bare:
        return None
    pattern = _RANGE_ZH if first.zh else _RANGE_EN
    match = pattern.match(lower, first.end)
    opening = lower[max(0, first.start - 10) : first.start]
    if match is None and not first.zh and opening.endswith("between "):
        match = _AND_EN.match(lower, first.end)
    if match is None and first.zh and "在" in opening[-3:]:
        match = _AND_ZH.match(lower, first.end)
        if match is not None and not lower[match.end() : match.end() + 20].count("间"):
            match = None
    if match is None and not first.zh and first.value is not None and first.value <= 20:
        match = _OR_EN.match(lower, first.end)
    if match is None:
        return None
    if opening.rstrip().endswith("from") or re.search(r"[从由自](?:约|近|逾|不到)?$", opening):
        return None
    second_at = match.end()
    sign = re.compile(r"(?:[a-z]{0,3}[$€£¥]|rmb|人民币)[ ]?").match(lower, second_at)
    number_at = sign.end() if sign else second_at
    second = read_quantity(view, number_at, second_at)
    if second is None or second.value is None or second.numeral is None or first.value is None:
        return None
    if second.dimension in (Dimension.ORDINAL, Dimension.DATE, Dimension.TIME):
        return None
    value, upper = first.value, second.value
    dimension: Dimension = second.dimension
    unit_name = second.unit
    own = first.numeral
    if first.bare:
        if (
            own.scale == 1
            and second.numeral.scale > 1
            and second.numeral.mantissa is not None
            and own.value < second.numeral.mantissa
        ):
            value = own.value * second.numeral.scale
        factor = upper / second.numeral.value if second.numeral.value else Decimal(1)
        value *= factor
        if second.bare and not (
            first.strong or second.strong or match.group().strip() in "-~至到-to-"
        ):
            return None
    elif second.bare:
        dimension, unit_name = first.dimension, first.unit
        if match.group().strip() in ("to", "至", "到") and not (
            first.dimension is Dimension.MONEY and own.scale == 1 and second.numeral.scale > 1
        ):
            return None
        if first.numeral.value and first.dimension is not Dimension.MONEY:
            upper *= first.value / first.numeral.value
        if (
            own.scale == 1
            and second.numeral.scale > 1
            and second.numeral.mantissa is not None
            and own.value < second.numeral.mantissa
            and first.dimension is Dimension.MONEY
        ):
            value = own.value * second.numeral.scale
        if not first.zh and second.noun and first.dimension is not Dimension.MONEY:
            return None
    elif (first.dimension, first.unit) != (second.dimension, second.unit):
        tenor = {first.dimension, second.dimension} == {Dimension.DURATION, Dimension.TENOR}
        if not tenor or first.unit != second.unit:
            return None
    if upper <= value:
        return None
    joined = match.group().strip() in ("to", "至", "到")
    whole = dimension in (Dimension.PERCENT, Dimension.TEMPERATURE, Dimension.DURATION)
    if (
        joined
        and not whole
        and re.search(r"(?:^|[^a-z])by (?:(?:about|nearly|over|around|some) )?$", opening)
    ):
        return None  # cut by $20 to $90
    if joined and not first.bare and not whole and _MOVED.search(opening):
        return None  # 上涨2元至5元: by, and to
    if first.bare and second.bare and is_of_places(lower, first.start):
        dimension, unit_name = Dimension.ORDINAL, "ordinal"
    return Found(
        first.start,
        second.end,
        value,
        upper,
        unit_name,
        dimension,
        second.step,
        Qualifier.RANGE,
        numeral=second.numeral,
        bare=first.bare and second.bare and dimension is not Dimension.ORDINAL,
        strong=True,
        after=second.after,
        zh=first.zh,
        noun=second.noun or first.noun,
    )


def read_quantity(view: View, at: int, floor: int) -> Found | None:
    """The number at ``at`` with its unit. A value of None says: skip to ``end``."""
    lower, cased = view.lower, view.cased
    share = SHARE.match(lower, at)
    if share is not None:
        found = _share_zh(view, at, share)
        if found is not None:
            return found
    if at >= len(lower):
        return None
    if lower[at] == "负" and lower[at - 1 : at] in ("正", "判") and at:
        at += 1 + (lower[at + 1 : at + 2] == " ")
    number = read_at(lower, at) if at < len(lower) else None
    if number is None or number.end - at > 240:
        return None
    if number.sort is Sort.ORDINAL:
        return None
    zh = not ("a" <= lower[at] <= "z") and is_chinese(view, at, number.end)
    start = at
    sign = sign_before(view, at, floor) if number.digits or lower[at] in VULGAR_FRACTIONS else None
    if sign is None and start > floor and lower[start - 1] == "-" and number.digits:
        earlier = lower[start - 2 : start - 1]
        if not earlier or earlier in " (,:;=<>约为至到" or (earlier > "\u2fff" and zh):
            number = _negated(number)
            start -= 1
    if sign is not None:
        if lower[start - 1 : start] == "-" or lower[sign[1]] == "-":
            number = _negated(number)
        start = sign[1]
        minus = _MINUS_WORD.search(lower, max(floor, start - 9), start)
        if minus is not None and number.value > 0:
            number, start = _negated(number), minus.start()
    if number.positional and number.digits:
        number, _ = _ambiguous_suffix(view, number, sign is not None, zh)
    if is_trap(view, start, number, zh, sign is not None):
        return Found(at, skip_token(lower, number.end), None)
    found = Found(start, number.end, number.value, number.upper, numeral=number, step=number.step)
    found.zh = zh
    found.after = number.end
    if number.sort is Sort.SOME:
        found.qualifier = Qualifier.VAGUE
    elif number.sort is Sort.MORE:
        found.qualifier = Qualifier.OVER
        if number.value == 10 and not number.digits:
            found.qualifier = Qualifier.VAGUE
        else:
            found.upper = None
    if sign is not None:
        found.unit, found.dimension = sign[0], Dimension.MONEY
        name = match_unit(lower, cased, found.end + (lower[found.end : found.end + 1] == " "))
        if lower.startswith("元", found.end) and not lower[found.start].isascii():
            found.end = found.after = found.end + 1  # 新台币1.25兆元
        elif (
            name is not None
            and name.unit.id == sign[0]
            and name.times == 1
            and lower[name.end - 1].isalpha()
            and lower[name.end - 1 : name.end] != "m"
        ):
            found.end = found.after = name.end
        return found
    if zh:
        return read_unit_zh(view, found, number)
    return read_unit_en(view, found, number)


_MINUS_WORD = re.compile(r"(?<![a-z])(?:minus|negative) $")


def _negated(number: Numeral) -> Numeral:
    return replace(number, value=-number.value)


def _ambiguous_suffix(view: View, number: Numeral, money: bool, zh: bool) -> tuple[Numeral, bool]:
    """5m with a currency is five million, else metres where no noun follows."""
    suffix = view.cased[number.end - 1]
    plain = replace(
        number,
        end=number.end - 1,
        value=number.mantissa or number.value,
        step=number.step / number.scale if number.step else None,
        scale=1,
        positional=False,
    )
    whole = replace(number, positional=False)
    if (money and view.lower[number.end - 2 : number.end] != "mm") or suffix in "kKbB":
        if suffix == "B" and not money and not zh:
            after = count_nouns.english_noun(view.lower, number.end)
            return (whole, True) if after else (plain, False)
        return whole, True
    if view.lower[number.end - 2 : number.end] == "mm":
        if not money:
            plain = replace(plain, end=number.end - 2)
            return plain, False
        return whole, True
    if suffix in "m" and not zh and _in_millions(view, number):
        return whole, True  # 132m users against 86m
    if suffix in "m":
        follows = match_unit(view.lower, view.cased, number.end + 1, symbols=False)
        noun = count_nouns.english_noun(view.lower, number.end)
        currency = follows is not None and follows.unit.dimension is Dimension.MONEY
        if currency or (noun is not None and not zh):
            return whole, True
        return plain, False
    if suffix == "M" and not zh:
        follows = match_unit(view.lower, view.cased, number.end + 1, symbols=False)
        noun = count_nouns.english_noun(view.lower, number.end)
        if noun is not None or follows is not None:
            return whole, True
    return plain, False


_COINS = re.compile(r" (?:kron(?:a|er|or)|francs?|crowns?|dinars?|shillings?|forints?)(?![a-z])")


def _in_millions(view: View, number: Numeral) -> bool:
    """Whether the sentence has told millions of the same before, or names a coin behind."""
    if _COINS.match(view.lower, number.end):
        return True
    told = [one for one in view.found[-3:] if one.numeral is not None]
    last = told[-1] if told else None
    if last is None or last.numeral is None or last.numeral.scale < 1_000_000:
        return False
    return not _SENTENCE_BREAK.search(view.lower, last.end, number.start)


_SENTENCE_BREAK = re.compile(r"[.!?] |\n")


def _share_zh(view: View, at: int, match: re.Match[str]) -> Found | None:
    """百分之三点五, 万分之五, 百分之二三十: a percent."""
    lower = view.lower
    start = at
    negative = lower[match.end() : match.end() + 1] == "负"
    number = read_at(lower, match.end())
    if number is None or number.sort is Sort.FRACTION:
        return None
    shift = 2 - _SHARE_BASE[match.group("base")]
    point = re.compile(r"[ ]{0,2}点[ ]{0,2}([零〇一二三四五六七八九]{1,6})").match(
        lower, number.end
    )
    value, end = number.value, number.end
    if point is not None and number.step is not None and number.step >= 1:
        text = "".join(
            str("零一二三四五六七八九".find(c) if c != "〇" else 0) for c in point.group(1)
        )
        value += Decimal(int(text)).scaleb(-len(text))
        end = point.end()
    found = Found(start, end, value.scaleb(shift), unit="percent", dimension=Dimension.PERCENT)
    found.numeral = number
    if number.upper is not None:
        found.upper = number.upper.scaleb(shift)
        found.qualifier = Qualifier.VAGUE if number.sort is Sort.SOME else Qualifier.OVER
        if found.qualifier is Qualifier.OVER:
            found.upper = None
    found.step = number.step.scaleb(shift) if number.step is not None else None
    found.zh, found.after = True, end
    del negative
    return found
