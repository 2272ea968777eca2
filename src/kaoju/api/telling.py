"""The nouns as the API sends them: the JSON of `kaoju.codec`, with selectors beside each quote."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from kaoju import types as nouns
from kaoju.codec import to_json

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
    edges = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
    rows: list[dict[str, Any]] = []
    start, after_blank = 0, False
    for line in document.text.split("\n"):
        end = start + len(line)
        if line.strip():
            level = max((levels[at] for at in levels if start <= at < end), default=0)
            cuts = [start, *(e for e in edges if start < e < end), end]
            pieces = [
                {
                    "text": document.text[left:right],
                    "marks": [i for i, m in enumerate(marks) if m.start <= left and right <= m.end],
                }
                for left, right in pairwise(cuts)
            ]
            span = {"start": start, "end": end}
            rows.append(
                {"level": level, "after_blank": after_blank, "span": span, "pieces": pieces}
            )
        after_blank = not line.strip()
        start = end + 1
    return rows
