"""Whether a figure that agrees with a draft's is of the same thing, or one beside it is.

A draft that takes its neighbour's number finds that number in the article, in a sentence that
speaks of much the same. What tells is whether another figure of that article, or of one on the
same matter, fits the draft's words better. The two are weighed against each other feature by
feature, by weights learned from drafts whose number is right and from those whose number is its
neighbour's (``scripts/learn_checking.py``): most drafts are right, which the bias tells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from kaoju.accusation import log_odds
from kaoju.alignment import Pair, weights
from kaoju.frames import TIMED, across
from kaoju.types import Agreement, Qualifier
from kaoju.word_likeness import SIDES

# What is weighed: each is the agreeing figure's less the other's.
FEATURES = ("titled", "measure", "carried", "role", "told", "strange", "company")
READ = "read"  # see `kaoju.blanks`; told only of two figures that were both read
CONTRAST = "contrast"  # see `kaoju.word_likeness.Laid.contrast`
# What is told of the two together, and of the draft's number.
TOGETHER = (*SIDES, "likely", "score", "long", "beside", "exact", "across")
EVERY = (*FEATURES, READ, CONTRAST, *TOGETHER)
_MOST_DIGITS = 4
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
    return (
        other.aligned >= _SAME_MATTER
        and pair.features.get("carried_conflict", 0.0) > 0
        and other.features.get("carried_conflict", 0.0) == 0
    )


def is_across(pair: Pair) -> bool:
    """Whether a pair's two sides are of two languages."""
    known = pair.features.get("across")
    return across(pair.claim.statement, pair.evidence.statement) if known is None else known > 0


def weighed(pair: Pair, rival: Pair) -> float:
    """How surely the draft's figure is the one that agrees and not its rival, 0 to 1."""
    weight = weights("contest")
    total = weight["bias"]
    total += math.fsum(weight[name] * gap for name, gap in gaps(pair, rival).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def gaps(pair: Pair, rival: Pair) -> dict[str, float]:
    """What speaks for the one and not for the other, by feature, and what the two are together."""
    found = {
        name: pair.features.get(name, 0.0) - rival.features.get(name, 0.0) for name in FEATURES
    }
    both = READ in pair.features and READ in rival.features
    found[READ] = pair.features[READ] - rival.features[READ] if both else 0.0
    found[CONTRAST] = 0.0
    found |= dict.fromkeys(SIDES, 0.0)
    if pair.words is not None and rival.words is not None:
        laid, row = pair.words
        found[CONTRAST] = laid.contrast(row, rival.words[1])
        found |= laid.sides(row, rival.words[1])
    statement = pair.evidence.statement
    return found | {
        "likely": log_odds(pair.aligned),
        "score": log_odds(pair.score),
        "long": min(_MOST_DIGITS, len(pair.claim.digits)) / _MOST_DIGITS,
        "beside": float(statement is rival.evidence.statement),
        "exact": float(pair.claim.figure.qualifier is Qualifier.EXACT),
        "across": float(is_across(pair)),
    }


def strongest(pair: Pair, oppose: Sequence[Pair]) -> tuple[Pair, float] | None:
    """The rival that fits the draft's words best, and how surely the figure stands against it."""
    others = rivals(pair, oppose)
    if not others:
        return None
    found = [(other, weighed(pair, other)) for other in others]
    return min(found, key=lambda row: row[1])
