"""Of what a question asks somebody's words, and whether a passage speaks of it."""

import pytest

from kaoju.asked import weigh
from kaoju.evidence import Candidate
from kaoju.question import analyse
from kaoju.text import language_of
from kaoju.topics import is_off_topic, topic_of
from kaoju.types import Hit, Span


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What did Ada Cole say about lighthouses?", "lighthouses"),
        ("How did the union respond to the pay offer?", "the pay offer"),
        ("林雪对灯塔有什么看法？", "灯塔"),
        ("林雪对灯塔说了什么？", "灯塔"),
        ("What did Ada Cole say?", ""),
        ("林雪是谁？", ""),
    ],
)
def test_the_topic_of_words_is_read(question: str, topic: str) -> None:
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    ("question", "text", "off"),
    [
        ("What did Cole say about lighthouses?", "The harbour is safe, Cole said.", True),
        ("What did Cole say about lighthouses?", "The lighthouse is safe, Cole said.", False),
        ("What did Cole say about lighthouses?", "柯尔说，灯塔很安全。", False),
        ("林雪对灯塔有什么看法？", "林雪说，港口很安全。", True),
        ("林雪对灯塔有什么看法？", "林雪说，灯塔很安全。", False),
        ("What did Cole say?", "The harbour is safe, Cole said.", False),
    ],
)
def test_words_on_something_else_are_off_topic(question: str, text: str, off: bool) -> None:
    hit = Hit("p", "d", text, Span(0, len(text)), 0.5, 1, language_of(text), "")
    candidate = Candidate(hit, hit.span, text, (), (), None)
    asked = weigh(analyse(question), [hit])
    assert is_off_topic(topic_of(question), question, asked, candidate) is off
