"""Markdown to the plain text that a reader sees, with its headings.

Part of `reading`. `Body` and `Writer` are what web pages are written with, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

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


class Writer:
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


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown that stands in no other: its kind, level, text and lines from 0."""

    kind: str  # as markdown-it calls it: heading, paragraph, hr, fence, bullet_list …
    level: int | None  # of a heading
    text: str
    start: int
    end: int


def blocks_of_markdown(text: str) -> list[Block]:
    """The outermost blocks of a Markdown text, in order; ``end`` is the line after the last."""
    tokens = _markdown().parse(text)
    found = []
    for token, inner in zip(tokens, [*tokens[1:], None], strict=True):
        if token.level or token.nesting < 0 or not token.map:
            continue
        kind = token.type.removesuffix("_open")
        level = int(token.tag[1]) if kind == "heading" else None
        content = inner.content if inner is not None and inner.type == "inline" else token.content
        found.append(Block(kind, level, content, token.map[0], token.map[1]))
    return found


def body_from_markdown(text: str) -> Body:
    """Render Markdown (CommonMark with tables) as plain text.

    Headings become lines, bullets and numbers stay, emphasis marks go; a link keeps its
    text with the address in parentheses after it where the two differ.
    """
    writer = Writer()
    _MarkdownText(writer).write(_markdown().parse(text))
    return writer.body()


class _MarkdownText:
    def __init__(self, writer: Writer) -> None:
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
            pieces.append(printed_address("".join(pieces[since:]), address))
        elif token.type == "html_inline" and re.match(r"<br\s*/?>", token.content, re.IGNORECASE):
            pieces.append("\n")
    return "".join(pieces)


def _soft_break(pieces: list[str], after: list[Token], n: int) -> str:
    """A wrapped line goes on with a blank, but not inside Chinese."""
    before = pieces[-1][-1:] if pieces else ""
    following = next((t.content[:1] for t in after[n : n + 4] if t.content), "")
    return "" if _CJK.match(before) and _CJK.match(following) else " "


def printed_address(text: str, address: str) -> str:
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


def without_controls(html: str) -> str:
    """HTML with blanks for the control characters that lxml reads but will not write."""
    return re.sub("[\x01-\x08\x0b\x0c\x0e-\x1f]", " ", html)


def _text_of_html(html: str) -> str:
    from lxml import html as lxml_html

    if not re.search(r"<[a-zA-Z]", html):
        return ""
    try:
        root = lxml_html.fragment_fromstring(without_controls(html), create_parent="div")
    except (ValueError, AssertionError):
        return ""
    for element in root.xpath(".//script|.//style|.//comment()"):
        element.drop_tree()
    return "\n".join(line.strip() for line in root.text_content().split("\n") if line.strip())
