"""Whether a draft's figure and an article's are of two times by the way they are told.

Profit was 9.2, and 7.5 a year earlier: a draft's first quarter is the one and its first quarter of
last year the other, though neither prints a year. What holds now is not what is still to come.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from kaoju.frames import TIMED, Frame, is_former
from kaoju.lexicon import section
from kaoju.periods import ANY_YEAR, completed, days_of, periods_meet
from kaoju.succession import says_now
from kaoju.text import fold
from kaoju.types import Relation

_CHANGES = frozenset({Relation.BY, Relation.CHANGE})


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(str(section("checking", "tenses")[name]))


def of_other_time(claim: Frame, evidence: Frame, newest: date | None = None) -> bool:
    """Whether the tellings of two figures put them at two times.

    Args:
        claim: The draft's.
        evidence: The article's.
        newest: When the newest of the articles at hand came out: an undated draft, and its last
            year with it, is hardly older.
    """
    if claim.figure.dimension in TIMED or claim.figure.relation in _CHANGES:
        return False
    if _of_before(claim, evidence, newest) or _still_to_come(claim, evidence):
        return True
    return _of_whole_year(claim, evidence) or _of_whole_year(evidence, claim)


_YEAR = 360  # days


def _of_whole_year(one: Frame, other: Frame) -> bool:
    """Whether the clause of one figure speaks of a whole year and the other's of a part of one."""
    days = days_of(other.period.replace("XXXX", ANY_YEAR)) if other.period else None
    if days is None or (days[1] - days[0]).days >= _YEAR or one.period is not None:
        return False
    if is_expected(other):
        return False  # in May it had forecast: the month is not the figure's
    whole = _pattern("whole_year")
    return bool(whole.search(fold(one.clause).text)) and not whole.search(fold(other.clause).text)


def _of_before(claim: Frame, evidence: Frame, newest: date | None) -> bool:
    """Whether one is of the time that an article speaks of and the other of one before."""
    if claim.period is None or claim.former:
        return False
    figure, statement = evidence.figure, evidence.statement
    if figure.relation is Relation.TO and evidence.period is None:
        starts = [f.period for f in statement.figures if f.relation is Relation.FROM and f.period]
        if any(periods_meet(completed(claim.period, p, None), p) for p in starts):
            return True  # from 84% in the first quarter to 79%
    former = figure.relation is Relation.FROM or is_former(statement, figure, timed=True)
    if _pattern("last_year").search(fold(claim.statement.text).text):
        return not former and _is_of_its_year(claim, evidence, newest)
    if not former or (figure.relation is Relation.FROM and evidence.period is not None):
        return False
    spoken = evidence.statement.carried if evidence.period is None else None
    if spoken is None:
        told = [f.period for f in statement.figures if f.period and not is_former(statement, f)]
        spoken = told[0] if told else None
    if spoken is None:
        return False
    return periods_meet(completed(claim.period, spoken, statement.published_on), spoken)


def _is_of_its_year(claim: Frame, evidence: Frame, newest: date | None) -> bool:
    """Whether a figure without a year in the draft is of the year in which its article came out.

    That is no other year than the draft's last where articles of the year after are at hand.
    """
    published = evidence.statement.published_on
    days = days_of(evidence.period) if evidence.period else None
    open_year = claim.period is not None and claim.period.startswith("XXXX-")
    if not open_year or published is None or days is None:
        return False
    return days[0].year == published.year and published.year >= (newest or published).year


def _still_to_come(claim: Frame, evidence: Frame) -> bool:
    """Whether a draft says of now what an article expects."""
    if not says_now(claim):
        return False
    return is_to_come(evidence) and not is_to_come(claim)


def is_expected(one: Frame) -> bool:
    """Whether the clause of a figure says that somebody expects or aims at it."""
    return _pattern("expected").search(fold(one.clause).text) is not None


def is_to_come(one: Frame) -> bool:
    """Whether the clause of a figure says that it is expected or planned."""
    return speaks_of_what_comes(one.clause)


def speaks_of_what_comes(text: str) -> bool:
    """Whether words of a text put something into the time to come: will, 将, expected."""
    return _pattern("to_come").search(fold(text).text) is not None
