"""Names in Chinese text without a title: on the segmenter's word for them, and on what follows.

What looks like a person may be a company's or a place's name by what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaoju.chinese_brands import is_company_noun, owns_company_things
from kaoju.chinese_people import chinese_at, transliterated_at
from kaoju.chinese_roles import role_after
from kaoju.chinese_words import (
    HAN_CHARACTER,
    Candidate,
    Tagged,
    company_nouns,
    organisation_endings,
    role_words,
    said_words,
    small_words,
    total_odds,
)
from kaoju.gazetteer import gazetteer, name_characters, surnames, words
from kaoju.types import EntityKind


def spoken_names(tagged: Tagged) -> Iterator[Candidate]:
    """Chinese names that open a clause and speak, whatever jieba makes of them: 。|辛杰|说."""
    text = tagged.text
    for number, start in enumerate(tagged.starts):
        opens = not start or not HAN_CHARACTER.match(text[start - 1])
        if not opens or text[start : start + 1] not in surnames():
            continue
        for end in (start + 3, start + 2):
            scraps = tagged.words[number : number + end - start]
            if end in tagged.bounds and said_words().longest(text, end) - end >= 1:
                whole = len(tagged.words[number]) == end - start
                named = tagged.tags[number].startswith("nr")
                if (whole and named) or (not whole and all(len(w) == 1 for w in scraps[:2])):
                    yield Candidate(start, end, EntityKind.PERSON, 4.4, form="han")
                    break


def japanese_names(tagged: Tagged) -> Iterator[Candidate]:
    """Japanese names without a title: a family name and what jieba has for a given name."""
    families = words("surnames", "japanese")
    for number, start in enumerate(tagged.starts[:-1]):
        word, given = tagged.words[number], tagged.words[number + 1]
        named = tagged.tags[number + 1].startswith("nr") and len(given) == 2
        if word in families and named and tagged.tags[number] != "ns":
            end = start + len(word) + 2
            role = role_after(tagged.text, end)
            yield Candidate(start, end, EntityKind.PERSON, 4.6, role=role, form="han")


def bare_names(tagged: Tagged) -> Iterator[Candidate]:
    """Names without a title, on jieba's word for it and on what follows."""
    text = tagged.text
    for number, flag in enumerate(tagged.tags):
        if flag[0] != "n" or flag not in ("nr", "nrt", "nrfg", "nz", "n", "ns"):
            continue
        start, word = tagged.starts[number], tagged.words[number]
        least = 1.3 if flag == "nz" else 2.0
        if flag in ("n", "nz", "ns") and (len(word) < 3 or total_odds(word) < least * len(word)):
            continue
        foreign = transliterated_at(tagged, start, led=False)
        if foreign is not None and foreign.end >= start + len(word):
            if flag == "ns" and (
                word in gazetteer().chinese
                or said_words().longest(text, foreign.end) == foreign.end
            ):
                continue
            _retype(tagged, foreign)
            before = text[start - 1 : start]
            if start and before in name_characters() and not _boundary_before(tagged, number):
                continue
            yield foreign
        elif flag.startswith("nr") and 2 <= len(word) <= 4:
            native = chinese_at(tagged, start, led=False)
            if native is not None:
                native.role = role_after(text, native.end)
                if _is_firm(tagged, native):
                    native.kind, native.strength = EntityKind.ORGANISATION, native.strength + 1
                yield native
        elif flag.startswith("nr") and word in surnames():
            native = chinese_at(tagged, start, led=False)
            if native is not None and native.end - start == 3:
                yield native


_TO_PLACE = re.compile(
    "(?:在|赴|于|抵达|飞往|位于|前往|来自|途经|送往|运往|驶往|开往|驶向|迁入|移居|来到|回到|逃往|进入|毗邻|靠近)$"
)
_STORM = re.compile('(?:飓风|台风|气旋|风暴|厄尔尼诺)"?$')
_PLACE_NOUNS = tuple(sorted(words("contexts", "chinese_before_place")))
_PLACE_FOLLOWS = re.compile("|".join(sorted(words("contexts", "chinese_after_place"))))
_BRACKETED = re.compile(r"\([^()]{1,40}\)")


def _holds_role(text: str, end: int) -> bool:
    """Whether a title follows that belongs to somebody else: 麦格理分析师丹尼尔·麦科马克."""
    bracket = _BRACKETED.match(text, end)
    at = bracket.end() if bracket is not None else end
    stop = role_words().longest(text, at)
    known = text[at:stop] in words("roles", "chinese_after")
    if stop == at or known or stop == len(text):
        return False
    return text[stop] in name_characters() or text[stop] in surnames()


def _is_firm(tagged: Tagged, candidate: Candidate) -> bool:
    """Whether what looks like a Chinese name is a firm's: 杜那姆|首席执行官吴京锡."""
    text, start, end = tagged.text, candidate.start, candidate.end
    if total_odds(text[start:end]) <= 0:
        return False
    return company_nouns().ending(text, start) < start or _holds_role(text, end)


def _retype(tagged: Tagged, candidate: Candidate) -> None:
    """What stands around a bare foreign name may make it a place's or a company's."""
    text, start, end = tagged.text, candidate.start, candidate.end
    ending = organisation_endings().longest(text, end)
    if _STORM.search(text, max(0, start - 6), start):
        candidate.strength = 0.0
    elif ending - end >= 2 and text[end:ending] in words("contexts", "chinese_branded"):
        candidate.kind, candidate.end = EntityKind.ORGANISATION, ending  # 梅里韦瑟|制药
        candidate.strength += 2
    elif (
        _holds_role(text, end)
        or owns_company_things(text, end)
        or is_company_noun(tagged, start)
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
    if not start or said_words().longest(text, end) > end:
        return False
    if _TO_PLACE.search(text, max(0, start - 2), start):
        return True
    if text[start - 1] == "从" and text[end : end + 1] in ("到", "至", "出"):
        return True
    return tagged.tags[tagged.at(start - 1)] == "ns" and text[end : end + 1] not in "·"


def _boundary_before(tagged: Tagged, number: int) -> bool:
    """Whether the word before is a whole word rather than a scrap of the same name."""
    word = tagged.words[number - 1]
    return len(word) > 1 or word in small_words() or tagged.tags[number - 1][0] in "vpcdurx"
