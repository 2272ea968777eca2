"""A query to ranked passages: terms, vectors, names and stated figures, their scores joined.

Five rankings of candidates, none of which reads more of the shelf than it returns: BM25 over
the question's terms, BM25 over their translations, the nearest vectors, the passages that
mention the question's names, and those that state its figures. A hit tells its place and raw
score in each. The best candidates are then read again word by word (`kaoju.closeness`), and
those of a question together with it (`kaoju.reader`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kaoju.closeness import closeness
from kaoju.question import asks
from kaoju.reader import Text, shipped_reader
from kaoju.text import fold
from kaoju.tokens import query_terms
from kaoju.types import Dimension, Entity, Figure, Hit, Language, Query, Rank, Wanted
from kaoju.word_translations import translated_terms

if TYPE_CHECKING:
    from kaoju.encoder import Encoder
    from kaoju.index import Indexes
    from kaoju.store import Store

Ranking = Sequence[tuple[int, float]]

DEPTH = 60  # candidates of each ranking, at least
# Vectors are asked for more, so that both languages are among them.
NEAR = 200
# Scores are joined, not places: cosine + b / (b + 50) of the BM25 score b. On 1,098 XQuAD
# questions in a pool of both languages the right passage came first for 93.8 % of the Chinese
# and 96.1 % of the English; by reciprocal rank fusion (k = 60) for 88.9 and 94.4 %. Any
# half-way point from 30 to 100 does as well. Translated terms, which score less, keep it: among
# 10,000 other passages a half-way point of 25 brought English questions to 78 % of the written
# passages in Chinese among ten, this one to 85 % (79 % without translations).
_HALF = 50.0
# A passage in the other language shares no words with the question, whatever it says: its
# place among those of its language earns it this much of what the same place earns among the
# question's own. Without it a Chinese question found the English copy of XQuAD's passage among
# ten in 78 % of cases, with it and the translations in 97 %, either copy first as often (95 %).
_SHARED = 0.6
WEIGHTS = {"vectors": 1.0, "terms": 1.0, "names": 0.15, "figures": 0.15}
# The best candidates are read again word by word, and what that gives has this weight beside the
# joined score. It brings XQuAD's passage first for 1 to 5 in 100 questions more, in every
# direction and in pools of 480 and of 10,000; from 0.25 to 0.5 does as well.
READ = 60
CLOSE = 0.4
# What the reader says of a question and the best passages, in log odds, has this weight beside
# that; so many bytes of passages are read, about 1,500 tokens in either language. Of 300 questions
# on written passages that no model saw it brings the right one first for 5 to 14 in 100 more, in
# every direction; from 0.1 to 0.5 does as well, chances instead of log odds bring up to 7 fewer.
ANSWERS = 0.2
_SURE = 10.0  # log odds beyond which the reader says nothing more
READ_BYTES = 7_000
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
    rankings = rank(query, store=store, indexes=indexes, encoder=encoder, depth=max(DEPTH, 3 * k))
    scores = join(rankings, foreign(query, rankings, store))
    order = sorted(scores, key=lambda number: (-scores[number], number))
    passages = store.passages(order[: max(READ, k) + 10])
    texts = {number: passages[number].text for number in order[:READ] if number in passages}
    scores = reread(query.text, scores, texts)
    if is_question(query):
        scores = consulted(query.text, scores, texts)
    # A few to spare: a passage may have left the record since the index was read.
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


def reread(
    question: str, scores: Mapping[int, float], texts: Mapping[int, str]
) -> dict[int, float]:
    """Join the scores with how closely passages say the question's words, see `closeness`.

    Args:
        question: As typed.
        scores: Of all candidates, as `join` gives them.
        texts: Of the best candidates. The others count as the least close of these.

    Returns:
        Scores in [0, 1].
    """
    close = dict(zip(texts, closeness(question, list(texts.values())), strict=True))
    least = min(close.values(), default=0.0)
    whole = 1 + CLOSE
    return {
        number: min(1.0, (score + CLOSE * max(0.0, close.get(number, least))) / whole)
        for number, score in scores.items()
    }


def is_question(query: Query) -> bool:
    """Whether a query asks something, and is no list of words to be found."""
    return query.wanted is not Wanted.STATEMENT or asks(fold(query.text).text)


def consulted(
    question: str, scores: Mapping[int, float], texts: Mapping[int, str]
) -> dict[int, float]:
    """Join the scores with how likely the reader finds it that passages answer.

    Args:
        question: As typed.
        scores: Of all candidates.
        texts: Of the best candidates. From the best on so many are read as `READ_BYTES` hold;
            the others count as the least likely of these.

    Returns:
        Scores in [0, 1].
    """
    chosen: list[int] = []
    left = READ_BYTES
    for number in sorted(texts, key=lambda n: (-scores[n], n)):
        left -= len(texts[number].encode("utf-8", "replace"))
        if chosen and left < 0:
            break
        chosen.append(number)
    readings = shipped_reader().read([(question, Text("", texts[n])) for n in chosen])
    likely = {
        n: (1 + max(-1.0, min(1.0, reading.answers / _SURE))) / 2
        for n, reading in zip(chosen, readings, strict=True)
    }
    least = min(likely.values(), default=0.0)
    whole = 1 + ANSWERS
    return {
        number: (score + ANSWERS * likely.get(number, least)) / whole
        for number, score in scores.items()
    }


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
    named = store.entities(query.entity_ids) if query.entity_ids else []
    names = bridged(query, named)
    terms = _weighted_terms(query, names)
    if nearest is None:
        vector = encoder.encode_questions([query.text])
        nearest = indexes.search_vectors(vector, max(NEAR, depth), allow)[0]
    rankings: dict[str, Ranking] = {
        "terms": indexes.search_terms(terms, depth, allow) if terms else [],
        "translated": _translated(query, names, indexes, depth, allow),
        "vectors": nearest,
        "names": _by_names(named, store, depth, allow),
        "figures": _by_figures(query, store, depth, allow),
    }
    return {name: ranking for name, ranking in rankings.items() if ranking}


def foreign(query: Query, rankings: Mapping[str, Ranking], store: Store) -> frozenset[int]:
    """The candidates that are in another language than the question, by number."""
    if query.language is Language.UND:
        return frozenset()
    numbers = {number for ranking in rankings.values() for number, _ in ranking}
    languages = store.languages(numbers)
    return frozenset(n for n, language in languages.items() if language is not query.language)


def join(rankings: Mapping[str, Ranking], others: Collection[int] = ()) -> dict[int, float]:
    """Join the scores of rankings into one for each passage, in [0, 1].

    A passage that the vectors did not bring counts as near as the last that they did, a
    lower bound for none and the nearest guess there is; elsewhere absence counts nothing.

    Args:
        rankings: As `rank` gives them.
        others: The candidates in another language than the question, see `foreign`.
    """
    floor = max(0.0, rankings["vectors"][-1][1]) if rankings.get("vectors") else 0.0
    near = dict(rankings.get("vectors", ()))
    everything = {number for ranking in rankings.values() for number, _ in ranking}
    cosines = {number: max(0.0, near.get(number, floor)) for number in everything}
    words = _words(rankings, cosines, others)
    scores = {
        number: WEIGHTS["vectors"] * cosine + WEIGHTS["terms"] * words.get(number, 0.0)
        for number, cosine in cosines.items()
    }
    for name in ("names", "figures"):
        ranking = rankings.get(name, ())
        for number, score in ranking:
            scores[number] += WEIGHTS[name] * score / ranking[0][1]
    kinds = {"vectors", "terms", *(name for name in ("names", "figures") if name in rankings)}
    most = math.fsum(WEIGHTS[name] for name in kinds)
    return {number: min(1.0, score / most) for number, score in scores.items()}


def _words(
    rankings: Mapping[str, Ranking], cosines: Mapping[int, float], others: Collection[int]
) -> dict[int, float]:
    """How much passages share the question's words, in [0, 1): its own or translated ones."""
    shared: dict[int, float] = {}
    for name in ("terms", "translated"):
        for number, score in rankings.get(name, ()):
            shared[number] = max(score / (score + _HALF), shared.get(number, 0.0))
    own = sorted((share for number, share in shared.items() if number not in others), reverse=True)
    if own:
        ranked = sorted(
            (number for number in cosines if number in others),
            key=lambda number: (-cosines[number] - shared.get(number, 0.0), number),
        )
        for number, share in zip(ranked, own, strict=False):
            shared[number] = max(_SHARED * share, shared.get(number, 0.0))
    return shared


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
