"""A document to passages: stretches of whole sentences that tile its text.

Where to cut is one small optimisation over the sentences of the article rather than a rule
at a time: each passage pays for being far from the size that the encoder reads well, and
each cut pays for what it tears apart. The cheapest tiling is found by dynamic programming,
so there are no tiny tails and no greedy choices to repair.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from kaoju.text import language_of, sentences
from kaoju.types import Document, Heading, Language, Passage, Span

# The shipped encoder reads at most 256 tokens; a Chinese token of its vocabulary holds about
# 1.6 characters, an English word takes about 1.4 tokens. Sizes are in Chinese characters.
TARGET = 320.0
MAXIMUM = 400.0
_WORD = 2.5  # Chinese characters an English word or a number weighs

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇]")
_WORDS = re.compile(r"[^\W\d_\u2e80-\u9fff\uf900-\ufaff\U00020000-\U000323af]+|\d+")
_OTHER = re.compile(r"[^\w\s]")
_LIST_LINE = re.compile(
    r"\s*(?:[-*•·●○■□◆▪‣–—]\s+|[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[ivxIVX]{1,4})"
    r"(?:[.)）、]|[．])\s*)\S"
)
_INTRODUCES = re.compile(r"[:：]\s*$")
_SOFT_CUT = re.compile(r"[，、；：,;:]\s*|\s+")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence with the white space after it, and what a cut before it would cost."""

    start: int
    end: int
    size: float
    cut_cost: float


def split(document: Document) -> list[Passage]:
    """Cut a document into passages.

    A cut falls between sentences, inside one only when that sentence alone is longer than
    a passage may be. A heading stays with what follows it, a list with the line that
    introduces it where both fit.

    Args:
        document: The article; its ``headings`` say where sections begin.

    Returns:
        Passages in order. Their spans tile the text, ``"".join(p.text) == document.text``.
        ``headings`` holds the title, then the section headings in force at the start.
    """
    units = _units(document)
    bounds = [units[i].start for i in _cuts(units)] + [len(document.text)]
    passages = []
    for ordinal, ((start, end), headings) in enumerate(
        zip(pairwise(bounds), _in_force(document, bounds), strict=True)
    ):
        text = document.text[start:end]
        language = language_of(text)
        key = f"{document.id}\n{document.version}\n{ordinal}"
        passages.append(
            Passage(
                id=f"p-{sha256(key.encode()).hexdigest()[:16]}",
                document_id=document.id,
                span=Span(start, end),
                text=text,
                language=document.language if language is Language.UND else language,
                ordinal=ordinal,
                headings=headings,
            )
        )
    return passages


def size_of(text: str) -> float:
    """How much of an encoder's window a text takes, in Chinese characters."""
    han = len(_HAN.findall(text))
    words = sum(max(1.0, len(word) / 7) for word in _WORDS.findall(text))
    return han + _WORD * words + 0.5 * len(_OTHER.findall(text))


def _units(document: Document) -> list[_Unit]:
    text = document.text
    starts = sorted({0, *_starts(document)})
    units = []
    headings = {h.span.start: h for h in document.headings}
    after_heading = False
    previous = ""
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        surface = text[start:end]
        cost = _cut_cost(text, start, previous, surface)
        if after_heading:
            cost = 50.0  # a heading without what it heads says nothing
        elif start in headings:
            cost = -0.6 / headings[start].level
        units.append(_Unit(start, end, size_of(surface), cost))
        after_heading = start in headings
        previous = surface
    return units


def _starts(document: Document) -> Iterator[int]:
    """Where units begin: sentences, headings, and pieces of sentences that are too long."""
    for span in sentences(document.text):
        yield span.start
        yield from _pieces(document.text, span)
    for heading in document.headings:
        yield heading.span.start


def _pieces(text: str, span: Span) -> list[int]:
    """Further starts inside a sentence longer than a passage may be: at commas, then blanks."""
    surface = span.of(text)
    if len(surface) <= MAXIMUM or (size_of(surface) <= MAXIMUM and len(surface) <= 8 * MAXIMUM):
        return []
    starts: list[int] = []
    begin = span.start
    last_soft = begin
    size = 0.0
    limit = MAXIMUM * 0.8
    for match in re.finditer(rf"{_SOFT_CUT.pattern}|[^\s，、；：,;:]{{1,40}}", surface):
        at = span.start + match.end()
        size += max(size_of(match.group()), len(match.group()) / 8)
        if size >= limit and at < span.end:
            cut = last_soft if last_soft > begin else span.start + match.start()
            cut = cut if cut > begin else at
            starts.append(cut)
            begin, last_soft = cut, cut
            size = size_of(text[cut:at])
        if _SOFT_CUT.fullmatch(match.group()):
            last_soft = at
    return starts


def _cut_cost(text: str, start: int, previous: str, surface: str) -> float:
    """What it costs to begin a passage here: nothing between paragraphs of prose."""
    if not previous:
        return 0.0
    if "\n" not in previous[len(previous.rstrip()) :]:
        return 0.35  # inside a paragraph
    listed = _LIST_LINE.match(surface) is not None or len(surface.strip()) < 60
    if _INTRODUCES.search(previous.rstrip()):
        return 2.0
    if listed and len(previous.strip()) < 60:
        return 0.25  # between the lines of a list
    return 0.0


def _cuts(units: list[_Unit]) -> list[int]:
    """The units that begin a passage in the cheapest tiling; ties cut later."""
    best = [0.0] + [float("inf")] * len(units)
    came_from = [0] * (len(units) + 1)
    for end in range(1, len(units) + 1):
        size = 0.0
        for start in range(end - 1, -1, -1):
            size += units[start].size
            if size > MAXIMUM and start < end - 1:
                break
            cost = best[start] + _size_cost(size) + (units[start].cut_cost if start else 0.0)
            if cost < best[end]:
                best[end] = cost
                came_from[end] = start
    cuts = []
    at = len(units)
    while at:
        at = came_from[at]
        cuts.append(at)
    return cuts[::-1]


def _size_cost(size: float) -> float:
    # 0.1 a passage on top: two small passages cost more than the one they could be.
    if size >= TARGET:
        return 0.1 + ((size - TARGET) / (MAXIMUM - TARGET)) ** 2 * 0.3
    return 0.1 + (1 - size / TARGET) ** 2


def _in_force(document: Document, bounds: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """For each passage the title, then the headings whose sections its first words are in."""
    text = document.text
    stack: list[Heading] = []
    waiting = deque(sorted(document.headings, key=lambda h: h.span.start))
    for start, end in pairwise(bounds):
        at = _next_printed(text, start, end)
        while waiting and waiting[0].span.start <= at:
            heading = waiting.popleft()
            while stack and stack[-1].level >= heading.level:
                stack.pop()
            stack.append(heading)
            if heading.span.end > at:  # the passage opens with it: look at what it heads
                at = _next_printed(text, heading.span.end, end)
        names = [" ".join(heading.span.of(text).split()) for heading in stack]
        yield (document.title, *(name for name in names if name and name != document.title))


def _next_printed(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at
