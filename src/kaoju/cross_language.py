"""Whether two names of different languages are one: by reading, by sound, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from kaoju.name_parts import joined_letters, own_part, parts_of, proper_part
from kaoju.sounds import characters, letters, pinyin_of, sound_of
from kaoju.text import has_han
from kaoju.translated import keys_of, translated_score
from kaoju.transliteration import hear, may_be, transliteration_score
from kaoju.types import EntityKind

# Below these a transliteration is no evidence. A surname alone is shared by many people,
# so it has to fit better than a name in full.
LEAST_FULL = 0.5
_LEAST_ALONE = 0.75
_AGAINST = 0.05  # a given name that fits worse than this speaks against one person


class Evidence(StrEnum):
    """Why a name was taken to mean an entity, most trusted first."""

    DECISION = "decision"
    ALIAS = "alias"
    INTRODUCTION = "introduction"
    SAME_NAME = "same_name"
    PART_OF_NAME = "part_of_name"  # a surname, or a short form
    PINYIN = "pinyin"  # 周蔚然, Zhou Weiran
    TRANSLATION = "translation"  # word by word: 全国矿业协会, National Mining Society
    TRANSLITERATION = "transliteration"
    NEW = "new"  # nothing known fits: an entity of its own


@lru_cache(maxsize=262144)
def sounds_alike(one: str, two: str, kind: EntityKind) -> tuple[float, Evidence]:
    """How well two names of different languages sound alike; 0 where they plainly do not."""
    chinese, english = (one, two) if has_han(one) else (two, one)
    if kind is EntityKind.PERSON:
        exact = pinyin_of(chinese)
        if exact and joined_letters(english) in exact:
            return 0.97, Evidence.PINYIN
        return _person_sound(parts_of(chinese), parts_of(english)), Evidence.TRANSLITERATION
    if kind is not EntityKind.PLACE:
        score = translated_score(chinese, english)
        return (score if score >= LEAST_FULL else 0.0), Evidence.TRANSLATION
    ours, theirs = proper_part(chinese), proper_part(english)
    if not ours or not theirs:
        return 0.0, Evidence.TRANSLITERATION
    if joined_letters(english) in pinyin_of(chinese) | pinyin_of(ours):
        return 0.95, Evidence.PINYIN
    score = transliteration_score(ours, theirs) if may_be(ours, theirs) else 0.0
    return (score * 0.95 if score >= LEAST_FULL else 0.0), Evidence.TRANSLITERATION


def _person_sound(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if not may_be(ours[-1], theirs[-1]):
        return 0.0
    last = transliteration_score(ours[-1], theirs[-1])
    if len(ours) == 1 and len(theirs) == 1:
        return last if last >= LEAST_FULL else 0.0
    if len(ours) == 1 or len(theirs) == 1:
        return last * 0.9 if last >= _LEAST_ALONE else 0.0
    first = transliteration_score(ours[0], theirs[0])
    if first < _AGAINST:
        return 0.0
    score = (last * first) ** 0.5
    return score if score >= LEAST_FULL and last >= 0.3 else 0.0


def listen(name: str, others: Iterable[str], kind: EntityKind) -> None:
    """Score the parts of a name against those of others in one go, which is far quicker."""
    if kind not in (EntityKind.PERSON, EntityKind.PLACE):
        return
    pairs: dict[tuple[str, str], None] = {}
    for other in others:
        one, two = (name, other) if has_han(name) else (other, name)
        sides = [(own_part(one, kind), own_part(two, kind))]
        if kind is EntityKind.PERSON and min(len(parts_of(one)), len(parts_of(two))) > 1:
            sides.append((parts_of(one)[0], parts_of(two)[0]))
        pairs.update({(characters(z), letters(e)): None for z, e in sides if may_be(z, e)})
    hear(list(pairs))


@lru_cache(maxsize=65536)
def sound_keys(name: str, kind: EntityKind) -> tuple[frozenset[str], frozenset[str]]:
    """What names of one thing in two languages share: readings or words, and consonants."""
    if kind not in (EntityKind.PERSON, EntityKind.PLACE):
        return keys_of(name)
    own = own_part(name, kind)
    if has_han(name):
        return pinyin_of(name) | pinyin_of(own), frozenset({sound_of(own)})
    return frozenset({joined_letters(name)}), frozenset({sound_of(own)})
