"""Foreign names of people in Chinese without a dot and without a title: 里皮, 陀思妥耶夫斯基.

The characters of transliterated names are those of places and companies too, so that the words
around weigh as much. Signs and weights are those of `chinese_signs`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kaoju.chinese_roles import role_after, role_before
from kaoju.chinese_signs import PLACE_ENDS, SURE, Sign, beside, cut, left, right, weigh
from kaoju.chinese_words import Candidate, Tagged, total_odds
from kaoju.gazetteer import UNKNOWN_CHARACTER, gazetteer, name_characters
from kaoju.types import EntityKind

_STRENGTH, _SLOPE, _MOST = 4.3, 0.5, 7.0  # what a candidate's strength is made of its weight
_LONGEST = 8  # characters
_LEAST_MEAN = 0.4  # of the characters' log odds
_LEAST_ODDS = -3.0  # of a character


def foreign_names(tagged: Tagged) -> Iterator[Candidate]:
    """The likeliest foreign name that begins at each word, where it is likelier than not."""
    text = tagged.text
    best: tuple[int, int, float] | None = None
    for start, end in [*windows(tagged), (len(text), len(text))]:
        if best is not None and start != best[0]:
            role = role_before(tagged, best[0]) or role_after(text, best[1])
            strength = min(_MOST, _STRENGTH + _SLOPE * best[2])
            yield Candidate(
                best[0], best[1], EntityKind.PERSON, strength, role=role, form="foreign"
            )
            best = None
        if start == end or _is_other(tagged, start, end):
            continue
        worth = weigh("foreign", signs(tagged, start, end))
        if worth > (best[2] if best else SURE):
            best = start, end, worth


def _is_other(tagged: Tagged, start: int, end: int) -> bool:
    """Whether a stretch has a name of the tables in front of it, or is a place by its end."""
    name, known = tagged.text[start:end], gazetteer().chinese
    if name in known or "人" in name or (len(name) > 2 and name[-1] in "镇州县市省村区"):
        return True
    return any(
        start + size in tagged.bounds and name[:size] in known for size in range(2, len(name) - 1)
    )  # 挪威|特罗姆瑟


def windows(tagged: Tagged) -> Iterator[tuple[int, int]]:
    """(start, end) of the stretches that could be such names, in order."""
    text, odds = tagged.text, name_characters()
    for start in tagged.starts:
        total = 0.0
        for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
            own = odds.get(text[end - 1])
            if own is None or own[0] < _LEAST_ODDS:
                break
            total += own[0]
            size = end - start
            if size > 1 and total >= _LEAST_MEAN * size:
                yield start, end


@lru_cache(maxsize=65536)
def _of_characters(name: str) -> tuple[Sign, ...]:
    """What the characters of a name say, wherever it stands."""
    odds, size = name_characters(), len(name)
    own = [odds.get(character, UNKNOWN_CHARACTER) for character in name]
    found = [
        ("bias", 1.0),
        ("mean", total_odds(name) / size),
        ("least", min(anywhere for anywhere, _, _ in own)),
        ("first", max(-4.0, own[0][1])),
        ("last", max(-4.0, own[-1][2])),
        (f"size_{min(size, 5)}", 1.0),
    ]
    if name[-1] in PLACE_ENDS:
        found.append(("place_end", 1.0))
    return tuple(found)


def signs(tagged: Tagged, start: int, end: int) -> list[Sign]:
    """All that speaks for and against a name from ``start`` to ``end``."""
    text = tagged.text
    found = [*_of_characters(text[start:end])]
    found += [(key, 1.0) for key in cut(tagged, start, end) if not key.startswith("cut_")]
    flags = tagged.tags[tagged.at(start) : tagged.at(end - 1) + 1]
    if len(flags) > 1:
        found.append(("pieces", len(flags) - 1.0))
        found.append(("named", sum(flag[:2] == "nr" for flag in flags) / len(flags)))
        found.append(("placed", sum(flag == "ns" for flag in flags) / len(flags)))
    found += beside(text, start, end)
    if "·" in (text[start - 1 : start], text[end : end + 1]):
        found.append(("dot", 1.0))
    found.append((f"left_{left(tagged, start)}", 1.0))
    found.append((f"right_{right(tagged, end)}", 1.0))
    return found
