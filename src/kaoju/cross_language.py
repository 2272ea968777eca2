"""Whether two names of different languages are one: by reading, by sound, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from kaoju.east_asian import family_readings, is_reading
from kaoju.gazetteer import UNKNOWN_CHARACTER, name_characters, surnames, words
from kaoju.name_parts import joined_letters, own_part, parts_of, proper_part
from kaoju.sounds import characters, letters, pinyin_of, sound_of
from kaoju.text import has_han
from kaoju.translated import heard_pairs, keys_of, translated_score
from kaoju.transliteration import fits, hear, is_name, may_be, spell, transliteration_score
from kaoju.types import EntityKind

# Below these a transliteration is no evidence. A surname alone is shared by many people,
# so it has to fit better than a name in full.
LEAST_FULL = 0.5
_LEAST_ALONE = 0.75
_LEAST_LAST = 0.1  # of a surname, however well the given name fits
_MOST_LAST = 0.99  # however well it fits: it may be another's
_MOST_GIVEN = 0.9  # of a given name, since many people share one
_LEAST_FOREIGN = 0.5  # log odds a character: 鹤岗 is read, not written by sound


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
        read = _reading(chinese, english)
        if read is not None:
            return read, Evidence.PINYIN
        return _person_sound(_heard_parts(chinese), _heard_parts(english)), Evidence.TRANSLITERATION
    if kind is not EntityKind.PLACE:
        score = translated_score(chinese, english)
        return (score if score >= LEAST_FULL else 0.0), Evidence.TRANSLATION
    ours, theirs = proper_part(chinese), proper_part(english)
    if not ours or not theirs:
        return 0.0, Evidence.TRANSLITERATION
    if joined_letters(english) in pinyin_of(chinese) | pinyin_of(ours):
        return 0.95, Evidence.PINYIN
    if is_foreign(ours) and may_be(ours, theirs):
        score = transliteration_score(ours, theirs)
    else:
        score = 0.0  # 鹤岗 is read, not written by sound
    return (score * 0.95 if score >= LEAST_FULL else 0.0), Evidence.TRANSLITERATION


@lru_cache(maxsize=65536)
def _heard_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name as they are listened to."""
    return (*parts_of(name)[:-1], own_part(name, EntityKind.PERSON))


def _reading(chinese: str, english: str) -> float | None:
    """How sure it is that a name in letters is a Chinese one read aloud, where it is."""
    exact = pinyin_of(chinese)
    if exact and joined_letters(english) in exact:
        return 0.97
    return 0.9 if is_reading(chinese, english) else None


def _is_read(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether a Chinese name cannot be written by the sound of a name in full: 孙立波."""
    return len(ours) == 1 and len(theirs) > 1 and _is_native(ours[0])


def _person_sound(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if _is_read(ours, theirs):
        return 0.0
    last = _heard(ours[-1], theirs[-1])
    whole = _with_particles(theirs)
    if whole is not None:
        last = max(last, _heard(ours[-1], whole))
    if len(ours) == 1 and len(theirs) == 1:
        return last if last >= LEAST_FULL else 0.0
    if len(ours) == 1 or len(theirs) == 1:
        return last * 0.9 if last >= _LEAST_ALONE else 0.0
    if last < _LEAST_LAST:
        return 0.0
    first = max(_given(one, two) for one, two in _given_pairs(ours, theirs))
    if len(ours) != len(theirs) and first < LEAST_FULL:
        return 0.0
    # Either is a probability where both answers are as likely: what they tell adds up.
    odds = _odds(min(last, _MOST_LAST)) * _odds(min(first, _MOST_GIVEN))
    score = odds / (1 + odds)
    return score if score >= LEAST_FULL else 0.0


_PARTICLES = words("contexts", "english_name_links")


@lru_cache(maxsize=65536)
def _with_particles(theirs: tuple[str, ...]) -> str | None:
    """A family name with the small words before it, which Chinese writes with it: 范德默韦."""
    first = len(theirs) - 1
    while first > 1 and theirs[first - 1] in _PARTICLES:
        first -= 1
    return "".join(theirs[first:]) if first < len(theirs) - 1 else None


def _given(chinese: str, english: str) -> float:
    """How well a part before the last sounds like another; J of J·P·奥唐奈 is its letter."""
    if not has_han(chinese):
        return _MOST_GIVEN if chinese[0] == letters(english)[:1] else 0.0
    return transliteration_score(chinese, english)


def _odds(probability: float) -> float:
    return probability / (1 - probability)


def _given_pairs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[tuple[str, str]]:
    """Which parts before the last may be one: 唐·保罗·费里 is Paolo Ferri."""
    if len(ours) == len(theirs) or _with_particles(theirs) is not None:
        return [(ours[0], theirs[0])]
    return [(one, two) for one in ours[:-1] for two in theirs[:-1]]


def _heard(chinese: str, english: str) -> float:
    return transliteration_score(chinese, english) if may_be(chinese, english) else 0.0


def _is_native(name: str) -> bool:
    """Whether a name without a dot opens with a family name and has no foreign characters."""
    family = name[0] in surnames() or name[:2] in surnames()
    return family and 2 <= len(name) <= 4 and not is_foreign(name, _FOREIGN)


_FOREIGN = 1.6  # log odds a character of a name that cannot be Chinese


def is_foreign(name: str, least: float = _LEAST_FOREIGN) -> bool:
    """Whether a name's characters are those that foreign names are written with."""
    odds = sum(name_characters().get(c, UNKNOWN_CHARACTER)[0] for c in name)
    return odds >= least * len(name)


_listened: set[tuple[str, str, EntityKind]] = set()
_MOST_LISTENED = 1 << 17


def listen(wanted: Iterable[tuple[str, str, EntityKind]]) -> None:
    """Score what `sounds_alike` will ask for in one go, which is far quicker.

    Args:
        wanted: Two names of different languages, and what they are names of.
    """
    pairs: dict[tuple[str, str], None] = {}
    full: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    if len(_listened) > _MOST_LISTENED:
        _listened.clear()
    for row in wanted:
        if row in _listened:
            continue
        _listened.add(row)
        name, other, kind = row
        chinese, english = (name, other) if has_han(name) else (other, name)
        if kind is EntityKind.PERSON:
            ours, theirs = _heard_parts(chinese), _heard_parts(english)
            if _reading(chinese, english) is None and not _is_read(ours, theirs):
                pairs[characters(ours[-1]), letters(theirs[-1])] = None
                whole = _with_particles(theirs)
                if whole is not None:
                    pairs[characters(ours[-1]), letters(whole)] = None
                if len(ours) > 1 and len(theirs) > 1:
                    full.append((ours, theirs))
        elif kind is EntityKind.PLACE and is_foreign(proper_part(chinese)):
            own = characters(proper_part(chinese)), letters(proper_part(english))
            pairs[own] = None
        elif kind is not EntityKind.PLACE:
            pairs.update(dict.fromkeys(heard_pairs(chinese, english)))
    if not pairs:
        return
    hear(list(pairs))
    given: dict[tuple[str, str], None] = {}
    for ours, theirs in full:
        if _heard(ours[-1], theirs[-1]) >= _LEAST_LAST:
            some = _given_pairs(ours, theirs)
            given.update({(characters(z), letters(e)): None for z, e in some if has_han(z)})
    named = [pair for pair in given if is_name(*pair)]
    if named:
        fits(named)
        spell(named)


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
    whole = _with_particles(parts_of(name)) if kind is EntityKind.PERSON else None
    return frozenset(shared), frozenset({sound_of(own), *map(sound_of, filter(None, [whole]))})


@lru_cache(maxsize=65536)
def given_sounds(name: str, kind: EntityKind) -> tuple[str, ...]:
    """The consonants of a person's given names; of initials none, which tell too little."""
    parts = _heard_parts(name)[:-1] if kind is EntityKind.PERSON else ()
    return tuple(dict.fromkeys(sound_of(part) for part in parts[:2] if len(part) > 1))


def is_native(name: str, kind: EntityKind) -> bool:
    """Whether a person's name is a Chinese one, which no name in full is written by its sound."""
    parts = _heard_parts(name) if kind is EntityKind.PERSON and has_han(name) else ()
    return len(parts) == 1 and _is_native(parts[0])
