"""Search over the bundled articles: four rankings, joined, explained, filtered inside."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from kaoju import search as search_room
from kaoju.knowledge_base import KnowledgeBase
from kaoju.question import analyse
from kaoju.reader import Reading, Text, shipped_reader
from kaoju.search import (
    ANSWERS,
    READ_BYTES,
    bridged,
    consulted,
    is_question,
    join,
    reread,
)
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


def test_a_copy_in_the_other_language_keeps_up() -> None:
    rankings = {"vectors": [(1, 0.8), (2, 0.75), (3, 0.4)], "terms": [(1, 50.0), (3, 10.0)]}
    alone, beside = join(rankings), join(rankings, {2})
    assert beside[1] == alone[1]
    assert alone[2] < beside[2] < beside[1]  # 0.6 of what the best of the question's own shares


def test_without_articles_in_the_own_language_nothing_is_estimated() -> None:
    rankings = {"vectors": [(1, 0.8), (2, 0.7)], "translated": [(2, 50.0)]}
    assert join(rankings, {1, 2}) == join(rankings)
    assert join(rankings)[2] > join(rankings)[1]


def test_reading_again_lifts_what_says_the_words() -> None:
    scores = {1: 0.5, 2: 0.5, 3: 0.4}
    read = reread("小麦收成", scores, {1: "银行再次加息。", 2: "The wheat harvest was poor."})
    assert read[2] > read[1] > read[3]
    assert all(0 <= score <= 1 for score in read.values())
    assert reread("小麦收成", {}, {}) == {}


def test_k_is_the_most_that_comes_back(kb: KnowledgeBase) -> None:
    assert len(kb.search("市场", k=3)) == 3
    every = kb.search("市场", k=500)
    assert len({h.passage_id for h in every}) == len(every) == kb.stats()["passages"]


def test_joining_adds_what_each_ranking_says() -> None:
    scores = join({"vectors": [(1, 0.8), (2, 0.4)], "terms": [(2, 50.0), (3, 50.0)]})
    assert scores == pytest.approx({1: 0.4, 2: (0.4 + 0.5) / 2, 3: (0.4 + 0.5) / 2})


def test_joining_nothing_gives_nothing() -> None:
    assert join({}) == {}


def test_joined_scores_do_not_depend_on_the_order_of_rankings() -> None:
    rankings = {"terms": [(1, 3.0)], "vectors": [(2, 0.5), (1, 0.1)], "names": [(2, 0.9)]}
    assert join(rankings) == join(dict(reversed(rankings.items())))


def test_of_passages_alike_the_one_that_answers_comes_first() -> None:
    texts = {
        1: "星沉海运公布去年业绩,营业收入为52亿元,净利润同比下降。",
        2: "星沉海运公布去年业绩,货运量为3100万吨,董事长未予置评。",
    }
    for question in ("星沉海运去年运了多少吨货?", "How many tonnes did the shipping line carry?"):
        scores = consulted(question, {1: 0.5, 2: 0.5, 3: 0.4}, texts)
        assert scores[2] > scores[1] > scores[3]
        assert all(0 <= score <= 1 for score in scores.values())
    assert consulted("多少?", {3: 0.4}, {})[3] == pytest.approx(0.4 / (1 + ANSWERS))


def test_no_more_is_read_than_a_question_may_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    reader = shipped_reader()

    def noted(asked: Sequence[tuple[str, Text]]) -> list[Reading]:
        read.extend(text.body for _, text in asked)
        return reader.read(asked)

    monkeypatch.setattr(search_room, "shipped_reader", lambda: SimpleNamespace(read=noted))
    texts = {n: f"{n}。" + "货" * (READ_BYTES // 9) for n in range(1, 7)}
    consulted("运了多少?", {n: 1 - n / 10 for n in texts}, texts)
    assert [text[0] for text in read] == ["1", "2"]
    read.clear()
    consulted("运了多少?", {1: 0.5}, {1: "货" * READ_BYTES})
    assert len(read) == 1


def test_a_list_of_words_is_not_taken_for_a_question() -> None:
    assert is_question(analyse("星沉海运去年营收多少"))
    assert is_question(analyse("Did the carrier cut its dividend?"))
    assert not is_question(analyse("星沉海运 码头"))
    assert not is_question(analyse("carrier terminals"))
