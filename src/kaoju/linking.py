"""Which entity a name means: across mentions, articles and languages.

In order of trust: an editor's decision, the alias table, an introduction in the text
(斯科特·贝森特(Scott Bessent)), the same name, and transliteration, which is believed only
where one candidate stands out and nothing in the context speaks against it. Everything
here is pure: what is known comes in, what is new or changed goes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from kaoju.gazetteer import Known, english_words, gazetteer
from kaoju.names import could_be, near, pinyin_of, sound_of, transliteration_score
from kaoju.text import fold, has_han
from kaoju.translated import keys_of, own_sound, translated_score
from kaoju.types import Entity, EntityKind, Language, Mention

# Below these a transliteration is no evidence. A surname alone is shared by many people,
# so it has to fit better than a name in full.
_LEAST_FULL = 0.5
_LEAST_ALONE = 0.75
_MARGIN = 0.15  # how far the best candidate has to lie above the next
_AGAINST = 0.05  # a given name that fits worse than this speaks against one person

_PREFIX = {
    EntityKind.PERSON: "person",
    EntityKind.ORGANISATION: "organisation",
    EntityKind.PLACE: "place",
    EntityKind.PRODUCT: "product",
    EntityKind.PROGRAMME: "programme",
}


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


@dataclass(frozen=True, slots=True)
class Link:
    """One name of an article and what it was taken to mean, how surely (0 to 1) and why."""

    name: str
    entity_id: str
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Linked:
    """The mentions with their entities, in the order given.

    ``links[i]`` explains ``mentions[i]``; ``entities`` are those that are new or gained a
    name or a role.
    """

    mentions: list[Mention]
    entities: list[Entity]
    links: list[Link]


def entity_id(kind: EntityKind, name: str) -> str:
    """The id of an entity that no table knows, from its kind and its canonical name."""
    digest = sha256(f"{kind.value}\0{_folded(name)}".encode()).hexdigest()[:12]
    return f"{_PREFIX[kind]}-{digest}"


@lru_cache(maxsize=65536)
def _folded(name: str) -> str:
    plain = fold(name).text.strip()
    plain = re.sub(r"\s+", " ", plain).removeprefix("the ")
    return plain.removesuffix("'s")


@lru_cache(maxsize=65536)
def _parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name, given name first, initials and particles left out."""
    parts = [p.strip(".") for p in re.split(r"[·\s]+", _folded(name)) if p.strip(".")]
    full = [p for p in parts if len(p) > 1 or has_han(p)]
    return tuple(full or parts)


# The names that a shelf knows --------------------------------------------------------------


@dataclass(slots=True)
class _Shelf:
    """The known entities by folded name, and by the last part of people's names."""

    entities: dict[str, Entity] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)
    by_last: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, Entity] = field(default_factory=dict)
    # (kind, Chinese or not) -> what is shared, or heard -> ids. Made when first asked for.
    shared: dict[tuple[EntityKind, bool], dict[str, list[str]]] | None = None
    heard: dict[tuple[EntityKind, bool], dict[str, list[str]]] | None = None

    def add(self, entity: Entity) -> None:
        self.entities[entity.id] = entity
        if self.shared is not None:
            self._listen(entity)
        for _, name in entity.names:
            _append(self.by_name, _folded(name), entity.id)
            if entity.kind is EntityKind.PERSON and len(_parts(name)) > 1:
                _append(self.by_last, _parts(name)[-1], entity.id)

    def update(self, entity: Entity) -> None:
        self.add(entity)
        self.changed[entity.id] = entity

    def _listen(self, entity: Entity) -> None:
        if self.shared is None or self.heard is None:
            return
        for _, name in entity.names:
            side = entity.kind, has_han(name)
            words, sounds = _keys(name, entity.kind)
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
        words, sounds = _keys(name, kind)
        shared, heard = self.shared.get(side, {}), (self.heard or {}).get(side, {})
        found = [i for word in words for i in shared.get(word, ())]
        for sound in sounds:
            found += [i for other, ids in heard.items() if near(sound, other) for i in ids]
        return [self.entities[i] for i in dict.fromkeys(found)]


@lru_cache(maxsize=65536)
def _keys(name: str, kind: EntityKind) -> tuple[frozenset[str], frozenset[str]]:
    """What names of one thing in two languages share: readings or words, and consonants."""
    if kind not in (EntityKind.PERSON, EntityKind.PLACE):
        return keys_of(name)
    own = (_parts(name) or ("",))[-1] if kind is EntityKind.PERSON else _proper(name)
    if has_han(name):
        return pinyin_of(name) | pinyin_of(own), frozenset({sound_of(own)})
    return frozenset({_joined(name)}), frozenset({sound_of(own)})


def _append(table: dict[str, list[str]], key: str, value: str) -> None:
    row = table.setdefault(key, [])
    if value not in row:
        row.append(value)


@dataclass(slots=True)
class _Rules:
    """The editors' decisions, ready for use; later ones win."""

    merged: dict[str, str] = field(default_factory=dict)  # id -> id
    named: dict[tuple[str, str], str] = field(default_factory=dict)  # (document, name) -> id
    renamed: dict[str, list[str]] = field(default_factory=dict)

    def final(self, found: str) -> str:
        seen = {found}
        while found in self.merged and self.merged[found] not in seen:
            found = self.merged[found]
            seen.add(found)
        return found

    def name(self, document: str, name: str) -> str | None:
        folded = _folded(name)
        return self.named.get((document, folded)) or self.named.get(("", folded))


def _rules(decisions: Sequence[Decision], kinds: dict[str, EntityKind]) -> _Rules:
    rules = _Rules()
    for decision in decisions:
        if decision.action is Action.LINK:
            if decision.other_id:
                rules.merged.pop(decision.entity_id, None)
                rules.merged[decision.other_id] = decision.entity_id
            for name in decision.names:
                rules.named[decision.document_id, _folded(name)] = decision.entity_id
        elif decision.action is Action.SPLIT:
            kind = kinds.get(decision.entity_id) or _kind_of(decision.entity_id)
            own = decision.other_id or entity_id(
                kind, f"{decision.entity_id}/{decision.document_id}/{decision.names[0]}"
            )
            rules.merged.pop(own, None)
            if decision.other_id:
                rules.merged.pop(decision.other_id, None)
            for name in decision.names:
                rules.named[decision.document_id, _folded(name)] = own
        else:
            rules.renamed.setdefault(decision.entity_id, []).append(decision.name)
    return rules


def _kind_of(identifier: str) -> EntityKind:
    for kind, prefix in _PREFIX.items():
        if identifier.startswith(prefix + "-"):
            return kind
    return EntityKind.PERSON


# Linking an article --------------------------------------------------------------------------


def link(
    mentions: Sequence[Mention], known: Sequence[Entity], decisions: Sequence[Decision] = ()
) -> Linked:
    """Tell what each name of one article means.

    Args:
        mentions: The article's mentions, as `entities.find_mentions` gives them.
        known: The shelf's entities, with all their names.
        decisions: The editors' decisions, oldest first.

    Returns:
        The mentions with ``entity_id`` set, in the order given, the entities that are new
        or changed, and for each mention how sure its link is and why.
    """
    shelf = _Shelf()
    for entity in known:
        shelf.add(entity)
    rules = _rules(decisions, {e.id: e.kind for e in known})
    linked: dict[tuple[str, EntityKind, str], Link] = {}
    clusters: dict[tuple[str, EntityKind, str], list[Mention]] = {}
    for mention in mentions:
        clusters.setdefault((mention.document_id, mention.kind, _folded(mention.name)), []).append(
            mention
        )
    # Full names first: a surname alone may then find the person whom the article names.
    order = sorted(clusters, key=lambda key: -len(_parts(key[2])))
    for key in order:
        linked[key] = _link_cluster(key, clusters[key], shelf, rules)
    done = [
        replace(m, entity_id=linked[m.document_id, m.kind, _folded(m.name)].entity_id)
        for m in mentions
    ]
    links = [linked[m.document_id, m.kind, _folded(m.name)] for m in mentions]
    _rename(shelf, rules)
    return Linked(done, list(shelf.changed.values()), links)


def _link_cluster(
    key: tuple[str, EntityKind, str], group: list[Mention], shelf: _Shelf, rules: _Rules
) -> Link:
    document, kind, _ = key
    name = group[0].name
    original = next((m.original for m in group if m.original), None)
    roles = list(dict.fromkeys(m.role for m in group if m.role))
    surfaces = list(dict.fromkeys([name, *(m.surface for m in group)]))
    found, confidence, evidence, row = _decide(
        document, kind, name, original, surfaces, roles, shelf, rules
    )
    if evidence is not Evidence.DECISION:
        merged = rules.final(found)
        if merged != found:
            found, confidence, evidence = merged, 1.0, Evidence.DECISION
    _write(found, kind, name, original, roles, row, shelf)
    return Link(name, found, confidence, evidence)


def _decide(
    document: str,
    kind: EntityKind,
    name: str,
    original: str | None,
    surfaces: list[str],
    roles: list[str],
    shelf: _Shelf,
    rules: _Rules,
) -> tuple[str, float, Evidence, Known | None]:
    for surface in surfaces:
        decided = rules.name(document, surface)
        if decided is not None:
            return rules.final(decided), 1.0, Evidence.DECISION, None
    row = _alias(kind, name) or (_alias(kind, original) if original else None)
    if row is not None:
        return f"{_PREFIX[row.kind]}-{row.key}", 0.99, Evidence.ALIAS, row
    if original is not None:
        same = _same(original, kind, shelf)
        if same:
            return same[0], 0.95, Evidence.INTRODUCTION, None
    same = _same(name, kind, shelf)
    if same:
        return same[0], 0.95, Evidence.SAME_NAME, None
    part = _by_part(name, kind, roles, shelf)
    if part is not None:
        return part, 0.85, Evidence.PART_OF_NAME, None
    heard = _by_sound(original or name, kind, roles, shelf)
    if heard is None and original is not None:
        heard = _by_sound(name, kind, roles, shelf)
    if heard is not None:
        return heard[0], heard[1], heard[2], None
    return entity_id(kind, name), 0.9 if len(_parts(name)) > 1 else 0.7, Evidence.NEW, None


def _alias(kind: EntityKind, name: str) -> Known | None:
    table = gazetteer()
    plain = re.sub(r"\s+", " ", fold(name, lower=False).text.strip()).removesuffix("'s")
    found = table.chinese.get(plain) or table.english.get(plain)
    if found is None and plain.lower().startswith("the "):
        found = table.english.get(plain[4:])
    if found is None and len(plain) > 4 and " " in plain:
        found = table.english_folded.get(plain.lower())
    if found is None and has_han(plain) and plain[-1] in "州市省县" and len(plain) > 2:
        found = table.chinese.get(plain[:-1])
    return found if found is not None and found.kind is kind else None


def _same(name: str, kind: EntityKind, shelf: _Shelf) -> list[str]:
    return [i for i in shelf.by_name.get(_folded(name), []) if shelf.entities[i].kind is kind]


def _by_part(name: str, kind: EntityKind, roles: list[str], shelf: _Shelf) -> str | None:
    """The one known person of whom this is the surname, or whose surname alone was known."""
    if kind is not EntityKind.PERSON:
        return None
    parts = _parts(name)
    if len(parts) == 1:
        found = [i for i in shelf.by_last.get(parts[0], []) if shelf.entities[i].kind is kind]
        if len(found) > 1:
            found = [i for i in found if _shares_role(shelf.entities[i], roles)]
        return found[0] if len(found) == 1 else None
    alone = [
        i
        for i in shelf.by_name.get(parts[-1], [])
        if shelf.entities[i].kind is kind
        and all(_compatible(name, n) for _, n in shelf.entities[i].names)
        and not _roles_clash(shelf.entities[i], roles)
    ]
    return alone[0] if len(alone) == 1 else None


def _compatible(one: str, two: str) -> bool:
    """Whether two names in one language can be one person's (other languages always can)."""
    if has_han(one) != has_han(two):
        return True
    first, second = _parts(one), _parts(two)
    return first[-1] == second[-1] and (
        len(first) == 1 or len(second) == 1 or first[0] == second[0]
    )


def _shares_role(entity: Entity, roles: list[str]) -> bool:
    theirs = {_folded(role) for role, _ in entity.roles}
    return any(_folded(role) in theirs for role in roles)


def _roles_clash(entity: Entity, roles: list[str]) -> bool:
    """Whether both have roles in one language and no word of them is shared."""
    for han in (True, False):
        ours = [r for r in roles if has_han(r) is han]
        theirs = [r for r, _ in entity.roles if has_han(r) is han]
        if ours and theirs and not any(_overlap(a, b) for a in ours for b in theirs):
            return True
    return False


def _overlap(one: str, two: str) -> bool:
    if has_han(one):
        pairs = {one[i : i + 2] for i in range(len(one) - 1)}
        return any(two[i : i + 2] in pairs for i in range(len(two) - 1))
    return bool(set(_folded(one).split()) & set(_folded(two).split()) - {"of", "the", "and"})


# By sound ------------------------------------------------------------------------------------


def _by_sound(
    name: str, kind: EntityKind, roles: list[str], shelf: _Shelf
) -> tuple[str, float, Evidence] | None:
    han = has_han(name)
    scored: list[tuple[float, Evidence, str]] = []
    for entity in shelf.near(name, kind):
        others = [n for _, n in entity.names if has_han(n) is not han]
        own = [n for _, n in entity.names if has_han(n) is han]
        if not others or (own and not any(_compatible(name, n) for n in own)):
            continue
        if kind is EntityKind.PERSON and _roles_clash(entity, roles):
            continue
        score, evidence = max(
            (_sound(name, other, kind) for other in others), key=lambda row: row[0]
        )
        if score > 0:
            scored.append((score, evidence, entity.id))
    if not scored:
        return None
    scored.sort(key=lambda row: (-row[0], row[2]))
    best = scored[0]
    if len(scored) > 1 and best[0] - scored[1][0] < _MARGIN:
        return None
    return best[2], round(best[0], 3), best[1]


@lru_cache(maxsize=262144)
def _sound(one: str, two: str, kind: EntityKind) -> tuple[float, Evidence]:
    """How well two names of different languages sound alike; 0 where they plainly do not."""
    chinese, english = (one, two) if has_han(one) else (two, one)
    if kind is EntityKind.PERSON:
        exact = pinyin_of(chinese)
        if exact and _joined(english) in exact:
            return 0.97, Evidence.PINYIN
        return _person_sound(_parts(chinese), _parts(english)), Evidence.TRANSLITERATION
    if kind is not EntityKind.PLACE:
        score = translated_score(chinese, english)
        return (score if score >= _LEAST_FULL else 0.0), Evidence.TRANSLATION
    ours, theirs = _proper(chinese), _proper(english)
    if not ours or not theirs:
        return 0.0, Evidence.TRANSLITERATION
    if any(_joined(english) == reading for reading in (pinyin_of(chinese) | pinyin_of(ours))):
        return 0.95, Evidence.PINYIN
    score = transliteration_score(ours, theirs) if could_be(ours, theirs) else 0.0
    return (score * 0.95 if score >= _LEAST_FULL else 0.0), Evidence.TRANSLITERATION


def _joined(name: str) -> str:
    return re.sub(r"[^a-zü]", "", _folded(name).replace("ü", "u"))


def _person_sound(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if not could_be(ours[-1], theirs[-1]):
        return 0.0
    last = transliteration_score(ours[-1], theirs[-1])
    if len(ours) == 1 and len(theirs) == 1:
        return last if last >= _LEAST_FULL else 0.0
    if len(ours) == 1 or len(theirs) == 1:
        return last * 0.9 if last >= _LEAST_ALONE else 0.0
    first = transliteration_score(ours[0], theirs[0])
    if first < _AGAINST:
        return 0.0
    score = (last * first) ** 0.5
    return score if score >= _LEAST_FULL and last >= 0.3 else 0.0


_PLACE_ENDS = frozenset(
    [
        "群岛",
        "半岛",
        "海峡",
        "大区",
        "地区",
        "盆地",
        "高原",
        "山脉",
        "运河",
        "港",
        "湾",
        "河",
        "湖",
        "江",
        "角",
        "城",
        "山",
        "峰",
        "谷",
        "省",
        "市",
        "州",
        "县",
        "区",
        "镇",
        "村",
        "岛",
    ]
)
_PLACE_WORDS = frozenset(
    [
        "province",
        "city",
        "county",
        "state",
        "island",
        "islands",
        "lake",
        "river",
        "cape",
        "bay",
        "port",
        "mount",
        "mountain",
        "mountains",
        "strait",
        "canal",
        "valley",
        "region",
        "peninsula",
        "archipelago",
        "gulf",
        "sea",
        "town",
        "village",
        "the",
        "of",
    ]
)


@lru_cache(maxsize=65536)
def _proper(name: str) -> str:
    """A place's own part: 加通 of 加通湖, Gatun of Gatun Lake."""
    short = _folded(name)
    if has_han(name):
        for length in (2, 1):
            if len(short) - length >= 2 and short[-length:] in _PLACE_ENDS:
                return short[:-length]
        return short
    kept = short.split(" ")
    return " ".join([word for word in kept if word not in _PLACE_WORDS] or kept)


# Writing down ----------------------------------------------------------------------------------


def _write(
    identifier: str,
    kind: EntityKind,
    name: str,
    original: str | None,
    roles: list[str],
    row: Known | None,
    shelf: _Shelf,
) -> None:
    names = [(_language(n), n) for n in (name, original) if n]
    old = shelf.entities.get(identifier)
    if row is not None:
        names = list(row.names) + [
            p for p in names if _folded(p[1]) not in {_folded(n) for _, n in row.names}
        ]
        kind = row.kind
    if old is None:
        roles_kept = tuple((role, None) for role in roles)
        shelf.update(Entity(identifier, kind, tuple(dict.fromkeys(names)), roles_kept))
        return
    merged = (
        _preferred([*old.names, *names])
        if row is None and kind is EntityKind.PERSON
        else tuple(dict.fromkeys([*old.names, *names]))
    )
    known_roles = {role for role, _ in old.roles}
    added = tuple((role, None) for role in roles if role not in known_roles)
    if merged != old.names or added:
        shelf.update(replace(old, names=merged, roles=old.roles + added))


def _preferred(names: Iterable[tuple[Language, str]]) -> tuple[tuple[Language, str], ...]:
    """Each name once, and of one language the fuller before the surname that is part of it."""
    unique = list(dict.fromkeys(names))
    languages = list(dict.fromkeys(language for language, _ in unique))
    return tuple(
        sorted(unique, key=lambda pair: (languages.index(pair[0]), len(_parts(pair[1])) == 1))
    )


def _language(name: str) -> Language:
    return Language.ZH if has_han(name) else Language.EN


def _rename(shelf: _Shelf, rules: _Rules) -> None:
    for identifier, names in rules.renamed.items():
        entity = shelf.entities.get(rules.final(identifier))
        if entity is None:
            continue
        kept = entity.names
        for name in names:
            pair = (_language(name), name)
            kept = (pair, *(p for p in kept if p != pair))
        if kept != entity.names:
            shelf.update(replace(entity, names=kept))


# Questions and searches ------------------------------------------------------------------------


def link_names(names: Sequence[str], known: Sequence[Entity]) -> list[tuple[str, str, float, str]]:
    """Tell what names in a question or a search can mean on this shelf.

    A surname alone is enough, in either language: ``Swiber`` finds 梅根·斯威伯.

    Returns:
        (name, entity id, confidence, evidence) rows, in the order of the names and best
        first for each; several where a name can mean several entities, none where the
        shelf knows nothing by that name.
    """
    shelf = _Shelf()
    for entity in known:
        shelf.add(entity)
    rows: list[tuple[str, str, float, str]] = []
    for name in names:
        rows += [(name, i, score, evidence.value) for i, score, evidence in _meanings(name, shelf)]
    return rows


def _meanings(name: str, shelf: _Shelf, *, faint: bool = True) -> list[tuple[str, float, Evidence]]:
    folded = _folded(name)
    if not folded:
        return []
    found: dict[str, tuple[float, Evidence]] = {}
    table = gazetteer()
    plain = fold(name, lower=False).text.strip()
    row = table.chinese.get(plain) or table.english.get(plain) or table.english_folded.get(folded)
    if row is not None and f"{_PREFIX[row.kind]}-{row.key}" in shelf.entities:
        found[f"{_PREFIX[row.kind]}-{row.key}"] = (0.99, Evidence.ALIAS)
    for identifier in shelf.by_name.get(folded, []):
        found.setdefault(identifier, (0.95, Evidence.SAME_NAME))
    for identifier in shelf.by_last.get(_parts(folded)[-1] if _parts(folded) else "", []):
        names = [n for _, n in shelf.entities[identifier].names]
        if len(_parts(folded)) == 1 or any(
            _compatible(folded, n) and has_han(n) == has_han(folded) for n in names
        ):
            found.setdefault(identifier, (0.85, Evidence.PART_OF_NAME))
    if not found:
        heard: list[tuple[str, float, Evidence]] = []
        han = has_han(folded)
        for entity in (e for kind in EntityKind for e in shelf.near(folded, kind)):
            others = [n for _, n in entity.names if has_han(n) is not han]
            score, evidence = max(
                (_sound(folded, n, entity.kind) for n in others), default=(0.0, Evidence.NEW)
            )
            if score > 0:
                heard.append((entity.id, round(score, 3), evidence))
        heard.sort(key=lambda r: (-r[1], r[0]))
        if not heard:
            return _faintly(folded, shelf) if faint else []
        return [r for r in heard if r[1] >= heard[0][1] - _MARGIN][:5]
    return [(i, *rest) for i, rest in sorted(found.items(), key=lambda r: (-r[1][0], r[0]))]


_FAINT, _STANDS_OUT = 0.15, 5.0


def _faintly(folded: str, shelf: _Shelf) -> list[tuple[str, float, Evidence]]:
    """The one entity that a name sounds like at all, when every other is far behind.

    麦格理 is far from the letters of Macquarie, and still the only name on most shelves
    that comes near. Good enough to search by, never to merge by.
    """
    if has_han(folded) or len(folded) < 4 or len(folded.split(" ")) > 2:
        return []
    scored: list[tuple[float, str]] = []
    for entity in shelf.entities.values():
        chinese = [n for _, n in entity.names if has_han(n)]
        if any(not has_han(n) for _, n in entity.names) or entity.kind is EntityKind.PLACE:
            continue
        parts = [_parts(n)[-1] if entity.kind is EntityKind.PERSON else n for n in chinese]
        best = max((own_sound(p, folded) for p in parts), default=0.0)
        scored.append((best, entity.id))
    scored.sort(key=lambda row: (-row[0], row[1]))
    if not scored or scored[0][0] < _FAINT:
        return []
    if len(scored) > 1 and scored[0][0] < _STANDS_OUT * scored[1][0]:
        return []
    return [(scored[0][1], round(scored[0][0], 3), Evidence.TRANSLITERATION)]


_QUESTION_WORD = re.compile(r"[^\W\d_](?:[\w'.&-]*\w)?")


def find_names_in_question(text: str, known: Sequence[Entity]) -> list[str]:
    """The names in a short question, written in any case: swiber in "what did swiber say".

    Only what the shelf knows counts: by name, by surname, or by transliteration.

    Returns:
        Names as typed, in order, the longest where several overlap.
    """
    shelf = _Shelf()
    for entity in known:
        shelf.add(entity)
    plain = fold(text, lower=False).text
    found: list[tuple[int, int]] = []
    plain_words = english_words()
    tokens = [m.span() for m in _QUESTION_WORD.finditer(plain) if not has_han(m.group())]
    size = 5
    at = 0
    while at < len(tokens):
        for stop in range(min(len(tokens), at + size), at, -1):
            start, end = tokens[at][0], tokens[stop - 1][1]
            piece = plain[start:end].removesuffix("'s")
            edges = (piece.split(" ")[0], piece.split(" ")[-1])
            ordinary = any(w == w.lower() and w in plain_words for w in edges)
            if not ordinary and len(piece) > 2 and _meanings(piece, shelf, faint=False):
                found.append((start, start + len(piece)))
                at = stop - 1
                break
        at += 1
    return [plain[start:end] for start, end in found]
