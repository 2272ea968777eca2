"""Learn when an article states anew what another said, and when that makes a draft outdated.

    scripts/learn_restating.py [--write]

Learns from the gold draft sentences whose split is "tuned", whose verdict quotes both figures:
what stands in the other quote states the figure anew; beside a right figure of which a draft
speaks as of now nothing does. Two logistic regressions with a ridge, the second of which sees
the first. With --write the weights go into the tables ``anew`` and ``outdated`` of
src/kaoju/lexicon/checking.toml. To be run after scripts/learn_checking.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.checks import GoldFigure  # noqa: E402
from kaoju import restating, retold  # noqa: E402
from kaoju.alignment import Pair  # noqa: E402
from kaoju.frames import TIMED, Frame  # noqa: E402
from kaoju.speakers import voice_of  # noqa: E402
from kaoju.succession import is_of_now  # noqa: E402
from kaoju.types import Language, Status  # noqa: E402
from learn_checking import write  # noqa: E402
from training.logistic import fit  # noqa: E402
from training.paired import paired_gold, pairs_of  # noqa: E402

RIDGE = 2.0
ROUNDS = 3
OF_OTHER_VERDICTS = 0.5  # weight of figures that are neither right nor replaced
REPLACED = (Status.OUTDATED, Status.CONFLICTING_SOURCES)
RIGHT = (Status.SUPPORTED, Status.SUPPORTED_ROUNDED)
OF_ROWS = (*retold.OF_ARTICLES, *retold.OF_DRAFTS)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A gold figure beside one that agrees, and which of what may state it anew does.

    Attributes:
        gold: The figure.
        claim: Its frame.
        own: The pair that agrees.
        pairs: All of the figure's.
        anew: Of each that may state it anew, whether it does; None where gold does not tell.
    """

    gold: GoldFigure
    claim: Frame
    own: Pair
    pairs: Sequence[Pair]
    anew: tuple[bool | None, ...]


def cases(keep: Path | None = None) -> list[Case]:
    """The cases of the tuned sentences; see `training.paired.paired_gold`."""
    every = paired_gold(keep)
    return [
        case
        for sentence, rows in every.sentences
        for gold in sentence.figures
        for case in cases_of(gold, rows, every.languages.__getitem__)
    ]


def cases_of(
    gold: GoldFigure,
    rows: Sequence[tuple[Frame, list[Pair]]],
    language_of: Callable[[str], Language],
) -> list[Case]:
    """The cases of a gold figure, one for each language in which something agrees with it."""
    claim = next((claim for claim, _ in rows if claim.figure.span.overlaps(gold.span)), None)
    if claim is None or claim.figure.dimension in TIMED:
        return []
    (pairs,) = pairs_of(gold, rows)
    return [
        Case(gold, claim, own, pairs, _labels(gold, claim, own, language_of))
        for own in pairs
        if own.anew
    ]


def _labels(
    gold: GoldFigure, claim: Frame, own: Pair, language_of: Callable[[str], Language]
) -> tuple[bool | None, ...]:
    if gold.verdict in RIGHT:
        plain = is_of_now(claim) and voice_of(claim) is None and not gold.accepted & set(REPLACED)
        here = own.evidence.statement.document_id
        return tuple(
            False if plain or pair.evidence.statement.document_id == here else None
            for pair in own.anew
        )
    if gold.verdict not in REPLACED or not _is_quoted(own, gold):
        return (None,) * len(own.anew)
    statement = own.evidence.statement
    # The agreeing sentence alone is quoted where it states both figures itself.
    apart = any(
        language_of(article) is language_of(statement.document_id)
        and not (article == statement.document_id and span.overlaps(statement.span))
        for article, span in gold.evidence
    )
    return tuple(
        _is_quoted(pair, gold) and not (apart and bool(pair.features["same_sentence"]))
        for pair in own.anew
    )


def _is_quoted(pair: Pair, gold: GoldFigure) -> bool:
    statement = pair.evidence.statement
    return any(
        statement.document_id == article and statement.span.overlaps(span)
        for article, span in gold.evidence
    )


# Fitting --------------------------------------------------------------------------------------


def learn_anew(every: Sequence[Case]) -> dict[str, float]:
    """The weights by which a figure states another anew.

    Of several figures of the other quote the likeliest is taken, anew each round.
    """
    names = restating.FEATURES
    tables = [
        np.array([[pair.features.get(name, 0.0) for name in names] for pair in case.own.anew])
        for case in every
    ]
    scores = [x[:, names.index("beside")] + x[:, names.index("sentence")] for x in tables]
    beta = np.zeros(len(names) + 1)
    for _ in range(ROUNDS):
        rows, labels = [], []
        for case, x, score in zip(every, tables, scores, strict=True):
            right = [i for i, anew in enumerate(case.anew) if anew]
            best = max(right, key=lambda i: score[i], default=None)
            for i, anew in enumerate(case.anew):
                if anew is not None:
                    rows.append(x[i])
                    labels.append(float(i == best))
        beta = _fit(np.array(rows), np.array(labels), np.ones(len(labels)))
        scores = [x @ beta[:-1] + beta[-1] for x in tables]
    return dict(zip([*names, "bias"], map(float, beta), strict=True))


def scored(case: Case, weights: dict[str, float]) -> Case:
    """The case with what may state it anew scored by weights that were just learned."""
    told = [
        (restating.likely(pair, weights), anew)
        for pair, anew in zip(case.own.anew, case.anew, strict=True)
    ]
    told.sort(key=lambda row: -row[0].score)
    own = replace(case.own, anew=tuple(pair for pair, _ in told))
    return replace(case, own=own, anew=tuple(anew for _, anew in told))


def learn_outdated(every: Sequence[Case]) -> dict[str, float]:
    """The weights by which what is stated anew makes a draft's figure outdated."""
    rows, labels, weights = [], [], []
    for case in every:
        verdict = case.gold.verdict
        if Status.OUTDATED in case.gold.accepted and verdict is not Status.OUTDATED:
            continue
        for pair, anew in list(zip(case.own.anew, case.anew, strict=True))[: retold.TOP]:
            replaced = verdict is Status.OUTDATED
            if (replaced and anew is None) or not retold.differs(case.claim, case.own, pair):
                continue
            told = retold.features_of((case.own, pair), case.claim, case.pairs)
            rows.append([told[name] for name in OF_ROWS])
            labels.append(float(replaced and bool(anew)))
            sure = labels[-1] or verdict in RIGHT
            weights.append(1.0 if sure else OF_OTHER_VERDICTS)
    beta = _fit(np.array(rows), np.array(labels), np.array(weights))
    return dict(zip([*OF_ROWS, "bias"], map(float, beta), strict=True))


def _fit(x: Floats, y: Floats, weight: Floats) -> Floats:
    size = np.sqrt((x**2).mean(axis=0)) + 1e-2
    beta = fit(x / size, y, weight, RIDGE)
    beta[:-1] /= size
    return beta


def main() -> None:
    """Learn and print the weights; write them when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--pairs", type=Path, help="file to keep the pairs in, or read them from")
    options = parser.parse_args()
    every = cases(options.pairs)
    anew = learn_anew(every)
    outdated = learn_outdated([scored(case, anew) for case in every])
    for table, weights in ((restating.ANEW, anew), (retold.OUTDATED, outdated)):
        print(table, {name: round(weight, 2) for name, weight in weights.items()})
        if options.write:
            write(table, weights)


if __name__ == "__main__":
    main()
