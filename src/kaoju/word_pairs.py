"""Which words of the two languages stand for each other, and how surely.

The pairs were learned from openly licensed translations (``scripts/learn_words.py``) and stand in
``lexicon/word_pairs.tsv``; words are cut and stemmed as in `kaoju.tokens`. They tell whether two
sentences speak of the same, not how one is put into the other language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kaoju.errors import LexiconError
from kaoju.gazetteer import lexicon_lines

Table = Mapping[str, tuple[tuple[str, float], ...]]


@cache
def _tables() -> Table:
    """Each word of either language with its words of the other and the chance of each, 0 to 1."""
    found: dict[str, list[tuple[str, float]]] = {}
    for number, line in enumerate(lexicon_lines("word_pairs.tsv"), start=1):
        chinese, _, told = line.partition("\t")
        for pair in told.split("|"):
            english, _, chance = pair.rpartition(" ")
            try:
                sure = float(chance)
            except ValueError as error:
                raise LexiconError(f"lexicon/word_pairs.tsv, row {number}: {pair!r}") from error
            found.setdefault(chinese, []).append((english, sure))
            found.setdefault(english, []).append((chinese, sure))
    return {word: tuple(sorted(told, key=lambda row: -row[1])) for word, told in found.items()}


def words_for(term: str) -> tuple[tuple[str, float], ...]:
    """The words of the other language that stand for a term, the likeliest first."""
    return _tables().get(term, ())
