"""Where a figure may begin: the patterns that the scan jumps by.

Two patterns, each with what it costs in mind. One character class finds every digit and
Chinese character that may begin a figure, and `HAN` then says what stands there. English
words are a pattern of nested first letters, so that most words fail at their first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kaoju.date_patterns_en import COUNT_WORDS
from kaoju.dates_zh import POINTERS
from kaoju.lexicon import section, words
from kaoju.numeral_words import HAN_NUMERALS
from kaoju.numerals import STARTERS, VULGAR_FRACTIONS

MULTIPLE_WORDS: dict[str, str] = dict(section("comparison", "multiples")["en"])


def any_of(names: Iterable[str]) -> str:
    """A pattern of any of the names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def letters_tree(names: Iterable[str]) -> str:
    """The same for many English names, grouped by their first three letters."""

    def tree(rests: set[str], depth: int) -> str:
        if depth == 3 or len(rests) < 3:
            return any_of(rests)
        heads: dict[str, set[str]] = {}
        for rest in rests:
            heads.setdefault(rest[:1], set()).add(rest[1:])
        parts = []
        for head in sorted(heads, reverse=True):
            inner = heads[head]
            if not head:
                parts.append("")
            elif inner == {""}:
                parts.append(re.escape(head))
            else:
                parts.append(f"{re.escape(head)}(?:{tree(inner, depth + 1)})")
        return "|".join(parts)

    return tree(set(names), 0)


_ZH_DATES = {
    *section("dates", "zh")["years"],
    *section("dates", "zh")["months"],
    *section("dates", "zh")["days"],
    *section("dates", "zh")["quarters"],
    *section("dates", "zh")["dayparts"],
    *section("dates", "zh")["marks"]["words"],
    *POINTERS,
}
_SAYINGS_ZH = words("not_figures", "zh", "sayings")
_SAYINGS_EN = words("not_figures", "en", "sayings")
_WEEKDAYS_ZH = ("周", "星期", "礼拜")

_HAN_PARTS = (
    r"(?P<digit>[0-9])"
    rf"|(?P<part>[{VULGAR_FRACTIONS}])"
    rf"|(?P<hansaying>(?!一点[零〇一二三四五六七八九]|三公[里斤顷尺]|三星期|[一二三四五六七八九]{{2}}折"
    r"|一[名条次个](?=[，。；、,;!?！？)）]|$)"
    r"|(?:(?<=[只仅])|(?<=[只仅].)|(?<=[只仅]..))一(?:[名位家座场笔项件条只次张](?!性)|个了)"
    r"|(?<=只出了|只发生)一起|(?<!每)一个半?(?:百分|基)点"
    r"|(?:(?<=不到|超过|长达|用时|为期|至少|将近|大约)|(?<=[停歇])|(?<=差不多)"
    r"|(?<=[晚早快慢长短迟前后]了))一个(?:半|多)?(?:月|小时|星期|季度|钟头))"
    rf"(?:{any_of(_SAYINGS_ZH)}))"
    rf"|(?P<handate>{any_of(_ZH_DATES)}|(?:{any_of(_WEEKDAYS_ZH)})[一二三四五六日天末])"
    rf"|(?P<nth>第(?=[ ]?[{HAN_NUMERALS}0-9]))"
    r"|(?P<fan>翻(?:了)?(?:[ ]?[一二两三四五六七八九十0-9]{1,3}[ ]?)?[番倍]|腰斩|减半|对折)"
    r"|(?P<many>数以[十百千万亿]{1,3}计)"
    r"|(?P<each>每(?:[百千万]|10{2,4})[ ]?[名个人户位家]"
    r"|每(?=[\u4e00-\u9fff]{0,3}[二两三四五六七八九十0-9]))"
    r"|(?P<first>[前首头](?=[ ]?[二两三四五六七八九十1-9]{1,2}[ ]?个?(?:月|季))"
    r"|首(?=季)|头(?=[一1]个?季))"
    rf"|(?P<most>一[多大]半|(?<![刚好能人])过半(?=[，。；、,;!?！？)）]|$))"
    rf"|(?P<han>一半|[{HAN_NUMERALS}负]|[数几](?=[十百千万亿])|若干(?=[十百千万亿])"
    r"|上(?=[百千万亿])|半(?=年|个|数|小时|天|成|百|米|升|公[里斤]|吨|斤(?!八两)))"
)
HAN = re.compile(_HAN_PARTS)
_HAN_FIRST = sorted(
    {name[0] for name in (*_SAYINGS_ZH, *_ZH_DATES, *_WEEKDAYS_ZH)}
    | set(f"第翻腰减对每过前首头负数几若上半一{HAN_NUMERALS}{VULGAR_FRACTIONS}")
)
FIRST = re.compile(f"[0-9{''.join(c for c in _HAN_FIRST if not c.isascii())}]")
_ASCII_FIRST = re.compile("[0-9]")


def first_characters(text: str) -> re.Pattern[str]:
    """The class of characters that may begin a figure other than an English word."""
    return _ASCII_FIRST if text.isascii() else FIRST


_COINS = ("yuan", "dollar", "euro", "pound", "penny", "cent", "crown")  # a yuan less
# One day is some day; for one day is how long, and one day cricket a game.
_LASTING = "|".join(
    f"(?<={word} )"
    for word in ("for", "in", "within", "after", "than", "least", "lasts", "lasted",
                 "to last", "will last", "would last", "could last", "may last", "might last",
                 "takes", "took", "only", "just", "by")
)  # fmt: skip
_NO_LENGTH = (
    "(?:cricket|match(?:es)?|game|series|international|side|team|squad|cup|trophy|final)s?(?![a-z])"
    "|(?<=by one day )(?:in|this|next|last|soon)(?![a-z])"
)
_STRETCHES = "to|through|ended|ending|up to|that ended|that began|beginning in|from"


@cache
def english() -> re.Pattern[str]:
    """English words that may begin a figure, and addresses on the web, to be jumped over."""
    en = section("dates", "en")
    months = en["months"]
    dated = {*months, *en["years"], *en["calendar_months"], *en["calendar_quarters"], *en["days"]}
    nth = ("first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th")
    dated |= {f"q{n}" for n in "1234"} | {"h1", "h2", "fy", "fiscal", "financial year"}
    dated |= {
        f"{n}{gap}{kind}{part}"
        for n in nth
        for gap in " -"
        for kind in ("", "fiscal ", "calendar ")
        for part in ("quarter", "half")
    }
    dated |= {f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")}
    dated |= {f"{edge} of" for edge in ("end", "close", "start", "beginning", "middle", "turn")}
    dated |= {"year-end", "year end"}
    edged = rf"(?:end|mid|early|late)[ -](?=(?:in )?(?:[12]\d\d\d|{any_of(months)}))"
    numbers = [word for word in STARTERS if word not in dated]
    after_article = [
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "dozen",
        "half",
        "quarter",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "twelfth",
        "twentieth",
        "couple",
        "few",
        "year",
        "month",
        "week",
        "fortnight",
        "decade",
        "day",
        "century",
        "hour",
        "minute and a half",
        "percentage point",
        *_COINS,
    ]
    return re.compile(
        r"(?<![a-z0-9])(?:"
        r"(?P<ensaying>(?!(?:(?<=just )|(?<=only ))one of)"
        rf"(?!(?:{_LASTING})one day(?! (?:{_NO_LENGTH}))"
        r"(?! (?:he|she|they|we|you|i|it|when)(?![a-z])))"
        rf"(?:{letters_tree(w for w in _SAYINGS_EN if w[0].isalpha())})(?![a-z-]))"
        rf"|(?P<endate>(?:{letters_tree(dated)})(?![a-z])|{edged}|the (?=(?:1[5-9]|20)\d0s)"
        rf"|first(?= (?:{any_of(COUNT_WORDS)}|1[01]|[2-9]) (?:months|quarters)(?![a-z]))"
        rf"|(?:{any_of(COUNT_WORDS)}|twelve)(?=[ -]months?(?: period)? (?:{_STRETCHES}) )"
        rf"|(?:(?:full|financial|business) )?year(?= (?:{_STRETCHES}) )"
        rf"|(?:half(?:[ -]year)?|quarter)(?= (?:{_STRETCHES}) )"
        rf"|(?:last|final|closing)(?= (?:quarter|(?:{any_of(COUNT_WORDS)}|[2-6]) months) of ))"
        rf"|(?P<mult>(?:{letters_tree(MULTIPLE_WORDS)})(?![a-z]))"
        rf"|(?P<word>(?:{letters_tree(numbers)}|minus(?= [a-z])|negative(?= [a-z]))(?![a-z]))"
        rf"|(?P<article>an? (?=(?:{any_of(after_article)})(?![a-z])))"
        r"|(?P<skip>https?://[!-~]{1,2000}|www\.[!-~]{1,2000}))"
    )


SAYINGS_DIGITS = tuple(word for word in _SAYINGS_EN if not word[0].isalpha())
