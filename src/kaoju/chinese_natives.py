"""Chinese names of people without a title, by their characters and by what stands around them.

A family name and one or two characters may be a name or pieces of words: 江西|河边, 高|效. Every
sign has a weight (see `chinese_signs`): how often the characters are names', how the segmenter cuts
them, the words before and after. Korean and Vietnamese names are written the same way, Japanese
ones with family names of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from kaoju.chinese_roles import role_after, role_before
from kaoju.chinese_signs import (
    JOINS,
    PLACE_ENDS,
    PLACING,
    SURE,
    Sign,
    beside,
    cut,
    left,
    ordinary,
    right,
    weigh,
    weights,
)
from kaoju.chinese_words import HAN_CHARACTER, Candidate, Tagged, small_words, total_odds
from kaoju.gazetteer import gazetteer, lexicon_lines, surnames, words
from kaoju.types import EntityKind
from kaoju.word_translations import chinese_terms

_STRENGTH, _SLOPE, _MOST = 4.5, 0.6, 7.4  # what a candidate's strength is made of its weight
_LEAST = -2.0  # weight of what a name beside it in a list may still make a name
_BESIDE = 1.5  # what a name beside it in a list is worth
_UNKNOWN = (-4.0, 0.0, 0.0, 0.0)  # log odds of a character that no table has
_FLOOR = -6.0  # below which a character's odds say no more
_DOUBLE_KIN = 3.0  # the log odds of a family name of two characters, which is little else
_NOT_LAST = frozenset("网舰号队报奖股村庄街巷路楼阁庙酒汁酱奶粉糖肉粥虾蟹鱼烯瓷药卡")
_JAPANESE_ENDS = frozenset("郎子美介太夫雄之男助彦代江香奈菜惠吾平树辅也志雪苗央作司造树三二一石成")
_LISTS = frozenset("、和与及")
_SHARES = re.compile(r"\((?:[A-Z]{2}[.:])?\d{4,6}[.)]")


def native_names(tagged: Tagged) -> Iterator[Candidate]:
    """The likeliest name that begins at each family name, where it is likelier than not."""
    text = tagged.text
    told: dict[int, tuple[int, float]] = {}
    for start, some in groupby(windows(text), key=itemgetter(0)):
        best, worth = 0, _LEAST
        begins, before = start in tagged.bounds, ""
        for _, end, size in some:
            likely = _likely(text[start:end], size) + _most_behind(begins, end in tagged.bounds)
            if likely + _most_before() < worth:
                continue
            before = before or f"left_{left(tagged, start)}"
            if likely + weights("native").get(before, 0.0) < worth:
                continue
            if _is_other(tagged, start, end):
                continue
            weight = weigh("native", signs(tagged, start, end, size))
            if weight > worth:
                best, worth = end, weight
        if best:
            told[start] = best, worth
    for start, (end, worth) in _listed(text, told).items():
        if worth > SURE:
            role = role_before(tagged, start) or role_after(text, end)
            strength = min(_MOST, _STRENGTH + _SLOPE * worth)
            yield Candidate(start, end, EntityKind.PERSON, strength, role=role, form="native")


def _listed(text: str, told: dict[int, tuple[int, float]]) -> dict[int, tuple[int, float]]:
    """The same with what stands beside a name in a list raised: 俞平伯、费孝通和金克木."""
    raised = dict(told)
    for start, (end, worth) in told.items():
        after = told.get(end + 1)
        if after is None or text[end] not in _LISTS:
            continue
        if worth > 0:
            raised[end + 1] = after[0], raised[end + 1][1] + _BESIDE
        if after[1] > 0:
            raised[start] = end, raised[start][1] + _BESIDE
    return raised


def windows(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, size of the family name) of all stretches that could be names."""
    families = _families()
    for start, first in enumerate(text[:-1]):
        for size in families.get(first, ()):
            if text[start : start + size] not in _every():
                continue
            japanese = text[start : start + size] in words("surnames", "japanese")
            for end in range(start + size + 1, start + size + 3 + japanese):
                if end > len(text) or not HAN_CHARACTER.match(text[end - 1]):
                    break
                yield start, end, size


def _most(*starts: str) -> float:
    told = weights("native").items()
    return max(0.0, *(value for key, value in told if key.startswith(starts)))


@cache
def _most_before() -> float:
    """What the word before a name can add to its characters, at most."""
    return _most("left_")


@cache
def _most_behind(begins: bool, ends: bool) -> float:
    """What the words behind and the cuts can add, by where the segmenter begins and ends words."""
    told = weights("native")
    inside = _most("whole_", "cut_") + _most("opens_") + _most("given_n", "given_o")
    before = 0.0 if begins else max(told["begins_inside"], told["begins_inside_nr"])
    broken = told["right_broken"] + max(told["ends_inside"], told["ends_inside_nr"])
    after = _most("right_") if ends else broken
    return before + after + (inside if begins and ends else 0.0)


@cache
def _every() -> frozenset[str]:
    return surnames() | words("surnames", "japanese")


@cache
def _families() -> dict[str, tuple[int, ...]]:
    """The sizes of the family names that begin with a character, longest first."""
    found: dict[str, set[int]] = {}
    for family in _every():
        found.setdefault(family[0], set()).add(len(family))
    return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in found.items()}


def _is_other(tagged: Tagged, start: int, end: int) -> bool:
    """Whether a stretch is a place or, with its number in brackets, a company with shares."""
    text = tagged.text
    name, number = text[start:end], tagged.at(start)
    if name in ordinary() and start in tagged.bounds and end in tagged.bounds:
        return True
    known = gazetteer().chinese.get(name)
    if known is not None and known.kind is not EntityKind.PERSON:
        return True
    known = gazetteer().chinese.get(name[:2])
    if known is not None and known.kind is EntityKind.ORGANISATION:
        return True  # 高盛|把
    if name[0] in JOINS | PLACING and tagged.words[number] == name[0]:
        return left(tagged, start) not in ("open", "clause")  # 推动|和|弘扬
    if _is_loose(tagged, end) and name[-1] in small_words():
        return True  # 夏侯雪|将
    placed = tagged.tags[number] == "ns" and name == tagged.words[number]
    if (placed and name[-1] in PLACE_ENDS) or name[-1] in _NOT_LAST:
        return True
    return _SHARES.match(text, end) is not None


@cache
def _characters() -> dict[str, tuple[float, ...]]:
    """Log odds of a character as a family name, and as the first, second and only given one."""
    rows = (line.split("\t") for line in lexicon_lines("given_characters.tsv"))
    return {row[0]: tuple(map(float, row[1:])) for row in rows}


@lru_cache(maxsize=65536)
def _likely(name: str, size: int) -> float:
    return weigh("native", _of_characters(name, size))


@lru_cache(maxsize=65536)
def _of_characters(name: str, size: int) -> tuple[Sign, ...]:
    """What the characters of a name say, wherever it stands."""
    odds, given = _characters(), name[size:]
    kin = _DOUBLE_KIN if size > 1 else odds.get(name[0], _UNKNOWN)[0]
    found = [("bias", 1.0), ("kin", max(_FLOOR, kin))]
    told = [odds.get(character, _UNKNOWN) for character in given]
    if name[:size] in words("surnames", "japanese"):
        found += [("japanese", 1.0), (f"japanese_{len(given)}", 1.0)]
        found.append(("given_japanese", float(given[-1] in _JAPANESE_ENDS)))
    if len(given) > 1:
        first, second = told[0][1], told[-1][2]
        found += [("given", max(_FLOOR, first) + max(_FLOOR, second))]
        found += [("least", min(first, second, 0.0))]
    else:
        found += [("one", 1.0), ("given_one", told[0][3])]
    if any(character in small_words() for character in given):
        found.append(("small", 1.0))
    if name[-1] in PLACE_ENDS:
        found.append(("place_end", 1.0))
    found.append(("foreign", max(0.0, total_odds(name)) / len(name)))
    return tuple(found)


def signs(tagged: Tagged, start: int, end: int, size: int) -> list[Sign]:
    """All that speaks for and against a name from ``start`` to ``end``."""
    text = tagged.text
    found = [*_of_characters(text[start:end], size)]
    found += [(key, 1.0) for key in cut(tagged, start, end)]
    found += [(key, 1.0) for key in _given(tagged, start, end, size)]
    found += beside(text, start, end)
    if _is_loose(tagged, end):
        found.append(("loose_end", 1.0))
    found.append((f"left_{left(tagged, start)}", 1.0))
    found.append((f"right_{right(tagged, end)}", 1.0))
    return found


def _given(tagged: Tagged, start: int, end: int, size: int) -> Iterator[str]:
    """What the segmenter makes of a given name of two characters that it cuts off."""
    first, last = tagged.at(start), tagged.at(end - 1)
    if end - start - size < 2 or last != first + 1 or tagged.starts[last] != start + size:
        return
    if tagged.starts[first] == start and end in tagged.bounds:
        flag = tagged.tags[last]
        yield f"given_{'nr' if flag[:2] == 'nr' else flag[0] if flag[0] in 'nv' else 'other'}"
        if tagged.words[last] in chinese_terms():
            yield "given_word"


def _is_loose(tagged: Tagged, end: int) -> bool:
    """Whether the last character is a small word of its own, and goes with what follows."""
    last = tagged.at(end - 1)
    small = tagged.words[last] == tagged.text[end - 1] and tagged.tags[last][0] in "pdcvufmqty"
    return small and bool(HAN_CHARACTER.match(tagged.text[end : end + 1]))
