"""The words that say which value, person or thing a question is after: population, founder, 发行价.

A sentence on the same subject that says nothing of them does not answer. They stand beside the
question word: after how many and which, before 是多少 and 是谁.
"""

from __future__ import annotations

from kaoju.lexicon import compiled, load
from kaoju.text import fold, has_han
from kaoju.tokens import stopwords, tokenize

_WORDS = 3  # at most, of a focus


def focus_of(text: str) -> tuple[str, ...]:
    """The folded words in the focus of a question, in order; empty where no pattern tells.

    Args:
        text: The question as typed.
    """
    folded = " ".join(fold(text).text.split())
    for pattern in load("questions")["focus"]["zh" if has_han(folded) else "en"]:
        match = compiled(pattern).search(folded)
        if match is None:
            continue
        phrase = next(group for group in match.groups() if group is not None)
        if match.group("before") and has_han(phrase):
            phrase = phrase.rpartition("的")[2] or phrase
        words = [w for w in _words(phrase) if w not in stopwords()]
        if not words:
            continue
        return tuple(words[-_WORDS:] if match.group("before") else words[:_WORDS])
    return ()


def _words(phrase: str) -> list[str]:
    found: list[str] = []
    end = 0
    for token in tokenize(phrase):
        if token.span.start >= end:  # the parts of a word stand inside it
            found.append(token.span.of(phrase))
            end = token.span.end
    return found
