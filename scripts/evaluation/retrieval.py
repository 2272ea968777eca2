"""Search passages by questions in both languages: terms, vectors and their fusions side by side.

    python scripts/evaluate.py retrieval [--data xquad written cmrc drcd] [--among N] ...

Every set of passages goes into one index with both languages in it. A direction such as en-zh
asks English questions of the Chinese passages (a language filter), ``mixed`` asks them of all:
either copy of a passage counts, and how often the copy in the other language is among ten is
told apart. The systems of one run share index, questions and filters.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.record import ROOT, digest, write_record
from kaoju.encoder import Encoder, open_encoder
from kaoju.fusion import reciprocal_rank_fusion, standard_score_fusion
from kaoju.index import Indexes, IndexRow, open_indexes
from kaoju.metrics import ndcg_at, recall_at, reciprocal_rank
from kaoju.search import join
from kaoju.tokens import analyzer_identity, query_terms, terms

SHARED = ROOT.parent / "shared" / "data"
DEPTH = 100
Ranking = list[tuple[int, float]]
Rankings = Mapping[str, Ranking]


@dataclass(frozen=True, slots=True)
class Text:
    """A passage or a question; those of one group belong together in either language."""

    group: str
    language: str
    text: str
    title: str = ""


def _lines(*names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        opened = lzma.open if name.endswith(".xz") else open
        with opened(SHARED / name, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _xquad() -> tuple[list[Text], list[Text]]:
    passages = [
        Text(row["group"], row["lang"], row["text"]) for row in _lines("dev/xquad.passages.jsonl")
    ]
    return passages, [
        Text(row["group"], row["lang"], row["question"])
        for row in _lines("dev/xquad.questions.jsonl")
    ]


def _written() -> tuple[list[Text], list[Text]]:
    rows = list(_lines(*(f"written/{path.name}" for path in sorted(SHARED.glob("written/*")))))
    languages = ("zh", "en")
    return [Text(row["id"], lang, row[lang]) for row in rows for lang in languages], [
        Text(row["id"], lang, question)
        for row in rows
        for lang in languages
        for question in row[f"q_{lang}"]
    ]


def _reading(name: str) -> tuple[list[Text], list[Text]]:
    rows = list(_lines(f"dev/{name}.jsonl"))
    passages = {row["passage"]: Text(row["passage"], "zh", row["passage"]) for row in rows}
    return list(passages.values()), [Text(row["passage"], "zh", row["query"]) for row in rows]


SETS: dict[str, Callable[[], tuple[list[Text], list[Text]]]] = {
    "xquad": _xquad,
    "written": _written,
    "cmrc": lambda: _reading("cmrc"),
    "drcd": lambda: _reading("drcd"),
}


def _best(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))


# "joined" is how kaoju searches, without the names and figures of a whole shelf.
SYSTEMS: dict[str, Callable[[Rankings], Sequence[int]]] = {
    "terms": lambda r: [number for number, _ in r["terms"]],
    "vectors": lambda r: [number for number, _ in r["vectors"]],
    "reciprocal ranks": lambda r: [hit.number for hit in reciprocal_rank_fusion(r)],
    "joined": lambda r: _best(join(r)),
    "standard scores": lambda r: [hit.number for hit in standard_score_fusion(r)],
}


def run(argv: Sequence[str]) -> int:
    """Run the evaluation; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evaluate.py retrieval", description=__doc__)
    parser.add_argument("--data", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--among", type=int, default=0, help="other passages in the index")
    parser.add_argument("--questions", type=int, default=1500, help="most asked of a set")
    parser.add_argument("--encoder", default=None, help="a model by name or path")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args(argv)
    if not SHARED.is_dir():
        print(f"no development data at {SHARED}")
        return 1
    encoder = open_encoder(options.encoder)
    others = _others(options.among)
    results = {}
    for name in options.data:
        results[name] = _evaluate(name, encoder, others, options.questions, options.seed)
        _print(name, results[name])
    if not options.no_record:
        path = write_record(
            "retrieval",
            results,
            encoder={"name": encoder.name, "digest": encoder.digest},
            analyzer=analyzer_identity(),
            data={name: digest(SHARED / name) for name in ("dev", "written")},
            among=len(others),
            questions=options.questions,
            seed=options.seed,
            depth=DEPTH,
            load_average=os.getloadavg(),
        )
        print(path)
    return 0


def _others(count: int) -> list[Text]:
    """The first so many passages of each source in turn, which answer nothing."""
    names = [f"passages/{path.name}" for path in sorted(SHARED.glob("passages/*.xz"))]
    share = -(-count // max(1, len(names)))
    found = []
    for name in names:
        for at, row in enumerate(_lines(name)):
            if at == share:
                break
            found.append(Text("", "zh", row.get("text") or row["passage"]))
    return found[:count]


def _evaluate(
    name: str, encoder: Encoder, others: Sequence[Text], most: int, seed: int
) -> dict[str, Any]:
    passages, questions = SETS[name]()
    order = np.random.default_rng(seed).permutation(len(questions))[:most]
    chosen = [questions[at] for at in sorted(order)]
    timings: dict[str, list[float]] = defaultdict(list)
    runs: dict[str, dict[str, list[dict[str, float]]]] = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        held = [*passages, *others]
        indexes = _index(Path(folder), held, encoder, timings)
        targets = sorted({passage.language for passage in passages})
        allowed = {
            language: {n for n, passage in enumerate(held, 1) if passage.language == language}
            for language in targets
        }
        for question in chosen:
            vector = _timed(timings, "encode", encoder.encode_questions, [question.text])
            asked = _timed(timings, "analyse", query_terms, question.text)
            for target in [*targets, "mixed"] if len(targets) > 1 else targets:
                allow = allowed[target] if target != "mixed" and len(targets) > 1 else None
                near = _timed(timings, "vectors", indexes.search_vectors, vector, DEPTH, allow)
                matching = _timed(timings, "terms", indexes.search_terms, asked, DEPTH, allow)
                for system, fuse in SYSTEMS.items():
                    fused = fuse({"vectors": near[0], "terms": matching})[:DEPTH]
                    runs[f"{question.language}-{target}"][system].append(
                        _scores(
                            question,
                            [held[number - 1] for number in fused],
                            mixed=target == "mixed",
                        )
                    )
        indexes.close()
    return {
        "passages": len(passages),
        "others": len(others),
        "questions": len(chosen),
        "milliseconds": {step: _quantiles(spent) for step, spent in sorted(timings.items())},
        "directions": {
            direction: {system: _mean(rows, seed) for system, rows in by_system.items()}
            for direction, by_system in sorted(runs.items())
        },
    }


def _index(
    folder: Path, held: Sequence[Text], encoder: Encoder, timings: dict[str, list[float]]
) -> Indexes:
    indexes = open_indexes(
        folder / "indexes",
        encoder_name=encoder.name,
        encoder_digest=encoder.digest,
        dimension=encoder.dimension,
        analyzer=analyzer_identity(),
    )
    for at in range(0, len(held), 512):
        some = held[at : at + 512]
        began = time.perf_counter()
        vectors = encoder.encode([passage.text for passage in some])
        timings["encode a passage"].append((time.perf_counter() - began) / len(some))
        indexes.apply(
            [
                IndexRow(at + place, vector, terms(passage.text))
                for place, (passage, vector) in enumerate(zip(some, vectors, strict=True), 1)
            ]
        )
    return indexes


def _scores(question: Text, ranked: Sequence[Text], *, mixed: bool) -> dict[str, float]:
    """The measures of one ranking; the first copy of a group counts, later ones nothing."""
    groups = [passage.group for passage in ranked]
    wanted = {question.group}
    scores = {
        "ndcg@10": ndcg_at(groups, wanted, 10),
        "recall@1": recall_at(groups, wanted, 1),
        "recall@10": recall_at(groups, wanted, 10),
        "recall@100": recall_at(groups, wanted, 100),
        "mrr": reciprocal_rank(groups, wanted, DEPTH),
    }
    if mixed:
        scores["other language@10"] = float(
            any(p.group == question.group and p.language != question.language for p in ranked[:10])
        )
    return scores


def _mean(rows: Sequence[Mapping[str, float]], seed: int) -> dict[str, Any]:
    """Means over questions, with the 95 % interval of 1,000 bootstrap samples."""
    found: dict[str, Any] = {}
    sampler = np.random.default_rng(seed)
    samples = sampler.integers(0, len(rows), size=(1000, len(rows)))
    for measure in rows[0]:
        values = np.array([row[measure] for row in rows])
        low, high = np.quantile(values[samples].mean(axis=1), [0.025, 0.975])
        found[measure] = [round(float(x), 4) for x in (values.mean(), low, high)]
    return found


def _timed(
    timings: dict[str, list[float]], step: str, call: Callable[..., Any], *arguments: object
) -> Any:
    began = time.perf_counter()
    result = call(*arguments)
    timings[step].append(time.perf_counter() - began)
    return result


def _quantiles(spent: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.quantile(spent, [0.5, 0.95])
    return {"p50": round(float(p50) * 1000, 3), "p95": round(float(p95) * 1000, 3)}


def _print(name: str, found: Mapping[str, Any]) -> None:
    print(
        f"{name}: {found['questions']} questions, {found['passages']} passages among"
        f" {found['others']} others; milliseconds: {found['milliseconds']}"
    )
    for direction, by_system in found["directions"].items():
        for system, measures in by_system.items():
            line = "  ".join(f"{measure} {values[0]:.3f}" for measure, values in measures.items())
            print(f"  {direction:9} {system:17} {line}")
