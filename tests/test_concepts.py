"""What figures measure, told alike in both languages."""

from __future__ import annotations

import pytest

from kaoju.concepts import find_concepts, rival_concepts, same_concept, settled
from kaoju.lexicon import entries

CONCEPTS = list(entries("concepts", "concept", ("id", "zh", "en")))
WORDS = [(entry["id"], word) for entry in CONCEPTS for key in ("zh", "en") for word in entry[key]]


def test_every_word_of_the_lexicon_is_found_whole_as_its_concept() -> None:
    assert len(WORDS) > 500
    for concept, word in WORDS:
        (found,) = find_concepts(word)
        assert (found.id, found.span.of(word)) == (concept, word)


def test_every_concept_has_words_in_both_languages_and_a_name_of_its_own() -> None:
    ids = [entry["id"] for entry in CONCEPTS]
    assert len(ids) == len(set(ids))
    assert all(entry["zh"] and entry["en"] for entry in CONCEPTS)


def test_rivals_are_rivals_of_each_other_and_never_of_themselves() -> None:
    for entry in entries("concepts", "rivals", ("concepts",)):
        listed = entry["concepts"]
        assert len(listed) == len(set(listed))
        for one in listed:
            assert not rival_concepts(one, one)
            for other in listed:
                assert rival_concepts(one, other) == rival_concepts(other, one) == (one != other)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("净利润同比下降，营收增长。", ["net_profit", "revenue"]),
        ("Net profits fell while revenues rose.", ["net_profit", "revenue"]),
        ("淨利潤和營收", ["net_profit", "revenue"]),
        ("核心通胀高于通胀", ["core_inflation", "inflation"]),
        ("EXPORTS and imports", ["exports", "imports"]),
        ("The priceless taxidermy of exporters", []),
    ],
)
def test_concepts_are_found_in_order_by_the_longest_word(text: str, concepts: list[str]) -> None:
    assert [found.id for found in find_concepts(text)] == concepts


def test_spans_are_on_the_text_as_printed() -> None:
    text = "ＧＤＰ增长了"
    (found,) = find_concepts(text)
    assert found.span.of(text) == "ＧＤＰ"


def test_a_kind_of_a_thing_is_the_thing_and_two_kinds_are_not_one() -> None:
    assert same_concept("core_inflation", "inflation")
    assert same_concept("inflation", "core_inflation")
    assert not same_concept("net_profit", "gross_profit")
    assert rival_concepts("net_profit", "gross_profit")


@pytest.mark.parametrize(
    ("text", "around", "concept"),
    [
        ("She sees the deficit at 38 billion.", "The trade gap narrowed.", "trade_deficit"),
        ("她预计全年赤字为380亿。", "贸易逆差收窄。", "trade_deficit"),
        ("She sees the deficit at 38 billion.", "", "fiscal_deficit"),
        ("She sees the deficit at 38 billion.", "Imports fell.", "fiscal_deficit"),
        ("The budget deficit is 38 billion.", "The trade gap narrowed.", "fiscal_deficit"),
        ("The government's deficit is 38 billion.", "The trade gap narrowed.", "fiscal_deficit"),
        (
            "The deficit is 38 billion.",
            "The trade gap and the budget gap grew.",
            "fiscal_deficit",
        ),
    ],
)
def test_a_bare_deficit_is_of_trade_where_that_is_spoken_of(
    text: str, around: str, concept: str
) -> None:
    assert [one.id for one in settled(text, around)] == [concept]
