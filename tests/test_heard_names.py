"""Which of the articles at hand has a draft's name, in either writing."""

from __future__ import annotations

import pytest

from kaoju.figures import find_figures
from kaoju.frames import Heard, Statement, statements
from kaoju.heard_names import heard_names
from kaoju.hearing import heard_between
from kaoju.types import Language, Span


def sentence(
    text: str, *, title: str = "", article: str = "", names: tuple[str, ...] = ()
) -> Statement:
    language = Language.EN if text.isascii() else Language.ZH
    (found,) = statements(
        text,
        0,
        find_figures(text),
        [],
        [],
        language=language,
        title=title,
        document_id=article,
        passage_id=article,
        everywhere=frozenset(names),
        stating_only=False,
    )
    return found


def heard(
    draft: str, *others: Statement, names: dict[str, list[str]] | None = None
) -> tuple[Heard, ...]:
    return heard_names(sentence(draft), others, names or {})


def test_a_name_in_letters_is_the_characters_that_are_read_so() -> None:
    own = sentence("库容为3.2亿立方米。", title="溪岚水库开始蓄水", article="own")
    other = sentence("库容为4.1亿立方米。", title="松原水库开始蓄水", article="other")
    (found,) = heard("The reservoir of Xilan holds 320 million cubic metres.", own, other)
    assert found.articles == {"own"}
    assert found.forms == {"溪岚"}


def test_a_name_in_characters_is_the_letters_that_sound_so() -> None:
    own = sentence("It sold 41,000 pumps.", article="own", names=("a",))
    other = sentence("It sold 38,000 pumps.", article="other", names=("b",))
    names = {"a": ["Dorwell Pumps"], "b": ["Castine Works"]}
    (found,) = heard("多尔韦尔去年卖出4.1万台水泵。", own, other, names=names)
    assert found.articles == {"own"}
    assert found.forms == {"dorwell"}


def test_months_and_ordinary_words_are_no_names() -> None:
    other = sentence("Prices rose 3% in March, and hydropower with them.", article="a")
    assert not heard("Hydropower was 3% dearer in March.", other)


def test_a_name_that_no_article_at_hand_has_tells_nothing() -> None:
    assert not heard("Tavermoor sold 300 pumps.", sentence("It sold 300 pumps.", article="a"))


@pytest.mark.parametrize(
    ("question", "article", "heard"),
    [
        ("Who runs Linxi Rural Bank?", "临溪农商行的行长换了人。", {"Linxi": "临溪"}),
        ("Who coaches the Harriers?", "哈里尔队换了教练。", {"Harriers": "哈里尔队"}),
        ("佩尼克的老板是谁？", "Pennick has a new boss, said Ruth Ames.", {"佩尼克": "Pennick"}),
        ("临溪的行长是谁？", "The bank in Linxi has a new president.", {"临溪": "Linxi"}),
        ("Who runs Linxi Rural Bank?", "海北农商行的行长换了人。", {}),
    ],
)
def test_an_article_of_the_other_language_tells_a_questions_names(
    question: str, article: str, heard: dict[str, str]
) -> None:
    told = heard_between(question, article, [Span(0, len(question))])
    assert {span.of(question): form for span, form in told} == heard


def test_only_what_is_listened_for_is_heard() -> None:
    question = "Where does Xilan buy its trams, and where Quillon?"
    at = question.index("Quillon")
    assert not heard_between(question, "溪兰市的电车来自国外。", [Span(at, at + len("Quillon"))])
