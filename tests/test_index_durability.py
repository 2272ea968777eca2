"""The indexes on the disk: incremental, whole after a crash, safe for many readers."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kaoju.errors import IndexDamagedError, ShelfError
from kaoju.index import Indexes, IndexRow, reset_indexes
from kaoju.index import faiss as segmented
from test_index_conformance import DIMENSION, WORDS, opened, rows, unit


def test_reopening_finds_what_was_applied(tmp_path: Path) -> None:
    queries = unit(np.random.default_rng(2), 3)
    with opened(tmp_path / "indexes") as indexes:
        indexes.apply(rows(range(1, 100)))
        indexes.apply(rows(range(90, 120), seed=1), [4, 5])
        vectors, terms = indexes.search_vectors(queries, 10), indexes.search_terms(WORDS, 10)
        generation = indexes.generation
    with opened(tmp_path / "indexes") as again:
        assert again.search_vectors(queries, 10) == vectors
        assert again.search_terms(WORDS, 10) == terms
        assert again.generation == generation == 3


def test_one_small_change_rewrites_no_large_file(tmp_path: Path) -> None:
    with opened(tmp_path / "indexes") as indexes:
        indexes.apply(rows(range(1, 5001)))
        [large] = indexes.manifest.segments
        stamp = (tmp_path / "indexes" / large.file).stat().st_mtime_ns
        for n in range(60):
            indexes.apply(rows([6000 + n]), [n + 1])
        kept = indexes.manifest.segments[0]
        assert (kept.file, kept.dead) == (large.file, 60)
        assert (tmp_path / "indexes" / large.file).stat().st_mtime_ns == stamp
        assert len(indexes.manifest.segments) <= 2 * segmented.MERGE_AT


def test_a_file_that_is_mostly_dead_is_written_anew(tmp_path: Path) -> None:
    with opened(tmp_path / "indexes") as indexes:
        indexes.apply(rows(range(1, 1001)))
        indexes.apply([], range(1, 600))
        [entry] = indexes.manifest.segments
        assert (entry.vectors, entry.dead, entry.dead_file) == (401, 0, None)
        indexes.apply([], range(600, 1001))
        assert indexes.manifest.segments == ()
        assert indexes.numbers() == (frozenset(), frozenset())


def test_the_folder_holds_only_what_the_manifest_names(tmp_path: Path) -> None:
    folder = tmp_path / "indexes"
    with opened(folder) as indexes:
        for n in range(1, 40):
            indexes.apply(rows([n, n + 100]), [n - 3] if n > 3 else [])
        (folder / "vectors-0123.faiss").write_bytes(b"left by a crash")
        (folder / "manifest.json.tmp").write_bytes(b"{")
        indexes.apply(rows([999]))
        manifest = indexes.manifest
    named = {"manifest.json", manifest.lexical_folder}
    named |= {entry.file for entry in manifest.segments}
    named |= {entry.dead_file for entry in manifest.segments if entry.dead_file}
    assert {path.name for path in folder.iterdir()} == named


def test_clearing_leaves_empty_indexes_of_the_same_kind(tmp_path: Path) -> None:
    with opened(tmp_path / "indexes") as indexes, opened(tmp_path / "indexes") as reader:
        indexes.apply(rows(range(1, 50)))
        indexes.clear()
        assert indexes.numbers() == (frozenset(), frozenset())
        assert reader.refresh()
        assert reader.search_terms(WORDS, 5) == []
        indexes.apply(rows([3]))
        assert indexes.numbers() == (frozenset({3}), frozenset({3}))


def test_a_closed_index_says_so(tmp_path: Path) -> None:
    indexes = opened(tmp_path / "indexes")
    indexes.close()
    with pytest.raises(ShelfError, match="closed"):
        indexes.search_terms(["国债"], 5)


def test_a_reader_sees_the_next_generation_when_it_asks(tmp_path: Path) -> None:
    with opened(tmp_path / "indexes") as writer, opened(tmp_path / "indexes") as reader:
        writer.apply(rows([1, 2, 3]))
        assert reader.search_terms(WORDS, 9) == []
        assert reader.search_vectors(unit(np.random.default_rng(0), 1), 9) == [[]]
        assert reader.refresh()
        assert {n for n, _ in reader.search_terms(WORDS, 9)} == {1, 2, 3}
        assert not reader.refresh()
        writer.apply([], [2])
        # Old files are removed, what the reader has open stays.
        for n in range(10, 40):
            writer.apply(rows([n]))
        [hits] = reader.search_vectors(unit(np.random.default_rng(0), 1), 9)
        assert {n for n, _ in hits} == {1, 2, 3}
        assert {n for n, _ in reader.search_terms(WORDS, 9)} == {1, 2, 3}
        assert reader.refresh()
        assert reader.generation == writer.generation


def test_a_reader_keeps_its_generation_while_the_terms_are_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "indexes") as writer, opened(tmp_path / "indexes") as reader:
        writer.apply(rows([1]))
        assert reader.refresh()
        _stop_before_the_manifest(monkeypatch)
        with pytest.raises(ShelfError, match="kaoju sync"):
            writer.apply(rows([2]))
        monkeypatch.undo()
        assert not reader.refresh()
        assert {n for n, _ in reader.search_terms(WORDS, 9)} == {1}
        # On the disk the terms are one change ahead, and numbers() says so.
        assert reader.numbers() == (frozenset({1}), frozenset({1, 2}))
        with opened(tmp_path / "indexes") as fresh:
            assert fresh.numbers() == (frozenset({1}), frozenset({1, 2}))
        writer.apply(rows([2]))
        assert writer.numbers() == (frozenset({1, 2}), frozenset({1, 2}))


def _stop_before_the_manifest(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kaoju.index.write_manifest", full)


@pytest.mark.parametrize("step", ["write_durably", "write_segment", "faiss write"])
def test_a_full_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with opened(tmp_path / "indexes") as indexes:
        indexes.apply(rows(range(1, 20)))
        before = indexes.search_vectors(unit(np.random.default_rng(2), 1), 9)
        if step == "faiss write":
            monkeypatch.setattr("kaoju.index.faiss.os.fsync", full)
        else:
            monkeypatch.setattr(f"kaoju.index.faiss.{step}", full)
        with pytest.raises(ShelfError, match="No space left"):
            indexes.apply(rows([30]), [5])
        monkeypatch.undo()
        assert indexes.numbers() == (frozenset(range(1, 20)),) * 2
        assert indexes.search_vectors(unit(np.random.default_rng(2), 1), 9) == before
        assert len(list((tmp_path / "indexes").glob("vectors-*"))) == 1
        indexes.apply(rows([30]), [5])
        assert indexes.numbers() == (frozenset({*range(1, 20), 30} - {5}),) * 2


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "empty": lambda path: path.write_bytes(b""),
    "another header": lambda path: path.write_bytes(b"IxXX" + path.read_bytes()[4:]),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize(
    "which", ["vectors-*.faiss", "*.dead", "terms-*/meta.json", "manifest.json"]
)
def test_a_damaged_file_is_named_and_a_reset_begins_again(
    tmp_path: Path, damage: str, which: str
) -> None:
    folder = tmp_path / "indexes"
    with opened(folder) as indexes:
        indexes.apply(rows(range(1, 100)))
        indexes.apply([], [5])
    [path] = folder.glob(which)
    if (which, damage) == ("manifest.json", "gone"):
        return  # that is no damage: nothing was ever there
    if (which, damage) == ("*.dead", "another header"):
        return  # a bitmap has none
    DAMAGE[damage](path)
    with pytest.raises(IndexDamagedError, match="kaoju sync"):
        opened(folder)
    with reset_indexes(
        folder,
        encoder_name="test",
        encoder_digest="0" * 64,
        dimension=DIMENSION,
        analyzer="words 1",
    ) as begun:
        assert begun.numbers() == (frozenset(), frozenset())
        begun.apply(rows([1, 2]))
    with opened(folder) as again:
        assert again.numbers() == (frozenset({1, 2}), frozenset({1, 2}))


def test_verify_finds_a_flipped_bit(tmp_path: Path) -> None:
    with opened(tmp_path / "indexes") as indexes:
        indexes.apply(rows(range(1, 100)))
        assert indexes.verify() == []
        [path] = (tmp_path / "indexes").glob("*.faiss")
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        [problem] = indexes.verify()
        assert path.name in problem


# More than one at a time -----------------------------------------------------------------


def test_searching_while_another_thread_applies_is_safe(tmp_path: Path) -> None:
    """A search sees whole changes only: passages come and go in pairs here."""
    stop, wrong = threading.Event(), []
    queries = unit(np.random.default_rng(2), 1)

    def read(indexes: Indexes) -> None:
        while not stop.is_set():
            indexes.refresh()
            for hits in (
                indexes.search_vectors(queries, 500)[0],
                indexes.search_terms(["国债"], 500),
            ):
                held = {n for n, _ in hits}
                if any((n ^ 1) not in held for n in held):
                    wrong.append(sorted(held))

    with opened(tmp_path / "indexes") as writer, opened(tmp_path / "indexes") as other:
        threads = [threading.Thread(target=read, args=(i,)) for i in (writer, other, other)]
        for thread in threads:
            thread.start()
        vectors = unit(np.random.default_rng(4), 200)
        try:
            for n in range(2, 70, 2):
                pair = [IndexRow(n + i, vectors[n + i], ["国债"]) for i in (0, 1)]
                writer.apply(pair, [n - 20, n - 19] if n > 22 else [])
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    assert wrong == []


def test_whoever_opens_sees_vectors_and_terms_of_one_generation(tmp_path: Path) -> None:
    stop, wrong = threading.Event(), []
    query = unit(np.random.default_rng(2), 1)

    def read() -> None:
        while not stop.wait(0.001):
            with opened(tmp_path / "indexes") as indexes:
                for _ in range(3):
                    indexes.refresh()
                    near = {n for n, _ in indexes.search_vectors(query, 500)[0]}
                    matching = {n for n, _ in indexes.search_terms(["国债"], 500)}
                    if near != matching:
                        wrong.append((indexes.generation, near ^ matching))

    with opened(tmp_path / "indexes") as writer:
        thread = threading.Thread(target=read)
        thread.start()
        try:
            for n in range(1, 40):
                writer.apply([IndexRow(n, query[0], ["国债"])], [n - 10] if n > 10 else [])
        finally:
            stop.set()
            thread.join()
    assert wrong == []


WRITE_FOREVER = """
import sys
from pathlib import Path

import numpy as np

from kaoju.index import IndexRow, open_indexes

kind = {"encoder_name": "test", "encoder_digest": "0" * 64, "dimension": 16, "analyzer": "words 1"}
vector = np.full(16, 0.25, np.float32)
with open_indexes(Path(sys.argv[1]), **kind) as indexes:
    n = max(indexes.numbers()[0], default=1)
    print("ready", flush=True)
    while True:
        n += 2
        indexes.apply([IndexRow(i, vector, ["国债"]) for i in (n, n + 1)], [n - 30, n - 29])
        print(n, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_kill_at_any_point_leaves_a_state_that_opens_and_tells_the_truth(tmp_path: Path) -> None:
    """The promise: what `apply` returned from is there; the rest `numbers` shows as it is."""
    script = tmp_path / "write.py"
    script.write_text(WRITE_FOREVER, encoding="utf-8")
    folder = tmp_path / "indexes"
    for attempt in range(12):
        command = [sys.executable, str(script), str(folder)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        lines = iter(process.stdout.readline, b"")
        assert next(lines) == b"ready\n"
        # A little later every time, so that kills fall at different steps.
        told = list(itertools.islice(lines, 2 + attempt))
        time.sleep(attempt * 0.0023)
        process.send_signal(signal.SIGKILL)
        told += [line for line in lines if line.endswith(b"\n")]
        process.wait()
        process.stdout.close()
        last = int(told[-1])
        with opened(folder) as indexes:
            vectors, terms = indexes.numbers()
            assert {last, last + 1} <= vectors
            assert {last, last + 1} <= terms
            # At most the one change that was under way shows beyond what was reported.
            assert max(vectors | terms) <= last + 3
            [hits] = indexes.search_vectors(unit(np.random.default_rng(0), 1), 1000)
            assert {n for n, _ in hits} == vectors
            assert {n for n, _ in indexes.search_terms(["国债"], 1000)} == terms
            # A repair is what the caller makes of the two sets.
            vector = unit(np.random.default_rng(0), 1)[0]
            indexes.apply([IndexRow(n, vector, ["国债"]) for n in vectors ^ terms])
            assert indexes.numbers() == (vectors | terms,) * 2
