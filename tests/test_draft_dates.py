"""Whether a draft's date or hour is the one that an article tells."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import frame_of, told
from kaoju.draft_dates import Clock, compare_dates

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


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        ("活动在2月29日12:00进行。", "coarser"),
        ("活动在2月28日12:00进行。", "coarser"),
        ("活动在3月1日12:00进行。", "coarser"),
        ("活动在2月26日12:00进行。", "date"),
        ("活动在3月3日19:00进行。", "date"),
    ],
)
def test_a_day_without_its_year_may_be_missing_in_the_article_s(draft: str, rule: str) -> None:
    article = "活动于2025年2月27日10:00至2025年3月3日18:00(北京时间)进行。"
    assert compare_dates(frame_of(draft), frame_of(article)).rule == rule


def test_a_stretch_over_the_new_year_holds_days_of_both() -> None:
    article = frame_of("Sale: December 5, 2025, 10:00 - January 8, 2026, 18:00")
    for day, rule in (("December 20", "coarser"), ("January 5", "coarser"), ("May 5", "date")):
        assert compare_dates(frame_of(f"It was held at 12:00 on {day}."), article).rule == rule


@pytest.mark.parametrize("year", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_that_there_are_have_none_beside_them(year: str) -> None:
    clock = Clock.of(f"{year}T00:30+08:00") if year < "1" else Clock.of(f"{year}T23:30-08:00")
    assert clock is not None
    seen = clock.seen_from(0)
    assert seen.day == date.fromisoformat(year)


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("大赛3月28日24:00截止。", "大赛截止日期为3月28日。", "coarser"),
        ("大赛3月29日24:00截止。", "大赛截止日期为3月28日。", "date"),
        ("大赛3月29日0:00截止。", "大赛截止日期为3月28日。", "coarser"),
        ("大赛3月29日0:00开始。", "大赛开始日期为3月28日。", "date"),
        ("It ends at 24:00 on March 28.", "It ends on March 28.", "coarser"),
        ("It ends at 24:00 on March 27.", "It ends on March 28.", "coarser"),
        ("It ends at 24:00 on March 26.", "It ends on March 28.", "date"),
        ("It ends at 24:00 on May 4.", "It ends at midnight on May 4.", "coarser"),
    ],
)
def test_the_end_of_a_day_is_of_that_day(draft: str, article: str, rule: str) -> None:
    assert compare_dates(frame_of(draft), frame_of(article)).rule == rule


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        ("Trading starts at 6 am ET on July 1.", "period_within"),
        ("Trading starts at 5 am ET on July 1.", "period_within"),
        ("Trading starts at 10 am ET on July 1.", "date"),
        ("Trading starts at 3 am PT on July 1.", "period_within"),
        ("Trading starts at 3 am local time on July 1.", "coarser"),
        ("美东时间7月1日6:00开始交易。", "period_within"),
        ("美东时间7月1日8:00开始交易。", "date"),
        ("7月1日18:00开始交易。", "period_within"),
        ("7月1日19:00开始交易。", "date"),
        ("7月1日10:00开始交易。", "period_within"),
        ("Trading starts at 10 am on July 1.", "period_within"),
        ("Trading starts at 6 pm on July 1.", "coarser"),
        ("Trading starts at 6 am on July 1.", "coarser"),
        ("Trading starts at 11 am on July 1.", "date"),
    ],
)
def test_an_hour_may_be_of_a_zone_whose_offset_is_not_told(draft: str, rule: str) -> None:
    article = frame_of("Trading starts at 10:00 (UTC) on July 1.")
    assert compare_dates(frame_of(draft), article).rule == rule


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("It starts at 12:00 on May 3.", "It starts at noon on May 3.", "period_within"),
        ("它5月3日12:00开始。", "It starts at noon on Monday, May 3.", "period_within"),
        ("It starts at 13:00 on May 3.", "It starts at noon on May 3.", "date"),
        ("It starts on May 3.", "It starts at noon on May 3.", "equal"),
        ("It starts at 12:00 on May 3.", "It starts before noon on May 3.", "coarser"),
        ("It starts at 12:10 on May 3.", "It starts around noon on May 3.", "coarser"),
        ("It ends at 12:00 on May 5.", "It runs from noon on May 3 to May 5.", "coarser"),
    ],
)
def test_noon_is_an_hour_before_a_day_too(draft: str, article: str, rule: str) -> None:
    assert compare_dates(frame_of(draft), frame_of(article)).rule == rule


@pytest.mark.parametrize(
    ("draft", "hours", "day"),
    [
        ("泳池北京时间6月4日4:00停机。", "period_within", "coarser"),
        ("泳池北京时间6月3日4:00停机。", "date", "coarser"),
        ("泳池北京时间6月5日4:00停机。", "date", "date"),
        ("The pool was down at 20:00 UTC on June 3.", "period_within", "coarser"),
    ],
)
def test_hours_are_of_their_day_before_they_are_seen_from_another_zone(
    draft: str, hours: str, day: str
) -> None:
    text = "The pool was down on June 3 from 20:00 to 22:00 UTC."
    assert compare_dates(frame_of(draft), told(text, at=1)).rule == hours
    assert compare_dates(frame_of(draft), told(text, at=0)).rule == day


def test_the_hours_of_a_day_are_the_draft_s_in_its_own_zone() -> None:
    article = told("The pool was down on June 3 from 02:00 to 06:00 UTC.", at=1)
    right = frame_of("泳池于6月3日10:00至14:00(北京时间)停机。")
    assert compare_dates(right, article).rule == "period_within"
    wrong = frame_of("泳池于6月3日11:00至14:00(北京时间)停机。")
    assert compare_dates(wrong, article).rule == "date"


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        ("The match was put off from June 12 to June 9.", "date"),
        ("比赛由6月12日推迟至6月9日举行。", "date"),
        ("The match was put off from June 9 to June 12.", "equal"),
        ("比赛由6月9日推迟至6月12日举行。", "equal"),
        ("The match was put off from June 12 to June 15.", "equal"),
        ("The match, due on June 12, follows that of June 9.", "equal"),
    ],
)
def test_a_move_told_backwards_is_another_one(draft: str, rule: str) -> None:
    article = "The match was put off from June 9 to June 12."
    claim = told(draft, at=0)
    pairs = [told(article, at=at) for at in (0, 1)]
    (own,) = [f for f in pairs if f.figure.period == claim.figure.period]
    assert compare_dates(claim, own).rule == rule
