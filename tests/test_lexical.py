"""The lexical index: tantivy's own traps, and what lies under the contract."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kaoju.errors import IndexDamagedError, ShelfLockedError
from kaoju.index.lexical import LexicalIndex
from kaoju.index.protocol import TITLE_WEIGHT, IndexRow

NOTHING = np.zeros(1, np.float32)


def row(number: int, text: str, title: str = "") -> IndexRow:
    return IndexRow(number, NOTHING, text.split(), title.split())


def write(index: LexicalIndex, add: list[IndexRow], delete: list[int]) -> int:
    with index.written(add, delete) as opstamp:
        return opstamp


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return LexicalIndex.create(tmp_path / "terms")


def found(index: LexicalIndex, *terms: str, k: int = 10) -> list[int]:
    return [number for number, _ in index.searcher().search(terms, k)]


def test_a_deletion_by_number_deletes(index: LexicalIndex) -> None:
    # delete_documents_by_term silently deletes nothing from an unsigned field.
    write(index, [row(n, "国债") for n in range(1, 6)], [])
    write(index, [], [3])
    assert index.searcher().numbers() == {1, 2, 4, 5}
    assert found(index, "国债") == [1, 2, 4, 5]


def test_more_hits_than_passages_do_not_panic(index: LexicalIndex) -> None:
    # A limit of 0 is a Rust panic, which is no Exception.
    assert index.searcher().search(["国债"], 10**9) == []
    write(index, [row(1, "国债")], [])
    assert found(index, "国债", k=10**9) == [1]


def test_a_searcher_keeps_its_commit(index: LexicalIndex) -> None:
    write(index, [row(1, "国债")], [])
    held = index.searcher()
    write(index, [row(2, "国债")], [1])
    assert [n for n, _ in held.search(["国债"], 5)] == [1]
    assert found(index, "国债") == [2]


def test_the_stamp_moves_with_every_commit_and_with_nothing_else(index: LexicalIndex) -> None:
    stamps = [index.opstamp()]
    for n in range(1, 20):  # merges included
        assert write(index, [row(n, "国债")], []) > stamps[-1]
        stamps.append(index.opstamp())
        index.searcher()
        assert index.opstamp() == stamps[-1]


def test_a_title_counts_less_than_the_text_and_more_than_nothing(index: LexicalIndex) -> None:
    assert 0 < TITLE_WEIGHT < 1
    write(
        index,
        [row(1, "国债 规模", "其他"), row(2, "其他 规模", "国债"), row(3, "其他 规模", "其他")],
        [],
    )
    assert found(index, "国债") == [1, 2]


def test_a_rare_term_counts_more_than_a_common_one(index: LexicalIndex) -> None:
    write(index, [row(n, "市场 国债" if n % 2 else "市场 其他") for n in range(1, 30)], [])
    write(index, [row(100, "市场 稳定币")], [])
    assert found(index, "国债", "稳定币", k=1) == [100]


def test_a_weight_can_turn_the_order(index: LexicalIndex) -> None:
    write(index, [row(1, "国债"), row(2, "稳定币")], [])
    searcher = index.searcher()
    for first, second, best in (("国债", "稳定币", 1), ("稳定币", "国债", 2)):
        assert searcher.search([(first, 1.0), (second, 0.5)], 1)[0][0] == best


def test_no_term_holds_the_separator(index: LexicalIndex) -> None:
    write(index, [IndexRow(1, NOTHING, ["国\0债", "规模"])], [])
    assert found(index, "国债") == [1]
    assert found(index, "规模") == [1]
    assert found(index, "国") == []


def test_a_second_writer_is_told(index: LexicalIndex, tmp_path: Path) -> None:
    writer = index._index.writer(15_000_000, 1)
    with pytest.raises(ShelfLockedError, match="another process"):
        write(LexicalIndex.open(tmp_path / "terms"), [row(1, "国债")], [])
    del writer
    write(LexicalIndex.open(tmp_path / "terms"), [row(1, "国债")], [])


def test_a_damaged_file_is_our_error_not_a_panic(index: LexicalIndex, tmp_path: Path) -> None:
    write(index, [row(n, "国债 规模 市场") for n in range(1, 300)], [])
    for path in (tmp_path / "terms").glob("*.idx"):
        path.write_bytes(b"\0" * 7)
    with pytest.raises(IndexDamagedError, match="kaoju sync"):
        LexicalIndex.open(tmp_path / "terms").searcher().search(["国债"], 5)


def test_a_folder_that_is_gone_is_told_apart_from_one_that_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        LexicalIndex.open(tmp_path / "terms")
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "meta.json").write_text("{}")
    with pytest.raises(IndexDamagedError):
        LexicalIndex.open(tmp_path / "terms")


def test_what_a_crash_left_is_not_in_the_way_of_the_next_write(
    index: LexicalIndex, tmp_path: Path
) -> None:
    # tantivy names the file of deletions by its stamp, which is the same the second time.
    folder = tmp_path / "terms"
    write(index, [row(n, "国债") for n in range(1, 6)], [])
    before = (folder / "meta.json").read_bytes()
    write(index, [row(7, "国债")], [3])
    assert list(folder.glob("*.del"))
    (folder / "meta.json").write_bytes(before)
    again = LexicalIndex.open(folder)
    assert again.searcher().numbers() == {1, 2, 3, 4, 5}
    write(again, [row(7, "国债")], [3])
    assert again.searcher().numbers() == {1, 2, 4, 5, 7}
