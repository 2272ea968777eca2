"""Whether a figure that agrees with a draft's is of the same thing, or one beside it is.

A draft that takes its neighbour's number finds that number in the article, in a sentence that
speaks of much the same. What tells is whether another figure of that article, or of one on the
same matter, fits the draft's words better. The two are weighed against each other feature by
feature, by weights learned for it from all figures that stand beside the right one
(``scripts/learn_checking.py``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from kaoju.alignment import Pair, weights
from kaoju.frames import TIMED, across
from kaoju.periods import periods_meet
from kaoju.types import Agreement

# What is weighed: each is the agreeing figure's less the other's.
FEATURES = (
    "titled",
    "clause",
    "content",
    "clause_content",
    "concepts",
    "measure",
    "subject",
    "period",
    "carried",
    "carried_conflict",
    "former",
    "keys",
    "role",
    "bound",
    "told",
    "strange",
    "company",
    "moves",
    "same_unit",
)
READ = "read"  # see `kaoju.blanks`; told only of two figures that were both read
CONTRAST = "contrast"  # see `kaoju.word_likeness.Laid.contrast`
_LIKELY = 0.5  # of the best score: from which an agreeing figure of the draft's language is taken
_SAME_MATTER = 0.25  # alignment from which another article's figure may take part


def standing(support: Sequence[Pair]) -> Pair:
    """The agreeing figure that stands for the draft's, one in its own language if it can be."""
    best = max(pair.score for pair in support)
    likely = [pair for pair in support if pair.score >= _LIKELY * best]
    return max(likely, key=lambda pair: (not is_across(pair), pair.score))


def rivals(pair: Pair, oppose: Sequence[Pair]) -> list[Pair]:
    """The figures that differ and may be what the draft speaks of instead."""
    if pair.claim.figure.dimension in TIMED:
        return []
    if pair.claim.period is None and pair.evidence.former:
        return []  # what it came to has replaced it, and is no other thing
    own = pair.evidence.statement
    return [
        other
        for other in oppose
        if other.comparison.relation is Agreement.DIFFERENT
        and other.evidence.printed
        and is_across(other) == is_across(pair)
        and (other.evidence.statement.document_id == own.document_id or _of_its_time(pair, other))
    ]


def _of_its_time(pair: Pair, other: Pair) -> bool:
    """Whether another article's figure is of the draft's period and the agreeing one is not.

    Of two that are, or that name none, the one does not stand against the other: which is newer
    and whether they disagree is told elsewhere.
    """
    if other.aligned < _SAME_MATTER:
        return False
    if _came_out_then(other) and not _came_out_then(pair):
        return True
    return (
        pair.features.get("carried_conflict", 0.0) > 0
        and other.features.get("carried_conflict", 0.0) == 0
    )


def _came_out_then(pair: Pair) -> bool:
    """Whether an article that names no other time came out on the very day that a draft names."""
    period, published = pair.claim.period, pair.evidence.statement.published_on
    if period is None or published is None or pair.evidence.period is not None:
        return False
    return len(period) == len(_DAY) and periods_meet(period, published.isoformat())


_DAY = "2026-05-12"


def is_across(pair: Pair) -> bool:
    """Whether a pair's two sides are of two languages."""
    known = pair.features.get("across")
    return across(pair.claim.statement, pair.evidence.statement) if known is None else known > 0


def weighed(pair: Pair, rival: Pair) -> float:
    """How surely the draft's figure is the one that agrees and not its rival, 0 to 1."""
    weight = weights("contest_across" if is_across(pair) else "contest")
    total = math.fsum(weight[name] * gap for name, gap in gaps(pair, rival).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def gaps(pair: Pair, rival: Pair) -> dict[str, float]:
    """What speaks for the one and not for the other, by feature."""
    found = {
        name: pair.features.get(name, 0.0) - rival.features.get(name, 0.0) for name in FEATURES
    }
    both = READ in pair.features and READ in rival.features
    found[READ] = pair.features[READ] - rival.features[READ] if both else 0.0
    found[CONTRAST] = 0.0
    if pair.words is not None and rival.words is not None:
        laid, row = pair.words
        found[CONTRAST] = laid.contrast(row, rival.words[1])
    return found


def strongest(pair: Pair, oppose: Sequence[Pair]) -> tuple[Pair, float] | None:
    """The rival that fits the draft's words best, and how surely the figure stands against it."""
    others = rivals(pair, oppose)
    if not others:
        return None
    found = [(other, weighed(pair, other)) for other in others]
    return min(found, key=lambda row: row[1])
