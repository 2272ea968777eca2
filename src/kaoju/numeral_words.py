"""The words numbers are written in, and what reading one gives.

The tables of ``lexicon/numerals.toml`` as the readers use them; see `kaoju.numerals`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kaoju.lexicon import section

HAN_DIGITS: dict[str, int] = dict(section("numerals", "han")["digits"])
HAN_MULTIPLIERS: dict[str, int] = dict(section("numerals", "han")["multipliers"])
HAN_SCALES: dict[str, int] = {
    word: 10**power for word, power in section("numerals", "han")["scales"].items()
}
HAN_NUMERALS = "".join((*HAN_DIGITS, *HAN_MULTIPLIERS, *HAN_SCALES))
# No news figure is longer; what is longer is a key or an identifier.
LONGEST = 64


class Sort(StrEnum):
    """What kind of numeral stands there."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    SOME = "some"  # 数十, dozens: from value to upper
    MORE = "more"  # 十余, 170多: above value, at most upper


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral of a folded text.

    ``step`` is the worth of one unit of the last digit stated (1.2亿: ten million), or
    None where the words tell none. ``mantissa`` is the number before its scale (1.2),
    ``scale`` the scale (100,000,000), so that a range can share it: 1.2-1.5亿.
    """

    start: int
    end: int
    value: Decimal
    sort: Sort = Sort.CARDINAL
    upper: Decimal | None = None
    step: Decimal | None = None
    mantissa: Decimal | None = None
    scale: int = 1
    digits: bool = False  # begins with Arabic digits
    bare: bool = False  # a multiplier with no number before it: 百, 万
    positional: bool = False  # 二〇二五


# Groups of three, of Indian two, of a thin space; no alternative can match the same digits
# in two ways for long, each is bounded by LONGEST.
ARABIC = re.compile(
    r"\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,20})?(?![\d])"
    r"|\d{1,2}(?:,\d{2}){1,5},\d{3}(?:\.\d{1,20})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){1,6},\d{1,2}(?!\d)"
    r"|\d{1,3}(?:(?: \d{3}){2,5}| 000)(?![\d.,])"
    r"|\d{1,40}(?:\.\d{1,20})?"
    r"|\.\d{1,20}"
)
