"""Figures that an article itself takes back."""

from __future__ import annotations

from datetime import date

import pytest

from drafting import paired, told
from kaoju.types import Status
from kaoju.verdicts import decide

MAY, JULY = date(2026, 5, 4), date(2026, 7, 6)


@pytest.mark.parametrize(
    ("draft", "first", "second"),
    [
        (
            "Brill Ferries will charge $9.",
            "Brill Ferries said it would charge $9.",
            "Brill Ferries will charge $6, not $9.",
        ),
        (
            "Brill Ferries will raise fares by 25%.",
            "Brill Ferries is to raise fares by 25%.",
            "Brill Ferries will raise fares by 15% rather than 25%.",
        ),
        (
            "2025年海渡公司载客2136万人次。",
            "2025年海渡公司载客2136万人次。",
            "海渡公司2025年客运量由2136万人次更正为1978万人次。",
        ),
        (
            "海渡公司有9艘停航。",
            "海渡公司有9艘停航。",
            "海渡公司说，停航的有8艘，而非先前公布的9艘。",
        ),
    ],
)
def test_what_a_later_article_takes_back_is_outdated(draft: str, first: str, second: str) -> None:
    name = "海渡公司" if "海渡" in draft else "Brill Ferries"
    claim = told(draft, bodies=(name,))
    pairs = [paired(claim, told(first, article="a", day=MAY, bodies=(name,), title=name))]
    again = told(second, at=0, article="b", day=JULY, bodies=(name,), title=name)
    count = len(again.statement.figures)
    pairs += [
        paired(claim, told(second, at=at, article="b", day=JULY, bodies=(name,), title=name))
        for at in range(count)
    ]
    assert decide(claim, pairs).status is Status.OUTDATED


@pytest.mark.parametrize(
    "draft",
    [
        "Brill Ferries will charge $6, not $9.",
        "Brill Ferries originally planned to charge $9.",
        "Brill Ferries said it would charge $9.",
    ],
)
def test_a_draft_that_tells_of_the_change_or_of_then_is_not_outdated(draft: str) -> None:
    claim = told(draft, bodies=("Brill Ferries",))
    first, second = "Brill Ferries is to charge $9.", "Brill Ferries will charge $6, not $9."
    pairs = [paired(claim, told(first, article="a", day=MAY, bodies=("Brill Ferries",)))]
    pairs += [
        paired(claim, told(second, at=at, article="b", day=JULY, bodies=("Brill Ferries",)))
        for at in (0, 1)
    ]
    assert decide(claim, pairs).status is not Status.OUTDATED


@pytest.mark.parametrize(
    ("draft", "first", "second"),
    [
        (
            "Brill Ferries will open its pier on May 20.",
            "Brill Ferries will open its pier on May 20.",
            "The opening of the Brill Ferries pier planned for May 20 has been put off to June 3.",
        ),
        (
            "Brill Ferries ends its spring sale on May 20.",
            "Brill Ferries: spring sale May 2, 10:00 - May 20, 22:00",
            "The Brill Ferries sale moves from May 20, 22:00 to June 3, 22:00.",
        ),
        (
            "海渡公司的春季售票5月20日截止。",
            "海渡公司春季售票5月20日截止。",
            "海渡公司春季售票截止时间由5月20日22:00改为6月3日22:00。",
        ),
    ],
)
def test_a_day_that_a_later_article_puts_off_is_outdated(
    draft: str, first: str, second: str
) -> None:
    name = "海渡公司" if "海渡" in draft else "Brill Ferries"
    claim = told(draft, bodies=(name,))
    pairs = [paired(claim, told(first, article="a", day=MAY, bodies=(name,), title=name))]
    pairs += [
        paired(claim, told(second, at=at, article="b", day=JULY, bodies=(name,), title=name))
        for at in (0, 1)
    ]
    assert decide(claim, pairs).status is Status.OUTDATED


def test_a_day_beside_another_is_not_put_off() -> None:
    name = "Brill Ferries"
    claim = told("Brill Ferries will open its pier on May 20.", bodies=(name,))
    article = "Brill Ferries will open its pier on May 20 and its shop on June 3."
    pairs = [
        paired(claim, told(article, at=at, article="b", day=JULY, bodies=(name,), title=name))
        for at in (0, 1)
    ]
    assert decide(claim, pairs).status is not Status.OUTDATED
