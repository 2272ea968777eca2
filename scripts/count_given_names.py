"""Write what tells Chinese names from words: given_characters.tsv and words_like_names.txt.

Counts come from jieba's dictionary (0.42.1, MIT licence): its words of two and three characters
that are tagged as people's names and begin with a family name, beside how often each character
stands in any word. The words are those of the dictionary that begin like a name and are none: what
it does not tag as people's names, and what the learned tables translate with an ordinary word.
`kaoju.chinese_natives` weighs with both how likely characters are a name.

    python scripts/count_given_names.py
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from kaoju.gazetteer import english_words, lexicon_lines, surnames
from kaoju.text import fold
from kaoju.word_translations import words_for

LEXICON = Path(__file__).parents[1] / "src" / "kaoju" / "lexicon"
CHARACTERS, WORDS = LEXICON / "given_characters.tsv", LEXICON / "words_like_names.txt"
ADDED = 1.0  # to each count and to what ordinary text would give: what is rare tells little
LEAST = 2  # names that a character stands in
OF_LONGER = 0.02  # what a place in a longer given name counts for a given name of one character
COMMON = 10  # frequency of a word that is listed whatever it means
LIKELY = 0.15  # chance of a translation that counts
LIKE_A_NAME = 2.0  # log odds of a given name of two characters from which a word may be a name
OFTEN = 30  # from this frequency on a word of two characters is rather a word than a name

HEADER = """\
# Characters of Chinese names: log odds against ordinary text as a family name (how often it is one
# where it stands), as the first and second of a given name, and as a given name of one character.
# Written by scripts/count_given_names.py from the words of jieba 0.42.1 (MIT).
"""


WORDS_HEADER = """\
# Words that begin like a Chinese name and are none, written by scripts/count_given_names.py from
# the words of jieba 0.42.1 (MIT) and kaoju's learned tables of words.
"""


def entries() -> Iterator[tuple[str, int, str]]:
    """The words of jieba's dictionary, folded, with their frequencies and tags."""
    for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, flag = line.split(" ")
        yield fold(word).text, int(frequency), flag


def write_characters() -> None:
    """Write the odds of the characters."""
    ordinary: Counter[str] = Counter()
    family: Counter[str] = Counter()
    places: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for word, frequency, flag in entries():
        for character in word:
            ordinary[character] += frequency
        if not flag.startswith("nr") or word[0] not in surnames():
            continue
        if len(word) <= 3:
            family[word[0]] += frequency
        if len(word) == 3:
            places[0][word[1]] += 1
            places[1][word[2]] += 1
        elif len(word) == 2 and frequency < OFTEN:
            places[2][word[1]] += 1
    alone: dict[str, float] = dict(places[2])
    for character in set(places[0]) | set(places[1]):  # names of two characters are few
        longer = places[0][character] + places[1][character]
        alone[character] = alone.get(character, 0.0) + OF_LONGER * longer
    sizes = [places[0].total(), places[1].total(), sum(alone.values())]
    total = sum(ordinary.values())
    rows = []
    for character, count in sorted(ordinary.items()):
        share = count / total
        told = [places[0][character], places[1][character], alone.get(character, 0.0)]
        if sum(told) < LEAST and character not in surnames():
            continue
        odds = [
            math.log((n + ADDED) / (size * share + ADDED))
            for n, size in zip(told, sizes, strict=True)
        ]
        named = family[character]
        kin = math.log((named + 1) / (count - named + 20)) if character in surnames() else -9.0
        cells = [f"{max(-9.0, min(9.0, value)):.2f}" for value in (kin, *odds)]
        rows.append("\t".join([character, *cells]))
    CHARACTERS.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")


def write_words() -> None:
    """Write the words that are no names, a line for each character that they begin with."""
    rows = (line.split("\t") for line in lexicon_lines("given_characters.tsv"))
    odds = {row[0]: (float(row[2]), float(row[3])) for row in rows}
    found: dict[str, list[str]] = {}
    for word, frequency, flag in entries():
        if not 2 <= len(word) <= 3 or word[0] not in surnames():
            continue
        first, second = odds.get(word[1], (0.0, 0.0))[0], odds.get(word[-1], (0.0, 0.0))[1]
        like = first + second if len(word) == 3 else 0.0
        if flag.startswith("nr"):
            kept = is_ordinary(word)
        else:
            kept = (frequency >= COMMON and like <= LIKE_A_NAME) or is_ordinary(word)
        if kept:
            found.setdefault(word[0], []).append(word)
    lines = [" ".join(sorted(set(some))) for _, some in sorted(found.items())]
    WORDS.write_text(WORDS_HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def is_ordinary(word: str) -> bool:
    """Whether a word is translated with an ordinary word of English."""
    return any(
        chance >= LIKELY and english in english_words() for english, chance in words_for(word)[:2]
    )


def main() -> None:
    """Write both files."""
    write_characters()
    write_words()


if __name__ == "__main__":
    main()
