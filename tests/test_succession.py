"""What has replaced a figure, and who disagrees with it."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import paired, told
from kaoju.types import Status
from kaoju.verdicts import decide

MAY, AUGUST = date(2026, 5, 4), date(2026, 8, 3)
UNSURE = 0.12


@pytest.mark.parametrize(
    ("draft", "article", "status"),
    [
        (
            "The yard expects orders of $560 million.",
            "It now expects $520 million; in May it had forecast orders of $560 million.",
            Status.OUTDATED,
        ),
        (
            "船厂预计订单为5.6亿美元。",
            "船厂现预计订单为5.2亿美元，此前预计为5.6亿美元。",
            Status.OUTDATED,
        ),
        (
            "In May the yard expected orders of $560 million.",
            "It now expects $520 million; in May it had forecast orders of $560 million.",
            Status.SUPPORTED,
        ),
        (
            "The yard aims at $90 million.",
            "It lost $85 million, compared with a target of $90 million.",
            Status.SUPPORTED,
        ),
        (
            "Until last spring the yard aimed at $90 million.",
            "It cut its target to $85 million from $90 million.",
            Status.SUPPORTED,
        ),
    ],
)
def test_what_an_article_says_was_so_once_is_outdated_for_a_draft_of_now(
    draft: str, article: str, status: Status
) -> None:
    claim = told(draft)
    evidence = told(article, article="a", day=AUGUST)
    assert decide(claim, [paired(claim, evidence)]).status is status


def test_two_people_in_one_sentence_are_two_sources() -> None:
    text = "方若海预计产量为15万吨，何明月则预计产量为14万吨。"
    people = ("方若海", "何明月")
    for draft, names, status in (
        ("产量预计为15万吨。", (), Status.CONFLICTING_SOURCES),
        ("方若海预计产量为15万吨。", ("方若海",), Status.SUPPORTED),
    ):
        claim = told(draft, people=names)
        own, other = (
            paired(claim, told(text, at=at, article="a", people=people, day=MAY)) for at in (0, 1)
        )
        assert decide(claim, [own, other]).status is status


def test_an_article_that_tells_how_far_two_bodies_are_apart_makes_a_conflict() -> None:
    claim = told("The field yields 180,000 barrels a day.")
    own = paired(
        claim, told("The field yields 180,000 barrels a day.", article="a", title="Oil", day=MAY)
    )
    text = "The field yields 150,000 barrels a day, 30,000 fewer than the ministry reports."
    other = paired(claim, told(text, at=0, article="b", title="Oil again", day=MAY), sure=UNSURE)
    assert decide(claim, [own, other]).status is Status.CONFLICTING_SOURCES
    without = told(
        text.rpartition(",")[0].removesuffix(", 30") + ".", article="b", title="Oil again", day=MAY
    )
    alone = paired(claim, without, sure=UNSURE)
    assert decide(claim, [own, alone]).status is Status.SUPPORTED


def test_an_article_of_another_country_replaces_nothing() -> None:
    claim = told("The ten-year yield is 4.23%.")
    other = told("Kalvia: the yield fell to 5.04%.", article="b", bodies=("Kalvia",), day=AUGUST)
    named = told("Solan: the yield fell to 4.23%.", article="a", bodies=("Solan",), day=MAY)
    assert decide(claim, [paired(claim, named), paired(claim, other)]).status is Status.SUPPORTED
