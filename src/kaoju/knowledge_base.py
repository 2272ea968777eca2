"""The door: one shelf of articles, opened, filled, searched, asked and repaired.

A shelf is a folder with ``kaoju.sqlite`` (the record) and ``indexes/`` (its shadows). Opening one
is cheap: the indexes and the encoder are loaded when a question first needs them. Any number of
processes may read; one writes, and a second writer waits for it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from kaoju import ingest
from kaoju.errors import (
    IndexMismatchError,
    InputError,
    InvalidFilterError,
    KaojuError,
    NotFoundError,
    ShelfError,
    ShelfLockedError,
    UnreadableArticleError,
)
from kaoju.settings import Settings, load_settings
from kaoju.store import Store
from kaoju.types import (
    AddReport,
    AddRow,
    Answer,
    Article,
    Citation,
    Claim,
    Document,
    Entity,
    Figure,
    Filters,
    Hit,
    Language,
    Mention,
    Passage,
    Query,
    Span,
    Verdict,
)

if TYPE_CHECKING:
    from kaoju.decisions import Decision
    from kaoju.encoder import Encoder
    from kaoju.index import Indexes

P = ParamSpec("P")
T = TypeVar("T")
_SAME_ARTICLE = 0.5  # share of sentences kept, from which an article of a file is the same


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """One article with everything that was found in it."""

    document: Document
    article: Article
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class EntityDetail:
    """One entity with what it says, what is said of it, and its figures, newest first."""

    entity: Entity
    mentions: tuple[Mention, ...]
    said: tuple[tuple[Claim, Citation], ...]
    about: tuple[tuple[Claim, Citation], ...]
    figures: tuple[tuple[Figure, Citation], ...]


def _at_one_moment(
    method: Callable[Concatenate[KnowledgeBase, P], T],
) -> Callable[Concatenate[KnowledgeBase, P], T]:
    """Let all that a method reads belong to one state of the record, while others write."""

    @wraps(method)
    def reading(self: KnowledgeBase, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._store.snapshot():
            return method(self, *args, **kwargs)

    return reading


class KnowledgeBase:
    """One shelf of articles. A context manager; safe to share between threads."""

    def __init__(self, folder: Path, *, settings: Settings, encoder: Encoder | None = None) -> None:
        """Use `open` instead; this takes a folder that exists."""
        self.folder = folder
        self.settings = settings
        self._store = Store(folder / "kaoju.sqlite")
        self._encoder = encoder
        self._indexes: Indexes | None = None
        self._loading = threading.RLock()
        self._models_begun = False
        self._entities: tuple[object, list[Entity]] | None = None
        self._refuse_lost_record()

    def _refuse_lost_record(self) -> None:
        """An empty record beside indexes that hold passages is one that was lost."""
        from kaoju.index.manifest import MANIFEST_FILE

        if self._store.state() or not (self._index_folder / MANIFEST_FILE).exists():
            return
        from kaoju.index import describe

        try:
            told = describe(self._index_folder)
        except KaojuError:
            return
        if told and told["vectors"]:
            self.close()
            raise ShelfError(
                f"the record of {self.folder} is empty and its indexes hold {told['vectors']}"
                " passages: kaoju.sqlite was lost. Restore it from a copy, or remove"
                f" {self._index_folder} to begin anew"
            )

    def waiting(self) -> int:
        """How many passages of the record the indexes do not show yet, after a crash."""
        pending = self._store.pending()
        return len(pending.add) + len(pending.delete)

    @classmethod
    def open(
        cls,
        shelf: str | Path | None = None,
        *,
        encoder: str | Encoder | None = None,
        create: bool = True,
        settings: Settings | None = None,
    ) -> Self:
        """Open the shelf in a folder.

        Args:
            shelf: The folder; by default the one that the settings name.
            encoder: An encoder, or the name or path of a sentence-transformers model. By
                default the one the shelf was built with, and the shipped one for a new shelf.
            create: Whether a folder that holds no shelf becomes an empty one.
            settings: By default read from the environment.

        Raises:
            NotFoundError: There is no shelf, and ``create`` is False.
            ShelfError: The folder cannot hold a shelf, or its record cannot be opened.
        """
        settings = load_settings() if settings is None else settings
        folder = Path(settings.shelf if shelf is None else shelf)
        if not (folder / "kaoju.sqlite").exists():
            if not create:
                raise NotFoundError(
                    f"no shelf at {folder}: put articles on one with 'kaoju add PATH"
                    f" --shelf {folder}', or name another with --shelf"
                )
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ShelfError(f"cannot make a shelf at {folder}: {error}") from error
        if isinstance(encoder, str):
            from kaoju.encoder import open_encoder

            encoder = open_encoder(encoder)
        return cls(folder, settings=settings, encoder=encoder)

    def close(self) -> None:
        """Close the record and the indexes."""
        if self._indexes is not None:
            self._indexes.close()
            self._indexes = None
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Parts, loaded when first needed -------------------------------------------------------

    @property
    def encoder(self) -> Encoder:
        """The encoder of this shelf."""
        with self._loading:
            if self._encoder is None:
                from kaoju.encoder import open_encoder
                from kaoju.index import built_with

                name = self.settings.encoder or built_with(self._index_folder)
                self._encoder = open_encoder(name or None)
            return self._encoder

    def _open_models(self) -> None:
        """Begin to open the shipped models, unless that was done: in a while they are needed."""
        from kaoju.encoder import OnnxEncoder, load_aside
        from kaoju.reader import shipped_reader

        with self._loading:
            if not self._models_begun and isinstance(self.encoder, OnnxEncoder):
                load_aside(self.encoder, shipped_reader())
            self._models_begun = True

    @property
    def _index_folder(self) -> Path:
        return self.folder / "indexes"

    def _open_indexes(self, *, reset: bool = False) -> Indexes:
        """The indexes, opened once; begun afresh on ``reset``, or when nothing is kept yet."""
        from functools import partial

        from kaoju.index import open_indexes, reset_indexes
        from kaoju.tokens import analyzer_identity

        with self._loading:
            if reset and self._indexes is not None:
                self._indexes.close()
                self._indexes = None
            if self._indexes is None:
                empty = not self._store.counts()["passages"]
                build = reset_indexes if reset else partial(open_indexes, create=empty)
                self._indexes = build(
                    self._index_folder,
                    encoder_name=self.encoder.name,
                    encoder_digest=self.encoder.digest,
                    dimension=self.encoder.dimension,
                    analyzer=analyzer_identity(),
                )
            return self._indexes

    def _open_to_write(self) -> Indexes:
        """The indexes for a change; where there are none, they are cast anew from the record."""
        from kaoju.index import built_with

        if built_with(self._index_folder) is None and self._store.counts()["passages"]:
            indexes = self._open_indexes(reset=True)
            ingest.sync(self._store, indexes, self.encoder)
            return indexes
        return self._open_indexes()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the shelf's lock, waiting for another writer as long as the settings say."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / "write.lock", timeout=self.settings.lock_timeout_s)
        try:
            lock.acquire()
        except Timeout as error:
            raise ShelfLockedError(
                f"another kaoju is writing to {self.folder} (waited"
                f" {self.settings.lock_timeout_s:g} s): try again when it is done"
            ) from error
        except OSError as error:
            raise ShelfError(f"cannot write to the shelf at {self.folder}: {error}") from error
        try:
            yield
        finally:
            lock.release()

    # Filling -------------------------------------------------------------------------------

    def add(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        progress: Callable[[AddRow], None] | None = None,
    ) -> AddReport:
        """Put files and folders of articles on the shelf.

        What is unchanged is left alone; a changed article becomes a new version under its id; one
        that cannot be read is reported and the others go in.

        Args:
            paths: A file or folder, or several.
            progress: Called with every row as soon as its article is safe.

        Returns:
            One row an article, in order.

        Raises:
            InputError: A path that does not exist.
            ShelfLockedError: Another process writes and does not stop in time.
            IndexMismatchError: The indexes were built with another encoder or analyzer.
        """
        chosen = [paths] if isinstance(paths, str | Path) else list(paths)
        for path in chosen:
            if not Path(path).exists():
                raise InputError(f"no such file or folder: {path}")
        return self.add_documents(self._read([Path(p) for p in chosen]), progress=progress)

    def _read(self, paths: Sequence[Path]) -> Iterator[Document | AddRow]:
        for read in _files_read(paths):
            if isinstance(read, AddRow):
                yield read
            else:
                yield from self._matched(read)

    def _matched(self, documents: Sequence[Document]) -> list[Document]:
        """The documents of a file under the ids that the shelf knows them by.

        An article whose headline changed, or that moved, is known by its text. Those that
        the file no longer holds are named in a note, never taken off.
        """
        before = self._store.texts_of_file(documents[0].file) if documents[0].file else {}
        for document in documents:
            before.pop(document.id, None)
        matched = []
        for document in documents:
            if before and self._store.current_version(document.id) is None:
                shared = {i: _shared(text, document.text) for i, text in before.items()}
                nearest = max(shared, key=lambda i: (shared[i], i))
                if shared[nearest] >= _SAME_ARTICLE:
                    document = replace(document, id=nearest)
                    del before[nearest]
            matched.append(document)
        if before:
            told = f"no longer in this file but still on the shelf: {', '.join(sorted(before))}"
            told += " ('kaoju remove ID' takes one off)"
            matched[-1] = replace(matched[-1], notes=(*matched[-1].notes, told))
        return matched

    def add_documents(
        self,
        documents: Iterable[Document | AddRow],
        *,
        progress: Callable[[AddRow], None] | None = None,
    ) -> AddReport:
        """Put documents on the shelf that were read elsewhere; otherwise as `add`."""
        rows: list[AddRow] = []
        with self._writing():
            indexes = self._open_to_write()
            ingest.drain(self._store, indexes, ingest.encoder_identity(self.encoder))
            way_in = ingest.Ingest(
                self._store,
                indexes,
                self.encoder,
                self.decisions(),
                self.settings.batch_passages,
            )
            for row in way_in.add(documents):
                rows.append(row)
                if progress is not None:
                    progress(row)
        return AddReport(tuple(rows))

    def remove(self, article_id: str) -> None:
        """Take an article off the shelf, with its versions, vectors, postings and findings.

        Raises:
            NotFoundError: There is no such article.
        """
        with self._writing():
            self._store.remove(article_id)
            ingest.drain(self._store, self._open_indexes(), ingest.encoder_identity(self.encoder))

    def sync(self) -> ingest.SyncReport:
        """Repair the indexes from the record, after a crash or a change of encoder.

        Articles that older recognisers read are read again, from the record.
        """
        with self._writing():
            try:
                indexes = self._open_indexes()
                indexes.numbers()
            except (IndexMismatchError, ShelfError):
                indexes = self._open_indexes(reset=True)
            done = ingest.sync(self._store, indexes, self.encoder)
            way_in = ingest.Ingest(self._store, indexes, self.encoder, self.decisions())
            again = sum(1 for _ in way_in.add(self._outdated()))
            return replace(done, read_again=again)

    def _outdated(self) -> Iterator[Document]:
        for article in self._store.articles():
            known = self._store.current_version(article.id)
            if known is not None and known[1] != ingest.recognisers():
                yield self._store.document(article.id)

    def verify(self) -> list[str]:
        """Compare the record with itself and with the indexes; return what differs."""
        try:
            problems = self._store.integrity()
            pending = self._store.pending()
        except sqlite3.DatabaseError as error:
            return [
                f"{self.folder / 'kaoju.sqlite'} is damaged ({error}): restore it from a copy,"
                " or add the articles to a new shelf"
            ]
        if pending:
            problems.append(
                f"{len(pending.add)} passages wait to be indexed and {len(pending.delete)} to be"
                " taken out: run 'kaoju sync'"
            )
        try:
            indexes = self._open_indexes()
            in_vectors, in_terms = indexes.numbers()
            problems += indexes.verify()
        except KaojuError as error:
            return [*problems, str(error)]
        expected = self._store.current_numbers()
        for name, have in (("vector", in_vectors), ("lexical", in_terms)):
            for what, numbers in (("lacks", expected - have), ("should not hold", have - expected)):
                if numbers:
                    some = ", ".join(str(n) for n in sorted(numbers)[:5])
                    problems.append(
                        f"the {name} index {what} {len(numbers)} passages ({some} …):"
                        " run 'kaoju sync'"
                    )
        return problems

    # Deciding on names ----------------------------------------------------------------------

    def link_entities(self, entity: str, other: str, *, who: str = "") -> Entity:
        """Decide that two entities are one; it keeps the id of the first.

        Args:
            entity: Its id or a name.
            other: The id or a name of the one that is the same.
            who: The editor, kept with the decision.

        Returns:
            The entity with the names of both.

        Raises:
            NotFoundError: The shelf knows no such entity.
            InputError: The two are one already, or of different kinds.
        """
        from kaoju.decisions import Action, Decision

        one, two = self.entity(entity), self.entity(other)
        if one.id == two.id:
            raise InputError(f"{entity!r} and {other!r} are one entity already: {one.id}")
        if one.kind is not two.kind:
            raise InputError(f"{one.id} is a {one.kind} and {two.id} a {two.kind}")
        decision = Decision(Action.LINK, one.id, other_id=two.id, who=who)
        joined = replace(one, names=tuple(dict.fromkeys((*one.names, *two.names))))
        self._decide(decision, {one.id, two.id}, joined)
        return self.entity(one.id)

    def split_entity(
        self, entity: str, names: Sequence[str], *, article: str = "", who: str = ""
    ) -> list[Entity]:
        """Decide that names do not mean an entity; they get one of their own.

        Args:
            entity: Its id or a name.
            names: The names that leave it, as printed.
            article: The id of the one article for which this holds; by default all.
            who: The editor, kept with the decision.

        Returns:
            The entities that the names mean now.

        Raises:
            NotFoundError: The shelf knows no such entity or article.
            InputError: No name that the entity has.
        """
        from kaoju.decisions import Action, Decision

        one = self.entity(entity)
        if article:
            self._store.document(article)
        used = {m.surface for _, m in self._store.mention_rows([one.id])}
        used |= {name for _, name in one.names}
        for name in names:
            if name not in used:
                raise InputError(
                    f"{name!r} is no name of {one.id}: it has {', '.join(sorted(used))}"
                )
        if not names:
            raise InputError(f"name what leaves {one.id}: it has {', '.join(sorted(used))}")
        decision = Decision(Action.SPLIT, one.id, names=tuple(names), document_id=article, who=who)
        left = one.names if article else tuple(p for p in one.names if p[1] not in names)
        before = {e.id for e in self._store.entities()}
        self._decide(decision, {one.id}, replace(one, names=left or one.names))
        return [e for e in self._store.entities() if e.id not in before]

    def rename_entity(self, entity: str, name: str, *, who: str = "") -> Entity:
        """Decide what an entity is called first in the language of ``name``.

        Raises:
            NotFoundError: The shelf knows no such entity.
            InputError: An empty name.
        """
        from kaoju.decisions import Action, Decision
        from kaoju.text import language_of

        one = self.entity(entity)
        if not name.strip():
            raise InputError(f"the new name of {one.id} is empty")
        pair = (language_of(name), name.strip())
        decision = Decision(Action.RENAME, one.id, name=pair[1], who=who)
        named = replace(one, names=tuple(dict.fromkeys((pair, *one.names))))
        self._decide(decision, {one.id}, named)
        return self.entity(one.id)

    def decisions(self) -> list[Decision]:
        """The editors' decisions on names, oldest first; none is ever changed."""
        from kaoju.codec import from_json
        from kaoju.decisions import Decision

        return [from_json(Decision, row) for row in self._store.decisions()]

    def _decide(self, decision: Decision, affected: set[str], entity: Entity) -> None:
        """Keep a decision and read again the articles that it touches."""
        from kaoju.codec import to_json

        with self._writing():
            indexes = self._open_indexes()
            detail = to_json(decision)
            del detail["made_at"]  # the record knows when
            articles = {m.document_id for _, m in self._store.mention_rows(affected)}
            self._store.put_decision(detail)
            self._store.put_entities([entity], {})
            way_in = ingest.Ingest(self._store, indexes, self.encoder, self.decisions())
            for _ in way_in.add((self._store.document(i) for i in sorted(articles)), again=True):
                pass
            self._store.put_entities([], {})  # drops what no article mentions any more

    # Asking --------------------------------------------------------------------------------

    @_at_one_moment
    def ask(
        self,
        question: str,
        *,
        k: int = 10,
        language: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        entity: str | None = None,
        source: str | None = None,
    ) -> Answer:
        """Answer a question in the articles' own words, or say that they do not.

        Args:
            question: In Chinese or English, over articles in either.
            k: How many passages are considered and returned as hits.
            language: Of the passages to answer from; by default either.
            since: First published date, a date or ``YYYY-MM-DD``.
            until: Last published date.
            entity: An entity's id or name that passages must mention.
            source: Words that the article's source or URL must hold.

        Raises:
            InputError: An empty or overlong question, or k below 1.
            InvalidFilterError: A filter that cannot be meant.
            IndexMismatchError: The indexes were built with another encoder or analyzer.
        """
        from kaoju.answer import compose

        query = self._query(question, language, since, until, entity, source)
        hits = self._search(query, k)
        return compose(query, hits, store=self._store, encoder=self.encoder)

    @_at_one_moment
    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        entity: str | None = None,
        source: str | None = None,
    ) -> list[Hit]:
        """Find the passages nearest to a query, best first; arguments and errors as `ask`."""
        return self._search(self._query(query, language, since, until, entity, source), k)

    @_at_one_moment
    def check(
        self,
        draft: str,
        *,
        form: str | None = None,
        reference_date: date | str | None = None,
        language: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        source: str | None = None,
    ) -> list[Verdict]:
        """Check every figure of a draft against the articles.

        Args:
            draft: Plain text, Markdown or HTML, in Chinese, English or both; never changed.
            form: ``text``, ``markdown`` or ``html``; by default as it looks.
            reference_date: The day that 今年 and "last month" of the draft count from.
            language: Of the articles that may be evidence; by default either.
            since: First published date of the articles, a date or ``YYYY-MM-DD``.
            until: Last published date.
            source: Words that an article's source or URL must hold.

        Returns:
            A verdict for each figure, in the order of the draft, spans on the draft as given.

        Raises:
            InputError: An empty or overlong draft, or no such form.
            InvalidFilterError: A filter that cannot be meant.
            IndexMismatchError: The indexes were built with another encoder or analyzer.
        """
        from kaoju.draft import read_draft
        from kaoju.factcheck import Shelf, check

        limit = self.settings.max_draft_characters
        if len(draft) > limit:
            raise InputError(f"the draft has {len(draft)} characters, at most {limit} are read")
        shown = read_draft(draft, form)
        if not shown.text.strip():
            raise InputError("the draft is empty: give the text whose figures are to be checked")
        self._open_models()
        indexes = self._open_indexes()
        indexes.refresh()
        return check(
            shown,
            Shelf(self._store, indexes, self.encoder),
            known=self._known_entities(),
            decisions=self.decisions(),
            filters=self._filters(language, since, until, None, source),
            reference_date=_day(reference_date, "reference_date"),
        )

    def _search(self, query: Query, k: int) -> list[Hit]:
        from kaoju.search import search

        if not 1 <= k <= 1000:
            raise InputError(f"k must lie between 1 and 1000, got {k}")
        indexes = self._open_indexes()
        indexes.refresh()
        return search(query, store=self._store, indexes=indexes, encoder=self.encoder, k=k)

    def _query(
        self,
        text: str,
        language: str | None,
        since: date | str | None,
        until: date | str | None,
        entity: str | None,
        source: str | None,
    ) -> Query:
        from kaoju.question import analyse

        if not text.strip():
            raise InputError("the question is empty: ask something")
        limit = self.settings.max_question_characters
        if len(text) > limit:
            raise InputError(f"the question has {len(text)} characters, at most {limit} are read")
        filters = self._filters(language, since, until, entity, source)
        self._open_models()
        return analyse(text, known=self._known_entities(), filters=filters)

    def _filters(
        self,
        language: str | None,
        since: date | str | None,
        until: date | str | None,
        entity: str | None,
        source: str | None,
    ) -> Filters:
        filters = Filters(
            language=_language(language),
            since=_day(since, "since"),
            until=_day(until, "until"),
            entity=None if entity is None else self.entity(entity).id,
            source=source or None,
        )
        if filters.since and filters.until and filters.since > filters.until:
            raise InvalidFilterError(f"since {filters.since} lies after until {filters.until}")
        return filters

    def _known_entities(self) -> list[Entity]:
        """The shelf's entities, read again when an article has come or gone."""
        state = self._store.state()
        if self._entities is None or self._entities[0] != state:
            self._entities = (state, self._store.entities())
        return self._entities[1]

    # Looking -------------------------------------------------------------------------------

    def articles(self) -> list[Article]:
        """Every article in a line, newest published first."""
        return self._store.articles()

    @_at_one_moment
    def article(self, article_id: str) -> ArticleDetail:
        """One article with its passages, claims, figures and mentions.

        Raises:
            NotFoundError: There is no such article.
        """
        document = self._store.document(article_id)
        passages = self._store.passages_of(article_id)
        numbers = list(self._store.numbers_of(p.id for p in passages).values())
        mentions = [m for some in self._store.mentions_in(numbers).values() for m in some]
        return ArticleDetail(
            document=document,
            article=self._store.articles([article_id])[0],
            passages=tuple(passages),
            claims=tuple(self._store.claims(article_id=article_id)),
            figures=tuple(self._store.figures(article_id=article_id)),
            mentions=tuple(sorted(mentions, key=lambda m: m.span)),
        )

    def entities(self, name: str | None = None) -> list[Entity]:
        """The entities of the shelf, most mentioned first; or those that a name can mean."""
        known = self._known_entities()
        if name is None:
            return known
        from kaoju.asked_names import link_names

        by_id = {entity.id: entity for entity in known}
        if name in by_id:
            return [by_id[name]]
        linked = dict.fromkeys(row[1] for row in link_names([name], known))
        return [by_id[i] for i in linked if i in by_id]

    def entity(self, name: str) -> Entity:
        """The entity that an id or a name in either language means.

        Raises:
            NotFoundError: The shelf knows none.
        """
        found = self.entities(name)
        if not found:
            raise NotFoundError(
                f"no entity {name!r} on this shelf: see 'kaoju entities' for those it knows"
            )
        return found[0]

    @_at_one_moment
    def entity_detail(self, name: str) -> EntityDetail:
        """An entity with its mentions, claims and figures, each with its citation.

        Raises:
            NotFoundError: The shelf knows none of that id or name.
        """
        entity = self.entity(name)
        mentions = [mention for _, mention in self._store.mention_rows([entity.id])]
        said = self._store.claims(said_by=entity.id)
        about = self._store.claims(about=entity.id)
        figures = self._store.figures(entity_id=entity.id)
        return EntityDetail(
            entity=entity,
            mentions=tuple(mentions),
            said=tuple((c, self.cite(c.document_id, c.span)) for c in said),
            about=tuple((c, self.cite(c.document_id, c.span)) for c in about),
            figures=tuple((f, self.cite(f.document_id, f.span)) for f in figures),
        )

    def figures(
        self,
        *,
        unit: str | None = None,
        dimension: str | None = None,
        minimum: Decimal | float | None = None,
        maximum: Decimal | float | None = None,
        entity: str | None = None,
        measure: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> list[Figure]:
        """The stored figures whose value, or range, meets [minimum, maximum].

        Args:
            unit: Canonical unit: ``USD``, ``percent``, ``percentage_point`` …
            dimension: ``money``, ``percent``, ``count`` …
            minimum: In the unit's base, included.
            maximum: In the unit's base, included.
            entity: An entity's id or name that the figure belongs to.
            measure: Words in what is measured, as printed; the names of a known measure in
                the other language are looked for as well (财政赤字 for fiscal deficit).
            since: First published date of the article.
            until: Last published date.

        Raises:
            InvalidFilterError: minimum above maximum, or a date that is none.
            NotFoundError: The shelf knows no such entity.
        """
        if minimum is not None and maximum is not None and minimum > maximum:
            raise InvalidFilterError(f"minimum {minimum} lies above maximum {maximum}")
        from kaoju.figure_measures import names_of_measure

        return self._store.figures(
            dimension=dimension,
            unit=unit,
            low=None if minimum is None else float(minimum),
            high=None if maximum is None else float(maximum),
            entity_id=None if entity is None else self.entity(entity).id,
            since=_day(since, "since"),
            until=_day(until, "until"),
            measures=names_of_measure(measure) if measure else (),
        )

    def claims(
        self,
        *,
        said_by: str | None = None,
        about: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> list[Claim]:
        """The stored claims, newest published first, of a speaker or about an entity."""
        return self._store.claims(
            said_by=None if said_by is None else self.entity(said_by).id,
            about=None if about is None else self.entity(about).id,
            since=_day(since, "since"),
            until=_day(until, "until"),
        )

    @_at_one_moment
    def cite(self, article_id: str, span: Span) -> Citation:
        """The citation of a stretch of an article's current text.

        Raises:
            NotFoundError: There is no such article, or the span lies outside it.
        """
        from kaoju.answer import citation_of

        document = self._store.document(article_id)
        passage = next(
            (p for p in self._store.passages_of(article_id) if p.span.contains(span)), None
        )
        if passage is None:
            raise NotFoundError(f"{article_id} has no passage that holds {span}")
        return citation_of(document, passage.id, span)

    def stats(self) -> dict[str, Any]:
        """Counts of what the shelf holds and the state of its indexes."""
        from kaoju.index import describe

        return {
            "shelf": str(self.folder),
            **self._store.counts(),
            "recognisers": ingest.recognisers(),
            "indexes": describe(self._index_folder),
        }


def _files_read(
    paths: Sequence[Path],
) -> Iterator[Sequence[Document] | AddRow]:
    """What each file under the paths holds: its documents, or the row of its failure."""
    from kaoju.reading import article_paths, read_path

    for path in paths:
        for file in article_paths([path]):
            try:
                documents = read_path(file, root=path if path.is_dir() else None)
            except (UnreadableArticleError, OSError) as error:
                yield ingest.failed_row(printable(file), error)
                continue
            if documents:
                yield documents


def printable(path: Path) -> str:
    """A path as text, also when its bytes are none."""
    return os.fsencode(path).decode("utf-8", "replace")


def _shared(one: str, other: str) -> float:
    """The share of the shorter text's lines and sentences that the other has too, 0 to 1."""
    from kaoju.text import sentences

    sets = [{span.of(text).strip() for span in sentences(text)} for text in (one, other)]
    return len(sets[0] & sets[1]) / max(1, min(map(len, sets)))


def _language(value: str | None) -> Language | None:
    if value is None:
        return None
    try:
        return Language(value)
    except ValueError as error:
        raise InvalidFilterError(f"language must be zh or en, got {value!r}") from error


def _day(value: date | str | None, name: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InvalidFilterError(f"{name} must be a date as 2025-11-05, got {value!r}") from error
