"""What an index folder was built from and which of its files count.

``manifest.json`` is replaced in one step, so a reader sees one whole generation or the next.
Files that it does not name do not exist for anyone who reads. Encoder, dimension and analyzer
are compared on opening; a mismatch is refused, never patched over.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from kaoju.errors import IndexDamagedError, IndexMismatchError, ShelfError

MANIFEST_FILE = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """One immutable file of vectors, and the marks of those taken out of it since.

    Attributes:
        file: Name within the folder.
        size_bytes: Its length.
        sha256: Of its bytes.
        vectors: How many it holds, dead ones included.
        dead_file: Name of its bitmap of dead rows, or None when all live.
        dead: How many are dead.
    """

    file: str
    size_bytes: int
    sha256: str
    vectors: int
    dead_file: str | None = None
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of an index folder.

    Attributes:
        generation: Counts up from 1, one step an applied change.
        encoder_name: What people call the encoder.
        encoder_digest: Which weights and tokenizer gave the vectors.
        dimension: Length of every vector.
        analyzer: What gave the terms: name, version and dictionary.
        lexical_folder: Name of tantivy's folder.
        lexical_opstamp: tantivy's stamp of the commit that belongs to this generation.
        segments: The files of vectors.
    """

    generation: int
    encoder_name: str
    encoder_digest: str
    dimension: int
    analyzer: str
    lexical_folder: str
    lexical_opstamp: int
    segments: tuple[SegmentEntry, ...] = ()

    @classmethod
    def from_json(cls, text: bytes, origin: Path) -> Self:
        """Read a manifest.

        Raises:
            IndexDamagedError: It is no manifest.
            IndexMismatchError: It has the format of another version of kaoju.
        """
        try:
            found = json.loads(text)
            written = found.pop("format")
            if written == FORMAT:
                segments = tuple(SegmentEntry(**entry) for entry in found.pop("segments"))
                return cls(**found, segments=segments)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(
                f"{origin} is not readable ({error}): run 'kaoju sync' to cast the indexes again"
            ) from error
        raise IndexMismatchError(
            f"{origin} has format {written}, this kaoju writes format {FORMAT}: run 'kaoju sync'"
            " to cast the indexes again"
        )

    def to_json(self) -> bytes:
        """Write a manifest as people read it."""
        return (json.dumps({"format": FORMAT, **asdict(self)}, indent=1) + "\n").encode()

    def check(
        self, *, encoder_name: str, encoder_digest: str, dimension: int, analyzer: str
    ) -> None:
        """Refuse another encoder or analyzer than the one that built the indexes.

        Raises:
            IndexMismatchError: What was found, what was expected and what to do.
        """
        found = (self.encoder_digest, self.dimension)
        differing = []
        if found != (encoder_digest, dimension):
            differing.append(
                f"with encoder {self.encoder_name} ({self.encoder_digest[:12]},"
                f" {self.dimension} dimensions), but the encoder in use is {encoder_name}"
                f" ({encoder_digest[:12]}, {dimension} dimensions)"
            )
        if self.analyzer != analyzer:
            differing.append(
                f"with analyzer {self.analyzer}, but the analyzer in use is {analyzer}"
            )
        if differing:
            raise IndexMismatchError(
                f"the indexes were built {' and '.join(differing)}: run 'kaoju sync' to cast them"
                " again, or use what they were built with"
            )


def read_manifest_bytes(folder: Path) -> bytes | None:
    """The manifest of a folder as it is stored, or None when there is none."""
    try:
        return (folder / MANIFEST_FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ShelfError(f"cannot read {folder / MANIFEST_FILE}: {error}") from error


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder, or None when there is none.

    Raises:
        IndexDamagedError: It is not readable.
        IndexMismatchError: It has the format of another version of kaoju.
    """
    text = read_manifest_bytes(folder)
    return None if text is None else Manifest.from_json(text, folder / MANIFEST_FILE)


def write_manifest(folder: Path, manifest: Manifest) -> bytes:
    """Make ``manifest`` the folder's, in one step that a crash cannot halve.

    Returns:
        The bytes written.
    """
    text = manifest.to_json()
    waiting = folder / f"{MANIFEST_FILE}.tmp"
    # The files it names must be on the disk, and in their folder, before it is.
    sync_folder(folder)
    write_durably(waiting, text)
    waiting.replace(folder / MANIFEST_FILE)
    sync_folder(folder)
    return text


def write_durably(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder, where systems allow to ask for that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def describe(folder: Path) -> dict[str, Any] | None:
    """Tell the state of an index folder without opening the indexes; None when there is none."""
    manifest = read_manifest(folder)
    if manifest is None:
        return None
    return {
        "generation": manifest.generation,
        "encoder": manifest.encoder_name,
        "encoder_digest": manifest.encoder_digest,
        "dimension": manifest.dimension,
        "analyzer": manifest.analyzer,
        "vectors": sum(entry.vectors - entry.dead for entry in manifest.segments),
        "segments": len(manifest.segments),
        "size_bytes": sum(_size_bytes(path) for path in folder.rglob("*")),
    }


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:  # removed by a writer since it was listed
        return 0
