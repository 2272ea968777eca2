"""Which verdict stands, once all that speaks for and against a figure has been seen.

What agrees is taken for support, and what differs for a contradiction, by how two figures fit.
What the reader says of each, how close the next comes, whether the draft's own words are answered
there and what is stated anew tell more than any of them alone, and in ways that no sum of weights
has: trees that were learned of verdicts that were right and wrong (``scripts/learn_trust.py``)
give each verdict its chance. Of those for which the articles make a case the most useful is
chosen: to accuse a figure that is right and to let a wrong one pass cost more than any other error
(``lexicon/checking.toml``). Where neither of these two may be said, and the number is there, it is
shown: an editor sees at a glance whether it is meant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from kaoju.accusation import edits
from kaoju.alignment import AGREEMENT, FEATURES, JUDGED, Pair
from kaoju.contest import standing, strongest
from kaoju.disputes import disputing
from kaoju.firmness import is_firmer
from kaoju.judgement import Decided, threshold
from kaoju.meant import best_sum
from kaoju.opinions import opinion
from kaoju.options import Sides, options_of, plain
from kaoju.printed import is_printed, is_printed_whole, share_printed
from kaoju.retold import outdates
from kaoju.speakers import differs
from kaoju.trees import Trees
from kaoju.types import Status
from kaoju.unanswered import says_whole, unanswered

FILE = "trust.npz"
_LIKELY = 0.3  # score from which what agrees is counted
_READ = 4  # of each side, the likeliest that are looked at for the draft's very words
_WEIGHED = 6  # of what agrees, the likeliest that stand against a rival


def trusted(sides: Sides) -> Decided:
    """The verdict that stands."""
    if is_settled(sides):
        return sides.fitted
    costs = threshold("cost_accused"), threshold("cost_let_pass")
    return chosen(sides, trees().chances(features_of(sides)), *costs)


# What is said of a number that is right in some way: no refuge from the costs of the others.
_BETWEEN = frozenset({Status.NEEDS_CONTEXT, Status.OUTDATED, Status.CONFLICTING_SOURCES})


def is_settled(sides: Sides) -> bool:
    """Whether the verdict by how the figures fit is not seen again.

    What an article prints word for word is supported whatever else is said, and so is what surely
    follows from two of its figures; an opinion or a day that counts from the day of writing is
    not checked; and nothing that was not read closely is doubted.
    """
    fitted = sides.fitted
    if fitted.status is Status.NOT_CHECKABLE or not _is_read(sides):
        return True
    if plain(fitted.status) is Status.SUPPORTED:
        return fitted.rule == "reckoned" or is_printed(fitted.pairs[0])
    return any(is_printed_whole(p) for p in fitted.pairs[:1])


def chosen(sides: Sides, chances: Mapping[str, float], accused: float, let_pass: float) -> Decided:
    """The most useful verdict of those for which a case can be made.

    Args:
        sides: What the articles state of a figure.
        chances: How likely each verdict is, by status.
        accused: What it costs to accuse a figure that is right, where to be right is worth 1.
        let_pass: What it costs to let pass a wrong one.
    """
    worth = dict(chances)
    worth[Status.CONTRADICTED] -= accused * chances[Status.SUPPORTED]
    worth[Status.SUPPORTED] -= let_pass * chances[Status.CONTRADICTED]
    least = threshold("least_chance")
    every = options_of(sides)
    options = {
        status: case
        for status, case in every.items()
        if status not in _BETWEEN or chances.get(status, 0.0) >= least
    }
    best = max(options, key=lambda status: worth.get(status, 0.0))
    if best is Status.NOT_FOUND and chances[best] < least and (sides.agreeing or sides.elsewhere):
        return every.get(Status.NEEDS_CONTEXT, options[best])
    return options[best]


def _is_read(sides: Sides) -> bool:
    """Whether what speaks most for or against a figure was read closely."""
    return any(
        some and some[0].words is not None
        for some in (sides.agreeing, sides.elsewhere, sides.differing)
    )


@cache
def trees() -> Trees:
    """The shipped trees."""
    return Trees.read(Path(str(resources.files("kaoju.lexicon").joinpath(FILE))))


# What is seen ---------------------------------------------------------------------------------


def features_of(sides: Sides) -> dict[str, float]:
    """What tells which verdict stands, by name; what there is nothing to tell of is left out.

    What a draft's sentence is like by itself, how long and of what, is not asked: it would tell of
    which sentences the writers of the gold were asked for errors.
    """
    fitted = sides.fitted
    found = {
        f"fitted={fitted.status}": 1.0,
        f"rule={fitted.rule}": 1.0,
        "accused": sides.accused,
        "disputed": disputing(sides.disputes),
        "opinion=said": float(opinion(fitted.claim) is not None),
        **_of_all(sides),
    }
    for name, some in (
        ("agreeing", sides.agreeing),
        ("elsewhere", sides.elsewhere),
        ("differing", sides.differing),
        ("accusing", sides.accusing),
    ):
        if some:
            found |= {f"{name} {what}": value for what, value in _of_pair(some[0]).items()}
        else:
            found[f"{name}=none"] = 1.0
    return found | _of_anew(sides) | _of_sums(sides)


def _of_pair(pair: Pair) -> dict[str, float]:
    factor = pair.comparison.factor
    found = {
        name: pair.features[name]
        for name in (*FEATURES, *JUDGED, *AGREEMENT)
        if name in pair.features
    }
    found |= {
        "score": pair.score,
        "aligned": pair.aligned,
        "edits": float(edits(pair)),
        "rule=" + pair.comparison.rule: 1.0,
        f"relation={pair.comparison.relation}": 1.0,
        "speaker=another": float(differs(pair)),
    }
    if factor:
        found["far"] = abs(math.log10(abs(factor)))
    return found | {f"conflict={conflict}": 1.0 for conflict in pair.conflicts}


def _of_all(sides: Sides) -> dict[str, float]:
    by_score = (*sides.agreeing, *sides.elsewhere)
    every = (*by_score, *sides.differing)
    found = {
        "best aligned": max((p.aligned for p in every), default=0.0),
        "differing printed": max(map(share_printed, sides.differing[:_READ]), default=0.0),
        "agreeing printed": max(map(share_printed, by_score[:_READ]), default=0.0),
        "best near": max((p.features.get("near", 0.0) for p in every), default=0.0),
    }
    if not sides.agreeing:
        return found
    best = sides.agreeing[0]
    likely = [p for p in sides.agreeing if p.score > _LIKELY]
    found |= {
        "agreeing likely": float(len(likely)),
        "agreeing articles": float(len({p.evidence.statement.document_id for p in likely})),
        "printed=so": float(is_printed(best)),
        "expected=stated": float(is_firmer(best.claim, best.evidence)),
        "whole=said": float(says_whole(best.claim) and not says_whole(best.evidence)),
    }
    if best.words is not None:
        told = unanswered(best)
        found |= {"missing": told.most, "unanswered": told.share, "unnamed": told.names}
    rival = strongest(standing(sides.agreeing[:_WEIGHED]), list(sides.differing))
    if rival is not None:
        found["contest"] = rival[1]
    return found | _of_days(best, sides.differing)


def _of_days(best: Pair, differing: Sequence[Pair]) -> dict[str, float]:
    """How the days of what differs lie to that of what agrees."""
    if not differing:
        return {}
    day, own = _day(best), best.evidence.statement
    return {
        "days between": float(_day(differing[0]) - day),
        "sentence=one": float(differing[0].evidence.statement == own),
        "later": max((p.aligned for p in differing if _day(p) > day), default=0.0),
        "same day": max(
            (
                p.aligned
                for p in differing
                if _day(p) == day and p.evidence.statement.document_id != own.document_id
            ),
            default=0.0,
        ),
    }


def _of_anew(sides: Sides) -> dict[str, float]:
    if not sides.anew:
        return {}
    claim = sides.fitted.claim
    every = (*sides.agreeing, *sides.elsewhere, *sides.differing)
    outdated = [outdates(row, claim, every) for row in sides.anew]
    own, one = max(sides.anew, key=lambda row: row[1].score)
    return {
        "outdated": max(outdated),
        "anew": one.score,
        "anew later": float(one.features.get("later", 0.0)),
        "anew earlier": float(one.features.get("earlier", 0.0)),
        "anew inside": float(one.features.get("inside", 0.0)),
        "anew voices": float(one.features.get("voices_differ", 0.0)),
        "anew of": float(sides.agreeing.index(own)),
    }


def _of_sums(sides: Sides) -> dict[str, float]:
    if not sides.summed:
        return {}
    printed = (*sides.agreeing, *sides.elsewhere, *sides.differing)
    best, told = best_sum(sides.summed, printed)
    return {
        "sums": float(len(sides.summed)),
        "sum aligned": best.aligned,
        "sum near": best.features.get("near", 0.0),
        **{f"sum={name}": float(so) for name, so in told.items()},
        **({f"sum={best.evidence.reckoned.rule}": 1.0} if best.evidence.reckoned else {}),
    }


def _day(pair: Pair) -> int:
    published = pair.evidence.statement.published_on
    return published.toordinal() if published else 0
