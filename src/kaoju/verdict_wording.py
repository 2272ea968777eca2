"""A verdict as it is told: how far the draft is off, the quotes, and one sentence that explains.

The wording stands in ``lexicon/checking.toml``; it is in the language of the draft's sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal

from kaoju.agreement import agrees, apart
from kaoju.alignment import Pair
from kaoju.answer import citation_of
from kaoju.figure_writing import format_figure
from kaoju.frames import Frame, digits_of
from kaoju.judgement import Decided
from kaoju.lexicon import load
from kaoju.text import FoldedText
from kaoju.types import (
    Citation,
    Difference,
    Document,
    Figure,
    Language,
    Qualifier,
    Status,
    Verdict,
)

_SLIPS = {  # rules of comparison that are a slip when the number itself is the same
    "percent_and_points": "percent_for_point",
    "currency": "currency",
    "unit": "unit",
    "dimension": "unit",
    "scale": "unit",
    "level_and_change": "level_for_change",
    "direction": "direction",
}


# The difference -----------------------------------------------------------------------------


def difference_of(claim: Figure, pair: Pair) -> Difference | None:
    """How far a draft's figure is from the evidence's; None for dates and where nothing is."""
    other = pair.evidence.figure
    if claim.value is None or other.value is None:
        return None
    comparison = pair.comparison
    slip = None
    if not agrees(pair):
        moved = apart(pair.claim, pair.evidence) if pair.agrees else None
        slip = _SLIPS.get(moved or comparison.rule)
        if slip is None and comparison.factor is not None:
            slip = _numeric_slip(claim, other, comparison.factor)
    absolute = comparison.difference
    relative = absolute / claim.value if absolute is not None and claim.value else None
    if absolute is None and slip is None:
        return None
    return Difference(
        _short(absolute), _short(relative), _short(comparison.factor), claim.unit, slip
    )


def _short(number: Decimal | None) -> Decimal | None:
    """A number to six digits, which is more than any draft states."""
    return None if number is None else Context(prec=6).create_decimal(number).normalize()


def _numeric_slip(claim: Figure, other: Figure, factor: Decimal) -> str | None:
    if factor > 0:
        shift = factor if factor >= 1 else 1 / factor
        digits = f"{shift.normalize():f}"
        if len(digits) > 1 and digits.strip("0") == "1":
            return "power_of_ten"
    ours, theirs = digits_of(claim), digits_of(other)
    if len(ours) == len(theirs) > 1:
        differing = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
        if len(differing) == 1:
            return "one_digit"
        if len(differing) == 2 and sorted(ours) == sorted(theirs):
            return "digits_swapped"
    return None


# Wording ------------------------------------------------------------------------------------


def worded(decided: Decided, documents: Mapping[str, Document], draft: FoldedText) -> Verdict:
    """The verdict with its citations and its explanation, spans on the draft as given."""
    figure = decided.claim.figure
    citations, stated = _cited(decided.pairs, documents)
    span = draft.printed_span(figure.span)
    printed = span.of(draft.printed)
    first = decided.pairs[0] if decided.pairs else None
    compared = first
    if decided.newer is not None:
        compared = decided.newer  # what has replaced the draft's figure, or disagrees with it
    difference = difference_of(figure, compared) if compared is not None else None
    speaker = first.evidence.statement.speaker if first is not None else None
    return Verdict(
        figure=replace(figure, span=span, surface=printed, id="", passage_id="", document_id=""),
        status=decided.status,
        rule=decided.rule,
        evidence=citations,
        difference=difference,
        explanation=_explained(decided, difference),
        sentence=draft.printed_span(decided.claim.statement.span),
        stated=stated,
        speaker=speaker,
    )


def _cited(
    pairs: Sequence[Pair], documents: Mapping[str, Document]
) -> tuple[tuple[Citation, ...], tuple[Figure | None, ...]]:
    """A citation for each sentence, the first figure of it that decided beside it."""
    found: dict[tuple[str, object], tuple[Citation, Figure]] = {}
    for told in (
        frame for pair in pairs for frame in (pair.evidence, *printed_parts(pair.evidence))
    ):
        statement = told.statement
        key = (statement.document_id, statement.span)
        if key not in found:
            citation = citation_of(
                documents[statement.document_id], statement.passage_id, statement.span
            )
            found[key] = citation, told.figure
    return tuple(c for c, _ in found.values()), tuple(f for _, f in found.values())


def printed_parts(told: Frame) -> tuple[Frame, ...]:
    """The printed figures that a reckoned one comes from."""
    return told.reckoned.parts if told.reckoned is not None else ()


def _explained(decided: Decided, difference: Difference | None) -> str:
    language = "zh" if decided.claim.statement.language is Language.ZH else "en"
    told = load("checking")["explanations"][language]
    text: str = told.get(f"{decided.status}.{decided.rule}") or told[str(decided.status)]
    if decided.pairs and decided.pairs[0].evidence.reckoned is not None:
        text = told.get(f"{decided.status}.reckoned") or text
    given = {"claim": decided.claim.figure.surface, "found": "", "title": "", "day": ""}
    if decided.missing:
        joined = load("checking")["joined"][language]
        given["missing"] = joined.join(f"“{word}”" for word in decided.missing)
    if decided.pairs:
        evidence = decided.pairs[0].evidence
        given |= {
            "found": _as_printed(decided.pairs[0].evidence, language),
            "title": evidence.statement.title,
            "day": _day(evidence.statement.published_on, language),
            "speaker": evidence.statement.speaker or "",
        }
    if decided.newer is not None:
        given |= {
            "newer": _as_printed(decided.newer.evidence, language),
            "newer_day": _day(decided.newer.evidence.statement.published_on, language),
        }
    text = text.format(**given)
    contradicted = decided.status is Status.CONTRADICTED
    if contradicted and difference is not None and difference.slip is not None:
        slip = load("checking")["slips"][language][difference.slip]
        text += ("" if language == "zh" else " ") + slip.format(factor=_times(difference.factor))
    return text


def _times(factor: Decimal | None) -> str:
    if not factor:
        return ""
    return f"{(factor if factor >= 1 else 1 / factor).normalize():f}"


def _as_printed(frame: Frame, language: str) -> str:
    """The evidence's figure as printed, its normal form beside it when that is another language.

    Of one that is reckoned, from which figures and by which sum, and what they come to.
    """
    wanted = Language(language)
    if frame.reckoned is not None:
        parts = [_as_printed(part, language) for part in frame.reckoned.parts]
        rules = load("checking")["sums"][language]
        return str(rules[frame.reckoned.rule]).format(
            one=parts[0], other=parts[1], value=_written(frame.figure, wanted)
        )
    if frame.statement.language is wanted:
        return f"“{frame.figure.surface}”"
    return f"“{frame.figure.surface}” ({format_figure(frame.figure, wanted)})"


def _written(figure: Figure, language: Language) -> str:
    """A reckoned number to four digits, which is more than its parts allow."""
    value = figure.value
    short = None if value is None else Context(prec=_DIGITS).create_decimal(value)
    return format_figure(replace(figure, value=short, qualifier=Qualifier.EXACT), language)


_DIGITS = 4


def _day(day: date | None, language: str) -> str:
    if day is not None:
        return day.isoformat()
    return "日期不明" if language == "zh" else "undated"
