"""Our figures in the conventions of microsoft/Recognizers-Text, whose test cases we score on.

Their ways are not ours and are mapped here alone: every numeral is a number (the 2 of GPT-2
too), 百分点 is a percent, ranges are half open and include their comparator, dates include
their preposition, and phrases for a calendar assistant (the day after tomorrow, next week)
are dates. See `evaluation.calendar` for those.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from evaluation.calendar import calendar_items
from evaluation.ranges import Item, folded_span, ranges
from kaoju.figures import find_figures
from kaoju.numerals import Sort, find_numerals, read_at
from kaoju.types import Dimension, Figure, Language, Qualifier, Span

_UNIT_NAMES = {
    "m": "Meter", "km": "Kilometer", "cm": "Centimeter", "mm": "Millimeter", "pm": "Picometer",
    "kg": "Kilogram", "g": "Gram", "ug": "Microgram", "mg": "Milligram", "jin": "Jin",
    "liang": "Liang", "tonne": "Ton", "pound_mass": "Pound", "ounce": "Ounce", "mile": "Mile",
    "foot": "Foot", "inch": "Inch", "yard": "Yard", "acre": "Acre", "gallon": "Gallon",
    "ml": "Milliliter", "l": "Liter", "km/h": "Kilometer per hour", "mph": "Mile per hour",
    "m/s": "Meter per second", "degree": "Degree", "°C": "C", "°F": "F", "radian": "Radian",
    "turn": "Turn", "kW": "Kilowatt", "kcal": "Kilocalorie", "KB": "Kilobyte", "MB": "Megabyte",
    "GB": "Gigabyte", "bit": "Bit", "byte": "Byte", "TB": "Terabyte", "barrel": "Barrel",
    "m2": "Square meter", "km2": "Square kilometer", "hectare": "Hectare", "W": "Watt",
    "kWh": "Kilowatt-hour", "m3": "Cubic meter", "sqft": "Square foot", "pint": "Pint",
    "bushel": "Bushel", "MW": "Megawatt", "hp": "Horsepower", "um": "Micrometer",
    "cubic_foot": "Cubic foot", "square_mile": "Square mile", "light_year": "Light year",
}  # fmt: skip
_PHYSICAL = frozenset(
    {
        Dimension.LENGTH, Dimension.AREA, Dimension.VOLUME, Dimension.MASS, Dimension.SPEED,
        Dimension.TEMPERATURE, Dimension.ENERGY, Dimension.POWER, Dimension.DATA,
        Dimension.FREQUENCY, Dimension.OTHER,
    }
)  # fmt: skip
_CURRENCY_NAMES = {
    "CNY": "Chinese yuan", "JPY": "Japanese yen", "EUR": "Euro", "BTC": "Bitcoin",
    "HKD": "Hong Kong dollar", "NGN": "Nigerian naira", "CHF": "Swiss franc",
    "FIM": "Finnish markka", "GEL": "Georgian lari", "LAK": "Lao kip", "TRY": "Turkish lira",
    "AUD": "Australian dollar", "NZD": "New Zealand dollar", "CAD": "Canadian dollar",
    "INR": "Rupee", "ESP": "Peseta", "FRF": "Franc", "SGD": "Singapore dollar",
    "KRW": "South Korean won", "RUB": "Russian ruble", "TWD": "New Taiwan dollar",
    "MXN": "Mexican peso", "BRL": "Brazilian real", "THB": "Thai baht", "ETH": "Ethereum",
}  # fmt: skip
_MONTHS_AND_SO_ON = {"year": "Year", "month": "Month", "week": "Week", "day": "Day"}


def recognized(
    text: str, language: Language, category: str, reference: date | None, instant: str
) -> list[Item]:
    """What kaoju finds in ``text`` of one of the peer's categories, in the peer's words."""
    match category:
        case "number":
            return _numbers(text)
        case "ordinal":
            return _ordinals(text)
        case "percent":
            return _percents(text, language)
        case "range":
            return ranges(text, language)
        case "date" | "daterange" | "datetime" | "duration":
            return [
                Item(start, end, values)
                for start, end, values in calendar_items(text, language, reference, instant)
            ]
        case _:
            found = find_figures(text, language, reference)
            return [
                item
                for figure in found
                if (item := _measured(figure, category, text, language)) is not None
            ]


_NOT_COUNTED = re.compile(r"[看切](?!\w*[个只])|美元|美刀|％|%|戰鬥")
_NAMES = frozenset("伍肆拾")
_UNIT_LETTERS = re.compile(r"(?:ml|kg|cm|mm|km)\b")


def _numbers(text: str) -> list[Item]:
    items = []
    for numeral in find_numerals(text):
        start, end = folded_span(text, numeral)
        printed = text[start:end]
        if numeral.sort is Sort.ORDINAL or (numeral.bare and len(printed) <= 2):
            continue
        if len(printed) == 1 and (_NOT_COUNTED.match(text[end : end + 2]) or printed in _NAMES):
            continue
        if printed == "两" and "两" in (text[end : end + 1], text[start - 1 : start]):
            continue
        inner = re.match(r"百\s*分\s*之\s*", printed)
        if inner is not None:  # the peer's number is the one after 百分之
            start += inner.end()
            items.append(Item(start, end, (numeral.value * 100,)))
            continue
        if _UNIT_LETTERS.match(text[end : end + 3]):
            continue
        before = text[max(0, start - 2) : start]
        value = numeral.value
        if before.endswith("-") and not before[:-1].strip() and not printed.startswith("-"):
            start, value = start - 1, -value
        if text[end : end + 1] == "打" and numeral.sort is Sort.CARDINAL:
            end, value = end + 1, value * 12
        if numeral.positional and len(printed) == 2 and "九九" in printed:
            continue
        if numeral.sort is Sort.MORE and printed[-1] in "多余餘几幾":
            end -= 1
        items.append(Item(start, end, (value,)))
    items = [part for item in _comma_decimals(text, items) for part in _dotted(text, item)]
    return _powers(text, _spaced_thousands(text, items))


def _comma_decimals(text: str, items: list[Item]) -> list[Item]:
    """5,00 is five to the peer, which reads a comma as a decimal point too."""
    joined: list[Item] = []
    for item in items:
        last = joined[-1] if joined else None
        printed = text[item.start : item.end]
        if (
            last is not None
            and text[last.end : item.start] == ","
            and re.fullmatch(r"\d{1,2}", printed)
            and text[item.end : item.end + 1] != ","
            and text[last.start - 1 : last.start] != ","
            and re.fullmatch(r"\d+", text[last.start : last.end])
        ):
            whole = Decimal(f"{text[last.start : last.end]}.{printed}")
            joined[-1] = Item(last.start, item.end, (whole,))
        else:
            joined.append(item)
    return joined


def _dotted(text: str, item: Item) -> list[Item]:
    """2222.2222.22222.222 is four whole numbers to the peer."""
    around = text[max(0, item.start - 1) : item.end + 1]
    printed = text[item.start : item.end]
    if around.count(".") < 2 or not re.fullmatch(r"\d+\.\d+", printed):
        return [item]
    cut = item.start + printed.index(".")
    return [
        Item(item.start, cut, (Decimal(text[item.start : cut]),)),
        Item(cut + 1, item.end, (Decimal(text[cut + 1 : item.end]),)),
    ]


def _spaced_thousands(text: str, items: list[Item]) -> list[Item]:
    """2.33 k and - 10  k, with the sign and the k apart from the digits."""
    joined = []
    for item in items:
        tail = re.match(r"\s+k(?![a-z])", text[item.end :])
        value = item.values[0]
        if tail is None or not isinstance(value, Decimal):
            joined.append(item)
            continue
        sign = re.search(r"(?:^|\s)(-\s+)$", text[: item.start])
        start = item.start - len(sign.group(1)) if sign else item.start
        value = value * 1000 * (-1 if sign else 1)
        joined.append(Item(start, item.end + tail.end(), (value,)))
    return joined


def _powers(text: str, items: list[Item]) -> list[Item]:
    """2^5 and 1 over three are one number each."""
    joined: list[Item] = []
    for item in items:
        last = joined[-1] if joined else None
        gap = text[last.end : item.start] if last is not None else ""
        printed = text[item.start : item.end]
        value, below = (last.values[0] if last else None), item.values[0]
        if last is None or not isinstance(value, Decimal) or not isinstance(below, Decimal):
            joined.append(item)
        elif re.fullmatch(r"\^[+-]*", gap):
            power = -below if gap.endswith("-") and gap.count("-") == 1 else below
            power = abs(below) if printed.startswith("-") and gap.endswith("-") else power
            joined[-1] = Item(last.start, item.end, (_power(value, power),))
        elif (gap == " over " and below and not re.match(r" [a-z]", text[item.end :])) or (
            gap == " in " and value == 1 and below > 12 and text[item.end :].strip() == ""
        ):
            joined[-1] = Item(last.start, item.end, (value / below,))
        else:
            joined.append(item)
    return joined


def _power(value: Decimal, power: Decimal) -> Decimal:
    raised = abs(value) ** power
    return -raised if value < 0 else raised


def _ordinals(text: str) -> list[Item]:
    items = []
    for numeral in find_numerals(text):
        start, end = folded_span(text, numeral)
        if numeral.sort is Sort.ORDINAL:
            items.append(Item(start, end, (numeral.value,)))
        elif text[start - 1 : start] == "第" and numeral.sort is Sort.CARDINAL:
            items.append(Item(start - 1, end, (numeral.value,)))
        elif re.match(r"(?:st|nd|rd|th)\b", text[end : end + 3]):
            items.append(Item(start, end + 2, (numeral.value,)))
    return items


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Chinese without the spaces between its characters, and where each one stood."""
    kept = [
        at
        for at, character in enumerate(text)
        if not (character == " " and re.match(r"\s*[^\x00-\x7f]", text[at:]))
        and not (character == " " and at and text[at - 1 : at] > "\x7f")
    ]
    return "".join(text[at] for at in kept), kept


def _percents(text: str, language: Language) -> list[Item]:
    if language is Language.ZH and " " in text:
        narrow, places = _squeezed(text)
        return [
            Item(places[item.start], places[item.end - 1] + 1, item.values, item.unit)
            for item in _percents(narrow, language)
        ]
    items = []
    for match in re.finditer(r"(?i)\b(?:percents?|percentages?|per cents?) of ", text):
        read = read_at(text.lower(), match.end()) if match.end() < len(text) else None
        if read is not None and read.sort is Sort.CARDINAL:
            items.append(Item(match.start(), read.end, (read.value,), "%"))
    for figure in find_figures(text, language):
        points = figure.dimension is Dimension.PERCENTAGE_POINT and "基点" not in figure.surface
        if figure.value is None or not (figure.dimension is Dimension.PERCENT or points):
            continue
        if figure.qualifier is Qualifier.VAGUE or figure.upper is not None:
            continue
        items.append(Item(figure.span.start, figure.span.end, (figure.value,), "%"))
    return items


_LAST_NUMBER = re.compile(r"(?<=[-~ ])\d[\d.,]*\s?[^\d]*$")


def _measured(figure: Figure, category: str, text: str, language: Language) -> Item | None:
    if figure.value is None:
        return None
    span, value = figure.span, figure.value
    if category == "age" and figure.dimension is Dimension.AGE:
        unit = _MONTHS_AND_SO_ON.get(figure.unit, figure.unit)
        if figure.upper is not None and (last := _LAST_NUMBER.search(figure.surface)):
            span, value = Span(span.start + last.start(), span.end), figure.upper
        if text[: span.start].lower().endswith(" age ") and figure.surface.isdigit():
            span = Span(span.start - 4, span.end)
        return Item(span.start, span.end, (value,), unit)
    if category == "dimension" and figure.dimension in _PHYSICAL:
        if not re.search(r"[^\W\d_]|[°℃℉㎡㎥%'\"]", figure.surface):
            return None  # a unit that another number of the sentence gives it
        if figure.upper is not None and (last := _LAST_NUMBER.search(figure.surface)):
            span, value = Span(span.start + last.start(), span.end), figure.upper  # 75 -300mm
        unit = _UNIT_NAMES.get(figure.unit, figure.unit)
        if figure.surface.endswith("度") and "摄氏" not in figure.surface and unit == "C":
            unit = "Degree"
        if (
            unit == "Degree"
            and language is Language.EN
            and (not re.search(r"(?:to|by|at) $", text[: span.start]) or "Celsius" in text)
        ):
            return None  # the peer's degrees are those of a thermostat
        if figure.upper is None and re.search(r"(?:^| )- $", text[: span.start]):
            span, value = Span(span.start - 2, span.end), -value
        if text.endswith("华氏温度", 0, span.start):
            span = Span(span.start - 4, span.end)
        if unit == "Ton" and "metric" in figure.surface:
            unit = "Metric ton"
        return Item(span.start, span.end, (value,), unit)
    if category == "currency" and figure.dimension is Dimension.MONEY:
        return _money(figure)
    return None


_PARTS = (("cent", "Cent"), ("pence", "Pence"), ("penny", "Penny"))


def _money(figure: Figure) -> Item:
    printed = figure.surface.lower()
    value = figure.value or Decimal(0)
    for word, name in _PARTS:
        if word in printed and not re.search(r"dollar|\$|pound|euro", printed):
            return Item(figure.span.start, figure.span.end, (value * 100,), name)
    unit = _CURRENCY_NAMES.get(figure.unit, figure.unit)
    if figure.unit == "USD":
        known = re.search(r"us|u\.s|美", printed)
        unit = "United States dollar" if known else "Dollar"
    if figure.unit == "GBP":
        unit = "British pound" if "gbp" in printed or "british" in printed else "Pound"
    return Item(figure.span.start, figure.span.end, (value,), unit)
