"""The shelf's figures searched by value and by what they measure, in either language."""

from pathlib import Path

import httpx
import pytest

from kaoju.figure_measures import names_of_measure
from kaoju.knowledge_base import KnowledgeBase
from kaoju.types import Figure


@pytest.fixture(scope="module")
def kb(corpus_shelf: Path) -> KnowledgeBase:
    return KnowledgeBase.open(corpus_shelf)


def told(figures: list[Figure]) -> list[tuple[str, str, str]]:
    return sorted((f.document_id[-2:], f.surface, f.share_of or "") for f in figures)


@pytest.mark.parametrize("asked", ["fiscal deficit", "财政赤字", "Budget Deficit"])
def test_a_deficit_between_two_shares_of_gdp_is_found_in_both_languages(
    kb: KnowledgeBase, asked: str
) -> None:
    found = kb.figures(unit="percent", minimum=5, maximum=7, measure=asked)
    assert told(found) == [("en", "6%", "GDP"), ("zh", "6%", "GDP")]
    assert kb.figures(unit="percent", minimum=6.5, maximum=7, measure=asked) == []


def test_a_share_is_found_by_what_it_is_a_share_of(kb: KnowledgeBase) -> None:
    assert [f.surface for f in kb.figures(unit="percent", measure="GDP")] == ["6%", "6%"]


def test_the_passage_and_the_claims_of_a_figure_are_one_step_away(kb: KnowledgeBase) -> None:
    for figure in kb.figures(unit="percent", minimum=5, maximum=7, measure="财政赤字"):
        article = kb.article(figure.document_id)
        (passage,) = [p for p in article.passages if p.id == figure.passage_id]
        assert passage.span.contains(figure.span)
        claims = [claim for claim in article.claims if figure.id in claim.figure_ids]
        assert len(claims) == 1
        assert claims[0].span.contains(figure.span)
        assert "GDP" in claims[0].text
        assert kb.cite(figure.document_id, figure.span).quote == figure.surface


def test_what_the_lexicon_does_not_know_is_asked_for_as_it_is() -> None:
    assert names_of_measure("shoe size") == ("shoe size",)
    assert names_of_measure("失业率")[:2] == ("失业率", "unemployment rate")


def test_figures_are_searched_by_measure_over_http(kb: KnowledgeBase) -> None:
    from fastapi.testclient import TestClient

    from kaoju.api import create_app

    client: httpx.Client = TestClient(create_app(kb))
    wanted = {"unit": "percent", "minimum": "5", "maximum": "7", "measure": "fiscal deficit"}
    response = client.get("/v1/figures", params=wanted)
    assert response.status_code == 200
    figures = response.json()["figures"]
    assert {f["measure"] for f in figures} == {"财政赤字", "budget deficit"}
    assert all(f["citation"]["quote"] == "6%" for f in figures)
