"""Whether a figure of an article speaks of what a figure of a draft speaks of.

A pair of frames is described by few features whose names say what they mean; their weights
are learned (``scripts/learn_checking.py``) and stand in ``lexicon/checking.toml``. What speaks
against a pair outright, another subject, measure, period or key, is told apart from a low
score: the number may then be right of something else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import repeat
from operator import mul

from kaoju import date_limits, likeness
from kaoju.frames import TIMED, Frame, Statement, across
from kaoju.lexicon import section
from kaoju.types import Comparison
from kaoju.word_likeness import Laid


class Conflict(StrEnum):
    """What speaks against two figures being of the same thing."""

    SUBJECT = "subject"
    MEASURE = "measure"
    PERIOD = "period"
    KEY = "key"  # another tenor
    SHARE = "share_of"
    BASE = "per"  # on the year against on the month
    APART = "apart"  # what all share against what each gets, the first prize against the third


@dataclass(frozen=True, slots=True)
class Pair:
    """A draft's figure beside one of an article.

    Attributes:
        claim: The draft's.
        evidence: The article's.
        comparison: Of the two numbers alone, their periods left aside.
        conflicts: What speaks against the two being of the same thing.
        features: What the scores are made of.
        aligned: How surely the two speak of the same thing, 0 to 1, whatever their numbers.
        score: The same with the numbers seen: that they agree, or share their digits, is
            evidence too.
        taken: Whether another figure of the draft's sentence states this very one: then it
            cannot be what this one is said to differ from.
        words: The words of the draft's figure beside those of the articles', and this one's row
            there; of the pairs that are read closely.
        anew: The article's figure laid likewise beside those of other articles that may state
            the same thing anew, the likeliest first; of few pairs, see `kaoju.restating`.
    """

    claim: Frame
    evidence: Frame
    comparison: Comparison
    conflicts: frozenset[Conflict]
    features: dict[str, float] = field(default_factory=dict)
    aligned: float = 0.0
    score: float = 0.0
    taken: bool = False
    words: tuple[Laid, int] | None = None
    anew: tuple[Pair, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the two numbers agree."""
        return self.comparison.relation in likeness.AGREE


# What speaks against a pair ---------------------------------------------------------------


def conflicts_of(claim: Frame, evidence: Frame) -> frozenset[Conflict]:
    """What speaks against two figures being of the same thing."""
    found: set[Conflict] = set()
    if likeness.subject(claim, evidence) < 0:
        found.add(Conflict.SUBJECT)
    if likeness.measure(claim, evidence) < 0:
        found.add(Conflict.MEASURE)
    if claim.figure.dimension not in TIMED and likeness.period(claim, evidence) < 0:
        found.add(Conflict.PERIOD)
    if claim.keys and evidence.keys and not claim.keys & evidence.keys:
        found.add(Conflict.KEY)
    bases = {claim.figure.per, evidence.figure.per}
    if len(bases & _BASES) == 2:
        found.add(Conflict.BASE)
    one, other = claim.figure.share_of, evidence.figure.share_of
    if one and other and _gdp(one) != _gdp(other):
        found.add(Conflict.SHARE)
    return frozenset(found)


_BASES = frozenset({"yoy", "mom", "qoq", "annualised"})


def _gdp(share_of: str) -> bool:
    folded = share_of.lower()
    return folded in ("gdp", "gross domestic product", "国内生产总值")


# How well a pair fits -----------------------------------------------------------------------

FEATURES = (
    "near",
    "sentence",
    "titled",
    "clause",
    "across",
    "timed",
    "words",
    "topic",
    "content",
    "content_behind",
    "clause_content",
    "titled_behind",
    "names",
    "strangers",
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
    "same_unit",
    "moves",
    "role",
    "carried",
    "carried_conflict",
    "former",
    "bound",
    "told",
    "lead",
    "strange",
    "stranger",
    "clause_lead",
    "rivalled",
    "contrast",
    "read",
    "read_lead",
    "answers",
    "unread",
)
# Seen where all is seen at once (`kaoju.trust`), and by neither score.
JUDGED = ("answers_lead", "read_alone", "read_alone_lead", "beside")
AGREEMENT = ("agrees", "digits")  # seen by the score and not by the alignment
# What is known of a pair before anything is read closely; see `sifted`.
SIFTED = (
    "near",
    "titled_behind",
    "across",
    "words",
    "topic",
    "content",
    "content_behind",
    "names",
    "strangers",
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
    "same_unit",
    "moves",
    "role",
    "carried",
    "carried_conflict",
    "former",
)


def _everywhere(one: Frame) -> frozenset[str]:
    return frozenset(c.id for c in one.statement.concepts)


def _share_of_names(claim: Statement, evidence: Statement) -> float:
    """The share of a draft's names that an article has, of those that any article at hand has."""
    heard = claim.heard
    return sum(evidence.document_id in one.articles for one in heard) / len(heard) if heard else 0.0


def features_of(
    claim: Frame,
    evidence: Frame,
    comparison: Comparison,
    *,
    near: float,
    words: float,
    topic: float,
    content: float,
    company: float | None,
) -> dict[str, float]:
    """Describe a pair; similarities of sentence and clause are added once they are known.

    Args:
        claim: The draft's.
        evidence: The article's.
        comparison: Of the two numbers.
        near: Cosine of the draft's sentence and the passage.
        words: Weighted share of the sentence's words that the other has too; 0 across languages.
        topic: The same with the words of the article's title and passage.
        content: See `share_of_content`, of the two sentences.
        company: Share of the other figures of the draft's sentence that the evidence's sentence
            states too; None when there are no others.
    """
    one, other = claim.figure, evidence.figure
    digits = likeness.same_digits(claim, evidence)
    subject, measure = likeness.subject(claim, evidence), likeness.measure(claim, evidence)
    timed = one.dimension in TIMED
    period = 0.0 if timed else likeness.period(claim, evidence)
    carried = 0.0 if timed or abs(period) == 1 else likeness.carried(claim, evidence)
    if carried < 0:
        period = min(period, 0.0)
    ours, theirs = _everywhere(claim), _everywhere(evidence)
    heard = claim.statement.heard
    named = _share_of_names(claim.statement, evidence.statement)
    return {
        "near": near,
        "sentence": near,
        "titled": near,
        "clause": near,
        "across": float(across(claim.statement, evidence.statement)),
        "timed": float(timed),
        "words": words,
        "topic": topic,
        "content": content,
        "content_behind": 0.0,
        "clause_content": content,
        "titled_behind": 0.0,
        "names": named,
        "strangers": float(bool(heard) and not named),
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
        "agrees": likeness.agreement(comparison, digits),
        "digits": digits,
        "same_unit": float(
            one.unit == other.unit
            and (one.dimension is other.dimension or {one.dimension, other.dimension} <= TIMED)
        ),
        "moves": likeness.moves(one, other),
        "role": date_limits.alike(claim, evidence) if timed else likeness.role(one, other),
        "carried": max(0.0, carried),
        "carried_conflict": max(0.0, -carried),
        "former": 0.0 if timed or period else likeness.former(claim, evidence),
        # How the words around the figures fit is told by `kaoju.binding`, of few pairs.
        "bound": 0.0,
        "told": 0.0,
        "lead": 0.0,
        "strange": 0.0,
        "stranger": 0.0,
        "clause_lead": 0.0,
        "rivalled": 0.0,
        "contrast": 0.0,
    }


# How far a pair is behind the best of its figure's, by what both are likened by.
_BEHIND = {"content_behind": "content", "titled_behind": "titled"}


def ranked(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs of one figure, scored with how far each is behind the best of its language."""
    return _scored_by(pairs, "alignment", "agreement")


def _scored_by(pairs: Sequence[Pair], alignment: str, agreement: str) -> list[Pair]:
    best: dict[tuple[float, str], float] = {}
    for pair in pairs:
        for of in _BEHIND.values():
            key = pair.features["across"], of
            best[key] = max(best.get(key, -math.inf), pair.features[of])
    found = []
    for pair in pairs:
        features = dict(pair.features)
        for name, of in _BEHIND.items():
            features[name] = features[of] - best[features["across"], of]
        aligned, score = _logistic(features, alignment), _logistic(features, agreement)
        found.append(replace(pair, features=features, aligned=aligned, score=score))
    return found


@cache
def weights(table: str) -> Mapping[str, float]:
    """The learned weights of a table of ``lexicon/checking.toml``, by feature."""
    return {name: float(weight) for name, weight in section("checking", table).items()}


def scored(pair: Pair) -> Pair:
    """The pair with both its scores, by the learned weights."""
    return replace(
        pair, aligned=aligned(pair.features), score=_logistic(pair.features, "agreement")
    )


def aligned(features: Mapping[str, float]) -> float:
    """How surely a pair of these features speaks of the same thing, see `Pair.aligned`."""
    return _logistic(features, "alignment")


def sifted(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs of one figure with scores by which some are chosen to be read closely.

    What is not read yet says nothing of a pair; learned with it, what is left weighs otherwise.
    """
    return _scored_by(pairs, "sift", "sift_agreement")


def _logistic(features: Mapping[str, float], table: str) -> float:
    names, each, bias = _columns(table)
    # Some hundred thousand times for a long draft: mapped, this takes a third of the time.
    total = bias + math.fsum(map(mul, each, map(features.get, names, repeat(0.0))))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _columns(table: str) -> tuple[tuple[str, ...], tuple[float, ...], float]:
    """The names of a table's features, their weights and the bias."""
    held = dict(weights(table))
    bias = held.pop("bias")
    return tuple(held), tuple(held.values()), bias
