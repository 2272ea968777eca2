"""English numerals: one and a half billion, dozens, two-thirds, and the scale after digits.

Read from folded text in lower case. Every look ahead is bounded.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kaoju.lexicon import section
from kaoju.numeral_words import Numeral, Sort

_ENGLISH = section("numerals", "english")
ONES: dict[str, int] = dict(_ENGLISH["ones"])
TENS: dict[str, int] = dict(_ENGLISH["tens"])
_SCALES: dict[str, int] = {word: 10**power for word, power in _ENGLISH["scales"].items()}
_SUFFIXES: dict[str, int] = {word: 10**power for word, power in _ENGLISH["suffixes"].items()}
_GROUPS: dict[str, int] = dict(_ENGLISH["groups"])
_ORDINALS: dict[str, int] = dict(_ENGLISH["ordinals"])
_PARTS: dict[str, int] = dict(_ENGLISH["parts"])
_SUFFIX = re.compile(
    r"[ -]{0,2}("
    + "|".join(sorted((*_SCALES, *(f"{g}s?" for g in _GROUPS)), key=len, reverse=True))
    + r")(?![a-z])"
    r"|(" + "|".join(sorted(_SUFFIXES, key=len, reverse=True)) + r")(?![a-z0-9])"
)


def with_suffix(text: str, read: Numeral) -> Numeral:
    """The numeral with the scale after it, if one stands there: 3.5 million, 300bn."""
    match = _SUFFIX.match(text, read.end)
    if match is None:
        return read
    end = match.end()
    word = match.group(1) or match.group(2)
    scale = _SCALES.get(word) or _SUFFIXES.get(word) or _GROUPS[word.rstrip("s")]
    if match.group(2) is not None and word in ("m", "t", "b", "k", "mm"):
        # 5m and 10t may be metres and tonnes: whoever knows the unit decides.
        return Numeral(
            read.start,
            end,
            read.value * scale,
            step=read.step * scale if read.step else None,
            mantissa=read.value,
            scale=scale,
            digits=True,
            positional=True,
        )
    if word in ("lakh", "hundred", "thousand", "million", "billion"):
        more = re.compile(r" (crore|thousand|million|billion|trillion)(?![a-z])").match(text, end)
        if more is not None:
            scale *= _SCALES[more.group(1)]
            end = more.end()
    value = read.value * scale
    step = read.step * scale if read.step else None
    if word == "hundred" and value == value.to_integral_value():
        rest = re.compile(rf" and ((?:{_SMALL})(?:-(?:{_SMALL}))?)(?![a-z-])(?! hundred)").match(
            text, end
        )
        rest_read = _cardinal(text, rest.start(1)) if rest else None
        if (
            rest is not None
            and rest_read is not None
            and rest_read.end == rest.end()
            and rest_read.value < 100
        ):
            return Numeral(read.start, rest_read.end, value + rest_read.value, step=Decimal(1))
    half = _AND_PART.match(text, end)
    if half is not None:
        value += _part_value(half) * scale
        end = half.end()
        step = None
    return Numeral(
        read.start, end, value, step=step, mantissa=read.value, scale=scale, digits=read.digits
    )


_WORD = re.compile(r"[a-z]+")
_JOIN = re.compile(r"[ ]?-[ ]?|[ ]{1,2}")
_AND = re.compile(r"[ ]{1,2}and[ ]{1,2}(?=[a-z])")
_PART_WORDS = "|".join(
    sorted((*_PARTS, *(f"{word}s?" for word in _ORDINALS)), key=len, reverse=True)
)
_SMALL = "|".join(sorted((*ONES, *TENS), key=len, reverse=True))
_AND_PART = re.compile(
    rf"[ ]{{1,2}}and[ ](?:(an?|one|two|three|four|five|six|seven|eight|nine)[ -])"
    rf"(half|quarters?|{_PART_WORDS})(?![a-z])"
)
_SCALE_PART = re.compile(
    r"[ ](?:of[ ])?(?:an?[ ]{1,2})?(hundred|thousand|million|billion|trillion|dozen)(?![a-z])"
)
_PLURAL_SCALES = {f"{word}s": worth for word, worth in (_SCALES | _GROUPS).items()} | {"tens": 10}
STARTERS: tuple[str, ...] = tuple(
    sorted(
        {*ONES, *TENS, *_SCALES, *_PLURAL_SCALES, *_GROUPS, *_ORDINALS, *_PARTS},
        key=len,
        reverse=True,
    )
)


def _part_value(match: re.Match[str]) -> Decimal:
    count = match.group(1)
    above = 1 if count in ("a", "an") else (ONES | TENS)[count]
    word = match.group(2)
    below = _PARTS.get(word) or _ORDINALS.get(word) or _ORDINALS[word.rstrip("s")]
    return Decimal(above) / Decimal(below)


def _denominator(word: str) -> int | None:
    """2 for half and halves, 3 for third and thirds; None for a word that is no part."""
    if word in _PARTS:
        return _PARTS[word]
    if word in ("first", "second", "seconds"):
        return None
    if word in _ORDINALS:
        return _ORDINALS[word]
    return _ORDINALS.get(word[:-1]) if word.endswith("s") else None


def read_english(text: str, at: int) -> Numeral | None:
    """The English numeral whose first word is at ``at``, or None."""
    match = _WORD.match(text, at, at + 24)
    if match is None:
        return None
    word = match.group()
    if word in ("minus", "negative"):
        follows = read_english(text, match.end() + 1) if text[match.end() :][:1] == " " else None
        if follows is None:
            return None
        return Numeral(at, follows.end, -follows.value, follows.sort, step=follows.step)
    if word in ("a", "an"):
        return _after_article(text, at, match.end())
    if word in ("half", "quarter"):
        return _half(text, at, match.end(), word)
    if word in _PLURAL_SCALES:
        return _plural(text, at, match.end(), _PLURAL_SCALES[word])
    if word in _ORDINALS:
        return Numeral(at, match.end(), Decimal(_ORDINALS[word]), Sort.ORDINAL)
    if word in ONES or word in TENS or word in _SCALES or word in _GROUPS:
        return _cardinal(text, at)
    return None


def _after_article(text: str, at: int, end: int) -> Numeral | None:
    join = re.compile(r"[ ]{1,2}").match(text, end)
    match = _WORD.match(text, join.end()) if join else None
    if match is None:
        return None
    word = match.group()
    if word in ("half", "quarter"):
        return _half(text, at, match.end(), word)
    if word in _SCALES or word in _GROUPS:
        return _cardinal(text, at)
    below = _denominator(word)
    if below is not None and not word.endswith("s"):
        scaled = _SCALE_PART.match(text, match.end())
        if scaled is not None:  # a fifth of a billion
            worth = _SCALES.get(scaled.group(1)) or _GROUPS[scaled.group(1)]
            return Numeral(at, scaled.end(), Decimal(worth) / below)
        return Numeral(at, match.end(), 1 / Decimal(below), Sort.FRACTION)
    return None


def _half(text: str, at: int, end: int, word: str) -> Numeral:
    value = 1 / Decimal(_PARTS[word])
    scale = _SCALE_PART.match(text, end)
    if scale is None:
        scale = re.compile(r"[ ]an?[ ]{1,2}(dozen|million|billion|hundred)(?![a-z])").match(
            text, end
        )
    if scale is not None:
        worth = _SCALES.get(scale.group(1)) or _GROUPS[scale.group(1)]
        return Numeral(at, scale.end(), value * worth)
    return Numeral(at, end, value, Sort.FRACTION)


def _plural(text: str, at: int, end: int, worth: int) -> Numeral | None:
    """Dozens, hundreds, tens of millions: a vague number."""
    more = re.compile(r" of (thousands|millions|billions|trillions)(?![a-z])").match(text, end)
    if more is not None:
        worth *= _PLURAL_SCALES[more.group(1)]
        end = more.end()
    if worth == 10:
        return None
    upper = worth * 10 - 1 if worth != 12 else 99
    return Numeral(at, end, Decimal(worth), Sort.SOME, Decimal(upper), scale=worth)


def _cardinal(text: str, at: int) -> Numeral | None:
    """Number words from ``at`` on, with a scale, decimals or a part after them."""
    limit = min(len(text), at + 240)
    total, current, last_scale = 0, 0, 10**18
    started = False
    position, end = at, at
    worth_of_last = 1
    ordinal = False
    mantissa = 0
    scale = 1
    while position < limit:
        match = _WORD.match(text, position, limit)
        if match is None:
            break
        word = match.group()
        if word in ("a", "an") and not started:
            started = True
            position = match.end()
        elif word in ONES:
            number = ONES[word]
            if current % 10 or (number >= 10 and current % 100) or (current % 100 == 10):
                break
            if started and end > at and not number:
                break
            current += number
            worth_of_last = 1
            started, position, end = True, match.end(), match.end()
        elif word in TENS:
            if current % 100:
                if 10 <= current <= 99 and not total and current >= 17:
                    current = current * 100 + TENS[word]  # nineteen eighty
                    started, position, end = True, match.end(), match.end()
                    worth_of_last = 1
                else:
                    break
            else:
                current += TENS[word]
                started, position, end = True, match.end(), match.end()
        elif word == "hundred":
            if current >= 100:
                break
            current = (current or 1) * 100
            worth_of_last = 100
            started, position, end = True, match.end(), match.end()
        elif word in _SCALES:
            worth = _SCALES[word]
            if worth >= last_scale:
                if not current and total:
                    total *= worth  # three lakh crore
                    position = end = match.end()
                    continue
                break
            mantissa, scale = current or 1, worth
            total += (current or 1) * worth
            current, last_scale, worth_of_last = 0, worth, worth
            started, position, end = True, match.end(), match.end()
        elif word in _GROUPS or (word.endswith("s") and word[:-1] in _GROUPS and current):
            total += (current or 1) * _GROUPS.get(word, 12)
            current = 0
            end = match.end()
            break
        elif word in _ORDINALS and started and (end > at or word not in ("second",)):
            number = _ORDINALS[word]
            joined = text[position - 1 : position]
            if (number < 10 and current >= 20 and current % 10 == 0 and current % 100) or (
                number < 100 and current and current % 100 == 0 and number != 2
            ):
                current += number
                end, ordinal = match.end(), True
            elif number >= 100 and joined in " -" and not total and number != 100:
                current = (current or 1) * number
                end, ordinal = match.end(), True
            break
        else:
            break
        join = _JOIN.match(text, position)
        if join is None:
            break
        follows = _AND.match(text, position)
        if follows is not None and end > at and (current % 100 == 0):
            next_word = _WORD.match(text, follows.end())
            known = next_word is not None and (
                next_word.group() in ONES or next_word.group() in TENS
            )
            if not known or worth_of_last == 1:
                break
            if _AND_PART.match(text, position):
                break
            position = follows.end()
        else:
            position = join.end()
    if end == at:
        return None
    value = Decimal(total + current)
    if ordinal:
        return Numeral(at, end, value, Sort.ORDINAL)
    return _with_parts(text, at, end, value, worth_of_last, mantissa, scale if not current else 1)


_ONES_NTH = "|".join(word for word, worth in _ORDINALS.items() if 1 < worth < 10)
_LONG_PART = re.compile(
    rf"[ -](?:(?P<hundreds>(?:[a-z]+ )?hundred)(?: and)? )?(?P<tens>{'|'.join(TENS)})?(?:[ -])?"
    rf"(?P<ones>{_ONES_NTH})(?P<plural>s?)(?![a-z])"
)


def _long_part(text: str, at: int, end: int, value: Decimal) -> Numeral | None:
    """One twenty-fifth, one hundred thirty-fifths: a part with a name of several words."""
    match = _LONG_PART.match(text, end)
    if match is None:
        return None
    below = Decimal(_ORDINALS[match["ones"]])
    if match["hundreds"] or match["tens"]:
        if not match["plural"] and value != 1:
            return None
        below += TENS[match["tens"]] if match["tens"] else 0
        if match["hundreds"]:
            times = ONES.get(match["hundreds"].rpartition(" ")[0], 1)
            below += 100 * times
        return Numeral(at, match.end(), value / below, Sort.FRACTION)
    tens = value % 100
    if not match["plural"] or value < 100 or tens < 20 or tens % 10:
        return None
    return Numeral(at, match.end(), (value - tens) / (tens + below), Sort.FRACTION)


def _with_parts(
    text: str, at: int, end: int, value: Decimal, place: int, mantissa: int, scale: int
) -> Numeral:
    """The cardinal with what may follow: point five, and a half, thirds, a scale."""
    point = re.compile(rf" point((?: (?:{_SMALL})(?![a-z])){{1,8}})").match(text, end)
    if point is not None:
        names = [ONES[w] for w in point.group(1).split() if w in ONES and ONES[w] < 10]
        if names:
            value += Decimal(int("".join(map(str, names)))).scaleb(-len(names))
            end = point.end()
            read = Numeral(at, end, value, step=Decimal(1).scaleb(-len(names)), mantissa=value)
            return with_suffix(text, read)
    half = _AND_PART.match(text, end)
    if half is not None:
        scaled = _SCALE_PART.match(text, half.end())
        if scaled is not None and place > _SCALES.get(scaled.group(1), 12):
            value += _part_value(half) * _SCALES.get(scaled.group(1), 12)
            return Numeral(at, scaled.end(), value, mantissa=value)
        value += _part_value(half) * (place if place >= 1000 else 1)
        read = Numeral(at, half.end(), value, mantissa=value)
        return with_suffix(text, read)
    long_part = _long_part(text, at, end, value)
    if long_part is not None:
        return long_part
    join = re.compile(r"[ ]{1,2}|-").match(text, end)
    if join is not None:
        match = _WORD.match(text, join.end())
        below = _denominator(match.group()) if match is not None else None
        if match is not None and below is not None:
            plural = match.group().endswith("s") or value == 1
            plural = plural and (value < 100 or match.group() not in ("halves", "quarters"))
            if plural:
                read = Numeral(at, match.end(), value / below, Sort.FRACTION)
                scaled = _SCALE_PART.match(text, match.end())
                if scaled is not None:
                    worth = _SCALES.get(scaled.group(1)) or _GROUPS[scaled.group(1)]
                    return Numeral(at, scaled.end(), value / below * worth)
                return read
    step = Decimal(place) if place >= 1000 else Decimal(1)
    return Numeral(
        at, end, value, step=step, mantissa=Decimal(mantissa) if scale > 1 else value, scale=scale
    )
