"""Numerals of both languages to `Decimal`, and back.

三千二百万, 1.2亿, 两万五, 百分之三点五 without its 百分之; one and a half billion, $30trn
without its $, two-thirds. What is read is the folded text (see `kaoju.text.fold`) in
lower case. This room knows numbers and nothing of what they count.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kaoju.numeral_words import ARABIC, HAN_NUMERALS, Numeral, Sort
from kaoju.numeral_writing import chinese_numeral, compact_chinese, compact_english, english_numeral
from kaoju.numerals_en import STARTERS, read_english, with_suffix
from kaoju.numerals_zh import HAN_AFTER, MORE, SOME, fraction_of_digits, read_han
from kaoju.text import fold

__all__ = [
    "STARTERS", "SUPERSCRIPT_THREE", "SUPERSCRIPT_TWO", "VULGAR_FRACTIONS", "Numeral", "Sort",
    "chinese_numeral", "compact_chinese", "compact_english", "english_numeral", "find_numerals",
    "protect", "read_at", "read_numeral",
]  # fmt: skip

_POWER = re.compile(r"e[+-]?\d{1,2}(?![\da-z])|\s?[x×*]\s?10\^[+-]?\d{1,2}(?!\d)")
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
        return with_suffix(text, Numeral(at, at + 1, value, Sort.FRACTION, digits=True))
    if "a" <= character <= "z":
        return read_english(text, at)
    if character == "负":
        skip = 2 if text[at + 1 : at + 2] == " " else 1
        if text[at + skip : at + skip + 1].isdigit():
            plain = _read_arabic(text, at + skip)
            if plain is None:
                return None
            return replace(plain, start=at, value=-plain.value, upper=None)
    return read_han(text, at)


def _read_arabic(text: str, at: int) -> Numeral | None:
    match = ARABIC.match(text, at)
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
        return with_suffix(text, read)
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
            parts = fraction_of_digits(text, at, read_value=value, end=end)
            if parts is not None:
                return parts
        if HAN_AFTER.match(text, end) or follows in MORE:
            han = read_han(text, at)
            if han is not None:
                return han
    read = Numeral(at, end, value, step=step, mantissa=value, digits=True)
    return with_suffix(text, read)


_HAN_FRACTION_AFTER = re.compile(r"[ ]{1,2}(?:分[ ]{0,2}之|又[ ]{0,2}[\d一二三四五六七八九十百千])")
_SOMEWHERE = re.compile(
    rf"[0-9{HAN_NUMERALS}{VULGAR_FRACTIONS}负]|(?:{'|'.join(SOME)}|上)(?=[十百千万亿])|半百"
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
