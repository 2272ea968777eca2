"""Verdicts on a draft as documents for others: Markdown, CSV, schema.org ClaimReview.

All three are made of text that nobody here wrote, so each is guarded against what its reader
might take for a command: Markdown is escaped, cells that a spreadsheet would compute are
quoted, and JSON-LD holds no ``<``, so that a page may keep it in a script element.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Context, Decimal
from pathlib import PurePath
from typing import Any

from kaoju.reports import (
    Marked,
    Report,
    in_quote,
    in_sentence,
    label,
    place,
    sign,
    stated_by,
    summary,
    told,
)
from kaoju.types import EVIDENCED, Citation, Status, Verdict

# Markdown -------------------------------------------------------------------------------


def markdown(report: Report) -> str:
    """A report to read and to file: every figure in its sentence, the verdict, the quotes."""
    language = report.language
    heading = told("title", language).format(name=_plain(_file_name(report)))
    checked = told("checked", language).format(day=report.checked_on.isoformat())
    lines = [f"# {heading}", "", f"{checked} {_plain(summary(report))}"]
    for verdict in report.verdicts:
        lines += ["", *_section(report, verdict)]
    return "\n".join(lines) + "\n"


def _section(report: Report, verdict: Verdict) -> Iterator[str]:
    language = report.language
    own = verdict.figure.language
    line, column = place(report.draft, verdict.figure.span)
    where = told("place", language).format(line=line, column=column)
    name = f"{sign(verdict.status)} {label(verdict.status, own)}"
    sentence = in_sentence(report, verdict)
    yield f"## {_plain(name)} · {_plain(sentence.marked)}"
    yield ""
    yield f"{where}{told('colon', language)}{_bold(sentence)}"
    yield ""
    yield _plain(verdict.explanation)
    for citation, stated in zip(verdict.evidence, stated_by(verdict), strict=True):
        yield ""
        yield f"> {_bold(in_quote(citation, stated))}"
        yield ">"
        day = citation.published_on.isoformat() if citation.published_on else None
        source = [citation.title, day or told("undated", language), citation.source]
        yield f"> — {_plain(' · '.join(filter(None, source)))} · `{_reference(citation)}`"


def _file_name(report: Report) -> str:
    return PurePath(report.name).name


def _reference(citation: Citation) -> str:
    return f"{citation.document_id}[{citation.span.start}:{citation.span.end}]"


def _bold(marked: Marked) -> str:
    """One line; markers of emphasis would not open beside Chinese letters, so tags do it."""
    line = "\0".join((marked.before, marked.marked, marked.after))  # no text holds a NUL
    before, inside, after = _plain(line).split("\0")
    return f"{before}<strong>{inside}</strong>{after}"


# What opens a mark of Markdown's anywhere (on some sites ``$`` opens a formula), and what
# opens a heading or a list at the start of a line.
_MARKS = re.compile(r"([\\`*_\[\]<>&~|$])")
_OPENER = re.compile(r"^(\d*)([#+=\-.)])")


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    escaped = _MARKS.sub(r"\\\1", re.sub(r"\s+", " ", text).strip())
    return _OPENER.sub(r"\1\\\2", escaped)


# CSV ------------------------------------------------------------------------------------

COLUMNS = (
    "line",
    "column",
    "start",
    "end",
    "figure",
    "status",
    "label",
    "rule",
    "explanation",
    "slip",
    "absolute",
    "relative",
    "factor",
    "unit",
    "sentence",
    "stated",
    "quote",
    "title",
    "published_on",
    "source",
    "reference",
    "other_references",
)
# What spreadsheets take for the start of a formula, the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_table(report: Report) -> str:
    """A table with one row a figure, the deciding quote beside it (RFC 4180).

    It starts with a byte order mark, without which spreadsheets misread Chinese. A cell of
    words that would be a formula has a ``'`` before it.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(report, verdict) for verdict in report.verdicts)
    return "\ufeff" + table.getvalue()


def _row(report: Report, verdict: Verdict) -> list[str]:
    figure, difference = verdict.figure, verdict.difference
    line, column = place(report.draft, figure.span)
    sentence = in_sentence(report, verdict)
    row: dict[str, Any] = {
        "line": line,
        "column": column,
        "start": figure.span.start,
        "end": figure.span.end,
        "figure": figure.surface,
        "status": verdict.status,
        "label": label(verdict.status, figure.language),
        "rule": verdict.rule,
        "explanation": verdict.explanation,
        "sentence": f"{sentence.before}{sentence.marked}{sentence.after}",
    }
    if difference is not None:
        row |= {
            "slip": difference.slip,
            "absolute": difference.absolute,
            "relative": _ratio(difference.relative),
            "factor": _ratio(difference.factor),
            "unit": difference.unit,
        }
    if verdict.evidence:
        first, stated = verdict.evidence[0], stated_by(verdict)[0]
        row |= {
            "stated": stated.surface if stated is not None else None,
            "quote": first.quote,
            "title": first.title,
            "published_on": first.published_on,
            "source": first.source,
            "reference": _reference(first),
            "other_references": "; ".join(map(_reference, verdict.evidence[1:])),
        }
    return [_cell(row.get(name)) for name in COLUMNS]


def _ratio(value: Decimal | None) -> Decimal | None:
    return None if value is None else Context(prec=6).plus(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, int):
        return str(value)
    text = str(value).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text


# ClaimReview ----------------------------------------------------------------------------

_LONGEST_CLAIM = 74  # what Google asks for is fewer than 75
# From 1, false, to 5, true, as fact checkers use the scale.
RATINGS = {
    Status.CONTRADICTED: 1,
    Status.OUTDATED: 2,
    Status.NEEDS_CONTEXT: 3,
    Status.CONFLICTING_SOURCES: 3,
    Status.SUPPORTED_ROUNDED: 4,
    Status.SUPPORTED: 5,
}


def claim_reviews(report: Report) -> list[dict[str, Any]]:
    """A schema.org ClaimReview for each figure that the articles say something of.

    A draft is not published, so there is no ``url`` of the review; whoever publishes it adds
    one. Figures without evidence are left out: nothing was reviewed.
    """
    return [_review(report, v) for v in report.verdicts if v.status in EVIDENCED]


def claimreview(report: Report) -> str:
    """The ClaimReviews as one JSON-LD document."""
    written = json.dumps(claim_reviews(report), ensure_ascii=False, indent=2)
    return written.replace("<", "\\u003c") + "\n"


def _review(report: Report, verdict: Verdict) -> dict[str, Any]:
    language = verdict.figure.language
    sentence = in_sentence(report, verdict)
    whole = f"{sentence.before}{sentence.marked}{sentence.after}"
    claim: dict[str, Any] = {
        "@type": "Claim",
        "text": " ".join(whole.split()),
        "appearance": {"@type": "CreativeWork", "name": _file_name(report)},
    }
    if report.dated is not None:
        claim["datePublished"] = report.dated.isoformat()
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": shortened(sentence, _LONGEST_CLAIM),
        "datePublished": report.checked_on.isoformat(),
        "author": {"@type": "Organization", "name": "kaoju"},
        "inLanguage": str(language),
        "itemReviewed": claim,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[verdict.status],
            "bestRating": max(RATINGS.values()),
            "worstRating": min(RATINGS.values()),
            "alternateName": label(verdict.status, language),
            "ratingExplanation": verdict.explanation,
        },
        "citation": [_quotation(citation) for citation in verdict.evidence],
    }


def _quotation(citation: Citation) -> dict[str, Any]:
    article: dict[str, Any] = {"@type": "Article", "headline": citation.title}
    if citation.published_on is not None:
        article["datePublished"] = citation.published_on.isoformat()
    if re.match(r"https?://", citation.source):
        article["url"] = citation.source
    return {"@type": "Quotation", "text": citation.quote, "isPartOf": article}


def shortened(marked: Marked, longest: int) -> str:
    """A sentence on one line in at most ``longest`` characters, what is marked in it kept.

    A sentence that is too long is cut before words, and both cuts are told by an ellipsis.
    """
    before, inside, after = (
        re.sub(r"\s+", " ", part) for part in (marked.before, marked.marked, marked.after)
    )
    before, after = before.lstrip(), after.rstrip()
    if len(before) + len(inside) + len(after) <= longest:
        return f"{before}{inside}{after}"
    room = longest - len(inside) - 2
    if room < 0:
        return f"{inside[: longest - 1]}…"
    left = min(len(before), max(room - len(after), room * 2 // 3))
    right = min(len(after), room - left)
    head = before if left == len(before) else f"…{_whole_words(before[-left:] if left else '')}"
    tail = after if right == len(after) else f"{_whole_words(after[:right][::-1])[::-1]}…"
    return f"{head}{inside}{tail}"


def _whole_words(text: str) -> str:
    """Without the rest of a Latin word that a cut before the text has left."""
    return re.sub(r"^[A-Za-z0-9'’,.-]+(?=\s)", "", text).lstrip() if text else text
