"""Write src/kaoju/lexicon/han.txt: Chinese characters by how common they are.

Counts come from the word frequencies of jieba's dictionary (0.42.1, MIT licence); a
traditional character takes the count of its simplified form (OpenCC) where Big5 holds it.
`kaoju.decoding` compares readings of undeclared bytes with it.

    python scripts/rank_characters.py
"""

from __future__ import annotations

import math
from collections import Counter
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "kaoju" / "lexicon" / "han.txt"
HAN_SHARE = 0.6  # of all characters of an article; the rest is punctuation, digits, Latin
LEAST = -13.0  # nats; rarer characters are not listed

HEADER = """\
# Chinese characters by how common they are, written by scripts/rank_characters.py from the
# word frequencies of jieba 0.42.1 (MIT). Each line: minus the natural logarithm of the share
# of all characters of an article, in half nats, then the characters.
"""


def counts() -> Counter[str]:
    """Occurrences of each character in the text that jieba's dictionary was counted on."""
    found: Counter[str] = Counter()
    for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        for character in word:
            if "\u3400" <= character < "\ua000":
                found[character] += int(frequency)
    return found


def with_traditional(simplified: Counter[str]) -> Counter[str]:
    """The counts with each traditional form of Big5 counted as its simplified one."""
    import opencc

    to_simplified = opencc.OpenCC("t2s")
    both = Counter(simplified)
    for point in range(0x4E00, 0xA000):
        character = chr(point)
        try:
            character.encode("big5")
        except UnicodeEncodeError:
            continue
        simple = to_simplified.convert(character)
        both[character] = max(both[character], simplified[simple])
    return both


def main() -> None:
    """Write the file."""
    table = counts()
    total = sum(table.values())
    classes: dict[float, list[str]] = {}
    for character, count in sorted(with_traditional(table).items()):
        if count:
            score = math.log(HAN_SHARE * count / total)
            if score >= LEAST:
                classes.setdefault(round(-2 * score) / 2, []).append(character)
    lines = [f"{step:g} {''.join(classes[step])}" for step in sorted(classes)]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
