"""One SQLite file in WAL mode: a connection a thread, transactions that hold or leave no trace."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kaoju import migrations
from kaoju.errors import ShelfError

_MEMBERS = 500  # bound parameters of one statement; SQLite's own limit is 32,766


class Connections:
    """The connections to one record; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the record at ``path``, making it when there is none.

        Raises:
            ShelfError: The file is no record of kaoju, or cannot be opened.
            ShelfTooNewError: It was written by a later version.
        """
        self.path = path
        # A shelf on a read-only disk can be asked; SQLite must then not look for a WAL.
        self.read_only = path.exists() and not os.access(path.parent, os.W_OK)
        self._local = threading.local()
        self._connections: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._lock = threading.Lock()
        try:
            if self.read_only:
                migrations.check(self._connection, str(path))
            else:
                migrations.migrate(self._connection, str(path))
        except sqlite3.DatabaseError as error:
            self.close()
            raise ShelfError(
                f"{path} is not a record that kaoju can open ({error}):"
                " name another shelf, or restore this file from a copy"
            ) from error

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            where = self.path.resolve().as_uri()
            connection = sqlite3.connect(
                where + "?immutable=1" if self.read_only else where,
                uri=True,
                timeout=30,
                isolation_level=None,
                check_same_thread=False,
            )
            if not self.read_only:
                connection.execute("PRAGMA journal_mode = WAL")
                # In WAL mode NORMAL may lose the last commits on power loss; a reported
                # article must not be lost, so every commit is synced.
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
            with self._lock:
                # A server's threads come and go; what ended ones opened is closed here.
                ended = [c for thread, c in self._connections if not thread.is_alive()]
                self._connections = [row for row in self._connections if row[0].is_alive()]
                self._connections.append((threading.current_thread(), connection))
            for old in ended:
                old.close()
        return connection

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for _, connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let every read of the block see one state of the record, whatever is written meanwhile.

        Snapshots may nest; nothing may be written inside one.
        """
        connection = self._connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE state SET changes = changes + 1")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise ShelfError(
                f"{self.path} could not be written ({error}); what was reported is safe:"
                " free the disk, or whatever holds the file, and run the same again"
            ) from error

    def _in(self, statement: str, members: Iterable[Any], *rest: Any) -> Iterator[Any]:
        """Run a statement with ``{}`` standing for its members, in batches."""
        every = list(members)
        for at in range(0, len(every), _MEMBERS):
            some = every[at : at + _MEMBERS]
            yield from self._connection.execute(
                statement.format(",".join("?" * len(some))), (*some, *rest)
            )
