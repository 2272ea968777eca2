"""Two figures that a draft's words name, and such as they do not."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import paired, told
from kaoju.ends import are_ends, are_parts, ends_of
from kaoju.frames import Frame
from kaoju.meant import is_level_of_difference, named_sum
from kaoju.reckoned import Source, reckoned
from kaoju.types import Status

DAY = date(2026, 2, 12)
HOMES = "Work began on 11,400 homes in September 2025, compared with 14,900 in September 2024."
JOBS = "The plant will now close in June, and 520 jobs will go rather than 640."
RENTS = "卡斯特雷的平均租金为每平方米18.4弗罗林,布林茅斯为每平方米13.9弗罗林。"
RIVAL = "卡斯特雷的平均租金为每平方米18.4弗罗林,布林茅斯的对手奥斯特为每平方米13.9弗罗林。"
LOSS = "苏垣净亏损由上年同期的1.12亿元收窄到7400万元。"
TOKENS = "2026年一季度销毁1580万枚代币,2025年四季度销毁1260万枚代币。"
RATES = "Inflation was 3.1% in March 2026 and 3.4% in February 2026."
SOLD = "Orlen sold 300 boats in May 2025, compared with 250 boats in May 2024."
BUILT = "Orlen sold 300 boats in May 2025 and built 250 boats in May 2024."
BRIEF = "In May 2025 Orlen sold 300 boats and a year earlier built 250."
SOLD_ZH = "奥伦公司2025年5月售出300艘船,高于2024年5月的250艘。"
BUILT_ZH = "奥伦公司2025年5月售出300艘船,2024年5月建造250艘船。"
ARREARS = "The vacancy rate was 3.1% in May 2025, and the arrears rate was 3.4% in May 2024."
ADDED = "The plant will now close in June, and 520 jobs will go rather than add 640 jobs."


BACKLOG = (
    "The backlog of orders was 580 boats on March 31, 2025. "
    "On June 30, 2025 the backlog of orders was 630 boats"
)
ORDERS = "Orders were 580 boats in March 2025. In June 2025 orders were 630 boats"


def _numbers(text: str) -> list[Frame]:
    """The figures of an article with a value that is no date, in order."""
    frames = []
    for sentence in text.split(". "):
        at = 0
        while True:
            try:
                one = told(sentence, at=at, article="a", day=DAY)
            except IndexError:
                break
            if one.figure.value is not None:
                frames.append(one)
            at += 1
    return frames


@pytest.mark.parametrize(
    ("draft", "article", "so"),
    [
        ("Builders started 3,500 fewer homes in September 2025 than a year earlier.", HOMES, True),
        ("Builders started 3,500 more homes in September 2025 than a year earlier.", HOMES, False),
        ("Builders started 3,500 fewer homes in August 2025 than a year earlier.", HOMES, False),
        ("Builders started 3,500 fewer homes in September 2025 than a month ago.", HOMES, False),
        ("The plant will cost 120 fewer jobs than first announced.", JOBS, True),
        ("The plant will cost 120 more jobs than first announced.", JOBS, False),
        ("The plant will cost 120 fewer jobs than a year earlier.", JOBS, False),
        # Within a quarter or a half, from the day before it to its last.
        ("The backlog of orders grew by 50 boats in the second quarter of 2025.", BACKLOG, True),
        ("The backlog of orders grew by 50 boats in the first quarter of 2025.", BACKLOG, False),
        ("The backlog of orders shrank by 50 boats in the second quarter of 2025.", BACKLOG, False),
        ("Orders grew by 50 boats in the second quarter of 2025.", ORDERS, False),
        ("卡斯特雷的房租每平方米比布林茅斯贵4.5弗罗林。", RENTS, True),
        ("布林茅斯的房租每平方米比卡斯特雷贵4.5弗罗林。", RENTS, False),
        ("卡斯特雷的房租每平方米比布林茅斯便宜4.5弗罗林。", RENTS, False),
        ("卡斯特雷的房租每平方米比奥斯特贵4.5弗罗林。", RENTS, False),
        ("卡斯特雷的房租每平方米比布林茅斯贵4.5弗罗林。", RIVAL, False),
        ("苏垣比上年同期少亏3800万元。", LOSS, True),
        ("苏垣比上年同期多亏3800万元。", LOSS, False),
        ("苏垣比上季度少亏3800万元。", LOSS, False),
        ("2026年一季度的代币销毁量比前一季多了320万枚。", TOKENS, True),
        ("2026年一季度的代币销毁量比前一季少了320万枚。", TOKENS, False),
        ("2026年一季度的代币销毁量比上年同期多了320万枚。", TOKENS, False),
        ("Inflation slowed by 0.3 percentage points from February to March 2026.", RATES, True),
        ("Inflation rose by 0.3 percentage points from February to March 2026.", RATES, False),
        ("Inflation slowed by 0.3 percentage points from January to March 2026.", RATES, False),
        ("Orlen sold 50 more boats in May 2025 than a year earlier.", SOLD, True),
        ("Orlen sold 50 more boats in May 2025 than a year earlier.", BUILT, False),
        ("Vacancies were 0.3 percentage points lower in May 2025 than a year ago.", ARREARS, False),
        ("奥伦公司2025年5月比去年同期多卖50艘船。", SOLD_ZH, True),
        ("奥伦公司2025年5月比去年同期多卖50艘船。", BUILT_ZH, False),
        ("Orlen sold 50 more boats in May 2025 than a year earlier.", BRIEF, False),
        ("苏垣比上年同期多赚3800万元。", "苏垣净利润1.12亿元,上年同期为7400万元。", True),
        ("苏垣比上年同期多赚3800万元。", "苏垣净利润1.12亿元,上年同期亏损7400万元。", False),
        ("The plant will cost 120 fewer jobs than first announced.", ADDED, False),
        # A bound is nothing that a number is set against.
        ("In 2025, 3,500 homes with more than 5 rooms were begun.", HOMES, False),
    ],
)
def test_a_difference_is_of_the_owners_and_times_that_a_draft_names(
    draft: str, article: str, so: bool
) -> None:
    claim = _numbers(draft)[0]
    ends = ends_of(claim)
    one, other = _numbers(article)
    assert (ends is not None and are_ends(claim, ends, one, other)) is so


@pytest.mark.parametrize(
    ("draft", "so"),
    [
        ("今年头两个月接待游客76.3万人次。", True),
        ("今年头三个月接待游客76.3万人次。", False),
        ("今年头两个月接待游客增加76.3万人次。", False),
    ],
)
def test_two_months_are_put_together_where_a_draft_tells_of_both(draft: str, so: bool) -> None:
    one, other = _numbers("2026年1月游客为39.5万人次,2026年2月游客为36.8万人次。")
    claim = _numbers(draft)[0]
    assert are_parts(claim, one, other) is so


@pytest.mark.parametrize(
    ("draft", "article", "so"),
    [
        ("Orlen sold 500 boats in January and February 2025.", "sold 300 boats", True),
        ("Orlen had 500 visitors in January and February 2025.", "had 300 visitors", True),
        ("Orlen had 500 workers in January and February 2025.", "had 300 workers", False),
        ("Orlen hired 500 workers in January and February 2025.", "had 300 workers", False),
        ("Orlen paid an average of $500 in January and February 2025.", "paid $300", False),
    ],
)
def test_how_much_there_was_in_two_months_is_not_put_together(
    draft: str, article: str, so: bool
) -> None:
    more = article.replace("300", "200").partition(" ")[2]
    one, other = _numbers(f"Orlen {article} in January 2025 and {more} in February 2025.")
    assert are_parts(_numbers(draft)[0], one, other) is so


def test_workers_of_two_months_are_not_put_together_in_chinese() -> None:
    one, other = _numbers("奥伦公司2025年1月有员工300人,2025年2月有员工280人。")
    assert not are_parts(_numbers("奥伦公司2025年前两个月有员工580人。")[0], one, other)


@pytest.mark.parametrize(
    ("article", "so"),
    [
        ("Papaver employs 5,000 people.", True),
        ("Papaver Group employs 5,000 people.", True),
        ("Papaver employs 5,000 people in Germany alone.", False),
        ("Papaver employs 5,000 people in Germany.", False),
        ("Papaver's rival Ostrum employs 5,000 people.", False),
        ("Ostrum, close to Papaver, employs 5,000 people.", False),
    ],
)
def test_whose_a_figure_is_is_not_told_by_a_clause_of_a_part_or_of_a_third(
    article: str, so: bool
) -> None:
    claim = told("Cedarline employs 4,000 more people than Papaver.")
    ends = ends_of(claim)
    one = told("Cedarline employs 9,000 people.", article="a")
    other = told(article, article="a")
    assert ends is not None
    assert are_ends(claim, ends, one, other) is so


def test_two_owners_figures_that_only_follow_each_other_make_no_difference() -> None:
    claim = told("Cedarline employs 4,000 more people than Papaver.")
    ends = ends_of(claim)
    one = told("Cedarline employs 9,000 people.", article="a")
    other = told("Papaver treated 5,000 people after the flood.", article="a")
    assert ends is not None
    assert not are_ends(claim, ends, one, other)


def test_what_the_named_figures_do_not_make_no_others_make() -> None:
    text = "Egret held 51.3 billion dollars of funds and Cedarline 50.9 billion dollars of funds."
    text += " Bonds were 18.9 billion dollars and shares 18.4 billion dollars."
    first, second = (s.strip() for s in text.split("funds. "))
    named = [told(f"{first} funds.", at=at, article="a") for at in (0, 1)]
    others = [told(second, at=at, article="a") for at in (0, 1)]
    sources = [Source(named, 0.0), Source(others, 0.0)]
    right = told("Egret was 400 million dollars ahead of Cedarline in funds.")
    (found,) = reckoned(right, sources, lambda *_: 0.5)
    assert found[1].reckoned is not None
    assert found[1].reckoned.named
    wrong = told("Egret was 500 million dollars ahead of Cedarline in funds.")
    assert not reckoned(wrong, sources, lambda *_: 0.5)


def test_named_figures_support_where_their_sentence_is_surely_the_drafts() -> None:
    claim = _numbers("Builders started 3,500 fewer homes in September 2025 than a year earlier.")[0]
    parts = _numbers(HOMES)
    ((_, made),) = reckoned(claim, [Source(parts, 0.0)], lambda *_: 0.01)
    sums = [paired(claim, made, sure=0.3)]
    found = named_sum(sums, [paired(claim, parts[0], sure=0.8)])
    assert found is not None
    assert (found.status, found.rule) == (Status.SUPPORTED, "reckoned")
    assert named_sum(sums, [paired(claim, parts[0], sure=0.2)]) is None


def test_a_level_does_not_contradict_a_difference_unless_it_is_a_slip_of_it() -> None:
    claim = _numbers("Builders started 3,500 fewer homes in September 2025 than a year earlier.")[0]
    level = _numbers(HOMES)[0]
    assert is_level_of_difference(paired(claim, level))
    near = _numbers("Work began on 3,900 homes in September 2025.")[0]
    assert not is_level_of_difference(paired(claim, near))
    change = _numbers("Work began on 4,100 fewer homes in September 2025 than a year earlier.")[0]
    assert not is_level_of_difference(paired(claim, change))
    plain = _numbers("Builders started 3,500 homes in September 2025.")[0]
    assert not is_level_of_difference(paired(plain, level))
