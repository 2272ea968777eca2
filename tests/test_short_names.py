"""A company's first word is the company, in the article that names it in full."""

from __future__ import annotations

import pytest

from kaoju.short_names import short_names
from kaoju.types import Entity, EntityKind, Language, Mention, Span


def _entity(name: str, kind: EntityKind = EntityKind.ORGANISATION) -> Entity:
    return Entity(f"e-{name}", kind, ((Language.EN, name),))


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Velden earned 9 million.", ["Velden Ferries"], [("Velden", 0)]),
        ("It said Velden earned 9 million, Velden's most.", ["Velden Ferries"], [("Velden", 8)]),
        ("Velden Yards earned 9 million.", ["Velden Ferries"], []),
        ("Velden earned 9 million.", ["Velden Ferries", "Velden Yards"], []),
        ("Royal dues rose.", ["Royal Institute"], []),
        ("Velden earned 9 million.", ["Velden"], []),
    ],
)
def test_the_first_word_of_a_bodys_name_is_found(
    text: str, names: list[str], found: list[tuple[str, int]]
) -> None:
    some = short_names(text, 0, [], [_entity(name) for name in names])
    assert [(m.surface, m.span.start) for m in some][:1] == found
    assert all(m.entity_id == f"e-{names[0]}" for m in some)


def test_spans_count_in_the_article_and_what_is_named_already_is_left_alone() -> None:
    named = Mention(
        Span(100, 114), "Velden Ferries", EntityKind.ORGANISATION, "", Language.EN, entity_id="x"
    )
    text = "Velden Ferries earned more than Velden had said."
    found = short_names(text, 100, [named], [_entity("Velden Ferries")])
    assert [m.span for m in found] == [Span(100, 114), Span(132, 138)]


def test_a_person_and_a_place_have_no_such_name() -> None:
    for kind in (EntityKind.PERSON, EntityKind.PLACE):
        assert short_names("Velden rose.", 0, [], [_entity("Velden Hill", kind)]) == []
