"""Verdicts in an editor's words: labels, signs, counts, places, and what is marked where.

What the terminal, the exports and the HTTP API show alike; each of them lays it out itself.
The words stand in ``lexicon/reports.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kaoju.lexicon import section
from kaoju.text import FoldedText, language_of
from kaoju.types import Citation, Figure, Language, Span, Status, Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """A draft with its verdicts.

    ``name`` is what the draft is called, such as its file's name; ``shown`` as
    `kaoju.draft.read_draft` gives it; ``dated`` the day that it was written for, if known.
    """

    name: str
    shown: FoldedText
    verdicts: Sequence[Verdict]
    checked_on: date
    dated: date | None = None

    @property
    def draft(self) -> str:
        """The draft as given, into which spans point."""
        return self.shown.printed

    @property
    def language(self) -> Language:
        """The language to tell things of the whole draft in."""
        return Language.ZH if language_of(self.shown.text) is Language.ZH else Language.EN


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text cut at what is marked in it; the three make the stretch."""

    before: str
    marked: str
    after: str


def label(status: Status, language: Language) -> str:
    """What an editor reads for a status; English for every language but Chinese."""
    return _words("labels", language)[status]


def sign(status: Status) -> str:
    """One character for a status, beside its colour."""
    return str(section("reports", "signs")[status])


def told(name: str, language: Language) -> str:
    """A pattern of words, such as the title of a report."""
    return _words("words", language)[name]


def _words(table: str, language: Language) -> Mapping[str, str]:
    found: Mapping[str, str] = section("reports", table)["zh" if language is Language.ZH else "en"]
    return found


def counts(verdicts: Sequence[Verdict]) -> dict[Status, int]:
    """How many figures got each status, zeros included, in the order of `Status`."""
    return {status: sum(v.status is status for v in verdicts) for status in Status}


def summary(report: Report) -> str:
    """The counts of a report in a line."""
    language = report.language
    if not report.verdicts:
        return told("none", language)
    tallies = [
        told("tally", language).format(n=n, label=label(status, language))
        for status, n in counts(report.verdicts).items()
        if n
    ]
    listed = told("comma", language).join(tallies)
    return told("summary", language).format(count=len(report.verdicts), counts=listed)


def place(draft: str, span: Span) -> tuple[int, int]:
    """The line and the column where a span starts, both counted from 1, in code points."""
    line_start = draft.rfind("\n", 0, span.start) + 1
    return draft.count("\n", 0, span.start) + 1, span.start - line_start + 1


def in_sentence(report: Report, verdict: Verdict) -> Marked:
    """The sentence that was read for a figure as its readers see it, the figure marked."""
    shown = report.shown
    sentence, figure = shown.folded_span(verdict.sentence), shown.folded_span(verdict.figure.span)
    start, end = min(sentence.start, figure.start), max(sentence.end, figure.end)
    text = shown.text
    return Marked(text[start : figure.start], figure.of(text), text[figure.end : end])


def stated_by(verdict: Verdict) -> tuple[Figure | None, ...]:
    """The figure that each piece of a verdict's evidence states; None where it states none."""
    return verdict.stated or (None,) * len(verdict.evidence)


def in_quote(citation: Citation, stated: Figure | None) -> Marked:
    """A quote with the figure that it states marked; all of it where it states none."""
    span = citation.span
    if stated is None or not span.contains(stated.span):
        return Marked("", citation.quote, "")
    start, end = stated.span.start - span.start, stated.span.end - span.start
    quote = citation.quote
    return Marked(quote[:start], quote[start:end], quote[end:])
