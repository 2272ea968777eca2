"""Hits to an answer in the articles' own words, every sentence cited, or an honest abstention.

The best sentence of the best passages comes first; a list, a reason or a definition may take
a second one beside it; the other language's telling of the same fact closes. Nothing is worded
here: a sentence of an answer is a slice of an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kaoju import abstention
from kaoju.asked import Asked
from kaoju.constraints import Clash
from kaoju.evidence import Candidate, candidates
from kaoju.lexicon import load
from kaoju.types import (
    Answer,
    Citation,
    Document,
    Hit,
    Language,
    Query,
    Sentence,
    Span,
    Value,
    Wanted,
)
from kaoju.wanted import VALUED, find_value

if TYPE_CHECKING:
    from kaoju.encoder import Encoder
    from kaoju.store import Store

CONTEXT = 60  # characters of an article shown before and after a quote
_MOST_SENTENCES = 3
_BESIDE = 0.5  # of the best score, for a second sentence of the same passage
_TWIN = 0.4  # of the best score, for the other language's telling
_SAME_VALUE = 0.2  # of the best score, where both tell the same value
_LONGER = frozenset({Wanted.LIST, Wanted.REASON, Wanted.DEFINITION, Wanted.STATEMENT})


def compose(query: Query, hits: Sequence[Hit], *, store: Store, encoder: Encoder) -> Answer:
    """Answer a question from the passages found for it.

    Args:
        query: The question as analysed.
        hits: The passages found, best first.
        store: The record.
        encoder: Of the question and the sentences; called once.

    Returns:
        One to three sentences, each with its citation, and the ``value`` when the question
        asks for one; or an abstention whose ``hits`` are the nearest passages.
    """
    if not query.terms and not query.figures and not query.names:
        return _abstain(query, hits, "unclear", 0.0)
    if not hits:
        return _abstain(query, hits, "nothing", 0.0)
    asked, found = candidates(query, hits, store=store, encoder=encoder)
    if not found:
        return _abstain(query, hits, "", 0.0)
    best = abstention.ranked(query, found)
    sure = abstention.confidence(abstention.features(query, asked, best))
    if sure < abstention.threshold():
        return _abstain(query, hits, "", sure, clash=next(iter(best[0].clashes), None))
    value = find_value(query, asked, best[0], store=store)
    chosen = _chosen(query, asked, best, value, store)
    documents: dict[str, Document] = {}
    return Answer(
        question=query.text,
        abstained=False,
        reason=None,
        sentences=tuple(Sentence(c.text, (cite(c.hit, c.span, documents, store),)) for c in chosen),
        value=value,
        hits=tuple(hits),
        confidence=sure,
        language=query.language,
        readings=query.readings,
    )


def cite(hit: Hit, span: Span, documents: dict[str, Document], store: Store) -> Citation:
    """A verbatim citation of a span of a hit's article."""
    if hit.document_id not in documents:
        documents[hit.document_id] = store.document(hit.document_id)
    return citation_of(documents[hit.document_id], hit.passage_id, span)


def citation_of(document: Document, passage_id: str, span: Span) -> Citation:
    """The verbatim citation of a stretch of an article that lies in a passage of it."""
    return Citation(
        document_id=document.id,
        version=document.version,
        passage_id=passage_id,
        span=span,
        quote=span.of(document.text),
        title=document.title,
        source=document.source,
        published_on=document.published_on,
        prefix=document.text[max(0, span.start - CONTEXT) : span.start],
        suffix=document.text[span.end : span.end + CONTEXT],
    )


def _chosen(
    query: Query, asked: Asked, best: Sequence[Candidate], value: Value | None, store: Store
) -> list[Candidate]:
    first = best[0]
    chosen = [first]
    if query.wanted in _LONGER:
        beside = [
            c
            for c in best[1:]
            if c.hit.passage_id == first.hit.passage_id and c.score >= _BESIDE * first.score
        ]
        chosen += beside[: _MOST_SENTENCES - 2]
    twin = next((c for c in best[1:] if c.hit.language is not first.hit.language), None)
    if twin is not None and _tells_the_same(query, asked, first, twin, value, store):
        chosen.append(twin)
    return chosen


def _tells_the_same(
    query: Query,
    asked: Asked,
    first: Candidate,
    twin: Candidate,
    value: Value | None,
    store: Store,
) -> bool:
    if query.wanted not in VALUED:
        return twin.score >= _TWIN * first.score
    if value is None or twin.score < _SAME_VALUE * first.score:
        return False
    return _agrees(value, find_value(query, asked, twin, store=store))


def _agrees(value: Value, other: Value | None) -> bool:
    if other is None:
        return False
    if value.figure is not None and other.figure is not None:
        one, two = value.figure, other.figure
        return one.dimension is two.dimension and (one.value, one.period, one.unit) == (
            two.value,
            two.period,
            two.unit,
        )
    return value.entity_id is not None and value.entity_id == other.entity_id


def _abstain(
    query: Query, hits: Sequence[Hit], why: str, sure: float, clash: Clash | None = None
) -> Answer:
    language = "zh" if query.language is Language.ZH else "en"
    reasons = load("answering")["reasons"]
    if clash is not None:
        why = "instead" if clash.said else "unsaid"
    reason = reasons[f"{why}_{language}" if why else language]
    if clash is not None:
        reason = reason.format(asked=clash.asked, said=clash.said)
    return Answer(
        question=query.text,
        abstained=True,
        reason=reason,
        hits=tuple(hits),
        confidence=sure,
        language=query.language,
        readings=query.readings,
    )
