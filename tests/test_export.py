"""Reports on a draft: the same verdicts as Markdown, as a table and as ClaimReview."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kaoju import export
from kaoju.draft import read_draft
from kaoju.figures import find_figures
from kaoju.reports import Marked, Report, label, place, sign, summary
from kaoju.types import (
    EVIDENCED,
    Citation,
    Difference,
    Language,
    Span,
    Status,
    Verdict,
)

QUOTE = "The market is worth about $300 billion."
HOSTILE = "=HYPERLINK(1) <script>alert(1)</script> | **a** [b](c) `d` $x$ & 7%"


def citation(quote: str = QUOTE, source: str = "Example Wire") -> Citation:
    return Citation(
        document_id="market",
        version="1",
        passage_id="p-1",
        span=Span(100, 100 + len(quote)),
        quote=quote,
        title="The market",
        source=source,
        published_on=date(2025, 12, 30),
    )


def report(
    draft: str, status: Status = Status.CONTRADICTED, *evidence: Citation, form: str = "text"
) -> Report:
    """A report in which every figure of a draft has the same verdict."""
    shown = read_draft(draft, form)
    cited: Sequence[Citation] = evidence or ((citation(),) if status in EVIDENCED else ())
    verdicts = [
        Verdict(
            figure=replace(figure, span=shown.printed_span(figure.span)),
            status=status,
            rule="outside_about",
            evidence=tuple(cited),
            difference=Difference(Decimal(-100), Decimal(-1) / 3, Decimal(2) / 3, "USD"),
            explanation=f"The articles say otherwise than “{figure.surface}”.",
            sentence=shown.printed_span(Span(0, len(shown.text))),
        )
        for figure in find_figures(shown.text)
    ]
    return Report("draft.md", shown, verdicts, checked_on=date(2026, 1, 2))


def rows(table: str) -> list[dict[str, str]]:
    assert table.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(table[1:], newline="")))


# Words ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_label_in_both_languages_and_a_sign_of_its_own(status: Status) -> None:
    assert re.search("[\u4e00-\u9fff]", label(status, Language.ZH))
    assert label(status, Language.EN).isascii()
    assert [sign(other) for other in Status].count(sign(status)) == 1


def test_the_summary_counts_in_the_language_of_the_draft() -> None:
    assert summary(report("It rose 5% and then 7%.")) == "figures: 2 (2 contradicted)"
    assert summary(report("先涨5%，后涨7%。")) == "共 2 个数字：与文章不符 2"
    assert summary(report("市场很安静。")) == "草稿里没有数字。"


def test_a_place_is_a_line_and_a_column_in_code_points() -> None:
    draft = "一\r\n😀𠮷 5%"
    (figure,) = find_figures(draft)
    assert place(draft, figure.span) == (2, 4)


# Markdown -------------------------------------------------------------------------------


def test_markdown_shows_the_sentence_and_the_quote_with_their_figures_marked() -> None:
    written = export.markdown(report("It is worth $400 billion."))
    html = MarkdownIt().render(written)
    assert "<h1>Draft check: draft.md</h1>" in html
    assert "It is worth <strong>$400 billion</strong>." in html
    assert f"<strong>{QUOTE}</strong>" in html
    assert "The market · 2025-12-30 · Example Wire" in html
    assert "<code>market[100:139]</code>" in html


@given(st.text(alphabet="a1 <>*_`#|[]()\\&$~+=.-!\n甲", max_size=20))
def test_no_text_is_markup_in_markdown(words: str) -> None:
    draft = f"{words} 7% {words}"
    quote = f"{words}x"
    written = export.markdown(report(draft, Status.CONTRADICTED, citation(quote)))
    html = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(written)
    kept = {"h1", "h2", "p", "strong", "blockquote", "code"}
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= kept
    shown = re.sub("<[^>]*>", "", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(entity, character)
    assert " ".join(quote.split()) in " ".join(shown.split())


# The table ------------------------------------------------------------------------------


def test_a_table_has_a_row_for_each_figure_as_rfc_4180_says() -> None:
    two = report('He said "5%",\nthen 7%.', Status.CONTRADICTED, citation(), citation("Other."))
    table = export.csv_table(two)
    assert table.count("\r\n") == 3
    first, second = rows(table)
    assert list(first) == list(export.COLUMNS)
    assert (first["line"], first["column"], first["figure"]) == ("1", "10", "5%")
    assert (second["line"], second["figure"], second["status"]) == ("2", "7%", "contradicted")
    assert first["sentence"] == 'He said "5%",\nthen 7%.'
    assert (first["absolute"], first["relative"]) == ("-100", "-0.333333")
    assert first["quote"] == QUOTE
    assert first["reference"] == "market[100:139]"
    assert first["other_references"] == "market[100:106]"


@pytest.mark.parametrize("opener", ["=", "+", "-", "@", "＝", "－", "\t="])
def test_no_cell_of_a_table_is_a_formula(opener: str) -> None:
    draft = f"{opener}1+cmd|' /C calc'!A0 7%"
    table = rows(export.csv_table(report(draft, Status.CONTRADICTED, citation(f"{opener}A1"))))
    for row in table:
        assert row["sentence"].startswith(f"'{opener.strip()}")
        assert row["quote"].startswith(f"'{opener.strip()}")
        for name, cell in row.items():
            number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            assert number or not cell.startswith(("=", "+", "-", "@", "＝", "－")), name


def test_what_was_not_found_has_a_row_without_a_quote() -> None:
    (row,) = rows(export.csv_table(report("It rose 7%.", Status.NOT_FOUND)))
    assert (row["status"], row["label"], row["quote"]) == ("not_found", "not found", "")


# ClaimReview ----------------------------------------------------------------------------

# The properties used here, by type, as schema.org defines them (those of supertypes included).
PROPERTIES = {
    "ClaimReview": {
        *("claimReviewed", "datePublished", "author", "inLanguage", "itemReviewed"),
        *("reviewRating", "citation"),
    },
    "Claim": {"text", "appearance", "datePublished"},
    "CreativeWork": {"name"},
    "Organization": {"name"},
    "Rating": {"ratingValue", "bestRating", "worstRating", "alternateName", "ratingExplanation"},
    "Quotation": {"text", "isPartOf"},
    "Article": {"headline", "datePublished", "url"},
}


def test_claim_reviews_are_schema_org_and_one_for_each_figure_with_evidence() -> None:
    draft = report("It is worth $400 billion.", Status.CONTRADICTED, citation(source="https://a.b"))
    (review,) = json.loads(export.claimreview(draft))
    nodes = [review]
    while nodes:
        node = nodes.pop()
        keys = set(node) - {"@type", "@context"}
        assert keys <= PROPERTIES[node["@type"]]
        for value in node.values():
            nodes += [v for v in (value if isinstance(value, list) else [value]) if type(v) is dict]
    assert review["@context"] == "https://schema.org"
    assert review["claimReviewed"] == "It is worth $400 billion."
    assert review["datePublished"] == "2026-01-02"
    assert review["author"] == {"@type": "Organization", "name": "kaoju"}
    assert review["itemReviewed"]["appearance"]["name"] == "draft.md"
    rating = review["reviewRating"]
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, 1, 5)
    assert rating["alternateName"] == "contradicted"
    assert review["citation"][0]["text"] == QUOTE
    assert review["citation"][0]["isPartOf"]["url"] == "https://a.b"
    assert export.claim_reviews(report("It rose 7%.", Status.NOT_FOUND)) == []
    assert export.claim_reviews(report("It rose 7%.", Status.NOT_CHECKABLE)) == []


def test_every_verdict_with_evidence_has_a_rating() -> None:
    assert set(export.RATINGS) == EVIDENCED


def test_a_claim_is_what_readers_of_the_draft_see() -> None:
    draft = report("It is worth **$400 billion**, *they* say.", form="markdown")
    (review,) = export.claim_reviews(draft)
    assert review["claimReviewed"] == "It is worth $400 billion, they say."


def test_claim_reviews_cannot_leave_a_script_element() -> None:
    draft = report(f"{HOSTILE}</script>")
    assert "<" not in export.claimreview(draft)
    assert json.loads(export.claimreview(draft))[0]["itemReviewed"]["text"] == f"{HOSTILE}</script>"


@given(
    st.text(alphabet="ab 甲乙𠮷😀\n", max_size=120),
    st.text(alphabet="1万%", min_size=1, max_size=90),
    st.text(alphabet="ab 甲乙𠮷😀\n", max_size=120),
)
def test_a_shortened_claim_is_short_and_keeps_its_figure(
    before: str, inside: str, after: str
) -> None:
    short = export.shortened(Marked(before, inside, after), 74)
    assert 0 < len(short) < 75
    if len(inside) <= 72:
        assert inside in short
    assert "\n" not in short


def test_a_claim_is_cut_between_words() -> None:
    before = "The Treasury market, which nobody had expected to become a subject of talk, is worth "
    short = export.shortened(Marked(before, "$30 trillion", " according to the same people."), 74)
    assert short == "…to become a subject of talk, is worth $30 trillion according to the…"
