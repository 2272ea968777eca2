"""Learn which Chinese and English words stand for each other, for laying sentences side by side.

    scripts/learn_words.py SHARED [--write]

SHARED is the folder that holds ``data/train``. The pairs are those of `training.pairs`: sources
with open terms alone, under the same caps. Words are cut and stemmed as the shelf's are
(`kaoju.tokens`), and linked as IBM Model 1 links them (`training.start`). A pair is kept with the
larger of the two chances that one is put into the other, if that is large enough and the two
were linked often enough. With --write they go into src/kaoju/lexicon/word_pairs.tsv.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from kaoju.text import has_han  # noqa: E402
from kaoju.tokens import query_terms  # noqa: E402
from training.pairs import NEWS, SOURCES, folded_passages, held_out, read_pairs, written_passages  # noqa: E402  # noqa: E402
from training.start import linked_words  # noqa: E402

LEXICON = ROOT / "src" / "kaoju" / "lexicon" / "word_pairs.tsv"
LEAST_SEEN = 4  # pairs that a word must occur in
LEAST_LINKED = 3.0  # links, shared out, that a pair of words must have
LEAST_CHANCE = 0.1
MOST = 6  # words of the other language kept for each
SEED = 7


def pairs(shared: Path) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """The capped pairs of all sources with the passages written for kaoju; how many of each."""
    found: list[tuple[str, str]] = []
    taken: dict[str, int] = {}
    for source in SOURCES:
        rows = read_pairs(shared, source)
        if source.cap is not None and len(rows) > source.cap:
            rows = random.Random(f"{SEED} {source.name}").sample(rows, source.cap)
        found += rows
        taken[f"{source.name} ({source.terms})"] = len(rows)
    train, _, _ = held_out(written_passages(shared))
    written = [*train, *folded_passages(NEWS)]
    found += [(row["zh"], row["en"]) for row in written]
    taken["passages written for kaoju"] = len(written)
    return found, taken


def card(taken: dict[str, int]) -> list[str]:
    """What the file says of itself: what it is for, how it was made and from what."""
    size = sum(taken.values())
    return [
        "# Chinese words with the English ones that stand for them, and the chance of each: the",
        "# larger of how often one is put into the other and the other way round. Words are stems.",
        "# For laying sentences of two languages side by side; no dictionary for readers.",
        f"# Learned by scripts/learn_words.py (IBM Model 1) from {size} pairs of open text",
        "# or of our own; nothing of any text is here but these counts. Sources (terms): pairs:",
        *(f"# - {source}: {count}" for source, count in taken.items()),
    ]


def learn(every: list[tuple[str, str]]) -> list[tuple[str, str, float]]:
    """The pairs of words with the larger of the two chances, best first of each Chinese word."""
    chinese: dict[str, list[int]] = defaultdict(list)
    english: dict[str, list[int]] = defaultdict(list)
    for number, (zh, en) in enumerate(every):
        for term in query_terms(zh, characters=False):
            if has_han(term):
                chinese[term].append(number)
        for term in query_terms(en, characters=False):
            if term.isascii() and term.isalpha() and len(term) > 1:
                english[term].append(number)
    zh_words, left = _matrix(chinese, len(every))
    en_words, right = _matrix(english, len(every))
    rows, columns, links = linked_words(left, right)
    of_zh = np.bincount(rows, links, len(zh_words))
    of_en = np.bincount(columns, links, len(en_words))
    chance = np.maximum(links / of_zh[rows], links / of_en[columns])
    kept = (links >= LEAST_LINKED) & (chance >= LEAST_CHANCE)
    rows, columns, chance = rows[kept], columns[kept], chance[kept]
    order = np.argsort(-chance, kind="stable")
    told: list[tuple[str, str, float]] = []
    taken: dict[tuple[str, int], int] = defaultdict(int)
    for i in order:
        z, e = int(rows[i]), int(columns[i])
        if taken["zh", z] < MOST or taken["en", e] < MOST:
            taken["zh", z] += 1
            taken["en", e] += 1
            told.append((zh_words[z], en_words[e], float(chance[i])))
    return sorted(told, key=lambda row: (row[0], -row[2], row[1]))


def _matrix(words: dict[str, list[int]], size: int) -> tuple[list[str], Any]:
    from scipy import sparse  # type: ignore[import-untyped]

    kept = sorted(word for word, places in words.items() if len(places) >= LEAST_SEEN)
    places = [words[word] for word in kept]
    columns = np.repeat(np.arange(len(kept)), [len(p) for p in places])
    rows = np.fromiter((number for p in places for number in p), dtype=np.int64)
    data = np.ones(len(rows), dtype=np.float32)
    return kept, sparse.csr_matrix((data, (rows, columns)), shape=(size, len(kept)))


def main() -> None:
    """Learn, print a sample; write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    every, taken = pairs(options.shared)
    told = learn(every)
    print(f"{len(every)} pairs of texts, {len(told)} pairs of words")
    grouped: dict[str, list[str]] = defaultdict(list)
    for zh, en, chance in told:
        grouped[zh].append(f"{en} {chance:.2f}")
    for word in ("收入", "利润", "出口", "通胀", "运价", "船", "疫苗", "债券"):
        print(word, grouped.get(word))
    if options.write:
        lines = (f"{zh}\t{'|'.join(words)}" for zh, words in grouped.items())
        LEXICON.write_text("\n".join([*card(taken), *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
