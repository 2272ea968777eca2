"""What stands around a stretch of Chinese and how it is cut, as signs of a person's name.

Shared by `chinese_natives` and `chinese_foreigners`, whose weights ``lexicon/bare_names.toml`` has
(learned by ``scripts/learn_bare_names.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kaoju import lexicon
from kaoju.chinese_words import HAN_CHARACTER, Tagged, after_role_words, role_words, said_words
from kaoju.gazetteer import UNKNOWN_CHARACTER, lexicon_lines, name_characters, words
from kaoju.word_translations import chinese_terms

Sign = tuple[str, float]

SURE = 0.6  # weight from which a stretch is a name: to miss one costs less than to invent one
JOINS = frozenset("和与及暨或同")
PLACING = frozenset("在于从到")
PLACE_ENDS = frozenset("山江河湖海岛州省市县区镇乡村街路港湾峰岭城国")
_PREPOSITIONS = frozenset("由据对向把被让给为跟比随凭请叫令替")
_DOES = frozenset("把被曾将对向从以为")


@cache
def weights(kind: str) -> dict[str, float]:
    """The weights of the signs of a kind of names, native or foreign."""
    return {key: float(value) for key, value in lexicon.section("bare_names", kind).items()}


def weigh(kind: str, told: Iterable[Sign]) -> float:
    """The log odds of a name of a kind by its signs."""
    known = weights(kind)
    return sum(known.get(key, 0.0) * value for key, value in told)


@cache
def ordinary() -> frozenset[str]:
    """Words that begin like a Chinese name and are none."""
    told = words("surnames", "words")
    return told.union(
        word for line in lexicon_lines("words_like_names.txt") for word in line.split()
    )


def cut(tagged: Tagged, start: int, end: int) -> Iterator[str]:
    """How the segmenter cuts a name: as one word, into pieces, or across its edges."""
    first = tagged.at(start)
    begins, ends = start in tagged.bounds, end in tagged.bounds
    word, flag = tagged.words[first], tagged.tags[first]
    if begins and start + len(word) == end:
        named = "nr" if flag[:2] == "nr" else "ns" if flag == "ns" else flag[0]
        yield f"whole_{named if named in ('nr', 'ns', 'n') else 'other'}"
        if word in ordinary():
            yield "whole_word"  # which is no Chinese name, and hardly a foreign one
        elif named != "nr" and word in chinese_terms():
            yield "known"
        return
    if not begins:
        yield "begins_inside_nr" if flag[:2] == "nr" else "begins_inside"
    last = tagged.at(end - 1)
    if not ends:
        yield "ends_inside_nr" if tagged.tags[last][:2] == "nr" else "ends_inside"
    if not (begins and ends):
        return
    yield "cut_" + "".join(str(len(word)) for word in tagged.words[first : last + 1])
    if flag[:2] == "nr":
        yield "opens_nr"


_STOPS = {"、": "list", ",": "clause", '"': "quote", "「": "quote", "『": "quote", "(": "bracket"}


def left(tagged: Tagged, start: int) -> str:
    """What stands before a name."""
    text = tagged.text
    if not start:
        return "open"
    before = text[start - 1]
    if not HAN_CHARACTER.match(before):
        if before in "。!?;:\n":
            return "open"
        return _STOPS.get(before, "other")
    number = tagged.at(start - 1)
    word, flag = tagged.words[number], tagged.tags[number]
    if tagged.starts[number] + len(word) > start:
        return "broken"
    if role_words().ending(text, start) < start or (word[-1] == "人" and len(word) > 2):
        return "role"  # 比利时人
    for kind, some in (("join", JOINS), ("preposition", _PREPOSITIONS), ("at", PLACING)):
        if word in some:
            return kind
    if word in ("是", "的"):
        return "is" if word == "是" else "of"
    if word in ("了", "过", "着"):
        return "did"
    if word[-1] in "年月日" or flag == "t":
        return "time"
    if flag[0] == "v":
        return "verb" if len(word) > 1 else "verb_one"
    if flag[0] == "n":
        return {"ns": "place", "nr": "nr"}.get(flag[:2], "noun")
    return {"m": "number", "d": "adverb", "c": "adverb"}.get(flag[0], "rest")


def right(tagged: Tagged, end: int) -> str:
    """What stands behind a name."""
    text = tagged.text
    after = text[end : end + 1]
    if not after or not HAN_CHARACTER.match(after):
        return {"、": "list", "(": "bracket", '"': "quote"}.get(after, "close")
    if after_role_words().longest(text, end) > end:
        return "role"
    if said_words().longest(text, end) > end:
        return "said"
    number = tagged.at(end)
    if tagged.starts[number] < end:
        return "broken"
    word, flag = tagged.words[number], tagged.tags[number]
    for kind, some in (("join", JOINS), ("does", _DOES), ("at", PLACING)):
        if word in some:
            goes_on = HAN_CHARACTER.match(text[end + len(word) : end + len(word) + 1])
            return kind if goes_on else "broken"  # 邓文|和。
    if word in ("是", "的"):
        return "is" if word == "是" else "of"
    if flag[0] == "v":
        return "verb" if len(word) > 1 else "verb_one"
    kinds = {"d": "adverb", "p": "preposition", "t": "time", "n": "noun", "u": "particle"}
    return kinds.get(flag[0], "rest")


def beside(text: str, start: int, end: int) -> Iterator[Sign]:
    """How like pieces of a foreign name the characters before and after are."""
    odds = name_characters()
    for key, at in (("goes_on", end), ("went_on", start - 1)):
        other = text[at : at + 1]
        if at >= 0 and other and HAN_CHARACTER.match(other):
            yield key, max(0.0, odds.get(other, UNKNOWN_CHARACTER)[0])
