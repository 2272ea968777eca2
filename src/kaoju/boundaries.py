"""Where one file's text holds several articles one after the other.

Part of `reading`. Separators that people type are understood first. Where there are none,
each line that has the shape of a headline is weighed as a possible beginning: what closes
the text before it, whether prose follows, whether its words belong to what follows and not
to what came before, and how far the vocabulary of the two sides differs, which is the idea
of TextTiling (Hearst 1997, Computational Linguistics 23:1) taken at candidate lines only.
A wrong cut tears an article in two, a missed one leaves two under one title: in doubt
nothing is cut.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaoju.layout import Kind, Line, is_headline, is_title, lines_of
from kaoju.markup import Block, blocks_of_markdown

_SEPARATOR = re.compile(r"[ \t]*(?:([=*~_#—─━═＝＊－-])\1{2,}|(?:[*-] ){2,}[*-])[ \t]*")
_CLOSING_WORDS = (
    *("责任编辑", "责编", "编辑", "记者", "記者", "来源", "來源", "作者", "编译", "校对", "声明"),
    *("免责声明", "原文", "详情", "更多", "联系", "查看", "阅读", "source", "editor", "contact"),
    *("reporting", "editing", "read more", "for more", "copyright", "©"),
)
_CLOSES = re.compile(
    rf"[(（\[]?(?:{'|'.join(_CLOSING_WORDS)})|.*https?://\S+$"
    r"|[(（\[—-]*\s*(?:完|全文完|the end|ends?|-30-|###)\s*[)）\]—-]*$",
    re.IGNORECASE,
)
_LEAST = 60.0  # size below which neither side is an article

# Weights of a logistic model, fitted on Chinese and English news and manual pages put one
# after the other in one file and rounded; scripts/measure_boundaries.py says what they
# reach. Positive speaks for a new article. Above _THRESHOLD the text is cut.
_BIAS = -6.5
_PROSE_FOLLOWS = 2.0
_ENDED = 4.0  # the line before is prose or closes an article
_CLOSING_LINE = 2.0
_DATE_FOLLOWS = 2.5
_LENGTH = 1.75  # of 24 characters; headings inside an article are shorter
_LENGTH_BESIDE = 1.7  # beside the current article's headline
_QUESTION = -4.0  # questions head the parts of one article more often than articles
_WORDS_BEFORE = -4.5  # share of the line's words that were used before it
_NEAR = -16.0  # likeness of the three lines on either side
_WHOLE = -4.5  # likeness of all that stands on either side
_FIRST_HEADLINE = -3.0  # share of the current headline's words that go on being used
_TOPIC = -2.5  # share of the current article's commonest words that go on being used
_EVIDENCE = 2.0  # per power of ten of words on the shorter side
_THRESHOLD = 2.0
_REACH = 12  # lines looked at on either side
_LEAST_LISTED = 12.0  # size below which lines without a sentence are no article


@dataclass(frozen=True, slots=True)
class Part:
    """One article's stretch of a file: where it lies, and why it begins there."""

    start: int
    end: int
    line: int  # number of its first line in the file, from 1
    reason: str = ""


def parts_of(text: str, *, terms: Callable[[str], list[str]]) -> list[Part]:
    """Cut a text into articles.

    Args:
        text: A whole plain-text file, without front matter.
        terms: Cuts a text into folded terms, function words left out.

    Returns:
        Parts in order, one for a text that is one article. Separators and blank lines
        between parts belong to none. Where typed separators divide the text, they alone do.
    """
    separated = _at_separators(text)
    return separated if len(separated) > 1 else _at_headlines(text, separated[0], terms)


def markdown_parts_of(text: str, *, titled: bool) -> list[Part]:
    """Cut a Markdown text into articles, at separators before headings of level 1 alone.

    A thematic break parts the scenes of one article, too. Without any heading or block of
    code it is cut like plain text, at what is typed and nowhere else.

    Args:
        text: A Markdown text, without front matter.
        titled: Whether a front matter gives the first article's title.

    Returns:
        Parts as `parts_of` gives them.
    """
    blocks = blocks_of_markdown(text)
    whole = [_part(text, 0, len(text), "")]
    if not titled and all(_may_be_plain(block) for block in blocks):
        return _at_separators(text)
    starts = [0]  # of blocks
    for i, block in enumerate(blocks):
        if block.level != 1 or _underlined_prose(block) or i == 0:
            continue
        if not _separates(blocks[i - 1]):
            return whole  # headings of level 1 are this article's sections
        starts.append(i)
    if titled and blocks and blocks[0].level != 1:
        return whole
    offsets = [0]
    for line in text.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    found = []
    start, reason = 0, ""
    for i, until in zip(starts[1:], [*starts, len(blocks)][2:], strict=True):
        row = blocks[i - 1]
        if _has_text(blocks[:i], offsets, start) and _has_text(blocks[i:until], offsets, 0):
            found.append(_part(text, start, offsets[row.end - 1], reason))
            start = offsets[row.end]
            reason = f"separator line {text[offsets[row.end - 1] : start].strip()[:5]}"
    found.append(_part(text, start, len(text), reason))
    return found


def _may_be_plain(block: Block) -> bool:
    return block.kind in ("paragraph", "hr", "bullet_list", "ordered_list") or (
        _underlined_prose(block)
    )


def _underlined_prose(block: Block) -> bool:
    """Whether a heading is text straight above a row of marks: no heading was meant."""
    if block.kind != "heading" or block.end - block.start < 2:
        return False
    lines = lines_of(block.text)
    return len(lines) > 1 or any(line.kind is not Kind.SHORT for line in lines)


def _separates(block: Block) -> bool:
    if block.kind == "paragraph":
        return is_separator(block.text)
    return block.kind == "hr" or _underlined_prose(block)


def _has_text(blocks: Sequence[Block], offsets: Sequence[int], start: int) -> bool:
    """Whether anything but headings and separators lies at or after an offset."""
    return any(
        offsets[block.start] >= start
        and (_underlined_prose(block) or not (block.level or _separates(block)))
        for block in blocks
    )


@dataclass(frozen=True, slots=True)
class _Break:
    """A typed separator: where it lies, and the mark that it is made of."""

    start: int
    end: int
    mark: str
    shown: str


def is_separator(line: str) -> bool:
    """Whether a line is a row of one mark, as people type between articles."""
    return _SEPARATOR.fullmatch(line) is not None


def _at_separators(text: str) -> list[Part]:
    """Cut at typed separators and form feeds that stand between two articles."""
    breaks = _breaks(text)
    bounds = [0, *(at for b in breaks for at in (b.start, b.end)), len(text)]
    stretches = [
        lines_of(text[i:j]) for i, j in zip(bounds[::2], bounds[1::2], strict=True)
    ]  # stretches[n + 1] follows breaks[n]
    divides = _dividing(breaks, stretches)
    found = []
    start, reason = 0, ""
    before = _is_article(stretches[0])
    for n, mark in enumerate(breaks):
        after = stretches[n + 1]
        whole = before and _is_article(after)
        # News in one line each, or a title between two rules; at the end it is a foot.
        title = before and n + 1 < len(breaks) and _is_brief(after, framed=mark.mark == "=")
        brief = _is_brief(stretches[n]) and _is_brief(after)
        if divides[n] and (whole or title or brief):
            found.append(_part(text, start, mark.start, reason))
            start, reason = mark.end, mark.shown
            before = _is_article(after)
        else:
            before = before or _is_article(after)
    found.append(_part(text, start, len(text), reason))
    return found


def _dividing(breaks: Sequence[_Break], stretches: Sequence[Sequence[Line]]) -> list[bool]:
    """Whether each separator can stand before an article.

    One before a line that can be a headline can. Before prose a row of one mark may part
    two scenes of one article: it can where such rows stand before headlines as often. A
    form feed before prose is the end of a page.
    """
    titled: Counter[str] = Counter()
    prose: Counter[str] = Counter()
    for mark, after in zip(breaks, stretches[1:], strict=True):
        if after and not _is_foot(after):
            (titled if _is_titled(after) else prose)[mark.mark] += 1
    found = []
    for mark, after in zip(breaks, stretches[1:], strict=True):
        usual = titled[mark.mark] >= prose[mark.mark]
        if not after or _is_foot(after):
            found.append(False)
        elif _is_titled(after):
            found.append(usual or is_headline(after[0]))
        else:
            opens = after[0].kind is Kind.PROSE and not after[0].numbered
            found.append(opens and (mark.mark == "=" or (usual and mark.mark != "\f")))
    return found


def _is_titled(lines: Sequence[Line]) -> bool:
    """Whether what follows a separator opens with a line that can be an article's headline."""
    first = lines[0]
    if first.text.startswith("##") or (first.numbered and not is_headline(first)):
        return False
    return is_title(first) and first.size >= 2


def _is_foot(lines: Sequence[Line]) -> bool:
    """Whether this is what stands below an article: its editor, its source, a notice."""
    return _CLOSES.match(lines[0].text) is not None and not is_headline(lines[0])


def _is_brief(lines: Sequence[Line], *, framed: bool = False) -> bool:
    """Whether there is one line alone that can be a headline, of any length when framed."""
    return len(lines) == 1 and (is_headline(lines[0]) or (framed and _is_titled(lines)))


def _is_article(lines: Sequence[Line]) -> bool:
    """Whether these lines hold a sentence, or more than one line of a list."""
    if any(line.kind is Kind.PROSE and line.size >= 4 for line in lines):
        return True
    return len(lines) > 1 and sum(line.size for line in lines) >= _LEAST_LISTED


def _breaks(text: str) -> list[_Break]:
    found = []
    at = 0
    previous = ""
    for raw in re.split(r"(\n|\f)", text):
        end = at + len(raw)
        surface = raw.strip()
        if raw == "\f":
            found.append(_Break(at, end, raw, "form feed"))
        elif is_separator(raw) and not _underlines(surface, previous):
            found.append(_Break(at, end, surface[0], f"separator line {surface[:5]}"))
        if raw != "\n":
            previous = surface
        at = end
    return found


def _underlines(row: str, above: str) -> bool:
    """Whether a row straight under a line of about its length underlines a heading."""
    if not 0.6 * len(above) <= len(row) <= 2.2 * len(above):
        return False
    return all(line.kind is Kind.SHORT for line in lines_of(above))


def _part(text: str, start: int, end: int, reason: str) -> Part:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = max(start, end - (len(piece) - len(piece.rstrip())))
    return Part(start, end, text.count("\n", 0, start) + 1, reason)


def _at_headlines(text: str, part: Part, terms: Callable[[str], list[str]]) -> list[Part]:
    """Cut at the most likely headline first, then each side again, until none is likely."""
    lines = lines_of(text[part.start : part.end])
    if len(lines) < 4 or not is_headline(lines[0]):
        return [part]
    candidates = [i for i in range(2, len(lines) - 1) if is_headline(lines[i])]
    if not candidates:
        return [part]
    bags = [Counter(_content(terms(line.text))) for line in lines]
    reasons = {0: part.reason}
    waiting = [(0, len(lines))]
    while waiting:
        start, end = waiting.pop()
        inside = [i for i in candidates if start + 1 < i < end - 1]
        weighed = [(*_weigh(lines, bags, start, i, end), i) for i in inside]
        score, reason, i = max(weighed, default=(-math.inf, "", 0))
        if score >= _THRESHOLD:
            reasons[i] = reason
            waiting += [(start, i), (i, end)]
    starts = sorted(reasons)
    offsets = [part.start + lines[i].span.start for i in starts]
    ends = [*offsets[1:], part.end]
    return [
        _part(text, start, end, reasons[i])
        for i, start, end in zip(starts, offsets, ends, strict=True)
    ]


def _content(terms: list[str]) -> list[str]:
    return [term for term in terms if len(term) > 1 and not term.isdigit()]


def _opens(lines: list[Line], i: int) -> bool:
    """Whether an article can go on after line ``i``: with prose, or with a list announced.

    A date line or a byline may stand between.
    """
    after = lines[i + 1 : i + 3]
    if after and after[0].introduces:
        return True
    if after and after[0].kind in (Kind.DATE, Kind.LIST):
        after = after[1:]
    return bool(after) and after[0].kind is Kind.PROSE and after[0].size >= 30


def _is_listed(lines: list[Line], i: int) -> bool:
    """Whether line ``i`` is one of the first two under an announcing line, without prose below.

    如何参与: announces what to do, and a step is as long as a headline.
    """
    announced = any(line.introduces for line in lines[max(0, i - 2) : i])
    return announced and lines[i + 1].kind not in (Kind.PROSE, Kind.DATE)


def _weigh(
    lines: list[Line], bags: list[Counter[str]], start: int, i: int, end: int
) -> tuple[float, str]:
    """How strongly line ``i`` begins a new article, and the reasons in words.

    ``start`` and ``end`` bound what has not been told apart yet. What follows is looked at
    for a dozen lines at most, since further articles may wait there.
    """
    if (
        lines[i].numbered
        or _is_listed(lines, i)
        or not (_is_enough(lines, start, i) and _is_enough(lines, i + 1, end))
    ):
        return -math.inf, ""
    before = _sum(bags[max(start, i - _REACH) : i])
    after = _sum(bags[i + 1 : min(i + 1 + _REACH, end)])
    closes = _CLOSES.match(lines[i - 1].text) is not None
    dated = lines[i + 1].kind is Kind.DATE
    near = _cosine(_sum(bags[max(start, i - 3) : i]), _sum(bags[i + 1 : min(i + 4, end)]))
    topic = _share(Counter(_commonest(before)), after)
    score = (
        _BIAS
        + _PROSE_FOLLOWS * _opens(lines, i)
        + _ENDED * (closes or lines[i - 1].kind is Kind.PROSE)
        + _CLOSING_LINE * closes
        + _DATE_FOLLOWS * dated
        + _LENGTH * min(lines[i].size / 24, 1)
        + _LENGTH_BESIDE * min(lines[i].size / max(lines[start].size, 8), 1)
        + _QUESTION * (lines[i].text[-1] in "?？")
        + _WORDS_BEFORE * _share(bags[i], before)
        + _NEAR * min(near, 0.5)
        + _WHOLE * min(_cosine(before, after), 0.5)
        + _FIRST_HEADLINE * _share(bags[start], after)
        + _TOPIC * topic
        + _EVIDENCE * math.log10(1 + min(before.total(), after.total()))
    )
    reasons = [
        "headline",
        "after a closing line" if closes else "",
        "before a date line" if dated else "",
        "the vocabulary changes" if near < 0.1 and topic < 0.3 else "",
    ]
    return score, ", ".join(reason for reason in reasons if reason)


def _is_enough(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether these lines hold as much text as the shortest article."""
    return end - start > _LEAST or sum(line.size for line in lines[start:end]) >= _LEAST


def _commonest(bag: Counter[str]) -> list[str]:
    """The twelve commonest words, the longer first among equals."""
    return sorted(bag, key=lambda word: (-bag[word], -len(word), word))[:12]


def _sum(bags: list[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for bag in bags:
        total.update(bag)
    return total


def _share(bag: Counter[str], other: Counter[str]) -> float:
    """The share of a line's terms that another stretch uses too."""
    return sum(1 for term in bag if term in other) / len(bag) if bag else 0.0


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    common = one.keys() & other.keys()
    dot = sum(math.sqrt(one[term] * other[term]) for term in common)
    return dot / math.sqrt(max(1, one.total()) * max(1, other.total()))
