"""What has replaced an agreeing figure, and who disagrees with it.

An article's figure holds for its period, or for the day of the article. A draft that names no
time speaks of now: a later figure of the same thing makes its own outdated, one of the same time
from somebody else makes it disputed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from kaoju.alignment import Pair
from kaoju.contrasts import of_two_sides
from kaoju.draft_comparison import compare
from kaoju.frames import TIMED, Frame, across, frame, is_former, like_figures
from kaoju.judgement import Decided, as_sure, same_number, threshold
from kaoju.lexicon import section, words
from kaoju.periods import days_of, periods_meet
from kaoju.speakers import same_voice, voice_of
from kaoju.text import fold, has_han
from kaoju.tokens import query_terms
from kaoju.types import Agreement, Figure, Relation, Status

SAME_TIME = timedelta(days=45)  # articles this near speak of one state, if they name no period
DISPUTED = Decimal(3)  # times from which two sources do not speak of one thing
_LEVELS = frozenset({Relation.LEVEL, Relation.TO, Relation.FROM})


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are levels, or changes, of one kind: one may take the other's place."""
    return (
        one.dimension is other.dimension
        and one.unit == other.unit
        and (one.relation in _LEVELS) == (other.relation in _LEVELS)
    )


def replaced(claim: Frame, support: Sequence[Pair], clean: Sequence[Pair]) -> Decided | None:
    """Outdated, when the newest article that has the figure says what has taken its place.

    From 298.6 to 251.2, or: in May she had forecast 560. Who states the first without saying when
    states the past.
    """
    if not is_of_now(claim) or says_then(claim):
        return None
    likely = [p for p in support if as_sure(p, support[0])]
    likely += [p for p in clean if p not in likely and _goes_from(p)]
    newest = max(likely, key=lambda p: (p.evidence.statement.published_on or date.min, p.score))
    old, statement = newest.evidence.figure, newest.evidence.statement
    if not is_past(newest.evidence):
        return None
    if old.relation is not Relation.FROM and claim.figure.relation not in _LEVELS:
        return None
    stated = {_amount(f) for f in claim.statement.figures}  # it tells of the change itself
    following = [
        f
        for f in statement.figures
        if like_figures(f, old)
        and f.relation in (Relation.TO, Relation.LEVEL)
        and f.value != old.value
        and _amount(f) not in stated
        and not is_former(statement, f)
    ]
    if not following:
        return None
    nearest = min(following, key=lambda f: abs(f.span.start - old.span.start))
    told = frame(statement, nearest)
    after = replace(newest, evidence=told, comparison=compare(claim, told))
    return Decided(claim, Status.OUTDATED, "newer_figure", (*same_number(support), after), after)


def _goes_from(pair: Pair) -> bool:
    """Whether an article says of a rise of the draft's size that its size was cut from there."""
    return (
        pair.comparison.rule == "level_and_change"
        and pair.evidence.figure.relation is Relation.FROM
        and _amount(pair.claim.figure) == _amount(pair.evidence.figure)
        and pair.aligned >= threshold("goes_from")
    )


def is_past(evidence: Frame) -> bool:
    """Whether an article says that a figure of its own was so once: had been, 此前, from."""
    figure, statement = evidence.figure, evidence.statement
    if figure.relation is Relation.FROM or is_former(statement, figure, timed=True):
        return True
    at = figure.span.start - statement.span.start
    before = fold(statement.text[max(0, at - _REACH) : at]).text
    return _past_words(has_han(statement.text)).search(before) is not None


_REACH = 40  # characters before a figure that say that it is past


@cache
def _past_words(chinese: bool) -> re.Pattern[str]:
    return re.compile(str(section("checking", "past")["zh" if chinese else "en"]))


def is_of_now(claim: Frame) -> bool:
    """Whether a draft's figure is said to hold now, or of no time at all."""
    if claim.former or _then().search(fold(claim.statement.text).text):
        return False
    told = {fold(f.surface).text for f in claim.statement.figures if f.dimension in TIMED}
    return told <= {*_now_words(), *words("checking", "now", "year")}


def says_then(claim: Frame) -> bool:
    """Whether a draft speaks of what was so once: 原本, until this spring, had been."""
    folded = fold(claim.statement.text).text
    return any(p.search(folded) for p in (_then(), _once()))


@cache
def _once() -> re.Pattern[str]:
    return re.compile(str(section("checking", "now")["once"]))


@cache
def _then() -> re.Pattern[str]:
    return re.compile(str(section("checking", "now")["then"]))


def against(
    claim: Frame, support: Sequence[Pair], rivals: Sequence[Pair], clean: Sequence[Pair]
) -> Decided | None:
    """Conflicting, when another figure of the same thing and time stands beside the one.

    Args:
        claim: The draft's.
        support: The pairs that agree, the likeliest first.
        rivals: Those that differ and are about as surely of the draft's matter.
        clean: All that nothing speaks against: of them what is worded as the agreeing figure is.
    """
    latest = max(support, key=when)
    agreeing = {p.evidence.statement.document_id for p in support}
    beside = [
        p
        for p in rivals
        if _same_time(p, latest)
        and not far_apart(p, latest, DISPUTED)
        and of_one_matter(p.evidence, latest.evidence)
        and p.evidence.statement.document_id not in agreeing
        and not _told_there(p, agreeing, clean)
    ]
    beside += [p for p in clean if p not in beside and _disputes(p, latest, clean)]
    if beside and voice_of(claim) is None:
        other = max(beside, key=when)
        pairs = (*same_number(support), *beside)
        return Decided(claim, Status.CONFLICTING_SOURCES, "sources_disagree", pairs, other)
    return None


@cache
def revised_words() -> re.Pattern[str]:
    """Words by which a number becomes another."""
    return re.compile(str(section("checking", "past")["revised"]))


def _told_there(rival: Pair, articles: set[str], clean: Sequence[Pair]) -> bool:
    """Whether the agreeing articles state the rival's figure too: then of something else."""
    return any(
        p.evidence.statement.document_id in articles
        and _amount(p.evidence.figure) == _amount(rival.evidence.figure)
        for p in clean
    )


def _differs(one: Pair, other: Pair) -> bool:
    """Whether two figures of articles may be two statements of one measure."""
    return (
        one.comparison.relation is Agreement.DIFFERENT
        and alike(one.evidence.figure, other.evidence.figure)
        and _amount(one.evidence.figure) != _amount(other.evidence.figure)
        and one.evidence.statement.language is other.evidence.statement.language
        and not one.evidence.former
    )


def _disputes(rival: Pair, pair: Pair, clean: Sequence[Pair]) -> bool:
    """Whether somebody else says otherwise of the same time, in an article that tells of both."""
    if not _differs(rival, pair) or not _same_time(rival, pair):
        return False
    if not of_one_matter(rival.evidence, pair.evidence):
        return False
    if _apart_by(rival, pair, clean):
        return True
    one, other = voice_of(pair.evidence), voice_of(rival.evidence)
    return (
        one is not None
        and other is not None
        and not same_voice(one, other)
        and rival.evidence.period == pair.evidence.period
        and (
            rival.evidence.concept == pair.evidence.concept is not None
            or _worded_alike(rival.evidence, pair.evidence)
        )
    )


def _apart_by(rival: Pair, pair: Pair, clean: Sequence[Pair]) -> bool:
    """Whether an article says how far apart they are: 120,000 fewer than the ministry reports."""
    one, other = rival.evidence.figure, pair.evidence.figure
    if one.value is None or other.value is None:
        return False
    gap = abs(one.value - other.value)
    told = {rival.evidence.statement, pair.evidence.statement}
    told |= {
        p.evidence.statement
        for p in clean
        if _amount(p.evidence.figure) in (_amount(one), _amount(other))
    }
    return any(
        f.value == gap and f.unit == one.unit and _reported().search(fold(statement.text).text)
        for statement in told
        for f in statement.figures
    )


@cache
def _reported() -> re.Pattern[str]:
    """What another body says, beside which a figure is set."""
    chinese, english = (words("checking", "reported", language) for language in ("zh", "en"))
    return re.compile(
        rf"比[^,，。;；]{{0,20}}(?:{'|'.join(chinese)})"
        rf"|than [^,.;]{{0,40}}\b(?:{'|'.join(english)})\b"
    )


def of_one_matter(one: Frame, other: Frame) -> bool:
    """Whether two articles, or two sentences of one, are about the same."""
    if of_two_sides(one, other):
        return False
    if one.statement.document_id == other.statement.document_id:
        return True
    if across(one.statement, other.statement):
        return True  # the words of two languages tell nothing
    if one.statement.everywhere & other.statement.everywhere:
        return True
    titles = [query_terms(f.statement.title, characters=False) for f in (one, other)]
    if set(titles[0]) & set(titles[1]):
        return True
    # Of two countries the same may be said in the same words: what they are about tells.
    about = [f.statement.around | f.statement.everywhere for f in (one, other)]
    return not all(about) and _worded_alike(one, other)


_ALIKE = 0.5  # of the words of the longer clause


def _worded_alike(one: Frame, other: Frame) -> bool:
    """Whether the clauses around two figures of articles speak of one measure."""
    if one.concept != other.concept:
        return False
    shared = one.content & other.content
    return bool(shared) and len(shared) >= _ALIKE * max(len(one.content), len(other.content))


def _amount(figure: Figure) -> tuple[Decimal | None, str]:
    return figure.value, figure.unit


def when(pair: Pair) -> date:
    """The day that a figure of an article holds for: the end of its period, else the article's.

    What something fell from held before.
    """
    published = pair.evidence.statement.published_on
    bounds = days_of(pair.evidence.period) if pair.evidence.period else None
    day = published or date.min
    if bounds is not None:
        day = min(bounds[1], published) if published is not None else bounds[1]
    former = pair.evidence.figure.relation is Relation.FROM and day > date.min
    return day - timedelta(days=1) if former else day


def far_apart(one: Pair, other: Pair, most: Decimal) -> bool:
    """Whether two numbers are too many times apart to be two statements of one thing."""
    first, second = one.evidence.figure.value, other.evidence.figure.value
    if not first or not second:
        return False
    return not 1 / most <= second / first <= most


def _same_time(one: Pair, other: Pair) -> bool:
    first, second = one.evidence.period, other.evidence.period
    if first is not None and second is not None:
        return periods_meet(first, second)
    return abs(when(one) - when(other)) <= SAME_TIME


def says_now(claim: Frame) -> bool:
    """Whether a draft says outright that its figure holds at present."""
    return _now().search(fold(claim.statement.text).text) is not None


@cache
def _now_words() -> tuple[str, ...]:
    return (*words("checking", "now", "zh"), *words("checking", "now", "en"))


@cache
def _now() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{w}\b" if w.isascii() else w for w in _now_words()))
