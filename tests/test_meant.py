"""Which sums of two printed figures are support, and which are only shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from drafting import paired, told
from kaoju.alignment import Pair
from kaoju.derived import summed
from kaoju.frames import Frame
from kaoju.meant import decided_by_sum
from kaoju.types import Relation, Status


def _sum(claim: Frame, one: Frame, other: Frame, rule: str, value: str | None = None) -> Pair:
    figure = claim.figure
    assert figure.value is not None
    made = summed(
        one,
        other,
        rule=rule,
        asked=True,
        value=Decimal(value) if value else figure.value,
        unit=figure.unit,
        dimension=figure.dimension,
        relation=figure.relation,
        direction=figure.direction,
    )
    return paired(claim, made, sure=0.3)


def _status(claim: Frame, sums: list[Pair], nearest: Frame) -> Status:
    return decided_by_sum(claim, sums, [paired(claim, nearest)]).status


def test_a_gap_in_one_sentence_is_support_though_no_direction_is_told() -> None:
    claim = told("The gap between the two reservoirs is 46 million tonnes.")
    text = "Ellerby holds 231 million tonnes and Vale 185 million tonnes."
    one, other = told(text, at=0, article="a"), told(text, at=1, article="a")
    assert _status(claim, [_sum(claim, one, other, "difference")], one) is Status.SUPPORTED


def test_a_change_of_which_no_word_tells_is_only_shown() -> None:
    text = "North had 86 rooms and South 11 rooms."
    one, other = told(text, at=0, article="a"), told(text, at=1, article="a")
    for draft, status in (
        ("全省今年新增75间。", Status.SUPPORTED),
        ("全省今年计划新建75间。", Status.NEEDS_CONTEXT),
    ):
        plain = told(draft)
        figure = replace(plain.figure, relation=Relation.BY)
        claim = replace(plain, figure=figure)
        assert _status(claim, [_sum(claim, one, other, "difference")], one) is status


def test_two_sentences_must_be_of_one_measure() -> None:
    claim = told("The harbour has 67 more berths in use.")
    one = told("The harbour has 352 berths in use now.", article="a")
    alike = told("The harbour had 285 berths in use.", article="b")
    other = told("Some 285 sailors went on strike.", article="b")
    for second, status in ((alike, Status.SUPPORTED), (other, Status.NEEDS_CONTEXT)):
        near = [paired(claim, one), paired(claim, second)]
        sums = [_sum(claim, one, second, "difference")]
        assert decided_by_sum(claim, sums, near).status is status


def test_an_article_that_is_about_something_else_supports_no_sum() -> None:
    claim = told("Vale holds 46 million tonnes less than Ellerby.", bodies=("Vale", "Ellerby"))
    text = "Ellerby holds 231 million tonnes and Vale 185 million tonnes."
    nearest = told("Vale is nearly dry, with 3 million tonnes.", article="a")
    for bodies, status in (
        ((), Status.NEEDS_CONTEXT),
        (("Vale", "Ellerby"), Status.SUPPORTED),
    ):
        one, other = (told(text, at=at, article="b", bodies=bodies) for at in (0, 1))
        sums = [_sum(claim, one, other, "difference")]
        assert _status(claim, sums, nearest) is status


def test_what_only_rounds_to_one_digit_is_no_support() -> None:
    claim = told("Turnout was 3 percentage points higher in the south.")
    text = "Turnout was 58.6% in the south and 55.9% in the north."
    one, other = told(text, at=0, article="a"), told(text, at=1, article="a")
    rounded = _sum(claim, one, other, "difference", "2.7")
    assert _status(claim, [rounded], one) is Status.NEEDS_CONTEXT
    exact = told("Turnout was 58.9% in the south and 55.9% in the north.", article="a", at=0)
    good = _sum(claim, exact, other, "difference", "3.0")
    assert _status(claim, [rounded, good], one) is Status.SUPPORTED
