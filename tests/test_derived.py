"""What two figures of a sentence say together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoju.derived import derived
from kaoju.figures import find_figures
from kaoju.frames import Frame, statements
from kaoju.types import Language, Relation


def told(text: str) -> list[Frame]:
    (statement,) = statements(text, 0, find_figures(text), [], [], language=Language.ZH)
    return derived(statement)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Profit rose to $290 million from $215 million.", "75000000", "USD"),
        ("公司负债由63亿元减至51亿元。", "1200000000", "CNY"),
        ("The share of cash fell from 9.5% to 7.2%.", "2.3", "percentage_point"),
        ("游客从1.2万人增加到1.9万人。", "7000", "person"),
    ],
)
def test_from_and_to_say_by_how_much(text: str, value: str, unit: str) -> None:
    (frame,) = told(text)
    assert frame.figure.value == Decimal(value)
    assert frame.figure.unit == unit
    assert frame.figure.relation is Relation.BY
    assert not frame.printed
    assert frame.figure.surface in text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("今年投资260亿元修路，比去年多45亿元。", "21500000000"),
        ("The firm has 8,400 employees, 1,200 fewer than a year ago.", "9600"),
        ("The pass rate rose 3.5 percentage points to 81%.", "77.5"),
        ("普及率提高4.5个百分点至62%。", "57.5"),
        (
            "Reserves shrank by $3 million in the first five months, to $40 million.",
            "43000000",
        ),
    ],
)
def test_a_level_and_its_growth_say_what_was_before(text: str, value: str) -> None:
    (frame,) = told(text)
    assert frame.figure.value == Decimal(value)
    assert frame.former
    assert frame.reckoned is not None
    assert frame.reckoned.rule == "before"
    assert frame.figure.relation is Relation.LEVEL


@pytest.mark.parametrize(
    "text",
    [
        "Calder has 740 branches and Westmoor 515.",
        "The half marathon costs $55; members pay $10 less.",
    ],
)
def test_two_levels_say_nothing_more(text: str) -> None:
    assert not told(text)
