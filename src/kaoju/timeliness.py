"""Whether an article came out when the period that a draft names was its news.

Stocks were 84,000 tonnes in an article of April and 127,000 in one of June; neither sentence names
a month. What a draft says of April is the first one's, though the second one's number agrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kaoju.agreement import opposes
from kaoju.alignment import Pair
from kaoju.frames import TIMED, Frame
from kaoju.judgement import threshold
from kaoju.periods import days_of, periods_meet
from kaoju.succession import of_one_matter
from kaoju.types import Agreement

_SOON = timedelta(days=1)  # after a day an article still speaks of it without naming it
_LONG = timedelta(days=62)  # after a longer period likewise, at most
_MONTH, _YEAR = 32, 360  # days
_BEGUN = 2 / 3  # of a period of several months, before which it has no figures yet


def out_of_time(pair: Pair, pairs: Sequence[Pair]) -> bool:
    """Whether a figure is of another time than a draft's, and another article's is of that time.

    Args:
        pair: With a figure whose sentence names no time.
        pairs: All of the draft's figure.
    """
    claim, evidence = pair.claim, pair.evidence
    if claim.period is None or claim.figure.dimension in TIMED or evidence.former:
        return False
    if not _may_be_of_its_day(evidence) or came_out_then(claim, evidence):
        return False
    return any(
        opposes(p)
        and p.comparison.relation is Agreement.DIFFERENT
        and p.aligned >= threshold("its_time")
        and not p.conflicts
        and p.evidence.figure.dimension is evidence.figure.dimension
        and p.evidence.statement.document_id != evidence.statement.document_id
        and _is_of(claim, p.evidence)
        and of_one_matter(p.evidence, evidence)
        for p in pairs
    )


def _may_be_of_its_day(evidence: Frame) -> bool:
    """Whether a sentence leaves it to its article's day when its figure holds."""
    return evidence.period is None and not any(
        f.dimension in TIMED for f in evidence.statement.figures
    )


def _is_of(claim: Frame, evidence: Frame) -> bool:
    """Whether an article's figure is of the period that a draft names."""
    if evidence.period is not None:
        return claim.period is not None and periods_meet(claim.period, evidence.period)
    return not evidence.former and came_out_then(claim, evidence)


def came_out_then(claim: Frame, evidence: Frame) -> bool:
    """Whether an article came out in the period that a draft names or while it was still news.

    What its sentences speak of by then is as good. A period without a year is of the article's
    or of the one before.
    """
    period, published = claim.period, evidence.statement.published_on
    if period is None or published is None:
        return True  # nothing is known to speak against it
    spoken = evidence.statement.carried
    if spoken is not None and periods_meet(period, spoken):
        return True
    years = (published.year, published.year - 1)
    windows = [_news_of(period.replace("XXXX", str(year))) for year in years]
    return any(w is None or w[0] <= published <= w[1] for w in windows)


def _news_of(period: str) -> tuple[date, date] | None:
    """The days on which a period is news; None for one that is a year or tells no days."""
    bounds = days_of(period)
    if bounds is None:
        return None
    first, last = bounds
    length = last - first
    if length.days >= _YEAR:
        return None
    begun = first if length.days < _MONTH else first + length * _BEGUN
    return begun, last + max(_SOON, min(length, _LONG))
