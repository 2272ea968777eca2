"""The passages and questions that retrieval is measured on, and their vectors kept on disk."""

from __future__ import annotations

import hashlib
import json
import lzma
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.record import ROOT
from kaoju.encoder import Encoder
from training.pairs import held_out

SHARED = ROOT.parent / "shared" / "data"
_PART = 1024  # texts of a cached file


@dataclass(frozen=True, slots=True)
class Text:
    """A passage or a question; those of one group belong together in either language."""

    group: str
    language: str
    text: str


Pool = tuple[list[Text], list[Text]]


def _lines(*names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        opened = lzma.open if name.endswith(".xz") else open
        with opened(SHARED / name, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _xquad() -> Pool:
    passages = [
        Text(row["group"], row["lang"], row["text"]) for row in _lines("dev/xquad.passages.jsonl")
    ]
    return passages, [
        Text(row["group"], row["lang"], row["question"])
        for row in _lines("dev/xquad.questions.jsonl")
    ]


def _written() -> Pool:
    """Every written passage; the questions of those that the shipped encoder never saw."""
    rows = list(_lines(*(f"written/{path.name}" for path in sorted(SHARED.glob("written/*")))))
    _, valid, gold = held_out(rows)
    languages = ("zh", "en")
    return [Text(row["id"], lang, row[lang]) for row in rows for lang in languages], [
        Text(row["id"], lang, question)
        for row in [*valid, *gold]
        for lang in languages
        for question in row[f"q_{lang}"]
    ]


def _reading(name: str) -> Pool:
    rows = list(_lines(f"dev/{name}.jsonl"))
    passages = {row["passage"]: Text(row["passage"], "zh", row["passage"]) for row in rows}
    return list(passages.values()), [Text(row["passage"], "zh", row["query"]) for row in rows]


def _once(pool: Callable[[], Pool]) -> Pool:
    """A pool of both languages in which nothing is told twice: each group in one of them only."""
    passages, questions = pool()
    return [text for text in passages if text.language == _only_language(text.group)], questions


def _only_language(group: str) -> str:
    return ("zh", "en")[hashlib.sha256(group.encode()).digest()[0] % 2]


POOLS: dict[str, Callable[[], Pool]] = {
    "xquad": _xquad,
    "written": _written,
    "xquad-once": lambda: _once(_xquad),
    "written-once": lambda: _once(_written),
    "cmrc": lambda: _reading("cmrc"),
    "drcd": lambda: _reading("drcd"),
}


def other_passages(count: int) -> list[Text]:
    """Passages that answer nothing: the first so many of each source in turn."""
    names = [f"passages/{path.name}" for path in sorted(SHARED.glob("passages/*.xz"))]
    found: list[Text] = []
    for left, name in zip(range(len(names), 0, -1), names, strict=True):
        share = -(-(count - len(found)) // left)
        for at, row in enumerate(_lines(name)):
            if at == share:
                break
            found.append(Text("", "zh", row.get("text") or row["passage"]))
    return found[:count]


def encoded(
    encoder: Encoder, lists: Sequence[Sequence[Text]], cache: Path, spent: list[float]
) -> np.ndarray[Any, Any]:
    """Encode passages, a thousand at a time, each thousand once for ever.

    Args:
        encoder: Its digest and the texts name the files.
        lists: Passages, in lists that are cut into thousands apart, so that one which stands
            beside several others is encoded once.
        cache: Folder of the files.
        spent: Takes the seconds for a text of each thousand that was encoded now.
    """
    cache.mkdir(parents=True, exist_ok=True)
    parts = [np.empty((0, encoder.dimension), dtype=np.float32)]
    for texts in lists:
        for at in range(0, len(texts), _PART):
            part = [text.text for text in texts[at : at + _PART]]
            key = hashlib.sha256(json.dumps([encoder.digest, part]).encode()).hexdigest()
            path = cache / f"{key[:32]}.npy"
            if not path.is_file():
                began = time.perf_counter()
                vectors = encoder.encode(part)
                spent.append((time.perf_counter() - began) / len(part))
                np.save(path, vectors.astype(np.float16))
            parts.append(np.load(path).astype(np.float32))
    return np.concatenate(parts)
