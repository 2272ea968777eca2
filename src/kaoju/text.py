"""Text as search sees it, with a way back to the text as printed.

`fold` gives the view that search and recognition read: NFKC, half width, simplified
characters, one kind of quotation mark, dash and middle dot, lower case where asked.
Folding changes lengths (㎏ becomes kg, … becomes three dots), so a `FoldedText` maps every
span back to the printed characters. `sentences` cuts either language. This room knows
nothing of words; see `tokens` for those.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from kaoju.types import Language, Span

# Characters that NFKC leaves apart and readers do not: names are printed with any of
# these dots (凯文•哈塞特), ranges with any of these dashes, and quotation marks vary by desk.
_VARIANTS = {
    **dict.fromkeys("•‧∙⋅・･·᛫", "·"),
    **dict.fromkeys("−‐‑‒–—―─﹣", "-"),
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("〜∼～", "~"),
    "⁄": "/",
}
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
_HAN_RUN = re.compile(f"[{_HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")


@cache
def _simplified() -> dict[str, str]:
    """Traditional to simplified, one character to one, from OpenCC's dictionary."""
    import opencc

    blocks = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2A6E0))
    characters = [chr(point) for start, end in blocks for point in range(start, end)]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {old: new for old, new in pairs if old != new and len(new) == 1}


class _Table(dict[int, str]):
    """Folds one code point to one, remembering it; longer foldings are left for the map."""

    def __init__(self, lower: bool) -> None:
        super().__init__()
        self.lower = lower

    def __missing__(self, point: int) -> str:
        character = chr(point)
        folded = _fold_character(character, self.lower)
        result = folded if len(folded) == 1 else character
        self[point] = result
        return result


def _fold_character(character: str, lower: bool) -> str:
    if character in _VARIANTS:
        return _VARIANTS[character]
    folded = unicodedata.normalize("NFKC", character)
    folded = "".join(_VARIANTS.get(c, c) for c in folded)
    if not folded.isascii():
        table = _simplified()
        folded = "".join(table.get(c, c) for c in folded)
    return folded.casefold() if lower else folded


_TABLES = {False: _Table(lower=False), True: _Table(lower=True)}


@cache
def _changes_length(lower: bool) -> re.Pattern[str]:
    """A character whose folding is not one character, or a base with combining marks."""
    longer = [
        character
        for character in map(chr, range(0x80, 0x1FBFA))
        if not 0xD800 <= ord(character) < 0xE000
        and not 0x3400 <= ord(character) < 0xA000
        and (
            len(unicodedata.normalize("NFKC", character)) != 1
            or (lower and len(character.casefold()) != 1)
        )
    ]
    marks = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
    jamo = "\u1100-\u11ff"
    # No backtracking: one base, then marks.
    return re.compile(f"[{re.escape(''.join(longer))}]|[^{marks}{jamo}\\s][{marks}]+|[{jamo}]+")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text and where each of its characters came from.

    ``_starts[i]`` and ``_ends[i]`` bound the printed characters that folded character
    ``i`` came from; both are None when folding changed no length.
    """

    text: str
    printed: str
    _starts: array[int] | None = None
    _ends: array[int] | None = None

    def printed_span(self, span: Span) -> Span:
        """The printed characters that a span of the folded text came from."""
        if self._starts is None or self._ends is None:
            return span
        if not len(span):
            at = self._starts[span.start] if span.start < len(self._starts) else len(self.printed)
            return Span(at, at)
        return Span(self._starts[span.start], self._ends[span.end - 1])

    def folded_span(self, span: Span) -> Span:
        """The folded characters that came from a span of the printed text."""
        if self._starts is None or self._ends is None:
            return span
        start = bisect_right(self._ends, span.start)
        return Span(start, max(start, bisect_left(self._starts, span.end)))


def fold(text: str, *, lower: bool = True) -> FoldedText:
    """Fold a printed text for search and recognition.

    Args:
        text: Any text.
        lower: Whether case is folded too. Names and abbreviations need it kept.

    Returns:
        The folded text with its map back. Folding a folded text changes nothing.
    """
    if text.isascii():
        return FoldedText(text.lower() if lower else text, text)
    table = _TABLES[lower]
    pattern = _changes_length(lower)
    match = pattern.search(text)
    if match is None:
        return FoldedText(text.translate(table), text)
    pieces: list[str] = []
    starts: array[int] = array("l")
    ends: array[int] = array("l")
    done = 0
    while match is not None:
        start, end = match.span()
        pieces.append(text[done:start].translate(table))
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        composed = unicodedata.normalize("NFKC", match.group())
        folded = "".join(_fold_character(c, lower) for c in composed)
        pieces.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))
        done = end
        match = pattern.search(text, end)
    pieces.append(text[done:].translate(table))
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return FoldedText("".join(pieces), text, starts, ends)


def language_of(text: str) -> Language:
    """The language most of ``text`` is written in; ``und`` when it has no letters.

    A Han character weighs as much as half an English word, which is about what each
    says: 贝森特称 Stablecoins are growing is English, 他说 GDP 增长了 is Chinese.
    """
    han = sum(1 for _ in _HAN_RUN.finditer(text))
    latin = sum(1 for _ in _LATIN_WORD.finditer(text))
    if not han and not latin:
        return Language.UND
    return Language.ZH if han >= 2 * latin or (han and not latin) else Language.EN


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in ``text``."""
    return _HAN_RUN.search(text) is not None


# Sentences ------------------------------------------------------------------------------

_CLOSERS = "”’」』】）》〉)]\"'"
# A full stop of Chinese, or of English; an ellipsis ends a sentence only before a new start.
_CLOSING = f"[{re.escape(_CLOSERS)}]*"
_STOP = re.compile(rf"[。！？｡!?]+{_CLOSING}|(?:…+|\.\.\.+){_CLOSING}|\.{_CLOSING}|\n")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st gen col lt sgt capt rep sen gov pres hon rev vs etc inc ltd co "
    "corp llc plc dept univ assn bros no nos fig figs eq vol pp ed eds al cf e.g i.e viz approx "
    "est jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat "
    "sun a.m p.m u.s u.k u.n e.u d.c ph.d m.d b.a m.a ave blvd rd mt ft".split()
)
# Those that a sentence may well end with, when a new one plainly starts after them.
_MAY_END = frozenset(
    "etc inc ltd co corp llc plc a.m p.m u.s u.k u.n e.u d.c ph.d m.d jr sr al est".split()
)
_STARTERS = frozenset(
    "the a an this that these those it he she they we i you his her its their our in on at by for "
    "but and so yet however meanwhile when while if as after before since although though there "
    "here what who why how no not one two some many most both all each analysts officials "
    "investors separately".split()
)
_WORD_BEFORE = re.compile(r"[A-Za-z](?:[A-Za-z.]*[A-Za-z])?$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘(\[]*([A-Za-z]+)")


def sentences(text: str) -> list[Span]:
    """Find the sentences of a text in either language.

    Closing quotation marks and brackets belong to the sentence they close. A line end
    closes a sentence unless the line is plainly wrapped (English prose whose next line
    goes on in lower case), so that list lines without punctuation stand alone.

    Returns:
        Spans in order, without the white space around them; every printed character
        that is not white space lies in exactly one.
    """
    spans: list[Span] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.end() <= start:
            continue
        if _ends_sentence(text, match, start):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left < right:
        # A stray closer (a quotation mark on a line of its own) joins what it closes.
        gap = text[spans[-1].end : left] if spans else ""
        if spans and "\n" not in gap and all(c in _CLOSERS for c in text[left:right]):
            spans[-1] = Span(spans[-1].start, right)
        else:
            spans.append(Span(left, right))


def _ends_sentence(text: str, match: re.Match[str], start: int) -> bool:
    mark = match.group()
    after = text[match.end() : match.end() + 80]
    if mark == "\n":
        return not _is_wrapped(text, match.start(), match.end())
    if mark[0] in "。！？｡":
        return not _goes_on_in_chinese(mark, after)
    if mark[0] in "!?":
        return not after or after[0].isspace() or has_han(after[0]) or mark[-1] in _CLOSERS
    if mark.startswith(("…", "...")):
        return _starts_anew(after, chinese=mark[0] == "…")
    return _full_stop_ends(text, match, after, start)


def _goes_on_in_chinese(mark: str, after: str) -> bool:
    # “……吗?”他问。 The quoted question is part of the sentence that reports it.
    return (
        mark[-1] in _CLOSERS and mark[0] in "！？" and after[:1] in ("他", "她", "，", "、", "的")
    )


def _starts_anew(after: str, *, chinese: bool) -> bool:
    if not after.strip():
        return True
    if after[0] in "，、；。,;":
        return False
    if chinese:
        return after[0] in "\n“「『"
    follows = _NEXT_WORD.match(after)
    return after[0].isspace() and (follows is None or follows.group(1)[0].isupper())


def _full_stop_ends(text: str, match: re.Match[str], after: str, start: int) -> bool:
    """Whether an English full stop ends its sentence (3.5, U.S., No. 5 and J. do not)."""
    if not after.strip():
        return True
    closed = len(match.group()) > 1
    if not after[0].isspace():
        return has_han(after[0]) and not text[match.start() - 1 : match.start()].isdigit()
    before = _WORD_BEFORE.search(text, max(start, match.start() - 20), match.start())
    follows = _NEXT_WORD.match(after)
    if before is not None and not closed:
        word = before.group().lower()
        if len(word) == 1 and before.group().isupper():
            return False  # an initial: J. Powell
        if word in _ABBREVIATIONS:
            return (
                word in _MAY_END
                and follows is not None
                and (follows.group(1).lower() in _STARTERS and follows.group(1)[0].isupper())
            )
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    if not closed and re.fullmatch(r"\s*(?:\d{1,3}|[ivxIVX]{1,4}|[A-Za-z])", line):
        return False  # the number of a list line
    return follows is None or follows.group(1)[0].isupper()


def _is_wrapped(text: str, at: int, end: int) -> bool:
    line_start = text.rfind("\n", 0, at) + 1
    line = text[line_start:at].rstrip()
    follows = text[end : end + 1]
    if not line or not follows or follows.isspace():
        return False
    return len(line) >= 50 and follows.islower() and follows.isascii() and not has_han(line[-1])
