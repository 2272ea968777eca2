"""English shares and multiples: one in five, a third, half a point, three times, 18x."""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju import count_nouns
from kaoju.figure_found import Found, View
from kaoju.figure_seeds import MULTIPLE_WORDS
from kaoju.numerals import Numeral, Sort, read_at
from kaoju.types import Dimension, Direction, Relation
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
# One newborn in fourteen, one money fund in seventeen: any whole goes with one.
_ONE_SHARED_IN = re.compile(
    r" (?!(?:of|more|another|who|that|day|evening|morning|night|month|year|week)(?![a-z]))"
    r"[a-z][a-z'-]*(?: (?!(?:and|or|was|were|is|are|has|had|of|for|at|on|to|by|with|that|who|which)"
    r"(?![a-z]))[a-z][a-z'-]*){0,3}? in (?=[a-z0-9])"
)
# Fourteen crowns of every thousand.
_OF_EVERY = re.compile(r"(?: [a-z]{3,}){0,2} (?:out )?of (?:every|each) (?=[a-z0-9])")
_PLACES = re.compile(r" ([a-z]+)")
_TO_ONE = re.compile(
    r" to one(?=[.,;:)]|$| (?:in|at|on|by|for|against|and|but|last|this)(?![a-z]))"
)
_OUTDOES = re.compile(
    r"(?<![a-z])(?:outnumber|outsell|outsold|outweigh|outvote|outpac|favou?r|prefer|odds|ratio|broke)"
)
_WHOLES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000, 10_000, 100_000))


def one_in(view: View, found: Found, number: Numeral) -> Found | None:
    """One in five, 12 in every 100, two out of three: a share."""
    lower = view.lower
    if (
        number.sort is not Sort.CARDINAL
        or number.value > 1000
        or "." in lower[number.start : number.end]
    ):
        return None
    odds = _TO_ONE.match(lower, number.end)
    if odds is not None and _OUTDOES.search(lower[max(0, number.start - 64) : number.start]):
        found.step, found.dimension, found.unit = None, Dimension.RATIO, "ratio"
        found.end = found.after = odds.end()
        return found
    match = _IN.match(lower, number.end)
    if match is None and not number.digits:
        match = _SHARED_IN.match(lower, number.end)
        if match is not None and match_unit(lower, view.cased, number.end + 1) is not None:
            match = None  # two hours in three days
    printed = lower[number.start : number.end]
    if match is None and printed == "one":
        match = _ONE_SHARED_IN.match(lower, number.end)
    told = match is not None and _IN.fullmatch(match.group()) is None
    of_every = match is None
    if match is None:
        match = _OF_EVERY.match(lower, number.end)
    if match is None or match.end() >= len(lower):
        return None
    whole = read_at(lower, match.end())
    if whole is not None and told and not of_every and _is_places(lower, whole.end):
        return None  # one hospital in three provinces
    if whole is None or whole.sort is not Sort.CARDINAL or whole.value <= number.value:
        return None
    every = any(word in match.group() for word in ("every", "each ", "out of"))
    known = whole.value in _WHOLES or (printed == "one" and whole.value <= 99)
    if not every and (not known or number.value >= 10):
        return None
    gap = 1 if lower[whole.end : whole.end + 1] in (" ", "-") else 0
    matched = match_unit(lower, view.cased, whole.end + gap, symbols=False)
    if (matched is not None and not of_every) or (
        lower[whole.end : whole.end + 1] in ("-", "%", ".", ":")
        and re.match(r".\d", lower[whole.end : whole.end + 2])
    ):
        return None
    found.value, found.step = number.value / whole.value, None
    found.dimension, found.unit = Dimension.RATIO, "ratio"
    found.end = found.after = whole.end
    return found


def _is_places(lower: str, at: int) -> bool:
    """Whether so many provinces or shops follow, and no verb: one in four quits."""
    noun = _PLACES.match(lower, at)
    if noun is None or not noun.group(1).endswith("s"):
        return False
    return count_nouns.singular(noun.group(1)) in count_nouns.english_count_names()


_THIS_HALF = re.compile(r"(?:^|[^a-z])(?:this|next|last) $")
_POINT_FRACTION = re.compile(
    r"(?:[ ]of)?(?:[ ]an?)?[ -](?:percentage[ -]|full[ -])?points?(?![a-z])"
)
_RATES = re.compile(r"rate|yield|fed|central bank|hike|cut|inflation|lending|ecb|percent")
_FOURTH_AFTER = re.compile(
    r" of (?!the year|20|19|this|last)| (?:above|below|up|down) (?:on|the)| (?:fewer|less)(?![a-z])"
)
# A tenth smaller, by a third every year, nearly a third claimed: a part, and no place in a row.
_COMPARED = re.compile(
    r" (?:smaller|larger|bigger|greater|higher|lower|cheaper|dearer|lighter|heavier|shorter|longer|"
    r"faster|slower|weaker|stronger|poorer|richer|thinner|thicker|deeper|warmer|colder|drier|"
    r"wetter|worse|better|fewer|less)(?![a-z])"
)
_BY_PART = re.compile(r"(?:^|[^a-z])by $")
_BY_PART_ENDS = re.compile(
    r"[.,;:)]|$| (?:than|every|each|when|while|before|over|under|within|through|at|with|for)"
    r"(?![a-z])"
)
_SOFTENED = re.compile(r"(?:^|[^a-z])(?:nearly|almost|about|roughly|around|barely|hardly|fully) $")
_DOES = re.compile(
    r" (?:[a-z]+ed|had|have|has|were|are|did|do|will|would|could|can|said|say)(?![a-z])"
)

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
    before = lower[max(0, found.start - 12) : found.start]
    stated = (
        _COMPARED.match(lower, end) is not None
        or (_BY_PART.search(before) is not None and _BY_PART_ENDS.match(lower, end) is not None)
        or (_SOFTENED.search(before) is not None and _DOES.match(lower, end) is not None)
    )
    if (
        printed.startswith(("one ", "a ", "an "))
        and not stated
        and not re.match(
            r"(?: of| the|[,.;)]|$| as| above| below| up| down| dearer| cheaper|"
            r" was| is| to| or| from| in| since| more| less| higher| lower| over|"
            r" between| during| this| last| after| compare| year| by| and| on)",
            lower[end : end + 9],
        )
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


# Twice as often, but served twice as mayor; twice in two decades is how many times.
_TWICE_AS = re.compile(r" as (?:[a-z]+ly|[a-z-]+ as|(?:often|far|much|many|long|likely)(?![a-z]))")
_TWICE_IN = re.compile(
    r" (?:in|since|during|over) (?:(?:the|its|last|past) ){0,2}"
    r"(?:\d{1,2}(?!\d)|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|decades|years|"
    r"a (?:year|month|week|day|decade))"
)
_DOUBLE_WHAT = re.compile(r" (?:what|that of|those of)(?![a-z])")


# Guests may swim twice: how often, as long as nothing is twice as much.
_MAY = re.compile(r"(?<![a-z])(?:can|may|must|only|at most)(?: [a-z]+){0,5} $")
_SO_OFTEN = re.compile(r"[.,;]|$| (?:a|per|each|every) (?:day|week|month|year|person|user|guest)")


def read_multiple(view: View, match: re.Match[str], floor: int) -> int:
    """Doubled, tenfold, twice, halved."""
    lower = view.lower
    word = match.group()
    before = lower[max(0, match.start() - 2) : match.start()]
    if before.endswith("-"):
        return match.end()
    value = Decimal(MULTIPLE_WORDS[word])
    after = lower[match.end() : match.end() + 14]
    if word in ("double", "triple", "twice", "quadruple"):
        done = _TWICE_IN.match(lower, match.end()) if word == "twice" else None
        if word == "twice" and _MAY.search(lower[max(0, match.start() - 48) : match.start()]):
            done = done or _SO_OFTEN.match(lower, match.end())
        if done is not None:
            found = Found(match.start(), match.end(), value, unit="time")
            found.after = match.end()
            view.found.append(found)
            return match.end()
        if not _TWICE_AS.match(lower, match.end()) and (
            re.match(
                r"(?:[ -](?:a (?:day|week|month|year)|daily|weekly|in|as (?!much|many|high|large|"
                r"big|fast)|before|already|check|down|digit|standards?|murder|crossing|agent|"
                r"monthly|dip|act|bed|room|gold|taxation|edged|life|decker|bluff|jeopardy)|[.,;]|-)",
                after,
            )
            and word != "quadruple"
        ):
            return match.end()
        if (
            word in ("double", "triple")
            and not _DOUBLE_WHAT.match(lower, match.end())
            and not re.search(
                r"(?:to|will|could|would|may|might|more than|nearly|almost|about|over|is|was|than|"
                r"likely to|the|would more than) ?$",
                lower[max(0, match.start() - 12) : match.start()],
            )
        ):
            return match.end()
        if word in ("double", "triple") and re.search(
            r"(?:^|[^a-z])(?:a|an)[ ]$", lower[max(0, match.start() - 4) : match.start()]
        ):
            return match.end()
    found = Found(match.start(), match.end(), value, unit="times", dimension=Dimension.MULTIPLE)
    found.after = match.end()
    if word not in ("twice", "double the"):
        found.relation = Relation.BY
        found.direction = Direction.UP if value > 1 else Direction.DOWN
    view.found.append(found)
    return match.end()
