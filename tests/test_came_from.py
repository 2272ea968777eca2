"""Whether where a number came from contradicts it."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import paired, told
from kaoju.came_from import came_from

ARTICLE = "The spread crept up to 0.48 percentage points from 0.29 percentage points in February."


@pytest.mark.parametrize(
    ("draft", "article", "beside"),
    [
        ("The spread is 0.48 percentage points.", ARTICLE, True),
        ("The spread rose to 0.48 percentage points.", ARTICLE, True),
        ("溢价为0.48个百分点。", "溢价从0.29个百分点升至0.48个百分点。", True),
        ("In February the spread was 0.48 percentage points.", ARTICLE, False),
        ("In the first round the spread was 0.48 percentage points.", ARTICLE, False),
        ("首届溢价为0.48个百分点。", "溢价从首届的0.29个百分点升至0.48个百分点。", False),
        ("The spread rose from 0.48 percentage points.", ARTICLE, False),
        ("The spread rose by 0.48 percentage points.", ARTICLE, False),
        ("The spread is 0.46 percentage points.", ARTICLE, False),
        ("The spread is 0.29 percentage points.", ARTICLE, False),
        (
            "The spread is 0.48 percentage points.",
            "One is at 0.48 percentage points, the other at 0.29 percentage points.",
            False,
        ),
    ],
)
def test_where_a_number_came_from_contradicts_none(draft: str, article: str, beside: bool) -> None:
    claim = told(draft, at=-1)
    statement = told(article).statement
    pairs = [
        paired(claim, told(article, at=at))
        for at, figure in enumerate(statement.figures)
        if figure.dimension is claim.figure.dimension
    ]
    assert any(came_from(pair, pairs) for pair in pairs) is beside


@pytest.mark.parametrize(
    ("draft", "later", "before"),
    [
        ("The grant is now 750 yuan.", "The grant rises from 600 yuan to 750 yuan.", True),
        ("助困金为750元。", "助困金由600元提高到750元。", True),
        ("The grant is 750 yuan.", "The grant rises from 640 yuan to 750 yuan.", False),
        ("The grant is 750 yuan.", "The grant rises from 600 yuan to 800 yuan.", False),
        ("The grant was 750 yuan in May.", "The grant rises from 600 yuan to 750 yuan.", False),
    ],
)
def test_an_earlier_article_s_number_that_became_the_draft_s_contradicts_it_no_more(
    draft: str, later: str, before: bool
) -> None:
    claim = told(draft, at=0)
    first = told("The grant is 600 yuan.", article="a", day=date(2026, 3, 2))
    second = told(later, at=-1, article="b", day=date(2026, 5, 4))
    pairs = [paired(claim, first), paired(claim, second)]
    assert came_from(pairs[0], pairs) is before


@pytest.mark.parametrize(
    ("draft", "article", "beside"),
    [
        ("The match is on June 12.", "The match was put off from June 9 to June 12.", True),
        ("The match is on June 12.", "比赛由6月9日推迟至6月12日举行。", True),
        ("The match is on June 12.", "The deadline moves from June 9 to June 12.", True),
        ("The match is on June 9.", "The match was put off from June 9 to June 12.", False),
        ("The match is on June 11.", "The match was put off from June 9 to June 12.", False),
        ("The match is on June 12.", "The first is on June 9, the match on June 12.", False),
    ],
)
def test_the_day_from_which_something_is_put_off_contradicts_none(
    draft: str, article: str, beside: bool
) -> None:
    claim = told(draft)
    pairs = [paired(claim, told(article, at=at)) for at in (0, 1)]
    assert [came_from(pair, pairs) for pair in pairs] == [beside, False]
