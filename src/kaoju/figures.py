"""Stated quantities in Chinese and English text: found, read, placed.

One pass: a compiled pattern jumps from seed to seed (digits, Chinese numerals, English
number words, calendar words), a small reader looks at what stands there, and
`kaoju.figure_context` reads the words around it. Every reader looks a bounded way ahead, so
the whole is linear in the text. What carries digits and states nothing (GPT-4o, 5G, phone
numbers, 三心二意) is recognised and left out; see ``lexicon/not_figures.toml``.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache

from kaoju import count_nouns, dates, figure_context
from kaoju.figure_found import Found, View
from kaoju.lexicon import section, words
from kaoju.numerals import (
    HAN_NUMERALS,
    STARTERS,
    VULGAR_FRACTIONS,
    Numeral,
    Sort,
    protect,
    read_at,
)
from kaoju.text import FoldedText, fold, language_of
from kaoju.types import Dimension, Direction, Figure, Language, Qualifier, Relation, Span
from kaoju.units import UnitMatch, currency_prefixes, match_unit, sign_currency, unit

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")


# Seeds -----------------------------------------------------------------------------------

_SAYINGS_ZH = words("not_figures", "zh", "sayings")
_SAYINGS_EN = words("not_figures", "en", "sayings")
_BEFORE_ZH = words("not_figures", "zh", "before")
_BEFORE_EN = frozenset(words("not_figures", "en", "before"))
_AFTER_ZH = words("not_figures", "zh", "after")
_AFTER_EN = words("not_figures", "en", "after")
_AFTER_ORDINAL = words("not_figures", "zh", "after_ordinal")
_MULTIPLE_WORDS: dict[str, str] = dict(section("comparison", "multiples")["en"])


def _any(names: object) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))  # type: ignore[call-overload]


@cache
def _seeds() -> re.Pattern[str]:
    zh_dates = {
        *section("dates", "zh")["years"],
        *section("dates", "zh")["months"],
        *section("dates", "zh")["days"],
        *section("dates", "zh")["quarters"],
        *section("dates", "zh")["dayparts"],
        *dates.POINTERS,
        "上半年", "下半年", "前半年", "后半年", "年末", "年底", "年初", "上世纪", "上个世纪", "本世纪",
        "本十年", "这个十年",
    }  # fmt: skip
    en_dates = {
        *section("dates", "en")["months"],
        *section("dates", "en")["years"],
        *section("dates", "en")["calendar_months"],
        *section("dates", "en")["calendar_quarters"],
        *section("dates", "en")["days"],
    }
    number_words = [word for word in STARTERS if word not in en_dates]
    return re.compile(
        r"(?P<skip>https?://[!-~]{1,2000}|www\.[!-~]{1,2000})"
        r"|(?P<digit>[0-9])"
        rf"|(?P<part>[{VULGAR_FRACTIONS}])"
        rf"|(?P<hansaying>{_any(_SAYINGS_ZH)})"
        rf"|(?P<handate>{_any(zh_dates)}|(?:周|星期|礼拜)[一二三四五六日天末])"
        rf"|(?P<nth>第(?=[ ]?[{HAN_NUMERALS}\d]))"
        r"|(?P<fan>翻(?:了)?(?:[ ]?[一二两三四五六七八九十\d]{1,3}[ ]?)?[番倍]|腰斩|减半|对折)"
        r"|(?P<each>每[百千万][ ]?[名个人户位家])"
        r"|(?P<first>[前首头](?=[ ]?[二两三四五六七八九十1-9]{1,2}[ ]?个?(?:月|季)))"
        rf"|(?P<han>[{HAN_NUMERALS}负]|[数几](?=[十百千万亿])|若干(?=[十百千万亿])|[上](?=[百千万亿])|半(?=年|个|数|小时|天|成|百)|一半)"
        rf"|(?<![a-z0-9])(?:(?P<ensaying>{_any(_SAYINGS_EN)})(?![a-z])"
        rf"|(?P<endate>(?:{_any(en_dates)}|q[1-4]|h[12]|fy|fiscal|financial year|(?:end|close|start|beginning|middle|turn) of|(?:end|mid|early|late)[ -](?=(?:in )?(?:[12]\d\d\d|{_any(section('dates', 'en')['months'])}))|year[ -]end|(?:first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:fiscal |calendar )?(?:quarter|half)"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the (?=(?:1[5-9]|20)\d0s))(?![a-z]|(?<=-)x))"
        rf"|(?P<mult>(?:{_any(_MULTIPLE_WORDS)})(?![a-z]))"
        rf"|(?P<word>(?:{_any(number_words)}|minus(?= [a-z])|negative(?= [a-z]))(?![a-z]))"
        r"|(?P<article>an? (?=(?:hundred|thousand|million|billion|trillion|dozen|half|quarter|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|couple|few|year|month|week|decade|day|century)(?![a-z]))))"
    )


_HAN_NEAR = re.compile(r"[\u3400-\u9fff]")
_TOKEN_REST = re.compile(r"[a-z0-9_@#./\\:+-]{0,2000}")
_WORD_BACK = re.compile(r"([a-z&.']{1,16}(?: of)?)[ ]?$")
_ALNUM = frozenset("abcdefghijklmnopqrstuvwxyz_@#\\")
_PHONE = re.compile(
    r"(?:\d{3,4}-){1,3}\d{3,8}(?![\d.%])(?=[^\d-]|$)|1[3-9]\d{9}(?!\d)|\d{3}-\d{4}(?!\d)"
    r"|\d{1,3}[ -]\(?\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,4}(?!\d)"
)
_VERSION = re.compile(r"\d{1,5}(?:\.\d{1,5}){2,6}(?![\d%])")
_LONG_ID = re.compile(r"\d{31,}|\d[\d-]{31,}")
_DATE_HINT = re.compile(rf"[{HAN_NUMERALS}○\d]{{1,8}}[ ]?(?:[年月日号时点:/.~到至世-]|个?季|年代)")
_AGE_ZH = re.compile(r"[ ]?(?:多|余)?(?:周岁|岁)")
_CENT_ON_DOLLAR = re.compile(r" cents? on the (?:dollar|euro|pound)")
_SHARE_ZH = re.compile(
    r"(?P<base>百万万|千万万|万万|千万|百万|[百千万仟佰])[ ]{0,2}分[ ]{0,2}之[ ]{0,2}(?=(?:负)?[ ]?[\d零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾])"
)
_SHARE_BASE = {"百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "百万": 6, "千万": 7, "万万": 8,
               "百万万": 10, "千万万": 11}  # fmt: skip
_BOND_AFTER = re.compile(
    r"[ -](?:[a-z$.]{1,14} ){0,2}?(?:treasur|bond|note|yield|gilt|bund|btp|jgb|loan|mortgage|repo|reverse repo|paper|debt|bill|tips|security|securities|cd|deposit|lease|term|rate|swap|maturit|tenor|facility|sukuk|debenture|oat|government|benchmark|us |u\.s\.|inflation-linked)|,? hk\$|, \$(?=\d)"
)
_TENOR_ZH_AFTER = re.compile(r"[ ]?期(?!间|限|内|满|末|初|后|望|待)")
_TENOR_ZH_BEFORE = re.compile(
    r"(?:期限|年期|久期)(?:分别)?(?:为|是|达|超|超过|约|不超过)?[^。]{0,12}$"
)
_RECORD_ZH = re.compile(r"(?:来)?(?:的)?(?:新低点|新高点|新低|新高|低点|高点|低位|高位)")
_RECORD_EN = re.compile(r"[ -](?:record )?(high|low|peak|trough)(?![a-z-])(?! of)")
_RECORD_BEFORE_EN = re.compile(
    r"(?:most|least|highest|lowest|biggest|largest|fastest|slowest|best|worst|strongest|weakest|sharpest|steepest|quickest|smallest|[a-z]{3,}est)(?: [a-z-]+){0,4} (?:in|for|since)(?: more than| nearly| about| over| almost)? $"
)
_AGE_EN = re.compile(r"[ -](?:old(?![a-z])|of age(?![a-z]))")
_TIMES_FREQUENCY = re.compile(
    r" times?(?: (?:a|per|each|every|this|last|in|since|during|over the|before|already)(?![a-z])|[.,;]|$)"
)
_TIMES = re.compile(r" ?times?(?![a-z])")
_X = re.compile(r"[ ]?x(?![a-z0-9])|-?[ ]?fold(?![a-z])")
_NEED_UNIT = re.compile(r"[ ]?(?:x|by|×)[ ]?\d")
_DISCOUNT_ZH = re.compile(r"[ ]{0,3}折(?!叠|旧|磨|腾|合|算|射|断|扣率|戟|中|返|价|年)")
_TENTHS_ZH = re.compile(r"[ ]{0,2}成(?![为立功员果本熟就绩长人品交年都效语套份像型色片])")
_RANGE_ZH = re.compile(
    r"[ ]?(?:-|~|至|到|—)[ ]?(?=[\d$€£¥负零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾数几])"
)
_RANGE_EN = re.compile(r"[ ]?[-~][ ]?(?=[\d$€£¥.a-z])| to (?=[\d$€£¥.a-z])")
_AND_EN = re.compile(r" and (?=[\d$€£¥.a-z])")
_OR_EN = re.compile(r" or (?=[\d$€£¥.a-z])")
_AND_ZH = re.compile(r"[ ]?(?:和|与)[ ]?(?=[\d$€£¥零一二两三四五六七八九十百])")
_LIST_GAP = re.compile(r"[ ]?(?:、|,|和|与|及|以及|或|/|and|or|,[ ]?and|至|到|-|~|to)[ ]?$")
_SCORE = re.compile(
    r"(\d{1,3})(-|:|比)(\d{1,3})(?![\d.,%:/-]|[ ]?[a-z%]*(?:年|月|日|名|人|个|倍|万|亿))"
)
_SCORE_WORDS = re.compile(
    r"(?:won|win|wins|beat|beats|beating|lost|lose|defeat|drew|draw|victory|score|voted|vote|split|ruled|ruling|tied|战胜|击败|比分|大胜|负于|战平|淘汰|胜|逆转|告负|表决|投票)"
)
_PROPORTION = re.compile(
    r"(\d{1,6}(?:\.\d{1,3})?)(?:[ ]?(?:-to-|:|比)[ ]?)(\d{1,4}(?:\.\d{1,3})?)(?![\d:%])"
)
_PER_MANY_ZH = re.compile(
    r"每(?P<base>[百千万])[ ]?(?P<class>[名个人户位家])(?P<noun>[\u4e00-\u9fff]{0,8}?)(?:中|里|当中|之中)?(?:就|约|大约|平均|仅|只)?有(?:约|大约|近|逾|超过)?(?=[\d一二两三四五六七八九十])"
)
_FRACTION_EN_SKIP = re.compile(
    r"[ -](?:hour|time|finals?|mast|brother|way|hearted|truth|marathon|century|day|term|moon|back|price|dollar|turn|point|percentage|yearly|century)"
)
_GENERAL_X = frozenset("xX")


def find_figures(
    text: str, language: Language | str | None = None, reference_date: date | None = None
) -> list[Figure]:
    """Find and read every figure of a text.

    Args:
        text: Any text, of either language or both.
        language: The language of the text when it is known; it decides what ¥ means and
            is noted on the figures. Both languages are read in any case.
        reference_date: The day the text was published, for 今年, 11月5日 and last year. What
            it would decide stays X without it (XXXX-11-05).

    Returns:
        The figures in the order of the text, never overlapping. Spans count code points of
        ``text`` and slice to the surfaces. Nothing is raised for any text.
    """
    if not text:
        return []
    own = language_of(text) if language is None else Language(language)
    folded = fold(protect(text), lower=False)
    cased = folded.text
    lower = cased.lower()
    if len(lower) != len(cased):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in cased)
    view = View(lower, cased, own)
    _scan(view)
    kept = figure_context.settle(view, reference_date)
    return [_figure(found, text, folded, own) for found in kept]


def _figure(found: Found, text: str, folded: FoldedText, language: Language) -> Figure:
    span = folded.printed_span(Span(found.start, found.end))
    timed = found.dimension in (Dimension.DATE, Dimension.TIME)
    return Figure(
        span=span,
        surface=text[span.start : span.end],
        value=None if timed else found.value,
        unit="" if timed else found.unit,
        dimension=found.dimension,
        upper=found.upper,
        precision=None if found.step is None or timed else found.step * _HALF,
        qualifier=found.qualifier,
        relation=found.relation,
        direction=found.direction,
        period=found.period,
        per=found.per,
        share_of=found.share_of,
        measure=found.measure,
        subject=found.subject,
        language=language,
    )


def _scan(view: View) -> None:
    pattern = _seeds()
    lower = view.lower
    position, last_start = 0, -1
    while (match := pattern.search(lower, position)) is not None:
        at = match.start()
        kind = match.lastgroup
        if kind in ("skip", "hansaying", "ensaying"):
            position = match.end()
            continue
        end = _READERS[kind or ""](view, match, position)
        position = max(end, at + 1)
        last_start = at


def _is_chinese(view: View, start: int, end: int) -> bool:
    """Whether Chinese surrounds a place; the text's language where nothing tells."""
    window = view.lower[max(0, start - 6) : end + 8]
    if _HAN_NEAR.search(window):
        return True
    if view.language is not Language.ZH:
        return False
    return not re.search(r"[a-z]{2}", window)


# Dates -----------------------------------------------------------------------------------


def _add_date(view: View, match: dates.DateMatch, zh: bool) -> int:
    if match.stated:
        found = Found(match.start, match.end, zh=zh, date=match, after=match.end)
        found.dimension = Dimension.TIME if match.timed else Dimension.DATE
        view.found.append(found)
    return match.end


def _date_han(view: View, match: re.Match[str], floor: int) -> int:
    found = dates.read_date_zh(view.lower, match.start())
    if found is None:
        return match.end()
    return _add_date(view, found, zh=True)


def _date_english(view: View, match: re.Match[str], floor: int) -> int:
    at = match.start()
    if match.group() == "the ":
        at = match.end()
    found = dates.read_date_en(view.lower, at, view.cased)
    if found is None:
        number = read_at(view.lower, at)
        if number is not None and number.sort is not Sort.ORDINAL:
            return _number(view, at, floor)
        if number is not None:
            return _ordinal_english(view, number)
        return match.end() if match.group()[0] not in "emlst" else at + 1
    return _add_date(view, found, zh=False)


# Numbers at digits -----------------------------------------------------------------------


def _digit(view: View, match: re.Match[str], floor: int) -> int:
    lower, at = view.lower, match.start()
    before = lower[at - 1 : at] if at else ""
    zh = _is_chinese(view, at, at + 12)
    prefixed = before and before in _ALNUM and _sign_before(view, at, floor) is None
    if before == "." and at > 1 and not lower[at - 2].isdigit():
        at -= 1 if at - 1 >= floor and lower[at - 2 : at - 1] in " $€£¥(-" else 0
    if prefixed or (before in "+" and before and lower[at - 2 : at - 1].isalpha()):
        return _skip_token(lower, at)
    if _LONG_ID.match(lower, at):
        return _skip_token(lower, at)
    if _DATE_HINT.match(lower, at) or lower[at + 1 : at + 9].strip("0123456789")[:1] in tuple(
        "-/ :.qsaptn"
    ):
        found = dates.read_date_zh(lower, at) if zh else None
        if found is None:
            found = dates.read_date_en(lower, at, view.cased)
        if found is not None and _is_date(view, found, zh):
            return _add_date(view, found, zh)
    if before == "-" and at > 1:
        word = re.search(r"[a-z0-9]{1,12}$", lower[max(0, at - 13) : at - 1])
        if word is not None and word.group() not in (
            "sub", "post", "pre", "mid", "plus", "ex", "under", "over", "top", "to", "non", "near",
        ):  # fmt: skip
            return _skip_token(lower, at)
    phone = _PHONE.match(lower, at)
    if phone is not None and not _is_year_pair(phone.group()):
        return phone.end()
    version = _VERSION.match(lower, at)
    if version is not None:
        return _skip_token(lower, version.end())
    return _number(view, at, floor)


def _is_year_pair(printed: str) -> bool:
    parts = printed.split("-")
    if len(parts) != 2:
        return False
    return all(len(part) in (3, 4) for part in parts) and int(parts[0]) < int(parts[1])


def _is_date(view: View, found: dates.DateMatch, zh: bool) -> bool:
    """Whether what reads as a date is one here: 3月 yes, 3:1 or 16 of 24 hours no."""
    moment = found.moment
    if moment.clock is not None and moment.day is None and moment.shift is None:
        printed = view.lower[found.start : found.end]
        before = view.lower[max(0, found.start - 12) : found.start]
        if ":" in printed and _SCORE_WORDS.search(before):
            return False
    return True


def _skip_token(lower: str, at: int) -> int:
    match = _TOKEN_REST.match(lower, at)
    end = match.end() if match else at + 1
    while end > at + 1 and lower[end - 1] in ".:,-/+":
        end -= 1
    return max(end, at + 1)


@cache
def _prefixes() -> tuple[frozenset[str], int]:
    every = frozenset(currency_prefixes())
    return every, max(map(len, every))


def _sign_before(view: View, at: int, floor: int) -> tuple[str, int] | None:
    """The currency whose sign or name stands before a number, and where it begins."""
    every, longest = _prefixes()
    lower = view.lower
    end = at
    if end > floor and lower[end - 1] in "-+" and end - 1 > floor and not lower[end - 2].isspace():
        end -= 1
    if end > floor and lower[end - 1] == " ":
        end -= 1
    for length in range(min(longest, end - floor), 0, -1):
        sign = lower[end - length : end]
        if sign not in every:
            continue
        before = lower[end - length - 1 : end - length] if end - length else ""
        if sign[0].isascii() and sign[0].isalpha() and before and before in _ALNUM:
            continue
        if sign[-1].isalpha() and sign.isascii():
            # usd, rmb, rs: capitals or straight before the digits; "all 5" is no lek.
            printed = view.cased[end - length : end]
            if not printed.isupper() and sign not in ("rmb", "usd"):
                continue
            if len(sign) == 3 and sign in ("all", "top", "try", "cup", "mad", "sos", "gel", "ron"):
                continue
        zh = _is_chinese(view, at, at + 8)
        code = sign_currency(sign, Language.ZH if zh else Language.EN)
        if code is None:
            continue
        start = end - length
        if (
            start > floor
            and lower[start - 1] in "+-"
            and not lower[start - 2 : start - 1].isalnum()
        ):
            start -= 1
        return code, start
    return None


def _number(view: View, at: int, floor: int) -> int:
    """Read the number at ``at`` with its sign, unit and range; the place to go on from."""
    lower = view.lower
    first = _quantity(view, at, floor)
    if first is None:
        number = read_at(lower, at)
        if lower[at].isdigit():
            return _skip_token(lower, at)
        return number.end if number else at + 1
    if first.value is None:
        return first.end
    ranged = _ranged(view, first)
    view.found.append(ranged or first)
    return (ranged or first).end


def _ranged(view: View, first: Found) -> Found | None:
    """``first`` and what follows as one range, where the text says one."""
    lower = view.lower
    if first.numeral is None or first.dimension in (Dimension.ORDINAL, Dimension.SCORE):
        return None
    if first.upper is not None and first.numeral.sort is Sort.SOME and first.bare:
        return None
    pattern = _RANGE_ZH if first.zh else _RANGE_EN
    match = pattern.match(lower, first.end)
    opening = lower[max(0, first.start - 10) : first.start]
    if match is None and not first.zh and opening.endswith("between "):
        match = _AND_EN.match(lower, first.end)
    if match is None and first.zh and "在" in opening[-3:]:
        match = _AND_ZH.match(lower, first.end)
        if match is not None and not lower[match.end() : match.end() + 20].count("间"):
            match = None
    if match is None and not first.zh and first.value is not None and first.value <= 20:
        match = _OR_EN.match(lower, first.end)
    if match is None:
        return None
    if opening.rstrip().endswith("from") or re.search(r"[从由自](?:约|近|逾|不到)?$", opening):
        return None
    second_at = match.end()
    sign = re.compile(r"(?:[a-z]{0,3}[$€£¥]|rmb|人民币)[ ]?").match(lower, second_at)
    number_at = sign.end() if sign else second_at
    second = _quantity(view, number_at, second_at)
    if second is None or second.value is None or second.numeral is None or first.value is None:
        return None
    if second.dimension in (Dimension.ORDINAL, Dimension.DATE, Dimension.TIME):
        return None
    value, upper = first.value, second.value
    dimension, unit_name = second.dimension, second.unit
    own = first.numeral
    if first.bare:
        if own.scale == 1 and second.numeral.scale > 1 and second.numeral.mantissa is not None:
            if own.value < second.numeral.mantissa:
                value = own.value * second.numeral.scale
        factor = upper / second.numeral.value if second.numeral.value else Decimal(1)
        value *= factor
        if second.bare and not (first.strong or second.strong or match.group().strip() in "-~至到"):
            return None
    elif second.bare:
        dimension, unit_name = first.dimension, first.unit
        if first.numeral.value and first.dimension is not Dimension.MONEY:
            upper *= first.value / first.numeral.value
        if (
            own.scale == 1
            and second.numeral.scale > 1
            and second.numeral.mantissa is not None
            and own.value < second.numeral.mantissa
            and first.dimension is Dimension.MONEY
        ):
            value = own.value * second.numeral.scale
        if not first.zh and second.noun and first.dimension is not Dimension.MONEY:
            return None
    elif (first.dimension, first.unit) != (second.dimension, second.unit):
        tenor = {first.dimension, second.dimension} == {Dimension.DURATION, Dimension.TENOR}
        if not tenor or first.unit != second.unit:
            return None
    if upper <= value:
        return None
    return Found(
        first.start,
        second.end,
        value,
        upper,
        unit_name,
        dimension,
        second.step,
        Qualifier.RANGE,
        numeral=second.numeral,
        bare=first.bare and second.bare,
        strong=True,
        after=second.after,
        zh=first.zh,
        noun=second.noun or first.noun,
    )


def _quantity(view: View, at: int, floor: int) -> Found | None:
    """The number at ``at`` with its unit. A value of None says: skip to ``end``."""
    lower, cased = view.lower, view.cased
    share = _SHARE_ZH.match(lower, at)
    if share is not None:
        found = _share_zh(view, at, share)
        if found is not None:
            return found
    number = read_at(lower, at)
    if number is None or number.end - at > 60:
        return None
    if number.sort is Sort.ORDINAL:
        return None
    zh = not ("a" <= lower[at] <= "z") and _is_chinese(view, at, number.end)
    start = at
    sign = _sign_before(view, at, floor) if number.digits or lower[at] in VULGAR_FRACTIONS else None
    if sign is None and start > floor and lower[start - 1] == "-" and number.digits:
        earlier = lower[start - 2 : start - 1]
        if not earlier or earlier in " (,:;=<>约为至到" or (earlier > "\u2fff" and zh):
            number = _negated(number)
            start -= 1
    if sign is not None:
        if lower[start - 1 : start] == "-" or lower[sign[1]] == "-":
            number = _negated(number)
        start = sign[1]
    if number.positional and number.digits:
        number, suffixed = _ambiguous_suffix(view, number, sign is not None, zh)
    if _is_trap(view, start, number, zh, sign is not None):
        return Found(at, _skip_token(lower, number.end), None)
    found = Found(start, number.end, number.value, number.upper, numeral=number, step=number.step)
    found.zh = zh
    found.after = number.end
    if number.sort is Sort.SOME:
        found.qualifier = Qualifier.VAGUE
        if number.end - number.start <= 4 and number.upper is not None and number.scale < 10**6:
            pass
    elif number.sort is Sort.MORE:
        found.qualifier = Qualifier.OVER
        if number.value == 10 and not number.digits:
            found.qualifier = Qualifier.VAGUE
        else:
            found.upper = None
    if sign is not None:
        found.unit, found.dimension = sign[0], Dimension.MONEY
        name = match_unit(lower, cased, found.end + (lower[found.end : found.end + 1] == " "))
        if (
            name is not None
            and name.unit.id == sign[0]
            and name.times == 1
            and lower[name.end - 1 : name.end] != "m"
        ):
            found.end = found.after = name.end
        return found
    if zh:
        return _unit_zh(view, found, number)
    return _unit_en(view, found, number)


def _negated(number: Numeral) -> Numeral:
    from dataclasses import replace

    return replace(number, value=-number.value)


def _ambiguous_suffix(view: View, number: Numeral, money: bool, zh: bool) -> tuple[Numeral, bool]:
    """5m with a currency is five million, else metres where no noun follows."""
    from dataclasses import replace

    suffix = view.cased[number.end - 1]
    plain = replace(
        number,
        end=number.end - 1,
        value=number.mantissa or number.value,
        step=number.step / number.scale if number.step else None,
        scale=1,
        positional=False,
    )
    whole = replace(number, positional=False)
    if money or suffix in "kKbB":
        if suffix == "B" and not money and not zh:
            after = count_nouns.english_noun(view.lower, number.end)
            return (whole, True) if after else (plain, False)
        return whole, True
    if suffix in "m":
        follows = match_unit(view.lower, view.cased, number.end + 1, symbols=False)
        noun = count_nouns.english_noun(view.lower, number.end)
        currency = follows is not None and follows.unit.dimension is Dimension.MONEY
        if currency or (noun is not None and not zh):
            return whole, True
        return plain, False
    if suffix == "M" and not zh:
        follows = match_unit(view.lower, view.cased, number.end + 1, symbols=False)
        noun = count_nouns.english_noun(view.lower, number.end)
        if noun is not None or follows is not None:
            return whole, True
    return plain, False


def _is_trap(view: View, start: int, number: Numeral, zh: bool, money: bool) -> bool:
    """Whether the number belongs to a name, an address, a law or an idiom."""
    if money:
        return False
    lower = view.lower
    end = number.end
    after = lower[end : end + 14]
    if number.digits:
        if zh:
            before = lower[max(0, start - 8) : start].rstrip()
            if before.endswith(_BEFORE_ZH) and not _has_measure(after):
                return True
        word = _WORD_BACK.search(lower[max(0, start - 18) : start])
        if word is not None and (
            word.group(1) in _BEFORE_EN or word.group(1).rpartition("-")[2] in _BEFORE_EN
        ):
            joined = word.end() == len(lower[max(0, start - 18) : start])
            if not _has_measure(after) and (joined or lower[start - 1] == " "):
                return True
        if after[:1].isalpha() and after[:1].isascii():
            return _letters_follow(view, number)
    if zh:
        return after.lstrip().startswith(_AFTER_ZH)
    return after.lstrip(" ").startswith(_AFTER_EN)


_MEASURED = re.compile(
    r"[ -]?(?:%|percent|million|billion|trillion|bps?(?![a-z])|basis|points?(?![a-z])|点|亿|万|元|个百|个基|years?(?![a-z])|months?(?![a-z])|days?(?![a-z])|people|dollars|yuan|倍|年|个月)"
)


def _has_measure(after: str) -> bool:
    return _MEASURED.match(after) is not None


def _letters_follow(view: View, number: Numeral) -> bool:
    """5G, 3D, 24703m212: letters that are no unit, or a unit that letters follow."""
    found = match_unit(view.lower, view.cased, number.end)
    if found is None:
        return not _X.match(view.lower, number.end) and not re.compile(
            r"(?:st|nd|rd|th)(?![a-z])"
        ).match(view.lower, number.end)
    after = view.lower[found.end : found.end + 1]
    return bool(after) and after in _ALNUM


def _share_zh(view: View, at: int, match: re.Match[str]) -> Found | None:
    """百分之三点五, 万分之五, 百分之二三十: a percent."""
    lower = view.lower
    start = at
    negative = lower[match.end() : match.end() + 1] == "负"
    number = read_at(lower, match.end())
    if number is None or number.sort is Sort.FRACTION:
        return None
    shift = 2 - _SHARE_BASE[match.group("base")]
    point = re.compile(r"[ ]{0,2}点[ ]{0,2}([零〇一二三四五六七八九]{1,6})").match(
        lower, number.end
    )
    value, end = number.value, number.end
    if point is not None and number.step is not None and number.step >= 1:
        text = "".join(
            str("零一二三四五六七八九".find(c) if c != "〇" else 0) for c in point.group(1)
        )
        value += Decimal(int(text)).scaleb(-len(text))
        end = point.end()
    found = Found(start, end, value.scaleb(shift), unit="percent", dimension=Dimension.PERCENT)
    found.numeral = number
    if number.upper is not None:
        found.upper = number.upper.scaleb(shift)
        found.qualifier = Qualifier.VAGUE if number.sort is Sort.SOME else Qualifier.OVER
        if found.qualifier is Qualifier.OVER:
            found.upper = None
    found.step = number.step.scaleb(shift) if number.step is not None else None
    found.zh, found.after = True, end
    del negative
    return found


# Units in Chinese ------------------------------------------------------------------------

_HALF_AFTER = re.compile(r"[ ]?半(?![导岛决成价年径])")
_SPACE = re.compile(r"[ ]{0,3}")
_DEGREE_CONTEXT = re.compile(r"温|热|冷|暖|烧|摄氏|华氏|℃|°c")
_INDEX_CONTEXT = re.compile(r"指数|指|股|大盘|报|收|点位|创业板|a50|道琼斯|纳斯达克|涨|跌")
_QUAKE_CONTEXT = re.compile(r"震")
_WIND_CONTEXT = re.compile(r"风")
_POINTS_CONTEXT = re.compile(r"分数|得分|考|评分|打分|满分|拿到|得到|总分|比分")
_KUAI_CONTEXT = re.compile(r"花|卖|价|售|付|费|元|赚|挣|赔|块钱|便宜|贵|钱")
_ARTICLES = ("一",)


def _unit_zh(view: View, found: Found, number: Numeral) -> Found | None:
    lower, cased = view.lower, view.cased
    if number.sort is Sort.FRACTION:
        found.dimension, found.unit, found.step = Dimension.RATIO, "ratio", None
        return found
    space = _SPACE.match(lower, number.end)
    at = space.end() if space else number.end
    if at >= len(lower):
        return _bare(view, found)
    discount = _DISCOUNT_ZH.match(lower, number.end)
    if discount is not None and number.sort is Sort.CARDINAL:
        return _discount(found, number, discount.end(), lower)
    tenths = _TENTHS_ZH.match(lower, number.end)
    if tenths is not None and number.value <= 20:
        return _tenths(found, number, tenths.end(), lower)
    half = lower.startswith("半", at) and not lower.startswith(("半导", "半岛"), at)
    more = 0
    for word in ("多", "余"):
        if lower.startswith(word, at) and number.sort is Sort.CARDINAL:
            more = 1
    matched = match_unit(lower, cased, at)
    if matched is None and lower.startswith("个", at):
        rest = at + 1
        if lower.startswith("半", rest):
            matched = _counted_unit(view, rest + 1)
            half = True
        elif lower[rest : rest + 1] in ("多", "余") and lower[rest : rest + 1]:
            matched = _counted_unit(view, rest + 1)
            more = 1
    elif (matched is None and half) or (matched is None and more):
        matched = match_unit(lower, cased, at + 1)
    if matched is not None and matched.end > at:
        return _measured_zh(view, found, number, matched, half=half, more=more)
    classifier = count_nouns.classifier_at(lower, at)
    if classifier is not None:
        return _counted_zh(view, found, number, at, classifier)
    return _bare(view, found)


def _counted_unit(view: View, at: int) -> UnitMatch | None:
    """The 月 of 两个半月, the 小时 of 三个多小时."""
    if view.lower.startswith("月", at):
        month = unit("month")
        return UnitMatch(month, at + 1) if month else None
    return match_unit(view.lower, view.cased, at)


def _discount(found: Found, number: Numeral, end: int, lower: str) -> Found:
    value = number.value
    if number.positional or (value >= 10 and value == value.to_integral_value()):
        while value >= 100:
            value /= 10
    else:
        value *= 10
    found.value, found.end, found.after = value, end, end
    found.unit, found.dimension, found.step = "percent", Dimension.PERCENT, None
    found.share_of = "price"
    return found


def _tenths(found: Found, number: Numeral, end: int, lower: str) -> Found:
    found.value = number.value * 10
    found.upper = number.upper * 10 if number.upper is not None else None
    found.step = number.step * 10 if number.step is not None else None
    ones = re.compile(r"[ ]?([一二三四五六七八九])(?![\u4e00-\u9fff]|[ ]?[个名家万亿])").match(
        lower, end
    )
    if ones is not None:
        found.value += "零一二三四五六七八九".find(ones.group(1))
        end = ones.end()
    elif lower.startswith("半", end):
        found.value += 5
        end += 1
    found.end, found.after = end, end
    found.unit, found.dimension = "percent", Dimension.PERCENT
    if number.sort is Sort.SOME:
        found.qualifier = Qualifier.RANGE
    return found


def _measured_zh(
    view: View, found: Found, number: Numeral, matched: UnitMatch, *, half: bool, more: int
) -> Found | None:
    lower = view.lower
    known = matched.unit
    end = matched.end
    name = lower[number.end : end].strip()
    found.dimension, found.unit = known.dimension, known.id
    scale = matched.times
    if half and known.dimension is Dimension.DURATION and "半" in name:
        found.value = number.value + _HALF
    if more:
        found.qualifier = Qualifier.OVER
    after = lower[end : end + 2]
    is_one = lower[number.start : number.end] == "一"
    match known.dimension:
        case Dimension.DURATION:
            return _duration_zh(view, found, number, end, is_one=is_one)
        case Dimension.MONEY:
            return _money_zh(view, found, number, matched)
        case Dimension.INDEX:
            return _points_zh(view, found, number, end)
        case Dimension.MULTIPLE:
            found.end = found.after = end
            if lower.startswith("半", end):
                found.value = number.value + _HALF
                found.end = found.after = end + 1
            if after[:1] in ("镜", "数", "速", "频", "率") and after:
                return Found(found.start, end, None)
            return found
        case Dimension.TEMPERATURE if name == "度":
            context = lower[max(0, found.start - 12) : found.start]
            if "华氏" in context:
                found.unit = "°F"
            elif not _DEGREE_CONTEXT.search(context):
                if is_one:
                    return Found(found.start, end, None)
                found.unit, found.dimension = "degree", Dimension.OTHER
        case Dimension.MASS if name == "两" and not number.digits and number.value > 9:
            pass
        case _:
            pass
    if is_one and name in ("节", "码", "方", "两", "度", "升", "克", "焦", "赫", "帕", "伏"):
        return Found(found.start, end, None)
    if name == "方" and not number.digits:
        return Found(found.start, end, None)
    found.end = found.after = end
    if lower.startswith("半", end) and known.dimension in (Dimension.LENGTH, Dimension.MASS):
        found.value = number.value + _HALF
        found.end = found.after = end + 1
    if found.value is not None and scale != 1:
        found.value *= scale
        if found.upper is not None:
            found.upper *= scale
        if found.step is not None:
            found.step *= scale
    return found


_DAY_AFTER = re.compile(r"[ ]?(?:内|后|前|期|以内|之内|之后|之前|游|间|均)")
_AGE_AFTER_ZH = re.compile(r"大(?=的|时|[，。,.]|$)")


def _duration_zh(
    view: View, found: Found, number: Numeral, end: int, *, is_one: bool
) -> Found | None:
    lower = view.lower
    name = lower[number.end : end].strip()
    found.end = found.after = end
    if name in ("分", "日", "载") or (name == "周" and not number.digits and number.value > 20):
        if name == "分":
            if _POINTS_CONTEXT.search(lower[max(0, found.start - 12) : end + 4]):
                found.dimension, found.unit = Dimension.COUNT, "point"
                return found
            return Found(found.start, end, None)
        if name == "载":
            return Found(found.start, end, None)
        if name == "日":
            context = lower[max(0, found.start - 3) : found.start]
            if not (_DAY_AFTER.match(lower, end) or re.search(r"[续前近满期限]$|为期", context)):
                return Found(found.start, end, None)
    if name == "年" and (lower.startswith(("级", "代", "度", "龄", "轮"), end)):
        return Found(found.start, end + 1, None)
    if (
        name in ("年", "周", "天", "月")
        and is_one
        and lower.startswith(("一", "来", "到头", "生"), end)
    ):
        return Found(found.start, end, None)
    if lower.startswith("半", end) and not lower.startswith(("半年", "半径"), end):
        if found.value is not None:
            found.value += _HALF
        found.end = end = end + 1
        found.after = end
    elif (follows := _compound_zh(view, found, end)) is not None:
        end = follows
    if lower.startswith(("多", "余"), end) and name not in ("年",):
        found.qualifier = Qualifier.OVER
    tenor = _TENOR_ZH_AFTER.match(lower, end)
    before = lower[max(0, found.start - 26) : found.start]
    if tenor is not None:
        found.dimension = Dimension.TENOR
        found.end = found.after = tenor.end()
        return found
    if _TENOR_ZH_BEFORE.search(before) and "平均" not in before:
        found.dimension = Dimension.TENOR
        return found
    if _AGE_AFTER_ZH.match(lower, end):
        found.dimension = Dimension.AGE
        found.end = found.after = end + 1
        return found
    record = _RECORD_ZH.match(lower, end)
    if record is not None:
        found.end = found.after = record.end()
        found.measure = "record"
        found.noun = "low" if "低" in record.group() else "high"
        return found
    return found


_COMPOUND = re.compile(r"[ ]?(?:又|零)?[ ]?")


def _compound_zh(view: View, found: Found, end: int) -> int | None:
    """8天20小时, 一年又一个月: one duration of several parts."""
    lower = view.lower
    gap = _COMPOUND.match(lower, end)
    at = gap.end() if gap else end
    if at >= len(lower) or not (lower[at].isdigit() or lower[at] in HAN_NUMERALS):
        return None
    number = read_at(lower, at)
    if number is None or number.sort is not Sort.CARDINAL or found.value is None:
        return None
    matched = match_unit(lower, view.cased, number.end)
    whole = unit(found.unit)
    if matched is None or whole is None or matched.unit.dimension is not Dimension.DURATION:
        return None
    if matched.unit.factor >= whole.factor or lower[number.end : matched.end] == "分":
        return None
    if lower.startswith("期", matched.end):
        return None
    found.value += (number.value * matched.unit.factor / whole.factor).quantize(Decimal("1e-12"))
    found.value = found.value.normalize()
    found.end = found.after = matched.end
    deeper = _compound_zh(view, Found(at, matched.end, _ZERO, unit=matched.unit.id), matched.end)
    return deeper or matched.end


def _money_zh(view: View, found: Found, number: Numeral, matched: UnitMatch) -> Found | None:
    lower = view.lower
    name = lower[number.end : matched.end].strip()
    end = matched.end
    if name == "元" and lower.startswith(
        ("素", "件", "首", "旦", "宵", "老", "年", "宇", "月"), end
    ):
        return Found(found.start, end, None)
    if (
        name in ("分", "角", "毛", "圆")
        and not number.digits
        and lower.startswith(("形", "落", "度", "色", "逐", "利"), end)
    ):
        return Found(found.start, end, None)
    if name in ("角", "毛", "圆") and number.value >= 100:
        return Found(found.start, end, None)
    found.end = found.after = end
    scale = matched.times
    if found.value is not None and scale != 1:
        found.value *= scale
        found.step = found.step * scale if found.step is not None else None
    part = re.compile(
        r"(?:又)?([\d一二两三四五六七八九]{1,2})(角|毛|美分|分)(?:([\d一二三四五六七八九])分)?"
    ).match(lower, end)
    if part is not None and found.value is not None and scale == 1 and number.scale == 1:
        small = read_at(lower, part.start(1))
        tenths = Decimal("0.1") if part.group(2) in ("角", "毛") else Decimal("0.01")
        if small is not None:
            found.value += small.value * tenths
            if part.group(3):
                found.value += (
                    Decimal(
                        "零一二三四五六七八九".find(part.group(3))
                        if not part.group(3).isdigit()
                        else int(part.group(3))
                    )
                    / _HUNDRED
                )
            found.end = found.after = part.end()
    return found


def _points_zh(view: View, found: Found, number: Numeral, end: int) -> Found | None:
    lower = view.lower
    name = lower[number.end : end].strip()
    found.end = found.after = end
    if name == "级地震":
        found.end = found.after = number.end + 1
        return found
    context = lower[max(0, found.start - 30) : found.start]
    if not _INDEX_CONTEXT.search(context) or lower.startswith(("钟", "整", "半", "燃", "击"), end):
        return Found(found.start, end, None)
    if lower[number.start : number.end] == "一":
        return Found(found.start, end, None)
    found.unit, found.dimension = "point", Dimension.INDEX
    return found


_PERSON_AFTER = re.compile(r"[ ]?(?:死亡|遇难|受伤|失踪|获救|被捕|丧生|重伤|轻伤|确诊|感染)")
_DETERMINER_ZH = re.compile(r"(?:这|那|该|此|上述|另|每|同|前|后|各|哪|某|任|其他|其余|第)$")


def _counted_zh(
    view: View, found: Found, number: Numeral, at: int, classifier: tuple[str, str]
) -> Found | None:
    lower = view.lower
    word, own = classifier
    end = at + len(word)
    found.noun = word
    printed = lower[number.start : number.end]
    age = _AGE_ZH.match(lower, number.end)
    if age is not None:
        found.dimension, found.unit = Dimension.AGE, "year"
        found.end = found.after = age.end()
        return found
    if word == "级":
        return Found(found.start, end, None)
    if word in ("个", "位") and lower.startswith(("数", "置", "于", "别", "人", "性", "体"), end):
        if not (word == "个" and lower.startswith("人", end)):
            return Found(found.start, end, None)
    if printed == "一" and not (word == "人" and _PERSON_AFTER.match(lower, end)):
        return Found(found.start, end, None)
    if not number.digits and number.value < 10 and number.sort is Sort.CARDINAL:
        before = lower[max(0, found.start - 3) : found.start]
        if _DETERMINER_ZH.search(before):
            return Found(found.start, end, None)
        if word in ("道", "门", "本", "字", "手", "头", "强", "地", "处", "国", "城", "省", "市", "包",
                    "步", "节", "块", "层", "类", "条", "对", "双", "班", "单", "床", "席", "页", "集",
                    "注", "票", "打", "支", "部", "间", "期", "例", "起", "次") and word != "期":  # fmt: skip
            if word in ("国", "地", "省", "市", "头", "手", "道", "门", "强", "包", "步", "节", "层",
                        "城", "字", "单"):  # fmt: skip
                return Found(found.start, end, None)
    if word == "期" and not re.search(
        r"分[为成]?$|共$", lower[max(0, found.start - 3) : found.start]
    ):
        return Found(found.start, end, None)
    if word == "对" and not number.digits and lower.startswith(("一", "于", "待", "外"), end):
        return Found(found.start, end, None)
    if word == "吨":
        own = "tonne"
    noun = count_nouns.noun_unit_after(lower, end)
    if word in ("人", "口人", "人次", "股", "辆", "票", "席", "国", "吨"):
        noun = None
    if noun is None and word in ("个", "家", "户", "强"):
        noun = None
        if word in ("户", "个"):
            noun = count_nouns.noun_unit_before(lower[max(0, found.start - 16) : found.start])
    found.dimension = Dimension.COUNT
    found.unit = noun or own
    if noun is not None and own == "person" and noun not in ("passenger", "user", "visitor"):
        found.unit = "person"
    found.after = end
    if lower.startswith("半", end) and word == "个":
        found.after = end
    return found


_LEVEL_VERB_ZH = re.compile(
    r"(?:为|至|到|达|报|是|约|逾|近|破|超过|超|于|有|占|在|突破|倍数|增加|减少|新增)(?:了)?[ ]?$"
)
_LEVEL_VERB_EN = re.compile(
    r"(?:^|[^a-z])(?:to|at|of|was|is|were|are|reached|hit|totaled|totalled|stood at|by|about|around|nearly|over|than|least|most|versus|from|near|past|below|above|under|exceeded|surpassed|topped|some|between|and|reach|cut|kill|killed|killing|leaving|only|almost|roughly|approximately|up|down|some)[ ]$"
)
_FIGURE_INDEX_ZH = re.compile(r"指数|pmi|景气")
_FIGURE_INDEX_EN = re.compile(
    r"(?:index|pmi|stoxx|s&p|nasdaq|dow|ftse|dax|nikkei|hang seng|csi|composite|gauge|vix)(?![a-z])"
)


def _bare(view: View, found: Found) -> Found | None:
    """A number without a unit, kept for what stands around it to decide."""
    number = found.numeral
    if number is None:
        return None
    found.bare = True
    found.dimension, found.unit = Dimension.COUNT, ""
    found.after = found.end
    printed = view.lower[number.start : number.end]
    found.strong = (
        number.scale >= 10_000
        or (number.digits and ("." in printed or "," in printed))
        or number.sort in (Sort.SOME, Sort.MORE)
        or (number.bare and number.end - number.start == 1)
    )
    return found


# Units in English ------------------------------------------------------------------------

_SPACED_SYMBOLS = frozenset(
    ["in", "am", "at", "ha", "mt", "pa", "ct", "cc", "mi", "ft", "g", "m", "t", "l", "b", "a", "k", "w", "j", "v", "bit", "px", "gal", "bu", "kn", "yd", "ton", "ada", "sol", "try", "all", "top", "cup", "mad", "sos", "gel", "ron", "btu", "mm"]
)


def _unit_en(view: View, found: Found, number: Numeral) -> Found | None:
    lower, cased = view.lower, view.cased
    end = number.end
    gap = lower[end : end + 1]
    if number.sort is Sort.FRACTION:
        return _fraction_en(view, found, number)
    cents = _CENT_ON_DOLLAR.match(lower, end)
    if cents is not None:
        found.unit, found.dimension = "percent", Dimension.PERCENT
        found.end = found.after = cents.end()
        return found
    multiple = _multiple_en(view, found, number)
    if multiple is not None:
        return multiple
    matched = match_unit(lower, cased, end) if gap not in (" ", "-") else None
    if matched is None and gap in (" ", "-") and gap:
        skip = end + (2 if lower[end : end + 2] == "  " else 1)
        matched = match_unit(lower, cased, skip)
        if matched is not None:
            name = lower[skip : matched.end]
            if name in _SPACED_SYMBOLS or (name == "second" and number.value == 1) or (name in ("mu", "li", "real", "won", "rand", "dong", "buck", "score") and (
                not number.digits and number.value < 20
            )):
                matched = None
    if matched is not None:
        return _measured_en(view, found, number, matched)
    noun = count_nouns.english_noun(lower, end)
    if noun is not None and gap in (" ", "-"):
        return _counted_en(view, found, number, noun)
    if _year_en(view, found, number):
        return found
    return _bare(view, found)


def _fraction_en(view: View, found: Found, number: Numeral) -> Found | None:
    lower = view.lower
    end = number.end
    found.step = None
    found.dimension, found.unit = Dimension.RATIO, "ratio"
    printed = lower[number.start : end]
    if _FRACTION_EN_SKIP.match(lower, end):
        skip = match_unit(lower, view.cased, end + 1)
        if skip is None or skip.unit.dimension is not Dimension.DURATION or lower[end] == "-":
            return Found(found.start, end, None)
    if printed.endswith("quarter") and not re.match(
        r" of (?!the year|20|19|this|last)", lower[end : end + 20]
    ):
        if not printed.startswith(("one", "three", "a ", "nearly")) or printed == "a quarter":
            if not re.search(
                r"(?:by|than|nearly|about|almost|over|roughly|up|fell|rose|or|to) $",
                lower[max(0, found.start - 8) : found.start],
            ):
                return Found(found.start, end, None)
    if (
        re.compile(
            r" of (?:20|19)\d\d| (?:of )?(?:the )?(?:year|game|season|match)(?![a-z])"
        ).match(lower, end)
        and "half" in printed
    ):
        return Found(found.start, end, None)
    gap = 1 if lower[end : end + 1] in (" ", "-") else 0
    matched = match_unit(lower, view.cased, end + gap, symbols=False) if gap else None
    if matched is None and re.compile(
        r" an? (?=hour|year|day|mile|percent|point|century|decade)"
    ).match(lower, end):
        at = lower.index("a", end) + (3 if lower[end + 1 : end + 3] == "an" else 2)
        matched = match_unit(lower, view.cased, at, symbols=False)
    if matched is not None:
        return _measured_en(view, found, number, matched)
    if printed.startswith(("one ", "a ", "an ")) and not re.match(
        r"(?: of| the|[,.;)]|$| as| to| or| from| in| since| more| less| higher| lower| over)",
        lower[end : end + 8],
    ):
        return Found(found.start, end, None)
    return found


def _multiple_en(view: View, found: Found, number: Numeral) -> Found | None:
    lower = view.lower
    end = number.end
    x = _X.match(lower, end)
    if x is not None and not _NEED_UNIT.match(lower, end):
        found.dimension, found.unit = Dimension.MULTIPLE, "times"
        found.end = found.after = x.end()
        return found
    times = _TIMES.match(lower, end)
    if times is None:
        return None
    if _TIMES_FREQUENCY.match(lower, end) or lower[number.start : end] == "one":
        found.dimension, found.unit = Dimension.COUNT, "time"
        found.after = times.end()
        return found
    found.dimension, found.unit = Dimension.MULTIPLE, "times"
    found.end = found.after = times.end()
    return found


def _measured_en(view: View, found: Found, number: Numeral, matched: UnitMatch) -> Found | None:
    lower = view.lower
    known, end = matched.unit, matched.end
    found.dimension, found.unit = known.dimension, known.id
    name = lower[number.end : end].strip(" -")
    if known.dimension is Dimension.DURATION:
        return _duration_en(view, found, number, matched)
    if known.dimension is Dimension.INDEX:
        context = lower[max(0, found.start - 60) : found.start]
        if (
            lower[number.end] == "-"
            or number.value == 1
            or not (
                _FIGURE_INDEX_EN.search(context) or re.search(r"market|stock|share|close", context)
            )
        ):
            found.dimension, found.unit = Dimension.COUNT, "point"
            found.end = found.after = number.end
            return found if number.value != 1 else Found(found.start, end, None)
    if known.id == "pound_mass" and _is_sterling(view, found, number, end):
        found.dimension, found.unit = Dimension.MONEY, "GBP"
    if (
        known.id == "GBP"
        and name in ("pound", "pounds")
        and not _is_sterling(view, found, number, end)
    ):
        found.dimension, found.unit = Dimension.MASS, "pound_mass"
    if name == "pm" and number.digits:
        return Found(found.start, end, None)
    found.end = found.after = end
    if matched.times != 1 and found.value is not None:
        found.value *= matched.times
        found.upper = found.upper * matched.times if found.upper is not None else None
        found.step = found.step * matched.times if found.step is not None else None
    if known.id in ("foot", "m") and known.dimension is Dimension.LENGTH:
        inches = re.compile(r"[ ](?:and )?(\d{1,2}|[a-z]+)[ ]?(?:inch(?:es)?|in)(?![a-z])").match(
            lower, end
        )
        small = read_at(lower, inches.start(1)) if inches else None
        if inches is not None and small is not None and small.end == inches.end(1):
            if found.value is not None and known.id == "foot":
                found.value += small.value / 12
                found.end = found.after = inches.end()
    return found


def _is_sterling(view: View, found: Found, number: Numeral, end: int) -> bool:
    lower = view.lower
    context = lower[max(0, found.start - 60) : end + 40]
    if re.search(
        r"weigh|heav|lift|fat |cargo|gain(?:ed|s)? |lose|lost|drop|cocaine|drug|fish|meat|mass|payload|beef|copper|cotton|coffee|sugar|cents? a|per pound|a pound|metric|kilo|equal to",
        context,
    ):
        return bool(
            re.search(r"million|billion|bn|£|\$|fine|pay|cost|worth", lower[number.start : end])
        )
    return number.scale >= 1000 or bool(
        re.search(
            r"£|pay|cost|worth|price|fine|sterling|spend|spent|fund|budget|invest|sold|euro|dollar",
            context,
        )
    )


def _duration_en(view: View, found: Found, number: Numeral, matched: UnitMatch) -> Found | None:
    lower = view.lower
    end = matched.end
    joined = lower[number.end] == "-"
    half = re.compile(r" and (?:a|one) (half|quarter)(?![a-z])").match(lower, end)
    if half is not None and found.value is not None:
        found.value += _HALF if half.group(1) == "half" else Decimal("0.25")
        end = half.end()
        found.step = None
    found.end = found.after = end
    before = lower[max(0, found.start - 60) : found.start]
    printed = lower[number.start : number.end]
    if (
        printed in ("one", "1")
        and re.match(r" (?:of|after|before|when|later that)", lower[end : end + 8])
        and not number.digits
        and not joined
    ):
        if lower[matched.end - 3 : matched.end] == "day":
            return Found(found.start, end, None)
    age = _AGE_EN.match(lower, end)
    if age is not None:
        found.dimension = Dimension.AGE
        found.end = found.after = age.end()
        return found
    record = _RECORD_EN.match(lower, end)
    if record is not None and joined:
        found.end = found.after = record.end()
        found.measure, found.noun = "record", record.group(1)
        return found
    if joined and (_BOND_AFTER.match(lower, end)):
        found.dimension = Dimension.TENOR
        return found
    if _RECORD_BEFORE_EN.search(before):
        found.measure = "record"
    if not joined:
        _compound_en(view, found)
    return found


def _compound_en(view: View, found: Found) -> None:
    """2 years and 3 months, 3 hours 30 minutes: one duration."""
    lower = view.lower
    gap = re.compile(r"(?:,| and)? ").match(lower, found.end)
    if gap is None or gap.end() >= len(lower):
        return
    if not (lower[gap.end()].isdigit() or lower[gap.end()].isalpha()):
        return
    number = read_at(lower, gap.end())
    if (
        number is None
        or number.sort is not Sort.CARDINAL
        or lower[number.end : number.end + 1] != " "
    ):
        return
    matched = match_unit(lower, view.cased, number.end + 1, symbols=False)
    whole = unit(found.unit)
    if (
        matched is None
        or whole is None
        or found.value is None
        or matched.unit.dimension is not Dimension.DURATION
        or matched.unit.factor >= whole.factor
    ):
        return
    added = (number.value * matched.unit.factor / whole.factor).quantize(Decimal("1e-12"))
    found.value = (found.value + added).normalize()
    found.end = found.after = matched.end


_DEFINITE = re.compile(
    r"(?:^|[^a-z])(?:the|these|those|both|all|other|his|her|its|their|our|my|your|said|such|same|last|first|next|past)[ ]$"
)


def _counted_en(view: View, found: Found, number: Numeral, noun: tuple[str, int]) -> Found | None:
    lower = view.lower
    printed = lower[number.start : number.end]
    before = lower[max(0, found.start - 10) : found.start]
    if _year_en(view, found, number, noun=True):
        return found
    if not number.digits and number.value <= 10 and number.sort is Sort.CARDINAL:
        if printed in ("one", "zero", "nought", "naught") or _DEFINITE.search(before):
            return Found(found.start, number.end, None)
        if lower[number.end : number.end + 1] == "-":
            return Found(found.start, number.end, None)
    if lower[number.end : number.end + 1] == "-" and not re.match(
        r"-(?:seat|member|person|strong|odd|plus)", lower[number.end : number.end + 8]
    ):
        return Found(found.start, number.end, None)
    found.dimension, found.unit = Dimension.COUNT, noun[0]
    found.noun = lower[number.end : noun[1]].strip()
    found.after = noun[1]
    return found


_YEAR_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:in|since|by|from|of|due|until|till|through|during|for|before|after|to|than|and|or|between|early|late|mid|the|its|their|his|her|full-year|calendar|year|circa|versus|vs|compared with|or|into|throughout|around|[a-z]+'s?|a|spring|summer|autumn|fall|winter|budget|january|february|march|april|may|june|july|august|september|october|november|december|jan\.|feb\.|mar\.|apr\.|aug\.|sept\.|oct\.|nov\.|dec\.)[ (]$"
)


def _year_en(view: View, found: Found, number: Numeral, *, noun: bool = False) -> bool:
    """Whether a number of four digits is a year; the figure is made a date then."""
    lower = view.lower
    printed = lower[number.start : number.end]
    if not (number.digits and len(printed) == 4 and printed.isdigit()):
        return False
    value = int(printed)
    if not 1500 <= value < 2200:
        return False
    before = lower[max(0, found.start - 16) : found.start]
    after = lower[number.end : number.end + 1]
    if after == "-" and lower[number.end + 1 : number.end + 2].isdigit():
        return False
    early = not 1900 <= value < 2100
    preceded = _YEAR_BEFORE.search(before) is not None
    if noun:
        known = count_nouns.english_noun(lower, number.end)
        listed = known is not None and known[0] in count_nouns.english_count_names()
        quantified = re.search(
            r"(?:about|some|nearly|over|than|least|killed|cut|to|most|around|almost|of|for|from)[ ]$",
            before,
        )
        if (listed and (quantified or not preceded)) or early:
            return False
    elif early and not preceded:
        return False
    match = dates.DateMatch(found.start, number.end, dates.Moment(value))
    found.date, found.dimension = match, Dimension.DATE
    found.value = found.upper = None
    found.end = found.after = number.end
    return True


# Seeds that are not digits ---------------------------------------------------------------


def _word(view: View, match: re.Match[str], floor: int) -> int:
    lower, at = view.lower, match.start()
    number = read_at(lower, at)
    if number is None:
        return match.end()
    if number.sort is Sort.ORDINAL:
        return _ordinal_english(view, number)
    before = lower[at - 1 : at]
    if before == "-" and lower[at - 2 : at - 1].isalpha():
        return number.end
    article = re.compile(r"(?:^|[^a-z])(an?) $").search(lower[max(floor, at - 4) : at])
    if article is not None and number.sort is not Sort.FRACTION:
        at = max(floor, at - 4) + article.start(1)
    end = _number(view, at, floor)
    if view.found and view.found[-1].start == at and view.found[-1].bare:
        last = view.found[-1]
        if not last.strong and last.numeral is not None and last.numeral.value < 13:
            last.strong = False
    return max(end, match.end())


def _article(view: View, match: re.Match[str], floor: int) -> int:
    """A hundred, a third, a dozen, a year: numbers that begin with an article."""
    lower, at = view.lower, match.start()
    rest = lower[match.end() : match.end() + 12]
    period = re.match(r"(year|month|week|decade|day|century)", rest)
    if period is None:
        couple = re.match(
            r"(couple of|few) (?=hundred|thousand|million|billion|dozen)",
            rest + lower[match.end() + 12 : match.end() + 24],
        )
        if couple is not None or rest.startswith(("couple", "few")):
            return match.end()
        return max(_number(view, at, floor), match.end())
    before = lower[max(0, at - 14) : at]
    after = lower[match.end() + period.end() :][:14]
    if not re.search(
        r"(?:^|[^a-z])(?:in|within|over|for|less than|more than|nearly|about|almost|after|than|inside|under)[ ]$",
        before,
    ):
        return match.end()
    if re.match(
        r"s|'| (?:ago|earlier|before|later|ahead|of|when|that|in which|after|old|to)|-| (?:[a-z]+ )?(?:earlier|ago)",
        after,
    ):
        return match.end()
    if re.search(
        r"%|(?:cents?|percent|times?|dollars?)[ ]$", before[-9:-3] if before.endswith("in ") else ""
    ):
        return match.end()
    known = unit(period.group(1))
    end = match.end() + period.end()
    found = Found(at, end, Decimal(1), unit=period.group(1), dimension=Dimension.DURATION)
    found.after = end
    if known is not None:
        view.found.append(found)
    return end


_ORDINAL_AFTER_EN = re.compile(
    r"[ -](?:straight|consecutive|successive|successful|annual|anniversary|day|week|month|year|meeting|session|round|time|edition|congress|plenum|highest|largest|biggest|lowest|most|smallest|busiest|consecutively|in a row|place|floor|wave|batch|package|phase|generation|attempt|rate|cut|increase|hike|drop|rise|such|quarterly|monthly|weekly|of|summit)"
)


def _ordinal_english(view: View, number: Numeral) -> int:
    lower = view.lower
    end = number.end
    follows = _ORDINAL_AFTER_EN.match(lower, end)
    if number.value == 1 and follows is None:
        return end
    if number.value in (1, 2) and not re.match(
        r"[ -](?:straight|consecutive|successive|annual|day in|week in|month in|plenary|largest|biggest|highest)",
        lower[end : end + 14],
    ):
        return end
    if lower[end : end + 1] == "-":
        return end
    if follows is None and not re.match(r"[ ][a-z]", lower[end : end + 2]):
        return end
    if number.value > 31 and number.value >= 1000:
        return end
    if re.match(r" (?:century)", lower[end : end + 8]):
        return end
    found = Found(number.start, end, number.value, unit="ordinal", dimension=Dimension.ORDINAL)
    found.after = end
    view.found.append(found)
    return end


def _han(view: View, match: re.Match[str], floor: int) -> int:
    lower, at = view.lower, match.start()
    character = lower[at]
    if character == "半" or match.group() == "一半":
        return _half_zh(view, at, match)
    if character in "百千万亿" and not _bare_allowed(lower, at):
        return at + 1
    if _DATE_HINT.match(lower, at):
        found = dates.read_date_zh(lower, at)
        if found is not None and _is_han_date(view, found):
            return _add_date(view, found, zh=True)
    if character in "兆" or (character == "零" and not lower[at + 1 : at + 2] == "点"):
        return at + 1
    number = read_at(lower, at)
    if number is None:
        return at + 1
    if character == "负" and not (lower[at + 1 : at + 2].isdigit() or number.end > at + 1):
        return at + 1
    quantity = _quantity(view, at, floor)
    if quantity is None or quantity.value is None:
        return max(number.end, quantity.end if quantity else 0)
    ranged = _ranged(view, quantity)
    chosen = ranged or quantity
    if chosen.bare and number.value < 100 and not chosen.strong:
        return number.end
    view.found.append(chosen)
    return chosen.end


def _is_han_date(view: View, found: dates.DateMatch) -> bool:
    """三月 and 三季度 are dates; 一点 and 三年 are not, nor a bare 三日."""
    printed = view.lower[found.start : found.end]
    moment = found.moment
    if moment.month is None and moment.day is not None and found.second is None:
        return printed[0].isdigit()
    return not (printed in ("一月", "一季") and view.lower[found.end : found.end + 1] in "之里")


_BARE_BEFORE = re.compile(r"(?:近|逾|超|超过|约|达|每|上|数|过|满|不足|足有|有)$")


def _bare_allowed(lower: str, at: int) -> bool:
    """近百, 逾千, 百万 and 千亿 are numbers; the 百 of 百姓 and the 千 of 千克 are not."""
    if _SHARE_ZH.match(lower, at):
        return True
    before = lower[max(0, at - 2) : at]
    follows = lower[at + 1 : at + 2]
    if follows in ("万", "亿") and lower[at] in "百千万" and follows:
        return True
    return _BARE_BEFORE.search(before) is not None and bool(
        count_nouns.classifier_at(lower, at + 1)
        or match_unit(lower, lower, at + 1)
        or follows in ("余", "多")
    )


def _half_zh(view: View, at: int, match: re.Match[str]) -> int:
    """半年, 半个月, 半数, 一半, 半成."""
    lower = view.lower
    if match.group() == "一半":
        found = Found(at, at + 2, _HALF, unit="ratio", dimension=Dimension.RATIO)
        found.after, found.zh = at + 2, True
        view.found.append(found)
        return at + 2
    before = lower[at - 1 : at]
    if before and before in "上下前后多大过小夜深":
        return at + 1
    if lower.startswith("半数", at):
        found = Found(at, at + 2, _HALF, unit="ratio", dimension=Dimension.RATIO)
        found.after, found.zh = at + 2, True
        view.found.append(found)
        return at + 2
    if lower.startswith("半成", at):
        if lower.startswith("半成品", at):
            return at + 3
        found = Found(at, at + 2, Decimal(5), unit="percent", dimension=Dimension.PERCENT)
        found.after, found.zh = at + 2, True
        view.found.append(found)
        return at + 2
    if lower.startswith("半百", at):
        found = Found(at, at + 2, Decimal(50), zh=True)
        found.after = at + 2
        return at + 2
    rest = at + 1
    more = lower.startswith("个多", rest)
    skip = 2 if more else 1 if lower.startswith("个", rest) else 0
    matched = _counted_unit(view, rest + skip) if skip else match_unit(lower, view.cased, rest)
    if matched is None or matched.unit.dimension is not Dimension.DURATION:
        return at + 1
    if lower.startswith("报", matched.end) or lower[rest + skip : matched.end] == "分":
        return matched.end
    found = Found(at, matched.end, _HALF, unit=matched.unit.id, dimension=Dimension.DURATION)
    found.qualifier = Qualifier.OVER if more else Qualifier.EXACT
    found.after, found.zh = matched.end, True
    tenor = _TENOR_ZH_AFTER.match(lower, matched.end)
    if tenor is not None:
        found.dimension = Dimension.TENOR
        found.end = found.after = tenor.end()
    view.found.append(found)
    return found.end


def _nth(view: View, match: re.Match[str], floor: int) -> int:
    """第47届, 第六个交易日; not 第232条, and 第三季度 is a date."""
    lower, at = view.lower, match.start()
    date_found = dates.read_date_zh(lower, at)
    if date_found is not None and date_found.moment.quarter is not None:
        return _add_date(view, date_found, zh=True)
    start = match.end() + (1 if lower[match.end() : match.end() + 1] == " " else 0)
    number = read_at(lower, start)
    if number is None or number.sort is not Sort.CARDINAL:
        return match.end()
    after = lower[number.end : number.end + 6].lstrip()
    if after.startswith(_AFTER_ORDINAL):
        return number.end
    if number.value == 1 and not number.digits:
        named = re.match(r"[大名位个季届次次批期轮]", after)
        if named is None:
            return number.end
        if after.startswith(("个", "次", "位", "批")):
            return number.end
    found = Found(at, number.end, number.value, unit="ordinal", dimension=Dimension.ORDINAL)
    found.after, found.zh = number.end, True
    view.found.append(found)
    return number.end


def _first(view: View, match: re.Match[str], floor: int) -> int:
    found = dates.read_date_zh(view.lower, match.start())
    if found is None:
        return match.end()
    return _add_date(view, found, zh=True)


def _fan(view: View, match: re.Match[str], floor: int) -> int:
    """翻番, 翻了一番, 翻两番, 翻倍, 翻三倍, 腰斩, 减半, 对折."""
    printed = match.group()
    found = Found(match.start(), match.end(), unit="times", dimension=Dimension.MULTIPLE, zh=True)
    found.after = match.end()
    found.direction = Direction.UP
    if printed == "对折":
        if view.lower[max(0, match.start() - 1) : match.start()] != "打":
            return match.end()
        found.value, found.unit, found.dimension = Decimal(50), "percent", Dimension.PERCENT
        found.share_of, found.direction = "price", None
    elif printed in ("腰斩", "减半"):
        found.value, found.direction = _HALF, Direction.DOWN
    else:
        inner = re.sub(r"[翻了番倍 ]", "", printed)
        number = read_at(inner, 0) if inner else None
        count = int(number.value) if number is not None and number.value < 60 else 1
        if printed.endswith("番"):
            found.value = Decimal(2**count)
        else:
            found.value = Decimal(count if count > 1 else 2)
    found.relation = Relation.BY
    view.found.append(found)
    return match.end()


def _each(view: View, match: re.Match[str], floor: int) -> int:
    """每百名儿童中约有12名: a ratio of 0.12."""
    lower = view.lower
    head = _PER_MANY_ZH.match(lower, match.start())
    number = read_at(lower, head.end()) if head is not None else None
    if head is None or number is None or number.sort is not Sort.CARDINAL:
        return match.end()
    base = {"百": 100, "千": 1000, "万": 10_000}[head.group("base")]
    end = number.end
    classifier = count_nouns.classifier_at(lower, end)
    if classifier is not None:
        end += len(classifier[0])
    found = Found(match.start(), end, number.value / base, unit="ratio", dimension=Dimension.RATIO)
    found.after, found.zh = end, True
    if re.search(r"约", head.group()):
        found.qualifier = Qualifier.ABOUT
    view.found.append(found)
    return end


def _mult(view: View, match: re.Match[str], floor: int) -> int:
    """Doubled, tenfold, twice, halved."""
    lower = view.lower
    word = match.group()
    before = lower[max(0, match.start() - 2) : match.start()]
    if before.endswith("-"):
        return match.end()
    value = Decimal(_MULTIPLE_WORDS[word])
    after = lower[match.end() : match.end() + 14]
    if word in ("double", "triple", "twice", "quadruple"):
        if (
            re.match(
                r"(?:[ -](?:a (?:day|week|month|year)|daily|weekly|in|as (?!much|many|high|large|big|fast)|before|already|check|down|digit|standards?|murder|crossing|agent|monthly|dip|act|bed|room|gold|taxation|edged|life|decker|bluff|jeopardy)|[.,;]|-)",
                after,
            )
            and word != "quadruple"
        ):
            return match.end()
        if word in ("double", "triple") and not re.search(
            r"(?:to|will|could|would|may|might|more than|nearly|almost|about|over|is|was|than|likely to|the|would more than) ?$",
            lower[max(0, match.start() - 12) : match.start()],
        ):
            return match.end()
        if word in ("double", "triple") and re.search(
            r"(?:^|[^a-z])(?:a|an)[ ]$", lower[max(0, match.start() - 4) : match.start()]
        ):
            return match.end()
    found = Found(match.start(), match.end(), value, unit="times", dimension=Dimension.MULTIPLE)
    found.after = match.end()
    if word not in ("twice", "double the"):
        found.relation = Relation.BY
        found.direction = Direction.UP if value > 1 else Direction.DOWN
    view.found.append(found)
    return match.end()


def _part(view: View, match: re.Match[str], floor: int) -> int:
    return max(_number(view, match.start(), floor), match.end())


_READERS = {
    "digit": _digit,
    "part": _part,
    "handate": _date_han,
    "nth": _nth,
    "fan": _fan,
    "each": _each,
    "first": _first,
    "han": _han,
    "endate": _date_english,
    "mult": _mult,
    "word": _word,
    "article": _article,
}
