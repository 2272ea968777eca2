"""Chinese shares told as so many of so many: 每九户就有一户, 十件里扔不到一件."""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju import count_nouns
from kaoju.figure_found import Found, View
from kaoju.numeral_words import HAN_NUMERALS
from kaoju.numerals import Numeral, Sort, read_at
from kaoju.types import Dimension, Qualifier
from kaoju.units import match_unit

_PER_MANY = re.compile(
    r"每(?P<base>[百千万]|10{2,4})[ ]?(?P<class>[名个人户位家])"
    r"(?P<noun>[\u4e00-\u9fff]{0,8}?)(?:中|里|当中|之中)?(?:就|"
    r"约|大约|平均|仅|只)?有(?:约|大约|近|逾|超过)?(?=[\d一二两三四五六七八九十])"
)
_NUMERAL = re.compile(rf"[{HAN_NUMERALS}\d]")
_TEN = re.compile(r"(?:十|一?百)(?![一二三四五六七八九十百千万亿多余来几])")
# What makes a ten one of so many told already: 这十家, 前十名, 三十家, 的十个.
_NOT_ANY_TEN = re.compile(r"[这那前后头首共第每几数的有二三四五六七八九两零百千万\d]$")
_REACH = 26  # characters from the whole to its part
_AFTER_WITHIN = r"(?=[就便才约大只仅有将近不没竟至超差，,]|[\u4e00-\u9fff]{0,2}$)"
_WITHIN = re.compile(rf"(?:里[头面]?|[当之]中|(?<!其)中){_AFTER_WITHIN}")
# 十个品牌中有六个 may be ten that were tried; 十件里扔不到一件 is any ten.
_IN_ANY = re.compile(r"里[头面]?[\u4e00-\u9fff]{0,7}$")
_SHARING = re.compile(r"就|便|才|约|只|仅|有|差不多|将近|不到")
_SPANS = re.compile(r"多?(?:月|小时|星期|礼拜|钟头|季度|交易日|工作日|世纪)")
# 一个没看 says something of the one; 一个卫生室 is another thing that is shared out.
_SAYS = re.compile(
    r"$|[，。；、,;!?！？)）]|[不没未无是在都会要被已曾正还可想愿达超有患染得死走住来去拿把给从用由因"
    r"连赞反同拒放买卖失退逃落过能]|年过|属于|通过"
)
_PERSONS = frozenset("人个名位")
_OWN_NOUN = frozenset(
    {"户", "只", "份", "张", "票", "辆", "架", "艘", "头", "棵", "株", "件", "条"}
)
_SOFT = (
    (re.compile(r"不到|不足"), Qualifier.UNDER),
    (re.compile(r"将近|接近|几乎|(?<![附最])近"), Qualifier.NEARLY),
    (re.compile(r"约|大概|差不多"), Qualifier.ABOUT),
    (re.compile(r"超过|逾"), Qualifier.OVER),
)


def read_each(view: View, match: re.Match[str], floor: int) -> int:
    """每百名儿童中约有12名 and 每九户就有一户: a ratio."""
    found = _per_many(view, match.start()) or _each(view, match.start())
    if found is None:
        return match.end()
    view.found.append(found)
    return found.end


def _per_many(view: View, at: int) -> Found | None:
    lower = view.lower
    head = _PER_MANY.match(lower, at)
    number = read_at(lower, head.end()) if head is not None else None
    if head is None or number is None or number.sort is not Sort.CARDINAL:
        return None
    base = {"百": 100, "千": 1000, "万": 10_000}.get(head["base"]) or int(head["base"])
    end = number.end
    classifier = count_nouns.classifier_at(lower, end)
    if classifier is not None:
        end += len(classifier[0])
    found = _ratio(at, end, number.value / base)
    if re.search(r"约", head.group()):
        found.qualifier = Qualifier.ABOUT
    return found


def _each(view: View, at: int) -> Found | None:
    lower = view.lower
    first = _NUMERAL.search(lower, at + 1, at + 5)
    whole = read_at(lower, first.start()) if first is not None else None
    if first is None or whole is None or not _is_whole(whole):
        return None
    if first.start() > at + 1 and (
        match_unit(lower, view.cased, at + 1) or count_nouns.classifier_at(lower, at + 1)
    ):
        return None  # 每公斤6元
    return _part(view, at, whole, within=False)


def ten_zh(view: View, at: int) -> Found | None:
    """十件里扔不到一件: of any ten, and no ten that are known already; None otherwise."""
    lower = view.lower
    if _TEN.match(lower, at) is None or _NOT_ANY_TEN.search(lower[max(0, at - 1) : at]):
        return None
    whole = read_at(lower, at)
    if whole is None or whole.value not in (10, 100):
        return None
    return _part(view, at, whole, within=True)


def _is_whole(whole: Numeral) -> bool:
    if whole.sort is not Sort.CARDINAL or whole.value < 2 or whole.value % 1:
        return False
    return whole.value <= 20 or whole.value in (100, 1000, 10_000)


def _part(view: View, start: int, whole: Numeral, *, within: bool) -> Found | None:
    """The share that the next number of the same things is; None where there is none."""
    lower = view.lower
    counted = _counted(view, whole.end)
    if counted is None or _SPANS.match(lower, whole.end + 1):
        return None
    name, end = counted
    part_at = _NUMERAL.search(lower, end, end + _REACH)
    if part_at is None:
        return None
    part = read_at(lower, part_at.start())
    between = lower[end : part_at.start()]
    if part is None or part.sort is not Sort.CARDINAL or not 0 < part.value < whole.value:
        return None
    if re.search(r"[。；;！!？?、\n]", between) or len(re.findall(r"[，,]", between)) > 1:
        return None
    told = _counted(view, part.end)
    if told is None or not (told[0] == name or {told[0], name} <= _PERSONS):
        return None
    inside = (_IN_ANY if within else _WITHIN).search(between) is not None
    money = name[0].isascii()
    if not inside and (within or not _is_shared(between, money)):
        return None
    if not inside and not money and name not in _OWN_NOUN and not _SAYS.match(lower, told[1]):
        return None
    found = _ratio(start, told[1], part.value / whole.value)
    if lower.startswith(("多", "出头"), told[1]):
        found.qualifier = Qualifier.OVER
        found.end = found.after = told[1] + (1 if lower[told[1]] == "多" else 2)
    for words, qualifier in _SOFT:
        if words.search(between):
            found.qualifier = qualifier
            break
    return found


def _is_shared(between: str, money: bool) -> bool:
    """Whether 就有, 约 or the like say a share; 每满100元减20元 takes something else off."""
    if money:
        return "有" in between or re.fullmatch(r"钱?[，,]", between) is not None
    return _SHARING.search(between) is not None


def _counted(view: View, at: int) -> tuple[str, int] | None:
    """What a number counts, a classifier or a currency, and where its name ends."""
    unit = match_unit(view.lower, view.cased, at)
    if unit is not None and unit.unit.dimension is Dimension.MONEY:
        parts = "" if unit.times == 1 else str(unit.times)
        return unit.unit.id + parts, unit.end
    classifier = count_nouns.classifier_at(view.lower, at)
    if classifier is None:
        return None
    word = classifier[0]
    end = at + len(word)
    return ("CNY" if word == "块" else word), end


def _ratio(start: int, end: int, value: Decimal) -> Found:
    found = Found(start, end, value, unit="ratio", dimension=Dimension.RATIO)
    found.after, found.zh = end, True
    return found
