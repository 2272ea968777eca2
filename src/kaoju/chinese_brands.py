"""Chinese names of a part of their own and a word for what bears them: 锐石|半导体, 仁济|医院.

Any words may be the part of its own, ordinary ones too, so that what stands around the name
has to tell it: a title or what companies do after it, a clause's beginning, a verb or the noun
for a company before it. Names without such a word are told by what a sentence says of them:
卡拉韦拉|是一家玩具商.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kaoju.chinese_words import (
    HAN,
    HAN_CHARACTER,
    Candidate,
    Lookup,
    Tagged,
    company_nouns,
    role_words,
    said_words,
    total_odds,
)
from kaoju.gazetteer import gazetteer, words
from kaoju.text import appearances
from kaoju.types import EntityKind
from kaoju.word_translations import word_translations

_LEAST = 3.0  # of what speaks for a name
_SURE = 2.0  # what a name, or the noun for a company before it, says for it
_ACTS = 1.5  # what a title or a verb of a company's after a name says for it, at least
_LONGEST_OWN = 8  # characters
_MAKES = tuple("商厂企社")  # what a noun for a company ends in: 机床|厂
_BODIES = ("基金", "协会", "联盟", "学会", "联合", "研究", "论坛", "平台")
_PROPER = ("nr", "nrt", "nrfg", "nz", "ns", "nt")
_STOPS = "pcdurxytoqvhk"  # tags that end a name to the left


@cache
def kinds() -> Lookup:
    """Words for what bears a name: endings of organisations, and trades."""
    return Lookup(words("organisations", "chinese_strong") | trades())


@cache
def trades() -> frozenset[str]:
    """What companies are named after by what they do; ordinary nouns anywhere else."""
    return words("organisations", "chinese_trades")


@cache
def _does() -> Lookup:
    return Lookup(words("contexts", "chinese_company_does"))


@cache
def _may_do() -> Lookup:
    return Lookup(words("contexts", "chinese_company_may"))


@cache
def _owned() -> Lookup:
    return Lookup(words("contexts", "chinese_company_owned"))


@cache
def _plain() -> frozenset[str]:
    """Words that name nothing before an ending."""
    return (
        words("contexts", "chinese_modifiers")
        | words("organisations", "chinese_inside")
        | words("organisations", "chinese_generic")
    )


@dataclass(frozen=True, slots=True)
class _Own:
    """The part of a name before its ending."""

    start: int
    proper: float  # 2 where a word in it is a name's, 1 where no dictionary has it
    placed: bool  # it opens with the name of a place
    described: bool  # the noun for a company stands before it
    plain: bool  # all its words are those that describe bodies


def branded(tagged: Tagged) -> Iterator[Candidate]:
    """Names with a word for what bears them, as far as the words around them tell."""
    text = tagged.text
    told = list(_branded(tagged))
    names = (text[own.start : end] for own, end, _ in told)
    seen = Counter(name for _, name in appearances(text, names))
    for own, end, score in told:
        score += 0.5 * (seen[text[own.start : end]] > 1)
        if score >= _LEAST:
            strength = 5.0 + 0.3 * score + 1.5 * own.placed
            yield Candidate(own.start, end, EntityKind.ORGANISATION, strength, form="branded")


def _branded(tagged: Tagged) -> Iterator[tuple[_Own, int, float]]:
    """The same with what each is worth where it stands: (own part, end, score) triples."""
    text, ends = tagged.text, kinds()
    for at in range(2, len(text)):
        if text[at] not in ends.heads or not _may_end(tagged, at):
            continue
        end = ends.longest(text, at)
        if end == at or (end not in tagged.bounds and role_words().longest(text, end) == end):
            continue
        if text[end : end + 1] in ("长", '"') or not _is_whole(tagged, at, end):
            continue
        follows = _after(text, end)
        if follows < 1 and ends.longest(text, end) > end:
            continue  # a longer name goes on: 青禾|农业|科技
        own = _own_part(tagged, at)
        manages = text[at:end] == "基金" and own is not None and own.proper >= _SURE
        if role_words().longest(text, at) > end and not manages:
            continue  # 红岩酒业|控股股东, but 马卡里基金|经理
        if own is None or not 2 <= at - own.start <= _LONGEST_OWN:
            continue
        if own.plain and not (own.placed and _owned().longest(text, end) > end):
            continue
        weak = text[at:end] in _weak()
        before = _before(tagged, own.start)
        told = follows >= _ACTS and (before >= 1 or own.described)
        if (weak and own.proper < _SURE and not told) or (
            at not in tagged.bounds and not (own.proper and follows >= _ACTS)
        ):
            continue
        if tagged.tags[tagged.at(end - 1)] == "v" and follows < _ACTS and before < _ACTS:
            continue  # 向卢克|支付
        score = follows + (0.0 if weak else 1.0) + max(own.proper, _SURE * own.placed)
        score += _SURE if own.described else before
        if told and not own.proper:
            score += 0.5  # 灯塔|生物|周一公布
        yield own, end, score


@cache
def _weak() -> frozenset[str]:
    """Endings that are ordinary nouns, or say no more than that something is a body."""
    common = words("contexts", "chinese_common_endings")
    return trades() | common | {"公司", "机构", "组织", "平台", "企业", "部门"}


def _may_end(tagged: Tagged, at: int) -> bool:
    """Whether a word begins here, or may begin inside one of the segmenter's: 凯尔特|海|风电."""
    return at in tagged.bounds or len(tagged.words[tagged.at(at)]) in (2, 4)


def _is_whole(tagged: Tagged, at: int, end: int) -> bool:
    """Whether a word of one character that ends bodies' names is a word here: 研究|院."""
    return end - at > 1 and tagged.text[at:end] not in words("contexts", "chinese_loose")


def _own_part(tagged: Tagged, ending: int) -> _Own | None:
    """The words before an ending that belong to its name."""
    text, start = tagged.text, ending
    described = placed = False
    proper = 0.0
    plain, seen = True, 0
    inside = words("organisations", "chinese_inside")
    while start > 0 and ending - start <= _LONGEST_OWN:
        number = tagged.at(start - 1)
        word, flag, begin = tagged.words[number], tagged.tags[number], tagged.starts[number]
        if not HAN_CHARACTER.match(word[0]):
            break
        if start < begin + len(word):
            word = text[begin:start]
        if (begin and (text[begin - 1].isdigit() or _counts(text, begin))) or (
            len(word) == 1 and word in _NEVER
        ):
            break  # 40|余家上市公司
        if begin and len(word) >= 2 and after_maker(text, begin + 1) and start > begin + 1:
            return _Own(begin + 1, _SURE, False, True, False)  # 芯片设计商|锐石
        if is_company_noun(tagged, start):
            described = True
            break
        known = gazetteer().chinese.get(word)
        place = known is not None and known.kind is EntityKind.PLACE
        if word in words("organisations", "chinese_break") or role_words().ending(text, start) < (
            start
        ):
            break
        scrap = _is_scrap(tagged, number, text[start:ending])
        if flag[0] in _STOPS and word not in inside and not scrap:
            body = text[ending : ending + 2] in _BODIES
            if (seen and (proper or not body)) or not _names_here(tagged, number, flag):
                break
        if flag[0] == "m" and word[0] in _NUMERALS and len(word) > 1:
            break
        if flag[0] == "f" and word not in inside and len(word) == 1:
            break
        if word in words("contexts", "chinese_loose") and begin in tagged.bounds and start < ending:
            lone = begin and HAN_CHARACTER.match(text[begin - 1])
            if lone and tagged.tags[tagged.at(begin - 1)][0] not in _STOPS:
                break
        own = word not in _plain() and not place
        named = _own_weight(word, flag) if own else 0.0
        if (place and not plain) or (proper and own and not named):
            break  # 加州|里根论坛, 沿线|燕山石化
        proper = max(proper, named)
        plain = plain and not own
        start, seen, placed = begin, seen + 1, place
        if place and seen > 1:
            break
    return None if start == ending else _Own(start, proper, placed, described, plain)


def _counts(text: str, begin: int) -> bool:
    """Whether a measure word that a number goes before begins here: 十二|月."""
    before = text[begin - 1 : begin]
    measured = text[begin] in "年月日号家吨只台" and before in _NUMERALS
    return bool(before) and (before.isdigit() or measured)


@lru_cache(maxsize=16384)
def _own_weight(word: str, flag: str) -> float:
    """What a word says for its being a name's: 2, 1 where no dictionary has it, or nothing."""
    if flag in _PROPER or len(word) == 1 or total_odds(word) > 2 * len(word):
        return _SURE
    return 0.0 if word_translations(word) else 1.0


def _is_scrap(tagged: Tagged, number: int, right: str) -> bool:
    """Whether a single character is a piece of a name that the segmenter cut: 鹏|达, 米|利根."""
    word = tagged.words[number]
    if len(word) > 1:
        return False
    if number and tagged.tags[number - 1] == "nr" and len(tagged.words[number - 1]) == 1:
        return tagged.tags[number][0] in "vna"
    return len(right) >= 2 and total_odds(word + right) > 2 * (len(right) + 1)


def _after_kind(tagged: Tagged, at: int) -> float:
    """What stands behind the ending that begins here says for a name."""
    end = kinds().longest(tagged.text, at)
    return _after(tagged.text, end) if end > at else _ACTS


def _names_here(tagged: Tagged, number: int, flag: str) -> bool:
    """Whether what may be a verb opens a clause or follows a small word: 和|启明|创投."""
    start = tagged.starts[number]
    if flag[0] != "v" or len(tagged.words[number]) != 2:
        return False
    if any(tagged.words[number] in some.words for some in (said_words(), _does())):
        return False
    if tagged.words[number] in words("organisations", "chinese_acts"):
        return False
    if _after_kind(tagged, start + 2) < _ACTS:
        return False
    opens = not start or not HAN_CHARACTER.match(tagged.text[start - 1])
    return opens or tagged.words[number - 1] in ("和", "与", "由", "对", "被", "从")


def is_company_noun(tagged: Tagged, end: int) -> bool:
    """Whether a noun for a company ends here: 船运|商, 机床厂, 私募机构."""
    if company_nouns().ending(tagged.text, end) < end:
        return True
    if end < 3 or tagged.text[end - 1] not in _MAKES or end not in tagged.bounds:
        return False
    number = tagged.at(end - 1)
    word = tagged.words[number]
    if len(word) == 1:
        return number > 0 and tagged.tags[number - 1] in ("n", "vn", "nz")
    return len(word) >= 3 and tagged.tags[number] == "n"


_NEVER = tuple(
    "的了在与及或是为将已曾则也就都对从向被把让由据经称说等并但而这那其该此每各某以会能可要不未没有到去来获令请给转至"
)
_NUMERALS = "一二三四五六七八九十百千万亿两几数多半0123456789"
_TRADERS = ("招商", "工商", "农商", "华商", "浙商", "徽商", "潮商", "晋商", "客商", "外商", "侨商")
_OF_TRADE = tuple("业务品会贸汤飞家城场机店旅标户科铺社报誉")


def after_maker(text: str, at: int) -> bool:
    """Whether a noun for a company in 商 ends here, whatever the segmenter cuts: 设计商|锐石."""
    if at < 3 or text[at - 1] != "商" or text[at : at + 1] in _OF_TRADE:
        return False
    before = text[at - 3 : at - 1]
    return text[at - 2 : at] not in _TRADERS and all(map(HAN_CHARACTER.match, before))


def _before(tagged: Tagged, start: int) -> float:
    """What the word before a name says for it."""
    if not start or not HAN_CHARACTER.match(tagged.text[start - 1]):
        return 1.0
    number = tagged.at(start - 1)
    word, flag = tagged.words[number], tagged.tags[number]
    acts = words("organisations", "chinese_acts")
    if word in acts or (word == "了" and number and tagged.words[number - 1] in acts):
        return _ACTS
    if flag[0] in "pc" or word in ("了", "是", "把", "被"):
        return 1.0
    return 0.6 if flag[0] == "v" or role_words().ending(tagged.text, start) < start else 0.0


def _after(text: str, end: int) -> float:
    """What the words after a name say for it: 老板, 周三宣布, 的首席执行官."""
    if text[end : end + 1] == "(" and _SHORT.match(text, end):
        return _SURE
    dated = _DAY.match(text, end)
    at = dated.end() if dated is not None else end
    late = _LATE_ROLE.match(text, at)
    led = late.end() if late is not None else at
    if role_words().longest(text, led) > led:
        return _SURE
    if said_words().longest(text, at) > at or _does().longest(text, at) > at:
        return _ACTS
    if _may_do().longest(text, at) > at:
        return 1.0
    if text[end : end + 1] == "的":
        if _owned().longest(text, end + 1) > end + 1:
            return _ACTS
        return 1.0 if role_words().longest(text, end + 1) > end + 1 else 0.2
    return 0.3 if end >= len(text) or not HAN_CHARACTER.match(text[end]) else 0.0


_SHORT = re.compile("\\((?:以?下文?[简统]?称|简称)")
_DAY = re.compile(
    "(?:本?(?:周|星期)[一二三四五六日末]|(?:今|昨|前|当)[天日]|去年|今年|上月|本月|日前|近日|随后|此前|"
    "[一二三四五六七八九十]+月|则|却|也|已|曾|将|正在?|本已)+"
)
_LATE_ROLE = re.compile("(?:前|现任|原|新任|时任|第[一二三四五]代|联合)")

_PARTY = 8  # characters before 党, at most


def parties(tagged: Tagged) -> Iterator[Candidate]:
    """Parties named by what they are for: 民主|中心|党, 公正与发展|党."""
    known = words("organisations", "chinese_causes")
    for number, word in enumerate(tagged.words):
        whole = word[-1] == "党" and word[:-1] in known  # 民主党, as one word
        if word not in ("党", "阵线") and not whole:
            continue
        first, told = number, int(whole)
        while first and tagged.starts[number] - tagged.starts[first - 1] <= _PARTY:
            before = tagged.words[first - 1]
            if before not in known and not (told and before in ("与", "和")):
                break
            first, told = first - 1, told + (before in known)
        if told == whole:
            continue  # the word alone is known, or it is none's
        while tagged.words[first] in ("与", "和"):
            first += 1
        end = tagged.starts[number] + len(word)
        if first and _is_country(tagged.words[first - 1]):
            first -= 1  # 加拿大|新民主党
        strength = 5.0 + told
        yield Candidate(tagged.starts[first], end, EntityKind.ORGANISATION, strength, form="ending")


def _is_country(word: str) -> bool:
    known = gazetteer().chinese.get(word)
    return known is not None and known.kind is EntityKind.PLACE


def acting_bodies(tagged: Tagged) -> Iterator[Candidate]:
    """Bodies that one country has one of, where they act: 央行|宣布."""
    bodies = words("organisations", "chinese_bodies")
    for number, word in enumerate(tagged.words):
        start = tagged.starts[number]
        lone = not start or not HAN_CHARACTER.match(tagged.text[start - 1])
        if word in bodies and lone and _after(tagged.text, start + len(word)) >= _ACTS:
            end = start + len(word)
            yield Candidate(start, end, EntityKind.ORGANISATION, 5.0, form="ending")


# Names without a word for what bears them -------------------------------------------------

_IS_ONE = re.compile(
    rf"([{HAN}]{{2,6}})(?:是|系|为)(?:一|这)家[^,.。;:!?]{{0,14}}?(?:商|公司|厂|店|银行|机构|企业|集团|平台|媒体|基金)"
)
_FOUNDED = re.compile(rf"([{HAN}]{{2,6}})由[^,.。;:!?]{{2,20}}?(?:创立|创办|创建|成立)")
_NO_NAME = re.compile("[这该其它他她我你本此那的]|公司|企业|集团|机构|两|一家")


def told_companies(tagged: Tagged) -> Iterator[Candidate]:
    """Names of which a sentence says that they are a company's: 卡拉韦拉|是一家玩具商."""
    text = tagged.text
    for pattern in (_IS_ONE, _FOUNDED):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            opens = not start or not HAN_CHARACTER.match(text[start - 1])
            if opens and not _NO_NAME.search(match.group(1)):
                yield Candidate(start, end, EntityKind.ORGANISATION, 5.5, form="told")


def owns_company_things(text: str, end: int) -> bool:
    """Whether what follows a name is a company's: 奎斯特罗|的首席技术官."""
    return text[end : end + 1] == "的" and _owned().longest(text, end + 1) > end + 1
