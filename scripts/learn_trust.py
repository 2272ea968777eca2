"""Learn which verdict stands, once all that speaks for and against a figure is seen.

    scripts/learn_trust.py [--write] [--pairs FILE] [--readers FOLDER FOLDER]

Weighs the gold draft sentences whose split is "tuned" by the weights of the lexicon, which
scripts/learn_checking.py has to have learned before, and grows gradient-boosted trees
(scikit-learn) that tell the gold verdict. Held sentences are never read. Sentences of the articles
themselves, as they are printed or with a figure altered (`training.altered`), are learned from too.
What the trees are worth is told by cross-validation over stories, at several costs of the two
errors that count the most, beside what the figures' fit alone gives: the curve goes into a record.
With --write the trees of all go into src/kaoju/lexicon/trust.npz.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(Path(__file__).resolve().parent))

from evaluation.checks import GoldSentence, Judged, _counts, judge
from evaluation.record import write_record
from kaoju import trust
from kaoju.judgement import Decided
from kaoju.options import Sides, plain
from kaoju.trees import Trees
from kaoju.types import Status
from kaoju.verdicts import weighed
from training.forest import planted
from training.paired import Paired, paired_gold, story_of
from training.unseen import READERS

FILE = Path(trust.__file__).parent / "lexicon" / trust.FILE
SETTINGS: dict[str, Any] = {
    "max_iter": 200, "learning_rate": 0.05, "max_leaf_nodes": 8, "min_samples_leaf": 30,
    "l2_regularization": 3.0, "max_features": 0.3, "early_stopping": False,
}  # fmt: skip
FORESTS = 3  # grown alike but for chance; what they say together is steadier than each
FOLDS = 5
# Weight of a figure that only follows from others: with as much as the others' it would have what
# nothing agrees with be thought right too often.
RECKONED = 0.35
_PLAIN = re.compile(r"-p\d+$")  # near the articles' words
_MANNER = re.compile(r"^[yz][a-z]-")  # in the manner of `drafts`
_ANNOUNCED = re.compile(r"^x[a-g]-")  # of announcements in short lines, and of analyses
LEAST = 20  # figures that a feature must be told of
COSTS = ((0.0, 0.0), (1.0, 1.0), (1.5, 1.5), (1.5, 2.5), (2.0, 2.0), (3.0, 3.0))


@dataclass(frozen=True, slots=True)
class Case:
    """A figure of a draft with what speaks for and against it; its gold verdict, if it has one."""

    sentence: GoldSentence
    sides: Sides
    features: dict[str, float]
    verdict: Status | None

    @property
    def story(self) -> str:
        """What the sentence is about; sentences of one story are learned from together."""
        return story_of(self.sentence)


def cases(paired: Paired) -> list[Case]:
    """Every figure of the tuned sentences and of those printed, weighed by the lexicon."""
    found = []
    for sentence, rows in (*paired.sentences, *paired.printed):
        for claim, pairs in rows:
            sides = weighed(claim, pairs)
            gold = [g for g in sentence.figures if claim.figure.span.overlaps(g.span)]
            verdict = plain(gold[0].verdict) if gold else None
            features = trust.features_of(sides)
            found.append(Case(sentence, sides, features, verdict))
    return found


def grow(learned: Sequence[Case]) -> Trees:
    """Trees that tell the gold verdicts of cases."""
    told = Counter(name for case in learned for name in case.features)
    names = sorted(name for name, number in told.items() if number >= LEAST)
    x = np.array(
        [[c.features.get(n, 0.0 if "=" in n else np.nan) for n in names] for c in learned],
        dtype=np.float32,
    )
    labels = [str(case.verdict) for case in learned]
    weight = [RECKONED if case.sentence.kind == "entailed" else 1.0 for case in learned]
    models = [
        HistGradientBoostingClassifier(**SETTINGS, random_state=seed).fit(
            x, labels, sample_weight=weight
        )
        for seed in range(FORESTS)
    ]
    return planted(models, names)


def _group(sentence: GoldSentence) -> str:
    """Whose rows are told of together: which making they are, those of `drafts` where of none."""
    makings = {"plain": _PLAIN, "in the drafts' manner": _MANNER, "announcements": _ANNOUNCED}
    return next((name for name, of in makings.items() if of.search(sentence.id)), "drafts")


# What they are worth --------------------------------------------------------------------------

Chances = list[dict[str, float]]


def validated(every: Sequence[Case]) -> Chances:
    """The chances of each case's verdicts by trees that have not seen its story."""
    folds = [_fold(case.story) for case in every]
    found: Chances = [{} for _ in every]
    for fold in range(FOLDS):
        trees = grow([c for c, f in zip(every, folds, strict=True) if f != fold and c.verdict])
        for number, case in enumerate(every):
            if folds[number] == fold:
                found[number] = trees.chances(case.features)
    return found


def _fold(story: str) -> int:
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % FOLDS


def curve(
    sentences: Sequence[GoldSentence], every: Sequence[Case], chances: Chances
) -> list[dict[str, Any]]:
    """What is right, accused and let pass at each pair of costs, and by how figures fit alone."""
    named = {sentence.id for sentence in sentences}
    kept = [(c, t) for c, t in zip(every, chances, strict=True) if c.sentence.id in named]
    every, chances = [case for case, _ in kept], [told for _, told in kept]
    rows: list[dict[str, Any]] = [
        {"costs": None, **_counted(sentences, every, [case.sides.fitted for case in every])}
    ]
    for costs in COSTS:
        chosen = [
            case.sides.fitted
            if trust.is_settled(case.sides)
            else trust.chosen(case.sides, told, *costs)
            for case, told in zip(every, chances, strict=True)
        ]
        rows.append({"costs": costs, **_counted(sentences, every, chosen)})
    return rows


def _counted(
    sentences: Sequence[GoldSentence], every: Sequence[Case], chosen: Sequence[Decided]
) -> dict[str, Any]:
    told: dict[str, list[Any]] = {}
    for case, decided in zip(every, chosen, strict=True):
        quotes = [
            (p.evidence.statement.document_id, p.evidence.statement.span) for p in decided.pairs
        ]
        row = (decided.claim.figure.span, decided.status, quotes)
        told.setdefault(case.sentence.id, []).append(row)
    judged: list[Judged] = [j for s in sentences for j in judge(s, told.get(s.id, ()))]
    return _counts(judged)


def main() -> None:
    """Learn and tell what it is worth; write the trees when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-record", action="store_true")
    parser.add_argument("--pairs", type=Path, help="file to keep the pairs in, or read them from")
    parser.add_argument("--readers", type=Path, nargs=2, default=(), help=READERS)
    options = parser.parse_args()
    paired = paired_gold(options.pairs, options.readers)
    every = cases(paired)
    learned = [case for case in every if case.verdict is not None]
    chances = validated(every)
    groups: dict[str, list[GoldSentence]] = {"as printed": [s for s, _ in paired.printed]}
    for sentence, _ in paired.sentences:
        groups.setdefault(_group(sentence), []).append(sentence)
    told = {name: curve(some, every, chances) for name, some in groups.items()}
    for name, rows in told.items():
        for row in rows:
            print(name, row)
    if options.write:
        trees = grow(learned)
        trees.write(FILE)
        print(f"{len(trees.roots)} trees, {len(trees.names)} features, {FILE.stat().st_size} bytes")
    if not options.no_record:
        settings = SETTINGS | {"figures": len(learned)}
        print(write_record("learn-trust", told, **settings))


if __name__ == "__main__":
    main()
