"""How a figure moves: level or change, up or down, per what and of what.

The words are those of ``lexicon/relations.toml``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from kaoju.figure_amounts_en import differs, is_added, is_amount
from kaoju.figure_found import Found, View
from kaoju.figure_tallies import is_unmoved
from kaoju.lexicon import load, section, words
from kaoju.types import Dimension, Direction, Qualifier, Relation


@cache
def _moves(language: str) -> tuple[re.Pattern[str], dict[str, Direction]]:
    up = words("relations", language, "up", "words")
    down = words("relations", language, "down", "words")
    table = {**dict.fromkeys(up, Direction.UP), **dict.fromkeys(down, Direction.DOWN)}
    every = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    if language == "zh":  # 每升 is a litre
        return re.compile(rf"(?<!每)(?:{every})"), table
    own = r"(?!(?<=[a-z]-)(?:up|down)(?![a-z]))"  # a top-up of 20 yuan is no rise
    return re.compile(rf"(?<![a-z]){own}(?:{every})(?![a-z])"), table


@cache
def _still() -> re.Pattern[str]:
    """Up and down as parts of other verbs and nouns: bought up, a down payment, runners-up."""
    up, down = ("|".join(words("relations", "en", key, "words")) for key in ("not_up", "not_down"))
    between = r"(?: (?:it|them|only|just|all|off)){0,2} "
    nouns = "|".join(words("relations", "en", "hyphened", "words"))
    return re.compile(
        rf"(?<![a-z])(?:(?:{up}){between}up|(?:{down}){between}down|down[ -]payments?"
        rf"|(?:{nouns})-(?:up|down|off)s?|premium(?= (?:is|was|are|stands|stood|in|for) ))(?![a-z])"
    )


@cache
def _pers(language: str, key: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = dict(section("relations", language)[key])
    every = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    return re.compile(every), table


def per_words(language: str) -> frozenset[str]:
    """The words that say per what or against what: 同比, a year."""
    return frozenset(section("relations", language)["per"])


_RESTATED = re.compile(
    r"[ ]?(?:[,，][ ]?)?(?:or|或|即|约合|合)[ ](?:(?:about|some|roughly|around|nearly|almost|"
    r"more than|an estimated)[ ])?|[ ]?[(][ ]?(?:or )?|[,，]?(?:或|即)约?"
)


def join(one: Found, previous: Found | None) -> None:
    """From 3.2% to 3.5%: which way it went is told by the two numbers."""
    if previous is None or previous.relation is not Relation.FROM:
        return
    if one.relation is not Relation.TO or one.direction is not None:
        return
    if (one.dimension, one.unit) != (previous.dimension, previous.unit):
        return
    if one.value is not None and previous.value is not None and one.value != previous.value:
        one.direction = Direction.UP if one.value > previous.value else Direction.DOWN


def restate(view: View, one: Found, previous: Found | None) -> None:
    """Up $1.23, or 1.6%: the second figure moves as the first does."""
    if previous is None or one.relation is not Relation.LEVEL or one.direction is not None:
        return
    if previous.direction is None or previous.relation is not Relation.BY:
        return
    if _RESTATED.fullmatch(view.lower[max(previous.end, previous.after) : one.start]):
        one.relation, one.direction = previous.relation, previous.direction


_TO_ZH = re.compile(
    r"(?:至|到|为|达|达到|成)[ ]?(?:了)?"
    r"(?:平均|仅|只有|只剩|仅剩|历史最[高低]的|创纪录的|目前的|如今的)?"
    r"(?:约|近|逾|最多|至多|最高|超过|将近|大约|不到|不足|至少|"
    r"每[\u4e00-\u9fff]{1,4}|人民币|原来的|原先的)?[ ]?$"
)
_FROM_ZH = re.compile(
    r"(?:从|由|(?<![取来出源各亲])自(?![有己动由行主治愿然助身家]))(?:(?!里|起)[^,，。;]){0,14}$"
)
_BY_EN = re.compile(
    r"(?:^|[^a-z])by (?:(?:a|an|about|around|nearly|over|more|than|as|much|at|least|most|up|to|"
    r"some|almost|roughly|another|further|less|an average(?: of)?) ){0,4}$"
)
_TO_EN = re.compile(
    r"(?:^|[^a-z])(?<!up )to (?:(?:a|an|the|about|around|nearly|over|more|than|as|much|low|"
    r"high|record|just|only|at|least|most|almost|roughly|some|less|an average(?: of)?|average|"
    r"today's|the current|the present) ){0,4}$"
)
_REACHED_EN = re.compile(
    r"(?:^|[^a-z])as (?:low|high) as (?:(?:about|around|nearly|over|more than|just|almost) ){0,2}$"
)
_FROM_EN = re.compile(
    r"(?:^|[^a-z])from (?:(?:a|an|the|about|around|nearly|over|more|than|just|almost|roughly|"
    r"some|record|under) ){0,3}$"
)
# What is no word of what moved: rose 5% and cut jobs, 40 or more, bars weighed less.
_NO_MOVED = (
    r"(?!(?:and|or|but|then|to|while|as|after|before|when|with|was|were|is|are|be|been|has|have|"
    r"had|will|would|can|could|may|cost|costs|pay|pays|paid|sell|sells|sold|weigh|weighs|need|"
    r"needs|use|uses|get|got|earn|earns|make|makes|made|do|did|does|than|[a-z]+ed) )"
)
_EACH = r"an? (?:share|barrel|tonne|ton|pound|litre|kilo|ounce|year|month|week|day|night)"
_NOUN_RISE_EN = re.compile(
    rf"^[ ](?:{_EACH} )?(?:{_NO_MOVED}[a-z-]+ )?(?:gain|rise|increase|jump|growth|advance|"
    r"upside|surge|premium|climb|more|higher|above)(?![a-z])"
)
_NOUN_FALL_EN = re.compile(
    rf"^[ ](?:{_EACH} )?(?:{_NO_MOVED}[a-z-]+ )?(?:drop|fall|decline|decrease|loss|discount|"
    r"cut|slump|plunge|off|lower|less|fewer|below|reduction)(?![a-z])"
)
_RISE_AFTER_ZH = re.compile(r"^[ ]?(?:以上|左右)?的?(?:增长|涨幅|增幅|升幅|上行空间|溢价|增速)")
_FALL_AFTER_ZH = re.compile(r"^[ ]?(?:以上|左右)?的?(?:跌幅|降幅|减幅|下行空间|折价|下跌|下滑)")
_SHARE_OWN_ZH = re.compile(
    r"(?:占[了到据]?|相当于)(?P<of>[\u4e00-\u9fffa-zA-Z]{2,12}?)(?:的|比重|比例|总额|之比)?(?:的)?("
    r"?:比重|比例|比)?(?:约|近|"
    r"逾|超过|不到|不足|为|达|将|升至|降至|将升至)*[ ]?$"
)
_GDP_ZH = re.compile(r"(?P<of>gdp|国内生产总值)的(?:约|近|逾|超过|不到|不足)*$", re.IGNORECASE)
_SHARE_AFTER_EN = re.compile(
    r"^ (?:share )?of (?:(?:the|its|their|all|total|his|her) )?(?P<of>(?:gdp|gross domestic "
    r"product|[a-z'-]+(?: [a-z'-]+){0,2}?))(?= (?:were|was|is|are|in|on|at|by|to|from|and|or|"
    r"said|voted|chose|for|since|this|last|have|had|has|will|left|who|that)(?![a-z])|[,.;:)]|$)"
)


_BREAK = re.compile(r"[,，。;；:\n]")


def relate(
    view: View, one: Found, before: str, after: str, begin: int, previous: Found | None
) -> None:
    """Set relation, direction, per and share from the clause around a figure."""
    clause = view.lower[begin : one.start]
    breaks = list(_BREAK.finditer(clause))
    cut = breaks[-1].start() if breaks else -1
    near = clause[cut + 1 :]
    if one.zh:
        _relate_zh(view, one, near, after, begin, previous)
    else:
        _relate_en(view, one, clause, near, after, previous)
    if is_unmoved(view, one, near):
        one.relation = Relation.LEVEL  # which way it was that something went so often stays told


def _last_move(language: str, text: str) -> tuple[re.Match[str] | None, Direction | None]:
    """The last word of movement in a text, and which way it goes."""
    pattern, table = _moves(language)
    last: re.Match[str] | None = None
    still = [m.span() for m in _still().finditer(text)] if language == "en" else []
    for match in pattern.finditer(text):
        if not any(start <= match.start() and match.end() <= end for start, end in still):
            last = match
    return last, table[last.group()] if last is not None else None


_CHANGE_IS_ZH = re.compile(r"(涨幅|增幅|升幅|加幅|跌幅|降幅|减幅)[^,，]{0,8}$")
_COMPARED_ZH = re.compile(
    r"(?:较|比)[^,，。;]{1,20}?(?P<way>高|多|大|快|贵|重|低|少|小|慢|便宜|短|轻)(?:出|了|约|近|逾|将近|超过)*$"
)
# 还差5架, 离目标差2亿元, 缺4800人: so many too few; 相差, 温差 and 空缺 are none.
_LACKS_ZH = re.compile(
    r"(?:(?:还|仍|尚|只|仅|就|才|都|均|则|却|也|又|共|(?:离|距|比|较)[^,，。;]{1,14}(?<![至最不减]))[差少]"
    r"|(?<![空稀残短紧暂或不])缺|短缺|缺少|短少)(?:了|着)?"
    r"(?:约|近|逾|超过|将近|大约|不到|至少)*[ ]?$"
)
_PASSED_ZH = re.compile(r"超(?:过|出)?(?:警戒|保证|汛限|历史最高)(?:水位|线)(?:约|近|逾)?$")
_LASTING_ZH = re.compile(r"延长|缩短|增加|减少|提高|延后|推迟|提前|延迟|拉长|多|少")
_POSITION_ZH = re.compile(r"(?:升|涨|跌|失|攻|跨|站|突|回落|下|上)(?:破|穿|守|上|稳|过)(?:了)?$")
_UNTO_ZH = re.compile(r"[\u4e00-\u9fff](?<![截甚乃以直及])至(?:约|近|逾|超过|大约|将近)?[ ]?$")
_LONG = (Dimension.DURATION, Dimension.TENOR, Dimension.AGE)
# Of these a difference is a gap between two rates: 男女工资还差16.8%.
_GAPPED = (*_LONG, Dimension.PERCENT, Dimension.RATIO, Dimension.PERCENTAGE_POINT)


def _relate_zh(
    view: View, one: Found, near: str, after: str, begin: int, previous: Found | None
) -> None:
    lower = view.lower
    last, direction = _last_move("zh", near)
    tail = near[last.end() :] if last is not None else ""
    inside = last is not None and _between(previous, one, tail)
    pair = previous is not None and previous.relation is Relation.FROM
    noun = _CHANGE_IS_ZH.search(near) if "幅" in near else None
    compared = _COMPARED_ZH.search(near) if "较" in near or "比" in near else None
    if noun is not None and one.dimension not in _LONG:
        one.relation = Relation.BY
        one.direction = Direction.UP if noun.group(1) in _UP_NOUNS else Direction.DOWN
        if last is not None and last.start() > noun.start() and not _TO_ZH.search(tail):
            one.direction = direction  # 涨幅收窄0.5个百分点
    elif _is_from_zh(near, tail if last is not None else near, after, previous, one):
        one.relation = Relation.FROM
    elif last is not None and (
        _TO_ZH.search(tail)
        or last.group()[-1] == "至"
        or (_POSITION_ZH.search(near) and last.end() >= len(near) - 3)
    ):
        # 新增装机为360万千瓦 is what was added.
        added = last.group() == "新增" and not tail.rstrip().endswith(("至", "到"))
        one.relation, one.direction = Relation.BY if added else Relation.TO, direction
    elif compared is not None:
        one.relation = Relation.BY
        one.direction = Direction.UP if compared["way"] in "高多大快贵重" else Direction.DOWN
    elif _PASSED_ZH.search(near):
        one.relation, one.direction = Relation.BY, Direction.UP
    elif one.dimension not in _GAPPED and _LACKS_ZH.search(near):
        one.relation, one.direction = Relation.BY, Direction.DOWN
    elif (
        last is not None
        and len(tail) <= 10
        and not re.search(r"[的，]", tail[:-1])
        and not (inside and not _listed(view, previous, one))
        and (one.dimension not in _LONG or _LASTING_ZH.search(near[last.start() :]))
    ):
        if one.relation is Relation.LEVEL:
            one.relation = Relation.BY
        one.direction = one.direction or direction
    elif (pair and re.search(r"[至到]了?$", near.rstrip())) or _UNTO_ZH.search(near):
        one.relation = Relation.TO  # 蓄水至175米
    if one.dimension not in _LONG:
        if _RISE_AFTER_ZH.match(after):
            one.relation, one.direction = Relation.BY, Direction.UP
        elif _FALL_AFTER_ZH.match(after):
            one.relation, one.direction = Relation.BY, Direction.DOWN
    _share_zh(one, lower[max(begin, one.start - 24) : one.start])
    per, names = _pers("zh", "per")
    found = list(per.finditer(near[-30:]))
    if found:
        one.per = names[found[-1].group()]
    per_after, names_after = _pers("zh", "per_after")
    match_after = per_after.match(after.lstrip())
    if match_after is not None:
        one.per = names_after[match_after.group()]


def _between(previous: Found | None, one: Found, text: str) -> bool:
    """Whether another number stands in the text right before a figure."""
    if previous is None or previous.date is not None:
        return False
    return previous.dimension not in (
        Dimension.ORDINAL,
        Dimension.TENOR,
    ) and previous.end > one.start - len(text)


_UP_NOUNS = frozenset({"涨幅", "增幅", "升幅", "加幅"})
_LISTED_ZH = re.compile(
    r"[ ]?(?:、|和|与|及|或|以及|至|到|[-~])[ ]?(?:约|近|逾|超过|至少|不到|将近)*[ ]?"
)


def _listed(view: View, previous: Found | None, one: Found) -> bool:
    """Whether a number follows another one in a list: 增长12.9%和41.2%."""
    if previous is None:
        return False
    return _LISTED_ZH.fullmatch(view.lower[previous.after : one.start]) is not None


def _is_from_zh(near: str, tail: str, after: str, previous: Found | None, one: Found) -> bool:
    """从3.2%: the level before; the number after it, 从3.2%升至3.5%, is not."""
    if not ("从" in tail or "由" in tail or "自" in tail) or _FROM_ZH.search(tail) is None:
        return False
    if _GOT_ZH.search(near) and not _ON_TO_ZH.match(after):
        return False
    inside = _between(previous, one, tail)
    return not (inside and re.search(r"[至到成]了?$", near.rstrip()))


# 从基金再拿到45亿美元, 从银行提走8500万: from whom, and no level before.
_GOT_ZH = re.compile(
    r"(?:[拿得收借领取赚挣筹募提]到|获得|取得|赢得|获|得|提走|取走|撤走|撤出|借来|借入|借了|拿走|买入|买了|"
    r"购得|购入|进口|引进|筹得|募得|募集|筹集|贷得|分得)(?:了)?(?:约|近|逾|超过|至少|多达)*[ ]?$"
)
# 从获得30枚金牌增至50枚: what was got is the level before.
_ON_TO_ZH = re.compile(
    r"[^,，。;；、]{0,10}?(?:[增升降减涨跌扩提缩]|回[升落])[加长高低少大小升降到]?了?[至到为]"
)


_BARE_EN = re.compile(
    r"[ ]?(?:and |or )?(?:by|to)(?: (?:about|around|nearly|over|just|at|least|more|than))*[ ]$"
)
_MOVED_UP_EN = re.compile(
    r"(?:ticked|inched|edged|moved|went|go|goes|going|gone|rose|rises|climbs|climbed|crept|picked|nudged|jumped|drifted|shot|came|"
    r"fell|dropped|slid|slipped|dipped|pushed|pulled|brought|drove|cut|slowed|back) "
    r"(?P<way>up|down)(?: slightly| sharply| further)? to (?:[a-z]+ ){0,2}$"
)
_POSITION_EN = re.compile(r"(?:^|[^a-z])(?:below|above|past|through|under|over) (?:the |a )?$")
_BESIDE_EN = re.compile(r"(?:^|[ ,])(?:and|or|,|between|of)[ ]")


def _relate_en(
    view: View, one: Found, clause: str, near: str, after: str, previous: Found | None
) -> None:
    lower = view.lower
    if _BARE_EN.fullmatch(near):
        near = clause  # a fifth straight month, by 1.1%
    last, direction = _last_move("en", near)
    words_after = near[last.end() :] if last is not None else ""
    inside = _between(previous, one, words_after)
    moved = _MOVED_UP_EN.search(near)
    if _FROM_EN.search(near):
        one.relation = Relation.FROM
    elif moved is not None:
        one.relation = Relation.TO
        one.direction = Direction.UP if moved["way"] == "up" else Direction.DOWN
        if one.qualifier is Qualifier.AT_MOST:
            one.qualifier = Qualifier.EXACT
    elif last is not None and _REACHED_EN.search(near):
        one.relation, one.direction = Relation.TO, direction  # fell as low as 74%
    elif _TO_EN.search(near) and (
        last is not None
        or (previous is not None and previous.relation in (Relation.BY, Relation.FROM))
    ):
        one.relation, one.direction = Relation.TO, direction
        if direction is None and previous is not None and previous.relation is Relation.BY:
            one.direction = previous.direction
    elif last is not None and _is_in_half(one, near, after):
        one.relation, one.direction = Relation.BY, direction
    elif (apart := differs(one, near, after)) is not None:
        one.relation, one.direction = Relation.BY, apart
    elif is_added(one, near, after):
        pass
    elif _NOUN_RISE_EN.match(after) and _can_exceed(one, after):
        one.relation, one.direction = Relation.BY, Direction.UP
    elif _NOUN_FALL_EN.match(after) and _can_exceed(one, after):
        one.relation, one.direction = Relation.BY, Direction.DOWN
    elif (
        last is not None
        and one.qualifier in (Qualifier.UNDER, Qualifier.OVER)
        and _POSITION_EN.search(words_after)
        and last.group() not in ("up", "down")
    ):
        one.relation, one.direction = Relation.TO, direction
    elif last is not None and (
        (inside and not _BESIDE_EN.search(words_after))
        or (not _BY_EN.search(near) and is_amount(one, last.group(), near, after))
    ):
        pass
    elif last is not None and not re.search(
        r"(?:^|[^a-z])(?:to|at|from|of (?!\d)|in|for|on|with|worth|between)(?![a-z])(?! (?:a|"
        r"an|the) )",
        words_after.replace(" up to ", " ").replace(" at least ", " ").replace("of 8", ""),
    ):
        if one.dimension not in _LONG or _BY_EN.search(near):
            if one.relation is Relation.LEVEL:
                one.relation = Relation.BY
            one.direction = one.direction or direction
    elif (
        last is not None
        and re.search(
            r"(?:increase|rise|growth|gain|drop|decline|fall|decrease|jump|cut) of (?:[a-z]+ )"
            r"{0,3}$",
            near,
        )
    ) or (_BY_EN.search(near) and last is not None):
        one.relation, one.direction = Relation.BY, direction
    share = (
        _SHARE_AFTER_EN.match(lower[one.after : one.after + 60])
        if one.dimension in (Dimension.PERCENT, Dimension.RATIO)
        else None
    )
    if share is not None:
        one.share_of = printed(view, one.after + share.start("of"), one.after + share.end("of"))
    elif one.dimension is Dimension.PERCENT and after.startswith(" off"):
        one.share_of = "price"
    per, names = _pers("en", "per")
    text = lower[one.after : one.after + 40]
    found_per = per.search(text[:34])
    if found_per is not None and not re.search(r"[,;.]|\d", text[: found_per.start()]):
        end = found_per.end()
        if not text[end : end + 1].isalpha() and not text[: found_per.start()][-1:].isalpha():
            word = found_per.group()
            if not (
                word in ("a year", "a month", "a week", "a quarter", "a day")
                and re.match(r" (?:ago|earlier|before)", text[end:])
            ):
                one.per = names[word]
            elif re.search(r"(?:from|than) $", text[: found_per.start()]):
                one.per = "yoy"


_IN_HALF_EN = re.compile(r"(?:^|[^a-z])(?:cut|cuts|cutting|slashed)(?: [a-z'-]+){0,5} in $")
_OF_WHICH_EN = re.compile(r" (?!by|from|in|to|over|since|this|last|and|or|as)[a-z]")


def _is_in_half(one: Found, near: str, after: str) -> bool:
    """Prices cut in half; no jobs cut in half of the plants."""
    half = one.dimension is Dimension.RATIO and _IN_HALF_EN.search(near) is not None
    return half and _OF_WHICH_EN.match(after) is None


_COMPARISON = re.compile(r"[ ](?:below|above|off|higher|lower|more|less|fewer)(?![a-z])")


def _can_exceed(one: Found, after: str) -> bool:
    """5% below is a fall; 10 km below the seabed is a place."""
    return not (one.dimension is Dimension.LENGTH and _COMPARISON.match(after))


def printed(view: View, start: int, end: int) -> str:
    """A stretch of the text with its case."""
    return view.cased[start:end]


def _share_zh(one: Found, before: str) -> None:
    if one.dimension not in (Dimension.PERCENT, Dimension.RATIO):
        return
    if not ("占" in before or "gdp" in before or "总值" in before or "相当" in before):
        return
    clause = re.split(r"[,，。;；]", before)[-1]
    gdp = _GDP_ZH.search(clause)
    if gdp is not None:
        one.share_of = "GDP" if gdp["of"] == "gdp" else gdp["of"]
        return
    own = _SHARE_OWN_ZH.search(clause)
    if own is not None:
        word = own["of"]
        one.share_of = word.replace("gdp", "GDP")
        return


@cache
def _growth_limit() -> Decimal:
    return Decimal(load("comparison")["parameters"]["growth_read_as_level"])


_GROWTH_BEFORE = re.compile(
    r"(?:增长|增加|上涨|提高|提升|上升|扩大|高出|多出|激增|猛增|飙升|大增|暴涨|增|涨|升|高)("
    r"?:了|出|近|约|逾|超过|超|将近|不到|不足|达|了近|了约)"
    r"*[ ]?$"
)


def read_growth(one: Found, before: str, after: str) -> None:
    """增长两倍 is three times the base; 增长十倍 is read, as news means it, as ten times."""
    if one.value is None or one.relation is not Relation.BY or not one.zh:
        return
    if one.numeral is None or not _GROWTH_BEFORE.search(before):
        return
    round_tens = one.value >= _growth_limit() and one.value % 10 == 0
    if not round_tens:
        one.value += 1
        if one.upper is not None:
            one.upper += 1
