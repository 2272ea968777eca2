"""Names across the two scripts. The pairs here are not in the list that was learned from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoju.names import letters, pinyin_of, rank_names, tables, transliteration_score

NEWS = [
    ("贝森特", "Bessent"),
    ("哈塞特", "Hassett"),
    ("麦科马克", "McCormack"),
    ("斯威伯", "Swiber"),
    ("鲍威尔", "Powell"),
    ("格兰特", "Grant"),
    ("道格拉斯", "Douglas"),
]


@pytest.mark.parametrize(("chinese", "english"), NEWS)
def test_news_names_rank_first_from_either_side(chinese: str, english: str):
    assert rank_names(chinese, [e for _, e in NEWS])[0][0] == english
    assert rank_names(english, [c for c, _ in NEWS])[0][0] == chinese


@pytest.mark.parametrize(("chinese", "english"), NEWS)
def test_true_pairs_are_likely_and_false_ones_are_not(chinese: str, english: str):
    assert transliteration_score(chinese, english) > 0.8
    others = [e for _, e in NEWS if e != english]
    assert max(transliteration_score(chinese, other) for other in others) < 0.2


def test_a_full_name_is_told_by_both_its_parts():
    people = ["Michael Douglas", "Stephen Miran", "Stephen Douglas", "Scott Bessent"]
    assert rank_names("斯蒂芬·道格拉斯", people)[0][0] == "Stephen Douglas"
    assert rank_names("贝森特", people)[0][0] == "Scott Bessent"


def test_pinyin_reads_family_name_first_and_last():
    assert pinyin_of("周蔚然") == {"zhouweiran", "weiranzhou", "ranzhouwei"}
    assert rank_names("周若兰", ["Ruolan Zhou", "Roland Shaw"])[0][0] == "Ruolan Zhou"


def test_letters_drop_accents_and_marks():
    assert letters("O’Brien-Łukasz Ñandú") == "obrienlukasznandu"


@given(st.text(max_size=30), st.lists(st.text(max_size=20), max_size=6))
def test_ranking_returns_every_candidate_once_in_falling_order(name: str, candidates: list[str]):
    ranked = rank_names(name, candidates)
    assert sorted(c for c, _ in ranked) == sorted(candidates)
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_the_table_is_as_its_card_says():
    import hashlib
    from importlib import resources

    from kaoju import lexicon

    place = resources.files("kaoju.lexicon").joinpath("transliteration.npz")
    assert (
        hashlib.sha256(place.read_bytes()).hexdigest() == lexicon.load("transliteration")["sha256"]
    )
    assert len(place.read_bytes()) < 1_000_000
    assert len(tables().weights) == 2**19
