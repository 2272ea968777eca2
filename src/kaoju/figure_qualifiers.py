"""How firmly a figure is stated, by the words right before and after it.

The words are those of ``lexicon/qualifiers.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.figure_found import Found, View
from kaoju.lexicon import section, words
from kaoju.numerals import Sort
from kaoju.types import Dimension, Qualifier


@cache
def _before_words() -> tuple[dict[str, Qualifier], int]:
    """Every Chinese phrase that may stand right before a figure, fillers included."""
    table: dict[str, Qualifier] = {}
    fillers = ("", *words("qualifiers", "zh", "fillers", "words"))
    for name, listed in section("qualifiers", "zh")["before"].items():
        for word in listed:
            for filler in fillers:
                table.setdefault(word + filler, Qualifier(name))
            for first in ("造成", "支持", "可获", "可获得", "获得", "可享", "可"):
                for second in ("了", "有", "达", "为"):
                    table.setdefault(word + first + second, Qualifier(name))
    return table, max(map(len, table))


@cache
def _after_words(language: str) -> tuple[re.Pattern[str], dict[str, Qualifier]]:
    table = {
        word: Qualifier(name)
        for name, listed in section("qualifiers", language)["after"].items()
        for word in listed
    }
    every = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    return re.compile(every if language == "zh" else rf"(?:{every})(?![a-z])"), table


@cache
def _before_english() -> dict[str, Qualifier]:
    table: dict[str, Qualifier] = {}
    for name, listed in section("qualifiers", "en")["before"].items():
        for word in listed:
            table.setdefault(word, Qualifier(name))
    return table


_FILLERS_EN = frozenset(words("qualifiers", "en", "fillers", "words"))
_WORD_EN = re.compile(r"[a-z.~]+(?:[-'][a-z]+)*")


def qualify(view: View, one: Found, before: str, after: str, begin: int) -> None:
    """Set the qualifier that the words before or after the figure say, if any."""
    if one.qualifier not in (Qualifier.EXACT, Qualifier.RANGE, Qualifier.VAGUE, Qualifier.OVER):
        return
    found = _qualifier_before(view, one, before)
    if found is Qualifier.AT_MOST and _TIMES_AS_MUCH.search(view.lower, begin, one.start):
        found = None
    if found is None:
        text = after.lstrip(" ")
        own = view.lower[one.end : one.end + 18].lstrip(" ") if one.after != one.end else text
        pattern, table = _after_words("zh" if one.zh else "en")
        match = pattern.match(text) or pattern.match(own)
        if match is not None and _holds_after(match.group(), one, text, before):
            found = table[match.group()]
        if found is None and one.zh and _MORE_ZH.match(view.lower, one.end):
            found = Qualifier.OVER if one.dimension in _MORE_OF else None
        if found is None and view.lower[one.end : one.end + 1] == "+" and one.numeral is not None:
            found = Qualifier.OVER
    if found is None:
        return
    if one.qualifier is Qualifier.EXACT or (
        one.qualifier is Qualifier.OVER and found is Qualifier.AT_LEAST
    ):
        one.qualifier = found


def _holds_after(word: str, one: Found, text: str, before: str) -> bool:
    """Whether a word after a figure is about it: 5999元起 but not 起来, 内 only of a deadline."""
    if word == "起":
        return _FROM_HERE.match(text) is not None
    if word == "内":
        lasting = one.dimension is Dimension.DURATION
        return lasting and (
            _DEADLINE_ZH.search(before) is not None
            or (_AHEAD_ZH.search(before) is not None and not _PAST_ZH.search(before))
        )
    return True


_FROM_HERE = re.compile(r"起(?:[,，。、]|步|售|投|$)")
_MORE_ZH = re.compile(r"(?:多|有余|有多)(?![于元少数样边方出了])")  # 三倍多, 两年多
_MORE_OF = frozenset({Dimension.MULTIPLE, Dimension.PERCENT, Dimension.DURATION, Dimension.MONEY})
_DEADLINE_ZH = re.compile(r"(?:须|必须|应|需|限|务必|不迟于|最迟)[^,，。;]{0,12}$")
# 将在14天内答复: within them; 过去14天内 looks back, and 委员会3年内 has no 会 of what is to come.
_AHEAD_ZH = re.compile(
    r"(?:将|(?<![员委览展议社协机大国工董理监商学年晚聚集都])会|(?<![模虚])拟|计划|预计|有望|承诺|答应|保证|争取|力争|要求"
    r"|(?<![许认])可|(?<![产功性智电核热动节职才技])能|(?<![主重摘纪简必])要|未来|今后|接下来|随后)[^,，。;]{0,14}$"
)
_PAST_ZH = re.compile(r"(?:过去|最近|近|此前|之前|前|以来|连续|同|这|那|该)[^,，。;]{0,2}$")
# What stands between how firmly a number is stated and the number: 不到其三成, 超过总数的3%.
_OF_GDP_ZH = re.compile(
    r"(?:(?<![与尤极])其(?:中的?)?|(?P<whole>总[量数额]|全[国球市省]|(?<![一二两三四五六七八九十\d])全部)的"
    r"|(?:gdp|国内生产总值)的?|每(?:吨|股|桶|盎司|千克|公斤|平方米|人|年|月|天|日|兆瓦时|"
    r"小时|户|辆|枚|克|磅))$"
)


_SHARES = frozenset({Dimension.PERCENT, Dimension.RATIO})
# 不到总量的两成: the bound stands before the whole that the share is of. A rival of which the same
# is measured is no whole: 增速为5.25%，超过南国的4.55%.
_OF_WHOLE_ZH = re.compile(
    r"(?:(?<![看得想买达找见用做吃听料拿收受感遇弥补填])(?P<bound>不到|不足|未到|超过|逾|至少|不超过|不少于|不低于|"
    r"将近|接近))(?!预期|预测|预计|目标|原[定来有]|规定|计划|要求|此前|法定|上限|下限|平均)"
    r"(?P<of>[\u4e00-\u9fff]{1,8})的$"
)
_WHOLE_ZH = re.compile(
    r"总|^全[国球市省县区州部体年]|整[个体]|所有|(?:人口|产能|预算|人数|股本|股份|面积|员工|职工|用户|居民|订单"
    r"|(?:户|页|字|件|张|台|辆)数)$"
)
_PART_ZH = re.compile(r"成|分之|半")
_SHARE_VERB_ZH = re.compile(r"(?:占[了到据]?|占比|相当于|比重|份额|其中)[^，,。;；]{0,8}$")
_OWN_RATE_ZH = re.compile(
    r"(?:增速|增长率|利率|费率|税率|涨幅|增幅|跌幅|降幅|收益率|毛利率|通胀|失业率)"
)
# The maximum per user is 500; what was measured may be such and no limit.
_LIMIT = re.compile(
    r"(?:^|[^a-z])(?P<side>minimum|maximum)"
    r"(?: (?!(?:and|or|but|that|which|said|from|to|by)(?![a-z-]))[a-z-]+){0,4}"
    r"(?: is| are| will be) (?:set at |just |only |now ){0,2}[$€£¥]?$"
)
_OBSERVED = frozenset({Dimension.TEMPERATURE, Dimension.SPEED, Dimension.INDEX, Dimension.OTHER})
_CAPS = re.compile(
    r"(?:^|[^a-z])(?:cap(?:s|ped|ping)?(?: [a-z-]+){1,3} at|"
    r"limit(?:s|ed|ing)?(?: [a-z-]+){1,3} to) $"
)
# 每人最多登记12篇, 每次最少充20元: what is done so many times at most, or at least.
_DONE_ZH = re.compile(
    r"(?:(?P<most>最多|至多)|(?P<least>最少|至少|起码|单笔最低|每[次笔人]最低))"
    r"只?(?:可以|可|能够|能|会|须|需要|需|要|得|允许)?(?:登记|报名|提交|投稿|发布|填报|充值|充|存入|存|提取|"
    r"提现|提|取出|购买|购|买|下单|借|赎回|认购|申购|兑换|换|使用|携带|带|乘坐|坐|住|容纳|抽取|抽|领|赚|挣|赢|返还|返|送|赠|抵扣|"
    r"抵|报销|补贴|补|申请|申报|办理|转账|转出|转入|转|消费|缴纳|缴|罚|收取|收|退还|退|投入|投资|投|质押|持有|停留|停放|停)"
    r"[了入出得]? ?$"
)
# 单人上限: 800元; Cap per user: 800 USDT. A market cap is none.
_LABEL_ZH = re.compile(
    r"(?:(?P<most>上限|限额)|(?P<least>下限|最低(?:充值|提现|投入|认购|申购|存款|消费)(?:金?额)?))"
    r"(?:[(（][^()（）]{1,8}[)）])?[:：] ?$"
)
_LABEL_EN = re.compile(
    r"(?:^|[^a-z])(?:(?P<most>(?<!market )(?<!small )(?<!mid )(?<!large )cap|limit|"
    r"maximum|max\.?|ceiling)|"
    r"(?P<least>minimum|min\.?|floor))(?: (?:deposit|withdrawal|order|bet|stake|purchase|spend|"
    r"balance|investment|subscription|amount|donation|payout|reward|prize|bonus|refund|loan))?"
    r"(?: (?:per|for each|for every|a|an|in|on) [a-z-]+(?: [a-z-]+){0,5})?: (?:[a-z]{0,2}[$€£¥])?$"
)


def _is_share(view: View, one: Found, before: str, bound: re.Match[str]) -> bool:
    """Whether a figure is a share of what stands between it and its bound."""
    if _PART_ZH.search(view.lower[one.start : one.end]) is not None:
        return True
    before = before[: bound.start("bound")]
    if _SHARE_VERB_ZH.search(before) is not None:
        return True
    return _WHOLE_ZH.search(bound["of"]) is not None and not _speaks_of_rate(view, one)


def _is_rate_of_rival(view: View, one: Found, before: str) -> bool:
    """Whether a rate is set against that of the country: 增速超过全国的4.55%."""
    if one.dimension not in _SHARES or _PART_ZH.search(view.lower[one.start : one.end]) is not None:
        return False
    return _speaks_of_rate(view, one) and _SHARE_VERB_ZH.search(before) is None


def _speaks_of_rate(view: View, one: Found) -> bool:
    """Whether the sentence speaks of a rate of its own before a figure."""
    stretch = re.split(r"[。;；\n]", view.lower[max(0, one.start - 40) : one.start])[-1]
    return _OWN_RATE_ZH.search(stretch) is not None


_DETERMINERS = frozenset({"the", "its", "their", "this", "these", "our", "his", "her", "a"})


def _qualifier_before(view: View, one: Found, before: str) -> Qualifier | None:
    for label in (_LABEL_ZH, _DONE_ZH) if one.zh else (_LABEL_EN,):
        told = label.search(before)
        if told is not None and not _is_measured(one, told.group()):
            return Qualifier.AT_MOST if told["most"] else Qualifier.AT_LEAST
    if one.zh:
        text = before.rstrip(' 「『"“')
        of = _OF_GDP_ZH.search(text)
        if of is not None and not (of["whole"] and _is_rate_of_rival(view, one, text)):
            text = text[: of.start()]
        table, longest = _before_words()
        for length in range(min(longest, len(text)), 0, -1):
            found = table.get(text[-length:])
            if found is None:
                continue
            word = text[-length:]
            if word == "近" and (
                text.endswith(("最近", "附近", "新近", "临近", "靠近"))
                or (
                    one.dimension is Dimension.DURATION
                    and one.value is not None
                    and one.numeral is not None
                    and _is_past(one, text)
                )
            ):
                return None
            if word == "满" and text.endswith(("圆满", "充满", "满满", "不满")):
                continue
            if word == "超" and text.endswith(("高超",)):
                return None
            if word.startswith("限") and text[: len(text) - len(word) + 1].endswith(
                ("期限", "年限", "界限", "权限", "有限", "无限")
            ):
                return None
            if word.startswith("约") and text.endswith(
                ("条约", "纽约", "契约", "节约", "公约", "预约", "签约", "北约", "大约约")
            ):
                return None
            if word == "约" and text.endswith("合约") and not text.endswith("折合约"):
                return None
            return found
        of_whole = _OF_WHOLE_ZH.search(text) if one.dimension in _SHARES else None
        if of_whole is None or not _is_share(view, one, text, of_whole):
            return None
        return _before_words()[0].get(of_whole["bound"])
    limit = _LIMIT.search(before)
    if limit is not None and one.dimension not in _OBSERVED:
        return Qualifier.AT_LEAST if limit["side"].startswith("min") else Qualifier.AT_MOST
    if _CAPS.search(before):
        return Qualifier.AT_MOST
    tokens = _WORD_EN.findall(before[-40:])
    if not tokens or (not before.endswith((" ", "-", "(", "~", "$")) and before):
        return None
    gap = before.rstrip()[-1:] if before else ""
    if gap in ",;:)":
        return None
    table_en = _before_english()
    for skip in range(3):
        if skip and (skip > len(tokens) or tokens[-skip] not in _FILLERS_EN):
            break
        rest = tokens[: len(tokens) - skip]
        for length in (5, 4, 3, 2, 1):
            if len(rest) < length:
                continue
            phrase = " ".join(rest[-length:])
            found = table_en.get(phrase)
            if found is None:
                continue
            if phrase == "over" and rest[:-1] and rest[-2] in _GIVING:
                return None  # handed over 36,200 cars
            if phrase == "up to" and rest[:-2] and rest[-3] in _ADDING:
                return None  # the two add up to £12,000
            if phrase in ("past", "top") and rest[:-1] and rest[-2] in _DETERMINERS:
                return None  # the past 90 days, the top 10 firms
            if (
                phrase in ("over", "within")
                and one.dimension is Dimension.DURATION
                and phrase == "over"
                and not (
                    rest[:-1]
                    and rest[-2] in ("for", "lasted", "took", "of", "in", "after", "just", "well")
                )
            ):
                return None
            if phrase == "within" and one.dimension is not Dimension.DURATION:
                return None
            if (
                phrase in ("above", "below", "over", "under", "past", "top", "near", "around")
                and skip
            ):
                continue
            named = skip and tokens[-1] in _DETERMINERS and found in _SIDES
            if named and _NAMED_LEVEL.match(view.lower, one.end):
                return None  # short of the 85% that the law asks for: a level, no bound
            if phrase == "top" and one.dimension is not Dimension.MONEY:
                return None
            if phrase in ("minimum", "maximum") and skip:
                continue
            if phrase == "some" and one.numeral is not None and one.numeral.sort is Sort.SOME:
                return None
            if found is Qualifier.OVER and _NOBODY.search(before):
                return Qualifier.AT_MOST  # no one can take more than $200
            return found
    return None


def _is_measured(one: Found, label: str) -> bool:
    """Whether a maximum or a minimum was measured and is no limit: Temperature maximum: 35C."""
    return one.dimension in _OBSERVED and _LIMITS.search(label) is None


_LIMITS = re.compile(r"limit|cap|ceiling|floor|限")

# Twice as much as the 93 million: a comparison, no bound.
_TIMES_AS_MUCH = re.compile(
    r"(?:half|twice|thrice|times|third|quarter) as (?:much|many) as (?:[a-z]+ ){0,2}[$€£¥]?$"
)
_SIDES = frozenset({Qualifier.OVER, Qualifier.UNDER})
_NAMED_LEVEL = re.compile(
    r" (?:that|which|it|its|they|their|he|she|we|level|target|limit|ceiling|floor|asked|needed|"
    r"required|agreed|promised|planned|expected|forecast|set|paid|offered|recorded)(?![a-z])"
    r"| the [a-z]+ [a-z]+s?(?![a-z])"
)
_ADDING = frozenset({"add", "adds", "added", "adding", "sum", "sums"})
_GIVING = frozenset(words("qualifiers", "en", "giving", "words"))
_NOBODY = re.compile(
    r"\b(?:no one|nobody|none|no [a-z]+) (?:of (?:them|us|these) )?"
    r"(?:can|may|will|could|must|should|is|are|was|were|has|have)(?: [a-z]+){1,4} $"
)


def _is_past(one: Found, text: str) -> bool:
    """近三年 is the past three years, not nearly three: a duration that looks back."""
    return not re.search(
        r"(?:历时|耗时|用时|长达|时隔|花了|花费|工期|持续|超|已有|服刑|存在|为|用|达|相隔|等待)近$",
        text,
    )
