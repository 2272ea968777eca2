"""Measure what each choice of `kaoju.tokens` brings to lexical search.

    python scripts/measure_terms.py

BM25 (k1 1.2, b 0.75) over each set of passages by itself, questions in the passages' own
language, once with the terms as they are and once without each choice. Ties count half for
us and half against. Needs the shared development data; writes a record.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.record import write_record  # noqa: E402
from kaoju import tokens  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
MOST_QUESTIONS = 1500
K1, B = 1.2, 0.75
Terms = Callable[[str], list[str]]


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a file of the shared data."""
    with (SHARED / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def data(name: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Passages by key, and questions with the key of the passage that answers."""
    kind, _, language = name.partition("-")
    passages: dict[str, str] = {}
    questions: list[tuple[str, str]] = []
    if kind == "xquad":
        for row in rows("dev/xquad.passages.jsonl"):
            if row["lang"] == language:
                passages[row["group"]] = row["text"]
        for row in rows("dev/xquad.questions.jsonl"):
            if row["lang"] == language:
                questions.append((row["question"], row["group"]))
    elif kind == "written":
        for file in sorted((SHARED / "written").iterdir()):
            for row in rows(f"written/{file.name}"):
                passages[row["id"]] = row[language]
                questions += [(question, row["id"]) for question in row[f"q_{language}"]]
    else:
        for row in rows(f"dev/{name}.jsonl"):
            passages[row["passage"]] = row["passage"]
            questions.append((row["query"], row["passage"]))
    step = max(1, len(questions) // MOST_QUESTIONS)
    return passages, questions[::step]


def bm25(
    passages: dict[str, str], questions: list[tuple[str, str]], document: Terms, query: Terms
) -> dict[str, float]:
    """Recall at 1 and 10 and mean reciprocal rank."""
    vocabulary: dict[str, int] = {}
    at, columns, counts, lengths = [], [], [], []
    for number, text in enumerate(passages.values()):
        found = Counter(document(text))
        lengths.append(found.total())
        for term, count in found.items():
            at.append(number)
            columns.append(vocabulary.setdefault(term, len(vocabulary)))
            counts.append(count)
    n, frequency = len(passages), np.bincount(columns, minlength=len(vocabulary))
    idf = np.log(1 + (n - frequency + 0.5) / (frequency + 0.5))
    tf, length = np.array(counts, dtype=float), np.array(lengths, dtype=float)
    norm = K1 * (1 - B + B * length[at] / length.mean())
    weights = idf[columns] * tf * (K1 + 1) / (tf + norm)
    matrix = scipy.sparse.csc_matrix((weights, (at, columns)), shape=(n, len(vocabulary)))
    place = {key: number for number, key in enumerate(passages)}
    first = ten = reciprocal = 0.0
    for question, key in questions:
        known = [vocabulary[term] for term in query(question) if term in vocabulary]
        scores = np.asarray(matrix[:, known].sum(axis=1)).ravel() if known else np.zeros(n)
        own = scores[place[key]]
        if own <= 0:
            continue
        rank = 1 + int((scores > own).sum()) + (int((scores == own).sum()) - 1) / 2
        first += rank < 2
        ten += rank <= 10
        reciprocal += 1 / rank
    asked = len(questions)
    return {
        "recall@1": round(first / asked, 4),
        "recall@10": round(ten / asked, 4),
        "mrr": round(reciprocal / asked, 4),
    }


def configurations() -> Iterator[tuple[str, Terms, Terms]]:
    """Each choice left out in turn, the terms as they are first."""
    yield "as it is", tokens.terms, tokens.query_terms
    yield (
        "without characters",
        lambda text: tokens.terms(text, characters=False),
        lambda text: tokens.query_terms(text, characters=False),
    )
    yield "without stop words", tokens.terms, lambda text: list(dict.fromkeys(tokens.terms(text)))
    stem = tokens.stem
    tokens.stem = lambda word: word  # type: ignore[assignment]
    yield "without stems", tokens.terms, tokens.query_terms
    tokens.stem = stem
    inner = tokens._inner_words
    tokens._inner_words = lambda word: ()  # type: ignore[assignment]
    yield "without inner words", tokens.terms, tokens.query_terms
    tokens._inner_words = inner


def main() -> None:
    """Measure, print and record."""
    if not SHARED.exists():
        sys.exit("the shared development data is not here")
    names = ["cmrc", "drcd", "xquad-zh", "written-zh", "fin_news_title2text", "xquad-en"]
    sets = {name: data(name) for name in [*names, "written-en"]}
    results: dict[str, dict[str, dict[str, float]]] = {}
    for label, document, query in configurations():
        results[label] = {name: bm25(*both, document, query) for name, both in sets.items()}
        shown = "  ".join(f"{name} {r['recall@1']:.3f}" for name, r in results[label].items())
        print(f"{label:20} {shown}", flush=True)
    sizes = {name: [len(both[0]), len(both[1])] for name, both in sets.items()}
    path = write_record(
        "terms",
        results,
        k1=K1,
        b=B,
        passages_and_questions=sizes,
        analyzer=tokens.analyzer_identity(),
    )
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
