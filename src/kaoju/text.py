"""Text as search sees it, with a way back to the text as printed.

`fold` gives the view that search and recognition read: NFKC, half width, simplified
characters, one kind of quotation mark, dash and middle dot, lower case where asked.
Folding changes lengths (㎏ becomes kg, … becomes three dots), so a `FoldedText` maps every
span back to the printed characters. `sentences` cuts either language. This room knows
nothing of words; see `tokens` for those.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

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


_TRADITIONAL = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df]")


@cache
def _converter() -> Callable[[str], str]:
    """Traditional to simplified, by OpenCC's dictionary."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def _simplified(character: str) -> str:
    """A character in its simplified form, where that is one character.

    Asked for each character that a text has: going over all of Unicode would slow each start.
    """
    if _TRADITIONAL.match(character) is None:
        return character
    found = _converter()(character)
    return found if len(found) == 1 else character


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
        folded = "".join(map(_simplified, folded))
    return folded.casefold() if lower else folded


_TABLES = {False: _Table(lower=False), True: _Table(lower=True)}


class _PlainTable(dict[int, str]):
    """As `_Table`, but gives `_CHANGES` for a character that may change the length of a text."""

    def __init__(self, lower: bool) -> None:
        super().__init__()
        self.lower = lower

    def __missing__(self, point: int) -> str:
        changes = _part_of_change().match(chr(point)) is not None
        self[point] = result = _CHANGES if changes else _TABLES[self.lower][point]
        return result


_CHANGES = "\0"
_PLAIN = {False: _PlainTable(lower=False), True: _PlainTable(lower=True)}


# All characters whose folding is longer lie in these blocks (a test looks at every other one);
# looking at all of Unicode would cost every start a tenth of a second.
_LONGER_BLOCKS = (
    range(0x80, 0x3400),
    range(0xF900, 0x10000),
    range(0x1D000, 0x1D200),
    range(0x1F100, 0x1F300),
)


_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_JAMO = "\u1100-\u11ff"


@cache
def _longer() -> str:
    """The characters whose folding is not one character, in either case, for a class."""
    longer = [
        character
        for block in _LONGER_BLOCKS
        for character in map(chr, block)
        if len(unicodedata.normalize("NFKC", character)) != 1 or len(character.casefold()) != 1
    ]
    return re.escape("".join(longer))


@cache
def _changes_length() -> re.Pattern[str]:
    """A character whose folding is not one character, in either case, or one with marks."""
    # No backtracking: one base, then marks.
    return re.compile(f"[{_longer()}]|[^{_MARKS}{_JAMO}\\s][{_MARKS}]+|[{_JAMO}]+")


@cache
def _part_of_change() -> re.Pattern[str]:
    """A character that may be what makes `_changes_length` match: every match has one."""
    return re.compile(f"[{_longer()}{_MARKS}{_JAMO}]")


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
    # Sentences and parts of them are looked at again and again, whole articles once.
    return _folded_sentence(text, lower) if len(text) <= _SENTENCE else _folded(text, lower)


_SENTENCE = 500  # characters


@lru_cache(maxsize=16384)
def _folded_sentence(text: str, lower: bool) -> FoldedText:
    return _folded(text, lower)


def _folded(text: str, lower: bool) -> FoldedText:
    if text.isascii():
        return FoldedText(text.lower() if lower else text, text)
    # Nearly every text: looking for the pattern would take three times as long as folding.
    plain = text.translate(_PLAIN[lower])
    if _CHANGES not in plain:
        return FoldedText(plain, text)
    pattern = _changes_length()
    match = pattern.search(text)
    table = _TABLES[lower]
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
    han, latin = len(_HAN_RUN.findall(text)), len(_LATIN_WORD.findall(text))
    if not han and not latin:
        return Language.UND
    return Language.ZH if han >= 2 * latin or (han and not latin) else Language.EN


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in ``text``."""
    return _HAN_RUN.search(text) is not None


def appearances(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where names of two characters or more stand in a text, in order, in one pass.

    Yields:
        (start, name) pairs. Of one name no two overlap, of two names they may.
    """
    known, sizes = frozenset(names), dict[str, set[int]]()
    for name in known:
        sizes.setdefault(name[:2], set()).add(len(name))
    free: dict[str, int] = {}  # where a name may stand next
    for start in range(len(text) - 1 if known else 0):
        for size in sizes.get(text[start : start + 2], ()):
            name = text[start : start + size]
            if name in known and start >= free.get(name, 0):
                free[name] = start + size
                yield start, name


# Sentences ------------------------------------------------------------------------------

_QUOTES = "”’」』\"'"
_BRACKETS = "】）》〉)]"
_CLOSERS = _QUOTES + _BRACKETS
_OPENER_OF = dict(zip("”’」』】）》〉)]", "“‘「『【（《〈([", strict=True))
_CLOSING = rf"[{re.escape(_CLOSERS)}]*(?:\[\d{{1,3}}\])*"  # with the marks of footnotes
_STOP = re.compile(rf"[。！？｡!?]+{_CLOSING}|(?:…+|\.\.\.+){_CLOSING}|\.{_CLOSING}|\n")
_INITIALS = re.compile(r"[A-Za-z](?:\.[A-Za-z])+")
_WORD_BEFORE = re.compile(r"[A-Za-z](?:[A-Za-z.]*[A-Za-z])?$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘(\[]*([A-Za-z]+)")
_SAYS = "说說问問道称稱喊答"
_REPORTS = re.compile(
    rf"[^\s，。！？；：、,.!?;:“”\"「」]{{0,14}}?(?:[{_SAYS}]|表示|指出|补充|補充|强调|強調|坦言|透露|写)"
)
_NUMBER_OF_LINE = re.compile(r"\s*(?:\d{1,3}|[ivxIVX]{1,4}|[A-Za-z])")
_LISTED = re.compile(
    r"\s*(?:[-*•·●○■□◆▪‣–—]|[(（]?(?:\d{1,3}|[一二三四五六七八九十]+)[.)）、．])\s*"
)
_UNFINISHED = re.compile(
    r"(?:,|\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|that|as|is|are|was|its|his|her))$"
)


@cache
def _words(name: str) -> frozenset[str]:
    """A list of ``lexicon/sentences.toml``."""
    lists = tomllib.loads((files("kaoju") / "lexicon" / "sentences.toml").read_text("utf-8"))
    return frozenset(word for line in lists[name] for word in line.split())


def sentences(text: str) -> list[Span]:
    """Find the sentences of a text in either language.

    Closing quotation marks, brackets and footnote marks belong to the sentence they close,
    and so does a clause that says who spoke. A line end closes a sentence unless the line
    is plainly wrapped, so that list lines without punctuation stand alone.

    Returns:
        Spans in order, without the white space around them; every printed character
        that is not white space lies in exactly one.
    """
    spans: list[Span] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.end() <= start:
            continue
        end = match.end()
        if match.group() != "\n":
            end = _without_opening_mark(text, match.start(), end)
        if _ends_sentence(text, match.start(), end, start):
            _append(spans, text, start, end)
            start = end
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


def _without_opening_mark(text: str, at: int, end: int) -> int:
    """Where a stop's closing marks end: a straight quotation mark may open instead."""
    place = text.find('"', at, end)
    if place < 0:
        return end
    line_start = text.rfind("\n", max(0, at - 2000), at) + 1
    return end if text.count('"', line_start, place) % 2 else place


def _ends_sentence(text: str, at: int, end: int, start: int) -> bool:
    mark = text[at:end]
    after = text[end : end + 80]
    if mark == "\n":
        return not _is_wrapped(text, at, end)
    if not after.strip() or after[0] == "\n":
        return True
    if mark[0] in "。！？｡":
        return not _goes_on_in_chinese(text, at, mark, after, start)
    if mark[0] in "!?":
        return _ends_with_a_mark(text, at, mark, after, start)
    if mark.startswith(("…", "...")):
        return _starts_anew(after, chinese=mark[0] == "…")
    return _full_stop_ends(text, at, mark, after, start)


def _ends_with_a_mark(text: str, at: int, mark: str, after: str, start: int) -> bool:
    """Whether ``!`` or ``?`` ends its sentence (not in Yahoo! Finance, nor in "?" he asked)."""
    if has_han(after[0]) or after[0] in "“「『，、":
        return not _goes_on_in_chinese(text, at, mark, after, start)
    if not after[0].isspace() and mark[-1] not in _CLOSERS:
        return after[0] in "\"'("
    if text[max(0, at - 5) : at] == "Yahoo":
        return False
    follows = _NEXT_WORD.match(after)
    return follows is None or not _is_lower(follows.group(1))


def _goes_on_in_chinese(text: str, at: int, mark: str, after: str, start: int) -> bool:
    """Whether the sentence goes on after a stop: only ever after a closing mark."""
    if mark[-1] not in _CLOSERS:
        return False
    if after[0] in "，、；：,;:的":
        return True
    if mark[-1] in _BRACKETS:
        # (即“2%。”)没有达到: what the bracket holds is quoted inside a sentence.
        return len(mark) > 2 and mark[-2] in _QUOTES
    # “……。”格兰特说。 A sentence that opens with its quotation ends with who said it.
    opener = _OPENER_OF.get(mark[-1], mark[-1])
    opens_with_quotation = text[start:at].lstrip()[:1] == opener
    return opens_with_quotation and _REPORTS.match(after) is not None


def _starts_anew(after: str, *, chinese: bool) -> bool:
    if after[0] in "，、；。,;":
        return False
    if chinese:
        return after[0] in "“「『"
    follows = _NEXT_WORD.match(after)
    return after[0].isspace() and (follows is None or follows.group(1)[0].isupper())


def _full_stop_ends(text: str, at: int, mark: str, after: str, start: int) -> bool:
    """Whether an English full stop ends its sentence (3.5, U.S., No. 5 and J. do not)."""
    closed = len(mark) > 1
    before = _WORD_BEFORE.search(text, max(start, at - 20), at)
    word = before.group().lower() if before is not None and not closed else ""
    known = word in _words("abbreviations")
    abbreviates = known or _INITIALS.fullmatch(word) is not None
    if not after[0].isspace():
        return has_han(after[0]) and not abbreviates and not text[at - 1 : at].isdigit()
    follows = _NEXT_WORD.match(after)
    starter = follows is not None and _opens_sentence(follows.group(1))
    if before is not None and len(word) == 1 and before.group().isupper():
        return starter  # J. Powell is a name, plan B. It a sentence's end
    if abbreviates:
        return starter and (not known or word in _words("may_end"))
    near = text[max(start, at - 6) : at]  # the number of a list line is no longer than this
    whole_line = "\n" in near or at - 6 <= start
    if not closed and whole_line and _NUMBER_OF_LINE.fullmatch(near[near.rfind("\n") + 1 :]):
        return False
    return follows is None or not _is_lower(follows.group(1))


def _opens_sentence(word: str) -> bool:
    return word[0].isupper() and word.lower() in _words("starters")


def _is_lower(word: str) -> bool:
    """Whether a word cannot open a sentence: in lower case throughout, so not iPads."""
    return word.islower()


def _is_wrapped(text: str, at: int, end: int) -> bool:
    """Whether a line end stands inside a sentence that was broken to fit a width."""
    line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    stop = text.find("\n", end)
    following = text[end : stop if stop >= 0 else len(text)].rstrip()
    if not line or not following or following[0].isspace() or _LISTED.match(following):
        return False
    if has_han(line[-1]) and has_han(following[0]):
        # Chinese is broken at one width; two list items of 25 characters rarely share it.
        return len(line) >= 25 and _same_width(text, at, line, following)
    if not 50 <= len(line) <= 120 or has_han(line[-1]):
        return False
    if following[0].isascii() and following[0].islower():
        return True
    return len(following) <= len(line) + 15 and _UNFINISHED.search(line) is not None


def _same_width(text: str, at: int, line: str, following: str) -> bool:
    start = text.rfind("\n", 0, at)
    previous = text[text.rfind("\n", 0, max(start, 0)) + 1 : max(start, 0)].rstrip()
    last = following[-1] in "。！？…”」" and len(following) < len(line)
    return abs(len(previous) - len(line)) <= 1 and (last or abs(len(following) - len(line)) <= 1)
