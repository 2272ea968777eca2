"""How fast figures are read, beside a bare regular expression and the readers there are."""

from __future__ import annotations

import json
import lzma
import re
import time
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evaluation.record import ROOT
from kaoju.figures import find_figures

SHARED = ROOT.parent / "shared" / "data"


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


_BASELINE = re.compile(r"[-+]?[$€£¥]?\d[\d,]*(?:\.\d+)?\s?(?:%|[a-zA-Z]+|[万亿]?[美欧日港]?元)?")


def _chinese(shared: Path, size: int) -> Iterable[str]:
    read = 0
    for path in sorted((shared / "passages").glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                passage = row.get("text") or row.get("passage") or ""
                read += len(passage.encode())
                yield passage
                if read > size:
                    return


def _news_texts(shared: Path, name: str) -> list[str]:
    path = shared / "dev" / name
    if not path.is_file():
        return []
    if path.suffix == ".jsonl":
        return [row["passage"] for row in rows(path)]
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        cell for line in lines for cell in line.split("\t") if cell.isascii() and len(cell) > 20
    ]


def speed(shared: Path) -> dict[str, Any]:
    """Megabytes a second of one process, beside a bare regular expression and other readers."""
    samples = {
        "zh news and encyclopaedic passages": list(_chinese(shared, 1_000_000)),
        "zh financial news (a figure every hundred bytes)": _news_texts(
            shared, "fin_news_title2text.jsonl"
        ),
        "en news": _news_texts(shared, "newstest2018.zh-en.tsv")
        + _news_texts(shared, "newstest2019-enzh.zh-en.tsv"),
    }
    print("\nspeed, one process")
    results: dict[str, Any] = {}
    find_figures("3000亿美元, $3bn, 2025年11月5日, today")
    for name, texts in samples.items():
        if not texts:
            continue
        size = sum(len(text.encode()) for text in texts)
        seconds, count = _timed(find_figures, texts)
        whole = "\n".join(texts)
        tenth = whole[: len(whole) // 10]
        small, _ = _timed(find_figures, [tenth])
        large, _ = _timed(find_figures, [whole])
        baseline, _ = _timed(_BASELINE.findall, texts)
        row = {
            "bytes": size,
            "texts": len(texts),
            "figures": count,
            "mb_per_s": round(size / seconds / 1e6, 3),
            "characters_per_s": round(sum(map(len, texts)) / seconds),
            "ten_times_the_text_takes": round(large / small, 2),
            "bare_regular_expression_mb_per_s": round(size / baseline / 1e6, 1),
            "peers_characters_per_s": _peers(texts),
        }
        print(f"{name}: {row}")
        results[name] = row
    return results


def _timed(call: Any, texts: Sequence[str]) -> tuple[float, int]:
    start = time.process_time()
    count = sum(len(call(text)) for text in texts)
    return max(time.process_time() - start, 1e-9), count


def _peers(texts: Sequence[str]) -> dict[str, float]:
    """Characters a second of the readers that happen to be installed, on the first texts.

    quantulum3 reads English, without its classifier (which is bound to one scikit-learn);
    cn2an's `transform` rewrites the numerals of Chinese.
    """
    sample = list(texts[:60])
    size = sum(map(len, sample))
    if all(text.isascii() for text in sample):
        try:
            parser = import_module("quantulum3.parser")
        except ImportError:
            return {}
        import_module("quantulum3.classifier").USE_CLF = False  # type: ignore[attr-defined]
        seconds, _ = _timed(parser.parse, sample)
        return {f"quantulum3 {version('quantulum3')}": round(size / seconds)}
    try:
        cn2an = import_module("cn2an")
    except ImportError:
        return {}
    seconds, _ = _timed(lambda text: cn2an.transform(text, "cn2an"), sample)
    return {f"cn2an {version('cn2an')}": round(size / seconds)}
