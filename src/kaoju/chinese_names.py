"""Candidates for names in Chinese text: people, organisations, places.

Works on folded text (simplified, half width, one kind of middle dot, case kept). Every
sign that a stretch of characters is a name adds to its strength: a title before it, a
verb of saying after it, the middle dot, jieba's tag, the characters themselves (their log
odds in transliterated names), the ending of an organisation. What overlaps is settled by
`entities`, which also knows the whole article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kaoju.gazetteer import (
    UNKNOWN_CHARACTER,
    Known,
    by_length,
    gazetteer,
    name_characters,
    surnames,
    words,
)
from kaoju.types import EntityKind

_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_DOTTED = re.compile(rf"(?:[{_HAN}]+|[A-Z]\.?)(?:[·](?:[{_HAN}]+(?:-[{_HAN}]+)?|[A-Z]\.?))+")
_MOST_BEFORE, _MOST_AFTER = 7, 8  # characters of a name's part beside its dot
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&'+-]*(?: (?:of |de |& |and )?[A-Z0-9][A-Za-z0-9.&'+-]*)*")
_QUOTED_NAME = re.compile(rf'"([{_HAN}A-Za-z0-9·-]{{2,10}})"')
_QUOTED = re.compile(rf'["「『]([{_HAN}A-Za-z0-9·-]{{2,14}})["」』](计划|行动|项目|工程|倡议|战略)')


_OWN_PROGRAMME = re.compile(rf'"([{_HAN}A-Za-z0-9·-]{{2,12}}(?:计划|行动|工程|倡议))"')
_COMPANY_QUOTED = re.compile(rf'"([{_HAN}A-Za-z0-9·-]{{2,10}})"')
_KINGS = re.compile(rf"([{_HAN}]{{2,5}})[一二三四五六七八九十]+世(?![纪界])")


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


@cache
def _segmenter() -> Any:
    import rjieba

    return rjieba.Jieba()


def tag(text: str) -> Tagged:
    """Cut and tag a folded text."""
    tagged = Tagged(text)
    position = 0
    for word, flag in _segmenter().tag(text):
        tagged.starts.append(position)
        tagged.words.append(word)
        tagged.tags.append(flag)
        position += len(word)
    tagged.bounds = {*tagged.starts, position}
    return tagged


# Word lists, compiled for looking up at a position ---------------------------------------


class _Lookup:
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
def _roles() -> _Lookup:
    return _Lookup(words("roles", "chinese"))


@cache
def _verbs() -> _Lookup:
    return _Lookup(words("roles", "chinese_verbs"))


@cache
def _no_ones() -> _Lookup:
    return _Lookup(words("contexts", "chinese_no_ones"))


@cache
def _said() -> _Lookup:
    return _Lookup(words("roles", "chinese_said"))


@cache
def _after_roles() -> _Lookup:
    return _Lookup(words("roles", "chinese_after"))


@cache
def _strong() -> _Lookup:
    return _Lookup(words("organisations", "chinese_strong"))


@cache
def _small() -> frozenset[str]:
    return frozenset(next(iter(words("roles", "chinese_small"))))


# Strengths ------------------------------------------------------------------------------

_TABLE, _DOT, _LED, _BARE = 6.0, 9.0, 7.0, 3.0


def candidates(text: str) -> tuple[list[Candidate], Tagged]:
    """Every stretch of a folded Chinese text that may be a name, in no order."""
    tagged = tag(text)
    found = list(_from_table(tagged))
    dotted = list(_dotted(tagged, found))
    found += dotted
    found += _led(tagged, dotted)
    found += _companies(tagged)
    found += _bare(tagged)
    found += _organisations(tagged, found)
    found += _places(tagged)
    found += _programmes(tagged)
    return found, tagged


# The table ------------------------------------------------------------------------------


def _from_table(tagged: Tagged) -> Iterator[Candidate]:
    text, table = tagged.text, gazetteer()
    heads, names, bounds = table.heads, table.chinese, tagged.bounds
    position, end = 0, len(text) - 1
    while position < end:
        lengths = heads.get(text[position : position + 2])
        if lengths is None:
            position += 1
            continue
        for length in lengths:
            stop = position + length
            known = names.get(text[position:stop]) if stop <= len(text) else None
            if known is not None and _stands_alone(tagged, position, stop, bounds):
                if known.kind is EntityKind.PLACE and _has_place_end(text, stop):
                    stop += 1
                strength = _TABLE + 0.3 * length - (2 if length == 2 else 0)
                yield Candidate(position, stop, known.kind, strength, known=known, form="table")
                position = stop - 1
                break
        position += 1


def _has_place_end(text: str, end: int) -> bool:
    """Whether a word for a kind of place goes on with the name: 俄勒冈|州."""
    return (
        text[end : end + 1] in tuple("省市州县")
        and text[end - 1] not in "省市州县"
        and text[end : end + 2] not in _not_ends()
    )


def _stands_alone(tagged: Tagged, start: int, end: int, bounds: set[int]) -> bool:
    text = tagged.text
    if text[end : end + 1] == "长" and text[end - 1] in "部局署厅院行会社所委":
        return False  # 商务部长 is a person's title
    if end - start == 2:
        return start in bounds and end in bounds
    return end - start > 3 or start in bounds or end in bounds


# People ---------------------------------------------------------------------------------


def _companies(tagged: Tagged) -> Iterator[Candidate]:
    """Foreign names right after a common noun for a company: 零售巨头塔吉特."""
    text, nouns = tagged.text, _company_nouns()
    position, size = 0, len(text)
    while position < size:
        end = nouns.longest(text, position) if text[position] in nouns.heads else position
        if end > position and end < size and text[end] in name_characters():
            found = _transliterated_at(tagged, end, led=True)
            if found is not None and not _is_place(text, found):
                found.kind = EntityKind.ORGANISATION
                if _strong().longest(text, found.end) == found.end:
                    yield found
        position = max(end, position + 1)


def _dotted(tagged: Tagged, known: list[Candidate]) -> Iterator[Candidate]:
    text = tagged.text
    if "·" not in text:
        return
    ends = {candidate.end for candidate in known}
    for match in _DOTTED.finditer(text):
        first, last = text.index("·", match.start()), text.rindex("·", 0, match.end())
        start = _name_start(tagged, max(match.start(), first - _MOST_BEFORE), first, ends)
        end = _name_end(tagged, last + 1, min(match.end(), last + 1 + _MOST_AFTER))
        if start is None or end is None:
            continue
        if text[start - 1 : start] == "-" and start >= 2 and text[start - 2] in name_characters():
            start -= 2  # 让-克洛德
        kind, strength = EntityKind.PERSON, _DOT
        ending = _strong().longest(text, end)
        if ending > end and text[end:ending] not in ("部", "院", "军"):
            kind, end = EntityKind.ORGANISATION, ending
        elif text[end : end + 1] in tuple("州市县省岛镇") and text[end : end + 2] not in (
            "市场",
            "州长",
        ):
            kind, end = EntityKind.PLACE, end + 1
        role = role_before(tagged, start) if kind is EntityKind.PERSON else None
        if kind is EntityKind.PERSON and role is None:
            role = _role_after(text, end)
        yield Candidate(start, end, kind, strength, role=role, form="dotted")


def _name_start(tagged: Tagged, least: int, dot: int, ends: set[int]) -> int | None:
    """Where the part before the first dot begins: the characters weigh, so do the signs."""
    text, odds = tagged.text, name_characters()
    best, best_score, total = None, 0.0, 0.0
    for at in range(dot - 1, least - 1, -1):
        if text[at].isascii():
            return at
        anywhere, first, _ = odds.get(text[at], UNKNOWN_CHARACTER)
        if text[at] in _small() and anywhere < 1 and at < dot - 1:
            break
        total += anywhere
        score = total + 0.4 * (first - anywhere)
        before = text[at - 1] if at else "\n"
        if not _HAN_CHARACTER.match(before) or _roles().ending(text, at) < at or at in ends:
            score += 4
        elif before in _small():
            score += 2
        elif at in tagged.bounds:
            score += 1.5
        if best is None or score > best_score:
            best, best_score = at, score
    if best == dot - 1 and best > least and odds.get(text[best - 1], UNKNOWN_CHARACTER)[1] > 1:
        best -= 1  # 何塞: a first part of one character is rare
    return best


def _name_end(tagged: Tagged, start: int, most: int) -> int | None:
    """Where the part after the last dot ends."""
    text, odds = tagged.text, name_characters()
    if start < most and text[start].isascii():
        return most
    best, best_score, total = None, 0.0, 0.0
    for at in range(start, most):
        anywhere, _, last = odds.get(text[at], UNKNOWN_CHARACTER)
        total += anywhere - _apart(tagged, at, start)
        if text[at] in _small() and anywhere < 1 and at > start:
            break
        score = total + 0.4 * (max(last, -4) - anywhere) + _ends_well(tagged, at + 1)
        if best is None or score > best_score:
            best, best_score = at + 1, score
    return best


def _apart(tagged: Tagged, at: int, start: int) -> float:
    """What it costs a name to go on with a character that jieba sees as a small word."""
    if at == start or at not in tagged.bounds:
        return 0.0
    number = tagged.at(at)
    return 2.5 if len(tagged.words[number]) == 1 and tagged.tags[number][0] in "pcdvu" else 0.0


def _ends_well(tagged: Tagged, end: int) -> float:
    text = tagged.text
    if end >= len(text) or not _HAN_CHARACTER.match(text[end]):
        return 4.0
    stop = _verbs().longest(text, end)
    if stop - end >= 2:
        return 4.0 if end in tagged.bounds else 2.0
    if end in tagged.bounds:
        number = tagged.at(end)
        if tagged.tags[number][0] in "vd" and len(tagged.words[number]) >= 2:
            return 3.5
        return 3.0 if stop > end else 1.5
    return 1.5 if stop > end else 0.0


def _led(tagged: Tagged, dotted: list[Candidate]) -> Iterator[Candidate]:
    """Names right after a title: 策略师里奥斯, 经济学者周蔚然."""
    text, roles = tagged.text, _roles()
    taken = {candidate.start for candidate in dotted}
    position, size = 0, len(text)
    heads = roles.heads
    while position < size:
        if text[position] not in heads:
            position += 1
            continue
        end = roles.longest(text, position)
        if end == position:
            position += 1
            continue
        if end < size and end not in taken and _HAN_CHARACTER.match(text[end]):
            longer = roles.longest(text, end)  # 首席 + 经济学家
            if longer == end:
                found = _person_at(tagged, end, led=True)
                if found is not None and not _is_place(text, found):
                    found.role = role_before(tagged, end)
                    yield found
        position = end


def _is_place(text: str, candidate: Candidate) -> bool:
    known = gazetteer().chinese.get(text[candidate.start : candidate.end])
    return (
        known is not None
        and known.kind is EntityKind.PLACE
        and _said().longest(text, candidate.end) == candidate.end
    )


def _person_at(tagged: Tagged, start: int, *, led: bool) -> Candidate | None:
    """The name of a person that starts here, of either make, if one does."""
    foreign = _transliterated_at(tagged, start, led=led)
    native = _chinese_at(tagged, start, led=led)
    if foreign is not None and (native is None or foreign.strength >= native.strength):
        return foreign
    return native


def _transliterated_at(tagged: Tagged, start: int, *, led: bool) -> Candidate | None:
    text, odds = tagged.text, name_characters()
    no_one = _no_ones().longest(text, start)
    if not led and no_one > start and no_one in tagged.bounds:
        return None
    total, best, best_score = 0.0, None, 0.0
    for at in range(start, min(start + _MOST_AFTER, len(text))):
        found = odds.get(text[at])
        if found is None:
            break
        anywhere, first, last = found
        if text[at] in _small() and anywhere < 1 and at > start:
            break
        total += anywhere + (0.4 * (first - anywhere) if at == start else 0)
        total -= _apart(tagged, at, start)
        if total < 0:
            break
        score = total + 0.4 * (max(last, -4) - anywhere) + _ends_well(tagged, at + 1)
        if at > start and score > best_score:
            best, best_score = at + 1, score
    if best is None:
        return None
    mean = total_odds(text[start:best]) / (best - start)
    word = tagged.at(start)
    whole = tagged.starts[word] == start and start + len(tagged.words[word]) == best
    tagged_so = whole and best - start >= 3 and tagged.tags[word] in ("nr", "nrt", "nz")
    least = 1.3 if led or tagged_so else 2.0
    if mean < least or best_score < (7 if led or tagged_so else 11):
        return None
    strength = (_LED if led else _BARE) + min(mean, 4) * 0.5
    return Candidate(start, best, EntityKind.PERSON, strength, form="foreign")


def total_odds(name: str) -> float:
    """The summed log odds of a name's characters in transliterated names."""
    odds = name_characters()
    return sum(odds.get(character, UNKNOWN_CHARACTER)[0] for character in name)


def _chinese_at(tagged: Tagged, start: int, *, led: bool) -> Candidate | None:
    text = tagged.text
    size = 2 if text[start : start + 2] in surnames() else int(text[start] in surnames())
    if size == 0:
        japanese = words("surnames", "japanese")
        for length in (3, 2):
            if text[start : start + length] in japanese:
                size = length
                break
    if size == 0:
        return None
    end = _given_end(tagged, start + size)
    if end is None:
        return None
    given = tagged.at(start + size)
    verb_given = tagged.tags[given] == "v" and len(tagged.words[given]) >= 2
    if verb_given and tagged.starts[given] == start + size:
        return None  # 业主管抱怨: the owner does complain
    word = tagged.at(start)
    named = tagged.tags[word].startswith("nr") and tagged.starts[word] == start
    verb = _verbs().longest(text, end)
    strength = _LED + 0.5 if led else _BARE - 0.5
    strength += 1.5 * named + (1.0 if verb > end else 0.0) + (0.5 if end - start >= 3 else 0.0)
    titled = _after_roles().longest(text, end) > end
    if not led and not (named and (titled or _said().longest(text, end) > end)):
        return None
    return Candidate(start, end, EntityKind.PERSON, strength, form="han")


def _given_end(tagged: Tagged, start: int) -> int | None:
    """Where a given name of one or two characters ends, by the words that jieba sees."""
    text, bounds, small = tagged.text, tagged.bounds, _small()
    one, two = start + 1, start + 2
    if (
        one > len(text)
        or text[start - 1] in small
        or not _HAN_CHARACTER.match(text[start])
        or text[start] in small
    ):
        return None
    has_two = (
        two <= len(text) and bool(_HAN_CHARACTER.match(text[start + 1])) and text[one] not in small
    )
    if not has_two:
        return one
    if _verbs().longest(text, one) - one >= 2 and two not in bounds:
        return one
    if one in bounds and two not in bounds:
        return one
    if two in bounds and one not in bounds:
        return two
    if one in bounds:
        flag = tagged.tags[tagged.at(one)]
        word = tagged.at(start)
        if tagged.starts[word] < start and tagged.tags[word].startswith("nr"):
            return one  # jieba's own name ends here
        return one if flag[0] in "vpdcurfmqty" and flag not in ("vn",) else two
    return two if _verbs().longest(text, two) > two else None


def _bare(tagged: Tagged) -> Iterator[Candidate]:
    """Names without a title, on jieba's word for it and on what follows."""
    text = tagged.text
    for number, flag in enumerate(tagged.tags):
        if flag[0] != "n" or flag not in ("nr", "nrt", "nrfg", "nz", "n", "ns"):
            continue
        start, word = tagged.starts[number], tagged.words[number]
        least = 1.3 if flag == "nz" else 2.0
        if flag in ("n", "nz", "ns") and (len(word) < 3 or total_odds(word) < least * len(word)):
            continue
        foreign = _transliterated_at(tagged, start, led=False)
        if foreign is not None and foreign.end >= start + len(word):
            if flag == "ns" and _said().longest(text, foreign.end) == foreign.end:
                continue
            _retype(tagged, foreign)
            before = text[start - 1 : start]
            if start and before in name_characters() and not _boundary_before(tagged, number):
                continue
            yield foreign
        elif flag.startswith("nr") and 2 <= len(word) <= 4:
            native = _chinese_at(tagged, start, led=False)
            if native is not None:
                native.role = _role_after(text, native.end)
                yield native
        elif flag.startswith("nr") and word in surnames():
            native = _chinese_at(tagged, start, led=False)
            if native is not None and native.end - start == 3:
                yield native


_TO_PLACE = re.compile("(?:在|赴|于|抵达|飞往|位于|前往|来自|途经)$")
_STORM = re.compile('(?:飓风|台风|气旋|风暴|厄尔尼诺)"?$')
_PLACE_NOUNS = tuple(sorted(words("contexts", "chinese_before_place")))
_PLACE_FOLLOWS = re.compile("|".join(sorted(words("contexts", "chinese_after_place"))))


_BRACKETED = re.compile(r"\([^()]{1,40}\)")


def _holds_role(text: str, end: int) -> bool:
    """Whether a title follows that belongs to somebody else: 麦格理分析师丹尼尔·麦科马克."""
    bracket = _BRACKETED.match(text, end)
    at = bracket.end() if bracket is not None else end
    stop = _roles().longest(text, at)
    known = text[at:stop] in words("roles", "chinese_after")
    return stop > at and not known and stop < len(text) and text[stop] in name_characters()


def _retype(tagged: Tagged, candidate: Candidate) -> None:
    """What stands around a bare foreign name may make it a place's or a company's."""
    text, start, end = tagged.text, candidate.start, candidate.end
    if _STORM.search(text, max(0, start - 6), start):
        candidate.strength = 0.0
    elif (
        _holds_role(text, end)
        or _company_nouns().ending(text, start) < start
        or text[start - 1 : start] == text[end : end + 1] == '"'
    ):
        candidate.kind = EntityKind.ORGANISATION
        candidate.strength += 1
    elif _is_placed(tagged, start, end):
        candidate.kind = EntityKind.PLACE


def _is_placed(tagged: Tagged, start: int, end: int) -> bool:
    """Whether a bare foreign name ends like a place or stands where places stand."""
    text = tagged.text
    if text[end - 1] in "镇州省县岛市" and end - start > 2:
        return True
    if _PLACE_FOLLOWS.match(text, end):
        return True
    if any(text.endswith(noun, 0, start) for noun in _PLACE_NOUNS):
        return True
    if not start or _said().longest(text, end) > end:
        return False
    if _TO_PLACE.search(text, max(0, start - 2), start):
        return True
    after_place = tagged.tags[tagged.at(start - 1)] == "ns"
    return after_place and _verbs().longest(text, end) == end


@cache
def _company_nouns() -> _Lookup:
    return _Lookup(words("organisations", "chinese_before"))


def _boundary_before(tagged: Tagged, number: int) -> bool:
    """Whether the word before is a whole word rather than a scrap of the same name."""
    word = tagged.words[number - 1]
    return len(word) > 1 or word in _small() or tagged.tags[number - 1][0] in "vpcdurx"


# Roles ----------------------------------------------------------------------------------

_ROLE_STOP = "vpcdurxmytoq"  # tags that end a role to the left: verbs, prepositions, ...
_LONGEST_ROLE = 26


def role_before(tagged: Tagged, end: int) -> str | None:
    """The role that ends here, with the words that belong to it: 麦格理资产管理公司研究主管."""
    text = tagged.text
    start = _roles().ending(text, end)
    if start == end:
        return None
    least = max(0, end - _LONGEST_ROLE)
    inside = words("organisations", "chinese_inside")
    while start > least:
        number = tagged.at(start - 1)
        word, flag = tagged.words[number], tagged.tags[number]
        begin = tagged.starts[number]
        if begin < least or word in words("roles", "chinese_drop"):
            break
        if not _HAN_CHARACTER.match(word[0]) and flag != "eng":
            break
        if word in inside or word in _roles().words:
            start = begin
            continue
        if flag[0] in _ROLE_STOP and flag not in ("vn",):
            break
        if flag[0] in "afz" and len(word) == 1:
            break
        start = begin
    role = text[start:end].removesuffix("名叫").removesuffix("叫做").removesuffix("叫")
    if not role:
        return None
    for drop in ("现任", "时任"):
        role = role.removeprefix(drop)
    return role


def _role_after(text: str, end: int) -> str | None:
    stop = _after_roles().longest(text, end)
    return text[end:stop] if stop > end else None


# Organisations --------------------------------------------------------------------------

_ORGANISATION_STOP = "pcdurxytozq"


def _organisations(tagged: Tagged, found: list[Candidate]) -> Iterator[Candidate]:
    text, strong = tagged.text, _strong()
    named = {c.start: c for c in found if c.strength >= _TABLE or c.form == "dotted"}
    ends = {c.end: c for c in named.values()}
    generic = words("organisations", "chinese_generic")
    bodies = words("organisations", "chinese_bodies")
    for number, word in enumerate(tagged.words):
        if tagged.tags[number][0] not in "nvjblazig" or not _HAN_CHARACTER.match(word[0]):
            continue
        end = tagged.starts[number] + len(word)
        ending = strong.ending(text, end, tagged.starts[number])
        if ending == end or (
            text[end : end + 1] == "长" and text[end - 1] in "部局署厅院行会社所委"
        ):
            continue
        if len(text[ending:end]) == 1 and (
            tagged.tags[number][0] in "vad" or word in words("organisations", "chinese_not")
        ):
            continue
        following_word = tagged.at(end) if end < len(text) else -1
        if following_word >= 0 and text[ending:end] in _COMMON_ENDINGS:
            flag = tagged.tags[following_word]
            if flag in ("n", "nz", "vn", "nr", "nrt") and not _roles().longest(text, end) > end:
                continue  # 航空煤油, 联邦基金利率: the ending is a noun of something else
        if text[ending:end] in ("公司", "企业", "机构") and _transliterated_at(
            tagged, end, led=True
        ):
            continue  # a description of what is named next: 德国软件公司奥尔滕堡
        if text[end : end + 1] == '"' and text[end + 1 : end + 2] and _QUOTED_NAME.match(text, end):
            continue  # a description of what is named next: 云存储公司“冻湖”
        following = strong.longest(text, end)
        if following > end and following in tagged.bounds and text[end:following] not in ("部",):
            continue  # a longer name goes on: 投资|公司
        start = _organisation_start(tagged, number, ends)
        name = text[start:end]
        if name in generic or len(name) < 3:
            continue
        inner = ends.get(end)
        if inner is not None and inner.kind is EntityKind.ORGANISATION and inner.start > start:
            continue  # the table knows where this one begins
        first_place = named.get(start)
        described = text[ending:end] in ("机构", "部门", "公司", "企业")
        if described and first_place is not None and text[first_place.end : end] in generic:
            continue  # 法国监管机构: a description
        if name in bodies:
            yield Candidate(start, end, EntityKind.ORGANISATION, 5.5, form="ending")
            continue
        strength = _organisation_strength(tagged, start, end, text[ending:end], bodies)
        if strength <= 0 and len(name) >= 5 and _roles().longest(text, end) > end:
            strength = 3.5
        if strength > 0 and any(
            start <= s < end and c.kind is EntityKind.PLACE for s, c in named.items()
        ):
            strength += 1.5
        if strength > 0:
            yield Candidate(start, end, EntityKind.ORGANISATION, strength, form="ending")


def _organisation_start(tagged: Tagged, number: int, ends: dict[int, Candidate]) -> int:
    inside = words("organisations", "chinese_inside")
    before = words("organisations", "chinese_before")
    roles = _roles().words
    start, first = tagged.starts[number], number
    while first > 0 and tagged.starts[number] - start < 18:
        if start in ends:
            candidate = ends[start]
            start = candidate.start
            first = tagged.at(start)
            if candidate.kind is not EntityKind.PLACE:
                break
            continue
        word, flag = tagged.words[first - 1], tagged.tags[first - 1]
        if word in words("organisations", "chinese_break"):
            break
        if "\n" in word or not (_HAN_CHARACTER.match(word[0]) or flag == "eng"):
            break
        if len(word) >= 3 and word[-1] == "商" and flag[0] == "n":
            break  # 杂货商篮果公司
        if word in before or (word in roles and not _of_people(tagged.words[number])):
            break
        if (
            word not in inside
            and (flag[0] in _ORGANISATION_STOP or (flag[0] in "vafm" and flag != "vn"))
            and not (len(word) <= 3 and total_odds(word) > 2.2 * len(word))
        ):
            break
        first -= 1
        start = tagged.starts[first]
    while first < number and tagged.words[first] in words("contexts", "chinese_loose"):
        if tagged.starts[first] in {c.start for c in ends.values()}:
            break
        first += 1
        start = tagged.starts[first]
    return start


def _of_people(word: str) -> bool:
    """Whether a body is one of people of a trade: 药剂师协会."""
    return word.endswith(("协会", "学会", "公会", "工会", "联合会", "同盟"))


def _organisation_strength(
    tagged: Tagged, start: int, end: int, ending: str, bodies: frozenset[str]
) -> float:
    """How sure it is that words with such an ending are one organisation's name."""
    text = tagged.text
    first, last = tagged.at(start), tagged.at(end - 1)
    own = text[start : end - len(ending)]
    proper = any(
        tagged.tags[n] in ("ns", "nr", "nrt", "nz", "nt", "eng", "nrfg")
        or (len(tagged.words[n]) >= 2 and total_odds(tagged.words[n]) > 2 * len(tagged.words[n]))
        for n in range(first, last + 1)
    )
    if tagged.words[first] in words("organisations", "chinese_first") and len(own) >= 2:
        proper = True
    if any(text[start:end].endswith(body) for body in bodies) and len(own) >= 2:
        return 6.0
    if ending in (
        "部",
        "军",
        "院",
        "党",
        "科技",
        "能源",
        "电子",
        "汽车",
        "食品",
        "建筑",
        "组织",
        "机构",
        "基金",
        "航空",
    ):
        return 5.0 + 0.1 * len(own) if proper and len(own) >= 2 else 0.0
    if proper and own:
        return 6.0 + 0.1 * len(own)
    if (
        ending in ("局", "署", "总局", "总署", "厅", "委员会", "协会", "研究院", "研究所", "大学")
        and len(own) >= 2
    ):
        return 3.5
    return 0.0


_COMMON_ENDINGS = words("contexts", "chinese_common_endings")
_BRANDED = words("contexts", "chinese_branded")


# Places and the rest ---------------------------------------------------------------------

_PLACE_ENDS = "省市州县区镇村乡岛湾港河江湖山峰海峡谷"


def _places(tagged: Tagged) -> Iterator[Candidate]:
    text = tagged.text
    odds = name_characters()
    not_places = words("places_not", "chinese")
    for number, flag in enumerate(tagged.tags):
        word, start = tagged.words[number], tagged.starts[number]
        end = start + len(word)
        if (
            flag == "ns"
            and len(word) >= 2
            and word not in not_places
            and word[0] not in "一二两三四五六七八九十各全数"
        ):
            following = text[end : end + 1]
            if (
                following
                and following in "省市州县区镇村岛"
                and text[end : end + 2] not in _not_ends()
            ):
                end += 1
            yield Candidate(start, end, EntityKind.PLACE, 4.0, form="tag")
        elif word[-1] in _PLACE_ENDS and len(word) >= 3 and word[:-1]:
            if total_odds(word[:-1]) > 1.5 * (len(word) - 1):
                yield Candidate(start, end, EntityKind.PLACE, 3.5, form="ending")
        elif word in ("省", "市", "州", "县", "区", "镇", "村", "岛", "港") and number:
            begin = start
            while begin > 0 and text[begin - 1] in odds and start - begin < 6:
                begin -= 1
            while begin < start and (begin not in tagged.bounds or odds[text[begin]][1] < 0):
                begin += 1
            if start - begin >= 2 and total_odds(text[begin:start]) > 1.5 * (start - begin):
                yield Candidate(begin, end, EntityKind.PLACE, 5.0, form="ending")


def _not_ends() -> tuple[str, ...]:
    return (
        "市场",
        "市值",
        "市民",
        "州长",
        "省长",
        "市长",
        "县长",
        "区域",
        "区间",
        "区块",
        "市政",
        "岛国",
        "市盈",
        "市占",
        "区别",
        "村民",
        "镇长",
        "村长",
    )


def _programmes(tagged: Tagged) -> Iterator[Candidate]:
    text = tagged.text
    for match in _OWN_PROGRAMME.finditer(text):
        yield Candidate(match.start(1), match.end(1), EntityKind.PROGRAMME, 6.0, form="quoted")
    for match in _COMPANY_QUOTED.finditer(text):
        if _company_nouns().ending(text, match.start()) < match.start():
            yield Candidate(
                match.start(1), match.end(1), EntityKind.ORGANISATION, 6.5, form="quoted"
            )
    for match in _KINGS.finditer(text):
        start = _name_start(tagged, match.start(), match.end(1), set())
        if start is not None and total_odds(text[start : match.end(1)]) > 3:
            yield Candidate(start, match.end(), EntityKind.PERSON, 6.5, form="king")
    for match in _QUOTED.finditer(text):
        yield Candidate(match.start(1), match.end(1), EntityKind.PROGRAMME, 6.0, form="quoted")
