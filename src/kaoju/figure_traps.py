"""Numbers that state nothing: of names, addresses, laws and products, by the words beside them."""

from __future__ import annotations

import re

from kaoju.figure_coins_zh import coin_zh
from kaoju.figure_found import View
from kaoju.figure_shares_en import TIMES_SIGN
from kaoju.lexicon import words
from kaoju.numerals import Numeral
from kaoju.units import match_unit

_BEFORE_ZH = words("not_figures", "zh", "before")
_NOT_BEFORE_ZH = words("not_figures", "zh", "not_before")
_BEFORE_EN = frozenset(words("not_figures", "en", "before"))
_AFTER_ZH = words("not_figures", "zh", "after")
_AFTER_EN = words("not_figures", "en", "after")
_WORD_BACK = re.compile(r"([a-z&.']{1,16}(?: of)?)[ ]?$")
ALNUM = frozenset("abcdefghijklmnopqrstuvwxyz_@#\\")


def is_trap(view: View, start: int, number: Numeral, zh: bool, money: bool) -> bool:
    """Whether the number belongs to a name, an address, a law or an idiom."""
    if money:
        return False
    lower = view.lower
    end = number.end
    after = lower[end : end + 14]
    if number.digits and number.scale < 10_000:
        if zh:
            before = lower[max(0, start - 8) : start].rstrip()
            named = before.endswith(_BEFORE_ZH) and not before.endswith(_NOT_BEFORE_ZH)
            if named and not _has_measure(after):
                return True
        word = _WORD_BACK.search(lower[max(0, start - 18) : start])
        if word is not None and (
            word.group(1) in _BEFORE_EN or word.group(1).rpartition("-")[2] in _BEFORE_EN
        ):
            joined = word.end() == len(lower[max(0, start - 18) : start])
            counting = _NUMBERING.search(lower[max(0, start - 18) : start])
            if counting is None and word.group(1) == "number":
                counting = IS_PLACE.match(lower, end)
            if counting is None and word.group(1) == "number" and "," in lower[start:end]:
                counting = _NUMBERED.match(lower, end)  # callers hit by it number 4,000
            if counting is None and _LAST.search(lower[max(0, start - 20) : start]):
                counting = _COUNTS.match(lower, end)
            if counting is None and _NUMBERED.match(lower, end):
                counting = _NUMBERING_AT.search(view.cased[max(0, start - 80) : start])
            if counting is None and not _has_measure(after) and (joined or lower[start - 1] == " "):
                return True
        if after[:1].isalpha() and after[:1].isascii():
            return _letters_follow(view, number)
    if zh:
        trapped = number.scale < 10_000 and after.lstrip().startswith(_AFTER_ZH)
        return trapped and coin_zh(view, number, end) is None  # 三维, and 13亿维尔
    return after.lstrip(" ").startswith(_AFTER_EN)


# The yard's welders number 2,900: a verb, and no number of a house.
_NUMBERING = re.compile(r"(?<![a-z])(?:[a-z]{3,}s|will|now) number $")
# Guides at Elm Point number 64: the name between tells the verb too, after a plural.
_NUMBERING_AT = re.compile(
    r"(?:^|[.;] )(?:The |Its )?[A-Za-z-]+s [a-z][^.,;]{0,40} [A-Z][a-z]+ number $"
)
# At number 88 on the list: a place in it.
IS_PLACE = re.compile(r" (?:on|in) the (?:[a-z]+ )?(?:list|rankings?|charts?|table|world)(?![a-z])")
# Last season 43,000 players: when, and how many.
_LAST = re.compile(
    r"(?<![a-z])(?:last|this|next|that|each|every|per) (?:season|series|"
    r"class|district|region|division|area|zone|line|unit|platform) $"
)
_COUNTS = re.compile(r" (?!(?:of|to|and|or|in|on|at|is|was|has|had|will)(?![a-z]))[a-z]{3,}")
_NUMBERED = re.compile(r"[.,;]|$| (?:in|at|and|but)(?![a-z])")
_MEASURED = re.compile(
    r"[ -]?(?:%|percent|million|billion|trillion|bps?(?![a-z])|basis|points?(?![a-z])|点|亿|万|元|"
    r"个百|个基|years?(?![a-z])|months?(?![a-z])|days?(?![a-z])|people|dollars|yuan|倍|年|个月)"
)


def _has_measure(after: str) -> bool:
    return _MEASURED.match(after) is not None


def _letters_follow(view: View, number: Numeral) -> bool:
    """5G, 3D, 24703m212: letters that are no unit, or a unit that letters follow."""
    found = match_unit(view.lower, view.cased, number.end)
    if view.cased[number.end] in "CF" and not view.lower[number.end + 1 : number.end + 2].isalnum():
        return False  # 49.2C: read_unit_en says whether it is one
    if found is None:
        return not TIMES_SIGN.match(view.lower, number.end) and not re.compile(
            r"(?:st|nd|rd|th)(?![a-z])"
        ).match(view.lower, number.end)
    after = view.lower[found.end : found.end + 1]
    return bool(after) and after in ALNUM
