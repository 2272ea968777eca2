"""Nouns to JSON and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoju.codec import from_json, to_json
from kaoju.types import Dimension, Entity, EntityKind, Figure, Language, Qualifier, Span


def figure(value: Decimal) -> Figure:
    return Figure(
        span=Span(3, 5),
        surface="6%",
        value=value,
        unit="percent",
        dimension=Dimension.PERCENT,
        qualifier=Qualifier.ABOUT,
    )


def test_names_are_kept_and_values_are_plain() -> None:
    data = to_json(figure(Decimal("0.06")))
    assert data["span"] == {"start": 3, "end": 5}
    assert data["value"] == 0.06
    assert data["qualifier"] == "about"
    assert json.dumps(to_json(figure(Decimal(30000000000000)))["value"]) == "30000000000000"


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_a_figure_comes_back_through_json(value: Decimal) -> None:
    one = figure(value)
    assert from_json(Figure, json.loads(json.dumps(to_json(one)))) == one


def test_pairs_dates_and_nothing_come_back() -> None:
    one = Entity(
        "e-1",
        EntityKind.PERSON,
        ((Language.ZH, "贝森特"), (Language.EN, "Scott Bessent")),
        (("财长", date(2025, 11, 20)), ("secretary", None)),
    )
    assert from_json(Entity, json.loads(json.dumps(to_json(one), ensure_ascii=False))) == one


def test_a_record_written_before_a_field_was_added_still_reads() -> None:
    data = to_json(figure(Decimal(6)))
    del data["per"]
    data["of_a_later_version"] = 1
    assert from_json(Figure, data) == figure(Decimal(6))


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        to_json(object())
