"""Verdicts on a draft as lines for a terminal; click takes the colours out elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kaoju.reports import Marked, Report, in_quote, in_sentence, label, place, sign, stated_by, told
from kaoju.types import Citation, Figure, Status, Verdict

_JOINER = "\u200d"  # holds the parts of one emoji together
_COLOURS = {
    Status.SUPPORTED: "green",
    Status.SUPPORTED_ROUNDED: "green",
    Status.CONTRADICTED: "red",
    Status.OUTDATED: "yellow",
    Status.CONFLICTING_SOURCES: "yellow",
    Status.NEEDS_CONTEXT: "yellow",
    Status.NOT_FOUND: "blue",
    Status.NOT_CHECKABLE: "blue",
}


def verdict_lines(report: Report, verdict: Verdict) -> Iterator[str]:
    """The place and the verdict, the sentence with its figure marked, why, and the quotes."""
    line, column = place(report.draft, verdict.figure.span)
    language, status = verdict.figure.language, verdict.status
    sentence = in_sentence(report, verdict)
    yield (
        f"{report.name}:{line}:{column}: "
        + click.style(f"{sign(status)} {label(status, language)}", fg=_COLOURS[status], bold=True)
        + f"  {_in_line(sentence.marked)}"
    )
    yield f"    {_marked(sentence, _COLOURS[status])}"
    yield f"    {_in_line(verdict.explanation)}"
    for number, (citation, figure) in enumerate(
        zip(verdict.evidence, stated_by(verdict), strict=True), 1
    ):
        yield from _quoted(number, citation, figure, told("undated", language))


def _quoted(number: int, citation: Citation, stated: Figure | None, undated: str) -> Iterator[str]:
    day = citation.published_on.isoformat() if citation.published_on else undated
    span = citation.span
    source = f"{_in_line(citation.title)} · {day} · {_in_line(citation.source)}"
    yield f"    [{number}] {source} · {citation.document_id}[{span.start}:{span.end}]"
    yield f"        {_marked(in_quote(citation, stated))}"


def _marked(found: Marked, colour: str | None = None) -> str:
    """One line with the marked part in brackets, which show where colours do not."""
    inside = click.style(f"[{_in_line(found.marked)}]", fg=colour, bold=True)
    return f"{_in_line(found.before)}{inside}{_in_line(found.after)}".strip()


def _in_line(text: str) -> str:
    """On one line and without control characters: a draft must not steer the terminal."""
    return "".join(c if c.isprintable() or c == _JOINER else " " * c.isspace() for c in text)
