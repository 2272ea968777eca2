"""Benchmark and evaluation records: what was measured, on what, at which commit.

A record is written once and never overwritten: a second one of the same day and commit gets
a number.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "scripts" / "results"
_LIBRARIES = (
    "numpy onnxruntime tokenizers faiss-cpu tantivy jieba rjieba sentence-transformers torch"
)


def write_record(name: str, results: Any, **settings: Any) -> Path:
    """Write ``scripts/results/<date>-<commit>-<name>.json``.

    Args:
        name: What was measured: ``figures``, ``answers``, ``benchmark-cold`` …
        results: Anything that `json` can write.
        settings: Seeds, paths of data and the like, kept beside the results.

    Returns:
        The file written.
    """
    now = datetime.now(UTC)
    commit = _git("rev-parse", "--short=12", "HEAD") or "uncommitted"
    stem = f"{now:%Y-%m-%d}-{commit}-{name}"
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{stem}.json"
    number = 2
    while path.exists():
        path = RESULTS / f"{stem}-{number}.json"
        number += 1
    record = {
        "name": name,
        "at": now.isoformat(timespec="seconds"),
        "commit": commit,
        "changed_since_commit": bool(_git("status", "--porcelain", "--", "src", "corpus")),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory_gb": round(_memory_bytes() / 2**30, 1),
            "system": platform.system(),
        },
        "python": platform.python_version(),
        "libraries": {library: _version(library) for library in _LIBRARIES.split()},
        "corpus_sha256": digest(ROOT / "corpus"),
        "settings": settings,
        "results": results,
    }
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def digest(path: Path) -> str:
    """The sha256 of a file, or of a folder's files with their names."""
    found = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def _git(*arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout.strip()


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_bytes() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 0
