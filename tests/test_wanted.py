"""The value of an answer: picked from a small shelf of two invented articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kaoju.knowledge_base import KnowledgeBase
from kaoju.reading import read_text

ZH = """远山锂业周三宣布，位于海拔4,300米的盐湖项目一期投产，年产碳酸锂4万吨，总投资36.5亿元。

远山锂业首席执行官陈维说，成本约为每吨3.2万元。海岳证券首席策略师罗伯特·金认为，价格难以回升。
"""
EN = """Harbour Finance was hacked on Tuesday. More than 9,600 ether, worth $29 million, was moved.

Grace Miller, head of research at Norton Asset Management, said the team had offered a 10% bounty.
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    folder: Path = tmp_path_factory.mktemp("wanted")
    with KnowledgeBase.open(folder / "shelf") as opened:
        opened.add_documents(read_text(ZH, source="远山.txt", title="远山锂业一期投产"))
        opened.add_documents(read_text(EN, source="harbour.txt", title="Harbour Finance hacked"))
        yield opened


@pytest.mark.parametrize(
    ("question", "surface"),
    [
        ("远山锂业盐湖一期年产多少碳酸锂？", "4万吨"),
        ("How many ether were moved out of Harbour Finance?", "More than 9,600 ether"),
        ("What bounty did the team of Harbour Finance offer?", "10%"),
        ("Which firm employs Grace Miller?", "Norton Asset Management"),
        ("罗伯特·金在哪家公司任职？", "海岳证券"),
    ],
)
def test_the_value_is_the_one_that_is_asked_for(
    kb: KnowledgeBase, question: str, surface: str
) -> None:
    value = kb.ask(question).value
    assert value is not None
    assert value.surface == surface
