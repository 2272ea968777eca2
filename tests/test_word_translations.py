"""The lexical bridge: words of a question as the other language says them."""

import hashlib
import tomllib
from importlib.resources import files

import pytest

from kaoju.tokens import query_terms
from kaoju.word_likeness import share_of_content, wanted_of
from kaoju.word_translations import translated_terms, word_translations, words_for

LEXICON = files("kaoju") / "lexicon"


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("国债", "treasury"),
        ("通胀", "inflation"),
        ("失业", "unemployment"),
        ("出口", "export"),
        ("wheat", "小麦"),
        ("dam", "大坝"),
        ("inflation", "通胀"),
    ],
)
def test_a_word_brings_its_translation(word: str, other: str) -> None:
    (term,) = query_terms(word, characters=False)
    assert other in dict(word_translations(term))


def test_the_shares_of_a_word_sum_to_one() -> None:
    for word in ("银行", "board", "收购"):
        found = word_translations(word)
        assert found
        assert sum(share for _, share in found) == pytest.approx(1)
        assert [share for _, share in found] == sorted((s for _, s in found), reverse=True)


def test_unknown_words_are_dropped_and_figures_stay() -> None:
    assert word_translations("zzyzx") == ()
    assert word_translations("") == ()
    assert translated_terms(["zzyzx", "2026", "3.5%"]) == {"2026": 1.0, "3.5%": 1.0}


def test_a_translation_of_two_words_counts_once() -> None:
    both = translated_terms(["通胀", "通货膨胀"])
    shares = [dict(word_translations(word)).get("inflation", 0) for word in ("通胀", "通货膨胀")]
    assert both["inflation"] == max(shares)


@pytest.mark.parametrize("name", ["words_zh_en.tsv", "words_en_zh.tsv"])
def test_every_line_is_found_again(name: str) -> None:
    lines = (LEXICON / name).read_text("utf-8").splitlines()
    keys = [line.split("\t")[0] for line in lines]
    assert keys == sorted(set(keys), key=str.encode)
    for at in (0, 1, len(lines) // 3, len(lines) // 2, len(lines) - 2, len(lines) - 1):
        told = [pair.rsplit(":", 2) for pair in lines[at].split("\t")[1:]]
        found = {other for other, _ in [*word_translations(keys[at]), *words_for(keys[at])]}
        assert found
        assert found <= {other for other, _, _ in told}


def test_the_card_names_the_tables_as_they_are() -> None:
    card = tomllib.loads((LEXICON / "word_translations.toml").read_text("utf-8"))
    for name, told in card["files"].items():
        data = (LEXICON / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == told["sha256"]
        assert data.count(b"\n") == told["terms"]
    assert len(card["sources"]) > 30


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


def test_every_chance_is_one_and_the_likeliest_word_comes_first() -> None:
    for term in ("收入", "疫苗", "export", "bond"):
        chances = [chance for _, chance in words_for(term)]
        assert chances
        assert all(0 < chance <= 1 for chance in chances)
        assert chances == sorted(chances, reverse=True)
    assert words_for("zzyzx") == ()


def _even(term: str) -> float:
    return 1.0


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
