"""One verdict on each figure of a draft.

How a figure fits those of the articles gives a verdict by rules (`kaoju.fitting`); whether it
stands, or which other does, is seen from all that speaks for and against it (`kaoju.trust`).
"""

from __future__ import annotations

from collections.abc import Sequence

from kaoju.alignment import Pair
from kaoju.fitting import fitting, not_strange, told_apart
from kaoju.frames import Frame
from kaoju.judgement import Decided
from kaoju.meant import is_level_of_difference, is_sum
from kaoju.options import Sides, sides_of
from kaoju.printed import as_printed
from kaoju.trust import trusted
from kaoju.types import Status


def decide(claim: Frame, pairs: Sequence[Pair]) -> Decided:
    """Decide on one figure.

    Args:
        claim: The draft's frame.
        pairs: What the articles state, the likeliest first.
    """
    found = trusted(weighed(claim, pairs))
    accused = found.status is Status.CONTRADICTED and found.rule in _NUMBERS
    if accused and is_level_of_difference(found.pairs[0]):
        return Decided(claim, Status.NOT_FOUND, "no_evidence")
    return found


_NUMBERS = frozenset({"value", "outside_bound", "outside_about", "outside_range"})


def weighed(claim: Frame, pairs: Sequence[Pair]) -> Sides:
    """The verdict on a figure by how it fits, and all that speaks for and against it."""
    told = [as_printed(p) for p in told_apart([p for p in pairs if not is_sum(p)])]
    sums = not_strange([p for p in pairs if is_sum(p)])
    return sides_of(fitting(claim, told, sums), told, sums)
