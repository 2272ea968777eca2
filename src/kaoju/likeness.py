"""How far two frames are of one thing, aspect by aspect: whose, which measure, when, how it moves.

Each tells from 1, the same, over 0, not told, to -1, another. What they are worth together,
`kaoju.alignment` says.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from kaoju import time_words
from kaoju.concepts import rival_concepts, same_concept
from kaoju.frames import TIMED, Frame, across
from kaoju.periods import completed, days_of, is_a_month, other_length, periods_meet
from kaoju.text import fold, has_han
from kaoju.types import Agreement, Comparison, Dimension, Figure, Modality, Relation, Span

AGREE = frozenset({Agreement.SAME, Agreement.COMPATIBLE})
_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_SOON = timedelta(days=4)  # after a day an article still speaks of it as its news
_LATE = timedelta(days=400)  # after a period an article still speaks of it without naming it


def subject(claim: Frame, evidence: Frame) -> float:
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
    if _is_overheard(ours, evidence) or _is_overheard(theirs, claim):
        return False
    return not any(alike(a, b) for a in ours for b in theirs)


def _is_overheard(names: list[str], told: Frame) -> bool:
    """Whether a sentence prints a name where none was found, so that it may well be of that."""
    statement = told.statement
    found = [m.span.shift(-statement.span.start) for m in statement.mentions]
    printed = (
        Span(m.start(), m.end())
        for name in names
        for m in re.finditer(re.escape(name), statement.text)
    )
    return any(not any(other.contains(span) for other in found) for span in printed)


def alike(one: str, other: str) -> bool:
    """Whether two names of one language begin alike, or one holds the other."""
    a, b = fold(one).text.strip(), fold(other).text.strip()
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    size = 2 if has_han(a) else max(4, len(a.partition(" ")[0]))
    return a[:size] == b[:size]


def measure(claim: Frame, evidence: Frame) -> float:
    """1 for the same measure, 0.5 for one that the clause names too, -1 for a rival, else 0."""
    if claim.concept is None or evidence.concept is None:
        return 0.0
    if same_concept(claim.concept, evidence.concept):
        return 1.0
    if any(same_concept(claim.concept, c) for c in evidence.concepts) or any(
        same_concept(evidence.concept, c) for c in claim.concepts
    ):
        return 0.5
    if claim.figure.dimension is evidence.figure.dimension is Dimension.DURATION:
        return 0.0  # how long it takes is of neither: ten weeks behind with deliveries
    return -1.0 if rival_concepts(claim.concept, evidence.concept) else 0.0


def period(claim: Frame, evidence: Frame) -> float:
    """1 for the same period, -1 for another, else 0.

    An article speaks of its own day when it names no other: a draft's day or month is held
    against the day of publication then.
    """
    if claim.period is None:
        return 0.0
    published = evidence.statement.published_on
    ours = completed(claim.period, evidence.period or "", published)
    theirs = [f.period for f in evidence.statement.figures if f.dimension in TIMED and f.period]
    named = any(periods_meet(ours, p) for p in theirs)
    if evidence.period is not None:
        met = periods_meet(ours, evidence.period)
        if met and not other_length(ours, evidence.period):
            return 1.0
        own = any(periods_meet(ours, p) and not other_length(ours, p) for p in theirs)
        if own and not _another_holds(ours, evidence):
            return 0.0  # the sentence names the draft's day too, and has no other number of it
        if met:
            kept = _of_one_month(claim, evidence) or _over_the_year(claim, evidence, ours)
            if kept or _to_the_end(claim, evidence, ours):
                return 0.0
            return -1.0
        # Both sentences name both days: which figure is of which is not told.
        both = named and any(
            f.dimension in TIMED and f.period and periods_meet(f.period, evidence.period)
            for f in claim.statement.figures
        )
        return 0.0 if both else -1.0
    if named:
        return 0.0 if evidence.figure.relation is Relation.FROM else 0.5
    bounds = days_of(ours)
    if published is None or bounds is None:
        return 0.0
    told = evidence.statement.claim
    if published < bounds[0] and (told is None or told.modality is Modality.STATED):
        # A draft's July without a year may be the last one as well as the next.
        return 0.0 if claim.period.startswith("XXXX") else -1.0
    long = bounds[1] - bounds[0]
    if published <= bounds[1] + max(_SOON, long / 2):
        return 0.5
    # What something came from may be of any time before.
    return -1.0 if published > bounds[1] + _LATE and not evidence.former else 0.0


def _of_one_month(claim: Frame, evidence: Frame) -> bool:
    """Whether one is of a month and the other of one that it tells by what it was: the busiest."""
    for one, other in ((claim, evidence), (evidence, claim)):
        if other.period and is_a_month(other.period) and not is_a_month(one.period or ""):
            at = one.figure.span.start - one.statement.span.start
            if time_words.picks_a_month(fold(one.statement.text[:at]).text):
                return True
    return False


_SHARES = frozenset({Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.RATIO})
_YEAR = 364  # days
_BETWEEN = re.compile(r"(?<![a-z])between(?![a-z])")


def _over_the_year(claim: Frame, evidence: Frame, period: str) -> bool:
    """Whether a rate over the year to a month is what is told of that month: prices, up 3.6%.

    What changed between two months is likewise told of the second.
    """
    if claim.figure.dimension not in _SHARES or evidence.period is None:
        return False
    one, other = days_of(period), days_of(evidence.period)
    if one is None or other is None or one[1] != other[1]:
        return False
    if max(one[1] - one[0], other[1] - other[0]).days >= _YEAR:
        if min(one[1] - one[0], other[1] - other[0]).days > 31:
            return False
        return "/" in period or "/" in evidence.period
    longer = claim if one[0] < other[0] else evidence
    return _BETWEEN.search(fold(longer.statement.text).text) is not None


def _to_the_end(claim: Frame, evidence: Frame, period: str) -> bool:
    """Whether a change over a stretch is what is told of its end, beside its beginning.

    From October to January it fell by 0.34 points, and in January it was that much lower than in
    October; from one month to the next is what is told of the second on the month.
    """
    if evidence.period is None or not {claim.figure.relation, evidence.figure.relation} <= _CHANGES:
        return False
    one, other = days_of(period), days_of(evidence.period)
    if one is None or other is None or one[1] != other[1] or one[0] == other[0]:
        return False
    longer, shorter = (claim, evidence) if one[0] < other[0] else (evidence, claim)
    stretch = period if one[0] < other[0] else evidence.period
    begin, _, last = stretch.partition("/")
    if not is_a_month(begin) or not is_a_month(last):
        return False
    if shorter.figure.per == "mom":
        return longer.figure.per in (None, "mom") and days_of(begin) == _month_before(last)
    named = [f.period for f in shorter.statement.figures if f.dimension in TIMED and f.period]
    return any(periods_meet(begin, p) and not periods_meet(last, p) for p in named)


def _month_before(month: str) -> tuple[date, date] | None:
    bounds = days_of(month)
    return None if bounds is None else days_of(f"{bounds[0] - timedelta(days=1):%Y-%m}")


def _another_holds(period: str, evidence: Frame) -> bool:
    """Whether another number of the evidence's sentence is of a period."""
    return any(
        f is not evidence.figure
        and f.dimension not in TIMED
        and f.period is not None
        and periods_meet(period, f.period)
        for f in evidence.statement.figures
    )


def carried(claim: Frame, evidence: Frame) -> float:
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


def former(claim: Frame, evidence: Frame) -> float:
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


_TIGHT = ("equal", "converted", "zone", "rounding", "period_within")


def agreement(comparison: Comparison, digits: float) -> float:
    """1 for numbers that are the same or round to it, less where a loose one is only kept."""
    if comparison.relation not in AGREE:
        return 0.0
    tight = digits > 0 or comparison.rule in _TIGHT
    if comparison.rule in ("about", "nearly") and comparison.factor is not None:
        tight = tight or abs(comparison.factor - 1) <= _ROUNDED
    return 1.0 if tight else _LOOSE


_ROUNDED = Decimal("0.05")  # about 400 for 380 is a number rounded, as about 400 for 300 is not


def role(one: Figure, other: Figure) -> float:
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
        ours, theirs = _days_and_hours(one), _days_and_hours(other)
        told = one.period or ""
        return 0.5 if ours & theirs and (told[:1] == "T" or len(told) >= _DATED) else 0.0
    same = claim.digits and claim.digits == evidence.digits
    return min(4, len(claim.digits)) / 4 if same else 0.0


_DATED = len("2026-03")  # a year alone is no date


def _days_and_hours(figure: Figure) -> frozenset[str]:
    """The day of a date, or both of an interval's; the hour of what has no day."""
    parts = [part.partition("T") for part in (figure.period or "").split("/")]
    if all(hour and not day for day, _, hour in parts):
        return frozenset(hour[:5] for _, _, hour in parts)
    if len(parts) > 1 and any(day.count("-") < 2 for day, _, _ in parts):
        parts = parts[1:]
    return frozenset(day[-5:] for day, _, _ in parts if day)


def moves(one: Figure, other: Figure) -> float:
    """1 when both are changes or both levels, -1 when they are known not to be."""
    if one.dimension in TIMED:
        return 0.0
    changed = [f.relation in _CHANGES for f in (one, other)]
    return 1.0 if changed[0] == changed[1] else -1.0
