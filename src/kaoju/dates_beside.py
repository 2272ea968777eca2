"""Whether an article gives a draft's time to another figure of the sentence than the one it states.

It was 412 in March against 441 in February; 比2月的441减少6.6%. A date that stands right beside a
figure is that figure's, whatever the clause around it says, and of two figures that the sentence
sets against each other as now and then the draft's time can be of one alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaoju.frames import TIMED, Frame, Statement
from kaoju.parallels import has_others, rivals
from kaoju.periods import completed, other_length, periods_meet
from kaoju.text import fold
from kaoju.types import Dimension, Figure, Relation

_ENDS = frozenset({Relation.FROM, Relation.TO})
_BEFORE = re.compile(
    r"(?:'s|’s)? ?(?:(?:it|they|there) )?(?:was|were|is|had been|stood at|came to)? ?"
    r"|[产赛]?季?[末底初]?(?:的|则|也|仅|只|为|是|有|约|达)*"
)
# 104 trains in the whole of 2025: what is counted stands between.
_AFTER = re.compile(
    r"(?: [a-z]+)?,? ?\(?(?:(?:in|for|of|on|by|during|at) )?"
    r"(?:the )?(?:[a-z]+ (?:[a-z]+ )?of )?(?:the )?"
)
_AGAINST = re.compile(
    r"比|较|低于|高于|超过"
    r"|(?<![a-z])(?:than|against|versus|from|compared (?:with|to))(?![a-z])"
)
_OPENS = re.compile(r"(?:[,，;；(（]|and|but|while|而|但|in|on|the| )*")


def is_of_a_date_beside(claim: Frame, evidence: Frame) -> bool:
    """Whether a draft's time is that of a figure set against the evidence's, and not of its own.

    Nothing is told of a draft's sentence with several figures, or of changes.
    """
    period, statement = claim.period, evidence.statement
    if period is None or not period.strip("X") or claim.figure.dimension in TIMED:
        return False
    if has_others(claim) or claim.former:
        return False
    others = rivals(evidence)
    own = _tied(statement, evidence.figure)
    if any(_meet(period, one, statement) for one in (*own, *_left(evidence, others))):
        return False
    for other in others:
        theirs = _tied(statement, other)
        if not _are_set_against(statement, evidence.figure, other):
            continue
        if own and not theirs:
            return True
        if any(_meet(period, one, statement) for one in theirs):
            return True
    return False


def _left(evidence: Frame, others: Sequence[Figure]) -> list[str]:
    """The dates of a figure's clause that stand beside none of some others."""
    statement = evidence.statement
    taken = {one for other in others for one in _tied(statement, other)}
    return [
        f.period
        for f in statement.figures
        if f.dimension is Dimension.DATE
        and f.period
        and f.period not in taken
        and evidence.scope.contains(f.span.shift(-statement.span.start))
    ]


def _meet(period: str, other: str, statement: Statement) -> bool:
    ours = completed(period, other, statement.published_on)
    return periods_meet(ours, other) and not other_length(ours, other)


def _tied(statement: Statement, figure: Figure) -> list[str]:
    """The dates that stand right beside a figure."""
    text, start = _folded(statement), statement.span.start
    found = []
    for date in statement.figures:
        if date.dimension is not Dimension.DATE or not (date.period or "").strip("X"):
            continue
        if date.span.end <= figure.span.start:
            gap, pattern = (date.span.end, figure.span.start), _BEFORE
        else:
            gap, pattern = (figure.span.end, date.span.start), _AFTER
        if gap[0] <= gap[1] and pattern.fullmatch(text[gap[0] - start : gap[1] - start]):
            found.append(date.period or "")
    return found


def _are_set_against(statement: Statement, one: Figure, other: Figure) -> bool:
    """Whether the words between two figures say that the one is what the other came from."""
    if {one.relation, other.relation} == _ENDS:
        return True
    start = statement.span.start
    first, second = sorted((one, other), key=lambda f: f.span)
    gap = _folded(statement)[first.span.end - start : second.span.start - start]
    if ";" not in gap and _AGAINST.search(re.split("[,，]", gap)[-1]) is not None:
        return True
    # 312,000 stood empty; in 2015 it had been 268,000: a clause that has a date and no more.
    dates = [
        f.span
        for f in statement.figures
        if f.dimension is Dimension.DATE and first.span.end <= f.span.start < second.span.start
    ]
    if len(dates) != 1:
        return False
    head, tail = dates[0].start - first.span.end, dates[0].end - first.span.end
    return bool(_BEFORE.fullmatch(gap[tail:])) and _opens(gap[:head])


def _opens(words: str) -> bool:
    """Whether words end where a clause begins."""
    parts = re.split(r"[,，;；(（]", words)
    return len(parts) > 1 and _OPENS.fullmatch(parts[-1]) is not None


def _folded(statement: Statement) -> str:
    folded = fold(statement.text).text
    return folded if len(folded) == len(statement.text) else statement.text
