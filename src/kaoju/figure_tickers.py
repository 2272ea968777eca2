"""Amounts of tokens whose ticker no list has: 2 BRX, 500 VYN, 1.5 million HALO7.

A run of capitals right after a number in digits is a ticker where a phrase ends with it, no other
abbreviation or word is printed so (20 US banks, 3 CEOs, 12 GMT, 40 DEAD) and the words around speak
of tokens, or of what is paid or given: else it is as likely an abbreviation (300 BHP, 12 MOU).
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.figure_found import View
from kaoju.lexicon import lexicon_lines, section
from kaoju.numerals import Numeral

_TICKER = re.compile(r"[ ]?(?P<code>[A-Z]{3,6}[0-9]?)(?![A-Za-z0-9])")
_ENDS = re.compile(
    r"[ ]?(?:$|[,;:!?)+、，。；：！？）（(\n]|\.(?!\d)|[\u4e00-\u9fff])"
    r"| (?:and|or|to|for|in|at|on|by|per|each|a|as|from|with|plus|will|is|are|was|were|if|when|"
    r"until|before|after|of|apiece|instead|more|less|among|between|over|tokens?)(?![a-z])"
)
# RTX 4090 SUPER, Boeing 737 MAX: part of a name; not the first word of a sentence or a line.
_NAMED = re.compile(r"[A-Za-z0-9,'’-][ ]+[A-Z][A-Za-z0-9&-]*[ ]?$")


def ticker_at(view: View, number: Numeral, start: int) -> tuple[str, int] | None:
    """The ticker that follows a number, and where it ends; None where none does.

    Args:
        view: The text.
        number: The number.
        start: Where its figure begins.
    """
    printed = view.lower[number.start : number.end]
    if not number.digits or (printed[0] == "0" and number.value >= 1) or _is_year(printed):
        return None
    match = _TICKER.match(view.cased, number.end)
    if match is None or _ENDS.match(view.lower, match.end()) is None:
        return None
    code = match["code"]
    if is_abbreviation(code) or code.lower() in _words():
        return None
    if not speaks_of_tokens(view.lower, start, match.end()):
        return None
    if _NAMED.search(view.cased[max(0, start - 24) : start]):
        return None
    return code, match.end()


def is_abbreviation(code: str) -> bool:
    """Whether a run of capitals is one of what numbers count or measure, and no ticker."""
    return code in _no_tickers()


def speaks_of_tokens(lower: str, start: int, end: int) -> bool:
    """Whether the words around a number and its ticker speak of tokens, or of payments.

    Args:
        lower: The text, folded and in lower case.
        start: Where the number begins.
        end: Where the ticker ends.
    """
    around = (lower[max(0, start - _FAR) : start], lower[end : end + _FAR])
    if any(_sign("tokens").search(text) for text in around):
        return True
    before, after = around[0][-_NEAR:], around[1][:_NEAR]
    stops = [m.end() for m in _STOP.finditer(before)]
    stop = _STOP.search(after)
    before, after = before[max(stops, default=0) :], after[: stop.start() if stop else _NEAR]
    return any(_sign("payments").search(text) for text in (before, after))


_FAR = 240
_NEAR = 80
_STOP = re.compile(r"[!?;。！？；\n]|\.(?!\d)")


@cache
def _sign(kind: str) -> re.Pattern[str]:
    return re.compile(str(section("currencies", "ticker_signs")[kind]))


def _is_year(printed: str) -> bool:
    """Whether a number is printed as a year of these days is: 2026 SXSW."""
    return len(printed) == 4 and printed.isdigit() and printed != "2000" and int(printed) in _YEARS


_YEARS = range(1990, 2050)


@cache
def _words() -> frozenset[str]:
    return frozenset(word for line in lexicon_lines("english_words.txt") for word in line.split())


@cache
def _no_tickers() -> frozenset[str]:
    """Abbreviations that a number counts, or that follow a time of day."""
    return frozenset(section("currencies", "no_tickers")["words"])
