"""Names of organisations in Chinese text: by their endings, and after a noun for a company."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kaoju.chinese_brands import after_maker, is_company_noun
from kaoju.chinese_people import is_known_place, transliterated_at
from kaoju.chinese_words import (
    HAN,
    HAN_CHARACTER,
    TABLE,
    Candidate,
    Lookup,
    Tagged,
    company_nouns,
    organisation_endings,
    role_words,
    total_odds,
)
from kaoju.gazetteer import name_characters, words
from kaoju.types import EntityKind

_QUOTED_NAME = re.compile(rf'"([{HAN}A-Za-z0-9·-]{{2,10}})"')


def named_companies(tagged: Tagged) -> Iterator[Candidate]:
    """Foreign names right after a common noun for a company: 零售巨头塔吉特."""
    text, nouns = tagged.text, company_nouns()
    position, size = 0, len(text)
    while position < size:
        end = nouns.longest(text, position) if text[position] in nouns.heads else position
        if end == position and position in tagged.bounds:
            stop = position + len(tagged.words[tagged.at(position)])
            if text[stop : stop + 1] in name_characters() and is_company_noun(tagged, stop):
                end = stop  # 机床厂|贝洛尼
        if end > position and end < size and text[end] in name_characters():
            found = transliterated_at(tagged, end, led=True)
            if found is not None and not is_known_place(text, found):
                found.kind = EntityKind.ORGANISATION
                if organisation_endings().longest(text, found.end) == found.end:
                    yield found
        position = max(end, position + 1)


_ORGANISATION_STOP = "pcdurxytozq"


def organisations(tagged: Tagged, found: list[Candidate]) -> Iterator[Candidate]:
    """Names that end as organisations do, with the words that belong to them."""
    text, strong = tagged.text, organisation_endings()
    named = {c.start: c for c in found if c.strength >= TABLE or c.form == "dotted"}
    ends = {c.end: c for c in named.values()}
    begins = {c.start for c in ends.values()}
    places = {c.start: c for c in found if c.kind is EntityKind.PLACE and c.known is not None}
    generic = words("organisations", "chinese_generic")
    bodies = words("organisations", "chinese_bodies")
    for number, word in enumerate(tagged.words):
        if tagged.tags[number][0] not in "nvjblazig" or not HAN_CHARACTER.match(word[0]):
            continue
        end = tagged.starts[number] + len(word)
        ending = strong.ending(text, end, tagged.starts[number])
        longer = strong.ending(text, end) if ending == tagged.starts[number] else ending
        if longer < ending and longer in tagged.bounds:
            ending, number = longer, tagged.at(longer)  # 会计师|事务所
            word = text[ending:end]
        if ending == end or role_words().longest(text, ending) > end:
            continue  # 控股|股东
        if text[end : end + 1] == "长" and text[end - 1] in "部局署厅院行会社所委":
            continue
        if len(text[ending:end]) == 1 and (
            tagged.tags[number][0] in "vad"
            or (word in words("organisations", "chinese_not") and not _is_office(tagged, number))
        ):
            continue
        if text[ending:end] in _COMMON_ENDINGS and text.startswith(_MINISTERS, end):
            continue  # 沙特|能源大臣
        following_word = tagged.at(end) if end < len(text) else -1
        if following_word >= 0 and text[ending:end] in _COMMON_ENDINGS:
            flag = tagged.tags[following_word]
            goes_on = (
                role_words().longest(text, end) > end
                or tagged.words[following_word] in _AFTER
                or tagged.words[following_word] in words("organisations", "chinese_acts")
            )
            if flag in ("n", "nz", "vn", "nr", "nrt") and not goes_on:
                continue  # 航空煤油, 联邦基金利率: the ending is a noun of something else
        if text[ending:end] in ("公司", "企业", "机构") and transliterated_at(
            tagged, end, led=True
        ):
            continue  # a description of what is named next: 德国软件公司奥尔滕堡
        if text[end : end + 1] == '"' and text[end + 1 : end + 2] and _QUOTED_NAME.match(text, end):
            continue  # a description of what is named next: 云存储公司“冻湖”
        following = strong.longest(text, end)
        if following > end and following in tagged.bounds and text[end:following] not in ("部",):
            continue  # a longer name goes on: 投资|公司
        if any(company_nouns().longest(text, at) > end for at in range(ending - 1, end)):
            continue  # 挪威航运|商
        start = _organisation_start(tagged, number, ends, begins)
        start = _after_description(text, start, ending)
        name = text[start:end]
        if _is_description(name, named.get(start)):
            continue  # 慕尼黑初创公司|等距航天
        if text[ending:end] == "国际" and start in named and named[start].end == ending:
            continue  # 加拿大|国际贸易部长
        if name in generic or len(name) < 3:
            continue
        inner = ends.get(end)
        if inner is not None and inner.kind is EntityKind.ORGANISATION and inner.start > start:
            continue  # the table knows where this one begins
        first_place = named.get(start)
        described = text[ending:end] in ("机构", "部门", "公司", "企业", "出版社", "组织")
        first_place = first_place or (places.get(start) if described else None)
        if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
            continue  # 交易协会|SIFMA: what is named next
        if described and first_place is not None and text[first_place.end : end] in generic:
            continue  # 法国监管机构: a description
        if name in bodies:
            yield Candidate(start, end, EntityKind.ORGANISATION, 5.5, form="ending")
            continue
        strength = _organisation_strength(tagged, start, end, text[ending:end], bodies)
        if strength <= 0 and text[ending:end] in _COMPANIES and _is_own(text[start:ending]):
            strength = 3.6  # 磐石资本: ordinary words, and nothing else that they could be
            if company_nouns().ending(text, start) < start:
                strength = 5.0  # 矿业公司|赤铁资源
        whole = named.get(start)
        shorter = whole is not None and whole.end < end
        if strength > 0 and whole and shorter and whole.kind is EntityKind.ORGANISATION:
            strength = max(strength, whole.strength + 0.2)  # 现代汽车|研究院
        if strength <= 0 and len(name) >= 5 and role_words().longest(text, end) > end:
            strength = 3.5
        inside = [named[at] for at in range(start, end) if at in named]
        if strength > 0 and any(c.kind is EntityKind.PLACE for c in inside):
            strength += 1.5
        if strength > 0:
            yield Candidate(start, end, EntityKind.ORGANISATION, strength, form="ending")


def _organisation_start(
    tagged: Tagged, number: int, ends: dict[int, Candidate], begins: set[int]
) -> int:
    inside = words("organisations", "chinese_inside")
    before = words("organisations", "chinese_before")
    roles = role_words().words
    start, first = tagged.starts[number], number
    verbs = words("organisations", "chinese_acts")
    while first > 0 and tagged.starts[number] - start < 18:
        if start in ends:
            candidate = ends[start]
            start = candidate.start
            first = tagged.at(start)
            if candidate.kind is not EntityKind.PLACE:
                break
            continue
        word, flag = tagged.words[first - 1], tagged.tags[first - 1]
        if tagged.words[first] in inside or (first == number and len(tagged.words[first]) > 2):
            joined = _joined_start(tagged, first, ends)
            if joined is not None:
                return joined
        if word in words("organisations", "chinese_break") or word in verbs:
            break
        if "\n" in word or not (HAN_CHARACTER.match(word[0]) or flag == "eng"):
            break
        if len(word) >= 3 and word[-1] == "商" and flag[0] == "n" and word not in inside:
            break  # 杂货商篮果公司
        if (word in before or word in roles) and not _of_people(tagged.words[number]):
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
        if tagged.starts[first] in begins:
            break
        first += 1
        start = tagged.starts[first]
    return start


def _is_office(tagged: Tagged, number: int) -> bool:
    """Whether a lone 局 or 厅 ends a body's name that jieba has cut: 日本|金融|厅."""
    word, end = tagged.words[number], tagged.starts[number] + 1
    if tagged.text[max(0, end - 3) : end] in words("organisations", "chinese_bodies"):
        return True
    if word not in ("局", "厅", "署", "部", "院", "司") or number < 2:
        return False
    before, first = tagged.words[number - 1], tagged.words[number - 2]
    inside = words("organisations", "chinese_inside")
    return before in inside and (first in inside or tagged.tags[number - 2] == "ns")


def _after_description(text: str, start: int, ending: int) -> int:
    """Where a name begins after what its bearer is: 挪威航运商|海德兰航运."""
    nouns = company_nouns()
    for at in range(ending - 1, start + 2, -1):
        if after_maker(text, at):
            return at
        begin = nouns.ending(text, at, start)
        if at - begin >= 3 and text[at - 1] in "商企厂司构台所" and ending - at >= 2:
            return at
    return start


def _is_description(name: str, first: Candidate | None) -> bool:
    """Whether words say what a body is and not its name: a kind of company, in a place or not."""
    own = name
    if first is not None and first.kind is EntityKind.PLACE:
        own = name[first.end - first.start :]
    return own in company_nouns().words or name.endswith(("母公司", "子公司", "分公司"))


_LONGEST_JOINED = 6  # characters before 和 in a body's name: 证券|和|投资委员会


def _joined_start(tagged: Tagged, first: int, ends: dict[int, Candidate]) -> int | None:
    """Where a body's name begins before a word that joins: 欧洲|安全|与|合作组织.

    What stands before it has to be words that bodies are named by, and the name of a place
    or a word that names begin with before these.
    """
    inside = words("organisations", "chinese_inside")
    strong, number = organisation_endings(), first - 1
    if tagged.words[number] not in ("和", "与", "及", "、"):
        return None
    begin = tagged.starts[number]
    while number > 0:
        at = tagged.starts[number]
        if at in ends and at < begin:
            return ends[at].start if ends[at].kind is EntityKind.PLACE else None
        number -= 1
        word = tagged.words[number]
        joins = word in ("、", "和", "与", "及")
        known = word in inside or word in words("organisations", "chinese_first")
        if tagged.tags[number] == "ns" and tagged.starts[number] + len(word) < begin:
            return tagged.starts[number]
        if not known and not joins:
            return None
        if len(word) > 1 and word in strong.words and word not in inside:
            return None
        if begin - tagged.starts[number] > 2 * _LONGEST_JOINED:
            return None
        if word in words("organisations", "chinese_first") and word not in _LOOSE:
            return tagged.starts[number]
    return None


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


@cache
def _modifiers() -> Lookup:
    return Lookup(words("contexts", "chinese_modifiers"))


def _is_own(name: str) -> bool:
    """Whether the words before an ending are more than a description: not 民间|资本."""
    at, plain = 0, _modifiers()
    while at < len(name):
        longest = plain.longest(name, at)
        if longest == at:
            return 2 <= len(name) <= 8
        at = longest
    return False


_LOOSE = words("contexts", "chinese_loose")
_MINISTERS = ("大臣", "部长", "厅长", "司长")
_AFTER = words("contexts", "chinese_after_company")
_COMPANIES = words("contexts", "chinese_branded") | {"集团", "律师事务所", "影业", "药业", "商会"}
_COMMON_ENDINGS = words("contexts", "chinese_common_endings")
