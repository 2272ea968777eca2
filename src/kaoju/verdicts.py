"""From what the articles say of a figure to one verdict, and the sentence that explains it.

The order of the rules: a figure that agrees, of the same thing, supports, unless a newer one
has replaced it, another article of the same time says otherwise, or somebody else is said to
have said it; failing that, one that differs contradicts; failing that, the same number of
something else is named; failing that, nothing was found. Thresholds and wording stand in
``lexicon/checking.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from kaoju.alignment import Conflict, Pair, days_of, periods_meet, speaker_differs
from kaoju.answer import citation_of
from kaoju.frames import TIMED, Frame
from kaoju.lexicon import load, section, words
from kaoju.text import FoldedText, fold
from kaoju.types import (
    Agreement,
    Citation,
    Difference,
    Dimension,
    Document,
    Figure,
    Language,
    Qualifier,
    Relation,
    Status,
    Verdict,
)

SAME_TIME = timedelta(days=45)  # articles this near speak of one state, if they name no period
_MOST_EVIDENCE = 4
_SLIPS = {  # rules of comparison that are a slip when the number itself is the same
    "percent_and_points": "percent_for_point",
    "currency": "currency",
    "unit": "unit",
    "dimension": "unit",
    "scale": "unit",
    "level_and_change": "level_for_change",
    "direction": "direction",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A figure's verdict before it is worded, with the pairs that decided, the first the most."""

    claim: Frame
    status: Status
    rule: str
    pairs: tuple[Pair, ...] = ()
    newer: Pair | None = None  # what replaced the figure, or disagrees with it


@cache
def _threshold(name: str) -> float:
    return float(section("checking", "thresholds")[name])


# Deciding ---------------------------------------------------------------------------------


def decide(claim: Frame, pairs: Sequence[Pair]) -> Decided:
    """Decide on one figure.

    Args:
        claim: The draft's frame.
        pairs: What the articles state, the likeliest first.
    """
    clean = [p for p in pairs if not p.conflicts]
    support = [p for p in clean if agrees(p) and p.score >= _threshold("support")]
    oppose = [p for p in clean if opposes(p) and p.score >= _threshold("oppose")]
    if support:
        return _supported(claim, support, oppose)
    if oppose:
        return _contradicted(claim, oppose)
    elsewhere = [p for p in pairs if p.conflicts and agrees(p) and p.score >= _threshold("context")]
    if elsewhere:
        rule = _conflict(elsewhere[0])
        return Decided(claim, Status.NEEDS_CONTEXT, rule, _same_number(elsewhere))
    if _is_own(claim):
        return Decided(claim, Status.NOT_CHECKABLE, "opinion")
    if claim.figure.qualifier is Qualifier.VAGUE:
        return Decided(claim, Status.NOT_CHECKABLE, "vague")
    return Decided(claim, Status.NOT_FOUND, "no_evidence")


def agrees(pair: Pair) -> bool:
    """Whether the two figures agree, the way they move included."""
    return pair.agrees and moved_apart(pair.claim.figure, pair.evidence.figure) is None


def opposes(pair: Pair) -> bool:
    """Whether a pair of one thing is a contradiction: another number, unit or direction."""
    if pair.agrees or pair.comparison.relation is Agreement.DIFFERENT:
        return not agrees(pair)
    return _same_numeral(pair.claim.figure, pair.evidence.figure)


def moved_apart(one: Figure, other: Figure) -> str | None:
    """The rule by which two equal numbers differ: up against down, to against by."""
    if one.dimension in TIMED:
        return None
    changes = (Relation.BY, Relation.CHANGE)
    kinds = [
        "by" if f.relation in changes else "to" if f.relation is Relation.TO else None
        for f in (one, other)
    ]
    if None not in kinds and kinds[0] != kinds[1] and one.dimension is not Dimension.MULTIPLE:
        return "level_and_change"
    if (
        kinds[0] is not None
        and kinds[0] == kinds[1]
        and None not in (one.direction, other.direction)
        and one.direction is not other.direction
    ):
        return "direction"
    return None


def _supported(claim: Frame, support: Sequence[Pair], oppose: Sequence[Pair]) -> Decided:
    best = support[0]
    agreeing = {p.evidence.statement.document_id for p in support}
    rivals = [
        p
        for p in oppose
        if p.evidence.statement.document_id not in agreeing
        and p.score >= _threshold("rival") * best.score
        and p.evidence.figure.dimension is best.evidence.figure.dimension
    ]
    if rivals and claim.figure.dimension not in TIMED:
        latest = max(support, key=_when)
        beside = [p for p in rivals if _same_time(p, latest)]
        if beside:
            other = max(beside, key=_when)
            return Decided(
                claim,
                Status.CONFLICTING_SOURCES,
                "sources_disagree",
                (*_same_number(support), *beside),
                other,
            )
        later = [p for p in rivals if _when(p) > _when(latest)]
        if later and not _pinned(claim, latest):
            newest = max(later, key=_when)
            pairs = (*_same_number(support), newest)
            return Decided(claim, Status.OUTDATED, "newer_figure", pairs, newest)
    apart = [p for p in support if speaker_differs(claim.statement, p.evidence.statement)]
    if len(apart) == len(support):
        return Decided(claim, Status.NEEDS_CONTEXT, "speaker", _same_number(apart))
    support = [p for p in support if p not in apart]
    rule = support[0].comparison.rule
    exact = [p for p in support if p.comparison.rule != "rounding"]
    if rule == "rounding" and exact and exact[0].score >= 0.8 * support[0].score:
        support = [*exact, *(p for p in support if p not in exact)]
        rule = exact[0].comparison.rule
    status = Status.SUPPORTED_ROUNDED if rule == "rounding" else Status.SUPPORTED
    return Decided(claim, status, rule, _same_number(support))


def _contradicted(claim: Frame, oppose: Sequence[Pair]) -> Decided:
    """The best aligned decides; of several as good, the newest."""
    near = [p for p in oppose if p.score >= _threshold("rival") * oppose[0].score]
    if claim.period is None:
        best = max(near, key=lambda p: (round(p.score, 1), _when(p), p.score))
    else:
        best = near[0]
    rule = moved_apart(best.claim.figure, best.evidence.figure) if best.agrees else None
    others = [p for p in near if p is not best and p.evidence.figure.value is not None]
    alike = [p for p in others if _equal(p.evidence.figure, best.evidence.figure)]
    return Decided(claim, Status.CONTRADICTED, rule or best.comparison.rule, (best, *alike))


def _equal(one: Figure, other: Figure) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)


def _same_number(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    return tuple(pairs[:_MOST_EVIDENCE])


def _conflict(pair: Pair) -> str:
    for conflict in (
        Conflict.SUBJECT,
        Conflict.KEY,
        Conflict.PERIOD,
        Conflict.MEASURE,
        Conflict.SHARE,
    ):
        if conflict in pair.conflicts:
            return str(conflict)
    return "measure"


def _when(pair: Pair) -> date:
    """The day that a figure of an article holds for: the end of its period, else the article's."""
    bounds = days_of(pair.evidence.period) if pair.evidence.period else None
    published = pair.evidence.statement.published_on
    if bounds is not None:
        return min(bounds[1], published) if published is not None else bounds[1]
    return published or date.min


def _same_time(one: Pair, other: Pair) -> bool:
    first, second = one.evidence.period, other.evidence.period
    if first is not None and second is not None:
        return periods_meet(first, second)
    return abs(_when(one) - _when(other)) <= SAME_TIME


def _pinned(claim: Frame, pair: Pair) -> bool:
    """Whether the draft says when its figure held, and that is when the article has it."""
    if claim.period is None or days_of(claim.period) is None:
        return False
    bounds = days_of(claim.period)
    return bounds is not None and bounds[0] <= _when(pair) <= bounds[1] + SAME_TIME


def _is_own(claim: Frame) -> bool:
    """Whether a sentence is the writer's own opinion or plan."""
    if claim.statement.speaker_id is not None:
        return False
    folded = fold(claim.statement.text).text
    return any(word in folded for word in _own_words())


@cache
def _own_words() -> tuple[str, ...]:
    return tuple(fold(word).text for key in ("zh", "en") for word in words("checking", "own", key))


# The difference -----------------------------------------------------------------------------


def difference_of(claim: Figure, pair: Pair) -> Difference | None:
    """How far a draft's figure is from the evidence's; None for dates and where nothing is."""
    other = pair.evidence.figure
    if claim.value is None or other.value is None:
        return None
    comparison = pair.comparison
    slip = None
    if not agrees(pair):
        moved = moved_apart(claim, other) if pair.agrees else None
        slip = _SLIPS.get(moved or comparison.rule)
        if slip is None and comparison.factor is not None:
            slip = _numeric_slip(claim, other, comparison.factor)
    absolute = comparison.difference
    relative = absolute / claim.value if absolute is not None and claim.value else None
    if absolute is None and slip is None:
        return None
    return Difference(absolute, relative, comparison.factor, claim.unit, slip)


def _numeric_slip(claim: Figure, other: Figure, factor: Decimal) -> str | None:
    if factor > 0:
        shift = factor if factor >= 1 else 1 / factor
        digits = f"{shift.normalize():f}"
        if len(digits) > 1 and digits.strip("0") == "1":
            return "power_of_ten"
    ours, theirs = _digits(claim.value), _digits(other.value)
    if len(ours) == len(theirs) > 1:
        differing = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
        if len(differing) == 1:
            return "one_digit"
        if len(differing) == 2 and sorted(ours) == sorted(theirs):
            return "digits_swapped"
    return None


def _digits(value: Decimal | None) -> str:
    return "".join(c for c in f"{value:f}" if c.isdigit()).strip("0") if value is not None else ""


_NUMERAL = re.compile(r"\d+(?:\.\d+)?")


def _same_numeral(one: Figure, other: Figure) -> bool:
    """Whether two figures state the same digits, whatever their unit."""
    if one.value is None or other.value is None:
        return False
    if one.value == other.value:
        return True
    ours, theirs = (_NUMERAL.findall(fold(f.surface).text.replace(",", "")) for f in (one, other))
    return bool(ours) and ours == theirs


# Wording ------------------------------------------------------------------------------------


def worded(decided: Decided, documents: Mapping[str, Document], draft: FoldedText) -> Verdict:
    """The verdict with its citations and its explanation, spans on the draft as given."""
    figure = decided.claim.figure
    citations, stated = _cited(decided.pairs, documents)
    span = draft.printed_span(figure.span)
    printed = span.of(draft.printed)
    first = decided.pairs[0] if decided.pairs else None
    compared = first
    if decided.status is Status.CONFLICTING_SOURCES and decided.newer is not None:
        compared = decided.newer
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
    for pair in pairs:
        statement = pair.evidence.statement
        key = (statement.document_id, statement.span)
        if key not in found:
            citation = citation_of(
                documents[statement.document_id], statement.passage_id, statement.span
            )
            found[key] = citation, pair.evidence.figure
    return tuple(c for c, _ in found.values()), tuple(f for _, f in found.values())


def _explained(decided: Decided, difference: Difference | None) -> str:
    language = "zh" if decided.claim.statement.language is Language.ZH else "en"
    told = load("checking")["explanations"][language]
    text: str = told.get(f"{decided.status}.{decided.rule}") or told[str(decided.status)]
    given = {"claim": decided.claim.figure.surface, "found": "", "title": "", "day": ""}
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
    if difference is not None and difference.slip is not None:
        slip = load("checking")["slips"][language][difference.slip]
        text += ("" if language == "zh" else " ") + slip.format(factor=_times(difference.factor))
    return text


def _times(factor: Decimal | None) -> str:
    if not factor:
        return ""
    return f"{(factor if factor >= 1 else 1 / factor).normalize():f}"


def _as_printed(frame: Frame, language: str) -> str:
    """The evidence's figure as printed, its normal form beside it when that is another language."""
    from kaoju.units import format_figure

    wanted = Language(language)
    if frame.statement.language is wanted:
        return f"“{frame.figure.surface}”"
    return f"“{frame.figure.surface}” ({format_figure(frame.figure, wanted)})"


def _day(day: date | None, language: str) -> str:
    if day is not None:
        return day.isoformat()
    return "日期不明" if language == "zh" else "undated"
