"""The best case for each verdict on a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting import paired, told
from kaoju.alignment import FEATURES, Conflict, Pair
from kaoju.binding import bound
from kaoju.derived import summed
from kaoju.dissent import least
from kaoju.judgement import Decided
from kaoju.options import options_of, plain, sides_of
from kaoju.trust import features_of
from kaoju.types import Status

DRAFT = "The orchards cover 610 hectares."


def _pairs(draft: str, *articles: str, people: tuple[str, ...] = ()) -> list[Pair]:
    claim = told(draft, people=tuple(p for p in people if p in draft))
    pairs = [
        paired(
            claim, told(text, article=f"a{at}", people=tuple(p for p in people if p in text)),
            sure=0.9 - at / 10,
        )
        for at, text in enumerate(articles)
    ]  # fmt: skip
    none = dict.fromkeys(FEATURES, 0.0)
    return bound([replace(p, features=none | p.features) for p in pairs], lambda _: 1.0)


def _nothing(pairs: list[Pair]) -> Decided:
    return Decided(pairs[0].claim, Status.NOT_FOUND, "no_evidence")


def test_what_agrees_and_what_differs_make_a_case_each() -> None:
    pairs = _pairs(DRAFT, "The orchards cover 520 hectares.", "The orchards cover 610 hectares.")
    found = options_of(sides_of(_nothing(pairs), pairs))
    assert found[Status.CONTRADICTED].pairs == (pairs[0],)
    assert found[Status.SUPPORTED].pairs == (pairs[1],)
    assert found[Status.NOT_FOUND].pairs == ()
    assert found[Status.NEEDS_CONTEXT].rule in ("unsure", "unanswered")
    assert Status.OUTDATED not in found


def test_no_case_is_made_for_what_nothing_speaks_for() -> None:
    pairs = _pairs(DRAFT, "The orchards cover 520 hectares.")
    assert set(options_of(sides_of(_nothing(pairs), pairs))) == {
        Status.NOT_FOUND,
        Status.CONTRADICTED,
    }


def test_what_hardly_is_of_the_same_thing_leaves_the_accusing_to_the_next() -> None:
    pairs = _pairs(DRAFT, "The meadows cover 61 hectares.", "The orchards cover 520 hectares.")
    sides = sides_of(_nothing(pairs), pairs)
    for sure, accusing in ((0.01, pairs[1]), (0.6, pairs[0])):
        first = replace(pairs[0], aligned=sure)
        found = options_of(replace(sides, accusing=[first, pairs[1]]))
        assert found[Status.CONTRADICTED].pairs[0].evidence is accusing.evidence
    faint = [replace(p, aligned=0.01) for p in pairs]
    assert Status.CONTRADICTED not in options_of(replace(sides, accusing=faint))


def test_the_number_of_something_else_is_told_with_what_sets_it_apart() -> None:
    pairs = _pairs(DRAFT, "The fields cover 610 hectares.")
    pairs = [replace(p, conflicts=frozenset({Conflict.SUBJECT})) for p in pairs]
    found = options_of(sides_of(_nothing(pairs), pairs))
    assert (found[Status.NEEDS_CONTEXT].rule, found[Status.NEEDS_CONTEXT].pairs) == (
        "subject",
        (pairs[0],),
    )
    # What sets it apart may only seem to: that is weighed with all else.
    assert found[Status.SUPPORTED].pairs == (pairs[0],)


def test_what_is_of_another_tenor_or_surely_apart_supports_nothing() -> None:
    draft = "The 30-year yield rose 6 basis points."
    pairs = _pairs(draft, "The 10-year yield rose 6 basis points.")
    of_tenor = [replace(p, conflicts=frozenset({Conflict.KEY})) for p in pairs]
    fitted = Decided(pairs[0].claim, Status.NOT_FOUND, "no_evidence")
    assert Status.SUPPORTED not in options_of(sides_of(fitted, of_tenor))
    assert options_of(sides_of(fitted, of_tenor))[Status.NEEDS_CONTEXT].rule == "key"
    of_another = [
        replace(p, conflicts=frozenset({Conflict.MEASURE, Conflict.APART})) for p in pairs
    ]
    assert Status.SUPPORTED not in options_of(sides_of(fitted, of_another))
    assert options_of(sides_of(fitted, of_another))[Status.NEEDS_CONTEXT].rule == "apart"
    of_subject = [replace(p, conflicts=frozenset({Conflict.SUBJECT})) for p in pairs]
    assert Status.SUPPORTED in options_of(sides_of(fitted, of_subject))


def test_what_an_article_only_expects_supports_no_fact() -> None:
    pairs = _pairs("Orchards covered 610 hectares.", "Orchards are expected to cover 610 hectares.")
    pairs = [replace(p, conflicts=frozenset()) for p in pairs]
    fitted = Decided(pairs[0].claim, Status.SUPPORTED, "equal", (pairs[0],))
    assert Status.SUPPORTED not in options_of(sides_of(fitted, pairs))
    told = _pairs("Orchards will likely cover 610 hectares.", pairs[0].evidence.statement.text)
    told = [replace(p, conflicts=frozenset()) for p in told]
    assert Status.SUPPORTED in options_of(sides_of(_nothing(told), told))


def test_a_figure_that_somebody_else_gives_is_no_support() -> None:
    pairs = _pairs(
        "Arlo Fenn said orchards cover 610 hectares.",
        "Mira Holt said orchards cover 610 hectares.",
        people=("Arlo Fenn", "Mira Holt"),
    )
    pairs = [replace(p, conflicts=frozenset()) for p in pairs]
    found = options_of(sides_of(_nothing(pairs), pairs))
    assert found[Status.NEEDS_CONTEXT].rule == "speaker"
    assert Status.SUPPORTED not in found


def test_a_rounded_number_stands_where_the_supported_do() -> None:
    pairs = _pairs("They cover 7.2 million hectares.", "They cover 7.24 million hectares.")
    found = options_of(sides_of(_nothing(pairs), pairs))
    assert found[Status.SUPPORTED].status is Status.SUPPORTED_ROUNDED
    assert plain(Status.SUPPORTED_ROUNDED) is Status.SUPPORTED


def test_what_two_figures_make_supports_where_no_article_prints_it() -> None:
    claim = told("The gap between the two reservoirs is 46 million tonnes.")
    text = "Ellerby holds 231 million tonnes and Vale 185 million tonnes."
    one, other = told(text, at=0, article="a"), told(text, at=1, article="a")
    figure = claim.figure
    assert figure.value is not None
    made = summed(
        one, other, rule="difference", asked=True, value=figure.value, unit=figure.unit,
        dimension=figure.dimension, relation=figure.relation, direction=figure.direction,
    )  # fmt: skip
    total = paired(claim, made, sure=0.3)
    printed = [paired(claim, one), paired(claim, other)]
    sides = sides_of(Decided(claim, Status.NOT_FOUND, "no_evidence"), printed, [total])
    case = options_of(sides)[Status.SUPPORTED]
    assert (case.rule, case.pairs) == ("reckoned", (total,))
    seen = features_of(sides)
    assert (seen["sum=difference"], seen["sum=sentence"], seen["sum=comes_out"]) == (1, 1, 1)
    assert "sums" not in features_of(sides_of(sides.fitted, printed))


def test_how_the_figures_fit_is_among_the_options_as_it_is() -> None:
    pairs = _pairs(DRAFT, "The orchards cover 520 hectares.")
    fitted = Decided(pairs[0].claim, Status.CONTRADICTED, "from_and_to", (pairs[0],))
    assert options_of(sides_of(fitted, pairs))[Status.CONTRADICTED] is fitted


@pytest.mark.parametrize(
    ("text", "disputed"),
    [
        ("The council counts 610 hectares of orchards; the growers put it at 520 hectares.", True),
        ("The orchards cover 610 hectares; the vineyards, which are older, 520 hectares.", False),
    ],
)
def test_what_an_article_sets_beside_a_figure_makes_a_case(text: str, disputed: bool) -> None:
    claim = told(DRAFT)
    pairs = [paired(claim, told(text, at=0, article="a"))]
    sides = sides_of(_nothing(pairs), pairs)
    found = options_of(sides)
    assert (Status.CONFLICTING_SOURCES in found) is disputed
    assert (features_of(sides)["disputed"] >= least()) is disputed
    if disputed:
        quoted = found[Status.CONFLICTING_SOURCES].pairs
        assert [p.evidence.figure.surface for p in quoted] == ["610 hectares", "520 hectares"]


def test_a_draft_that_names_its_source_has_no_dispute_to_be_told_of() -> None:
    claim = told("It has 610 hectares, said Jane Moor.", people=("Jane Moor",), speaker="Jane Moor")
    text = "The council counts 610 hectares of orchards; the growers put it at 520 hectares."
    pairs = [paired(claim, told(text, at=0, article="a"))]
    found = options_of(sides_of(_nothing(pairs), pairs))
    assert Status.CONFLICTING_SOURCES not in found
