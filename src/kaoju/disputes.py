"""Two figures of one thing that an article sets beside each other, each from somebody else.

The company says that 2,900 jobs will go; the union puts it at 3,450. The second clause seldom
repeats what it measures: the words before its figure say that somebody counts otherwise, and what
is counted stands with the first. So the one that fits a draft less well borrows from the other.
Which figures are set against each other, phrases (`kaoju.rival_figures`) and learned weights
(`kaoju.dissent`) say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kaoju.alignment import Conflict, Pair
from kaoju.dissent import decides, dissent, least, outright
from kaoju.draft_comparison import compare
from kaoju.frames import TIMED, Frame, Statement, frame
from kaoju.judgement import Decided, same_number, threshold
from kaoju.rival_figures import Rivals, follows, may_dispute, patterns, place
from kaoju.speakers import voice_of
from kaoju.succession import DISPUTED, far_apart
from kaoju.text import fold, has_han
from kaoju.types import Agreement, Comparison, Figure, Status

_OF_SPEAKERS = frozenset({Conflict.SUBJECT, Conflict.MEASURE})  # whose it is seems to be who speaks


@dataclass(frozen=True, slots=True)
class Dispute:
    """What agrees with a draft and what an article sets against it.

    Attributes:
        own: What agrees.
        other: What is set against it.
        chance: How surely it is, 0 to 1.
        decides: Whether that is enough for a verdict.
    """

    own: Pair
    other: Pair
    chance: float
    decides: bool

    @property
    def aligned(self) -> float:
        """How surely one of the two is of what the draft speaks of."""
        return max(self.own.aligned, self.other.aligned)


def disputed(claim: Frame, pairs: Sequence[Pair]) -> Decided | None:
    """Conflicting, where the article that has a draft's figure gives another one's beside it.

    Args:
        claim: The draft's. One that says whose figure it is takes no side.
        pairs: All of the draft's figure.
    """
    found = [row for row in disputes_of(claim, pairs) if row.decides]
    if not found:
        return None
    likeliest = max(found, key=lambda row: row.aligned)
    if likeliest.aligned < threshold("disputed"):
        return None
    return set_beside(claim, likeliest, pairs)


def set_beside(claim: Frame, dispute: Dispute, pairs: Sequence[Pair]) -> Decided:
    """The verdict by a dispute, with both figures quoted and what else supports the draft's."""
    own, other = dispute.own, dispute.other
    clean = [p for p in pairs if p is not own and p.agrees and not p.conflicts]
    same = [p for p in clean if p.score >= threshold("support")]
    quoted = (own, *(p for p in same_number([own, *same]) if p is not own), other)
    return Decided(claim, Status.CONFLICTING_SOURCES, "sources_disagree", quoted, other)


def disputing(found: Sequence[Dispute]) -> float:
    """How surely the likeliest of some disputes is one, 0 where there is none."""
    return max((row.chance for row in found), default=0.0)


def disputes_of(claim: Frame, pairs: Sequence[Pair]) -> list[Dispute]:
    """What articles set beside the figures that agree with a draft's, where they may dispute it.

    Args:
        claim: The draft's. One that says whose figure it is takes no side.
        pairs: All of the draft's figure.
    """
    if claim.figure.dimension in TIMED or voice_of(claim) is not None:
        return []
    places = {(p.evidence.statement.document_id, p.evidence.figure.span): p for p in pairs}
    read = [p.evidence for p in pairs] + [a.evidence for p in pairs for a in p.anew]
    stated = {place(one.statement): one.statement for one in read}
    found = []
    for own in pairs:
        if not own.agrees or not own.evidence.printed or own.conflicts - _OF_SPEAKERS:
            continue
        for told in beside(own.evidence, list(stated.values())):
            other = places.get((told.statement.document_id, told.figure.span))
            if other is None:
                other = replace(own, evidence=told, aligned=0.0, anew=())
            other = replace(other, comparison=_compared(claim, told))
            if _takes_sides(claim, own, other):
                two = Rivals.of(own.evidence, told)
                chance = dissent(two)
                if least() <= chance and not outright(two) and _disputes_a_third(two, chance):
                    chance = 0.0
                found.append(Dispute(own, other, chance, decides(two, chance)))
    for own, told in _rejected(pairs, list(stated.values())):
        other = places.get((told.statement.document_id, told.figure.span))
        other = replace(other or own, evidence=told, comparison=_compared(claim, told), anew=())
        if _takes_sides(claim, own, other):
            found.append(Dispute(own, replace(other, aligned=0.0), 1.0, decides=True))
    return found


def _disputes_a_third(two: Rivals, chance: float) -> bool:
    """Whether one of two figures disputes another one likelier.

    The share that the council gives disputes the company's, and not that of its rival.
    """
    ends = two.early, two.late
    rivals = [
        Rivals.of(one, third)
        for one in ends
        for third in two.others
        if may_dispute(one.figure, third.figure)
    ]
    return any(dissent(rival) > chance for rival in rivals)


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
                if place(one.statement) == place(statement) and one.figure.span == mine.span:
                    yield own, frame(statement, theirs)
                elif one.figure.value == theirs.value and may_dispute(mine, one.figure):
                    yield own, frame(statement, mine)


def _rejections(statement: Statement) -> Iterator[tuple[Figure, Figure]]:
    """The figures of a sentence that it puts in the place of what somebody else says."""
    words = patterns(has_han(statement.text))
    for theirs in statement.figures:
        at = theirs.span.shift(-statement.span.start)
        head = fold(statement.text[: at.start]).text
        tail = fold(statement.text[at.end :]).text
        if not words["rejects"].search(f"{head}\0{tail}"):
            continue
        mine = [
            f
            for f in statement.figures
            if f.span.end <= theirs.span.start and may_dispute(f, theirs)
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
    """The figures of an article that stand beside another and may be of the same thing.

    Args:
        one: The figure.
        stated: Sentences that may stand beside its own.
    """
    for statement in stated:
        if (
            place(statement) == place(one.statement)
            or follows(statement, one.statement)
            or follows(one.statement, statement)
        ):
            for figure in statement.figures:
                if figure.span != one.figure.span and may_dispute(one.figure, figure):
                    yield frame(statement, figure)
