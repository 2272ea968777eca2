"""Text to tokens with spans: jieba's algorithm on Chinese runs, words elsewhere.

Terms are folded first (width, script, case) and only then cut, since 國際論壇 cut before it
is simplified falls apart; a token's span is on the printed text all the same. Figures,
abbreviations and hyphenated names are recognised before any dictionary sees them: ``23,876``
is one term, ``GPT-4o`` is one and its parts besides. This room says nothing of what a
token means; see `numerals` for that.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from importlib.resources import files

from kaoju.text import fold
from kaoju.types import Span

ANALYZER = "kaoju-words"
VERSION = 1

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
_RUN = re.compile(
    rf"(?P<han>[{_HAN}]+)"
    r"|(?P<date>(?<![\d.])\d{4}[-/]\d{1,2}[-/]\d{1,2}(?![\d]))"
    r"|(?P<number>[$€£¥]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    rf"(?:%|(?=[{_HAN}])|(?![^\W_])(?!-[^\W\d_])))"
    r"|(?P<acronym>(?:[A-Za-z]\.){2,}(?:[A-Za-z](?![^\W_]))?)"
    r"|(?P<word>[^\W_]+(?:(?:['.&/_-])[^\W_]+)*(?:\+\+|\#)?)"
)
_PART = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_MAGNITUDE = re.compile(r"[十百千万亿兆]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded term and the printed characters that it came from."""

    term: str
    span: Span


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens, the parts of long words included.

    Args:
        text: Any text, as printed.

    Returns:
        Tokens in the order of their first character; a word comes before the parts that
        stand inside it. Every token's span slices the printed text it was folded from.
    """
    folded = fold(text, lower=False)
    back = folded.printed_span
    return [Token(term, back(Span(start, end))) for term, start, end in _pieces(folded.text)]


def terms(text: str) -> list[str]:
    """The terms of a text for indexing, in order, parts of long words included."""
    return [term for term, _, _ in _pieces(fold(text, lower=False).text)]


def query_terms(text: str) -> list[str]:
    """The terms of a question or search, function words dropped, each once.

    A question of function words alone keeps them all: something was asked for.
    """
    found = list(dict.fromkeys(terms(text)))
    content = [term for term in found if term not in stopwords()]
    return content or found


@cache
def stopwords() -> frozenset[str]:
    """The function words of both languages, from ``lexicon/stopwords.toml``."""
    path = files("kaoju") / "lexicon" / "stopwords.toml"
    lists = tomllib.loads(path.read_text("utf-8"))
    return frozenset(word for words in lists.values() for line in words for word in line.split())


@cache
def analyzer_identity() -> str:
    """What cut these terms: name, version, segmenter and a digest of how it cuts.

    Two identities are equal when the same text gives the same terms; an index built under
    another one must be refused.
    """
    probe = "".join(terms(_PROBE) + sorted(stopwords()))
    digest = sha256(probe.encode()).hexdigest()[:12]
    return f"{ANALYZER}/{VERSION} rjieba/{metadata.version('rjieba')} {digest}"


_PROBE = (
    "南京市长江大桥上,美国财长斯科特·贝森特预测3000億美元的穩定幣市場到本十年末有望增長十倍;"
    "中华人民共和国国务院2025-11-05发布A-share规则,GPT-4o's U.S. users paid $60,000 (3.5%)."
)


def _pieces(folded: str) -> Iterator[tuple[str, int, int]]:
    for match in _RUN.finditer(folded):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "han":
            yield from _han(match.group(), start, after_digit=folded[start - 1 : start].isdigit())
        elif kind == "number":
            yield from _number(match.group(), start, end)
        elif kind == "acronym":
            yield _acronym(match.group()), start, end
        else:
            yield from _word(match.group(), start, end)


def _han(run: str, start: int, *, after_digit: bool) -> Iterator[tuple[str, int, int]]:
    import rjieba

    if after_digit and (magnitude := _MAGNITUDE.match(run)):
        at = magnitude.end()
        yield magnitude.group(), start, start + at
        run, start = run[at:], start + at
        if not run:
            return
    at = start
    for word in rjieba.cut(run):
        size = len(word)
        yield word, at, at + size
        if size > 2:
            for width in (2, 3):
                if size > width:
                    for i in range(size - width + 1):
                        if rjieba.has_word(part := word[i : i + width]):
                            yield part, at + i, at + i + width
        at += size


def _number(surface: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    plain = surface.replace(",", "")
    bare = plain.strip("$€£¥%")
    if plain != bare:
        yield plain, start, end
        lead = len(surface) - len(surface.lstrip("$€£¥"))
        yield bare, start + lead, end - surface.endswith("%")
    else:
        yield bare, start, end


def _acronym(surface: str) -> str:
    letters = surface.replace(".", "").lower()
    return "usa" if letters == "us" else letters


def _word(surface: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    if surface.endswith(("'s", "'S")) and len(surface) > 2:
        surface, end = surface[:-2], end - 2
    if surface == "US":
        yield "usa", start, end
        return
    lowered = surface.casefold()
    yield lowered, start, end
    if not surface.isalnum() and "'" not in surface:
        parts = list(_PART.finditer(surface))
        for part in parts if len(parts) > 1 else ():
            yield part.group().casefold(), start + part.start(), start + part.end()
