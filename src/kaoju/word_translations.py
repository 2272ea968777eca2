"""Words of one language as the other says them: the lexical bridge between the languages.

Two learned tables, ``lexicon/words_zh_en.tsv`` and ``words_en_zh.tsv``, their card beside them
(``word_translations.toml``). They are searched where they lie on the disk, so that opening
them costs nothing. What a translation is worth is a share: all those of a word together
weigh one, as in probabilistic structured queries (Darwish and Oard, SIGIR 2003), so that a
word of many translations does not outweigh one of a single.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from kaoju.text import has_han
from kaoju.types import Language


def translated_terms(terms: Iterable[str]) -> dict[str, float]:
    """The terms by which articles of the other language may say what these terms say.

    Args:
        terms: As `kaoju.tokens.query_terms` gives them, of either language.

    Returns:
        Terms of the other language with weights in (0, 1], the greatest where several terms
        share a translation. Figures stay as they are; words that the tables lack are dropped.
    """
    found: dict[str, float] = {}
    for term in terms:
        pairs = ((term, 1.0),) if term[:1].isdigit() else word_translations(term)
        for other, share in pairs:
            found[other] = max(share, found.get(other, 0.0))
    return found


@lru_cache(maxsize=4096)
def word_translations(term: str) -> tuple[tuple[str, float], ...]:
    """The translations of a term with their shares, which sum to one; best first.

    Empty where the table does not know the term.
    """
    pairs = [(other, weight) for other, weight, _ in _links(term)[:_MOST] if weight]
    total = sum(weight for _, weight in pairs)
    return tuple((other, weight / total) for other, weight in pairs)


@lru_cache(maxsize=65536)
def words_for(term: str) -> tuple[tuple[str, float], ...]:
    """The words of the other language that stand for a term with the chance of it, likeliest first.

    The chance, from 0.1 to 1, is the larger of how often one was put into the other and the
    other way round. Pairs seen too rarely to tell are left out.
    """
    pairs = [(other, chance / 100) for other, _, chance in _links(term) if chance]
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


@cache
def chinese_terms() -> frozenset[str]:
    """The Chinese terms that the table knows, for asking of very many whether it does."""
    lines = bytes(_table(Language.ZH)).decode().splitlines()
    return frozenset(line[: line.index("\t")] for line in lines if "\t" in line)


def _links(term: str) -> list[tuple[str, int, int]]:
    """(translation, weight, chance) of a term, by weight; the last two in hundredths."""
    found = []
    for told in _line(_table(Language.ZH if has_han(term) else Language.EN), term):
        other, weight, chance = told.rsplit(":", 2)
        found.append((other, int(weight), int(chance)))
    return found


_MOST = 5  # translations that a search asks for


@cache
def _table(language: Language) -> mmap.mmap:
    name = "words_zh_en.tsv" if language is Language.ZH else "words_en_zh.tsv"
    with Path(str(files("kaoju") / "lexicon" / name)).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _line(table: mmap.mmap, term: str) -> list[str]:
    """What stands behind a term in a table of lines in order of their bytes."""
    wanted = term.encode()
    low, high = 0, len(table)
    while low < high:
        begin = table.rfind(b"\n", 0, (low + high) // 2) + 1
        end = table.find(b"\n", begin)
        key = table[begin : table.find(b"\t", begin, end)]
        if key == wanted:
            return table[begin:end].decode().split("\t")[1:]
        if key < wanted:
            low = end + 1
        else:
            high = begin
    return []
