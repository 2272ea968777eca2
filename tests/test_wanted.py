"""The value of an answer: picked from a small shelf of two invented articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kaoju.asked import weigh
from kaoju.evidence import Candidate
from kaoju.knowledge_base import KnowledgeBase
from kaoju.question import analyse
from kaoju.reading import read_text
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
