"""One verdict on each figure of a draft.

How a figure fits those of the articles gives a verdict by rules (`kaoju.fitting`); whether it
stands, or which other does, is seen from all that speaks for and against it (`kaoju.trust`).
"""

from __future__ import annotations

from collections.abc import Sequence

from kaoju.alignment import Pair
from kaoju.crossed import crossed
from kaoju.fitting import contradicted, fitting, not_strange, told_apart
from kaoju.frames import Frame
from kaoju.judgement import Decided
from kaoju.meant import is_level_of_difference, is_sum
from kaoju.options import Sides, sides_of
from kaoju.printed import as_printed
from kaoju.trust import trusted
from kaoju.types import Agreement, Status


def decide(claim: Frame, pairs: Sequence[Pair]) -> Decided:
    """Decide on one figure.

    Args:
        claim: The draft's frame.
        pairs: What the articles state, the likeliest first.
    """
    if instead := in_anothers_place(claim, pairs):
        return contradicted(claim, instead)
    found = trusted(weighed(claim, pairs))
    accused = found.status is Status.CONTRADICTED and found.rule in _NUMBERS
    if accused and is_level_of_difference(found.pairs[0]):
        return Decided(claim, Status.NOT_FOUND, "no_evidence")
    return found


_NUMBERS = frozenset({"value", "outside_bound", "outside_about", "outside_range"})


def in_anothers_place(claim: Frame, pairs: Sequence[Pair]) -> list[Pair]:
    """What an article's sentence has in the place of a draft's number, the likeliest first.

    The sentence has both that and the draft's number, and the draft has the two the other way
    round: whatever the number itself is like, it is the other's.
    """
    taken = [
        p
        for p in pairs
        if p.taken and p.evidence.printed and p.comparison.relation is Agreement.DIFFERENT
    ]
    if not taken:
        return []
    agreeing = [p for p in pairs if p.comparison.rule == "equal" and p.evidence.printed]
    found = [
        other
        for other in taken
        for own in agreeing
        if own.evidence.statement == other.evidence.statement
        and crossed(claim, own.evidence, other.evidence.figure)
    ]
    return sorted(found, key=lambda p: -p.aligned)


def weighed(claim: Frame, pairs: Sequence[Pair]) -> Sides:
    """The verdict on a figure by how it fits, and all that speaks for and against it."""
    told = [as_printed(p) for p in told_apart([p for p in pairs if not is_sum(p)])]
    sums = not_strange([p for p in pairs if is_sum(p)])
    return sides_of(fitting(claim, told, sums), told, sums)
