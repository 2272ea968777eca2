"""A draft's figure as a blank that an article's figure fills."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting import frame_of, paired
from kaoju import blanks
from kaoju.alignment import Pair
from kaoju.frames import Frame, frame


def pairs_of(draft: str, article: str) -> tuple[Frame, list[Pair]]:
    """The pairs of a draft's last figure with every figure of a sentence of an article."""
    claim = frame_of(draft)
    statement = replace(frame_of(article).statement, passage_id="a")
    told = [frame(statement, figure) for figure in statement.figures]
    return claim, [paired(claim, other) for other in told]


def read(draft: str, article: str, times: int = 1) -> list[list[Pair]]:
    row = pairs_of(draft, article)
    return [pairs for _, pairs in blanks.read([row] * times)]


ARTICLE = (
    "Redwater Ports had revenue of 1.86 billion yuan in the first half and a net profit of 230"
    " million yuan."
)


@pytest.mark.parametrize(
    ("draft", "right"),
    [
        ("Redwater Ports' net profit in the first half came to 250 million yuan.", 1),
        ("Redwater Ports' revenue in the first half was 1.9 billion yuan.", 0),
        ("赤水港务上半年营业收入为18.6亿元。", 0),
    ],
)
def test_the_figure_that_fills_the_blank_leads(draft: str, right: int) -> None:
    (pairs,) = read(draft, ARTICLE)
    money = [p for p in pairs if p.evidence.figure.unit == "CNY"]
    leads = [pair.features["read_lead"] for pair in money]
    assert leads.index(max(leads)) == right
    assert money[right].features["read"] == max(p.features["read"] for p in money)


def test_what_is_read_lies_between_minus_one_and_one() -> None:
    for pair in read("Its net profit came to 250 million yuan.", ARTICLE)[0]:
        told = [pair.features[name] for name in ("read", "read_lead", "answers")]
        assert all(-1 <= value <= 1 for value in told)
        assert pair.features["unread"] == 0


def test_a_long_draft_is_checked_without_reading() -> None:
    draft = "Its net profit came to 250 million yuan."
    for pairs in read(draft, ARTICLE, blanks.MOST_READ + 1):
        assert all("read" not in p.features and "unread" not in p.features for p in pairs)
    (pairs, *_) = read(draft, ARTICLE, blanks.MOST_READ)
    assert all("read" in p.features for p in pairs)


LIFTS = "Service brings Ostrand 56% of its revenue, and Veltri 63%."


def test_neighbours_of_a_kind_are_read_once_more_without_each_other() -> None:
    (swapped,) = read("Service brings Ostrand 63% of its revenue, and Veltri 56%.", LIFTS)
    by_value = {pair.evidence.figure.surface: pair.features for pair in swapped}
    # The last figure is asked for: with the first in view it is taken for the other one.
    assert by_value["56%"]["read_lead"] > 0
    assert by_value["63%"]["read_alone_lead"] > 0 > by_value["56%"]["read_alone_lead"]


def test_what_has_no_neighbour_of_its_kind_is_read_once() -> None:
    (pairs,) = read("Service brings Veltri 56% of its revenue of $2bn.", LIFTS)
    assert all("read" in p.features for p in pairs)
    (alone,) = read("Service brings Veltri 56% of its revenue.", LIFTS)
    assert all("read_alone" not in p.features for p in alone)


def test_second_readings_stay_within_what_is_read_of_a_draft() -> None:
    draft = "Service brings Ostrand 63% of its revenue, and Veltri 56%."
    few = read(draft, LIFTS, blanks.MOST_READ // 2)
    assert sum("read_alone" in rows[0].features for rows in few) == blanks.MOST_READ // 2
    many = read(draft, LIFTS, blanks.MOST_READ - 1)
    assert sum("read_alone" in rows[0].features for rows in many) == 1
