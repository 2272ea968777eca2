"""Drafts as given, read as their readers see them, with the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoju.draft import Format, format_of, read_draft
from kaoju.errors import InputError
from kaoju.figures import find_figures
from kaoju.types import Span


def _printed(draft: str, words: str, form: str | None = None) -> str:
    """What stands in the draft where its readers see some words."""
    shown = read_draft(draft, form)
    at = shown.text.index(words)
    return shown.printed_span(Span(at, at + len(words))).of(draft)


@pytest.mark.parametrize(
    ("draft", "form"),
    [
        ("市场规模约3000亿美元。", Format.TEXT),
        ("2*3 is 6 and a_b_c is a name", Format.TEXT),
        ("# 标题\n\n正文", Format.MARKDOWN),
        ("It is **$300 billion**.", Format.MARKDOWN),
        ("see [the report](https://example.org/2025)", Format.MARKDOWN),
        ("<p>It is $300&nbsp;billion.</p>", Format.HTML),
    ],
)
def test_the_form_of_a_draft_is_told_from_its_looks(draft: str, form: Format) -> None:
    assert format_of(draft) is form


def test_plain_text_is_shown_as_it_is() -> None:
    draft = "約３０００億美元\n* 2 * 3"
    assert read_draft(draft).text == draft


def test_tags_and_references_are_left_out_of_what_is_shown() -> None:
    draft = "<p>It is worth <b>$300</b>&nbsp;billion &amp; more.</p><p>Next: 5%</p>"
    assert read_draft(draft).text == "\nIt is worth $300\xa0billion & more.\n\nNext: 5%\n"
    assert _printed(draft, "$300\xa0billion") == "$300</b>&nbsp;billion"


def test_scripts_comments_and_code_hold_no_text() -> None:
    draft = "<p>a</p><script>x = '7%'</script><!-- 8% --><STYLE>w:9%</STYLE><code>5%</code>b"
    assert "".join(read_draft(draft).text.split()) == "ab"


def test_what_is_never_closed_goes_on_to_the_end() -> None:
    assert read_draft("a<!-- 5%", "html").text.strip() == "a"


def test_markdown_shows_words_without_marks_and_addresses() -> None:
    draft = "## 要点\n\n- [稳定币市场](https://x.example/2030)约**3000亿**美元,_增长_ `9%`\n"
    assert read_draft(draft).text == "要点\n\n- 稳定币市场约3000亿美元,增长  \n"
    assert _printed(draft, "3000亿美元") == "3000亿**美元"


def test_front_matter_and_fences_are_no_part_of_the_text() -> None:
    draft = "---\ndate: 2025-01-01\n---\n正文5%。\n```\n6%\n```\n完。"
    assert read_draft(draft, "markdown").text.split() == ["正文5%。", "完。"]


def test_stars_between_numbers_are_no_emphasis() -> None:
    assert read_draft("# 2*3*4 = 24, 5 * 6").text == "2*3*4 = 24, 5 * 6"


def test_figures_of_a_marked_up_draft_are_found_where_they_stand() -> None:
    draft = "<p>赤字约为 GDP 的 <em>6</em>%。</p>"
    shown = read_draft(draft)
    (figure,) = find_figures(shown.text)
    assert figure.value == 6
    assert shown.printed_span(figure.span).of(draft) == "6</em>%"


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(InputError, match="docx"):
        read_draft("5%", "docx")


@given(st.text(alphabet="ab5%*_[]()<>&;!-`#\n\\/p ", max_size=80), st.sampled_from(list(Format)))
def test_every_character_shown_comes_from_the_draft(draft: str, form: Format) -> None:
    shown = read_draft(draft, form)
    for at, character in enumerate(shown.text):
        span = shown.printed_span(Span(at, at + 1))
        assert 0 <= span.start < span.end <= len(draft)
        if len(span) == 1:
            assert draft[span.start] == character or character == "\n" or character == " "


@pytest.mark.parametrize("junk", ["*", "[", "<", "<p", "&", "`", "_a", "**a", "<!--", "---\n"])
@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.HTML])
def test_hostile_drafts_are_read(junk: str, form: Format) -> None:
    assert len(read_draft(junk * 5000, form).text) <= 5000 * len(junk)
