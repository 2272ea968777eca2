"""When numbers hold, by the words beside the dates of their sentence."""

from __future__ import annotations

from datetime import date

import pytest

from kaoju import time_words
from kaoju.figures import find_figures
from kaoju.types import Dimension

DAY = date(2026, 2, 24)
_TIMED = (Dimension.DATE, Dimension.DURATION, Dimension.TENOR)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # What another is held against has a date of its own.
        (
            "In 2025 it counted 12 visitors, against 13 in 2024, and took in $16.8 million.",
            ["2025", "2024", "2025"],
        ),
        ("It sold more than 300 cars in 2024, and took in $16 million.", ["2024", "2024"]),
        ("2025年相差15.1%，高于2024年的14.2%，女性占28%。", ["2025", "2024", "2025"]),
        ("At 3.92%, 18 basis points more than at the auction in September.", [None, None]),
        ("Exports were up 3.2% from a year earlier in September.", ["2025-09"]),
        # What came from something, or began or ended at a date.
        ("In May 2025 it fell to 4.7% from 5.0%.", ["2025-05", None]),
        ("It fell from the 5.0% of April 2025 to 4.7%.", ["2025-04", None]),
        ("2025年8月失业率由7月的5.0%降至4.7%。", ["2025-07", None]),
        ("为2021年5月问世以来最低，40小时后回到1美元。", [None]),
        ("It was its lowest since its launch in May 2021, and it fell 12%.", [None]),
        ("The dividend, due in October, will go up from 18 pence to 19.5 pence.", [None, None]),
        ("活动11月21日结束，花费4100万元。", [None]),
        ("It is to end on November 21 and to cost $41 million.", [None]),
        ("It raised the buyback to £50 million and extended it to March 2027.", [None]),
        ("Output was 2.6% above the previous year's level.", [None]),
        ("It is half as large again as last year's.", [None]),
        ("在2025年5月结束的季度，利润为3亿元。", ["2025-05"]),
        ("Sales grew 5% between 2015 and 2025.", ["2015/2025"]),
        # A quarter told by its place alone.
        (
            "It made $4 million in the first quarter of 2026, after $9 million in the fourth.",
            ["2026-Q1", "2025-Q4"],
        ),
        (
            "In the second quarter of 2025 it fell to 4%, from 5% in the first.",
            ["2025-Q2", "2025-Q1"],
        ),
        ("In May 2025 it came second with 4%, and 5% in the first.", ["2025-05", "2025-05"]),
        # A clause with a time of its own.
        ("2025年相差15.1%，前一年还差16.8%。", ["2025", "2024"]),
        ("2025年增长15.1%，比前一年多3%。", ["2025", "2025"]),
        ("It had €74 million in January, and €80 million two months earlier.", ["2026-01", None]),
        ("In March it sold 30 cars, a year earlier it had sold 20.", ["2026-03", "2025-03"]),
        ("Exports rose 9% in May, after the 7.1% of the two months before.", ["2026-05", None]),
        (
            "It took 18,700 in December, compared with 22,300 in the same month of 2024.",
            ["2025-12", "2024-12"],
        ),
        ("He, who had spoken of 7% in April, now reckons on 5%.", ["2026-04", None]),
        ("一季度净亏损1.1亿元，上年同期盈利2.3亿元。", ["2026-Q1", "2025-Q1"]),
        # What is planned for a day, and what came before.
        ("新机定于4月10日上市，每台售价46.8万元。", [None]),
        ("新机4月10日上市，每台售价46.8万元。", ["2026-04-10"]),
        ("It has 61 billion of what it means to borrow in 2025, or 82%.", ["2025", None]),
        ("It has £26 million of coats left after the mildest December on record.", [None]),
        ("为平抑物价，2026年6月30日之前出口400万吨。", [None]),
        ("云门山去年四季度来了138万人。", ["2025-Q4"]),
        # The day of the saying is no number's.
        (
            "It sold 216 cars in January and February, it said on February 19: 93 cars in Asia.",
            ["2026-01/2026-02", "2026-01/2026-02"],
        ),
        ("No month of 2025 was busier than December, with 407 parcels.", ["2025-12"]),
        # What something is counted from, and a change told with where it led.
        (
            "It was the worst day since its start in 2017, but sales rose 4% to $8 million in May.",
            ["2026-05", "2026-05"],
        ),
        ("Sales rose 4% in April, to $8 million in May.", ["2026-04", "2026-05"]),
        ("In 2025 it did better than in December, with 407 parcels.", ["2025"]),
        ("2025年没有哪个月比12月更忙，投递4.07亿件。", ["2025-12"]),
    ],
)
def test_a_number_holds_when_the_words_beside_the_dates_say(
    text: str, periods: list[str | None]
) -> None:
    figures = find_figures(text, reference_date=DAY)
    assert [f.period for f in figures if f.dimension not in _TIMED] == periods


def test_a_year_told_of_another_number_does_not_date_a_month_without_one() -> None:
    text = "It had sales of €2 million in 2024 and debt of €6 million at the end of June."
    assert find_figures(text)[-1].period == "XXXX-06-30"
    assert find_figures("In 2024 it sold 3 cars, and 4 in June.")[-1].period == "2024-06"


def test_one_month_is_picked_by_what_it_was() -> None:
    assert time_words.picks_a_month("its busiest month of 2025, with")
    assert time_words.picks_a_month("去年夏天最旺的那个月,")
    assert not time_words.picks_a_month("in the last month it sold")
    assert not time_words.picks_a_month("最近三个月")
