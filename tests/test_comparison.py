"""Comparison: each named rule decides where it should, in either order, and nowhere else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoju.comparison import Band, compare_figures, parameter, period_matches, rules
from kaoju.errors import LexiconError
from kaoju.figures import find_figures
from kaoju.types import Agreement, Dimension, Figure, Qualifier, Span

SAME, COMPATIBLE = Agreement.SAME, Agreement.COMPATIBLE
DIFFERENT, INCOMPARABLE = Agreement.DIFFERENT, Agreement.INCOMPARABLE


def figure(text: str) -> Figure:
    """The figure of a text: the only one, or the one between two bars."""
    inside = text.split("|")
    plain = text.replace("|", "")
    found = find_figures(plain)
    if len(inside) == 1:
        assert len(found) == 1, found
        return found[0]
    start = len(inside[0])
    return next(f for f in found if f.span.start == start)


CASES = [
    # first, second, relation, rule
    ("3000亿美元", "$300bn", SAME, "equal"),
    ("30万亿美元", "$29.8 trillion", COMPATIBLE, "rounding"),
    ("30万亿美元", "$29.4 trillion", DIFFERENT, "value"),
    ("4.18%", "4.2%", COMPATIBLE, "rounding"),
    ("4.18%", "4.3%", DIFFERENT, "value"),
    ("17人死亡", "18 people were killed", DIFFERENT, "value"),
    ("两周", "14 days", SAME, "equal"),
    ("三个月", "90 days", COMPATIBLE, "rounding"),
    ("约3000亿美元", "$298bn", COMPATIBLE, "about"),
    ("约3000亿美元", "3000亿美元", COMPATIBLE, "about"),
    ("about $300 billion", "约3000亿美元", SAME, "equal"),
    ("about $300 billion", "$400 billion", DIFFERENT, "outside_about"),
    ("近百人受伤", "97 people were hurt", COMPATIBLE, "nearly"),
    ("近百人受伤", "100 people were hurt", DIFFERENT, "excluded"),
    ("近百人受伤", "70 people were hurt", DIFFERENT, "outside_bound"),
    ("近百人受伤", "101 people were hurt", DIFFERENT, "outside_bound"),
    ("逾5万亿美元", "$5.03 trillion", COMPATIBLE, "bound"),
    ("逾5万亿美元", "$5 trillion", DIFFERENT, "excluded"),
    ("逾5万亿美元", "$9 trillion", DIFFERENT, "outside_bound"),
    ("至少17人死亡", "17 people were killed", COMPATIBLE, "bound"),
    ("至少17人死亡", "30 people were killed", COMPATIBLE, "bound"),
    ("至少17人死亡", "12 people were killed", DIFFERENT, "outside_bound"),
    ("不超过200万美元", "$1.85 million", COMPATIBLE, "bound"),
    ("不超过200万美元", "$2.5 million", DIFFERENT, "outside_bound"),
    ("不足一成", "fewer than 10%", SAME, "equal"),
    ("逾6万亿元", "nearly 6 trillion yuan", DIFFERENT, "outside_bound"),
    ("数十个国家", "forty-seven countries", COMPATIBLE, "vague"),
    ("数十个国家", "120 countries", DIFFERENT, "outside_bound"),
    ("数百万人", "millions of people", SAME, "equal"),
    ("1.2-1.5万亿元", "1.3 trillion yuan", COMPATIBLE, "range"),
    ("1.2-1.5万亿元", "1.7 trillion yuan", DIFFERENT, "outside_range"),
    ("120亿元至150亿元", "12 billion to 50 billion yuan", DIFFERENT, "range_ends"),
    ("120亿元至150亿元", "12 billion to 15 billion yuan", SAME, "equal"),
    ("上涨6个基点", "rose 0.06 percentage point", SAME, "equal"),
    ("上涨6个基点", "rose 0.6 percentage point", DIFFERENT, "value"),
    ("上升0.5个百分点", "rose by 0.5 percent", INCOMPARABLE, "percent_and_points"),
    ("50万吨", "500,000 tonnes", SAME, "equal"),
    ("50万吨", "50 million tonnes", DIFFERENT, "value"),
    ("约100公里", "about 62 miles", COMPATIBLE, "about"),
    ("工期三年半", "42 months", SAME, "equal"),
    ("3‰", "0.3%", SAME, "equal"),
    ("三分之一", "a third", SAME, "equal"),
    ("两成", "a fifth of firms", SAME, "equal"),
    ("0.35港元", "0.35 yuan", INCOMPARABLE, "currency"),
    ("100 USDT", "100 BTC", INCOMPARABLE, "currency"),
    ("2美元", "2%", INCOMPARABLE, "dimension"),
    ("500万吨", "5 million barrels", INCOMPARABLE, "dimension"),
    ("30摄氏度", "30 degrees Fahrenheit", INCOMPARABLE, "scale"),
    ("营收上涨3.4%", "revenue fell 3.4%", DIFFERENT, "direction"),
    ("由|18.65%降至17.65%", "rose to |18.65% from 17.65%", DIFFERENT, "from_and_to"),
    ("成交额增加300亿元", "turnover rose to 30 billion yuan", INCOMPARABLE, "level_and_change"),
    ("规模增长十倍", "the size grew tenfold", SAME, "equal"),
    ("规模增长10倍", "the size grew 11-fold", COMPATIBLE, "growth_reading"),
    ("规模增长10倍", "the size grew by 10%", DIFFERENT, "value"),
    ("营收增长两倍", "revenue doubled", DIFFERENT, "value"),
    ("利润翻两番", "profit quadrupled", SAME, "equal"),
    ("八折", "20% off", SAME, "equal"),
    ("八折", "80% off", DIFFERENT, "value"),
    ("10辆汽车", "10 countries", INCOMPARABLE, "unit"),
    ("裁员约1.4万人", "cut 13,800 jobs", COMPATIBLE, "about"),
    ("2025年11月5日", "November 5, 2025", SAME, "equal"),
    ("2025年11月5日", "November 2025", COMPATIBLE, "period_within"),
    ("2025年11月5日", "November 6, 2025", DIFFERENT, "date"),
    ("2025年第三季度", "August 2025", COMPATIBLE, "period_within"),
    ("2026年1月8日16:00（UTC+8）", "08:00 UTC on January 8, 2026", SAME, "zone"),
    ("2026年1月8日16:00（UTC+8）", "16:00 UTC on January 8, 2026", DIFFERENT, "date"),
    ("2024年出口增长|5.9%", "exports grew |5.9% in 2025", DIFFERENT, "period"),
    ("2025年11月", "11 percent", INCOMPARABLE, "dimension"),
    ("营收增长100%", "revenue doubled", SAME, "equal"),
    ("规模增长了3倍", "sales rose 300%", SAME, "equal"),
    ("规模增长了3倍", "it grew to 3 times the size", DIFFERENT, "value"),
    ("规模增长到3倍", "it grew to 3 times the size", SAME, "equal"),
    ("利润翻番", "profit rose 100%", SAME, "equal"),
    ("利润增长一倍", "profit doubled", SAME, "equal"),
    ("股价腰斩", "shares fell 50%", SAME, "equal"),
    ("股价腰斩", "shares fell 30%", DIFFERENT, "value"),
    ("出口下降3%", "exports growth was |-3%", SAME, "equal"),
    ("出口增长3%", "exports growth was |-3%", DIFFERENT, "direction"),
    ("失业率升至4.3%", "unemployment rose 4.3%", INCOMPARABLE, "level_and_change"),
    ("失业率升至4.3%", "unemployment is 4.3%", SAME, "equal"),
    ("逾5万亿元", "over 6 trillion yuan", DIFFERENT, "outside_bound"),
    ("逾5万亿元", "over 5.02 trillion yuan", COMPATIBLE, "bound"),
    ("至少17人死亡", "at least 30 people were killed", DIFFERENT, "outside_bound"),
    ("60岁以上", "aged over 60", COMPATIBLE, "bound"),
    ("不到3%", "3%", DIFFERENT, "excluded"),
    ("3%至5%", "4% to 9%", DIFFERENT, "range_ends"),
    ("25个基点", "a quarter of a percentage point", SAME, "equal"),
    ("降息一码", "cut rates by 25bp", SAME, "equal"),
    ("3000万元", "300万元", DIFFERENT, "value"),
    ("3.5万吨", "35,000 tonnes", SAME, "equal"),
    ("500公斤", "half a tonne", SAME, "equal"),
    ("30摄氏度", "86 degrees Fahrenheit", SAME, "equal"),
    ("比分3比1，战胜对手", "City beat United 3-1", SAME, "equal"),
    ("比分3比1，战胜对手", "City beat United 3-2", DIFFERENT, "value"),
    ("2026年1月26日24:00（UTC+8）", "00:00 on January 27, 2026 (UTC+8)", SAME, "zone"),
    ("2026年1月8日16:00至1月26日24:00（UTC+8）", "16:00 on January 8, 2026 (UTC+8)", COMPATIBLE,
     "period_within"),
    ("2026年1月8日16:00至1月26日24:00（UTC+8）", "16:00 on January 9, 2026 (UTC+8)", DIFFERENT,
     "date"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "relation", "rule"), CASES)
def test_each_rule_decides(first: str, second: str, relation: Agreement, rule: str) -> None:
    one, other = figure(first), figure(second)
    for a, b in ((one, other), (other, one)):
        found = compare_figures(a, b)
        assert (found.relation, found.rule) == (relation, rule), found.reason
        assert a.surface in found.reason
        assert b.surface in found.reason


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {rule for *_, rule in CASES} == set(rules())


def test_difference_and_factor_are_in_the_units_of_the_first() -> None:
    found = compare_figures(figure("5000亿元"), figure("520 billion yuan"))
    assert found.difference == Decimal(20_000_000_000)
    assert found.factor == Decimal("1.04")
    assert compare_figures(figure("2美元"), figure("2元")).difference is None


def test_a_factor_of_ten_is_told_whichever_way_the_numbers_are_written() -> None:
    claim, source = figure("3000亿美元"), figure("$3 trillion")
    assert compare_figures(claim, source).factor == 10
    assert compare_figures(source, claim).factor == Decimal("0.1")
    assert compare_figures(figure("6个百分点"), figure("6 basis points")).factor == Decimal("0.01")


def test_the_difference_is_the_source_less_the_claim() -> None:
    assert compare_figures(figure("4.5%"), figure("4.2%")).difference == Decimal("-0.3")
    assert compare_figures(figure("35,000 tonnes"), figure("3.6万吨")).difference == 1000


def test_a_parameter_that_is_not_there_is_named() -> None:
    assert parameter("about_band") == Decimal("0.05")
    with pytest.raises(LexiconError, match="parameter sense"):
        parameter("sense")


@pytest.mark.parametrize(
    ("one", "other", "matches"),
    [
        ("2025", "2025-11", True),
        ("2025-Q3", "2025-08", True),
        ("2025-H2", "2025-Q3", True),
        ("2025-Q3", "2025-10", False),
        ("XXXX-Q3", "XXXX-Q2", False),
        ("XXXX-11-05", "2025-11-05", True),
        ("2024", "2025", False),
        ("2025-01/2025-11", "2025-03", True),
        ("199X", "1995", True),
        ("199X", "2005", False),
        ("2025-22", "2025-07", True),
        ("2025-22", "2025-09", False),
        ("FY2025", "2025", True),
        ("FY2025", "2022", False),
    ],
)
def test_periods_match_when_one_lies_in_the_other(one: str, other: str, matches: bool) -> None:
    assert period_matches(one, other) is matches
    assert period_matches(other, one) is matches


def test_a_band_knows_its_open_ends() -> None:
    band = Band(Decimal(1), Decimal(2), open_low=True)
    assert not band.allows(Decimal(1))
    assert band.allows(Decimal(2))
    assert not Band(None, Decimal(1)).meets(band)
    assert Band(None, Decimal("1.5")).meets(band)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    value = Decimal(draw(st.integers(-50, 5000))) / 10
    upper = value + draw(st.integers(0, 50))
    return Figure(
        span=Span(0, 3),
        surface="abc",
        value=value,
        unit=draw(st.sampled_from(["USD", "CNY"])),
        dimension=Dimension.MONEY,
        upper=draw(st.sampled_from([None, upper])),
        precision=draw(st.sampled_from([None, Decimal("0.05"), Decimal("0.5")])),
        qualifier=draw(st.sampled_from(list(Qualifier))),
        period=draw(st.sampled_from([None, "2025", "2025-Q1", "2024"])),
    )


@given(figures(), figures())
def test_relation_and_rule_do_not_depend_on_the_order(first: Figure, second: Figure) -> None:
    one, other = compare_figures(first, second), compare_figures(second, first)
    assert (one.relation, one.rule) == (other.relation, other.rule)


@given(figures())
def test_a_figure_agrees_with_itself(figure: Figure) -> None:
    assert compare_figures(figure, figure).relation is Agreement.SAME


def test_a_term_in_months_is_one_in_years() -> None:
    (months,) = find_figures("running for more than 12 months")
    (year,) = find_figures("期限超过1年的美债")
    assert compare_figures(months, year).relation is Agreement.SAME
