"""Passages of the question's own language as a way to those of the other."""

import pytest

from kaoju.pivots import PIVOTS, as_ranking, best_pivots, lifted, tellings


def test_what_lies_near_a_pivot_tells_the_same() -> None:
    told = tellings({1: [(11, 0.85), (12, 0.5), (13, 0.3)], 2: [(14, 0.65), (15, 0.5), (16, 0.3)]})
    assert told == {1: {11: 1.0}, 2: {14: pytest.approx(0.5)}}


def test_other_passages_of_the_same_article_tell_something_else() -> None:
    told = tellings({1: [(11, 0.88), (12, 0.83), (13, 0.77), (14, 0.3)]})
    assert told == {1: {11: 1.0, 12: pytest.approx(0.5)}}


def test_the_nearest_passage_of_another_tale_tells_nothing() -> None:
    assert tellings({1: [(11, 0.54), (12, 0.5), (13, 0.3)], 2: []}) == {}


def test_where_everything_is_near_only_what_stands_out_tells_the_same() -> None:
    crowd = [(n, 0.88) for n in range(20, 30)]
    assert tellings({1: [(11, 0.9), *crowd]}) == {}
    assert tellings({1: [(11, 0.97), (12, 0.9), *crowd]}) == {1: {11: 1.0}}


def test_with_nothing_to_compare_it_with_a_neighbour_tells_nothing() -> None:
    assert tellings({1: [(11, 0.9)]}) == {}


def test_a_telling_goes_half_the_way_to_its_pivot() -> None:
    scores = {11: 0.3, 12: 0.3, 13: 0.3}
    found = lifted(scores, {1: 0.7, 2: 0.2}, {1: {11: 1.0, 12: 0.5}, 2: {13: 1.0}})
    assert found == pytest.approx({11: 0.5, 12: 0.4, 13: 0.3})  # no pivot pulls anything down
    assert scores == {11: 0.3, 12: 0.3, 13: 0.3}


def test_of_several_pivots_the_one_that_lifts_most_counts() -> None:
    told = {1: {11: 0.5}, 2: {11: 1.0}}
    assert lifted({11: 0.2}, {1: 0.8, 2: 0.4}, told) == pytest.approx({11: 0.35})
    assert lifted({11: 0.2}, {1: 0.4, 2: 0.8}, told) == pytest.approx({11: 0.5})


def test_tellings_as_a_ranking_are_by_the_surest() -> None:
    assert as_ranking({1: {11: 0.5, 12: 0.2}, 2: {12: 0.9}}) == [(12, 0.9), (11, 0.5)]
    assert as_ranking({}) == []


def test_the_best_passages_are_pivots() -> None:
    own = {number: 1 - number / 100 for number in range(1, 50)}
    assert best_pivots(own) == list(range(1, PIVOTS + 1))
    assert best_pivots({3: 0.5, 2: 0.5}) == [2, 3]
