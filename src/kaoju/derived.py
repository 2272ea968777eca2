"""What a sentence says without printing it: from 17.9% to 21.4% is a rise of 3.5 points.

Three sums that a reader makes in passing: the difference between what something came from and
what it came to, and what it was before it grew or shrank by so much. Such a frame's figure spans
both numbers, so that its surface stays what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kaoju.frames import Frame, Statement, frame
from kaoju.types import Dimension, Direction, Figure, Qualifier, Relation, Span

POINT = "percentage_point"
_LEVELS = frozenset({Relation.LEVEL, Relation.TO})
_COUNTED = frozenset({Dimension.MONEY, Dimension.COUNT})
_NEAR = 30  # characters between a level and by how much it grew


def derived(statement: Statement) -> list[Frame]:
    """The frames of what a sentence's figures say together."""
    return [*_moved(statement), *_before(statement)]


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
        shares = end.dimension is Dimension.PERCENT
        if not shares and end.dimension not in _COUNTED:
            continue
        yield _told(
            statement,
            end,
            start,
            value=abs(end.value - start.value),
            unit=POINT if shares else end.unit,
            dimension=Dimension.PERCENTAGE_POINT if shares else end.dimension,
            relation=Relation.BY,
            direction=Direction.UP if end.value > start.value else Direction.DOWN,
        )


def _before(statement: Statement) -> Iterator[Frame]:
    """What something was before it grew or shrank: 680, 120 more than last year."""
    for step in statement.figures:
        known = step.value is not None and step.dimension in _COUNTED and step.upper is None
        if not known or step.relation is not Relation.BY or step.direction is None:
            continue
        levels = [
            f
            for f in statement.figures
            if f.relation in _LEVELS
            and 0 <= step.span.start - f.span.end <= _NEAR
            and (_same_kind(f, step) or (f.dimension is step.dimension and not step.unit))
        ]
        if not levels:
            continue
        level = levels[-1]
        if level.value is None or step.value is None:
            continue
        change = step.value if step.direction is Direction.UP else -step.value
        if level.value - change > 0:
            told = _told(
                statement,
                level,
                step,
                value=level.value - change,
                unit=level.unit,
                dimension=level.dimension,
                relation=Relation.LEVEL,
                direction=None,
            )
            yield replace(told, former=True, period=None)


def _same_kind(one: Figure, other: Figure) -> bool:
    alike = one.dimension is other.dimension and one.unit == other.unit
    return one is not other and alike and one.upper is None


def _told(
    statement: Statement,
    whose: Figure,
    other: Figure,
    *,
    value: Decimal,
    unit: str,
    dimension: Dimension,
    relation: Relation,
    direction: Direction | None,
) -> Frame:
    """The frame of a sum of two figures, which speaks of what the first one does."""
    spans = (whose.span, other.span)
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    figure = replace(
        whose,
        span=span,
        surface=span.shift(-statement.span.start).of(statement.text),
        value=value,
        precision=None,
        unit=unit,
        dimension=dimension,
        qualifier=Qualifier.EXACT,
        relation=relation,
        direction=direction,
    )
    return replace(
        frame(statement, whose),
        figure=figure,
        number=replace(figure, period=None),
        digits="".join(c for c in f"{value:f}" if c.isdigit()).strip("0"),
    )
