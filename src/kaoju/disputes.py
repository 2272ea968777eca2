"""Two figures of one thing that an article sets beside each other, each from somebody else.

The company says that 2,900 jobs will go; the union puts it at 3,450. The second clause seldom
repeats what it measures: the words before its figure say that somebody counts otherwise, and what
is counted stands with the first. So the one that fits a draft less well borrows from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kaoju.alignment import Conflict, Pair
from kaoju.contrasts import of_two_sides
from kaoju.draft_comparison import compare
from kaoju.frames import TIMED, Frame, Statement, frame
from kaoju.judgement import Decided, same_number, threshold
from kaoju.lexicon import section
from kaoju.periods import other_length, periods_meet
from kaoju.speakers import voice_of
from kaoju.succession import DISPUTED, alike, far_apart
from kaoju.text import fold, has_han
from kaoju.tokens import query_terms
from kaoju.types import Agreement, Comparison, Figure, Relation, Span, Status

_SOON, _SOON_HAN = 200, 70  # characters after which it still answers, where it repeats the measure
_NEXT = 2  # characters between two sentences of which the one follows the other
_OF_SPEAKERS = frozenset({Conflict.SUBJECT, Conflict.MEASURE})  # whose it is seems to be who speaks


def disputed(claim: Frame, pairs: Sequence[Pair]) -> Decided | None:
    """Conflicting, where the article that has a draft's figure gives another one's beside it.

    Args:
        claim: The draft's. One that says whose figure it is takes no side.
        pairs: All of the draft's figure.
    """
    if claim.figure.dimension in TIMED or voice_of(claim) is not None:
        return None
    places = {(p.evidence.statement.document_id, p.evidence.figure.span): p for p in pairs}
    read = [p.evidence for p in pairs] + [a.evidence for p in pairs for a in p.anew]
    stated = {_place(one.statement): one.statement for one in read}
    found: list[tuple[float, Pair, Pair]] = []
    for own in pairs:
        if not own.agrees or not own.evidence.printed or own.conflicts - _OF_SPEAKERS:
            continue
        for told in beside(own.evidence, list(stated.values())):
            other = places.get((told.statement.document_id, told.figure.span))
            if other is None:
                other = replace(own, evidence=told, aligned=0.0, anew=())
            other = replace(other, comparison=_compared(claim, told))
            if _takes_sides(claim, own, other):
                found.append((max(own.aligned, other.aligned), own, other))
    for own, told in _rejected(pairs, list(stated.values())):
        other = places.get((told.statement.document_id, told.figure.span))
        other = replace(other or own, evidence=told, comparison=_compared(claim, told), anew=())
        if _takes_sides(claim, own, other):
            found.append((own.aligned, own, other))
    if not found:
        return None
    sure, own, other = max(found, key=lambda row: row[0])
    if sure < threshold("disputed"):
        return None
    clean = [p for p in pairs if p is not own and p.agrees and not p.conflicts]
    same = [p for p in clean if p.score >= threshold("support")]
    pairs = (own, *(p for p in same_number([own, *same]) if p is not own), other)
    return Decided(claim, Status.CONFLICTING_SOURCES, "sources_disagree", tuple(pairs), other)


def _compared(claim: Frame, told: Frame) -> Comparison:
    """A draft's figure beside one that somebody states, whether or not the article denies it."""
    return compare(claim, replace(told, denied=False))


def _rejected(pairs: Sequence[Pair], stated: Sequence[Statement]) -> Iterator[tuple[Pair, Frame]]:
    """What agrees with a draft, with the figure by which an article rejects it, or it another's.

    At 203,700, not the 218,400 that the organisers announced.
    """
    for statement in stated:
        for mine, theirs in _rejections(statement):
            for own in pairs:
                if not own.agrees or not own.evidence.printed or own.conflicts:
                    continue
                one = own.evidence
                if _place(one.statement) == _place(statement) and one.figure.span == mine.span:
                    yield own, frame(statement, theirs)
                elif one.figure.value == theirs.value and _may_dispute(mine, one.figure):
                    yield own, frame(statement, mine)


def _rejections(statement: Statement) -> Iterator[tuple[Figure, Figure]]:
    """The figures of a sentence that it puts in the place of what somebody else says."""
    words = _words(has_han(statement.text))
    for theirs in statement.figures:
        at = theirs.span.shift(-statement.span.start)
        head = fold(statement.text[: at.start]).text
        tail = fold(statement.text[at.end :]).text
        if not words["rejects"].search(f"{head}\0{tail}"):
            continue
        mine = [
            f
            for f in statement.figures
            if f.span.end <= theirs.span.start and _may_dispute(f, theirs)
        ]
        if mine:
            yield mine[-1], theirs


def _takes_sides(claim: Frame, own: Pair, other: Pair) -> bool:
    """Whether a draft's figure is the one of two and not the other, of which it says nothing."""
    if other.conflicts and own.conflicts:
        return False
    apart = other.comparison.relation is Agreement.DIFFERENT or other.comparison.rule == "excluded"
    if not apart and not (own.comparison.rule == "equal" and other.comparison.rule in _LOOSE):
        return False
    stated = {(f.value, f.unit) for f in claim.statement.figures}
    return (other.evidence.figure.value, other.evidence.figure.unit) not in stated and not (
        far_apart(own, other, DISPUTED)
    )


_LOOSE = ("about", "rounding", "bound")  # what a draft's number may be of without being the same


def beside(one: Frame, stated: Sequence[Statement]) -> Iterator[Frame]:
    """The figures that an article sets against another of the same thing.

    Args:
        one: The figure.
        stated: Sentences that may stand beside its own.
    """
    for statement in stated:
        if _follows(statement, one.statement):
            first, second = one.statement, statement
        elif _follows(one.statement, statement):
            first, second = statement, one.statement
        elif _place(statement) == _place(one.statement):
            first = second = statement
        else:
            continue
        for figure in statement.figures:
            if figure is one.figure or not _may_dispute(one.figure, figure):
                continue
            other = frame(statement, figure)
            early, late = sorted((one, other), key=lambda f: f.figure.span)
            if (
                not of_two_sides(early, late)
                and _of_one_time(early, late)
                and _sets_against(early, late, first, second)
            ):
                yield other


def _place(statement: Statement) -> tuple[str, Span]:
    return statement.document_id, statement.span


def _follows(later: Statement, earlier: Statement) -> bool:
    gap = later.span.start - earlier.span.end
    most = _SOON_HAN if has_han(later.text) else _SOON
    return later.document_id == earlier.document_id and 0 <= gap <= most


_ANY = frozenset({"", "item"})  # units of counts that may be of anything


def _may_dispute(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one kind: a bare number beside a counted or a priced one is."""
    if one.span.overlaps(other.span) or one.value == other.value:
        return False
    if one.dimension in TIMED or one.dimension is not other.dimension:
        return False
    units = {one.unit, other.unit}
    if len(units) > 1 and not units & _ANY:
        return False
    ends = {one.relation, other.relation}
    return alike(one, replace(other, unit=one.unit)) or Relation.FROM not in ends


def _of_one_time(one: Frame, other: Frame) -> bool:
    if one.former or other.former or one.denied or other.denied:
        return False
    if one.period is None or other.period is None:
        return True
    return periods_meet(one.period, other.period) and not other_length(one.period, other.period)


def _sets_against(early: Frame, late: Frame, first: Statement, second: Statement) -> bool:
    """Whether the words before the later figure give it to somebody who counts otherwise."""
    between = [
        f
        for statement in ([first] if first is second else [first, second])
        for f in statement.figures
        if early.figure.span.end <= f.span.start and f.span.end <= late.figure.span.start
        if _may_dispute(f, late.figure)
    ]
    at = late.figure.span.start - second.span.start
    start = early.figure.span.end - second.span.start if first is second else 0
    head = fold(second.text[max(0, start) : at]).text
    again = frozenset(query_terms(head, characters=False)) & early.content
    nearer = [_frame_in(f, first, second) for f in between]
    if any(len(again) <= len(again & one.content) for one in nearer):
        return False
    tail = fold(second.text[late.figure.span.end - second.span.start :]).text
    rest = "" if first is second else fold(first.text).text[-_TOLD:]
    words = _words(has_han(second.text))
    if words["now"].search(head[max((head.rfind(stop) for stop in _STOPS), default=-1) + 1 :]):
        return False
    if second.span.start - first.span.end > _NEXT and not again:
        return False
    if words["against"].search(head) or words["each"].match(f"{head}\0{tail}"):
        return True
    if early.concept is not None and late.concept is not None and early.concept != late.concept:
        return False
    if words["otherwise"].search(rest + head) or words["otherwise"].match(tail):
        return words["says"].search(head) is not None or (
            bool(again) and words["restates"].search(head) is not None
        )
    if again and words["restates"].search(head):
        return first is second or words["yet"].search(head) is not None
    if first is not second:
        return False
    spoken = fold(first.text[: early.figure.span.start - first.span.start]).text
    spoken += fold(first.text[early.figure.span.end - first.span.start : at]).text[:_AFTER]
    return words["says"].search(head) is not None and words["spoken"].search(spoken) is not None


_AFTER = 20  # characters after a figure that may say whose it is
_STOPS = ",;，；。"
_TOLD = 12  # characters at the end of a sentence that may announce another


def _frame_in(figure: Figure, first: Statement, second: Statement) -> Frame:
    return frame(first if first.span.contains(figure.span) else second, figure)


@cache
def _words(chinese: bool) -> dict[str, re.Pattern[str]]:
    table = section("checking", "disputes")
    ending = "zh" if chinese else "en"
    filler = str(table[f"{ending}_filler"])
    names = ("says", "spoken", "otherwise", "against", "restates", "each", "now", "yet", "rejects")
    return {
        n: re.compile(str(table.get(f"{ending}_{n}", "(?!)")).replace("{filler}", filler))
        for n in names
    }
