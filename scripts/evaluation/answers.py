"""Ask every gold question and count: right sentence cited, right value, declined when it should.

Three shelves: the four bundled articles, sixty short ones in both languages, and those that were
written for drafts. Beside kaoju stand two baselines on the same indexes, the best sentence of
the best passage by BM25 alone and by vectors alone; they never decline.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from evaluation.gold import SHELVES, Question, shelf
from evaluation.record import write_record
from kaoju.knowledge_base import KnowledgeBase
from kaoju.question import analyse
from kaoju.text import fold, sentences
from kaoju.tokens import query_terms, terms
from kaoju.types import Answer, Passage, Span

SPLITS = ("seen", "held_out", "unseen", "all", "blind")


def run(argv: Sequence[str]) -> int:
    """Run the evaluation; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evaluate.py answers", description=__doc__)
    parser.add_argument("--shelf", choices=sorted(SHELVES), action="append")
    parser.add_argument(
        "--show", action="store_true", help="print what went wrong (seen rows only)"
    )
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args(argv)
    results = {name: _evaluate(name, show=options.show) for name in options.shelf or SHELVES}
    for name, by_language in results.items():
        for language, by_split in by_language.items():
            for split, row in by_split.items():
                print(name, language, split, _line(row))
    if not options.no_record:
        print(write_record("answers", results, shelves=sorted(results)))
    return 0


def _line(row: dict[str, Any]) -> str:
    parts = []
    for key, value in row.items():
        if isinstance(value, list):
            right, of = value
            parts.append(f"{key} {right}/{of} ({right / of:.0%})" if of else f"{key} -")
        else:
            parts.append(f"{key} {value}")
    return "; ".join(parts)


def _evaluate(name: str, *, show: bool) -> dict[str, dict[str, dict[str, Any]]]:
    with shelf(name) as (kb, questions):
        kb.ask(questions[0].text)  # loads the encoder and the indexes
        rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for question in questions:
            row = _row(kb, question)
            for split in counted_in(question.split):
                rows[question.language, split].append(row)
            if show and question.split == "seen":
                _show(question, row)
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for language in ("zh", "en"):
        found[language] = {
            split: _summary(rows[language, split]) for split in SPLITS if rows[language, split]
        }
    return found


def counted_in(split: str) -> tuple[str, ...]:
    """The totals that a question of this split is counted in: blind ones in their own alone."""
    return (split,) if split == "blind" else (split, "all")


def _row(kb: KnowledgeBase, question: Question) -> dict[str, Any]:
    began = time.perf_counter()
    answer = kb.ask(question.text)
    elapsed = time.perf_counter() - began
    first = answer.citations[0] if answer.citations else None
    hit = answer.hits[0] if answer.hits else None
    row = {
        "answer": answer,
        "answerable": question.answerable,
        "declined": answer.abstained,
        "ms": 1000 * elapsed,
        "confidence": answer.confidence,
        "right": first is not None and question.holds(first.document_id, first.span),
        "passage": hit is not None and question.holds(hit.document_id, hit.span),
        "valued": question.answerable and question.value is not None,
        "value": question.right_value(answer.value),
    }
    if first is not None:
        passage = next(h for h in answer.hits if h.passage_id == first.passage_id)
        row["right_passage"] = question.holds(passage.document_id, passage.span)
    if question.answerable:
        for baseline, (document_id, span) in _baselines(kb, question.text).items():
            row[baseline] = question.holds(document_id, span)
    return row


def _baselines(kb: KnowledgeBase, text: str) -> dict[str, tuple[str, Span]]:
    """The best sentence of the best passage, by terms alone and by vectors alone."""
    store, indexes, encoder = kb._store, kb._open_indexes(), kb.encoder
    asked = query_terms(text)
    vector = encoder.encode_questions([text])
    found: dict[str, tuple[str, Span]] = {}
    by_terms = indexes.search_terms(asked, 1)
    by_vectors = indexes.search_vectors(vector, 1)[0]
    for baseline, ranking in (("bm25", by_terms), ("vectors", by_vectors)):
        if not ranking:
            found[baseline] = ("", Span(0, 0))
            continue
        passage: Passage = store.passages([ranking[0][0]])[ranking[0][0]]
        parts = sentences(passage.text)
        if baseline == "bm25":
            held = [set(terms(part.of(passage.text))) for part in parts]
            scores = [float(len(one.intersection(asked))) for one in held]
        else:
            vectors = encoder.encode([part.of(passage.text) for part in parts])
            scores = [float(score) for score in vectors @ vector[0]]
        best = parts[max(range(len(parts)), key=lambda i: (scores[i], -i))]
        found[baseline] = (passage.document_id, best.shift(passage.span.start))
    return found


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    answerable = [row for row in rows if row["answerable"]]
    unanswerable = [row for row in rows if not row["answerable"]]
    valued = [row for row in answerable if row["valued"]]
    return {
        "right_cited_first": [sum(r["right"] for r in answerable), len(answerable)],
        "right_passage_cited": [
            sum(r.get("right_passage", False) for r in answerable),
            len(answerable),
        ],
        "right_passage_found": [sum(r["passage"] for r in answerable), len(answerable)],
        "right_value": [sum(r["value"] for r in valued), len(valued)],
        "declined_unanswerable": [sum(r["declined"] for r in unanswerable), len(unanswerable)],
        "wrongly_declined": [sum(r["declined"] for r in answerable), len(answerable)],
        "bm25_alone": [sum(r["bm25"] for r in answerable), len(answerable)],
        "vectors_alone": [sum(r["vectors"] for r in answerable), len(answerable)],
        "median_ms": round(statistics.median(r["ms"] for r in rows), 1) if rows else None,
    }


def _show(question: Question, row: dict[str, Any]) -> None:
    answer: Answer = row["answer"]
    wrong = row["declined"] if question.answerable else not row["declined"]
    wrong = wrong or (question.answerable and not row["right"])
    if not wrong and not (row["valued"] and not row["value"]):
        return
    query = analyse(question.text)
    print(f"{question.id} {question.text} [{question.kind}->{query.wanted},{query.dimension}]")
    state = "declined" if row["declined"] else "answered"
    value = answer.value.surface if answer.value else None
    accepted = question.value["accept"][:2] if question.value else ""
    print(f"    {state} {row['confidence']:.2f} right={row['right']} value={value} of {accepted}")
    print("   ", fold(answer.text, lower=False).text.replace("\n", " | ")[:220])
