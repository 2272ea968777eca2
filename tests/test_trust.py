"""Which verdict stands, once all beside it is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting import paired, told
from kaoju import trust
from kaoju.alignment import FEATURES, Pair
from kaoju.binding import bound
from kaoju.draft_comparison import compare
from kaoju.judgement import Decided
from kaoju.options import Sides, sides_of
from kaoju.printed import as_printed, share_printed
from kaoju.text import FoldedText
from kaoju.types import EVIDENCED, Document, Language, Status
from kaoju.verdict_wording import worded

ORCHARDS = "The orchards of the county cover 520 hectares."
DRAFT = "The orchards cover 610 hectares."


def _pairs(draft: str, *articles: str, sure: float = 0.9, **said: float) -> list[Pair]:
    claim = told(draft)
    plain = dict.fromkeys(FEATURES, 0.0) | said
    pairs = [
        paired(claim, told(text, article=f"a{at}"), sure=sure) for at, text in enumerate(articles)
    ]
    return bound([replace(p, features=plain | p.features) for p in pairs], lambda _: 1.0)


def _sides(*articles: str, draft: str = DRAFT, status: Status = Status.NOT_FOUND) -> Sides:
    pairs = _pairs(draft, *articles)
    quotes = (pairs[0],) if status in EVIDENCED else ()
    return sides_of(Decided(pairs[0].claim, status, "equal", quotes), pairs)


def _chances(**told: float) -> dict[str, float]:
    return dict.fromkeys(map(str, Status), 0.0) | told


def test_the_likeliest_verdict_that_has_a_case_is_chosen() -> None:
    sides = _sides(ORCHARDS, "The orchards cover 610 hectares.")
    found = trust.chosen(sides, _chances(supported=0.7, contradicted=0.3), 0.0, 0.0)
    assert (found.status, found.rule) == (Status.SUPPORTED, "equal")
    found = trust.chosen(sides, _chances(supported=0.3, contradicted=0.7), 0.0, 0.0)
    assert (found.status, found.rule) == (Status.CONTRADICTED, "value")
    only = _sides(ORCHARDS)  # nothing agrees
    found = trust.chosen(only, _chances(supported=0.7, not_found=0.2), 0.0, 0.0)
    assert found.status is Status.NOT_FOUND


def test_an_error_that_costs_more_is_feared_more() -> None:
    sides = _sides(ORCHARDS, "The orchards cover 610 hectares.")
    even = _chances(supported=0.3, contradicted=0.4, not_found=0.25)
    assert trust.chosen(sides, even, 0.0, 0.0).status is Status.CONTRADICTED
    assert trust.chosen(sides, even, 2.0, 2.0).status is Status.NOT_FOUND
    assert trust.chosen(sides, even, 2.0, 0.0).status is Status.SUPPORTED
    assert trust.chosen(sides, even, 0.0, 2.0).status is Status.CONTRADICTED


def test_a_number_that_is_there_is_shown_where_neither_error_may_be_risked() -> None:
    sides = _sides(ORCHARDS, "The orchards cover 610 hectares.")
    even = _chances(supported=0.5, contradicted=0.4, not_found=0.1)
    found = trust.chosen(sides, even, 2.0, 2.0)
    assert found.status is Status.NEEDS_CONTEXT
    assert found.pairs[0].evidence.figure.value == 610
    only = _sides(ORCHARDS)  # nothing agrees
    assert trust.chosen(only, even, 2.0, 2.0).status is Status.NOT_FOUND


def test_a_support_whose_words_nothing_answers_tells_them() -> None:
    sides = _sides(ORCHARDS, draft="Insurance was bought for 520 hectares.")
    found = trust.chosen(sides, _chances(needs_context=0.9), 1.0, 1.0)
    assert (found.status, found.rule) == (Status.NEEDS_CONTEXT, "unanswered")
    assert "insurance" in found.missing
    article = Document("a0", "v1", ORCHARDS, "Farms", "a0", "text/plain", Language.EN)
    text = found.claim.statement.text
    assert "insurance" in worded(found, {"a0": article}, FoldedText(text, text)).explanation


def test_what_is_read_from_afar_is_not_doubted() -> None:
    pair = paired(told(DRAFT), told(ORCHARDS, article="a"))
    decided = Decided(pair.claim, Status.CONTRADICTED, "value", (pair,))
    assert trust.trusted(sides_of(decided, [pair])) is decided


def test_what_an_article_prints_word_for_word_is_not_doubted() -> None:
    whole = "The orchards of the county cover 520 hectares on both banks of the river."
    assert trust.is_settled(_sides(whole, draft=whole, status=Status.SUPPORTED))
    other = "The county's orchards and gardens cover 520 hectares."
    assert not trust.is_settled(_sides(whole, draft=other, status=Status.SUPPORTED))


def test_the_same_words_say_the_same_though_a_year_is_read_otherwise() -> None:
    text = "Both firms of the county reported their results for the year on 17 March."
    claim, evidence = told(text, at=-1), told(text, at=-1, article="a")
    figure = replace(claim.figure, period="2025-03-17")
    pair = paired(replace(claim, figure=figure), evidence)
    other = replace(evidence, figure=replace(evidence.figure, period="2026-03-17"))
    differing = replace(pair, evidence=other, comparison=compare(pair.claim, other))
    assert not differing.agrees
    assert as_printed(differing).agrees
    apart = replace(differing, evidence=told(f"{text[:-1]}, they said.", article="a"))
    assert as_printed(apart) is apart


def test_what_is_copied_but_for_its_number_is_seen() -> None:
    (altered,) = _pairs("The orchards of the county cover 530 hectares.", ORCHARDS)
    assert share_printed(altered) == 1
    (retold,) = _pairs("Fruit grows on 530 hectares of the county.", ORCHARDS)
    assert share_printed(retold) < 0.5
    (copied,) = _pairs("县里的果园共有530公顷。", "县里的果园共有520公顷，去年更多。")
    assert share_printed(copied) == 1


def test_a_whole_that_the_article_does_not_speak_of_is_seen() -> None:
    altogether = _sides(ORCHARDS, draft="Altogether the farms hold 520 hectares.")
    assert trust.features_of(altogether)["whole=said"] == 1
    plainly = _sides(ORCHARDS, draft="The farms hold 520 hectares.")
    assert trust.features_of(plainly)["whole=said"] == 0


def test_what_there_is_nothing_of_is_told_as_such() -> None:
    seen = trust.features_of(_sides(ORCHARDS))
    assert seen["agreeing=none"] == seen["elsewhere=none"] == 1
    assert "differing=none" not in seen
    assert "agreeing score" not in seen
    assert seen["differing rule=value"] == 1


def test_the_shipped_trees_ask_for_what_is_told() -> None:
    every = _sides(ORCHARDS, "The orchards cover 610 hectares.")
    told_of = {name for name in trust.features_of(every) if "=" not in name}
    asked = {name for name in map(str, trust.trees().names) if "=" not in name}
    assert len(told_of & asked) > len(told_of) / 2
    chances = trust.trees().chances(trust.features_of(every))
    assert set(chances) <= set(map(str, Status))
    assert sum(chances.values()) == pytest.approx(1)
