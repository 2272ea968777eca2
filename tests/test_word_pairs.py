"""The learned pairs of words, and what they are for: sentences of two languages side by side."""

from __future__ import annotations

import pytest

from kaoju.alignment import share_of_content, wanted_of
from kaoju.gazetteer import lexicon_lines
from kaoju.tokens import query_terms
from kaoju.word_pairs import words_for


def _even(term: str) -> float:
    return 1.0


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("收入", "revenue"),
        ("疫苗", "vaccine"),
        ("出口", "export"),
        ("bond", "债券"),
        ("inflation", "通胀"),
    ],
)
def test_common_words_stand_for_each_other(word: str, other: str) -> None:
    (term,), (meant,) = _content(word), _content(other)
    assert meant in [told for told, _ in words_for(term)[:2]]


def test_a_word_that_was_never_seen_stands_for_nothing() -> None:
    assert words_for("zzyzx") == ()


def test_every_chance_is_one_and_the_likeliest_word_comes_first() -> None:
    for line in lexicon_lines("word_pairs.tsv"):
        told = words_for(line.partition("\t")[0])
        chances = [chance for _, chance in told]
        assert told
        assert all(0 < chance <= 1 for chance in chances)
        assert chances == sorted(chances, reverse=True)


def _content(text: str) -> frozenset[str]:
    return frozenset(query_terms(text, characters=False))


def test_what_a_sentence_says_is_found_in_the_other_language() -> None:
    wanted = wanted_of(_content("运价上涨，燃料成本下降。"), _even)
    right = share_of_content(wanted, _content("Fuel costs fell."), across=True)
    wrong = share_of_content(wanted, _content("The board named a chairman."), across=True)
    assert right > 0.3 > wrong
    wanted = wanted_of(_content("Fuel costs fell sharply."), _even)
    assert share_of_content(wanted, _content("燃料成本大幅下降。"), across=True) > 0.4
    assert share_of_content(wanted, _content("董事会任命了主席。"), across=True) == 0


def test_a_word_without_a_pair_is_left_out_across_the_languages_alone() -> None:
    wanted = wanted_of(_content("zzyzx fuel"), _even)
    assert share_of_content(wanted, _content("燃油"), across=True) == 1
    assert share_of_content(wanted, _content("fuel"), across=False) == 0.5


def test_nothing_to_look_for_is_nothing_found() -> None:
    wanted = wanted_of(frozenset(), _even)
    assert share_of_content(wanted, _content("燃料"), across=True) == 0
    assert share_of_content(wanted, _content("fuel"), across=False) == 0
