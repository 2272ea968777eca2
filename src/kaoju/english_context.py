"""What the words around a capitalised name in English say of it: a company, a place."""

from __future__ import annotations

import re

from kaoju.gazetteer import gazetteer, words
from kaoju.types import EntityKind

_ORG_BEFORE = re.compile(r"([A-Za-z-]+) $")
ORG_APPOSED = re.compile(
    r", (?:a|an|the|its|one of) ((?:[\w'-]+ ){0,6}?)([\w-]+?)s?"
    r"(?=[,.;]| (?:that|which|whose|based|in|of|at|for|with|owned|on|from|to|by|behind|founded"
    r"|known|run|making|and)\b)"
)
_ORG_AFTER = re.compile(
    rf"(?:'s)? (?:{'|'.join(sorted(words('contexts', 'english_after_company')))})\b"
)


def is_apposed_company(text: str, end: int) -> bool:
    """Whether a common noun for a company follows: Hoffmann, a department store."""
    apposed = ORG_APPOSED.match(text, end)
    if apposed is None:
        return False
    noun = apposed.group(2).lower()
    if noun in words("roles", "english"):
        return False  # an opposition lawmaker
    return noun in words("organisations", "english_nouns") or noun.endswith(("maker", "shop"))


_EMPLOYED = re.compile(
    rf"\b(?:(?:{'|'.join(sorted(words('contexts', 'english_employed')))}) (?:of|at|for|with)"
    r"|[a-z]+(?:ist|er|or|yst|ian|ive) at|[Ss]hares (?:in|of)|stake in|owned by|acquired by"
    r"|(?!The )[A-Z][\w'-]+ [A-Z][\w'-]+ (?:of|at)) (?:the )?$"
)


def is_employer(text: str, start: int) -> bool:
    """Whether the words before a name say that somebody works there, or holds its shares."""
    return _EMPLOYED.search(text, max(0, start - 60), start) is not None


def is_company(text: str, start: int, end: int) -> bool:
    """Whether the words around a name say that it is a company's or a body's."""
    nouns = words("organisations", "english_nouns")
    before = _ORG_BEFORE.search(text, max(0, start - 24), start)
    if before is not None and before.group(1).lower() in nouns:
        return True
    if is_apposed_company(text, end) or is_employer(text, start):
        return True
    return _ORG_AFTER.match(text, end) is not None


_IN_PLACE = re.compile(
    r"\b(?:in|at|near|outside|around|across|(?:town|city|village|state|province|port) of|"
    r"linking|leaving|visiting|(?:north|south|east|west) of) (?:the |nearby |northern |southern |"
    r"eastern |western |central |neighbouring )?$"
)
_PLACE_AFTER = re.compile(
    rf"(?:'s)? (?:{'|'.join(sorted(words('contexts', 'english_after_place')))})\b"
)
_BEFORE_PLACE = re.compile(r", ([A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_NEXT = re.compile(r" ([a-z]+)")


def _is_modifier(after: str) -> bool:
    """Whether a lone capitalised word goes before a common noun: Fibonacci numbers."""
    following = _NEXT.match(after)
    if following is None:
        return False
    word = following.group(1)
    return word not in words("contexts", "english_after_name") and not word.endswith("ed")


def is_near(text: str, start: int, after: str) -> bool:
    """Whether the words around a name say that it is a place's."""
    if _PLACE_AFTER.match(after):
        return True
    if _is_modifier(after):
        return False
    if _IN_PLACE.search(text, max(0, start - 28), start):
        return True
    larger = _BEFORE_PLACE.match(after)
    known = gazetteer().english.get(larger.group(1)) if larger is not None else None
    return known is not None and known.kind is EntityKind.PLACE


SAID = re.compile(
    rf"(?:,[^,.]{{0,60}},)? (?:{'|'.join(sorted(words('contexts', 'english_said')))})\b"
)
