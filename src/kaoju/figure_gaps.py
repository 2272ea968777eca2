"""English numbers whose noun stands before them or is left out: the 14 of "against 14 in May".

A part (six of the 22 ponds), a difference (nine more than in May), a count (the toll is 17)
and what a sentence need not say twice (Wales lost 31 shops and Cornwall 17).
"""

from __future__ import annotations

import re

from kaoju import count_nouns
from kaoju.figure_found import Found, View
from kaoju.types import Dimension

_PART = re.compile(r" of (?P<whole>the|its|their|his|her|our|these|those|them|whom|which)(?![a-z])")
# The company's 22 of six of the company's 22 ponds.
_WHOLE_COUNT = re.compile(r" (?:[a-z'-]+ ){0,3}\d[\d,]*(?= [a-z])")
_WHOLE_TOLD = ("them", "whom", "which", "these", "those")
_NAMED_BEFORE = re.compile(r"[A-Z][\w&.'-]*[ ]$")
_PLACED = frozenset(
    ("about", "after", "at", "but", "by", "for", "from", "in", "its", "just", "of", "on", "only")
)
_DIFFERENCE = re.compile(
    r" (?:higher|lower) than(?![a-z])| (?:above|below|short of) (?:the|its|last) "
    r"| (?:more|fewer)(?: than(?![a-z])| (?:from|in|on|each|every|last|this|a (?:year|month|week))"
    r"(?![a-z])|[.,;:)]|$)"
)
_OPENS_WITH = re.compile(r"\s*[\"“']?with ")
_COUNTED = re.compile(
    r"(?:^|[^a-z])(?:toll|tally|count|headcount|number|total|average|median|margin|majority|payroll|"
    r"roster|fleet)(?: (?!(?:and|but|or|said|that|which)(?![a-z]))[a-z][a-z'-]*){0,6}?"
    r" (?:is|was|at|to|of|reached|averaged)(?: (?:about|around|some|nearly|just|only|still))? $"
)
# Fell by 83, cut its intake by 80, revised down to five.
_MOVED = re.compile(
    r"(?:^|[^a-z])(?:fell|falls?|drop(?:ped|s)?|rose|rises?|climb(?:ed|s)?|grew|shrank|cut|trimmed|"
    r"lowered|raised|revised|settled|went|came|up|down)(?: (?:down|up))?"
    r"(?: (?!(?:and|but|or)(?![a-z]))[a-z][a-z'-]*){0,3} (?:by|to|at) $"
)
_INDEXED = re.compile(r"(?<![a-z])(?:index|pmi|gauge|dow|nasdaq|ftse|nikkei)(?![a-z])")
# Of the 30 samples drawn in June, four: a part of what the sentence begins with.
_OF_FIRST = re.compile(r"^\s*(?:\"|')?of (?P<whole>[^;]{3,110}), (?:only |just )?$")
_NUMBERING = re.compile(r"(?<![a-z])(?:[a-z]{3,}s|will|now) number $")
END = re.compile(
    r"[.,;:)]|$| (?:and|but|while|in|at|on|for|from|by|between|after|since|"
    r"out of|as before|earlier|before|last|this|next|so far|did|had|each|apiece|here|there|"
    r"a (?:year|month|week|decade|day) (?:ago|earlier|before)|"
    r"the (?:year|month|week|day) before)(?![a-z])"
)
# A verb, or more and fewer: nine have opened, two fewer.
STATES = re.compile(
    r" (?:is|are|was|were|has|have|had|do|did|will|would|can|could|may|might|must|should|cannot|"
    r"never|now|still|also|later|came|went|got|gave|took|made|left|stood|stand|sat|lay|lie|fell|rose|grew|"
    r"said|say|shut|sold|bought|remain|more|fewer|out of|of(?! july)|unaccounted|apiece|longer|"
    r"short|strong|where|who|whose|whom|[a-z]+ed)(?![a-z])"
)
_AGAINST = re.compile(
    r"(?:^|[^a-z])(?:against|instead of|rather than|not|nearer|short of the|"
    r"of which [a-z ]{0,20})[ ]$"
)
_SAID = re.compile(
    r"(?:^|[^a-z])(?:to|at|from|has|had|have|held|hold|holds|with|took|take|takes|got|lost|lose|"
    r"loses|used|gained|opened|closed|shut|added|cut|cancelled|killed|killing|injuring|wounding|"
    r"laid off|postponed|allows?|allowed|and|just|only|below|above|past|another)[ ]$"
)
_OWNED = re.compile(r"[a-z](?:'s|s')[ ]$")
_LISTED = re.compile(
    r"(?:^|[,;] |(?<![a-z])(?:and|while|but) )(?:(?:in|at|on) )?(?:(?:the|its|her|his|their) "
    r"(?:[a-z-]+ ){0,2})?(?:[A-Z][\w&.'’-]* ){1,4}$"
)
# Sales 380 and customer support 350, right after what they share a noun with.
_LISTED_ALIKE = re.compile(
    r"(?:, |(?<![a-z])and )(?:in the |the |its |in |a |an )?[a-z]{4,}(?: [a-z]{4,}){0,2} $"
)
# Seven days a friend, 70 at most; 40 winners get a bag, 200 a hat.
_AT_MOST = re.compile(r" (?:at (?:the )?(?:very )?(?:most|least)|in total|in all)(?![a-z])")
_LIST_GOES_ON = re.compile(r"(?:, |(?<![a-z])and )(?:up to |another |some )?$")
_GETS = re.compile(
    r" (?:(?:get|win|receive|earn|share|take)s?|a|an|each)(?! (?:day|week|month|year|night|hour|"
    r"time|piece|head|share|person|pop)(?![a-z])) [a-z$€£¥\d]"
)
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
# How many times more or less than what was told before a price, a time or a length may be.
_FAR = 50
# In two years, over six days: when, and no time that is compared.
_SPAN = re.compile(r"(?:^|[^a-z])(?:in|over|during)(?: the| about| just)? $")
_VOTED = re.compile(
    r"(?:^|[^a-z])(?:voted?|votes|voting|(?:ruled|resolved|decided|rejected|approved|"
    r"passed|upheld|backed)(?=(?: [a-z]+){0,3} by )|margins?(?=,))"
    r"(?:,? [a-z]+){0,3}?,? (?:[a-z0-9]+ to )?$"
)
# The bench was split six to three; not a bill, and not council seats.
_SPLIT = re.compile(
    r"(?<![a-z])(?:judges?|justices?|board|court|bench|committee|jury|panel|directors|members)"
    r"[^.;]{0,40} (?:split|divided) (?:[a-z0-9]+ to )?$"
)
_TO_VOTES = re.compile(r" to (?:\d{1,3}|[a-z]+)(?![a-z\d%])")


def stated_without_noun(view: View, one: Found, kept: list[Found], begin: int) -> bool:
    """Whether the words around a bare English number say that it counts; its unit is set.

    Args:
        view: The text.
        one: The number, without a unit of its own.
        kept: The figures before it.
        begin: Where its sentence, or what of it is looked at, begins.
    """
    number = one.numeral
    if number is None or number.value == 1 or is_year(view, one):
        return False
    lower, cased = view.lower, view.cased
    before, after = lower[begin : one.start], lower[one.end : one.end + 48]
    part = _PART.match(after)
    if part is not None:
        return _is_part(view, one, kept, begin, part)
    if (_VOTED.search(before[-40:]) or _SPLIT.search(before[-80:])) and (
        _TO_VOTES.match(after) or before.endswith(" to ")
    ):
        one.dimension, one.unit = Dimension.COUNT, "vote"
        return True
    shared = shared_with(view, kept, begin, one)
    if shared is not None and one.start - shared.end < 2:
        return False  # 15 USD 50
    if _DIFFERENCE.match(after):
        take(one, shared)
        if shared is not None or count_nouns.english_noun_before(before[-48:]):
            return True
        return (
            _OPENS_WITH.fullmatch(before) is not None
        )  # with 11 fewer than last season, it has 64
    if _COUNTED.search(before[-90:]) or _NUMBERING.search(before[-24:]):
        one.unit = count_nouns.english_noun_before(before[-90:]) or ""
        return END.match(after) is not None or not after.strip()
    first = _OF_FIRST.search(before)
    if first is not None and re.match(r" [a-z]", after):
        noun = count_nouns.english_noun(f" {first['whole']} ", 0)
        noun = noun or count_nouns.english_noun(re.sub(r"^[\w,]+", "", first["whole"]), 0)
        one.unit = noun[0] if noun is not None else ""
        if noun is None and shared is not None and shared.dimension is Dimension.COUNT:
            one.unit = shared.unit
        return True
    indexed = _INDEXED.search(before) is not None
    if shared is None and not indexed and _MOVED.search(before[-64:]) and END.match(after):
        one.unit = count_nouns.english_noun_before(before[-64:]) or ""
        return True
    listed = shared is not None and shared is kept[-1] and _LIST_GOES_ON.search(before[-12:])
    if listed and shared is not None and number.digits:
        counted = shared.dimension is Dimension.COUNT and _GETS.match(after) is not None
        if counted or _AT_MOST.match(after):
            take(one, shared)
            return True
    if shared is None or END.match(after) is None:
        return False
    printed = cased[begin : one.start]
    if _AGAINST.search(before[-48:]) or _OWNED.search(before[-4:]):
        take(one, shared)
        return True
    if _LISTED.search(printed[-64:]) and (number.digits or shared.dimension is Dimension.COUNT):
        take(one, shared)
        return True
    if number.digits and kept[-1] is shared and _LISTED_ALIKE.search(printed[-48:]):
        take(one, shared)
        return True
    if _SAID.search(before[-12:]):
        take(one, shared)
        counted = shared.dimension in (Dimension.COUNT, Dimension.DURATION)
        return number.digits or counted or number.value > 12
    return False


def _is_part(view: View, one: Found, kept: list[Found], begin: int, part: re.Match[str]) -> bool:
    """Six of the 22 ponds, four of them; not Phase 2 of the works."""
    named = _NAMED_BEFORE.search(view.cased[max(begin, one.start - 24) : one.start])
    if named is not None and named.group().strip().lower() not in _PLACED:
        return False
    whole = one.end + part.end()
    told = _WHOLE_COUNT.match(view.lower, whole)
    noun = count_nouns.english_noun(view.lower, told.end() if told is not None else whole)
    if noun is not None:
        one.unit = noun[0]
        return True
    shared = shared_with(view, kept, begin, one)
    if part["whole"] in _WHOLE_TOLD:
        if shared is not None and shared.dimension is Dimension.COUNT:
            one.unit = shared.unit
        else:
            known = count_nouns.english_noun_before(view.lower[begin : one.start][-48:])
            one.unit = known or ""
        return True
    return False


def shared_with(view: View, kept: list[Found], begin: int, one: Found) -> Found | None:
    """The last figure of the sentence whose unit a number after it may leave out."""
    for earlier in reversed(kept):
        if earlier.start < begin:
            return None
        if earlier.dimension not in _UNSHARED and earlier.value and one.value is not None:
            if earlier.dimension is Dimension.DURATION and _SPAN.search(
                view.lower[max(begin, earlier.start - 10) : earlier.start]
            ):
                continue
            near = 1 / _FAR < abs(one.value / earlier.value) < _FAR
            if near or earlier.dimension is Dimension.COUNT:
                return earlier
    return None


def take(one: Found, shared: Found | None) -> None:
    """Give a number the unit of a figure before it."""
    if shared is not None:
        one.dimension, one.unit = shared.dimension, shared.unit


def is_year(view: View, one: Found) -> bool:
    """Whether a number is printed as years are."""
    printed = view.lower[one.start : one.end]
    return len(printed) == 4 and printed.isdigit() and 1500 <= int(printed) < 2200
