"""A draft as given to the text that its readers see, with the way back.

Plain text, Markdown and HTML: tags, markers, addresses of links, code and comments are left
out, character references are resolved, and every character kept knows where it stood, so
that what is found in the text is marked in the draft as given. The draft is never changed.
"""

from __future__ import annotations

import html
import re
from array import array
from enum import StrEnum

from kaoju.errors import InputError
from kaoju.text import FoldedText

# Each pattern is bounded or excludes its own opener, so that none backtracks far.
_TAG = r"</?(?P<name>[A-Za-z][A-Za-z0-9-]{0,40})(?:\s[^<>]{0,4000})?/?>"
_HTML = re.compile(
    r"(?P<comment><!--)|(?P<drop><!DOCTYPE[^<>]{0,500}>)"
    r"|<(?P<raw>script|style|head|code|pre)\b[^<>]{0,2000}>"
    rf"|(?P<tag>{_TAG})|(?P<reference>&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z]{{2,31}});)",
    re.DOTALL | re.IGNORECASE,
)
_CLOSERS = {"--": re.compile("-->")} | {
    name: re.compile(rf"</{name}\s{{0,20}}>", re.IGNORECASE)
    for name in ("script", "style", "head", "code", "pre")
}
_LOOKS_HTML = re.compile(
    r"<(?:!doctype|html|script|body|article|p|div|h[1-6]|br|span|strong|em|b|i|a|ul|ol|li|table|td)"
    r"(?:\s[^<>]{0,4000})?/?>",
    re.IGNORECASE,
)
_LOOKS_MARKDOWN = re.compile(
    r"^#{1,6} |^```|^---\n|\*\*[^*\n]{1,400}\*\*|\[[^\[\]\n]{1,400}\]\([^()\s]{1,2000}\)"
    r"|(?<![\w*])\*[^*\s][^*\n]{0,400}\*(?![\w*])|`[^`\n]{1,400}`",
    re.MULTILINE,
)
_MARKDOWN = re.compile(
    r"(?P<front>\A---\n(?:(?!\n---\n).){0,20000}\n---\n)"
    r"|(?P<fence>^(?P<ticks>```|~~~)[^\n]*\n(?:(?!^(?P=ticks)).)*(?:^(?P=ticks)[^\n]*$|\Z))"
    r"|(?P<code>`[^`\n]{1,400}`)"
    r"|(?P<image>!\[[^\[\]\n]{0,400}\]\([^()\s]{1,2000}(?: \"[^\"\n]{0,200}\")?\))"
    r"|(?P<link>\[(?P<label>[^\[\]\n]{1,400})\]"
    r"(?:\([^()\s]{1,2000}(?: \"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,100}\]))"
    r"|(?P<heading>^ {0,3}#{1,6}[ \t]+|^ {0,3}>[ \t]?)"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+.!|~>-]))",
    re.DOTALL | re.MULTILINE,
)
# Marks in pairs around words of one line; 2*3 and snake_case hold none.
_EMPHASIS = re.compile(
    r"(?P<mark>\*\*\*|\*\*|~~|(?<![0-9A-Za-z*])\*|(?<!\w)__?)(?=[^\s*_~])"
    r"(?P<words>[^\n]{1,400}?)(?<=[^\s\\])(?P=mark)(?![*_0-9A-Za-z])"
)
# Tags that stand inside a line of text; any other one ends what stands before it.
_INLINE = frozenset(
    """a abbr b bdi bdo big cite data del dfn em font i ins kbd mark q s samp small span strike
    strong sub sup time tt u var wbr""".split()  # noqa: SIM905 - a list of thirty strings reads worse
)
_AUTHORED = re.compile(r"<https?://[^<>\s]{1,2000}>")


class Format(StrEnum):
    """How a draft is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def format_of(draft: str) -> Format:
    """Tell how a draft is written from its looks."""
    if _LOOKS_HTML.search(draft):
        return Format.HTML
    return Format.MARKDOWN if _LOOKS_MARKDOWN.search(draft) else Format.TEXT


def read_draft(draft: str, form: Format | str | None = None) -> FoldedText:
    """Read a draft.

    Args:
        draft: As given.
        form: ``text``, ``markdown`` or ``html``; by default as it looks.

    Returns:
        The text that readers see; ``printed`` is the draft as given and ``printed_span`` the
        way back to it. A span that crosses markup comes back with the markup inside.

    Raises:
        InputError: There is no such format.
    """
    try:
        known = format_of(draft) if form is None else Format(form)
    except ValueError as error:
        raise InputError(
            f"a draft is {', '.join(Format)}, not {form!r}: leave the form out to have it told"
        ) from error
    if known is Format.TEXT:
        return FoldedText(draft, draft)
    shown = _Shown(draft)
    if known is Format.HTML:
        _read_html(shown, 0, len(draft))
    else:
        _read_markdown(shown)
    return shown.text()


class _Shown:
    """The text shown so far and where each of its characters came from."""

    def __init__(self, draft: str) -> None:
        self.draft = draft
        self._pieces: list[str] = []
        self._starts: array[int] = array("l")
        self._ends: array[int] = array("l")

    def keep(self, start: int, end: int) -> None:
        self._pieces.append(self.draft[start:end])
        self._starts.extend(range(start, end))
        self._ends.extend(range(start + 1, end + 1))

    def put(self, text: str, start: int, end: int) -> None:
        self._pieces.append(text)
        self._starts.extend([start] * len(text))
        self._ends.extend([end] * len(text))

    def text(self) -> FoldedText:
        return FoldedText("".join(self._pieces), self.draft, self._starts, self._ends)


def _read_html(shown: _Shown, start: int, end: int) -> None:
    at = start
    while (match := _HTML.search(shown.draft, at, end)) is not None:
        shown.keep(at, match.start())
        at = match.end()
        if match["reference"]:
            shown.put(html.unescape(match["reference"]), match.start(), at)
            continue
        if match["comment"] or match["raw"]:  # what is never closed goes on to the end
            closer = _CLOSERS["--" if match["comment"] else match["raw"].lower()]
            closed = closer.search(shown.draft, at, end)
            at = end if closed is None else closed.end()
        if not match["tag"] or match["name"].lower() not in _INLINE:
            shown.put("\n", match.start(), at)
    shown.keep(at, end)


def _read_markdown(shown: _Shown) -> None:
    at = 0
    draft = shown.draft
    for match in _MARKDOWN.finditer(draft):
        if match.start() < at:
            continue
        _inside_markdown(shown, at, match.start())
        at = match.end()
        if match["link"]:
            _inside_markdown(shown, match.start("label"), match.end("label"))
        elif match["front"] or match["fence"]:
            shown.put("\n", match.start(), at)
        elif match["code"]:
            shown.put(" ", match.start(), at)
    _inside_markdown(shown, at, len(draft))


def _inside_markdown(shown: _Shown, start: int, end: int) -> None:
    """Marks of emphasis are left out; tags and references of HTML may stand in Markdown."""
    at = start
    dropped = [match.span() for match in _AUTHORED.finditer(shown.draft, start, end)]
    for first, last in sorted(dropped + _marks(shown.draft, start, end)):
        if first >= at:
            _read_html(shown, at, first)
            at = last
    _read_html(shown, at, end)


def _marks(draft: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the marks of emphasis stand, those inside others included."""
    found: list[tuple[int, int]] = []
    stretches = [(start, end)]
    for _ in range(3):  # as deep as emphasis is nested
        inside = []
        for begin, stop in stretches:
            for match in _EMPHASIS.finditer(draft, begin, stop):
                size = len(match["mark"])
                found += [(match.start(), match.start() + size), (match.end() - size, match.end())]
                inside.append(match.span("words"))
        stretches = inside
    return found
