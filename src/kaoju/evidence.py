"""Sentences of the best passages, each with what speaks for it as an answer.

A candidate is one sentence as printed; its features are few and mean what their names say,
so that the weights learned for them (``lexicon/answering.toml``) can be read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kaoju.lexicon import load
from kaoju.text import fold, has_han, sentences
from kaoju.tokens import query_terms, stem, stopwords, terms
from kaoju.types import Claim, Entity, Figure, Hit, Language, Mention, Query, Span, Wanted

if TYPE_CHECKING:
    from kaoju.encoder import Encoder
    from kaoju.store import Store

PASSAGES = 8  # read for sentences
SENTENCES = 32  # encoded with the question
_LATIN = re.compile(r"[A-Za-z][A-Za-z&.+-]*[A-Za-z]")
_CAPITAL = re.compile(r"(?<=[a-z,;:'] )[A-Z][\w&.-]*[A-Za-z]|\b[A-Z]{2,}[A-Za-z]*\b")
_UNNAMED = frozenset(
    ["i", "us", "u.s", "uk", "eu", "ok", "gdp", "cpi", "ai", "ceo", "cfo", "utc", "usd", "pm"]
)
_SAYS = re.compile(
    r"说|称|认为|预测|预计|表示|指出|评价|看法|观点|警告|批评|抨击|反对|担心|比作|怎么看|觉得|主张|形容|提醒|解释"
    r"|\b(?:say|says|said|think|thinks|thought|predict|expect|warn|argue|call|describ|compar|accord"
    r"|view|opinion|critici|object|believ|forecast|remark|comment|want|blame|credit|note)"
)
_HEADING = re.compile(r"#{1,6}\s")
_LINE = 60  # characters; a longer line is prose, whatever it ends with
_ENDS = re.compile(r"[.!?。！？…;；][”’」』\"')）\]]*$|^\s*(?:[-*•·]|\d{1,2}[.)、])|https?:")
_LISTED = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)、])|、.*(?:、|和|与|及|以及)|,[^,]+,? (?:and|or) ")
_GENERIC = 0.25  # weight of a word that articles need not repeat
_SINGLE = 0.3  # weight of one Han character alone
_TOPIC = 0.6  # of a word or name that the title or the passage gives, not the sentence
_CHARACTERS = 0.4  # of a Chinese word, when a text holds its characters and not the word
_COMPOUND = 6  # letters of a word that may be written apart
_NAME = 1.5  # weight of a linked name of the question


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit with what was found in it; spans count in the article."""

    hit: Hit
    span: Span
    text: str
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    claim: Claim | None
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's content, weighed: plain terms, linked names, stated figures."""

    terms: dict[str, float]  # stem or Chinese word to weight
    entity_ids: tuple[str, ...]
    figures: tuple[Figure, ...]
    missing: float  # share of the weight that stands in none of the hits of its language
    strangers: tuple[str, ...]  # names of the question that no hit holds


@cache
def word_list(table: str, key: str) -> frozenset[str]:
    """A list of ``lexicon/answering.toml``, underscores read as blanks."""
    lines = load("answering")[table][key]
    return frozenset(word.replace("_", " ") for line in lines for word in line.split())


# What was asked -------------------------------------------------------------------------


def weigh(query: Query, hits: Sequence[Hit], known: Sequence[Entity] = ()) -> Asked:
    """Weigh the content of a question by how rare it is among the hits of its language.

    Args:
        query: The question.
        hits: The passages found for it.
        known: The entities that it names.
    """
    same = [_stems(hit.title + "\n" + hit.text) for hit in hits if hit.language is query.language]
    weights: dict[str, float] = {}
    missing = 0.0
    for root in _content(query):
        held = sum(root in text for text in same)
        weights[root] = _plain_weight(root) * math.log(1 + (len(same) + 1) / (held + 0.5))
        if same and not held:
            missing += weights[root]
    # A name that is known and a figure count as found, however few the other words are.
    total = math.fsum(weights.values()) + _NAME * len(query.entity_ids + query.figures)
    return Asked(
        terms=weights,
        entity_ids=query.entity_ids,
        figures=query.figures,
        missing=missing / total if total else 0.0,
        strangers=_strangers(query, hits, known),
    )


def _strangers(query: Query, hits: Sequence[Hit], known: Sequence[Entity]) -> tuple[str, ...]:
    """The names, codes and foreign words of a question that stand in none of the hits.

    A name that the shelf knows in either language is none of these. Words that are
    capitalised inside an English question count, and Latin words of a Chinese one.
    """
    folded = [fold(hit.title + "\n" + hit.text).text for hit in hits]
    pattern = _LATIN if has_han(query.text) else _CAPITAL
    shown = [*query.names, *pattern.findall(fold(query.text, lower=False).text)]
    own = " ".join(fold(name).text for entity in known for _, name in entity.names)
    if len(query.entity_ids) >= len(query.names):  # each name is known, if only by its sound
        own = " ".join([own, *(fold(name).text for name in query.names)])
    found = []
    for name in dict.fromkeys(fold(one).text for one in shown):
        parts = [name, *re.split(r"[\s·]+", name)]
        if name in own or any(stem(part) in text for part in parts for text in folded):
            continue
        if not any(word in _UNNAMED for word in parts):
            found.append(name)
    return tuple(found)


def _content(query: Query) -> list[str]:
    """The terms of a question without its names and figures, and none inside another."""
    rest = fold(query.text).text
    surfaces = [fold(figure.surface).text for figure in query.figures]
    if query.entity_ids:  # a name that was not linked stays a term
        surfaces += [fold(name).text for name in query.names]
    for surface in sorted(surfaces, key=len, reverse=True):
        rest = rest.replace(surface, " ")
    if not rest.strip():
        return []
    found = [t for t in query_terms(rest, characters=False) if t not in stopwords()]
    words = [t for t in found if has_han(t)]
    return [t for t in found if not any(t != word and t in word for word in words)]


def _plain_weight(term: str) -> float:
    if term in word_list("generic", "zh") or term in _generic_stems():
        return _GENERIC
    if has_han(term) and len(term) == 1:
        return _SINGLE
    return 1.0


@cache
def _generic_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in word_list("generic", "en"))


@dataclass(frozen=True, slots=True)
class _Text:
    """A folded text that can be asked whether it holds a stem or a Chinese word."""

    folded: str
    joined: str  # without blanks and hyphens: "buybacks" stands in "buy back"
    stems: frozenset[str]

    def __contains__(self, root: object) -> bool:
        if root in self.stems:
            return True
        if not isinstance(root, str):
            return False
        if has_han(root):
            return root in self.folded
        return len(root) >= _COMPOUND and root in self.joined

    def holds(self, root: str) -> float:
        """1 for a term held, a part of that for a Chinese word whose characters are."""
        if root in self:
            return 1.0
        if len(root) < 2 or not has_han(root):
            return 0.0
        return _CHARACTERS * sum(c in self.folded for c in root) / len(root)


def _stems(text: str) -> _Text:
    folded = fold(text).text
    joined = folded.replace(" ", "").replace("-", "")
    return _Text(folded, joined, frozenset(terms(text)))


# Candidates -----------------------------------------------------------------------------


def candidates(
    query: Query, hits: Sequence[Hit], *, store: Store, encoder: Encoder
) -> tuple[Asked, list[Candidate]]:
    """The sentences of the best passages with their features, in order of passage and place.

    One batch of the encoder reads the question and the sentences together.
    """
    known = store.entities(query.entity_ids) if query.entity_ids else []
    asked = weigh(query, hits, known)
    chosen = _passages_read(query, hits)
    numbers = store.numbers_of(hit.passage_id for hit in chosen)
    figures = store.figures_in(numbers.values())
    mentions = store.mentions_in(numbers.values())
    claims = store.claims_in(numbers.values())
    every: list[Candidate] = []
    for hit in chosen:
        number = numbers.get(hit.passage_id)
        if number is None:
            continue  # the article changed since the search
        every += _of_hit(
            query,
            asked,
            hit,
            figures.get(number, []),
            mentions.get(number, []),
            claims.get(number, []),
        )
    every.sort(key=lambda c: -_cheap(c))
    kept = every[:SENTENCES]
    kept.sort(key=lambda c: (c.hit.rank, c.span))
    if kept:
        near = encoder.encode([c.text for c in kept]) @ encoder.encode_questions([query.text])[0]
        for candidate, similarity in zip(kept, near, strict=True):
            candidate.features["similarity"] = float(similarity)
    return asked, kept


def _passages_read(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The best passages, the best of each language among them."""
    chosen = list(hits[:PASSAGES])
    for language in (Language.ZH, Language.EN):
        if not any(hit.language is language for hit in chosen):
            chosen += [hit for hit in hits if hit.language is language][:1]
    return chosen


def _of_hit(
    query: Query,
    asked: Asked,
    hit: Hit,
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
) -> list[Candidate]:
    whole, title = _stems(hit.title + "\n" + hit.text), _stems(hit.title)
    near = {m.entity_id for m in mentions}
    found: list[Candidate] = []
    headings = {fold(h).text.strip() for h in (*hit.headings, hit.title)}
    for local in sentences(hit.text):
        span = local.shift(hit.span.start)
        text = local.of(hit.text)
        if fold(text).text.strip(" #*") in headings or _HEADING.match(text):
            continue
        claim = next((c for c in claims if c.span == span), None)
        if claim is None and len(text) < _LINE and not _ENDS.search(text):
            continue  # a heading of a section, or a label
        inside = tuple(m for m in mentions if span.contains(m.span))
        held = tuple(f for f in figures if span.contains(f.span))
        candidate = Candidate(hit, span, text, held, inside, claim)
        candidate.features.update(_features(query, asked, candidate, whole, title, near))
        found.append(candidate)
    return found


def _features(
    query: Query, asked: Asked, candidate: Candidate, whole: _Text, title: _Text, near: set[str]
) -> dict[str, float]:
    from kaoju.wanted import STATED, could_answer

    hit, own = candidate.hit, {m.entity_id for m in candidate.mentions}
    claim = candidate.claim
    if claim is not None and claim.attributed_id:
        own.add(claim.attributed_id)
    across = hit.language is not query.language
    text = _stems(candidate.text)
    return {
        "coverage": 0.0 if across else _covered(asked, candidate, text, own, title, near),
        "passage_coverage": 0.0 if across else _covered(asked, candidate, whole, near, title, near),
        "across": float(across),
        "names": _share(e in own for e in asked.entity_ids),
        "names_near": _share(e in near for e in asked.entity_ids),
        "figures": _share(_stated(f, candidate) for f in asked.figures),
        "stated": could_answer(query, candidate) if query.wanted in STATED else 0.0,
        "named": could_answer(query, candidate) if query.wanted not in STATED else 0.0,
        "place": 1 / hit.rank,
        "claim": float(claim is not None),
        "speaker": float(
            claim is not None
            and claim.attributed_id is not None
            and claim.attributed_id in asked.entity_ids
            and _SAYS.search(fold(query.text).text) is not None
        ),
        "cue": _cue(query, candidate),
    }


def _covered(
    asked: Asked,
    candidate: Candidate,
    text: _Text,
    own: set[str],
    title: _Text,
    near: set[str],
) -> float:
    """The weighted share of what was asked that stands in a text, names and figures included.

    What an article is about need not be said again: a word of its title, or a name of the
    passage, counts in part for each of its sentences.
    """
    held = math.fsum(
        w * max(text.holds(root), _TOPIC * (root in title)) for root, w in asked.terms.items()
    )
    total = math.fsum(asked.terms.values())
    for entity_id in asked.entity_ids:
        total += _NAME
        held += _NAME * (1.0 if entity_id in own else _TOPIC * (entity_id in near))
    for figure in asked.figures:
        total += _NAME
        held += _NAME * _stated(figure, candidate)
    return held / total if total else 0.0


def _share(truths: Iterable[bool]) -> float:
    every = list(truths)
    return sum(every) / len(every) if every else 0.0


def _stated(figure: Figure, candidate: Candidate) -> bool:
    """Whether a sentence states a figure of the question, however it writes it."""
    if fold(figure.surface).text in fold(candidate.text).text:
        return True
    for other in candidate.figures:
        if other.dimension is not figure.dimension:
            continue
        if figure.value is not None:
            if other.value == figure.value and other.unit == figure.unit:
                return True
        elif _same_day(figure, other):
            return True
    return False


def _same_day(asked: Figure, told: Figure) -> bool:
    """Whether two dates meet; one asked without its year meets that day or month of any."""
    one, other = asked.period or "", told.period or ""
    if not one or not other or re.search(r"\d{4}", asked.surface):
        return bool(one and other) and (one.startswith(other) or other.startswith(one))
    return len(one) >= 7 and one[4:] == other[4 : len(one)]


def _cue(query: Query, candidate: Candidate) -> float:
    if query.wanted is Wanted.LIST:
        return float(_LISTED.search(candidate.text) is not None)
    if query.wanted not in (Wanted.REASON, Wanted.DEFINITION):
        return 0.0
    if any(m.role and m.entity_id in query.entity_ids for m in candidate.mentions):
        return float(query.wanted is Wanted.DEFINITION)  # 美国财长斯科特·贝森特 says who he is
    zh = has_han(candidate.text)
    folded = fold(candidate.text).text
    cues = word_list("cues", f"{query.wanted}_{'zh' if zh else 'en'}")
    if zh:
        return float(any(cue in folded for cue in cues))
    return float(any(re.search(rf"\b{re.escape(cue)}\b", folded) for cue in cues))


def _cheap(candidate: Candidate) -> float:
    """Which sentences are worth encoding, before their similarity is known."""
    f = candidate.features
    return f["coverage"] + 0.5 * f["names"] + f["stated"] + f["named"] + f["place"]
