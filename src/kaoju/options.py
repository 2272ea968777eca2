"""For each verdict on a figure the best case that the articles make for it.

How a draft's figure fits the articles' (`kaoju.fitting`) is one verdict, with its rule and its
quotes. Had it been another, which quotes would have shown it? What agrees would support, what
differs would contradict, what is stated anew would outdate or dispute, the same number of
something else would be told of, and nothing is said of what nothing is found for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaoju import accusation
from kaoju.agreement import opposes
from kaoju.alignment import Conflict, Pair
from kaoju.disputes import Dispute, disputes_of, set_beside
from kaoju.dissent import least
from kaoju.firmness import is_firmer
from kaoju.fitting import conflict_of, contradicted, may_support, same_figure
from kaoju.frames import TIMED
from kaoju.judgement import Decided, odds, same_number, threshold
from kaoju.meant import best_sum
from kaoju.printed import is_printed
from kaoju.retold import Row, anew_of, told_anew
from kaoju.speakers import differs
from kaoju.types import Status
from kaoju.unanswered import unanswered


@dataclass(frozen=True, slots=True)
class Sides:
    """What the articles state of a draft's figure, by what it speaks for, the likeliest first.

    Attributes:
        fitted: The verdict by how the figures fit alone.
        agreeing: What agrees, and nothing speaks against its being of the same thing.
        elsewhere: What agrees and is of something else.
        differing: What differs, by how surely it is of the same thing.
        accusing: The same, by how surely it is what the draft should have said.
        accused: How surely the first of these is, 0 to 1.
        anew: What other articles state anew of what agrees.
        summed: What two figures of the articles make, said by nobody else, where it agrees.
        disputes: What the articles set beside the figures that agree.
    """

    fitted: Decided
    agreeing: Sequence[Pair]
    elsewhere: Sequence[Pair]
    differing: Sequence[Pair]
    accusing: Sequence[Pair]
    accused: float
    anew: Sequence[Row]
    summed: Sequence[Pair]
    disputes: Sequence[Dispute] = ()


def sides_of(fitted: Decided, pairs: Sequence[Pair], sums: Sequence[Pair] = ()) -> Sides:
    """Sort what the articles state.

    Args:
        fitted: The verdict by how it fits the articles'.
        pairs: What the articles state of the figure, told apart (`kaoju.fitting.told_apart`).
        sums: What two figures of them make.
    """
    by_score = sorted((p for p in pairs if may_support(p)), key=lambda p: -p.score)
    agreeing = [p for p in by_score if not p.conflicts]
    elsewhere = [p for p in by_score if p.conflicts]
    against = (p for p in pairs if not p.conflicts and opposes(p))
    differing = sorted(against, key=lambda p: -p.aligned)
    accusing, accused = accusation.surest(differing, elsewhere=bool(elsewhere))
    if fitted.claim.figure.dimension in TIMED:
        accusing = differing  # the digits of days tell little of a slip
    anew = anew_of(fitted.claim, agreeing)
    summed = [p for p in sums if may_support(p) and not differs(p)]
    disputes = disputes_of(fitted.claim, pairs)
    return Sides(fitted, agreeing, elsewhere, differing, accusing, accused, anew, summed, disputes)


def plain(status: Status) -> Status:
    """The status without how exactly a number agrees."""
    return Status.SUPPORTED if status is Status.SUPPORTED_ROUNDED else status


def options_of(sides: Sides) -> dict[Status, Decided]:
    """The verdict as it would stand, by status; ``supported`` stands for rounded as well.

    What the figures fit is among them as it is, but for a fact that is only expected.
    """
    found = {plain(case.status): case for case in _cases(sides)}
    fitted = sides.fitted
    if (
        plain(fitted.status) is Status.SUPPORTED
        and fitted.pairs
        and _only_expected(fitted.pairs[0])
    ):
        return found
    return found | {plain(fitted.status): fitted}


def _cases(sides: Sides) -> Iterator[Decided]:
    claim = sides.fitted.claim
    yield Decided(claim, Status.NOT_FOUND, "no_evidence")
    likely = [p for p in sides.accusing if p.aligned >= threshold("least_accused")]
    if likely:
        first = likely[0].evidence.figure
        yield contradicted(claim, [p for p in likely if same_figure(p.evidence.figure, first)])
    if sides.agreeing and claim.figure.dimension not in TIMED:  # days do not grow old
        apart = [row for row in sides.anew if not row[1].features.get("inside")]
        later = [row for row in apart if row[1].features.get("later")]
        for status, rows in ((Status.OUTDATED, later), (Status.CONFLICTING_SOURCES, apart)):
            if case := told_anew(claim, status, sides.agreeing, rows):
                yield case
        if (case := _disputed(sides, apart)) is not None:
            yield case
    like = _likest(sides)
    if sides.summed and not sides.agreeing:
        best, _ = best_sum(sides.summed, [*sides.elsewhere, *sides.differing])
        yield Decided(claim, Status.SUPPORTED, "reckoned", (best,))
    if not like:
        return
    quotes = same_number(like)
    if differs(like[0]):
        yield Decided(claim, Status.NEEDS_CONTEXT, "speaker", quotes)
        return
    rule = like[0].comparison.rule
    rounded = rule == "rounding"
    if not _NO_SUPPORT & like[0].conflicts and not _only_expected(like[0]):
        status = Status.SUPPORTED_ROUNDED if rounded else Status.SUPPORTED
        yield Decided(claim, status, rule, quotes)
    if sides.elsewhere:
        rule = conflict_of(sides.elsewhere[0])
        yield Decided(claim, Status.NEEDS_CONTEXT, rule, same_number(sides.elsewhere))
    else:
        missing = unanswered(like[0]).missing if like[0].words is not None else ()
        rule = "unanswered" if missing else "unsure"
        yield Decided(claim, Status.NEEDS_CONTEXT, rule, quotes, missing=missing)


# What surely sets two things apart: what the 10-year yield did, the 30-year one did not.
_NO_SUPPORT = frozenset({Conflict.KEY, Conflict.APART})


def _only_expected(pair: Pair) -> bool:
    """Whether an article only expects what a draft states, and states it nowhere."""
    return is_firmer(pair.claim, pair.evidence) and not is_printed(pair)


def _disputed(sides: Sides, anew: Sequence[Row]) -> Decided | None:
    """The verdict by what an article sets beside a figure, where that is the likeliest dispute."""
    likeliest = max(sides.disputes, key=lambda row: row.chance, default=None)
    if likeliest is None or likeliest.chance < least():
        return None
    if any(one.score > likeliest.chance for _, one in anew):
        return None
    return set_beside(sides.fitted.claim, likeliest, sides.agreeing)


def _likest(sides: Sides) -> Sequence[Pair]:
    """What would support a figure.

    What seems to be of something else would where it is far more surely of the same thing: a
    conflict may only seem so, and is weighed with all else that is seen.
    """
    if not sides.elsewhere or not sides.agreeing:
        return sides.agreeing or sides.elsewhere
    ahead = odds(sides.elsewhere[0].score) > threshold("outweigh") * odds(sides.agreeing[0].score)
    return sides.elsewhere if ahead else sides.agreeing
