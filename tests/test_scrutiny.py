"""Close reading: what a question is of and a sentence is not."""

import pytest

from kaoju.asked import weigh
from kaoju.encoder import open_encoder
from kaoju.evidence import Candidate
from kaoju.question import analyse
from kaoju.scrutiny import scrutinise
from kaoju.text import fold, language_of
from kaoju.types import Hit, Span

NEUTRAL = {"says": 0.0, "speaker": 0.0}


def kinds(question: str, text: str, title: str = "") -> list[str]:
    hit = Hit("p", "d", text, Span(0, len(text)), 0.5, 1, language_of(text), title)
    article = fold(f"{title}\n{text}").text
    candidate = Candidate(hit, hit.span, text, (), (), None, article=article, features=NEUTRAL)
    query = analyse(question)
    asked = weigh(query, [hit], (), {"d": article})
    (read,) = scrutinise(query, asked, [candidate], encoder=open_encoder())
    return [clash.kind for clash in read.clashes]


@pytest.mark.parametrize(
    ("question", "text", "kind"),
    [
        ("How much is one bitcoin worth?", "Stablecoins are worth $300 billion.", "named"),
        ("红霉素是谁发现的？", "青霉素由弗莱明发现。", "kind"),
        ("How did the court rule?", "The judges asked whether the levy is legal.", "open"),
        ("林雪对灯塔有什么看法？", "林雪说，港口很安全。", "topic"),
        ("How large is the Japanese bond market?", "The market is worth $30 trillion.", "place"),
    ],
)
def test_what_a_sentence_is_not_of_is_a_clash(question: str, text: str, kind: str) -> None:
    assert kinds(question, text) == [kind]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much is one bitcoin worth?", "BTC rose to $90,000."),
        ("青霉素是谁发现的？", "青霉素由弗莱明发现。"),
        ("公司的创始人是谁？", "公司的创办人是林雪。"),
        ("How did the court rule?", "The court upheld the levy after a hearing."),
        ("林雪对灯塔有什么看法？", "林雪说，灯塔很安全。"),
        ("How large is the Japanese bond market?", "Bonds sold in Tokyo are worth $9 trillion."),
    ],
)
def test_what_a_sentence_says_in_other_words_is_none(question: str, text: str) -> None:
    assert kinds(question, text) == []
