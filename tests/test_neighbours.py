"""A number that a draft takes from the thing beside its own in one sentence of an article."""

from __future__ import annotations

import pytest

from drafting import paired, told
from kaoju.neighbours import neighbour
from kaoju.types import Status
from kaoju.verdicts import decide


@pytest.mark.parametrize(
    ("draft", "article", "at", "beside"),
    [
        ("Tulips cost 9 crowns.", "Roses cost 9 crowns, tulips 4 crowns.", 0, "4 crowns"),
        ("Tulips cost 9 crowns.", "Tulips cost 9 crowns, roses 4 crowns.", 0, None),
        ("Flowers cost 9 crowns.", "Roses cost 9 crowns, tulips 4 crowns.", 0, None),
        ("9 crowns buy tulips.", "Roses cost 9 crowns, tulips 4 crowns.", 0, None),
        ("Tulips and roses cost 9 crowns.", "Roses cost 9 crowns, tulips 4 crowns.", 0, None),
        ("The yard expects 5 tons.", "The yard sees 4 tons now, once planned 5 tons.", 1, None),
        ("Roses cost 4 crowns.", "Roses cost 9 crowns, tulips 4 crowns.", 1, None),
        ("鲢鱼捕捞31吨。", "鲤鱼捕捞31吨，鲢鱼捕捞12吨。", 0, "12吨"),
        ("鲤鱼捕捞31吨。", "鲤鱼捕捞31吨，鲢鱼捕捞12吨。", 0, None),
        (
            "图书馆的读者增长9%。",
            "书店的读者达到8万人，增长9%；图书馆的读者为5万人，下降4%。",
            1,
            "4%",
        ),
    ],
)
def test_the_figure_that_is_of_the_drafts_own_subject_is_found_beside(
    draft: str, article: str, at: int, beside: str | None
) -> None:
    found = neighbour(told(draft), told(article, at=at, article="a"))
    if beside is None:
        assert found is None
    else:
        assert found is not None
        assert found.surface in beside


def test_who_is_told_of_before_has_the_next_number_unless_that_is_somebody_elses() -> None:
    text = "Calder earned 9 million crowns, Westmoor 4 million crowns."
    draft = told("Calder earned 4 million crowns.", bodies=("Calder",))
    assert neighbour(draft, told(text, article="a")) is None
    named = neighbour(draft, told(text, article="a", bodies=("Calder", "Westmoor")))
    assert named is not None
    assert named.value == 9_000_000


def test_nothing_is_told_across_languages() -> None:
    article = "Roses cost 9 crowns, tulips 4 crowns."
    assert neighbour(told("郁金香卖9克朗。"), told(article, at=0, article="a")) is None


def test_the_neighbours_number_is_contradicted_by_the_drafts_own() -> None:
    claim = told("Tulips cost 9 crowns.")
    pair = paired(claim, told("Roses cost 9 crowns, tulips 4 crowns.", at=0, article="a"))
    decided = decide(claim, [pair])
    assert decided.status is Status.CONTRADICTED
    assert [p.evidence.figure.value for p in decided.pairs] == [4]
