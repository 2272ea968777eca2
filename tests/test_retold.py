"""What a figure that another article states anew makes of a draft's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from drafting import paired, told
from kaoju.alignment import Pair
from kaoju.frames import Frame
from kaoju.lexicon import section
from kaoju.restating import features_of
from kaoju.types import Status
from kaoju.verdicts import decide

MAY, JULY = date(2026, 5, 4), date(2026, 7, 6)
SOON = date(2026, 5, 8)
UNSURE = 0.02
SURE = 0.98


def _told_twice(
    draft: str,
    first: str,
    second: str,
    *,
    at: int = -1,
    day: date = JULY,
    sure: float = SURE,
    titles: tuple[str, str] = ("Ferries to Brill", "Ferries to Brill again"),
    bodies: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
) -> tuple[Frame, list[Pair]]:
    """A draft and two articles, whose figures are each other's; the second is far from it."""
    claim = told(draft, at=at)
    one = told(first, article="a", title=titles[0], day=MAY, bodies=bodies[0])
    two = told(second, article="b", title=titles[1], day=day, bodies=bodies[1])
    own = replace(paired(claim, one), anew=(_anew(one, two, sure),))
    return claim, [own, replace(paired(claim, two), aligned=UNSURE, score=UNSURE)]


def _anew(one: Frame, two: Frame, sure: float) -> Pair:
    """Two articles' figures, of which the second states the first anew as surely as is told."""
    pair = paired(one, two)
    return replace(pair, features={**pair.features, **features_of(one, two)}, score=sure)


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("The fleet numbers 14 ships.", Status.OUTDATED),
        ("The fleet now numbers 14 ships.", Status.OUTDATED),
        ("In May the fleet numbered 14 ships.", Status.SUPPORTED),
        ("At first the fleet numbered 14 ships.", Status.SUPPORTED),
        ("The fleet numbers over 10 ships.", Status.SUPPORTED),
    ],
)
def test_a_later_article_makes_a_draft_of_now_outdated(draft: str, status: Status) -> None:
    claim, pairs = _told_twice(
        draft, "The company runs 14 ships.", "One was sold, so that 13 ships are left."
    )
    decided = decide(claim, pairs)
    assert decided.status is status
    if status is Status.OUTDATED:
        assert decided.newer is not None
        assert decided.newer.evidence.figure.value == 13


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("全年涨幅预计不超过3.5%。", Status.OUTDATED),
        ("最初预计全年涨幅不超过3.5%。", Status.SUPPORTED),
    ],
)
def test_a_bound_is_outdated_by_what_a_later_article_puts_in_its_place(
    draft: str, status: Status
) -> None:
    claim, pairs = _told_twice(
        draft,
        "全年涨幅预计不超过3.5%。",
        "全年涨幅的预测下调到2.8%。",
        titles=("物价", "物价回落"),
    )
    assert decide(claim, pairs).status is status


def test_only_what_is_surely_the_same_thing_replaces() -> None:
    claim, pairs = _told_twice(
        "The fleet numbers 14 ships.", "The company runs 14 ships.", "It sold 13 ships.", sure=0.4
    )
    assert decide(claim, pairs).status is Status.SUPPORTED


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("The fleet numbers 14 ships.", Status.OUTDATED),
        ("The fleet shrank from 14 ships to 13 ships.", Status.SUPPORTED),
        ("Until this spring the fleet numbered 14 ships.", Status.SUPPORTED),
    ],
)
def test_a_draft_that_tells_of_the_change_is_not_outdated(draft: str, status: Status) -> None:
    claim, pairs = _told_twice(draft, "The company runs 14 ships.", "It now runs 13 ships.", at=0)
    assert decide(claim, pairs).status is status


@pytest.mark.parametrize(
    ("second", "at", "status"),
    [
        ("The fee drops to 3%; Gold members keep 4%.", 0, Status.SUPPORTED),
        ("手续费降到3%，金卡会员仍为4%。", 0, Status.SUPPORTED),
        ("The fee drops to 3% from 4%.", 0, Status.OUTDATED),
        ("The fee drops to 3%; it no longer is 4%.", 0, Status.OUTDATED),
    ],
)
def test_a_number_that_stays_for_some_is_not_replaced(second: str, at: int, status: Status) -> None:
    claim = told("Members pay a fee of 4%.")
    one = told("The fee is 4%.", article="a", title="Fees", day=MAY)
    two = told(second, at=at, article="b", title="Fees again", day=JULY)
    own = replace(paired(claim, one), anew=(_anew(one, two, SURE),))
    pairs = [own, replace(paired(claim, two), aligned=UNSURE, score=UNSURE)]
    assert decide(claim, pairs).status is status


def test_a_forecast_is_not_replaced_by_what_was_so() -> None:
    claim, pairs = _told_twice(
        "Some 14 ships are expected to call.",
        "Some 14 ships are expected to call.",
        "Last week 13 ships called.",
    )
    assert decide(claim, pairs).status is Status.SUPPORTED


def test_numbers_ten_times_apart_are_of_two_things() -> None:
    claim, pairs = _told_twice(
        "The fleet numbers 14 ships.", "The company runs 14 ships.", "In all 180 ships call here."
    )
    assert decide(claim, pairs).status is Status.SUPPORTED


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (
            "The ministry says that 140 people came.",
            "The union says that 180 people came.",
            Status.CONFLICTING_SOURCES,
        ),
        (
            "The ministry says that 140 people came.",
            "The ministry says that 180 people came.",
            Status.OUTDATED,
        ),
        (
            "The ministry says that 140 people came.",
            "The union says that the number of people rose to 180.",
            Status.OUTDATED,
        ),
    ],
)
def test_two_sources_of_one_time_disagree_unless_one_tells_of_a_change(
    first: str, second: str, status: Status
) -> None:
    claim, pairs = _told_twice("The march drew 140 people.", first, second, day=SOON)
    assert decide(claim, pairs).status is status


def test_of_one_quarter_there_is_one_value_whoever_gives_it_later() -> None:
    first = "In the first quarter of 2026 sales were 140 cars."
    second = "In the first quarter of 2026 sales were 150 cars."
    for draft, status in (
        ("In the first quarter of 2026 sales were 140 cars.", Status.CONFLICTING_SOURCES),
        (
            "The ministry says that sales were 140 cars in the first quarter of 2026.",
            Status.SUPPORTED,
        ),
    ):
        claim, pairs = _told_twice(draft, first, second)
        assert decide(claim, pairs).status is status


def test_a_figure_of_a_period_is_outdated_when_it_is_revised() -> None:
    claim, pairs = _told_twice(
        "In the first quarter of 2026 sales were 140 cars.",
        "In the first quarter of 2026 sales were 140 cars.",
        "Sales in the first quarter of 2026 were revised to 150 cars.",
    )
    assert decide(claim, pairs).status is Status.OUTDATED


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ("Corrected sales in the first quarter of 2026 were 150 cars.", Status.OUTDATED),
        ("Sales in the first quarter of 2026 were 150 cars.", Status.SUPPORTED),
    ],
)
def test_an_outright_correction_need_not_be_as_surely_of_the_same_thing(
    second: str, status: Status
) -> None:
    first = "In the first quarter of 2026 sales were 140 cars."
    claim, pairs = _told_twice(first, first, second, sure=0.2)
    assert decide(claim, pairs).status is status


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ("The hall will open late, on March 9, 2028.", Status.OUTDATED),
        ("Another hall will open on March 9, 2028.", Status.SUPPORTED),
        ("大厅推迟到2028年3月9日开放。", Status.OUTDATED),
    ],
)
def test_a_planned_day_is_outdated_when_it_is_said_to_be_moved(second: str, status: Status) -> None:
    chinese = second.startswith("大")
    claim, pairs = _told_twice(
        "大厅将于2027年5月2日开放。" if chinese else "The hall will open on May 2, 2027.",
        "大厅定于2027年5月2日开放。" if chinese else "The hall is to open on May 2, 2027.",
        second,
        titles=("大厅何时开放", "大厅何时开放") if chinese else ("Ferries to Brill",) * 2,
    )
    assert decide(claim, pairs).status is status


def test_an_older_value_contradicts_nothing_that_is_so_now() -> None:
    claim = told("The ships cost 365 million crowns.")
    new = told("The ships cost 365 million crowns.", article="b", title="Brill ferries", day=JULY)
    old = told("The ships cost 310 million crowns.", article="a", title="Brill ferries", day=MAY)
    own = replace(paired(claim, new, sure=0.5), anew=(_anew(new, old, SURE),))
    assert decide(claim, [own, paired(claim, old, sure=0.99)]).status is Status.SUPPORTED
    alone = replace(own, anew=())
    assert decide(claim, [alone, paired(claim, old, sure=0.99)]).status is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("draft", "text", "status"),
    [
        (
            "The union has 1,840 members.",
            "Moss said 1,840 people belong to it; the company puts the number at 1,520 people.",
            Status.CONFLICTING_SOURCES,
        ),
        (
            "The union has 1,840 members.",
            "Moss said 1,840 people belong to it; it hopes for 2,100 people.",
            Status.SUPPORTED,
        ),
        (
            "火灾造成直接损失52万元。",
            "厂方估计损失52万元，而市应急局的认定为37万元。",
            Status.CONFLICTING_SOURCES,
        ),
    ],
)
def test_two_bodies_of_one_article_that_count_otherwise_disagree(
    draft: str, text: str, status: Status
) -> None:
    claim = told(draft)
    one, two = (told(text, at=at, article="a", day=MAY) for at in (0, -1))
    own = replace(paired(claim, one), anew=(_anew(one, two, UNSURE),))
    assert decide(claim, [own]).status is status


def test_what_somebody_puts_a_things_own_measure_at_disputes_nothing() -> None:
    disputing = re.compile(str(section("checking", "reported")["disputing"]))
    assert disputing.search("the company puts the number at 1,520 people.")
    assert not disputing.search("nadia brook put the chain's gross margin at 57%.")
