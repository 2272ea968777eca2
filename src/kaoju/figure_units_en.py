"""What a number counts in English: measures, money, terms, ages, records, count nouns, years.

`read_unit_en` takes a number that has been read and looks at what follows it. A result
without a value says that the number states nothing and where to go on.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju import count_nouns, dates
from kaoju.figure_ages_en import is_aged
from kaoju.figure_found import Found, View
from kaoju.figure_shares_en import fraction_en, multiple_en, one_in
from kaoju.figure_tickers import ticker_at
from kaoju.figure_units_zh import HALF, bare_number
from kaoju.numerals import Numeral, Sort, read_at
from kaoju.types import Dimension
from kaoju.units import UnitMatch, match_unit, unit

_CENT_ON_DOLLAR = re.compile(
    r" cents? (?:on the|(?:(?:out )?of|from|in) (?:every|each)) "
    r"(?:dollar|euro|pound(?! of (?!sales|revenue|income|turnover|profit|spending|tax|debt)))"
    r"(?![a-z])"
)
_BOND_AFTER = re.compile(
    r"[ -](?:[a-z$.]{1,14} ){0,2}?(?:treasur|bond|note|yield|gilt|bund|btp|jgb|loan|mortgage|"
    r"repo|reverse repo|paper|debt|bill|tips|security|securities|cd|deposit|lease|term|rate|"
    r"swap|maturit|tenor|facility|sukuk|debenture|oat|government|benchmark|us |u\.s\.|"
    r"inflation-linked)|,? hk\$|, \$(?=\d)"
)
_RECORD_EN = re.compile(r"[ -](?:record )?(high|low|peak|trough)(?![a-z-])(?! of)")
_RECORD_BEFORE_EN = re.compile(
    r"(?:most|least|highest|lowest|biggest|largest|fastest|slowest|best|worst|strongest|"
    r"weakest|sharpest|steepest|quickest|smallest|[a-z]{3,}est)(?: [a-z-]+){0,4} (?:in|for|"
    r"since)(?: more than| nearly| about| over| almost)? $"
)
_AGE_EN = re.compile(r"[ -](?:old(?![a-z])|of age(?![a-z]))")
_FIGURE_INDEX_EN = re.compile(
    r"(?:index|pmi|stoxx|s&p|nasdaq|dow|ftse|dax|nikkei|hang seng|csi|composite|gauge|vix)(?![a-z])"
)
# 4 second prizes, 900 second homes.
_SECOND_PLACED = re.compile(r" (?:prizes|places|awards|winners|homes|houses|jobs)(?![a-z])")
_SPACED_SYMBOLS = frozenset(
    [
        "in",
        "am",
        "at",
        "ha",
        "mt",
        "pa",
        "ct",
        "cc",
        "mi",
        "g",
        "m",
        "t",
        "l",
        "b",
        "a",
        "k",
        "w",
        "j",
        "v",
        "px",
        "bu",
        "kn",
        "ada",
        "sol",
        "try",
        "all",
        "top",
        "cup",
        "mad",
        "sos",
        "gel",
        "ron",
        "btu",
        "mm",
    ]
)


def read_unit_en(view: View, found: Found, number: Numeral) -> Found | None:
    """What the number counts in English; None when it cannot be a figure."""
    lower, cased = view.lower, view.cased
    end, at = number.end, found.start
    gap = lower[end : end + 1]
    if number.sort is Sort.FRACTION:
        part = fraction_en(view, found, number)
        return _measured_en(view, found, number, part) if isinstance(part, UnitMatch) else part
    share = one_in(view, found, number)
    if share is not None:
        return share
    if is_aged(view, found, number):
        found.dimension, found.unit = Dimension.AGE, "year"
        return found
    around = lower[max(0, found.start - 60) : end + 40]
    if cased[end : end + 1] in ("C", "F") and (
        _HEAT.search(around) or _is_in_celsius(lower[found.start : end], cased, end, around)
    ):
        found.unit, found.dimension = f"°{cased[end]}", Dimension.TEMPERATURE
        found.end = found.after = end + 1
        return found
    if lower.startswith((" magnitude", "-magnitude"), end):
        found.dimension, found.unit = Dimension.INDEX, "magnitude"
        return found
    cents = _CENT_ON_DOLLAR.match(lower, end)
    if cents is not None:
        found.unit, found.dimension = "percent", Dimension.PERCENT
        found.end = found.after = cents.end()
        return found
    multiple = multiple_en(view, found, number)
    if multiple is not None:
        return multiple
    matched = match_unit(lower, cased, end) if gap not in (" ", "-") else None
    if matched is None and gap in (" ", "-") and gap:
        skip = end + (2 if lower[end : end + 2] == "  " else 1)
        matched = match_unit(lower, cased, skip)
        if matched is not None:
            name = lower[skip : matched.end]
            if (
                (
                    name in _SPACED_SYMBOLS
                    and not (name == "mm" and _DEPTH.match(lower, matched.end))
                )
                or (
                    name == "second"
                    and (
                        number.value == 1
                        or lower.startswith("-hand", matched.end)
                        or _SECOND_PLACED.match(lower, matched.end) is not None
                    )
                )
                or (
                    name in ("mu", "li", "real", "won", "rand", "dong", "buck", "score")
                    and (not number.digits and number.value < 20)
                )
            ):
                matched = None
    if matched is not None:
        return _measured_en(view, found, number, matched)
    if number.sort is Sort.SOME and lower.startswith(" of ", end):
        money = match_unit(lower, cased, end + 4, symbols=False)
        if money is not None and money.unit.dimension is not Dimension.DURATION:
            return _measured_en(view, found, number, money)  # trillions of dollars
    ticker = ticker_at(view, number, found.start)
    if ticker is not None:
        found.dimension, found.unit = Dimension.MONEY, ticker[0]
        found.end = found.after = ticker[1]
        return found
    more = _OR_MORE.match(lower, end)
    if lower[number.start : end] == "one":
        return _only_one(view, found, end)
    noun = count_nouns.english_noun(lower, more.end() if more else end)
    if noun is not None and gap in (" ", "-"):
        return _counted_en(view, found, number, noun)
    if _year_en(view, found, number):
        return found
    single = _SINGLE.match(lower, end) if lower[number.start : end] == "1" else None
    named = _NAME_BEFORE.search(view.cased[max(0, at - 16) : at])
    if single is not None and not named and single[1] in count_nouns.english_count_names():
        found.dimension, found.unit, found.after = Dimension.COUNT, single[1], single.end()
        return found
    return bare_number(view, found)


# 1 share each; Ligue 1 team is a name's.
_SINGLE = re.compile(r" ([a-z]+)(?![a-z'-])")
_NAME_BEFORE = re.compile(r"[A-Za-z0-9,] *[A-Z][\w&.'-]*[ ]$|^[A-Z]\w*[ ]$")


# What follows millimetres, and not millions: 171 mm of rain.
_DEPTH = re.compile(
    r" of (?:rain|snow|water|ice|hail|precipitation)"
    r"| (?:thick|wide|long|deep|high|tall|across|fell|came down|and|in|at|on|last|this|below|above|"
    r"against|compared|less|more)(?![a-z])|[.,;:)]|$"
)
_HEAT = re.compile(r"temperature|heat|warm|cold|hot|degrees|celsius|fahrenheit|thermomet|freez")
_CHARGING = re.compile(r"charg|batter|cell|cathode|pack|(?<![a-z])ev(?![a-z])")


def _is_in_celsius(number: str, cased: str, end: int, around: str) -> bool:
    """Whether a C ends a number with decimals, and no rate at which a battery charges."""
    glued = re.match(r"C(?![A-Za-z0-9-])", cased[end : end + 2])
    return "." in number and glued is not None and _CHARGING.search(around) is None


_OR_MORE = re.compile(r" or (?:more|fewer|less|over)(?= [a-z])")


def _measured_en(view: View, found: Found, number: Numeral, matched: UnitMatch) -> Found | None:
    lower = view.lower
    known, end = matched.unit, matched.end
    found.dimension, found.unit = known.dimension, known.id
    name = lower[number.end : end].strip(" -")
    if known.dimension is Dimension.DURATION:
        return _duration_en(view, found, number, matched)
    if known.dimension is Dimension.INDEX:
        context = lower[max(0, found.start - 60) : found.start]
        if (
            lower[number.end] == "-"
            or number.value == 1
            or not (
                _FIGURE_INDEX_EN.search(context) or re.search(r"market|stock|share|close", context)
            )
        ):
            found.dimension, found.unit = Dimension.COUNT, "point"
            found.end = found.after = number.end
            counted = number.value != 1 or number.digits or _WORTH.search(lower, 0, found.start)
            return found if counted else Found(found.start, end, None)
    if known.id == "pound_mass" and _is_sterling(view, found, number, end):
        found.dimension, found.unit = Dimension.MONEY, "GBP"
    if (
        known.id == "GBP"
        and name in ("pound", "pounds")
        and not _is_sterling(view, found, number, end)
    ):
        found.dimension, found.unit = Dimension.MASS, "pound_mass"
    if name == "p" and number.value in (144, 240, 360, 480, 720, 1080, 1440, 2160, 4320):
        return Found(found.start, end, None)  # lines of a picture
    if name == "pm" and number.digits:
        return Found(found.start, end, None)
    found.end = found.after = end
    if matched.times != 1 and found.value is not None:
        found.value *= matched.times
        found.upper = found.upper * matched.times if found.upper is not None else None
        found.step = found.step * matched.times if found.step is not None else None
    if known.dimension is Dimension.MONEY:
        return _money_en(view, found, number, matched)
    if known.id in ("foot", "m") and known.dimension is Dimension.LENGTH:
        inches = re.compile(r"[ ](?:and )?(\d{1,2}|[a-z]+)[ ]?(?:inch(?:es)?|in)(?![a-z])").match(
            lower, end
        )
        small = read_at(lower, inches.start(1)) if inches else None
        if (
            inches is not None
            and small is not None
            and small.end == inches.end(1)
            and found.value is not None
            and known.id == "foot"
        ):
            found.value += small.value / 12
            found.end = found.after = inches.end()
    return found


_WORTH = re.compile(r"(?<![a-z])(?:worth|earns?|scores?|scored|gets?|adds?|counts? as) $")
_SCALE_AFTER = re.compile(r"[ ](thousand|million|billion|trillion|mn|bn)(?![a-z])")
_MINOR = re.compile(r"(?:,? and|,)? ")


def _money_en(view: View, found: Found, number: Numeral, matched: UnitMatch) -> Found:
    """75 USD million, three dollars and fifty cents."""
    lower = view.lower
    if (
        lower[found.end - 1] in "$€£¥₩"
        and re.match(r" ?\d", lower[found.end : found.end + 2])
        and not re.match(r"[ ]?\d[\d.,]{0,12}[ ]?[$€£¥₩]", lower[found.end : found.end + 18])
    ):
        return Found(found.start, number.end, None)  # the sign of the next number
    scale = _SCALE_AFTER.match(lower, found.end)
    if scale is not None and number.scale == 1 and found.value is not None:
        worth = {"mn": 6, "million": 6, "bn": 9, "billion": 9, "thousand": 3}.get(
            scale.group(1), 12
        )
        found.value = found.value.scaleb(worth)
        found.step = found.step.scaleb(worth) if found.step is not None else None
        found.end = found.after = scale.end()
        return found
    gap = _MINOR.match(lower, found.end)
    if gap is None or matched.times != 1 or gap.end() >= len(lower):
        return found
    minor = read_at(lower, gap.end())
    if minor is None or minor.sort is not Sort.CARDINAL or minor.value >= 100:
        return found
    small = match_unit(lower, view.cased, minor.end + 1)
    if (small is None or small.unit is not matched.unit or small.times == 1) and not (
        small is not None and small.times != 1 and lower[minor.end + 1 :].startswith("cent")
    ):
        return found
    if found.value is not None:
        found.value += minor.value * small.times
        found.step = minor.step * small.times if minor.step is not None else None
        found.end = found.after = small.end
    return found


def _is_sterling(view: View, found: Found, number: Numeral, end: int) -> bool:
    lower = view.lower
    context = lower[max(0, found.start - 60) : end + 40]
    if re.search(
        r"weigh|heav|lift|fat |cargo|gain(?:ed|s)? |lose|lost|drop|cocaine|drug|fish|meat|mass|"
        r"payload|beef|copper|cotton|coffee|sugar|cents? a|per pound|a pound|metric|kilo|equal "
        r"to",
        context,
    ):
        return bool(
            re.search(r"million|billion|bn|£|\$|fine|pay|cost|worth", lower[number.start : end])
        )
    return number.scale >= 1000 or bool(
        re.search(
            r"£|pay|cost|worth|price|fine|sterling|spend|spent|fund|budget|invest|sold|euro|dollar",
            context,
        )
    )


_TERM_BEFORE = re.compile(r"(?:^|[^a-z])(?:maturit(?:y|ies)|tenors?|terms?) of (?:[a-z]+ ){0,3}$")


def _duration_en(view: View, found: Found, number: Numeral, matched: UnitMatch) -> Found | None:
    lower = view.lower
    end = matched.end
    joined = lower[number.end] == "-"
    half = re.compile(r" and (?:a|one) (half|quarter)(?![a-z])").match(lower, end)
    if half is not None and found.value is not None:
        found.value += HALF if half.group(1) == "half" else Decimal("0.25")
        end = half.end()
        found.step = None
    found.end = found.after = end
    before = lower[max(0, found.start - 60) : found.start]
    printed = lower[number.start : number.end]
    if (
        printed in ("one", "1")
        and re.match(r" (?:of|after|before|when|later that)", lower[end : end + 8])
        and not number.digits
        and not joined
        and lower[matched.end - 3 : matched.end] == "day"
    ):
        return Found(found.start, end, None)
    age = _AGE_EN.match(lower, end)
    if age is not None:
        found.dimension = Dimension.AGE
        found.end = found.after = age.end()
        return found
    record = _RECORD_EN.match(lower, end)
    if record is not None and joined:
        found.end = found.after = record.end()
        found.measure, found.noun = "record", record.group(1)
        return found
    if _TERM_BEFORE.search(before) or (joined and _BOND_AFTER.match(lower, end)):
        found.dimension = Dimension.TENOR
        return found
    if _RECORD_BEFORE_EN.search(before):
        found.measure = "record"
    if not joined and found.upper is None:
        compound_en(view, found)
    return found


def compound_en(view: View, found: Found) -> None:
    """2 years and 3 months, 3 hours 30 minutes: one duration."""
    lower = view.lower
    gap = re.compile(r"(?:,| and)? ").match(lower, found.end)
    if gap is None or gap.end() >= len(lower):
        return
    if not (lower[gap.end()].isdigit() or lower[gap.end()].isalpha()):
        return
    number = read_at(lower, gap.end())
    if (
        number is None
        or number.sort is not Sort.CARDINAL
        or lower[number.end : number.end + 1] != " "
    ):
        return
    matched = match_unit(lower, view.cased, number.end + 1, symbols=False)
    whole = unit(found.unit)
    if (
        matched is None
        or whole is None
        or found.value is None
        or matched.unit.dimension is not Dimension.DURATION
        or matched.unit.factor >= whole.factor
    ):
        return
    part = Found(number.start, matched.end, number.value, unit=matched.unit.id, step=number.step)
    compound_en(view, part)
    found.add_part(part, matched.unit.factor / whole.factor)
    found.end = found.after = part.end


_DEFINITE = re.compile(
    r"(?:^|[^a-z])(?:the|these|those|both|all|other|his|her|its|their|our|my|your|said|such|"
    r"same|last|first|next|past)[ ]$"
)


_ONE_BEFORE = re.compile(r"(?:^|[^a-z])(?:only|just|killed|killing|injured|injuring) $")
_ONE_OF = re.compile(r" of (?:them|the|its|their|his|her|those|these)(?![a-z])")
_ONE_APART = re.compile(r" (?:fewer|more)(?: than(?! (?:one|a)(?![a-z]))|[.,;:)]|$)")
_ONE_NOUN = re.compile(
    r" (?!(?:of|in|who|that|which|to|or|and|day|more|side|another|thing|way|time|is|was|has|had)"
    r"(?![a-z]))(?P<noun>[a-z]{3,})(?![a-z])"
)


def _only_one(view: View, found: Found, end: int) -> Found | None:
    """Only one warning, killing one person: a count; a plain one is a pronoun or an article."""
    if _ONE_APART.match(view.lower, end):
        found.dimension, found.unit, found.after = Dimension.COUNT, "", end
        return found
    part = _ONE_OF.match(view.lower, end)
    noun = _ONE_NOUN.match(view.lower, end)
    before = view.lower[max(0, found.start - 12) : found.start]
    if part is not None and _ONE_BEFORE.search(before):
        whole = count_nouns.english_noun(view.lower, part.end())
        found.dimension, found.after = Dimension.COUNT, end
        found.unit = whole[0] if whole is not None else ""
        return found
    if noun is None or _ONE_BEFORE.search(before) is None:
        return Found(found.start, end, None)
    name = noun["noun"]
    found.dimension, found.noun = Dimension.COUNT, name
    found.unit = name if name in count_nouns.english_count_names() else ""
    found.after = noun.end()
    return found


def _counted_en(view: View, found: Found, number: Numeral, noun: tuple[str, int]) -> Found | None:
    lower = view.lower
    printed = lower[number.start : number.end]
    before = lower[max(0, found.start - 10) : found.start]
    if _year_en(view, found, number, noun=True):
        return found
    if not number.digits and number.value <= 10 and number.sort is Sort.CARDINAL:
        part = _OF_THE.search(lower[max(0, found.start - 24) : found.start])
        all_of = _ALL_OF.search(lower[max(0, found.start - 16) : found.start])
        definite = _DEFINITE.search(before) is not None and part is None and all_of is None
        # The three funds that it closed: that it closed three is said here.
        told = _THE_THAT.search(before) is not None and _THAT.match(lower, noun[1]) is not None
        definite = definite and not told
        if printed in ("one", "zero", "nought", "naught") or definite:
            return Found(found.start, number.end, None)
        if lower[number.end : number.end + 1] == "-":
            return Found(found.start, number.end, None)
    if lower[number.end : number.end + 1] == "-" and not re.match(
        r"-(?:seat|member|person|strong|odd|plus)", lower[number.end : number.end + 8]
    ):
        return Found(found.start, number.end, None)
    found.dimension, found.unit = Dimension.COUNT, noun[0]
    found.noun = lower[number.end : noun[1]].strip()
    found.after = noun[1]
    return found


_THE_THAT = re.compile(r"(?:^|(?<!of) )the $")
_THAT = re.compile(r" (?:that|which)(?![a-z])")
# Two of the nine stations: a part of so many, and no nine that are known already.
_OF_THE = re.compile(
    r"(?:^|[^a-z0-9])(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
    r" of (?:the|its|their) $"
)
# For each of the six tankers, at its five plants: how many there are is said by the way.
_ALL_OF = re.compile(r"(?:^|[^a-z])(?:(?:each|all|any|none) of (?:the|its|their)|its|their|all) $")
_YEAR_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:in|since|by|from|of|due|until|till|through|during|for|before|after|to|"
    r"than|and|or|between|early|late|mid|the|its|their|his|her|full-year|calendar|year|circa|"
    r"versus|vs|compared with|or|into|throughout|around|[a-z]+'s?|a|spring|summer|autumn|fall|"
    r"winter|budget|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|jan\.|feb\.|mar\.|apr\.|aug\.|sept\.|oct\.|nov\.|dec\.)[ (]$"
)


def _year_en(view: View, found: Found, number: Numeral, *, noun: bool = False) -> bool:
    """Whether a number of four digits is a year; the figure is made a date then."""
    lower = view.lower
    printed = lower[number.start : number.end]
    if not (number.digits and len(printed) == 4 and printed.isdigit()):
        return False
    value = int(printed)
    if not 1500 <= value < 2200:
        return False
    before = lower[max(0, found.start - 16) : found.start]
    after = lower[number.end : number.end + 1]
    if after == "-" and lower[number.end + 1 : number.end + 2].isdigit():
        return False
    early = not 1900 <= value < 2100
    preceded = _YEAR_BEFORE.search(before) is not None
    if noun:
        known = count_nouns.english_noun(lower, number.end)
        listed = known is not None and known[0] in count_nouns.english_count_names()
        quantified = re.search(
            r"(?:about|some|nearly|over|than|least|killed|cut|to|most|around|almost|of|for|"
            r"from)[ ]$",
            before,
        )
        if (listed and (quantified or not preceded)) or early:
            return False
    elif early and not preceded:
        return False
    match = dates.DateMatch(found.start, number.end, dates.Moment(value))
    found.date, found.dimension = match, Dimension.DATE
    found.value = found.upper = None
    found.end = found.after = number.end
    return True
