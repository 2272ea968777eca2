"""Whether two figures agree, by named rules.

Every rule has a name that stays, a place in the order they are tried, and its words and
parameters in ``lexicon/comparison.toml``. Each figure is taken as the interval of values that
its wording allows: a number its rounding, 约 a band around it, 近 a band below it, 超过 what
lies above, 至少 the same with the number itself, a range both its ends. Two figures are the
same when their values and wording agree, compatible when one may well be said of the
other, different when not, and incomparable when they measure different things. Currencies
are never converted.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import cache

from kaoju.comparison_bands import LENGTHS, band_of, precision_of
from kaoju.comparison_bands import Band as Band
from kaoju.comparison_bands import parameter as parameter
from kaoju.comparison_dates import compare_periods
from kaoju.comparison_dates import period_matches as period_matches
from kaoju.lexicon import section
from kaoju.types import (
    Agreement,
    Comparison,
    Dimension,
    Direction,
    Figure,
    Qualifier,
    Relation,
)
from kaoju.units import convert

_TIMED = (Dimension.DATE, Dimension.TIME)
_ONE = Decimal(1)
_DIGITS = Context(prec=15)  # what a conversion there and back keeps
_FEWER = Context(prec=12)
_SHARES = frozenset({Dimension.PERCENT, Dimension.RATIO})


@cache
def _reasons() -> dict[str, str]:
    return {str(name): str(text) for name, text in section("comparison", "rules").items()}


def rules() -> tuple[str, ...]:
    """The names of all rules, in the order they are tried."""
    return tuple(_reasons())


def _result(
    relation: Agreement,
    rule: str,
    first: Figure,
    second: Figure,
    difference: Decimal | None = None,
    factor: Decimal | None = None,
) -> Comparison:
    text = _reasons()[rule]
    reason = text.format(first=first.surface, second=second.surface)
    return Comparison(relation, rule, reason, difference, factor)


def compare_figures(first: Figure, second: Figure) -> Comparison:
    """How two stated figures relate.

    Args:
        first: A figure; of a draft and its source, the claim that the draft makes.
        second: Another; of a draft and its source, what the source states.

    Returns:
        The relation, the name of the rule that decided (see `rules`), why in one sentence,
        and, where both are numbers of one unit, the difference (second minus first, in the
        first's unit) and the factor (second over first). The relation and the rule do not
        depend on the order of the two.
    """
    if first.dimension in _TIMED or second.dimension in _TIMED:
        return _compare_dates(first, second)
    if first.dimension is second.dimension is Dimension.SCORE:
        return _compare_scores(first, second)
    mismatch = _mismatch(first, second)
    if mismatch is not None:
        return mismatch
    a, b = _values(first, second)
    if a is None or b is None:
        return _result(Agreement.INCOMPARABLE, "unit", first, second)
    a, b = _signed(first, second, a, b)
    difference = b[0] - a[0]
    factor = b[0] / a[0] if a[0] else None
    relation, rule = _judge(first, second, a, b)
    return _result(relation, rule, first, second, difference, factor)


def _judge(
    first: Figure, second: Figure, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]
) -> tuple[Agreement, str]:
    """The relation of two figures whose numbers are comparable."""
    moved = _direction(first, second, a, b)
    if moved is not None:
        return moved
    if _periods_differ(first, second):
        return Agreement.DIFFERENT, "period"
    same_wording = first.qualifier is second.qualifier
    if same_wording and (a == b or (first.qualifier is Qualifier.VAGUE and a[0] == b[0])):
        return Agreement.SAME, "equal"
    exact = first.unit == second.unit
    one, other = band_of(first, a, exact=exact), band_of(second, b, exact=exact)
    if a == b and Qualifier.EXACT in (first.qualifier, second.qualifier):
        loose = first.qualifier if second.qualifier is Qualifier.EXACT else second.qualifier
        if loose is Qualifier.ABOUT:
            return Agreement.COMPATIBLE, "about"
        if loose in (Qualifier.AT_LEAST, Qualifier.AT_MOST):
            return Agreement.COMPATIBLE, "bound"
        if loose in (Qualifier.OVER, Qualifier.UNDER, Qualifier.NEARLY):
            return Agreement.DIFFERENT, "excluded"
    if first.qualifier is second.qualifier and first.qualifier in _ONE_SIDED:
        return _compare_bounds(first, second, a[0], b[0])
    if first.qualifier is second.qualifier is Qualifier.RANGE:
        return _compare_ranges(first, second, a, b)
    if first.qualifier is second.qualifier is Qualifier.EXACT:
        return _compare_exact(first, second, a[0], b[0], exact=exact)
    if one.meets(other):
        return Agreement.COMPATIBLE, _why_compatible(first, second, a, b)
    return Agreement.DIFFERENT, _why_different(first, second)


def _compare_exact(
    first: Figure, second: Figure, a: Decimal, b: Decimal, *, exact: bool
) -> tuple[Agreement, str]:
    """Two plain numbers agree when the finer one rounds to the coarser; 17 and 18 do not."""
    near = max(precision_of(first, a), precision_of(second, b))
    if not exact and first.dimension in LENGTHS:
        near = max(near, abs(a) * parameter("month_days_band"))
    if abs(a - b) <= near:
        return Agreement.COMPATIBLE, "rounding"
    if _other_reading(first, second, (a, a), (b, b)):
        return Agreement.COMPATIBLE, "growth_reading"
    return Agreement.DIFFERENT, "value"


_ONE_SIDED = frozenset(
    {Qualifier.OVER, Qualifier.UNDER, Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.NEARLY}
)


def _compare_bounds(first: Figure, second: Figure, a: Decimal, b: Decimal) -> tuple[Agreement, str]:
    """逾5万亿 and 逾5.02万亿 agree, 逾5万亿 and 逾6万亿 do not: a bound is the last round number.

    Two bounds of one kind agree when they are less than a unit of the coarser one's last
    digit apart: that is how far what is over five, and was not said to be over six, reaches.
    """
    if abs(a - b) < 2 * max(precision_of(first, a), precision_of(second, b)):
        return Agreement.COMPATIBLE, "nearly" if first.qualifier is Qualifier.NEARLY else "bound"
    return Agreement.DIFFERENT, "outside_bound"


def _compare_ranges(
    first: Figure, second: Figure, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]
) -> tuple[Agreement, str]:
    """Two ranges agree when both ends do, rounded to the digits stated."""
    near = max(precision_of(first, a[0]), precision_of(second, b[0]))
    if all(abs(own - other) <= near for own, other in zip(a, b, strict=True)):
        return Agreement.COMPATIBLE, "rounding"
    return Agreement.DIFFERENT, "range_ends"


_BOUNDS = frozenset(
    {Qualifier.OVER, Qualifier.UNDER, Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.VAGUE}
)


def _why_compatible(
    first: Figure, second: Figure, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]
) -> str:
    qualifiers = {first.qualifier, second.qualifier}
    if Qualifier.RANGE in qualifiers:
        return "range"
    if qualifiers & _BOUNDS:
        return "vague" if Qualifier.VAGUE in qualifiers else "bound"
    if Qualifier.NEARLY in qualifiers:
        return "nearly"
    if Qualifier.ABOUT in qualifiers:
        return "about"
    return "rounding"


def _why_different(first: Figure, second: Figure) -> str:
    qualifiers = {first.qualifier, second.qualifier}
    if Qualifier.RANGE in qualifiers:
        return "outside_range"
    if qualifiers & (_BOUNDS | {Qualifier.NEARLY}):
        return "outside_bound"
    if Qualifier.ABOUT in qualifiers:
        return "outside_about"
    return "value"


# What keeps two figures from being compared ------------------------------------------------


def _mismatch(first: Figure, second: Figure) -> Comparison | None:
    one, other = first.dimension, second.dimension
    if {one, other} == {Dimension.PERCENT, Dimension.PERCENTAGE_POINT}:
        return _result(Agreement.INCOMPARABLE, "percent_and_points", first, second)
    if one is not other:
        if {one, other} <= _SHARES or ({one, other} <= LENGTHS and one is not other):
            if {one, other} <= LENGTHS and Dimension.TENOR in (one, other):
                return None
            return (
                None
                if {one, other} <= _SHARES
                else _result(Agreement.INCOMPARABLE, "dimension", first, second)
            )
        if {one, other} == {Dimension.PERCENT, Dimension.MULTIPLE} and _is_growth(first, second):
            return None
        if {one, other} == {Dimension.RATIO, Dimension.MULTIPLE} and _are_changes(first, second):
            return None  # halved, and cut by half
        return _result(Agreement.INCOMPARABLE, "dimension", first, second)
    if one is Dimension.MONEY and first.unit != second.unit:
        return _result(Agreement.INCOMPARABLE, "currency", first, second)
    if one is Dimension.EXCHANGE_RATE and first.unit != second.unit:
        return _result(Agreement.INCOMPARABLE, "unit", first, second)
    if one is Dimension.TEMPERATURE and first.unit != second.unit:
        if first.relation is Relation.BY or second.relation is Relation.BY:
            return _result(Agreement.INCOMPARABLE, "unit", first, second)
        if first.value == second.value:
            return _result(Agreement.INCOMPARABLE, "scale", first, second)
    return None


def _is_growth(first: Figure, second: Figure) -> bool:
    """Whether a percent and a multiple both say how much something grew."""
    return all(
        figure.relation is Relation.BY or figure.direction is not None for figure in (first, second)
    )


def _are_changes(first: Figure, second: Figure) -> bool:
    return all(figure.relation in _CHANGES for figure in (first, second))


_LOOSE_COUNTS = frozenset(
    {
        ("person", "job"),
        ("person", "user"),
        ("person", "passenger"),
        ("person", "visitor"),
        ("person", "worker"),
        ("company", "bank"),
        ("company", "institution"),
        ("bank", "institution"),
        ("user", "subscriber"),
        ("household", "subscriber"),
        ("unit", "vehicle"),
        ("household", "home"),
    }
)


def _counts_agree(first: str, second: str) -> bool:
    if first == second or not first or not second:
        return True
    return (first, second) in _LOOSE_COUNTS or (second, first) in _LOOSE_COUNTS


def _values(
    first: Figure, second: Figure
) -> tuple[tuple[Decimal, Decimal] | None, tuple[Decimal, Decimal] | None]:
    """Both as (value, upper) in the first's unit; None where no unit is common."""
    if first.value is None or second.value is None:
        return None, None
    a = first.value, first.upper if first.upper is not None else first.value
    b = second.value, second.upper if second.upper is not None else second.value
    if first.dimension is not second.dimension and not (
        {first.dimension, second.dimension} <= LENGTHS
    ):
        return _as_percent(first, a), _as_percent(second, b)
    if first.dimension is Dimension.PERCENT:
        return _as_price(first, second, a), _as_price(second, first, b)
    if first.unit == second.unit:
        return a, b
    if first.dimension is Dimension.COUNT:
        return (a, b) if _counts_agree(first.unit, second.unit) else (None, None)
    low = convert(b[0], second.unit, first.unit)
    high = convert(b[1], second.unit, first.unit)
    if low is None or high is None:
        return None, None
    if first.dimension in LENGTHS:  # 2分50秒 is told as so many minutes, to twelve digits
        a = _FEWER.plus(a[0]), _FEWER.plus(a[1])
        return a, (_FEWER.plus(low), _FEWER.plus(high))
    return a, (_DIGITS.plus(low), _DIGITS.plus(high))


def _as_percent(figure: Figure, pair: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    """A share, a multiple or a percent as a percent; a multiple as the growth it is."""
    if figure.dimension is Dimension.RATIO:
        return pair[0] * 100, pair[1] * 100
    if figure.dimension is Dimension.MULTIPLE:
        return (pair[0] - 1) * 100, (pair[1] - 1) * 100
    return pair


def _as_price(
    figure: Figure, other: Figure, pair: tuple[Decimal, Decimal]
) -> tuple[Decimal, Decimal]:
    """八折 is 80 % of the price, 20 % off takes 20 % of it away: both as what is paid."""
    if "price" not in (figure.share_of, other.share_of):
        return pair
    if figure.relation is Relation.BY and figure.direction is Direction.DOWN:
        return 100 - pair[1], 100 - pair[0]
    return pair


_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_ENDS = frozenset({Relation.TO, Relation.FROM})
_RELATIVE = frozenset({Dimension.PERCENTAGE_POINT, Dimension.MULTIPLE})


def _direction(
    first: Figure, second: Figure, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]
) -> tuple[Agreement, str] | None:
    """Up against down, from against to, a level against a change of the same words."""
    if "price" in (first.share_of, second.share_of):
        return None
    one, other = first.relation in _CHANGES, second.relation in _CHANGES
    if (one or other) and (a[1] < 0 < b[0] or b[1] < 0 < a[0]):
        return Agreement.DIFFERENT, "direction"
    if one and other:
        printed = a[0] >= 0 and b[0] >= 0
        if printed and {first.direction, second.direction} == {Direction.UP, Direction.DOWN}:
            return Agreement.DIFFERENT, "direction"
        return None
    if {first.relation, second.relation} == {Relation.FROM, Relation.TO}:
        return Agreement.DIFFERENT, "from_and_to"
    if first.dimension in _RELATIVE or second.dimension in _RELATIVE:
        return None
    if (one and second.relation in _ENDS) or (other and first.relation in _ENDS):
        return Agreement.INCOMPARABLE, "level_and_change"
    return None


def _signed(
    first: Figure, second: Figure, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]
) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]:
    """Fell 3% is -3% where the other is printed with its sign, or is a multiple below one."""
    if "price" in (first.share_of, second.share_of):
        return a, b
    if _falls(first, a) and b[0] < 0:
        return (-a[1], -a[0]), b
    if _falls(second, b) and a[0] < 0:
        return a, (-b[1], -b[0])
    return a, b


def _falls(figure: Figure, pair: tuple[Decimal, Decimal]) -> bool:
    """Whether a figure is a fall stated without a sign."""
    fell = figure.relation in _CHANGES and figure.direction is Direction.DOWN
    return fell and figure.dimension is not Dimension.MULTIPLE and pair[0] > 0


def _other_reading(
    first: Figure, second: Figure, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]
) -> bool:
    """增长十倍 as news means it is tenfold; read strictly it is elevenfold."""
    if first.dimension is not Dimension.MULTIPLE or second.dimension is not Dimension.MULTIPLE:
        return False
    limit = parameter("growth_read_as_level")
    for figure, own, other in ((first, a[0], b[0]), (second, b[0], a[0])):
        if (
            figure.relation is Relation.BY
            and own >= limit
            and own % 10 == 0
            and "倍" in figure.surface
            and own + _ONE == other
        ):
            return True
    return False


# Dates and scores ---------------------------------------------------------------------------


def _compare_dates(first: Figure, second: Figure) -> Comparison:
    if first.dimension not in _TIMED or second.dimension not in _TIMED:
        return _result(Agreement.INCOMPARABLE, "dimension", first, second)
    relation, rule = compare_periods(first.period or "", second.period or "")
    return _result(relation, rule, first, second)


def _compare_scores(first: Figure, second: Figure) -> Comparison:
    """3比1 is 3-1; 3-2 and 1-3 are other results."""
    one, other = (re.findall(r"\d+", figure.surface) for figure in (first, second))
    if one == other:
        return _result(Agreement.SAME, "equal", first, second)
    return _result(Agreement.DIFFERENT, "value", first, second)


def _periods_differ(first: Figure, second: Figure) -> bool:
    if first.period is None or second.period is None:
        return False
    return not period_matches(first.period, second.period)
