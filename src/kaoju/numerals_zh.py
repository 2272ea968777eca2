"""Chinese numerals: 三千二百万, 1.2亿, 两万五, 十余, 数十亿, 三分之二.

Read from folded text, so in simplified characters and half width. Every look ahead is
bounded by `kaoju.numeral_words.LONGEST`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kaoju.lexicon import words
from kaoju.numeral_words import (
    ARABIC,
    HAN_DIGITS,
    HAN_MULTIPLIERS,
    HAN_NUMERALS,
    HAN_SCALES,
    LONGEST,
    Numeral,
    Sort,
)

MORE = words("numerals", "han", "more", "words")
SOME = words("numerals", "han", "some", "words")
_PLAIN_DIGITS = frozenset(word for word in HAN_DIGITS if word not in "两俩")
HAN_AFTER = re.compile(rf"[ ]{{0,2}}([{''.join((*HAN_MULTIPLIERS, *HAN_SCALES))}])")


def fraction_of_digits(text: str, at: int, *, read_value: Decimal, end: int) -> Numeral | None:
    """16分之5, 3又1000分之23: a fraction whose first number is in digits."""
    parts = _OF_PARTS.match(text, end)
    if parts is not None:
        above = _signed(text, parts.end())
        if above is None or not read_value:
            return None
        return Numeral(at, above.end, above.value / read_value, Sort.FRACTION, digits=True)
    mixed = _AND_PARTS.match(text, end)
    fraction = _signed(text, mixed.end()) if mixed is not None else None
    below = _OF_PARTS.match(text, fraction.end) if fraction is not None else None
    above = _signed(text, below.end()) if below is not None else None
    if fraction is None or above is None or not fraction.value:
        return None
    value = read_value + above.value / fraction.value
    return Numeral(at, above.end, value, Sort.FRACTION, digits=True)


_RUN = re.compile(rf"[{HAN_NUMERALS}](?:[ ]{{0,2}}[{HAN_NUMERALS}]){{0,40}}")
_HAN_TOKEN = re.compile(
    rf"[ ]{{0,2}}(?:([{''.join(HAN_DIGITS)}])|([{''.join(HAN_MULTIPLIERS)}])"
    rf"|([{''.join(HAN_SCALES)}])|(\d{{1,20}}(?:,\d{{3}}){{0,6}}(?:\.\d{{1,20}})?))"
)
# Before these 千 and 兆 are prefixes of the unit, not of the number; so is 万 in 万象.
_PREFIXED_UNIT = re.compile(r"[ ]?(?:克|米|瓦|卡|字节|帕|赫|伏|焦|比特|兆瓦|吨力|瓦时|电子)")
_POINT = re.compile(rf"[ ]{{0,2}}点[ ]{{0,2}}((?:[ ]?[{''.join(_PLAIN_DIGITS)}]){{1,12}})")
_OF_PARTS = re.compile(r"[ ]{0,2}分[ ]{0,2}之[ ]{0,2}")
_AND_PARTS = re.compile(r"[ ]{0,2}又[ ]{0,2}")
_SOME_HAN = re.compile(rf"(?:{'|'.join(SOME)})([十百千万亿]{{1,3}})(?![一二三四五六七八九])")
_UPWARD = re.compile(r"(?:上|成)([百千万亿]{1,2})(?:上[百千万]{1,2})?")


def _digits_value(run: str) -> int:
    value = 0
    for character in run:
        if character in HAN_DIGITS:
            value = value * 10 + HAN_DIGITS[character]
    return value


def read_han(text: str, at: int) -> Numeral | None:
    """The Chinese numeral at ``at``, digits before a Chinese scale included, or None."""
    start = at
    negative = text[at : at + 1] in ("负",)
    if negative:
        at += 1
        if text[at : at + 1] == " ":
            at += 1
    some = _SOME_HAN.match(text, at)
    if some is not None and not negative:
        return _some(text, some)
    upward = _UPWARD.match(text, at)
    if upward is not None and not negative:
        scale = _worth(upward.group(1))
        return Numeral(start, upward.end(), Decimal(scale), Sort.MORE, scale=scale, bare=True)
    if text.startswith("半百", at):
        return Numeral(start, at + 2, Decimal(50))
    read = _read_han_whole(text, at)
    if read is None:
        return None
    value, end = read.value, read.end
    parts = _OF_PARTS.match(text, end)
    if parts is not None and read.sort is Sort.CARDINAL:
        above = _signed(text, parts.end())
        if above is not None and value:
            value = above.value / value
            return Numeral(start, above.end, -value if negative else value, Sort.FRACTION)
    mixed = _AND_PARTS.match(text, end)
    if mixed is not None:
        fraction = _signed(text, mixed.end())
        if fraction is not None:
            below = _OF_PARTS.match(text, fraction.end)
            above = _signed(text, below.end()) if below else None
            if above is not None and fraction.value:
                value += above.value / fraction.value
                return Numeral(start, above.end, -value if negative else value, Sort.FRACTION)
    if not negative:
        return read
    return Numeral(
        start, end, -value, read.sort, step=read.step, mantissa=-value, scale=1, digits=read.digits
    )


def _signed(text: str, at: int) -> Numeral | None:
    """The whole number at ``at``, with a sign before it or Arabic digits, for a fraction."""
    negative = text[at : at + 1] == "负"
    at += negative
    read = _read_han_whole(text, at)
    if read is None:
        match = ARABIC.match(text, at)
        if match is None:
            return None
        read = Numeral(at, match.end(), Decimal(match.group().replace(",", "")), digits=True)
    return replace(read, value=-read.value) if negative else read


def _worth(run: str) -> int:
    worth = 1
    for character in run:
        worth *= HAN_MULTIPLIERS.get(character) or HAN_SCALES[character]
    return worth


def _some(text: str, match: re.Match[str]) -> Numeral:
    scale = _worth(match.group(1))
    first = HAN_MULTIPLIERS.get(match.group(1)[0]) or HAN_SCALES[match.group(1)[0]]
    rest = scale // first
    # 数十 runs from ten to 99, 数十亿 from one to 9.9 billion, 数万 from 10,000 to 99,999.
    upper = scale * 10 - max(rest, 1)
    return Numeral(
        match.start(), match.end(), Decimal(scale), Sort.SOME, Decimal(upper), scale=scale
    )


def _read_han_whole(text: str, at: int) -> Numeral | None:
    """A number of Chinese numerals, or of digits and Chinese scales, with its decimals."""
    limit = min(len(text), at + LONGEST)
    groups: list[tuple[Decimal, int]] = []  # closed by a scale: (value, scale)
    section = Decimal(0)  # below the current scale, closed by 十, 百, 千
    number: Decimal | None = None  # not yet closed by anything
    zero = False  # a 零 stands before the number
    last = 1  # the last multiplier or scale
    step = Decimal(1)
    upper: Decimal | None = None
    sort = Sort.CARDINAL
    position, end = at, at
    digits = arabic = bare = False
    count = 0
    chain: tuple[Decimal, int] | None = None  # 1.5 and 万亿 of 1.5万亿
    while position < limit:
        match = _HAN_TOKEN.match(text, position, limit)
        if match is None:
            break
        kind = match.lastindex
        spaced = match.start(kind or 0) > position and position > at
        if kind == 1:  # a digit
            if spaced and (number is not None or last == 1):
                break
            word = match.group(1)
            if number is not None:
                if arabic or count != 1:
                    break
                pair = _pair(text, position, int(number), HAN_DIGITS[word])
                if pair is None or groups or (section and pair.scale > 1):
                    break
                if section and pair.upper is not None:  # 十七八
                    return replace(
                        pair, start=at, value=pair.value + section, upper=pair.upper + section
                    )
                return pair
            run = _RUN.match(text, match.start(1))
            if not section and not groups and run and _is_positional(run.group()):
                whole = run.group().replace(" ", "")
                if " " in run.group():
                    whole = run.group().split(" ")[0]
                if len(whole) > 1:
                    return Numeral(
                        at,
                        match.start(1) + len(whole),
                        Decimal(_digits_value(whole)),
                        step=Decimal(1),
                        positional=True,
                    )
            if HAN_DIGITS[word] == 0 and word in ("零", "〇", "○") and (section or groups):
                zero = True
                position = match.end()
                follows = _HAN_TOKEN.match(text, position, limit)
                more = _more_at(text, position)
                if more:  # 一百零几万
                    follows = _HAN_TOKEN.match(text, position + more, limit)
                    if follows is not None and follows.lastindex == 3:
                        sort, zero = Sort.MORE, False
                        position = end = position + more
                        continue
                if follows is None or follows.lastindex == 3:
                    break
                continue
            if (
                word in "两俩"
                and position > at
                and text[match.end() : match.end() + 1]
                not in (
                    *HAN_MULTIPLIERS,
                    *HAN_SCALES,
                )
            ):
                break  # 三千两百两: the last one is the ounce
            number = Decimal(HAN_DIGITS[word])
            arabic = False
            count = 1
            position = end = match.end()
            step = Decimal(1)
            point = _POINT.match(text, position, limit)
            if point is not None:
                decimals = re.sub(r" ", "", point.group(1))
                number += Decimal(_digits_value(decimals)).scaleb(-len(decimals))
                step = Decimal(1).scaleb(-len(decimals))
                position = end = point.end()
        elif kind == 4:  # Arabic digits
            if number is not None:
                break
            if (section or groups) and not HAN_AFTER.match(text, match.end()) and not zero:
                break
            plain = match.group(4).replace(",", "")
            number = Decimal(plain)
            step = Decimal(1).scaleb(int(number.as_tuple().exponent))
            arabic = True
            digits = digits or position == at
            count = 1
            position = end = match.end()
        elif kind == 2:  # 十, 百, 千
            worth = HAN_MULTIPLIERS[match.group(2)]
            if _PREFIXED_UNIT.match(text, match.end()) and worth == 1000 and position > at:
                break
            if number is None and worth != 10:
                if position > at:
                    break
                bare = True
            if number is None and worth == 10 and section and not zero and last <= 10:
                break
            if number is not None and section and last <= worth and not zero:
                break
            section += (1 if number is None else number) * worth
            step = (step if number is not None else Decimal(1)) * worth
            if number is None:
                step = Decimal(worth)
            number = None
            zero = False
            last = worth
            count = 0
            position = end = match.end()
        else:  # 万, 亿, 兆
            worth = HAN_SCALES[match.group(3)]
            if worth == 10**12 and _PREFIXED_UNIT.match(text, match.end()) and position > at:
                break
            current = section + (number or 0)
            if chain is None and not groups and current:
                chain = (current, worth)
            elif chain is not None and number is None and not section:
                chain = (chain[0], chain[1] * worth)
            else:
                chain = (Decimal(0), 1)
            if number is None and not section:
                if not groups and position > at:
                    break
                if not groups:
                    bare = True
                    current = Decimal(1)
                elif groups[-1][1] > worth or len(groups) > 4:
                    break
            # 3万亿: the 亿 multiplies what stands below it.
            while groups and groups[-1][1] <= worth:
                value, scale = groups.pop()
                current += value * scale
                step = max(step, Decimal(1)) if current != section else step
            if groups and len(groups) > 6:
                break
            groups.append((current, worth))
            step *= worth
            section, number, zero = Decimal(0), None, False
            last = worth
            count = 0
            position = end = match.end()
        more = _more_at(text, position)
        if more and number is not None and (arabic or not section):
            follows = _HAN_TOKEN.match(text, position + more, limit)
            if follows is not None and follows.lastindex == 3:  # 500余万
                sort = Sort.MORE
                position = end = position + more
                continue
        counted = bare and end - at == 1 and more == 1 and text[end + 1 : end + 2] in _COUNTED
        if more and number is None and (not bare or counted):  # 百余家
            follows = _HAN_TOKEN.match(text, position + more, limit)
            sort = Sort.MORE
            if follows is not None and follows.lastindex == 3:
                position = end = position + more
                continue
            if follows is not None and follows.lastindex == 2:
                sort = Sort.CARDINAL
                break
            end = position + more
            break
    if end == at:
        return None
    tail = Decimal(0)
    if number is not None:
        tail = number
        if not zero and not arabic and last >= 100 and (section or groups) and step == 1 and number:
            tail = number * (last // 10)
            step = Decimal(last // 10)
    value = section + tail + sum((v * s for v, s in groups), Decimal(0))
    if digits and not groups and last == 1:
        more = _more_at(text, end)
        if not more:
            return None  # plain Arabic digits are read elsewhere
        sort, end = Sort.MORE, end + more
    elif number is not None and tail >= 10 and not groups and step > 1:
        point = _POINT.match(text, end)  # 两千三点一
        if point is not None:
            value, end, step = _with_decimals(value, point)
    elif number is None and not groups:
        point = _POINT.match(text, end)
        if point is not None:
            value, end, step = _with_decimals(value, point)
    elif number is None and groups:
        point = _POINT.match(text, end)
        if point is not None and not digits:
            value, end, step = _with_decimals(value, point)
    scale = chain[1] if chain is not None and not section and number is None else 1
    if scale == 1 and not groups and value < 10_000 and step >= 1:
        step = Decimal(1)
    if sort is Sort.MORE:
        width = max(step, Decimal(scale) if groups else Decimal(1))
        upper = value + _next(value, width) - (last if groups else 1)
        upper = max(upper, value)
    return Numeral(
        at,
        end,
        value,
        sort,
        upper,
        step,
        mantissa=chain[0] if chain is not None and scale != 1 else value,
        scale=scale,
        digits=digits,
        bare=bare,
    )


def _next(value: Decimal, step: Decimal) -> Decimal:
    """How far 余 and 多 reach above a number: to the next of its last place that is not 0."""
    digits = value.normalize().as_tuple()
    place = Decimal(1).scaleb(int(digits.exponent))
    return max(place, step)


def _with_decimals(value: Decimal, point: re.Match[str]) -> tuple[Decimal, int, Decimal]:
    decimals = point.group(1).replace(" ", "")
    step = Decimal(1).scaleb(-len(decimals))
    return value + Decimal(_digits_value(decimals)) * step, point.end(), step


_COUNTED = tuple("名家人位个项只台件辆艘架所座户种次")


def _more_at(text: str, at: int) -> int:
    """The length of 余, 多 or 几 at ``at``, with a space before it, or 0."""
    spaces = 1 if text[at : at + 1] == " " else 0
    character = text[at + spaces : at + spaces + 1]
    if character not in MORE or not character:
        return 0
    after = text[at + spaces + 1 : at + spaces + 2]
    if character == "多" and after in ("少", "样", "元", "边", "年来") and after:
        return 0
    if character == "来" and after and (after in "自了到说看" or not after):
        return 0
    if character == "余" and after and after in "额下":
        return 0
    if character == "几" and after == "何":
        return 0
    return spaces + 1


def _is_positional(run: str) -> bool:
    return all(character in _PLAIN_DIGITS or character == " " for character in run) and (
        len(run.split(" ")[0]) > 2 or (len(run.split(" ")[0]) == 2 and not _ascends(run))
    )


def _ascends(run: str) -> bool:
    return run[:2] == "三五" or (
        HAN_DIGITS[run[0]] + 1 == HAN_DIGITS.get(run[1], -1) and HAN_DIGITS[run[0]] > 0
    )


def _pair(text: str, at: int, first: int, second: int) -> Numeral | None:
    """二三十, 三五个, 十七八: two digits side by side are a range."""
    start = at - 1
    if not 0 < first < second <= first + 2:
        return None
    match = re.compile(r"[十百千万亿]{0,3}").match(text, at + 1)
    worth = _worth(match.group()) if match else 1
    end = match.end() if match else at + 1
    return Numeral(
        start, end, Decimal(first * worth), Sort.SOME, Decimal(second * worth), scale=worth
    )
