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
from kaoju.numerals import SUPERSCRIPT_THREE, SUPERSCRIPT_TWO
from kaoju.text import fold
from kaoju.types import Dimension, Language


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
def _listed() -> dict[str, Unit]:
    """The units of the lexicon, and those of its currencies that it names in both languages."""
    units: dict[str, Unit] = {}
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
        units[identifier] = Unit(
            identifier,
            dimension,
            _decimal(entry["factor"], where),
            _decimal(entry.get("offset", "0"), where),
            zh[0] if zh else "",
            en[0] if en else "",
        )
    for entry in entries("currencies", "currency", ("code",)):
        if entry.get("zh") and entry.get("en"):
            code = str(entry["code"])
            units[code] = Unit(code, Dimension.MONEY, _ONE, zh=entry["zh"][0], en=entry["en"][0])
    return units


@cache
def _tables() -> _Tables:
    units = dict(_listed())
    names, symbols = _Names(), _Names()
    for entry in entries("units", "unit", ("id",)):
        identifier, zh, en = str(entry["id"]), entry.get("zh", []), entry.get("en", [])
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
        named = Unit(code, Dimension.MONEY, _ONE, zh=(*zh, code)[0], en=(*en, code)[0])
        unit = tables.units.setdefault(code, named)
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
    known = _listed().get(identifier)
    if known is None and identifier.isupper():  # the code of a currency that CLDR alone names
        known = _tables().units.get(identifier)
    return known


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
