"""What the readers of figures hand to one another: a figure half read, and the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kaoju.dates import DateMatch
from kaoju.numerals import Numeral
from kaoju.types import Dimension, Direction, Language, Qualifier, Relation

_FINE = Decimal("1e-12")


@dataclass(slots=True)
class Found:
    """A figure while it is being read; positions are in the folded text."""

    start: int
    end: int
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    dimension: Dimension = Dimension.COUNT
    step: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    relation: Relation = Relation.LEVEL
    direction: Direction | None = None
    period: str | None = None
    per: str | None = None
    share_of: str | None = None
    measure: str | None = None
    subject: str | None = None
    numeral: Numeral | None = None
    bare: bool = False  # no unit yet
    strong: bool = False  # a bare number that may stand alone
    after: int = 0  # where the words after the figure begin (past a classifier)
    zh: bool = False
    date: DateMatch | None = None
    noun: str = ""

    def add_part(self, part: Found, times: Decimal) -> None:
        """Add what a smaller unit tells, whose digits are the last: the 15 of 2 hours 15 minutes.

        Args:
            part: The smaller part.
            times: Its unit in units of this figure.
        """
        if self.value is None or part.value is None:
            return
        self.value = (self.value + (part.value * times).quantize(_FINE)).normalize()
        self.step = part.step * times if part.step is not None else None


@dataclass(slots=True)
class View:
    """A text as the readers see it: folded, in lower case and with its case, same length."""

    lower: str
    cased: str
    language: Language
    found: list[Found] = field(default_factory=list)
