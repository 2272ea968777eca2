"""The lexical bridge: words of a question as the other language says them."""

import hashlib
import tomllib
from importlib.resources import files

import pytest

from kaoju.tokens import query_terms
from kaoju.word_translations import translated_terms, word_translations

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
        found = [f"{other}" for other, _ in word_translations(keys[at])]
        assert found == [pair.rsplit(":", 1)[0] for pair in lines[at].split("\t")[1:]]


def test_the_card_names_the_tables_as_they_are() -> None:
    card = tomllib.loads((LEXICON / "word_translations.toml").read_text("utf-8"))
    for name, told in card["files"].items():
        data = (LEXICON / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == told["sha256"]
        assert data.count(b"\n") == told["terms"]
    assert len(card["sources"]) > 30
