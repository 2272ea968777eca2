"""Count how common words are, so that a question's rare words weigh more than its common ones.

    scripts/count_words.py PAIRS.tsv.xz... [--written FOLDER]

Reads Chinese-English sentence pairs (Chinese, tab, English) and written passages, counts in
how many sentences each term stands, and writes ``src/kaoju/lexicon/common_words.tsv``: the
terms of at least one sentence in two thousand, with that share in millionths. Every file
counts alike, so that a large one does not decide what is common.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kaoju.text import has_han, sentences
from kaoju.tokens import terms

OUT = Path(__file__).resolve().parent.parent / "src" / "kaoju" / "lexicon" / "common_words.tsv"
LEAST = 1 / 2000
MOST = 25_000  # sentences read of one file


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == MOST:
                return
            zh, _, en = line.rstrip("\n").partition("\t")
            yield zh, en


def _written(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            zh, en = ([s.of(row[k]) for s in sentences(row[k])] for k in ("zh", "en"))
            yield from zip(zh, en, strict=False)


def shares(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    """The share of sentences of its language that each term stands in."""
    counts: Counter[str] = Counter()
    sizes = {True: 0, False: 0}
    for pair in pairs:
        for text in pair:
            held = set(terms(text, characters=False))
            sizes[has_han(text)] += 1
            counts.update(term for term in held if len(term) > 1 or has_han(term))
    found: Counter[str] = Counter()
    for term, count in counts.items():
        found[term] = count / max(1, sizes[has_han(term)])  # type: ignore[assignment]
    return found


def main() -> int:
    """Count and write; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--written", type=Path)
    options = parser.parse_args()
    parts = [shares(_pairs(path)) for path in options.pairs]
    if options.written:
        parts.append(shares(_written(options.written)))
    mean: Counter[str] = Counter()
    for part in parts:
        for term, share in part.items():
            mean[term] += share / len(parts)  # type: ignore[assignment]
    kept = sorted((t, s) for t, s in mean.items() if s >= LEAST and not t[0].isdigit())
    OUT.write_text("".join(f"{t}\t{round(s * 1e6)}\n" for t, s in kept), "utf-8")
    print(f"{len(kept)} terms to {OUT.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
