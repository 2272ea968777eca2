"""Learn which figures of articles are worth reading closely for a figure of a draft.

    scripts/learn_sifting.py [--only PREFIX ...] [--write]

Learns from the gold draft sentences whose split is "tuned"; held ones are never read. Of all
pairs of a figure, before any is read closely, one from a quote that decides is to be among the
first: its share among all, softmax over the pairs of the figure, is made as large as can be. Both
tables, [sift] and [sift_agreement], are learned so; --write puts them into
src/kaoju/lexicon/checking.toml. Run it before learn_checking.py, which learns from what it chooses.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.checks import GOLD, GoldFigure, articles_for, read_sentences, shelf  # noqa: E402
from kaoju import factcheck, pairing  # noqa: E402
from kaoju.alignment import AGREEMENT, SIFTED, Pair  # noqa: E402
from kaoju.draft import read_draft  # noqa: E402
from kaoju.types import Filters, Status  # noqa: E402
from learn_checking import write  # noqa: E402
from training.paired import LEARNED_FROM  # noqa: E402

TABLES = {"sift": SIFTED, "sift_agreement": (*SIFTED, *AGREEMENT)}
RIDGE = 1.0
STEPS = 300
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """The pairs of a gold figure and which of them are from a quote that decides."""

    pairs: Sequence[Pair]
    right: npt.NDArray[np.bool_]


def cases(only: Sequence[str]) -> list[Case]:
    """The cases of the tuned sentences, of those whose names begin so if any are given."""
    found: list[Case] = []
    with shelf(articles_for(LEARNED_FROM[-1])) as kb:
        known = kb._known_entities()
        place = factcheck.Shelf(kb._store, kb._open_indexes(), kb.encoder)
        files = [GOLD / folder / "sentences.jsonl" for folder in LEARNED_FROM]
        for sentence in (s for file in files for s in read_sentences(file, kb)):
            if sentence.split != "tuned" or (only and not sentence.id.startswith(tuple(only))):
                continue
            claimed = factcheck._statements_of(read_draft(sentence.text), known, (), None)
            near = factcheck._candidates(
                claimed, place, Filters(), factcheck._Sentences(place.store, known)
            )
            rows = factcheck.laid_beside(claimed, near, known).rows
            for gold in sentence.figures:
                pairs = next((p for c, p in rows if c.figure.span.overlaps(gold.span)), [])
                right = [_is_right(gold, pair) for pair in pairs]
                if any(right):
                    found.append(Case(pairs, np.array(right)))
    return found


def _is_right(gold: GoldFigure, pair: Pair) -> bool:
    told = pair.evidence.statement
    quoted = any(
        told.document_id == name and told.span.overlaps(span) for name, span in gold.evidence
    )
    return quoted and (pair.agrees or gold.verdict is Status.CONTRADICTED)


def learn(every: Sequence[Case], names: Sequence[str]) -> dict[str, float]:
    """The weights by which the right pairs of each figure have the largest share of all."""
    rows = [np.array([[p.features[name] for name in names] for p in c.pairs]) for c in every]
    size = np.vstack(rows).std(axis=0) + 1e-6
    scaled = [row / size for row in rows]
    beta = np.zeros(len(names))
    first, second = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):  # Adam, of which a fixed number of steps is enough here
        slope = -RIDGE * beta
        for x, case in zip(scaled, every, strict=True):
            share = np.exp(x @ beta - (x @ beta).max())
            share /= share.sum()
            wanted = share * case.right / (share * case.right).sum()
            slope += x.T @ (wanted - share)
        slope /= len(every)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        beta += 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    weights = beta / size
    # Shares know no bias; with this one the best pairs lie about one half.
    bias = -float(np.median([(row @ weights).max() for row in rows]))
    return dict(zip([*names, "bias"], [*map(float, weights), bias], strict=True))


def chosen(every: Sequence[Case], tables: dict[str, dict[str, float]]) -> tuple[float, float]:
    """The share of figures with a right pair among those chosen, and how many are chosen."""
    found, count = 0, 0
    for case in every:
        best: set[int] = set()
        for weights in tables.values():
            scores = [
                sum(w * p.features.get(n, 1.0) for n, w in weights.items()) for p in case.pairs
            ]
            best.update(np.argsort(-np.array(scores), kind="stable")[: pairing.READ_CLOSELY])
        found += bool(case.right[sorted(best)].any())
        count += len(best)
    return round(found / len(every), 4), round(count / len(every), 2)


def main() -> None:
    """Learn and print the weights and what they choose; write them when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    every = cases(options.only)
    tables = {table: learn(every, names) for table, names in TABLES.items()}
    for table, weights in tables.items():
        print(table, {name: round(weight, 3) for name, weight in weights.items()})
        if options.write:
            write(table, weights)
    share, count = chosen(every, tables)
    print(f"{len(every)} figures: {share:.1%} keep a right pair, {count} pairs are read of each")


if __name__ == "__main__":
    main()
