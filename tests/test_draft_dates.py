"""Whether a draft's date or hour is the one that an article tells."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import frame_of, told
from kaoju.draft_dates import compare_dates

PERIOD = "活动时间:2026年5月3日18:00 - 5月28日24:00(UTC+8)"


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        ("The sale opens on May 3.", "period_within"),
        ("The sale opens on May 28.", "date"),
        ("The sale opens on May 10.", "date"),
        ("The sale opens at 10 a.m. GMT on May 3.", "period_within"),
        ("The sale opens at 6 p.m. Beijing time on May 3.", "period_within"),
        ("The sale opens at 6 p.m. on May 3.", "period_within"),
        ("The sale opens at 6 p.m. GMT on May 3.", "date"),
        ("The sale closes at 4 p.m. GMT on May 28.", "period_within"),
        ("The sale closes at 6 p.m. GMT on May 28.", "date"),
        ("The sale closes on May 28.", "period_within"),
        ("The sale closes on May 3.", "date"),
        ("活动到5月29日0:00(北京时间)结束。", "period_within"),
        ("活动到5月29日结束。", "date"),
        ("活动5月28日24:00结束。", "period_within"),
        ("活动5月3日24:00开始。", "date"),
        ("Tickets were sold on May 10.", "coarser"),
        ("Tickets were sold on May 28.", "period_within"),
        ("The sale runs from May 3 to May 28.", "period_within"),
        ("The sale runs from May 3 to May 29.", "date"),
        ("The sale opens in May.", "period_within"),
    ],
)
def test_one_end_of_an_interval_is_told_by_its_day_and_hour(draft: str, rule: str) -> None:
    assert compare_dates(frame_of(draft), frame_of(PERIOD)).rule == rule


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        (
            "The sale opens at 7 p.m. GMT on May 3.",
            "活动5月4日3:00(北京时间)开始。",
            "period_within",
        ),
        ("The sale opens at 7 p.m. GMT on May 4.", "活动5月4日3:00(北京时间)开始。", "date"),
        ("It ends on May 3 at midday.", "It ends at 12:00 on May 3.", "equal"),
        (
            "It ends at 1 a.m. UTC on January 1.",
            "2025年12月31日24:00(UTC-1)结束。",
            "period_within",
        ),
        ("It is at 9 a.m. on May 3.", "It is on May 3.", "coarser"),
        ("It is at 9 a.m. on May 3.", "It is on May 4.", "date"),
        ("It is at 9 a.m.", "It is at 9 a.m. on May 3.", "period_within"),
        ("It is at 10 a.m.", "It is at 9 a.m. on May 3.", "date"),
        ("It is at 9 a.m. on May 3.", "It is at 9 a.m. each day.", "coarser"),
        ("It closes at 10 p.m. on May 3.", "Hotline: 08:00 - 21:00", "coarser"),
        ("It opens at 10 a.m. on May 3.", "May 3 and 4, 10 a.m. to 7 p.m.", "period_within"),
        ("It opens at 11 a.m. on May 3.", "May 3 and 4, 10 a.m. to 7 p.m.", "date"),
        ("It opens at 10 a.m. on May 9.", "May 3 and 4, 10 a.m. to 7 p.m.", "coarser"),
        ("图书馆下午5点闭馆。", "Saturday: 10 a.m. - 5 p.m.", "period_within"),
        ("图书馆下午4点闭馆。", "Saturday: 10 a.m. - 5 p.m.", "date"),
        ("It closes at 3:59 p.m. UTC on May 3.", "截止时间:5月3日23:59", "coarser"),
        ("它北京时间5月3日22:00截止。", "截止时间:5月3日23:59", "date"),
    ],
)
def test_the_same_instant_may_be_told_in_another_zone(draft: str, article: str, rule: str) -> None:
    assert compare_dates(frame_of(draft), frame_of(article)).rule == rule


def test_what_a_sentence_tells_as_the_other_end_is_not_meant() -> None:
    text = "The sale starts at 16:00 on May 3 and ends at 24:00 on May 26."
    starts = frame_of("The sale starts on May 26.")
    assert compare_dates(starts, told(text, at=1)).rule == "coarser"
    assert compare_dates(starts, told(text, at=0)).rule == "date"
    ends = frame_of("The sale ends on May 26.")
    assert compare_dates(ends, told(text, at=1)).rule == "period_within"


def test_a_date_without_its_year_is_of_the_end_it_meets() -> None:
    period = frame_of("Sale: December 5, 2025 - January 8, 2026", day=date(2025, 12, 1))
    assert compare_dates(frame_of("The sale ends on January 8."), period).rule == "period_within"
    assert compare_dates(frame_of("The sale ends on January 9."), period).rule == "date"
