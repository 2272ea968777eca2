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

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kaoju.errors import LexiconError
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
_ZERO = Decimal(0)
_ONE = Decimal(1)
_LENGTHS = frozenset({Dimension.DURATION, Dimension.TENOR, Dimension.AGE})
_SHARES = frozenset({Dimension.PERCENT, Dimension.RATIO})


@dataclass(frozen=True, slots=True)
class Band:
    """What values a figure's wording allows; None leaves a side open.

    ``open_low`` and ``open_high`` say that the bound itself is excluded.
    """

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False

    def allows(self, value: Decimal) -> bool:
        """Whether ``value`` lies inside."""
        if self.low is not None and (value < self.low or (self.open_low and value == self.low)):
            return False
        return not (
            self.high is not None and (value > self.high or (self.open_high and value == self.high))
        )

    def meets(self, other: Band) -> bool:
        """Whether some value lies in both."""
        return _below(self, other) and _below(other, self)


def _below(first: Band, second: Band) -> bool:
    """Whether the first band begins before the second one ends."""
    if first.low is None or second.high is None:
        return True
    if first.low == second.high:
        return not (first.open_low or second.open_high)
    return first.low < second.high


@cache
def parameter(name: str) -> Decimal:
    """A parameter of the rules, from ``lexicon/comparison.toml``.

    Raises:
        LexiconError: There is no such parameter, or it is no number.
    """
    found = section("comparison", "parameters").get(name)
    try:
        return Decimal(str(found))
    except (ArithmeticError, TypeError, ValueError) as error:
        raise LexiconError(f"lexicon/comparison.toml: parameter {name} is {found!r}") from error


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
        first: A figure, for a draft the claim.
        second: Another, for a draft the evidence.

    Returns:
        The relation, the name of the rule that decided (see `rules`), why in one sentence,
        and, where both are numbers of one unit, the difference (second minus first, in the
        first's unit) and the factor (second over first). The relation and the rule do not
        depend on the order of the two.
    """
    if first.dimension in _TIMED or second.dimension in _TIMED:
        return _compare_dates(first, second)
    mismatch = _mismatch(first, second)
    if mismatch is not None:
        return mismatch
    a, b = _values(first, second)
    if a is None or b is None:
        return _result(Agreement.INCOMPARABLE, "unit", first, second)
    difference = b[0] - a[0]
    factor = b[0] / a[0] if a[0] else None
    relation, rule = _judge(first, second, a, b)
    return _result(relation, rule, first, second, difference, factor)


def _judge(
    first: Figure, second: Figure, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]
) -> tuple[Agreement, str]:
    """The relation of two figures whose numbers are comparable."""
    moved = _direction(first, second)
    if moved is not None:
        return moved
    if _periods_differ(first, second):
        return Agreement.DIFFERENT, "period"
    same_wording = first.qualifier is second.qualifier
    if same_wording and (a == b or (first.qualifier is Qualifier.VAGUE and a[0] == b[0])):
        return Agreement.SAME, "equal"
    exact = first.unit == second.unit
    one, other = _band(first, a, exact=exact), _band(second, b, exact=exact)
    if a == b and Qualifier.EXACT in (first.qualifier, second.qualifier):
        loose = first.qualifier if second.qualifier is Qualifier.EXACT else second.qualifier
        if loose is Qualifier.ABOUT:
            return Agreement.COMPATIBLE, "about"
        if loose in (Qualifier.AT_LEAST, Qualifier.AT_MOST):
            return Agreement.COMPATIBLE, "bound"
        if loose in (Qualifier.OVER, Qualifier.UNDER, Qualifier.NEARLY):
            return Agreement.DIFFERENT, "excluded"
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
    near = max(_precision(first, a), _precision(second, b))
    if not exact and first.dimension in _LENGTHS:
        near = max(near, abs(a) * parameter("month_days_band"))
    if abs(a - b) <= near:
        return Agreement.COMPATIBLE, "rounding"
    if _other_reading(first, second, (a, a), (b, b)):
        return Agreement.COMPATIBLE, "growth_reading"
    return Agreement.DIFFERENT, "value"


def _compare_ranges(
    first: Figure, second: Figure, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]
) -> tuple[Agreement, str]:
    """Two ranges agree when both ends do, rounded to the digits stated."""
    near = max(_precision(first, a[0]), _precision(second, b[0]))
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
        if {one, other} <= _SHARES or ({one, other} <= _LENGTHS and one is not other):
            if {one, other} <= _LENGTHS and Dimension.TENOR in (one, other):
                return None
            return (
                None
                if {one, other} <= _SHARES
                else _result(Agreement.INCOMPARABLE, "dimension", first, second)
            )
        if {one, other} == {Dimension.PERCENT, Dimension.MULTIPLE} and _is_growth(first, second):
            return None
        if {one, other} == {Dimension.RATIO, Dimension.MULTIPLE}:
            return _result(Agreement.INCOMPARABLE, "dimension", first, second)
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
    if first.dimension is not second.dimension:
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
    return a, (low, high)


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


# What the wording allows --------------------------------------------------------------------


def _band(figure: Figure, pair: tuple[Decimal, Decimal], *, exact: bool) -> Band:
    value, upper = pair
    size = abs(value)
    if figure.qualifier in (Qualifier.RANGE, Qualifier.VAGUE):
        return Band(value, upper)
    match figure.qualifier:
        case Qualifier.ABOUT:
            small = figure.dimension is Dimension.COUNT and size < 10
            share = parameter("about_band_small" if small else "about_band")
            half = max(size * share, _precision(figure, value))
            return Band(value - half, value + half)
        case Qualifier.NEARLY:
            return Band(value - size * parameter("nearly_band"), value, open_high=True)
        case Qualifier.OVER:
            return Band(value, value + size * parameter("over_band"), open_low=True)
        case Qualifier.UNDER:
            return Band(None, value, open_high=True)
        case Qualifier.AT_LEAST:
            return Band(value, None)
        case Qualifier.AT_MOST:
            return Band(None, value)
        case _:
            half = _precision(figure, value)
            if not exact and figure.dimension in _LENGTHS:
                half = max(half, size * parameter("month_days_band"))
            return Band(value - half, value + half)


def _precision(figure: Figure, value: Decimal) -> Decimal:
    """Half a unit of the last digit stated, in the unit that ``value`` has here."""
    if figure.precision is None or not figure.value:
        return _ZERO
    return abs(figure.precision * value / figure.value)


def _direction(first: Figure, second: Figure) -> tuple[Agreement, str] | None:
    """Up against down, from against to, a level against a change of the same words."""
    if "price" in (first.share_of, second.share_of):
        return None
    changes = (Relation.BY, Relation.CHANGE)
    if first.relation in changes and second.relation in changes:
        if None not in (first.direction, second.direction) and (
            first.direction is not second.direction
        ):
            return Agreement.DIFFERENT, "direction"
        return None
    if {first.relation, second.relation} == {Relation.FROM, Relation.TO}:
        return Agreement.DIFFERENT, "from_and_to"
    relative = (Dimension.PERCENTAGE_POINT, Dimension.MULTIPLE)
    if first.dimension in relative or second.dimension in relative:
        return None
    levels = (Relation.LEVEL, Relation.TO, Relation.FROM)
    if first.dimension is Dimension.MONEY and (
        (first.relation in changes and second.relation is Relation.TO)
        or (second.relation in changes and first.relation is Relation.TO)
    ):
        return Agreement.INCOMPARABLE, "level_and_change"
    del levels
    return None


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


# Dates ------------------------------------------------------------------------------------


def _compare_dates(first: Figure, second: Figure) -> Comparison:
    if first.dimension not in _TIMED or second.dimension not in _TIMED:
        return _result(Agreement.INCOMPARABLE, "dimension", first, second)
    one, other = first.period or "", second.period or ""
    if one == other:
        return _result(Agreement.SAME, "equal", first, second)
    if _same_instant(one, other):
        return _result(Agreement.SAME, "zone", first, second)
    if "T" in one and "T" in other and not _clocks_agree(one, other):
        return _result(Agreement.DIFFERENT, "date", first, second)
    if period_matches(one, other):
        return _result(Agreement.COMPATIBLE, "period_within", first, second)
    return _result(Agreement.DIFFERENT, "date", first, second)


def _clocks_agree(one: str, other: str) -> bool:
    """Whether the times of day are the same as far as stated: a zone may be left out."""
    first, second = one.partition("T")[2], other.partition("T")[2]
    if first == second:
        return True
    return first[:5] == second[:5] and 5 in (len(first), len(second))


def _same_instant(one: str, other: str) -> bool:
    from datetime import datetime

    if "T" not in one or "T" not in other or "/" in one + other or "X" in one + other:
        return False
    try:
        a, b = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:
        return False
    if (a.tzinfo is None) != (b.tzinfo is None):
        return False
    return a == b


def _months(period: str) -> tuple[str, str] | None:
    """First and last month of a period as strings that sort, YYYY-MM; None for open years."""
    if "/" in period:
        first, _, last = period.partition("/")
        begin, end = _months(first), _months(last)
        return (begin[0], end[1]) if begin and end else None
    day = period.partition("T")[0]
    if not day or "X" in day[:4] or day.startswith("FY") or not day[:4].isdigit():
        return None
    year, rest = day[:4], day[5:]
    if not rest:
        return f"{year}-01-00", f"{year}-12-99"
    if rest[0] == "Q":
        month = int(rest[1]) * 3
        return f"{year}-{month - 2:02}-00", f"{year}-{month:02}-99"
    if rest[0] == "H":
        return (f"{year}-01-00", f"{year}-06-99") if rest[1] == "1" else (
            f"{year}-07-00", f"{year}-12-99"
        )  # fmt: skip
    if len(rest) == 2 and rest.isdigit() and int(rest) <= 12:
        return f"{year}-{rest}-00", f"{year}-{rest}-99"
    return (day, day) if len(rest) == 5 else None


def period_matches(one: str, other: str) -> bool:
    """Whether one period lies inside the other, or they are the same as far as stated."""
    if one == other:
        return True
    if "X" in one[:4] or "X" in other[:4]:
        # What no year is stated for may be any year's.
        return (one[:4].replace("X", "") == "" and one[4:] == other[4:]) or (
            other[:4].replace("X", "") == "" and one[4:] == other[4:]
        )
    a, b = _months(one), _months(other)
    if a is None or b is None:
        return False
    inside = a[0] <= b[0] and b[1] <= a[1]
    return inside or (b[0] <= a[0] and a[1] <= b[1])


def _periods_differ(first: Figure, second: Figure) -> bool:
    if first.period is None or second.period is None:
        return False
    return not period_matches(first.period, second.period)
