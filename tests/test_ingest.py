"""The way in, on real files: no-ops, versions, twins, bad files, and who may write when."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from kaoju.errors import IndexMismatchError, InputError, ShelfError, ShelfLockedError
from kaoju.knowledge_base import KnowledgeBase
from kaoju.settings import Settings
from kaoju.types import AddStatus

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = """---
title: 稳定币规模
published: 2025-11-20
---
贝森特预测,规模约3000亿美元的稳定币市场到本十年末有望增长十倍。

Scott Bessent expects stablecoins to grow tenfold by the end of the decade.
"""


def write(folder: Path, name: str, text: str = ARTICLE, encoding: str = "utf-8") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return KnowledgeBase.open(tmp_path / "shelf")


def statuses(kb: KnowledgeBase, *paths: Path) -> list[str]:
    return [str(row.status) for row in kb.add(paths).rows]


def test_the_same_file_again_is_a_no_op(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "one.md")
    assert statuses(kb, path) == ["added"]
    before = (kb.articles(), kb.stats())
    assert statuses(kb, path) == ["unchanged"]
    assert (kb.articles(), kb.stats()) == before


def test_a_changed_file_is_a_new_version_and_its_old_words_are_out_of_search(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    path = write(tmp_path / "in", "one.md")
    kb.add(path)
    [first] = kb.articles()
    assert [f.surface for f in kb.figures(unit="USD")] == ["3000亿美元"]
    path.write_text(ARTICLE.replace("3000亿", "5000亿"), encoding="utf-8")
    assert statuses(kb, path) == ["updated"]
    [second] = kb.articles()
    assert second.id == first.id
    assert (first.versions, second.versions) == (1, 2)
    assert [f.surface for f in kb.figures(unit="USD")] == ["5000亿美元"]
    assert all("3000亿" not in hit.text for hit in kb.search("稳定币3000亿美元", k=50))
    assert kb.verify() == []


def test_the_same_text_under_two_addresses_stays_two_articles(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    write(folder, "one.md")
    write(folder, "two.md")
    report = kb.add(folder)
    first, second = kb.articles()
    assert first.same_text == (second.id,)
    assert second.same_text == (first.id,)
    assert any("same text" in note for note in report.rows[1].notes)


def test_one_bad_file_is_reported_and_the_others_go_in(kb: KnowledgeBase, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "a.md")
    (folder / "b.txt").write_bytes(bytes(range(256)) * 20)
    write(folder, "c.txt", "   \n")
    write(folder, "d.txt", "朱镕基与陶喆、赵堃出席了这次会议,并且讲了话。\n", "gb18030")
    report = kb.add(folder)
    assert [row.status for row in report.rows] == [
        AddStatus.ADDED,
        AddStatus.FAILED,
        AddStatus.FAILED,
        AddStatus.ADDED,
    ]
    assert not report.ok
    assert all(row.source.endswith(("b.txt", "c.txt")) and row.reason for row in report.rows[1:3])
    assert report.rows[3].encoding == "gb18030"
    assert kb.search("朱镕基")[0].text.startswith("朱镕基与陶喆、赵堃")


def test_a_path_that_does_not_exist_is_named(kb: KnowledgeBase) -> None:
    with pytest.raises(InputError, match=r"nowhere\.md"):
        kb.add("nowhere.md")


def test_an_article_taken_off_is_gone_everywhere(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.add(write(tmp_path / "in", "one.md"))
    kb.remove(kb.articles()[0].id)
    assert kb.search("稳定币") == []
    assert kb.figures() == []
    assert kb.claims() == []
    assert kb.entities() == []
    assert kb.verify() == []


def test_the_whole_shelf_keeps_every_article_apart(corpus_shelf: Path) -> None:
    with KnowledgeBase.open(corpus_shelf) as kb:
        assert len(kb.articles()) == 4
        assert {a.language for a in kb.articles()} == {"zh", "en"}
        assert kb.verify() == []
        for article in kb.articles():
            detail = kb.article(article.id)
            text = detail.document.text
            assert "".join(p.text for p in detail.passages) == text
            for found in (*detail.claims, *detail.figures, *detail.mentions):
                assert found.span.of(text) == getattr(found, "text", None) or found.surface


def test_adding_rewrites_no_part_of_the_indexes(own_shelf: Path, tmp_path: Path) -> None:
    with KnowledgeBase.open(own_shelf) as kb:
        kb.search("稳定币")
        before = {p: p.stat().st_mtime_ns for p in (own_shelf / "indexes").rglob("*.faiss")}
        assert before
        kb.add(write(tmp_path / "in", "one.md"))
        after = {p: p.stat().st_mtime_ns for p in (own_shelf / "indexes").rglob("*.faiss")}
    assert {p: t for p, t in after.items() if p in before} == before
    assert len(after) == len(before) + 1


def test_a_second_writer_is_told(own_shelf: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "one.md")
    impatient = Settings(lock_timeout_s=0.1)
    with (
        KnowledgeBase.open(own_shelf) as first,
        KnowledgeBase.open(own_shelf, settings=impatient) as second,
        first._writing(),
        pytest.raises(ShelfLockedError, match="another kaoju is writing"),
    ):
        second.add(path)


def test_a_second_writer_waits_its_turn(own_shelf: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "one.md")
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with KnowledgeBase.open(own_shelf) as first, first._writing():
            holding.set()
            done.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(30)
    threading.Timer(0.3, done.set).start()
    with KnowledgeBase.open(own_shelf) as second:
        assert statuses(second, path) == ["added"]
    thread.join()


def test_readers_see_the_last_complete_state_while_a_writer_works(
    own_shelf: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "in", "one.md", ARTICLE.replace("稳定币", "国债逆回购"))
    with KnowledgeBase.open(own_shelf) as reader, KnowledgeBase.open(own_shelf) as writer:
        seen: list[int] = []
        writer.add(path, progress=lambda _: seen.append(len(reader.articles())))
        assert seen == [5]
        assert "国债逆回购" in reader.search("国债逆回购市场")[0].text


def test_another_encoder_is_refused_until_the_shelf_is_synced(own_shelf: Path) -> None:
    class Letters:
        """A real, if poor, encoder: how often each letter class occurs."""

        name = "letters"
        digest = "1"
        dimension = 16

        def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            rows = np.zeros((len(texts), 16), np.float32)
            for row, text in zip(rows, texts, strict=True):
                for character in text:
                    row[ord(character) % 16] += 1
            return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

        encode_questions = encode

    with (
        KnowledgeBase.open(own_shelf, encoder=Letters()) as kb,
        pytest.raises(IndexMismatchError, match="kaoju sync"),
    ):
        kb.search("稳定币")
    with KnowledgeBase.open(own_shelf, encoder=Letters()) as kb:
        report = kb.sync()
        assert report.encoded == report.added == kb.stats()["passages"]
        assert kb.verify() == []
        assert kb.search("稳定币")


TWO = """稳定币市场又创新高

贝森特预测,规模约3000亿美元的稳定币市场到本十年末有望增长十倍。这会带来新的需求。
===
{headline}

十家银行的高管说,收益率上升了6个基点。市场没有平静下来。投资者在等待下一次拍卖。
"""


def test_an_article_whose_headline_changed_keeps_its_id(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "two.txt", TWO.format(headline="收益率为何上升"))
    assert statuses(kb, path) == ["added", "added"]
    before = {a.title: a.id for a in kb.articles()}
    path.write_text(TWO.format(headline="收益率上升的原因"), encoding="utf-8")
    assert statuses(kb, path) == ["unchanged", "updated"]
    after = {a.title: a.id for a in kb.articles()}
    assert after["收益率上升的原因"] == before["收益率为何上升"]
    assert len(after) == 2


def test_an_article_that_left_its_file_stays_and_is_named(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    path = write(tmp_path / "in", "two.txt", TWO.format(headline="收益率为何上升"))
    kb.add(path)
    gone = next(a.id for a in kb.articles() if a.title == "收益率为何上升")
    path.write_text(TWO.partition("===")[0], encoding="utf-8")
    [row] = kb.add(path).rows
    assert any(gone in note and "kaoju remove" in note for note in row.notes)
    assert gone in {a.id for a in kb.articles()}


def test_missing_indexes_are_said_and_cast_anew(own_shelf: Path, tmp_path: Path) -> None:
    shutil.rmtree(own_shelf / "indexes")
    with (
        KnowledgeBase.open(own_shelf) as kb,
        pytest.raises(IndexMismatchError, match="kaoju sync"),
    ):
        kb.ask("How big is the stablecoin market?")
    with KnowledgeBase.open(own_shelf) as kb:
        kb.add(write(tmp_path / "in", "one.md"))
        assert kb.verify() == []
        assert not kb.ask("How big is the stablecoin market?").abstained


@pytest.mark.parametrize("lost", ["emptied", "removed"])
def test_a_lost_record_is_no_reason_to_empty_the_indexes(own_shelf: Path, lost: str) -> None:
    for leftover in own_shelf.glob("kaoju.sqlite-*"):
        leftover.unlink()
    (own_shelf / "kaoju.sqlite").unlink()
    if lost == "emptied":
        (own_shelf / "kaoju.sqlite").touch()
    with pytest.raises(ShelfError, match=r"kaoju\.sqlite was lost"):
        KnowledgeBase.open(own_shelf)


def test_a_damaged_record_is_told_by_verify(own_shelf: Path) -> None:
    path = own_shelf / "kaoju.sqlite"
    with KnowledgeBase.open(own_shelf) as kb:
        kb.articles()
    data = bytearray(path.read_bytes())
    data[8192:65536] = bytes(57344)
    path.write_bytes(data)
    with KnowledgeBase.open(own_shelf) as kb:
        assert kb.verify() != []


def test_a_shelf_that_may_not_be_written_can_still_be_asked(
    own_shelf: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, m, **k: Path(p) != own_shelf and real(p, m, **k))
    with KnowledgeBase.open(own_shelf) as kb:
        assert not kb.ask("How big is the stablecoin market?").abstained
        with pytest.raises(ShelfError, match="could not be written"):
            kb.add(write(tmp_path / "in", "one.md"))
