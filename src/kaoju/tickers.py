"""Whether two numbers are of two coins by the tickers behind them: 5,000 ABC, and $5,000.

Most tickers stand in no list. That a number has one is read from its place alone, so that it says
only what a number is not of.
"""

from __future__ import annotations

import re

from kaoju.figure_tickers import is_abbreviation, speaks_of_tokens
from kaoju.frames import Frame
from kaoju.text import fold
from kaoju.types import Dimension

# Behind a number, and no adjective of what is counted: 300 NATO soldiers.
_TICKER = re.compile(
    r"\s?[枚个]?\s?(?P<ticker>[A-Z][A-Z0-9]{2,7})(?![A-Za-z0-9-])(?!\s(?!tokens\b|coins\b)[a-z]+s\b)"
)


def ticker_of(told: Frame) -> str | None:
    """The ticker behind a bare number, or the unit of an amount of money; None where neither is."""
    figure = told.figure
    if figure.dimension is Dimension.MONEY:
        return figure.unit
    if figure.dimension is not Dimension.COUNT:
        return None
    text, at = told.statement.text, figure.span.shift(-told.statement.span.start)
    found = _TICKER.match(text, at.end)
    if found is None or is_abbreviation(found["ticker"]):
        return None
    counted = text[at.end : found.start("ticker")].strip() or text[at.end - 1 : at.end] in _COUNTED
    is_told = counted or speaks_of_tokens(fold(text).text, at.start, found.end())
    return found["ticker"] if is_told else None


_COUNTED = frozenset("枚")  # by which tokens are counted


def of_other_coin(claim: Frame, evidence: Frame) -> bool:
    """Whether one of two numbers is of a coin and the other of another one, or of money."""
    if claim.figure.dimension is evidence.figure.dimension is Dimension.MONEY:
        return False  # those are converted, or told apart by their units
    one, other = ticker_of(claim), ticker_of(evidence)
    return one is not None and other is not None and one != other
