"""Learn which verdicts stand, once all that speaks for and against them is seen.

    scripts/learn_trust.py [--write]

Decides on the gold draft sentences whose split is "tuned" by the weights of the lexicon, which
scripts/learn_checking.py has to have learned before, and learns from what was right and wrong.
Held sentences are never read. With --write the weights go into src/kaoju/lexicon/checking.toml.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from evaluation.checks import GoldFigure
from kaoju import trust
from kaoju.alignment import Pair
from kaoju.types import Status
from kaoju.verdicts import fitting
from learn_checking import write
from training.logistic import fit
from training.paired import paired_gold

RIDGE = 10.0  # of features each as wide as the others
TABLES = {"support": trust.SUPPORT, "accusation": trust.ACCUSATION}
_RIGHT = frozenset({Status.SUPPORTED, Status.SUPPORTED_ROUNDED})
# Told apart from a support by what else the articles say, not by what the figure is of.
_ELSEWHERE = frozenset({Status.OUTDATED, Status.CONFLICTING_SOURCES})

Row = tuple[dict[str, float], bool]


def rows(figures: Iterable[tuple[GoldFigure, Sequence[Pair]]]) -> dict[str, list[Row]]:
    """The verdicts of gold figures as each table sees them, and whether they were right."""
    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    for gold, pairs in figures:
        if not pairs:
            continue
        decided = fitting(pairs[0].claim, pairs)
        table = trust.table_of(decided)
        if table is None or (table == "support" and gold.verdict in _ELSEWHERE):
            continue
        right = decided.status in gold.accepted or (table == "support" and gold.verdict in _RIGHT)
        found[table].append((trust.features_of(decided, pairs), right))
    return found


def learn(told: Sequence[Row], names: Sequence[str]) -> dict[str, float]:
    """The weights of features by which a verdict stands; wide features count as narrow ones."""
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in told])
    middle, size = x.mean(axis=0), x.std(axis=0) + 1e-3
    y = np.array([float(right) for _, right in told])
    beta = fit((x - middle) / size, y, np.ones(len(y)), RIDGE)
    each = beta[:-1] / size
    bias = float(beta[-1] - each @ middle)
    return dict(zip(names, map(float, each), strict=True)) | {"bias": bias}


def main() -> None:
    """Learn and print the weights; write them when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--pairs", type=Path, help="file to keep the pairs in, or read them from")
    options = parser.parse_args()
    told = rows((gold, pairs) for _, gold, pairs in paired_gold(options.pairs).figures())
    for table, names in TABLES.items():
        weights = learn(told[table], names)
        print(table, len(told[table]), {name: round(w, 3) for name, w in weights.items()})
        if options.write:
            write(table, weights)


if __name__ == "__main__":
    main()
