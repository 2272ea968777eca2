"""Learn how sentences are weighed as answers and when the articles are said not to answer.

    scripts/learn_answering.py [--by weights|trees|both] [--write]

Learns from the gold questions whose split is "seen"; others are never read. An answerable
question is asked again without the passages that answer it, and without the sentences alone;
both count little beside questions that somebody asked. Two logistic regressions with a ridge weigh
sentences: all of them at first sight, and the dozen read closely. Whether the best one answers is
told by a third, by gradient-boosted trees (scikit-learn; Friedman, Annals of Statistics, 2001), or
by the mean of the log odds of both. What the threshold costs is judged for each by
cross-validation, the questions on one fact always in one fold, and those on one story of the
dispatches. With --write the weights go into src/kaoju/lexicon/answering.toml, the trees of --trees
or of --by both beside it, and the curves of the threshold into a record.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.gold import SHELVES, Question, shelf  # noqa: E402
from evaluation.record import write_record  # noqa: E402
from kaoju import abstention  # noqa: E402
from kaoju.asked import Asked  # noqa: E402
from kaoju.encoder import Encoder, cores, open_encoder  # noqa: E402
from kaoju.evidence import CLOSE, Candidate, gather  # noqa: E402
from kaoju.knowledge_base import KnowledgeBase  # noqa: E402
from kaoju.question import analyse  # noqa: E402
from kaoju.scrutiny import read, scrutinise  # noqa: E402
from kaoju.search import search  # noqa: E402
from kaoju.trees import Trees  # noqa: E402
from kaoju.types import Hit, Query  # noqa: E402
from training.close_up import HALVED, STORIES, story_of  # noqa: E402
from training.forest import planted  # noqa: E402
from training.logistic import fit  # noqa: E402
from training.unseen import READERS, Readers  # noqa: E402

LEXICON = ROOT / "src" / "kaoju" / "lexicon" / "answering.toml"
FILE = LEXICON.with_name(abstention.FILE)
# fmt: off
FIRST = [
    "similarity", "coverage", "across", "names", "figures", "stated", "named", "place",
    "speaker", "cue", "absent", "rival", "article_coverage", "quoted",
]
# fmt: on
SENTENCE = [
    *FIRST,
    *["meaning", "context", "gap", "clash", "other_speaker", "focus_gap", "foreign"],
    *["before", "led", "expected", "unexpected", "unmet_here", "answers", "pointed"],
    *["role", "unroled"],
]
# fmt: off
ANSWERABLE = [
    "sentence", "own", "second", "similarity", "nearest", "outstanding", "coverage",
    "passage_coverage", "meaning", "context", "gap", "gap_second", "said", "focus_gap",
    "focus_far", "missing", "stranger", "foreign", "clash", "unstated", "unnamed", "valueless",
    "stated", "named", "cue", "place", "across", "english", "names", "speaker",
    "other_speaker", "figure_focus", "list", "definition", "reason", "statement", "expected",
    "unexpected", "unmet", "unmet_here", "unmeasured", "size", "answers", "pointed",
    "answers_best", "absent", "role", "unroled", "rival", "article_coverage", "quoted",
]
# fmt: on
WEIGHT = {"asked": 1.0, "passage": 0.05, "sentence": 0.05}
RIDGE = {"sentence": 1.0, "answerable": 30.0}
# There are many more questions on the dispatches than on all others. Learned with 320 of these, the
# weights declined 107 of the bundled articles' 118 unanswerable questions by cross-validation where
# one in twenty of the others was declined, with a fifth of their weight, and 104 with all of it.
WEIGHT_OF_SHELF = {"dispatches": 0.25}
# Trees take more from questions whose answer was taken away, which no weighted sum gets right.
WEIGHT_OF_TREES = {"asked": 1.0, "passage": 0.3, "sentence": 0.3}
SETTINGS: dict[str, Any] = {
    "max_iter": 150, "learning_rate": 0.05, "max_leaf_nodes": 6, "min_samples_leaf": 40,
    "l2_regularization": 10.0, "max_features": 0.3, "early_stopping": False,
}  # fmt: skip
FORESTS = 3  # grown alike but for chance
# Not where the reader has learned from the questions themselves, nor where nobody looks.
LEARNED_FROM = tuple(name for name in SHELVES if name not in (*STORIES, "fresh"))
READ = frozenset({"answers", "pointed", "answers_best"})  # what the reader tells
WAYS = ("weights", "trees", "both")  # to tell whether the best sentence answers
FOLDS = 5
# Of the answerable, declined by cross-validation; of the bundled articles' questions that is one in
# ten, of those that strangers wrote about other stories one in eight. At 0.08 two of three of the
# latter are declined where nothing answers, at 0.10 seven of ten.
WRONGLY = 0.10
STEP = 0.02
K = 10

Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Case:
    """A question with its candidates; ``right`` tells which of the close ones answer."""

    shelf: str
    kind: str  # asked as it is, or without the passages or sentences that answer
    question: Question
    query: Query
    asked: Asked
    gathered: list[Candidate]
    close: list[Candidate]
    story: str = ""  # of the dispatches, which it asks of

    def right(self, candidates: Sequence[Candidate]) -> list[bool]:
        """Which candidates answer: none where the answer was taken away."""
        holds = self.question.holds
        return [self.kind == "asked" and holds(c.hit.document_id, c.span) for c in candidates]

    @property
    def fold(self) -> int:
        """The fold of cross-validation; questions on one sentence or story share it."""
        evidence = self.question.evidence
        named = repr(evidence[0] if evidence else self.question.id)
        return zlib.crc32((self.story or named).encode()) % FOLDS


class Remembering:
    """An encoder that encodes no text twice: a question is asked of the same sentences thrice."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.digest, self.dimension = encoder.name, encoder.digest, encoder.dimension
        self._known: dict[tuple[bool, str], npt.NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Encode as the encoder does."""
        return self._found(texts, question=False)

    def encode_questions(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Encode questions as the encoder does."""
        return self._found(texts, question=True)

    def _found(self, texts: Sequence[str], *, question: bool) -> npt.NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._known]
        if new:
            encode = self._encoder.encode_questions if question else self._encoder.encode
            self._known.update(zip(((question, text) for text in new), encode(new), strict=True))
        return np.stack([self._known[question, text] for text in texts])


def _part(
    number: int, of: int, names: Sequence[str], folders: Sequence[Path], dense: int | None
) -> list[Case]:
    """A part of the seen questions with their candidates, as asked and with the answer away."""
    readers = Readers(folders)
    found: list[Case] = []
    encoder: Encoder | None = None
    for name in names:
        with shelf(name) as (kb, questions):
            encoder = Remembering(kb.encoder) if encoder is None else encoder
            some = [question for question in questions if question.split == "seen"]
            for question in asked_of(name, some, dense)[number::of]:
                found += _cases(kb, name, question, encoder, readers)
    return found


def asked_of(name: str, questions: Sequence[Question], dense: int | None) -> list[Question]:
    """The questions of a shelf that are learned from.

    Args:
        name: Of the shelf.
        questions: Those that may be.
        dense: Of the dispatches so many from the first are taken, and every second one after
            them; all where it is None.
    """
    if dense is None or name != HALVED:
        return list(questions)
    return [*questions[:dense], *questions[dense::2]]


def _cases(
    kb: KnowledgeBase, name: str, question: Question, encoder: Encoder, readers: Readers
) -> Iterator[Case]:
    store = kb._store
    query = analyse(question.text, known=kb._known_entities())

    def found() -> list[Hit]:
        return search(query, store=store, indexes=kb._open_indexes(), encoder=encoder, k=K + 6)

    story = ""
    if name == HALVED:  # nothing answers: the story of the nearest article
        told = [document_id for document_id, _ in question.evidence]
        told = told or [hit.document_id for hit in found()[:1]]
        story = story_of((store.document(told[0]).url or "").rpartition(":")[2]) if told else ""
    with _reading(readers, story):
        hits = found()
    asked_of = {"asked": hits[:K]}
    if question.answerable:
        rest = [h for h in hits if not question.holds(h.document_id, h.span)][:K]
        asked_of["passage"] = [replace(h, rank=i) for i, h in enumerate(rest, start=1)]
        asked_of["sentence"] = [_without(h, question) for h in hits[:K]]
    for kind, some in asked_of.items():
        asked, gathered = gather(query, some, store=store, encoder=encoder)
        if gathered:
            yield Case(name, kind, question, query, asked, gathered, [], story)


def _reading(readers: Readers, story: str) -> AbstractContextManager[None]:
    """Have kaoju read with the reader that has not seen a story, the shipped one where none is."""
    return readers.of(story) if story else nullcontext()


def _without(hit: Hit, question: Question) -> Hit:
    """A passage with the sentences that answer blanked out."""
    text = hit.text
    for document_id, span in question.evidence:
        if document_id == hit.document_id and span.overlaps(hit.span):
            start = max(0, span.start - hit.span.start)
            end = min(len(text), span.end - hit.span.start)
            text = text[:start] + " " * (end - start) + text[end:]
    return replace(hit, text=text)


def read_cases(
    keep: Path | None = None,
    names: Sequence[str] = LEARNED_FROM,
    readers: Sequence[Path] = (),
    dense: int | None = None,
) -> tuple[list[Case], dict[str, float]]:
    """The cases with their best sentences read closely, and the weights that chose these.

    Args:
        keep: A file to keep them in, and to read them from when it is there.
        names: The shelves whose questions are asked, on each core a part of them.
        readers: Folders of the two readers that have seen half of the dispatches; see
            `training.unseen`.
        dense: How many of the dispatches' questions are taken before every second one is.
    """
    if keep is not None and keep.is_file():
        kept: tuple[list[Case], dict[str, float]] = pickle.loads(keep.read_bytes())
        return kept
    parts = cores()
    with ProcessPoolExecutor(parts, mp_context=get_context("spawn")) as pool:
        alike = (parts, names, readers, dense)
        rows = pool.map(_part, range(parts), *([one] * parts for one in alike))
        dealt = list(rows)
        asked = [case for some in dealt for case in some if case.kind == "asked"]
        first = learn_sentence([(c.gathered, c.right(c.gathered)) for c in asked], FIRST)
        every = [
            case
            for some in pool.map(_read_part, dealt, [first] * parts, [readers] * parts)
            for case in some
        ]
    every.sort(key=lambda case: (case.shelf, case.question.id, case.kind))
    if keep is not None:
        keep.write_bytes(pickle.dumps((every, first)))
    return every, first


def _read_part(some: list[Case], first: dict[str, float], folders: Sequence[Path]) -> list[Case]:
    read_closely(some, first, Remembering(open_encoder()), Readers(folders))
    return some


# Fitting --------------------------------------------------------------------------------


def _matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Floats:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def learn_sentence(
    groups: Sequence[tuple[list[Candidate], list[bool]]], names: Sequence[str]
) -> dict[str, float]:
    """The weights of a sentence's features, over the questions with a right candidate.

    A conditional logit: each question's sentences compete with each other alone, since what a
    good score is differs from question to question. Weights and bias are then scaled by a
    logistic regression on the sum, so that the scores of different questions compare.
    """
    used = [
        (_matrix([c.features for c in some], names), np.array(right, dtype=np.float64))
        for some, right in groups
        if any(right)
    ]
    beta = np.zeros(len(names))
    for step_number in range(60):
        slope = RIDGE["sentence"] * beta
        curvature = RIDGE["sentence"] * np.eye(len(names))
        for x, y in used:
            p = np.exp(x @ beta - (x @ beta).max())
            p /= p.sum()
            mean = x.T @ p
            slope = slope + mean - x.T @ (p * y) / (p @ y)
            curvature = curvature + (x.T * p) @ x - np.outer(mean, mean)
        step = np.linalg.solve(curvature, slope)
        beta = beta - (step / 2 if step_number < 4 else step)
        if np.abs(step).max() < 1e-6:
            break
    sums = np.concatenate([x @ beta for x, _ in used])[:, None]
    truth = np.concatenate([y for _, y in used])
    scale, bias = fit(sums, truth, np.ones(len(truth)), 1e-3)
    return dict(zip([*names, "bias"], map(float, [*(beta * scale), bias]), strict=True))


def read_closely(
    every: Sequence[Case], first: dict[str, float], encoder: Encoder, readers: Readers
) -> None:
    """Choose and read the best dozen sentences of each question."""
    for case in every:
        scored = [replace(c, score=abstention.logistic(first, c.features)) for c in case.gathered]
        order = sorted(range(len(scored)), key=lambda at: (-scored[at].score, at))[:CLOSE]
        chosen_ones = [scored[at] for at in order]
        with _reading(readers, case.story):
            case.close = read(
                case.query, scrutinise(case.query, case.asked, chosen_ones, encoder=encoder)
            )


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: the weights of a sentence, and what tells whether the best one answers."""

    sentence: dict[str, float]
    weights: dict[str, float]
    trees: Trees

    def told(self, row: Mapping[str, float]) -> dict[str, float]:
        """The log odds that the best sentence answers, by each of `WAYS`."""
        weights = _log_odds(abstention.logistic(self.weights, row))
        trees = _log_odds(self.trees.chances(row)["True"])
        return {"weights": weights, "trees": trees, "both": (weights + trees) / 2}


def learn(every: Sequence[Case], without: frozenset[str] = frozenset()) -> Learned:
    """Learn how sentences are weighed and whether the best answers, some features left out."""
    asked = [case for case in every if case.kind == "asked"]
    names = [name for name in SENTENCE if name not in without]
    sentence = learn_sentence([(c.close, c.right(c.close)) for c in asked], names)
    names = [name for name in ANSWERABLE if name not in without]
    x = _matrix([_row(case, sentence)[0] for case in every], names)
    y = np.array([any(case.right(case.close)) for case in every])
    return Learned(
        sentence,
        _weighed(x, y, _weight(every, y, WEIGHT), names),
        grow(x, y, _weight(every, y, WEIGHT_OF_TREES), names),
    )


def _weight(every: Sequence[Case], y: npt.NDArray[np.bool_], of: Mapping[str, float]) -> Floats:
    """How much each case counts: both sides alike, and all together as often as was asked."""
    weight = np.array([of[c.kind] * WEIGHT_OF_SHELF.get(c.shelf, 1.0) for c in every])
    asked = sum(case.kind == "asked" for case in every)
    for side in (False, True):
        weight[y == side] *= asked / 2 / weight[y == side].sum()
    return weight


def _weighed(
    x: Floats, y: npt.NDArray[np.bool_], weight: Floats, names: Sequence[str]
) -> dict[str, float]:
    # The ridge is on standard scores, so that no feature's unit decides what it costs.
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    beta = fit((x - mean) / spread, y.astype(np.float64), weight, RIDGE["answerable"])
    raw = beta[:-1] / spread
    weights = [*raw, beta[-1] - float(raw @ mean)]
    return dict(zip([*names, "bias"], map(float, weights), strict=True))


def grow(x: Floats, y: npt.NDArray[np.bool_], weight: Floats, names: Sequence[str]) -> Trees:
    """Trees that tell whether the best sentence answers; their classes are False and True."""
    models = [
        HistGradientBoostingClassifier(**SETTINGS, random_state=seed).fit(
            x.astype(np.float32), y, sample_weight=weight
        )
        for seed in range(FORESTS)
    ]
    return planted(models, names)


def _row(case: Case, sentence: dict[str, float]) -> tuple[dict[str, float], Candidate]:
    scored = abstention.ranked(case.query, case.close, sentence)
    return abstention.features(case.query, case.asked, scored), scored[0]


# Judging --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """A question that somebody asked, by what was learned without it.

    Attributes:
        case: The question.
        right: Whether the best sentence is one that answers.
        told: The log odds that it does, by each of `WAYS`.
    """

    case: Case
    right: bool
    told: dict[str, float]


def cross_validated(every: Sequence[Case], without: frozenset[str] = frozenset()) -> list[Judged]:
    """The questions that were asked, each by weights and trees that were learned without it."""
    found: list[Judged] = []
    for fold in range(FOLDS):
        learned = learn([c for c in every if c.fold != fold], without)
        for case in every:
            if case.fold == fold and case.kind == "asked":
                row, best = _row(case, learned.sentence)
                right = case.question.holds(best.hit.document_id, best.hit.span)
                found.append(Judged(case, right, learned.told(row)))
    return found


def calibration(judged: Sequence[Judged], by: str) -> tuple[float, float]:
    """What log odds are multiplied by, and what is added, so that they can be taken at their word.

    By a logistic regression on questions that nothing was learned from, those that the articles
    answer and the others counted alike (Platt, Advances in Large Margin Classifiers, 2000).
    """
    x = np.array([[one.told[by]] for one in judged])
    y = np.array([float(any(one.case.right(one.case.close))) for one in judged])
    weight = np.where(y > 0, len(y) / 2 / y.sum(), len(y) / 2 / (1 - y).sum())
    scale, bias = fit(x, y, weight, 1e-3)
    return float(scale), float(bias)


def calibrated(learned: Learned, scale: float, bias: float) -> Learned:
    """What was learned with its log odds scaled and moved."""
    weights = {name: scale * weight for name, weight in learned.weights.items()}
    weights["bias"] += bias
    base = scale * learned.trees.base + np.array([0.0, bias])
    value = (scale * learned.trees.value).astype(np.float32)
    trees = replace(learned.trees, value=value, base=base)
    return replace(learned, weights=weights, trees=trees)


def moved(judged: Sequence[Judged], scales: Mapping[str, tuple[float, float]]) -> list[Judged]:
    """The questions with log odds scaled and moved as `calibration` has it of each way."""
    return [
        replace(one, told={by: scales[by][0] * t + scales[by][1] for by, t in one.told.items()})
        for one in judged
    ]


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(share / (1 - share))


def _chance(log_odds: float) -> float:
    return abstention.logistic({"bias": log_odds}, {})


def curve(judged: Sequence[Judged], by: str) -> list[dict[str, float]]:
    """What each threshold cites and declines by one of `WAYS`."""
    return [_at(judged, by, float(at)) for at in np.arange(0.1, 0.91, STEP)]


def _at(judged: Sequence[Judged], by: str, threshold: float) -> dict[str, float]:
    row = {"threshold": threshold}
    for language in ("zh", "en"):
        some = [one for one in judged if one.case.question.language == language]
        yes = [(j.right, _chance(j.told[by])) for j in some if j.case.question.answerable]
        no = [_chance(one.told[by]) for one in some if not one.case.question.answerable]
        row[f"{language}_cited"] = _share(right and s >= threshold for right, s in yes)
        row[f"{language}_wrongly_declined"] = _share(s < threshold for _, s in yes)
        row[f"{language}_declined"] = _share(s < threshold for s in no)
    return {key: round(value, 3) for key, value in row.items()}


def _share(truths: Iterable[bool]) -> float:
    every = list(truths)
    return sum(every) / len(every) if every else 0.0


def by_shelf(judged: Sequence[Judged], by: str, threshold: float) -> dict[str, dict[str, float]]:
    """What a threshold cites and declines on each shelf."""
    return {
        name: _at([one for one in judged if one.case.shelf == name], by, threshold)
        for name in sorted({one.case.shelf for one in judged})
    }


def chosen(curve: Sequence[dict[str, float]]) -> dict[str, float]:
    """The highest threshold that declines little of what the articles answer."""
    kept = [
        row
        for row in curve
        if (row["zh_wrongly_declined"] + row["en_wrongly_declined"]) / 2 <= WRONGLY
    ]
    return kept[-1] if kept else curve[0]


def _section(text: str, name: str, weights: dict[str, float], extra: str = "") -> str:
    names = sorted(weights, key=lambda key: key != "bias")
    lines = [f"{key} = {weights[key]:.3f}" for key in names]
    body = f"[{name}]\n" + "\n".join(lines) + f"\n{extra}\n"
    return re.sub(rf"\[{name}\]\n(?:[^\[\n].*\n|\n(?!\[|#))*\n?", lambda _: body, text)


def main() -> int:
    """Learn, print, and write where asked; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--by", choices=WAYS, default="weights", help="what --write writes")
    parser.add_argument(
        "--trees", action="store_const", const="trees", dest="by", help="the same as --by trees"
    )
    parser.add_argument("--no-record", action="store_true")
    parser.add_argument("--cases", type=Path, help="file to keep what was read in, or read it from")
    parser.add_argument("--shelf", choices=LEARNED_FROM, action="append", help="to learn from")
    parser.add_argument("--readers", type=Path, nargs=2, default=(), metavar="FOLDER", help=READERS)
    parser.add_argument(
        "--dense", type=int, help="questions of the dispatches before every second one is taken"
    )
    options = parser.parse_args()
    names = options.shelf or LEARNED_FROM
    every, first = read_cases(options.cases, names, options.readers, options.dense)
    judged = cross_validated(every)
    scales = {by: calibration(judged, by) for by in WAYS}
    judged = moved(judged, scales)
    curves = {by: curve(judged, by) for by in WAYS}
    best = {by: chosen(rows) for by, rows in curves.items()}
    shelves = {by: by_shelf(judged, by, row["threshold"]) for by, row in best.items()}
    unread = curve(cross_validated(every, READ), "weights")
    learned = calibrated(learn(every), *scales[options.by])
    print(json.dumps(curves, indent=1))
    told = {"answerable": learned.weights, "best": best, "shelves": shelves}
    told["without reader"] = chosen(unread)
    print(json.dumps(told, indent=1))
    if options.write:
        extra = f"threshold = {best[options.by]['threshold']}\n"
        text = LEXICON.read_text("utf-8")
        text = _section(text, "first", first)
        text = _section(text, "sentence", learned.sentence)
        weights = {} if options.by == "trees" else learned.weights
        text = _section(text, "answerable", weights, extra)
        LEXICON.write_text(text, "utf-8")
        FILE.unlink(missing_ok=True)
        if options.by != "weights":
            learned.trees.write(FILE)
    if not options.no_record:
        settings = {"ridge": RIDGE, "weight": WEIGHT, "folds": FOLDS, "cases": len(every)}
        settings |= {"trees": SETTINGS, "weight_of_trees": WEIGHT_OF_TREES, "by": options.by}
        settings |= {"weight_of_shelf": WEIGHT_OF_SHELF}
        results = {
            "sentence": learned.sentence,
            "answerable": learned.weights,
            "calibration": scales,
            "curve": curves["weights"],
            "curve_of_trees": curves["trees"],
            "curve_of_both": curves["both"],
            "shelves": shelves,
            "curve_without_reader": unread,
        }
        print(write_record("learn-answering", results, **settings))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
