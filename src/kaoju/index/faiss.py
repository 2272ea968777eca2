"""Vectors on disk: immutable FAISS files, compared exactly with every query.

A file holds the vectors of one applied change, or of several merged, in order of number. Files
never change; a passage that goes out is marked dead in a bitmap beside its file. So a change
costs what it brings, not what the shelf holds: small files are merged eight at a time (each
vector is rewritten at most four times on its way to a file that stays), and a file is written
anew when most of it is dead. Files are mapped into memory, and on systems that let a mapped
file be removed, a reader keeps the generation it opened.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from kaoju.errors import IndexDamagedError, ShelfError
from kaoju.index.manifest import SegmentEntry, write_durably
from kaoju.index.protocol import (
    LARGEST_NUMBER,
    Numbers,
    Scored,
    Vectors,
    best_first,
    checked_k,
    checked_vectors,
)

MERGE_AT = 8  # files of one size class that become one of the next
SMALLEST_CLASS = 64  # vectors; what is smaller is merged as if it had so many
STAYS_FROM = 32_768  # vectors; a file of 50 MB is not merged any more
# Below this share of a file, gathering the allowed rows costs less than walking past the others.
GATHER_BELOW = 0.1
# From so many queries on, each block of vectors is multiplied by all of them at once: read from
# memory once and not once a query, 114 queries over 100,000 vectors took 230 ms instead of 530.
TOGETHER = 32
BLOCK = 4096  # vectors; 6 MB of 384 dimensions


def _faiss() -> Any:
    """FAISS, loaded when first needed; its stubs leave out half of what it has."""
    return importlib.import_module("faiss")


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """One file of vectors, opened.

    Attributes:
        entry: How the manifest names it.
        numbers: (n,) the passages, ascending.
        alive: (n,) whether each is still held.
        vectors: (n, dimension), a view into the mapped file.
        index: FAISS's index over them.
    """

    entry: SegmentEntry
    numbers: Numbers
    alive: npt.NDArray[np.bool_]
    vectors: Vectors
    index: Any

    @classmethod
    def open(cls, folder: Path, entry: SegmentEntry, dimension: int) -> Self:
        """Open a file that the manifest names.

        Raises:
            FileNotFoundError: It is gone, as it may be for a reader of an older manifest.
            IndexDamagedError: It is not what the manifest says.
        """
        faiss = _faiss()
        path = folder / entry.file
        if path.stat().st_size != entry.size_bytes:
            raise _damaged(path, f"{path.stat().st_size} bytes instead of {entry.size_bytes}")
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
            numbers = faiss.vector_to_array(index.id_map)
            flat = faiss.downcast_index(index.index)
            held = (flat.ntotal, flat.d, flat.metric_type)
        except FileNotFoundError:
            raise
        except (RuntimeError, MemoryError, AttributeError, OSError) as error:
            if not path.exists():
                raise FileNotFoundError(path) from error
            raise _damaged(path, str(error)) from error
        if (
            held != (entry.vectors, dimension, faiss.METRIC_INNER_PRODUCT)
            or len(numbers) != held[0]
        ):
            raise _damaged(path, f"it holds {held[0]} vectors of {held[1]} dimensions")
        vectors = faiss.rev_swig_ptr(flat.get_xb(), held[0] * dimension).reshape(-1, dimension)
        alive = _read_alive(folder, entry)
        return cls(entry, numbers, alive, vectors, (index, flat))

    def marked_dead(self, folder: Path, numbers: Numbers) -> Segment:
        """Mark passages dead, and write the bitmap; self if it holds none of them alive."""
        rows = self.rows_of(numbers)
        if not len(rows):
            return self
        alive = self.alive.copy()
        alive[rows] = False
        name = f"{Path(self.entry.file).stem}.{secrets.token_hex(4)}.dead"
        write_durably(folder / name, np.packbits(~alive, bitorder="little").tobytes())
        dead = int(len(alive) - alive.sum())
        return replace(self, entry=replace(self.entry, dead_file=name, dead=dead), alive=alive)

    def rows_of(self, numbers: Numbers) -> npt.NDArray[np.intp]:
        """The rows of those of ``numbers`` (ascending) that are alive here."""
        if not len(self.numbers):
            return np.zeros(0, dtype=np.intp)
        first, last = np.searchsorted(numbers, self.numbers[[0, -1]])
        within = numbers[first : last + 1]
        rows: npt.NDArray[np.intp] = np.searchsorted(self.numbers[:-1], within)
        rows = rows[self.numbers[rows] == within]
        return rows[self.alive[rows]]

    def search(
        self, queries: Vectors, k: int, allow: Numbers | None
    ) -> list[tuple[Numbers, Vectors]]:
        """The best rows of this file for each query: their numbers and scores, in no order."""
        rows = np.flatnonzero(self.alive) if allow is None else self.rows_of(allow)
        if not len(rows):
            return [(self.numbers[:0], self.vectors[:0, 0]) for _ in queries]
        if len(rows) < GATHER_BELOW * len(self.numbers):
            scores = queries @ self.vectors[rows].T
            if len(rows) <= k:
                return [(self.numbers[rows], row) for row in scores]
            best = np.argpartition(-scores, k - 1, axis=1)[:, :k]
            return [(self.numbers[rows[b]], row[b]) for b, row in zip(best, scores, strict=True)]
        return self._search_bitmap(queries, min(k, len(rows)), rows)

    def scored(
        self, queries: Vectors, allow: Numbers | None
    ) -> Iterator[tuple[Numbers, npt.NDArray[np.float32]]]:
        """The scores of all rows for all queries, block by block: numbers (m,), scores (n, m)."""
        rows = np.flatnonzero(self.alive) if allow is None else self.rows_of(allow)
        # As bytes: a file's vectors need not lie where floats can be read fast.
        raw = self.vectors.view(np.uint8)
        block = np.empty((min(BLOCK, len(rows)), self.vectors.shape[1]), dtype=np.float32)
        for start in range(0, len(rows), BLOCK):
            some = rows[start : start + BLOCK]
            held = block[: len(some)]
            np.take(raw, some, axis=0, out=held.view(np.uint8), mode="clip")
            yield self.numbers[some], queries @ held.T

    def _search_bitmap(
        self, queries: Vectors, k: int, rows: npt.NDArray[np.intp]
    ) -> list[tuple[Numbers, Vectors]]:
        faiss = _faiss()
        chosen = np.zeros(len(self.numbers), dtype=np.bool_)
        chosen[rows] = True
        bits = np.packbits(chosen, bitorder="little")
        # With a selector even when all are chosen: 100,000 vectors then took 6.6 ms a query
        # instead of 15.8 (faiss-cpu 1.15.1).
        selector = faiss.IDSelectorBitmap(bits)
        flat = self.index[1]
        scores, found = flat.search(queries, k, params=faiss.SearchParameters(sel=selector))
        return [
            # FAISS pads with -1 when it finds fewer.
            (self.numbers[row[row >= 0]], values[row >= 0])
            for row, values in zip(found, scores, strict=True)
        ]


def _read_alive(folder: Path, entry: SegmentEntry) -> npt.NDArray[np.bool_]:
    if entry.dead_file is None:
        return np.ones(entry.vectors, dtype=np.bool_)
    path = folder / entry.dead_file
    bits = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    if len(bits) != (entry.vectors + 7) // 8:
        raise _damaged(path, f"{len(bits)} bytes for {entry.vectors} vectors")
    marks = np.unpackbits(bits, count=entry.vectors, bitorder="little")
    alive: npt.NDArray[np.bool_] = marks == 0
    if int(alive.sum()) != entry.vectors - entry.dead:
        raise _damaged(path, f"it does not mark {entry.dead} vectors")
    return alive


def _damaged(path: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"{path} is damaged ({what}): run 'kaoju sync' to cast the indexes again from the record"
    )


def write_segment(folder: Path, numbers: Numbers, vectors: Vectors) -> SegmentEntry:
    """Write vectors to a new file and wait until the disk has it.

    Args:
        folder: Of the indexes.
        numbers: (n,) different passages, in any order.
        vectors: (n, dimension) theirs.

    Raises:
        ShelfError: The disk does not take it.
    """
    faiss = _faiss()
    order = np.argsort(numbers)
    index = faiss.IndexIDMap(faiss.IndexFlatIP(vectors.shape[1]))
    index.add_with_ids(np.ascontiguousarray(vectors[order]), np.ascontiguousarray(numbers[order]))
    name = f"vectors-{secrets.token_hex(8)}.faiss"
    path = folder / name
    digest = hashlib.sha256()
    size = 0

    def write(block: bytes) -> int:
        nonlocal size
        digest.update(block)
        size += file.write(block)
        return len(block)

    try:
        with path.open("wb") as file:
            faiss.write_index(index, faiss.PyCallbackIOWriter(write, 1 << 20))
            file.flush()
            os.fsync(file.fileno())
    except (OSError, RuntimeError) as error:
        path.unlink(missing_ok=True)
        raise ShelfError(f"cannot write {path}: {error}; nothing was changed") from error
    return SegmentEntry(name, size, digest.hexdigest(), len(numbers))


def is_intact(folder: Path, entry: SegmentEntry) -> bool:
    """Whether a file still has the bytes that were written."""
    try:
        with (folder / entry.file).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256
    except OSError:
        return False


@dataclass(frozen=True, slots=True, eq=False)
class SegmentedVectors:
    """The vectors of one generation."""

    segments: tuple[Segment, ...]
    dimension: int

    def search(
        self, queries: Vectors, k: int, allow: Collection[int] | None = None
    ) -> list[Scored]:
        """Find the passages nearest to each query, see `VectorSearch`."""
        queries = checked_vectors(queries, self.dimension)
        checked_k(k)
        allowed = None if allow is None else ascending(allow)
        if len(queries) >= TOGETHER:
            return self._search_together(queries, k, allowed)
        found = [segment.search(queries, k, allowed) for segment in self.segments]
        return [
            best_first(
                np.concatenate([np.zeros(0, dtype=np.int64), *(f[q][0] for f in found)]),
                np.concatenate([np.zeros(0, dtype=np.float32), *(f[q][1] for f in found)]),
                k,
            )
            for q in range(len(queries))
        ]

    def _search_together(self, queries: Vectors, k: int, allow: Numbers | None) -> list[Scored]:
        least = np.full((len(queries), 1), -np.inf, dtype=np.float32)
        bounded = False
        asked: list[npt.NDArray[np.intp]] = []
        numbers: list[Numbers] = []
        scores: list[npt.NDArray[np.float32]] = []
        for segment in sorted(self.segments, key=lambda s: -len(s.numbers)):
            for held, found in segment.scored(queries, allow):
                if not bounded and len(held) >= k:
                    # What is below the k best of one block is not among those of all.
                    least = np.partition(found, -k, axis=1)[:, -k, None]
                    bounded = True
                places = np.flatnonzero(found >= least)
                query, row = np.divmod(places, len(held))
                asked.append(query)
                numbers.append(held[row])
                scores.append(found.ravel()[places])
        if not asked:
            return [[] for _ in queries]
        order = np.argsort(np.concatenate(asked), kind="stable")
        ends = np.cumsum(np.bincount(np.concatenate(asked), minlength=len(queries)))[:-1]
        return [
            best_first(some, of, k)
            for some, of in zip(
                np.split(np.concatenate(numbers)[order], ends),
                np.split(np.concatenate(scores)[order], ends),
                strict=True,
            )
        ]

    def numbers(self) -> frozenset[int]:
        """The passages held."""
        return frozenset(n for s in self.segments for n in s.numbers[s.alive].tolist())


def changed(
    folder: Path,
    held: SegmentedVectors,
    numbers: Numbers,
    vectors: Vectors,
    delete: Collection[int],
) -> SegmentedVectors:
    """Write what a change needs and return the vectors after it; ``held`` stays as it was.

    Args:
        folder: Of the indexes.
        held: The vectors before.
        numbers: (n,) different passages to put in; those already held are replaced.
        vectors: (n, dimension) theirs.
        delete: Passages to take out first.

    Raises:
        ShelfError: The disk does not take it.
    """
    gone = ascending({*delete, *numbers.tolist()})
    segments = [segment.marked_dead(folder, gone) for segment in held.segments]
    if len(numbers):
        segments.append(_written(folder, numbers, vectors))
    segments = [segment for segment in segments if segment.entry.dead < segment.entry.vectors]
    while group := _to_merge(segments):
        merged = _written(
            folder,
            np.concatenate([s.numbers[s.alive] for s in group]),
            np.concatenate([s.vectors[s.alive] for s in group]),
        )
        segments = [segment for segment in segments if segment not in group] + [merged]
    return SegmentedVectors(tuple(segments), held.dimension)


def _written(folder: Path, numbers: Numbers, vectors: Vectors) -> Segment:
    return Segment.open(folder, write_segment(folder, numbers, vectors), vectors.shape[1])


def _to_merge(segments: Sequence[Segment]) -> list[Segment]:
    """The files to write as one now: a full size class, or a file that is mostly dead."""
    classes: dict[int, list[Segment]] = {}
    for segment in segments:
        living = segment.entry.vectors - segment.entry.dead
        if segment.entry.dead > living and segment.entry.vectors > SMALLEST_CLASS:
            return [segment]
        if living < STAYS_FROM:
            size = max(living, SMALLEST_CLASS) // SMALLEST_CLASS
            classes.setdefault((size.bit_length() - 1) // 3, []).append(segment)
    return next((group for group in classes.values() if len(group) >= MERGE_AT), [])


def ascending(numbers: Collection[int]) -> Numbers:
    """Different numbers in ascending order; what no passage can have is left out."""
    try:
        found = np.fromiter(numbers, dtype=np.int64, count=len(numbers))
    except OverflowError:
        return ascending([n for n in numbers if 0 < n <= LARGEST_NUMBER])
    found.sort()  # np.unique hashes, and took four times as long for 60,000
    new = np.ones(len(found), dtype=np.bool_)
    new[1:] = found[1:] != found[:-1]
    return found[new & (found > 0)]
