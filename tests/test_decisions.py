"""An editor's decision on a name wins, is kept with who and when, and survives re-ingest."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaoju.errors import InputError, NotFoundError
from kaoju.knowledge_base import KnowledgeBase

FIRST = """---
id: first
title: 泰铼科技的报告
published: 2025-11-20
---
泰铼科技首席执行官李蔚然表示,公司今年营收为12亿元。李蔚然说,明年会更好。
"""
SECOND = """---
id: second
title: Norvane reports
published: 2025-11-21
---
Weiran Lee, chief executive of Norvane Technology, said revenue was 1.2 billion yuan this year.
"""


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    for name, text in (("first", FIRST), ("second", SECOND)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    kb = KnowledgeBase.open(tmp_path / "shelf")
    assert kb.add([tmp_path / "first.md", tmp_path / "second.md"]).ok
    return kb


def test_two_entities_become_one_and_stay_one(kb: KnowledgeBase, tmp_path: Path) -> None:
    one, two = kb.entity("泰铼科技"), kb.entity("Norvane Technology")
    assert one.id != two.id
    joined = kb.link_entities("泰铼科技", "Norvane Technology", who="chen")
    assert joined.id == one.id
    assert {"泰铼科技", "Norvane Technology"} <= {name for _, name in joined.names}
    assert joined.mention_count == one.mention_count + two.mention_count
    (tmp_path / "second.md").write_text(SECOND + "\nIt was founded in 2010.\n", encoding="utf-8")
    kb.add(tmp_path / "second.md")
    assert kb.entity("Norvane Technology").id == one.id
    assert kb.verify() == []
    [decision] = kb.decisions()
    assert (decision.who, decision.other_id) == ("chen", two.id)
    assert decision.made_at is not None


def test_a_split_gives_the_name_an_entity_of_its_own(kb: KnowledgeBase) -> None:
    kb.link_entities("泰铼科技", "Norvane Technology")
    [own] = kb.split_entity("泰铼科技", ["Norvane Technology"], who="chen")
    assert kb.entity("Norvane Technology").id == own.id
    assert kb.entity("泰铼科技").id != own.id
    assert "Norvane Technology" not in {name for _, name in kb.entity("泰铼科技").names}


def test_a_new_name_comes_first_in_its_language(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.rename_entity("泰铼科技", "泰铼科技股份有限公司", who="chen")
    assert kb.entity("泰铼科技").names[0][1] == "泰铼科技股份有限公司"
    (tmp_path / "first.md").write_text(FIRST + "\n公司成立于2010年。\n", encoding="utf-8")
    kb.add(tmp_path / "first.md")
    assert kb.entity("泰铼科技").names[0][1] == "泰铼科技股份有限公司"


def test_reading_again_makes_no_new_vectors_and_leaves_the_shelf_whole(kb: KnowledgeBase) -> None:
    class Refusing:
        def __init__(self, real: object) -> None:
            self.name, self.digest, self.dimension = real.name, real.digest, real.dimension  # type: ignore[attr-defined]

        def encode(self, texts: object) -> None:
            raise AssertionError("the record has these vectors")

    kb._encoder = Refusing(kb.encoder)  # type: ignore[assignment]
    kb.link_entities("泰铼科技", "Norvane Technology")
    assert kb.verify() == []
    assert kb.stats()["articles"] == kb.stats()["versions"] == 2


def test_what_cannot_be_decided_is_said(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="Nobody McNowhere"):
        kb.link_entities("泰铼科技", "Nobody McNowhere")
    with pytest.raises(InputError, match="one entity already"):
        kb.link_entities("泰铼科技", "泰铼科技")
    with pytest.raises(InputError, match="is a"):
        kb.link_entities("泰铼科技", "李蔚然")
    with pytest.raises(InputError, match="no name of"):
        kb.split_entity("泰铼科技", ["Somebody"])
    with pytest.raises(InputError, match="empty"):
        kb.rename_entity("泰铼科技", " ")
    assert kb.decisions() == []
