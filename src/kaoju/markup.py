"""Markdown and web pages to plain text with headings.

Part of `reading`. Markdown becomes the text that a reader sees, its links with their
addresses after them. Of a web page the article is kept and the rest left out (trafilatura
decides which is which), headings, lists and tables in readable lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kaoju.dateline import as_day, printed_day
from kaoju.metadata import Metadata, as_language, from_json_ld, from_meta
from kaoju.types import Heading, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article and the headings in it."""

    text: str
    headings: tuple[Heading, ...] = ()


class _Writer:
    """Collects lines of text and remembers which of them are headings."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._headings: list[tuple[int, int]] = []  # line number, level

    def block(self, text: str, *, level: int | None = None, tight: bool = False) -> None:
        """Add a block of lines, after a blank line unless it is tight to the one before."""
        text = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
        if not text.strip():
            return
        if self._lines and not tight:
            self._lines.append("")
        if level is not None:
            text = " ".join(text.split())
            self._headings.append((len(self._lines), level))
        self._lines.extend(text.split("\n"))

    def body(self) -> Body:
        """The text so far, with its headings."""
        starts = []
        at = 0
        for line in self._lines:
            starts.append(at)
            at += len(line) + 1
        headings = tuple(
            Heading(Span(starts[n], starts[n] + len(self._lines[n])), level)
            for n, level in self._headings
        )
        return Body("\n".join(self._lines), headings)


# Markdown -------------------------------------------------------------------------------


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def body_from_markdown(text: str) -> Body:
    """Render Markdown (CommonMark with tables) as plain text.

    Headings become lines, bullets and numbers stay, emphasis marks go; a link keeps its
    text with the address in parentheses after it where the two differ.
    """
    writer = _Writer()
    _MarkdownText(writer).write(_markdown().parse(text))
    return writer.body()


class _MarkdownText:
    def __init__(self, writer: _Writer) -> None:
        self._writer = writer
        self._lists: list[int | None] = []  # the next number of each open list; None: bullets
        self._marker: str | None = None  # waiting to be printed before the next block
        self._first_item = False
        self._row: list[str] | None = None
        self._level: int | None = None

    def write(self, tokens: list[Token]) -> None:
        for token in tokens:
            name = token.type
            if name == "heading_open":
                self._level = int(token.tag[1])
            elif name in ("bullet_list_open", "ordered_list_open"):
                start = token.attrGet("start")
                ordered = name == "ordered_list_open"
                self._lists.append(int(start if start is not None else 1) if ordered else None)
                self._first_item = len(self._lists) == 1
            elif name in ("bullet_list_close", "ordered_list_close"):
                self._lists.pop()
            elif name == "list_item_open":
                self._marker = self._next_marker(token)
            elif name == "tr_open":
                self._row = []
            elif name == "tr_close" and self._row is not None:
                row, self._row = self._row, None
                self._emit(" | ".join(row), tight=self._in_table)
                self._in_table = True
            elif name == "table_open":
                self._in_table = False
            elif name == "inline":
                self._inline(token)
            elif name in ("fence", "code_block"):
                self._emit(token.content)
            elif name == "html_block":
                self._emit(_text_of_html(token.content))

    _in_table = False

    def _next_marker(self, token: Token) -> str:
        number = self._lists[-1]
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}{token.markup or '.'} "

    def _inline(self, token: Token) -> None:
        text = _inline_text(token.children or [])
        if self._row is not None:
            self._row.append(" ".join(text.split()))
        elif self._level is not None:
            level, self._level = self._level, None
            self._writer.block(text, level=level)
        else:
            self._emit(text)

    def _emit(self, text: str, *, tight: bool = False) -> None:
        if not self._lists:
            self._writer.block(text, tight=tight)
            return
        indent = "  " * (len(self._lists) - 1)
        lead, self._marker = self._marker or "  ", None
        opens, self._first_item = self._first_item, False
        lines = text.strip("\n").split("\n")
        self._writer.block(
            "\n".join(
                f"{indent}{lead if n == 0 else ' ' * len(lead)}{line}"
                for n, line in enumerate(lines)
            ),
            tight=not opens,
        )


def _inline_text(tokens: list[Token]) -> str:
    pieces: list[str] = []
    links: list[tuple[str, int]] = []
    for n, token in enumerate(tokens):
        if token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(_soft_break(pieces, tokens, n + 1))
        elif token.type == "hardbreak":
            pieces.append("\n")
        elif token.type == "image":
            pieces.append(_inline_text(token.children or []) or token.content)
        elif token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), len(pieces)))
        elif token.type == "link_close" and links:
            address, since = links.pop()
            pieces.append(_printed_address("".join(pieces[since:]), address))
        elif token.type == "html_inline" and re.match(r"<br\s*/?>", token.content, re.IGNORECASE):
            pieces.append("\n")
    return "".join(pieces)


def _soft_break(pieces: list[str], after: list[Token], n: int) -> str:
    """A wrapped line goes on with a blank, but not inside Chinese."""
    before = pieces[-1][-1:] if pieces else ""
    following = next((t.content[:1] for t in after[n : n + 4] if t.content), "")
    return "" if _CJK.match(before) and _CJK.match(following) else " "


def _printed_address(text: str, address: str) -> str:
    """What to print after a link's text so that its address is not lost."""
    from urllib.parse import unquote

    if not re.match(r"(?:https?|ftp):", address) or _bare(address) == _bare(text):
        return ""
    shown = unquote(address)
    readable = shown.isprintable() and not re.search(r"[\s()（）]", shown) and "\ufffd" not in shown
    return f" ({shown if readable else address})"


def _bare(address: str) -> str:
    from urllib.parse import unquote

    return re.sub(r"^(?:https?:)?//|/$", "", unquote(address.strip()))


def _text_of_html(html: str) -> str:
    from lxml import html as lxml_html

    if not re.search(r"<[a-zA-Z]", html):
        return ""
    try:
        root = lxml_html.fragment_fromstring(html, create_parent="div")
    except (ValueError, AssertionError):
        return ""
    for element in root.xpath(".//script|.//style|.//comment()"):
        element.drop_tree()
    return "\n".join(line.strip() for line in root.text_content().split("\n") if line.strip())


# Web pages ------------------------------------------------------------------------------


_FRAME = (
    "//script|//style|//noscript|//template|//nav|//footer|//aside|//form|//header[not(.//h1)]"
    "|//head|//comment()|//button|//select|//svg|//iframe"
)
_BLOCKS = frozenset(
    [
        *(
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
        ),
        *(
            "pre",
            "blockquote",
            "div",
            "section",
            "article",
            "main",
            "header",
            "body",
            "figure",
            "hr",
        ),
    ]
)


def article_from_html(html: str) -> tuple[Body | None, Metadata]:
    """Find the article in a web page.

    Args:
        html: The decoded page.

    Returns:
        Its text with headings, None when the page holds no article, and what the page
        says about it. The headline opens the text when the page prints it.
    """
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    root = _parsed(html)
    if root is None:
        return None, Metadata()
    stated, described_body = _metadata(root)
    extracted = _extracted(html)
    if extracted is not None and _is_list_of_links(extracted.body, "ref"):
        return None, stated
    body = _rendered(extracted.body) if extracted is not None else None
    if body is None or "\n" not in body.text:
        # trafilatura runs a short page together into one line.
        body = _whole_page(root)
    if described_body and (body is None or len(body.text) < 0.6 * len(described_body)):
        body = _body_from_description(described_body)
    if body is None or not body.text.strip():
        return None, stated
    if stated.published_on is None:
        stated = _printed_date(root).over(stated)
    if stated.published_on is None and extracted is not None:
        estimated = as_day(extracted.date)
        if estimated is not None:
            note = f"published date {estimated} estimated from the page, which does not state it"
            stated = Metadata(published_on=estimated, notes=(note,)).over(stated)
    title = _best_title(root, stated.title, extracted)
    stated = Metadata(title=title).over(stated)
    return _with_headline(root, body, title), stated


def _parsed(html: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    try:
        return lxml_html.document_fromstring(html)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _metadata(root: Any) -> tuple[Metadata, str | None]:
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            meta.setdefault(name.strip().lower(), []).append(element.get("content").strip())
    canonical = next((e.get("href") for e in root.xpath("//link[@rel='canonical']")), None)
    scripts = [
        e.text_content()
        for e in root.iter("script")
        if (e.get("type") or "").lower().startswith("application/ld+json")
    ]
    described, body = from_json_ld(scripts)
    times = root.xpath("//time[@datetime]")
    stated_times = root.xpath("//time[@pubdate or @itemprop='datePublished'][@datetime]")
    time = Metadata(
        published_on=next(
            (
                as_day(e.get("datetime"))
                for e in [*stated_times, *times]
                if as_day(e.get("datetime"))
            ),
            None,
        ),
        language=as_language(root.get("lang") or root.get("xml:lang")),
    )
    return described.over(from_meta(meta, canonical)).over(time), body


def _extracted(html: str) -> Any:
    import logging

    import trafilatura

    # A page without an article is our own finding; the library would report it on stderr too.
    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction(
        html,
        include_comments=False,
        include_tables=True,
        include_links=True,
        include_formatting=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _best_title(root: Any, stated: str | None, extracted: Any) -> str | None:
    """The headline: as printed in the page's one h1 where the stated title contains it."""
    printed = [" ".join(e.text_content().split()) for e in root.iter("h1")]
    printed = [heading for heading in printed if heading]
    named = " ".join((root.findtext(".//title") or "").split())
    for title in (stated, named):
        for heading in printed:
            if title and len(heading) >= 4 and heading in title:
                return heading
    if stated:
        return stated
    if len(printed) == 1:
        return printed[0]
    if named:
        return re.split(r"\s+[|–—-]\s+|\s*[_|]\s*", named)[0] or named
    return getattr(extracted, "title", None)


def _with_headline(root: Any, body: Body, title: str | None) -> Body:
    """Open the text with the headline when the page prints it and the extraction lost it."""
    if not title:
        return body
    opening = body.text[: len(title) + 400]
    if title in opening:
        if body.headings or not body.text.startswith(title):
            return body
        first = body.text.split("\n", 1)[0]
        headline = (Heading(Span(0, len(title)), 1),) if first == title else ()
        return Body(body.text, headline)
    printed = any(" ".join(e.text_content().split()) == title for e in root.iter("h1"))
    if not printed:
        return body
    lead = f"{title}\n\n"
    shifted = (Heading(h.span.shift(len(lead)), h.level) for h in body.headings)
    return Body(lead + body.text, (Heading(Span(0, len(title)), 1), *shifted))


def _printed_date(root: Any) -> Metadata:
    """The day on a date line printed by the page, the first after its headline."""
    headline_seen = root.find(".//h1") is None
    for element in root.iter("h1", "p", "span", "div", "time", "em", "i", "small", "li", "td"):
        if element.tag == "h1":
            headline_seen = True
        elif headline_seen:
            text = " ".join(element.text_content().split()) if len(element) < 8 else ""
            day = printed_day(text) if 6 <= len(text) <= 100 else None
            if day is not None:
                return Metadata(
                    published_on=day, notes=(f"published date {day} from the printed date line",)
                )
    return Metadata()


def _whole_page(root: Any) -> Body | None:
    """All that a page prints outside its frame, a block a line; None for a list of links."""
    copy = deepcopy(root)
    for element in copy.xpath(_FRAME):
        if element.getparent() is not None:
            element.drop_tree()
    if _is_list_of_links(copy, "a"):
        return None
    writer = _Writer()
    _write_blocks(copy, writer)
    body = writer.body()
    return body if body.text else None


def _is_list_of_links(element: Any, tag: str) -> bool:
    linked = sum(len("".join("".join(e.itertext()).split())) for e in element.iter(tag))
    return linked > 0.7 * len("".join("".join(element.itertext()).split()))


def _write_blocks(element: Any, writer: _Writer) -> None:
    """Write an element's text, a new block wherever a block element begins or ends."""
    line: list[str] = [_flat(element.text or "")]

    def flush(tag: str) -> None:
        lines = (" ".join(part.split()) for part in "".join(line).split("\n"))
        text = "\n".join(part for part in lines if part)
        line.clear()
        if tag == "li" and text:
            text = f"- {text}"
        level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else None
        writer.block(text, level=level, tight=tag in ("li", "tr"))

    def walk(parent: Any, tag: str) -> None:
        for child in parent:
            if child.tag == "br":
                line.append("\n")
            elif child.tag in _BLOCKS:
                flush(tag)
                line.append(_flat(child.text or ""))
                walk(child, child.tag)
                flush(child.tag)
            else:
                line.append(
                    (" | " if child.tag in ("td", "th") and child.getprevious() is not None else "")
                    + _flat(child.text or "")
                )
                walk(child, tag)
            line.append(_flat(child.tail or ""))

    walk(element, "div")
    flush("div")


def _body_from_description(text: str) -> Body:
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    return Body("\n".join(line for line in lines if line))


def _rendered(root: Any) -> Body:
    writer = _Writer()
    _render(root, writer)
    return writer.body()


def _render(element: Any, writer: _Writer) -> None:
    if element.text and element.text.strip():
        writer.block(_flat(element.text))
    for child in element:
        tag = child.tag
        if tag == "head":
            level = re.sub(r"\D", "", child.get("rend") or "") or "2"
            writer.block(_line(child), level=int(level))
        elif tag in ("p", "ab", "fw"):
            writer.block(_paragraph(child))
        elif tag == "list":
            _render_list(child, writer)
        elif tag == "table":
            rows = [" | ".join(_line(c) for c in r.iter("cell")) for r in child.iter("row")]
            for n, row in enumerate(row for row in rows if row.strip(" |")):
                writer.block(row, tight=n > 0)
        elif tag in ("quote", "item", "div", "body", "main", "section"):
            if any(c.tag in ("p", "list", "head", "table", "quote") for c in child):
                _render(child, writer)
            else:
                writer.block(_paragraph(child))
        elif tag == "graphic":
            pass
        else:
            writer.block(_paragraph(child))
        if child.tail and child.tail.strip():
            writer.block(_flat(child.tail))


def _render_list(element: Any, writer: _Writer, indent: str = "", tight: bool = False) -> None:
    ordered = element.get("rend") == "ol"
    number = 0
    for item in element:
        if item.tag == "list":
            _render_list(item, writer, indent + "  ", tight=True)
            continue
        text = _paragraph(item, leave_out=("list",)).strip()
        number += 1
        if text:
            marker = f"{number}. " if ordered else "- "
            flat = re.sub(r"\s*\n\s*", "\n" + indent + "  ", text)
            writer.block(f"{indent}{marker}{flat}", tight=tight or number > 1)
        for inner in item.iter("list"):
            _render_list(inner, writer, indent + "  ", tight=True)


def _line(element: Any) -> str:
    return " ".join(_paragraph(element).split())


def _paragraph(element: Any, leave_out: Iterable[str] = ()) -> str:
    """The text of an element: line breaks kept, links with their addresses."""
    pieces = [_flat(element.text or "")]
    for child in element:
        if child.tag == "lb":
            pieces.append("\n")
        elif child.tag not in leave_out and child.tag != "graphic":
            inner = _paragraph(child, leave_out)
            pieces.append(inner)
            if child.tag == "ref":
                pieces.append(_printed_address(inner, child.get("target") or ""))
        pieces.append(_flat(child.tail or ""))
    lines = "".join(pieces).split("\n")
    return "\n".join(re.sub(r"[ \t\u3000]+", " ", line).strip() for line in lines)


def _flat(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)
