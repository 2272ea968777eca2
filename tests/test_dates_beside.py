"""Which of two figures of a sentence a draft's time is of, by the date that stands beside each."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import paired, told
from kaoju.alignment import Conflict
from kaoju.dates_beside import is_of_a_date_beside
from kaoju.fitting import told_apart

DAY = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("draft", "article", "at", "another"),
    [
        (
            "In March sales came to 655 crowns.",
            "Sales were 710 crowns, against 655 in March.",
            1,
            0,
        ),
        (
            "In March sales came to 710 crowns.",
            "Sales were 710 crowns, against 655 in March.",
            0,
            1,
        ),
        ("Sales came to 710 crowns.", "Sales were 710 crowns, against 655 in March.", 0, 0),
        (
            "In 2025, 104 trains a day ran.",
            "It saw 104 trains in the first quarter, against 110 trains in the whole of 2025.",
            0,
            1,
        ),
        (
            "In 2015 some 312,000 homes stood empty.",
            "Some 312,000 homes stood empty; in 2015 it had been 268,000.",
            0,
            1,
        ),
        (
            "In 2015 some 268,000 homes stood empty.",
            "Some 312,000 homes stood empty; in 2015 it had been 268,000.",
            1,
            0,
        ),
        ("2月成交412亿元。", "3月成交412亿元，比2月的441亿元减少6.6%。", 0, 1),
        ("3月成交412亿元。", "3月成交412亿元，比2月的441亿元减少6.6%。", 0, 0),
        ("3月成交441亿元。", "3月成交412亿元，比2月的441亿元减少6.6%。", 1, 1),
        # Set against nothing: 2025 is of both.
        (
            "In 2025 profit was 12 crowns.",
            "Sales rose to 90 crowns in 2025 and profit 12 crowns.",
            1,
            0,
        ),
        # A draft with two figures has words of either.
        (
            "3月成交412亿元，2月成交441亿元。",
            "3月成交412亿元，比2月的441亿元减少6.6%。",
            0,
            0,
        ),
    ],
)
def test_a_date_beside_a_figure_is_its_own(draft: str, article: str, at: int, another: int) -> None:
    evidence = told(article, at=_number(article, at), article="a", day=DAY)
    claim = told(draft, at=_number(draft, 0), day=DAY)
    assert is_of_a_date_beside(claim, evidence) is bool(another)


def _number(text: str, at: int) -> int:
    """The place of a number among the figures of a sentence, its dates counted."""
    whole = told(text, article="a", day=DAY).statement
    places = [i for i, f in enumerate(whole.figures) if f.value is not None]
    return places[at]


def test_what_is_of_another_time_by_its_date_is_told_apart() -> None:
    claim = told("In March sales came to 710 crowns.", day=DAY)
    text = "Sales were 710 crowns, against 655 in March."
    (apart,) = told_apart([paired(claim, told(text, at=0, article="a", day=DAY))])
    assert apart.conflicts == {Conflict.PERIOD}
