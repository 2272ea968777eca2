"""Numerals written: in characters, in words, and as news prints large numbers."""

from __future__ import annotations

from decimal import Decimal

from kaoju.numerals_en import ONES, TENS


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


_NAMES = {number: word for word, number in reversed(ONES.items())} | {
    number: word for word, number in TENS.items()
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
    return format(value.normalize(), ",f" if grouped else "f")
