"""Everything that is asked of the record: articles, passages, names, figures, claims."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from kaoju.codec import from_json
from kaoju.errors import NotFoundError
from kaoju.store.connections import Connections
from kaoju.types import (
    Article,
    Claim,
    Document,
    Entity,
    EntityKind,
    Figure,
    Filters,
    Heading,
    Language,
    Mention,
    Passage,
    Span,
)

_PASSAGE = (
    'p.number, p.id, v.article_id, p.start, p."end", substr(v.text, p.start + 1, p."end" - p.start)'
    ", p.language, p.ordinal, p.headings"
)


@dataclass(frozen=True, slots=True)
class Pending:
    """What the indexes have still to do."""

    add: tuple[int, ...]
    delete: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.add or self.delete)


@dataclass(frozen=True, slots=True)
class Head:
    """What an article is about: its title, its day, the entities of its head and of all of it."""

    title: str
    published_on: date | None
    first_ids: frozenset[str]
    entity_ids: frozenset[str]


class Catalogue(Connections):
    """The reading side of the record."""

    # The indexes' side ------------------------------------------------------------------

    def pending(self) -> Pending:
        """What the indexes have still to do, in the order it was written."""
        rows = self._connection.execute("SELECT number, action FROM pending ORDER BY number")
        actions: dict[str, list[int]] = {"add": [], "delete": []}
        for number, action in rows:
            actions[action].append(number)
        return Pending(tuple(actions["add"]), tuple(actions["delete"]))

    def current_numbers(self) -> frozenset[int]:
        """The numbers of every passage that the indexes should hold."""
        return frozenset(
            n for (n,) in self._connection.execute("SELECT number FROM passages WHERE current")
        )

    def vectors(self, numbers: Iterable[int], encoder: str) -> dict[int, npt.NDArray[np.float32]]:
        """The kept vectors of passages, those that this encoder made."""
        statement = "SELECT number, vector FROM vectors WHERE number IN ({}) AND encoder = ?"
        return {
            number: np.frombuffer(blob, dtype=np.float32)
            for number, blob in self._in(statement, numbers, encoder)
        }

    def passages_without_vector(self, encoder: str) -> list[int]:
        """Current passages that this encoder has not read, in order."""
        return [
            n
            for (n,) in self._connection.execute(
                "SELECT p.number FROM passages p LEFT JOIN vectors x"
                " ON x.number = p.number AND x.encoder = ?"
                " WHERE p.current AND x.number IS NULL ORDER BY p.number",
                (encoder,),
            )
        ]

    # Reading ----------------------------------------------------------------------------

    def current_version(self, article_id: str) -> tuple[str, str] | None:
        """(version, recognisers) that an article has on this shelf; None when unknown."""
        row = self._connection.execute(
            "SELECT version, recognisers FROM versions WHERE article_id = ? AND current",
            (article_id,),
        ).fetchone()
        return (row[0], row[1]) if row else None

    def texts_of_file(self, file: str) -> dict[str, str]:
        """The current texts of the articles that were last read from a file, by id."""
        rows = self._connection.execute(
            "SELECT a.id, v.text FROM articles a JOIN versions v ON v.article_id = a.id"
            " AND v.current WHERE a.file = ? ORDER BY a.id",
            (file,),
        )
        return dict(rows)

    def document(self, article_id: str, version: str | None = None) -> Document:
        """An article as read, its current version or the one named.

        Raises:
            NotFoundError: There is no such article or version.
        """
        where = "current" if version is None else "version = ?"
        row = self._connection.execute(
            "SELECT article_id, version, text, title, source, media_type, language, authors,"
            " published_on, read_at, encoding, content_sha256, headings, url, notes,"
            " (SELECT file FROM articles WHERE id = article_id)"
            f" FROM versions WHERE article_id = ? AND {where}",
            (article_id,) if version is None else (article_id, version),
        ).fetchone()
        if row is None:
            wanted = article_id if version is None else f"{article_id} version {version}"
            raise NotFoundError(f"no article {wanted!r} on this shelf: see 'kaoju list'")
        return Document(
            id=row[0],
            version=row[1],
            text=row[2],
            title=row[3],
            source=row[4],
            media_type=row[5],
            language=Language(row[6]),
            authors=tuple(json.loads(row[7])),
            published_on=_date(row[8]),
            read_at=datetime.fromisoformat(row[9]) if row[9] else None,
            encoding=row[10],
            content_sha256=row[11],
            headings=tuple(from_json(Heading, h) for h in json.loads(row[12])),
            url=row[13],
            notes=tuple(json.loads(row[14])),
            file=row[15],
        )

    def versions(self, article_id: str) -> list[str]:
        """The versions of an article, oldest first; the last is not always the current one."""
        rows = self._connection.execute(
            "SELECT version FROM versions WHERE article_id = ? ORDER BY key", (article_id,)
        )
        return [version for (version,) in rows]

    def articles(self, article_ids: Collection[str] | None = None) -> list[Article]:
        """Every article in a line, newest published first, then by id."""
        chosen = "" if article_ids is None else "AND a.id IN ({})"
        statement = (
            "SELECT a.id, v.version, v.title, v.source, v.language, v.published_on, v.url,"
            " v.media_type, v.encoding, a.added_at, v.key, v.text_sha256,"
            " (SELECT count(*) FROM versions o WHERE o.article_id = a.id)"
            f" FROM articles a JOIN versions v ON v.article_id = a.id AND v.current {chosen}"
            " ORDER BY coalesce(v.published_on, '') DESC, a.id"
        )
        rows: Iterable[Any] = (
            self._connection.execute(statement)
            if article_ids is None
            else self._in(statement, article_ids)
        )
        return [self._article(row) for row in rows]

    def _article(self, row: Any) -> Article:
        db = self._connection
        counts = [
            db.execute(
                f"SELECT count(*) FROM {table} t JOIN passages p ON p.number = t.number"
                " WHERE p.version_key = ?",
                (row[10],),
            ).fetchone()[0]
            for table in ("passages", "figures", "claims")
        ]
        twins = db.execute(
            "SELECT article_id FROM versions WHERE text_sha256 = ? AND current AND article_id <> ?"
            " ORDER BY article_id",
            (row[11], row[0]),
        )
        return Article(
            id=row[0],
            version=row[1],
            title=row[2],
            source=row[3],
            language=Language(row[4]),
            published_on=_date(row[5]),
            url=row[6],
            media_type=row[7],
            encoding=row[8],
            added_at=datetime.fromisoformat(row[9]),
            passages=counts[0],
            figures=counts[1],
            claims=counts[2],
            versions=row[12],
            same_text=tuple(t for (t,) in twins),
        )

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Passages by number; a number that is not (or no longer) current is left out."""
        statement = (
            f"SELECT {_PASSAGE} FROM passages p JOIN versions v ON v.key = p.version_key"
            " WHERE p.current AND p.number IN ({})"
        )
        return {row[0]: _passage(row) for row in self._in(statement, numbers)}

    def languages(self, numbers: Iterable[int]) -> dict[int, Language]:
        """The language of each current passage, by number."""
        statement = "SELECT number, language FROM passages WHERE current AND number IN ({})"
        return {number: Language(code) for number, code in self._in(statement, numbers)}

    def passages_of(self, article_id: str) -> list[Passage]:
        """The current passages of an article, in order."""
        rows = self._connection.execute(
            f"SELECT {_PASSAGE} FROM passages p JOIN versions v ON v.key = p.version_key"
            " WHERE p.current AND v.article_id = ? ORDER BY p.ordinal",
            (article_id,),
        )
        return [_passage(row) for row in rows]

    def numbers_of(self, passage_ids: Iterable[str]) -> dict[str, int]:
        """Passage numbers by id, of current passages."""
        statement = "SELECT id, number FROM passages WHERE current AND id IN ({})"
        return dict(self._in(statement, passage_ids))

    def select(self, filters: Filters) -> frozenset[int] | None:
        """The numbers of the passages that a filter lets through; None when it lets all."""
        clauses: list[str] = []
        values: list[Any] = []
        if filters.language is not None:
            clauses.append("p.language = ?")
            values.append(str(filters.language))
        if filters.since is not None:
            clauses.append("v.published_on >= ?")
            values.append(filters.since.isoformat())
        if filters.until is not None:
            clauses.append("v.published_on <= ?")
            values.append(filters.until.isoformat())
        if filters.source is not None:
            clauses.append("(instr(v.source, ?) OR instr(coalesce(v.url, ''), ?))")
            values += [filters.source, filters.source]
        if filters.entity is not None:
            clauses.append("p.number IN (SELECT number FROM mentions WHERE entity_id = ?)")
            values.append(filters.entity)
        if not clauses:
            return None
        rows = self._connection.execute(
            "SELECT p.number FROM passages p JOIN versions v ON v.key = p.version_key"
            f" WHERE p.current AND {' AND '.join(clauses)}",
            values,
        )
        return frozenset(n for (n,) in rows)

    def figures_in(self, numbers: Iterable[int]) -> dict[int, list[Figure]]:
        """The figures of passages, in order of their place."""
        statement = "SELECT number, detail FROM figures WHERE number IN ({}) ORDER BY start"
        return _grouped(self._in(statement, numbers), lambda d: from_json(Figure, d))

    def claims_in(self, numbers: Iterable[int]) -> dict[int, list[Claim]]:
        """The claims of passages, in order of their place."""
        statement = "SELECT number, detail FROM claims WHERE number IN ({}) ORDER BY start"
        return _grouped(self._in(statement, numbers), lambda d: from_json(Claim, d))

    def mentions_in(self, numbers: Iterable[int]) -> dict[int, list[Mention]]:
        """The mentions of passages, in order of their place."""
        statement = (
            "SELECT number, detail, entity_id FROM mentions WHERE number IN ({}) ORDER BY start"
        )
        found: dict[int, list[Mention]] = {}
        for number, detail, entity_id in self._in(statement, numbers):
            mention = from_json(Mention, json.loads(detail))
            found.setdefault(number, []).append(replace(mention, entity_id=entity_id))
        return found

    def heads(self, article_ids: Iterable[str], characters: int) -> dict[str, Head]:
        """The heads of articles by id; the first entities are those of the first characters."""
        wanted = list(article_ids)
        statement = (
            "SELECT v.article_id, v.title, v.published_on FROM versions v"
            " WHERE v.current AND v.article_id IN ({})"
        )
        told = {i: (title, _date(day)) for i, title, day in self._in(statement, wanted)}
        statement = (
            "SELECT v.article_id, m.entity_id, min(m.start) FROM versions v JOIN passages p"
            " ON p.version_key = v.key JOIN mentions m ON m.number = p.number"
            " WHERE v.current AND v.article_id IN ({}) GROUP BY v.article_id, m.entity_id"
        )
        named: dict[str, dict[str, int]] = {}
        for article_id, entity_id, start in self._in(statement, wanted):
            named.setdefault(article_id, {})[entity_id] = start
        return {
            i: Head(
                title,
                day,
                frozenset(e for e, start in named.get(i, {}).items() if start < characters),
                frozenset(named.get(i, {})),
            )
            for i, (title, day) in told.items()
        }

    def numbers_mentioning(self, entity_ids: Iterable[str]) -> dict[int, int]:
        """Current passages that mention any of the entities, with how often they do."""
        statement = (
            "SELECT m.number, count(*) FROM mentions m JOIN passages p ON p.number = m.number"
            " WHERE p.current AND m.entity_id IN ({}) GROUP BY m.number"
        )
        found: dict[int, int] = {}
        for number, count in self._in(statement, entity_ids):
            found[number] = found.get(number, 0) + count
        return found

    def mention_rows(self, entity_ids: Iterable[str] | None = None) -> list[tuple[int, Mention]]:
        """(key, mention) of every current mention, or of those of some entities."""
        chosen = "" if entity_ids is None else "AND m.entity_id IN ({})"
        statement = (
            "SELECT m.key, m.detail, m.entity_id FROM mentions m JOIN passages p"
            f" ON p.number = m.number WHERE p.current {chosen} ORDER BY m.key"
        )
        rows = (
            self._connection.execute(statement)
            if entity_ids is None
            else self._in(statement, entity_ids)
        )
        return [
            (key, replace(from_json(Mention, json.loads(detail)), entity_id=entity_id))
            for key, detail, entity_id in rows
        ]

    def entities(self, entity_ids: Iterable[str] | None = None) -> list[Entity]:
        """The entities of the shelf, most mentioned first, then by id."""
        chosen = "" if entity_ids is None else "WHERE e.id IN ({})"
        statement = (
            "SELECT e.id, e.kind, e.names, e.roles, (SELECT count(*) FROM mentions m"
            " JOIN passages p ON p.number = m.number WHERE p.current AND m.entity_id = e.id)"
            f" FROM entities e {chosen}"
        )
        rows = (
            self._connection.execute(statement)
            if entity_ids is None
            else self._in(statement, entity_ids)
        )
        found = [_entity(row) for row in rows]
        return sorted(found, key=lambda e: (-e.mention_count, e.id))

    def decisions(self) -> list[dict[str, Any]]:
        """The editors' decisions, oldest first, each with ``made_at``."""
        rows = self._connection.execute("SELECT made_at, detail FROM decisions ORDER BY key")
        return [{**json.loads(detail), "made_at": made_at} for made_at, detail in rows]

    def figures(
        self,
        *,
        dimension: str | None = None,
        unit: str | None = None,
        low: float | None = None,
        high: float | None = None,
        entity_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
        measures: Sequence[str] = (),
        article_id: str | None = None,
    ) -> list[Figure]:
        """Figures of current passages whose value or range meets [low, high].

        Newest published first, then by article and place. ``entity_id`` holds when the
        figure belongs to the entity, or a claim with the figure is about or by it;
        ``measures`` when one of them stands in the figure's measure, subject or base.
        """
        belongs = (
            "(f.subject_id = ? OR EXISTS (SELECT 1 FROM claims c LEFT JOIN claim_subjects s"
            " ON s.claim_id = c.id WHERE c.number = f.number AND c.start <= f.start"
            ' AND c."end" >= f."end" AND (s.entity_id = ? OR c.attributed_id = ?)))'
        )
        named = " OR ".join(["instr(lower(coalesce(f.measure, '')), ?)"] * len(measures))
        where, values = _where(
            ("f.dimension = ?", dimension),
            ("f.unit = ?", unit),
            ("f.high >= ?", low),
            ("f.low <= ?", high),
            (belongs, entity_id),
            ("v.published_on >= ?", since),
            ("v.published_on <= ?", until),
            ("v.article_id = ?", article_id),
        )
        if measures:
            where += f" AND ({named})"
            values += [name.lower() for name in measures]
        rows = self._connection.execute(
            "SELECT f.detail FROM figures f JOIN passages p ON p.number = f.number"
            " JOIN versions v ON v.key = p.version_key"
            f" WHERE {where}"
            " ORDER BY coalesce(v.published_on, '') DESC, v.article_id, f.start",
            values,
        )
        return [from_json(Figure, json.loads(detail)) for (detail,) in rows]

    def claims(
        self,
        *,
        said_by: str | None = None,
        about: str | None = None,
        article_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Claim]:
        """Claims of current passages, newest published first, then by article and place."""
        where, values = _where(
            ("c.attributed_id = ?", said_by),
            ("c.id IN (SELECT claim_id FROM claim_subjects WHERE entity_id = ?)", about),
            ("v.article_id = ?", article_id),
            ("v.published_on >= ?", since),
            ("v.published_on <= ?", until),
        )
        rows = self._connection.execute(
            "SELECT c.detail FROM claims c JOIN passages p ON p.number = c.number"
            " JOIN versions v ON v.key = p.version_key"
            f" WHERE {where}"
            " ORDER BY coalesce(v.published_on, '') DESC, v.article_id, c.start",
            values,
        )
        return [from_json(Claim, json.loads(detail)) for (detail,) in rows]

    def numbers_stating(
        self, dimension: str, unit: str, low: float, high: float, most: int
    ) -> list[int]:
        """Current passages with a figure whose value lies in [low, high].

        At most ``most`` of them; found by the index of figures alone, whatever the shelf's size.
        """
        rows = self._connection.execute(
            "SELECT DISTINCT f.number FROM figures f INDEXED BY figures_unit"
            " JOIN passages p ON p.number = f.number AND p.current"
            " WHERE f.dimension = ? AND f.unit = ? AND f.low BETWEEN ? AND ? LIMIT ?",
            (dimension, unit, low, high, most),
        )
        return [number for (number,) in rows]

    def state(self) -> int:
        """A number that grows with every change of the record, whoever made it."""
        return int(self._connection.execute("SELECT changes FROM state").fetchone()[0])

    def counts(self) -> dict[str, int]:
        """How many of each thing the shelf holds, in its current versions."""
        db = self._connection
        found = {
            "articles": "SELECT count(*) FROM articles",
            "versions": "SELECT count(*) FROM versions",
            "passages": "SELECT count(*) FROM passages WHERE current",
            "entities": "SELECT count(*) FROM entities",
            "pending": "SELECT count(*) FROM pending",
        }
        for table in ("mentions", "figures", "claims"):
            found[table] = (
                f"SELECT count(*) FROM {table} t JOIN passages p ON p.number = t.number"
                " WHERE p.current"
            )
        return {name: db.execute(sql).fetchone()[0] for name, sql in found.items()}

    def integrity(self) -> list[str]:
        """What SQLite and the record's own rules find wrong; empty when nothing is."""
        db = self._connection
        problems = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [f"broken reference: {row}" for row in db.execute("PRAGMA foreign_key_check")]
        for article_id, version, text in db.execute(
            "SELECT article_id, version, text FROM versions WHERE current"
        ):
            spans = [p.span for p in self.passages_of(article_id)]
            edges = [0, *(s.end for s in spans)]
            if [s.start for s in spans] != edges[:-1] or edges[-1] != len(text):
                problems.append(f"the passages of {article_id} ({version}) do not tile its text")
        return problems


def _where(*conditions: tuple[str, Any]) -> tuple[str, list[Any]]:
    """The conditions whose value is given, of current passages, and the values in order."""
    clauses, values = ["p.current"], list[Any]()
    for clause, value in conditions:
        if value is not None:
            clauses.append(clause)
            plain = value.isoformat() if isinstance(value, date) else value
            values += [plain] * clause.count("?")
    return " AND ".join(clauses), values


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _passage(row: Any) -> Passage:
    return Passage(
        id=row[1],
        document_id=row[2],
        span=Span(row[3], row[4]),
        text=row[5],
        language=Language(row[6]),
        ordinal=row[7],
        headings=tuple(json.loads(row[8])),
    )


def _entity(row: Any) -> Entity:
    return Entity(
        id=row[0],
        kind=EntityKind(row[1]),
        names=tuple((Language(language), name) for language, name in json.loads(row[2])),
        roles=tuple((role, _date(day)) for role, day in json.loads(row[3])),
        mention_count=row[4],
    )


def _grouped(rows: Iterable[Any], build: Callable[[Any], Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for number, detail in rows:
        found.setdefault(number, []).append(build(json.loads(detail)))
    return found
