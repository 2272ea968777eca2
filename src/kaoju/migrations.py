"""The record's numbered, forward-only steps, each applied in one transaction.

A step never changes once released: a later one does. ``PRAGMA user_version`` holds how many
steps a shelf has seen.
"""

from __future__ import annotations

import sqlite3

from kaoju.errors import ShelfError, ShelfTooNewError

STEPS: tuple[str, ...] = (
    # 1: the record
    """
    CREATE TABLE state (changes INTEGER NOT NULL) STRICT;
    INSERT INTO state VALUES (0);
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        file TEXT NOT NULL,
        added_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX articles_file ON articles(file);
    CREATE TABLE versions (
        key INTEGER PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        version TEXT NOT NULL,
        current INTEGER NOT NULL,
        text TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        content_sha256 TEXT NOT NULL,
        title TEXT NOT NULL,
        source TEXT NOT NULL,
        url TEXT,
        media_type TEXT NOT NULL,
        encoding TEXT NOT NULL,
        language TEXT NOT NULL,
        authors TEXT NOT NULL,
        published_on TEXT,
        read_at TEXT,
        headings TEXT NOT NULL,
        notes TEXT NOT NULL,
        recognisers TEXT NOT NULL,
        UNIQUE (article_id, version)
    ) STRICT;
    CREATE UNIQUE INDEX versions_current ON versions(article_id) WHERE current;
    CREATE INDEX versions_text ON versions(text_sha256);
    CREATE TABLE passages (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        version_key INTEGER NOT NULL REFERENCES versions(key) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        language TEXT NOT NULL,
        headings TEXT NOT NULL,
        current INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX passages_version ON passages(version_key, ordinal);
    CREATE TABLE vectors (
        number INTEGER PRIMARY KEY REFERENCES passages(number) ON DELETE CASCADE,
        encoder TEXT NOT NULL,
        vector BLOB NOT NULL
    ) STRICT;
    CREATE TABLE figures (
        id TEXT PRIMARY KEY,
        number INTEGER NOT NULL REFERENCES passages(number) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        dimension TEXT NOT NULL,
        unit TEXT NOT NULL,
        low REAL,
        high REAL,
        period TEXT,
        measure TEXT,
        subject_id TEXT,
        detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX figures_passage ON figures(number);
    CREATE INDEX figures_unit ON figures(dimension, unit, low);
    CREATE INDEX figures_subject ON figures(subject_id);
    CREATE TABLE entities (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        names TEXT NOT NULL,
        roles TEXT NOT NULL
    ) STRICT;
    CREATE TABLE mentions (
        key INTEGER PRIMARY KEY,
        number INTEGER NOT NULL REFERENCES passages(number) ON DELETE CASCADE,
        entity_id TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX mentions_passage ON mentions(number);
    CREATE INDEX mentions_entity ON mentions(entity_id);
    CREATE TABLE decisions (
        key INTEGER PRIMARY KEY,
        made_at TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT;
    CREATE TABLE claims (
        id TEXT PRIMARY KEY,
        number INTEGER NOT NULL REFERENCES passages(number) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        attributed_id TEXT,
        detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX claims_passage ON claims(number);
    CREATE INDEX claims_speaker ON claims(attributed_id);
    CREATE TABLE claim_subjects (
        claim_id TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
        entity_id TEXT NOT NULL,
        PRIMARY KEY (claim_id, entity_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX claim_subjects_entity ON claim_subjects(entity_id);
    -- What the indexes have still to do: written with the record in one transaction,
    -- emptied once an index generation holds it.
    CREATE TABLE pending (
        number INTEGER PRIMARY KEY,
        action TEXT NOT NULL CHECK (action IN ('add', 'delete'))
    ) STRICT;
    """,
)


def migrate(connection: sqlite3.Connection, path: str) -> None:
    """Bring a record up to this version of kaoju.

    Raises:
        ShelfTooNewError: The record has seen steps that this version does not know.
    """
    seen = check(connection, path, least=0)
    for number, step in enumerate(STEPS[seen:], start=seen + 1):
        # executescript commits first, so the transaction stands in the script itself.
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{step}\nPRAGMA user_version = {number};\nCOMMIT;"
        )


def check(connection: sqlite3.Connection, path: str, least: int | None = None) -> int:
    """Tell how many steps a record has seen, at least ``least`` (by default all).

    Raises:
        ShelfTooNewError: The record has seen steps that this version does not know.
        ShelfError: It has seen fewer than ``least``.
    """
    seen = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if seen > len(STEPS):
        raise ShelfTooNewError(
            f"{path} was written by a later kaoju (step {seen}, this one knows {len(STEPS)}):"
            " update kaoju, or name another shelf"
        )
    if seen < (len(STEPS) if least is None else least):
        raise ShelfError(
            f"{path} was written by an earlier kaoju and cannot be brought up to date where it"
            " may not be written: make its folder writable, or copy it"
        )
    return seen
