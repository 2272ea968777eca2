"""The gold questions and the shelves that they are asked of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kaoju.knowledge_base import KnowledgeBase
from kaoju.types import Citation, Document, Hit, Language, Span, Value

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "corpus" / "gold"
SHELVES = {
    "corpus": "questions.jsonl",
    "written": "questions_written.jsonl",
    "drafts": "questions_drafts.jsonl",
    "stories": "questions_stories.jsonl",
    "reports": "questions_reports.jsonl",
    "dispatches": "questions_dispatches.jsonl",
    "fresh": "questions_fresh.jsonl",
}
FOLDERS = {
    "corpus": ROOT / "corpus" / "articles",
    **{name: GOLD / name / "articles" for name in SHELVES if name not in ("corpus", "written")},
}


@dataclass(frozen=True, slots=True)
class Question:
    """A row of a gold file, with its evidence as spans of the stored articles."""

    id: str
    language: str
    text: str
    kind: str
    answerable: bool
    split: str
    evidence: tuple[tuple[str, Span], ...]
    value: dict[str, Any] | None

    def holds(self, document_id: str, span: Span) -> bool:
        """Whether a span of an article overlaps an evidence quote."""
        return any(d == document_id and s.overlaps(span) for d, s in self.evidence)

    def right_value(self, value: Value | None) -> bool:
        """Whether a value is one that counts as right, as printed, normal or by its number."""
        if self.value is None or value is None:
            return False
        given = {_plain(value.surface), _plain(value.text)}
        accepted = {_plain(form) for form in self.value["accept"]}
        if given & accepted:
            return True
        if value.figure is None or self.kind == "date":  # may be given more fully
            return any(len(form) > 3 and form in one for form in accepted for one in given)
        wanted = self.value["value"]
        if wanted is None:
            return False
        if isinstance(wanted, str):
            return value.figure.period == wanted
        return float(value.figure.value or 0) == float(wanted)


def _plain(form: str) -> str:
    from kaoju.text import fold

    return "".join(fold(form).text.split())


@contextmanager
def shelf(name: str) -> Iterator[tuple[KnowledgeBase, list[Question]]]:
    """Build a shelf of gold articles in a temporary folder and read its questions."""
    with TemporaryDirectory(prefix="kaoju-gold-") as folder, KnowledgeBase.open(folder) as kb:
        if name in FOLDERS:
            kb.add([FOLDERS[name]])
        else:
            kb.add_documents(list(_written()))
        yield kb, list(_questions(kb, name))


def _written() -> Iterator[Document]:
    for line in (GOLD / "written_articles.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for language in ("zh", "en"):
            yield Document(
                id=f"{row['id']}-{language}",
                version="1",
                text=row[language],
                title=row[f"title_{language}"],
                source=f"written/{row['id']}-{language}",
                media_type="text/plain",
                language=Language(language),
            )


def _questions(kb: KnowledgeBase, name: str) -> Iterator[Question]:
    documents = {a.title: kb.article(a.id).document for a in kb.articles()}
    named = {d.id: d for d in documents.values()} | {
        own: documents[title] for own, title in _front_matter() if title in documents
    }
    for line in (GOLD / SHELVES[name]).read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Question(
            id=row["id"],
            language=row["lang"],
            text=row["question"],
            kind=row["kind"],
            answerable=row["answerable"],
            split=row["split"],
            evidence=tuple(
                (named[e["document"]].id, span)
                for e in row["evidence"]
                for span in _places(named[e["document"]].text, e["quote"])
            ),
            value=row["value"],
        )


def _front_matter() -> Iterator[tuple[str, str]]:
    """The id and title that each article's file states; a shelf derives ids of its own."""
    for path in (path for folder in FOLDERS.values() for path in sorted(folder.rglob("*.md"))):
        head = path.read_text("utf-8").split("---\n")[1]
        lines = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        yield lines["id"], lines["title"]


def _places(text: str, quote: str) -> list[Span]:
    start = text.find(quote)
    if start < 0:
        raise ValueError(f"the article does not hold the quote {quote!r}")
    found = []
    while start >= 0:
        found.append(Span(start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def spans(things: list[Citation] | list[Hit]) -> list[tuple[str, Span]]:
    """The articles and spans of citations or hits."""
    return [(thing.document_id, thing.span) for thing in things]
