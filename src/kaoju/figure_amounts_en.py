"""English numbers that a verb beside them does not move: raised $2bn, five short, 120 fewer jobs.

Of what was lent, lost or raised a number is an amount; of what is short, more or fewer it is how
far two things are apart, whichever verb stands by.
"""

from __future__ import annotations

import re

from kaoju.figure_found import Found
from kaoju.types import Dimension, Direction, Qualifier

_TIMES = frozenset({Dimension.DURATION, Dimension.TENOR, Dimension.AGE})
# Beat forecasts by 9bn, missed them by 2%; by three seconds is no rise.
_EXCEEDED_EN = re.compile(
    r"(?<![a-z])(?:(?P<up>beat|beats|beaten|beating|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|"
    r"topped|tops|outstrip(?:ped|s)?|outpaced?|overshot|overtook)|"
    r"(?:miss|missed|misses|missing|undershot)(?= (?:[a-z']+ ){0,3}(?:forecast|target|estimate|"
    r"expectation|goal|guidance|plan))|trail(?:ed|s)?|lagg?(?:ed|s)?)"
    r"(?![a-z])[^,;]{0,50} by (?:(?:a|an|about|around|nearly|over|more|than|as|much|at|least|"
    r"some|almost|roughly|just) ){0,4}$"
)
# Five short of plan, and short of 4,800 tappers: by how much something falls short.
_SHORT_AFTER_EN = re.compile(r"^[ ](?:[a-z]+ )?short(?: of(?! a | breath)|[.,;)]|$)")
_LACKS_EN = re.compile(
    r"(?<![a-z])(?:is|are|was|were|be|been|remain(?:s|ed)?|runs?|ran|running|left)"
    r"(?: (?:still|now|already|currently|about|some|nearly))* short of "
    r"(?:(?:about|around|some|nearly|at least|more than|almost|roughly) )?$"
)
_COUNTED_EN = re.compile(
    r"(?<![a-z])(?:sales|outputs?|turnouts?|attendances?|totals?|figures?|tally|tallies|numbers?|"
    r"counts?|production|deliveries|orders|shipments|targets?|goals?|records?|visitors|arrivals|"
    r"crowds?|audiences?|spectators|passengers|admissions|bookings|enrolments?|enrollments?|"
    r"registrations|membership|readership|it)(?![a-z])"
)
# Sold 5,000 shares short: a bet that they fall.
_BET_EN = re.compile(r"(?<![a-z])(?:sell|sells|sold|selling|bet|bets|betting)(?![a-z])")
_OF_PLAN_EN = re.compile(r"^[ ](?:[a-z]+ )?short of ")
# There are 200 jobs going at the plant: they are to be had.
_VACANT_EN = re.compile(r"(?<![a-z])there (?:is|are|were|was)(?![a-z])")
_GOING_EN = re.compile(
    r"^ (?!going (?:at|in)(?![a-z]))"
    r"(?:(?:(?:will|would|are|were) (?:(?:all|now|be|to|set to|due to) )*|to )?"
    r"(?:go|going|gone|axed)(?= *[.,;)]|$| (?:by|in|at|rather|instead|and|as|when|from)(?![a-z])))"
)
_POSTS = frozenset({"job", "post", "position", "role"})
_FEWER_NOUN = re.compile(r"^(?:fewer|less)(?![a-z])")
_MORE_NOUN = re.compile(r"^more(?![a-z])")
_THAN = re.compile(r"^[^,.;:]{0,60}? than(?! expected to)(?![a-z])")


def differs(one: Found, near: str, after: str) -> Direction | None:
    """Which way a number is how far two things are apart; None when it is not.

    Args:
        one: The figure.
        near: What stands before it in its clause.
        after: What stands after it and what it counts.
    """
    if one.dimension in _TIMES:
        return None
    if _falls_short(one, near, after) or _FEWER_NOUN.match(one.noun):
        return Direction.DOWN
    if _MORE_NOUN.match(one.noun) and _THAN.match(after):
        return Direction.UP
    passed = _EXCEEDED_EN.search(near)
    if passed is None:
        return None
    return Direction.UP if passed["up"] else Direction.DOWN


# Means to hire 1,500 more: so many, besides those that there are; sold 500 more than it had is not.
_DOES_EN = re.compile(
    r"(?<![a-z])(?:hir(?:e|es|ed|ing)|recruit(?:s|ed|ing)?|set(?:s|ting)? up|buil(?:d|ds|t|ding)|"
    r"open(?:s|ed|ing)?|order(?:s|ed|ing)?|buy(?:s|ing)?|bought|need(?:s|ed)?|creat(?:e|es|ed|ing)|"
    r"sign(?:s|ed|ing)?|launch(?:es|ed|ing)?|take on|taken on|took on|train(?:s|ed)?)"
    r"(?: (?:another|about|some|around|nearly|almost|over|up to|at least|more than|as many as))* $"
)
_MORE_ALONE = re.compile(
    r"^ (?:[a-z-]+ )?more(?![a-z-])(?! (?:[a-z-]+ ){0,3}than(?![a-z]))"
    r"(?! (?:a|per|each|every) (?:day|week|month|year))"
)


def is_added(one: Found, near: str, after: str) -> bool:
    """Whether a number is of so many more that are to come, and no difference.

    Args:
        one: The figure.
        near: What stands before it in its clause.
        after: What stands after it and what it counts.
    """
    if one.dimension is not Dimension.COUNT:
        return False
    more = _MORE_ALONE.match(after) or (_MORE_NOUN.match(one.noun) and not _THAN.match(after))
    return bool(more) and _DOES_EN.search(near) is not None


def _falls_short(one: Found, near: str, after: str) -> bool:
    """Whether a number is how many too few there are, or how many jobs go."""
    if one.dimension is Dimension.LENGTH:
        return False
    if _SHORT_AFTER_EN.match(after):
        return _OF_PLAN_EN.match(after) is not None or _BET_EN.search(near) is None
    if one.dimension is Dimension.COUNT and one.unit in _POSTS and _GOING_EN.match(after):
        return _VACANT_EN.search(near) is None
    lacks = one.dimension is Dimension.COUNT and one.noun and _LACKS_EN.search(near)
    if not lacks or _COUNTED_EN.search(near):
        return False
    if one.qualifier is Qualifier.UNDER:
        one.qualifier = Qualifier.EXACT  # sales short of 4,800 are a bound, a yard short of them
    return True


_COINS = frozenset(
    (
        *("mark", "crown", "franc", "dinar", "shilling", "florin", "guilder", "peso", "ducat"),
        *("krona", "kronor", "krone", "kroner", "thaler", "rial", "riyal"),
    )
)
_MILLION = 1_000_000
_RAISED = frozenset({"raised", "raise", "raises"})
_LOST = frozenset({"lost", "lose", "loses", "losing"})
_LENT = frozenset({"advanced", "advances", "advance"})
_LENDER = re.compile(
    r"(?<![a-z])(?:banks?|funds?|lenders?|loans?|lending|lent|credit|agency)(?![a-z])"
)
_OF_WORTH = re.compile(
    r"^[^.;]{0,24}? (?:in|of|off) (?:its |their )?(?:[a-z]+ )?(?:value|worth|capitali)"
)
_PICKED_UP = re.compile(r"(?:pick|picks|picked|picking) up (?:[a-z]+ ){0,2}$")


def is_amount(one: Found, verb: str, near: str, after: str) -> bool:
    """Whether a verb of movement takes a number as an amount: raised $2bn, lost 310m, lent 9.6bn.

    Of a price it is a movement still (lost $3), and of what something is worth.
    """
    if verb == "up" and after.startswith(" of ") and _PICKED_UP.search(near):
        return True  # picked up 25% of the bonds
    coins = one.dimension is Dimension.COUNT and one.unit in _COINS
    if one.dimension is not Dimension.MONEY and not coins:
        return False
    if verb in _RAISED:
        return one.dimension is Dimension.MONEY
    if one.value is None or abs(one.value) < _MILLION:
        return False
    if verb in _LOST:
        return _OF_WORTH.match(after) is None
    return verb in _LENT and _LENDER.search(near) is not None
