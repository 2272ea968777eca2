"""Answers: the articles' own words, cited to the letter, or an honest abstention."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaoju import abstention
from kaoju.knowledge_base import KnowledgeBase
from kaoju.lexicon import load
from kaoju.types import Answer, Language, Wanted


@pytest.fixture(scope="module")
def kb(corpus_shelf: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(corpus_shelf) as opened:
        yield opened


def assert_cited(kb: KnowledgeBase, answer: Answer) -> None:
    """Every quote is the slice, inside its passage, with what stands around it."""
    assert answer.abstained == (not answer.citations)
    hits = {hit.passage_id: hit for hit in answer.hits}
    for sentence in answer.sentences:
        (citation,) = sentence.citations
        text = kb.article(citation.document_id).document.text
        start, end = citation.span.start, citation.span.end
        assert citation.quote == text[start:end] == sentence.text
        assert citation.prefix == text[max(0, start - 60) : start]
        assert citation.suffix == text[end : end + 60]
        assert hits[citation.passage_id].span.contains(citation.span)
    if answer.value is not None:
        assert answer.value.surface in answer.sentences[0].text


@pytest.mark.parametrize(
    ("question", "surface", "text"),
    [
        ("稳定币市场现在的规模有多大？", "3000亿美元", "3000亿美元"),
        ("How big is the stablecoin market?", "$300 billion", "US$300 billion"),
        ("贝森特预测稳定币市场到本十年末会增长多少倍?", "十倍", "10倍"),
        ("10年期国债收益率上升了多少个基点？", "6个基点", "6个基点"),
        ("How many basis points did the 10-year yield jump?", "6 basis points", "6 basis points"),
    ],
)
def test_a_figure_answers_as_printed_and_in_normal_form(
    kb: KnowledgeBase, question: str, surface: str, text: str
) -> None:
    answer = kb.ask(question)
    assert answer.value is not None
    assert surface in answer.value.surface
    assert text in answer.value.text
    assert_cited(kb, answer)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did Ortega say?", "奥尔特加"),
        ("what has fenwick said?", "芬威克"),
        ("奥尔特加说了什么?", "奥尔特加"),
    ],
)
def test_what_somebody_said_is_told_whatever_it_was(
    tmp_path: Path, question: str, said: str
) -> None:
    text = (
        "港口吞吐量上月回落\n\n分析师卢西亚·奥尔特加指出，码头拥堵到年底都不会缓解。"
        "董事会考虑提名约翰·芬威克出任总裁，投资者反应冷淡。\n\n约翰·芬威克表示，他愿意接受。"
    )
    (tmp_path / "port.txt").write_text(text, encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "shelf") as shelf:
        shelf.add(tmp_path / "port.txt")
        answer = shelf.ask(question)
        assert said in answer.sentences[0].text


def test_who_says_nothing_is_not_answered_with_the_words_of_others(tmp_path: Path) -> None:
    text = (
        "港口吞吐量上月回落\n\n分析师卢西亚·奥尔特加指出，码头拥堵到年底都不会缓解。"
        "董事会考虑提名约翰·芬威克出任总裁，投资者反应冷淡。"
    )
    (tmp_path / "port.txt").write_text(text, encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "shelf") as shelf:
        shelf.add(tmp_path / "port.txt")
        assert not shelf.ask("What did Ortega say?").abstained
        assert shelf.ask("What did Fenwick say?").abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did Oakes say?", "berths would stay empty"),
        ("WHAT DID OAKES SAY?", "berths would stay empty"),
        ("What did Grenfell say?", "格伦费尔"),
    ],
)
def test_nobody_elses_words_are_what_somebody_said(
    tmp_path: Path, question: str, said: str
) -> None:
    english = (
        "Harbour lender lifts its rate\n\nTarrant Bank lifted its rate. Chief executive Niall"
        ' Corby said the bank wanted to keep its savers. "We would rather pay more than lose them,"'
        " Corby said.\n\nAnalyst Mira Oakes of Selby Partners warned that berths would stay empty."
        " A spokesman for the White House declined to comment on the bank."
    )
    chinese = "渔港补贴到期\n\n大臣丹尼尔·格伦费尔在会上说，政府不会延长补贴。渔民没有抗议。"
    (tmp_path / "bank.txt").write_text(english, encoding="utf-8")
    (tmp_path / "port.txt").write_text(chinese, encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "shelf") as shelf:
        shelf.add(tmp_path / "bank.txt")
        shelf.add(tmp_path / "port.txt")
        answer = shelf.ask(question)
        told = [sentence.text for sentence in answer.sentences]
        assert told
        assert all(said in text for text in told)


def test_a_chinese_figure_asked_in_english_reads_in_english(kb: KnowledgeBase) -> None:
    answer = kb.ask("How big is the stablecoin market?", language="zh")
    assert answer.value is not None
    assert "3000亿美元" in answer.value.surface
    assert "US$300 billion" in answer.value.text
    assert answer.citations[0].quote.startswith("贝森特预测")


def test_a_person_answers_in_the_language_of_the_question(kb: KnowledgeBase) -> None:
    answer = kb.ask("哪位美联储理事批评过依赖短期国库券的做法？")
    assert answer.value is not None
    assert answer.value.kind is Wanted.PERSON
    assert "米兰" in answer.value.surface
    other = kb.ask("Which Fed governor criticised heavy use of short-term bills?")
    assert other.value is not None
    assert other.value.text == "Stephen Miran"


def test_the_end_is_asked_for_not_the_start(kb: KnowledgeBase) -> None:
    answer = kb.ask("When does the Gate Square campaign end?", language="en")
    assert answer.value is not None
    assert "January 26" in answer.value.surface


def test_the_other_languages_telling_stands_second(kb: KnowledgeBase) -> None:
    answer = kb.ask("稳定币市场现在的规模有多大？")
    quotes = [c.quote for c in answer.citations]
    assert "3000亿美元" in quotes[0]
    assert any("$300 billion" in quote for quote in quotes[1:])


@pytest.mark.parametrize(
    "question",
    [
        "今天上海的天气怎么样",
        "紅燒肉怎麼做才不膩？",
        "Which team won the 2022 World Cup?",
        "How do I bake sourdough bread at home?",
        "How old is Scott Bessent?",
        "asdf qwer zxcv",
        "🙂🙂🙂",
        "!!!???",
        "的的的",
        "' OR 1=1; DROP TABLE articles; --",
    ],
)
def test_what_the_articles_do_not_say_is_declined(kb: KnowledgeBase, question: str) -> None:
    answer = kb.ask(question)
    assert answer.abstained
    assert answer.reason
    assert answer.citations == ()
    assert 0 <= answer.confidence < abstention.threshold()


def test_what_a_title_gives_the_figure_of_a_sentence_that_states_it_tells(
    kb: KnowledgeBase,
) -> None:
    # "Washington's truce with the $30 trillion Treasury market" is no sentence to quote.
    answer = kb.ask("How big is the US Treasury market?")
    assert answer.citations
    assert all("$30 trillion" in c.quote or "30万亿美元" in c.quote for c in answer.citations)


def test_an_abstention_shows_the_nearest_passages(kb: KnowledgeBase) -> None:
    answer = kb.ask("紅燒肉怎麼做才不膩？")
    assert answer.hits
    assert "文章" in (answer.reason or "")
    assert "articles" in (kb.ask("Who won the World Cup?").reason or "")


@pytest.mark.parametrize(
    "question",
    [
        "光合作用是什么？",
        "泰坦尼克号沉没时死了多少人？",
        "Why is the sky blue?",
        "猫为什么爱晒太阳？",
    ],
)
def test_what_no_article_speaks_of_is_off_topic(kb: KnowledgeBase, question: str) -> None:
    answer = kb.ask(question)
    assert answer.abstained
    assert answer.confidence <= 0.5 * abstention.threshold()


def test_an_empty_shelf_declines(tmp_path: Path) -> None:
    with KnowledgeBase.open(tmp_path / "empty") as empty:
        answer = empty.ask("How big is the stablecoin market?")
    assert answer.abstained
    assert answer.hits == ()


def test_a_filter_that_leaves_no_answer_declines(kb: KnowledgeBase) -> None:
    assert kb.ask("How big is the stablecoin market?", source="Announcements").abstained


def test_the_same_question_gets_the_same_answer(kb: KnowledgeBase) -> None:
    question = "What are bond vigilantes?"
    assert kb.ask(question) == kb.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "  How   big is the stablecoin market ?  ",
        "how big is the stablecoin market",
        "HOW BIG IS THE STABLECOIN MARKET?",
        "Ｈｏｗ ｂｉｇ ｉｓ ｔｈｅ ｓｔａｂｌｅｃｏｉｎ ｍａｒｋｅｔ？",
        "How big is the stablecoin market? 🙂",
        "穩定幣市場有多大",
        "稳定币　市场　规模",
    ],
)
def test_careless_typing_changes_nothing(kb: KnowledgeBase, question: str) -> None:
    answer = kb.ask(question)
    assert answer.value is not None
    assert answer.value.figure is not None
    assert answer.value.figure.value == 300_000_000_000


_ZH = [
    "稳定币",
    "市场",
    "多少",
    "谁",
    "为什么",
    "贝森特",
    "收益率",
    "30万亿美元",
    "什么时候",
    "4月",
]
_EN = ["Bessent", "stablecoin", "how", "much", "who", "why", "when", "yield", "Gate", "$300", "🙂"]
_ZH = [
    "稳定币",
    "市场",
    "多少",
    "谁",
    "为什么",
    "贝森特",
    "收益率",
    "30万亿美元",
    "什么时候",
    "4月",
]
_EN = ["Bessent", "stablecoin", "how", "much", "who", "why", "when", "yield", "Gate", "$300", "🙂"]
_WORDS = st.sampled_from(_ZH + _EN)


@given(st.lists(_WORDS, min_size=1, max_size=12))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_quote_is_the_slice(kb: KnowledgeBase, words: list[str]) -> None:
    assert_cited(kb, kb.ask(" ".join(words)))


def test_answers_are_one_to_three_sentences(kb: KnowledgeBase) -> None:
    for question in ("如何参加广场的活动？", "Why is Washington borrowing short rather than long?"):
        answer = kb.ask(question)
        assert answer.abstained or 1 <= len(answer.sentences) <= 3


def test_confidence_grows_with_what_speaks_for_an_answer() -> None:
    weak = {"sentence": -4.0, "similarity": 0.1, "meaning": 0.1, "said": 0.0, "clash": 1.0}
    strong = {"sentence": 2.0, "similarity": 0.7, "meaning": 0.9, "said": 3.0, "clash": 0.0}
    strong |= {"nearest": 0.7, "coverage": 0.9, "place": 1.0}
    assert abstention.confidence(weak) < abstention.threshold() < abstention.confidence(strong)


def test_language_of_the_answer_is_that_of_the_question(kb: KnowledgeBase) -> None:
    assert kb.ask("How big is the stablecoin market?").language is Language.EN
    assert kb.ask("稳定币市场有多大").language is Language.ZH


@pytest.mark.parametrize(
    ("question", "asked", "said"),
    [
        ("How many basis points did the 30-year yield move on November 5?", "30-year", "10"),
        ("2019年美国的财政赤字占GDP多少？", "2019年", "2025"),
    ],
)
def test_another_tenor_or_year_is_declined_and_named(
    kb: KnowledgeBase, question: str, asked: str, said: str
) -> None:
    answer = kb.ask(question)
    assert answer.abstained
    assert f"{asked}" in (answer.reason or "")
    assert said in (answer.reason or "")


class Grown:
    """Trees that always say the same."""

    def chances(self, features: dict[str, float]) -> dict[str, float]:
        return {"False": 0.1, "True": 0.9}


def test_trees_tell_with_the_weights_or_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    learned = load("answering")
    alone = {"answerable": {"threshold": 0.2}}
    even = {"answerable": {"threshold": 0.2, "bias": 0.0}}
    monkeypatch.setattr(abstention, "load", lambda name: even)
    assert abstention.confidence({}) == pytest.approx(0.5)
    monkeypatch.setattr(abstention, "trees", Grown)
    assert abstention.confidence({}) == pytest.approx(0.75)  # odds of three to one
    monkeypatch.setattr(abstention, "load", lambda name: alone)
    assert abstention.confidence({}) == pytest.approx(0.9)
    assert "threshold" in learned["answerable"]


def test_what_goes_by_a_name_that_is_not_told_is_declined() -> None:
    assert abstention.confidence({"sentence": 99.0}) > abstention.threshold()
    assert abstention.confidence({"sentence": 99.0, "unheard": 1.0}) < abstention.threshold()
