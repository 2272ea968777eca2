"""Everything that is written into the record, an article a transaction."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from kaoju.codec import to_json
from kaoju.errors import NotFoundError
from kaoju.store.catalogue import Catalogue, Pending
from kaoju.types import (
    Claim,
    Document,
    Entity,
    Figure,
    Mention,
    Passage,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one version of an article, ready to be kept.

    ``vectors`` is (n, dimension) float32, a row for each passage, of the encoder named.
    """

    document: Document
    passages: tuple[Passage, ...]
    vectors: npt.NDArray[np.float32]
    encoder: str
    recognisers: str
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    entities: tuple[Entity, ...] = ()


class Store(Catalogue):
    """The record of one shelf. One connection a thread; safe to share between threads."""

    # Writing ----------------------------------------------------------------------------

    def put(self, reading: Reading) -> bool:
        """Keep one version of an article and make it the current one, in one transaction.

        Returns:
            True when the article is new to the shelf, False when it had another version.
        """
        document = reading.document
        now = datetime.now(UTC).isoformat()
        with self._transaction() as db:
            new = not db.execute("SELECT 1 FROM articles WHERE id = ?", (document.id,)).fetchone()
            db.execute(
                "INSERT INTO articles (id, source, file, added_at, updated_at)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " source = excluded.source, file = excluded.file, updated_at = ?",
                (document.id, document.source, document.file, now, now, now),
            )
            _retire(db, document.id)
            # A version that comes back (A, B, A again) is read afresh: recognisers improve.
            db.execute(
                "DELETE FROM versions WHERE article_id = ? AND version = ?",
                (document.id, document.version),
            )
            key = _insert_version(db, reading)
            numbers = _insert_passages(db, key, reading)
            _insert_found(db, reading, numbers)
            db.executemany(
                "INSERT INTO pending VALUES (?, 'add')", [(n,) for n in numbers.values()]
            )
        return new

    def remove(self, article_id: str) -> None:
        """Forget an article with all its versions.

        Raises:
            NotFoundError: There is no such article.
        """
        with self._transaction() as db:
            if not db.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone():
                raise NotFoundError(f"no article {article_id!r} on this shelf: see 'kaoju list'")
            _retire(db, article_id)
            db.execute("DELETE FROM articles WHERE id = ?", (article_id,))
            _drop_unmentioned(db)

    def put_vectors(
        self, encoder: str, numbers: Sequence[int], vectors: npt.NDArray[np.float32]
    ) -> None:
        """Replace the vectors of passages, when the encoder has changed."""
        rows = [(n, encoder, v.tobytes()) for n, v in zip(numbers, vectors, strict=True)]
        with self._transaction() as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def put_entities(self, entities: Iterable[Entity], moved: Mapping[int, str]) -> None:
        """Keep entities, and let mentions (by key) speak of another one."""
        with self._transaction() as db:
            _upsert_entities(db, entities)
            db.executemany(
                "UPDATE mentions SET entity_id = ? WHERE key = ?",
                [(entity_id, key) for key, entity_id in moved.items()],
            )
            _drop_unmentioned(db)

    def put_decision(self, detail: Mapping[str, Any]) -> None:
        """Append an editor's decision; decisions are never changed."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO decisions (made_at, detail) VALUES (?, ?)",
                (datetime.now(UTC).isoformat(), _dump(detail)),
            )

    def done(self, pending: Pending) -> None:
        """Strike out what the indexes now hold."""
        with self._transaction() as db:
            db.executemany(
                "DELETE FROM pending WHERE number = ? AND action = 'add'",
                [(n,) for n in pending.add],
            )
            db.executemany(
                "DELETE FROM pending WHERE number = ? AND action = 'delete'",
                [(n,) for n in pending.delete],
            )


def _retire(db: sqlite3.Connection, article_id: str) -> None:
    """Take the current passages of an article out of search."""
    numbers = db.execute(
        "SELECT p.number FROM passages p JOIN versions v ON v.key = p.version_key"
        " WHERE v.article_id = ? AND p.current",
        (article_id,),
    ).fetchall()
    db.executemany("INSERT OR REPLACE INTO pending VALUES (?, 'delete')", numbers)
    db.executemany("UPDATE passages SET current = 0 WHERE number = ?", numbers)
    db.execute("UPDATE versions SET current = 0 WHERE article_id = ?", (article_id,))


def _insert_version(db: sqlite3.Connection, reading: Reading) -> int:
    d = reading.document
    cursor = db.execute(
        "INSERT INTO versions (article_id, version, current, text, text_sha256, content_sha256,"
        " title, source, url, media_type, encoding, language, authors, published_on, read_at,"
        " headings, notes, recognisers)"
        " VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            d.id,
            d.version,
            d.text,
            hashlib.sha256(d.text.encode()).hexdigest(),
            d.content_sha256,
            d.title,
            d.source,
            d.url,
            d.media_type,
            d.encoding,
            str(d.language),
            _dump(d.authors),
            d.published_on.isoformat() if d.published_on else None,
            d.read_at.isoformat() if d.read_at else None,
            _dump(d.headings),
            _dump(d.notes),
            reading.recognisers,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _insert_passages(db: sqlite3.Connection, key: int, reading: Reading) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for passage, vector in zip(reading.passages, reading.vectors, strict=True):
        cursor = db.execute(
            'INSERT INTO passages (id, version_key, ordinal, start, "end", language, headings,'
            " current) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
            (
                passage.id,
                key,
                passage.ordinal,
                passage.span.start,
                passage.span.end,
                str(passage.language),
                _dump(passage.headings),
            ),
        )
        assert cursor.lastrowid is not None
        numbers[passage.id] = cursor.lastrowid
        db.execute(
            "INSERT INTO vectors VALUES (?, ?, ?)",
            (cursor.lastrowid, reading.encoder, vector.astype(np.float32).tobytes()),
        )
    return numbers


def _insert_found(db: sqlite3.Connection, reading: Reading, numbers: Mapping[str, int]) -> None:
    _upsert_entities(db, reading.entities)
    db.executemany(
        'INSERT INTO mentions (number, entity_id, start, "end", kind, detail)'
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                numbers[m.passage_id],
                m.entity_id,
                m.span.start,
                m.span.end,
                str(m.kind),
                _dump(m),
            )
            for m in reading.mentions
        ],
    )
    db.executemany(
        "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                f.id,
                numbers[f.passage_id],
                f.span.start,
                f.span.end,
                str(f.dimension),
                f.unit,
                None if f.value is None else float(f.value),
                None if f.value is None else float(f.upper if f.upper is not None else f.value),
                f.period,
                " ".join(filter(None, (f.measure, f.subject, f.share_of))) or None,
                f.subject_id,
                _dump(f),
            )
            for f in reading.figures
        ],
    )
    for claim in reading.claims:
        db.execute(
            "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?)",
            (
                claim.id,
                numbers[claim.passage_id],
                claim.span.start,
                claim.span.end,
                claim.attributed_id,
                _dump(claim),
            ),
        )
        db.executemany(
            "INSERT OR IGNORE INTO claim_subjects VALUES (?, ?)",
            [(claim.id, subject) for subject in claim.subject_ids],
        )


def _upsert_entities(db: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    db.executemany(
        "INSERT INTO entities VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " kind = excluded.kind, names = excluded.names, roles = excluded.roles",
        [(e.id, str(e.kind), _dump(e.names), _dump(e.roles)) for e in entities],
    )


def _drop_unmentioned(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM entities WHERE id NOT IN (SELECT entity_id FROM mentions)")


def _dump(value: Any) -> str:
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))
