"""Adds articles and dies at chosen points, over and over; run by test_crash.py as a program.

The parent process imports what it needs and stays free of threads; every attempt is a fork of it
that copies a prepared shelf, adds to it under a trace and is killed, and then a second fork that
opens what is left, repairs it and compares. One JSON line an attempt goes to stdout.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from kaoju.knowledge_base import KnowledgeBase
from kaoju.types import AddStatus

TRACED = ("ingest.py", "store.py", "knowledge_base.py", "/index/")


def articles(folder: Path, changed: bool) -> Path:
    """A folder of five articles; when changed, one has a new text and two are new."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ["stays", "changes", *(["new-one", "new-two"] if changed else [])]
    for name in names:
        extra = "修订版说,数字应为3100亿美元。" if changed and name == "changes" else ""
        (folder / f"{name}.md").write_text(
            f"---\nid: {name}\ntitle: 关于{name}的报道\npublished: 2025-11-20\n---\n"
            f"贝森特预测,规模约3000亿美元的{name}市场到本十年末有望增长十倍。{extra}\n\n"
            f"The {name} market was worth about $300 billion in November.\n",
            encoding="utf-8",
        )
    return folder


def fork(work: Callable[[], None]) -> int:
    """Run ``work`` in a child and return its wait status."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child's end is the parent's evidence
            traceback.print_exc()
            os._exit(70)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def add(shelf: Path, source: Path, report: Path) -> None:
    """Add, writing each row's id and status to ``report`` as soon as it is told."""
    with report.open("a", encoding="utf-8") as told, KnowledgeBase.open(shelf) as kb:

        def progress(row: Any) -> None:
            told.write(f"{row.document_id} {row.status}\n")
            told.flush()

        kb.add(source, progress=progress)


def traced(shelf: Path, source: Path, report: Path, visit: Callable[[str, int], None]) -> None:
    """Add, calling ``visit`` with the place of every line of the path that is run."""

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if "kaoju" not in name or not any(part in name for part in TRACED):
            return None
        if event == "line":
            visit(name, frame.f_lineno)
        return trace

    sys.settrace(trace)
    add(shelf, source, report)


def check(shelf: Path, report: Path, before: dict[str, str], out: Path) -> None:
    """Open what a killed writer left, and write what is wrong with it to ``out``."""
    problems: list[str] = []
    told = report.read_text(encoding="utf-8").split("\n") if report.exists() else []
    reported = [line.split()[0] for line in told if line.strip()]
    with KnowledgeBase.open(shelf) as kb:
        have = {a.id: a.version for a in kb.articles()}
        problems += [f"{i} was on the shelf and is lost" for i in before if i not in have]
        problems += [f"{i} was reported and is lost" for i in reported if i not in have]
        problems += [
            f"{i} was reported as updated and has its old version"
            for line in told
            if line.endswith(str(AddStatus.UPDATED)) and have.get(i := line.split()[0]) == before[i]
        ]
        waiting = kb.verify()
        kb.sync()
        problems += [f"after sync: {p}" for p in kb.verify()]
        problems += [
            f"{a.id} is not found after sync"
            for a in kb.articles()
            if a.id not in {h.document_id for h in kb.search(a.title, k=20)}
        ]
    out.write_text(
        json.dumps({"problems": problems, "articles": len(have), "behind": bool(waiting)}),
        encoding="utf-8",
    )


def main(folder: Path, every: int, timed: int) -> None:
    """Kill at every ``every``-th place of the path, then at ``timed`` random moments."""
    source = articles(folder / "source", changed=False)
    base = folder / "base"
    fork(lambda: add(base, source, folder / "base-report"))
    with KnowledgeBase.open(base) as kb:
        before = {a.id: a.version for a in kb.articles()}
    assert len(before) == 2, before
    articles(source, changed=True)

    def attempt(label: str, run: Callable[[Path, Path], None]) -> None:
        shelf, report, out = folder / "shelf", folder / "report", folder / "out"
        for old in (report, out):
            old.unlink(missing_ok=True)
        shutil.rmtree(shelf, ignore_errors=True)
        shutil.copytree(base, shelf)
        status = fork(lambda: run(shelf, report))
        checked = fork(lambda: check(shelf, report, before, out))
        found = json.loads(out.read_text(encoding="utf-8")) if checked == 0 else {}
        killed = os.WIFSIGNALED(status)
        print(json.dumps({"label": label, "killed": killed, "opened": checked == 0, **found}))

    places = folder / "places"

    def survey(shelf: Path, report: Path) -> None:
        seen: dict[tuple[str, int], int] = {}
        traced(shelf, source, report, lambda n, i: seen.update({(n, i): seen.get((n, i), 0) + 1}))
        sys.settrace(None)
        rows = [[Path(n).name, n, i, count] for (n, i), count in seen.items()]
        places.write_text(json.dumps(rows), encoding="utf-8")

    attempt("nowhere", survey)
    rng = random.Random(20251122)
    for short, name, line, count in json.loads(places.read_text(encoding="utf-8"))[::every]:
        nth = rng.randint(1, count)

        def die(
            shelf: Path, report: Path, name: str = name, line: int = line, n: int = nth
        ) -> None:
            left = [n]

            def visit(at: str, number: int) -> None:
                if (at, number) == (name, line):
                    left[0] -= 1
                    if not left[0]:
                        os.kill(os.getpid(), signal.SIGKILL)

            traced(shelf, source, report, visit)

        attempt(f"{short}:{line} #{nth}", die)
    for _ in range(timed):
        after_s = rng.uniform(0.01, 1.2)

        def alarm(shelf: Path, report: Path, after_s: float = after_s) -> None:
            # SIGALRM's default action ends the process at once, inside C code as well.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, after_s)
            add(shelf, source, report)

        attempt(f"after {after_s:.3f} s", alarm)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
