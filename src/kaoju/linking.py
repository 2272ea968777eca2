"""Which entity a name means: across mentions, articles and languages.

In order of trust: an editor's decision, the alias table, an introduction in the text
(斯科特·贝森特(Scott Bessent)), the same name, and transliteration, which is believed only
where one candidate stands out and nothing in the context speaks against it. Everything
here is pure: what is known comes in, what is new or changed goes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kaoju.cross_language import Evidence, listen, sounds_alike
from kaoju.decisions import Decision, Rules, rules_of
from kaoju.gazetteer import Known, gazetteer
from kaoju.name_parts import PREFIX, are_compatible, entity_id, fold_name, name_language, parts_of
from kaoju.shelf_names import ShelfNames
from kaoju.text import fold, has_han
from kaoju.transducer import one_thread
from kaoju.types import Entity, EntityKind, Language, Mention

MARGIN = 0.15  # how far the best candidate has to lie above the next


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


def link(
    mentions: Sequence[Mention],
    known: Sequence[Entity] | ShelfNames,
    decisions: Sequence[Decision] = (),
) -> Linked:
    """Tell what each name of one article means.

    Args:
        mentions: The article's mentions, as `entities.find_mentions` gives them.
        known: The shelf's entities, with all their names. Names made ready once and kept
            are told of what is new, so that the next article finds it.
        decisions: The editors' decisions, oldest first.

    Returns:
        The mentions with ``entity_id`` set, in the order given, the entities that are new
        or changed, and for each mention how sure its link is and why.
    """
    shelf = known if isinstance(known, ShelfNames) else ShelfNames.of(known)
    shelf.changed = {}
    rules = rules_of(decisions, shelf.entities)
    linked: dict[tuple[str, EntityKind, str], Link] = {}
    clusters: dict[tuple[str, EntityKind, str], list[Mention]] = {}
    for mention in mentions:
        clusters.setdefault(
            (mention.document_id, mention.kind, fold_name(mention.name)), []
        ).append(mention)
    # Full names first: a surname alone may then find the person whom the article names.
    order = sorted(clusters, key=lambda key: -len(parts_of(key[2])))
    abouts = {key: _About.of(clusters[key]) for key in order}
    with one_thread():
        _listen_ahead(abouts.values(), shelf, rules)
        for key, about in abouts.items():
            linked[key] = _link_one(about, shelf, rules)
    done = [
        replace(m, entity_id=linked[m.document_id, m.kind, fold_name(m.name)].entity_id)
        for m in mentions
    ]
    links = [linked[m.document_id, m.kind, fold_name(m.name)] for m in mentions]
    _rename(shelf, rules)
    return Linked(done, list(shelf.changed.values()), links)


def _listen_ahead(abouts: Iterable[_About], shelf: ShelfNames, rules: Rules) -> None:
    """Score in one go what the article's new names will be compared with one by one."""
    wanted: dict[tuple[str, EntityKind], tuple[str, ...]] = {}  # with the roles of its bearer
    full: set[str] = set()  # surnames of those that the article names in full
    for about in abouts:
        parts = parts_of(about.name)
        if about.kind is EntityKind.PERSON and len(parts) > 1:
            full.add(parts[-1])
        elif about.kind is EntityKind.PERSON and parts[-1] in full:
            continue
        if _told(about, shelf, rules) is None:
            wanted.update(dict.fromkeys(((name, about.kind) for name in about.heard), about.roles))
    near = zip(wanted.items(), shelf.near_all(list(wanted)), strict=True)
    listen(
        (name, other, kind)
        for ((name, kind), roles), some in near
        for _, others in _in_question(name, kind, roles, some)
        for other in others
    )


@dataclass(frozen=True, slots=True)
class _About:
    """What an article says of one of its names."""

    document: str
    kind: EntityKind
    name: str
    original: str | None
    surfaces: tuple[str, ...]
    roles: tuple[str, ...]

    @classmethod
    def of(cls, group: Sequence[Mention]) -> _About:
        """What the mentions of one name say together."""
        return cls(
            group[0].document_id,
            group[0].kind,
            group[0].name,
            next((m.original for m in group if m.original), None),
            tuple(dict.fromkeys([group[0].name, *(m.surface for m in group)])),
            tuple(dict.fromkeys(m.role for m in group if m.role)),
        )

    @property
    def heard(self) -> tuple[str, ...]:
        """The names that are listened to, in this order."""
        return (self.name,) if self.original is None else (self.original, self.name)


def _link_one(about: _About, shelf: ShelfNames, rules: Rules) -> Link:
    told = _told(about, shelf, rules)
    if told is None:
        heard = (_by_sound(name, about.kind, about.roles, shelf) for name in about.heard)
        told = next(filter(None, heard), None)
    if told is None:
        sure = 0.9 if len(parts_of(about.name)) > 1 else 0.7
        told = entity_id(about.kind, about.name), sure, Evidence.NEW
    found, confidence, evidence = told
    if evidence is not Evidence.DECISION:
        merged = rules.final(found)
        if merged != found:
            found, confidence, evidence = merged, 1.0, Evidence.DECISION
    row = _row_of(about) if told[2] is Evidence.ALIAS else None
    _write(found, about, row, shelf)
    return Link(about.name, found, confidence, evidence)


def _told(about: _About, shelf: ShelfNames, rules: Rules) -> tuple[str, float, Evidence] | None:
    """What a name means by all that needs no listening, if that tells."""
    kind, name, original = about.kind, about.name, about.original
    for surface in about.surfaces:
        decided = rules.name(about.document, surface)
        if decided is not None:
            return rules.final(decided), 1.0, Evidence.DECISION
    row = _row_of(about)
    if row is not None:
        return f"{PREFIX[row.kind]}-{row.key}", 0.99, Evidence.ALIAS
    if original is not None:
        same = _same(original, kind, shelf)
        if same:
            return same[0], 0.95, Evidence.INTRODUCTION
    same = _same(name, kind, shelf)
    if same:
        return same[0], 0.95, Evidence.SAME_NAME
    part = _by_part(name, kind, about.roles, shelf)
    return None if part is None else (part, 0.85, Evidence.PART_OF_NAME)


_COMPANY = re.compile(
    r"(?:(?:股份|有限|责任|总)*公司|集团|控股|会计师事务所|律师事务所)$"
    r"|,? (?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|plc|PLC|LLC|LLP|AG|SE|NV|SA|Group)\.?$"
)


def bodies_agree(one: str, two: str) -> bool:
    """Whether two names of bodies in one language may be one's: a longer form, or initials."""
    if has_han(one):
        return fold_name(one) in fold_name(two) or fold_name(two) in fold_name(one)
    (first, initials), (second, others) = _in_short(one), _in_short(two)
    return first <= second or second <= first or bool({one, two} & {initials, others})


@lru_cache(maxsize=65536)
def _in_short(name: str) -> tuple[frozenset[str], str]:
    """The words of an English name and its initials."""
    initials = "".join(re.findall(r"\b[A-Z]", name))
    return frozenset(re.findall(r"\w+", fold_name(name))), initials


def _row_of(about: _About) -> Known | None:
    """The row of the alias table that has a name, or what it is introduced with."""
    row = _alias(about.kind, about.name)
    return row or (_alias(about.kind, about.original) if about.original else None)


@lru_cache(maxsize=16384)
def _alias(kind: EntityKind, name: str) -> Known | None:
    table = gazetteer()
    plain = re.sub(r"\s+", " ", fold(name, lower=False).text.strip()).removesuffix("'s")
    found = table.chinese.get(plain) or table.english.get(plain)
    if found is None and plain.lower().startswith("the "):
        found = table.english.get(plain[4:])
    if found is None and len(plain) > 4 and " " in plain:
        found = table.english_folded.get(plain.lower())
    if found is None and kind is EntityKind.ORGANISATION:
        bare = _COMPANY.sub("", plain)
        found = table.chinese.get(bare) or table.english.get(bare) if bare != plain else None
        if found is not None and len(bare) < 3:
            found = None
    if found is None and has_han(plain) and plain[-1] in "州市省县" and len(plain) > 2:
        found = table.chinese.get(plain[:-1])
    return found if found is not None and found.kind is kind else None


def _same(name: str, kind: EntityKind, shelf: ShelfNames) -> list[str]:
    return [i for i in shelf.by_name.get(fold_name(name), ()) if shelf.entities[i].kind is kind]


def _by_part(name: str, kind: EntityKind, roles: Sequence[str], shelf: ShelfNames) -> str | None:
    """The one known person of whom this is the surname, or whose surname alone was known."""
    if kind is not EntityKind.PERSON:
        return None
    parts = parts_of(name)
    if len(parts) == 1:
        found = [i for i in shelf.by_last.get(parts[0], ()) if shelf.entities[i].kind is kind]
        if len(found) > 1:
            found = [i for i in found if _shares_role(shelf.entities[i], roles)]
        return found[0] if len(found) == 1 else None
    alone = [
        i
        for i in shelf.by_name.get(parts[-1], ())
        if shelf.entities[i].kind is kind
        and all(are_compatible(name, n) for _, n in shelf.entities[i].names)
        and not _roles_clash(shelf.entities[i], roles)
    ]
    return alone[0] if len(alone) == 1 else None


def _shares_role(entity: Entity, roles: Sequence[str]) -> bool:
    theirs = {fold_name(role) for role, _ in entity.roles}
    return any(fold_name(role) in theirs for role in roles)


def _roles_clash(entity: Entity, roles: Sequence[str]) -> bool:
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
    return bool(set(fold_name(one).split()) & set(fold_name(two).split()) - {"of", "the", "and"})


_in_han = lru_cache(maxsize=65536)(has_han)  # names of the shelf are asked again and again


def _in_question(
    name: str, kind: EntityKind, roles: Sequence[str], some: Iterable[Entity]
) -> Iterator[tuple[Entity, list[str]]]:
    """Those of some entities that nothing speaks against, with their names to listen to."""
    han = _in_han(name)
    fitting = bodies_agree if kind is EntityKind.ORGANISATION else are_compatible
    for entity in some:
        own: list[str] = []
        others: list[str] = []
        for _, known in entity.names:
            (own if _in_han(known) is han else others).append(known)
        if not others or (own and not any(fitting(name, n) for n in own)):
            continue
        if kind is not EntityKind.PERSON or not _roles_clash(entity, roles):
            yield entity, others


def _by_sound(
    name: str, kind: EntityKind, roles: Sequence[str], shelf: ShelfNames
) -> tuple[str, float, Evidence] | None:
    scored: list[tuple[float, Evidence, str]] = []
    some = list(_in_question(name, kind, roles, shelf.near(name, kind)))
    listen((name, other, kind) for _, others in some for other in others)
    for entity, others in some:
        score, evidence = max(
            (sounds_alike(name, other, kind) for other in others), key=lambda row: row[0]
        )
        if score > 0:
            scored.append((score, evidence, entity.id))
    if not scored:
        return None
    scored.sort(key=lambda row: (-row[0], row[2]))
    best = scored[0]
    read = [row for row in scored if row[1] is Evidence.PINYIN]
    if best[1] is Evidence.PINYIN and len(read) < len(scored):
        scored = read  # what is read aloud is no other's whose name sounds like it
    if len(scored) > 1 and best[0] - scored[1][0] < MARGIN:
        return None
    return best[2], round(best[0], 3), best[1]


def _write(identifier: str, about: _About, row: Known | None, shelf: ShelfNames) -> None:
    kind, name, original, roles = about.kind, about.name, about.original, about.roles
    names = [(name_language(n), n) for n in (name, original) if n]
    old = shelf.entities.get(identifier)
    if row is not None:
        names = list(row.names) + [
            p for p in names if fold_name(p[1]) not in {fold_name(n) for _, n in row.names}
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
        sorted(unique, key=lambda pair: (languages.index(pair[0]), len(parts_of(pair[1])) == 1))
    )


def _rename(shelf: ShelfNames, rules: Rules) -> None:
    for identifier, names in rules.renamed.items():
        entity = shelf.entities.get(rules.final(identifier))
        if entity is None:
            continue
        kept = entity.names
        for name in names:
            pair = (name_language(name), name)
            kept = (pair, *(p for p in kept if p != pair))
        if kept != entity.names:
            shelf.update(replace(entity, names=kept))
