"""Every index keeps one contract; the exact ones are the reference, values included."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaoju.errors import DimensionMismatchError
from kaoju.index import Indexes, IndexRow, open_indexes
from kaoju.index import faiss as segmented
from kaoju.index.exact import ExactTerms, ExactVectors
from kaoju.index.protocol import Scored

DIMENSION = 16
WORDS = [
    "贝森特",
    "稳定币",
    "国债",
    "market",
    "bonds",
    "yield",
    "3000",
    "2030年",
    "美联储",
    "treasury",
]


class Shadow(Protocol):
    """Both indexes of a backend, as a test drives them."""

    def apply(self, add: Sequence[IndexRow], delete: Collection[int] = ()) -> None: ...

    def search_vectors(
        self, queries: npt.NDArray[np.float32], k: int, allow: Collection[int] | None = None
    ) -> list[Scored]: ...

    def search_terms(self, terms: Any, k: int, allow: Collection[int] | None = None) -> Scored: ...

    def numbers(self) -> tuple[frozenset[int], frozenset[int]]: ...


class Exact:
    """The two exact indexes as one."""

    def __init__(self) -> None:
        self.vectors, self.terms = ExactVectors(DIMENSION), ExactTerms()
        self.search_vectors, self.search_terms = self.vectors.search, self.terms.search

    def apply(self, add: Sequence[IndexRow], delete: Collection[int] = ()) -> None:
        self.vectors.apply(add, delete)
        self.terms.apply(add, delete)

    def numbers(self) -> tuple[frozenset[int], frozenset[int]]:
        return self.vectors.numbers(), self.terms.numbers()


def opened(folder: Path, **changes: Any) -> Indexes:
    what = {
        "encoder_name": "test",
        "encoder_digest": "0" * 64,
        "dimension": DIMENSION,
        "analyzer": "words 1",
    }
    return open_indexes(folder, **{**what, **changes})


@pytest.fixture(params=["exact", "embedded"])
def shadow(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shadow]:
    if request.param == "exact":
        yield Exact()
    else:
        with opened(tmp_path / "indexes") as indexes:
            yield indexes


def unit(rng: np.random.Generator, count: int) -> npt.NDArray[np.float32]:
    vectors = rng.standard_normal((count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def rows(numbers: Sequence[int], seed: int = 0) -> list[IndexRow]:
    rng = np.random.default_rng([seed, *numbers])
    return [
        IndexRow(
            number,
            vector,
            rng.choice(WORDS, size=rng.integers(3, 30)).tolist(),
            rng.choice(WORDS, size=rng.integers(0, 4)).tolist(),
        )
        for number, vector in zip(numbers, unit(rng, len(numbers)), strict=True)
    ]


def assert_alike(found: Scored, expected: Scored) -> None:
    """Same scores at every place, and the same passages but for ties at the end."""
    assert [s for _, s in found] == pytest.approx([s for _, s in expected], abs=1e-5)
    if expected:
        last = expected[-1][1]
        assert {n for n, s in found if s > last + 1e-5} == {
            n for n, s in expected if s > last + 1e-5
        }


def test_scores_are_those_of_the_exact_indexes(shadow: Shadow) -> None:
    exact = Exact()
    added = rows(range(1, 301))
    queries = unit(np.random.default_rng(7), 5)
    for index in (shadow, exact):
        for at in range(0, 300, 40):
            index.apply(added[at : at + 40])
    for k in (1, 10, 299, 300, 1000):
        found = shadow.search_vectors(queries, k)
        assert [len(hits) for hits in found] == [min(k, 300)] * 5
        for hits, expected in zip(found, exact.search_vectors(queries, k), strict=True):
            assert_alike(hits, expected)
    for terms in (["稳定币"], ["贝森特", "国债", "yield"], ["market", ("bonds", 0.25), "market"]):
        for k in (1, 10, 1000):
            assert_alike(shadow.search_terms(terms, k), exact.search_terms(terms, k))


def test_many_queries_at_once_find_what_each_finds_alone(
    shadow: Shadow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segmented, "BLOCK", 64)
    queries = unit(np.random.default_rng(7), segmented.TOGETHER)
    assert shadow.search_vectors(queries, 3) == [[]] * len(queries)
    for at in range(1, 301, 100):
        shadow.apply(rows(range(at, at + 100)))
    shadow.apply([], range(20, 60))
    for allow in (None, range(1, 200), range(90, 95), ()):
        for k in (1, 10, 300):
            every = shadow.search_vectors(queries, k, allow)
            for query, hits in zip(queries, every, strict=True):
                [alone] = shadow.search_vectors(query[None, :], k, allow)
                assert len(hits) == len(alone)
                assert_alike(hits, alone)


def test_a_term_search_by_hand(shadow: Shadow) -> None:
    vector = unit(np.random.default_rng(0), 1)[0]
    shadow.apply(
        [
            IndexRow(1, vector, ["稳定币", "规模"]),
            IndexRow(2, vector, ["国债", "规模"]),
            IndexRow(3, vector, ["国债", "收益率"], ["稳定币"]),
        ]
    )
    # One of three texts holds 稳定币: idf = ln(1 + 2.5 / 1.5). All texts are of mean length,
    # so tf = 2.2 / 2.2 = 1.
    hits = dict(shadow.search_terms(["稳定币"], 10))
    assert hits[1] == pytest.approx(0.980829, abs=1e-5)
    # Of the titles one is as long as three mean ones: tf = 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3)).
    assert hits[3] == pytest.approx(0.5 * 0.980829 * 2.2 / 4.0, abs=1e-5)
    assert set(hits) == {1, 3}


def test_filters_apply_inside_the_search(shadow: Shadow) -> None:
    exact = Exact()
    added = rows(range(1, 2001))
    shadow.apply(added)
    exact.apply(added)
    queries = unit(np.random.default_rng(3), 2)
    for allow in ({5, 17, 2000, 99999}, set(range(1, 2001, 3)), list(range(500, 1990)), {3: "x"}):
        for k in (2, 50):
            found = shadow.search_vectors(queries, k, allow)
            for hits, expected in zip(found, exact.search_vectors(queries, k, allow), strict=True):
                assert len(hits) == min(k, len(exact.numbers()[0] & set(allow)))
                assert_alike(hits, expected)
            assert_alike(
                shadow.search_terms(["国债", "yield"], k, allow),
                exact.search_terms(["国债", "yield"], k, allow),
            )


def test_a_filter_that_leaves_only_the_worst_is_obeyed(shadow: Shadow) -> None:
    # Twelve hundred allowed passages that rank behind everything else that matches.
    vector = unit(np.random.default_rng(0), 1)[0]
    shadow.apply(
        [IndexRow(n, vector, ["国债"] * 5) for n in range(1, 3001)]
        + [IndexRow(n, vector, ["国债", *WORDS]) for n in range(3001, 4201)]
    )
    allow = frozenset(range(3001, 4201))
    hits = shadow.search_terms(["国债"], 20, allow)
    assert len(hits) == 20
    assert {n for n, _ in hits} <= allow
    [vector_hits] = shadow.search_vectors(vector[None], 20, allow)
    assert len(vector_hits) == 20
    assert {n for n, _ in vector_hits} <= allow


def test_an_empty_filter_allows_nothing(shadow: Shadow) -> None:
    shadow.apply(rows(range(1, 10)))
    queries = unit(np.random.default_rng(3), 2)
    assert shadow.search_vectors(queries, 5, []) == [[], []]
    assert shadow.search_vectors(queries, 5, {77}) == [[], []]
    assert shadow.search_terms(["国债"], 5, []) == []
    assert shadow.search_terms(["国债"], 5, {77, -1, 2**70}) == []


def test_an_empty_index_finds_nothing(shadow: Shadow) -> None:
    assert shadow.search_vectors(unit(np.random.default_rng(3), 2), 5) == [[], []]
    assert shadow.search_vectors(np.empty((0, DIMENSION), np.float32), 5) == []
    assert shadow.search_terms(["国债"], 5) == []
    assert shadow.search_terms([], 5) == []
    assert shadow.numbers() == (frozenset(), frozenset())


def test_padding_never_leaves_the_index(shadow: Shadow) -> None:
    shadow.apply(rows([1, 2, 3]))
    [hits] = shadow.search_vectors(unit(np.random.default_rng(3), 1), 50)
    assert sorted(n for n, _ in hits) == [1, 2, 3]
    assert all(-1.00001 <= score <= 1.00001 for _, score in hits)


def test_a_known_number_is_replaced_not_doubled(shadow: Shadow) -> None:
    first, second = unit(np.random.default_rng(5), 2)
    shadow.apply([IndexRow(7, first, ["国债"])])
    shadow.apply([IndexRow(7, second, ["稳定币"])])
    [hits] = shadow.search_vectors(second[None], 10)
    assert [n for n, _ in hits] == [7]
    assert hits[0][1] == pytest.approx(1.0, abs=1e-5)
    assert shadow.search_terms(["国债"], 10) == []
    assert [n for n, _ in shadow.search_terms(["稳定币"], 10)] == [7]
    assert shadow.numbers() == (frozenset({7}), frozenset({7}))


def test_the_last_of_two_rows_of_one_number_counts(shadow: Shadow) -> None:
    first, second = unit(np.random.default_rng(5), 2)
    shadow.apply([IndexRow(7, first, ["国债"]), IndexRow(7, second, ["稳定币"])])
    [hits] = shadow.search_vectors(second[None], 10)
    assert [(n, round(s, 4)) for n, s in hits] == [(7, 1.0)]
    assert shadow.search_terms(["国债"], 10) == []


def test_a_deleted_passage_is_gone_for_good(shadow: Shadow) -> None:
    added = rows(range(1, 200))
    shadow.apply(added)
    shadow.apply([], [3, 50, 4711])
    assert shadow.numbers() == (frozenset({*range(1, 200)} - {3, 50}),) * 2
    [hits] = shadow.search_vectors(added[2].vector[None], 300)
    assert {n for n, _ in hits} == {*range(1, 200)} - {3, 50}
    found = shadow.search_terms(WORDS, 300)
    assert {n for n, _ in found} == {*range(1, 200)} - {3, 50}
    shadow.apply([], list(range(1, 200)))
    assert shadow.numbers() == (frozenset(), frozenset())
    assert shadow.search_vectors(added[2].vector[None], 5) == [[]]


def test_deletions_come_before_additions(shadow: Shadow) -> None:
    shadow.apply(rows([1, 2]))
    shadow.apply(rows([2, 3], seed=1), [1, 2, 3])
    assert shadow.numbers() == (frozenset({2, 3}), frozenset({2, 3}))


def test_equal_scores_are_ordered_by_number(shadow: Shadow) -> None:
    vector = unit(np.random.default_rng(1), 1)[0]
    for numbers in ([30, 10], [20, 50], [40]):
        shadow.apply([IndexRow(n, vector, ["国债"]) for n in numbers])
    [hits] = shadow.search_vectors(vector[None], 5)
    assert [n for n, _ in hits] == [10, 20, 30, 40, 50]
    assert [n for n, _ in shadow.search_terms(["国债"], 5)] == [10, 20, 30, 40, 50]


def test_the_largest_number_comes_back_as_it_went_in(shadow: Shadow) -> None:
    shadow.apply(rows([1, 2**63 - 1]))
    assert shadow.numbers() == (frozenset({1, 2**63 - 1}),) * 2
    allow = {2**63 - 1}
    assert [n for n, _ in shadow.search_terms(WORDS, 5, allow)] == [2**63 - 1]
    [hits] = shadow.search_vectors(unit(np.random.default_rng(1), 1), 5, allow)
    assert [n for n, _ in hits] == [2**63 - 1]


@pytest.mark.parametrize("number", [0, -1, 2**63])
def test_a_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=r"2\*\*63-1"):
        IndexRow(number, np.zeros(DIMENSION, np.float32), [])


def test_a_wrong_dimension_is_refused_by_name(shadow: Shadow) -> None:
    shadow.apply(rows([1]))
    with pytest.raises(DimensionMismatchError, match="16"):
        shadow.search_vectors(np.zeros((1, 17), np.float32), 5)
    with pytest.raises(DimensionMismatchError):
        shadow.search_vectors(np.zeros(DIMENSION, np.float32), 5)
    with pytest.raises(DimensionMismatchError):
        shadow.apply([IndexRow(2, np.zeros(15, np.float32), ["国债"])])
    assert shadow.numbers() == (frozenset({1}), frozenset({1}))


def test_a_vector_that_is_not_finite_is_refused(shadow: Shadow) -> None:
    broken = np.full(DIMENSION, np.nan, np.float32)
    with pytest.raises(ValueError, match="finite"):
        shadow.apply([IndexRow(2, broken, ["国债"])])
    assert shadow.numbers() == (frozenset(), frozenset())


@pytest.mark.parametrize("k", [0, -3])
def test_k_below_one_is_refused(shadow: Shadow, k: int) -> None:
    shadow.apply(rows([1]))
    with pytest.raises(ValueError, match="at least 1"):
        shadow.search_vectors(np.zeros((1, DIMENSION), np.float32), k)
    with pytest.raises(ValueError, match="at least 1"):
        shadow.search_terms(["国债"], k)


@pytest.mark.parametrize(
    "term", ["a b", "GPT-4o", "C++", "１欧元", "\t", "𠮷", "a" * 300, "国:债", "(x", "AND"]
)
def test_a_term_is_matched_letter_for_letter(shadow: Shadow, term: str) -> None:
    vector = unit(np.random.default_rng(1), 1)[0]
    shadow.apply([IndexRow(1, vector, [term, "other"]), IndexRow(2, vector, ["other", "a", "b"])])
    assert [n for n, _ in shadow.search_terms([term], 5)] == [1]
    assert shadow.search_terms([term[:-1] + "?"], 5) == []


def test_terms_that_weigh_nothing_are_left_out(shadow: Shadow) -> None:
    vector = unit(np.random.default_rng(1), 1)[0]
    shadow.apply([IndexRow(1, vector, ["国债"]), IndexRow(2, vector, ["稳定币"])])
    assert [n for n, _ in shadow.search_terms([("国债", 1.0), ("稳定币", 0.0)], 5)] == [1]
    twice = shadow.search_terms(["国债", "国债"], 5)[0][1]
    assert twice == pytest.approx(2 * shadow.search_terms(["国债"], 5)[0][1], rel=1e-5)


changes = st.lists(
    st.tuples(st.lists(st.integers(1, 60), max_size=25), st.lists(st.integers(1, 60), max_size=12)),
    max_size=14,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=changes, allow=st.none() | st.sets(st.integers(1, 60)))
def test_any_history_ends_where_the_exact_indexes_do(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[list[int], list[int]]],
    allow: set[int] | None,
) -> None:
    exact = Exact()
    folder = tmp_path_factory.mktemp("history") / "indexes"
    with opened(folder) as indexes:
        for step, (add, delete) in enumerate(changes):
            for index in (exact, indexes):
                index.apply(rows(add, seed=step), delete)
            assert indexes.numbers() == exact.numbers()
        queries = unit(np.random.default_rng(2), 2)
        with opened(folder) as again:
            for index in (indexes, again):
                found = index.search_vectors(queries, 9, allow)
                for hits, expected in zip(
                    found, exact.search_vectors(queries, 9, allow), strict=True
                ):
                    assert_alike(hits, expected)
                found_terms = {n for n, _ in index.search_terms(WORDS, 100, allow)}
                assert found_terms == {n for n, _ in exact.search_terms(WORDS, 100, allow)}
