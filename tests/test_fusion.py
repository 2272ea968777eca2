"""Several rankings to one."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoju.fusion import K_RRF, Fused, reciprocal_rank_fusion, standard_score_fusion

Fusion = Callable[..., list[Fused]]
FUSIONS = [reciprocal_rank_fusion, standard_score_fusion]
RANKINGS = {
    "vectors": [(3, 0.9), (1, 0.8), (2, 0.7)],
    "terms": [(1, 12.0), (4, 3.0)],
}


def test_scores_by_hand() -> None:
    fused = reciprocal_rank_fusion(RANKINGS)
    assert [(hit.number, hit.rank) for hit in fused] == [(1, 1), (3, 2), (4, 3), (2, 4)]
    assert [hit.score for hit in fused] == pytest.approx(
        [1 / 62 + 1 / 61, 1 / 61, 1 / 62, 1 / 63], abs=1e-12
    )
    assert K_RRF == 60


def test_every_hit_explains_itself() -> None:
    sources = {hit.number: dict(hit.sources) for hit in reciprocal_rank_fusion(RANKINGS)}
    assert sources[1] == {"vectors": (2, 0.8), "terms": (1, 12.0)}
    assert sources[4] == {"terms": (2, 3.0)}


def test_equal_scores_are_ordered_by_number() -> None:
    fused = reciprocal_rank_fusion({"a": [(9, 1.0)], "b": [(2, 1.0)], "c": [(5, 1.0)]})
    assert [hit.number for hit in fused] == [2, 5, 9]


def test_weights_scale_a_ranking_and_zero_only_reports_it() -> None:
    fused = reciprocal_rank_fusion(RANKINGS, weights={"terms": 0.0})
    assert [hit.number for hit in fused] == [3, 1, 2, 4]
    assert fused[-1].score == 0.0
    assert fused[-1].sources["terms"] == (2, 3.0)
    doubled = reciprocal_rank_fusion(RANKINGS, weights={"terms": 2.0})
    assert doubled[0].score == pytest.approx(1 / 62 + 2 / 61)


def test_a_smaller_k_trusts_first_places_more() -> None:
    rankings = {"a": [(1, 1.0), (2, 0.9), (3, 0.8)], "b": [(4, 1.0), (3, 0.9), (2, 0.8)]}
    assert reciprocal_rank_fusion(rankings, k=60)[0].number == 2
    assert reciprocal_rank_fusion(rankings, k=0)[0].number == 1


def test_nothing_fuses_to_nothing() -> None:
    assert reciprocal_rank_fusion({}) == []
    assert reciprocal_rank_fusion({"a": []}) == []


def test_what_cannot_be_meant_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        reciprocal_rank_fusion({"a": [(1, 1.0), (1, 0.5)]})
    with pytest.raises(ValueError, match="weights"):
        reciprocal_rank_fusion(RANKINGS, weights={"terms": -1.0})
    with pytest.raises(ValueError, match="weights"):
        reciprocal_rank_fusion(RANKINGS, weights={"terms": float("nan")})
    with pytest.raises(ValueError, match="k must"):
        reciprocal_rank_fusion(RANKINGS, k=-1)


def test_standard_scores_by_hand() -> None:
    # vectors: mean 0.8, deviation sqrt(0.02 / 3) = 0.081650, so 3 stands 2.44949 above the last
    # and 1 half of that; terms: deviation 4.5, so 1 stands 2 above 4.
    fused = standard_score_fusion(RANKINGS)
    assert [hit.number for hit in fused] == [1, 3, 2, 4]
    assert [hit.score for hit in fused] == pytest.approx([3.224745, 2.449490, 0.0, 0.0], abs=1e-6)
    assert dict(fused[0].sources) == {"vectors": (2, 0.8), "terms": (1, 12.0)}


def test_one_sure_ranking_outweighs_two_vague_ones() -> None:
    vague = [(n, 0.5 - n / 1000) for n in range(1, 11)]
    sure = [(99, 20.0), *((n, 1.0 - n / 1000) for n in range(1, 11))]
    assert standard_score_fusion({"vectors": vague, "terms": sure})[0].number == 99
    assert reciprocal_rank_fusion({"vectors": vague, "terms": sure})[0].number == 1


def test_a_ranking_of_equals_still_counts() -> None:
    fused = standard_score_fusion({"a": [(7, 3.0), (8, 3.0)], "b": [(8, 0.4)]})
    assert [(hit.number, hit.score) for hit in fused] == [(8, 2.0), (7, 1.0)]
    assert standard_score_fusion({"a": []}) == []


@pytest.mark.parametrize("fuse", FUSIONS)
def test_a_ranking_that_names_a_passage_twice_is_refused(fuse: Fusion) -> None:
    with pytest.raises(ValueError, match="twice"):
        fuse({"a": [(1, 1.0), (1, 0.5)]})
    with pytest.raises(ValueError, match="weights"):
        fuse(RANKINGS, weights={"terms": -1.0})


rankings_of = st.dictionaries(
    st.sampled_from(["vectors", "terms", "entities", "figures"]),
    st.lists(st.integers(1, 30), unique=True, max_size=20).map(
        lambda numbers: [(n, 1.0 / (1 + place)) for place, n in enumerate(numbers)]
    ),
)


@pytest.mark.parametrize("fuse", FUSIONS)
@given(rankings=rankings_of, data=st.data())
def test_the_order_of_the_rankings_does_not_matter(
    fuse: Fusion, rankings: dict[str, list[tuple[int, float]]], data: st.DataObject
) -> None:
    names = data.draw(st.permutations(sorted(rankings)))
    before = copy.deepcopy(rankings)
    fused = fuse(rankings)
    assert fuse({name: rankings[name] for name in names}) == fused
    assert rankings == before
    assert {hit.number for hit in fused} == {n for r in rankings.values() for n, _ in r}
    assert [hit.rank for hit in fused] == list(range(1, len(fused) + 1))
    assert [(-h.score, h.number) for h in fused] == sorted((-h.score, h.number) for h in fused)


@given(rankings=rankings_of)
def test_rising_in_a_ranking_never_lowers_a_passage(
    rankings: dict[str, list[tuple[int, float]]],
) -> None:
    for name, ranking in rankings.items():
        if len(ranking) < 2:
            continue
        risen = {**rankings, name: [ranking[-1], *ranking[:-1]]}
        number = ranking[-1][0]
        before = next(h.rank for h in reciprocal_rank_fusion(rankings) if h.number == number)
        after = next(h.rank for h in reciprocal_rank_fusion(risen) if h.number == number)
        assert after <= before


@given(rankings=rankings_of, scale=st.floats(0.01, 100), shift=st.floats(-100, 100))
def test_standard_scores_do_not_depend_on_a_rankings_scale(
    rankings: dict[str, list[tuple[int, float]]], scale: float, shift: float
) -> None:
    changed = {name: [(n, s * scale + shift) for n, s in r] for name, r in rankings.items()}
    before = {hit.number: hit.score for hit in standard_score_fusion(rankings)}
    after = {hit.number: hit.score for hit in standard_score_fusion(changed)}
    assert after == pytest.approx(before, abs=1e-6)
