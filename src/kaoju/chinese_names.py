"""Candidates for names in Chinese text: people, organisations, places.

Works on folded text (simplified, half width, one kind of middle dot, case kept). Every
sign that a stretch of characters is a name adds to its strength: a title before it, a
verb of saying after it, the middle dot, jieba's tag, the characters themselves (their log
odds in transliterated names), the ending of an organisation. What overlaps is settled by
`entities`, which also knows the whole article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaoju.chinese_brands import acting_bodies, branded, parties, told_companies
from kaoju.chinese_foreigners import foreign_names
from kaoju.chinese_natives import native_names
from kaoju.chinese_organisations import named_companies, organisations
from kaoju.chinese_people import dotted_names, led_names, name_start
from kaoju.chinese_untitled import bare_names, japanese_names, spoken_names
from kaoju.chinese_words import (
    HAN,
    TABLE,
    Candidate,
    Tagged,
    company_nouns,
    organisation_endings,
    said_words,
    tag,
    total_odds,
)
from kaoju.gazetteer import gazetteer, name_characters, words
from kaoju.types import EntityKind

_QUOTED = re.compile(rf'["「『]([{HAN}A-Za-z0-9·-]{{2,14}})["」』](计划|行动|项目|工程|倡议|战略)')
_OWN_PROGRAMME = re.compile(rf'"([{HAN}A-Za-z0-9·-]{{2,12}}(?:计划|行动|工程|倡议))"')
_COMPANY_QUOTED = re.compile(rf'"([{HAN}A-Za-z0-9·-]{{2,10}})"')
_KIND_OF_BODY = re.compile("(?:组织|团体|机构|政党|协会|基金|公司|企业|平台|党|社团|工会)$")
_KINGS = re.compile(rf"([{HAN}]{{2,5}})[一二三四五六七八九十]{{1,4}}世(?![纪界])")


def candidates(text: str) -> tuple[list[Candidate], Tagged]:
    """Every stretch of a folded Chinese text that may be a name, in no order."""
    tagged = tag(text)
    found = list(_from_table(tagged))
    dotted = list(dotted_names(tagged, found))
    found += dotted
    found += named_companies(tagged)
    ruled = [*led_names(tagged, dotted), *bare_names(tagged), *spoken_names(tagged)]
    found += weighed([*ruled, *japanese_names(tagged)], tagged)
    found += organisations(tagged, found)
    found += branded(tagged)
    found += told_companies(tagged)
    found += parties(tagged)
    found += acting_bodies(tagged)
    found += _places(tagged)
    found += _programmes(tagged)
    return found, tagged


def weighed(ruled: list[Candidate], tagged: Tagged) -> Iterator[Candidate]:
    """People's names by rules and by weights; of two that begin together weights tell the end."""
    told = {c.start: c for c in foreign_names(tagged)}
    told |= {c.start: c for c in native_names(tagged)}
    for candidate in ruled:
        other = told.get(candidate.start)
        if other is None or candidate.end == other.end or candidate.kind is not other.kind:
            yield candidate
        elif (candidate.form == "foreign") is not (other.form == "foreign"):
            yield candidate  # characters of the one make and of the other are not compared
        else:
            other.strength = max(other.strength, candidate.strength)
            other.role = other.role or candidate.role
    yield from told.values()


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
                strength = TABLE + 0.3 * length - (2 if length == 2 else 0)
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
            and not _speaks(text, word, end)
            and word[0] not in "一二两三四五六七八九十各全数"
        ):
            following = text[end : end + 1]
            if (
                following
                and following in "省市州县区镇村岛"
                and text[end : end + 2] not in _not_ends()
            ):
                end += 1
            sure = len(word) > 2 or end > start + len(word) or _is_at_place(tagged, number)
            yield Candidate(start, end, EntityKind.PLACE, 4.0 if sure else 2.5, form="tag")
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


def _is_at_place(tagged: Tagged, number: int) -> bool:
    """Whether a word of two characters that jieba alone takes for a place stands like one."""
    word, start = tagged.words[number], tagged.starts[number]
    end = start + len(word)
    if word in gazetteer().chinese or tagged.text[end : end + 1] in "-市县":
        return True
    before = tagged.tags[number - 1] if number else ""
    return before == "ns" or tagged.text[start - 1 : start] in tuple("在于往赴自抵、")


def _speaks(text: str, word: str, end: int) -> bool:
    """Whether what jieba takes for a place has a foreign name's characters and speaks: 欧几里得."""
    foreign = (
        len(word) >= 3 and total_odds(word) > 2 * len(word) and word not in gazetteer().chinese
    )
    return foreign and said_words().longest(text, end) > end


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
        name, opening = match.group(1), match.start()
        named = organisation_endings().ending(name, len(name)) <= len(name) - 2
        before = _KIND_OF_BODY.search(text, max(0, opening - 4), opening) is not None
        if named or before or company_nouns().ending(text, opening) < opening:
            yield Candidate(
                match.start(1), match.end(1), EntityKind.ORGANISATION, 6.5, form="quoted"
            )
    for match in _KINGS.finditer(text):
        start = name_start(tagged, match.start(), match.end(1), set())
        if start is not None and total_odds(text[start : match.end(1)]) > 3:
            yield Candidate(start, match.end(), EntityKind.PERSON, 6.5, form="king")
    for match in _QUOTED.finditer(text):
        yield Candidate(match.start(1), match.end(1), EntityKind.PROGRAMME, 6.0, form="quoted")
