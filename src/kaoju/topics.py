"""Of what a question asks somebody's words: what did McCormack say about stablecoins.

A passage that says nothing of it gives other words of his. The patterns stand in
``lexicon/questions.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaoju.asked import Asked, plain_weight, readable
from kaoju.lexicon import compiled, load
from kaoju.text import fold, has_han

if TYPE_CHECKING:
    from kaoju.evidence import Candidate

_TELLING = 0.45  # weight from which a word says what a question is of
_TOLD = 0.3  # how surely a word is told


def topic_of(text: str) -> str:
    """The folded words for what somebody is asked to have spoken of; empty where none are.

    Args:
        text: The question as typed.
    """
    folded = fold(text).text
    pattern = load("questions")["topic"]["zh" if has_han(folded) else "en"]
    match = compiled(pattern).search(folded)
    return "" if match is None else next(filter(None, match.groups()), "")


def is_off_topic(topic: str, question: str, asked: Asked, candidate: Candidate) -> bool:
    """Whether a sentence's passage and title say nothing of a topic.

    Args:
        topic: As `topic_of` gives it.
        question: As typed.
        asked: What it asks.
        candidate: The sentence.
    """
    if not topic or any(name.text in topic for name in asked.named):
        return False
    roots = [root for root, word in asked.printed.items() if word in topic]
    if not any(plain_weight(root) >= _TELLING for root in roots):
        return False
    near = readable(candidate.lead + "\n" + candidate.text)
    passage = readable(candidate.hit.title + "\n" + candidate.hit.text)
    across = has_han(candidate.text) is not has_han(question)
    heard = asked.heard.get(candidate.hit.document_id, {})

    def told(root: str) -> float:
        if any(form in passage.folded for form in heard.get(root, ())):
            return 1.0
        said = max(near.holds(root), float(root in passage))
        return max(said, passage.tells(root)) if across else said

    return all(told(root) < _TOLD for root in roots)
