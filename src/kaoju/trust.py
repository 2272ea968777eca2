"""Whether a verdict stands, once all that speaks for and against it has been seen.

What agrees is taken for support, and what differs for a contradiction, by how the two figures
fit. Whether the draft's own words are answered, how close what speaks against it comes, whether
the rest of its sentence is confirmed there and what the reader says tell more than that: by
weights learned of verdicts that were right and wrong (``scripts/learn_trust.py``) a support that
is none becomes the same number of something else, and an accusation that is none is dropped.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kaoju.agreement import agrees
from kaoju.alignment import Pair, weights
from kaoju.binding import words_about
from kaoju.frames import TIMED, Frame
from kaoju.judgement import Decided, odds, same_number, threshold
from kaoju.lexicon import words
from kaoju.speakers import differs
from kaoju.text import fold, has_han
from kaoju.types import Status
from kaoju.word_likeness import NAME, Floats, Word

SUPPORT = (
    "read",
    "answers",
    "topic",
    "content",
    "sentence",
    "titled_behind",
    "strangers",
    "bound",
    "contrast",
    "same_unit",
    "agrees",
    "company",
    "period_told",
    "rival",
    "missing",
    "unanswered",
    "whole",
)
ACCUSATION = (
    "score",
    "aligned",
    "timed",
    "ahead",
    "agreeing",
    "measure",
    "subject",
    "period",
    "bound",
    "topic",
    "across",
    "keys",
    "company",
    "same_unit",
    "same_digits",
    "value",
    "dimension",
    "far",
    "unnamed",
    "unanswered",
)
_OWN = 1.0  # nearness of a word that stands in the clause of the draft's figure
_EVEN = 0.5  # what other figures of its sentence tell where it has none
_ANSWERED = 0.5  # likeness from which a word or a name is answered


def kept(decided: Decided, pairs: Sequence[Pair]) -> Decided:
    """The verdict, or what is left of it when it does not stand.

    Args:
        decided: By how figures fit alone.
        pairs: All that the articles state of it.
    """
    table = table_of(decided)
    if table is None or (table == "support" and is_printed(decided.pairs[0])):
        return decided
    sure = _sure(features_of(decided, pairs), table)
    if sure >= threshold(f"stands_{table}"):
        return decided
    if decided.status is Status.CONTRADICTED:
        return _stood_by(decided, pairs, sure) or Decided(
            decided.claim, Status.NOT_FOUND, "no_evidence"
        )
    missing = _unanswered(decided.pairs[0]).missing
    rule = "unanswered" if missing else "unsure"
    return replace(decided, status=Status.NEEDS_CONTEXT, rule=rule, missing=missing)


def is_printed(pair: Pair) -> bool:
    """Whether the article prints the draft's sentence as it stands, figure and all."""
    one, other = pair.claim.statement, pair.evidence.statement
    said = fold(one.text).text.strip().rstrip(_STOPS)
    at = fold(other.text).text.find(said)
    place = pair.claim.figure.span.start - one.span.start
    there = pair.evidence.figure.span.start - other.span.start
    # Folding may change lengths, but never by more than a sentence has such characters.
    return bool(said) and at >= 0 and abs(at + place - there) <= _SHIFTED


def is_printed_whole(pair: Pair) -> bool:
    """Whether the article prints the draft's sentence, and nothing else in that sentence."""
    own, told = (fold(f.statement.text).text.strip() for f in (pair.claim, pair.evidence))
    telling = len(own) >= (_TELLING_ZH if has_han(own) else _TELLING_EN)
    return telling and own.rstrip(_STOPS) == told.rstrip(_STOPS) and is_printed(pair)


_TELLING_ZH, _TELLING_EN = 20, 50  # characters: shorter ones may be of anything
_STOPS = "。.!?！？ "
_SHIFTED = 3


def _stood_by(decided: Decided, pairs: Sequence[Pair], sure: float) -> Decided | None:
    """The support that an accusation which is likely none had passed over; None if none is sure."""
    if sure >= threshold("passed_over") or decided.claim.figure.dimension in TIMED:
        return None
    agreeing = [
        p
        for p in pairs
        if agrees(p) and not p.conflicts and p.words is not None and p.score >= threshold("likely")
    ]
    if not agreeing:
        return None
    best = max(agreeing, key=lambda p: p.score)
    if differs(best):
        return Decided(decided.claim, Status.NEEDS_CONTEXT, "speaker", (best,))
    rounded = best.comparison.rule == "rounding"
    status = Status.SUPPORTED_ROUNDED if rounded else Status.SUPPORTED
    found = Decided(decided.claim, status, best.comparison.rule, same_number([best]))
    stands = _sure(features_of(found, pairs), "support") >= threshold("stands_again")
    return found if stands else None


def table_of(decided: Decided) -> str | None:
    """The weights that a verdict is seen by; None where it rests on nothing read closely."""
    if not decided.pairs or decided.pairs[0].words is None:
        return None
    if decided.status is Status.CONTRADICTED:
        return "accusation"
    if decided.status in _SUPPORTED and decided.claim.figure.dimension not in TIMED:
        return "support"
    return None


_SUPPORTED = frozenset({Status.SUPPORTED, Status.SUPPORTED_ROUNDED})


def features_of(decided: Decided, pairs: Sequence[Pair]) -> dict[str, float]:
    """What tells whether a verdict stands, by name: of its first pair and of all beside it."""
    pair = decided.pairs[0]
    claim = decided.claim
    told = _unanswered(pair)
    rival = max((p.aligned for p in pairs if not p.agrees), default=0.0)
    agreeing = max((p.score for p in pairs if p.agrees and p is not pair), default=0.0)
    own = pair.features
    factor = pair.comparison.factor
    return dict(own) | {
        "company": _EVEN if own.get("alone", 1.0) else own["company"],
        "score": _log_odds(pair.score),
        "aligned": _log_odds(pair.aligned),
        "rival": _log_odds(rival),
        "ahead": _log_odds(pair.aligned) - _log_odds(rival),
        "agreeing": _log_odds(agreeing),
        "period_told": float(claim.period is not None and own.get("period", 0.0) >= 1),
        "same_digits": float(bool(claim.digits) and claim.digits == pair.evidence.digits),
        "value": float(pair.comparison.rule == "value"),
        "dimension": float(pair.comparison.rule == "dimension"),
        "far": abs(math.log10(abs(factor))) if factor else 0.0,
        "missing": told.most,
        "unanswered": told.share,
        "unnamed": told.names,
        "whole": float(_says_whole(claim) and not _says_whole(pair.evidence)),
    }


def _sure(features: Mapping[str, float], table: str) -> float:
    weight = weights(table)
    total = weight["bias"] + math.fsum(
        value * features.get(name, 0.0) for name, value in weight.items() if name != "bias"
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _log_odds(probability: float) -> float:
    least = 1e-4
    return math.log(odds(max(least, min(1 - least, probability))))


# What the draft says that nothing answers ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Unanswered:
    """The words of a draft's clause that the article's figure has no word for near it.

    ``most`` is what the one that tells the most tells, ``share`` that of all among the clause's,
    ``names`` 1 where a name is among them, ``missing`` the telling ones as printed.
    """

    most: float
    share: float
    names: float
    missing: tuple[str, ...]


def _unanswered(pair: Pair) -> _Unanswered:
    assert pair.words is not None
    laid, row = pair.words
    claimed = words_about(pair.claim)
    inside = [at for at, word in enumerate(claimed) if word.near >= _OWN]
    if not inside:
        return _Unanswered(0.0, 0.0, 0.0, ())
    anywhere = (laid.like * (laid.near[row] > 0)).max(axis=1, initial=0.0)
    close = (laid.like * laid.own[row]).max(axis=1, initial=0.0)
    plain = [at for at in inside if not claimed[at].term.startswith(NAME)]
    names = [at for at in inside if claimed[at].term.startswith(NAME)]
    lost = laid.tell[plain] * (1 - close[plain])
    every = float(laid.tell[plain].sum())
    gone = laid.tell[plain] * (1 - anywhere[plain])
    return _Unanswered(
        most=float(gone.max(initial=0.0)),
        share=float(lost.sum()) / every if every else 0.0,
        names=float(bool(names) and bool((anywhere[names] < _ANSWERED).any())),
        missing=_missing([claimed[at] for at in plain], close[plain], laid.tell[plain]),
    )


_TOLD = 2  # words that are told of


def _missing(claimed: Sequence[Word], answered: Floats, tell: Floats) -> tuple[str, ...]:
    order = sorted(range(len(claimed)), key=lambda at: -tell[at])
    return tuple(claimed[at].printed for at in order if answered[at] < _ANSWERED)[:_TOLD]


def _says_whole(frame: Frame) -> bool:
    """Whether the clause of a figure says that it is of the whole: total, 全省, altogether."""
    return _whole().search(fold(frame.clause).text) is not None


@cache
def _whole() -> re.Pattern[str]:
    chinese, english = ("|".join(words("checking", "whole", key)) for key in ("zh", "en"))
    return re.compile(rf"{chinese}|(?<![a-z])(?:{english})(?![a-z])")
