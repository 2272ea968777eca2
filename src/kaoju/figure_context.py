"""The words around figures: how firmly, which way, of what, when.

`settle` takes the figures as the readers found them and gives each what its surroundings
say: a unit that a list shares, the qualifier (近, at least), whether it is a level or a
change and which way it goes, the period, per what, of what, and the measure and subject it
belongs to. Numbers that turn out to state nothing are dropped here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from kaoju import count_nouns, dates
from kaoju.figure_found import Found, View
from kaoju.lexicon import load, section, words
from kaoju.numerals import Sort
from kaoju.types import Dimension, Direction, Qualifier, Relation
from kaoju.units import unit

_STOPS = "。！？!?;；\n"
_CLAUSE_STOPS = _STOPS + ",，:：()"
# On the text with its case: a full stop ends a sentence before a capital, a line end or the
# end, unless an abbreviation or an initial stands before it.
_SENTENCE_END = re.compile(
    r"[。!?;\n]|(?<![A-Z.])(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!St)(?<!No)(?<!Jan)(?<!Feb)(?<!Mar)"
    r"(?<!Apr)(?<!Jun)(?<!Jul)(?<!Aug)(?<!Sep)(?<!Sept)(?<!Oct)(?<!Nov)(?<!Dec)(?<!Inc)(?<!Corp)"
    r"\.(?=[\"')\]]{0,2}(?:[ ]{1,3}[A-Z\"'(]|\s*$))"
)
_CLAUSE_END = re.compile(r"[,。!?;:()\n]|\.(?=\s)")
_TIMED = (Dimension.DATE, Dimension.TIME)


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
def _after_words(language: str) -> tuple[tuple[str, Qualifier], ...]:
    pairs = [
        (word, Qualifier(name))
        for name, listed in section("qualifiers", language)["after"].items()
        for word in listed
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _before_english() -> dict[str, Qualifier]:
    table: dict[str, Qualifier] = {}
    for name, listed in section("qualifiers", "en")["before"].items():
        for word in listed:
            table.setdefault(word, Qualifier(name))
    return table


_FILLERS_EN = frozenset(words("qualifiers", "en", "fillers", "words"))
_WORD_EN = re.compile(r"[a-z.~]+(?:[-'][a-z]+)*")


def settle(view: View, reference: date | None) -> list[Found]:
    """The figures of a view with what surrounds them, in order, none overlapping."""
    kept = _ordered(view.found)
    sentence_ends = _ends(view.cased)
    kept = _share_units(view, kept, sentence_ends)
    kept = _exchange_rates(view, kept)
    _date(view, kept, reference, sentence_ends)
    _place(view, kept, sentence_ends)
    return kept


def _ordered(found: list[Found]) -> list[Found]:
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
    return kept


def _ends(text: str) -> list[int]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    ends.append(len(text))
    return ends


# Units that a list or a sentence shares ---------------------------------------------------

_LIST_GAP_ZH = re.compile(r"[ ]?(?:、|和|与|及|以及|或|/|至|到|-|~)[ ]?")
_LIST_GAP = re.compile(r"[ ]?(?:、|,|和|与|及|以及|或|/|and|or|, ?and|至|到|-|~|to)[ ]?")
_INDEX_ZH = re.compile(r"指数|pmi|景气")
_INDEX_EN = re.compile(
    r"(?:index|pmi|stoxx|s&p|nasdaq|dow|ftse|dax|nikkei|hang seng|csi|composite|gauge|vix)"
)
_MULTIPLE_ZH = re.compile(r"倍数|市盈率|市净率|杠杆率?")
_MULTIPLE_EN = re.compile(
    r"bid-to-cover|price-to-earnings|price-to-book|p/e|leverage ratio|multiple of"
)
_RATE_EN = re.compile(
    r"(?P<unit>yen|yuan|won|rupees?|lira|roubles?|rubles?|rand|baht|pesos?|real|ringgit|rupiah)"
)
_PER_DOLLAR = re.compile(
    r" (?:per|to the|to one|against the|a|yen per|yuan per)[ ]?(?:u\.s\. |us )?(?:dollar|greenback)"
)
_RATE_CODES = {"yen": "JPY", "yuan": "CNY", "won": "KRW", "rupee": "INR", "lira": "TRY", "rouble": "RUB", "ruble": "RUB", "rand": "ZAR", "baht": "THB", "peso": "MXN", "real": "BRL", "ringgit": "MYR", "rupiah": "IDR"}  # fmt: skip
_PAIR_ZH = re.compile(
    r"(人民币|美元|欧元|英镑|日元|澳元|加元|港元|韩元|卢布|瑞郎)(?:兑|对|/)(人民币|美元|欧元|英镑|日元|澳元|加元|港元|韩元|卢布|瑞郎)"
)
_PAIR_EN = re.compile(r"(?:^|[^a-z])(euro|pound|sterling|aussie|australian dollar)(?![a-z])")
_PAIR_CODES = {"人民币": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "澳元": "AUD", "加元": "CAD", "港元": "HKD", "韩元": "KRW", "卢布": "RUB", "瑞郎": "CHF"}  # fmt: skip
_LEVEL_ZH = re.compile(
    r"(?:为|至|到|达|达到|报|报收|收于|收报|是|约|近|破|超过|超|于|有|突破|增加|减少|新增|倍数|指数|值|数)(?:了)?[ ]?$"
)
_LEVEL_EN = re.compile(
    r"(?:^|[^a-z])(?:to|at|of|was|is|were|are|reached|reach|hit|totalled|totaled|by|about|around|nearly|over|than|least|most|versus|past|below|above|under|exceeded|surpassed|topped|some|killed|kill|killing|wounded|injured|injuring|only|almost|roughly|approximately|up to|down to|from|another)[ ]$"
)


def _share_units(view: View, found: list[Found], ends: list[int]) -> list[Found]:
    """Give bare numbers the unit of the list they stand in, or drop them."""
    lower = view.lower
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        if one.dimension is Dimension.DURATION and following.dimension is Dimension.TENOR:
            gap = lower[one.end : following.start]
            if one.unit == following.unit and _LIST_GAP.fullmatch(gap):
                one.dimension = Dimension.TENOR
        if not one.bare or following.bare or following.dimension in _TIMED:
            continue
        if following.dimension in (Dimension.ORDINAL, Dimension.SCORE, Dimension.RATIO):
            continue
        if following.start < one.end or following.start - one.end > 6:
            continue
        joint = _LIST_GAP_ZH if one.zh else _LIST_GAP
        if not joint.fullmatch(lower[one.end : following.start]):
            continue
        number, target = one.numeral, following.numeral
        if number is None or target is None or one.value is None or not target.value:
            continue
        if following.value is None or (following.dimension is Dimension.MONEY and not one.zh):
            if lower[one.end : following.start].strip() not in (
                "-",
                "to",
                "and",
                "or",
                ",",
                ", and",
            ):
                continue
        if following.value is not None and target.value:
            one.value *= following.value / target.value
        one.unit, one.dimension, one.bare = following.unit, following.dimension, False
        one.noun = following.noun
        if (
            one.dimension is Dimension.MONEY
            and lower[following.start : following.end][:1] in "$€£¥"
        ):
            one.bare = True
    kept: list[Found] = []
    sentence = 0
    for one in found:
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
        begin = ends[sentence - 1] if sentence else 0
        if one.bare and not _resolve_bare(view, one, kept, begin):
            continue
        kept.append(one)
    return kept


def _resolve_bare(view: View, one: Found, kept: list[Found], begin: int) -> bool:
    """Find what a bare number counts; False when it states nothing."""
    lower = view.lower
    begin = max(begin, one.start - 120)
    before = lower[begin : one.start]
    after = lower[one.end : one.end + 40]
    number = one.numeral
    if number is None:
        return False
    if one.zh:
        named = list(_PAIR_ZH.finditer(before))
        pair = named[-1] if named else None
        if pair is not None and number.digits and (one.strong or _LEVEL_ZH.search(before)):
            base, quote = _PAIR_CODES[pair.group(1)], _PAIR_CODES[pair.group(2)]
            if base in ("CNY", "JPY", "KRW", "HKD", "RUB") and one.value is not None:
                if one.value > 1:  # 人民币兑美元报7.1: yuan a dollar, whichever is named first
                    base, quote = quote, base
            one.dimension, one.unit = Dimension.EXCHANGE_RATE, f"{quote}/{base}"
            return True
    else:
        rate = _RATE_EN.search(before)
        if _PER_DOLLAR.match(after) and rate is not None:
            code = _RATE_CODES[rate.group().rstrip("s")]
            one.dimension, one.unit = Dimension.EXCHANGE_RATE, f"{code}/USD"
            return True
        pairs = list(_PAIR_EN.finditer(before))
        pair_en = pairs[-1] if pairs else None
        if (
            pair_en is not None
            and number.digits
            and re.search(r"\.\d{2,4}$", lower[one.start : one.end])
        ):
            code = {"euro": "EUR", "pound": "GBP", "sterling": "GBP"}.get(pair_en.group(1), "AUD")
            one.dimension, one.unit = Dimension.EXCHANGE_RATE, f"USD/{code}"
            return True
    if not one.zh and re.search(r"magnitude[ -](?:of )?$", before):
        one.dimension, one.unit = Dimension.INDEX, "magnitude"
        return True
    if kept and not one.zh and _copies(view, one, kept[-1], begin):
        return True
    level = (_LEVEL_ZH if one.zh else _LEVEL_EN).search(before) is not None
    clause = re.split(r"[,，。;；]", before)[-1]
    if one.zh and _MULTIPLE_ZH.search(clause) and number.digits:
        one.dimension, one.unit = Dimension.MULTIPLE, "times"
        return True
    if not one.zh and number.digits and _MULTIPLE_EN.search(clause[-40:]):
        one.dimension, one.unit = Dimension.MULTIPLE, "times"
        return True
    pattern = _INDEX_ZH if one.zh else _INDEX_EN
    if number.digits and (level or one.strong) and pattern.search(before if not one.zh else clause):
        if not (one.zh and "数" in clause and not pattern.search(clause)):
            one.dimension, one.unit = Dimension.INDEX, "point"
            return True
    if not (level or one.strong):
        return False
    if not number.digits and not number.bare and number.value < 13 and number.scale == 1:
        return False
    if one.zh:
        noun = count_nouns.noun_unit_before(before[-24:])
    else:
        noun = None if not kept else _inherited(one, kept, begin)
        noun = noun or count_nouns.english_noun_before(before[-48:])
    if noun is not None:
        known = unit(noun)
        one.unit = noun
        if known is not None and known.dimension is not Dimension.COUNT:
            one.dimension = known.dimension
        return True
    if kept and kept[-1].start >= begin and kept[-1].dimension is Dimension.COUNT:
        if kept[-1].unit and one.strong:
            one.unit = kept[-1].unit
            return True
    if _QUALIFIED_BARE.search(before) and number.digits:
        return True
    return one.strong and (number.digits or number.scale >= 10_000)


_SAME_UNIT = re.compile(r"[ ](?:from|to)(?: (?:about|around|nearly|just|over|only))?[ ]")


_QUALIFIED_BARE = re.compile(
    r"(?:^|[^a-z])(?:nearly|about|almost|roughly|at least|more than|fewer than|around|up to|some) $"
    r"|(?:至少|超过|不到|不足|将近|大约)(?:有|了)?$"
)


def _copies(view: View, one: Found, last: Found, begin: int) -> bool:
    """To 83 days from 98: the second number has the unit of the first."""
    if last.start < begin or last.dimension in _TIMED or last.value is None or last.bare:
        return False
    if not _SAME_UNIT.fullmatch(view.lower[last.after : one.start]):
        return False
    if last.relation is Relation.BY or last.dimension in (Dimension.RATIO, Dimension.MULTIPLE):
        return False
    moved = view.lower[max(begin, last.start - 24) : last.start]
    if not re.search(r"(?:^|[^a-z])(?:to|from|at|of)(?: [a-z]+){0,2} $", moved):
        return False
    one.dimension, one.unit = last.dimension, last.unit
    return True


def _inherited(one: Found, kept: list[Found], begin: int) -> str | None:
    last = kept[-1]
    for earlier in reversed(kept):
        if earlier.start < begin:
            break
        if earlier.dimension is Dimension.COUNT and earlier.unit:
            return earlier.unit
    if last.dimension in _TIMED and len(kept) > 1:
        last = kept[-2]
    if last.start < begin or last.value is None:
        return None
    own = unit(last.unit)
    if last.dimension is Dimension.COUNT and last.unit:
        return last.unit
    physical = own is not None and own.dimension is last.dimension
    if physical and last.dimension not in (
        Dimension.PERCENT,
        Dimension.PERCENTAGE_POINT,
        Dimension.MULTIPLE,
        Dimension.DURATION,
        Dimension.MONEY,
        Dimension.TENOR,
    ):
        return last.unit
    return None


_FOR = re.compile(r"[ ]?(?:可?兑换?|兑|折合|=|对)[ ]?(?:约)?[ ]?| (?:to|=|buys|bought|equals) ")


def _exchange_rates(view: View, found: list[Found]) -> list[Found]:
    """1美元兑157日元 is one rate of 157 yen a dollar."""
    kept: list[Found] = []
    for one in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.dimension is Dimension.MONEY
            and one.dimension is Dimension.MONEY
            and last.value in (1, 100)
            and one.value is not None
            and last.unit != one.unit
            and _FOR.fullmatch(view.lower[last.end : one.start])
        ):
            one.value /= last.value
            one.dimension, one.unit = Dimension.EXCHANGE_RATE, f"{one.unit}/{last.unit}"
            kept.pop()
        kept.append(one)
    return kept


# Dates -----------------------------------------------------------------------------------


@cache
def _future() -> tuple[re.Pattern[str], re.Pattern[str]]:
    zh = "|".join(map(re.escape, words("relations", "zh", "future", "words")))
    en = "|".join(map(re.escape, words("relations", "en", "future", "words")))
    return re.compile(zh), re.compile(rf"(?<![a-z])(?:{en})(?![a-z])")


def _share_zones(found: list[Found], ends: list[int]) -> None:
    """Starts at 16:00 and ends at 24:00 (UTC+8): the zone printed last holds for both."""
    later: Found | None = None
    for one in reversed(found):
        if one.date is None or one.date.moment.clock is None:
            continue
        if later is not None and later.date is not None and one.date.moment.zone is None:
            zone = later.date.moment.zone
            apart = any(one.end <= end <= later.start for end in ends)
            if zone is not None and not apart:
                one.date = replace(one.date, moment=replace(one.date.moment, zone=zone))
        later = one


def _date(view: View, found: list[Found], reference: date | None, ends: list[int]) -> None:
    _share_zones(found, ends)
    context: dates.Moment | None = None
    sentence = 0
    for one in found:
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
            context = None
        if one.date is None:
            continue
        begin = ends[sentence - 1] if sentence else 0
        window = (
            view.lower[max(begin, one.start - 40) : one.start] + view.lower[one.end : one.end + 16]
        )
        ahead = _future()[0 if one.zh else 1].search(window) is not None
        one.period = dates.period_of(one.date, reference, context, future=ahead)
        moment = dates.resolve(one.date.moment, reference, context, future=ahead)
        one.dimension = Dimension.TIME if one.date.timed else Dimension.DATE
        if moment.year is not None:
            context = moment


# What surrounds a figure -----------------------------------------------------------------


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


@cache
def _measures(language: str) -> re.Pattern[str]:
    listed = words("measures", language, "words")
    every = "|".join(re.escape(w.lower()) for w in sorted(listed, key=len, reverse=True))
    return re.compile(every if language == "zh" else rf"(?<![a-z])(?:{every})(?![a-z])")


def _place(view: View, found: list[Found], ends: list[int]) -> None:
    lower = view.lower
    sentence = 0
    previous: Found | None = None
    for index, one in enumerate(found):
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
            previous = None
        begin = ends[sentence - 1] if sentence else 0
        finish = ends[sentence]
        floor = max(begin, previous.end if previous is not None else 0)
        following = found[index + 1].start if index + 1 < len(found) else finish
        if one.dimension not in _TIMED:
            before = lower[max(floor, one.start - 40) : one.start]
            after = lower[one.after : min(finish, max(following, one.after), one.after + 40)]
            if one.dimension is not Dimension.ORDINAL:
                _qualify(view, one, before, after, begin)
                _relate(view, one, before, after, max(begin, one.start - 80), previous)
                _restate(view, one, previous)
                _measure(view, one, begin, finish)
            if one.dimension is Dimension.MULTIPLE:
                _growth(one, before, after)
        previous = one
    _periods(view, found, ends)


_RESTATED = re.compile(
    r"[ ]?(?:[,，][ ]?)?(?:or|or about|or some|或|即|约合|合)[ ]|[ ]?[(][ ]?(?:or )?|[,，]?(?:或|即)约?"
)


def _restate(view: View, one: Found, previous: Found | None) -> None:
    """Up $1.23, or 1.6%: the second figure moves as the first does."""
    if previous is None or one.relation is not Relation.LEVEL or one.direction is not None:
        return
    if previous.direction is None or previous.relation is not Relation.BY:
        return
    if _RESTATED.fullmatch(view.lower[previous.end : one.start]):
        one.relation, one.direction = previous.relation, previous.direction


def _qualify(view: View, one: Found, before: str, after: str, begin: int) -> None:
    if one.qualifier not in (Qualifier.EXACT, Qualifier.RANGE, Qualifier.VAGUE, Qualifier.OVER):
        return
    found = _qualifier_before(one, before)
    if found is None and one.dimension is not Dimension.RATIO:
        text = after.lstrip(" ")
        own = view.lower[one.end : one.end + 8].lstrip(" ") if one.after != one.end else text
        for word, qualifier in _after_words("zh" if one.zh else "en"):
            if text.startswith(word) or own.startswith(word):
                if word == "起" and not re.match(r"起(?:[,，。、]|步|售|投|$)", text):
                    continue
                if word == "内" and not (
                    one.dimension is Dimension.DURATION and _DEADLINE_ZH.search(before)
                ):
                    continue
                if word == "plus" and one.zh:
                    continue
                found = qualifier
                break
        if found is None and view.lower[one.end : one.end + 1] == "+" and one.numeral is not None:
            found = Qualifier.OVER
    if found is Qualifier.AT_MOST and one.dimension is Dimension.DURATION and not one.zh:
        pass
    if found is None:
        return
    if one.qualifier is Qualifier.EXACT or (
        one.qualifier is Qualifier.OVER and found is Qualifier.AT_LEAST
    ):
        one.qualifier = found


_DEADLINE_ZH = re.compile(r"(?:须|必须|应|需|限|务必|不迟于|最迟)[^,，。;]{0,12}$")
_OF_GDP_ZH = re.compile(
    r"(?:(?:gdp|国内生产总值)的?|每(?:吨|股|桶|盎司|千克|公斤|平方米|人|年|月|天|日|兆瓦时|小时|户|辆|枚|克|磅))$"
)
_PAST_ZH = re.compile(r"(?:近|最近|过去)$")


def _qualifier_before(one: Found, before: str) -> Qualifier | None:
    if one.zh:
        text = _OF_GDP_ZH.sub("", before.rstrip(' 「『"“'))
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
            if word == "限" and text.endswith(("期限", "年限", "界限", "权限", "有限", "无限")):
                return None
            if word.startswith("约") and text.endswith(
                ("条约", "纽约", "契约", "节约", "公约", "预约", "签约", "北约", "大约约")
            ):
                return None
            if word == "约" and text.endswith("合约") and not text.endswith("折合约"):
                return None
            return found
        return None
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
            if phrase in ("over", "within") and one.dimension is Dimension.DURATION:
                if phrase == "over" and not (
                    rest[:-1]
                    and rest[-2] in ("for", "lasted", "took", "of", "in", "after", "just", "well")
                ):
                    return None
            if phrase == "within" and one.dimension is not Dimension.DURATION:
                return None
            if (
                phrase in ("above", "below", "over", "under", "past", "top", "near", "around")
                and skip
            ):
                continue
            if phrase == "top" and one.dimension is not Dimension.MONEY:
                return None
            if phrase in ("minimum", "maximum") and skip:
                continue
            if phrase == "some" and one.numeral is not None and one.numeral.sort is Sort.SOME:
                return None
            return found
    return None


def _is_past(one: Found, text: str) -> bool:
    """近三年 is the past three years, not nearly three: a duration that looks back."""
    return not re.search(
        r"(?:历时|耗时|用时|长达|时隔|花了|花费|工期|持续|超|已有|服刑|存在|为|用|达|相隔|等待)近$",
        text,
    )


_BY_ZH = re.compile(r"了[ ]?(?:约|近|逾|超过|将近|大约|不到|不足|至少)?[ ]?$")
_TO_ZH = re.compile(
    r"(?:至|到|为|达|达到|成)[ ]?(?:了)?(?:约|近|逾|超过|将近|大约|不到|不足|至少|每[\u4e00-\u9fff]{1,4}|人民币)?[ ]?$"
)
_FROM_ZH = re.compile(r"(?:从|由|自)[^,，。;]{0,14}$")
_BY_EN = re.compile(
    r"(?:^|[^a-z])by (?:(?:a|an|about|around|nearly|over|more|than|as|much|at|least|most|up|to|some|almost|roughly|another|further|less) ){0,4}$"
)
_TO_EN = re.compile(
    r"(?:^|[^a-z])(?<!up )to (?:(?:a|an|the|about|around|nearly|over|more|than|as|much|low|high|record|just|at|least|most|almost|roughly|some|less) ){0,4}$"
)
_FROM_EN = re.compile(
    r"(?:^|[^a-z])from (?:(?:a|an|the|about|around|nearly|over|more|than|just|almost|roughly|some|record|under) ){0,3}$"
)
_NOUN_RISE_EN = re.compile(
    r"^[ ](?:a (?:share|barrel|tonne) )?(?:[a-z-]+ )?(?:gain|rise|increase|jump|growth|advance|upside|surge|premium|climb|more|higher|above)(?![a-z])"
)
_NOUN_FALL_EN = re.compile(
    r"^[ ](?:[a-z-]+ )?(?:drop|fall|decline|decrease|loss|discount|cut|slump|plunge|off|lower|less|fewer|below|reduction)(?![a-z])"
)
_RISE_AFTER_ZH = re.compile(r"^[ ]?(?:以上|左右)?的?(?:增长|涨幅|增幅|升幅|上行空间|溢价|增速)")
_FALL_AFTER_ZH = re.compile(r"^[ ]?(?:以上|左右)?的?(?:跌幅|降幅|减幅|下行空间|折价|下跌|下滑)")
_SHARE_BEFORE_ZH = re.compile(
    r"(?:占|相当于|为|在|达|达到|超过|超|约占)?(?P<of>gdp|国内生产总值|[\u4e00-\u9fff]{2,10}?)(?:的|比重|比例)(?:约|近|逾|超过|不到|不足|为|达|的)*$"
)
_SHARE_OWN_ZH = re.compile(
    r"(?:占|相当于)(?P<of>[\u4e00-\u9fffa-zA-Z]{2,12}?)(?:的|比重|比例|总额|之比)?(?:的)?(?:比重|比例|比)?(?:约|近|逾|超过|不到|不足|为|达|将|升至|降至|将升至)*$"
)
_GDP_ZH = re.compile(r"(?P<of>gdp|国内生产总值)的(?:约|近|逾|超过|不到|不足)*$", re.IGNORECASE)
_SHARE_AFTER_EN = re.compile(
    r"^ (?:share )?of (?:(?:the|its|their|all|total|his|her) )?(?P<of>(?:gdp|gross domestic product|[a-z'-]+(?: [a-z'-]+){0,2}?))(?= (?:were|was|is|are|in|on|at|by|to|from|and|or|said|voted|chose|for|since|this|last|have|had|has|will|left|who|that)(?![a-z])|[,.;:)]|$)"
)
_RELATIVE_MOVES = frozenset(
    {Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.MULTIPLE, Dimension.RATIO}
)
_RATE_CUT_ZH = re.compile(r"(?:降息|加息|降准|上调|下调)[^,，。]{0,8}$")


def _relate(
    view: View, one: Found, before: str, after: str, begin: int, previous: Found | None
) -> None:
    lower = view.lower
    language = "zh" if one.zh else "en"
    pattern, table = _moves(language)
    clause = lower[begin : one.start]
    cut = max((clause.rfind(c) for c in ",，。;；:\n"), default=-1)
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
        r"(?:^|[^a-z])(?:to|at|from|of (?!\d)|in|for|on|with|worth|between)(?![a-z])(?! (?:a|an|the) )",
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
            r"(?:increase|rise|growth|gain|drop|decline|fall|decrease|jump|cut) of (?:[a-z]+ ){0,3}$",
            near,
        )
    ) or (_BY_EN.search(near) and last is not None):
        one.relation, one.direction = Relation.BY, direction
    share = (
        _SHARE_AFTER_EN.match(after)
        if one.dimension in (Dimension.PERCENT, Dimension.RATIO)
        else None
    )
    if share is not None:
        one.share_of = _printed(view, one.after + share.start("of"), one.after + share.end("of"))
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


def _printed(view: View, start: int, end: int) -> str:
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


_NO_SUBJECT_ZH = re.compile(
    r"[\d将会在了被与和占约年季月日自起该其此各这那较比为是有不上下高低至到从]|宣布|核销|累计|同比|环比|最低|调整|核心"
)


def _measure(view: View, one: Found, begin: int, finish: int) -> None:
    if one.measure is not None:
        return
    lower = view.lower
    pattern = _measures("zh" if one.zh else "en")
    start = max(begin, one.start - 60)
    window = lower[start : one.start]
    last: re.Match[str] | None = None
    for match in pattern.finditer(window):
        if one.share_of is None or match.group() != one.share_of.lower():
            last = match
    if last is None:
        if not one.zh:
            match_after = pattern.search(lower[one.after : min(finish, one.after + 40)])
            if (
                match_after is not None
                and "," not in lower[one.after : one.after + match_after.start()]
            ):
                one.measure = _printed(
                    view, one.after + match_after.start(), one.after + match_after.end()
                )
        return
    one.measure = _printed(view, start + last.start(), start + last.end())
    if one.zh:
        lead = lower[start : start + last.start()]
        lead = re.split(r"[,，。;；:：\n、]", lead)[-1].removesuffix("的")
        lead = re.sub(r"^(?:年度|当前|目前|今年|去年|截至)", "", lead)
        lead = re.sub(r"(?:年度|全年|当前|目前|今年|去年)$", "", lead)
        if 2 <= len(lead) <= 8 and not _NO_SUBJECT_ZH.search(lead):
            one.subject = lead
    else:
        name = None
        for found in re.finditer(
            r"[A-Z][A-Za-z&.'-]*(?: [A-Z][A-Za-z&.'-]*){0,4}",
            view.cased[start : start + last.start()],
        ):
            name = found
        if name is not None:
            text = name.group().removesuffix("'s")
            opening = name.start() == 0 and start == begin and " " not in text
            if opening and not name.group().endswith("'s") and not text.isupper():
                return
            if text not in ("The", "A", "An", "In", "It", "Its", "This", "That"):
                one.subject = text.removeprefix("The ")


@cache
def _growth_limit() -> Decimal:
    return Decimal(load("comparison")["parameters"]["growth_read_as_level"])


_GROWTH_BEFORE = re.compile(
    r"(?:增长|增加|上涨|提高|提升|上升|扩大|高出|多出|激增|猛增|飙升|大增|暴涨|增|涨|升|高)(?:了|出|近|约|逾|超过|超|将近|不到|不足|达|了近|了约)*[ ]?$"
)


def _growth(one: Found, before: str, after: str) -> None:
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


def _periods(view: View, found: list[Found], ends: list[int]) -> None:
    """A number holds in the period its sentence names, if it names one."""
    sentence = 0
    groups: dict[int, list[Found]] = {}
    for one in found:
        while sentence < len(ends) - 1 and ends[sentence] <= one.start:
            sentence += 1
        groups.setdefault(sentence, []).append(one)
    for group in groups.values():
        timed = [one for one in group if one.date is not None]
        if not timed:
            continue
        for one in group:
            if one.date is not None:
                continue
            earlier = [t for t in timed if t.start < one.start and _holds(view, t)]
            later = [t for t in timed if t.start > one.start and _holds(view, t)]
            if earlier:
                one.period = earlier[-1].period
            elif later and not _CLAUSE_END.search(view.lower[one.end : later[0].start]):
                one.period = later[0].period


_SINCE_ZH = re.compile(r"[ ]?(?:以来|来|起|之后|以后)")
_SINCE_EN = re.compile(r"(?:^|[^a-z])(?:since|due|until|through|after|before)[ ](?:the )?$")


def _holds(view: View, timed: Found) -> bool:
    """Whether a date says when a number holds: in 2024 does, since 2001 and due 2031 do not."""
    if timed.zh:
        return _SINCE_ZH.match(view.lower[timed.end : timed.end + 4]) is None
    return _SINCE_EN.search(view.lower[max(0, timed.start - 12) : timed.start]) is None
