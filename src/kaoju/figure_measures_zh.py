"""The grammar of measures in Chinese: 美国财政赤字约占GDP的6%, 3000亿美元的稳定币市场.

A clause runs between commas. Its measure is the last suitable name before the figure; where
the clause names nothing (同比增长20%, 报4.1%), the clauses before it are asked.
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.figure_found import Found
from kaoju.figure_measures import REACH, Name, Sentence, listed
from kaoju.figure_relations import per_words
from kaoju.figure_seeds import any_of
from kaoju.lexicon import section, words
from kaoju.types import Dimension, Relation

_CLAUSE = re.compile(r",(?!(?<=\d,)\d{3}(?!\d))|[;:。!?\n(]")
_LATIN_OR_HAN = re.compile(r"[\u3400-\u9fffa-zA-Z&·\d]+")
_JOINED = re.compile(r"[ ]?(?:[、和与及]|以及)[ ]?")
_OWN = 16  # the longest owner looked for, in characters


@cache
def _spent() -> re.Pattern[str]:
    """Words that name nothing: how numbers move, how firmly, when, per what."""
    known: set[str] = set()
    for key in ("up", "down", "to", "from"):
        known.update(words("relations", "zh", key, "words"))
    known.update(per_words("zh"))
    for place in ("before", "after"):
        for names in section("qualifiers", "zh")[place].values():
            known.update(names)
    known.update(words("qualifiers", "zh", "fillers", "words"))
    known.update(words("measures", "zh", "spent", "words"))
    known.update(listed("zh", "no_owner"))
    return re.compile(rf"{any_of(known)}|[\s\d.%,'\"“”‘’「」()年月日季度第一二三四半上下末底初-]")


@cache
def _breaks() -> re.Pattern[str]:
    kept = any_of(listed("zh", "not_breaks"))
    return re.compile(rf"(?:{kept})|(?P<stop>{any_of(listed('zh', 'breaks'))})")


@cache
def _causes() -> re.Pattern[str]:
    kept = any_of(listed("zh", "not_breaks"))
    return re.compile(rf"(?:{kept})|(?P<stop>{any_of(listed('zh', 'causes'))})")


def _has_cause(text: str) -> bool:
    return any(match["stop"] for match in _causes().finditer(text))


_LEADS = (
    "的",
    "每年",
    "每月",
    "每日",
    "年度",
    "全年",
    "当前",
    "目前",
    "今年",
    "去年",
    "单季",
    "累计",
    "约",
    "总",
    "、",
    " ",
)


def place_zh(sentence: Sentence, one: Found, index: int) -> None:
    """Set the measure and the subject of a figure, where the sentence says them."""
    clauses = _clauses(sentence, one)
    name = _respective(sentence, one, index, clauses) or _governing(sentence, one, clauses[0])
    shared = one.share_of
    after = _attached(sentence, one)
    if one.share_of != shared:
        return
    if after is not None and (name is None or not _states(sentence, name, one)):
        name = after
    change = name is not None and _is_change(sentence, name)
    if (name is None or change) and _names_nothing(sentence, clauses[0], one.start):
        for start, end in clauses[1:]:
            earlier = _last(sentence, one, start, end)
            if earlier is not None:
                name = earlier
                break
            if not _names_nothing(sentence, (start, end), end):
                break
    if name is None:
        if one.relation in (Relation.BY, Relation.TO) and one.direction is not None:
            _mover(sentence, one, clauses[0])
        if one.subject is None and one.dimension in (Dimension.COUNT, Dimension.MONEY):
            doer = _reporter(sentence, one.start) if len(clauses) == 1 else None
            one.subject = sentence.view.cased[doer[0] : doer[1]] if doer is not None else None
        return
    _note(sentence, one, name, index)


def _clauses(sentence: Sentence, one: Found) -> list[tuple[int, int]]:
    """The clause before the figure and up to three clauses before it, the nearest first."""
    lower = sentence.view.lower
    floor = max(sentence.start, one.start - REACH)
    cuts = [match.end() for match in _CLAUSE.finditer(lower, floor, one.start)]
    bounds = [floor, *cuts]
    spans = [(begin, end) for begin, end in zip(bounds, [*cuts, one.start], strict=True)]
    return spans[::-1][:4]


def _is_head(sentence: Sentence, name: Name) -> bool:
    follows = sentence.view.lower[name.end : name.end + 4]
    return not follows.startswith(_not_head())


@cache
def _not_head() -> tuple[str, ...]:
    return tuple(listed("zh", "not_head"))


def _usable(sentence: Sentence, one: Found, name: Name) -> bool:
    if name.kind == "after" or not name.suits(one) or not _is_head(sentence, name):
        return False
    return not sentence.is_base(name)


def _governing(sentence: Sentence, one: Found, clause: tuple[int, int]) -> Name | None:
    """The last suitable name of the figure's own clause, unless another thing is moved by it."""
    lower = sentence.view.lower
    for name in sentence.names_before("zh", *clause):
        if not _usable(sentence, one, name):
            continue
        between = lower[name.end : one.start]
        if name.kind == "count" and not (_states(sentence, name, one) or _moved_by(between)):
            continue
        if _BASIS.search(lower, max(clause[0], name.start - 10), name.start):
            continue
        return None if len(between) < 40 and _has_cause(between) else name
    return None


_BASIS = re.compile(r"(?:按|按照|以|依|依据|凭)(?!上|下|后|前|来|内|外)[^,]{0,8}$")  # 按当时价格


def _moved_by(text: str) -> bool:
    """Whether a stretch is about how something moved, and short: 出口同比增长."""
    return len(text) <= 12 and _moving().search(text) is not None


_CHANGES = frozenset({"涨幅", "跌幅", "降幅", "增幅", "升幅", "增速"})


def _is_change(sentence: Sentence, name: Name) -> bool:
    """升幅为0.34% says how much, not of what."""
    return sentence.view.lower[name.start : name.end] in _CHANGES


def _last(sentence: Sentence, one: Found, start: int, end: int) -> Name | None:
    lower = sentence.view.lower
    for name in sentence.names_before("zh", start, end):
        basis = _BASIS.search(lower, max(start, name.start - 10), name.start)
        if _usable(sentence, one, name) and basis is None:
            return name
    return None


def _names_nothing(sentence: Sentence, clause: tuple[int, int], until: int) -> bool:
    """Whether a clause is only about how something moved: 同比增长, 较上年末下降."""
    text = sentence.view.lower[clause[0] : until]
    for one in sentence.figures:
        if clause[0] <= one.start and one.end <= until:
            text = text.replace(sentence.view.lower[one.start : one.end], "")
        if one.share_of is not None and clause[0] <= one.start <= until:
            text = text.replace(one.share_of.lower(), "")
    at = text.rfind("其")
    if at >= 0 and not text.startswith(("其中", "其他", "其余"), at):
        text = text[at:]  # 目标是将其降至
    return len(text) < 60 and len(_spent().sub("", text)) <= 1


def _states(sentence: Sentence, name: Name, one: Found) -> bool:
    """Whether nothing stands between a name and its number but how it stands: 升至约."""
    between = sentence.view.lower[name.end : one.start]
    return len(between) <= 16 and len(_spent().sub("", between)) <= 1


_ATTACHED = re.compile(r"(?:左右|以上|以下)?[ ]?的?")


def _attached(sentence: Sentence, one: Found) -> Name | None:
    """The name that the figure stands before: 5亿元罚款, 3000亿美元的稳定币市场."""
    if one.dimension not in (
        Dimension.MONEY, Dimension.PERCENT, Dimension.RATIO, Dimension.PERCENTAGE_POINT,
    ):  # fmt: skip
        return None
    lower = sentence.view.lower
    lead = _ATTACHED.match(lower, one.after)
    begin = lead.end() if lead else one.after
    plain = "的" not in lower[one.after : begin]
    if plain and one.dimension is not Dimension.MONEY:
        return None
    stop = re.compile(r"[,;:。!?\n()、\d]").search(lower, begin, min(begin + 14, sentence.end))
    end = stop.start() if stop else min(begin + 14, sentence.end)
    chosen: Name | None = None
    for name in sentence.names_after("zh", begin, end):
        between = lower[begin : name.start]
        if len(between) > (6 if plain else 10) or _breaks_in(between):
            break
        if not _is_head(sentence, name):
            continue
        if chosen is None or name.start == chosen.end:
            chosen = name
    if chosen is None:
        return None
    if chosen.kind == "count" and one.dimension is not Dimension.MONEY:
        one.share_of = one.share_of or sentence.view.cased[begin : chosen.end]
        return None  # 四分之一的会员
    listed_after = lower[chosen.start : chosen.end] in listed("zh", "after")
    return chosen if listed_after or chosen.suits(one) else None


def _breaks_in(text: str) -> bool:
    return any(match["stop"] for match in _breaks().finditer(text))


def _respective(
    sentence: Sentence, one: Found, index: int, clauses: list[tuple[int, int]]
) -> Name | None:
    """营收和净利润分别为100亿元和12亿元: the second name for the second number."""
    lower = sentence.view.lower
    start, end = clauses[0]
    at = lower.rfind("分别", start, end)
    if at < 0:
        return None
    order = sum(at < other.start for other in sentence.figures[:index])
    for begin, finish in [(start, at), (clauses[min(3, len(clauses) - 1)][0], start)]:
        names = [n for n in sentence.names_before("zh", begin, finish) if n.kind != "after"]
        names.reverse()
        if len(names) >= 2 and order < len(names) and names[order].suits(one):
            return names[order]
    return None


def _note(sentence: Sentence, one: Found, name: Name, index: int) -> None:
    lower, cased = sentence.view.lower, sentence.view.cased
    start = _widened(sentence, name)
    if _is_share(one, lower[name.end : one.start]):
        owned = _owner(sentence, start)
        one.share_of = one.share_of or cased[owned[0] if owned else start : name.end]
        return  # 协议收入的三成
    one.measure = cased[start : name.end]
    if name.start >= one.end:
        owner = _owner_after(one, start, lower)
    else:
        owner = _owner(sentence, start)
        if owner is None and name.kind != "index":
            one.subject = _carried(sentence, one, index, start)
            owner = None if one.subject else _reporter(sentence, start)
    if owner is not None:
        one.subject = cased[owner[0] : owner[1]]


_SHARE_LEAD = re.compile(r"的[ ]?(?:约|近|逾|超过|将近|不到|不足|至少|大约)*[ ]?")


def _is_share(one: Found, between: str) -> bool:
    return one.dimension in (Dimension.PERCENT, Dimension.RATIO) and (
        _SHARE_LEAD.fullmatch(between) is not None
    )


def _widened(sentence: Sentence, name: Name) -> int:
    """Where the measure begins with its modifiers: 核心 before CPI, 10年期 before 国债收益率."""
    lower, start = sentence.view.lower, name.start
    modifiers = listed("zh", "modifiers")
    floor = max((f.end for f in sentence.figures if f.end <= start), default=sentence.start)
    for _ in range(3):
        for length in range(12, 0, -1):
            if start - length >= floor and lower[start - length : start] in modifiers:
                start -= length
                break
        else:
            before = sentence.names_before("zh", max(floor, start - 8), start)
            if not before or before[0].end != start or before[0].kind == "price":
                break
            start = before[0].start  # 出口 of 出口增速
    for other in sentence.figures:
        tenor = other.dimension is Dimension.TENOR and other.start < start
        if tenor and lower[other.end : start] in ("", "的", "美国", "美债", "基准"):
            return other.start if lower[other.end : start] in ("", "的", "基准") else start
    return start


def _owner(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """The words before a measure that name whose it is."""
    lower = sentence.view.lower
    floor = max(sentence.start, end - 40)
    cut = floor
    for match in _CLAUSE.finditer(lower, floor, end):
        cut = match.end()
    for other in sentence.figures:
        if other.end > end:
            break
        if other.end <= cut:
            continue
        if other.date is None and other.dimension is not Dimension.TENOR:
            joint = _JOINED.match(lower, other.end)
            cut = joint.end() if joint else other.end
        elif lower[other.end : end].strip("的 ") == "":
            end = other.start  # 腾讯第三季度营收
        else:
            cut = other.end
    return _trimmed(lower, cut, end)


_WHEN_ZH = re.compile(
    r"(?:(?:本|上|下)?(?:周|星期|礼拜)[一二三四五六日天末]?(?:凌晨|清晨|早间|上午|中午|下午|傍晚|晚间|深夜|晚)?"
    r"|日前|近日|当日|当天|今早|昨晚|昨日|今日|本月|上月|目前|[上下]半年|全年)$"
)


@cache
def _no_owner() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(listed('zh', 'no_owner'))}|[的了着过 “”\"'「」《》])+")


def _trimmed(lower: str, start: int, end: int) -> tuple[int, int] | None:
    """What is left of a stretch as a name: no verbs before it, no particles around it."""
    for stops in (_breaks(), _causes()):
        for match in stops.finditer(lower, start, end):
            if match["stop"]:
                start = match.end()
    comma = max(lower.rfind("、", start, end), lower.rfind(" ", start, end - 1))
    if comma >= 0 and lower[comma] == "、":
        start = comma + 1
    if start and lower[start - 1] in "每该这那各某":
        return None
    lead = _no_owner().match(lower, start, end)
    start = lead.end() if lead is not None else start
    while start < end:
        before = end
        when = _WHEN_ZH.search(lower, start, end)
        end = when.start() if when is not None else end
        end -= end - start > 4 and lower[end - 1] in "中里"
        for word in _LEADS:
            if lower.endswith(word, start, end):
                end -= len(word)
        if end == before:
            break
    text = lower[start:end]
    fits = 2 <= len(text) <= _OWN and _LATIN_OR_HAN.fullmatch(text.replace(" ", ""))
    return (start, end) if fits and not text.isdigit() else None


def _owner_after(one: Found, start: int, lower: str) -> tuple[int, int] | None:
    """The 稳定币 of 3000亿美元的稳定币市场."""
    begin = one.after
    while begin < start and lower[begin] in "的 左右以上":
        begin += 1
    return _trimmed(lower, begin, start)


def _carried(sentence: Sentence, one: Found, index: int, start: int) -> str | None:
    """The subject of the figure before, where a new clause goes on about the same."""
    lower = sentence.view.lower
    for earlier in reversed(sentence.figures[:index]):
        if earlier.subject is not None and earlier.end <= start:
            lead = lower[earlier.end : start]
            return earlier.subject if len(_spent().sub("", lead)) <= 4 else None
        if earlier.start >= start and earlier.subject is not None:
            return earlier.subject
    return None


@cache
def _reporting() -> re.Pattern[str]:
    return re.compile(any_of(listed("zh", "reporters")))


def _reporter(sentence: Sentence, before: int) -> tuple[int, int] | None:
    """腾讯公布, …: who the sentence is about, when it begins with them."""
    lower = sentence.view.lower
    limit = min(before, sentence.start + 40)
    start = sentence.start
    for other in sentence.figures:
        if other.date is not None and not lower[start : other.start].strip():
            start = other.end
            while lower[start : start + 1] in (",", " ", "的"):
                start += 1
    match = _reporting().search(lower, start, limit)
    if match is None or any(c in lower[start : match.start()] for c in ",;:。"):
        return None
    inside = any(start <= f.start < match.start() and f.date is None for f in sentence.figures)
    end = min((f.start for f in sentence.figures if start < f.start and f.date), default=limit)
    return None if inside else _trimmed(lower, start, min(end, match.start()))


@cache
def _moving() -> re.Pattern[str]:
    moves = {*words("relations", "zh", "up", "words"), *words("relations", "zh", "down", "words")}
    return re.compile(any_of(moves))


def _mover(sentence: Sentence, one: Found, clause: tuple[int, int]) -> None:
    """腾讯控股跌3.2%: what moved, where no measure is named."""
    lower = sentence.view.lower
    moves = list(_moving().finditer(lower, clause[0], one.start))
    if not moves:
        return
    match = moves[-1]
    start = clause[0]
    for other in sentence.figures:
        if start <= other.start and other.end <= match.start():
            start = other.end
    if not any(clause[0] <= f.start < match.start() and f.date is None for f in sentence.figures):
        text = _spent_tail(lower, start, match.start())
        owner = _trimmed(lower, start, text)
        if owner is not None and not _breaks_in(lower[start : match.start()]):
            one.subject = sentence.view.cased[owner[0] : owner[1]]


_ADVERB = re.compile(
    r"(?:随即|平均|小幅|大幅|持续|继续|一度|盘中|早盘|午后|收盘|开盘|同比|环比|再|曾|单日|微|急|续|"
    r"累计|进一步|逐步|略|仍|已|将|反而|周四|周三|周二|周一|周五|期间|则|均|都|也|更|共|短线|现)+$"
)


def _spent_tail(lower: str, start: int, end: int) -> int:
    match = _ADVERB.search(lower, max(start, end - 12), end)
    return match.start() if match else end
