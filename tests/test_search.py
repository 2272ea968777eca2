"""Search over the bundled articles: four rankings, joined, explained, filtered inside."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kaoju.knowledge_base import KnowledgeBase
from kaoju.question import analyse
from kaoju.search import bridged
from kaoju.types import Language


@pytest.fixture(scope="module")
def kb(corpus_shelf: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(corpus_shelf) as opened:
        yield opened


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "question",
    [
        "贝森特预测稳定币市场会增长多少倍?",
        "How fast will stablecoins grow, says Bessent?",
    ],
)
def test_either_language_finds_either(kb: KnowledgeBase, question: str, language: str) -> None:
    best = kb.search(question, language=language)[0]
    assert best.language == language
    assert ("稳定币" if language == "zh" else "stablecoin") in best.text.lower()


def test_a_mixed_pool_gives_both_copies(kb: KnowledgeBase) -> None:
    top = kb.search("How big is the stablecoin market?", k=4)
    holding = {h.language for h in top if "3000亿" in h.text or "$300 billion" in h.text}
    assert holding == {Language.ZH, Language.EN}


def test_scores_fall_with_rank_and_lie_in_the_unit_interval(kb: KnowledgeBase) -> None:
    hits = kb.search("国债回购的期限", k=10)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_a_hit_tells_where_it_came_from(kb: KnowledgeBase) -> None:
    best = kb.search("Scott Bessent $300 billion stablecoins")[0]
    rankings = {source.ranking: source for source in best.sources}
    assert set(rankings) == {"terms", "translated", "vectors", "names", "figures"}
    assert all(source.rank >= 1 and source.score > 0 for source in rankings.values())


def test_a_stated_figure_is_found_in_the_other_language(kb: KnowledgeBase) -> None:
    query = analyse("$300 billion")
    assert "3000亿美元" in " ".join(bridged(query, kb._store.entities(query.entity_ids)))
    assert "3000亿" in kb.search("$300 billion", language="zh")[0].text


def test_hits_are_slices_of_their_articles(kb: KnowledgeBase) -> None:
    for hit in kb.search("bond vigilantes 债券义警"):
        text = kb.article(hit.document_id).document.text
        assert hit.span.of(text) == hit.text


def test_filters_hold_for_every_hit(kb: KnowledgeBase) -> None:
    assert {h.language for h in kb.search("Treasury", language="zh", k=20)} == {Language.ZH}
    since = kb.search("市场 market", since=date(2026, 1, 1), k=20)
    assert since
    assert all(h.published_on is not None and h.published_on.year == 2026 for h in since)
    assert kb.search("market", source="no such source") == []


def test_the_same_search_gives_the_same_hits(kb: KnowledgeBase) -> None:
    assert kb.search("财政赤字", k=8) == kb.search("财政赤字", k=8)


def test_translated_words_find_an_article_in_the_other_language(kb: KnowledgeBase) -> None:
    best = kb.search("谁在做空国债?", language="en")[0]
    assert "translated" in {source.ranking for source in best.sources}


def test_k_is_the_most_that_comes_back(kb: KnowledgeBase) -> None:
    assert len(kb.search("市场", k=3)) == 3
    every = kb.search("市场", k=500)
    assert len({h.passage_id for h in every}) == len(every) == kb.stats()["passages"]


def test_what_the_own_language_tells_leads_to_the_other(kb: KnowledgeBase) -> None:
    question = "贝森特预测稳定币市场会增长多少倍?"
    best = kb.search(question, language="en")[0]
    assert "stablecoin" in best.text
    pivots = {source.rank: source.score for source in best.sources if source.ranking == "pivots"}
    assert pivots
    assert all(0 < score <= 1 for score in pivots.values())
    own = kb.search(question, language="zh")
    assert not any(source.ranking == "pivots" for hit in own for source in hit.sources)


def test_a_filter_holds_for_what_pivots_bring(kb: KnowledgeBase) -> None:
    question = "贝森特预测稳定币市场会增长多少倍?"
    hits = kb.search(question, language="en", since=date(2026, 1, 1), k=20)
    assert hits
    assert {(hit.language, hit.document_id) for hit in hits} == {
        (Language.EN, "gate-square-spring-2026-en")
    }


def test_a_shelf_without_the_own_language_is_searched_without_pivots(tmp_path: Path) -> None:
    article = tmp_path / "line.md"
    article.write_text("The line moved 31 million tonnes last year.", encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "shelf") as small:
        small.add(article)
        for language in ("en", None):
            hits = small.search("去年运了多少吨货?", language=language)
            assert [hit.text for hit in hits] == ["The line moved 31 million tonnes last year."]
            assert all(source.ranking != "pivots" for source in hits[0].sources)
        assert small.search("去年运了多少吨货?", language="zh") == []
