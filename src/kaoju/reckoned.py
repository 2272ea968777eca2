"""What a draft reckons from two figures of the articles: how far apart, together, what part.

An editor who reads that one fund holds 40.2 billion and another 36.5 lets a draft say that they
are 3.7 apart. Differences and totals are tried only where the draft's words speak of one, the
other sums by the kind of its figure, and the fewer digits the result has, the nearer must both
numbers be to what the draft speaks of: a difference of 2 is found between any two figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations

from kaoju.derived import AMOUNTS, POINT, summed
from kaoju.draft_comparison import compare
from kaoju.frames import KEYS, TIMED, Frame
from kaoju.judgement import threshold
from kaoju.lexicon import section
from kaoju.likeness import AGREE
from kaoju.text import fold, has_han
from kaoju.types import Dimension, Direction, Figure, Qualifier, Relation

_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_FIRM = frozenset({Qualifier.EXACT, Qualifier.ABOUT})
_MANY = 3  # digits of a number that two others hardly give by chance
_HUNDRED = Decimal(100)
_SLIGHT = Decimal("0.02")  # the smaller of two numbers is at least this part of the other
_ROUGH = 1.35  # how far a sum may be from a draft's number before it is looked at closely


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of an article: the frames of its figures, and how far behind its passage is.

    ``gap`` is how much nearer to the draft's sentence the nearest passage of its language is.
    """

    frames: Sequence[Frame]
    gap: float


@dataclass(frozen=True, slots=True)
class Sum:
    """Two figures that give a draft's number: by which sum, and in which sentences."""

    rule: str
    one: Frame
    other: Frame
    sources: tuple[int, int]
    value: Decimal


def reckoned(
    claim: Frame, sources: Sequence[Source], fit: Callable[[int, Frame], float]
) -> list[tuple[int, Frame]]:
    """The sums of two figures that give a draft's, each with the place of its first sentence.

    Args:
        claim: The draft's figure.
        sources: The sentences at hand.
        fit: How surely a figure of a source is of what the draft speaks of.
    """
    wanted = _wanted(claim)
    if not wanted:
        return []
    found: list[tuple[int, Frame]] = []
    for told in _sums(claim, wanted, sources):
        fits = [fit(at, f) for at, f in zip(told.sources, (told.one, told.other), strict=True)]
        gap = max(sources[at].gap for at in told.sources)
        if _is_near(claim, told, min(fits), gap) and _fits_direction(claim, told):
            ends = sorted(zip(fits, told.sources, (told.one, told.other), strict=True), key=_fit)
            frame = _frame(claim, told, ends[1][2], ends[0][2])
            if compare(claim, frame).relation in AGREE:
                found.append((ends[1][1], frame))
    return found


def _fit(end: tuple[float, int, Frame]) -> float:
    return end[0]


# Which sums -------------------------------------------------------------------------------------


def _wanted(claim: Frame) -> frozenset[str]:
    """The sums that a draft's words can mean."""
    figure = claim.figure
    known = figure.value is not None and figure.value > 0 and figure.upper is None
    if not known or figure.dimension in TIMED | KEYS or figure.qualifier is Qualifier.VAGUE:
        return frozenset()
    match figure.dimension:
        case Dimension.MULTIPLE:
            changed = figure.relation in _CHANGES or figure.per is not None
            return frozenset() if changed else frozenset({"multiple"})
        case Dimension.RATIO:
            return frozenset({"part"})
        case Dimension.PERCENTAGE_POINT:
            return frozenset({"difference"})
        case dimension if dimension not in AMOUNTS:
            return frozenset()
    text = claim.statement.text
    clause = claim.scope.of(text)
    found = {"share", "rest"} if len(claim.digits) > 1 else set()
    apart = figure.relation is Relation.LEVEL and _says("difference", clause)
    if figure.relation in _CHANGES or apart:
        found = (found - {"share"}) | {"difference"}
    if _says("sum", text):
        found.add("sum")
    return frozenset(found)


def _says(name: str, text: str) -> bool:
    plain = _words("bound", has_han(text)).sub(" ", fold(text).text)
    return _words(name, has_han(text)).search(plain) is not None


@cache
def _words(name: str, chinese: bool) -> re.Pattern[str]:
    language = "zh" if chinese else "en"
    return re.compile(str(section("checking", "reckoned")[f"{language}_{name}"]))


# The sums ---------------------------------------------------------------------------------------

Placed = tuple[int, Frame]


def _sums(claim: Frame, wanted: frozenset[str], sources: Sequence[Source]) -> Iterator[Sum]:
    """The sums that come near a draft's number."""
    kinds: dict[tuple[Dimension, str], list[Placed]] = {}
    for at, source in enumerate(sources):
        for told in source.frames:
            if _is_firm(told):
                key = told.figure.dimension, told.figure.unit
                kinds.setdefault(key, []).append((at, told))
    target = float(claim.figure.value or 0)
    for (dimension, unit), placed in kinds.items():
        rules = wanted & _possible(claim.figure, dimension, unit)
        if rules & {"share", "rest"}:
            yield from _shares(target, rules, placed, sources)
        if not rules - {"share", "rest"}:
            continue
        for (i, one), (j, other) in combinations(placed, 2):
            if sources[i].frames[0].statement.language is sources[j].frames[0].statement.language:
                for rule, value in _reckon(rules, _value(one), _value(other)):
                    if target / _ROUGH <= value <= target * _ROUGH:
                        yield Sum(rule, one, other, (i, j), value)


def _possible(claim: Figure, dimension: Dimension, unit: str) -> frozenset[str]:
    """The sums of two figures of a kind that can give a draft's number."""
    own = claim.dimension
    if own is Dimension.PERCENTAGE_POINT:
        return frozenset({"difference"} if dimension is Dimension.PERCENT else ())
    if own is Dimension.MULTIPLE:
        either = dimension in AMOUNTS or dimension is Dimension.PERCENT
        return frozenset({"multiple"} if either else ())
    if own is Dimension.RATIO:
        return frozenset({"part"} if dimension in AMOUNTS else ())
    same = dimension is own and (unit == claim.unit or own is Dimension.COUNT)
    return frozenset({"difference", "sum", "share", "rest"} if same else ())


def _reckon(rules: frozenset[str], one: Decimal, other: Decimal) -> Iterator[tuple[str, Decimal]]:
    least, most = min(one, other), max(one, other)
    if least == most or least < most * _SLIGHT:
        return
    if "difference" in rules:
        yield "difference", most - least
    if "sum" in rules:
        yield "sum", most + least
    if "multiple" in rules:
        yield "multiple", most / least
    if "part" in rules:
        yield "part", least / most


def _shares(
    target: float, rules: frozenset[str], placed: Sequence[Placed], sources: Sequence[Source]
) -> Iterator[Sum]:
    """So many percent of an amount that stands in the same sentence, or what is left of it."""
    for at, whole in placed:
        text = whole.statement.text
        for told in sources[at].frames:
            figure = told.figure
            if figure.dimension is not Dimension.PERCENT or not _is_firm(told):
                continue
            if figure.relation is not Relation.LEVEL or figure.direction is not None:
                continue
            part = _value(told) / _HUNDRED
            for rule, value in (("share", part), ("rest", 1 - part)):
                near = target / _ROUGH <= value * _value(whole) <= target * _ROUGH
                said = rule == "share" or _says("rest", text)
                if rule in rules and near and said and 0 < part < 1:
                    yield Sum(rule, whole, told, (at, at), value * _value(whole))


def _is_firm(told: Frame) -> bool:
    figure = told.figure
    known = told.printed and figure.value is not None and figure.upper is None
    return known and _value(told) > 0 and figure.qualifier in _FIRM


def _value(told: Frame) -> Decimal:
    return told.figure.value or Decimal(0)


# Whether one is meant ---------------------------------------------------------------------------


def _is_near(claim: Frame, told: Sum, fit: float, gap: float) -> bool:
    """Whether both numbers are near enough to what the draft speaks of, by its digits."""
    loose = claim.figure.qualifier not in _FIRM
    digits = len(claim.digits) - loose
    beside = told.sources[0] == told.sources[1]
    if gap > threshold("reckoned_gap" if digits < _MANY and not beside else "reckoned_far"):
        return False
    if told.rule == "multiple":
        return fit >= threshold("reckoned_few") and (beside or _of_one(told))
    if told.rule == "part":
        if beside:
            return fit >= threshold("reckoned_two") and _is_part(told)
        return fit >= threshold("reckoned_part") and _of_one(told)
    if told.rule in ("share", "rest"):
        return digits > 1 and fit >= threshold("reckoned_share")
    if told.rule == "sum":
        return fit >= threshold("reckoned") and (beside or (digits > 1 and _of_one(told)))
    if beside and digits > 1:
        return fit >= threshold("reckoned")
    if digits >= _MANY:
        return fit >= threshold("reckoned_many")
    if digits > 1 and fit >= threshold("reckoned_two"):
        return True
    return fit >= threshold("reckoned_few") and _of_one(told)


def _of_one(told: Sum) -> bool:
    """Whether two figures are told in the same words: of one measure, by what their clauses say."""
    one, other = told.one, told.other
    if one.concept is not None and one.concept == other.concept:
        return True
    words = min(len(one.content), len(other.content))
    return words > 0 and 2 * len(one.content & other.content) >= words


def _is_part(told: Sum) -> bool:
    """Whether a sentence puts one figure as a part of the other: 640 of the 2,150."""
    statement = told.one.statement
    first, second = sorted((told.one.figure.span, told.other.figure.span))
    start = statement.span.start
    between = statement.text[first.end - start : second.start - start]
    of_it = statement.text[: first.start - start]
    return _words("part", has_han(statement.text)).search(fold(between).text) is not None or (
        re.search(r"\b[Oo]f the $", of_it) is not None
    )


def _fits_direction(claim: Frame, told: Sum) -> bool:
    """Whether what has become more, or is more, did so in the articles, where they tell."""
    way = claim.figure.direction
    if way is None or told.rule != "difference":
        return True
    one, other = told.one, told.other
    days = [f.statement.published_on for f in (one, other)]
    if one.former is not other.former:
        later = other if one.former else one
    elif days[0] and days[1] and days[0] != days[1]:
        later = one if days[0] > days[1] else other
    else:
        mine = [f for f in (one, other) if f.own & claim.agents]
        if len(mine) != 1:
            return True
        later = mine[0]
    earlier = other if later is one else one
    return (_value(later) > _value(earlier)) is (way is Direction.UP)


def _frame(claim: Frame, told: Sum, first: Frame, second: Frame) -> Frame:
    """The frame of a sum, worded as the draft words it: that it is one, its rule says."""
    figure = claim.figure
    points = figure.dimension is Dimension.PERCENTAGE_POINT
    part = told.rule in ("multiple", "part")
    if told.rule in ("share", "rest"):
        first, second = told.one, told.other
    return summed(
        first,
        second,
        rule=told.rule,
        asked=True,
        value=told.value,
        unit=POINT if points else figure.unit,
        dimension=figure.dimension,
        relation=figure.relation,
        direction=figure.direction,
        # A quotient is never round: a fifth of 18.9 and 3.8 is one as far as words go.
        qualifier=(
            Qualifier.ABOUT if part and figure.qualifier is Qualifier.EXACT else Qualifier.EXACT
        ),
    )
