"""A query to ranked passages: terms, vectors, names and stated figures, their scores joined.

Five rankings of candidates, none of which reads more of the shelf than it returns: BM25 over
the question's terms, BM25 over their translations, the nearest vectors, the passages that
mention the question's names, and those that state its figures. A hit tells its place and raw
score in each. `kaoju.weighing` then joins them and reads the best again. Where a filter leaves the
question's own language out, that is searched as well, for pivots (`kaoju.pivots`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kaoju.ingest import encoder_identity
from kaoju.pivots import Ranking
from kaoju.text import fold
from kaoju.tokens import query_terms
from kaoju.types import Dimension, Entity, Figure, Filters, Hit, Language, Passage, Query, Rank
from kaoju.weighing import weigh
from kaoju.word_translations import translated_terms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from kaoju.encoder import Encoder
    from kaoju.index import Indexes
    from kaoju.store import Store

DEPTH = 60  # candidates of each ranking, at least
# Vectors are asked for more, so that both languages are among them.
NEAR = 200
_BRIDGE = 1.0  # weight of a name or figure as the other language prints it, all its terms
_SPELLINGS = 3  # of a name in the other language that are looked for
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
        Hits, best first, equal scores in order of passage id. The score is the joined one as
        a share of the highest there can be, in [0, 1].
    """
    rankings: dict[str, Ranking] = {}
    own: dict[str, Ranking] | None = None
    allow = store.select(query.filters)
    if query.text.strip() and (allow is None or allow):
        vector = encoder.encode_questions([query.text])
        rankings = _rank(query, allow, vector, max(DEPTH, 3 * k), store, indexes)
        filters = _own_language(query)
        if filters is not None and (beside := store.select(filters)):
            own = _rank(query, beside, vector, DEPTH, store, indexes)
    held = _OnShelf(store, indexes, encoder, allow)
    weighed = weigh(query, rankings, held, own=own)
    scores = weighed.scores
    if weighed.pivots:
        rankings["pivots"] = weighed.pivots
    # A few to spare: a passage may have left the record since the index was read.
    passages = held.passages(sorted(scores, key=lambda n: (-scores[n], n))[: k + 10])
    known = sorted(passages, key=lambda number: (-scores[number], passages[number].id))[:k]
    documents = {
        i: store.document(i) for i in dict.fromkeys(passages[n].document_id for n in known)
    }
    places = {
        name: {number: (place, score) for place, (number, score) in enumerate(ranking, start=1)}
        for name, ranking in sorted(rankings.items())
    }
    hits = []
    for place, number in enumerate(known, start=1):
        passage, document = passages[number], documents[passages[number].document_id]
        hits.append(
            Hit(
                passage_id=passage.id,
                document_id=passage.document_id,
                text=passage.text,
                span=passage.span,
                score=scores[number],
                rank=place,
                language=passage.language,
                title=document.title,
                sources=tuple(
                    Rank(name, *held[number]) for name, held in places.items() if number in held
                ),
                headings=passage.headings,
                source=document.source,
                published_on=document.published_on,
            )
        )
    return hits


def _own_language(query: Query) -> Filters | None:
    """The filters of a query with its own language instead of another; None where it is let in.

    A source's articles are in one language: those of any count.
    """
    wanted = query.filters.language
    if wanted is None or Language.UND in (wanted, query.language) or wanted is query.language:
        return None
    return replace(query.filters, language=query.language, source=None)


@dataclass(frozen=True, slots=True)
class _OnShelf:
    """What `weigh` reads of passages, from the record and the indexes, each text once."""

    store: Store
    indexes: Indexes
    encoder: Encoder
    allow: Collection[int] | None
    read: dict[int, Passage] = field(default_factory=dict)

    def languages(self, numbers: Iterable[int]) -> dict[int, Language]:
        return self.store.languages(numbers)

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Those of the passages that are in the record, in this order."""
        self.read.update(self.store.passages([n for n in numbers if n not in self.read]))
        return {n: self.read[n] for n in numbers if n in self.read}

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        return {n: passage.text for n, passage in self.passages(list(numbers)).items()}

    def vectors(self, numbers: Iterable[int]) -> dict[int, npt.NDArray[np.float32]]:
        return self.store.vectors(numbers, encoder_identity(self.encoder))

    def neighbours(self, vectors: npt.NDArray[np.float32], most: int) -> list[Ranking]:
        return [*self.indexes.search_vectors(vectors, most, self.allow)]


def rank(
    query: Query,
    *,
    store: Store,
    indexes: Indexes,
    encoder: Encoder,
    depth: int,
    nearest: Ranking | None = None,
) -> dict[str, Ranking]:
    """The rankings that have candidates, by name, each best first.

    Each is at most ``depth`` long, that by vectors `NEAR` if that is more; ``nearest`` is the
    latter, where many queries were looked up together.
    """
    allow = store.select(query.filters)
    if not query.text.strip() or (allow is not None and not allow):
        return {}
    if nearest is None:
        vector = encoder.encode_questions([query.text])
        return _rank(query, allow, vector, depth, store, indexes)
    return _rank_beside(nearest, query, allow, depth, store, indexes)


def _rank(
    query: Query,
    allow: Collection[int] | None,
    vector: npt.NDArray[np.float32],
    depth: int,
    store: Store,
    indexes: Indexes,
) -> dict[str, Ranking]:
    nearest = indexes.search_vectors(vector, max(NEAR, depth), allow)[0]
    return _rank_beside(nearest, query, allow, depth, store, indexes)


def _rank_beside(
    nearest: Ranking,
    query: Query,
    allow: Collection[int] | None,
    depth: int,
    store: Store,
    indexes: Indexes,
) -> dict[str, Ranking]:
    named = store.entities(query.entity_ids) if query.entity_ids else []
    names = bridged(query, named)
    terms = _weighted_terms(query, names)
    rankings: dict[str, Ranking] = {
        "terms": indexes.search_terms(terms, depth, allow) if terms else [],
        "translated": _translated(query, names, indexes, depth, allow),
        "vectors": nearest,
        "names": _by_names(named, store, depth, allow),
        "figures": _by_figures(query, store, depth, allow),
    }
    return {name: ranking for name, ranking in rankings.items() if ranking}


# The lexical bridge ---------------------------------------------------------------------


def _weighted_terms(query: Query, names: Sequence[str]) -> list[tuple[str, float]]:
    """The question's terms, and names and figures of it as the other language prints them."""
    weights = dict.fromkeys(query.terms[:_MOST_TERMS], 1.0)
    for text in names:
        # A name weighs the same however many terms the other language cuts it into.
        found = [t for t in query_terms(text, characters=False) if t not in weights]
        for term in found:
            weights[term] = _BRIDGE / len(found)
    return list(weights.items())


def _translated(
    query: Query,
    names: Sequence[str],
    indexes: Indexes,
    depth: int,
    allow: Collection[int] | None,
) -> Ranking:
    """Passages that say the question's words, and its names, in the other language."""
    weights = translated_terms(query_terms(query.text, characters=False)[:_MOST_TERMS])
    if all(term[:1].isdigit() for term in weights):
        return []
    for text in names:
        found = query_terms(text, characters=False)
        for term in found:
            weights[term] = max(_BRIDGE / len(found), weights.get(term, 0.0))
    return indexes.search_terms(list(weights.items()), depth, allow)


def bridged(query: Query, named: Iterable[Entity]) -> list[str]:
    """Names and figures of a question as articles of the other language may print them.

    Args:
        query: The question.
        named: The entities that it names.
    """
    found: list[str] = []
    other = _OTHER[query.language]
    for entity in named:
        found += [name for language, name in entity.names if language is other][:_SPELLINGS]
    if query.figures:
        from kaoju.figure_writing import format_figure

        found += [format_figure(figure, other) for figure in query.figures]
    asked = fold(query.text).text
    return [text for text in dict.fromkeys(found) if fold(text).text not in asked]


# Names and figures ----------------------------------------------------------------------


def _by_names(
    named: Iterable[Entity], store: Store, depth: int, allow: Collection[int] | None
) -> list[tuple[int, float]]:
    """Passages that mention the query's names: rare names count more, more of them more."""
    scores: dict[int, float] = {}
    for entity in named:
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
        for number in _stating(figure, store):
            if allow is None or number in allow:
                scores[number] = scores.get(number, 0.0) + 1.0
    return _best(scores, depth)


_EVERYWHERE = 500  # a number stated in this many passages tells nothing of any


def _stating(figure: Figure, store: Store) -> list[int]:
    if figure.value is None or figure.dimension in (Dimension.COUNT, Dimension.ORDINAL):
        return []  # 10 of anything is no evidence; dates have their terms
    value = float(figure.value)
    slack = float(figure.precision or 0) or abs(value) * 1e-9
    found = store.numbers_stating(
        figure.dimension, figure.unit, value - slack, value + slack, _EVERYWHERE
    )
    return found if len(found) < _EVERYWHERE else []


def _best(scores: dict[int, float], depth: int) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:depth]
