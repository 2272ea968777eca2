"""Terms on disk: tantivy over tokens that are already analysed.

tantivy cuts nothing here: terms arrive joined by a character that no term holds, and are
indexed as they are, so one analyzer serves the index and the questions.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from kaoju.errors import IndexDamagedError, ShelfError, ShelfLockedError
from kaoju.index.protocol import (
    LARGEST_NUMBER,
    TITLE_WEIGHT,
    IndexRow,
    Scored,
    Terms,
    best_first,
    checked_k,
    weighted_terms,
)

_SEPARATOR = "\0"
_TOKENIZER = "kaoju"
_HEAP_BYTES = 64_000_000
# Up to here a query of the allowed numbers is quicker than asking for more hits and dropping
# those that are not allowed (100,000 passages: 7 ms for 1,000 numbers, 22 ms for 10,000).
_FILTER_BY_QUERY = 1_000


class LexicalIndex:
    """tantivy's folder; one process writes at a time, any number read."""

    def __init__(self, folder: Path, index: Any) -> None:
        self.folder = folder
        self._index = index
        self._index.config_reader("manual", 0)

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty index in a new folder.

        Raises:
            ShelfError: The disk does not take it.
        """
        import tantivy

        try:
            folder.mkdir(parents=True)
            with _translated(folder):
                return cls(folder, tantivy.Index(_schema(), path=str(folder)))
        except OSError as error:
            raise ShelfError(f"cannot write {folder}: {error}") from error

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in a folder.

        Raises:
            FileNotFoundError: The folder is gone.
            IndexDamagedError: It holds no index that can be read.
        """
        import tantivy

        if not (folder / "meta.json").exists():
            raise FileNotFoundError(folder / "meta.json")
        with _translated(folder):
            return cls(folder, tantivy.Index.open(str(folder)))

    def opstamp(self) -> int:
        """Tantivy's stamp of the last commit on the disk."""
        try:
            return int(json.loads((self.folder / "meta.json").read_bytes())["opstamp"])
        except FileNotFoundError:
            raise
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(self.folder, str(error)) from error

    @contextmanager
    def written(self, add: Sequence[IndexRow], delete: Collection[int]) -> Iterator[int]:
        """Take passages out, put passages in, and commit both as one.

        The body runs between the commit and the merges that follow it, so that what depends
        on the commit does not wait for them; after the body they are done.

        Yields:
            tantivy's stamp of the commit.

        Raises:
            ShelfLockedError: Another process writes.
            ShelfError: The disk does not take it; then nothing was changed.
        """
        import tantivy

        with _translated(self.folder):
            self._index.register_tokenizer(_TOKENIZER, _tokenizer())
            writer = self._index.writer(_HEAP_BYTES, 1)
        try:
            with _translated(self.folder):
                # A crash leaves files that tantivy would refuse to write again.
                writer.garbage_collect_files()
                gone = sorted({*delete, *(row.number for row in add)})
                # By query: delete_documents_by_term takes an int for a signed one and then
                # finds nothing in an unsigned field (tantivy 0.27.0).
                writer.delete_documents_by_query(_among(self._index.schema, gone))
                for row in add:
                    document = tantivy.Document()
                    document.add_unsigned("number", row.number)
                    document.add_text("text", _joined(row.terms))
                    document.add_text("title", _joined(row.title_terms))
                    writer.add_document(document)
                writer.commit()
            yield self.opstamp()
            with _translated(self.folder):
                # Merges go on in the background and would stop with the writer.
                writer.wait_merging_threads()
        finally:
            del writer

    def searcher(self) -> LexicalSearcher:
        """The last commit, which later ones do not change for the holder."""
        with _translated(self.folder):
            self._index.reload()
            return LexicalSearcher(self.folder, self._index.searcher(), self._index.schema)


@dataclass(frozen=True, slots=True, eq=False)
class LexicalSearcher:
    """The terms of one commit."""

    _folder: Path
    _searcher: Any
    _schema: Any

    def search(self, terms: Terms, k: int, allow: Collection[int] | None = None) -> Scored:
        """Find the passages that hold any of the terms, see `TermSearch`."""
        checked_k(k)
        query = self._query(weighted_terms(terms))
        if query is None or not self._searcher.num_docs or (allow is not None and not allow):
            return []
        if allow is None:
            return self._hits(query, k)
        if len(allow) <= _FILTER_BY_QUERY:
            return self._hits(self._restricted(query, allow), k)
        return self._hits_among(
            query, k, allow if isinstance(allow, set | frozenset) else set(allow)
        )

    def numbers(self) -> frozenset[int]:
        """The passages held."""
        import tantivy

        if not self._searcher.num_docs:
            return frozenset()
        with _translated(self._folder):
            everything = tantivy.Query.all_query()
            found = self._searcher.search(everything, self._searcher.num_docs, count=False)
            return frozenset(self._numbers(found.hits))

    def _query(self, weights: dict[str, float]) -> Any:
        from tantivy import Occur, Query

        parts = [
            (
                Occur.Should,
                Query.boost_query(Query.term_query(self._schema, field, term, "freq"), boost),
            )
            for term, weight in sorted(weights.items())
            for field, boost in (("text", weight), ("title", weight * TITLE_WEIGHT))
        ]
        return Query.boolean_query(parts) if parts else None

    def _restricted(self, query: Any, allow: Collection[int]) -> Any:
        from tantivy import Occur, Query

        among = Query.const_score_query(_among(self._schema, allow), 0.0)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, among)])

    def _hits(self, query: Any, k: int) -> Scored:
        with _translated(self._folder):
            limit = min(k, self._searcher.num_docs)
            hits = self._searcher.search(query, limit, count=False).hits
            numbers = np.array(self._numbers(hits), dtype=np.int64)
        scores = np.array([score for score, _ in hits], dtype=np.float64)
        return best_first(numbers, scores, k)

    def _hits_among(self, query: Any, k: int, allow: Collection[int]) -> Scored:
        """Ask for more and more hits until k of them are allowed or there are no more."""
        documents = self._searcher.num_docs
        limit = min(documents, 2 * k * max(1, documents // max(1, len(allow))))
        while True:
            hits = self._hits(query, limit)
            kept = [hit for hit in hits if hit[0] in allow][:k]
            if len(kept) == k or len(hits) < limit or limit == documents:
                return kept
            limit = min(documents, limit * 8)

    def _numbers(self, hits: Sequence[tuple[float, Any]]) -> list[int]:
        addresses = [address for _, address in hits]
        return [int(n) for n in self._searcher.fast_field_values("number", addresses)]


def _among(schema: Any, numbers: Collection[int]) -> Any:
    """A query that finds the passages of these numbers."""
    import tantivy

    fitting = [number for number in numbers if 0 < number <= LARGEST_NUMBER]
    return tantivy.Query.term_set_query(schema, "number", fitting)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    for field in ("text", "title"):
        builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


def _tokenizer() -> Any:
    import tantivy

    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(f"[^{_SEPARATOR}]+")).build()


def _joined(terms: Sequence[str]) -> str:
    return _SEPARATOR.join(term.replace(_SEPARATOR, "") for term in terms)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn what tantivy raises, a Rust panic included, into our errors."""
    try:
        yield
    except ValueError as error:
        text = str(error)
        if "LockBusy" in text or "Lockfile" in text or "acquire" in text.lower():
            raise ShelfLockedError(
                f"another process is writing to {folder}: wait until it is done"
            ) from error
        if "IoError" in text or "os error" in text:
            raise ShelfError(f"cannot write {folder}: {text}") from error
        raise _damaged(folder, text) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(folder, str(error)) from error


def _damaged(folder: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"{folder} is damaged ({what}): run 'kaoju sync' to cast the indexes again from the record"
    )
