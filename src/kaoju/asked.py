"""What a question asks, weighed: its words, names and figures, and which of them are strangers.

A word that few of the passages found hold weighs more than one that all of them do; words
that articles need not repeat (how big, at present) weigh little.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from kaoju.focus import focus_of
from kaoju.lexicon import load
from kaoju.text import fold, has_han
from kaoju.tokens import query_terms, stem, stopwords, terms, tokenize
from kaoju.types import Entity, EntityKind, Figure, Hit, Query, Span
from kaoju.word_translations import words_for

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
Forms = frozenset[str]
_LEAST_PLACE, _ENDING = 5, 2  # letters of a place's name, and those that its people's lacks
_DEPUTY = "副"  # 副市长 is no 市长


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a question: which entities it may mean, and how it may be written."""

    text: str  # folded
    entity_ids: frozenset[str]
    forms: frozenset[str]  # its own and all names of the entities, folded
    kinds: frozenset[EntityKind] = frozenset()

    def told(self, folded: str, entity_ids: Collection[str], heard: Mapping[str, Forms]) -> bool:
        """Whether a text tells the name.

        Args:
            folded: The text.
            entity_ids: Those that the text mentions.
            heard: How the article writes names of the question in the other language.
        """
        if not self.entity_ids.isdisjoint(entity_ids):
            return True
        forms = (*self.forms, *heard.get(self.text, ()))
        return any(_says(folded, form, self.kinds) for form in forms)


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
    named: tuple[Named, ...] = ()  # the names, each once whatever it may mean
    heard: Mapping[str, Mapping[str, Forms]] = field(default_factory=dict)
    # by article, how it writes terms and names of the question that are of the other language


@cache
def word_list(table: str, key: str) -> frozenset[str]:
    """A list of ``lexicon/answering.toml``, underscores read as blanks."""
    lines = load("answering")[table][key]
    return frozenset(word.replace("_", " ") for line in lines for word in line.split())


def weigh(
    query: Query,
    hits: Sequence[Hit],
    known: Sequence[Entity] = (),
    articles: Mapping[str, str] | None = None,
) -> Asked:
    """Weigh the content of a question by how rare it is among the hits of its language.

    Args:
        query: The question.
        hits: The passages found for it.
        known: The entities that it names.
        articles: The text of each hit's article, by its id; names of the other language are
            listened for in them.
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
    shown = _shown(query, known)
    foreign = {part for name in shown for part in terms(name, characters=False)}
    focus = {stem(word) for word in focus_of(query.text)}
    named = _named(query, known)
    folded_question = fold(query.text).text
    places = {root: _places_of(printed.get(root, root), folded_question) for root in weights}
    places |= {name: _places_of(name, folded_question) for name in [n.text for n in named] + shown}
    # What an article in the question's own language has is not listened for in the other one.
    unheld = {
        word: spans
        for word, spans in places.items()
        if spans and not any(fold(word).text in text for text in same)
    }
    heard = {
        hit.document_id: _heard(query.text, unheld, articles.get(hit.document_id, hit.text))
        for hit in hits
        if unheld and articles is not None and has_han(hit.text) is not has_han(query.text)
    }
    return Asked(
        terms=weights,
        printed={root: printed.get(root, root) for root in weights},
        entity_ids=query.entity_ids,
        figures=query.figures,
        missing=missing / total if total else 0.0,
        strangers=tuple(
            name
            for name in _strangers(query, hits, shown)
            if not any(name in forms for forms in heard.values())
        ),
        foreign=frozenset(root for root in weights if root in foreign),
        focus=tuple(
            root
            for root in weights
            if root in focus or (has_han(root) and any(root in word for word in focus))
        ),
        named=named,
        heard=heard,
    )


def _named(query: Query, known: Sequence[Entity]) -> tuple[Named, ...]:
    """The names of a question with what each may mean; an entity under no name has its own."""
    by_reading = {(fold(r.name).text, r.entity_id) for r in query.readings}
    names = {e.id: frozenset(fold(name).text for _, name in e.names) for e in known}
    kinds = {e.id: e.kind for e in known}
    left = set(names)
    found: list[Named] = []
    for text in dict.fromkeys(fold(name).text for name in query.names):
        ids = {
            i
            for i, own in names.items()
            if (text, i) in by_reading or any(text in name or name in text for name in own)
        }
        left -= ids
        forms = frozenset({text}.union(*(names[i] for i in ids)))
        found.append(Named(text, frozenset(ids), forms, frozenset(kinds[i] for i in ids)))
    for i in sorted(left):
        text = min(names[i], default=i)
        found.append(Named(text, frozenset([i]), names[i], frozenset([kinds[i]])))
    return tuple(found)


def _says(folded: str, name: str, kinds: Collection[EntityKind] = ()) -> bool:
    """Whether a folded text has a name: as whole words where it is written in letters.

    A people is called by its country's name but for the ending: Swedish, Sweden.
    """
    if has_han(name):
        return name in folded
    if EntityKind.PLACE in kinds and name.isalpha() and len(name) > _LEAST_PLACE:
        return re.search(rf"\b{re.escape(name[:-_ENDING])}", folded) is not None
    at = folded.find(name)
    while at >= 0:
        end = at + len(name)
        if not (folded[at - 1 : at].isalnum() or folded[end : end + 1].isalnum()):
            return True
        at = folded.find(name, end)
    return False


def _places_of(word: str, folded: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(re.escape(word), folded)]


def _heard(question: str, places: Mapping[str, Sequence[Span]], article: str) -> dict[str, Forms]:
    """How an article of the other language writes the words and names of a question, by these."""
    from kaoju.hearing import heard_between

    at = [span for spans in places.values() for span in spans]
    told = [(span, fold(form).text) for span, form in heard_between(question, article, at)]
    found: dict[str, Forms] = {}
    for word, spans in places.items():
        forms = frozenset(form for at, form in told if any(at.overlaps(span) for span in spans))
        if forms:
            found[word] = forms
    return found


def _strangers(query: Query, hits: Sequence[Hit], shown: Sequence[str]) -> tuple[str, ...]:
    """The names, codes and foreign words of a question that stand in none of the hits.

    A name that the shelf knows in either language is none of these. Words that are
    capitalised inside an English question count, and Latin words of a Chinese one.
    """
    folded = [fold(hit.title + "\n" + hit.text).text for hit in hits]
    return tuple(
        name
        for name in shown
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

    def tells(self, root: str) -> float:
        """How surely a text of the other language says a term, by the learned translations."""
        return max(
            (math.sqrt(chance) for word, chance in words_for(root) if word in self), default=0.0
        )

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
