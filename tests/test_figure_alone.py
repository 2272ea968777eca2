"""English numbers that stand alone, and what names or points and states nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoju.figures import find_figures
from kaoju.types import Dimension


@pytest.mark.parametrize(
    ("text", "surface", "dimension", "unit"),
    [
        ("No yard took more welders than Varn, which signed 212.", "212", "count", ""),
        ("Grumbles about the ferry reached 430 once it broke.", "430", "count", ""),
        ("Two mills are shut; nine have opened their doors again.", "nine", "count", ""),
        ("Of the 30 barges, of which ten had already sunk, none was new.", "ten", "count", "barge"),
        ("The crew that Holt led was 48 strong.", "48", "count", ""),
        ("Last spring the school sent 570 fewer of its leavers out.", "570", "count", ""),
        ("Deaths outnumbered births by eight.", "eight", "count", ""),
        ("Deaths rose by five to 36 in a day.", "five", "count", "death"),
        ("With 140 added since May, it served more ports.", "140", "count", ""),
        ("We got nine hundred on the last day.", "nine hundred", "count", ""),
        ("The ferry covers 41 island and river stops.", "41", "count", ""),
        ("A smith who lost 900 yuan on each anvil now makes 180.", "180", "money", "CNY"),
        ("The bench split eight to four, the judges said.", "eight", "score", ""),
        ("They resolved by five to two to leave it.", "two", "count", "vote"),
        ("The danger level stands at four.", "four", "index", "level"),
        ("Callers hit by the frost number 4,000.", "4,000", "count", ""),
        ("Bids opened: 54, out of 268 sent in.", "54", "count", ""),
        ("Herders at Elm Point number 64.", "64", "count", ""),
        ("She stands at number 88 on the world list.", "88", "ordinal", "ordinal"),
        ("He was ranked 88th in the world.", "88th", "ordinal", "ordinal"),
        ("A woman of 72 keeps the lock.", "72", "age", "year"),
        ("Ada Moss, the former fisher, is 103.", "103", "age", "year"),
        ("Ms Holt, who is 78, rows.", "78", "age", "year"),
        ("Ada Moss, 56, keeps bees.", "56", "age", "year"),
        ("The smith's last apprentice, now 71, keeps bees.", "71", "age", "year"),
        ("Nobody under 30 was hired.", "30", "age", "year"),
        ("Half of them were older than 43.2 at the census.", "43.2", "age", "year"),
        ("It is older than 40 rivals.", "40", "count", "rival"),
        ("They met twice in two decades.", "twice", "count", "time"),
        ("Just one of the judges agreed.", "one", "count", "judge"),
        ("They got one fewer than they ordered.", "one", "count", ""),
        ("Swedes were twice as diligent as the rest.", "twice", "multiple", "times"),
        ("A bunk costs exactly double what a bench does.", "double", "multiple", "times"),
        ("It needs a year and a half before it pays.", "a year and a half", "duration", "year"),
        ("No child should ride longer than an hour each way.", "an hour", "duration", "hour"),
    ],
)
def test_a_number_that_stands_alone_is_found(
    text: str, surface: str, dimension: str, unit: str
) -> None:
    found = [one for one in find_figures(text) if one.surface == surface]
    assert found
    if dimension != "score":
        assert found[0].dimension is Dimension(dimension)
    if unit:
        assert found[0].unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "The two disagree, and all three left at nine in the morning.",
        "Zones two and three were dry.",
        "He drives the 14 bus, and the earlier two were late.",
        "The bus number 64 was late.",
        "He served twice as mayor.",
        "A mother of one, she watched a 4K channel.",
        "Brands like 007 and Varn sell.",
        "One of the millers left.",
        "The average score was good.",
    ],
)
def test_a_number_that_names_or_points_is_left(text: str) -> None:
    assert find_figures(text) == []


def test_the_second_day_of_a_date_is_no_count() -> None:
    assert all(one.surface != "8" for one in find_figures("It rained on March 7 and 8 in Holt."))


def test_for_every_one_is_a_whole_of_one() -> None:
    found = find_figures("For every kiln that Holt opened it shut nearly two.")
    assert [(one.surface, one.value) for one in found] == [("two", Decimal(2))]
