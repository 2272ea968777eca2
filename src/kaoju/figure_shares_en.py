"""English shares and multiples: one in five, a third, half a point, three times, 18x."""

from __future__ import annotations

import re

from kaoju.figure_found import Found, View
from kaoju.numerals import Numeral, Sort, read_at
from kaoju.types import Dimension
from kaoju.units import UnitMatch, match_unit

_TIMES_FREQUENCY = re.compile(
    r" times?(?: (?:a|per|each|every|this|last|in|since|during|over the|before|already)("
    r"?![a-z])|[.,;]|$)"
)
_TIMES = re.compile(r" ?times?(?![a-z])")
TIMES_SIGN = re.compile(r"[ ]?x(?![a-z0-9])|-?[ ]?fold(?![a-z])")
_NEED_UNIT = re.compile(r"[ ]?(?:x|by|×)[ ]?\d")
_FRACTION_EN_SKIP = re.compile(
    r"[ -](?:hour|time|finals?|mast|brother|way|hearted|truth|marathon|century|day|term|moon|"
    r"back|price|dollar|turn|point|percentage|yearly|century)"
)
_IN = re.compile(r"[ ](?:in|out of)(?: every)?[ ]")
# Three phones in ten, four adults in five: what is shared out may stand between the two.
_SHARED_IN = re.compile(
    r" (?P<noun>[a-z]{3,}) (?:in|out of)(?: every)? (?=(?:three|four|five|ten|100)(?![a-z0-9]))"
)


def one_in(view: View, found: Found, number: Numeral) -> Found | None:
    """One in five, 12 in every 100, two out of three: a share."""
    lower = view.lower
    if (
        number.sort is not Sort.CARDINAL
        or number.value > 1000
        or "." in lower[number.start : number.end]
    ):
        return None
    match = _IN.match(lower, number.end)
    if match is None and not number.digits:
        match = _SHARED_IN.match(lower, number.end)
        if match is not None and match_unit(lower, view.cased, number.end + 1) is not None:
            match = None  # two hours in three days
    if match is None or match.end() >= len(lower):
        return None
    whole = read_at(lower, match.end())
    if whole is None or whole.sort is not Sort.CARDINAL or whole.value <= number.value:
        return None
    every = "every" in match.group() or "out of" in match.group()
    round_whole = whole.value in (2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000, 10_000, 100_000)
    if not every and (not round_whole or number.value >= 10):
        return None
    gap = 1 if lower[whole.end : whole.end + 1] in (" ", "-") else 0
    matched = match_unit(lower, view.cased, whole.end + gap, symbols=False)
    if matched is not None or (
        lower[whole.end : whole.end + 1] in ("-", "%", ".", ":")
        and re.match(r".\d", lower[whole.end : whole.end + 2])
    ):
        return None
    found.value, found.step = number.value / whole.value, None
    found.dimension, found.unit = Dimension.RATIO, "ratio"
    found.end = found.after = whole.end
    return found


_THIS_HALF = re.compile(r"(?:^|[^a-z])(?:this|next|last) $")
_POINT_FRACTION = re.compile(
    r"(?:[ ]of)?(?:[ ]an?)?[ -](?:percentage[ -]|full[ -])?points?(?![a-z])"
)
_RATES = re.compile(r"rate|yield|fed|central bank|hike|cut|inflation|lending|ecb|percent")
_FOURTH_AFTER = re.compile(r" of (?!the year|20|19|this|last)| (?:above|below|up|down) (?:on|the)")
_FOURTH_BEFORE = re.compile(r"(?:by|than|nearly|about|almost|over|roughly|up|fell|rose|or|to) $")


def _is_fourth(view: View, found: Found, end: int) -> bool:
    """Whether a quarter is a fourth part here and not three months."""
    if _FOURTH_AFTER.match(view.lower, end):
        return True
    return _FOURTH_BEFORE.search(view.lower[max(0, found.start - 8) : found.start]) is not None


def fraction_en(view: View, found: Found, number: Numeral) -> Found | UnitMatch | None:
    """A part of a whole or of a point; the unit itself where one follows: half a metre."""
    lower = view.lower
    end = number.end
    found.step = None
    found.dimension, found.unit = Dimension.RATIO, "ratio"
    printed = lower[number.start : end]
    points = _POINT_FRACTION.match(lower, end)
    if points is not None and number.value < 1:
        context = lower[max(0, found.start - 60) : points.end() + 30]
        if "percentage" in points.group() or _RATES.search(context):
            found.dimension, found.unit = Dimension.PERCENTAGE_POINT, "percentage_point"
            found.end = found.after = points.end()
            return found
    if _FRACTION_EN_SKIP.match(lower, end):
        skip = match_unit(lower, view.cased, end + 1)
        if skip is None or skip.unit.dimension is not Dimension.DURATION or lower[end] == "-":
            return Found(found.start, end, None)
    if printed == "half" and _THIS_HALF.search(lower, max(0, found.start - 6), found.start):
        return Found(found.start, end, None)
    if printed == "quarter" or (printed == "a quarter" and not _is_fourth(view, found, end)):
        return Found(found.start, end, None)
    if (
        re.compile(
            r" of (?:20|19)\d\d| (?:of )?(?:the )?(?:year|game|season|match)(?![a-z])"
        ).match(lower, end)
        and "half" in printed
    ):
        return Found(found.start, end, None)
    gap = 1 if lower[end : end + 1] in (" ", "-") else 0
    matched = match_unit(lower, view.cased, end + gap, symbols=False) if gap else None
    if matched is None and re.compile(
        r" an? (?=hour|year|day|mile|percent|point|century|decade|met(?:re|er)|kilomet|"
        r"tonne|ton(?![a-z])|pound|inch|foot)"
    ).match(lower, end):
        at = lower.index("a", end) + (3 if lower[end + 1 : end + 3] == "an" else 2)
        matched = match_unit(lower, view.cased, at, symbols=False)
    if matched is not None:
        return matched
    if printed.startswith(("one ", "a ", "an ")) and not re.match(
        r"(?: of| the|[,.;)]|$| as| above| below| up| down| dearer| cheaper|"
        r" was| is| to| or| from| in| since| more| less| higher| lower| over|"
        r" between| during| this| last| after| compare| year| by| and| on)",
        lower[end : end + 9],
    ):
        return Found(found.start, end, None)
    return found


def multiple_en(view: View, found: Found, number: Numeral) -> Found | None:
    """Three times and 18x as multiples, three times a year as a count; None for neither."""
    lower = view.lower
    end = number.end
    x = TIMES_SIGN.match(lower, end)
    if x is not None and not _NEED_UNIT.match(lower, end):
        found.dimension, found.unit = Dimension.MULTIPLE, "times"
        found.end = found.after = x.end()
        return found
    times = _TIMES.match(lower, end)
    if times is None:
        return None
    whole = number.value == number.value.to_integral_value()
    if (whole and _TIMES_FREQUENCY.match(lower, end)) or lower[number.start : end] == "one":
        found.dimension, found.unit = Dimension.COUNT, "time"
        found.after = times.end()
        return found
    found.dimension, found.unit = Dimension.MULTIPLE, "times"
    found.end = found.after = times.end()
    return found
