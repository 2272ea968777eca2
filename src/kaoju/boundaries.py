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

from kaoju.layout import Kind, Line, is_headline, lines_of

_SEPARATOR = re.compile(r"[ \t]*(?:([=*~_#—-])\1{2,}|(?:[*-] ){2,}[*-])[ \t]*")
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
_LOOK = 2000  # characters looked at on either side of a typed separator


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
        between parts belong to none.
    """
    separated = _at_separators(text)
    parts = []
    for part in separated:
        parts.extend(_at_headlines(text, part, terms))
    return parts


def _at_separators(text: str) -> list[Part]:
    """Cut at typed separators and form feeds that a headline follows."""
    found = []
    start = 0
    reason = ""
    for at, end, name in _separators(text):
        before, after = text[max(start, at - _LOOK) : at], text[end : end + _LOOK]
        if _is_article(before) and _begins_article(after):
            found.append(_part(text, start, at, reason))
            start, reason = end, name
    found.append(_part(text, start, len(text), reason))
    return found


def _separators(text: str) -> list[tuple[int, int, str]]:
    found = []
    at = 0
    previous = ""
    for raw in re.split(r"(\n|\f)", text):
        end = at + len(raw)
        if raw == "\f":
            found.append((at, end, "form feed"))
        # A row of = or - straight under a line of about its length underlines a heading.
        elif _SEPARATOR.fullmatch(raw) and not (
            0.6 * len(previous) <= len(raw.strip()) <= 2.2 * len(previous)
        ):
            found.append((at, end, f"separator line {raw.strip()[:5]}"))
        if raw != "\n":
            previous = raw.strip()
        at = end
    return found


def _part(text: str, start: int, end: int, reason: str) -> Part:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = max(start, end - (len(piece) - len(piece.rstrip())))
    return Part(start, end, text.count("\n", 0, start) + 1, reason)


def _is_article(text: str) -> bool:
    return sum(line.size for line in lines_of(text)) >= _LEAST


def _begins_article(text: str) -> bool:
    lines = lines_of(text)
    return bool(lines) and is_headline(lines[0]) and _is_article(text)


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


def _weigh(
    lines: list[Line], bags: list[Counter[str]], start: int, i: int, end: int
) -> tuple[float, str]:
    """How strongly line ``i`` begins a new article, and the reasons in words.

    ``start`` and ``end`` bound what has not been told apart yet. What follows is looked at
    for a dozen lines at most, since further articles may wait there.
    """
    if lines[i].numbered or not (_is_enough(lines, start, i) and _is_enough(lines, i + 1, end)):
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
