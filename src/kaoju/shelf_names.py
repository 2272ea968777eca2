"""The names that a shelf knows, for looking entities up by what they are called."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaoju.cross_language import sound_keys
from kaoju.name_parts import fold_name, parts_of
from kaoju.sounds import near
from kaoju.text import has_han
from kaoju.types import Entity, EntityKind


@dataclass(slots=True)
class ShelfNames:
    """The known entities by folded name, and by the last part of people's names."""

    entities: dict[str, Entity] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)
    by_last: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, Entity] = field(default_factory=dict)
    # (kind, Chinese or not) -> what is shared, or heard -> ids. Made when first asked for.
    shared: dict[tuple[EntityKind, bool], dict[str, list[str]]] | None = None
    heard: dict[tuple[EntityKind, bool], dict[str, list[str]]] | None = None

    def add(self, entity: Entity) -> None:
        """Know an entity by all its names."""
        self.entities[entity.id] = entity
        if self.shared is not None:
            self._listen(entity)
        for _, name in entity.names:
            _append(self.by_name, fold_name(name), entity.id)
            if entity.kind is EntityKind.PERSON and len(parts_of(name)) > 1:
                _append(self.by_last, parts_of(name)[-1], entity.id)

    def update(self, entity: Entity) -> None:
        """Know an entity that is new or has changed."""
        self.add(entity)
        self.changed[entity.id] = entity

    def _listen(self, entity: Entity) -> None:
        if self.shared is None or self.heard is None:
            return
        for _, name in entity.names:
            side = entity.kind, has_han(name)
            words, sounds = sound_keys(name, entity.kind)
            for word in words:
                _append(self.shared.setdefault(side, {}), word, entity.id)
            for sound in sounds:
                _append(self.heard.setdefault(side, {}), sound, entity.id)

    def near(self, name: str, kind: EntityKind) -> list[Entity]:
        """The entities of a kind with a name in the other language that may be this one."""
        if self.shared is None:
            self.shared, self.heard = {}, {}
            for entity in self.entities.values():
                self._listen(entity)
        side = kind, not has_han(name)
        words, sounds = sound_keys(name, kind)
        shared, heard = self.shared.get(side, {}), (self.heard or {}).get(side, {})
        found = [i for word in words for i in shared.get(word, ())]
        for sound in sounds:
            found += [i for other, ids in heard.items() if near(sound, other) for i in ids]
        return [self.entities[i] for i in dict.fromkeys(found)]


def _append(table: dict[str, list[str]], key: str, value: str) -> None:
    row = table.setdefault(key, [])
    if value not in row:
        row.append(value)
