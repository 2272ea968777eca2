"""English ages without years behind them: a woman of 72, Ada Moss, 56, nobody under 30."""

from __future__ import annotations

import re

from kaoju.figure_found import Found, View
from kaoju.figure_gaps import END, STATES
from kaoju.numerals import Numeral
from kaoju.types import Dimension
from kaoju.units import match_unit

_AGED = re.compile(
    r"(?:^|[^a-z])(?:aged|ages?)(?: (?:from|between|about|over|under))? (?:\d{1,3}(?:,| and| "
    r"to| or) )?$"
)
_PERSON = (
    r"(?:man|woman|boy|girl|widow|widower|grandmother|grandfather|mother|father|pensioner|"
    r"farmer|worker|driver|fisherman|teacher|pupil|student|patient|resident|villager)"
)
_PERSON_OF = re.compile(rf"(?:^|[^a-z])(?:a|an|the|one|another)(?: [a-z-]+){{0,2}} {_PERSON} of $")
_OF_AGE = re.compile(
    r"(?:^|[^a-z])(?:he|she|who) (?:is|was) (?:now )?$"
    r"|(?:^|[^a-z])(?:turned|turning|turns|older than|younger than|the age of) $"
    r"|(?:^|[^a-z])(?:those|anyone|nobody|no one|everyone|everybody|people|adults|men|women|"
    r"children|boys|girls|drivers|voters|workers|residents|pupils|patients|mothers|farmers)"
    r" (?:under|over|above|below) $"
)
_NAMED = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+(?:, the [a-z -]{3,40},)? (?:is|was) $")
_THEN = re.compile(r" (?:when(?![a-z])|at the time)")
_IS = re.compile(r"(?:^|[^a-z])(?:is|are|was|were) $")
AND_OVER = re.compile(r" (?:or|and) (?:over|older|under|younger)(?= ?[.,;)]|$| [a-z])")
_BETWEEN_COMMAS = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|[A-Z][a-z]+) (?:[A-Z][a-z'-]+ )?[A-Z][a-z'-]+"
    rf"|(?<![A-Za-z]){_PERSON}), (?:now |also )?$|, now $"
)
_OLD = re.compile(r"(?<![a-z])(?:older|younger|old|ages?|aged)(?![a-z])")
# Half of them were older than 43.2.
_THAN = re.compile(r"(?:^|[^a-z])(?:older|younger) than $")
_STOPS = re.compile(r"(?=[.,;:)](?!\d)|$| (?:at|in|and|by|on|when|or|while|against)(?![a-z]))")
_OLDEST = 125
_GROWN = 12  # a mother of two has two children


def is_aged(view: View, found: Found, number: Numeral) -> bool:
    """Whether the words before a number make it an age: aged 61, a woman of 72."""
    lower = view.lower
    if number.value > _OLDEST or re.match(r"[ -](?:year|month|week|day)", lower[number.end :][:6]):
        return False
    before = lower[max(0, found.start - 60) : found.start]
    if _AGED.search(before[-22:]):
        return True
    if _THAN.search(before[-14:]) and _STOPS.match(lower, number.end):
        return True
    if number.value <= _GROWN or _PERSON_OF.search(before) is None:
        return False
    return match_unit(lower, view.cased, number.end + 1) is None


def is_age(one: Found, before: str, after: str) -> bool:
    """Whether a number without a unit is an age by the words around it; its unit is set.

    Args:
        one: The number.
        before: The sentence before it, with its case.
        after: What follows it, in lower case.
    """
    number = one.numeral
    if number is None or not 1 < number.value <= _OLDEST or number.value % 1:
        return False
    lower = before.lower()
    ends = END.match(after) is not None or STATES.match(after) is not None
    told = _OF_AGE.search(lower[-48:]) is not None and (ends or after.startswith(" in "))
    told = told or (number.value > _GROWN and ends and _NAMED.search(before[-80:]) is not None)
    if _IS.search(lower):
        average = after.startswith(" on average") and _OLD.search(after) is not None
        told = told or average or _THEN.match(after) is not None
    if number.digits and not told:
        listed = after.startswith(",") and _BETWEEN_COMMAS.search(before[-48:]) is not None
        told = listed or (AND_OVER.match(after) is not None and before[-2:-1].islower())
    if told:
        one.dimension, one.unit = Dimension.AGE, "year"
    return told
