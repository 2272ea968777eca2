"""A figure that an article itself takes back: nine vessels, not 15; corrected to 121% from 118%.

Such a sentence states the old number and the new one. What it takes back holds no longer, for the
period it was said of as for now, whichever article a draft has it from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from kaoju.alignment import Pair
from kaoju.draft_comparison import compare
from kaoju.frames import TIMED, Frame, Statement, frame, like_figures
from kaoju.judgement import Decided, same_number
from kaoju.lexicon import section
from kaoju.periods import periods_meet
from kaoju.succession import is_of_now, of_one_matter, says_then
from kaoju.text import fold, has_han
from kaoju.types import Figure, Relation, Status


def taken_back(claim: Frame, support: Sequence[Pair], pairs: Sequence[Pair]) -> Decided | None:
    """Outdated, where an article states a draft's figure only to put another in its place.

    Args:
        claim: The draft's.
        support: The pairs that agree and are likely of one thing.
        pairs: All of the draft's figure.
    """
    if claim.former or says_then(claim) or _tells_of_then(claim):
        return None
    read = [p.evidence for p in pairs] + [a.evidence for p in pairs for a in p.anew]
    stated = {(one.statement.document_id, one.statement.span): one.statement for one in read}
    back = [found for statement in stated.values() for found in _taken_back(statement)]
    if not back:
        return None
    told = {_stated(f) for f in claim.statement.figures}
    for own in sorted(support, key=lambda p: -p.score):
        for old, new in back:
            if _is_of(own, old) and _holds_for(claim, old) and _stated(new.figure) not in told:
                other = replace(own, evidence=new, comparison=compare(claim, new), anew=())
                same = (own, *(p for p in same_number(support) if p is not own))
                return Decided(claim, Status.OUTDATED, "newer_figure", (*same, other), other)
    return None


def _stated(figure: Figure) -> tuple[object, ...]:
    period = figure.period if figure.dimension in TIMED else None
    return figure.value, figure.upper, figure.unit, period


def _tells_of_then(claim: Frame) -> bool:
    """Whether a draft has somebody say what was to come: she estimated that it would cost 5."""
    return _words(chinese=False)["told"].search(fold(claim.statement.text).text) is not None


def _is_of(own: Pair, old: Frame) -> bool:
    """Whether what is taken back is what agrees with a draft, there or in an earlier article."""
    one, two = own.evidence, old
    if one.figure.span == two.figure.span and one.statement.span == two.statement.span:
        return one.statement.document_id == two.statement.document_id
    first, second = (f.statement.published_on or date.min for f in (one, two))
    return (
        first < second
        and (one.figure.value, one.figure.upper, one.figure.unit)
        == (two.figure.value, two.figure.upper, two.figure.unit)
        and (
            one.figure.dimension is two.figure.dimension
            if one.figure.dimension not in TIMED
            else two.figure.dimension in TIMED and _on_one_day(one.figure, two.figure)
        )
        and bool(one.statement.everywhere & two.statement.everywhere)
        and of_one_matter(one, two)
    )


def _on_one_day(one: Figure, old: Figure) -> bool:
    """Whether a date is the one that is put off, as an end of the time that it was to be, too."""
    if one.period == old.period:
        return True
    day, _, hour = (old.period or "").partition("T")
    for part in (one.period or "").split("/"):
        own, _, at = part.partition("T")
        years = {own[:4], day[:4]} - {"XXXX"}
        if day.count("-") > 1 and own[4:] == day[4:] and len(years) < len((own, day)):
            return not (hour and at) or hour[:5] == at[:5]
    return False


def _holds_for(claim: Frame, old: Frame) -> bool:
    """Whether a draft speaks of now, or of no time but the one of which the figure was said."""
    if is_of_now(claim):
        return True
    if claim.figure.dimension in TIMED:
        return {f.period for f in claim.statement.figures if f.dimension in TIMED} == {
            claim.figure.period
        }
    named = {f.period for f in claim.statement.figures if f.dimension in TIMED}
    return named == {claim.period} and (
        old.period is None or claim.period is None or periods_meet(claim.period, old.period)
    )


def _taken_back(statement: Statement) -> Iterator[tuple[Frame, Frame]]:
    """The figures that a sentence takes back, each with the one that it puts in its place."""
    words = _words(has_han(statement.text))
    for old in statement.figures:
        at = old.span.shift(-statement.span.start)
        head = fold(statement.text[: at.start]).text
        tail = fold(statement.text[at.end :]).text
        if words["instead"].search(head) and not words["of_others"].match(tail):
            new = [f for f in statement.figures if f.span.end <= old.span.start and _like(f, old)]
            if new:
                yield frame(statement, old), frame(statement, new[-1])
            continue
        after = [f for f in statement.figures if f.span.start >= old.span.end and _like(f, old)]
        between = tail[: after[0].span.start - old.span.end] if after else ""
        moved = old.dimension in TIMED and words["moved"].match(f"{head}\0{between}")
        if after and (moved or words["corrected"].match(f"{head}\0{between}")):
            yield frame(statement, old), frame(statement, after[0])
        before = [f for f in statement.figures if f.span.end <= old.span.start and _like(f, old)]
        if before and old.relation is Relation.FROM and words["corrects"].search(head):
            yield frame(statement, old), frame(statement, before[-1])


def _like(one: Figure, other: Figure) -> bool:
    if other.dimension in TIMED:
        return one.dimension in TIMED and one.period != other.period
    return (
        like_figures(one, other)
        and (one.value, one.upper) != (other.value, other.upper)
        and (one.unit == other.unit or "" in (one.unit, other.unit))
    )


@cache
def _words(chinese: bool) -> dict[str, re.Pattern[str]]:
    table = section("checking", "takebacks")
    ending = "zh" if chinese else "en"
    names = ("instead", "of_others", "corrected", "corrects", "told")
    found = {name: re.compile(str(table.get(f"{ending}_{name}", "(?!)"))) for name in names}
    return {**found, "moved": re.compile(str(section("limits", ending)["puts_off"]))}
