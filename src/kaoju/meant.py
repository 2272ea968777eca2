"""Whether a sum of two printed figures is what a draft means, and which of several.

That two figures make a draft's number is not enough: of many figures some two make any. The
draft's own words must tell the sum, the articles must be those that speak of what it speaks of,
and two figures of two sentences must be of one measure.
"""

from __future__ import annotations

from collections.abc import Sequence

from kaoju.accusation import edits
from kaoju.alignment import Pair
from kaoju.derived import AMOUNTS
from kaoju.ends import are_at_named_times, ends_of, follow, of_one
from kaoju.frames import Frame, across
from kaoju.judgement import Decided, same_number, threshold
from kaoju.likeness import measure
from kaoju.reckoned import tells_apart
from kaoju.speakers import differs
from kaoju.types import Dimension, Qualifier, Relation, Status


def is_sum(pair: Pair) -> bool:
    """Whether an article's figure was reckoned for the draft's."""
    return pair.evidence.reckoned is not None and pair.evidence.reckoned.asked


def is_level_of_difference(pair: Pair) -> bool:
    """Whether a draft says how far two things are apart, and an article how much one of them is.

    3,500 fewer homes than a year earlier, and 11,400: these do not compare. One that is a slip
    of the other's digits does.
    """
    one, other = pair.claim.figure, pair.evidence.figure
    if one.dimension is not other.dimension or one.dimension not in AMOUNTS:
        return False
    level = other.relation in (Relation.LEVEL, Relation.TO, Relation.FROM)
    if not level or tells_apart(pair.evidence) or not tells_apart(pair.claim):
        return False
    return edits(pair) > _SLIP and ends_of(pair.claim) is not None


_SLIP = 2  # one digit that differs; see `kaoju.accusation`


def decided_by_sum(claim: Frame, sums: Sequence[Pair], printed: Sequence[Pair]) -> Decided:
    """Decide on a figure that no article prints and that two of theirs make.

    What may be meant by the draft and may as well be chance is shown and not taken for support.

    Args:
        claim: The draft's figure.
        sums: What two figures make, of nobody that the draft does not name.
        printed: What the articles print, read closely.
    """
    own = [p for p in sums if not differs(p)]
    if not own:
        return Decided(claim, Status.NEEDS_CONTEXT, "speaker", same_number(sums))
    best, told = best_sum(own, printed)
    sure = all(told[name] for name in ("about", "told", "of_one", "no_chance"))
    return Decided(claim, Status.SUPPORTED if sure else Status.NEEDS_CONTEXT, "reckoned", (best,))


def named_sum(sums: Sequence[Pair], printed: Sequence[Pair]) -> Decided | None:
    """Support by two figures that the draft's words name; None where none surely are.

    They surely are where a figure of their sentences is what the draft speaks of, read closely,
    or where both are told of their times and of the draft's very measure.

    Args:
        sums: What two figures make.
        printed: What the articles print, read closely.
    """
    named = [
        p
        for p in sums
        if p.evidence.reckoned is not None
        and p.evidence.reckoned.named
        and not differs(p)
        and (_is_anchored(p, printed) or _is_of_measure(p))
    ]
    if not named:
        return None
    best, _ = best_sum(named, printed)
    return Decided(best.claim, Status.SUPPORTED, "reckoned", (best,))


def _is_anchored(pair: Pair, printed: Sequence[Pair]) -> bool:
    """Whether a sentence of one of the two figures surely has one of what the draft speaks of."""
    places = {(p.statement.document_id, p.statement.span) for p in _parts(pair)}
    least = threshold("reckoned_surely")
    return any(
        p.aligned >= least
        and (p.evidence.statement.document_id, p.evidence.statement.span) in places
        for p in printed
    )


def _is_of_measure(pair: Pair) -> bool:
    """Whether both figures are told of their times, and both of the draft's measure."""
    one, other = _parts(pair)
    told = all(p.period is not None and measure(pair.claim, p) > 0 for p in (one, other))
    return told or are_at_named_times(pair.claim, one, other)


def best_sum(sums: Sequence[Pair], printed: Sequence[Pair]) -> tuple[Pair, dict[str, bool]]:
    """The likeliest of some sums, and what speaks for its being meant.

    Args:
        sums: At least one.
        printed: What the articles print of the draft's figure.
    """
    near = _articles(printed)
    best = max(
        sums,
        key=lambda p: (
            _is_about(p, near),
            _named(p),
            _comes_out(p),
            _in_one_sentence(p),
            p.aligned,
        ),
    )
    return best, {
        "about": _is_about(best, near),
        "told": _is_told(best),
        "of_one": _is_of_one(best),
        "no_chance": _is_no_chance(best),
        "comes_out": _comes_out(best),
        "sentence": _in_one_sentence(best),
    }


def _parts(pair: Pair) -> tuple[Frame, ...]:
    return pair.evidence.reckoned.parts if pair.evidence.reckoned is not None else ()


def _in_one_sentence(pair: Pair) -> bool:
    return len({(p.statement.document_id, p.statement.span) for p in _parts(pair)}) == 1


def _named(pair: Pair) -> int:
    """How many of the draft's names the two figures are told of."""
    told = frozenset[str]().union(*(p.own for p in _parts(pair)))
    return len(told & {m.entity_id for m in pair.claim.statement.mentions})


def _articles(printed: Sequence[Pair]) -> frozenset[str]:
    """The articles that speak of what a draft's sentence speaks of, by their nearest sentences."""
    nearest: dict[tuple[bool, str], float] = {}
    for pair in printed:
        told = pair.evidence.statement
        key = across(pair.claim.statement, told), told.document_id
        nearest[key] = max(pair.features["titled"], nearest.get(key, -1.0))
    best = {side: max(v for (s, _), v in nearest.items() if s is side) for side, _ in nearest}
    reach = threshold("reckoned_about")
    return frozenset(name for (side, name), v in nearest.items() if v >= best[side] - reach)


def _is_about(pair: Pair, articles: frozenset[str]) -> bool:
    """Whether the articles of a sum are among the nearest, or name all that the draft names."""
    named = {m.entity_id for m in pair.claim.statement.mentions if m.entity_id}
    told = [p.statement for p in _parts(pair)]
    return all(s.document_id in articles or (bool(named) and named <= s.everywhere) for s in told)


def _comes_out(pair: Pair) -> bool:
    """Whether a sum is the draft's number to the last digit."""
    return pair.evidence.figure.value == pair.claim.figure.value


def _is_no_chance(pair: Pair) -> bool:
    """Whether a sum comes out exactly where it has one digit: some two figures are near any."""
    loose = pair.claim.figure.qualifier is not Qualifier.EXACT
    quotient = pair.evidence.figure.dimension in (Dimension.RATIO, Dimension.MULTIPLE)
    return len(pair.claim.digits) > 1 or loose or quotient or _comes_out(pair)


def _is_told(pair: Pair) -> bool:
    """Whether the draft's words tell the sum, where its kind does not."""
    reckoned = pair.evidence.reckoned
    if reckoned is None or reckoned.rule != "difference":
        return True
    return pair.claim.figure.relation is Relation.LEVEL or tells_apart(pair.claim)


def _is_of_one(pair: Pair) -> bool:
    """Whether two figures stand in one sentence, or are surely of one measure."""
    if _in_one_sentence(pair):
        return True
    one, other = _parts(pair)
    if pair.evidence.reckoned is not None and pair.evidence.reckoned.rule == "product":
        return True
    digits = len(pair.claim.digits)
    if digits > 1 and follow(one, other):
        return True
    return (digits > 1 or pair.aligned >= threshold("reckoned_surely")) and of_one(one, other)
