"""Places of a ranking from one to another, which are neither days nor counts."""

from __future__ import annotations

import pytest

from drafting import frame_of
from kaoju.alignment import Conflict, conflicts_of
from kaoju.figures import find_figures
from kaoju.types import Dimension


@pytest.mark.parametrize(
    ("text", "surface", "low", "high"),
    [
        ("第3至8名各得900元", "第3至8", 3, 8),
        ("第 4 – 20 名：各得 $150", "第 4 – 20", 4, 20),
        ("第21到第60位获得徽章", "第21到第60", 21, 60),
        ("Those who place 3rd to 8th get $900 each.", "3rd to 8th", 3, 8),
        ("- 3rd to 8th: $900 each", "3rd to 8th", 3, 8),
        ("Traders ranked 21st to 150th share the rest.", "21st to 150th", 21, 150),
        ("Ranks 201–1,500: 40 crystals", "201–1,500", 201, 1500),
    ],
)
def test_places_are_one_ordinal_range(text: str, surface: str, low: int, high: int) -> None:
    found = [f for f in find_figures(text) if f.dimension is Dimension.ORDINAL]
    assert [(f.surface, f.value, f.upper) for f in found] == [(surface, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "It is open from the 3rd to 8th of March.",
        "Pupils in 3rd to 8th grade may join.",
        "第2至4天免费。",
        "It has places for 20-30 children.",
    ],
)
def test_other_runs_are_no_places(text: str) -> None:
    found = [f for f in find_figures(text) if f.dimension is Dimension.ORDINAL]
    assert all(f.upper is None for f in found)


@pytest.mark.parametrize(
    ("article", "clashes"),
    [("第2–5名各 $800", False), ("第6–20名各 $800", True), ("第101–1000名各 $800", True)],
)
def test_a_place_is_one_of_those_that_a_row_of_prizes_names(article: str, clashes: bool) -> None:
    claim, evidence = frame_of("第4名可得$800。", "$800"), frame_of(article, "$800")
    assert (Conflict.KEY in conflicts_of(claim, evidence)) is clashes
