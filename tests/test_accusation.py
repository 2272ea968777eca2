"""Which figure that differs contradicts a draft's, and how surely."""

from __future__ import annotations

import pytest

from drafting import frame_of
from kaoju.accusation import RULES, candidates, described, surest
from kaoju.alignment import Pair
from kaoju.draft_comparison import compare
from kaoju.likeness import same_digits


def pair_of(draft: str, article: str, *, sure: float = 0.8) -> Pair:
    one, other = frame_of(draft), frame_of(article)
    features = {"digits": same_digits(one, other), "same_unit": 1.0, "moves": 1.0, "names": 1.0}
    features |= {"bound": 0.6, "sentence": 0.7, "clause": 0.6}
    return Pair(one, other, compare(one, other), frozenset(), features, aligned=sure, score=sure)


@pytest.mark.parametrize(
    ("draft", "article", "feature"),
    [
        ("Sales were $512 billion.", "Sales were $512 million.", "same_digits"),
        ("Sales were $521 million.", "Sales were $512 million.", "swapped"),
        ("Sales were $612 million.", "Sales were $512 million.", "one_digit"),
    ],
)
def test_a_slip_of_the_pen_is_told_by_the_digits(draft: str, article: str, feature: str) -> None:
    pair = pair_of(draft, article)
    (told,) = described([pair], elsewhere=False)
    assert [name for name in ("same_digits", "swapped", "one_digit") if told[name]] == [feature]
    assert told["value"] == 1.0
    assert sum(told[name] for name in RULES) == 1.0


def test_a_slip_contradicts_more_surely_than_a_number_that_shares_nothing() -> None:
    slipped = pair_of("Homes sold in 84 days.", "Homes sold in 48 days.")
    other = pair_of("Homes sold in 23 days.", "Homes sold in 48 days.")
    assert surest([slipped], elsewhere=False)[1] > surest([other], elsewhere=False)[1]


def test_the_figure_that_contradicts_most_surely_comes_first() -> None:
    draft = "Sales were $512 million."
    far = pair_of(draft, "Costs were $71 million.", sure=0.3)
    near = pair_of(draft, "Sales were $532 million.", sure=0.9)
    ordered, sure = surest([far, near], elsewhere=False)
    assert ordered == [near, far]
    assert sure > surest([far], elsewhere=False)[1]
    (lead, behind) = (row["lead"] for row in described([near, far], elsewhere=False))
    assert lead > 0 > behind


def test_only_the_likeliest_few_are_weighed() -> None:
    pairs = [
        pair_of("It has 512 stores.", f"It has {n} stores.", sure=n / 1000) for n in range(601, 610)
    ]
    assert len(candidates(pairs)) == 6
    assert candidates(pairs)[0] is pairs[-1]
    assert surest([], elsewhere=False) == ([], 0.0)
