"""The names that a shelf knows, for looking entities up by what they are called.

Kept between articles and between questions: an entity that is new or gains a name is added
to the tables, nothing is made again. What names of two languages share is worked out for one
kind and one language at a time, when a name of the other language first asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kaoju.cross_language import given_sounds, is_native, sound_keys
from kaoju.east_asian import is_reading
from kaoju.name_parts import fold_name, own_part, parts_of
from kaoju.sound_index import NameIndex, SoundIndex
from kaoju.sounds import characters, letters
from kaoju.text import has_han
from kaoju.translated import brand_of
from kaoju.transliteration import LEAST_FIT, LONGEST_NAME, MOST_CHARACTERS, fits
from kaoju.types import Entity, EntityKind

Side = tuple[EntityKind, bool]  # a kind, and whether its names are Chinese
# Names that are aligned, those with the nearest consonants: where given names tell, and where not.
_MOST_HEARD, _MOST_ALONE = 24, 80
_MOST_KEPT = 1024  # names whose neighbours are kept for asking again
_BY_SOUND = (EntityKind.PERSON, EntityKind.PLACE)  # what is written by its sound as a whole
_MOST_NEAR = 14  # names that get a full score: those that share most
_MOST_FITTING = 6  # those that fit best
_MOST_WORDS = 7  # those of which a word has the nearest consonants


@dataclass(slots=True)
class _Keys:
    """What the names of one side share with names of the other language, and whose they are."""

    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    heard: dict[str, tuple[str, ...]] = field(default_factory=dict)
    own: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # what is aligned of each entity's
    sounds: SoundIndex = field(default_factory=SoundIndex)
    names: NameIndex = field(default_factory=NameIndex)  # of what is written by its sound


@dataclass(slots=True)
class ShelfNames:
    """The known entities by folded name, by the last part of people's names, and by sound."""

    entities: dict[str, Entity] = field(default_factory=dict)
    by_name: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_brand: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # what a body is called for short
    changed: dict[str, Entity] = field(default_factory=dict)
    sides: dict[Side, dict[tuple[str, str], None]] = field(default_factory=dict)  # name, id
    keys: dict[Side, _Keys] = field(default_factory=dict)
    found: dict[tuple[str, EntityKind, int], list[str]] = field(
        default_factory=dict
    )  # see near_all

    @classmethod
    def of(cls, known: Iterable[Entity]) -> ShelfNames:
        """The names of some entities."""
        shelf = cls()
        for entity in known:
            shelf.add(entity)
        return shelf

    def add(self, entity: Entity) -> None:
        """Know an entity by all its names."""
        self.entities[entity.id] = entity
        for _, name in entity.names:
            side = entity.kind, has_han(name)
            names = self.sides.setdefault(side, {})
            if (name, entity.id) in names:
                continue
            names[name, entity.id] = None
            if side in self.keys:
                _listen(self.keys[side], name, entity.kind, entity.id)
            _append(self.by_name, fold_name(name), entity.id)
            if entity.kind is EntityKind.PERSON and len(parts_of(name)) > 1:
                _append(self.by_last, parts_of(name)[-1], entity.id)
            elif entity.kind is EntityKind.ORGANISATION and (brand := brand_of(name)):
                _append(self.by_brand, brand, entity.id)

    def update(self, entity: Entity) -> None:
        """Know an entity that is new or has changed."""
        self.add(entity)
        self.changed[entity.id] = entity

    def near(self, name: str, kind: EntityKind) -> list[Entity]:
        """The entities of a kind with a name in the other language that may be this one."""
        return self.near_all([(name, kind)])[0]

    def near_all(self, names: Sequence[tuple[str, EntityKind]]) -> list[list[Entity]]:
        """For each name what `near` gives; many are aligned in one go, which is far quicker."""
        # Names are never forgotten: as long as a side has as many, what was found holds.
        asked = [
            (name, kind, len(self.sides.get((kind, not has_han(name)), ()))) for name, kind in names
        ]
        unknown = [key for key in dict.fromkeys(asked) if key not in self.found]
        if len(self.found) > _MOST_KEPT:
            self.found, unknown = {}, list(dict.fromkeys(asked))
        sharing = [self._sharing(name, kind) for name, kind, _ in unknown]
        pairs = [
            self._aligned(name, kind, heard)
            for (name, kind, _), (_, heard) in zip(unknown, sharing, strict=True)
        ]
        fits([pair for some in pairs for pair in some])
        for key, (sure, heard), some in zip(unknown, sharing, pairs, strict=True):
            self.found[key] = [*sure, *_fitting(some, heard)]
        return [[self.entities[i] for i in self.found[key]] for key in asked]

    def _keys_of(self, side: Side) -> _Keys:
        keys = self.keys.get(side)
        if keys is None:
            keys = self.keys[side] = _Keys()
            for other, identifier in self.sides[side]:
                _listen(keys, other, side[0], identifier)
        return keys

    def _sharing(self, name: str, kind: EntityKind) -> tuple[list[str], list[str]]:
        """The entities that share a word or a reading with a name, and those that sound near."""
        side = kind, not has_han(name)
        if side not in self.sides:
            return [], []
        keys = self._keys_of(side)
        words, sounds = sound_keys(name, kind)
        found: dict[str, int] = {}
        rows = [keys.shared[word] for word in sorted(words) if word in keys.shared]
        for row in sorted(rows, key=len):  # what few names share tells most
            for identifier in row:
                found[identifier] = found.get(identifier, 0) + 1
        if kind is EntityKind.PERSON:
            # A family name is shared by many: those whose whole name reads so come first.
            found = {i: n + 9 * self._reads(name, i) for i, n in found.items()}
        sure = sorted(found, key=lambda i: -found[i])[:_MOST_NEAR]
        if kind in _BY_SOUND:
            given = given_sounds(name, kind)
            most = _MOST_HEARD if given else _MOST_ALONE
            native = is_native(name, kind)
            near = keys.names.nearest(sounds, given, most + len(found), native=native)
            return sure, [i for i in near if i not in found][:most]
        heard: dict[str, None] = {}
        for sound in sorted(sounds):
            for other in keys.sounds.nearest(sound):
                heard.update((i, None) for i in keys.heard[other] if i not in found)
                if len(heard) >= _MOST_WORDS:
                    break
            if len(heard) >= _MOST_WORDS:
                break
        return sure, list(heard)[:_MOST_WORDS]

    def _reads(self, name: str, identifier: str) -> bool:
        names = [n for _, n in self.entities[identifier].names if has_han(n) != has_han(name)]
        return any(is_reading(*((n, name) if has_han(n) else (name, n))) for n in names)

    def _aligned(
        self, name: str, kind: EntityKind, ids: list[str]
    ) -> dict[tuple[str, str], list[str]]:
        """(characters, letters) of a name and of each entity's, with the entities they are of."""
        pairs: dict[tuple[str, str], list[str]] = {}
        if kind not in _BY_SOUND:
            return pairs  # only a word of theirs is heard: the nearest come first
        side = kind, not has_han(name)
        own, known = _own_sound(name, kind), self.keys[side].own if ids else {}
        for identifier in ids:
            for theirs in known[identifier]:
                z, e = (theirs, own) if side[1] else (own, theirs)
                if 0 < len(z) <= MOST_CHARACTERS and 0 < len(e) <= LONGEST_NAME:
                    pairs.setdefault((z, e), []).append(identifier)
        return pairs


@lru_cache(maxsize=65536)
def _own_sound(name: str, kind: EntityKind) -> str:
    """The characters or letters of the part of a name that is listened to."""
    own = own_part(name, kind)
    return characters(own) if has_han(name) else letters(own)


def _fitting(pairs: dict[tuple[str, str], list[str]], heard: list[str]) -> list[str]:
    """Of many entities those with a name whose letters and characters fit best."""
    if not pairs:
        return heard
    scored = sorted(zip((-value for value in fits(list(pairs))), pairs.values(), strict=True))
    kept = [i for value, some in scored if -value >= LEAST_FIT for i in some]
    return list(dict.fromkeys(kept))[:_MOST_FITTING]


def _listen(keys: _Keys, name: str, kind: EntityKind, identifier: str) -> None:
    words, sounds = sound_keys(name, kind)
    for word in words:
        _append(keys.shared, word, identifier)
    if kind in _BY_SOUND:
        _append(keys.own, identifier, _own_sound(name, kind))
        native = is_native(name, kind)
        keys.names.add(identifier, sounds, given_sounds(name, kind), native=native)
        return
    for sound in sounds:
        keys.sounds.add(sound)
        _append(keys.heard, sound, identifier)


def _append(table: dict[str, tuple[str, ...]], key: str, value: str) -> None:
    row = table.get(key, ())  # a tuple of strings is no work for the garbage collector
    if value not in row:
        table[key] = (*row, value)
