"""What agrees with a draft is laid beside what other articles state anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from drafting import paired, told
from kaoju import KnowledgeBase, Status
from kaoju.alignment import Pair
from kaoju.restating import features_of, likely

ARTICLES = {
    "fell-1": (
        "Fellgate market sells more apples",
        "2026-03-04",
        "Traders on Fellgate market sold 86 tons of apples last week, 52 tons of pears and 31 tons"
        " of plums. A stall on the square costs 40 crowns a day.",
    ),
    "fell-2": (
        "Fellgate market gets dearer",
        "2026-06-10",
        "From this month a stall on the square of Fellgate market costs 55 crowns a day. Traders"
        " sold 95 tons of apples last week, 60 tons of pears and 24 tons of plums.",
    ),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    folder = tmp_path_factory.mktemp("articles")
    for name, (title, day, text) in ARTICLES.items():
        head = f"---\nid: {name}\ntitle: {title}\npublished: {day}\nlanguage: en\n---\n\n"
        Path(folder / f"{name}.md").write_text(head + text + "\n", encoding="utf-8")
    with KnowledgeBase.open(tmp_path_factory.mktemp("shelf")) as kb:
        kb.add([folder])
        yield kb


@pytest.mark.parametrize(
    ("draft", "status", "newer"),
    [
        ("A stall on the square of Fellgate market costs 40 crowns.", Status.OUTDATED, "55"),
        ("A stall on the square of Fellgate market costs 55 crowns.", Status.SUPPORTED, None),
        ("Fellgate's traders sell 52 tons of pears.", Status.OUTDATED, "60 tons"),
    ],
)
def test_a_later_articles_own_words_replace_a_figure(
    shelf: KnowledgeBase, draft: str, status: Status, newer: str | None
) -> None:
    (verdict,) = shelf.check(draft)
    assert verdict.status is status
    if newer is not None:
        assert newer in verdict.explanation


def _retold(first: str, second: str) -> Pair:
    one = told(first, article="a", title="Ferries", day=date(2026, 5, 4))
    two = told(second, article="b", title="Ferries", day=date(2026, 7, 6))
    pair = paired(one, two)
    return replace(pair, features={**pair.features, **features_of(one, two)})


def test_what_is_said_of_another_is_less_likely_to_state_a_figure_anew() -> None:
    own = _retold("Calder runs 14 ships.", "Calder now runs 13 ships.")
    other = replace(own, features={**own.features, "subject_conflict": 1.0})
    assert likely(other).score < likely(own).score
