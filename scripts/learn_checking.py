"""Learn how surely a figure of an article speaks of what a figure of a draft speaks of.

    scripts/learn_checking.py [--write] [--pairs FILE] [--readers FOLDER FOLDER]

Learns from the gold draft sentences whose split is "tuned"; held ones are never read. A pair is
right when the article's figure stands in a quote that decides and agrees or differs as the
verdict says, at the place that is marked where one is; of several such in one quote the likeliest
by the weights so far is taken, and the fit is made again. Logistic regression with a ridge. With
--write the weights go into src/kaoju/lexicon/checking.toml; the curve of the threshold goes into
a record.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.checks import GoldFigure  # noqa: E402
from evaluation.record import write_record  # noqa: E402
from kaoju import accusation, contest, judgement  # noqa: E402
from kaoju.agreement import agrees, opposes  # noqa: E402
from kaoju.alignment import AGREEMENT, FEATURES, Pair  # noqa: E402
from kaoju.fitting import supporting, told_apart  # noqa: E402
from kaoju.frames import TIMED  # noqa: E402
from kaoju.types import Span, Status  # noqa: E402
from training.logistic import fit  # noqa: E402
from training.paired import paired_gold  # noqa: E402
from training.unseen import READERS  # noqa: E402

LEXICON = ROOT / "src" / "kaoju" / "lexicon" / "checking.toml"
RIDGE = 1.0
CONTEST_RIDGE = 3.0
ACCUSATION_RIDGE = 3.0
MISQUOTED = 0.3  # weight of a figure that would be the wrong quote for a right accusation
UNQUOTED = 0.5  # weight of a wrong draft no quote of which has a figure to hold against it
ROUNDS = 4
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A gold figure with its pairs, and which of them may be the right ones."""

    story: str
    pairs: list[Pair]
    possible: list[bool]
    skipped: list[bool]  # neither right nor wrong for sure
    quoted: list[bool]  # stands in a quote that decides
    right: bool | None  # whether the draft's number is that of what it speaks of; None: untold
    wrong: bool  # whether the draft is contradicted


def cases(keep: Path | None = None, readers: Sequence[Path] = ()) -> list[Case]:
    """The cases of the tuned sentences; see `training.paired.paired_gold`."""
    return [_case(name, gold, pairs) for name, gold, pairs in paired_gold(keep, readers).figures()]


def _case(identifier: str, gold: GoldFigure, pairs: Sequence[Pair]) -> Case:
    possible, skipped, quotes = [], [], []
    supported = gold.verdict in (Status.SUPPORTED, Status.SUPPORTED_ROUNDED)
    for pair in pairs:
        statement = pair.evidence.statement
        quoted = any(
            statement.document_id == article and statement.span.overlaps(span)
            for article, span in gold.evidence
        )
        if supported:
            fits = agrees(pair)
        elif gold.verdict is Status.CONTRADICTED:
            fits = opposes(pair)
        else:
            fits = agrees(pair) or opposes(pair)
        # Where it is marked what the figure should have been, all others beside it are wrong.
        marked = [
            place
            for article, place in gold.told
            if statement.document_id == article and statement.span.overlaps(place)
        ]
        if marked:
            fits = fits and any(pair.evidence.figure.span.overlaps(place) for place in marked)
        right = quoted and fits and not pair.conflicts
        unsure = (quoted and not right and not (marked and not fits)) or (
            gold.verdict in (Status.NEEDS_CONTEXT,) or (not quoted and supported and agrees(pair))
        )
        possible.append(right and gold.verdict is not Status.NEEDS_CONTEXT)
        skipped.append(unsure and not possible[-1])
        quotes.append(quoted)
    wrong = Status.CONTRADICTED in gold.accepted
    stated: bool | None = True if gold.verdict in _STATED else None
    if gold.verdict is Status.CONTRADICTED:
        stated = False
    return Case(identifier, list(pairs), possible, skipped, quotes, stated, wrong)


_STATED = frozenset(
    {
        Status.SUPPORTED,
        Status.SUPPORTED_ROUNDED,
        Status.OUTDATED,
        Status.CONFLICTING_SOURCES,
    }
)


# Fitting --------------------------------------------------------------------------------------


def learn(every: Sequence[Case], names: Sequence[str]) -> dict[str, float]:
    """The weights of features, the right pair of each quote chosen anew each round."""
    scores = [[p.aligned for p in case.pairs] for case in every]
    beta = np.zeros(len(names) + 1)
    for _ in range(ROUNDS):
        rows, labels = [], []
        for case, own in zip(every, scores, strict=True):
            chosen = _chosen(case, own)
            for i, pair in enumerate(case.pairs):
                if i in chosen:
                    rows.append(pair)
                    labels.append(1.0)
                elif not case.possible[i] and not case.skipped[i]:
                    rows.append(pair)
                    labels.append(0.0)
        x, y = _matrix(rows, names), np.array(labels)
        beta = fit(x, y, np.ones(len(y)), RIDGE)
        scores = [list(_scored(case.pairs, beta, names)) for case in every]
    return dict(zip([*names, "bias"], (float(b) for b in beta), strict=True))


def learn_contest(every: Sequence[Case]) -> dict[str, float]:
    """The weights by which a figure that agrees stands against the strongest beside it.

    Of each draft whose number the articles state the rival that stands out most is a row, chosen
    anew each round: whether the draft's number is right is what the weights must tell.
    """
    names = contest.EVERY
    groups = [
        (np.array([[told[name] for name in names] for told in gaps]), float(case.right))
        for case in every
        if case.right is not None and (gaps := _against_others(case))
    ]
    return _learn_strongest(groups, names, CONTEST_RIDGE)


def _against_others(case: Case) -> list[dict[str, float]]:
    """What the figure that stands for a draft's has more than each rival of it."""
    clean = [p for p in told_apart(case.pairs) if not p.conflicts]
    support = supporting(clean)
    if not support:
        return []
    own = contest.standing(support)
    return [
        contest.gaps(own, rival) for rival in contest.rivals(own, [p for p in clean if opposes(p)])
    ]


def _learn_strongest(
    groups: Sequence[tuple[Floats, float]], names: Sequence[str], ridge: float
) -> dict[str, float]:
    """Weights where of each group the row decides that speaks most against its label of 1."""
    size = np.sqrt((np.vstack([rows for rows, _ in groups]) ** 2).mean(axis=0)) + 1e-3
    beta = np.zeros(len(names) + 1)
    first = names.index("told")
    for turn in range(ROUNDS):
        chosen = [
            rows[int((rows / size @ beta[:-1] if turn else rows[:, first]).argmin())]
            for rows, _ in groups
        ]
        labels = np.array([label for _, label in groups])
        beta = fit(np.array(chosen) / size, labels, np.ones(len(labels)), ridge)
    return dict(zip([*names, "bias"], map(float, [*(beta[:-1] / size), beta[-1]]), strict=True))


def learn_accusation(every: Sequence[Case]) -> dict[str, float]:
    """The weights by which a figure that differs contradicts a draft's with which none agrees.

    Where the draft is wrong and a quote has such a figure, the likeliest of the quotes is right,
    anew each round, and the likeliest of the others somewhat wrong: it would be the wrong quote.
    """
    names = (*accusation.FEATURES, *accusation.RULES)
    groups = [group for case in every if (group := _differing(case, names)) is not None]
    size = np.sqrt((np.vstack([group.told for group in groups]) ** 2).mean(axis=0)) + 1e-3
    beta = np.zeros(len(names) + 1)
    for turn in range(ROUNDS):
        rows, labels, weights = [], [], []
        for group in groups:
            score = group.told / size @ beta[:-1] if turn else group.told[:, 0]
            for among, label, weight in group.labelled():
                if among.any():
                    rows.append(group.told[np.where(among, score, -np.inf).argmax()] / size)
                    labels.append(label)
                    weights.append(weight)
        beta = fit(np.array(rows), np.array(labels), np.array(weights), ACCUSATION_RIDGE)
    return dict(zip([*names, "bias"], map(float, [*(beta[:-1] / size), beta[-1]]), strict=True))


@dataclass(frozen=True, slots=True)
class _Differing:
    """The figures that differ from a draft's with which none agrees."""

    told: Floats  # (figures, features)
    quoted: npt.NDArray[np.bool_]
    wrong: bool  # whether the draft is contradicted

    def labelled(self) -> list[tuple[npt.NDArray[np.bool_], float, float]]:
        """Among which of them one is taken, what it is labelled, and its weight."""
        if self.wrong and self.quoted.any():
            return [(self.quoted, 1.0, 1.0), (~self.quoted, 0.0, MISQUOTED)]
        every = np.ones_like(self.quoted)
        return [(every, 0.5, UNQUOTED) if self.wrong else (every, 0.0, 1.0)]


def _differing(case: Case, names: Sequence[str]) -> _Differing | None:
    told = told_apart(case.pairs)
    clean = [p for p in told if not p.conflicts]
    differing = accusation.candidates([p for p in clean if opposes(p)])
    if supporting(clean) or not differing or case.pairs[0].claim.figure.dimension in TIMED:
        return None
    elsewhere = any(
        p.conflicts and agrees(p) and p.score >= judgement.threshold("context") for p in told
    )
    rows = accusation.described(differing, elsewhere=elsewhere)
    places = {_place(p) for p, quoted in zip(case.pairs, case.quoted, strict=True) if quoted}
    return _Differing(
        np.array([[row[name] for name in names] for row in rows]),
        np.array([_place(p) in places for p in differing]),
        case.wrong,
    )


def _place(pair: Pair) -> tuple[str, Span]:
    return pair.evidence.statement.document_id, pair.evidence.figure.span


def _chosen(case: Case, scores: Sequence[float]) -> set[int]:
    """The likeliest possible pair of each quote."""
    best: dict[Any, int] = {}
    for i, possible in enumerate(case.possible):
        if possible:
            statement = case.pairs[i].evidence.statement
            key = (statement.document_id, statement.span)
            if key not in best or scores[i] > scores[best[key]]:
                best[key] = i
    return set(best.values())


def _matrix(pairs: Sequence[Pair], names: Sequence[str]) -> Floats:
    return np.array([[p.features.get(name, 0.0) for name in names] for p in pairs])


def _scored(pairs: Sequence[Pair], beta: Floats, names: Sequence[str]) -> Floats:
    if not pairs:
        return np.zeros(0)
    x = np.hstack([_matrix(pairs, names), np.ones((len(pairs), 1))])
    return np.asarray(1 / (1 + np.exp(-(x @ beta))))


def curve(every: Sequence[Case], weights: dict[str, float]) -> list[dict[str, float]]:
    """At each threshold: how many right pairs pass, and how many cases have a wrong one pass."""
    rows = []
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        right = found = wrong = 0
        for case in every:
            scores = [_with(pair, weights) for pair in case.pairs]
            chosen = _chosen(case, scores)
            right += len(chosen)
            found += sum(scores[i] >= threshold for i in chosen)
            wrong += any(
                s >= threshold and not case.possible[i] and not case.skipped[i]
                for i, s in enumerate(scores)
            )
        rows.append(
            {
                "threshold": threshold,
                "right_pairs_found": round(found / max(1, right), 4),
                "figures_with_a_wrong_pair": round(wrong / max(1, len(every)), 4),
            }
        )
    return rows


def _rescored(pair: Pair, results: dict[str, Any]) -> Pair:
    """A pair scored by the weights that were just learned."""
    return replace(
        pair,
        aligned=_with(pair, results["alignment"]["weights"]),
        score=_with(pair, results["agreement"]["weights"]),
    )


def _with(pair: Pair, weights: dict[str, float]) -> float:
    total = sum(w * pair.features.get(n, float(n == "bias")) for n, w in weights.items())
    return float(1 / (1 + np.exp(-total)))


def write(table: str, weights: dict[str, float]) -> None:
    """Put the weights into a table of the lexicon, leaving all else as it is."""
    text = LEXICON.read_text("utf-8")
    lines = "".join(f"{name} = {weight:.3f}\n" for name, weight in weights.items())
    pattern = rf"(?<=\[{table}\]\n).*?(?=\n(?:#|\[))"
    LEXICON.write_text(re.sub(pattern, lambda _: lines, text, count=1, flags=re.DOTALL), "utf-8")


def main() -> None:
    """Learn, print the weights and the curve; write them when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-record", action="store_true")
    parser.add_argument("--pairs", type=Path, help="file to keep the pairs in, or read them from")
    parser.add_argument("--readers", type=Path, nargs=2, default=(), help=READERS)
    options = parser.parse_args()
    every = cases(options.pairs, options.readers)
    tables = {"alignment": FEATURES, "agreement": (*FEATURES, *AGREEMENT)}
    results: dict[str, Any] = {}
    for table, names in tables.items():
        weights = learn(every, names)
        told = curve(every, weights)
        print(table)
        for name, weight in weights.items():
            print(f"{name:>18} {weight:+.3f}")
        for row in told:
            print(row)
        results[table] = {"weights": weights, "curve": told}
        if options.write:
            write(table, weights)
    rescored = [replace(case, pairs=[_rescored(p, results) for p in case.pairs]) for case in every]
    for table, learned in (("contest", learn_contest), ("accused", learn_accusation)):
        weights = learned(rescored)
        print(table, {name: round(weight, 2) for name, weight in weights.items()})
        results[table] = {"weights": weights}
        if options.write:
            write(table, weights)
    if not options.no_record:
        print(write_record("learn-checking", results))


if __name__ == "__main__":
    main()
