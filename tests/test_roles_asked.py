"""The role by which a question asks for somebody, in either language."""

import pytest

from kaoju.entities import find_mentions
from kaoju.roles_asked import asked_roles, bears
from kaoju.types import EntityKind, Language

SKIPPER = "The ferry's skipper waved. Marta Kowal, treasurer of the rowing club, paid."
CHAIR = "渡轮公司董事长罗雁秋出席，财务总监卢一鸣缺席。"


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("Who is the rowing club's treasurer?", SKIPPER, "Marta Kowal"),
        ("Who chairs the ferry company?", CHAIR, "罗雁秋"),
        ("渡轮公司的掌门人是谁？", CHAIR, "罗雁秋"),
        ("渡轮公司的财务总监叫什么？", CHAIR, "卢一鸣"),
        ("划艇俱乐部的司库是谁？", SKIPPER, ""),
    ],
)
def test_the_holder_of_the_role_asked_for_bears_most_of_it(
    question: str, text: str, name: str
) -> None:
    language = Language.ZH if text is CHAIR else Language.EN
    people = [
        m for m in find_mentions(text, language=language, title="") if m.kind is EntityKind.PERSON
    ]
    shares = {m.surface: bears(asked_roles(question), m, text, 0) for m in people}
    best = max(shares, key=lambda surface: shares[surface])
    assert (best if shares[best] else "") == name


def test_a_question_without_a_role_asks_for_none() -> None:
    assert asked_roles("Who sang at the fair?") == ()
    assert asked_roles("谁在集市上唱歌？") == ()
