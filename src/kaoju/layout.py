"""What the lines of a plain text are: paragraphs of prose, headings, list lines.

Part of `reading`. Plain text has no marks, so a heading is told by its shape and by what
stands around it: a short line without a full stop, between paragraphs of prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kaoju.dateline import is_date_line
from kaoju.types import Heading, Span

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ENDS_PROSE = re.compile(r"[。！？!?.…；;][”’」』】）》〉)\]\"']*$")
_ENDS_OPEN = re.compile(r"[，、,；;：:…—–-]$")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\S")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节節部篇条條]|[一二三四五六七八九十]{1,3}、"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[.、．)）]\s*(?=\D)|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=\D)"
    r"|[IVX]{1,5}\.\s|(?:Chapter|Section|Part)\s+\w+",
)
_BULLET = re.compile(r"[-*•·●○■□◆▪‣▶➤✅]\s*\S")


class Kind(StrEnum):
    """What a line is."""

    PROSE = "prose"  # ends like a sentence, or is too long for a heading
    LIST = "list"  # a bullet, a number, a label with its value, an address
    DATE = "date"  # a date line
    SHORT = "short"  # a line without a full stop: a heading, a headline, an item


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text without the white space around it."""

    text: str
    span: Span
    kind: Kind
    size: float  # in Chinese characters; an English word counts as two

    @property
    def numbered(self) -> bool:
        """Whether it opens with the number of a section or an item."""
        return _NUMBERED.match(self.text) is not None

    @property
    def introduces(self) -> bool:
        """Whether it ends in a colon."""
        return self.text.endswith((":", "："))


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    found = []
    at = 0
    for raw in text.split("\n"):
        surface = raw.strip()
        if surface:
            start = at + len(raw) - len(raw.lstrip())
            size = size_of(surface)
            span = Span(start, start + len(surface))
            found.append(Line(surface, span, _kind(surface, size), size))
        at += len(raw) + 1
    return found


def size_of(surface: str) -> float:
    """Length in Chinese characters, an English word or a number counting as two."""
    han = len(re.findall(f"[{_HAN}]", surface))
    return han + 2 * len(re.findall(rf"[^\W_{_HAN}]+(?:[.,'’:-][^\W_{_HAN}]+)*", surface))


def _kind(surface: str, size: float) -> Kind:
    if is_date_line(surface):
        return Kind.DATE
    if _BULLET.match(surface) or _ADDRESS.search(surface):
        return Kind.LIST if size < 60 else Kind.PROSE
    if size > 64:
        return Kind.PROSE
    if _ENDS_PROSE.search(surface) and not _question_title(surface, size):
        return Kind.PROSE
    if size < 1:
        return Kind.LIST
    return Kind.SHORT


def _question_title(surface: str, size: float) -> bool:
    """Whether a line ending in a question mark can be a title: one clause, not too long."""
    return surface[-1] in "?？！!" and size <= 40 and not re.search(r"[。；;]", surface)


def is_headline(line: Line) -> bool:
    """Whether a line has the shape of an article's headline."""
    return 7 <= line.size <= 60 and is_title(line)


def is_title(line: Line) -> bool:
    """Whether a line can be a headline, of any length, where its place speaks for it."""
    if line.kind is not Kind.SHORT or line.introduces:
        return False
    if _ENDS_OPEN.search(line.text) or line.text.startswith(("(", "（", "[")):
        return False
    return not _is_label(line.text)


def _is_label(surface: str) -> bool:
    """Whether a line is a label with its value: 活动时间:2026 年 1 月, Contact: Jane Doe."""
    match = re.match(r"([^:：]{1,12})[:：]\s*(\S.*)", surface)
    if match is None:
        return False
    label, value = match.groups()
    return size_of(label) <= 8 and size_of(value) < 40 and bool(_LABELS.search(label))


_LABELS = re.compile(
    r"时间|日期|地点|地址|电话|邮箱|联系|详情|来源|作者|编辑|责编|记者|链接|网址|表单|对象|名额|"
    r"[奖獎]励|福利|报名|方式|规则|^\s*(?:contact|source|by|author|editor|tel|phone|email|e-mail|"
    r"date|time|when|where|venue|link|details|website|note|photo|image|credit)s?\s*$",
    re.IGNORECASE,
)


def headings_of(text: str, *, title: str | None = None) -> tuple[Heading, ...]:
    """Find the headings of one plain-text article.

    Args:
        text: The article.
        title: Its headline where known; the line that prints it is a heading of level 1.

    Returns:
        Headings in order: the headline at level 1, sections at 2, numbered parts of
        sections at 3.
    """
    lines = lines_of(text)
    found = []
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        if i == 0 and (line.text == title or (title is None and is_headline(line))):
            found.append(Heading(line.span, 1))
        elif following is not None and _is_section(lines, i):
            deeper = re.match(r"[(（]|\d+\.\d", line.text) is not None
            found.append(Heading(line.span, 3 if deeper else 2))
    return tuple(found)


def _is_section(lines: list[Line], i: int) -> bool:
    line, following = lines[i], lines[i + 1]
    if line.kind is not Kind.SHORT or line.size > 40:
        return False
    if line.introduces:
        # 如何参与: heads the list that follows; 具体行动包括: before prose is a sentence.
        return line.size <= 16 and following.kind in (Kind.LIST, Kind.SHORT)
    if _ENDS_OPEN.search(line.text) or line.size < 2 or _is_label(line.text):
        return False
    if line.numbered:
        return following.kind is Kind.PROSE or (following.numbered and following.size > 40)
    if following.kind is not Kind.PROSE or following.size < 12:
        return False
    previous = lines[i - 1] if i else None
    if previous is not None and previous.kind is Kind.SHORT and not _is_list_end(lines, i):
        # One short line after another is a list, unless prose follows a title and a subtitle.
        return i == 1
    return _looks_like_title(line.text)


def _is_list_end(lines: list[Line], i: int) -> bool:
    return i >= 2 and lines[i - 2].kind is Kind.PROSE


def _looks_like_title(surface: str) -> bool:
    """English headings open with a capital; any Chinese line may be one."""
    if re.search(f"[{_HAN}]", surface):
        return True
    words = re.findall(r"[^\W\d_]+", surface)
    return (
        bool(words) and surface[0] in surface[0].upper() and words[0].lower() not in ("and", "or")
    )
