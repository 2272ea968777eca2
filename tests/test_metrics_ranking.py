"""Measures of a ranking, against cases computed by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from kaoju.metrics import ndcg_at, recall_at, reciprocal_rank


def test_one_relevant_item_scores_by_its_rank() -> None:
    # 1 / log2(rank + 1): 1, 0.6309, 0.5, 0.4307
    for rank, expected in [(1, 1.0), (2, 0.63093), (3, 0.5), (4, 0.43068)]:
        ranking = ["-"] * (rank - 1) + ["x"] + ["-"] * 5
        assert ndcg_at(ranking, {"x"}, 10) == pytest.approx(expected, abs=1e-5)
        assert reciprocal_rank(ranking, {"x"}) == pytest.approx(1 / rank)


def test_the_ideal_is_all_relevant_items_first() -> None:
    # DCG = 1 + 1/log2(4) = 1.5; ideal for three = 1 + 0.63093 + 0.5 = 2.13093
    assert ndcg_at(["a", "-", "b", "-"], {"a", "b", "c"}, 4) == pytest.approx(
        1.5 / 2.13093, abs=1e-5
    )
    # With k = 2 the ideal has room for two only.
    assert ndcg_at(["a", "-", "b"], {"a", "b", "c"}, 2) == pytest.approx(1 / 1.63093, abs=1e-5)
    assert ndcg_at(["c", "a", "b"], {"a", "b", "c"}, 10) == 1.0


def test_k_cuts_the_ranking() -> None:
    ranking = list("abcdefghijk")
    assert ndcg_at(ranking, {"k"}, 10) == 0.0
    assert recall_at(ranking, {"k"}, 10) == 0.0
    assert recall_at(ranking, {"k"}, 11) == 1.0
    assert reciprocal_rank(ranking, {"k"}, 10) == 0.0
    assert reciprocal_rank(ranking, {"k"}) == pytest.approx(1 / 11)


def test_recall_is_the_share_of_what_is_relevant() -> None:
    assert recall_at(["a", "b", "c"], {"a", "c", "x", "y"}, 3) == 0.5
    # More relevant items than places: recall stays below 1, as in trec_eval.
    assert recall_at(["a"], {"a", "b"}, 1) == 0.5


def test_a_second_copy_gains_nothing() -> None:
    assert recall_at(["a", "a", "b"], {"a", "b"}, 2) == 0.5
    assert ndcg_at(["a", "a"], {"a", "b"}, 2) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_an_empty_ranking_scores_nothing() -> None:
    assert ndcg_at([], {"a"}, 10) == 0.0
    assert recall_at([], {"a"}, 10) == 0.0
    assert reciprocal_rank([], {"a"}) == 0.0


@pytest.mark.parametrize("measure", [ndcg_at, recall_at, reciprocal_rank])
def test_what_cannot_be_scored_is_refused(measure: Callable[..., float]) -> None:
    with pytest.raises(ValueError, match="relevant"):
        measure(["a"], set(), 10)
    with pytest.raises(ValueError, match="k must"):
        measure(["a"], {"a"}, 0)
