"""What a name typed in a question or a search can mean on a shelf.

A surname alone is enough, in either language and in any case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kaoju.cross_language import Evidence, listen, sounds_alike
from kaoju.gazetteer import english_words, gazetteer
from kaoju.gazetteer import words as words_of
from kaoju.linking import MARGIN, bodies_agree
from kaoju.name_parts import PREFIX, are_compatible, fold_name, own_part, parts_of
from kaoju.shelf_names import ShelfNames
from kaoju.sounds import sound_of
from kaoju.text import fold, has_han
from kaoju.tokens import stem
from kaoju.translated import own_sound
from kaoju.types import Entity, EntityKind
from kaoju.word_translations import word_translations


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
    # 麦格理资产管理公司, where the table knows Macquarie as 麦格理.
    for _, other in row.names if row is not None and not found else ():
        for identifier in shelf.by_brand.get(fold_name(other), ()):
            found.setdefault(identifier, (0.8, Evidence.ALIAS))
    if not found:
        heard: list[tuple[str, float, Evidence]] = []
        han = has_han(folded)
        near = {kind: _unopposed(folded, kind, shelf) for kind in EntityKind}
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


def _unopposed(folded: str, kind: EntityKind, shelf: ShelfNames) -> list[Entity]:
    """The entities of a kind that sound near, but for those of another name in this language.

    北欧 is not Grace Tao, and not Tong Xiaoxue, whom the shelf knows as 佟晓雪. Another spelling
    of one sound is no other name: Schmidt and Schmitt.
    """
    fitting = bodies_agree if kind is EntityKind.ORGANISATION else are_compatible
    sound = sound_of(own_part(folded, kind))
    found = []
    for entity in shelf.near(folded, kind):
        own = [name for _, name in entity.names if has_han(name) is has_han(folded)]
        if not own or any(
            fitting(folded, name) or sound_of(own_part(name, kind)) == sound for name in own
        ):
            found.append(entity)
    return found


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
_SHORTEST = 4  # letters of a name that is told by its sound alone
_NO_NAME_AFTER = re.compile(
    r"\b(?:the|an?|any|no|each|every|this|that|these|those|some|which|what|whose|my|our|your|his|her"
    r"|its|their) $",
    re.IGNORECASE,
)
_LONGER_NAME = re.compile(r"(?:'s)? (?:of )?[A-Z]")  # White House, Bank of Talbrook


def find_names_in_question(text: str, known: Sequence[Entity]) -> list[str]:
    """The words of a question that sound like a name of the shelf: swiber in "what did swiber say".

    A word counts that is no ordinary one, in any case, and an ordinary one that has a capital
    where a sentence asks for none: Grant in "What did Grant say?". The latter counts only as
    the surname of a person, and not where the whole question is written in capitals or as a title,
    nor after an article or before another capital: the King, Young Farmers. The name of a month
    or a day counts in no case: in March.

    Returns:
        Names as typed, in order.
    """
    shelf = _names_of(known)
    plain = fold(text, lower=False).text
    ordinary = english_words()
    words = [m for m in _QUESTION_WORD.finditer(plain) if not has_han(m.group())]
    as_title = not any(m.group() == m.group().lower() for m in words[1:] if len(m.group()) > 1)
    found = []
    for match in words:
        word = match.group().removesuffix("'s").removesuffix("s'")
        if len(word) < _SHORTEST or any(c.isdigit() for c in word):
            continue
        plain_word = word.lower() in ordinary
        starts = not plain[: match.start()].strip() or plain[: match.start()].rstrip()[-1] in ".!?"
        if plain_word and (word == word.lower() or word == word.upper() or starts or as_title):
            continue
        if word.lower() in _calendar():
            continue
        if plain_word and _is_no_surname(plain[: match.start()], plain[match.end() :]):
            continue
        meanings = _meanings(word, shelf, faint=False)
        if meanings and plain_word:  # White is first a person, then a part of the White House
            best = shelf.entities[meanings[0][0]]
            meanings = meanings if best.kind is EntityKind.PERSON else []
        if meanings and not _is_word(word, [shelf.entities[row[0]] for row in meanings]):
            found.append(word)
    return found


def _is_word(word: str, meant: Sequence[Entity]) -> bool:
    """Whether what is typed in lower case is a word that means none of the entities it sounds like.

    So it is where all its parts are ordinary words or can be translated, and no translation is
    in a name: react is 反应 and not 莱亚德, long-term not 伦珀; but powell is 鲍威尔.
    """
    if word != word.lower():
        return False
    parts = word.split("-")
    told = [[other for other, _ in word_translations(stem(part))] for part in parts]
    if not all(some or part in english_words() for part, some in zip(parts, told, strict=True)):
        return False
    names = [name for entity in meant for _, name in entity.names]
    return not any(other in name for some in told for other in some for name in names)


def _is_no_surname(before: str, after: str) -> bool:
    """Whether an ordinary word has its capital for another reason than that it is a surname."""
    return _NO_NAME_AFTER.search(before) is not None or _LONGER_NAME.match(after) is not None


@cache
def _calendar() -> frozenset[str]:
    """The English names of months and days of the week."""
    return words_of("contexts", "english_days")
