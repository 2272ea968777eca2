"""Two times that are told without a date: a year earlier, and what is still to come."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import told
from kaoju.tenses import of_other_time

DAY = date(2026, 5, 8)
ZH = "公司二季度利润为8亿元，去年同期利润为6亿元。"
EN = "It earned 8 million dollars in the second quarter, twice the 4 million of a year earlier."


@pytest.mark.parametrize(
    ("draft", "article", "at", "other"),
    [
        ("公司二季度利润为6亿元。", ZH, -1, True),
        ("公司二季度利润为8亿元。", ZH, 1, False),
        ("去年二季度，公司利润为6亿元。", ZH, -1, False),
        ("去年二季度，公司利润为8亿元。", ZH, 1, True),
        ("In the second quarter it earned 4 million dollars.", EN, -1, True),
        ("In March the margin was 31%.", "The margin fell from 36% in March to 31%.", -1, True),
        ("In March the margin was 36%.", "The margin fell from 36% in March to 31%.", 0, False),
        ("The well now yields 900 barrels.", "It should yield 900 barrels by the end.", -1, True),
        ("The well will yield 900 barrels.", "It should yield 900 barrels by the end.", -1, False),
        ("The well now yields 900 barrels.", "It yields 900 barrels.", -1, False),
    ],
)
def test_a_year_earlier_and_what_is_expected_are_other_times(
    draft: str, article: str, at: int, other: bool
) -> None:
    assert of_other_time(told(draft), told(article, at=at, day=DAY)) is other


@pytest.mark.parametrize(
    ("draft", "article", "other"),
    [
        ("一季度销量为8万台。", "公司预计全年销量为36万台。", True),
        ("公司预计全年销量为36万台。", "一季度销量为8万台。", True),
        ("公司预计全年销量为36万台。", "公司全年销量将达到36万台。", False),
        ("In the first quarter sales were 80,000.", "Sales for the year may be 80,000.", True),
        ("It sees 90,000 sales for the year.", "In May it had forecast 90,000 sales.", False),
    ],
)
def test_a_whole_year_is_no_part_of_one(draft: str, article: str, other: bool) -> None:
    assert of_other_time(told(draft), told(article, day=DAY)) is other


@pytest.mark.parametrize(
    ("newest", "other"),
    [(None, True), (date(2026, 11, 2), True), (date(2027, 2, 3), False)],
)
def test_last_year_counts_from_the_newest_article(newest: date | None, other: bool) -> None:
    draft = told("去年二季度，公司利润为8亿元。")
    assert of_other_time(draft, told(ZH, at=1, day=DAY), newest) is other
