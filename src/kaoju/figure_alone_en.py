"""English numbers that stand alone: signed 312, nine have opened, a woman of 72.

The last to be asked about a number without a noun or a unit: what the words on either side
of it make of it, an age, a part of so many, a plain count; or nothing (the two, zone four).
"""

from __future__ import annotations

import re

from kaoju import count_nouns
from kaoju.figure_ages_en import AND_OVER, is_age
from kaoju.figure_found import Found, View
from kaoju.figure_gaps import END, STATES, is_year, shared_with, take
from kaoju.figure_traps import IS_PLACE
from kaoju.lexicon import words
from kaoju.numerals import Numeral, Sort, read_at
from kaoju.types import Dimension, Qualifier

_NAMING = frozenset(words("not_figures", "en", "before"))
_NAMES = tuple(f" {name}" for name in _NAMING if " " in name)
_OF_EVERY = re.compile(r"(?:^|[^a-z])(?:(?:out )?of|for) (?:every|each) ")
_OUT_OF_TEN = re.compile(r"(?:^|[^a-z])out of (?=(?:ten|10|a hundred|100) )")
_MOST_OF_EVERY = 1000
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.&'-]*) $")
_HEAD = re.compile(r"([A-Za-z.]+): $")
_POINT_BEFORE = re.compile(r"(?:^|[,;:(\"“] ?|[-—–] )$")
# When, and not how many: at 9, by ten, on 14.
_WHEN = frozenset(("at", "on", "by", "in", "until", "till", "before", "after", "around", "since"))
# What names one of several, or those told before: the two, zone four, one or two.
_POINTING = frozenset(
    (
        *("the", "these", "those", "both", "all", "every", "each", "any", "other", "others"),
        *("first", "last", "next", "past", "same", "his", "her", "its", "their", "our", "my"),
        *("your", "latter", "former", "or", "per", "into", "to", "between", "for", "in", "at"),
        *("by", "a", "an", "one", "that", "week", "day", "year", "grade", "round", "row"),
        *("hour", "season", "episode", "back", "front", "earlier", "remaining"),
        *("group", "game", "plan", "number", "world", "top", "bottom", "on", "as", "like", "if"),
    )
)
_FOLLOWS = re.compile(r" [a-z]")
_JOINED = re.compile(r"([a-z]+) [a-z]+ (?:and|or) $")
_OPENS = re.compile(r"[\s\"“'(]*$")
_PRICED = frozenset(
    (
        *("make", "makes", "made", "at", "pay", "pays", "paid", "cost", "costs", "fetched"),
        *("fetch", "charges", "charged", "only", "just", "was", "is", "now", "for", "about"),
        *("nearly", "around"),
    )
)
_TIED = re.compile(r" (?:of|in|at|by|to|on|for|with|and|against)(?![a-z])|[.,;:)]|$")
_AND = re.compile(r" and |[-/]")
_THE_SO_MANY = re.compile(
    r" (?:that|it|he|she|they|we|the|its|foreseen|first|shown|known|given)(?![a-z])"
)
_CLOCK = re.compile(r" (?:in the (?:morning|afternoon|evening)|o'clock|at night)")
_OR_MORE = re.compile(r" or (?:more|fewer|less|over|under)(?![a-z])")
# Won by six, outnumbered deaths by eight.
_MARGIN = re.compile(
    r"(?:^|[^a-z])(?:outnumber(?:ed|s)?|won|wins?|lost|loses?|beat|led|leads?|trail(?:ed|s)?|fell|"
    r"rose|exceed(?:ed|s)?|topped|missed|ahead|behind|short|shrank|grew|cut|swollen)"
    r"[^,.;]{0,40} by $"
)
# Deaths rose by five to 36: by five.
_MOVED_BY = re.compile(
    r"(?:^|[^a-z])(?:rose|rises?|risen|fell|falls?|fallen|dropped|increased?|declined|climbed|slipped|"
    r"grew|grown|shrank|went up|went down|up|down|reduced|lowered|raised)[^,.;]{0,40} by $"
)
_UP_TO = re.compile(
    r" to (?:just |only |about |a record )?(?:\d|[a-z]+(?:ty|teen|en|ve|ht)(?![a-z]))"
)
_LEVEL = re.compile(
    r"(?:^|[^a-z])(?:danger|alert|alarm|warning|risk|threat)(?: [a-z]+)? level"
    r"[^,.;]{0,24} (?:stands|stood|is|was|been|remains|remained|at|to|of) $"
)
_LARGE = 100
_LINE = re.compile(r" (?:bus|buses|tram|train|line|route|ferry)(?![a-z])")


def stands_alone(view: View, one: Found, kept: list[Found], begin: int) -> bool:
    """Whether a number without noun and unit is a figure; what it counts is set.

    Args:
        view: The text.
        one: The number.
        kept: The figures before it.
        begin: Where its sentence, or what of it is looked at, begins.
    """
    number = one.numeral
    if number is None or number.sort not in (Sort.CARDINAL, Sort.MORE) or is_year(view, one):
        return False
    before, after = view.cased[begin : one.start], view.lower[one.end : one.end + 48]
    if after.startswith("-odd "):
        after, one.qualifier = after[4:], Qualifier.ABOUT
    if _names(view, one, number, after) or before.lower().rstrip().endswith(_NAMES):
        return False
    if kept and _AND.fullmatch(view.lower, kept[-1].end, one.start) and kept[-1].date is not None:
        return False  # December 25 and 26
    if kept and kept[-1].dimension is Dimension.MONEY and one.start - kept[-1].end < 2:
        return False  # 15 euros 50
    if _is_share(view, one, begin) or is_age(one, before, after):
        return True
    if before.endswith("number ") and IS_PLACE.match(view.lower, one.end):
        one.dimension, one.unit = Dimension.ORDINAL, "ordinal"
        return True
    if _LEVEL.search(before.lower()) and number.value <= 10:
        one.dimension, one.unit = Dimension.INDEX, "level"
        return True
    if number.digits:
        stated = _digits_state(number, before, after, kept, begin)
    else:
        stated = _words_state(number, before, after)
    if stated:
        _count(view, one, kept, begin, before)
    return stated


def _names(view: View, one: Found, number: Numeral, after: str) -> bool:
    """Whether a number is part of a word, of a name or of another number: 007, 4K, the 14 bus."""
    printed = view.lower[one.start : one.end]
    if number.value in (0, 1) or printed == "score":
        return True
    if number.digits and (printed[0] == "0" or printed[-1] == "k"):
        return True
    joined = after[:1] in ("-", "'", "/", ":") or after[:1].isalnum()
    return joined or re.match(r"[.,]\d", after) is not None or _LINE.match(after) is not None


def _is_share(view: View, one: Found, begin: int) -> bool:
    """Eight of every nine, whose number of all stands first: for every nine ..., eight."""
    lower = view.lower
    heads = [*_OF_EVERY.finditer(lower, begin, one.start)]
    heads += [*_OUT_OF_TEN.finditer(lower, begin, one.start)]
    if not heads or one.value is None:
        return False
    whole = read_at(lower, heads[-1].end())
    worth = whole.value if whole is not None and whole.sort is Sort.CARDINAL else None
    if worth is None:
        if "out of" in heads[-1].group() or lower[heads[-1].end()].isdigit():
            return False
        worth = type(one.value)(1)  # for every outlet that it opened
    if not 1 <= worth <= _MOST_OF_EVERY or (whole is not None and whole.end > one.start):
        return False
    one.value, one.step = one.value / worth, None
    one.dimension, one.unit = Dimension.RATIO, "ratio"
    if one.value > 1:
        one.dimension, one.unit = Dimension.MULTIPLE, "times"
    return True


def _digits_state(number: Numeral, before: str, after: str, kept: list[Found], begin: int) -> bool:
    word = _WORD_BEFORE.search(before[-32:])
    if word is None and not _POINT_BEFORE.search(before[-3:]):
        return False
    follows = END.match(after) is not None or _FOLLOWS.match(after) is not None
    counted = bool(kept) and kept[-1].start >= begin and kept[-1].dimension is Dimension.COUNT
    if word is None:
        if _OPENS.fullmatch(before):
            return STATES.match(after) is not None
        head = _HEAD.search(before[-24:])
        if head is not None and head.group(1).lower() in _NAMING:
            return False
        listed = before.endswith(": ") and END.match(after) is not None
        if listed or (before.endswith(": ") and after.startswith(" against ")):
            return True  # proposals approved: 54, out of 268
        tied = counted and _TIED.match(after) is not None and not AND_OVER.match(after)
        return tied or STATES.match(after) is not None
    name = word.group(1)
    if name == "With" and STATES.match(after):
        return True  # With 140 added since December
    opens = _OPENS.fullmatch(before[: len(before) - len(name) - 1]) is not None
    if name[0].isupper() and not (opens and name.lower() in _QUALIFYING):
        return False
    if name.lower() in _NAMING and name != "number":
        return False
    if name in _WHEN and (number.value <= 31 or (name == "in" and 1000 <= number.value < 1500)):
        return False
    if name == "the" and not before.lower().endswith("of the "):
        ends = END.match(after) is not None or STATES.match(after) is not None
        return ends or _THE_SO_MANY.match(after) is not None
    return follows


_QUALIFYING = frozenset(
    (
        *("about", "altogether", "almost", "nearly", "only", "some", "just", "another", "around"),
        *("of", "roughly", "over", "barely", "hardly", "the", "all"),
    )
)


def _words_state(number: Numeral, before: str, after: str) -> bool:
    word = _WORD_BEFORE.search(before[-32:])
    ends = END.match(after) is not None or _OR_MORE.match(after) is not None
    states = STATES.match(after) is not None
    if word is None:
        if _OPENS.fullmatch(before):
            return states or after.startswith(" in the ")
        return _POINT_BEFORE.search(before[-3:]) is not None and states
    name = word.group(1)
    if name.lower() in _NAMING or name.lower().removesuffix("s") in _NAMING:
        return False
    if name[0].isupper() and name.lower() not in _QUALIFYING:
        return False
    joined = _JOINED.search(before[-32:].lower())
    if joined is not None and joined.group(1).removesuffix("s") in _NAMING:
        return False  # zones two and three
    if name == "by" and _UP_TO.match(after) and _MOVED_BY.search(before.lower()):
        return True
    if name == "by" and _MARGIN.search(before.lower()):
        return ends
    if _CLOCK.match(after):
        return False
    if number.value >= _LARGE and name not in ("per", "a"):
        return ends or _FOLLOWS.match(after) is not None
    return name.lower() not in _POINTING and (ends or states)


def _count(view: View, one: Found, kept: list[Found], begin: int, before: str) -> None:
    shared = shared_with(view, kept, begin, one)
    word = _WORD_BEFORE.search(before[-32:])
    priced = word is not None and word.group(1) in _PRICED
    if shared is not None and (shared.dimension is Dimension.COUNT or priced):
        take(one, shared)
    elif shared is None:
        one.unit = count_nouns.english_noun_before(before[-64:].lower()) or ""
