"""Whether a figure of an article speaks of what a figure of a draft speaks of.

A pair of frames is described by few features whose names say what they mean; their weights
are learned (``scripts/learn_checking.py``) and stand in ``lexicon/checking.toml``. What speaks
against a pair outright, another subject, measure, period or key, is told apart from a low
score: the number may then be right of something else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from functools import cache

from kaoju.concepts import rival_concepts, same_concept
from kaoju.frames import TIMED, Frame, Statement, across
from kaoju.lexicon import section
from kaoju.periods import completed, days_of, other_length, periods_meet
from kaoju.text import fold, has_han
from kaoju.types import (
    Agreement,
    Comparison,
    EntityKind,
    Figure,
    Modality,
    Relation,
)
from kaoju.word_translations import words_for

_AGREE = frozenset({Agreement.SAME, Agreement.COMPATIBLE})
_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_SOON = timedelta(days=4)  # after a day an article still speaks of it as its news
_LATE = timedelta(days=400)  # after a period an article still speaks of it without naming it


class Conflict(StrEnum):
    """What speaks against two figures being of the same thing."""

    SUBJECT = "subject"
    MEASURE = "measure"
    PERIOD = "period"
    KEY = "key"  # another tenor
    SHARE = "share_of"
    BASE = "per"  # on the year against on the month


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
    """

    claim: Frame
    evidence: Frame
    comparison: Comparison
    conflicts: frozenset[Conflict]
    features: dict[str, float] = field(default_factory=dict)
    aligned: float = 0.0
    score: float = 0.0
    taken: bool = False

    @property
    def agrees(self) -> bool:
        """Whether the two numbers agree."""
        return self.comparison.relation in _AGREE


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


def _subject(claim: Frame, evidence: Frame) -> float:
    """1 for a shared subject, 0.6 for one that the context gives, -1 for another one, else 0."""
    if not claim.own:
        return 0.0
    if claim.own & evidence.own:
        return 1.0
    sentence = {m.entity_id for m in evidence.statement.mentions}
    if claim.own & sentence:
        return 0.8
    rival = bool(evidence.own) and _rivals(claim, evidence)
    if rival and evidence.agents:
        return -1.0
    if claim.own & evidence.statement.around:
        return 0.2 if rival else 0.6
    if claim.own & evidence.statement.everywhere:
        return 0.1 if rival else 0.4
    return -1.0 if rival else 0.0


def _rivals(claim: Frame, evidence: Frame) -> bool:
    """Whether the evidence has a subject of the kind of the draft's that is another one.

    Across languages only of an entity that the shelf names in both can that be said, and a name
    that shares its first word with the other may well be the same.
    """
    if across(claim.statement, evidence.statement) and not claim.own & claim.statement.bilingual:
        return False
    kinds = {claim.kinds.get(i) for i in claim.own}
    if not any(evidence.kinds.get(i) in kinds for i in evidence.own):
        return False
    ours = [m.surface for m in claim.statement.mentions if m.entity_id in claim.own]
    theirs = [m.surface for m in evidence.statement.mentions if m.entity_id in evidence.own]
    return not any(alike(a, b) for a in ours for b in theirs)


def alike(one: str, other: str) -> bool:
    """Whether two names of one language begin alike, or one holds the other."""
    a, b = fold(one).text.strip(), fold(other).text.strip()
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    size = 2 if has_han(a) else max(4, len(a.partition(" ")[0]))
    return a[:size] == b[:size]


def _measure(claim: Frame, evidence: Frame) -> float:
    """1 for the same measure, 0.5 for one that the clause names too, -1 for a rival, else 0."""
    if claim.concept is None or evidence.concept is None:
        return 0.0
    if same_concept(claim.concept, evidence.concept):
        return 1.0
    if any(same_concept(claim.concept, c) for c in evidence.concepts) or any(
        same_concept(evidence.concept, c) for c in claim.concepts
    ):
        return 0.5
    return -1.0 if rival_concepts(claim.concept, evidence.concept) else 0.0


def _everywhere(one: Frame) -> frozenset[str]:
    return frozenset(c.id for c in one.statement.concepts)


def _period(claim: Frame, evidence: Frame) -> float:
    """1 for the same period, -1 for another, else 0.

    An article speaks of its own day when it names no other: a draft's day or month is held
    against the day of publication then.
    """
    if claim.period is None:
        return 0.0
    published = evidence.statement.published_on
    ours = completed(claim.period, evidence.period or "", published)
    theirs = [f.period for f in evidence.statement.figures if f.dimension in TIMED and f.period]
    if evidence.period is not None:
        if periods_meet(ours, evidence.period):
            return -1.0 if other_length(ours, evidence.period) else 1.0
        # Both sentences name both days: which figure is of which is not told.
        both = any(periods_meet(ours, p) for p in theirs) and any(
            f.dimension in TIMED and f.period and periods_meet(f.period, evidence.period)
            for f in claim.statement.figures
        )
        return 0.0 if both else -1.0
    if any(periods_meet(ours, p) for p in theirs):
        return 0.5
    bounds = days_of(ours)
    if published is None or bounds is None:
        return 0.0
    told = evidence.statement.claim
    if published < bounds[0] and (told is None or told.modality is Modality.STATED):
        return -1.0
    long = bounds[1] - bounds[0]
    if published <= bounds[1] + max(_SOON, long / 2):
        return 0.5
    return -1.0 if published > bounds[1] + _LATE else 0.0


def speaker_differs(claim: Statement, evidence: Statement) -> bool:
    """Whether the draft has somebody say what the article has somebody else say.

    A body and the person who speaks for it are not held against each other.
    """
    kinds = {m.entity_id: m.kind for s in (claim, evidence) for m in s.mentions}
    one, other = claim.speaker_id, evidence.speaker_id
    if one is None or other is None or one == other:
        return False
    if {kinds.get(one), kinds.get(other)} == {EntityKind.PERSON, EntityKind.ORGANISATION}:
        return False
    return not alike(claim.speaker or "", evidence.speaker or "")


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
)
AGREEMENT = ("agrees", "digits")  # seen by the score and not by the alignment


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
    digits = same_digits(claim, evidence)
    subject, measure = _subject(claim, evidence), _measure(claim, evidence)
    timed = one.dimension in TIMED
    period = 0.0 if timed else _period(claim, evidence)
    carried = 0.0 if timed or abs(period) == 1 else _carried(claim, evidence)
    if carried < 0:
        period = min(period, 0.0)
    ours, theirs = _everywhere(claim), _everywhere(evidence)
    named = {m.entity_id for m in claim.statement.mentions if m.entity_id}
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
        "names": len(named & evidence.statement.everywhere) / len(named) if named else 0.0,
        "strangers": float(bool(named) and not named & evidence.statement.everywhere),
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
        "agrees": _agreement(comparison, digits),
        "digits": digits,
        "same_unit": float(one.unit == other.unit and one.dimension is other.dimension),
        "moves": _moves(one, other),
        "role": _role(one, other),
        "carried": max(0.0, carried),
        "carried_conflict": max(0.0, -carried),
        "former": 0.0 if timed or period else _former(claim, evidence),
        # How the words around the figures fit is told by `kaoju.binding`, of few pairs.
        "bound": 0.0,
        "told": 0.0,
        "lead": 0.0,
        "strange": 0.0,
        "stranger": 0.0,
        "clause_lead": 0.0,
        "rivalled": 0.0,
    }


def _carried(claim: Frame, evidence: Frame) -> float:
    """Whether the period that the sentences before speak of is the draft's: 1, -1 or 0."""
    spoken = evidence.statement.carried
    if claim.period is None or evidence.period is not None or spoken is None or evidence.former:
        return 0.0
    if any(f.dimension in TIMED for f in evidence.statement.figures):
        return 0.0
    ours = completed(claim.period, spoken, evidence.statement.published_on)
    if periods_meet(ours, spoken):
        return 0.5 if other_length(ours, spoken) else 1.0
    return -1.0


def _former(claim: Frame, evidence: Frame) -> float:
    """1 when one is of a time before and the other of the time that its article speaks of."""
    past = claim.former
    spoken = evidence.statement.carried
    stated = [
        f.period
        for f in evidence.statement.figures
        if f.dimension not in TIMED and f.period and f is not evidence.figure
    ]
    spoken = stated[0] if stated else spoken
    if claim.period is not None and spoken is not None and not past:
        ours = completed(claim.period, spoken, evidence.statement.published_on)
        one, other = days_of(ours), days_of(spoken)
        past = one is not None and other is not None and one[1] < other[0]
    return float(past is not evidence.former)


_LOOSE = 0.3  # what a bound or range that is kept says, beside the same number


def _agreement(comparison: Comparison, digits: float) -> float:
    """1 for numbers that are the same or round to it, less where a loose one is only kept."""
    if comparison.relation not in _AGREE:
        return 0.0
    tight = digits > 0 or comparison.rule in ("equal", "zone", "rounding", "period_within")
    return 1.0 if tight else _LOOSE


def _role(one: Figure, other: Figure) -> float:
    """1 when both are what something came from, or what it came to; -1 when one is each."""
    ends = {Relation.FROM, Relation.TO}
    if one.relation not in ends or other.relation not in ends:
        return 0.0
    return 1.0 if one.relation is other.relation else -1.0


def same_digits(claim: Frame, evidence: Frame) -> float:
    """How many digits two numbers share, all of them, whatever their scale: a quarter each.

    0 when they differ or state different digits, at most 1; for dates that agree in day and
    month likewise. The more digits, the rarer a chance meeting.
    """
    one, other = claim.figure, evidence.figure
    if one.dimension in TIMED or other.dimension in TIMED:
        days = {f.period.partition("T")[0][-5:] for f in (one, other) if f.period}
        return 0.5 if len(days) == 1 and len(one.period or "") >= 7 else 0.0
    same = claim.digits and claim.digits == evidence.digits
    return min(4, len(claim.digits)) / 4 if same else 0.0


def _moves(one: Figure, other: Figure) -> float:
    """1 when both are changes or both levels, -1 when they are known not to be."""
    if one.dimension in TIMED:
        return 0.0
    changed = [f.relation in _CHANGES for f in (one, other)]
    return 1.0 if changed[0] == changed[1] else -1.0


# How far a pair is behind the best of its figure's, by what both are likened by.
_BEHIND = {"content_behind": "content", "titled_behind": "titled"}


def ranked(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs of one figure with how far each is behind the best of its language."""
    found = []
    for pair in pairs:
        features = dict(pair.features)
        like = [p.features for p in pairs if p.features["across"] == features["across"]]
        for name, of in _BEHIND.items():
            features[name] = features[of] - max(f[of] for f in like)
        found.append(replace(pair, features=features))
    return found


@cache
def weights(table: str) -> Mapping[str, float]:
    """The learned weights of a table of ``lexicon/checking.toml``, by feature."""
    return {name: float(weight) for name, weight in section("checking", table).items()}


def scored(pair: Pair) -> Pair:
    """The pair with both its scores, by the learned weights."""
    return replace(
        pair,
        aligned=_logistic(pair.features, weights("alignment")),
        score=_logistic(pair.features, weights("agreement")),
    )


def _logistic(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = weights["bias"] + math.fsum(
        weight * features.get(name, 0.0) for name, weight in weights.items() if name != "bias"
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def share_of_words(
    claim: Statement,
    evidence: Statement,
    held: frozenset[str],
    weight: Callable[[str], float],
) -> float:
    """The weighted share of the draft's words that are among those held; 0 across languages."""
    if across(claim, evidence):
        return 0.0
    total = math.fsum(weight(term) for term in claim.terms)
    if not total:
        return 0.0
    return math.fsum(weight(term) for term in claim.terms & held) / total


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a draft's sentence with their weights, and what stands for them elsewhere.

    ``own`` is for sentences of its language, ``other`` for those of the other one; a word that
    nothing is known to stand for is left out there.
    """

    own: tuple[tuple[float, str], ...]
    other: tuple[tuple[float, tuple[tuple[str, float], ...]], ...]


def wanted_of(terms: frozenset[str], weight: Callable[[str], float]) -> Wanted:
    """The words to look for.

    Args:
        terms: Of the draft's sentence, without names and figures.
        weight: How much a word tells, of either language.
    """
    own = tuple((weight(term), term) for term in sorted(terms))
    other = []
    for term in sorted(terms):
        told = words_for(term)
        if told:
            # As telling as its likeliest translation is here.
            other.append((weight(told[0][0]), told))
    return Wanted(own, tuple(other))


def share_of_content(wanted: Wanted, held: frozenset[str], *, across: bool) -> float:
    """The weighted share of a sentence's words that others hold, or words that stand for them."""
    if not across:
        total = math.fsum(w for w, _ in wanted.own)
        return math.fsum(w for w, term in wanted.own if term in held) / total if total else 0.0
    total = math.fsum(w for w, _ in wanted.other)
    if not total:
        return 0.0
    found = math.fsum(
        w * next((min(1.0, sure / _SURE) for term, sure in told if term in held), 0.0)
        for w, told in wanted.other
    )
    return found / total


_SURE = 0.4  # the chance from which a word that stands for another counts in full
