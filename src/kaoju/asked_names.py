"""What a name typed in a question or a search can mean on a shelf.

A surname alone is enough, in either language and in any case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kaoju.cross_language import Evidence, listen, sounds_alike
from kaoju.gazetteer import english_words, gazetteer
from kaoju.linking import MARGIN
from kaoju.name_parts import PREFIX, are_compatible, fold_name, parts_of
from kaoju.shelf_names import ShelfNames
from kaoju.text import fold, has_han
from kaoju.translated import own_sound
from kaoju.types import Entity, EntityKind


def link_names(names: Sequence[str], known: Sequence[Entity]) -> list[tuple[str, str, float, str]]:
    """Tell what names in a question or a search can mean on this shelf.

    A surname alone is enough, in either language: ``Swiber`` finds 梅根·斯威伯.

    Returns:
        (name, entity id, confidence, evidence) rows, in the order of the names and best
        first for each; several where a name can mean several entities, none where the
        shelf knows nothing by that name.
    """
    shelf = _names_of(known)
    rows: list[tuple[str, str, float, str]] = []
    for name in names:
        rows += [(name, i, score, evidence.value) for i, score, evidence in _meanings(name, shelf)]
    return rows


_last: tuple[Sequence[Entity], ShelfNames] | None = None


def _names_of(known: Sequence[Entity]) -> ShelfNames:
    """The names of a shelf's entities, made ready once for one list of them."""
    global _last
    if _last is None or _last[0] is not known:
        _last = known, ShelfNames.of(known)
    return _last[1]


def _meanings(
    name: str, shelf: ShelfNames, *, faint: bool = True
) -> list[tuple[str, float, Evidence]]:
    folded = fold_name(name)
    if not folded:
        return []
    found: dict[str, tuple[float, Evidence]] = {}
    table = gazetteer()
    plain = fold(name, lower=False).text.strip()
    row = table.chinese.get(plain) or table.english.get(plain) or table.english_folded.get(folded)
    if row is not None and f"{PREFIX[row.kind]}-{row.key}" in shelf.entities:
        found[f"{PREFIX[row.kind]}-{row.key}"] = (0.99, Evidence.ALIAS)
    for identifier in shelf.by_name.get(folded, ()):
        found.setdefault(identifier, (0.95, Evidence.SAME_NAME))
    for identifier in shelf.by_last.get(parts_of(folded)[-1] if parts_of(folded) else "", ()):
        names = [n for _, n in shelf.entities[identifier].names]
        if len(parts_of(folded)) == 1 or any(
            are_compatible(folded, n) and has_han(n) == has_han(folded) for n in names
        ):
            found.setdefault(identifier, (0.85, Evidence.PART_OF_NAME))
    for identifier in shelf.by_brand.get(folded, ()):
        found.setdefault(identifier, (0.8, Evidence.PART_OF_NAME))
    if not found:
        heard: list[tuple[str, float, Evidence]] = []
        han = has_han(folded)
        near = {kind: shelf.near(folded, kind) for kind in EntityKind}
        for kind, some in near.items():
            listen((folded, n, kind) for e in some for _, n in e.names if has_han(n) is not han)
        for entity in (e for some in near.values() for e in some):
            others = [n for _, n in entity.names if has_han(n) is not han]
            score, evidence = max(
                (sounds_alike(folded, n, entity.kind) for n in others), default=(0.0, Evidence.NEW)
            )
            if score > 0:
                heard.append((entity.id, round(score, 3), evidence))
        heard.sort(key=lambda r: (-r[1], r[0]))
        if not heard:
            return _faintly(folded, near) if faint else []
        return [r for r in heard if r[1] >= heard[0][1] - MARGIN][:5]
    return [(i, *rest) for i, rest in sorted(found.items(), key=lambda r: (-r[1][0], r[0]))]


_FAINT, _STANDS_OUT = 0.15, 5.0


def _faintly(
    folded: str, near: Mapping[EntityKind, Sequence[Entity]]
) -> list[tuple[str, float, Evidence]]:
    """The one entity that a name sounds like at all, when every other is far behind.

    麦格理 is far from the letters of Macquarie, and still the only name on most shelves
    that comes near. Good enough to search by, never to merge by.
    """
    if has_han(folded) or len(folded) < 4 or len(folded.split(" ")) > 2:
        return []
    scored: list[tuple[float, str]] = []
    for entity in (e for some in near.values() for e in some):
        chinese = [n for _, n in entity.names if has_han(n)]
        if any(not has_han(n) for _, n in entity.names) or entity.kind is EntityKind.PLACE:
            continue
        parts = [parts_of(n)[-1] if entity.kind is EntityKind.PERSON else n for n in chinese]
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
    shelf = _names_of(known)
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
