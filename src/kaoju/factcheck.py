"""A draft to one verdict for each of its figures, decided by named rules on verbatim quotes.

Each figure becomes a frame (`kaoju.frames`); passages are found by the sentence around it, in
either language; every figure stated there is laid beside it (`kaoju.alignment`). Those that
speak of the same thing decide: `kaoju.comparison` says whether the numbers agree. A figure of
another subject, measure or period contradicts nothing; where it is the same number, it is named.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kaoju import ingest, pairing, restating
from kaoju.alignment import Pair
from kaoju.cross_language import Evidence
from kaoju.frames import Frame, Statement, frame, statements
from kaoju.heard_names import heard_names
from kaoju.likeness import alike
from kaoju.pairing import Near
from kaoju.pivots import Ranking
from kaoju.search import rank
from kaoju.short_names import short_names
from kaoju.text import FoldedText, has_han, language_of
from kaoju.types import (
    Document,
    Entity,
    EntityKind,
    Filters,
    Language,
    Mention,
    Query,
    Span,
    Verdict,
)
from kaoju.verdict_wording import printed_parts, worded
from kaoju.verdicts import decide
from kaoju.weighing import foreign, join, reread

if TYPE_CHECKING:
    from kaoju.decisions import Decision
    from kaoju.encoder import Encoder
    from kaoju.index import Indexes
    from kaoju.index.protocol import Scored
    from kaoju.store import Store

DEPTH = 30  # candidates of each ranking
PASSAGES = 8  # read for each sentence of a draft
# So many of the other language are among those that are read, the best candidates ordered anew
# word by word, in drafts of no more sentences than this: of 611 sentences about articles in the
# other language 603 then had one that decides among them, 579 without.
FOREIGN = 12
REREAD = 40
FEW = 40
_LINKED = 0.8  # a name linked by sound or translation at least this surely
_HEAD = 200  # characters of an article that name what it is about


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a check reads: the record, its indexes and the encoder that made the vectors."""

    store: Store
    indexes: Indexes
    encoder: Encoder


def check(
    draft: FoldedText,
    shelf: Shelf,
    *,
    known: Sequence[Entity],
    decisions: Sequence[Decision] = (),
    filters: Filters | None = None,
    reference_date: date | None = None,
) -> list[Verdict]:
    """Check every figure of a draft.

    Args:
        draft: As `kaoju.draft.read_draft` gives it.
        shelf: What is checked against.
        known: The shelf's entities.
        decisions: The editors' decisions on names.
        filters: Which passages may be evidence.
        reference_date: What 今年 and last month of the draft count from.

    Returns:
        A verdict a figure, in the order of the draft; spans are on the draft as given.
    """
    with _nothing_collected():
        each = _paired_in_turn(draft, shelf, known, decisions, filters, reference_date)
        with closing(each):
            by_place = {at: decide(claim, found) for at, claim, found in each}
        decided = [by_place[at] for at in range(len(by_place))]
        documents: dict[str, Document] = {}
        for one in decided:
            for pair in one.pairs:
                for told in (pair.evidence, *printed_parts(pair.evidence)):
                    name = told.statement.document_id
                    if name not in documents:
                        documents[name] = shelf.store.document(name)
        return [worded(one, documents, draft) for one in decided]


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python look for no garbage in cycles meanwhile.

    A check makes a few hundred thousand objects and hardly a cycle; to look through all that the
    process holds, again and again, would take a tenth of its time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def paired(
    draft: FoldedText,
    shelf: Shelf,
    *,
    known: Sequence[Entity],
    decisions: Sequence[Decision] = (),
    filters: Filters | None = None,
    reference_date: date | None = None,
) -> list[tuple[Frame, list[Pair]]]:
    """The frame of every figure of a draft with its pairs, the likeliest first."""
    each = _paired_in_turn(draft, shelf, known, decisions, filters, reference_date)
    by_place = {at: (claim, found) for at, claim, found in each}
    return [by_place[at] for at in range(len(by_place))]


def _paired_in_turn(
    draft: FoldedText,
    shelf: Shelf,
    known: Sequence[Entity],
    decisions: Sequence[Decision],
    filters: Filters | None,
    reference_date: date | None,
) -> Generator[tuple[int, Frame, list[Pair]], None, None]:
    """The figures of a draft with their places and their pairs, each as soon as it has them all.

    Neither the encoder nor the index of vectors holds Python up: what is known to be asked of
    them is begun in threads of their own.
    """
    filters = filters or Filters()
    allow = shelf.store.select(filters)
    claimed = _statements_of(draft, known, decisions, reference_date)
    sentences = _Sentences(shelf.store, known)
    with closing(pairing.Encoded(shelf.encoder)) as encoded:
        framed = (frame(statement, figure) for statement in claimed for figure in statement.figures)
        texts = dict.fromkeys(text for claim in framed for text in pairing.texts_of_claim(claim))
        encoded.begin([*texts][: pairing.MOST_ENCODED])
        found = _candidates(claimed, shelf, filters, sentences)
        laid = laid_beside(claimed, found, known, encoded)
        read = pairing.read_closely(laid.rows, encoded, laid.weight)
        places = restating.standing(read)
        stated = restating.statements_of(read, places)
        later = {at for at, _ in places}
        with ThreadPoolExecutor(1, thread_name_prefix="around") as aside:
            near = aside.submit(_around, stated, shelf, allow)
            for at, (claim, pairs) in enumerate(read):
                if at not in later:
                    yield at, claim, [*pairs, *laid.sums[at]]
            around = sentences.near(near.result())
        restated = restating.restated(read, places, around, laid.told, encoded, laid.weight)
        for at in sorted(later):
            claim, pairs = restated[at]
            yield at, claim, [*pairs, *laid.sums[at]]


@dataclass(frozen=True, slots=True)
class LaidBeside:
    """The figures of a draft with all their pairs, before any is read closely.

    Attributes:
        rows: The figures, each with its pairs, the likeliest first.
        told: The frames of what the pairs are from.
        weight: How much a word tells.
        sums: The pairs of each figure with what two figures of the articles make.
    """

    rows: list[pairing.Row]
    told: pairing.Told
    weight: Callable[[str], float]
    sums: list[list[Pair]]


def laid_beside(
    claimed: Sequence[Statement],
    found: Sequence[list[Near]],
    known: Sequence[Entity],
    encoded: pairing.Encoded | None = None,
) -> LaidBeside:
    """Lay every figure of a draft's sentences beside those of the sentences found for them.

    Args:
        claimed: The draft's sentences.
        found: The articles' sentences, for each of the draft's.
        known: The shelf's entities.
        encoded: Begins to encode what reading them closely will ask for first.
    """
    weight = pairing.rarity([n.statement for some in found for n in some])
    told = pairing.Told()
    rows: list[pairing.Row] = []
    sums: list[list[Pair]] = []
    names = {entity.id: [name for _, name in entity.names] for entity in known}
    heard = [
        replace(plain, heard=heard_names(plain, [n.statement for n in some], names))
        for plain, some in zip(claimed, found, strict=True)
    ]
    framed = [[frame(statement, figure) for figure in statement.figures] for statement in heard]
    first = dict.fromkeys(t for frames in framed for f in frames for t in pairing.texts_of_claim(f))
    for statement, frames, some in zip(heard, framed, found, strict=True):
        if encoded is not None:
            encoded.begin([*first][: pairing.MOST_ENCODED])
        each = pairing.pairs(statement, frames, some, weight, told)
        rows += zip(frames, each, strict=True)
        first |= pairing.first_texts(each)
        sums += pairing.sums(statement, frames, some, weight, told)
    return LaidBeside(rows, told, weight, sums)


# The draft ------------------------------------------------------------------------------------


def _statements_of(
    draft: FoldedText,
    known: Sequence[Entity],
    decisions: Sequence[Decision],
    reference_date: date | None,
) -> list[Statement]:
    """The sentences of a draft that state figures, its names linked to the shelf's entities."""
    from kaoju.shelf_names import ShelfNames

    own = language_of(draft.text)
    document = Document(
        id="draft",
        version="",
        text=draft.text,
        title="",
        source="draft",
        media_type="text/plain",
        language=own,
        published_on=reference_date,
    )
    read = ingest.recognise(document, ShelfNames.of(known), decisions, _surnames(draft.text, known))
    meant = _meant(read, known)
    kinds = {entity.id: entity.kind for entity in known}
    mentions = []
    for mention in read.mentions:
        is_now = meant.get(mention.entity_id, mention.entity_id)
        mentions.append(replace(mention, entity_id=is_now, kind=kinds.get(is_now, mention.kind)))
    claims = [
        replace(c, attributed_id=meant.get(c.attributed_id or "", c.attributed_id))
        for c in read.claims
    ]
    bilingual = frozenset(e.id for e in known if len({named for named, _ in e.names}) > 1)
    found: list[Statement] = []
    for passage in read.passages:
        inside = passage.span.contains
        some = statements(
            passage.text,
            passage.span.start,
            [f for f in read.figures if inside(f.span)],
            [m for m in mentions if inside(m.span)],
            [c for c in claims if inside(c.span)],
            language=own,
            published_on=reference_date,
        )
        found += [
            replace(
                s,
                bilingual=bilingual.intersection(m.entity_id for m in s.mentions),
                language=_told_in(s.text, own),
            )
            for s in some
        ]
    return found


def _told_in(text: str, own: Language) -> Language:
    """The language of a sentence; a draft may hold both, and a number alone has none."""
    found = language_of(text)
    return own if found is Language.UND else found


_LONGEST_SURNAME = 6  # characters of 哈塞特, 维特根斯坦


def _surnames(text: str, known: Sequence[Entity]) -> list[Mention]:
    """Surnames of foreigners as Chinese prints them, where one person of the shelf has them.

    An article gives the name in full once, 斯科特·贝森特; a draft about it need not.
    """
    owners: dict[str, set[str]] = {}
    for entity in known:
        for language, name in entity.names:
            last = name.rpartition("·")[2]
            if language is Language.ZH and entity.kind is EntityKind.PERSON and last != name:
                owners.setdefault(last, set()).add(name)
    unique = {last: names for last, names in owners.items() if len(last) > 1 and len(names) == 1}
    found: list[Mention] = []
    at = 0
    while at < len(text):
        sizes = range(min(_LONGEST_SURNAME, len(text) - at), 1, -1) if has_han(text[at]) else ()
        size = next((n for n in sizes if text[at : at + n] in unique), 0)
        if size:
            last = text[at : at + size]
            found.append(
                Mention(
                    Span(at, at + size),
                    last,
                    EntityKind.PERSON,
                    next(iter(unique[last])),
                    Language.ZH,
                )
            )
        at += size or 1
    return found


def _meant(read: ingest.Found, known: Sequence[Entity]) -> dict[str, str]:
    """Entities that are new in a draft and that the shelf knows by a name of the other language."""
    own = {entity.id: entity for entity in known}
    strange = {m.entity_id: m.name for m in read.mentions if m.entity_id not in own}
    if not strange or not known:
        return {}
    from kaoju.asked_names import link_names

    linked: dict[str, str] = {}
    for name, identifier, sure, evidence in link_names(list(strange.values()), known):
        heard = evidence in (Evidence.TRANSLITERATION, Evidence.TRANSLATION)
        if sure >= _LINKED and not (heard and _has_another(name, own[identifier])):
            linked.setdefault(name, identifier)  # the likeliest come first
    return {i: linked[name] for i, name in strange.items() if name in linked}


def _has_another(name: str, entity: Entity) -> bool:
    """Whether an entity has names of the same script that are nothing like a name: 杭州, 哈尔沃伊.

    What a draft calls by a name that only sounds like the foreign one is somebody else.
    """
    same = [held for _, held in entity.names if has_han(held) is has_han(name)]
    return bool(same) and not any(alike(name, held) for held in same)


# What the articles say ------------------------------------------------------------------------


def _candidates(
    claimed: Sequence[Statement], shelf: Shelf, filters: Filters, sentences: _Sentences
) -> list[list[Near]]:
    """For each sentence of the draft, the stating sentences of the passages nearest to it."""
    if not claimed:
        return []
    allow = shelf.store.select(filters)

    def nearest() -> list[Scored]:
        vectors = shelf.encoder.encode_questions([statement.text for statement in claimed])
        return shelf.indexes.search_vectors(vectors, DEPTH, allow)

    with ThreadPoolExecutor(1, thread_name_prefix="nearest") as aside:
        near = aside.submit(nearest)  # neither the encoder nor the index holds Python up
        asked = [_asked(statement, shelf, filters) for statement in claimed]
    choose = _passages_reread if len(claimed) <= FEW else _passages
    chosen = [
        choose(one, shelf, vectors) for one, vectors in zip(asked, near.result(), strict=True)
    ]
    return sentences.near([list(some.items()) for some in chosen])


def _around(
    stated: Sequence[Statement], shelf: Shelf, allow: Collection[int] | None
) -> Sequence[Ranking]:
    """For each sentence of an article the passages nearest to it."""
    if not stated:
        return []
    vectors = shelf.encoder.encode([f"{one.title}\n{one.text}" for one in stated])
    return shelf.indexes.search_vectors(vectors, PASSAGES, allow)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A sentence of a draft as a query, with the rankings of passages by all but vectors."""

    query: Query
    rankings: Mapping[str, Ranking]


def _asked(statement: Statement, shelf: Shelf, filters: Filters) -> _Asked:
    query = Query(
        text=statement.text,
        language=statement.language,
        terms=tuple(sorted(statement.terms)),
        names=tuple(m.surface for m in statement.mentions),
        entity_ids=tuple(dict.fromkeys(m.entity_id for m in statement.mentions if m.entity_id)),
        figures=statement.figures,
        filters=filters,
    )
    rankings = rank(
        query,
        store=shelf.store,
        indexes=shelf.indexes,
        encoder=shelf.encoder,
        depth=DEPTH,
        nearest=(),
    )
    return _Asked(query, rankings)


def _passages(asked: _Asked, shelf: Shelf, nearest: Ranking) -> dict[int, float]:
    """The numbers of the passages to read for a sentence, with their cosine to it."""
    scores, cosines, _ = _found(asked, shelf, nearest)
    return _with_cosines(_best(scores)[:PASSAGES], cosines)


def _passages_reread(asked: _Asked, shelf: Shelf, nearest: Ranking) -> dict[int, float]:
    """The same, the best candidates ordered anew and more of the other language among them."""
    scores, cosines, others = _found(asked, shelf, nearest)
    passages = shelf.store.passages(_best(scores)[:REREAD])
    scores = reread(asked.query.text, scores, {n: p.text for n, p in passages.items()})
    best = _best(scores)
    told = [*best[:PASSAGES], *[number for number in best if number in others][:FOREIGN]]
    return _with_cosines(dict.fromkeys(told), cosines)


def _found(
    asked: _Asked, shelf: Shelf, nearest: Ranking
) -> tuple[dict[int, float], dict[int, float], frozenset[int]]:
    """The candidates with their joined scores, their cosines, and those in another language."""
    rankings = {**asked.rankings, "vectors": nearest} if nearest else asked.rankings
    others = foreign(asked.query, rankings, shelf.store)
    return join(rankings, others), dict(nearest), others


def _best(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))


def _with_cosines(numbers: Iterable[int], cosines: Mapping[int, float]) -> dict[int, float]:
    """Passages with their cosine; those that the vectors did not bring with the least of these."""
    floor = min(cosines.values(), default=0.0)
    return {number: cosines.get(number, floor) for number in numbers}


class _Sentences:
    """The stating sentences of passages, each passage read once in a check."""

    def __init__(self, store: Store, known: Sequence[Entity]) -> None:
        self._store = store
        self._entities = {entity.id: entity for entity in known}
        self._read: dict[int, list[Statement]] = {}

    def of(self, numbers: Collection[int]) -> Mapping[int, list[Statement]]:
        """The sentences of passages, by number, of those read before as well."""
        new = sorted(number for number in numbers if number not in self._read)
        self._read.update((number, []) for number in new)
        self._read.update(_read_passages(new, self._store, self._entities))
        return self._read

    def near(self, rankings: Sequence[Ranking]) -> list[list[Near]]:
        """The sentences of the passages of each ranking, in its order."""
        read = self.of({number for ranking in rankings for number, _ in ranking})
        return [
            [Near(s, cosine) for number, cosine in ranking for s in read.get(number, ())]
            for ranking in rankings
        ]


def _read_passages(
    numbers: Sequence[int], store: Store, entities: Mapping[str, Entity]
) -> dict[int, list[Statement]]:
    """The stating sentences of passages, by number."""
    passages = store.passages(numbers)
    figures = store.figures_in(numbers)
    mentions = store.mentions_in(numbers)
    claims = store.claims_in(numbers)
    articles = store.heads({p.document_id for p in passages.values()}, _HEAD)
    return {
        number: statements(
            passage.text,
            passage.span.start,
            figures[number],
            short_names(
                passage.text,
                passage.span.start,
                mentions.get(number, []),
                [
                    entities[i]
                    for i in sorted(articles[passage.document_id].entity_ids)
                    if i in entities
                ],
            ),
            claims.get(number, []),
            language=passage.language,
            document_id=passage.document_id,
            passage_id=passage.id,
            title=articles[passage.document_id].title,
            titled=articles[passage.document_id].first_ids,
            everywhere=articles[passage.document_id].entity_ids,
            published_on=articles[passage.document_id].published_on,
        )
        for number, passage in passages.items()
        if number in figures and passage.document_id in articles
    }
