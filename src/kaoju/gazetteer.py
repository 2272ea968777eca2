"""The names and the words around names that kaoju knows, ready for looking up.

Read once from ``lexicon/``: the alias table, places, titles, the endings of organisations,
family names, and two learned lists (characters of transliterated names, ordinary English
words). This room knows words only; what in a text is a name, `entities` decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kaoju import lexicon
from kaoju.errors import LexiconError
from kaoju.lexicon import lexicon_lines as lexicon_lines
from kaoju.text import fold, has_han
from kaoju.types import EntityKind, Language

UNKNOWN_CHARACTER = (-4.0, -4.0, -4.0)


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the alias table or of the places: one thing with its names.

    ``adjectives`` (American, Swiss) point to the thing and are not names of it.
    """

    key: str
    kind: EntityKind
    chinese: tuple[str, ...]
    english: tuple[str, ...]
    adjectives: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[tuple[Language, str], ...]:
        """(language, name) pairs, Chinese first, preferred first."""
        return tuple(
            [(_language(name, Language.ZH), name) for name in self.chinese]
            + [(Language.EN, name) for name in self.english]
        )


def _language(name: str, default: Language) -> Language:
    return default if has_han(name) else Language.EN


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything that is looked up by a name."""

    known: tuple[Known, ...]
    chinese: Mapping[str, Known]  # folded, case kept
    english: Mapping[str, Known]
    english_folded: Mapping[str, Known]  # lower case
    adjectives: Mapping[str, Known]
    heads: Mapping[str, tuple[int, ...]]  # first two characters -> lengths, longest first


@cache
def gazetteer() -> Gazetteer:
    """The alias table and the places; where both have a name, the alias table wins."""
    rows = tuple(_aliases()) + tuple(_places())
    chinese: dict[str, Known] = {}
    english: dict[str, Known] = {}
    folded: dict[str, Known] = {}
    adjectives: dict[str, Known] = {}
    for row in rows:
        for name in row.chinese:
            chinese.setdefault(fold(name, lower=False).text, row)
        for name in row.english:
            plain = fold(name, lower=False).text
            english.setdefault(plain, row)
            folded.setdefault(plain.lower(), row)
        for name in row.adjectives:
            adjectives.setdefault(name, row)
    lengths: dict[str, set[int]] = {}
    for name in chinese:
        lengths.setdefault(name[:2], set()).add(len(name))
    heads = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
    return Gazetteer(rows, chinese, english, folded, adjectives, heads)


def _aliases() -> Iterator[Known]:
    for kind in EntityKind:
        for key, row in lexicon.load("aliases").get(kind.value, {}).items():
            names = [row.get(side, []) for side in ("zh", "en")]
            if not isinstance(row, dict) or not any(names):
                raise LexiconError(f"lexicon/aliases.toml: {kind}.{key} has no name")
            yield Known(key, kind, tuple(names[0]), tuple(names[1]))


def _places() -> Iterator[Known]:
    for number, line in enumerate(lexicon_lines("places.tsv"), start=1):
        cells = line.split("\t")
        if len(cells) != 4:
            raise LexiconError(f"lexicon/places.tsv: row {number} has {len(cells)} cells, not 4")
        parts = [tuple(filter(None, cell.split("|"))) for cell in cells[1:]]
        yield Known(cells[0], EntityKind.PLACE, parts[0], parts[1], parts[2])


@cache
def name_characters() -> dict[str, tuple[float, float, float]]:
    """Log odds of a character in a transliterated name: anywhere, first, last."""
    rows = (line.split("\t") for line in lexicon_lines("name_characters.tsv"))
    return {row[0]: (float(row[1]), float(row[2]), float(row[3])) for row in rows}


@cache
def english_words() -> frozenset[str]:
    """Ordinary words of English, lower case; names of places are left out of them."""
    found = {word for line in lexicon_lines("english_words.txt") for word in line.split()}
    places = {name.lower() for row in _places() for name in row.english}
    return frozenset(found - places)


@cache
def given_names() -> frozenset[str]:
    """Common given names as written in English."""
    return frozenset(word for line in lexicon_lines("given_names.txt") for word in line.split())


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The words of a lexicon file's entry that is written as one long string.

    Raises:
        LexiconError: There is no such entry.
    """
    found = lexicon.load(name).get(key)
    if isinstance(found, list):
        return frozenset(found)
    if not isinstance(found, str):
        raise LexiconError(f"lexicon/{name}.toml: expected words at {key}, found {found!r}")
    return frozenset(found.split())


@cache
def surnames() -> frozenset[str]:
    """Chinese family names, of one character and of two."""
    single = lexicon.load("surnames").get("single", "")
    return frozenset(single) | words("surnames", "double")


def by_length(found: frozenset[str]) -> tuple[dict[str, None], tuple[int, ...]]:
    """Words for longest-first look-up: a table of them and their lengths, longest first."""
    return dict.fromkeys(found), tuple(sorted({len(word) for word in found}, reverse=True))
