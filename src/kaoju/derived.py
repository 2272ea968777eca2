"""What a sentence says without printing it: from 17.9% to 21.4% is a rise of 3.5 points.

The sums that a reader makes in passing: the difference between what something came from and what
it came to, and what it was before it grew or shrank by so much. Such a frame's figure spans both
numbers, so that its surface stays what is printed. What only a draft asks for, `kaoju.reckoned`
reckons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kaoju.frames import Frame, Reckoned, Statement, frame
from kaoju.types import Dimension, Direction, Figure, Qualifier, Relation, Span

POINT = "percentage_point"
_FARTHEST = 1000  # times by which something may have moved
# What can be taken from its like, or put together with it.
AMOUNTS = frozenset(
    {
        Dimension.MONEY,
        Dimension.COUNT,
        Dimension.DURATION,
        Dimension.LENGTH,
        Dimension.AREA,
        Dimension.VOLUME,
        Dimension.MASS,
        Dimension.POWER,
        Dimension.ENERGY,
        Dimension.OTHER,
    }
)
_LEVELS = frozenset({Relation.LEVEL, Relation.TO})
_NEAR = 30  # characters between a level and by how much it grew
_PARTED = re.compile(r"[;；]")  # a half marathon is €55; members pay €10 less


def derived(statement: Statement) -> list[Frame]:
    """The frames of what a sentence's figures say together."""
    return [*_moved(statement), *_before(statement)]


def summed(
    first: Frame,
    second: Frame,
    *,
    rule: str,
    value: Decimal,
    unit: str,
    dimension: Dimension,
    relation: Relation,
    direction: Direction | None,
    qualifier: Qualifier = Qualifier.EXACT,
    asked: bool = False,
    named: bool = False,
) -> Frame:
    """The frame of a sum of two printed figures, which speaks of what the first one does.

    Its figure spans both, where they stand in one sentence.
    """
    statement = first.statement
    span = first.figure.span
    if second.statement.span == statement.span:
        other = second.figure.span
        span = Span(min(span.start, other.start), max(span.end, other.end))
    figure = replace(
        first.figure,
        span=span,
        surface=span.shift(-statement.span.start).of(statement.text),
        value=value,
        precision=None,
        unit=unit,
        dimension=dimension,
        qualifier=qualifier,
        relation=relation,
        direction=direction,
    )
    return replace(
        first,
        figure=figure,
        number=replace(figure, period=None),
        digits="".join(c for c in f"{value:f}" if c.isdigit()).strip("0"),
        reckoned=Reckoned(rule, (first, second), asked, named),
    )


def _moved(statement: Statement) -> Iterator[Frame]:
    """By how much something moved that is told from where to where."""
    for start in statement.figures:
        if start.relation is not Relation.FROM or start.value is None or start.upper is not None:
            continue
        ends = [f for f in statement.figures if f.relation in _LEVELS and _same_kind(f, start)]
        if not ends:
            continue
        end = min(ends, key=lambda f: abs(f.span.start - start.span.start))
        if end.value is None or end.value == start.value:
            continue
        if start.value and not 1 / _FARTHEST < end.value / start.value < _FARTHEST:
            continue  # from 12 to 7 million is from 12 million
        shares = end.dimension is Dimension.PERCENT
        if not shares and end.dimension not in AMOUNTS:
            continue
        yield summed(
            frame(statement, end),
            frame(statement, start),
            rule="difference",
            value=abs(end.value - start.value),
            unit=POINT if shares else end.unit,
            dimension=Dimension.PERCENTAGE_POINT if shares else end.dimension,
            relation=Relation.BY,
            direction=Direction.UP if end.value > start.value else Direction.DOWN,
        )


def _before(statement: Statement) -> Iterator[Frame]:
    """What something was before it grew or shrank: 680, 120 more than last year."""
    for step in statement.figures:
        points = step.dimension is Dimension.PERCENTAGE_POINT
        known = step.value is not None and (points or step.dimension in AMOUNTS)
        if not known or step.upper is not None or step.direction is None:
            continue
        level = _level_of(step, statement) if step.relation is Relation.BY else None
        if level is None or level.value is None or step.value is None:
            continue
        change = step.value if step.direction is Direction.UP else -step.value
        if level.value - change > 0:
            told = summed(
                frame(statement, level),
                frame(statement, step),
                rule="before",
                value=level.value - change,
                unit=level.unit,
                dimension=level.dimension,
                relation=Relation.LEVEL,
                direction=None,
            )
            yield replace(told, former=True, period=None)


def _level_of(step: Figure, statement: Statement) -> Figure | None:
    """The level that a change led to: the last before it, or the one right after that it is to."""
    points = step.dimension is Dimension.PERCENTAGE_POINT
    levels = [
        f
        for f in statement.figures
        if f is not step
        and f.upper is None
        and f.relation in _LEVELS
        and (
            f.dimension is Dimension.PERCENT
            if points
            else f.dimension is step.dimension and (f.unit == step.unit or not step.unit)
        )
    ]
    start, text = statement.span.start, statement.text
    before = [
        f
        for f in levels
        if 0 <= step.span.start - f.span.end <= _NEAR
        and not _PARTED.search(text, f.span.end - start, step.span.start - start)
    ]
    after = [
        f
        for f in levels
        if f.relation is Relation.TO
        and f.span.start - step.span.end >= 0
        and _leads_to(text[step.span.end - start : f.span.start - start])
    ]
    return after[0] if after else before[-1] if before else None


def _leads_to(between: str) -> bool:
    """Whether the words between a change and a level say that the one led to the other."""
    return len(between) <= _NEAR or _WHEN.fullmatch(between) is not None


# Shrank by $3.8bn in the first five months of the year, to $41.6bn.
_WHEN = re.compile(r" (?:in|over|during|since) [A-Za-z0-9 -]{1,40}, to (?:(?:about|around|some) )?")


def _same_kind(one: Figure, other: Figure) -> bool:
    alike = one.dimension is other.dimension and one.unit == other.unit
    return one is not other and alike and one.upper is None
