"""Sentences of the best passages, each with what speaks for it as an answer.

A candidate is one sentence as printed; its features are few and mean what their names say,
so that the weights learned for them (``lexicon/answering.toml``) can be read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kaoju.abstention import logistic
from kaoju.asked import Asked, Readable, readable, weigh, word_list
from kaoju.constraints import Clash
from kaoju.lexicon import load
from kaoju.text import fold, has_han, sentences
from kaoju.types import Claim, Document, Figure, Hit, Language, Mention, Query, Span, Wanted

if TYPE_CHECKING:
    from kaoju.encoder import Encoder
    from kaoju.store import Store

PASSAGES = 8  # read for sentences
SENTENCES = 32  # encoded with the question
CLOSE = 12  # read closely, word by word
_SAYS = re.compile(
    r"说|称|认为|预测|预计|表示|指出|评价|看法|观点|警告|批评|抨击|反对|担心|比作|怎么看|觉得|主张|形容|提醒|解释"
    r"|\b(?:say|says|said|think|thinks|thought|predict|expect|warn|argue|call|describ|compar|accord"
    r"|view|opinion|critici|object|believ|forecast|remark|comment|want|blame|credit|note)"
)
_HEADING = re.compile(r"#{1,6}\s")
_LINE = 60  # characters; a longer line is prose, whatever it ends with
_ENDS = re.compile(r"[.!?。！？…;；][”’」』\"')）\]]*$|^\s*(?:[-*•·]|\d{1,2}[.)、])|https?:")
_LISTED = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)、])|、.*(?:、|和|与|及|以及)|,[^,]+,? (?:and|or) ")
_QUOTED = re.compile(r"[“”「」『』\"]")
_TOPIC = 0.6  # of a word or name that the title or the passage gives, not the sentence
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
    lead: str = ""  # the headings and the sentence before it
    before: str = ""  # the sentence before it in its section
    around: frozenset[str] = frozenset()  # the entities of its passage
    around_figures: tuple[Figure, ...] = ()
    clashes: tuple[Clash, ...] = ()
    article: str = ""  # its article's title and text, folded
    places: tuple[tuple[Span, float], ...] = ()  # where it says words asked for in other words
    pointed: Span | None = None  # where the reader takes the answer to stand
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0


# Candidates -----------------------------------------------------------------------------


def candidates(
    query: Query, hits: Sequence[Hit], *, store: Store, encoder: Encoder
) -> tuple[Asked, list[Candidate]]:
    """The best sentences of the best passages with their features, best at first sight first.

    One batch of the encoder reads the question and the sentences together, another the words.
    """
    from kaoju.scrutiny import read, scrutinise

    asked, found = gather(query, hits, store=store, encoder=encoder)
    return asked, read(query, scrutinise(query, asked, at_first_sight(found), encoder=encoder))


def gather(
    query: Query, hits: Sequence[Hit], *, store: Store, encoder: Encoder
) -> tuple[Asked, list[Candidate]]:
    """The question weighed, and the sentences worth reading in order of passage and place."""
    known = store.entities(query.entity_ids) if query.entity_ids else []
    articles = {i: _told_in(store.document(i)) for i in {hit.document_id for hit in hits}}
    asked = weigh(query, hits, known, articles)
    chosen = _passages_read(query, hits)
    readables = {i: readable(articles[i]) for i in {hit.document_id for hit in chosen}}
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
            readables[hit.document_id],
            figures.get(number, []),
            mentions.get(number, []),
            claims.get(number, []),
        )
    every.sort(key=lambda c: -_cheap(c))
    kept = every[:SENTENCES]
    kept.sort(key=lambda c: (c.hit.rank, c.span))
    if kept:
        texts = [c.text for c in kept]
        before = [text for c in kept if (text := c.before) and text not in texts]
        texts += dict.fromkeys(before)
        every_near = encoder.encode(texts) @ encoder.encode_questions([query.text])[0]
        nearness = dict(zip(texts, map(float, every_near), strict=True))
        near = every_near[: len(kept)]
        spread = float(near.std()) or 1.0
        for candidate, similarity in zip(kept, near, strict=True):
            candidate.features["similarity"] = float(similarity)
            candidate.features["outstanding"] = float(similarity - near.mean()) / spread
            candidate.features["before"] = nearness.get(candidate.before, 0.0)
            candidate.features["led"] = float(bool(candidate.before))
    return asked, kept


def asks_of_words(query: Query) -> bool:
    """Whether a question speaks of what somebody said or thinks."""
    return _SAYS.search(fold(query.text).text) is not None


def at_first_sight(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The dozen sentences that are worth reading closely, scored, best first."""
    weights = load("answering")["first"]
    scored = [replace(c, score=logistic(weights, c.features)) for c in candidates]
    return sorted(scored, key=lambda c: (-c.score, c.hit.rank, c.span))[:CLOSE]


def _told_in(document: Document) -> str:
    return f"{document.title}\n{document.text}"


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
    article: Readable,
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
) -> list[Candidate]:
    whole, title = readable(hit.title + "\n" + hit.text), readable(hit.title)
    near = {m.entity_id for m in mentions}
    found: list[Candidate] = []
    headings = {fold(h).text.strip() for h in (*hit.headings, hit.title)}
    section, before = (hit.headings or ("",))[-1], ""
    for local in sentences(hit.text):
        span = local.shift(hit.span.start)
        text = local.of(hit.text)
        if fold(text).text.strip(" #*") in headings or _HEADING.match(text):
            section, before = text.lstrip("# "), ""
            continue
        claim = next((c for c in claims if c.span == span), None)
        if claim is None and len(text) < _LINE and not _ENDS.search(text):
            section, before = text, ""
            continue  # a heading of a section, or a label
        inside = tuple(m for m in mentions if span.contains(m.span))
        held = tuple(f for f in figures if span.contains(f.span))
        lead = "\n".join(filter(None, dict.fromkeys((hit.title, section, before))))
        candidate = Candidate(
            hit,
            span,
            text,
            held,
            inside,
            claim,
            lead,
            before,
            frozenset(near),
            tuple(figures),
            article=article.folded,
        )
        before = text
        candidate.features.update(_features(query, asked, candidate, whole, title, article, near))
        found.append(candidate)
    return found


def _features(
    query: Query,
    asked: Asked,
    candidate: Candidate,
    whole: Readable,
    title: Readable,
    article: Readable,
    near: set[str],
) -> dict[str, float]:
    from kaoju.wanted import STATED, could_answer

    hit, own = candidate.hit, {m.entity_id for m in candidate.mentions}
    claim = candidate.claim
    if claim is not None and claim.attributed_id:
        own.add(claim.attributed_id)
    across = hit.language is not query.language
    text = readable(candidate.text)
    return {
        "coverage": _covered(asked, candidate, text, own, title, near, across),
        "passage_coverage": _covered(asked, candidate, whole, near, title, near, across),
        "article_coverage": _covered(asked, candidate, article, near, title, near, across),
        "across": float(across),
        "names": _told(asked, candidate, text.folded, own),
        "names_near": _told(asked, candidate, whole.folded, near),
        "rival": float(_rival(asked, candidate, text.folded, own)),
        "absent": 1.0 - _told(asked, candidate, candidate.article, near) if asked.named else 0.0,
        "figures": _share(_stated(f, candidate) for f in asked.figures),
        "stated": could_answer(query, candidate) if query.wanted in STATED else 0.0,
        "named": could_answer(query, candidate) if query.wanted not in STATED else 0.0,
        "place": 1 / hit.rank,
        "says": float(asks_of_words(query)),
        "claim": float(claim is not None),
        "speaker": float(
            claim is not None
            and claim.attributed_id is not None
            and claim.attributed_id in asked.entity_ids
            and asks_of_words(query)
        ),
        "cue": _cue(query, candidate),
        "quoted": _quoted(query, candidate),
    }


def _covered(
    asked: Asked,
    candidate: Candidate,
    text: Readable,
    own: set[str],
    title: Readable,
    near: set[str],
    across: bool,
) -> float:
    """The weighted share of what was asked that stands in a text, names and figures included.

    What an article is about need not be said again: a word of its title, or a name of the
    passage, counts in part for each of its sentences.
    """
    heard = asked.heard.get(candidate.hit.document_id, {})

    def said(root: str, place: Readable) -> float:
        if any(form in place.folded for form in heard.get(root, ())):
            return 1.0
        return max(place.holds(root), place.tells(root) if across else 0.0)

    held = math.fsum(
        w * max(said(root, text), _TOPIC * said(root, title)) for root, w in asked.terms.items()
    )
    total = math.fsum(asked.terms.values())
    for name in asked.named:
        if name.entity_ids:  # others are terms
            total += _NAME
            in_text = name.told(text.folded, own, heard)
            held += _NAME * (1.0 if in_text else _TOPIC * (not name.entity_ids.isdisjoint(near)))
    for figure in asked.figures:
        total += _NAME
        held += _NAME * _stated(figure, candidate)
    return held / total if total else 0.0


def _told(asked: Asked, candidate: Candidate, folded: str, entity_ids: set[str]) -> float:
    """The share of the question's names that a text tells; 0 where it has none."""
    heard = asked.heard.get(candidate.hit.document_id, {})
    return _share(name.told(folded, entity_ids, heard) for name in asked.named)


def _rival(asked: Asked, candidate: Candidate, folded: str, entity_ids: set[str]) -> bool:
    """Whether a sentence tells of another of the kind asked for by name, and not of that one."""
    heard = asked.heard.get(candidate.hit.document_id, {})
    linked = [name for name in asked.named if name.entity_ids]
    missed = [name for name in linked if not name.told(folded, entity_ids, heard)]
    kinds = {kind for name in missed for kind in name.kinds}
    known = {entity_id for name in linked for entity_id in name.entity_ids}
    return len(missed) == len(linked) and any(
        m.kind in kinds and m.entity_id not in known for m in candidate.mentions
    )


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


def _quoted(query: Query, candidate: Candidate) -> float:
    """Whether a sentence gives words of somebody, where a reason or a remark is asked for."""
    told = query.wanted in (Wanted.REASON, Wanted.STATEMENT)
    return float(told and _QUOTED.search(candidate.text) is not None)


def _cheap(candidate: Candidate) -> float:
    """Which sentences are worth encoding, before their similarity is known."""
    f = candidate.features
    return f["coverage"] + 0.5 * f["names"] + f["stated"] + f["named"] + f["place"]
