"""What a draft reckons from two figures of the articles: how far apart, together, what part.

An editor who reads that one fund holds 40.2 billion and another 36.5 lets a draft say that they
are 3.7 apart. Differences and totals are tried only where the draft's words speak of one, the
other sums by the kind of its figure, and the fewer digits the result has, the nearer must both
numbers be to what the draft speaks of: a difference of 2 is found between any two figures.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from kaoju.derived import AMOUNTS, POINT, summed
from kaoju.draft_comparison import compare
from kaoju.each_of import portions, products
from kaoju.ends import (
    Ends,
    are_ends,
    are_parts,
    ends_of,
    of_one,
    of_other_time,
    tells_stretch,
)
from kaoju.frames import KEYS, TIMED, Frame
from kaoju.halves import tells_half
from kaoju.judgement import threshold
from kaoju.lengths import ends_so_long, tells_delay, tells_length
from kaoju.likeness import AGREE
from kaoju.sum_parts import (
    FIRM,
    ROUGH,
    Placed,
    Sum,
    is_firm,
    is_quota,
    is_rough,
    names_another,
    says,
    value_of,
    words_of,
)
from kaoju.sum_parts import Source as Source
from kaoju.text import fold, has_han
from kaoju.types import Dimension, Direction, Figure, Qualifier, Relation

_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_MANY = 3  # digits of a number that two others hardly give by chance
_HUNDRED = Decimal(100)
_SLIGHT = Decimal("0.02")  # the smaller of two numbers is at least this part of the other
_RATIO_OF_SHARES = (Dimension.RATIO, Dimension.PERCENT)
_DAY = re.compile(r"(?P<year>\d{4}|XXXX)-(?P<month>\d{2})(?:-(?P<day>\d{2}))?")
_TIMES = Decimal("0.1")  # how far a multiple may be from a plain one: twice, 两倍


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
    ends = ends_of(claim) if _is_known(claim.figure) else None
    named = _named(claim, ends)
    if not wanted | named:
        return []
    found: list[tuple[int, Frame, bool]] = []
    missed = False
    for told in _sums(claim, wanted | named, sources):
        meant = told.rule in named and _is_named(claim, ends, told)
        fits = [fit(at, f) for at, f in zip(told.sources, (told.one, told.other), strict=True)]
        gap = max(sources[at].gap for at in told.sources)
        near = told.rule in wanted and _is_near(claim, told, _least(told, fits), gap)
        near = near and not _is_of_other_time(ends, told)
        if not meant and not (near and _fits_direction(claim, told)):
            continue
        parts = sorted(zip(fits, told.sources, (told.one, told.other), strict=True), key=_fit)
        frame = _frame(claim, told, parts[1][2], parts[0][2], named=meant)
        if compare(claim, frame).relation not in AGREE:
            missed = missed or meant
        elif _is_so_many_times(claim, told):
            found.append((parts[1][1], frame, near))
    if not missed:
        return [(at, frame) for at, frame, _ in found]
    if not any(frame.reckoned is not None and frame.reckoned.named for _, frame, _ in found):
        return []  # what the draft names comes to something else
    return [(at, _unnamed(frame)) for at, frame, near in found if near]


def _is_of_other_time(ends: Ends | None, told: Sum) -> bool:
    difference = told.rule == "difference" and ends is not None
    return difference and ends is not None and of_other_time(ends, told.one, told.other)


def _unnamed(told: Frame) -> Frame:
    reckoned = told.reckoned
    return told if reckoned is None else replace(told, reckoned=replace(reckoned, named=False))


def _named(claim: Frame, ends: Ends | None) -> frozenset[str]:
    """The sums of which a draft's words name both figures."""
    found = {"difference"} if ends is not None else set()
    if _is_known(claim.figure) and tells_stretch(claim):
        found.add("sum")
    kind = claim.figure.dimension
    possible = kind in AMOUNTS or kind is Dimension.PERCENTAGE_POINT
    return frozenset(found) if possible else frozenset()


def _is_named(claim: Frame, ends: Ends | None, told: Sum) -> bool:
    if told.rule == "sum":
        return are_parts(claim, told.one, told.other)
    return ends is not None and are_ends(claim, ends, told.one, told.other)


def _is_so_many_times(claim: Frame, told: Sum) -> bool:
    """Whether a plain multiple is near what was reckoned: 1.64 times rounds to 2, but is not."""
    plain = claim.figure.qualifier is Qualifier.EXACT and claim.figure.value
    if told.rule != "multiple" or not plain:
        return True
    return abs(told.value / plain - 1) <= _TIMES


def _least(told: Sum, fits: Sequence[float]) -> float:
    """How surely a sum is of what the draft speaks of; how many share is of what they share."""
    if told.rule == "portion":
        return fits[0]
    if told.rule == "product" and told.sources[0] == told.sources[1]:
        return fits[1]
    return min(fits)


def _fit(end: tuple[float, int, Frame]) -> float:
    return end[0]


# Which sums -------------------------------------------------------------------------------------


def _wanted(claim: Frame) -> frozenset[str]:
    """The sums that a draft's words can mean."""
    figure = claim.figure
    if not _is_known(figure):
        return frozenset()
    match figure.dimension:
        case Dimension.MULTIPLE:
            changed = figure.relation in _CHANGES or figure.per is not None
            return frozenset() if changed else frozenset({"multiple"})
        case Dimension.RATIO:
            return frozenset({"part", "sum"} if says("sum", claim.statement.text) else {"part"})
        case Dimension.PERCENT:
            return _of_shares(claim)
        case Dimension.PERCENTAGE_POINT:
            return frozenset({"difference"})
        case dimension if dimension not in AMOUNTS:
            return frozenset()
    text = claim.statement.text
    found = {"share", "rest"} if len(claim.digits) > 1 else set()
    apart = figure.relation is Relation.LEVEL and tells_apart(claim)
    if figure.relation in _CHANGES or apart:
        found = (found - {"share"}) | {"difference"}
    if says("sum", text):
        found.add("sum")
    if figure.dimension is Dimension.MONEY and says("every", text):
        found.add("product")
    if figure.dimension is Dimension.MONEY and (says("each", text) or says("mean", text)):
        found.add("portion")
    between = says("between", text) or tells_length(claim) or tells_delay(claim)
    if figure.dimension is Dimension.DURATION and between:
        found.add("between")
    return frozenset(found)


def _is_known(figure: Figure) -> bool:
    known = figure.value is not None and figure.value > 0 and figure.upper is None
    return (
        known and figure.dimension not in TIMED | KEYS and figure.qualifier is not Qualifier.VAGUE
    )


def _of_shares(claim: Frame) -> frozenset[str]:
    """What shares of one whole a draft's words put together, or leave to others."""
    figure = claim.figure
    if figure.relation is not Relation.LEVEL or figure.direction is not None:
        return frozenset()
    said = {"sum": claim.statement.text, "others": claim.scope.of(claim.statement.text)}
    found = {name for name, text in said.items() if says(name, text)}
    if figure.qualifier is Qualifier.EXACT and says("makes", said["others"]):
        found.add("part")
    return frozenset(found)


def tells_apart(claim: Frame) -> bool:
    """Whether the words of a draft's clause say that its number is how far two things are apart."""
    return says("difference", claim.scope.of(claim.statement.text))


# The sums ---------------------------------------------------------------------------------------


def _sums(claim: Frame, wanted: frozenset[str], sources: Sequence[Source]) -> Iterator[Sum]:
    """The sums that come near a draft's number."""
    kinds: dict[tuple[Dimension, str], list[Placed]] = {}
    left = says("left", claim.statement.text)
    for at, source in enumerate(sources):
        for told in source.frames:
            if is_firm(told) or (left and is_quota(told)):
                key = told.figure.dimension, told.figure.unit
                kinds.setdefault(key, []).append((at, told))
        for unit, told in _counted_alike(source):
            kinds.setdefault((Dimension.COUNT, unit), []).append((at, told))
    target = float(claim.figure.value or 0)
    if "between" in wanted:
        yield from _between(claim, sources)
    if "product" in wanted:
        yield from products(claim, kinds, sources)
    if "portion" in wanted:
        prices = kinds.get((claim.figure.dimension, claim.figure.unit), ())
        yield from portions(claim, prices, sources)
    for (dimension, unit), placed in kinds.items():
        rules = wanted & _possible(claim.figure, dimension, unit)
        if "others" in rules:
            yield from _others(target, placed)
        if rules & {"share", "rest"}:
            yield from _shares(target, rules, placed, sources)
        if not rules - {"share", "rest", "others"}:
            continue
        whole = _HUNDRED if (claim.figure.dimension, dimension) == _RATIO_OF_SHARES else Decimal(1)
        for (i, one), (j, other) in combinations(placed, 2):
            if sources[i].frames[0].statement.language is sources[j].frames[0].statement.language:
                if _are_changes(one, other) and not rules <= {"difference"}:
                    continue
                for rule, value in _reckon(rules, value_of(one), value_of(other)):
                    if rule == "part" and claim.figure.dimension is Dimension.PERCENT:
                        value *= _HUNDRED
                    if is_rough(claim, value / whole):
                        yield Sum(rule, one, other, (i, j), value / whole)


def _counted_alike(source: Source) -> Iterator[tuple[str, Frame]]:
    """Bare numbers with the one thing that their sentence counts: 312 homes, in 2015 it was 268."""
    counts = [f for f in source.frames if f.figure.dimension is Dimension.COUNT and is_firm(f)]
    units = {f.figure.unit for f in counts} - {""}
    if len(units) == 1:
        yield from ((unit, f) for unit in units for f in counts if not f.figure.unit)


def _possible(claim: Figure, dimension: Dimension, unit: str) -> frozenset[str]:
    """The sums of two figures of a kind that can give a draft's number."""
    own = claim.dimension
    if own is Dimension.PERCENTAGE_POINT:
        return frozenset({"difference"} if dimension is Dimension.PERCENT else ())
    if own is Dimension.MULTIPLE:
        either = dimension in AMOUNTS or dimension is Dimension.PERCENT
        return frozenset({"multiple"} if either else ())
    if own is Dimension.RATIO:
        shares = {"sum"} if dimension is Dimension.PERCENT else ()
        return frozenset({"part"} if dimension in AMOUNTS else shares)
    if own is Dimension.PERCENT:
        parts = {"part"} if dimension in AMOUNTS else ()
        return frozenset({"sum", "others"} if dimension is own else parts)
    same = dimension is own and (unit == claim.unit or own is Dimension.COUNT)
    return frozenset({"difference", "sum", "share", "rest"} if same else ())


def _are_changes(one: Frame, other: Frame) -> bool:
    """Whether two figures are percents by which things grew: of such nothing is put together."""
    return any(
        f.figure.dimension is Dimension.PERCENT
        and (f.figure.relation in _CHANGES or f.figure.direction is not None)
        for f in (one, other)
    )


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
            if figure.dimension is not Dimension.PERCENT or not is_firm(told):
                continue
            if figure.relation is not Relation.LEVEL or figure.direction is not None:
                continue
            part = value_of(told) / _HUNDRED
            for rule, value in (("share", part), ("rest", 1 - part)):
                near = target / ROUGH <= value * value_of(whole) <= target * ROUGH
                said = rule == "share" or says("rest", text)
                if rule in rules and near and said and 0 < part < 1:
                    yield Sum(rule, whole, told, (at, at), value * value_of(whole))


def _others(target: float, placed: Sequence[Placed]) -> Iterator[Sum]:
    """What is left to others of the whole of which a sentence gives one share."""
    for at, told in placed:
        value = _HUNDRED - value_of(told)
        level = told.figure.relation is Relation.LEVEL and told.figure.direction is None
        if level and target / ROUGH <= value <= target * ROUGH:
            yield Sum("others", told, told, (at, at), value)


def _between(claim: Frame, sources: Sequence[Source]) -> Iterator[Sum]:
    """How long it is from one hour, day or month of a sentence to another."""
    unit = claim.figure.unit
    for at, source in enumerate(sources):
        others = [
            other.frames[0].statement.text
            for other in sources
            if other is not source and _tells_interval(other, source)
        ]
        for one, other in ends_so_long(claim, source.frames):
            if names_another(claim.statement.text, one.statement.text, others):
                continue
            yield Sum("between", one, other, (at, at), value_of(claim))
        days = [(told, _day(told)) for told in source.frames if told.figure.dimension in TIMED]
        for (one, first), (other, second) in combinations(days, 2):
            if first is None or second is None or len(first) != len(second):
                continue
            months = _months(*sorted((first, second)))
            value = months if unit == "month" else months / 12 if unit == "year" else 0
            if value == value_of(claim):
                yield Sum("between", one, other, (at, at), Decimal(value))


def _tells_interval(one: Source, beside: Source) -> bool:
    """Whether a sentence of the same article tells of an interval too."""
    first, second = one.frames[:1], beside.frames[:1]
    same = [f.statement.document_id for f in (*first, *second)]
    stretch = any(
        f.figure.dimension in TIMED and "/" in (f.figure.period or "") for f in one.frames
    )
    return len(same) > 1 and same[0] == same[1] and stretch


def _day(told: Frame) -> tuple[int, ...] | None:
    """The year and the month of a date, and the day if it tells one; the year may be its text's."""
    found = _DAY.fullmatch(told.figure.period or "")
    published = told.statement.published_on
    if found is None or (found["year"] == "XXXX" and published is None):
        return None
    year = published.year if published is not None and found["year"] == "XXXX" else found["year"]
    return tuple(int(part) for part in (year, found["month"], found["day"]) if part is not None)


def _months(first: tuple[int, ...], last: tuple[int, ...]) -> Decimal:
    """The months from one date to another, where days are told in whole ones at most."""
    months = Decimal((last[0] - first[0]) * 12 + last[1] - first[1])
    if len(first) == len((0, 0)):
        return months
    begin, end = first[2], last[2]
    if begin == 1 and end >= calendar.monthrange(last[0], last[1])[1]:
        return months + 1  # from the first of one to the last of another
    return months if begin == end else Decimal(0)


# Whether one is meant ---------------------------------------------------------------------------


def _is_near(claim: Frame, told: Sum, fit: float, gap: float) -> bool:
    """Whether both numbers are near enough to what the draft speaks of, by its digits."""
    loose = claim.figure.qualifier not in FIRM
    digits = len(claim.digits) - loose
    beside = told.sources[0] == told.sources[1]
    one = of_one(told.one, told.other)
    wide = digits >= _MANY or beside or (one and fit >= threshold("reckoned_part"))
    if gap > threshold("reckoned_far" if wide else "reckoned_gap"):
        return False
    if told.rule in ("others", "product", "portion", "between"):
        return fit >= threshold("reckoned")
    if told.rule == "multiple":
        return fit >= threshold("reckoned_few") and (beside or one)
    if told.rule == "part":
        if beside:
            meant = _is_part(told) or tells_half(claim, told.one, told.other)
            return fit >= threshold("reckoned_two") and meant
        return fit >= threshold("reckoned_part") and one
    if told.rule in ("share", "rest"):
        # So many percent of hundreds is some number of two digits in any case.
        hedged = claim.figure.qualifier is not Qualifier.EXACT or told.rule == "rest"
        return digits >= (_MANY - hedged) and fit >= threshold("reckoned_share")
    if told.rule == "sum":
        return fit >= threshold("reckoned") and (beside or (digits > 1 and one))
    if beside and digits > 1:
        return fit >= threshold("reckoned")
    if digits >= _MANY:
        return fit >= threshold("reckoned_many")
    if (digits > 1 or beside) and fit >= threshold("reckoned_two"):
        return True
    return fit >= threshold("reckoned_few") and one


def _is_part(told: Sum) -> bool:
    """Whether a sentence puts one figure as a part of the other: 640 of the 2,150."""
    statement = told.one.statement
    first, second = sorted((told.one.figure.span, told.other.figure.span))
    start = statement.span.start
    between = statement.text[first.end - start : second.start - start]
    of_it = statement.text[: first.start - start]
    return words_of("part", has_han(statement.text)).search(fold(between).text) is not None or (
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
    return (value_of(later) > value_of(earlier)) is (way is Direction.UP)


def _frame(claim: Frame, told: Sum, first: Frame, second: Frame, *, named: bool) -> Frame:
    """The frame of a sum, worded as the draft words it: that it is one, its rule says."""
    figure = claim.figure
    points = figure.dimension is Dimension.PERCENTAGE_POINT
    part = told.rule in ("multiple", "part")
    if told.rule in ("share", "rest", "product", "portion", "between"):
        first, second = told.one, told.other
    return summed(
        first,
        second,
        rule=told.rule,
        asked=True,
        named=named,
        value=told.value,
        unit=POINT if points else figure.unit,
        dimension=figure.dimension,
        relation=figure.relation,
        direction=figure.direction,
        # A quotient is never round: a fifth of 18.9 and 3.8 is one as far as words go.
        qualifier=(
            Qualifier.ABOUT
            if part
            and figure.qualifier is Qualifier.EXACT
            and figure.dimension is not Dimension.PERCENT
            else Qualifier.EXACT
        ),
    )
