"""The record: versions, transactions, what is pending, and finding things again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from kaoju import migrations
from kaoju.errors import NotFoundError, ShelfError, ShelfTooNewError
from kaoju.store import Pending, Reading, Store
from kaoju.store.catalogue import Head
from kaoju.types import (
    Claim,
    Dimension,
    Document,
    Entity,
    EntityKind,
    Figure,
    Filters,
    Language,
    Mention,
    Passage,
    Span,
)

TEXT = "稳定币市场约3000亿美元。\n贝森特预测会增长十倍。𠮷野家没有评论。"


def reading(
    article_id: str = "a-1",
    version: str = "v1",
    text: str = TEXT,
    published_on: date | None = date(2025, 11, 20),
    encoder: str = "test@1",
) -> Reading:
    """A small article of two passages, a figure, a name and a claim."""
    document = Document(
        id=article_id,
        version=version,
        text=text,
        title="稳定币",
        source=f"{article_id}.txt",
        media_type="text/plain",
        language=Language.ZH,
        published_on=published_on,
        content_sha256=version,
    )
    cut = text.index("\n") + 1
    spans = [Span(0, cut), Span(cut, len(text))]
    passages = tuple(
        Passage(
            f"p-{article_id}-{version}-{i}",
            article_id,
            s,
            s.of(text),
            Language.ZH,
            i,
            ("稳定币",),
        )
        for i, s in enumerate(spans)
    )
    at = text.index("亿美元") - 4
    figure = Figure(
        span=Span(at, at + 7),
        surface=text[at : at + 7],
        value=Decimal(300000000000),
        unit="USD",
        dimension=Dimension.MONEY,
        measure="稳定币市场",
        subject_id="e-1",
        id=f"f-{article_id}-{version}",
        passage_id=passages[0].id,
        document_id=article_id,
    )
    who = text.index("贝森特")
    mention = Mention(
        span=Span(who, who + 3),
        surface="贝森特",
        kind=EntityKind.PERSON,
        name="斯科特·贝森特",
        language=Language.ZH,
        entity_id="e-1",
        passage_id=passages[1].id,
        document_id=article_id,
    )
    claim = Claim(
        id=f"c-{article_id}-{version}",
        passage_id=passages[1].id,
        document_id=article_id,
        span=Span(cut, cut + 11),
        text=text[cut : cut + 11],
        subject_ids=("e-2",),
        attributed_to="贝森特",
        attributed_id="e-1",
    )
    vectors = np.arange(8, dtype=np.float32).reshape(2, 4)
    entity = Entity("e-1", EntityKind.PERSON, ((Language.ZH, "贝森特"), (Language.EN, "Bessent")))
    return Reading(
        document, passages, vectors, encoder, "r1", (mention,), (figure,), (claim,), (entity,)
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kaoju.sqlite")


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    one = reading()
    assert store.put(one) is True
    assert store.document("a-1") == one.document
    assert tuple(store.passages_of("a-1")) == one.passages
    assert store.figures() == list(one.figures)
    assert store.claims() == list(one.claims)
    assert [m for _, m in store.mention_rows()] == list(one.mentions)
    assert store.entities() == [replace(one.entities[0], mention_count=1)]
    numbers = store.numbers_of(p.id for p in one.passages)
    vectors = store.vectors(numbers.values(), "test@1")
    np.testing.assert_array_equal(vectors[numbers[one.passages[1].id]], one.vectors[1])


def test_passages_are_slices_of_the_text_beyond_the_basic_plane(store: Store) -> None:
    store.put(reading())
    last = store.passages_of("a-1")[-1]
    assert last.text == "贝森特预测会增长十倍。𠮷野家没有评论。"


def test_a_changed_article_is_a_new_version_under_the_same_id(store: Store) -> None:
    store.put(reading(version="v1"))
    old = store.numbers_of(["p-a-1-v1-0", "p-a-1-v1-1"])
    assert store.put(reading(version="v2", text=TEXT.replace("3000", "3100"))) is False
    assert store.versions("a-1") == ["v1", "v2"]
    assert store.current_version("a-1") == ("v2", "r1")
    assert "3000" in store.document("a-1", "v1").text
    assert store.passages(old.values()) == {}
    assert store.numbers_of(["p-a-1-v1-0"]) == {}
    assert [f.surface for f in store.figures()] == ["3100亿美元"]
    assert store.counts()["passages"] == 2


def test_an_article_can_go_back_to_an_earlier_version(store: Store) -> None:
    store.put(reading(version="v1"))
    store.put(reading(version="v2", text=TEXT.replace("3000", "3100")))
    store.put(reading(version="v1"))
    assert store.current_version("a-1") == ("v1", "r1")
    assert [f.surface for f in store.figures()] == ["3000亿美元"]
    assert store.integrity() == []


def test_what_the_indexes_have_to_do_is_written_with_the_article(store: Store) -> None:
    store.put(reading(version="v1"))
    first = store.pending()
    assert len(first.add) == 2
    assert first.delete == ()
    store.put(reading(version="v2"))
    second = store.pending()
    assert len(second.add) == 2
    assert set(second.delete) == set(first.add)
    assert set(second.add) == store.current_numbers()
    store.done(second)
    assert not store.pending()


def test_striking_out_leaves_what_came_since(store: Store) -> None:
    store.put(reading("a-1"))
    seen = store.pending()
    store.put(reading("a-1", "v2"))
    store.done(seen)
    assert set(store.pending().delete) == set(seen.add)
    store.done(Pending((), tuple(seen.add)))
    assert store.pending().delete == ()


def test_a_number_is_never_used_twice(store: Store) -> None:
    store.put(reading())
    before = max(store.current_numbers())
    store.remove("a-1")
    store.put(reading())
    assert min(store.current_numbers()) > before


def test_removal_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    store.put(reading("a-1"))
    store.put(reading("a-2"))
    store.remove("a-1")
    store.remove("a-2")
    with sqlite3.connect(tmp_path / "kaoju.sqlite") as db:
        tables = ["articles", "versions", "passages", "vectors", "entities", "mentions"]
        for table in [*tables, "figures", "claims", "claim_subjects"]:
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    with pytest.raises(NotFoundError, match="a-1"):
        store.remove("a-1")


def test_a_failing_write_changes_nothing(store: Store) -> None:
    store.put(reading())
    before = (store.counts(), store.state(), store.pending())
    clash = reading("a-2")
    with pytest.raises(sqlite3.IntegrityError):
        store.put(replace(clash, figures=(replace(clash.figures[0], id="f-a-1-v1"),)))
    assert (store.counts(), store.state(), store.pending()) == before


def test_the_same_text_under_two_addresses_stays_two_articles(store: Store) -> None:
    store.put(reading("a-1"))
    store.put(reading("a-2"))
    found = {a.id: a.same_text for a in store.articles()}
    assert found == {"a-1": ("a-2",), "a-2": ("a-1",)}


def test_figures_are_found_by_unit_bounds_entity_and_date(store: Store) -> None:
    store.put(reading("a-1", published_on=date(2025, 11, 20)))
    store.put(reading("a-2", published_on=date(2024, 1, 1)))
    assert [f.document_id for f in store.figures(unit="USD")] == ["a-1", "a-2"]
    assert store.figures(unit="CNY") == []
    assert len(store.figures(low=3e11, high=3e11)) == 2
    assert store.figures(low=3.1e11) == []
    assert store.figures(high=2.9e11) == []
    assert len(store.figures(entity_id="e-1", since=date(2025, 1, 1))) == 1
    assert store.figures(entity_id="e-9") == []
    assert len(store.figures(measures=["stablecoin", "稳定币"])) == 2


def test_claims_are_found_by_speaker_and_by_subject(store: Store) -> None:
    store.put(reading())
    assert [c.id for c in store.claims(said_by="e-1")] == ["c-a-1-v1"]
    assert [c.id for c in store.claims(about="e-2")] == ["c-a-1-v1"]
    assert store.claims(about="e-1") == []


def test_filters_choose_passages(store: Store) -> None:
    store.put(reading("a-1", published_on=date(2025, 11, 20)))
    store.put(reading("a-2", published_on=None))
    assert store.select(Filters()) is None
    assert len(store.select(Filters(language=Language.ZH)) or ()) == 4
    assert store.select(Filters(language=Language.EN)) == frozenset()
    assert len(store.select(Filters(since=date(2025, 11, 20))) or ()) == 2
    assert store.select(Filters(until=date(2025, 11, 19))) == frozenset()
    assert len(store.select(Filters(entity="e-1")) or ()) == 2
    assert len(store.select(Filters(source="a-2")) or ()) == 2


def test_more_passages_than_one_statement_may_name(store: Store) -> None:
    for i in range(300):
        store.put(reading(f"a-{i}"))
    numbers = store.current_numbers()
    assert len(numbers) == 600
    assert set(store.passages(numbers)) == numbers
    assert set(store.vectors(numbers, "test@1")) == numbers


def test_vectors_of_another_encoder_are_missing_ones(store: Store) -> None:
    store.put(reading(encoder="test@1"))
    assert store.passages_without_vector("test@1") == []
    missing = store.passages_without_vector("other@1")
    assert len(missing) == 2
    store.put_vectors("other@1", missing, np.ones((2, 4), np.float32))
    assert store.passages_without_vector("other@1") == []
    assert store.vectors(missing, "test@1") == {}


def test_a_record_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kaoju.sqlite"
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {len(migrations.STEPS) + 1}")
    with pytest.raises(ShelfTooNewError, match="later kaoju"):
        Store(path)


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kaoju.sqlite"
    path.write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(ShelfError, match="not a record"):
        Store(path)


def test_a_migration_that_fails_leaves_the_record_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kaoju.sqlite"
    first = Store(path)
    first.put(reading())
    first.close()
    bad = (*migrations.STEPS, "CREATE TABLE extra (x); CREATE TABLE articles (x);")
    monkeypatch.setattr(migrations, "STEPS", bad)
    with pytest.raises(ShelfError):
        Store(path)
    monkeypatch.undo()
    again = Store(path)
    assert again.document("a-1").title == "稳定币"
    assert again.integrity() == []


def test_integrity_notices_passages_that_do_not_tile(store: Store, tmp_path: Path) -> None:
    store.put(reading())
    assert store.integrity() == []
    with sqlite3.connect(tmp_path / "kaoju.sqlite") as db:
        db.execute("UPDATE passages SET start = start + 1 WHERE ordinal = 1")
    assert store.integrity() == ["the passages of a-1 (v1) do not tile its text"]


def _first_number(store: Store, article_id: str) -> int:
    (number,) = store.numbers_of([store.passages_of(article_id)[0].id]).values()
    return number


def test_passages_that_state_a_number_of_a_unit_are_found(store: Store) -> None:
    store.put(reading())
    store.put(reading("b-1"))
    first, second = _first_number(store, "a-1"), _first_number(store, "b-1")
    assert sorted(store.numbers_stating("money", "USD", 2.9e11, 3.1e11, 9)) == [first, second]
    assert sorted(store.numbers_stating("money", "USD", 3e11, 3e11, 9)) == [first, second]
    assert store.numbers_stating("money", "USD", 3.1e11, 3.2e11, 9) == []
    assert store.numbers_stating("money", "EUR", 3e11, 3e11, 9) == []
    assert store.numbers_stating("count", "USD", 3e11, 3e11, 9) == []
    assert len(store.numbers_stating("money", "USD", 3e11, 3e11, 1)) == 1


def test_what_an_older_version_states_is_not_found(store: Store) -> None:
    store.put(reading())
    old = _first_number(store, "a-1")
    store.put(reading(version="v2", text=TEXT.replace("约", "达")))
    assert store.numbers_stating("money", "USD", 3e11, 3e11, 9) == [_first_number(store, "a-1")]
    assert _first_number(store, "a-1") != old


def test_the_head_of_an_article_tells_what_it_names_first(store: Store) -> None:
    store.put(reading())
    store.put(reading("b-1", published_on=None))
    at = TEXT.index("贝森特")
    assert store.heads(["a-1"], at) == {
        "a-1": Head("稳定币", date(2025, 11, 20), frozenset(), frozenset({"e-1"}))
    }
    assert store.heads(["b-1"], at + 1) == {
        "b-1": Head("稳定币", None, frozenset({"e-1"}), frozenset({"e-1"}))
    }
    assert set(store.heads(["a-1", "b-1", "missing"], 9)) == {"a-1", "b-1"}
    assert store.heads([], 9) == {}


def test_the_head_of_an_article_is_of_its_current_version(store: Store) -> None:
    store.put(reading())
    store.put(replace(reading(version="v2"), mentions=(), entities=()))
    assert store.heads(["a-1"], 99)["a-1"].entity_ids == frozenset()
