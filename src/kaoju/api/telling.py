"""The nouns as the API sends them: the JSON of `kaoju.codec`, with selectors beside each quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from kaoju import types as nouns
from kaoju.codec import to_json
from kaoju.reports import counts, in_quote, stated_by

Cite = Callable[[str, nouns.Span], nouns.Citation | None]


def selectors(exact: str, span: nouns.Span, prefix: str, suffix: str) -> list[dict[str, Any]]:
    """The two W3C selectors of a quote: by its words, and by its place in code points."""
    return [
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]


def citation(found: nouns.Citation) -> dict[str, Any]:
    """A citation with its selectors."""
    own = selectors(found.quote, found.span, found.prefix, found.suffix)
    return {**to_json(found), "selectors": own}


def cited(found: nouns.Figure | nouns.Claim, own: nouns.Citation) -> dict[str, Any]:
    """A figure or claim with its citation."""
    return {**to_json(found), "citation": citation(own)}


def hit(found: nouns.Hit, cite: Cite) -> dict[str, Any]:
    """A hit with its selectors; the context is empty once the article has changed under it."""
    around = cite(found.document_id, found.span)
    same = around is not None and around.quote == found.text
    prefix, suffix = (around.prefix, around.suffix) if around is not None and same else ("", "")
    return {**to_json(found), "selectors": selectors(found.text, found.span, prefix, suffix)}


def answer(found: nouns.Answer, cite: Cite) -> dict[str, Any]:
    """An answer with its derived ``text`` and ``citations``, all quotes with selectors."""
    return {
        **to_json(found),
        "sentences": [
            {"text": s.text, "citations": [citation(c) for c in s.citations]}
            for s in found.sentences
        ],
        "hits": [hit(h, cite) for h in found.hits],
        "text": found.text,
        "citations": [citation(c) for c in found.citations],
    }


def checked(draft: str, verdicts: Sequence[nouns.Verdict]) -> dict[str, Any]:
    """The verdicts on a draft with their counts, and the draft cut at its figures."""
    return {
        "verdicts": [verdict(found) for found in verdicts],
        "counts": {str(status): n for status, n in counts(verdicts).items()},
        "pieces": pieces(draft, nouns.Span(0, len(draft)), [v.figure.span for v in verdicts]),
    }


def verdict(found: nouns.Verdict) -> dict[str, Any]:
    """A verdict with selectors on its citations and each quote cut at the figure it states."""
    quotes = []
    for own, stated in zip(found.evidence, stated_by(found), strict=True):
        parts = in_quote(own, stated)
        told = [(parts.before, []), (parts.marked, [0] if stated else []), (parts.after, [])]
        quotes.append([{"text": text, "marks": marks} for text, marks in told if text])
    return {
        **to_json(found),
        "evidence": [citation(own) for own in found.evidence],
        "quotes": quotes,
    }


def passage(found: nouns.Passage, text: str, context: int = 60) -> dict[str, Any]:
    """A passage with its selectors, given the text of its article."""
    start, end = found.span.start, found.span.end
    prefix, suffix = text[max(0, start - context) : start], text[end : end + context]
    return {**to_json(found), "selectors": selectors(found.text, found.span, prefix, suffix)}


def blocks(document: nouns.Document, marks: list[nouns.Span]) -> list[dict[str, Any]]:
    """Cut an article into the lines to show, and each line at the edges of the marks.

    Marks may overlap and cross lines. Line ends and blank lines are left out; every other
    character of the text stands in exactly one piece, in order.
    """
    levels = {heading.span.start: heading.level for heading in document.headings}
    rows: list[dict[str, Any]] = []
    start, after_blank = 0, False
    for line in document.text.split("\n"):
        end = start + len(line)
        if line.strip():
            level = max((levels[at] for at in levels if start <= at < end), default=0)
            row = {"level": level, "after_blank": after_blank, "span": {"start": start, "end": end}}
            rows.append({**row, "pieces": pieces(document.text, nouns.Span(start, end), marks)})
        after_blank = not line.strip()
        start = end + 1
    return rows


def pieces(text: str, within: nouns.Span, marks: Sequence[nouns.Span]) -> list[dict[str, Any]]:
    """Cut a stretch of a text at the edges of marks, each piece with the marks that cover it.

    The pieces are the stretch, in order; none is empty. Marks may overlap.
    """
    near = [(i, m) for i, m in enumerate(marks) if m.start < within.end and within.start < m.end]
    inside = {e for _, m in near for e in (m.start, m.end) if within.start < e < within.end}
    told: list[dict[str, Any]] = []
    waiting = sorted(near, key=lambda one: one[1].start, reverse=True)
    covering: list[tuple[int, nouns.Span]] = []
    for left, right in pairwise([within.start, *sorted(inside), within.end]):
        while waiting and waiting[-1][1].start <= left:
            covering.append(waiting.pop())
        covering = [(i, m) for i, m in covering if m.end > left]
        told.append({"text": text[left:right], "marks": sorted(i for i, _ in covering)})
    return told
