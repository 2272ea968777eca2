"""What editors decide about entities, ready to be asked for each name of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kaoju.name_parts import PREFIX, entity_id, fold_name
from kaoju.types import Entity, EntityKind


class Action(StrEnum):
    """What an editor can decide about entities."""

    LINK = "link"  # other_id, or names, mean entity_id
    SPLIT = "split"  # names (in document_id, if given) do not mean entity_id
    RENAME = "rename"  # name is entity_id's preferred name in its language


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's decision. It wins over every other evidence, now and on re-ingest.

    ``split`` gives ``names`` an entity of their own: ``other_id`` where given, else one
    that derives from the names. With ``document_id`` it holds in that article only.
    """

    action: Action
    entity_id: str
    other_id: str = ""
    names: tuple[str, ...] = ()
    name: str = ""
    document_id: str = ""
    who: str = ""
    made_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.entity_id:
            raise ValueError("a decision needs the entity that it is about")
        if self.action is Action.LINK and not (self.other_id or self.names):
            raise ValueError("to link, name the other entity or the names that mean this one")
        if self.action is Action.SPLIT and not self.names:
            raise ValueError("to split, give the names that leave the entity")
        if self.action is Action.RENAME and not self.name:
            raise ValueError("to rename, give the new name")


@dataclass(slots=True)
class Rules:
    """The editors' decisions, ready for use; later ones win."""

    merged: dict[str, str] = field(default_factory=dict)  # id -> id
    named: dict[tuple[str, str], str] = field(default_factory=dict)  # (document, name) -> id
    renamed: dict[str, list[str]] = field(default_factory=dict)

    def final(self, found: str) -> str:
        """The id that an id has after all merges."""
        seen = {found}
        while found in self.merged and self.merged[found] not in seen:
            found = self.merged[found]
            seen.add(found)
        return found

    def name(self, document: str, name: str) -> str | None:
        """What an editor decided that a name means in an article, if anything."""
        folded = fold_name(name)
        return self.named.get((document, folded)) or self.named.get(("", folded))


def rules_of(decisions: Sequence[Decision], known: Mapping[str, Entity]) -> Rules:
    """The decisions, oldest first, as rules."""
    rules = Rules()
    for decision in decisions:
        if decision.action is Action.LINK:
            if decision.other_id:
                rules.merged.pop(decision.entity_id, None)
                rules.merged[decision.other_id] = decision.entity_id
            for name in decision.names:
                rules.named[decision.document_id, fold_name(name)] = decision.entity_id
        elif decision.action is Action.SPLIT:
            entity = known.get(decision.entity_id)
            kind = entity.kind if entity is not None else _kind_of(decision.entity_id)
            own = decision.other_id or entity_id(
                kind, f"{decision.entity_id}/{decision.document_id}/{decision.names[0]}"
            )
            rules.merged.pop(own, None)
            if decision.other_id:
                rules.merged.pop(decision.other_id, None)
            for name in decision.names:
                rules.named[decision.document_id, fold_name(name)] = own
        else:
            rules.renamed.setdefault(decision.entity_id, []).append(decision.name)
    return rules


def _kind_of(identifier: str) -> EntityKind:
    for kind, prefix in PREFIX.items():
        if identifier.startswith(prefix + "-"):
            return kind
    return EntityKind.PERSON
