"""What indexes were built from is written down, and a mismatch refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kaoju.errors import IndexDamagedError, IndexMismatchError
from kaoju.index import built_with, describe, open_indexes, reset_indexes
from kaoju.index.manifest import Manifest, SegmentEntry, read_manifest, write_manifest

KIND: dict[str, Any] = {
    "encoder_name": "kaoju-bilingual",
    "encoder_digest": "ab" * 32,
    "dimension": 16,
    "analyzer": "kaoju-words 1",
}
MANIFEST = Manifest(
    generation=7,
    **KIND,
    lexical_folder="terms-01",
    lexical_opstamp=42,
    segments=(
        SegmentEntry("vectors-01.faiss", 1234, "cd" * 32, 10),
        SegmentEntry("vectors-02.faiss", 1234, "ef" * 32, 10, "vectors-02.01.dead", 3),
    ),
)


def test_a_manifest_reads_back_what_it_writes(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    stored = write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path) == MANIFEST
    assert (tmp_path / "manifest.json").read_bytes() == stored
    write_manifest(tmp_path, replace(MANIFEST, generation=8))
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_the_same_encoder_and_analyzer_pass() -> None:
    MANIFEST.check(**KIND)
    # A name alone says nothing: what counts is the digest.
    MANIFEST.check(**{**KIND, "encoder_name": "renamed"})


@pytest.mark.parametrize(
    ("change", "found", "expected"),
    [
        ({"encoder_digest": "01" * 32}, "abababababab", "010101010101"),
        ({"encoder_name": "other", "dimension": 8}, "16 dimensions", "8 dimensions"),
        ({"analyzer": "kaoju-words 2"}, "kaoju-words 1", "kaoju-words 2"),
    ],
)
def test_a_mismatch_says_what_was_found_expected_and_what_to_do(
    tmp_path: Path, change: dict[str, Any], found: str, expected: str
) -> None:
    open_indexes(tmp_path / "indexes", **KIND).close()
    with pytest.raises(IndexMismatchError) as caught:
        open_indexes(tmp_path / "indexes", **{**KIND, **change})
    message = str(caught.value)
    assert found in message
    assert expected in message
    assert "kaoju sync" in message
    reset_indexes(tmp_path / "indexes", **{**KIND, **change}).close()
    open_indexes(tmp_path / "indexes", **{**KIND, **change}).close()
    with pytest.raises(IndexMismatchError):
        open_indexes(tmp_path / "indexes", **KIND)


def test_nothing_is_created_unless_asked_for(tmp_path: Path) -> None:
    with pytest.raises(IndexMismatchError, match="kaoju sync"):
        open_indexes(tmp_path / "indexes", **KIND, create=False)
    assert not (tmp_path / "indexes").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}', '{"format": 1, "x": 2}'])
def test_what_is_no_manifest_is_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(IndexDamagedError, match="kaoju sync"):
        open_indexes(tmp_path, **KIND)
    assert built_with(tmp_path) is None


def test_a_manifest_of_another_format_is_refused(tmp_path: Path) -> None:
    stored = json.loads(MANIFEST.to_json())
    (tmp_path / "manifest.json").write_text(json.dumps({**stored, "format": 99}))
    with pytest.raises(IndexMismatchError, match="format 99"):
        read_manifest(tmp_path)


def test_a_reset_counts_on_where_the_folder_was(tmp_path: Path) -> None:
    folder = tmp_path / "indexes"
    open_indexes(folder, **KIND).close()
    with reset_indexes(folder, **KIND) as first, reset_indexes(folder, **KIND) as second:
        assert (first.generation, second.generation) == (2, 3)
    assert len(list(folder.iterdir())) == 2


def test_the_state_of_a_folder_is_told_without_opening_it(tmp_path: Path) -> None:
    assert describe(tmp_path / "indexes") is None
    assert built_with(tmp_path / "indexes") is None
    open_indexes(tmp_path / "indexes", **KIND).close()
    state = describe(tmp_path / "indexes")
    assert state is not None
    assert built_with(tmp_path / "indexes") == "kaoju-bilingual"
    assert (state["generation"], state["encoder"], state["vectors"]) == (1, "kaoju-bilingual", 0)
    assert state["size_bytes"] > 0
