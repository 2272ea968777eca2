"""Whether two names of different languages are one: by reading, by sound, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from kaoju.east_asian import family_readings, is_reading
from kaoju.gazetteer import UNKNOWN_CHARACTER, name_characters, surnames
from kaoju.name_parts import joined_letters, own_part, parts_of, proper_part
from kaoju.sounds import characters, letters, pinyin_of, sound_of
from kaoju.text import has_han
from kaoju.translated import heard_pairs, keys_of, translated_score
from kaoju.transliteration import hear, may_be, transliteration_score
from kaoju.types import EntityKind

# Below these a transliteration is no evidence. A surname alone is shared by many people,
# so it has to fit better than a name in full.
LEAST_FULL = 0.5
_LEAST_ALONE = 0.75
_LEAST_LAST = 0.3  # of a surname, however well the given name fits
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
        if is_reading(chinese, english):
            return 0.9, Evidence.PINYIN
        return _person_sound(parts_of(chinese), parts_of(english)), Evidence.TRANSLITERATION
    if kind is not EntityKind.PLACE:
        score = translated_score(chinese, english)
        return (score if score >= LEAST_FULL else 0.0), Evidence.TRANSLATION
    ours, theirs = proper_part(chinese), proper_part(english)
    if not ours or not theirs:
        return 0.0, Evidence.TRANSLITERATION
    if joined_letters(english) in pinyin_of(chinese) | pinyin_of(ours):
        return 0.95, Evidence.PINYIN
    if _is_foreign(ours, 0.5) and may_be(ours, theirs):
        score = transliteration_score(ours, theirs)
    else:
        score = 0.0  # 鹤岗 is read, not written by sound
    return (score * 0.95 if score >= LEAST_FULL else 0.0), Evidence.TRANSLITERATION


def _person_sound(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    last = _heard(ours[-1], theirs[-1])
    if len(ours) == 1 and len(theirs) == 1:
        return last if last >= LEAST_FULL else 0.0
    if len(ours) == 1 and _is_native(ours[0]):
        return 0.0  # 孙立波 is read, not written by sound
    if len(ours) == 1 or len(theirs) == 1:
        return last * 0.9 if last >= _LEAST_ALONE else 0.0
    if last < _LEAST_LAST:
        return 0.0
    first = _heard(ours[0], theirs[0])
    if len(ours) != len(theirs):
        # 唐·保罗·费里 is Paolo Ferri: a name in full may have more parts in one language.
        first = max(_heard(one, two) for one in ours[:-1] for two in theirs[:-1])
    score = (last * first) ** 0.5
    return score if first >= _AGAINST and score >= LEAST_FULL else 0.0


def _heard(chinese: str, english: str) -> float:
    return transliteration_score(chinese, english) if may_be(chinese, english) else 0.0


def _is_native(name: str) -> bool:
    """Whether a name without a dot opens with a family name and has no foreign characters."""
    family = name[0] in surnames() or name[:2] in surnames()
    return family and 2 <= len(name) <= 4 and not _is_foreign(name)


def _is_foreign(name: str, least: float = 1.6) -> bool:
    """Whether a name's characters are those that foreign names are written with."""
    odds = sum(name_characters().get(c, UNKNOWN_CHARACTER)[0] for c in name)
    return odds >= least * len(name)


def listen(name: str, others: Iterable[str], kind: EntityKind) -> None:
    """Score the parts of a name against those of others in one go, which is far quicker."""
    pairs: dict[tuple[str, str], None] = {}
    for other in others:
        one, two = (name, other) if has_han(name) else (other, name)
        if kind not in (EntityKind.PERSON, EntityKind.PLACE):
            pairs.update(dict.fromkeys(heard_pairs(one, two)))
            continue
        sides = [(own_part(one, kind), own_part(two, kind))]
        if kind is EntityKind.PERSON and min(len(parts_of(one)), len(parts_of(two))) > 1:
            sides.append((parts_of(one)[0], parts_of(two)[0]))
        pairs.update({(characters(z), letters(e)): None for z, e in sides})
    hear(list(pairs))


@lru_cache(maxsize=65536)
def sound_keys(name: str, kind: EntityKind) -> tuple[frozenset[str], frozenset[str]]:
    """What names of one thing in two languages share: readings or words, and consonants."""
    if kind not in (EntityKind.PERSON, EntityKind.PLACE):
        return keys_of(name)
    own = own_part(name, kind)
    if has_han(name):
        families = family_readings(name) if kind is EntityKind.PERSON else frozenset()
        return pinyin_of(name) | pinyin_of(own) | families, frozenset({sound_of(own)})
    shared = {joined_letters(name)}
    if kind is EntityKind.PERSON:
        shared |= {letters(part) for part in (parts_of(name)[:1] + parts_of(name)[-1:])}
    return frozenset(shared), frozenset({sound_of(own)})
