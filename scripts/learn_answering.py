"""Learn how sentences are weighed as answers and when the articles are said not to answer.

    scripts/learn_answering.py [--write]

Learns from the gold questions whose split is "seen"; others are never read. An answerable
question is asked again without the passages that answer it, and without the sentences alone;
both count little beside questions that somebody asked. Three logistic regressions with a
ridge: over all sentences at first sight, over the dozen read closely, and over the best
sentence of every question. What the threshold costs is judged by cross-validation, the
questions on one fact always in one fold. With --write the weights go into
src/kaoju/lexicon/answering.toml and the curve of the threshold into a record.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.gold import SHELVES, Question, shelf  # noqa: E402
from evaluation.record import write_record  # noqa: E402
from kaoju import abstention  # noqa: E402
from kaoju.asked import Asked  # noqa: E402
from kaoju.encoder import Encoder  # noqa: E402
from kaoju.evidence import CLOSE, Candidate, gather  # noqa: E402
from kaoju.knowledge_base import KnowledgeBase  # noqa: E402
from kaoju.question import analyse  # noqa: E402
from kaoju.scrutiny import read, scrutinise  # noqa: E402
from kaoju.search import search  # noqa: E402
from kaoju.types import Hit, Query  # noqa: E402
from training.close_up import STORIES  # noqa: E402
from training.logistic import fit  # noqa: E402

LEXICON = ROOT / "src" / "kaoju" / "lexicon" / "answering.toml"
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
RIDGE = {"sentence": 1.0, "answerable": 10.0}
# Not where the reader has learned from the questions themselves, nor where nobody looks.
LEARNED_FROM = tuple(name for name in SHELVES if name not in (*STORIES, "fresh"))
READ = frozenset({"answers", "pointed", "answers_best"})  # what the reader tells
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

    def right(self, candidates: Sequence[Candidate]) -> list[bool]:
        """Which candidates answer: none where the answer was taken away."""
        holds = self.question.holds
        return [self.kind == "asked" and holds(c.hit.document_id, c.span) for c in candidates]

    @property
    def fold(self) -> int:
        """The fold of cross-validation; questions on one sentence share it."""
        evidence = self.question.evidence
        return zlib.crc32(repr(evidence[0] if evidence else self.question.id).encode()) % FOLDS


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


def cases() -> tuple[list[Case], Encoder]:
    """Every seen question with its candidates, as asked and with its answer taken away."""
    found: list[Case] = []
    encoder: Encoder | None = None
    for name in LEARNED_FROM:
        with shelf(name) as (kb, questions):
            encoder = Remembering(kb.encoder) if encoder is None else encoder
            for question in questions:
                if question.split == "seen":
                    found += _cases(kb, name, question, encoder)
    assert encoder is not None
    return found, encoder


def _cases(kb: KnowledgeBase, name: str, question: Question, encoder: Encoder) -> Iterator[Case]:
    store = kb._store
    query = analyse(question.text, known=kb._known_entities())
    hits = search(query, store=store, indexes=kb._open_indexes(), encoder=encoder, k=K + 6)
    asked_of = {"asked": hits[:K]}
    if question.answerable:
        rest = [h for h in hits if not question.holds(h.document_id, h.span)][:K]
        asked_of["passage"] = [replace(h, rank=i) for i, h in enumerate(rest, start=1)]
        asked_of["sentence"] = [_without(h, question) for h in hits[:K]]
    for kind, some in asked_of.items():
        asked, gathered = gather(query, some, store=store, encoder=encoder)
        if gathered:
            yield Case(name, kind, question, query, asked, gathered, [])


def _without(hit: Hit, question: Question) -> Hit:
    """A passage with the sentences that answer blanked out."""
    text = hit.text
    for document_id, span in question.evidence:
        if document_id == hit.document_id and span.overlaps(hit.span):
            start = max(0, span.start - hit.span.start)
            end = min(len(text), span.end - hit.span.start)
            text = text[:start] + " " * (end - start) + text[end:]
    return replace(hit, text=text)


def read_cases(keep: Path | None = None) -> tuple[list[Case], dict[str, float]]:
    """The cases with their best sentences read closely, and the weights that chose these.

    Args:
        keep: A file to keep them in, and to read them from when it is there.
    """
    if keep is not None and keep.is_file():
        kept: tuple[list[Case], dict[str, float]] = pickle.loads(keep.read_bytes())
        return kept
    every, encoder = cases()
    asked = [case for case in every if case.kind == "asked"]
    first = learn_sentence([(c.gathered, c.right(c.gathered)) for c in asked], FIRST)
    read_closely(every, first, encoder)
    if keep is not None:
        keep.write_bytes(pickle.dumps((every, first)))
    return every, first


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


def read_closely(every: Sequence[Case], first: dict[str, float], encoder: Encoder) -> None:
    """Choose and read the best dozen sentences of each question."""
    for case in every:
        scored = [replace(c, score=abstention.logistic(first, c.features)) for c in case.gathered]
        order = sorted(range(len(scored)), key=lambda at: (-scored[at].score, at))[:CLOSE]
        chosen_ones = [scored[at] for at in order]
        case.close = read(
            case.query, scrutinise(case.query, case.asked, chosen_ones, encoder=encoder)
        )


def learn_both(
    every: Sequence[Case], without: frozenset[str] = frozenset()
) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of sentences read closely and of the best sentence, some features left out."""
    asked = [case for case in every if case.kind == "asked"]
    names = [name for name in SENTENCE if name not in without]
    sentence = learn_sentence([(c.close, c.right(c.close)) for c in asked], names)
    names = [name for name in ANSWERABLE if name not in without]
    x = _matrix([_row(case, sentence)[0] for case in every], names)
    y = np.array([float(any(case.right(case.close))) for case in every])
    weight = np.array([WEIGHT[case.kind] for case in every])
    for side in (0.0, 1.0):  # both sides count alike
        weight[y == side] *= len(every) / 2 / weight[y == side].sum()
    # The ridge is on standard scores, so that no feature's unit decides what it costs.
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    beta = fit((x - mean) / spread, y, weight * len(asked) / len(every), RIDGE["answerable"])
    raw = beta[:-1] / spread
    weights = [*raw, beta[-1] - float(raw @ mean)]
    return sentence, dict(zip([*names, "bias"], map(float, weights), strict=True))


def _row(case: Case, sentence: dict[str, float]) -> tuple[dict[str, float], Candidate]:
    scored = abstention.ranked(case.query, case.close, sentence)
    return abstention.features(case.query, case.asked, scored), scored[0]


# Judging --------------------------------------------------------------------------------


def cross_validated(
    every: Sequence[Case], without: frozenset[str] = frozenset()
) -> list[dict[str, float]]:
    """The curve of the threshold over questions that their weights were not learned from."""
    sure: list[tuple[Case, bool, float]] = []
    for fold in range(FOLDS):
        sentence, answerable = learn_both([c for c in every if c.fold != fold], without)
        for case in every:
            if case.fold == fold and case.kind == "asked":
                row, best = _row(case, sentence)
                right = case.question.holds(best.hit.document_id, best.hit.span)
                sure.append((case, right, abstention.logistic(answerable, row)))
    curve = []
    for threshold in np.arange(0.1, 0.91, STEP):
        row = {"threshold": round(float(threshold), 2)}
        for language in ("zh", "en"):
            some = [entry for entry in sure if entry[0].question.language == language]
            yes = [(right, s) for case, right, s in some if case.question.answerable]
            no = [s for case, _, s in some if not case.question.answerable]
            row[f"{language}_cited"] = sum(r and s >= threshold for r, s in yes) / len(yes)
            row[f"{language}_wrongly_declined"] = sum(s < threshold for _, s in yes) / len(yes)
            row[f"{language}_declined"] = sum(s < threshold for s in no) / len(no)
        curve.append({key: round(float(value), 3) for key, value in row.items()})
    return curve


def chosen(curve: Sequence[dict[str, float]]) -> dict[str, float]:
    """The highest threshold that declines little of what the articles answer."""
    kept = [
        row
        for row in curve
        if (row["zh_wrongly_declined"] + row["en_wrongly_declined"]) / 2 <= WRONGLY
    ]
    return kept[-1] if kept else curve[0]


def _section(text: str, name: str, weights: dict[str, float], extra: str = "") -> str:
    lines = [
        f"{key} = {weights[key]:.3f}" for key in ("bias", *(k for k in weights if k != "bias"))
    ]
    body = f"[{name}]\n" + "\n".join(lines) + f"\n{extra}\n"
    return re.sub(rf"\[{name}\]\n(?:[^\[\n].*\n|\n(?!\[|#))*\n?", lambda _: body, text)


def main() -> int:
    """Learn, print, and write where asked; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cases", type=Path, help="file to keep what was read in, or read it from")
    options = parser.parse_args()
    every, first = read_cases(options.cases)
    sentence, answerable = learn_both(every)
    curve = cross_validated(every)
    unread = cross_validated(every, READ)
    best = chosen(curve)
    print(json.dumps(curve, indent=1))
    told = {"answerable": answerable, "best": best, "without reader": chosen(unread)}
    print(json.dumps(told, indent=1))
    if options.write:
        text = LEXICON.read_text("utf-8")
        text = _section(text, "first", first)
        text = _section(text, "sentence", sentence)
        text = _section(text, "answerable", answerable, f"threshold = {best['threshold']}\n")
        LEXICON.write_text(text, "utf-8")
        settings = {"ridge": RIDGE, "weight": WEIGHT, "folds": FOLDS, "cases": len(every)}
        results = {
            "sentence": sentence,
            "answerable": answerable,
            "curve": curve,
            "curve_without_reader": unread,
        }
        print(write_record("learn-answering", results, **settings))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
