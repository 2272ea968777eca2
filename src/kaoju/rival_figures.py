"""Two figures of one kind that stand beside each other, and the words that set one against one.

Which of an article's figures may be two statements of one thing at all, and the few phrases by
which it says outright that they are: the union puts it at 3,450. How surely they are where it says
so in other words is `kaoju.dissent`'s to tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kaoju.frames import TIMED, Frame, Statement, frame
from kaoju.lexicon import section
from kaoju.periods import other_length, periods_meet
from kaoju.succession import alike
from kaoju.text import fold, has_han
from kaoju.tokens import query_terms
from kaoju.types import Figure, Relation, Span

_SOON, _SOON_HAN = 200, 70  # characters after which it still answers, where it repeats the measure
_NEXT = 2  # characters between two sentences of which the one follows the other


def place(statement: Statement) -> tuple[str, Span]:
    """What tells a sentence from all others."""
    return statement.document_id, statement.span


def follows(later: Statement, earlier: Statement) -> bool:
    """Whether a sentence stands so soon after another that it may answer it."""
    gap = later.span.start - earlier.span.end
    most = _SOON_HAN if has_han(later.text) else _SOON
    return later.document_id == earlier.document_id and 0 <= gap <= most


_ANY = frozenset({"", "item"})  # units of counts that may be of anything


def may_dispute(one: Figure, other: Figure) -> bool:
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


def of_one_time(one: Frame, other: Frame) -> bool:
    """Whether two figures may hold at one time, and both are said to be so."""
    if one.former or other.former or one.denied or other.denied:
        return False
    if one.period is None or other.period is None:
        return True
    return periods_meet(one.period, other.period) and not other_length(one.period, other.period)


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two figures of one kind in the order in which they stand, and the words around them, folded.

    Attributes:
        early: The first.
        late: The other.
        ahead: The words of the early one's sentence before it.
        behind: Those after it, where the late one stands in another sentence.
        head: Those before the late one, in its sentence and not before the early one.
        tail: Those of its sentence after it.
        again: The words of the early one's clause that the head repeats.
        others: The other figures of their kind in their sentences.
    """

    early: Frame
    late: Frame
    ahead: str
    behind: str
    head: str
    tail: str
    again: frozenset[str]
    others: Sequence[Frame]

    @classmethod
    def of(cls, one: Frame, other: Frame) -> Rivals:
        """Two figures of one article as they stand."""
        early, late = sorted((one, other), key=lambda f: f.figure.span)
        first, second = early.statement, late.statement
        apart = place(first) != place(second)
        start = early.figure.span.shift(-first.span.start)
        end = late.figure.span.shift(-second.span.start)
        head = fold(second.text[0 if apart else start.end : end.start]).text
        others = [
            frame(statement, f)
            for statement in ((first, second) if apart else (first,))
            for f in statement.figures
            if f.span != early.figure.span and may_dispute(f, late.figure)
        ]
        return cls(
            early,
            late,
            ahead=fold(first.text[: start.start]).text,
            behind=fold(first.text[start.end :]).text if apart else "",
            head=head,
            tail=fold(second.text[end.end :]).text,
            again=frozenset(query_terms(head, characters=False)) & early.content,
            others=others,
        )

    @property
    def between(self) -> list[Frame]:
        """Those of the others that stand between the two."""
        start, end = self.early.figure.span.end, self.late.figure.span.start
        return [f for f in self.others if start <= f.figure.span.start < end]

    @property
    def apart(self) -> bool:
        """Whether they stand in two sentences."""
        return place(self.early.statement) != place(self.late.statement)

    @property
    def gap(self) -> int:
        """The characters between their sentences."""
        return max(0, self.late.statement.span.start - self.early.statement.span.end)


def set_against(two: Rivals) -> bool:
    """Whether the words before the later figure give it to somebody who counts otherwise."""
    early, late, head = two.early, two.late, two.head
    if any(len(two.again) <= len(two.again & one.content) for one in two.between):
        return False
    words = patterns(has_han(late.statement.text))
    if words["now"].search(head[max((head.rfind(stop) for stop in _STOPS), default=-1) + 1 :]):
        return False
    if two.gap > _NEXT and not two.again:
        return False
    if words["against"].search(head) or words["each"].match(f"{head}\0{two.tail}"):
        return True
    if early.concept is not None and late.concept is not None and early.concept != late.concept:
        return False
    if words["otherwise"].search(two.behind[-_TOLD:] + head) or words["otherwise"].match(two.tail):
        return words["says"].search(head) is not None or (
            bool(two.again) and words["restates"].search(head) is not None
        )
    if two.again and words["restates"].search(head):
        return not two.apart or words["yet"].search(head) is not None
    if two.apart:
        return False
    spoken = two.ahead + head[:_AFTER]
    return words["says"].search(head) is not None and words["spoken"].search(spoken) is not None


_AFTER = 20  # characters after a figure that may say whose it is
_STOPS = ",;，；。"
_TOLD = 12  # characters at the end of a sentence that may announce another


@cache
def patterns(chinese: bool) -> dict[str, re.Pattern[str]]:
    """The phrases, by what they do; see ``lexicon/checking.toml``."""
    table = section("checking", "disputes")
    ending = "zh" if chinese else "en"
    filler = str(table[f"{ending}_filler"])
    names = ("says", "spoken", "otherwise", "against", "restates", "each", "now", "yet", "rejects")
    return {
        n: re.compile(str(table.get(f"{ending}_{n}", "(?!)")).replace("{filler}", filler))
        for n in names
    }
