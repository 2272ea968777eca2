"""Numerals of both languages to `Decimal`, and back.

三千二百万, 1.2亿, 两万五, 百分之三点五 without its 百分之; one and a half billion, $30trn
without its $, two-thirds. What is read is the folded text (see `kaoju.text.fold`) in
lower case. This room knows numbers and nothing of what they count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kaoju.lexicon import section, words
from kaoju.text import fold

HAN_DIGITS: dict[str, int] = dict(section("numerals", "han")["digits"])
HAN_MULTIPLIERS: dict[str, int] = dict(section("numerals", "han")["multipliers"])
HAN_SCALES: dict[str, int] = {
    word: 10**power for word, power in section("numerals", "han")["scales"].items()
}
_MORE = words("numerals", "han", "more", "words")
_SOME = words("numerals", "han", "some", "words")
_ENGLISH = section("numerals", "english")
_ONES: dict[str, int] = dict(_ENGLISH["ones"])
_TENS: dict[str, int] = dict(_ENGLISH["tens"])
_SCALES: dict[str, int] = {word: 10**power for word, power in _ENGLISH["scales"].items()}
_SUFFIXES: dict[str, int] = {word: 10**power for word, power in _ENGLISH["suffixes"].items()}
_GROUPS: dict[str, int] = dict(_ENGLISH["groups"])
_ORDINALS: dict[str, int] = dict(_ENGLISH["ordinals"])
_PARTS: dict[str, int] = dict(_ENGLISH["parts"])

HAN_NUMERALS = "".join((*HAN_DIGITS, *HAN_MULTIPLIERS, *HAN_SCALES))
_PLAIN_DIGITS = frozenset(word for word in HAN_DIGITS if word not in "两俩")

# No news figure is longer; what is longer is a key or an identifier.
LONGEST = 64
_HALF = Decimal("0.5")


class Sort(StrEnum):
    """What kind of numeral stands there."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    SOME = "some"  # 数十, dozens: from value to upper
    MORE = "more"  # 十余, 170多: above value, at most upper


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral of a folded text.

    ``step`` is the worth of one unit of the last digit stated (1.2亿: ten million), or
    None where the words tell none. ``mantissa`` is the number before its scale (1.2),
    ``scale`` the scale (100,000,000), so that a range can share it: 1.2-1.5亿.
    """

    start: int
    end: int
    value: Decimal
    sort: Sort = Sort.CARDINAL
    upper: Decimal | None = None
    step: Decimal | None = None
    mantissa: Decimal | None = None
    scale: int = 1
    digits: bool = False  # begins with Arabic digits
    bare: bool = False  # a multiplier with no number before it: 百, 万
    positional: bool = False  # 二〇二五


# Arabic digits ---------------------------------------------------------------------------

# Groups of three, of Indian two, of a thin space; no alternative can match the same digits
# in two ways for long, each is bounded by LONGEST.
_ARABIC = re.compile(
    r"\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,20})?(?![\d])"
    r"|\d{1,2}(?:,\d{2}){1,5},\d{3}(?:\.\d{1,20})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){1,6},\d{1,2}(?!\d)"
    r"|\d{1,3}(?:(?: \d{3}){2,5}| 000)(?![\d.,])"
    r"|\d{1,40}(?:\.\d{1,20})?"
    r"|\.\d{1,20}"
)
_POWER = re.compile(r"e[+-]?\d{1,2}(?![\da-z])|\s?[x×*]\s?10\^[+-]?\d{1,2}(?!\d)")
_HAN_AFTER = re.compile(rf"[ ]{{0,2}}([{''.join((*HAN_MULTIPLIERS, *HAN_SCALES))}])")
_FRACTION_BAR = re.compile(r"(?<![\d/.])(?<!\d-)(\d{1,3})\s?/\s?(\d{1,3})(?![\d/])(?!-\d)")
_MIXED = re.compile(r"(\d{1,3}) (\d{1,2})/(\d{1,2})(?![\d/])")
# Protected vulgar fractions, see `protect`.
_VULGAR = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x2776, 0x2794), 0x24EA)))
# Folding writes ½ as 1/2, so that 2½ would read 21/2, and m² as m2: keep them apart as
# private characters, one for one, until the numeral is read.
_PRIVATE = {ord(c): chr(0xF0100 + n) for n, c in enumerate((*_VULGAR, *_SUPERSCRIPTS, *_CIRCLED))}
_PROTECTED = re.compile(f"[{''.join((*_VULGAR, *_SUPERSCRIPTS, *_CIRCLED))}]")
_PRIVATE_VULGAR = {
    _PRIVATE[ord(c)]: Decimal(above) / Decimal(below) for c, (above, below) in _VULGAR.items()
}
SUPERSCRIPT_TWO = _PRIVATE[ord("²")]
SUPERSCRIPT_THREE = _PRIVATE[ord("³")]
VULGAR_FRACTIONS = "".join(_PRIVATE_VULGAR)


def protect(text: str) -> str:
    """``text`` with ½, ² and ① as private characters, one for one, so that folding keeps them."""
    return text.translate(_PRIVATE) if _PROTECTED.search(text) else text


def read_at(text: str, at: int) -> Numeral | None:
    """Read the numeral that begins at ``at`` of a folded, lower-cased text.

    The longest reading wins. A sign belongs to it (-3, 负三, minus three). No reading
    looks further than `LONGEST` characters.
    """
    character = text[at : at + 1]
    if "0" <= character <= "9" or character == ".":
        return _read_arabic(text, at)
    if character in VULGAR_FRACTIONS and character:
        value = _PRIVATE_VULGAR[character]
        return _with_suffix(text, Numeral(at, at + 1, value, Sort.FRACTION, digits=True))
    if "a" <= character <= "z":
        return _read_english(text, at)
    return _read_han(text, at)


def _read_arabic(text: str, at: int) -> Numeral | None:
    match = _ARABIC.match(text, at)
    if match is None:
        return None
    printed = match.group()
    end = match.end()
    if "," in printed and "." in printed and printed.rfind(",") > printed.rfind("."):
        printed = printed.replace(".", "").replace(",", ".")  # 1.111,11
    plain = printed.replace(",", "").replace(" ", "")
    value = Decimal(plain)
    exponent = int(value.as_tuple().exponent)
    step = Decimal(1).scaleb(exponent)
    power = _POWER.match(text, end)
    if power is not None:
        shift = int(re.split(r"e|\^", power.group())[-1])
        return Numeral(at, power.end(), value.scaleb(shift), step=step.scaleb(shift), digits=True)
    follows = text[end : end + 1]
    if follows in VULGAR_FRACTIONS and follows:
        value += _PRIVATE_VULGAR[follows]
        read = Numeral(at, end + 1, value, Sort.CARDINAL, digits=True)
        return _with_suffix(text, read)
    if follows == "/" and printed.isdigit():
        bar = _FRACTION_BAR.match(text, at)
        if bar is not None and int(bar.group(2)):
            value = Decimal(bar.group(1)) / Decimal(bar.group(2))
            return Numeral(at, bar.end(), value, Sort.FRACTION, digits=True)
    if follows == " " and printed.isdigit():
        mixed = _MIXED.match(text, at)
        if mixed is not None and int(mixed.group(3)):
            value += Decimal(mixed.group(2)) / Decimal(mixed.group(3))
            return Numeral(at, mixed.end(), value, Sort.FRACTION, digits=True)
    if follows and (follows == " " or follows > "\u2fff"):
        if follows in ("又", "分") or _HAN_FRACTION_AFTER.match(text, end):
            parts = _fraction_of_digits(text, at, read_value=value, end=end)
            if parts is not None:
                return parts
        if _HAN_AFTER.match(text, end) or follows in _MORE:
            han = _read_han(text, at)
            if han is not None:
                return han
    read = Numeral(at, end, value, step=step, mantissa=value, digits=True)
    return _with_suffix(text, read)


_HAN_FRACTION_AFTER = re.compile(r"[ ]{1,2}(?:分[ ]{0,2}之|又[ ]{0,2}[\d一二三四五六七八九十百千])")


def _fraction_of_digits(text: str, at: int, *, read_value: Decimal, end: int) -> Numeral | None:
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


_SUFFIX = re.compile(
    r"[ -]{0,2}("
    + "|".join(sorted((*_SCALES, *(f"{g}s?" for g in _GROUPS)), key=len, reverse=True))
    + r")(?![a-z])"
    r"|(" + "|".join(sorted(_SUFFIXES, key=len, reverse=True)) + r")(?![a-z0-9])"
)


def _with_suffix(text: str, read: Numeral) -> Numeral:
    """The numeral with the scale after it, if one stands there: 3.5 million, 300bn."""
    match = _SUFFIX.match(text, read.end)
    if match is None:
        return read
    end = match.end()
    word = match.group(1) or match.group(2)
    scale = _SCALES.get(word) or _SUFFIXES.get(word) or _GROUPS[word.rstrip("s")]
    if match.group(2) is not None and word in ("m", "t", "b", "k", "mm"):
        # 5m and 10t may be metres and tonnes: whoever knows the unit decides.
        return Numeral(
            read.start,
            end,
            read.value * scale,
            step=read.step * scale if read.step else None,
            mantissa=read.value,
            scale=scale,
            digits=True,
            positional=True,
        )
    if word in ("lakh", "hundred", "thousand", "million", "billion"):
        more = re.compile(r" (crore|thousand|million|billion|trillion)(?![a-z])").match(text, end)
        if more is not None:
            scale *= _SCALES[more.group(1)]
            end = more.end()
    value = read.value * scale
    step = read.step * scale if read.step else None
    if word == "hundred" and value == value.to_integral_value():
        rest = re.compile(rf" and ((?:{_SMALL})(?:-(?:{_SMALL}))?)(?![a-z-])(?! hundred)").match(
            text, end
        )
        rest_read = _cardinal(text, rest.start(1)) if rest else None
        if (
            rest_read is not None
            and rest_read.end == end + len(rest.group())
            and rest_read.value < 100
        ):  # type: ignore[union-attr]
            return Numeral(read.start, rest_read.end, value + rest_read.value, step=Decimal(1))
    half = _AND_PART.match(text, end)
    if half is not None:
        value += _part_value(half) * scale
        end = half.end()
        step = None
    return Numeral(
        read.start, end, value, step=step, mantissa=read.value, scale=scale, digits=read.digits
    )


# Chinese ---------------------------------------------------------------------------------

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
_SOME_HAN = re.compile(rf"(?:{'|'.join(_SOME)})([十百千万亿]{{1,3}})(?![一二三四五六七八九])")
_UPWARD = re.compile(r"(?:上|成)([百千万亿]{1,2})(?:上[百千万]{1,2})?")


def _digits_value(run: str) -> int:
    value = 0
    for character in run:
        if character in HAN_DIGITS:
            value = value * 10 + HAN_DIGITS[character]
    return value


def _read_han(text: str, at: int) -> Numeral | None:
    start = at
    negative = text[at : at + 1] in ("负",)
    if negative:
        at += 1
        if text[at : at + 1] == " ":
            at += 1
        if text[at : at + 1].isdigit():
            plain = _read_arabic(text, at)
            if plain is None:
                return None
            return replace(plain, start=start, value=-plain.value, upper=None)
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
    if text[at : at + 1] == "负":
        at += 1
    read = _read_han_whole(text, at)
    if read is not None:
        return read
    match = _ARABIC.match(text, at)
    if match is None:
        return None
    value = Decimal(match.group().replace(",", "")) if "," in match.group() else None
    return Numeral(at, match.end(), value or Decimal(match.group().replace(",", "")), digits=True)


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
            if number is not None or (groups and last == 1 and not spaced and not groups):
                break
            if (section or groups) and not _HAN_AFTER.match(text, match.end()) and not zero:
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
            if number is None and not section:
                step = step * worth
            else:
                step = step * worth
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
        if more and number is None and not bare:
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


def _more_at(text: str, at: int) -> int:
    """The length of 余, 多 or 几 at ``at``, with a space before it, or 0."""
    spaces = 1 if text[at : at + 1] == " " else 0
    character = text[at + spaces : at + spaces + 1]
    if character not in _MORE or not character:
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
    return (
        run[:2] == "三五"
        or (HAN_DIGITS[run[0]] + 1 == HAN_DIGITS.get(run[1], -1)
        and HAN_DIGITS[run[0]] > 0)
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


# English ---------------------------------------------------------------------------------

_WORD = re.compile(r"[a-z]+")
_JOIN = re.compile(r"[ ]?-[ ]?|[ ]{1,2}")
_AND = re.compile(r"[ ]{1,2}and[ ]{1,2}(?=[a-z])")
_PART_WORDS = "|".join(
    sorted((*_PARTS, *(f"{word}s?" for word in _ORDINALS)), key=len, reverse=True)
)
_SMALL = "|".join(sorted((*_ONES, *_TENS), key=len, reverse=True))
_AND_PART = re.compile(
    rf"[ ]{{1,2}}and[ ](?:(an?|one|two|three|four|five|six|seven|eight|nine)[ -])"
    rf"(half|quarters?|{_PART_WORDS})(?![a-z])"
)
_SCALE_PART = re.compile(
    r"[ ](?:of[ ])?(?:an?[ ]{1,2})?(hundred|thousand|million|billion|trillion|dozen)(?![a-z])"
)
_PLURAL_SCALES = {f"{word}s": worth for word, worth in (_SCALES | _GROUPS).items()} | {"tens": 10}
STARTERS: tuple[str, ...] = tuple(
    sorted(
        {*_ONES, *_TENS, *_SCALES, *_PLURAL_SCALES, *_GROUPS, *_ORDINALS, *_PARTS},
        key=len,
        reverse=True,
    )
)


def _part_value(match: re.Match[str]) -> Decimal:
    count = match.group(1)
    above = 1 if count in ("a", "an") else (_ONES | _TENS)[count]
    word = match.group(2)
    below = _PARTS.get(word) or _ORDINALS.get(word) or _ORDINALS[word.rstrip("s")]
    return Decimal(above) / Decimal(below)


def _denominator(word: str) -> int | None:
    """2 for half and halves, 3 for third and thirds; None for a word that is no part."""
    if word in _PARTS:
        return _PARTS[word]
    if word in ("first", "second", "seconds"):
        return None
    if word in _ORDINALS:
        return _ORDINALS[word]
    return _ORDINALS.get(word[:-1]) if word.endswith("s") else None


def _read_english(text: str, at: int) -> Numeral | None:
    match = _WORD.match(text, at, at + 24)
    if match is None:
        return None
    word = match.group()
    if word in ("minus", "negative"):
        follows = _read_english(text, match.end() + 1) if text[match.end() :][:1] == " " else None
        if follows is None:
            return None
        return Numeral(at, follows.end, -follows.value, follows.sort, step=follows.step)
    if word in ("a", "an"):
        return _after_article(text, at, match.end())
    if word in ("half", "quarter"):
        return _half(text, at, match.end(), word)
    if word in _PLURAL_SCALES:
        return _plural(text, at, match.end(), _PLURAL_SCALES[word])
    if word in _ORDINALS:
        return Numeral(at, match.end(), Decimal(_ORDINALS[word]), Sort.ORDINAL)
    if word in _ONES or word in _TENS or word in _SCALES or word in _GROUPS:
        return _cardinal(text, at)
    return None


def _after_article(text: str, at: int, end: int) -> Numeral | None:
    join = re.compile(r"[ ]{1,2}").match(text, end)
    match = _WORD.match(text, join.end()) if join else None
    if match is None:
        return None
    word = match.group()
    if word in ("half", "quarter"):
        return _half(text, at, match.end(), word)
    if word in _SCALES or word in _GROUPS:
        return _cardinal(text, at)
    below = _denominator(word)
    if below is not None and not word.endswith("s"):
        return Numeral(at, match.end(), 1 / Decimal(below), Sort.FRACTION)
    return None


def _half(text: str, at: int, end: int, word: str) -> Numeral:
    value = 1 / Decimal(_PARTS[word])
    scale = _SCALE_PART.match(text, end)
    if scale is None:
        scale = re.compile(r"[ ]an?[ ]{1,2}(dozen|million|billion|hundred)(?![a-z])").match(
            text, end
        )
    if scale is not None:
        worth = _SCALES.get(scale.group(1)) or _GROUPS[scale.group(1)]
        return Numeral(at, scale.end(), value * worth)
    return Numeral(at, end, value, Sort.FRACTION)


def _plural(text: str, at: int, end: int, worth: int) -> Numeral | None:
    """Dozens, hundreds, tens of millions: a vague number."""
    more = re.compile(r" of (thousands|millions|billions|trillions)(?![a-z])").match(text, end)
    if more is not None:
        worth *= _PLURAL_SCALES[more.group(1)]
        end = more.end()
    if worth == 10:
        return None
    upper = worth * 10 - 1 if worth != 12 else 99
    return Numeral(at, end, Decimal(worth), Sort.SOME, Decimal(upper), scale=worth)


def _cardinal(text: str, at: int) -> Numeral | None:
    """Number words from ``at`` on, with a scale, decimals or a part after them."""
    limit = min(len(text), at + 240)
    total, current, last_scale = 0, 0, 10**18
    started = False
    position, end = at, at
    worth_of_last = 1
    ordinal = False
    mantissa = 0
    scale = 1
    while position < limit:
        match = _WORD.match(text, position, limit)
        if match is None:
            break
        word = match.group()
        if word in ("a", "an") and not started:
            started = True
            position = match.end()
        elif word in _ONES:
            number = _ONES[word]
            if current % 10 or (number >= 10 and current % 100) or (current % 100 == 10):
                break
            if started and end > at and not number:
                break
            current += number
            worth_of_last = 1
            started, position, end = True, match.end(), match.end()
        elif word in _TENS:
            if current % 100:
                if 10 <= current <= 99 and not total and current >= 17:
                    current = current * 100 + _TENS[word]  # nineteen eighty
                    started, position, end = True, match.end(), match.end()
                    worth_of_last = 1
                else:
                    break
            else:
                current += _TENS[word]
                started, position, end = True, match.end(), match.end()
        elif word == "hundred":
            if current >= 100:
                break
            current = (current or 1) * 100
            worth_of_last = 100
            started, position, end = True, match.end(), match.end()
        elif word in _SCALES:
            worth = _SCALES[word]
            if worth >= last_scale:
                if not current and total:
                    total *= worth  # three lakh crore
                    position = end = match.end()
                    continue
                break
            mantissa, scale = current or 1, worth
            total += (current or 1) * worth
            current, last_scale, worth_of_last = 0, worth, worth
            started, position, end = True, match.end(), match.end()
        elif word in _GROUPS or (word.endswith("s") and word[:-1] in _GROUPS and current):
            total += (current or 1) * _GROUPS.get(word, 12)
            current = 0
            end = match.end()
            break
        elif word in _ORDINALS and started and (end > at or word not in ("second",)):
            number = _ORDINALS[word]
            joined = text[position - 1 : position]
            if (number < 10 and current >= 20 and current % 10 == 0 and current % 100) or (
                number < 100 and current and current % 100 == 0 and number != 2
            ):
                current += number
                end, ordinal = match.end(), True
            elif number >= 100 and joined in " -" and not total and number != 100:
                current = (current or 1) * number
                end, ordinal = match.end(), True
            break
        else:
            break
        join = _JOIN.match(text, position)
        if join is None:
            break
        follows = _AND.match(text, position)
        if follows is not None and end > at and (current % 100 == 0):
            next_word = _WORD.match(text, follows.end())
            known = next_word is not None and (
                next_word.group() in _ONES or next_word.group() in _TENS
            )
            if not known or worth_of_last == 1:
                break
            if _AND_PART.match(text, position):
                break
            position = follows.end()
        else:
            position = join.end()
    if end == at:
        return None
    value = Decimal(total + current)
    if ordinal:
        return Numeral(at, end, value, Sort.ORDINAL)
    return _with_parts(text, at, end, value, worth_of_last, mantissa, scale if not current else 1)


def _with_parts(
    text: str, at: int, end: int, value: Decimal, place: int, mantissa: int, scale: int
) -> Numeral:
    """The cardinal with what may follow: point five, and a half, thirds, a scale."""
    point = re.compile(rf" point((?: (?:{_SMALL})(?![a-z])){{1,8}})").match(text, end)
    if point is not None:
        names = [_ONES[w] for w in point.group(1).split() if w in _ONES and _ONES[w] < 10]
        if names:
            value += Decimal(int("".join(map(str, names)))).scaleb(-len(names))
            end = point.end()
            read = Numeral(at, end, value, step=Decimal(1).scaleb(-len(names)), mantissa=value)
            return _with_suffix(text, read)
    half = _AND_PART.match(text, end)
    if half is not None:
        scaled = _SCALE_PART.match(text, half.end())
        if scaled is not None and place > _SCALES.get(scaled.group(1), 12):
            value += _part_value(half) * _SCALES.get(scaled.group(1), 12)
            return Numeral(at, scaled.end(), value, mantissa=value)
        value += _part_value(half) * (place if place >= 1000 else 1)
        read = Numeral(at, half.end(), value, mantissa=value)
        return _with_suffix(text, read)
    join = re.compile(r"[ ]{1,2}|-").match(text, end)
    if join is not None:
        match = _WORD.match(text, join.end())
        below = _denominator(match.group()) if match is not None else None
        if match is not None and below is not None:
            plural = match.group().endswith("s") or value == 1
            plural = plural and (value < 100 or match.group() not in ("halves", "quarters"))
            if plural:
                read = Numeral(at, match.end(), value / below, Sort.FRACTION)
                scaled = _SCALE_PART.match(text, match.end())
                if scaled is not None:
                    worth = _SCALES.get(scaled.group(1)) or _GROUPS[scaled.group(1)]
                    return Numeral(at, scaled.end(), value / below * worth)
                return read
    step = Decimal(place) if place >= 1000 else Decimal(1)
    return Numeral(
        at, end, value, step=step, mantissa=Decimal(mantissa) if scale > 1 else value, scale=scale
    )


# All of a text ---------------------------------------------------------------------------

_SOMEWHERE = re.compile(
    rf"[0-9{HAN_NUMERALS}{VULGAR_FRACTIONS}负]|(?:{'|'.join(_SOME)}|上)(?=[十百千万亿])|半百"
    rf"|(?<![a-z0-9])(?:(?:{'|'.join(STARTERS)}|minus|negative)(?![a-z])|an? (?=[a-z]))"
    r"|(?<![0-9.])\.(?=[0-9])"
)


def find_numerals(text: str) -> list[Numeral]:
    """Every numeral of a text, whatever it stands for; positions are in the folded text.

    Unlike `kaoju.figures.find_figures` this asks nothing about the words around: the 2 of
    GPT-2 is a numeral, and so is the 一 of 一看.
    """
    folded = fold(protect(text), lower=False).text.lower()
    found: list[Numeral] = []
    position = 0
    while (match := _SOMEWHERE.search(folded, position)) is not None:
        read = read_at(folded, match.start())
        if read is None:
            position = match.start() + 1
            continue
        found.append(read)
        position = max(read.end, match.start() + 1)
    return found


# Whole strings ---------------------------------------------------------------------------


def read_numeral(text: str) -> Decimal | None:
    """The value of a text that is one numeral and nothing else, else None.

    Either language, full width and traditional forms, signs and separators: 三千二百万,
    １.２億, -3.5, one and a half billion, 百分之三点五 (0.035), two-thirds.
    """
    folded = fold(protect(text), lower=False).text.lower().strip()
    if not folded or len(folded) > 200:
        return None
    sign = 1
    if folded[0] in "+-":
        sign = -1 if folded[0] == "-" else 1
        folded = folded[1:].lstrip()
    read = read_at(folded, 0) if folded else None
    if read is None or read.end != len(folded) or read.sort in (Sort.SOME, Sort.MORE):
        return None
    return sign * read.value


def chinese_numeral(value: Decimal) -> str:
    """``value`` in Chinese characters: 3200000 is 三百二十万, 3.5 is 三点五."""
    if value < 0:
        return "负" + chinese_numeral(-value)
    whole = int(value)
    text = _chinese_whole(whole)
    decimals = format(value.normalize(), "f").partition(".")[2]
    if decimals:
        text += "点" + "".join("零一二三四五六七八九"[int(d)] for d in decimals)
    return text


def _chinese_whole(number: int) -> str:
    if number == 0:
        return "零"
    for scale, word in ((10**12, "兆"), (10**8, "亿"), (10**4, "万")):
        if number >= scale:
            above, below = divmod(number, scale)
            text = _chinese_whole(above) + word
            if below:
                text += ("零" if below < scale // 10 else "") + _chinese_whole(below)
            return text
    text, zero = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + word
            zero = False
        else:
            zero = True
    return text[1:] if text.startswith("一十") else text


_NAMES = {number: word for word, number in reversed(_ONES.items())} | {
    number: word for word, number in _TENS.items()
}


def english_numeral(value: Decimal) -> str:
    """``value`` in English words: 3200000 is three million two hundred thousand."""
    if value < 0:
        return "minus " + english_numeral(-value)
    whole = int(value)
    text = _english_whole(whole)
    decimals = format(value.normalize(), "f").partition(".")[2]
    if decimals:
        text += " point " + " ".join(_NAMES[int(d)] for d in decimals)
    return text


def _english_whole(number: int) -> str:
    if number in _NAMES:
        return _NAMES[number]
    if number < 100:
        return f"{_NAMES[number - number % 10]}-{_NAMES[number % 10]}"
    for scale, word in (
        (10**15, "quadrillion"),
        (10**12, "trillion"),
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if number >= scale:
            above, below = divmod(number, scale)
            text = f"{_english_whole(above)} {word}"
            if below:
                text += (" and " if scale == 100 else " ") + _english_whole(below)
            return text
    raise AssertionError(number)


def compact_chinese(value: Decimal) -> str:
    """``value`` as Chinese news prints it: 3000亿, 1.2万亿, 54188."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    for scale, word in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if value >= scale:
            short = (value / scale).normalize()
            if len(short.as_tuple().digits) <= 6:
                return f"{sign}{_plain(short)}{word}"
    return sign + _plain(value)


def compact_english(value: Decimal) -> str:
    """``value`` as English news prints it: 300 billion, 1.2 trillion, 54,188."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    for scale, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if value >= scale:
            short = (value / scale).normalize()
            if len(short.as_tuple().digits) <= 6:
                return f"{sign}{_plain(short, grouped=True)} {word}"
    return sign + _plain(value, grouped=True)


def _plain(value: Decimal, *, grouped: bool = False) -> str:
    normal = value.normalize()
    if int(normal.as_tuple().exponent) > 0:
        normal = normal.quantize(Decimal(1))
    return format(normal, ",f" if grouped else "f")
