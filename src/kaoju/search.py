"""A query to ranked passages: terms, vectors, names and stated figures, fused.

Four rankings of candidates, none of which reads more of the shelf than it returns: BM25
over the question's terms and their bridge into the other language, the nearest vectors,
the passages that mention the question's names, and those that state its figures.
Reciprocal rank fusion joins them. A hit tells its place and raw score in each.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kaoju.fusion import K_RRF, Fused, reciprocal_rank_fusion
from kaoju.text import fold
from kaoju.tokens import query_terms
from kaoju.types import Dimension, Figure, Hit, Language, Query, Rank

if TYPE_CHECKING:
    from kaoju.encoder import Encoder
    from kaoju.index import Indexes
    from kaoju.store import Store

DEPTH = 60  # candidates of each ranking, at least
WEIGHTS = {"terms": 1.0, "vectors": 1.0, "names": 0.3, "figures": 0.3}
_BRIDGE = 0.7  # weight of a term that stands for a name or figure in the other language
_COMMON = 2000  # a name mentioned more often than this tells nothing of a passage
_OTHER = {Language.ZH: Language.EN, Language.EN: Language.ZH, Language.UND: Language.EN}
_MOST_TERMS = 64


def search(
    query: Query, *, store: Store, indexes: Indexes, encoder: Encoder, k: int = 10
) -> list[Hit]:
    """Find the passages nearest to a query.

    Args:
        query: As `kaoju.question.analyse` made it; its filters are applied while searching.
        store: The record.
        indexes: Its vectors and terms.
        encoder: The one that made the vectors.
        k: Most hits wanted, at least 1.

    Returns:
        Hits, best first, equal scores in order of passage id. The score is the fused one as
        a share of what first place in every ranking would give, in [0, 1].
    """
    if not query.text.strip():
        return []
    allow = store.select(query.filters)
    if allow is not None and not allow:
        return []
    depth = max(DEPTH, 3 * k)
    rankings: dict[str, Sequence[tuple[int, float]]] = {}
    terms = _weighted_terms(query, store)
    if terms:
        rankings["terms"] = indexes.search_terms(terms, depth, allow)
    vector = encoder.encode_questions([query.text])
    rankings["vectors"] = indexes.search_vectors(vector, depth, allow)[0]
    if query.entity_ids:
        rankings["names"] = _by_names(query, store, depth, allow)
    if query.figures:
        rankings["figures"] = _by_figures(query, store, depth, allow)
    rankings = {name: ranking for name, ranking in rankings.items() if ranking}
    fused = reciprocal_rank_fusion(rankings, weights=WEIGHTS)
    best = sum(WEIGHTS[name] for name in rankings) / (K_RRF + 1)
    return _hits(fused, store, k, best)


def _hits(fused: Sequence[Fused], store: Store, k: int, best: float) -> list[Hit]:
    passages = store.passages([f.number for f in fused[: k + 10]])
    known = [(f, passages[f.number]) for f in fused[: k + 10] if f.number in passages]
    known.sort(key=lambda pair: (-pair[0].score, pair[1].id))
    documents = {p.document_id: store.document(p.document_id) for _, p in known[:k]}
    return [
        Hit(
            passage_id=passage.id,
            document_id=passage.document_id,
            text=passage.text,
            span=passage.span,
            score=min(1.0, one.score / best),
            rank=rank,
            language=passage.language,
            title=documents[passage.document_id].title,
            sources=tuple(
                Rank(name, place, score) for name, (place, score) in sorted(one.sources.items())
            ),
            headings=passage.headings,
            source=documents[passage.document_id].source,
            published_on=documents[passage.document_id].published_on,
        )
        for rank, (one, passage) in enumerate(known[:k], start=1)
    ]


# The lexical bridge ---------------------------------------------------------------------


def _weighted_terms(query: Query, store: Store) -> list[tuple[str, float]]:
    """The question's terms, and names and figures of it as the other language prints them."""
    weights = dict.fromkeys(query.terms[:_MOST_TERMS], 1.0)
    for text in bridged(query, store):
        for term in query_terms(text):
            weights.setdefault(term, _BRIDGE)
    return list(weights.items())


def bridged(query: Query, store: Store) -> list[str]:
    """Names and figures of a question as articles of either language may print them."""
    found: list[str] = []
    asked = fold(query.text).text
    if query.entity_ids:
        for entity in store.entities(query.entity_ids):
            found += [name for _, name in entity.names[:6] if fold(name).text not in asked]
    if query.figures:
        from kaoju.units import format_figure

        other = _OTHER[query.language]
        found += [format_figure(figure, other) for figure in query.figures]
    return list(dict.fromkeys(found))


# Names and figures ----------------------------------------------------------------------


def _by_names(
    query: Query, store: Store, depth: int, allow: Collection[int] | None
) -> list[tuple[int, float]]:
    """Passages that mention the query's names: rare names count more, more of them more."""
    scores: dict[int, float] = {}
    for entity in store.entities(query.entity_ids):
        if not 0 < entity.mention_count <= _COMMON:
            continue
        rarity = 1 / math.log2(2 + entity.mention_count)
        for number, times in store.numbers_mentioning([entity.id]).items():
            if allow is None or number in allow:
                more = rarity * (1 + 0.1 * math.log2(times))
                scores[number] = scores.get(number, 0.0) + more
    return _best(scores, depth)


def _by_figures(
    query: Query, store: Store, depth: int, allow: Collection[int] | None
) -> list[tuple[int, float]]:
    """Passages that state a figure of the question, however it is written."""
    scores: dict[int, float] = {}
    for figure in query.figures:
        passages = {f.passage_id for f in _same_value(figure, store)}
        for number in store.numbers_of(passages).values():
            if allow is None or number in allow:
                scores[number] = scores.get(number, 0.0) + 1.0
    return _best(scores, depth)


def _same_value(figure: Figure, store: Store) -> list[Figure]:
    if figure.value is None or figure.dimension in (Dimension.COUNT, Dimension.ORDINAL):
        return []  # 10 of anything is no evidence; dates have their terms
    value = float(figure.value)
    slack = float(figure.precision or 0) or abs(value) * 1e-9
    return store.figures(
        dimension=figure.dimension, unit=figure.unit, low=value - slack, high=value + slack
    )


def _best(scores: dict[int, float], depth: int) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:depth]
