"""How retrieval is measured: baselines by hand, vectors kept, copies in the other language."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from kaoju.encoder import open_encoder

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
try:
    from evaluation import fusions, pools, retrieval
finally:
    sys.path.remove(str(ROOT / "scripts"))

RANKINGS = {
    "vectors": [(3, 0.9), (1, 0.8), (2, 0.7)],
    "terms": [(1, 12.0), (4, 3.0)],
}


class Counting:
    """An encoder that counts what it is asked for."""

    name, digest, dimension = "counting", "d" * 64, 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    encode_questions = encode


def test_reciprocal_ranks_by_hand() -> None:
    # 1: 1/62 + 1/61; 3: 1/61; 4: 1/62; 2: 1/63
    assert fusions.reciprocal_ranks(RANKINGS) == [1, 3, 4, 2]


def test_standard_scores_by_hand() -> None:
    # vectors: 3 stands 2.45 deviations above the last and 1 half as far; terms: 1 stands 2.
    assert fusions.standard_scores(RANKINGS) == [1, 3, 2, 4]
    assert fusions.standard_scores({"terms": [(7, 2.0), (5, 2.0)], "vectors": []}) == [5, 7]


def test_a_text_is_encoded_once_whatever_is_measured_beside_it(tmp_path: Path) -> None:
    encoder = Counting()
    spent: list[float] = []
    one, other = [pools.Text("", "en", "a")], [pools.Text("", "en", "bbb")]
    first = pools.encoded(encoder, [one, other], tmp_path / "kept", spent)
    assert first.tolist() == [[1, 1], [3, 1]]
    again = pools.encoded(encoder, [other, one], tmp_path / "kept", spent)
    assert np.array_equal(again, first[::-1])
    assert encoder.asked == ["a", "bbb"]
    assert len(spent) == 2
    assert pools.encoded(encoder, [], tmp_path / "kept", spent).shape == (0, 2)


def test_the_copy_in_the_other_language_is_told_apart_in_a_mixed_pool() -> None:
    question = pools.Text("a", "zh", "?")
    ranked = [
        pools.Text("b", "zh", ""),
        pools.Text("a", "zh", ""),
        pools.Text("a", "en", ""),
    ]
    found = retrieval._scores(question, ranked, mixed=True)
    assert (found["recall@1"], found["recall@10"], found["mrr"]) == (0, 1, 0.5)
    assert found["other language@10"] == 1
    assert retrieval._scores(question, ranked[:2], mixed=True)["other language@10"] == 0
    assert "other language@10" not in retrieval._scores(question, ranked, mixed=False)


def test_other_encoders_are_searched_exactly_and_within_the_filter(tmp_path: Path) -> None:
    held = [pools.Text("", language, "x" * n) for language, n in (("zh", 1), ("en", 3), ("zh", 2))]
    exact = retrieval._Exact(Counting(), [held], [pools.Text("", "en", "xx")], tmp_path)
    assert exact.search(0, np.ones(3, bool)) == [2, 3, 1]
    assert exact.search(0, np.array([True, False, True]))[:2] == [3, 1]


@pytest.mark.shared
def test_questions_about_written_passages_are_of_those_never_trained_on(shared: Path) -> None:
    passages, questions = pools.POOLS["written"]()
    train, valid, gold = pools.held_out([{"id": text.group} for text in passages])
    asked = {question.group for question in questions}
    assert asked == {row["id"] for row in (*valid, *gold)}
    assert not asked & {row["id"] for row in train}
    assert {text.language for text in passages} == {"zh", "en"}


@pytest.mark.shared
def test_other_passages_come_evenly_from_every_source(shared: Path) -> None:
    assert len(pools.other_passages(10)) == 10
    assert pools.other_passages(0) == []
    assert len({text.text for text in pools.other_passages(9)}) == 9


def test_in_the_pool_told_once_each_passage_is_there_in_one_language() -> None:
    both = [pools.Text(str(n), lang, f"{lang}{n}") for n in range(20) for lang in ("zh", "en")]
    asked = [pools.Text("3", "zh", "?")]
    passages, questions = pools._once(lambda: (both, asked))
    assert sorted(int(text.group) for text in passages) == list(range(20))
    assert {text.language for text in passages} == {"zh", "en"}
    assert questions == asked


def test_the_product_weighs_what_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [
        ("a", "zh", "星沉海运去年货运量为3100万吨,董事长未予置评。"),
        ("a", "en", "The line moved 31 million tonnes last year; its chairman did not comment."),
        ("b", "zh", "银行再次加息,市场预期今年还有一次。"),
        ("b", "en", "The bank raised rates again and markets expect one more this year."),
        ("c", "zh", "博物馆在旧港口开门迎客。"),
    ]
    pool = [pools.Text(*one) for one in told], [pools.Text("a", "zh", "星沉海运去年运了多少吨货?")]
    monkeypatch.setitem(pools.POOLS, "toy", lambda: pool)
    options = SimpleNamespace(seed=1, questions=9, cache=tmp_path / "kept", shelf=False)
    found = retrieval._evaluate("toy", open_encoder(None), {}, [], options)
    assert set(found["directions"]) == {"zh-en", "zh-zh", "zh-mixed"}
    across = found["directions"]["zh-en"]
    assert {"kaoju", "without pivots", "without reading", "without rereading"} <= set(across)
    assert across["kaoju"]["recall@1"][0] == 1
    monkeypatch.setitem(pools.POOLS, "toy", lambda: (pool[0][1:], pool[1]))
    found = retrieval._evaluate("toy", open_encoder(None), {}, [], options)
    assert set(found["directions"]) == {"zh-en", "zh-mixed"}  # it is not told in Chinese
