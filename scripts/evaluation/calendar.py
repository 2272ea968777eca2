"""Calendar-assistant phrases on top of our dates, in the terms of Recognizers-Text.

News states dates; an assistant is told "the week after next". `calendar_items` reads both:
what `kaoju.dates` finds, with the preposition that the peer puts into its span, and
relative phrases that no news reader reports as figures.
"""

from __future__ import annotations

from datetime import date

from evaluation.calendar_en import read_en
from evaluation.calendar_values import Triple
from evaluation.calendar_zh import read_zh
from kaoju.numerals import protect
from kaoju.text import fold
from kaoju.types import Language, Span


def calendar_items(
    text: str, language: Language, reference: date | None, instant: str
) -> list[Triple]:
    """Start, end and every way to write the value of each calendar expression of a text."""
    folded = fold(protect(text), lower=False)
    cased = folded.text
    lower = cased.lower()
    if len(lower) != len(cased):
        lower = cased
    chinese = language is Language.ZH
    del instant
    found = _scan(lower, cased, reference, chinese=chinese)
    items = []
    for start, end, values in found:
        span = folded.printed_span(Span(start, end))
        items.append((span.start, span.end, values))
    return items


def _scan(lower: str, cased: str, reference: date | None, *, chinese: bool) -> list[Triple]:
    found: list[Triple] = []
    position = 0
    while position < len(lower):
        character = lower[position]
        if character.isspace() or (position and not chinese and lower[position - 1].isalnum()):
            position += 1
            continue
        item = (read_zh if chinese else read_en)(lower, cased, position, reference)
        if item is None:
            position += 1
            continue
        found.append(item)
        position = max(item[1], position + 1)
    return found
