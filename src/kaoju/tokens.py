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
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib import metadata
from importlib.resources import files

from kaoju.text import fold
from kaoju.types import Span

ANALYZER = "kaoju-words"
VERSION = 1

_FIRST_HAN = "\u3400"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
_RUN = re.compile(
    rf"(?P<han>[{_HAN}]+)"
    r"|(?P<date>(?<![\d.])\d{4}[-/]\d{1,2}[-/]\d{1,2}(?!\d))"
    r"|(?P<number>[$€£¥]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
    rf"(?:%|(?=[{_HAN}])|(?![^\W_])(?![-/&'][^\W_])))"
    r"|(?P<acronym>(?:[A-Za-z]\.){2,}(?:[A-Za-z](?![^\W_]))?)"
    rf"|(?P<word>[^\W_{_HAN}]+(?:['.&/_-][^\W_{_HAN}]+)*(?:\+\+|\#)?)"
)
_PART = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_MAGNITUDE = re.compile(r"[十百千万亿兆]+")
_DOT = "·"  # every kind of middle dot folds to this one

# What the analyzer's identity is probed with: a change in how any of this is cut shows.
_PROBE = (
    "南京市长江大桥上,美国财长斯科特·贝森特预测3000億美元的穩定幣市場到本十年末有望增長十倍;"
    "中华人民共和国国务院2025-11-05发布A-share规则,GPT-4o's U.S. users paid $60,000 (3.5%), "
    "running companies quickly into the banks' studies of C++ and S&P 500 indices."
)


@dataclass(frozen=True, slots=True)
class Token:
    """A term and the printed characters that it came from."""

    term: str
    span: Span


# A folded word, or a part that stands inside one: (word, start, end, is part) in folded text.
# A plain tuple: it is made some 300,000 times a second.
_Piece = tuple[str, int, int, bool]


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens, the words inside long words included.

    Args:
        text: Any text, as printed.

    Returns:
        Tokens in the order of their first character; a word comes before the parts that
        stand inside it. Every token's span slices the printed text it was folded from;
        its term is what `terms` gives for it.
    """
    folded = fold(text, lower=False)
    back = folded.printed_span
    return [
        Token(stem(word), back(Span(start, end))) for word, start, end, _ in _pieces(folded.text)
    ]


def terms(text: str, *, characters: bool = True) -> list[str]:
    """The terms of a text for indexing, in order.

    Beside its words, each Chinese word's single characters are terms: where question and
    article cut a name differently, or name a thing by other words that share a character,
    they still meet. English words are stemmed lightly. What each of these brings is
    measured by ``scripts/measure_terms.py``.

    Args:
        text: Any text, as printed.
        characters: Whether the characters of longer Chinese words are given too; an index
            wants them, a comparison of two texts word by word does not.
    """
    found: list[str] = []
    for word, _, _, part in _pieces(fold(text, lower=False).text):
        found.append(stem(word))
        if characters and not part and len(word) > 1 and word[0] >= _FIRST_HAN:
            found.extend(word)
    return found


def query_terms(text: str, *, characters: bool = True) -> list[str]:
    """The terms of a question or search, function words dropped, each once.

    A question of function words alone keeps them all: something was asked for.
    ``characters`` is as for `terms`.
    """
    stop = stopwords()
    found: dict[str, None] = {}
    for word, _, _, part in _pieces(fold(text, lower=False).text):
        if word in stop:
            continue
        found[stem(word)] = None
        if characters and not part and len(word) > 1 and word[0] >= _FIRST_HAN:
            found.update((character, None) for character in word if character not in stop)
    return list(found) or list(dict.fromkeys(terms(text, characters=characters)))


@cache
def stopwords() -> frozenset[str]:
    """The function words of both languages, from ``lexicon/stopwords.toml``."""
    path = files("kaoju") / "lexicon" / "stopwords.toml"
    lists = tomllib.loads(path.read_text("utf-8"))
    return frozenset(word for lines in lists.values() for line in lines for word in line.split())


@cache
def analyzer_identity() -> str:
    """What cut these terms: name, version, segmenter and a digest of how it cuts.

    Two identities are equal when the same text gives the same terms; an index built under
    another one must be refused. Stop words are not part of it: they touch queries alone.
    """
    digest = sha256("\n".join(terms(_PROBE)).encode()).hexdigest()[:12]
    return f"{ANALYZER}/{VERSION} rjieba/{metadata.version('rjieba')} {digest}"


# English --------------------------------------------------------------------------------

_SUFFIXES = (("ization", "ize"), ("isation", "ize"), ("ational", "ate"), ("fulness", "ful"))
_VOWEL = re.compile("[aeiouy]")
_SHORT = re.compile("[^aeiou][aeiou][^aeiouwxy]")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """An English word without its inflection; anything else as it is.

    Plurals as in Harman's S stemmer (1991, "How effective is suffixing?"), then -ing, -ed,
    -ly and a final e, so that raise, raises, raised and raising are one term. Light on
    purpose: organisation and organ stay apart.
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    word = _singular(word)
    if len(word) < 5:
        return word
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            word = word[: -len(suffix)] + instead
            break
    for suffix in ("ingly", "edly", "ing", "ed", "ly"):
        rest = word[: -len(suffix)]
        if word.endswith(suffix) and len(rest) >= 3 and _VOWEL.search(rest):
            if suffix != "ly" and rest[-1] == rest[-2] and rest[-1] not in "lsz":
                return rest[:-1]
            if _SHORT.fullmatch(rest):
                return rest + "e"  # rising, rated: rise, rate
            return rest.removesuffix("e") if len(rest) > 4 else rest
    return word.removesuffix("e")


def _singular(word: str) -> str:
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss", "is")):
        return word[:-1]
    return word


# Cutting --------------------------------------------------------------------------------


def _pieces(folded: str) -> list[_Piece]:
    found: list[_Piece] = []
    name_at = -1  # index in found of a word that a middle dot joins to the next
    for match in _RUN.finditer(folded):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "han":
            after_digit = start > 0 and folded[start - 1].isdigit()
            name_at = _cut_han(found, match.group(), start, after_digit, name_at)
            if folded[end : end + 1] != _DOT:
                name_at = -1
            continue
        name_at = -1
        surface = match.group()
        if surface.isalpha():  # nearly every word: nothing in it to be cut
            found.append(("usa" if surface == "US" else surface.casefold(), start, end, False))
        elif kind == "number":
            _cut_number(found, surface, start, end)
        elif kind == "acronym":
            found.append((_acronym(surface), start, end, False))
        else:
            _cut_word(found, surface, start, end)
    return found


def _cut_han(found: list[_Piece], run: str, start: int, after_digit: bool, name_at: int) -> int:
    """Cut a run of Chinese characters; return the index in ``found`` of its last word.

    30万亿 and 30萬億 give the same terms. A name printed with middle dots is a term of its
    own besides its parts: 斯科特·贝森特 joins the words on either side of the dot.
    """
    import rjieba

    magnitude = _MAGNITUDE.match(run) if after_digit else None
    if magnitude is not None:
        found.append((magnitude.group(), start, start + magnitude.end(), False))
        start += magnitude.end()
        run = run[magnitude.end() :]
    last = len(found) - 1
    at = start
    for word in rjieba.cut(run) if len(run) > 1 else run:
        end = at + len(word)
        if name_at >= 0:
            first = found[name_at]
            found.insert(name_at, (f"{first[0]}{_DOT}{word}", first[1], end, True))
            name_at = -1
        last = len(found)
        found.append((word, at, end, False))
        if end - at > 2:
            for part, offset in _inner_words(word):
                found.append((part, at + offset, at + offset + len(part), True))
        at = end
    return last


@lru_cache(maxsize=65536)
def _inner_words(word: str) -> tuple[tuple[str, int], ...]:
    """The dictionary words of two and three characters inside a longer word."""
    import rjieba

    places = [(i, width) for i in range(len(word) - 1) for width in (2, 3)]
    return tuple(
        (word[i : i + width], i)
        for i, width in places
        if i + width <= len(word) and width < len(word) and rjieba.has_word(word[i : i + width])
    )


def _cut_number(found: list[_Piece], surface: str, start: int, end: int) -> None:
    """A number without its separators; with its sign as well where it has one."""
    plain = surface.replace(",", "")
    bare = plain.strip("$€£¥%")
    if plain == bare:
        found.append((bare, start, end, False))
        return
    found.append((plain, start, end, False))
    found.append((bare, start + (not surface[0].isdigit()), end - (surface[-1] == "%"), True))


def _acronym(surface: str) -> str:
    # usa, since "us" is a pronoun once case is folded.
    letters = surface.replace(".", "").casefold()
    return "usa" if letters == "us" else letters


def _cut_word(found: list[_Piece], surface: str, start: int, end: int) -> None:
    if len(surface) > 2 and surface.endswith(("'s", "'S")):
        surface, end = surface[:-2], end - 2
    found.append(("usa" if surface == "US" else surface.casefold(), start, end, False))
    if "'" in surface or (surface.isalnum() and (surface.isalpha() or not surface[0].isdigit())):
        return  # but 5kg is 5 and kg as well
    parts = list(_PART.finditer(surface))
    for part in parts if len(parts) > 1 else ():
        word = "usa" if part.group() == "US" else part.group().casefold()
        found.append((word.lstrip("0") or word, start + part.start(), start + part.end(), True))
