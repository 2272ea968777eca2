"""Whether a draft's number agrees with an article's, as both are worded.

`kaoju.comparison` judges two figures of one kind. A draft says the same in fewer words, or in
others: a bound that a tighter one gives, a day without its year, a count of another name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kaoju.changes import as_levels
from kaoju.comparison import compare_figures
from kaoju.comparison_bands import precision_of
from kaoju.draft_dates import compare_dates
from kaoju.frames import TIMED, Frame, digits_of
from kaoju.lexicon import words
from kaoju.like_units import alike, base_of, is_other_money
from kaoju.named_limits import as_limits
from kaoju.text import fold
from kaoju.tickers import of_other_coin
from kaoju.types import Agreement, Comparison, Dimension, Figure, Qualifier, Relation
from kaoju.units import convert

_AGREE = frozenset({Agreement.SAME, Agreement.COMPATIBLE})
_LENGTHS = frozenset({Dimension.DURATION, Dimension.TENOR, Dimension.AGE})
_PARTS = frozenset({Dimension.PERCENT, Dimension.RATIO, Dimension.PERCENTAGE_POINT})
_GROWTH = frozenset({Dimension.MULTIPLE, Dimension.PERCENT, Dimension.RATIO})


def could_pair(claim: Frame, evidence: Frame) -> bool:
    """Whether two figures are of kinds that can stand for each other, rightly or by a slip."""
    one, other = claim.figure.dimension, evidence.figure.dimension
    if one in TIMED or other in TIMED:
        return one in TIMED and other in TIMED
    if one is other:
        return True
    pair = {one, other}
    if pair <= _LENGTHS or pair <= _PARTS or pair <= _GROWTH:
        return True
    if one is Dimension.DURATION and _lasts(evidence) == claim.figure.unit:
        return True
    if other is Dimension.PERCENT and base_of(claim) is not None:
        return True
    if _is_of_things(claim, other) or _is_of_things(evidence, one):
        return False
    bare = any(
        f.figure.dimension is Dimension.COUNT and not f.figure.unit for f in (claim, evidence)
    ) or (Dimension.COUNT in pair and claim.figure.unit == evidence.figure.unit)
    return bool(claim.digits) and (bare or claim.digits == evidence.digits)


def _is_of_things(told: Frame, beside: Dimension) -> bool:
    """Whether a number is said of so many things, which are no share and no money: 31个."""
    if beside not in _NO_THINGS or told.figure.dimension is not Dimension.COUNT:
        return False
    end = told.figure.span.end - told.statement.span.start
    return _THINGS.match(told.statement.text, end) is not None and base_of(told) is None


_NO_THINGS = frozenset({Dimension.PERCENT, Dimension.RATIO, Dimension.MONEY, Dimension.AGE})
_THINGS = re.compile(r"[个個](?!多?(?:百分|基|点|點))")


def compare(claim: Frame, evidence: Frame) -> Comparison:
    """Compare two figures without the periods that they hold in, which `conflicts_of` looks at."""
    one, other = claim.figure, evidence.figure
    if one.dimension in TIMED or other.dimension in TIMED:
        return compare_dates(claim, evidence)
    one = claim.number or one
    other = evidence.number or other
    foreign = _is_foreign(one, other, evidence)
    one, other = as_limits(claim, evidence, *as_levels(claim, evidence, one, other))
    one, other = alike(claim, evidence, one, other)
    if one.dimension is Dimension.DURATION and _lasts(evidence) == one.unit:
        other = replace(other, dimension=one.dimension, unit=one.unit)
    if is_other_money(one, other):
        if one.unit == other.unit:  # two coins that no list has
            other = replace(other, unit=f"another {other.unit}")
        return compare_figures(*(replace(f, dimension=Dimension.MONEY) for f in (one, other)))
    other = _in_the_unit_of(one, other)
    converted = _per_the_same(one, other)
    found = compare_figures(one, converted)
    if converted is not other and found.rule == "equal":
        found = replace(found, rule="converted")
    other = converted
    if found.relation in _AGREE and (foreign or of_other_coin(claim, evidence)):
        return replace(found, relation=Agreement.DIFFERENT, rule="currency")
    if found.relation in _AGREE:
        if _of_other_measure(one, other):
            return replace(found, relation=Agreement.DIFFERENT, rule="unit")
        if found.rule in ("about", "nearly") and _rounds(one, other):
            return replace(found, rule="rounding")
        if bounds_cross(one, other):
            return replace(found, relation=Agreement.DIFFERENT, rule="bound_crossed")
        if found.rule == "bound" and _outside(one, other, found):
            return replace(found, relation=Agreement.DIFFERENT, rule="outside_bound")
        if found.rule == "bound" and _is_higher_floor(one, other):
            return replace(found, relation=Agreement.INCOMPARABLE, rule="far_bound")
        if found.rule == "bound" and found.factor is not None and _far(found.factor):
            return replace(found, relation=Agreement.INCOMPARABLE, rule="far_bound")
    elif (
        found.rule == "excluded"
        and _round(one)
        and not _passes_limit(claim, evidence)
        and (
            Qualifier.OVER in (one.qualifier, other.qualifier) or one.qualifier is Qualifier.NEARLY
        )
    ):
        # Over 30 trillion and 30 trillion: of a round number a draft may say either.
        return replace(found, relation=Agreement.COMPATIBLE, rule="about")
    elif found.rule in ("value", "outside_about") and (
        (_rounds(one, other) and not _is_exact(claim)) or _is_simple_part(one, other)
    ):
        return replace(found, relation=Agreement.COMPATIBLE, rule="rounding")
    elif found.rule == "outside_about" and _rounds_roughly(one, other):
        return replace(found, relation=Agreement.COMPATIBLE, rule="about")
    elif found.rule == "outside_bound" and _is_near(claim, one, other):
        return replace(found, relation=Agreement.COMPATIBLE, rule="nearly")
    elif found.rule == "outside_bound" and _entailed(one, other, found):
        return replace(found, relation=Agreement.COMPATIBLE, rule="bound")
    return found


def _is_foreign(claim: Figure, evidence: Figure, told: Frame) -> bool:
    """Whether a bare number is money of a country that is not the draft's: 200亿索兰元."""
    if claim.dimension is not Dimension.MONEY or evidence.dimension is not Dimension.COUNT:
        return False
    text = told.statement.text[evidence.span.end - told.statement.span.start :]
    if _COIN.match(text):
        return True
    named = _MONEY_OF.match(text)
    return named is not None and (named["of"] or named["short"]) not in fold(claim.surface).text


_FLOORS = frozenset({Qualifier.OVER, Qualifier.AT_LEAST})


def _is_higher_floor(claim: Figure, evidence: Figure) -> bool:
    """Whether a draft's more than 30 goes clearly beyond an article's at least 18."""
    if not {claim.qualifier, evidence.qualifier} <= _FLOORS or claim.unit != evidence.unit:
        return False
    if claim.value is None or evidence.value is None or evidence.value <= 0:
        return False
    return claim.value > evidence.value * _CLEARLY


_CLEARLY = Decimal("1.1")


def _passes_limit(claim: Frame, evidence: Frame) -> bool:
    """Whether a draft allows more than what an article calls the limit: 单日限额20万元."""
    one, other = claim.figure, evidence.figure
    if one.qualifier is not Qualifier.OVER or one.value != other.value:
        return False
    end = other.span.start - evidence.statement.span.start
    if _LIMIT.search(fold(evidence.statement.text[:end]).text) is None:
        return False
    text = fold(claim.statement.text).text
    return _MAY.search(text) is not None and _MAY_NOT.search(text) is None


_LIMIT = re.compile(
    r"限额|上限|\b(?:limits?|caps?|ceiling)\b(?! (?:is|was|has been) (?:raised|lifted))"
)
_MAY = re.compile(r"可|能|允许|\b(?:may|can|allowed)\b")
_MAY_NOT = re.compile(
    r"不|禁|拒|罚|才|须|\b(?:not|no|never|only|if|must|needs?|refused?|fine[ds]?)\b|n't"
)


_COIN = re.compile(r"克[\u4e00-\u9fff]{2}")  # of a money that no list has: 8.6亿克鲁恩
# What a number without a known currency is counted in: the money of a country named before it.
_MONEY_OF = re.compile(
    r"(?P<of>[\u4e00-\u9fff]{2,4})(?:元|克朗|马克|法郎|比索|卢比|镑|盾)|(?P<short>[\u4e00-\u9fff])元"
)


def _of_other_measure(one: Figure, other: Figure) -> bool:
    """Whether both are of one of something, and of two things: a square foot, a square metre."""
    pers = {one.per, other.per}
    return len(pers) == 2 and pers <= set(words("relations", "measures", "words"))


def _rounds(claim: Figure, evidence: Figure) -> bool:
    """Whether a plain number is another one rounded, by the digits that the draft gives.

    19 million of about 18.6 million: that the article says about does not make it exact. Noughts
    at the end of two digits or more are read as rounding: 1900万 is 19 million. So are those of one
    digit in thousands that is as near: 2000万 of 1960万, and no 6,000 of 5,600, nor a price of one
    of something: $4,000 an ounce.
    """
    if claim.qualifier is not Qualifier.EXACT or claim.value is None or evidence.value is None:
        return False
    if claim.unit != evidence.unit or claim.value == evidence.value:
        return False
    if evidence.qualifier not in (Qualifier.EXACT, Qualifier.ABOUT):
        return False
    digits = digits_of(claim)
    near = precision_of(claim, claim.value)
    if _TWO <= len(digits) < len(digits_of(evidence)) and not claim.value % 1:
        near = max(near, Decimal(5).scaleb(claim.value.adjusted() - len(digits)))
    priced = claim.per is not None or evidence.per is not None
    if len(digits) == 1 < len(digits_of(evidence)) and claim.value >= _THOUSANDS and not priced:
        near = max(near, claim.value * _NEAR_ONE_DIGIT)
    return abs(claim.value - evidence.value) <= near


def _rounds_roughly(claim: Figure, evidence: Figure) -> bool:
    """Whether a hedged number is another one rounded to its last digit: roughly 700 of 742."""
    if claim.qualifier is not Qualifier.ABOUT or not claim.value or not evidence.value:
        return False
    if evidence.qualifier is not Qualifier.EXACT or claim.unit != evidence.unit:
        return False
    last = claim.value.normalize().as_tuple().exponent
    fewer = len(digits_of(claim)) < len(digits_of(evidence))
    gap = abs(claim.value - evidence.value)
    near = fewer and isinstance(last, int) and gap <= Decimal(5).scaleb(last - 1)
    return near and gap <= abs(evidence.value) * _ROUGHLY


_ROUGHLY = Decimal("0.06")


def _is_exact(told: Frame) -> bool:
    """Whether the words beside a number say that it is not rounded: exactly 5,000, 正好5000辆."""
    text = fold(told.statement.text).text
    at = told.figure.span.shift(-told.statement.span.start)
    around = text[max(0, at.start - _BESIDE) : at.end]
    return any(m.end() >= len(around) - len(at) for m in _EXACTLY.finditer(around)) or (
        _TO_THE_UNIT.match(text[at.end : at.end + _BESIDE]) is not None
    )


_EXACTLY = re.compile(
    r"(?:\b(?:exactly|precisely)|正好|刚好|恰好|恰恰|整整|不多不少)[^,，;；。\d]{0,3}"
)
_TO_THE_UNIT = re.compile(r" (?:[a-z]+ )?(?:exactly|precisely)(?![a-z])|整(?![个体数年天月日])")
_TWO = 2
_THOUSANDS = Decimal(1000)
_NEAR_ONE_DIGIT = Decimal("0.025")


def _is_near(told: Frame, claim: Figure, evidence: Figure) -> bool:
    """Whether a draft's nearly is the article's number rounded: nearly 20% for 17%.

    Of one digit it may be as far below as rounding goes. What is near a number or close to it
    may lie a little above it too.
    """
    if claim.qualifier is not Qualifier.NEARLY or claim.value is None or evidence.value is None:
        return False
    if claim.unit != evidence.unit or evidence.qualifier is not Qualifier.EXACT:
        return False
    gap = claim.value - evidence.value
    if gap > 0:
        unit = Decimal(1).scaleb(claim.value.adjusted())
        return len(digits_of(claim)) == 1 and claim.value > 1 and 2 * gap < unit
    at = told.figure.span.start - told.statement.span.start
    beside = fold(told.statement.text[max(0, at - _BESIDE) : at]).text
    return _NEAR_BY.search(beside) is not None and -gap <= claim.value * _LITTLE


_BESIDE = 16
_NEAR_BY = re.compile(r"(?:\bnear\b|\bclose to\b|\bclose on\b|接近|差不多)[^,，]{0,3}$")
_LITTLE = Decimal("0.01")  # how far above a number what is near it may lie


def _is_simple_part(claim: Figure, evidence: Figure) -> bool:
    """Whether a fraction in words is what an article gives in percent: two thirds, and 66%."""
    shares = claim.dimension is Dimension.RATIO and evidence.dimension is Dimension.PERCENT
    firm = {claim.qualifier, evidence.qualifier} <= {Qualifier.EXACT, Qualifier.ABOUT}
    if not shares or not firm or claim.value is None or evidence.value is None:
        return False
    return abs(claim.value * 100 - evidence.value) <= _SIMPLE


_SIMPLE = Decimal("0.75")  # of a percentage point: what a fraction in words leaves aside


def _per_the_same(claim: Figure, evidence: Figure) -> Figure:
    """An article's price or rate by the draft's measure: 3,280 a tonne is 3.28 a kilogram."""
    own, other = claim.per, evidence.per
    if own is None or other is None or own == other or evidence.value is None:
        return evidence
    if not {own, other} <= _MEASURED or claim.dimension is not evidence.dimension:
        return evidence
    times = convert(Decimal(1), own, other)
    if times is None:
        return evidence
    upper = None if evidence.upper is None else evidence.upper * times
    near = None if evidence.precision is None else evidence.precision * times
    return replace(evidence, value=evidence.value * times, upper=upper, precision=near, per=own)


_MEASURED = frozenset({*words("relations", "measures", "words"), "jin", "day", "week"})


def _lasts(told: Frame) -> str | None:
    """The unit of a run that an ordinal tells: the 21st month running is 21 months of it."""
    if told.figure.dimension is not Dimension.ORDINAL:
        return None
    text = fold(told.statement.text).text
    at = told.figure.span.shift(-told.statement.span.start)
    after = _RUN_UNIT.match(text[at.end : at.end + 30])
    if after is None:
        return None
    in_chinese = text[: at.start].rstrip().endswith(("连续", "连续的"))
    if not in_chinese and _IN_A_ROW.search(text[at.end : at.end + 40]) is None:
        return None
    return next(name for name, value in after.groupdict().items() if value)


_RUN_UNIT = re.compile(
    r"[ -]?个?(?:(?:straight|successive|consecutive) )?"
    r"(?:(?P<day>天|日|days?)|(?P<week>周|星期|weeks?)|(?P<month>月|months?)|"
    r"(?P<quarter>季度|quarters?)|(?P<year>年|years?))"
)
_IN_A_ROW = re.compile(r"running|in a row|straight|successive|consecutive|on end")


def _outside(claim: Figure, evidence: Figure, found: Comparison) -> bool:
    """Whether a plain number lies outside an article's bound: $500m of at least $520m.

    One of two digits or more may be the bound rounded.
    """
    if claim.qualifier is not Qualifier.EXACT or claim.value is None or found.difference is None:
        return False
    gap = -found.difference  # in the draft's unit: 14 days of within two weeks
    if len(digits_of(claim)) >= _TWO and abs(gap) <= precision_of(claim, claim.value):
        return False
    if evidence.qualifier in _UPWARD:
        return gap < 0
    return evidence.qualifier in (Qualifier.AT_MOST, Qualifier.UNDER) and gap > 0


_FAR = Decimal("2")  # a bound more than this many times off is kept and says nothing


_NEAR = Decimal("1.25")


def _round(figure: Figure) -> bool:
    return figure.value is not None and len(digits_of(figure)) <= 2


def _entailed(claim: Figure, evidence: Figure, found: Comparison) -> bool:
    """Whether a bound follows from a tighter one: what is over 6 is over 5."""
    if found.factor is None or _far(found.factor):
        return False
    one, other = claim.qualifier, evidence.qualifier
    if one is other and (one is Qualifier.AT_MOST or not 1 / _NEAR <= found.factor <= _NEAR):
        return False  # at least 100 says more than at least 50, and up to 500 is no up to 400
    plain = {Qualifier.EXACT, Qualifier.ABOUT}
    if one in _UPWARD and (other in _UPWARD or other in plain):
        return found.factor >= 1
    downward = {Qualifier.UNDER, Qualifier.AT_MOST}
    return one in downward and other in (_DOWNWARD | plain) and found.factor <= 1


def _far(factor: Decimal) -> bool:
    return factor <= 0 or not 1 / _FAR <= factor <= _FAR


def _in_the_unit_of(claim: Figure, evidence: Figure) -> Figure:
    """The evidence as comparable as its wording allows.

    What is counted has many names (4,280套, 4,280 homes), and a number may leave its unit to
    the words before it (900,000 yuan, and a couple 1.4 million): neither is a difference. A
    level in basis points is one in percent.
    """
    one, other = claim.dimension, evidence.dimension
    counted = one is Dimension.COUNT and other is Dimension.COUNT
    counted = counted or (Dimension.COUNT in (one, other) and claim.unit == evidence.unit)
    bare = (one is Dimension.COUNT and not claim.unit) or (
        other is Dimension.COUNT and not evidence.unit
    )
    points = {one, other} == {Dimension.PERCENT, Dimension.PERCENTAGE_POINT}
    if points:
        bare = all(f.relation in (Relation.LEVEL, Relation.TO) for f in (claim, evidence)) and any(
            _BASIS_POINTS.search(fold(f.surface).text) for f in (claim, evidence)
        )
    if counted or bare:
        return replace(evidence, dimension=one, unit=claim.unit)
    return evidence


_BASIS_POINTS = re.compile(r"基点|basis|bps?(?![a-z])")


_UPWARD = frozenset({Qualifier.OVER, Qualifier.AT_LEAST})
_DOWNWARD = frozenset({Qualifier.UNDER, Qualifier.AT_MOST, Qualifier.NEARLY})


def bounds_cross(one: Figure, other: Figure) -> bool:
    """Whether two figures bound one number from opposite sides: at least 50, at most 50."""
    if one.value is None or one.value != other.value or one.unit != other.unit:
        return False
    sides = {one.qualifier in _UPWARD, other.qualifier in _UPWARD}
    return sides == {True, False} and bool({one.qualifier, other.qualifier} & _DOWNWARD)
