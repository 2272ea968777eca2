"""How a figure moves: level or change, up or down, per what and of what.

The words are those of ``lexicon/relations.toml``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from kaoju.figure_found import Found, View
from kaoju.lexicon import load, section, words
from kaoju.types import Dimension, Direction, Relation


@cache
def _moves(language: str) -> tuple[re.Pattern[str], dict[str, Direction]]:
    up = words("relations", language, "up", "words")
    down = words("relations", language, "down", "words")
    table = {**dict.fromkeys(up, Direction.UP), **dict.fromkeys(down, Direction.DOWN)}
    every = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    if language == "zh":
        return re.compile(every), table
    return re.compile(rf"(?<![a-z])(?:{every})(?![a-z])"), table


@cache
def _pers(language: str, key: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = dict(section("relations", language)[key])
    every = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    return re.compile(every), table


def per_words(language: str) -> frozenset[str]:
    """The words that say per what or against what: 同比, a year."""
    return frozenset(section("relations", language)["per"])


_RESTATED = re.compile(
    r"[ ]?(?:[,，][ ]?)?(?:or|or about|or some|或|即|约合|合)[ ]|[ ]?[(][ ]?(?:or )?|[,，]?("
    r"?:或|即)约?"
)


def restate(view: View, one: Found, previous: Found | None) -> None:
    """Up $1.23, or 1.6%: the second figure moves as the first does."""
    if previous is None or one.relation is not Relation.LEVEL or one.direction is not None:
        return
    if previous.direction is None or previous.relation is not Relation.BY:
        return
    if _RESTATED.fullmatch(view.lower[previous.end : one.start]):
        one.relation, one.direction = previous.relation, previous.direction


_TO_ZH = re.compile(
    r"(?:至|到|为|达|达到|成)[ ]?(?:了)?(?:约|近|逾|超过|将近|大约|不到|不足|至少|"
    r"每[\u4e00-\u9fff]{1,4}|人民币)?[ ]?$"
)
_FROM_ZH = re.compile(r"(?:从|由|自)[^,，。;]{0,14}$")
_BY_EN = re.compile(
    r"(?:^|[^a-z])by (?:(?:a|an|about|around|nearly|over|more|than|as|much|at|least|most|up|to|"
    r"some|almost|roughly|another|further|less) ){0,4}$"
)
_TO_EN = re.compile(
    r"(?:^|[^a-z])(?<!up )to (?:(?:a|an|the|about|around|nearly|over|more|than|as|much|low|"
    r"high|record|just|at|least|most|almost|roughly|some|less) ){0,4}$"
)
_FROM_EN = re.compile(
    r"(?:^|[^a-z])from (?:(?:a|an|the|about|around|nearly|over|more|than|just|almost|roughly|"
    r"some|record|under) ){0,3}$"
)
_NOUN_RISE_EN = re.compile(
    r"^[ ](?:a (?:share|barrel|tonne) )?(?:[a-z-]+ )?(?:gain|rise|increase|jump|growth|advance|"
    r"upside|surge|premium|climb|more|higher|above)(?![a-z])"
)
_NOUN_FALL_EN = re.compile(
    r"^[ ](?:[a-z-]+ )?(?:drop|fall|decline|decrease|loss|discount|cut|slump|plunge|off|lower|"
    r"less|fewer|below|reduction)(?![a-z])"
)
_RISE_AFTER_ZH = re.compile(r"^[ ]?(?:以上|左右)?的?(?:增长|涨幅|增幅|升幅|上行空间|溢价|增速)")
_FALL_AFTER_ZH = re.compile(r"^[ ]?(?:以上|左右)?的?(?:跌幅|降幅|减幅|下行空间|折价|下跌|下滑)")
_SHARE_OWN_ZH = re.compile(
    r"(?:占|相当于)(?P<of>[\u4e00-\u9fffa-zA-Z]{2,12}?)(?:的|比重|比例|总额|之比)?(?:的)?("
    r"?:比重|比例|比)?(?:约|近|"
    r"逾|超过|不到|不足|为|达|将|升至|降至|将升至)*$"
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
    lower = view.lower
    language = "zh" if one.zh else "en"
    pattern, table = _moves(language)
    clause = lower[begin : one.start]
    breaks = list(_BREAK.finditer(clause))
    cut = breaks[-1].start() if breaks else -1
    near = clause[cut + 1 :]
    last: re.Match[str] | None = None
    for match in pattern.finditer(near):
        last = match
    direction = table[last.group()] if last is not None else None
    if one.zh:
        explicit_from = _FROM_ZH.search(near) is not None and last is None
        if not explicit_from and last is not None:
            explicit_from = _FROM_ZH.search(near[last.end() :]) is not None
        tail = near[last.end() :] if last is not None else ""
        if explicit_from:
            one.relation = Relation.FROM
        elif last is not None and (_TO_ZH.search(tail) or last.group()[-1] == "至"):
            one.relation, one.direction = Relation.TO, direction
        elif last is not None and len(tail) <= 10 and not re.search(r"[的，]", tail[:-1]):
            if one.relation is Relation.LEVEL:
                one.relation = Relation.BY
            one.direction = one.direction or direction
        elif (
            previous is not None
            and re.search(r"[至到]$", near.rstrip())
            and previous.relation is Relation.FROM
        ):
            one.relation = Relation.TO
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
        return
    words_after = near[last.end() :] if last is not None else ""
    if _FROM_EN.search(near):
        one.relation = Relation.FROM
    elif _TO_EN.search(near) and (
        last is not None
        or (previous is not None and previous.relation in (Relation.BY, Relation.FROM))
    ):
        one.relation, one.direction = Relation.TO, direction
    elif _NOUN_RISE_EN.match(after):
        one.relation, one.direction = Relation.BY, Direction.UP
    elif _NOUN_FALL_EN.match(after):
        one.relation, one.direction = Relation.BY, Direction.DOWN
    elif last is not None and not re.search(
        r"(?:^|[^a-z])(?:to|at|from|of (?!\d)|in|for|on|with|worth|between)(?![a-z])(?! (?:a|"
        r"an|the) )",
        words_after.replace(" up to ", " ").replace(" at least ", " ").replace("of 8", ""),
    ):
        if one.dimension not in (
            Dimension.DURATION,
            Dimension.TENOR,
            Dimension.AGE,
        ) or _BY_EN.search(near):
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


def printed(view: View, start: int, end: int) -> str:
    """A stretch of the text with its case."""
    return view.cased[start:end]


def _share_zh(one: Found, before: str) -> None:
    if one.dimension not in (Dimension.PERCENT, Dimension.RATIO):
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
