"""Whether a figure of an article speaks of what a figure of a draft speaks of.

A pair of frames is described by few features whose names say what they mean; their weights
are learned (``scripts/learn_checking.py``) and stand in ``lexicon/checking.toml``. What speaks
against a pair outright, another subject, measure, period or key, is told apart from a low
score: the number may then be right of something else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from kaoju.comparison import compare_figures, period_matches
from kaoju.concepts import same_concept
from kaoju.frames import TIMED, Frame, Statement
from kaoju.lexicon import section
from kaoju.types import (
    Agreement,
    Comparison,
    Dimension,
    EntityKind,
    Figure,
    Language,
    Relation,
)

_AGREE = frozenset({Agreement.SAME, Agreement.COMPATIBLE})
_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_LENGTHS = frozenset({Dimension.DURATION, Dimension.TENOR, Dimension.AGE})
_PARTS = frozenset({Dimension.PERCENT, Dimension.RATIO, Dimension.PERCENTAGE_POINT})
_LATE = timedelta(days=400)  # after a period an article still speaks of it without naming it


class Conflict(StrEnum):
    """What speaks against two figures being of the same thing."""

    SUBJECT = "subject"
    MEASURE = "measure"
    PERIOD = "period"
    KEY = "key"  # another tenor
    SHARE = "share_of"


@dataclass(frozen=True, slots=True)
class Pair:
    """A draft's figure beside one of an article.

    Attributes:
        claim: The draft's.
        evidence: The article's.
        comparison: Of the two numbers alone, their periods left aside.
        conflicts: What speaks against the two being of the same thing.
        features: What the score is made of.
        score: How surely the two speak of the same thing, 0 to 1.
    """

    claim: Frame
    evidence: Frame
    comparison: Comparison
    conflicts: frozenset[Conflict]
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0

    @property
    def agrees(self) -> bool:
        """Whether the two numbers agree."""
        return self.comparison.relation in _AGREE


def could_pair(claim: Figure, evidence: Figure) -> bool:
    """Whether two figures are of kinds that can stand for each other, rightly or by a slip."""
    one, other = claim.dimension, evidence.dimension
    if one in TIMED or other in TIMED:
        return one in TIMED and other in TIMED
    if one is other:
        return True
    if {one, other} <= _LENGTHS or {one, other} <= _PARTS:
        return True
    growth = {Dimension.MULTIPLE, Dimension.PERCENT, Dimension.RATIO}
    if {one, other} <= growth:
        return True
    return claim.value is not None and claim.value == evidence.value and claim.value > _SMALL


_SMALL = 12  # a number that any two things may share


def compare(claim: Figure, evidence: Figure) -> Comparison:
    """Compare two figures without their periods, which `conflicts_of` looks at."""
    if claim.dimension in TIMED or evidence.dimension in TIMED:
        open_year, told = claim.period or "", evidence.period or ""
        if "X" in open_year and periods_meet(open_year, told):
            filled = (
                "".join(b if a == "X" else a for a, b in zip(open_year, told, strict=False))
                + open_year[len(told) :]
            )
            claim = replace(claim, period=filled)
        return compare_figures(claim, evidence)
    return compare_figures(replace(claim, period=None), replace(evidence, period=None))


def periods_meet(one: str, other: str) -> bool:
    """Whether two periods are one, or one lies inside the other; X stands for any digit."""
    if "X" not in one + other:
        return period_matches(one, other)
    return all("X" in (a, b) or a == b for a, b in zip(one, other, strict=False))


# What speaks against a pair ---------------------------------------------------------------


def conflicts_of(claim: Frame, evidence: Frame) -> frozenset[Conflict]:
    """What speaks against two figures being of the same thing."""
    found: set[Conflict] = set()
    if _subject(claim, evidence) < 0:
        found.add(Conflict.SUBJECT)
    if _measure(claim, evidence) < 0:
        found.add(Conflict.MEASURE)
    if claim.figure.dimension not in TIMED and _period(claim, evidence) < 0:
        found.add(Conflict.PERIOD)
    if claim.keys and evidence.keys and not claim.keys & evidence.keys:
        found.add(Conflict.KEY)
    one, other = claim.figure.share_of, evidence.figure.share_of
    if one and other and _gdp(one) != _gdp(other):
        found.add(Conflict.SHARE)
    return frozenset(found)


def _gdp(share_of: str) -> bool:
    folded = share_of.lower()
    return folded in ("gdp", "gross domestic product", "国内生产总值")


def _subject(claim: Frame, evidence: Frame) -> float:
    """1 for a shared subject, 0.6 for one that the context gives, -1 for another one, else 0."""
    if not claim.own:
        return 0.0
    if claim.own & evidence.own:
        return 1.0
    sentence = {m.entity_id for m in evidence.statement.mentions}
    if claim.own & sentence:
        return 0.8
    if claim.own & evidence.statement.around:
        kinds = {claim.kinds.get(i) for i in claim.own}
        rival = any(evidence.kinds.get(i) in kinds for i in evidence.own)
        return 0.2 if rival else 0.6
    if not evidence.own:
        return 0.0
    kinds = {claim.kinds.get(i) for i in claim.own}
    return -1.0 if any(evidence.kinds.get(i) in kinds for i in evidence.own) else 0.0


def _measure(claim: Frame, evidence: Frame) -> float:
    """1 for the same measure, 0.5 for one that the clause names too, -1 for another, else 0."""
    if claim.concept is None or evidence.concept is None:
        return 0.0
    if same_concept(claim.concept, evidence.concept):
        return 1.0
    ours, theirs = _named(claim), _named(evidence)
    if any(same_concept(claim.concept, c) for c in theirs) or any(
        same_concept(evidence.concept, c) for c in ours
    ):
        return 0.5
    if any(same_concept(a, b) for a in _everywhere(claim) for b in _everywhere(evidence)):
        return 0.0
    return -1.0


def _named(one: Frame) -> Collection[str]:
    return one.concepts


def _everywhere(one: Frame) -> frozenset[str]:
    return frozenset(c.id for c in one.statement.concepts)


def _period(claim: Frame, evidence: Frame) -> float:
    """1 for the same period, -1 for another, else 0."""
    if claim.period is None:
        return 0.0
    if evidence.period is not None:
        return 1.0 if periods_meet(claim.period, evidence.period) else -1.0
    published = evidence.statement.published_on
    bounds = days_of(claim.period)
    if published is None or bounds is None:
        return 0.0
    future = evidence.statement.claim is not None and evidence.statement.claim.modality != "stated"
    if published < bounds[0] and not future:
        return -1.0
    return -1.0 if published > bounds[1] + _LATE else 0.0


@cache
def days_of(period: str) -> tuple[date, date] | None:
    """The first and last day of a period in ISO 8601; None for one without a year."""
    first, _, last = period.partition("/")
    begin, end = _days(first), _days(last or first)
    return (begin[0], end[1]) if begin and end else None


def _days(one: str) -> tuple[date, date] | None:
    day = one.partition("T")[0].removeprefix("FY")
    year, _, rest = day.partition("-")
    if len(year) != 4 or not year[:3].isdigit():
        return None
    if not year.isdigit():
        return date(int(year[:3]) * 10, 1, 1), date(int(year[:3]) * 10 + 9, 12, 31)
    number = int(year)
    if not 1 <= number <= 9998:
        return None
    months = {"Q": 3, "H": 6}
    if rest[:1] in months and rest[1:].isdigit():
        size, place = months[rest[0]], int(rest[1:])
        if not 1 <= place <= 12 // size:
            return None
        return date(number, (place - 1) * size + 1, 1), _month_end(number, place * size)
    parts = rest.split("-") if rest else []
    if not all(part.isdigit() for part in parts):
        return None
    if not parts:
        return date(number, 1, 1), date(number, 12, 31)
    month = int(parts[0])
    if not 1 <= month <= 12:
        return date(number, 1, 1), date(number, 12, 31)  # a season
    if len(parts) == 1:
        return date(number, month, 1), _month_end(number, month)
    try:
        exact = date(number, month, int(parts[1]))
    except ValueError:
        return None
    return exact, exact


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def speaker_differs(claim: Statement, evidence: Statement) -> bool:
    """Whether the draft has somebody say what the article has somebody else say.

    A body and the person who speaks for it are not held against each other.
    """
    one, other = claim.speaker_id, evidence.speaker_id
    if one is None or other is None or one == other:
        return False
    kinds = {m.entity_id: m.kind for s in (claim, evidence) for m in s.mentions}
    mixed = {kinds.get(one), kinds.get(other)}
    return mixed != {EntityKind.PERSON, EntityKind.ORGANISATION}


# How well a pair fits -----------------------------------------------------------------------

FEATURES = (
    "near",
    "sentence",
    "clause",
    "across",
    "words",
    "concepts",
    "measure",
    "measure_conflict",
    "subject",
    "subject_conflict",
    "period",
    "period_conflict",
    "keys",
    "key_conflict",
    "company",
    "alone",
    "agrees",
    "precise",
    "same_unit",
    "moves",
)


def features_of(
    claim: Frame,
    evidence: Frame,
    comparison: Comparison,
    *,
    near: float,
    words: float,
    company: float | None,
) -> dict[str, float]:
    """Describe a pair; similarities of sentence and clause are added once they are known.

    Args:
        claim: The draft's.
        evidence: The article's.
        comparison: Of the two numbers.
        near: Cosine of the draft's sentence and the passage.
        words: Weighted share of the sentence's words that the other has too; 0 across languages.
        company: Share of the other figures of the draft's sentence that the evidence's sentence
            states too; None when there are no others.
    """
    one, other = claim.figure, evidence.figure
    subject, measure = _subject(claim, evidence), _measure(claim, evidence)
    timed = one.dimension in TIMED
    period = 0.0 if timed else _period(claim, evidence)
    ours, theirs = _everywhere(claim), _everywhere(evidence)
    agrees = comparison.relation in _AGREE
    return {
        "near": near,
        "sentence": near,
        "clause": near,
        "across": float(
            (claim.statement.language is Language.ZH)
            != (evidence.statement.language is Language.ZH)
        ),
        "words": words,
        "concepts": len(ours & theirs) / len(ours) if ours else 0.0,
        "measure": max(0.0, measure),
        "measure_conflict": float(measure < 0),
        "subject": max(0.0, subject),
        "subject_conflict": float(subject < 0),
        "period": max(0.0, period),
        "period_conflict": float(period < 0),
        "keys": float(bool(claim.keys & evidence.keys)),
        "key_conflict": float(
            bool(claim.keys and evidence.keys and not claim.keys & evidence.keys)
        ),
        "company": company or 0.0,
        "alone": float(company is None),
        "agrees": float(agrees),
        "precise": _digits(one) / 4 if agrees else 0.0,
        "same_unit": float(one.unit == other.unit and one.dimension is other.dimension),
        "moves": _moves(one, other),
    }


def _digits(figure: Figure) -> float:
    """How many digits a number states, at most 4: the more, the rarer a chance meeting."""
    if figure.period is not None and figure.value is None:
        return min(4.0, len(figure.period.replace("-", "").strip("X")) / 2)
    digits = "".join(c for c in str(figure.value) if c.isdigit()).strip("0")
    return float(min(4, len(digits)))


def _moves(one: Figure, other: Figure) -> float:
    """1 when both are changes or both levels, -1 when they are known not to be."""
    if one.dimension in TIMED:
        return 0.0
    changed = [f.relation in _CHANGES for f in (one, other)]
    return 1.0 if changed[0] == changed[1] else -1.0


@cache
def _weights() -> Mapping[str, float]:
    return {name: float(weight) for name, weight in section("checking", "alignment").items()}


def score(features: Mapping[str, float]) -> float:
    """How surely a pair is of the same thing, 0 to 1, by the learned weights."""
    weights = _weights()
    total = weights["bias"] + math.fsum(
        weight * features.get(name, 0.0) for name, weight in weights.items() if name != "bias"
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def share_of_words(claim: Statement, evidence: Statement, weight: Callable[[str], float]) -> float:
    """The weighted share of the draft's words that stand in the evidence; 0 across languages."""
    if (claim.language is Language.ZH) != (evidence.language is Language.ZH):
        return 0.0
    total = math.fsum(weight(term) for term in claim.terms)
    if not total:
        return 0.0
    return math.fsum(weight(term) for term in claim.terms & evidence.terms) / total
