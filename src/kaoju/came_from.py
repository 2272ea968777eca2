"""Whether what differs from a draft's number is only where that number came from.

The spread crept up to 0.48 points from 0.29: who writes that it is 0.48 is contradicted neither by
the 0.29 nor by the difference. A draft that tells of the time before is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaoju.agreement import agrees
from kaoju.alignment import Pair
from kaoju.date_limits import put_off
from kaoju.frames import TIMED
from kaoju.periods import periods_meet
from kaoju.succession import says_then
from kaoju.types import Relation

_THEN = re.compile(r"首[届期次]|[上前]一?[届期次年]|去年")


def came_from(pair: Pair, pairs: Sequence[Pair]) -> bool:
    """Whether an article has a draft's number come from this one, or move by it.

    Args:
        pair: A figure of an article that differs from the draft's.
        pairs: All of the draft's figure.
    """
    one, claim = pair.evidence, pair.claim
    if says_then(claim) or _THEN.search(claim.statement.text) is not None:
        return False
    if claim.former or claim.figure.relation not in (Relation.LEVEL, Relation.TO) or agrees(pair):
        return False
    if one.figure.dimension in TIMED:
        return any(_is_put_off_to(pair, other) for other in pairs)
    difference = one.reckoned is not None and one.reckoned.rule == "difference"
    if difference or one.figure.relation is Relation.FROM:
        return any(_is_where_it_led(pair, other) for other in pairs)
    return one.printed and any(_was_before(pair, other) for other in pairs)


def _is_put_off_to(pair: Pair, other: Pair) -> bool:
    """Whether a sentence moves something from this day to another one, which is the draft's."""
    one, two = pair.evidence, other.evidence
    if one.statement is not two.statement and one.statement.span != two.statement.span:
        return False
    if one.statement.document_id != two.statement.document_id:
        return False
    if other.conflicts or not agrees(other):
        return False
    return (one.figure, two.figure) in put_off(one.statement)


def _was_before(pair: Pair, other: Pair) -> bool:
    """Whether a later article has the draft's number come from this one: raised from 600 to 750."""
    one, two = pair.evidence, other.evidence
    first, last = one.statement.published_on, two.statement.published_on
    if first is None or last is None or first > last or pair.claim.period:
        return False
    if two.figure.relation is not Relation.TO or not two.printed:
        return False
    if other.conflicts or not agrees(other):
        return False
    amount = one.figure.value, one.figure.unit
    return any(
        f.relation is Relation.FROM and (f.value, f.unit) == amount for f in two.statement.figures
    )


def _is_where_it_led(pair: Pair, other: Pair) -> bool:
    """Whether a figure of the same sentence is where it led, and the draft of no time before."""
    one, two, period = pair.evidence, other.evidence, pair.claim.period
    if one.statement.document_id != two.statement.document_id:
        return False
    if one.statement.span != two.statement.span or two.figure.relation is not Relation.TO:
        return False
    then = one.period if one.printed and one.period != two.period else None
    if period and then and periods_meet(period, then):
        return False  # in February it was 0.29
    return two.printed and not other.conflicts and agrees(other)
