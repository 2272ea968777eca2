"""What a stretch of text speaks of, told alike in both languages.

The words stand in ``lexicon/concepts.toml``: 净利润 and net profit are one concept, and a kind of
profit. This tells what a figure measures apart from what another one does; it does not say
which figure a word belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations

from kaoju.errors import LexiconError
from kaoju.lexicon import entries
from kaoju.text import fold
from kaoju.types import Span


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept found: its id and the characters, in the text as printed, that name it."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Table:
    ids: dict[str, str]  # a word, folded, to its concept
    within: dict[str, str]  # a concept to the wider one
    rivals: frozenset[frozenset[str]]  # pairs of concepts that are never one measure
    pattern: re.Pattern[str]


@cache
def _table() -> _Table:
    ids: dict[str, str] = {}
    within: dict[str, str] = {}
    latin: list[str] = []
    han: list[str] = []
    for entry in entries("concepts", "concept", ("id", "zh", "en")):
        if "within" in entry:
            within[entry["id"]] = entry["within"]
        for language, listed in (("zh", han), ("en", latin)):
            for word in entry[language]:
                folded = fold(word).text
                if ids.setdefault(folded, entry["id"]) != entry["id"]:
                    raise LexiconError(
                        f"lexicon/concepts.toml: {word!r} stands under {ids[folded]} and"
                        f" {entry['id']}: leave it with one of them"
                    )
                (latin if folded.isascii() else listed).append(folded)
    unknown = set(within.values()) - set(ids.values())
    if unknown:
        raise LexiconError(f"lexicon/concepts.toml: no concept {', '.join(sorted(unknown))}")
    rivals = frozenset(
        frozenset(pair)
        for entry in entries("concepts", "rivals", ("concepts",))
        for pair in combinations(entry["concepts"], 2)
    )
    unknown = {concept for pair in rivals for concept in pair} - set(ids.values())
    if unknown:
        raise LexiconError(f"lexicon/concepts.toml: no concept {', '.join(sorted(unknown))}")
    return _Table(ids, within, rivals, re.compile(f"{_words(latin)}|{_either(han)}"))


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _words(words: list[str]) -> str:
    return rf"(?<![a-z0-9])(?P<latin>{_either(words)})(?:e?s)?(?![a-z0-9])"


def find_concepts(text: str) -> list[Concept]:
    """Find the concepts that a text names, in order; the longest word that fits counts.

    Spans are on ``text`` as printed; traditional characters and full width are read like
    their plain forms.
    """
    return list(_found(text))


@lru_cache(maxsize=8192)
def _found(text: str) -> tuple[Concept, ...]:
    """The concepts of a sentence or a measure, which drafts and articles repeat."""
    table = _table()
    view = fold(text)
    return tuple(
        Concept(table.ids[match["latin"] or match.group()], view.printed_span(Span(*match.span())))
        for match in table.pattern.finditer(view.text)
    )


def settled(text: str, around: str) -> list[Concept]:
    """The concepts of a sentence, a word of two meant as what is spoken of around it.

    The deficit is a government's, unless the title, the sentence or the one before it speaks of
    the trade deficit and of no government's.

    Args:
        text: The sentence.
        around: The title and the sentence before.
    """
    found = find_concepts(text)
    bare = _bare()
    if not any(_word(text, one) in bare for one in found):
        return found
    told = [(one.id, _word(whole, one)) for whole in (text, around) for one in find_concepts(whole)]
    full = {name for name, word in told if word not in bare}
    return [_meant(one, bare.get(_word(text, one)), full, fold(text).text) for one in found]


def _meant(one: Concept, bare: _Bare | None, full: set[str], text: str) -> Concept:
    if bare is None or bare.meant not in full or one.id in full:
        return one
    if any(word in text for word in bare.but):
        return one
    return replace(one, id=bare.meant)


def _word(text: str, concept: Concept) -> str:
    return fold(concept.span.of(text)).text.removesuffix("s")


@dataclass(frozen=True, slots=True)
class _Bare:
    """What a word means where that is spoken of in full, and beside which words it does not."""

    meant: str
    but: tuple[str, ...]


@cache
def _bare() -> dict[str, _Bare]:
    return {
        fold(word).text: _Bare(str(entry["meant"]), tuple(map(str, entry["but"])))
        for entry in entries("concepts", "bare", ("words", "meant", "but"))
        for word in entry["words"]
    }


def same_concept(one: str, other: str) -> bool:
    """Whether two concepts are one, or one is a kind of the other."""
    return one in _lineage(other) or other in _lineage(one)


def rival_concepts(one: str, other: str) -> bool:
    """Whether two concepts are told apart by those who report them: profit is no revenue."""
    return frozenset({one, other}) in _table().rivals


@cache
def _lineage(concept: str) -> tuple[str, ...]:
    """A concept and the wider ones that it is a kind of."""
    found = [concept]
    within = _table().within
    while (wider := within.get(found[-1])) is not None and wider not in found:
        found.append(wider)
    return tuple(found)
