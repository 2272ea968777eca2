"""Sentences with a figure left out, and the passage of the other language that states it.

What a draft says of a figure is a question to the articles: which figure stands there? Passages
written in both languages answer it wherever both print one figure once.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kaoju.figures import find_figures
from kaoju.reader import blanked
from kaoju.text import sentences
from kaoju.types import Figure, Language, Span
from training.examples import Example

OTHERS = 0.35  # of the passages are read without the sentence that states the figure

Key = tuple[Any, ...]


def cloze(row: dict[str, Any], draw: random.Random) -> Iterator[Example]:
    """Examples from a passage in both languages: ``zh`` and ``en``, folded."""
    held = {
        side: _once(find_figures(row[side], language))
        for side, language in (("zh", Language.ZH), ("en", Language.EN))
    }
    for key in held["zh"].keys() & held["en"].keys():
        for ours, theirs in (("zh", "en"), ("en", "zh")):
            question = _asked(row[ours], held[ours][key].span)
            if question is None:
                continue
            passage, place = row[theirs], held[theirs][key].span
            yield Example(question, passage, (place.start, place.end), "cloze", True)
            if draw.random() < OTHERS:
                rest = [s.of(passage) for s in sentences(passage) if not s.overlaps(place)]
                if rest:
                    joined = ("" if theirs == "zh" else " ").join(rest)
                    yield Example(question, joined, None, "cloze taken out", True)


def _once(figures: list[Figure]) -> dict[Key, Figure]:
    """The figures of a passage by what they say, those that it says once."""
    keys = [(f.dimension, f.value, f.upper, f.unit, f.period) for f in figures]
    times = Counter(keys)
    return {k: f for k, f in zip(keys, figures, strict=True) if times[k] == 1}


def _asked(text: str, figure: Span) -> str | None:
    """The sentence of a figure, the figure left out."""
    for span in sentences(text):
        if span.contains(figure):
            return blanked(span.of(text), figure.shift(-span.start)).strip()
    return None
