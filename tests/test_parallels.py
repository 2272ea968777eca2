"""To which figure of a sentence that sets like by like a draft's words belong."""

from __future__ import annotations

import pytest

from drafting import paired, told
from kaoju.alignment import Conflict
from kaoju.binding import bound
from kaoju.fitting import told_apart
from kaoju.parallels import beside

SURELY = 0.9
WAITED = "On average a household waited 61 hours in Karsey and 38 hours in Danel."
HIRED = "Most jobs were in health care, which hired 140 people, and in hotels, which took on 115."
COSTS = "药品费用为31元，检验费用为36元。"


@pytest.mark.parametrize(
    ("draft", "article", "at", "another"),
    [
        ("Households in Danel waited 61 hours.", WAITED, 0, True),
        ("Households in Karsey waited 61 hours.", WAITED, 0, False),
        ("Households in Danel waited 38 hours.", WAITED, 1, False),
        ("酒店招了140人。", HIRED, 0, True),
        ("酒店招了115人。", HIRED, 1, False),
        ("医疗招了140人。", HIRED, 0, False),
        ("Tests cost 31 yuan.", COSTS, 0, True),
        ("检验要花31元。", COSTS, 0, True),
        ("检验要花36元。", COSTS, 1, False),
        ("药品要花31元。", COSTS, 0, False),
        # What goes before the first figure may be said of all.
        ("The club sold 4,000 tickets.", "The club sold 9,000 tickets, then 4,000 more.", 1, False),
        # One thing that moved; and a draft whose words are of two figures.
        ("Rents are 42 crowns a year.", "Rents go from 42 crowns to 55 crowns a year.", 0, False),
        ("Danel waited 61 hours, Karsey 38 hours.", WAITED, 0, False),
    ],
)
def test_words_belong_to_the_figure_in_whose_part_alone_they_stand(
    draft: str, article: str, at: int, another: bool
) -> None:
    found = beside(told(draft), told(article, at=at, article="a"))
    assert (found >= SURELY) is another


def test_the_next_bodys_number_is_not_that_of_the_one_before_it() -> None:
    text = "卡尔的不良率为1.8%，韦莫为3.1%。"
    evidence = told(text, article="a", bodies=("卡尔", "韦莫"))
    assert beside(told("卡尔的不良率是3.1%。", bodies=("卡尔",)), evidence) >= SURELY
    assert beside(told("韦莫的不良率是3.1%。", bodies=("韦莫",)), evidence) == 0
    assert beside(told("卡尔的不良率是3.1%。", bodies=("卡尔",)), told(text, article="a")) == 0


def test_what_was_run_together_is_no_sentence() -> None:
    text = WAITED.removesuffix(".") + "".join(f" and {n} days in Town{n}" for n in range(2, 10))
    assert beside(told("Households in Danel waited 61 hours."), told(text, at=0, article="a")) == 0


def test_a_number_that_agrees_and_is_surely_of_another_is_told_apart() -> None:
    evidence = told(HIRED, at=0, article="a")
    for draft, conflicts in (("酒店招了140人。", {Conflict.SUBJECT}), ("医疗招了140人。", set())):
        (pair,) = bound([paired(told(draft), evidence)], lambda term: 1.0)
        assert (pair.features["beside"] >= SURELY) is bool(conflicts)
        (apart,) = told_apart([pair])
        assert apart.conflicts == conflicts
