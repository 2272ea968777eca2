"""The value of an answer: picked from a small shelf of two invented articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kaoju.asked import weigh
from kaoju.entities import find_mentions
from kaoju.evidence import Candidate
from kaoju.figures import find_figures
from kaoju.knowledge_base import KnowledgeBase
from kaoju.question import analyse
from kaoju.reading import read_text
from kaoju.text import language_of
from kaoju.types import Hit, Language, Span
from kaoju.wanted import find_value

ZH = """远山锂业周三宣布，位于海拔4,300米的盐湖项目一期投产，年产碳酸锂4万吨，总投资36.5亿元。

远山锂业首席执行官陈维说，成本约为每吨3.2万元。海岳证券首席策略师罗伯特·金认为，价格难以回升。
"""
EN = """Harbour Finance was hacked on Tuesday. More than 9,600 ether, worth $29 million, was moved.

Grace Miller, head of research at Norton Asset Management, said the team had offered a 10% bounty.
"""
ZOO = """松湖动物园4月2日通报，园里的老虎阿吉3月27日去世，为今年首例死亡。

动物园主任葛又青说，阿吉活了二十一岁；饲养主管丁一帆说，它一直胃口很好。
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    folder: Path = tmp_path_factory.mktemp("wanted")
    with KnowledgeBase.open(folder / "shelf") as opened:
        opened.add_documents(read_text(ZH, source="远山.txt", title="远山锂业一期投产"))
        opened.add_documents(read_text(EN, source="harbour.txt", title="Harbour Finance hacked"))
        opened.add_documents(read_text(ZOO, source="松湖.txt", title="松湖动物园老虎去世"))
        yield opened


@pytest.mark.parametrize(
    ("question", "surface"),
    [
        ("远山锂业盐湖一期年产多少碳酸锂？", "4万吨"),
        ("How many ether were moved out of Harbour Finance?", "More than 9,600 ether"),
        ("What bounty did the team of Harbour Finance offer?", "10%"),
        ("Which firm employs Grace Miller?", "Norton Asset Management"),
        ("罗伯特·金在哪家公司任职？", "海岳证券"),
        ("松湖动物园的老虎阿吉今年是哪一天去世的？", "3月27日"),
    ],
)
def test_the_value_is_the_one_that_is_asked_for(
    kb: KnowledgeBase, question: str, surface: str
) -> None:
    value = kb.ask(question).value
    assert value is not None
    assert value.surface == surface


def test_a_name_that_nobody_knows_answers_beside_the_role_asked_for(kb: KnowledgeBase) -> None:
    text = "园长葛又青说，阿吉活了二十一岁。"
    hit = Hit("p-zoo", "zoo", text, Span(0, len(text)), 0.5, 1, Language.ZH, "松湖动物园")
    reading = {"pointed": -4.0}  # the reader doubts it
    candidate = Candidate(hit, hit.span, text, (), (), None, pointed=Span(2, 5), features=reading)
    for question, name in (("松湖动物园的园长是谁？", "葛又青"), ("谁写了阿吉的传记？", "")):
        query = analyse(question)
        value = find_value(query, weigh(query, [hit]), candidate, store=kb._store)
        assert (value.surface if value else "") == name


def value_of(kb: KnowledgeBase, question: str, text: str, pointed: str = "") -> str:
    hit = Hit("p", "d", text, Span(0, len(text)), 0.5, 1, language_of(text), "")
    figures = tuple(find_figures(text))
    known = find_mentions(text, language=language_of(text), title="")
    mentions = tuple(m for m in known if m.surface != "Meridia")
    start = text.find(pointed)
    place = Span(start, start + len(pointed)) if pointed else None
    features = {"pointed": 6.0 if pointed else -6.0}
    candidate = Candidate(
        hit, hit.span, text, figures, mentions, None, pointed=place, features=features
    )
    query = analyse(question)
    value = find_value(query, weigh(query, [hit]), candidate, store=kb._store)
    return value.surface if value else ""


def test_what_a_rise_is_the_biggest_since_is_not_when_it_was(kb: KnowledgeBase) -> None:
    text = "Fares rose on May 5, 2024, by the most since 2001."
    assert value_of(kb, "When did fares rise?", text) == "May 5, 2024"
    assert value_of(kb, "Since when had fares not risen so much?", text, "2001") == "2001"


def test_a_deficit_may_be_told_as_a_share_of_output(kb: KnowledgeBase) -> None:
    text = "The budget deficit is running at around 6% of GDP."
    assert value_of(kb, "Budget deficit size?", text) == "around 6%"
    assert value_of(kb, "How many dollars is the budget deficit?", text) == ""
    assert value_of(kb, "What is the price of the ticket?", text) == ""


def test_the_price_after_a_cut_is_not_the_cut(kb: KnowledgeBase) -> None:
    text = "远驰把电动车起售价下调至9.98万元，降幅达2.2万元。"
    assert value_of(kb, "远驰的电动车降价后卖多少钱？", text, "2.2万元") == "9.98万元"
    assert value_of(kb, "远驰的电动车降了多少钱？", text, "2.2万元") == "2.2万元"


def test_whose_figure_is_asked_for_stands_next_to_it(kb: KnowledgeBase) -> None:
    text = "Norton Power holds 51% of the project and Weston Fund 49%."
    assert value_of(kb, "Which firm owns 49% of the project?", text) == "Weston Fund"
    assert value_of(kb, "Which firm owns 51% of the project?", text) == "Norton Power"


def test_a_name_that_nothing_else_knows_is_taken_where_the_reader_is_sure(
    kb: KnowledgeBase,
) -> None:
    text = "Norton Power holds half of the plant and pension fund Meridia the rest."
    assert value_of(kb, "Which firm owns the rest of the plant?", text, "Meridia") == "Meridia"
    assert value_of(kb, "Which firm owns half of the plant?", text) == "Norton Power"
