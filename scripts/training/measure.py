"""Retrieval by vectors alone, on development questions: a model beside its baseline.

    python scripts/training/measure.py FOLDER ... --shared SHARED [--distractors 10000] [--out F]

Each FOLDER is anything that `Searcher` opens: a sentence-transformers folder with full weights
or one that scripts/export_encoder.py wrote. Texts are folded and cut at 256 tokens, passages
encoded without their titles.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kaoju.encoder import CARD_FILE, OnnxEncoder, readable_text
from training.model import ROOT, TextEncoder, load_encoder
from training.pairs import held_out, written_passages

Array = Any
DIRECTIONS = (("en", "zh"), ("zh", "zh"), ("zh", "en"), ("en", "en"))


@dataclass(frozen=True)
class Task:
    """Questions with their passages.

    Attributes:
        questions: (language, text, group that answers it).
        passages: (language, text, group).
    """

    name: str
    questions: list[tuple[str, str, str]]
    passages: list[tuple[str, str, str]]


class Searcher:
    """A model that encodes folded texts, whatever its folder holds."""

    def __init__(self, source: Path | TextEncoder) -> None:
        self.name = source.name if isinstance(source, Path) else "given"
        if isinstance(source, Path) and (source / CARD_FILE).is_file():
            self._encode = OnnxEncoder(source).encode
        else:
            model = load_encoder(source) if isinstance(source, Path) else source
            self._encode = model.encode

    def encode(self, texts: Sequence[str]) -> Array:
        """(n, dimension) float32, unit rows."""
        return self._encode([readable_text(text, folded=True) for text in texts])


def tasks(shared: Path, sample: int = 400) -> list[Task]:
    """Development tasks: XQuAD's half, written passages held out, samples of CMRC and DRCD."""
    dev = shared / "data" / "dev"
    xquad = Task(
        "xquad",
        [(r["lang"], r["question"], r["group"]) for r in _rows(dev / "xquad.questions.jsonl")],
        [(r["lang"], r["text"], r["group"]) for r in _rows(dev / "xquad.passages.jsonl")],
    )
    _, valid, gold = held_out(written_passages(shared))
    written = Task(
        "written",
        [(lang, q, r["id"]) for r in valid for lang in ("zh", "en") for q in r[f"q_{lang}"]],
        [(lang, r[lang], r["id"]) for r in (*valid, *gold) for lang in ("zh", "en")],
    )
    found = [xquad, written]
    for name in ("cmrc", "drcd"):
        rows = _rows(dev / f"{name}.jsonl")
        texts = sorted({r["passage"] for r in rows})
        texts = random.Random(5).sample(texts, min(sample, len(texts)))
        number = {text: str(i) for i, text in enumerate(texts)}
        asked = [("zh", r["query"], number[r["passage"]]) for r in rows if r["passage"] in number]
        asked = random.Random(6).sample(asked, min(2 * sample, len(asked)))
        found.append(Task(name, asked, [("zh", text, i) for text, i in number.items()]))
    return found


def distractors(shared: Path, size: int) -> list[str]:
    """Other Chinese passages, drawn evenly from the three files."""
    files = sorted((shared / "data" / "passages").glob("*.jsonl.xz"))
    texts: list[str] = []
    for path in files:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line)["text"] for line in lines]
        texts += random.Random(7).sample(rows, size // len(files))
    return texts


def measure(model: Searcher, found: Sequence[Task], others: Sequence[str] = ()) -> dict[str, Any]:
    """Recall@1, @10 and nDCG@10 of every task and direction; see `_score` for the keys."""
    results: dict[str, Any] = {}
    more = model.encode(others) if others else None
    for task in found:
        questions = model.encode([text for _, text, _ in task.questions])
        passages = model.encode([text for _, text, _ in task.passages])
        scores = questions @ passages.T
        asked = np.array([lang for lang, _, _ in task.questions])
        lang_of = np.array([lang for lang, _, _ in task.passages])
        want = np.array([g for _, _, g in task.questions])
        have = np.array([g for _, _, g in task.passages])
        rows: dict[str, Any] = {}
        for ask, answer in DIRECTIONS:
            q, p = asked == ask, lang_of == answer
            if not q.any() or not p.any():
                continue
            table, hit = scores[q][:, p], want[q][:, None] == have[p][None]
            rows[f"{ask}->{answer}"] = _score(table, hit)
            if more is not None and task.name == "xquad" and answer == "zh":
                wide = np.concatenate([table, questions[q] @ more.T], axis=1)
                hits = np.concatenate([hit, np.zeros((len(hit), len(more)), bool)], axis=1)
                rows[f"{ask}->{answer} +{len(more)}"] = _score(wide, hits)
        if len(set(lang_of)) == 2:
            for ask in ("zh", "en"):
                q = asked == ask
                hit = want[q][:, None] == have[None]
                rows[f"mixed {ask}"] = _score(scores[q], hit)
                other = hit & (lang_of != ask)[None]
                rows[f"mixed {ask}"]["other@10"] = _score(scores[q], other)["r10"]
        results[task.name] = rows
    return results


def _score(scores: Array, hit: Array) -> dict[str, float]:
    best = np.where(hit, scores, -np.inf).max(axis=1, keepdims=True)
    rank = ((scores > best) & ~hit).sum(axis=1)
    gain = np.where(rank < 10, 1 / np.log2(rank + 2), 0)
    return {
        "r1": round(float((rank < 1).mean()), 4),
        "r10": round(float((rank < 10).mean()), 4),
        "r100": round(float((rank < 100).mean()), 4),
        "ndcg10": round(float(gain.mean()), 4),
    }


def table(results: dict[str, dict[str, Any]]) -> str:
    """Rows of recall@1 / @10, a column a model."""
    names = list(results)
    lines = [" | ".join(["task", *names])]
    for task, rows in results[names[0]].items():
        for row in rows:
            cells = []
            for name in names:
                cell = results[name][task][row]
                text = f"{cell['r1']:.3f} / {cell['r10']:.3f}"
                if "other@10" in cell:
                    text += f" (other {cell['other@10']:.3f})"
                cells.append(text)
            lines.append(" | ".join([f"{task} {row}", *cells]))
    return "\n".join(lines)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and write the numbers as JSON when told where."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--distractors", type=int, default=0)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args(argv)
    found = tasks(arguments.shared)
    others = distractors(arguments.shared, arguments.distractors) if arguments.distractors else []
    results = {}
    for folder in arguments.folders:
        began = time.monotonic()
        results[str(folder)] = measure(Searcher(folder), found, others)
        print(f"{folder}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    print(table(results))
    if arguments.out:
        arguments.out.write_text(json.dumps(results, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
