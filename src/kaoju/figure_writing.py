"""A figure written in either language: 3000亿美元 as $300 billion, 2025-11-05 as 2025年11月5日."""

from __future__ import annotations

from decimal import Decimal

from kaoju.figure_coins_zh import UNKNOWN_COIN
from kaoju.numerals import compact_chinese, compact_english
from kaoju.types import Dimension, Figure, Language, Qualifier
from kaoju.units import is_token, unit

_MONEY_SIGNS = {
    "USD": "US$", "HKD": "HK$", "EUR": "€", "GBP": "£", "AUD": "A$", "CAD": "C$", "SGD": "S$",
    "NZD": "NZ$", "TWD": "NT$",
}  # fmt: skip
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_QUALIFIED = {
    Language.ZH: {
        Qualifier.ABOUT: "约{}",
        Qualifier.NEARLY: "近{}",
        Qualifier.OVER: "逾{}",
        Qualifier.UNDER: "不足{}",
        Qualifier.AT_LEAST: "至少{}",
        Qualifier.AT_MOST: "至多{}",
    },
    Language.EN: {
        Qualifier.ABOUT: "about {}",
        Qualifier.NEARLY: "nearly {}",
        Qualifier.OVER: "more than {}",
        Qualifier.UNDER: "less than {}",
        Qualifier.AT_LEAST: "at least {}",
        Qualifier.AT_MOST: "up to {}",
    },
}


def format_figure(figure: Figure, language: Language) -> str:
    """A figure in its normal form in a language.

    3000亿美元 in English is US$300 billion, 6个基点 is 6 basis points, a date 2025-11-05 is
    November 5, 2025 or 2025年11月5日, 十倍 is ten times. The qualifier is kept (about US$300
    billion), a range is printed with both ends.
    """
    chinese = language is Language.ZH
    if figure.period is not None and figure.value is None:
        return format_period(figure.period, language)
    if figure.value is None:
        return figure.surface
    if figure.upper is not None and figure.qualifier in (Qualifier.RANGE, Qualifier.VAGUE):
        signed = figure.dimension is Dimension.MONEY and figure.unit in _MONEY_SIGNS
        short = compact_chinese if chinese else compact_english
        low = short(figure.value)
        if signed and not chinese:
            low = _format_value(figure, figure.value, language)
        high = _format_value(figure, figure.upper, language)
        return f"{low}至{high}" if chinese else f"{low} to {high}"
    text = _format_value(figure, figure.value, language)
    own = _QUALIFIED[Language.ZH if chinese else Language.EN]
    return own.get(figure.qualifier, "{}").format(text)


_SMALL_EN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def _format_value(figure: Figure, value: Decimal, language: Language) -> str:
    chinese = language is Language.ZH
    short = compact_chinese if chinese else compact_english
    match figure.dimension:
        case Dimension.MONEY:
            sign = _MONEY_SIGNS.get(figure.unit)
            if sign is not None and not chinese:
                return ("-" if value < 0 else "") + sign + short(abs(value))
            known = unit(figure.unit)
            if chinese:
                return short(value) + (known.zh if known else f" {figure.unit}")
            if known is not None and not is_token(figure.unit):
                name = known.en
                return f"{short(value)} {name}{_plural_ending(name, value)}"
            return f"{short(value)} {figure.unit}"
        case Dimension.PERCENT:
            return short(value) + "%"
        case Dimension.PERCENTAGE_POINT:
            points = value * 100
            if abs(value) < 1 and points == points.to_integral_value():
                word = "个基点" if chinese else f" basis point{'' if points == 1 else 's'}"
                return short(points) + word
            plural = "" if abs(value) <= 1 else "s"
            return short(value) + ("个百分点" if chinese else f" percentage point{plural}")
        case Dimension.MULTIPLE:
            if chinese:
                return short(value) + "倍"
            whole = value == value.to_integral_value() and 0 < value <= 10
            return (_SMALL_EN[int(value)] if whole else short(value)) + " times"
        case Dimension.RATIO:
            return _format_ratio(value, language)
        case Dimension.ORDINAL:
            return f"第{short(value)}" if chinese else _english_ordinal(value)
        case Dimension.TENOR:
            return _format_tenor(figure, value, language)
        case Dimension.AGE:
            years = figure.unit == "year"
            if chinese:
                known = unit(figure.unit)
                return short(value) + ("岁" if years else known.zh if known else figure.unit)
            return f"{short(value)} {figure.unit}{'' if value == 1 else 's'} old"
        case Dimension.SCORE:
            return figure.surface
        case Dimension.EXCHANGE_RATE:
            return f"{short(value)} {figure.unit}"
        case _:
            return _format_measured(figure, value, language)


def _format_measured(figure: Figure, value: Decimal, language: Language) -> str:
    chinese = language is Language.ZH
    known = unit(figure.unit)
    number = compact_chinese(value) if chinese else compact_english(value)
    if known is None:
        name = figure.unit.replace("_", " ")
        if not name or name == UNKNOWN_COIN:
            return number
        if chinese:
            from kaoju.count_nouns import chinese_count

            return number + chinese_count(figure.unit)
        return f"{number} {name if value == 1 else english_plural(name)}"
    if chinese:
        return number + (known.zh or f" {known.id}")
    if not known.en:
        return f"{number} {known.id}"
    return f"{number} {known.en}{_plural_ending(known.en, value)}"


def english_plural(name: str) -> str:
    """The plural of an English count noun."""
    irregular = {"person": "people", "man": "men", "woman": "women", "child": "children"}
    if name in irregular:
        return irregular[name]
    if name.endswith(("s", "x", "ch", "sh")):
        return name + "es"
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name + "s"


def _plural_ending(name: str, value: Decimal) -> str:
    same = ("yuan", "yen", "won", "baht", "renminbi", "rand", "ringgit", "percent", "hertz")
    if value == 1 or name.endswith(same) or name.endswith("s"):
        return ""
    return "" if name in ("foot", "inch", "dong", "celsius") else "s"


def _format_tenor(figure: Figure, value: Decimal, language: Language) -> str:
    number = compact_chinese(value) if language is Language.ZH else compact_english(value)
    known = unit(figure.unit)
    if language is Language.ZH:
        return f"{number}{known.zh if known else figure.unit}期"
    return f"{number}-{figure.unit.replace('_', '-')}"


def _format_ratio(value: Decimal, language: Language) -> str:
    for below in (2, 3, 4, 5, 6, 7, 8, 9, 10, 100):
        above = (value * below).to_integral_value()
        if abs(value - above / below) < Decimal("1e-9") and 0 < above < below:
            if language is Language.ZH:
                from kaoju.numerals import chinese_numeral

                return f"{chinese_numeral(Decimal(below))}分之{chinese_numeral(above)}"
            return f"{above}/{below}"
    return format(value.normalize(), "f")


def _english_ordinal(value: Decimal) -> str:
    number = int(value)
    ending = "th"
    if number % 100 not in (11, 12, 13):
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def format_period(period: str, language: Language) -> str:
    """An ISO 8601 (EDTF) period as a language prints it: 2025-Q3 is 2025年第三季度."""
    if "/" in period:
        first, _, second = period.partition("/")
        joined = "至" if language is Language.ZH else " to "
        return joined.join(format_period(part, language) for part in (first, second) if part)
    day, _, clock = period.partition("T")
    text = _format_day(day, language)
    if not clock:
        return text
    hours, zone = clock[:5], clock[5:]
    for mark in ("+", "-", "Z"):
        if mark in clock:
            hours, _, zone = clock.partition(mark)
            zone = "UTC" if mark == "Z" or zone == "00:00" else f"UTC{mark}{zone}"
            break
    zone = f" ({zone})" if zone and zone.startswith("UTC") else ""
    if language is Language.ZH:
        return f"{text}{hours}{zone}"
    return (f"{hours} on {text}" if text else hours) + zone


def _format_day(day: str, language: Language) -> str:
    chinese = language is Language.ZH
    if not day:
        return ""
    if day.startswith("FY"):
        return f"{day[2:]}财年" if chinese else f"fiscal {day[2:]}"
    if day == "XXX9-12-31":
        return "本十年末" if chinese else "the end of the decade"
    year, _, rest = day.partition("-")
    unknown = year.startswith("X")  # a year that nothing in the text tells
    if year.endswith("XX") and not unknown:
        century = int(year[:2]) + 1
        return f"{century}世纪" if chinese else f"{_english_ordinal(Decimal(century))} century"
    if year.endswith("X") and not unknown:
        return f"{year[:3]}0年代" if chinese else f"{year[:3]}0s"
    lead = "" if unknown else (f"{int(year)}年" if chinese else year)
    if not rest:
        return lead or day
    if rest[0] == "Q":
        words = ("一", "二", "三", "四")[int(rest[1]) - 1]
        if chinese:
            return f"{lead}第{words}季度"
        name = ("first", "second", "third", "fourth")[int(rest[1]) - 1]
        return f"{name} quarter" + (f" of {lead}" if lead else "")
    if rest[0] == "H":
        if chinese:
            return lead + ("上半年" if rest[1] == "1" else "下半年")
        name = "first half" if rest[1] == "1" else "second half"
        return name + (f" of {lead}" if lead else "")
    if rest[0] == "W":
        return f"{lead}第{int(rest[1:3])}周" if chinese else f"week {int(rest[1:3])} of {lead}"
    month, _, date = rest.partition("-")
    if month in ("21", "22", "23", "24"):
        which = int(month) - 21
        if chinese:
            return f"{lead}{'春夏秋冬'[which]}季"
        return f"{('spring', 'summer', 'autumn', 'winter')[which]} {lead}"
    if month == "XX":
        return f"{lead}{int(date)}日" if chinese else f"the {_english_ordinal(Decimal(date))}"
    if chinese:
        return f"{lead}{int(month)}月" + (f"{int(date)}日" if date else "")
    name = _MONTHS[int(month) - 1]
    if date:
        return f"{name} {int(date)}" + (f", {lead}" if lead else "")
    return name + (f" {lead}" if lead else "")
