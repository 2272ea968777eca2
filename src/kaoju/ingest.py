"""The way in: documents to passages, names, figures and claims, into the record, into the indexes.

The record comes first: one transaction an article, with its vectors and with what the indexes
have still to do. The indexes follow from the record alone (`drain`), in the normal course as
after a crash. An article is reported once both hold it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kaoju import __version__
from kaoju.errors import KaojuError, UnreadableArticleError
from kaoju.store import Pending, Reading, Store
from kaoju.types import (
    AddRow,
    AddStatus,
    Claim,
    Document,
    Entity,
    Figure,
    Language,
    Mention,
    Passage,
    Span,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from kaoju.decisions import Decision
    from kaoju.encoder import Encoder
    from kaoju.index import Indexes, IndexRow
    from kaoju.shelf_names import ShelfNames


# What only questions and drafts are read by: an article read before a change of these stays.
_OF_QUESTIONS = frozenset(
    ["answering.toml", "questions.toml", "checking.toml", "concepts.toml", "stopwords.toml"]
)


@cache
def recognisers() -> str:
    """Identity of what reads articles: kaoju's version and a digest of its lexicon files."""
    digest = hashlib.sha256()
    for entry in sorted(files("kaoju.lexicon").iterdir(), key=lambda e: e.name):
        if entry.name in _OF_QUESTIONS or not entry.is_file():
            continue
        if not entry.name.endswith((".py", ".pyc")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return f"kaoju {__version__} lexicon {digest.hexdigest()[:12]}"


def encoder_identity(encoder: Encoder) -> str:
    """What the record writes beside a vector: the encoder's name and digest."""
    return f"{encoder.name}@{encoder.digest}"


def encoded_text(passage: Passage) -> str:
    """What the encoder reads of a passage: its title, then its text."""
    title = passage.headings[0] if passage.headings else ""
    return passage.text if not title or title in passage.text else f"{title}\n{passage.text}"


@dataclass(frozen=True, slots=True)
class Found:
    """What the recognisers found in one document."""

    document: Document
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]


def recognise(
    document: Document,
    known: ShelfNames,
    decisions: Sequence[Decision],
    given: Sequence[Mention] = (),
) -> Found:
    """Find the passages, names, figures and claims of a document.

    Args:
        document: As read.
        known: The names that the shelf knows; those that are new are added to it.
        decisions: The editors' decisions on names.
        given: Names known beforehand, that count where none was found.
    """
    from kaoju.claims import attach_subjects, find_claims
    from kaoju.entities import find_mentions
    from kaoju.figures import find_figures
    from kaoju.linking import link
    from kaoju.passages import split

    passages = split(document)
    named = find_mentions(document.text, language=document.language, title=document.title)
    named += [g for g in given if not any(g.span.overlaps(m.span) for m in named)]
    found_mentions = _placed_mentions(sorted(named, key=lambda m: m.span), passages)
    linked = link(found_mentions, known, decisions)
    dated = [_with_dates(entity, document) for entity in linked.entities]
    for entity in dated:
        known.add(entity)
    mentions = tuple(linked.mentions)
    language = document.language if document.language is not Language.UND else None
    figures = _placed_figures(
        find_figures(document.text, language=language, reference_date=document.published_on),
        passages,
    )
    figures = attach_subjects(figures, mentions)
    claims = find_claims(document, passages, figures, mentions)
    return Found(
        document=document,
        passages=tuple(passages),
        mentions=mentions,
        figures=tuple(figures),
        claims=tuple(claims),
        entities=tuple(known.entities[i] for i in dict.fromkeys(m.entity_id for m in mentions)),
    )


def _with_dates(entity: Entity, document: Document) -> Entity:
    """Give the roles that came with this document its date."""
    roles = tuple(
        (role, day if day is not None else document.published_on) for role, day in entity.roles
    )
    return replace(entity, roles=tuple(dict.fromkeys(roles)))


def _home(span: Span, passages: Sequence[Passage]) -> Passage | None:
    """The passage that holds a span whole; None for one that crosses a boundary."""
    low, high = 0, len(passages)
    while low < high:
        middle = (low + high) // 2
        if passages[middle].span.end <= span.start:
            low = middle + 1
        else:
            high = middle
    return passages[low] if low < len(passages) and passages[low].span.contains(span) else None


def _placed_figures(figures: Iterable[Figure], passages: Sequence[Passage]) -> list[Figure]:
    placed = []
    for figure in figures:
        home = _home(figure.span, passages)
        if home is not None:
            key = f"{home.id}\0{figure.span.start}\0{figure.span.end}"
            placed.append(
                replace(
                    figure,
                    id="f-" + hashlib.sha256(key.encode()).hexdigest()[:16],
                    passage_id=home.id,
                    document_id=home.document_id,
                )
            )
    return placed


def _placed_mentions(mentions: Iterable[Mention], passages: Sequence[Passage]) -> list[Mention]:
    homes = ((mention, _home(mention.span, passages)) for mention in mentions)
    return [
        replace(mention, passage_id=home.id, document_id=home.document_id)
        for mention, home in homes
        if home is not None
    ]


class Ingest:
    """Adds documents to one shelf. One writer at a time: the caller holds the shelf's lock."""

    def __init__(
        self,
        store: Store,
        indexes: Indexes,
        encoder: Encoder,
        decisions: Sequence[Decision] = (),
        batch_passages: int = 64,
    ) -> None:
        self._store = store
        self._indexes = indexes
        self._encoder = encoder
        self._decisions = decisions
        self._batch_passages = batch_passages
        self._known: ShelfNames | None = None

    def _names(self) -> ShelfNames:
        """The names that the shelf knows, read when the first article needs them."""
        if self._known is None:
            from kaoju.shelf_names import ShelfNames

            self._known = ShelfNames.of(self._store.entities())
        return self._known

    def add(
        self, documents: Iterable[Document | AddRow], *, again: bool = False
    ) -> Iterator[AddRow]:
        """Put documents on the shelf, in batches that are encoded and indexed together.

        Args:
            documents: Documents as read; a row stands for one that could not be.
            again: Whether an unchanged document is read anew all the same.

        Yields:
            A row an article, in order, once the record and the indexes hold it.
        """
        batch: list[AddRow | Found] = []
        waiting = 0
        ids: set[str] = set()
        for document in documents:
            if isinstance(document, AddRow):
                batch.append(document)
                continue
            if document.id in ids:  # the same article twice: the second sees the first
                yield from self._finish(batch)
                batch, waiting, ids = [], 0, set()
            known = self._store.current_version(document.id)
            if not again and known == (document.version, recognisers()):
                batch.append(_row(document, AddStatus.UNCHANGED))
                continue
            try:
                found = recognise(document, self._names(), self._decisions)
            except KaojuError as error:
                batch.append(failed_row(document.source, error))
                continue
            batch.append(found)
            ids.add(document.id)
            waiting += len(found.passages)
            if waiting >= self._batch_passages:
                yield from self._finish(batch)
                batch, waiting, ids = [], 0, set()
        yield from self._finish(batch)

    def _finish(self, batch: Sequence[AddRow | Found]) -> list[AddRow]:
        """Encode a batch, keep each of its articles, bring the indexes up, report."""
        new = [item for item in batch if isinstance(item, Found)]
        if not new:
            return [item for item in batch if isinstance(item, AddRow)]
        vectors = self._vectors([passage for found in new for passage in found.passages])
        rows: list[AddRow] = []
        at = 0
        for item in batch:
            if isinstance(item, AddRow):
                rows.append(item)
                continue
            before = self._store.current_version(item.document.id)
            reading = Reading(
                document=item.document,
                passages=item.passages,
                vectors=vectors[at : at + len(item.passages)],
                encoder=encoder_identity(self._encoder),
                recognisers=recognisers(),
                mentions=item.mentions,
                figures=item.figures,
                claims=item.claims,
                entities=item.entities,
            )
            at += len(item.passages)
            self._store.put(reading)
            rows.append(self._report(item, before[0] if before else None))
        drain(self._store, self._indexes, encoder_identity(self._encoder), self._batch_passages)
        return rows

    def _vectors(self, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
        """The vectors of passages; those that the record has already are not made again."""
        import numpy as np

        numbers = self._store.numbers_of(passage.id for passage in passages)
        kept = self._store.vectors(numbers.values(), encoder_identity(self._encoder))
        known = {i: kept[n] for i, n in numbers.items() if n in kept}
        missing = [passage for passage in passages if passage.id not in known]
        made = self._encoder.encode([encoded_text(p) for p in missing]) if missing else ()
        known.update((p.id, vector) for p, vector in zip(missing, made, strict=True))
        return np.stack([known[passage.id] for passage in passages])

    def _report(self, found: Found, before: str | None) -> AddRow:
        document = found.document
        notes = list(document.notes)
        twins = self._store.articles([document.id])[0].same_text
        if twins:
            notes.append(f"the same text as {', '.join(twins)}")
        status = AddStatus.ADDED if before is None else AddStatus.UPDATED
        if before == document.version:
            status = AddStatus.UNCHANGED
            notes.append("read again, by newer recognisers")
        return replace(_row(document, status), passages=len(found.passages), notes=tuple(notes))


def drain(store: Store, indexes: Indexes, encoder: str, batch: int = 64) -> None:
    """Bring the indexes up with the record: do all that is pending, then strike it out."""
    pending = store.pending()
    if pending:
        apply(store, indexes, encoder, pending.add, pending.delete, batch)
        store.done(pending)


def apply(
    store: Store,
    indexes: Indexes,
    encoder: str,
    add: Sequence[int],
    delete: Sequence[int],
    batch: int,
) -> None:
    """Add passages of the record to the indexes and take others out, by number.

    One index generation for the usual few; many are taken in steps that bound memory.
    """
    step = max(batch, 4096)
    for at in range(0, max(len(add), 1), step):
        some = add[at : at + step]
        indexes.apply(index_rows(store, encoder, some), delete if at == 0 else ())


def index_rows(store: Store, encoder: str, numbers: Sequence[int]) -> list[IndexRow]:
    """What the indexes hold of passages; one that is no longer current is left out."""
    from kaoju.index import IndexRow
    from kaoju.tokens import terms

    vectors = store.vectors(numbers, encoder)
    return [
        IndexRow(
            number=number,
            vector=vectors[number],
            terms=terms(passage.text),
            title_terms=terms(" ".join(passage.headings)),
        )
        for number, passage in store.passages(numbers).items()
        if number in vectors
    ]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a repair did, in passages."""

    encoded: int
    added: int
    deleted: int
    read_again: int = 0  # articles, by newer recognisers


def sync(store: Store, indexes: Indexes, encoder: Encoder, batch: int = 64) -> SyncReport:
    """Bring the indexes to exactly what the record says, whatever they hold.

    Passages that this encoder has not read are encoded first.
    """
    identity = encoder_identity(encoder)
    missing = store.passages_without_vector(identity)
    for at in range(0, len(missing), batch):
        passages = store.passages(missing[at : at + batch])
        vectors = encoder.encode([encoded_text(p) for p in passages.values()])
        store.put_vectors(identity, list(passages), vectors)
    pending = store.pending()
    expected = store.current_numbers()
    in_vectors, in_terms = indexes.numbers()
    add = sorted(expected - (in_vectors & in_terms))
    delete = sorted((in_vectors | in_terms) - expected)
    if add or delete:
        apply(store, indexes, identity, add, delete, batch)
    store.done(Pending(pending.add, pending.delete))
    return SyncReport(encoded=len(missing), added=len(add), deleted=len(delete))


def failed_row(source: str, error: Exception) -> AddRow:
    """The row of an article that could not go in."""
    reason = str(error)  # which may name the file, as the row does
    if isinstance(error, UnreadableArticleError):
        reason = error.reason
    elif isinstance(error, OSError):
        reason = error.strerror or reason
    return AddRow(source=source, status=AddStatus.FAILED, reason=reason)


def _row(document: Document, status: AddStatus) -> AddRow:
    return AddRow(
        source=document.source,
        status=status,
        document_id=document.id,
        title=document.title,
        encoding=document.encoding,
        notes=document.notes,
    )
