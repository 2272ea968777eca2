"""The words kaoju knows, as data: units, numerals, qualifiers, names.

One TOML file a subject. An editor adds an entry there and touches no code; a file that
cannot be what it should is refused when it is first read, with the file and the entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from kaoju.errors import LexiconError


@cache
def load(name: str) -> Mapping[str, Any]:
    """The parsed content of ``lexicon/<name>.toml``; the same object every time.

    Raises:
        LexiconError: There is no such file, or it is not TOML.
    """
    place = resources.files(__package__).joinpath(f"{name}.toml")
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"lexicon/{name}.toml: no such file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"lexicon/{name}.toml is not valid TOML: {error}") from error


def section(name: str, key: str) -> Mapping[str, Any]:
    """The table ``[key]`` of a lexicon file.

    Raises:
        LexiconError: The file has no such table.
    """
    found = load(name).get(key)
    if not isinstance(found, dict):
        raise LexiconError(f"lexicon/{name}.toml: expected a table [{key}], found {found!r}")
    return found


def words(name: str, *path: str) -> tuple[str, ...]:
    """The list of words at ``path`` of a lexicon file, each a string that is not empty.

    Raises:
        LexiconError: There is no list there, or something in it is no word.
    """
    found: Any = load(name)
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    where = f"lexicon/{name}.toml: {'.'.join(path)}"
    if not isinstance(found, list):
        raise LexiconError(f"{where}: expected a list of words, found {found!r}")
    for word in found:
        if not isinstance(word, str) or not word:
            raise LexiconError(f"{where}: expected words, found {word!r}")
    return tuple(found)


def entries(name: str, key: str, required: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    """The tables ``[[key]]`` of a lexicon file, in order.

    Args:
        name: The file, without ``.toml``.
        key: The name of the array of tables.
        required: Keys that every table must have.

    Raises:
        LexiconError: There is no such array, or a table lacks a required key.
    """
    found = load(name).get(key)
    if not isinstance(found, list):
        raise LexiconError(f"lexicon/{name}.toml: expected tables [[{key}]], found {found!r}")
    for number, entry in enumerate(found, start=1):
        missing = [k for k in required if not isinstance(entry, dict) or k not in entry]
        if missing:
            raise LexiconError(
                f"lexicon/{name}.toml: [[{key}]] number {number} lacks {', '.join(missing)}"
            )
        yield entry


def lexicon_lines(name: str) -> list[str]:
    """The rows of a lexicon file of plain text, without its comments."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a lexicon file, compiled when it is first tried.

    Of lists of patterns that are tried in order few are reached, and compiling all of them is a
    good part of a cold start.
    """
    return re.compile(pattern)
