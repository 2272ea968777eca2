"""Unit names of both languages to a canonical unit, its dimension and its factor.

`match_unit` reads the unit that stands at a place of a folded text, `match_sign` the
currency sign or name that stands before a number. `convert` turns a value of one unit into
another of its dimension, never one currency into another. `format_figure` prints a figure
in its normal form in either language. Names of currencies come from CLDR through Babel,
everything else from ``lexicon/units.toml`` and ``lexicon/currencies.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from kaoju.errors import LexiconError
from kaoju.lexicon import entries
from kaoju.numerals import SUPERSCRIPT_THREE, SUPERSCRIPT_TWO, compact_chinese, compact_english
from kaoju.text import fold
from kaoju.types import Dimension, Figure, Language, Qualifier


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as figures carry it.

    One unit is ``factor`` of its dimension's base (metre, kilogram, joule, day, percent),
    a temperature ``factor`` kelvin and ``offset``. For money the base is the currency.
    """

    id: str
    dimension: Dimension
    factor: Decimal
    offset: Decimal = Decimal(0)
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found in a text: which, where it ends, and what to multiply its number by."""

    unit: Unit
    end: int
    times: Decimal = Decimal(1)
    name: str = ""


_PERCENT_LIKE = {"permille": ("percent", Decimal("0.1"))}
_POINT_LIKE = {"basis_point": ("percentage_point", Decimal("0.01"))}
_MERGED = {**_PERCENT_LIKE, **_POINT_LIKE}
_ONE = Decimal(1)
# Names that a number of another kind precedes in running English ("in", "am") are read as
# symbols only, straight after digits.
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class _Names:
    """Names by their first character and their lengths, the longest tried first."""

    def __init__(self) -> None:
        self.names: dict[str, UnitMatch] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}

    def add(self, name: str, match: UnitMatch) -> None:
        self.names.setdefault(name, match)

    def close(self) -> _Names:
        lengths: dict[str, set[int]] = {}
        for name in self.names:
            lengths.setdefault(name[0], set()).add(len(name))
        self.lengths = {c: tuple(sorted(found, reverse=True)) for c, found in lengths.items()}
        return self

    def at(self, text: str, at: int) -> tuple[str, UnitMatch] | None:
        """The longest name at ``at``; a Latin one must end where its word ends."""
        lengths = self.lengths.get(text[at : at + 1])
        if lengths is None:
            return None
        for length in lengths:
            name = text[at : at + length]
            found = self.names.get(name)
            if found is not None:
                after = text[at + length : at + length + 1]
                if name[-1] in _LATIN and after and after in _LATIN:
                    continue
                return name, found
        return None


@dataclass(frozen=True, slots=True)
class _Tables:
    units: dict[str, Unit]
    names: _Names  # lower case, Chinese and English
    symbols: _Names  # case kept
    signs: dict[str, str]  # lower-case sign to currency
    signs_zh: dict[str, str]
    signs_en: dict[str, str]
    prefixes: dict[str, str]  # Chinese and Latin names before a number
    tokens: frozenset[str]


def _plurals(name: str) -> tuple[str, ...]:
    if name[-1] in "s%" or not name[-1].isalpha():
        return (name,)
    if name.endswith("y") and name[-2] not in "aeiou":
        return name, name[:-1] + "ies"
    if " per " in name or " an " in name or " of " in name:
        head, _, rest = name.partition(" ")
        return name, f"{head}s {rest}"
    return name, name + "s"


def _decimal(entry: object, where: str) -> Decimal:
    if not isinstance(entry, str):
        raise LexiconError(f"{where}: expected a number in quotes, found {entry!r}")
    try:
        return Decimal(entry)
    except ArithmeticError as error:
        raise LexiconError(f"{where}: expected a number, found {entry!r}") from error


@cache
def _tables() -> _Tables:
    units: dict[str, Unit] = {}
    names, symbols = _Names(), _Names()
    for entry in entries("units", "unit", ("id", "dimension", "factor")):
        identifier = str(entry["id"])
        where = f"lexicon/units.toml: {identifier}"
        try:
            dimension = Dimension(entry["dimension"])
        except ValueError as error:
            raise LexiconError(f"{where}: no dimension {entry['dimension']!r}") from error
        if identifier in units:
            raise LexiconError(f"{where}: the unit is listed twice")
        zh, en = entry.get("zh", []), entry.get("en", [])
        unit = Unit(
            identifier,
            dimension,
            _decimal(entry["factor"], where),
            _decimal(entry.get("offset", "0"), where),
            zh[0] if zh else "",
            en[0] if en else "",
        )
        units[identifier] = unit
        target, times = _MERGED.get(identifier, (identifier, _ONE))
        match = UnitMatch(units[target], 0, times, identifier)
        for name in zh:
            names.add(fold(name, lower=False).text.lower(), match)
        for name in en:
            for form in _plurals(name.lower()):
                names.add(form, match)
        for name in entry.get("symbols", []):
            symbols.add(name.replace("²", SUPERSCRIPT_TWO).replace("³", SUPERSCRIPT_THREE), match)
            symbols.add(fold(name, lower=False).text, match)
    tables = _Tables(units, names, symbols, {}, {}, {}, {}, frozenset())
    tokens = _add_currencies(tables)
    names.close()
    symbols.close()
    return _Tables(
        units,
        names,
        symbols,
        tables.signs,
        tables.signs_zh,
        tables.signs_en,
        tables.prefixes,
        tokens,
    )


def _add_currencies(tables: _Tables) -> frozenset[str]:
    from babel import Locale
    from babel.numbers import get_currency_name

    tokens: set[str] = set()
    english = {str(code): str(name) for code, name in Locale("en").currencies.items()}
    chinese = {str(code): str(name) for code, name in Locale("zh").currencies.items()}
    listed = list(entries("currencies", "currency", ("code",)))
    known = {str(entry["code"]): entry for entry in listed}
    codes = (*known, *(c for c in english if c[0] != "X" and c not in known))
    for code in codes:
        entry: Mapping[str, Any] = known.get(code, {})
        zh = [*entry.get("zh", ())]
        en = [*entry.get("en", ())]
        if code in chinese and "(" not in chinese[code] and len(chinese[code]) > 1:
            zh.append(chinese[code])
        if code in english and "(" not in english[code]:
            en.append(english[code].lower())
            en.append(get_currency_name(code, 2, "en").lower())
        unit = Unit(code, Dimension.MONEY, _ONE, zh=zh[0] if zh else code, en=en[0] if en else code)
        tables.units[code] = unit
        match = UnitMatch(unit, 0, _ONE, code)
        for name in zh:
            tables.names.add(fold(name, lower=False).text.lower(), match)
        for name in en:
            for form in _plurals(name):
                tables.names.add(form, match)
        tables.symbols.add(code, match)
        if not entry.get("token"):
            tables.prefixes.setdefault(code.lower(), code)
        else:
            tokens.add(code)
        for name, times in entry.get("subunits", {}).items():
            part = UnitMatch(unit, 0, _decimal(times, f"lexicon/currencies.toml: {code}"), name)
            for form in _plurals(name):
                tables.names.add(form, part)
        for name, times in entry.get("subunit_symbols", {}).items():
            where = f"lexicon/currencies.toml: {code}"
            tables.symbols.add(name, UnitMatch(unit, 0, _decimal(times, where), name))
        for key, target in (
            ("signs", tables.signs),
            ("signs_zh", tables.signs_zh),
            ("signs_en", tables.signs_en),
            ("prefix", tables.prefixes),
        ):
            for sign in entry.get(key, ()):
                folded = fold(sign, lower=False).text.lower()
                target.setdefault(folded, code)
                if len(folded) == 1 and key == "signs":
                    tables.names.add(folded, match)  # 50 €, 100₾
    return frozenset(tokens)


def unit(identifier: str) -> Unit | None:
    """The unit of that canonical name, or None when the lexicon has none such."""
    return _tables().units.get(identifier)


def match_unit(lower: str, cased: str, at: int, *, symbols: bool = True) -> UnitMatch | None:
    """The unit whose name begins at ``at``, the longest of those that fit.

    Args:
        lower: The folded text in lower case.
        cased: The same text with its case, of the same length.
        at: Where to look.
        symbols: Whether abbreviations (m, GT, MW) may stand here: straight after digits.
    """
    tables = _tables()
    found = tables.names.at(lower, at)
    if symbols:
        symbol = tables.symbols.at(cased, at)
        if symbol is not None and (found is None or len(symbol[0]) >= len(found[0])):
            # Case-sensitive: the symbol must end where the letters end in any case.
            after = lower[at + len(symbol[0]) : at + len(symbol[0]) + 1]
            if not (after and after in _LATIN and symbol[0][-1].isalnum()):
                found = symbol
    if found is None:
        return None
    name, match = found
    return UnitMatch(match.unit, at + len(name), match.times, match.name)


def sign_currency(sign: str, language: Language) -> str | None:
    """The currency of a sign or a name before a number, in lower case; ¥ by language."""
    tables = _tables()
    own = tables.signs_zh if language is Language.ZH else tables.signs_en
    return own.get(sign) or tables.signs.get(sign) or tables.prefixes.get(sign)


def currency_prefixes() -> tuple[str, ...]:
    """Every sign and name that may stand before a number, the longest first."""
    tables = _tables()
    every = {*tables.signs, *tables.signs_zh, *tables.signs_en, *tables.prefixes}
    return tuple(sorted(every, key=lambda sign: (-len(sign), sign)))


def is_token(code: str) -> bool:
    """Whether a currency code is a token's ticker."""
    return code in _tables().tokens


def convert(value: Decimal, source: str, target: str) -> Decimal | None:
    """``value`` of one unit in another of the same dimension, or None where there is no way.

    Currencies are never converted. Months and years convert exactly into each other, days
    and months by the mean length of a month (30.436875 days).
    """
    if source == target:
        return value
    first, second = unit(source), unit(target)
    if first is None or second is None or first.dimension is not second.dimension:
        return None
    if first.dimension is Dimension.MONEY:
        return None
    if first.dimension in (Dimension.OTHER, Dimension.COUNT, Dimension.INDEX):
        return None
    return (value * first.factor + first.offset - second.offset) / second.factor


# Normal form -----------------------------------------------------------------------------

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
    known = unit(figure.unit)
    match figure.dimension:
        case Dimension.MONEY:
            if chinese:
                return short(value) + (known.zh if known else f" {figure.unit}")
            sign = _MONEY_SIGNS.get(figure.unit)
            if sign is not None:
                return ("-" if value < 0 else "") + sign + short(abs(value))
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
                return short(value) + ("岁" if years else known.zh if known else figure.unit)
            return f"{short(value)} {figure.unit}{'' if value == 1 else 's'} old"
        case Dimension.SCORE:
            return figure.surface
        case Dimension.EXCHANGE_RATE:
            return f"{short(value)} {figure.unit}"
        case _:
            return _format_measured(figure, value, known, language)


def _format_measured(figure: Figure, value: Decimal, known: Unit | None, language: Language) -> str:
    chinese = language is Language.ZH
    number = compact_chinese(value) if chinese else compact_english(value)
    if known is None:
        name = figure.unit.replace("_", " ")
        if not name:
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
        above = (value * below).quantize(_ONE)
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
