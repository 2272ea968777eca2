"""Names across the two scripts. The pairs here are not in the list that was learned from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoju.names import rank_names
from kaoju.sounds import alignments, letters, pinyin_of, row_of
from kaoju.transliteration import models, spell, transliteration_score

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


@settings(deadline=None)  # the first ranking reads the models
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
    assert len(place.read_bytes()) < 2_000_000
    assert len(models().ids) > 1000


def test_alignment_takes_the_likeliest_letters_of_each_character():
    whole = float(alignments([("贝尔", "bell")])[0])
    by_hand = max(
        row_of("贝").get("bell"[:k], -99) + row_of("尔").get("bell"[k:], -99) for k in range(5)
    )
    assert whole == pytest.approx(by_hand, abs=1e-3)
    assert float(alignments([("贝", "bellbell")])[0]) < -1e8  # more letters than one can stand for


def test_a_name_is_aligned_alike_alone_and_among_longer_ones():
    long = "llanfairpwllgwyngyllgogerychwyrndrobwll"  # more letters than the table has room for
    pairs = [("贝尔", "bell"), ("斯威伯", "swiber"), ("兰韦尔普尔古因吉尔", long), ("兰", "lan")]
    together = alignments(pairs).tolist()
    assert together == [float(alignments([pair])[0]) for pair in pairs]
    assert all(value > -1e8 for value in together)


def test_a_name_is_spelled_alike_alone_and_among_others():
    pairs = [("贝森特", "bessent"), ("米兰", "miran"), ("斯威伯", "swiber")]
    together = spell(pairs)
    from kaoju import transliteration

    transliteration._spelled.clear()
    transliteration._read.clear()
    assert [spell([pair])[0] for pair in pairs] == pytest.approx(together, abs=1e-3)


def test_the_true_name_is_found_among_a_thousand():
    made = [
        f"{a}{b}{c}"
        for a in ("Ber", "Hal", "Mor", "Tor")
        for b in ("ri", "le", "no")
        for c in "abdefgk"
    ]
    others = [
        name + end
        for name in made
        for end in ("n", "r", "son", "ton", "ski", "man", "ley", "us", "ing", "o", "ard", "ert")
    ]
    ranked = rank_names("斯威伯", [*others[:999], "Swiber"])
    assert ranked[0][0] == "Swiber"
    assert len(ranked) == 1000


def test_many_names_are_as_common_at_once_as_one_by_one():
    habits = models().letter_habits
    names = ["swiber", "e", "bessent", "qqxz", "vandermerwe"]
    together = habits.logs(names)
    habits.cached.clear()
    assert together == pytest.approx([habits.log(name) for name in names], abs=1e-9)


def test_a_name_is_read_as_a_phrase_where_it_holds_one_and_by_its_characters_elsewhere():
    from pypinyin import lazy_pinyin

    for name in ("重庆", "朝阳集团", "贝森特", "周蔚然", "长安"):
        assert "".join(lazy_pinyin(name)) in pinyin_of(name)
    assert "chongqing" in pinyin_of("重庆")


def test_products_stay_on_one_thread_until_the_last_who_asked_is_done():
    from kaoju.transducer import _pools, one_thread

    def threads() -> set[int]:
        return {pool["num_threads"] for pool in _pools().info() if pool["user_api"] == "blas"}

    before = threads()
    with one_thread():
        with one_thread():
            assert threads() <= {1}
        assert threads() <= {1}
    assert threads() == before
