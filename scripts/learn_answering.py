"""Learn how sentences are weighed as answers and when the articles are said not to answer.

    scripts/learn_answering.py [--write]

Learns from the gold questions whose split is "seen", and from a seventh of the development
questions of XQuAD where they are at hand; held-out rows are never read. An answerable question
is asked a second time with the passages that answer it taken away. Two logistic regressions
with a ridge: one over the sentences of answerable questions, one over the best sentence of
every question. With --write the weights go into src/kaoju/lexicon/answering.toml; the curve of
the threshold goes into a record.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.gold import SHELVES, shelf  # noqa: E402
from evaluation.record import write_record  # noqa: E402
from kaoju import abstention  # noqa: E402
from kaoju.evidence import Asked, Candidate, candidates  # noqa: E402
from kaoju.knowledge_base import KnowledgeBase  # noqa: E402
from kaoju.question import analyse  # noqa: E402
from kaoju.search import search  # noqa: E402
from kaoju.types import Document, Filters, Hit, Language, Query, Span  # noqa: E402

XQUAD = ROOT.parent / "shared" / "data" / "dev"
LEXICON = ROOT / "src" / "kaoju" / "lexicon" / "answering.toml"
SENTENCE = [
    "similarity",
    "coverage",
    "across",
    "names",
    "figures",
    "stated",
    "named",
    "place",
    "speaker",
    "cue",
]
ANSWERABLE = [
    "sentence",
    "own",
    "similarity",
    "coverage",
    "passage_coverage",
    "across",
    "missing",
    "stranger",
    "unstated",
    "unnamed",
    "valueless",
    "english",
]
# A gold question counts as much as ten of XQuAD, which asks for names and dates in
# encyclopaedic prose; a question whose answer was taken away half as much as one as asked.
WEIGHT = {"corpus": 1.0, "written": 1.0, "xquad": 0.1}
REMOVED = 0.5
RIDGE = 0.5
K = 10

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its candidates, and which of them are right."""

    source: str
    language: str
    answerable: bool
    removed: bool
    query: Query
    asked: Asked
    candidates: list[Candidate]
    right: list[bool]

    @property
    def weight(self) -> float:
        """How much the question counts."""
        return WEIGHT[self.source] * (REMOVED if self.removed else 1.0)


def _cases(
    kb: KnowledgeBase, source: str, language: str, query: Query, answerable: bool, holds: Any
) -> Iterator[Case]:
    store, encoder = kb._store, kb.encoder
    hits = search(query, store=store, indexes=kb._open_indexes(), encoder=encoder, k=K + 4)
    kept: list[tuple[bool, list[Hit]]] = [(False, hits[:K])]
    if answerable:
        rest = [h for h in hits if not holds(h.document_id, h.span)]
        kept.append((True, [replace(h, rank=i) for i, h in enumerate(rest[:K], start=1)]))
    for removed, some in kept:
        asked, found = candidates(query, some, store=store, encoder=encoder)
        if found:
            right = [not removed and holds(c.hit.document_id, c.span) for c in found]
            yield Case(
                source, language, answerable and not removed, removed, query, asked, found, right
            )


def _gold() -> Iterator[Case]:
    for name in SHELVES:
        with shelf(name) as (kb, questions):
            for question in questions:
                if question.split == "seen":
                    query = analyse(question.text, known=kb._known_entities())
                    yield from _cases(
                        kb, name, question.language, query, question.answerable, question.holds
                    )


def _xquad() -> Iterator[Case]:
    passages = [json.loads(line) for line in _lines(XQUAD / "xquad.passages.jsonl")]
    rows = [json.loads(line) for line in _lines(XQUAD / "xquad.questions.jsonl")]
    answers: dict[str, list[tuple[str, Span]]] = {}
    for row in rows:
        span = Span(row["answer_start"], row["answer_start"] + max(1, len(row["answer"])))
        place = (f"{row['group']}-{row['lang']}", span)
        answers.setdefault(row["id"].rsplit("-", 1)[0], []).append(place)
    with TemporaryDirectory(prefix="kaoju-xquad-") as folder, KnowledgeBase.open(folder) as kb:
        kb.add_documents(
            Document(
                id=p["id"],
                version="1",
                text=p["text"],
                title=f"Article {p['group'].split('-')[0]}",
                source=f"xquad/{p['id']}",
                media_type="text/plain",
                language=Language(p["lang"]),
            )
            for p in passages
        )
        for row in rows[::7]:
            places = answers[row["id"].rsplit("-", 1)[0]]

            def holds(document_id: str, span: Span, places: Any = places) -> bool:
                return any(document_id == d and s.overlaps(span) for d, s in places)

            other = Language.EN if row["lang"] == "zh" else Language.ZH
            for filters in (Filters(), Filters(language=other)):
                query = analyse(row["question"], known=kb._known_entities(), filters=filters)
                yield from _cases(kb, "xquad", row["lang"], query, True, holds)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


# Fitting --------------------------------------------------------------------------------


def fit(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Weights of a logistic regression with a ridge, the bias last; Newton's method."""
    x = np.hstack([x, np.ones((len(x), 1))])
    ridge = np.eye(x.shape[1]) * RIDGE
    ridge[-1, -1] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (weight * (p - y)) + ridge @ beta
        step = np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + ridge, slope)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def _matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Floats:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def learn_sentence(cases: Sequence[Case]) -> dict[str, float]:
    """The weights of a sentence's features, over the questions with a right candidate."""
    used = [case for case in cases if any(case.right)]
    x = _matrix([c.features for case in used for c in case.candidates], SENTENCE)
    y = np.array([float(r) for case in used for r in case.right])
    weight = np.array([case.weight * _less(case) for case in used for _ in case.candidates])
    beta = fit(x, y, weight)
    return dict(zip([*SENTENCE, "bias"], beta, strict=True))


def _less(case: Case) -> float:
    """XQuAD tells less of which sentence answers: half of its values are no figure we read."""
    return 0.3 if case.source == "xquad" else 1.0


def learn_answerable(
    cases: Sequence[Case], sentence: dict[str, float]
) -> tuple[dict[str, float], list[dict[str, float]]]:
    """The weights of the best sentence's features, and the curve of the threshold."""
    rows, y = [], []
    for case in cases:
        scored = [
            replace(c, score=abstention.logistic(sentence, c.features)) for c in case.candidates
        ]
        order = sorted(range(len(scored)), key=lambda i: -scored[i].score)
        rows.append(abstention.features(case.query, case.asked, [scored[i] for i in order]))
        y.append(float(any(case.right)))
    truth = np.array(y)
    weight = np.array([case.weight for case in cases])
    for side in (0.0, 1.0):  # both sides count alike
        weight[truth == side] /= weight[truth == side].sum() / len(cases) * 2
    beta = fit(_matrix(rows, ANSWERABLE), truth, weight)
    weights = dict(zip([*ANSWERABLE, "bias"], beta, strict=True))
    sure = np.array([abstention.logistic(weights, row) for row in rows])
    gold = np.array([case.source != "xquad" and not case.removed for case in cases])
    curve = []
    for threshold in np.arange(0.05, 0.96, 0.05):
        row = {"threshold": round(float(threshold), 2)}
        for name, some in (("all", np.ones_like(gold)), ("gold", gold)):
            row[f"{name}_wrongly_declined"] = float((sure[some & (truth == 1)] < threshold).mean())
            row[f"{name}_declined"] = float((sure[some & (truth == 0)] < threshold).mean())
        curve.append({key: round(value, 3) for key, value in row.items()})
    return weights, curve


def _loss(row: dict[str, float]) -> float:
    return sum(
        2 * row[f"{some}_wrongly_declined"] - row[f"{some}_declined"] for some in ("gold", "all")
    )


def _section(text: str, name: str, weights: dict[str, float], extra: str = "") -> str:
    lines = [
        f"{key} = {weights[key]:.3f}" for key in ("bias", *(k for k in weights if k != "bias"))
    ]
    body = f"[{name}]\n" + "\n".join(lines) + f"\n{extra}"
    return re.sub(rf"\[{name}\]\n(?:[^\[\n].*\n|\n(?!\[))*", lambda _: body, text)


def main() -> int:
    """Learn, print, and write where asked; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cases = list(_gold())
    if (XQUAD / "xquad.questions.jsonl").exists():
        cases += list(_xquad())
    else:
        print("no XQuAD development questions at hand: gold questions alone", file=sys.stderr)
    sentence = learn_sentence(cases)
    answerable, curve = learn_answerable(cases, sentence)
    # To decline what the articles answer counts twice: the reader is left without. The few
    # unanswerable gold questions alone would make a jagged choice.
    best = min(curve, key=_loss)
    print(json.dumps({"sentence": sentence, "answerable": answerable, "best": best}, indent=1))
    if options.write:
        text = LEXICON.read_text("utf-8")
        text = _section(text, "sentence", sentence, "\n")
        text = _section(text, "answerable", answerable, f"threshold = {best['threshold']}\n")
        LEXICON.write_text(text, "utf-8")
        settings = {"ridge": RIDGE, "weight": WEIGHT, "removed": REMOVED, "cases": len(cases)}
        results = {"sentence": sentence, "answerable": answerable, "curve": curve}
        print(write_record("learn-answering", results, **settings))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
