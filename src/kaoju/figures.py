"""Stated quantities in Chinese and English text: found, read, placed.

One pass: a compiled pattern jumps from seed to seed (digits, Chinese numerals, English
number words, calendar words), a small reader looks at what stands there, and
`kaoju.figure_context` reads the words around it. Every reader looks a bounded way ahead, so
the whole is linear in the text. What carries digits and states nothing (GPT-4o, 5G, phone
numbers, 三心二意) is recognised and left out; see ``lexicon/not_figures.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kaoju import dates, figure_context
from kaoju.dates_en import read_date_en
from kaoju.dates_zh import read_date_zh
from kaoju.figure_found import Found, View
from kaoju.figure_parts_zh import read_each
from kaoju.figure_places import places_en
from kaoju.figure_quantities import (
    SCORE_WORDS,
    add_date,
    is_chinese,
    read_number,
    read_proportion,
    sign_before,
    skip_token,
)
from kaoju.figure_run_times import read_run_time
from kaoju.figure_seeds import HAN, SAYINGS_DIGITS, english, first_characters
from kaoju.figure_shares_en import read_multiple
from kaoju.figure_traps import ALNUM
from kaoju.figure_units_zh import HALF
from kaoju.figure_words import (
    DATE_HINT,
    read_article,
    read_date_han,
    read_date_word,
    read_fan,
    read_first,
    read_han,
    read_many,
    read_most,
    read_nth,
    read_part,
    read_word,
)
from kaoju.numerals import protect
from kaoju.text import FoldedText, fold, language_of
from kaoju.types import Dimension, Figure, Language, Span

_PHONE = re.compile(
    r"(?:\d{3,4}-){1,3}\d{3,8}(?![\d.%])(?=[^\d-]|$)|1[3-9]\d{9}(?!\d|[ ]?[元万亿%美人])|"
    r"\d{3}-\d{4}(?!\d)"
    r"|\d{1,3}[ -]\(?\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,4}(?!\d)"
)
_VERSION = re.compile(r"\d{1,5}(?:\.\d{1,5}){2,6}(?![\d%])")
_LONG_ID = re.compile(r"\d{31,}|\d[\d-]{31,}")


def find_figures(
    text: str, language: Language | str | None = None, reference_date: date | None = None
) -> list[Figure]:
    """Find and read every figure of a text.

    Args:
        text: Any text, of either language or both.
        language: The language of the text when it is known; it decides what ¥ means and
            is noted on the figures. Both languages are read in any case.
        reference_date: The day the text was published, for 今年, 11月5日 and last year. What
            it would decide stays X without it (XXXX-11-05).

    Returns:
        The figures in the order of the text, never overlapping. Spans count code points of
        ``text`` and slice to the surfaces. Nothing is raised for any text.
    """
    if not text:
        return []
    own = language_of(text) if language is None else Language(language)
    folded = fold(protect(text), lower=False)
    cased = folded.text
    lower = cased.lower()
    if len(lower) != len(cased):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in cased)
    view = View(lower, cased, own)
    _scan(view)
    kept = figure_context.settle(view, reference_date)
    figures: list[Figure] = []
    for found in kept:
        if found.date is not None and found.date.apart:
            figures += _told_apart(found, found.date.apart, text, folded, own, reference_date)
        else:
            figures.append(_figure(found, text, folded, own))
    return figures


def _told_apart(
    found: Found,
    places: Sequence[tuple[int, int]],
    text: str,
    folded: FoldedText,
    own: Language,
    reference_date: date | None,
) -> Iterator[Figure]:
    """The figures that a stretch of time is printed with: six months, and June 30."""
    ends = {end[-3:]: end for end in (found.period or "").split("/")}  # by -06 of 2025-06
    for start, end in places:
        begin = start - len(_BEFORE.findall(folded.text[max(0, start - 12) : start])[0])
        for one in find_figures(folded.text[begin:end], own, reference_date):
            if begin + one.span.start < start:
                continue
            span = folded.printed_span(one.span.shift(begin))
            month = one.period if one.period and one.period.count("-") == 1 else None
            period = ends.get(month[-3:], month) if month else one.period
            yield replace(one, span=span, surface=text[span.start : span.end], period=period)


# To March is a month, and March alone a verb.
_BEFORE = re.compile(r"(?:[a-z]+ )?$")


def _figure(found: Found, text: str, folded: FoldedText, language: Language) -> Figure:
    span = folded.printed_span(Span(found.start, found.end))
    timed = found.dimension in (Dimension.DATE, Dimension.TIME)
    upper = found.upper
    if upper is not None and (timed or found.value is None or upper < found.value):
        upper = None
    return Figure(
        span=span,
        surface=text[span.start : span.end],
        value=None if timed else found.value,
        unit="" if timed else found.unit,
        dimension=found.dimension,
        upper=upper,
        precision=None if found.step is None or timed else found.step * HALF,
        qualifier=found.qualifier,
        relation=found.relation,
        direction=found.direction,
        period=found.period,
        per=found.per,
        share_of=found.share_of,
        measure=found.measure,
        subject=found.subject,
        language=language,
    )


def _scan(view: View) -> None:
    """Jump from seed to seed: the earlier of the next digit or Han character and the next word."""
    lower = view.lower
    first, latin, han = first_characters(lower), english(), HAN
    position = 0
    here = first.search(lower)
    word = latin.search(lower)
    while here is not None or word is not None:
        if here is not None and (word is None or here.start() < word.start()):
            match = han.match(lower, here.start())
            if match is None:
                here = first.search(lower, here.start() + 1)
                continue
        elif word is not None:
            match = word
        else:
            break
        kind = match.lastgroup or ""
        if kind in ("skip", "hansaying", "ensaying"):
            position = match.end()
        else:
            position = max(_READERS[kind](view, match, position), match.start() + 1)
        if here is not None and here.start() < position:
            here = first.search(lower, position)
        if word is not None and word.start() < position:
            word = latin.search(lower, position)


def _digit(view: View, match: re.Match[str], floor: int) -> int:
    lower, at = view.lower, match.start()
    before = lower[at - 1 : at] if at else ""
    zh = is_chinese(view, at, at + 12)
    prefixed = before and before in ALNUM and sign_before(view, at, floor) is None
    if prefixed and _SCALED.match(lower, at) and _TICKER.search(view.cased[max(0, at - 12) : at]):
        prefixed = ""  # TIDE1260万枚
    if before == "." and at > 1 and not lower[at - 2].isdigit():
        at -= 1 if at - 1 >= floor and lower[at - 2 : at - 1] in " $€£¥(-" else 0
    if lower.startswith(SAYINGS_DIGITS, at):
        return skip_token(lower, at)
    if prefixed or (before in "+" and before and lower[at - 2 : at - 1].isalpha()):
        return skip_token(lower, at)
    if _LONG_ID.match(lower, at):
        return skip_token(lower, at)
    took = read_run_time(view, at)
    if took is not None:
        view.found.append(took)
        return took.end
    if (
        DATE_HINT.match(lower, at)
        or lower.startswith("民国", max(at - 2, 0))
        or lower[at + 1 : at + 9].strip("0123456789")[:1] in tuple("-/ :.qsaptn")
    ):
        found = read_date_zh(lower, at) if zh else None
        if found is None:
            found = read_date_en(lower, at, view.cased)
        if found is not None and _is_date(view, found, zh):
            return add_date(view, found, zh)
    if before == "-" and at > 1:
        word = re.search(r"[a-z0-9]{1,12}$", lower[max(0, at - 13) : at - 1])
        if word is not None and word.group() not in (
            "sub", "post", "pre", "mid", "plus", "ex", "under", "over", "top", "to", "non", "near",
        ):  # fmt: skip
            return skip_token(lower, at)
    ordinal = _ORDINAL_DIGITS.match(lower, at)
    if ordinal is not None:
        return _digit_ordinal(view, ordinal)
    proportion = read_proportion(view, at)
    if proportion is not None:
        view.found.append(proportion)
        return proportion.end
    phone = _PHONE.match(lower, at)
    if phone is not None and not _is_year_pair(phone.group()):
        return phone.end()
    version = _VERSION.match(lower, at)
    if version is not None:
        return skip_token(lower, version.end())
    return read_number(view, at, floor)


# A number in ten thousands is no part of the name that it is glued to.
_SCALED = re.compile(r"\d[\d,]*(?:\.\d+)?[万亿]")
_TICKER = re.compile(r"(?<![A-Za-z0-9_-])[A-Z][A-Za-z]{1,10}$")
_ORDINAL_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th)(?![a-z])")
_ORDINAL_NAMES = re.compile(r"[- ](?:century|street|avenue|floor|st\.|ave|precinct|parallel|hole)")


_RANKED = re.compile(r"(?<![a-z])(?:rank(?:s|ed|ing)?|placed|finish(?:es|ed))(?: only| just)? $")


def _digit_ordinal(view: View, match: re.Match[str]) -> int:
    """12th meeting; not the 21st century, 5th Avenue or a day of the month."""
    lower = view.lower
    places = places_en(view, match)
    if places is not None:
        view.found.append(places)
        return places.end
    follows = re.match(r"[ -][a-z]{3,}", lower[match.end() : match.end() + 5])
    stops = re.match(
        r" (?:and|of|to|or|that|for|in|on|at|with|by)(?![a-z])",
        lower[match.end() : match.end() + 7],
    )
    ranked = _RANKED.search(lower[max(0, match.start() - 16) : match.start()])
    if ranked is None and (follows is None or stops or _ORDINAL_NAMES.match(lower, match.end())):
        return match.end()
    found = Found(match.start(), match.end(), Decimal(match.group(1)), unit="ordinal")
    found.dimension, found.after = Dimension.ORDINAL, match.end()
    view.found.append(found)
    return match.end()


def _is_year_pair(printed: str) -> bool:
    parts = printed.split("-")
    if len(parts) != 2:
        return False
    return all(len(part) in (3, 4) for part in parts) and int(parts[0]) < int(parts[1])


def _is_date(view: View, found: dates.DateMatch, zh: bool) -> bool:
    """Whether what reads as a date is one here: 3月 yes, 3:1 or 16 of 24 hours no."""
    moment = found.moment
    if moment.clock is not None and moment.day is None and moment.shift is None:
        printed = view.lower[found.start : found.end]
        before = view.lower[max(0, found.start - 12) : found.start]
        if ":" in printed and SCORE_WORDS.search(before):
            return False
    return True


_READERS = {
    "digit": _digit,
    "part": read_part,
    "handate": read_date_han,
    "nth": read_nth,
    "fan": read_fan,
    "many": read_many,
    "each": read_each,
    "first": read_first,
    "most": read_most,
    "han": read_han,
    "endate": read_date_word,
    "mult": read_multiple,
    "word": read_word,
    "article": read_article,
}
