"""Which of two articles came out when a draft's period was news."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import told
from kaoju.alignment import Conflict, Pair
from kaoju.draft_comparison import compare
from kaoju.frames import Frame
from kaoju.timeliness import came_out_then, out_of_time
from kaoju.types import Status
from kaoju.verdicts import decide

APRIL, JUNE = date(2026, 4, 14), date(2026, 6, 9)
STOCKS = "Copper stocks rose in exchange warehouses"


def pair_of(claim: Frame, text: str, article: str, day: date, sure: float = 0.6) -> Pair:
    evidence = told(text, article=article, title=STOCKS, day=day)
    features = {"digits": 0.0, "same_unit": 1.0, "moves": 1.0, "names": 1.0, "bound": 0.8}
    features |= {"sentence": 0.8, "clause": 0.8}
    found = compare(claim, evidence)
    return Pair(claim, evidence, found, frozenset(), features, aligned=sure, score=sure)


def pairs_of(draft: str, *, swapped: bool = False) -> list[Pair]:
    claim = told(draft)
    first, second = ("127,000", "84,000") if swapped else ("84,000", "127,000")
    return [
        pair_of(claim, f"Copper stocks were {first} tonnes.", "spring", APRIL),
        pair_of(claim, f"Copper stocks recovered to {second} tonnes.", "summer", JUNE),
    ]


def test_a_figure_of_another_month_is_not_the_drafts() -> None:
    early, late = pairs_of("In April copper stocks were 127,000 tonnes.")
    assert out_of_time(late, [early, late])
    assert not out_of_time(early, [early, late])
    found = decide(late.claim, [late, early])
    assert found.status is not Status.SUPPORTED


@pytest.mark.parametrize(
    "draft",
    ["Copper stocks were 127,000 tonnes.", "In June copper stocks were 127,000 tonnes."],
)
def test_a_figure_of_the_drafts_own_time_or_of_none_stands(draft: str) -> None:
    early, late = pairs_of(draft)
    assert not out_of_time(late, [early, late])


def test_without_another_article_of_that_time_nothing_is_told() -> None:
    _, late = pairs_of("In April copper stocks were 127,000 tonnes.")
    assert not out_of_time(late, [late])
    early, late = pairs_of("In April copper stocks were 127,000 tonnes.")
    stranger = early.conflicts | {Conflict.SUBJECT}
    other = Pair(early.claim, early.evidence, early.comparison, stranger, early.features, 0.6, 0.6)
    assert not out_of_time(late, [other, late])


@pytest.mark.parametrize(
    ("draft", "day", "then"),
    [
        ("In April it sold 40 cars.", date(2026, 4, 2), True),
        ("In April it sold 40 cars.", date(2026, 5, 20), True),
        ("In April it sold 40 cars.", date(2026, 6, 9), False),
        ("In December it sold 40 cars.", date(2026, 1, 8), True),
        ("In the first half of 2026 it sold 40 cars.", date(2026, 3, 11), False),
        ("In the first half of 2026 it sold 40 cars.", date(2026, 7, 29), True),
        ("On 19 March it had sold 40 cars.", date(2026, 3, 20), True),
        ("On 19 March it had sold 40 cars.", date(2026, 6, 27), False),
        ("In 2026 it sold 40 cars.", date(2026, 2, 1), True),
        ("It sold 40 cars.", date(2026, 2, 1), True),
    ],
)
def test_a_period_is_news_while_it_lasts_and_some_time_after(
    draft: str, day: date, then: bool
) -> None:
    claim = told(draft)
    assert came_out_then(claim, told("It sold 40 cars.", article="a", day=day)) is then
