"""Figures that begin with a word: 半年, 第47届, 翻一番, dozens of, a third, doubled, three.

One reader for each kind of seed; each takes the view, the match of the seed and the end of
what was read before, notes what it finds and says where to go on.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju import count_nouns, dates
from kaoju.dates_en import read_date_en
from kaoju.dates_zh import read_date_zh
from kaoju.figure_found import Found, View
from kaoju.figure_gaps_zh import score_zh
from kaoju.figure_parts_zh import ten_zh
from kaoju.figure_places import places_zh
from kaoju.figure_quantities import (
    SHARE,
    add_date,
    as_range,
    read_number,
    read_quantity,
)
from kaoju.figure_units_en import compound_en
from kaoju.figure_units_zh import HALF, TENOR_AFTER, counted_unit
from kaoju.lexicon import words
from kaoju.numeral_words import HAN_NUMERALS
from kaoju.numerals import Numeral, Sort, read_at
from kaoju.types import Dimension, Direction, Qualifier, Relation
from kaoju.units import match_unit, unit

_AFTER_ORDINAL = words("not_figures", "zh", "after_ordinal")
DATE_HINT = re.compile(
    rf"[{HAN_NUMERALS}○\d]{{1,8}}[ ]?(?:[年月日号时点:/.~到至世-]|个?季|年代)"
    rf"|[{HAN_NUMERALS}\d]{{1,2}}[ ]?[、和与及][ ]?[{HAN_NUMERALS}\d]{{1,2}}[ ]?月(?!球|饼|薪|租)"
    r"|\d{1,2}[ ]months?[ ](?:period[ ])?(?:to|through|ended|ending|up)[ ]"
)


def read_date_han(view: View, match: re.Match[str], floor: int) -> int:
    """今年, 上半年, 周五: a date that begins with a word."""
    found = read_date_zh(view.lower, match.start())
    if found is None:
        return match.end()
    return add_date(view, found, zh=True)


def read_date_word(view: View, match: re.Match[str], floor: int) -> int:
    """Nov. 5, Q3, last year: a date that begins with a word."""
    at = match.start()
    if match.group() == "the ":
        at = match.end()
    found = read_date_en(view.lower, at, view.cased)
    if found is None:
        number = read_at(view.lower, at)
        if number is not None and number.sort is not Sort.ORDINAL:
            return read_number(view, at, floor)
        if number is not None:
            return _ordinal_english(view, number)
        return match.end() if match.group()[0] not in "emlst" else at + 1
    return add_date(view, found, zh=False)


def read_word(view: View, match: re.Match[str], floor: int) -> int:
    """Three, dozens, twenty-first: a number in words."""
    lower, at = view.lower, match.start()
    number = read_at(lower, at)
    if number is None:
        return match.end()
    if number.sort is Sort.ORDINAL:
        day = read_date_en(lower, at, view.cased)
        if day is not None and day.stated and day.moment.day is not None:
            return add_date(view, day, zh=False)  # Fourth of July
        return _ordinal_english(view, number)
    before = lower[at - 1 : at]
    if before == "-" and lower[at - 2 : at - 1].isalpha():
        return number.end
    end = read_number(view, at, floor)
    if view.found and view.found[-1].start == at and view.found[-1].bare:
        last = view.found[-1]
        if not last.strong and last.numeral is not None and last.numeral.value < 13:
            last.strong = False
    return max(end, match.end())


def read_article(view: View, match: re.Match[str], floor: int) -> int:
    """A hundred, a third, a dozen, a year: numbers that begin with an article."""
    lower, at = view.lower, match.start()
    rest = lower[match.end() : match.end() + 12]
    single = _SINGLE.match(lower, match.end())
    if single is not None:
        return _read_single(view, match, single)
    whole = _AND_A_HALF.match(lower, match.end())
    if whole is not None:
        found = Found(at, whole.end(), 1 + HALF, unit=whole["unit"], dimension=Dimension.DURATION)
        found.after, found.step = whole.end(), HALF
        view.found.append(found)
        return whole.end()
    period = re.match(r"(year|month|week|fortnight|decade|day|century|hour)(?![a-z])", rest)
    if period is None:
        couple = re.match(
            r"(couple of|few) (?=hundred|thousand|million|billion|dozen)",
            rest + lower[match.end() + 12 : match.end() + 24],
        )
        if couple is not None or rest.startswith(("couple", "few")):
            return match.end()
        ordinal = read_at(lower, match.end())
        if (
            ordinal is not None
            and ordinal.sort is Sort.ORDINAL
            and _RUN_OF_EN.match(lower, ordinal.end)
        ):
            return _ordinal_english(view, ordinal)
        return max(read_number(view, at, floor), match.end())
    end = match.end() + period.end()
    whole_length = Found(at, end, Decimal(1), unit=period.group(1), dimension=Dimension.DURATION)
    compound_en(view, whole_length)
    if whole_length.end > end:  # an hour and 35 minutes
        whole_length.after = whole_length.end
        view.found.append(whole_length)
        return whole_length.end
    before = lower[max(0, at - 14) : at]
    after = lower[end:][:14]
    if not re.search(
        r"(?:^|[^a-z])(?:in|within|over|for|less than|more than|nearly|about|almost|after|than|"
        r"inside|under|by|least|need|needs|needed|take|takes|took|lasts?|lasted)[ ]$",
        before,
    ):
        return match.end()
    lasting = re.search(r"(?:nearly|almost|at least)[ ]$", before)
    if (lasting is None or not _APART.match(after)) and re.match(
        r"s|'| (?:ago|earlier|before|later|ahead|of(?!f)|when|that|in which|after|old)|-"
        r"| (?:[a-z]+ )?(?:earlier|ago)",
        after,
    ):
        return match.end()
    if re.search(
        r"%|(?:cents?|percent|times?|dollars?)[ ]$", before[-9:-3] if before.endswith("in ") else ""
    ):
        return match.end()
    known = unit(period.group(1))
    found = Found(at, end, Decimal(1), unit=period.group(1), dimension=Dimension.DURATION)
    found.after = found.end
    if known is not None:
        view.found.append(found)
    return found.end


# A yuan less, a percentage point lower: one of them, and no article.
_SINGLE = re.compile(
    r"(?P<unit>yuan|dollar|euro|pound|penny|cent|crown|percentage point)(?![a-z])"
    r"(?P<more> (?:[a-z]+ )?(?:less|more|cheaper|dearer|higher|lower)(?![a-z]))?"
)


def _read_single(view: View, match: re.Match[str], single: re.Match[str]) -> int:
    end = single.end("unit")
    known = match_unit(view.lower, view.cased, match.end(), symbols=False)
    points = single["unit"] == "percentage point"
    heavy = single["unit"] == "pound" and single["more"] is not None
    if known is None or heavy or (single["more"] is None and not points):
        return match.end() if single["unit"] != "crown" else end
    found = Found(match.start(), known.end, known.times, unit=known.unit.id)
    found.dimension, found.after, found.step = known.unit.dimension, known.end, known.times
    view.found.append(found)
    return known.end


_APART = re.compile(r" (?:before|after|later|ahead of)(?![a-z])")
_AND_A_HALF = re.compile(
    r"(?P<unit>minute|hour|day|week|month|year|decade|century) and a half(?![a-z])"
)
_RUN_OF_EN = re.compile(
    r"[ -](?:straight|consecutive|successive|annual|day|week|month|year|time|round|term|batch|wave)"
)
_ORDINAL_AFTER_EN = re.compile(
    r"[ -](?:straight|consecutive|successive|successful|annual|anniversary|day|week|month|year|"
    r"meeting|session|round|time|edition|congress|plenum|highest|largest|biggest|lowest|most|"
    r"smallest|busiest|consecutively|in a row|place|floor|wave|batch|package|phase|generation|"
    r"attempt|rate|cut|increase|hike|drop|rise|such|quarterly|monthly|weekly|of|summit)"
)


_NAMED_EN = re.compile(
    r"[ ](?!(?:is|was|are|were|to|of|and|or|in|on|at|has|had|have|will|would|can|could|by|for|"
    r"from|that|"
    r"which|who|but|as|with|than|may|might|should|when|if|because|comes|came|said|says)("
    r"?![a-z]))[a-z]{3}"
)


def _ordinal_english(view: View, number: Numeral) -> int:
    lower = view.lower
    end = number.end
    follows = _ORDINAL_AFTER_EN.match(lower, end)
    if number.value == 1 and follows is None:
        return end
    if number.value in (1, 2) and not re.match(
        r"[ -](?:straight|consecutive|successive|annual|day in|week in|month in|plenary|"
        r"largest|biggest|highest)",
        lower[end : end + 14],
    ):
        return end
    if lower[end : end + 1] == "-":
        return end
    if follows is None and not _NAMED_EN.match(lower, end):
        return end
    if number.value > 31 and number.value >= 1000:
        return end
    if re.match(r" (?:century)", lower[end : end + 8]):
        return end
    found = Found(number.start, end, number.value, unit="ordinal", dimension=Dimension.ORDINAL)
    found.after = end
    view.found.append(found)
    return end


def read_han(view: View, match: re.Match[str], floor: int) -> int:
    """三千, 数十, 一半: a number in Chinese characters."""
    lower, at = view.lower, match.start()
    character = lower[at]
    if character == "半" or match.group() == "一半":
        return _half_zh(view, at, match)
    if character in "百千万亿" and not _bare_allowed(lower, at):
        return at + 1
    if DATE_HINT.match(lower, at):
        found = read_date_zh(lower, at)
        if found is not None and _is_han_date(view, found):
            return add_date(view, found, zh=True)
    if character == "零" and (nought := _nought(view, at)) is not None:
        view.found.append(nought)
        return nought.end
    if character in "兆" or (character == "零" and lower[at + 1 : at + 2] != "点"):
        return at + 1
    score = score_zh(view, at) or ten_zh(view, at)
    if score is not None:
        view.found.append(score)
        return score.end
    number = read_at(lower, at)
    if number is None:
        return at + 1
    if character == "负" and not (lower[at + 1 : at + 2].isdigit() or number.end > at + 1):
        return at + 1
    quantity = read_quantity(view, at, floor)
    if quantity is None or quantity.value is None:
        return max(number.end, quantity.end if quantity else 0)
    ranged = as_range(view, quantity)
    chosen = ranged or quantity
    if chosen.bare and number.value < 100 and not chosen.strong:
        return number.end
    view.found.append(chosen)
    return chosen.end


def _is_han_date(view: View, found: dates.DateMatch) -> bool:
    """三月 and 三季度 are dates; 一点 and 三年 are not, nor a bare 三日."""
    printed = view.lower[found.start : found.end]
    moment = found.moment
    if moment.month is None and moment.day is not None and found.second is None:
        return printed[0].isdigit()
    return not (printed in ("一月", "一季") and view.lower[found.end : found.end + 1] in "之里")


_TO_NOUGHT = re.compile(r"(?:由|从)[^，。；、,;]{0,16}(?:降|减|调|削|清|缩)(?:减|低)?[为到至]$")
_NOUGHT_ENDS = re.compile(r"[，。；、,;!?！？)）]|$")


def _nought(view: View, at: int) -> Found | None:
    """加盟费由5万元降为零: none of what was told before."""
    last = view.found[-1] if view.found else None
    before = view.lower[max(0, at - 24) : at]
    if last is None or last.date is not None or not last.unit:
        return None
    if not _NOUGHT_ENDS.match(view.lower, at + 1) or not _TO_NOUGHT.search(before):
        return None
    found = Found(at, at + 1, Decimal(0), unit=last.unit, dimension=last.dimension, zh=True)
    found.after = found.end
    return found if last.end > at - len(before) else None


_BARE_BEFORE = re.compile(r"(?:近|逾|超|超过|约|达|每|上|数|过|满|不足|足有|有)$")


def _bare_allowed(lower: str, at: int) -> bool:
    """近百, 逾千, 百万 and 千亿 are numbers; the 百 of 百姓 and the 千 of 千克 are not."""
    if SHARE.match(lower, at):
        return True
    before = lower[max(0, at - 2) : at]
    follows = lower[at + 1 : at + 2]
    if follows in ("余", "多") and count_nouns.classifier_at(lower, at + 2):
        return not before.endswith(("每", "几", "数"))  # 百余家
    if before.endswith("每") and match_unit(lower, lower, at):
        return False
    if follows in ("万", "亿") and lower[at] in "百千万" and follows:
        return True
    return _BARE_BEFORE.search(before) is not None and bool(
        count_nouns.classifier_at(lower, at + 1)
        or match_unit(lower, lower, at + 1)
        or follows in ("余", "多")
    )


_HALVED = frozenset(
    {
        Dimension.DURATION,
        Dimension.LENGTH,
        Dimension.MASS,
        Dimension.VOLUME,
        Dimension.PERCENTAGE_POINT,
    }
)


_HALF_HOUR = re.compile(r"半个?多?(?:小时|钟头)")  # 塌坑前半个钟头: before it, by half an hour


def _half_zh(view: View, at: int, match: re.Match[str]) -> int:
    """半年, 半个月, 半数, 一半, 半成."""
    lower = view.lower
    if match.group() == "一半":
        found = Found(at, at + 2, HALF, unit="ratio", dimension=Dimension.RATIO)
        found.after, found.zh = at + 2, True
        view.found.append(found)
        return at + 2
    before = lower[at - 1 : at]
    passed = lower[max(0, at - 2) : at] in ("超过", "不过")
    passed = passed or (before == "前" and _HALF_HOUR.match(lower, at) is not None)
    if before and before in "上下前后多大过小夜深" and not passed:
        return at + 1
    if lower.startswith("半数", at):
        found = Found(at, at + 2, HALF, unit="ratio", dimension=Dimension.RATIO)
        found.after, found.zh = at + 2, True
        view.found.append(found)
        return at + 2
    if lower.startswith("半成", at):
        if lower.startswith("半成品", at):
            return at + 3
        found = Found(at, at + 2, Decimal(5), unit="percent", dimension=Dimension.PERCENT)
        found.after, found.zh = at + 2, True
        view.found.append(found)
        return at + 2
    if lower.startswith("半百", at):
        found = Found(at, at + 2, Decimal(50), zh=True)
        found.after = at + 2
        return at + 2
    rest = at + 1
    more = lower.startswith("个多", rest)
    skip = 2 if more else 1 if lower.startswith("个", rest) else 0
    whole = lower.startswith("一个", at - 2) if at > 1 else False
    if skip or whole:
        matched = counted_unit(view, rest + skip)
    else:
        matched = match_unit(lower, view.cased, rest)
    if matched is None or matched.unit.dimension not in _HALVED:
        return at + 1
    if lower.startswith("报", matched.end) or lower[rest + skip : matched.end] == "分":
        return matched.end
    lasts = matched.unit.dimension is Dimension.DURATION
    points = matched.unit.dimension is Dimension.PERCENTAGE_POINT
    start = at - 2 if whole and (lasts or points) else at  # 一个半小时
    value = (HALF if start == at else 1 + HALF) * matched.times
    found = Found(start, matched.end, value, unit=matched.unit.id, dimension=matched.unit.dimension)
    found.qualifier = Qualifier.OVER if more else Qualifier.EXACT
    found.after, found.zh = matched.end, True
    tenor = TENOR_AFTER.match(lower, matched.end) if lasts else None
    if tenor is not None:
        found.dimension = Dimension.TENOR
        found.end = found.after = tenor.end()
    view.found.append(found)
    return found.end


_COUNTED_TURN = re.compile(
    r"个(?:交易日|工作日|月|年|季度|财年|财季|周|星期|小时|国家|省|城市|任期|五年|十年|百年)"
)


_RANKED = re.compile(r"(?:(?<![安编])排(?:名|行|在|到)?|位列|名列|位居|居)[^，。；、的第]{0,8}$")


def read_nth(view: View, match: re.Match[str], floor: int) -> int:
    """第47届, 第六个交易日; not 第232条, and 第三季度 is a date."""
    lower, at = view.lower, match.start()
    date_found = read_date_zh(lower, at)
    if date_found is not None and date_found.moment.quarter is not None:
        return add_date(view, date_found, zh=True)
    start = match.end() + (1 if lower[match.end() : match.end() + 1] == " " else 0)
    number = read_at(lower, start)
    if number is None or number.sort is not Sort.CARDINAL:
        return match.end()
    places = places_zh(view, at, number)
    if places is not None:
        view.found.append(places)
        return places.end
    after = lower[number.end : number.end + 6].lstrip()
    if after.startswith(_AFTER_ORDINAL):
        return number.end
    ranked = number.value > 1 and _RANKED.search(lower[max(0, at - 12) : at])
    if ranked and not after.startswith(("大", "季")):
        found = Found(at, number.end, number.value, unit="ordinal", dimension=Dimension.ORDINAL)
        found.after, found.zh = number.end, True
        view.found.append(found)
        return number.end
    if not after or not (after[0].isalnum() or after[0] in "(\"'"):
        return number.end  # 第二，: the number of a point made
    if after.startswith(("个", "项", "点", "步", "件")) and not _COUNTED_TURN.match(after):
        before = lower[max(0, at - 4) : at]
        if number.value <= 3 and not before.endswith(("连续", "续", "为", "是", "成为")):
            return number.end
    if number.value == 1 and not number.digits:
        named = re.match(r"[大名位个季届次次批期轮]", after)
        if named is None:
            return number.end
        if after.startswith(("个", "次", "位", "批")):
            return number.end
    found = Found(at, number.end, number.value, unit="ordinal", dimension=Dimension.ORDINAL)
    found.after, found.zh = number.end, True
    view.found.append(found)
    return number.end


def read_first(view: View, match: re.Match[str], floor: int) -> int:
    """前11个月, 前三季度: the first part of a year."""
    found = read_date_zh(view.lower, match.start())
    if found is None:
        return match.end()
    return add_date(view, found, zh=True)


def read_fan(view: View, match: re.Match[str], floor: int) -> int:
    """翻番, 翻了一番, 翻两番, 翻倍, 翻三倍, 腰斩, 减半, 对折."""
    printed = match.group()
    found = Found(match.start(), match.end(), unit="times", dimension=Dimension.MULTIPLE, zh=True)
    found.after = match.end()
    found.direction = Direction.UP
    if printed == "对折":
        if view.lower[max(0, match.start() - 1) : match.start()] != "打":
            return match.end()
        found.value, found.unit, found.dimension = Decimal(50), "percent", Dimension.PERCENT
        found.share_of, found.direction = "price", None
    elif printed in ("腰斩", "减半"):
        found.value, found.direction = HALF, Direction.DOWN
    else:
        inner = re.sub(r"[翻了番倍 ]", "", printed)
        number = read_at(inner, 0) if inner else None
        count = int(number.value) if number is not None and number.value < 60 else 1
        if printed.endswith("番"):
            found.value = Decimal(2**count)
        else:
            found.value = Decimal(count if count > 1 else 2)
    found.relation = Relation.BY
    view.found.append(found)
    return match.end()


def read_most(view: View, match: re.Match[str], floor: int) -> int:
    """一多半 and 过半: more than half."""
    found = Found(match.start(), match.end(), HALF, unit="ratio", dimension=Dimension.RATIO)
    found.qualifier, found.after, found.zh = Qualifier.OVER, match.end(), True
    view.found.append(found)
    return match.end()


def read_many(view: View, match: re.Match[str], floor: int) -> int:
    """数以万计的用户: tens of thousands."""
    lower, start, end = view.lower, match.start(), match.end()
    number = read_at(f"数{lower[start + 2 : end - 1]}", 0)
    if number is None or number.sort is not Sort.SOME:
        return end
    found = Found(start, end, number.value, number.upper, qualifier=Qualifier.VAGUE, zh=True)
    found.after = end + lower.startswith("的", end)
    noun = count_nouns.noun_unit_after(lower, found.after)
    before = count_nouns.noun_unit_ending(lower[max(0, start - 6) : start])
    found.unit = noun or before or ""
    view.found.append(found)
    return end


def read_part(view: View, match: re.Match[str], floor: int) -> int:
    """½ and the like at the beginning of a number."""
    return max(read_number(view, match.start(), floor), match.end())
