"""Chinese counts by what stands around them: 多出一席, 平均分71分, 便宜9分, 升至16.

What the words before or the figures of the same sentence say a number is, where neither a
noun nor a unit of one meaning follows it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju import count_nouns
from kaoju.figure_coins_zh import is_coin
from kaoju.figure_found import Found, View
from kaoju.lexicon import words
from kaoju.numerals import read_at
from kaoju.types import Dimension
from kaoju.units import unit

_COUNTING_ONE = frozenset(words("classifiers", "zh", "counting_one"))
_ONE_BEFORE = re.compile(
    r"(?:多|少|差|死亡|仅|只|剩|停|降|升|加|减|增|伤|缺|仅有|只有|剩下|只剩|变成|增至|减至|降至)(?:了|出)?$"
)
_CLAUSE_END = re.compile(r"[ ]?(?:[，。；、,;!?！？)）]|$)")
_CHANGES = re.compile(r"(?:变成|变为|增至|增加|增到|升至|升到|降至|降到|减至|减到)")
_SCORED = re.compile(
    r"(?:分数线|投档线|控制线|录取线|省控线|重点线|资格线|最高分|最低分|平均分|均分|积分|局分|净胜|评分|得分|分数|"
    r"满意度|测验|考试|成绩|数学|语文|行测|申论|榜首|积|拿|得)[^。；;]{0,14}$"
)
_MONEYED = re.compile(r"(?:贵|便宜|价|卖|跌|涨|赔|赚|费)[^。，；,;]{0,10}$")
# 每千瓦时提高4分, and no 分 of a question: each of these is paid for.
_PER_MEASURE = re.compile(
    r"每(?:千瓦时|度电?|立方米|公斤|斤|升|吨)(?:电价|价格|补贴|电费|水费|运费)?"
    r"(?:再|又|只|仅|约|各|补贴|收取?|上调|下调|提高|降低|上涨|下降|涨|降|加|减|贵|便宜|为|是|多|少)*(?:了|出|至|到)?$"
)
_BREAK = re.compile(r"[。！？!?\n]")
_LEVEL = re.compile(r"(?:升|降|增|减|涨|跌|回升|回落|下降|上升|扩大|收窄|却|则)?(?:至|到)(?:了)?$")
_FAR = 50
_UNSHARED = frozenset(
    {
        Dimension.DATE,
        Dimension.TIME,
        Dimension.ORDINAL,
        Dimension.SCORE,
        Dimension.RATIO,
        Dimension.MULTIPLE,
        Dimension.PERCENT,
        Dimension.PERCENTAGE_POINT,
        Dimension.TENOR,
        Dimension.AGE,
    }
)


# 只出了一起, 只有一家: one and no more; 不只一家 and 只是一家 count nothing.
_ONLY = re.compile(
    r"(?<![不非])[只仅](?![是要能会见为凭因])"
    r"(?:[\u4e00-\u9fff]?|[\u4e00-\u9fff]{1,2}[有剩下了出到住过成用收建开派修])$"
)


def is_one_counted(lower: str, found: Found, word: str, end: int) -> bool:
    """死亡一人, 只差一票 and 从一人变成两人 count one; 一个 before a noun is an article."""
    if _ONLY.search(lower[max(0, found.start - 6) : found.start]):
        plain = word != "个" or _CLAUSE_END.match(lower, end + lower.startswith("了", end))
        return bool(plain) and word not in ("种", "样", "面", "手", "道", "步", "块")
    if word not in _COUNTING_ONE:
        return False
    before = lower[max(0, found.start - 4) : found.start]
    if before.endswith("从"):
        return _CHANGES.match(lower, end) is not None
    return _CLAUSE_END.match(lower, end) is not None and _ONE_BEFORE.search(before) is not None


def is_scored(view: View, found: Found) -> bool:
    """Whether 分 is a point of an examination, a table or a survey, by the sentence so far."""
    last = _last_of_sentence(view, found)
    if last is not None and last.unit == "point":
        return True
    before = view.lower[max(0, found.start - 24) : found.start]
    return _SCORED.search(_BREAK.split(before)[-1]) is not None


def is_cents(view: View, found: Found) -> bool:
    """Whether 分 is a hundredth of the money told before in the sentence: 比2月便宜9分."""
    last = _last_of_sentence(view, found)
    before = view.lower[max(0, found.start - 16) : found.start]
    if found.value is None:
        return False
    money = last is not None and (last.dimension is Dimension.MONEY or is_coin(last.unit))
    if not money and _PER_MEASURE.search(before):
        found.dimension, found.unit = Dimension.MONEY, "CNY"
        found.value *= Decimal("0.01")
        found.step = found.step * Decimal("0.01") if found.step is not None else None
        return True
    if last is None or _MONEYED.search(before) is None:
        return False
    if last.dimension is not Dimension.MONEY and not is_coin(last.unit):
        return False
    found.dimension, found.unit = last.dimension, last.unit
    found.value *= Decimal("0.01")
    found.step = found.step * Decimal("0.01") if found.step is not None else None
    return True


def _last_of_sentence(view: View, found: Found) -> Found | None:
    for earlier in reversed(view.found):
        if _BREAK.search(view.lower, earlier.end, found.start):
            return None
        if earlier.dimension not in (Dimension.DATE, Dimension.TIME):
            return earlier
    return None


def stated_without_unit(view: View, one: Found, kept: list[Found], begin: int) -> bool:
    """Whether a bare Chinese number states a figure by what stands before it; its unit is set.

    河滨区降至4 after an index of 6, 另一家有工人2900 and 移民有两万九千.
    """
    number = one.numeral
    if number is None or one.value is None:
        return False
    lower = view.lower
    printed = lower[one.start : one.end]
    if len(printed) == 4 and printed.isdigit() and 1900 <= int(printed) < 2100:
        return False
    before, after = lower[begin : one.start], lower[one.end : one.end + 3]
    if _CLAUSE_END.match(after) is None and not after.startswith(
        ("左右", "上下", "以上", "以下", "出头")
    ):
        return False
    noun = count_nouns.noun_unit_ending(before[-6:])
    if noun is not None and number.digits:
        one.unit = noun
        known = unit(noun)
        if known is not None and known.dimension is not Dimension.COUNT:
            one.dimension = known.dimension
        return True
    if not number.digits:
        return number.value >= 100
    if _LEVEL.search(before[-6:]) is None:
        return False
    for earlier in reversed(kept):
        if earlier.start < begin:
            return False
        if earlier.dimension not in _UNSHARED and earlier.value:
            one.dimension, one.unit = earlier.dimension, earlier.unit
            return 1 / Decimal(_FAR) < abs(one.value / earlier.value) < _FAR
    return False


_HAN_SCORE = re.compile(r"([一二三四五六七八九十]{1,3})比[零一二三四五六七八九十]{1,3}(?![成倍])")
_DECIDED = re.compile(
    r"票|表决|选民|议案|法案|否决|过关|通过|战胜|击败|比分|大胜|负于|战平|淘汰|逆转"
)


def score_zh(view: View, at: int) -> Found | None:
    """四比一 of a vote or a match, or None where nothing near was decided."""
    score = _HAN_SCORE.match(view.lower, at)
    if score is None or not _DECIDED.search(view.lower[max(0, at - 24) : at + 24]):
        return None
    first = read_at(score.group(1), 0)
    if first is None:
        return None
    found = Found(at, score.end(), first.value, unit="score", zh=True)
    found.dimension, found.after = Dimension.SCORE, score.end()
    return found
