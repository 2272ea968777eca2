"""Web pages to the article in them, as plain text with headings, and what they say of it.

Part of `reading`. Which part of a page is the article is trafilatura's decision; headings,
lists and tables become readable lines here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from kaoju.dateline import as_day, printed_day
from kaoju.errors import UnreadableArticleError
from kaoju.markup import Body, Writer, printed_address, without_controls
from kaoju.metadata import Metadata, as_language, from_json_ld, from_meta
from kaoju.types import Heading, Span

_FRAME = (
    "//script|//style|//noscript|//template|//nav|//footer|//aside|//form|//header[not(.//h1)]"
    "|//head|//comment()|//button|//select|//svg|//iframe"
)
# The parser keeps nothing below a depth of 256; tables and lists need a part of it.
_DEEPEST = 100
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
# Elements that are empty, or that the next of their kind closes.
_NOT_NESTED = re.compile(
    "html|head|body|title|meta|link|base|script|style|textarea|br|hr|img|input|wbr|col|area|embed"
    "|source|track|param|p|li|d[td]|t[rdh]|thead|tbody|tfoot|option|h[1-6]"
)
# What names the frame of a page where div takes the place of nav and footer.
_FRAME_NAMES = re.compile(
    r"(?:site|page|main|top|global|bottom)?[-_]?(?:nav(?:bar|igation)?|menu|foot(?:er)?|crumbs?"
    r"|breadcrumbs?|side-?bar|copyright|related|recommend(?:ed|s)?|share|ads?|advert(?:isement)?)",
    re.IGNORECASE,
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

    Raises:
        UnreadableArticleError: The page is nested so deep that a part of it would be lost.
    """
    html = without_controls(re.sub(r"^\s*<\?xml[^>]*\?>", "", html))
    root, too_deep = _parsed(html)
    if too_deep:
        html = _shallow(html)
        root, too_deep = _parsed(html)
        if too_deep:
            raise UnreadableArticleError(
                "the page nests its elements too deep to be read; save the article's text as .txt"
            )
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


def _parsed(html: str) -> tuple[Any, bool]:
    """The page's root, None when it has none; whether the parser lost what lies too deep."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser()
    try:
        root = lxml_html.document_fromstring(html, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    return root, any("Excessive depth" in error.message for error in parser.error_log)


def _shallow(html: str) -> str:
    """The page with its boxes nested at most `_DEEPEST` deep; those below become line breaks."""
    depth = 0

    def level(match: re.Match[str]) -> str:
        nonlocal depth
        closes, name = match[1], match[2].lower()
        if _NOT_NESTED.fullmatch(name):
            return match.group()
        depth = max(0, depth - 1) if closes else depth + 1
        if depth + bool(closes) <= _DEEPEST:
            return match.group()
        return "<br>" if name in _BLOCKS else ""

    return re.sub(r"<br>(?:\s*<br>)+", "<br>", _TAG.sub(level, html))


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
    _drop_named_frame(copy)
    if _is_list_of_links(copy, "a"):
        return None
    writer = Writer()
    _write_blocks(copy, writer)
    body = writer.body()
    return body if body.text else None


def _drop_named_frame(root: Any) -> None:
    """Take out the boxes whose class or id names a part of the frame, none with the headline.

    One that holds half of the page's text is the page itself, whatever it is called.
    """
    half = _length(root) / 2
    named = [
        element
        for element in root.iter("div", "section", "ul", "ol", "p", "table", "span")
        if any(
            _FRAME_NAMES.fullmatch(name)
            for name in f"{element.get('class') or ''} {element.get('id') or ''}".split()
        )
    ]
    for element in named:
        if element.find(".//h1") is None and _length(element) < half:
            element.drop_tree()


def _length(element: Any) -> int:
    return len("".join("".join(element.itertext()).split()))


def _is_list_of_links(element: Any, tag: str) -> bool:
    linked = sum(_length(e) for e in element.iter(tag))
    return linked > 0.7 * _length(element)


def _write_blocks(element: Any, writer: Writer) -> None:
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
    text = re.sub("[\ud800-\udfff]", "\ufffd", text.replace("\r", ""))  # JSON can spell them
    lines = [line.strip() for line in text.split("\n")]
    return Body("\n".join(line for line in lines if line))


def _rendered(root: Any) -> Body:
    writer = Writer()
    _render(root, writer)
    return writer.body()


def _render(element: Any, writer: Writer) -> None:
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


def _render_list(element: Any, writer: Writer, indent: str = "", tight: bool = False) -> None:
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
                pieces.append(printed_address(inner, child.get("target") or ""))
        pieces.append(_flat(child.tail or ""))
    lines = "".join(pieces).split("\n")
    return "\n".join(re.sub(r"[ \t\u3000]+", " ", line).strip() for line in lines)


def _flat(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)
