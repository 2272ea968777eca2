"""The indexes of a shelf: vectors and terms of its passages, shadows of the record.

`open_indexes` is the one place that chooses backends. One process changes the indexes at a
time (the caller holds a lock); any number of processes and threads search them meanwhile and
see the last complete generation. A crash leaves the generation before or the one after; the
terms may then be one change ahead of the vectors, which `Indexes.numbers` tells truthfully.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from kaoju.errors import IndexDamagedError, IndexMismatchError, ShelfError
from kaoju.index.faiss import Segment, SegmentedVectors, changed, is_intact
from kaoju.index.lexical import LexicalIndex, LexicalSearcher
from kaoju.index.manifest import (
    MANIFEST_FILE,
    Manifest,
    describe,
    read_manifest,
    read_manifest_bytes,
    write_manifest,
)
from kaoju.index.protocol import IndexRow, Scored, Terms, checked_vectors

__all__ = ["IndexRow", "Indexes", "built_with", "describe", "open_indexes", "reset_indexes"]

# How long a reader waits for a writer that has committed the terms to name them in the
# manifest. That takes milliseconds; after a crash in between, every opening waits in vain.
_PATIENCE_S = 0.25
_PAUSE_S = 0.01


def open_indexes(
    folder: Path,
    *,
    encoder_name: str,
    encoder_digest: str,
    dimension: int,
    analyzer: str,
    create: bool = True,
) -> Indexes:
    """Open the indexes in a folder.

    Args:
        folder: Of the indexes alone.
        encoder_name: What people call the encoder in use.
        encoder_digest: Which weights and tokenizer it has.
        dimension: Length of its vectors.
        analyzer: What gives the terms: name, version and dictionary.
        create: Whether to begin empty indexes where there are none.

    Raises:
        IndexMismatchError: They were built with another encoder or analyzer, or there are
            none and ``create`` is false.
        IndexDamagedError: Files are not what the manifest says.
    """
    if read_manifest_bytes(folder) is None:
        if not create:
            raise IndexMismatchError(f"there are no indexes in {folder}: run 'kaoju sync'")
        begin = Manifest(0, encoder_name, encoder_digest, dimension, analyzer, "", 0)
        _begin_empty(folder, begin)
    indexes = Indexes(folder)
    indexes.manifest.check(
        encoder_name=encoder_name,
        encoder_digest=encoder_digest,
        dimension=dimension,
        analyzer=analyzer,
    )
    return indexes


def reset_indexes(
    folder: Path, *, encoder_name: str, encoder_digest: str, dimension: int, analyzer: str
) -> Indexes:
    """Begin empty indexes in a folder, whatever it holds; for the one who writes."""
    generation = 0
    with contextlib.suppress(ShelfError):
        before = read_manifest(folder)
        generation = before.generation if before else 0
    begin = Manifest(generation, encoder_name, encoder_digest, dimension, analyzer, "", 0)
    _sweep(folder, _begin_empty(folder, begin))
    return Indexes(folder)


def built_with(folder: Path) -> str | None:
    """The name of the encoder that built the indexes in a folder; None when there are none."""
    try:
        manifest = read_manifest(folder)
    except IndexMismatchError:
        return None
    return manifest.encoder_name if manifest else None


@dataclass(frozen=True, slots=True, eq=False)
class _Generation:
    """All that one generation needs to be searched."""

    manifest: Manifest
    stored: bytes
    vectors: SegmentedVectors
    lexical: LexicalIndex
    terms: LexicalSearcher


class Indexes:
    """Vectors and terms of passages, searched by number; also a context manager.

    Searching is safe from any thread while another applies changes: a search works on the
    generation that was newest when it began.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changing = threading.RLock()
        self._current: _Generation | None = self._load(None)

    @property
    def manifest(self) -> Manifest:
        """What the generation in use was built from."""
        return self._open().manifest

    @property
    def generation(self) -> int:
        """How many changes the generation in use has seen."""
        return self._open().manifest.generation

    def search_vectors(
        self,
        queries: npt.NDArray[np.float32],
        k: int,
        allow: Collection[int] | None = None,
    ) -> list[Scored]:
        """Find the passages nearest to each query; see `kaoju.index.protocol.VectorSearch`."""
        return self._open().vectors.search(queries, k, allow)

    def search_terms(self, terms: Terms, k: int, allow: Collection[int] | None = None) -> Scored:
        """Find the passages that hold the terms; see `kaoju.index.protocol.TermSearch`."""
        return self._open().terms.search(terms, k, allow)

    def numbers(self) -> tuple[frozenset[int], frozenset[int]]:
        """What is on the disk now: the passages among the vectors, those among the terms.

        They differ after a crash between the two, until the next change or repair.
        """
        with self._changing:
            self._current = self._load(self._open())
            return self._current.vectors.numbers(), self._current.terms.numbers()

    def verify(self) -> list[str]:
        """Read every file of vectors and compare it with what was written.

        Returns:
            A line for each file that has changed since, empty when all is well.
        """
        return [
            f"{self.folder / entry.file} is not as it was written: run 'kaoju sync'"
            for entry in self.manifest.segments
            if not is_intact(self.folder, entry)
        ]

    def apply(self, add: Sequence[IndexRow], delete: Collection[int] = ()) -> None:
        """Take passages out, then put passages in, as one new generation.

        Putting in a known number replaces it; the last of several rows of one number counts.
        After it returns the change is on the disk, and this object searches it.

        Raises:
            DimensionMismatchError: A vector has another length; nothing was changed.
            ValueError: A vector holds a value that is not finite; nothing was changed.
            ShelfLockedError: Another process writes.
            ShelfError: The disk does not take it; searches see the generation before.
        """
        rows = list({row.number: row for row in add}.values())
        dimension = self.manifest.dimension
        vectors = checked_vectors(
            np.stack([checked_vectors([row.vector], dimension)[0] for row in rows])
            if rows
            else np.empty((0, dimension), dtype=np.float32),
            dimension,
        )
        if not rows and not delete:
            return
        numbers = np.array([row.number for row in rows], dtype=np.int64)
        with self._changing:
            # Nobody else is between the terms and their manifest: what differs, differs.
            before = self._load(self._open(), patience_s=0.0)
            try:
                after = changed(self.folder, before.vectors, numbers, vectors, delete)
                with before.lexical.written(rows, delete) as opstamp:
                    manifest = replace(
                        before.manifest,
                        generation=before.manifest.generation + 1,
                        lexical_opstamp=opstamp,
                        segments=tuple(segment.entry for segment in after.segments),
                    )
                    stored = write_manifest(self.folder, manifest)
            except (OSError, ShelfError) as error:
                _sweep(self.folder, before.manifest)
                if isinstance(error, ShelfError):
                    raise
                raise ShelfError(
                    f"cannot write indexes to {self.folder}: {error}; searches see the state"
                    " before, and 'kaoju sync' repairs what is half done"
                ) from error
            self._current = _Generation(
                manifest, stored, after, before.lexical, before.lexical.searcher()
            )
            _sweep(self.folder, manifest)

    def clear(self) -> None:
        """Take every passage out."""
        with self._changing:
            before = self._open().manifest
            manifest = _begin_empty(self.folder, before)
            self._current = self._load(None)
            _sweep(self.folder, manifest)

    def refresh(self) -> bool:
        """Take the newest complete generation; whether there was a newer one.

        Returns at once, with what it has, while another thread of this object changes it.
        """
        current = self._open()
        if not self._changing.acquire(blocking=False):
            return False
        try:
            if read_manifest_bytes(self.folder) == current.stored:
                return False
            newer = self._load(current, complete=True, patience_s=0.0)
            self._current = newer
            return newer.stored != current.stored
        finally:
            self._changing.release()

    def close(self) -> None:
        """Let go of the files."""
        with self._changing:
            self._current = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> _Generation:
        if self._current is None:
            raise ShelfError(f"the indexes in {self.folder} were closed")
        return self._current

    def _load(
        self,
        known: _Generation | None,
        *,
        complete: bool = False,
        patience_s: float = _PATIENCE_S,
    ) -> _Generation:
        """Open what the manifest names, sharing the files that ``known`` has open.

        With ``complete``, ``known`` itself comes back when the terms on the disk are not
        those that the manifest means, as they are while a writer is between the two.
        """
        until = time.monotonic() + patience_s
        while True:
            last = time.monotonic() >= until
            try:
                found = self._load_once(known)
                if found.manifest.lexical_opstamp == found.lexical.opstamp():
                    return found
                if last:
                    return known if known and complete else found
            except (FileNotFoundError, IndexDamagedError) as error:
                problem = error  # a newer generation may be removing what this one named
                if last:
                    break
            time.sleep(_PAUSE_S)
        if isinstance(problem, IndexDamagedError):
            raise problem
        raise IndexDamagedError(
            f"{self.folder} lacks files that its manifest names ({problem}): run 'kaoju sync' to"
            " cast the indexes again from the record"
        ) from problem

    def _load_once(self, known: _Generation | None) -> _Generation:
        stored = read_manifest_bytes(self.folder)
        if stored is None:
            raise FileNotFoundError(self.folder / MANIFEST_FILE)
        manifest = Manifest.from_json(stored, self.folder / MANIFEST_FILE)
        opened = {s.entry: s for s in known.vectors.segments} if known else {}
        segments = tuple(
            opened.get(entry) or Segment.open(self.folder, entry, manifest.dimension)
            for entry in manifest.segments
        )
        lexical_folder = self.folder / manifest.lexical_folder
        if known is not None and known.lexical.folder == lexical_folder:
            lexical = known.lexical
        else:
            lexical = LexicalIndex.open(lexical_folder)
        return _Generation(
            manifest,
            stored,
            SegmentedVectors(segments, manifest.dimension),
            lexical,
            lexical.searcher(),
        )


def _begin_empty(folder: Path, before: Manifest) -> Manifest:
    """Make empty indexes, one generation after ``before``, the folder's."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lexical = LexicalIndex.create(folder / f"terms-{secrets.token_hex(8)}")
        manifest = replace(
            before,
            generation=before.generation + 1,
            lexical_folder=lexical.folder.name,
            lexical_opstamp=lexical.opstamp(),
            segments=(),
        )
        write_manifest(folder, manifest)
    except OSError as error:
        raise ShelfError(f"cannot write indexes to {folder}: {error}") from error
    return manifest


def _sweep(folder: Path, manifest: Manifest) -> None:
    """Remove the files that the manifest does not name: replaced ones and those of a crash.

    Readers keep what they have mapped; where a system refuses to remove a mapped file, a
    later sweep does.
    """
    named = {MANIFEST_FILE, manifest.lexical_folder}
    for entry in manifest.segments:
        named |= {entry.file, entry.dead_file or entry.file}
    for path in folder.iterdir():
        if path.name in named:
            continue
        if path.is_dir() and path.name.startswith("terms-"):
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix in (".faiss", ".dead", ".tmp"):
            with contextlib.suppress(OSError):
                path.unlink()
