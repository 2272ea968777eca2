"""Durations told in two units and more, and bounds of time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafting import frame_of
from kaoju.draft_comparison import compare
from kaoju.figures import find_figures
from kaoju.types import Agreement, Dimension, Qualifier


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("间隔为3分30秒。", "3分30秒", "3.5", "minute"),
        ("每趟用一分四十秒。", "一分四十秒", "1.666666666667", "minute"),
        ("It runs every 3 minutes 30 seconds.", "3 minutes 30 seconds", "3.5", "minute"),
        ("全程2小时15分。", "2小时15分", "2.25", "hour"),
        ("他跑了2小时15分30秒。", "2小时15分30秒", "2.258333333333", "hour"),
        (
            "He ran for 2 hours, 15 minutes and 30 seconds.",
            "2 hours, 15 minutes and 30 seconds",
            "2.258333333333",
            "hour",
        ),
        ("It takes an hour and a half.", "an hour and a half", "1.5", "hour"),
        ("It takes a minute and a half.", "a minute and a half", "1.5", "minute"),
        ("The hold lasts for one day.", "one day", "1", "day"),
        ("The strike will last one day.", "one day", "1", "day"),
        ("It was shortened by one day.", "one day", "1", "day"),
    ],
)
def test_a_duration_of_several_parts_is_one(text: str, surface: str, value: str, unit: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.surface, figure.value, figure.unit) == (surface, Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "One day he will come.",
        "He hopes one day to win.",
        "In one day cricket he is the best.",
        "The last one day match was lost.",
        "By one day in June it was over.",
        "他得了3分。",
    ],
)
def test_some_day_and_a_point_are_no_time(text: str) -> None:
    assert all(figure.unit not in ("day", "minute") for figure in find_figures(text))


@pytest.mark.parametrize(
    ("draft", "article", "relation"),
    [
        ("It runs every 170 seconds.", "间隔由3分30秒缩短到2分50秒。", Agreement.SAME),
        ("It runs every 170 seconds.", "间隔由3分30秒缩短到2分40秒。", Agreement.DIFFERENT),
        ("全程2小时15分。", "It takes 2 hours 40 minutes.", Agreement.DIFFERENT),
        ("全程135分钟。", "It takes 2 hours 15 minutes.", Agreement.SAME),
        ("将在14天内答复。", "It will reply within two weeks.", Agreement.SAME),
        ("They reply in 14 days.", "It will reply within two weeks.", Agreement.COMPATIBLE),
        ("They reply in 20 days.", "It will reply within two weeks.", Agreement.DIFFERENT),
        ("将在14天内答复。", "It will reply within ten days.", Agreement.DIFFERENT),
    ],
)
def test_its_last_part_tells_how_exact_it_is(draft: str, article: str, relation: Agreement) -> None:
    assert compare(frame_of(draft), frame_of(article)).relation is relation


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("将在14天内答复。", Qualifier.AT_MOST),
        ("承诺两周之内完工。", Qualifier.AT_MOST),
        ("过去14天内走了。", Qualifier.EXACT),
        ("委员会3年内受理了案件。", Qualifier.EXACT),
        ("议会三年内通过法律。", Qualifier.EXACT),
        ("社会3年内变化很大。", Qualifier.EXACT),
        ("组委会3年内办了展。", Qualifier.EXACT),
        ("委员会将在3年内受理案件。", Qualifier.AT_MOST),
        ("桥会在3年内建成。", Qualifier.AT_MOST),
    ],
)
def test_what_is_to_be_within_days_is_a_bound(text: str, qualifier: Qualifier) -> None:
    (figure,) = find_figures(text)
    assert figure.qualifier is qualifier


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("There are 4 second prizes of $700.", "prize"),
        ("The 4 second places went to Kenya.", "place"),
        ("A 4 second lead.", "second"),
        ("It shows 30 second clips.", "second"),
    ],
)
def test_second_prizes_are_no_seconds(text: str, unit: str) -> None:
    assert find_figures(text)[0].unit == unit


@pytest.mark.parametrize(
    ("text", "surface", "hours"),
    [
        ("Trains get there in an hour and 30 minutes.", "an hour and 30 minutes", "1.5"),
        ("It is an hour and 15 minutes away.", "an hour and 15 minutes", "1.25"),
        ("She won in 2:30:00, nine seconds ahead.", "2:30:00", "2.5"),
        ("她以2:30:00的成绩夺冠。", "2:30:00", "2.5"),
        ("他以2:30:00夺冠。", "2:30:00", "2.5"),
        ("她以2小时30分0秒的成绩夺冠。", "2小时30分0秒", "2.5"),
    ],
)
def test_a_length_may_be_told_by_an_hour_or_with_colons(
    text: str, surface: str, hours: str
) -> None:
    figure = find_figures(text)[0]
    assert (figure.dimension, figure.unit) == (Dimension.DURATION, "hour")
    assert (figure.surface, figure.value) == (surface, Decimal(hours))


@pytest.mark.parametrize(
    "text", ["It struck at 2:30:00.", "It began in 2:30:00 a.m. fog.", "数据以2:30:00为界。"]
)
def test_a_time_of_day_is_no_length(text: str) -> None:
    assert find_figures(text)[0].dimension is Dimension.TIME
