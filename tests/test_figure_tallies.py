"""Numbers of times and of votes beside verbs of movement."""

from __future__ import annotations

import pytest

from drafting import frame_of
from kaoju.agreement import apart
from kaoju.figures import find_figures
from kaoju.types import Dimension, Relation


def _relations(text: str) -> list[Relation]:
    return [f.relation for f in find_figures(text) if f.dimension is Dimension.COUNT]


@pytest.mark.parametrize(
    "text",
    [
        "央行降了三次息。",
        "央行已加息5次。",
        "公司涨过五次价。",
        "公司裁员两次。",
        "The bank cut rates three times this year.",
        "The rate cut was carried by five votes to two.",
        "The board backed the cut by seven to two.",
    ],
)
def test_what_moved_so_often_did_not_move_by_so_much(text: str) -> None:
    assert set(_relations(text)) == {Relation.LEVEL}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("航班每天增加三次。", Relation.BY),
        ("班次比去年多三次。", Relation.BY),
        ("每周由两次增至三次。", Relation.TO),
        ("Departures rose by three times a day.", Relation.BY),
        ("The cut lost by five votes.", Relation.BY),
        ("Its lead rose to 37 votes.", Relation.TO),
        ("Support rose 12 votes to 340.", Relation.TO),
        ("The majority was raised by 12 votes to 340.", Relation.TO),
    ],
)
def test_a_number_of_times_or_votes_that_moved_did(text: str, relation: Relation) -> None:
    assert _relations(text)[-1] is relation


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("央行加息三次。", "央行降了三次息。", "direction"),
        ("央行降息三次。", "央行降了三次息。", None),
        ("The bank raised rates three times.", "The bank cut rates three times.", "direction"),
        ("The bank cut rates three times.", "Rates were cut three times.", None),
        ("The bank met three times.", "The bank cut rates three times.", None),
    ],
)
def test_what_went_so_often_the_other_way_is_told_apart(
    draft: str, article: str, rule: str | None
) -> None:
    assert apart(frame_of(draft), frame_of(article)) == rule
