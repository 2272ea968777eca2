"""A Chinese text cut into words, and the words around names, for finding names in it.

The word lists are those of ``lexicon/``, compiled for looking up at a position.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from kaoju.gazetteer import UNKNOWN_CHARACTER, Known, by_length, gazetteer, name_characters, words
from kaoju.types import EntityKind

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
HAN_CHARACTER = re.compile(f"[{HAN}]")
TABLE, DOT, LED, BARE = 6.0, 9.0, 7.0, 3.0  # strengths of candidates, by what speaks for them


@dataclass(slots=True)
class Candidate:
    """A stretch that may be a name, with what speaks for it."""

    start: int
    end: int
    kind: EntityKind
    strength: float
    role: str | None = None
    original: str | None = None
    known: Known | None = None
    form: str = ""  # dotted, han, latin, ending, table, tag


@dataclass(slots=True)
class Tagged:
    """A folded text cut by jieba: the starts of its words, the words and their tags."""

    text: str
    starts: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    bounds: set[int] = field(default_factory=set)

    def at(self, position: int) -> int:
        """The number of the word that holds ``position``."""
        return bisect_right(self.starts, position) - 1


# What jieba's dictionary has as one word and a name may end inside of: 利兹大学|教授.
_TWO_WORDS = {
    body + role: (body, role)
    for body in ("大学", "中学", "小学", "医院", "法院", "银行", "公司", "研究所", "学院")
    for role in (
        "教授",
        "校长",
        "院长",
        "行长",
        "老师",
        "医生",
        "学生",
        "董事长",
        "经理",
        "所长",
        "院士",
    )
}


def _titled(word: str, flag: str) -> tuple[str, ...]:
    """A word that jieba has for a country and a title, cut: 英国|首相."""
    country = flag == "nz" and len(word) >= 4 and word[:2] in gazetteer().chinese
    return (word[:2], word[2:]) if country and word[2:] in role_words().words else (word,)


# A body and the title of who leads it, which jieba joins wrongly: 民防局|局长, 运输部|副部长.
_LEADS = re.compile("(?<=([部局厅署院会行社所]))(?=副?\\1长)")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def tag(text: str) -> Tagged:
    """Cut and tag a folded text."""
    import rjieba

    tagged = Tagged(text)
    position = 0
    cuts = [match.start() for match in _LEADS.finditer(text)]
    for start, end in pairwise([0, *cuts, len(text)]):
        # The segmenter refuses half a surrogate pair, which UTF-8 cannot carry.
        for found, flag in rjieba.tag(_HALF_PAIR.sub("\ufffd", text[start:end])):
            for word in _TWO_WORDS.get(found) or _titled(found, flag):
                tagged.starts.append(position)
                tagged.words.append(word)
                tagged.tags.append(flag)
                position += len(word)
    tagged.bounds = {*tagged.starts, position}
    return tagged


class Lookup:
    """Finds the longest of many words that starts at a position."""

    def __init__(self, found: frozenset[str]) -> None:
        self.words = found
        self.heads: dict[str, tuple[int, ...]] = {}
        heads: dict[str, set[int]] = {}
        for word in found:
            heads.setdefault(word[0], set()).add(len(word))
        self.heads = {head: tuple(sorted(n, reverse=True)) for head, n in heads.items()}
        _, self.lengths = by_length(found)

    def longest(self, text: str, at: int) -> int:
        """The end of the longest word that starts at ``at``; ``at`` when none does."""
        for length in self.heads.get(text[at : at + 1], ()):
            if at + length <= len(text) and text[at : at + length] in self.words:
                return at + length
        return at

    def ending(self, text: str, at: int, least: int = 0) -> int:
        """The start of the longest word that ends at ``at``; ``at`` when none does."""
        for length in self.lengths:
            if at - length >= least and text[at - length : at] in self.words:
                return at - length
        return at


@cache
def role_words() -> Lookup:
    """Heads of titles."""
    return Lookup(words("roles", "chinese"))


@cache
def verb_words() -> Lookup:
    """What follows a name in a sentence."""
    return Lookup(words("roles", "chinese_verbs"))


@cache
def no_one_words() -> Lookup:
    """Foreign-looking words that name no one."""
    return Lookup(words("contexts", "chinese_no_ones"))


@cache
def said_words() -> Lookup:
    """Verbs that only a person goes before."""
    return Lookup(words("roles", "chinese_said"))


@cache
def after_role_words() -> Lookup:
    """Titles that may follow a name."""
    return Lookup(words("roles", "chinese_after"))


@cache
def organisation_endings() -> Lookup:
    """What organisations' names end in."""
    return Lookup(words("organisations", "chinese_strong"))


@cache
def small_words() -> frozenset[str]:
    """Characters that no name begins or ends with."""
    return frozenset(next(iter(words("roles", "chinese_small"))))


@cache
def company_nouns() -> Lookup:
    """Common nouns before a company's name: 零售巨头."""
    return Lookup(words("organisations", "chinese_before"))


def total_odds(name: str) -> float:
    """The summed log odds of a name's characters in transliterated names."""
    odds = name_characters()
    return sum(odds.get(character, UNKNOWN_CHARACTER)[0] for character in name)
