"""Learn which words translate which, from openly licensed pairs of both languages.

    python scripts/train_translations.py [--shared FOLDER]

IBM Model 1 (Brown et al., The mathematics of statistical machine translation, 1993) over the
terms of the pairs that the encoder is trained on, none left out (`training.pairs`), each side
cut as questions are: function words dropped. A Chinese term linked c times with an English
one, of nz and ne links, weighs c / sqrt(nz * ne) as its translation and the other way round.
Where they were linked three times or more, max(c / nz, c / ne) is the chance that they stand for
each other; rarer ones are good enough to search by, but prove nothing.
Writes ``words_zh_en.tsv``, ``words_en_zh.tsv`` and their card ``word_translations.toml`` into
``src/kaoju/lexicon/``. The same data give the same tables. Needs scipy, which the product
does not; some five minutes of one core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from kaoju.tokens import analyzer_identity, stopwords, terms
from training.pairs import (
    NEWS,
    SOURCES,
    folded_passages,
    held_out,
    read_pairs,
    sentence_pairs,
    written_passages,
)
from training.start import linked_words, presence

ROOT = Path(__file__).resolve().parent.parent
LEXICON = ROOT / "src" / "kaoju" / "lexicon"
BEST = 5  # translations kept of a term
LEAST_WEIGHT = 0.05
# Links that a rare one needs, and the weight from which it needs no second one: a word that
# stands in one dictionary entry alone.
LEAST_LINKS, ENOUGH_LINKS, SURE_WEIGHT = 0.8, 2.0, 0.25
# What a chance rests on, at least, and the smallest one told; kept of a term.
LEAST_PROOF, LEAST_CHANCE, PROVEN = 3.0, 0.1, 6
Link = tuple[str, str, float, float]  # a term, its translation, weight and chance
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{1,8}")
_ENGLISH = re.compile("[a-z][a-z'.&-]{1,24}")


def main(argv: Sequence[str] | None = None) -> int:
    """Learn the tables and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args(argv).shared
    pairs, taken = read(shared)
    zh_rows, en_rows = [], []
    for zh, en in pairs:
        zh_rows.append(_kept(terms(zh, characters=False), _CHINESE))
        en_rows.append(_kept(terms(en), _ENGLISH))
    zh_words, en_words = _vocabulary(zh_rows), _vocabulary(en_rows)
    zh_place = {word: i for i, word in enumerate(zh_words)}
    en_place = {word: i for i, word in enumerate(en_words)}
    rows, columns, counts = linked_words(
        presence(([zh_place[t] for t in row] for row in zh_rows), len(zh_words)),
        presence(([en_place[t] for t in row] for row in en_rows), len(en_words)),
    )
    of_zh = np.bincount(rows, counts, len(zh_words))
    of_en = np.bincount(columns, counts, len(en_words))
    weights = counts / np.sqrt(np.maximum(of_zh[rows] * of_en[columns], 1e-9))
    chances = counts / np.maximum(np.minimum(of_zh[rows], of_en[columns]), 1e-9)
    links: list[Link] = []
    for row, column, weight, chance, count in zip(
        rows, columns, weights, chances, counts, strict=True
    ):
        often = count >= ENOUGH_LINKS or weight >= SURE_WEIGHT
        told = count >= LEAST_LINKS and weight >= LEAST_WEIGHT and often
        proven = count >= LEAST_PROOF and chance >= LEAST_CHANCE
        if told or proven:
            pair = (zh_words[row], en_words[column])
            links.append((*pair, weight if told else 0.0, chance if proven else 0.0))
    sizes = {
        "words_zh_en.tsv": write(LEXICON / "words_zh_en.tsv", links),
        "words_en_zh.tsv": write(
            LEXICON / "words_en_zh.tsv",
            ((en, zh, weight, chance) for zh, en, weight, chance in links),
        ),
    }
    digest = hashlib.sha256(json.dumps(pairs, ensure_ascii=False).encode()).hexdigest()
    (LEXICON / "word_translations.toml").write_text(card(taken, digest, sizes), encoding="utf-8")
    return 0


def read(shared: Path) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """All pairs to learn from, and how many came from each source.

    Those of `training.pairs.held_out` are not among them.
    """
    pairs: list[tuple[str, str]] = []
    taken: dict[str, int] = {}
    for source in SOURCES:
        found = read_pairs(shared, source)
        taken[source.name] = len(found)
        pairs += found
    train, _, _ = held_out(written_passages(shared))
    own = [pair for row in train + folded_passages(NEWS) for pair in sentence_pairs(row)]
    taken["sentences written for kaoju"] = len(own)
    return pairs + own, taken


def write(path: Path, links: Iterable[Link]) -> int:
    """Write links as lines in order of their bytes; how many terms there are."""
    of: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for term, other, weight, chance in links:
        of[term].append((-weight, -chance, other))
    lines = []
    for term in sorted(of, key=str.encode):
        best = sorted(of[term])
        chosen = set(best[:BEST]) | set(sorted(best, key=lambda link: link[1])[:PROVEN])
        found = [
            f"{other}:{round(-100 * weight)}:{round(-100 * chance)}"
            for weight, chance, other in best
            if (weight, chance, other) in chosen
        ]
        lines.append("\t".join([term, *found]) + "\n")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(lines)


def card(taken: dict[str, int], digest: str, sizes: dict[str, int]) -> str:
    """The card of the tables: what they were learned from and how."""
    terms_of = {source.name: source.terms for source in SOURCES}
    sources = [f"{name} ({terms_of.get(name, 'original')}): {n}" for name, n in taken.items()]
    listed = "\n".join(f"  {json.dumps(line, ensure_ascii=False)}," for line in sources)
    files = "\n".join(
        f'"{name}" = {{ terms = {n}, sha256 = "{_sha256(LEXICON / name)}" }}'
        for name, n in sizes.items()
    )
    return f"""# Card of the learned tables behind kaoju.word_translations.
# A line is a term, then its translations, each with its weight and the chance that the two stand
# for each other, both in hundredths; 0 where they are not told.
trained_by = "scripts/train_translations.py"
method = "IBM Model 1 over the terms of pairs; weight c / sqrt(nz * ne), chance max(c / nz, c / ne)"
data_sha256 = "{digest}"
analyzer = "{analyzer_identity()}"
# Openly licensed, as the encoder's card says of each; with the pairs of each.
sources = [
{listed}
]

[files]
{files}
"""


def _kept(found: Sequence[str], shape: re.Pattern[str]) -> list[str]:
    stop = stopwords()
    return [t for t in dict.fromkeys(found) if t not in stop and shape.fullmatch(t)]


def _vocabulary(rows: Iterable[Sequence[str]]) -> list[str]:
    counts = Counter(term for row in rows for term in row)
    return sorted(counts, key=lambda term: (-counts[term], term))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
