"""What values the wording of a figure allows: 约 a band, 近 one below, 超过 what lies above."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kaoju.errors import LexiconError
from kaoju.lexicon import section
from kaoju.types import Dimension, Figure, Qualifier

_ZERO = Decimal(0)
LENGTHS = frozenset({Dimension.DURATION, Dimension.TENOR, Dimension.AGE})


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


def band_of(figure: Figure, pair: tuple[Decimal, Decimal], *, exact: bool) -> Band:
    """What a figure with these bounds may be; not ``exact`` when its unit was converted."""
    value, upper = pair
    size = abs(value)
    if figure.qualifier in (Qualifier.RANGE, Qualifier.VAGUE):
        return Band(value, upper)
    match figure.qualifier:
        case Qualifier.ABOUT:
            small = figure.dimension is Dimension.COUNT and size < 10
            share = parameter("about_band_small" if small else "about_band")
            half = max(size * share, precision_of(figure, value))
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
            half = precision_of(figure, value)
            if not exact and figure.dimension in LENGTHS:
                half = max(half, size * parameter("month_days_band"))
            return Band(value - half, value + half)


def precision_of(figure: Figure, value: Decimal) -> Decimal:
    """Half a unit of the last digit stated, in the unit that ``value`` has here."""
    if figure.precision is None or not figure.value:
        return _ZERO
    return abs(figure.precision * value / figure.value)
