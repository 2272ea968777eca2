"""What a question asks, weighed: its words, names and figures, and which of them are strangers.

A word that few of the passages found hold weighs more than one that all of them do; words
that articles need not repeat (how big, at present) weigh little.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kaoju.focus import focus_of
from kaoju.lexicon import load
from kaoju.text import fold, has_han
from kaoju.tokens import query_terms, stem, stopwords, terms, tokenize
from kaoju.types import Entity, Figure, Hit, Query

_LATIN = re.compile(r"[A-Za-z][A-Za-z&.+-]*[A-Za-z]")
_CAPITAL = re.compile(r"(?<=[a-z,;:'] )[A-Z][\w&.-]*[A-Za-z]|\b[A-Z]{2,}[A-Za-z]*\b")
_UNNAMED = frozenset(
    ["i", "us", "u.s", "uk", "eu", "ok", "gdp", "cpi", "ai", "ceo", "cfo", "utc", "usd", "pm"]
)
_LEAST = 0.2  # weight of a word that articles need not repeat
_COMMON, _RARE = 0.02, 0.0005  # shares of sentences at which a word weighs least and most
_CHARACTERS = 0.4  # of a Chinese word, when a text holds its characters and not the word
_COMPOUND = 6  # letters of a word that may be written apart
_NAME = 1.5  # weight of a name or figure of the question
_DEPUTY = "副"  # 副市长 is no 市长


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's content, weighed: plain terms, linked names, stated figures."""

    terms: dict[str, float]  # stem or Chinese word to weight
    printed: dict[str, str]  # the same to the word as the question prints it, folded
    entity_ids: tuple[str, ...]
    figures: tuple[Figure, ...]
    missing: float  # share of the weight that stands in none of the hits of its language
    strangers: tuple[str, ...]  # names of the question that no hit holds
    foreign: frozenset[str] = frozenset()  # the terms that are names no entity is known by
    focus: tuple[str, ...] = ()  # the terms that say which value or thing is asked for


@cache
def word_list(table: str, key: str) -> frozenset[str]:
    """A list of ``lexicon/answering.toml``, underscores read as blanks."""
    lines = load("answering")[table][key]
    return frozenset(word.replace("_", " ") for line in lines for word in line.split())


def weigh(query: Query, hits: Sequence[Hit], known: Sequence[Entity] = ()) -> Asked:
    """Weigh the content of a question by how rare it is among the hits of its language.

    Args:
        query: The question.
        hits: The passages found for it.
        known: The entities that it names.
    """
    same = [readable(h.title + "\n" + h.text) for h in hits if h.language is query.language]
    weights: dict[str, float] = {}
    missing = 0.0
    for root in _content(query, known):
        held = sum(root in text for text in same)
        weights[root] = plain_weight(root) * math.log(1 + (len(same) + 1) / (held + 0.5))
        if same and not held:
            missing += weights[root]
    # A name that is known and a figure count as found, however few the other words are.
    total = math.fsum(weights.values()) + _NAME * len(query.entity_ids + query.figures)
    printed = {token.term: fold(token.span.of(query.text)).text for token in tokenize(query.text)}
    foreign = {part for name in _shown(query, known) for part in terms(name, characters=False)}
    focus = {stem(word) for word in focus_of(query.text)}
    return Asked(
        terms=weights,
        printed={root: printed.get(root, root) for root in weights},
        entity_ids=query.entity_ids,
        figures=query.figures,
        missing=missing / total if total else 0.0,
        strangers=_strangers(query, hits, known),
        foreign=frozenset(root for root in weights if root in foreign),
        focus=tuple(
            root
            for root in weights
            if root in focus or (has_han(root) and any(root in word for word in focus))
        ),
    )


def _strangers(query: Query, hits: Sequence[Hit], known: Sequence[Entity]) -> tuple[str, ...]:
    """The names, codes and foreign words of a question that stand in none of the hits.

    A name that the shelf knows in either language is none of these. Words that are
    capitalised inside an English question count, and Latin words of a Chinese one.
    """
    folded = [fold(hit.title + "\n" + hit.text).text for hit in hits]
    return tuple(
        name
        for name in _shown(query, known)
        if not any(stem(part) in t for part in [name, *_parts(name)] for t in folded)
    )


def _shown(query: Query, known: Sequence[Entity]) -> list[str]:
    """The names, codes and foreign words of a question that no entity is known by, folded."""
    pattern = _LATIN if has_han(query.text) else _CAPITAL
    shown = [*query.names, *pattern.findall(fold(query.text, lower=False).text)]
    own = _names_of(query, known)
    names = dict.fromkeys(fold(one).text for one in shown)
    return [
        name
        for name in names
        if name not in own and not any(word in _UNNAMED for word in [name, *_parts(name)])
    ]


def _parts(name: str) -> list[str]:
    return re.split(r"[\s·]+", name)


def _names_of(query: Query, known: Sequence[Entity]) -> str:
    names = [name for entity in known for _, name in entity.names]
    if len(query.entity_ids) >= len(query.names):  # each name is known, if only by its sound
        names += query.names
    return " ".join(fold(name).text for name in names)


def _content(query: Query, known: Sequence[Entity]) -> list[str]:
    """The terms of a question without its names and figures, and none inside another."""
    rest = fold(query.text).text
    own = _names_of(query, known)
    surfaces = [fold(figure.surface).text for figure in query.figures]
    # A name that was not linked stays a term.
    surfaces += [name for name in (fold(n).text for n in query.names) if name in own]
    for surface in sorted(surfaces, key=len, reverse=True):
        rest = rest.replace(surface, " ")
    if not rest.strip():
        return []
    found = [
        t
        for t in query_terms(rest, characters=False)
        if t not in stopwords() and (has_han(t) or len(t) > 1 or t.isdigit())
    ]
    words = [t for t in found if has_han(t)]
    return [t for t in found if not any(t != word and t in word for word in words)]


def plain_weight(term: str) -> float:
    """How much a term says, whatever the articles: little for a common word, 1 for a rare one."""
    if term in word_list("generic", "zh") or term in _generic_stems():
        return _LEAST
    share = _common().get(term)
    if share is None:
        return 1.0
    rarity = math.log(_COMMON / share) / math.log(_COMMON / _RARE)
    return _LEAST + (1 - _LEAST) * min(1.0, max(0.0, rarity))


@cache
def _common() -> dict[str, float]:
    """The share of sentences that a term stands in, by ``scripts/count_words.py``."""
    lines = resources.files("kaoju").joinpath("lexicon/common_words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in lines.splitlines())
    return {term: int(millionths) / 1e6 for term, millionths in rows}


@cache
def _generic_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in word_list("generic", "en"))


# A text that is asked -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Readable:
    """A folded text that can be asked whether it holds a stem or a Chinese word."""

    folded: str
    joined: str  # without blanks and hyphens: "buybacks" stands in "buy back"
    stems: frozenset[str]

    def __contains__(self, root: object) -> bool:
        if not isinstance(root, str):
            return False
        if has_han(root):
            return root in self.folded.replace(_DEPUTY + root, "")
        return root in self.stems or (len(root) >= _COMPOUND and root in self.joined)

    def holds(self, root: str) -> float:
        """1 for a term held, a part of that for a Chinese word whose characters are."""
        if root in self:
            return 1.0
        if len(root) < 2 or not has_han(root):
            return 0.0
        return _CHARACTERS * sum(c in self.folded for c in root) / len(root)


def readable(text: str) -> Readable:
    """Fold a text and cut it into terms once, to be asked many times."""
    folded = fold(text).text
    joined = folded.replace(" ", "").replace("-", "")
    return Readable(folded, joined, frozenset(terms(text)))
