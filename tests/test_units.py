"""Units: every entry of the lexicon is matched, conversions hold, figures print normally."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from kaoju import lexicon
from kaoju.errors import LexiconError
from kaoju.figure_writing import format_figure, format_period
from kaoju.figures import find_figures
from kaoju.numerals import protect
from kaoju.text import fold
from kaoju.types import Dimension, Language, Qualifier
from kaoju.units import (
    convert,
    currency_prefixes,
    match_unit,
    sign_currency,
    unit,
)

UNITS = list(lexicon.entries("units", "unit", ("id", "dimension", "factor")))
CURRENCIES = list(lexicon.entries("currencies", "currency", ("code",)))
MERGED = {"permille": "percent", "basis_point": "percentage_point"}


def matched(printed: str, at: int = 1) -> tuple[str, int] | None:
    cased = fold(protect(printed), lower=False).text
    found = match_unit(cased.lower(), cased, at)
    return (found.unit.id, found.end) if found else None


@pytest.mark.parametrize("entry", UNITS, ids=lambda entry: entry["id"])
def test_every_unit_name_of_the_lexicon_is_matched(entry: dict[str, object]) -> None:
    wanted = MERGED.get(str(entry["id"]), entry["id"])
    names = [*entry.get("zh", ()), *entry.get("en", ()), *entry.get("symbols", ())]  # type: ignore[misc]
    assert names
    for name in names:
        printed = f"7{name}"
        folded = fold(protect(printed), lower=False).text
        assert matched(printed) == (wanted, len(folded)), name


@pytest.mark.parametrize("entry", CURRENCIES, ids=lambda entry: entry["code"])
def test_every_currency_name_and_sign_of_the_lexicon_is_matched(entry: dict[str, object]) -> None:
    code = str(entry["code"])
    for name in (code, *entry.get("zh", ()), *entry.get("en", ())):  # type: ignore[misc]
        folded = fold(f"7{name}", lower=False).text
        assert matched(f"7{name}") == (code, len(folded)), name
    for name, part in {**entry.get("subunits", {}), **entry.get("subunit_symbols", {})}.items():  # type: ignore[dict-item]
        cased = f"7{name}"
        found = match_unit(cased.lower(), cased, 1)
        assert found is not None, name
        assert (found.unit.id, found.times) == (code, Decimal(part)), name
    for key, language in (
        ("signs", Language.EN),
        ("signs_zh", Language.ZH),
        ("signs_en", Language.EN),
        ("prefix", Language.ZH),
    ):
        for sign in entry.get(key, ()):  # type: ignore[attr-defined]
            folded = fold(sign, lower=False).text.lower()
            assert folded in currency_prefixes()
            assert sign_currency(folded, language) == code, sign


@pytest.mark.parametrize("code", ["USD", "CHF", "NGN", "PLN", "ISK", "KES", "CLP", "HUF"])
def test_iso_4217_codes_are_known_beyond_the_lexicon(code: str) -> None:
    assert matched(f"7 {code}", 2) == (code, 5)
    assert unit(code) is not None


def test_upper_and_lower_case_tell_symbols_apart() -> None:
    assert matched("5MW") == ("MW", 3)
    assert matched("5mg") == ("mg", 3)
    assert matched("5GT") == ("GT", 3)
    assert matched("5gt") is None


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("2", "week", "day", "14"),
        ("3.5", "year", "month", "42"),
        ("62", "mile", "km", "99.779328"),
        ("1", "tonne", "kg", "1000"),
        ("0", "°C", "°F", "32"),
        ("1", "GWh", "MWh", "1000"),
    ],
)
def test_conversion_inside_a_dimension(value: str, source: str, target: str, result: str) -> None:
    converted = convert(Decimal(value), source, target)
    assert converted is not None
    assert abs(converted - Decimal(result)) < Decimal("0.000001")


@pytest.mark.parametrize(("source", "target"), [("USD", "CNY"), ("kg", "m"), ("USDT", "BTC")])
def test_there_is_no_way_between_currencies_or_dimensions(source: str, target: str) -> None:
    assert convert(Decimal(1), source, target) is None


@pytest.mark.parametrize(
    ("printed", "language", "normal"),
    [
        ("3000亿美元", Language.EN, "US$300 billion"),
        ("3000亿美元", Language.ZH, "3000亿美元"),
        ("$300bn", Language.ZH, "3000亿美元"),
        ("6个基点", Language.EN, "6 basis points"),
        ("25 bps", Language.ZH, "25个基点"),
        ("1.2个百分点", Language.EN, "1.2 percentage points"),
        ("逾6个基点", Language.EN, "more than 6 basis points"),
        ("约3000亿美元", Language.EN, "about US$300 billion"),
        ("近9%", Language.EN, "nearly 9%"),
        ("增长十倍", Language.EN, "ten times"),
        ("10倍", Language.ZH, "10倍"),
        ("3.27倍", Language.EN, "3.27 times"),
        ("数十个国家", Language.EN, "10 to 99 countries"),
        ("at least 17 people", Language.ZH, "至少17人"),
        ("10年期国债", Language.EN, "10-year"),
        ("10-year Treasury", Language.ZH, "10年期"),
        ("1.2-1.5万亿元", Language.EN, "1.2 trillion to 1.5 trillion yuan"),
        ("三分之二", Language.EN, "2/3"),
        ("two-thirds", Language.ZH, "三分之二"),
        ("6.81 trillion rupees", Language.ZH, "6.81万亿印度卢比"),
        ("5000 USDT", Language.EN, "5,000 USDT"),
        ("35岁", Language.EN, "35 years old"),
        ("100公里", Language.EN, "100 kilometres"),
        ("2.3 million tonnes", Language.ZH, "230万吨"),
        ("第47届", Language.EN, "47th"),
        ("三个月", Language.EN, "3 months"),
        ("50GWh", Language.EN, "50 gigawatt-hours"),
    ],
)
def test_figures_have_a_normal_form_in_either_language(
    printed: str, language: Language, normal: str
) -> None:
    (figure,) = find_figures(printed)
    assert format_figure(figure, language) == normal


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("2025-11-05", "2025年11月5日", "November 5, 2025"),
        ("XXXX-11-05", "11月5日", "November 5"),
        ("2025-11", "2025年11月", "November 2025"),
        ("2025", "2025年", "2025"),
        ("2025-Q3", "2025年第三季度", "third quarter of 2025"),
        ("2025-H1", "2025年上半年", "first half of 2025"),
        ("2025-22", "2025年夏季", "summer 2025"),
        ("199X", "1990年代", "1990s"),
        ("FY2025", "2025财年", "fiscal 2025"),
        ("2023/2025", "2023年至2025年", "2023 to 2025"),
        (
            "2026-01-08T16:00+08:00",
            "2026年1月8日16:00 (UTC+08:00)",
            "16:00 on January 8, 2026 (UTC+08:00)",
        ),
    ],
)
def test_periods_are_printed_in_either_language(period: str, chinese: str, english: str) -> None:
    assert format_period(period, Language.ZH) == chinese
    assert format_period(period, Language.EN) == english


def test_a_date_figure_prints_its_period() -> None:
    (figure,) = find_figures("11月5日", reference_date=date(2025, 12, 1))
    assert figure.dimension is Dimension.DATE
    assert format_figure(figure, Language.EN) == "November 5, 2025"
    assert figure.qualifier is Qualifier.EXACT


@pytest.mark.parametrize("name", ["no_such_file", "../types"])
def test_a_lexicon_file_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(LexiconError, match="no such file"):
        lexicon.load(name)


def test_a_lexicon_entry_that_is_not_well_formed_is_named() -> None:
    with pytest.raises(LexiconError, match=r"units.toml: \[\[unit\]\] number 1 lacks colour"):
        list(lexicon.entries("units", "unit", ("colour",)))
    with pytest.raises(LexiconError, match="expected a list of words"):
        lexicon.words("units", "unit", "zh")
    with pytest.raises(LexiconError, match=r"expected a table \[unit\]"):
        lexicon.section("units", "unit")


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("XXX9-12-31", "本十年末", "the end of the decade"),
        ("2029-12-31", "2029年12月31日", "December 31, 2029"),
        ("XXXX-11-05", "11月5日", "November 5"),
        ("XXXX-04", "4月", "April"),
        ("199X", "1990年代", "1990s"),
    ],
)
def test_a_period_without_its_year_is_still_told(period: str, chinese: str, english: str) -> None:
    assert format_period(period, Language.ZH) == chinese
    assert format_period(period, Language.EN) == english


def test_a_unit_of_the_lexicon_is_the_same_with_and_without_the_names_of_cldr() -> None:
    code = (
        "import sys\n"
        "from kaoju.units import currency_prefixes, unit\n"
        "names = ('USD', 'NOK', 'km', 'person', '')\n"
        "before = [unit(name) for name in names]\n"
        "print('babel' in sys.modules, [u and u.zh for u in before])\n"
        "currency_prefixes()\n"
        "print('babel' in sys.modules, [unit(name) for name in names] == before)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    told = ["False ['美元', '挪威克朗', '公里', None, None]", "True True"]
    assert ran.stdout.splitlines() == told


def test_a_currency_that_cldr_alone_names_is_a_unit() -> None:
    assert not any(entry["code"] == "ISK" for entry in CURRENCIES)
    found = unit("ISK")
    assert found is not None
    assert (found.dimension, found.zh) == (Dimension.MONEY, "冰岛克朗")
