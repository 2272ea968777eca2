"""What is left of a verdict that does not stand, once all beside it is seen."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from drafting import paired, told
from kaoju import trust
from kaoju.alignment import FEATURES, Pair, weights
from kaoju.binding import bound
from kaoju.judgement import Decided
from kaoju.text import FoldedText
from kaoju.types import Document, Language, Status
from kaoju.verdict_wording import worded

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from learn_trust import TABLES, learn

ORCHARDS = "The orchards of the county cover 520 hectares."


def _pairs(draft: str, *articles: str, sure: float = 0.9, **said: float) -> list[Pair]:
    claim = told(draft)
    plain = dict.fromkeys(FEATURES, 0.0) | said
    pairs = [
        paired(claim, told(text, article=f"a{at}"), sure=sure) for at, text in enumerate(articles)
    ]
    return bound([replace(p, features=plain | p.features) for p in pairs], lambda _: 1.0)


def _kept(
    status: Status,
    pairs: list[Pair],
    monkeypatch: pytest.MonkeyPatch,
    **tables: Mapping[str, float],
) -> Decided:
    monkeypatch.setattr(trust, "weights", tables.__getitem__)
    return trust.kept(Decided(pairs[0].claim, status, "equal", (pairs[0],)), pairs)


def test_a_support_whose_words_nothing_answers_needs_context(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = {"unanswered": -9.0, "bias": 2.0}
    same = _pairs("The county's orchards cover 520 hectares.", ORCHARDS)
    assert _kept(Status.SUPPORTED, same, monkeypatch, support=table).status is Status.SUPPORTED
    other = _pairs("Insurance was bought for 520 hectares.", ORCHARDS)
    left = _kept(Status.SUPPORTED, other, monkeypatch, support=table)
    assert (left.status, left.rule) == (Status.NEEDS_CONTEXT, "unanswered")
    assert "insurance" in left.missing
    article = Document("a0", "v1", ORCHARDS, "Farms", "a0", "text/plain", Language.EN)
    text = other[0].claim.statement.text
    assert "insurance" in worded(left, {"a0": article}, FoldedText(text, text)).explanation


def test_a_support_that_is_doubted_for_all_else_is_only_called_unsure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    same = _pairs("The county's orchards cover 520 hectares.", ORCHARDS)
    left = _kept(Status.SUPPORTED, same, monkeypatch, support={"bias": -2.0})
    assert (left.status, left.rule, left.missing) == (Status.NEEDS_CONTEXT, "unsure", ())


def test_a_doubtful_accusation_finds_nothing_or_the_support_it_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = {"accusation": {"bias": -2.0}, "support": {"bias": 2.0}}
    alone = _pairs("The orchards cover 610 hectares.", ORCHARDS)
    assert _kept(Status.CONTRADICTED, alone, monkeypatch, **tables).status is Status.NOT_FOUND
    both = _pairs("The orchards cover 610 hectares.", ORCHARDS, "Orchards cover 610 hectares.")
    left = _kept(Status.CONTRADICTED, both, monkeypatch, **tables)
    assert (left.status, left.pairs) == (Status.SUPPORTED, (both[1],))
    tables["support"] = {"bias": -2.0}
    assert _kept(Status.CONTRADICTED, both, monkeypatch, **tables).status is Status.NOT_FOUND


def test_an_accusation_that_stands_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _pairs("The orchards cover 610 hectares.", ORCHARDS)
    left = _kept(Status.CONTRADICTED, alone, monkeypatch, accusation={"bias": 2.0})
    assert left.status is Status.CONTRADICTED


def test_what_is_read_from_afar_is_not_doubted() -> None:
    pair = paired(told("The orchards cover 610 hectares."), told(ORCHARDS, article="a"))
    decided = Decided(pair.claim, Status.CONTRADICTED, "value", (pair,))
    assert trust.kept(decided, [pair]) is decided


def test_a_whole_that_the_article_does_not_speak_of_is_seen() -> None:
    (pair,) = _pairs("Altogether the farms hold 520 hectares.", ORCHARDS)
    seen = trust.features_of(Decided(pair.claim, Status.SUPPORTED, "equal", (pair,)), [pair])
    assert seen["whole"] == 1
    (pair,) = _pairs("The farms hold 520 hectares.", ORCHARDS)
    seen = trust.features_of(Decided(pair.claim, Status.SUPPORTED, "equal", (pair,)), [pair])
    assert seen["whole"] == 0


@pytest.mark.parametrize("table", TABLES)
def test_the_lexicon_has_a_weight_for_every_feature(table: str) -> None:
    assert set(weights(table)) == {*TABLES[table], "bias"}


def test_weights_are_learned_of_what_was_right_and_wrong() -> None:
    rows = [({"read": n / 10, "far": 100.0}, n > 5) for n in range(11)]
    found = learn(rows, ("read", "far"))
    assert found["read"] > 0
    assert abs(found["far"]) < 1e-3


def test_a_support_passed_over_that_somebody_else_says_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = {"accusation": {"bias": -2.0}, "support": {"bias": 2.0}}
    claim = told("Arlo Fenn said orchards cover 610 hectares.", people=("Arlo Fenn",))
    said = [
        told(ORCHARDS, article="a0"),
        told("Mira Holt said orchards cover 610 hectares.", article="a1", people=("Mira Holt",)),
    ]
    plain = dict.fromkeys(FEATURES, 0.0)
    pairs = [paired(claim, one, sure=0.9) for one in said]
    pairs = bound([replace(p, features=plain | p.features) for p in pairs], lambda _: 1.0)
    pairs = [replace(p, conflicts=frozenset()) for p in pairs]
    left = _kept(Status.CONTRADICTED, pairs, monkeypatch, **tables)
    assert (left.status, left.rule) == (Status.NEEDS_CONTEXT, "speaker")
