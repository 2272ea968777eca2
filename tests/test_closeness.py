"""Late interaction over the encoder's input vectors."""

import hashlib
import tomllib
from importlib.resources import files

import numpy as np
import pytest

from kaoju.closeness import closeness, word_vectors
from kaoju.encoder import MODEL_FOLDER, TOKENIZER_FILE, shared_tokenizer

LEXICON = files("kaoju") / "lexicon"


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("小麦歉收", "The wheat harvest was poor this year.", "The bank raised its rates again."),
        ("wheat harvest", "今年的小麦收成不好。", "银行再次加息。"),
        ("油价为何下跌", "国际原油价格走低。", "球队赢得冠军。"),
        ("unemployment", "Fewer people were jobless.", "The bridge was painted red."),
    ],
)
def test_what_says_the_same_is_closer(question: str, right: str, wrong: str) -> None:
    close, far = closeness(question, [right, wrong])
    assert close > far


def test_a_passage_that_holds_every_word_is_at_one() -> None:
    (score,) = closeness("小麦收成", ["今年的小麦收成不好。"])
    assert score == pytest.approx(1, abs=1e-5)


def test_width_and_script_do_not_matter() -> None:
    plain, wide, traditional = (
        closeness(q, ["国债收益率上升6个基点"])[0]
        for q in ("国债收益率6", "国债收益率６", "國債收益率6")
    )
    assert plain == wide == traditional


@pytest.mark.parametrize("empty", ["", "   ", "\ud800"])
def test_nothing_is_close_to_nothing(empty: str) -> None:
    assert closeness(empty, ["小麦"])[0] <= 1
    assert closeness("小麦", [empty, ""])[1] == 0
    assert closeness("小麦", []) == []


def test_the_tables_belong_to_the_shipped_tokenizer() -> None:
    card = tomllib.loads((LEXICON / "token_vectors.toml").read_text("utf-8"))
    tokenizer = (MODEL_FOLDER / TOKENIZER_FILE).read_bytes()
    assert hashlib.sha256(tokenizer).hexdigest() == card["tokenizer_sha256"]
    for name, digest in card["files"].items():
        assert hashlib.sha256((LEXICON / name).read_bytes()).hexdigest() == digest
    size = max(shared_tokenizer(MODEL_FOLDER, 256).get_vocab().values()) + 1
    vectors = np.load(str(LEXICON / "token_vectors.npy"))
    assert vectors.shape == (size, 128)
    assert vectors.dtype == np.int8
    weights = np.load(str(LEXICON / "token_weights.npy"))
    assert weights.shape == (size,)
    assert (weights >= 0).all()


def test_a_word_lies_near_its_translation_and_far_from_a_stranger() -> None:
    one, same, other = word_vectors(["hotel", "酒店", "税率"])
    assert float(one @ same) > 0.5 > 0.33 > float(one @ other)


def test_a_word_without_a_token_is_a_row_of_noughts() -> None:
    assert not word_vectors([""]).any()
