"""Rankings joined, and the best candidates read again: with words, with the reader, by pivots."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest

from kaoju import weighing
from kaoju.pivots import Ranking
from kaoju.question import analyse
from kaoju.reader import Reading, Text, shipped_reader
from kaoju.types import Language
from kaoju.weighing import (
    ANSWERS,
    PIVOT_BYTES,
    READ_BYTES,
    consulted,
    is_question,
    join,
    reread,
    weigh,
)

QUESTION = "星沉海运去年运了多少吨货?"
TEXTS = {
    1: "星沉海运公布去年业绩,货运量为3100万吨,董事长未予置评。",
    2: "银行再次加息,市场预期今年还有一次。",
    11: "The line moved 31 million tonnes last year; its chairman declined to comment.",
    12: "The bank raised rates again and markets expect one more this year.",
    13: "Shares of the shipping line fell after it published results.",
    14: "A museum opened in the old harbour.",
}
# Whatever a question finds, passage 11 tells what 1 tells, and 12 what 2 does.
SIDES = {1: (1.0, 0.0), 2: (0.0, 1.0), 11: (0.9, 0.1), 12: (0.1, 0.9), 13: (0.45, 0.2), 14: (0, 0)}


class Toy:
    """Passages by number, the English ones searched."""

    def __init__(self, searched: Sequence[int] = (11, 12, 13, 14)) -> None:
        self.searched = searched
        self.looked_up = 0

    def languages(self, numbers: Iterable[int]) -> dict[int, Language]:
        return {n: Language.ZH if n < 10 else Language.EN for n in numbers}

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        return {n: TEXTS[n] for n in numbers}

    def vectors(self, numbers: Iterable[int]) -> dict[int, npt.NDArray[np.float32]]:
        return {n: np.array(SIDES[n], dtype=np.float32) for n in numbers}

    def neighbours(self, vectors: npt.NDArray[np.float32], most: int) -> list[Ranking]:
        self.looked_up += len(vectors)
        held = np.array([SIDES[n] for n in self.searched])
        return [
            sorted(zip(self.searched, row.tolist(), strict=True), key=lambda pair: -pair[1])[:most]
            for row in vectors @ held.T
        ]


# What is found in English does not hold the answer; in Chinese it comes first.
FOUND = {"vectors": [(13, 0.5), (12, 0.45), (14, 0.4)]}
OWN = {"vectors": [(1, 0.7), (2, 0.3)], "terms": [(1, 50.0)]}


def test_what_a_pivot_tells_is_found_in_the_other_language() -> None:
    query = analyse(QUESTION)
    weighed = weigh(query, FOUND, Toy(), own=OWN)
    assert max(weighed.scores, key=weighed.scores.__getitem__) == 11
    assert [number for number, _ in weighed.pivots][:2] == [11, 12]
    assert 11 not in weighed.joined
    assert set(weighed.scores) == {11, 12, 13, 14}
    assert all(0 <= score <= 1 for score in weighed.scores.values())
    alone = weigh(query, FOUND, Toy(), own=OWN, pivots=False)
    assert 11 not in alone.scores
    assert alone.pivots == []


def test_where_nothing_is_told_twice_pivots_change_nothing() -> None:
    query = analyse(QUESTION)
    searched = Toy(searched=(13, 14))
    found = {"vectors": [(13, 0.5), (14, 0.4)]}
    with_pivots = weigh(query, found, searched, own=OWN)
    assert searched.looked_up == 2
    assert with_pivots == weigh(query, found, searched, pivots=False)


def test_in_a_mixed_pool_the_candidates_of_the_own_language_are_pivots() -> None:
    query = analyse(QUESTION)
    found = {"vectors": [(1, 0.7), (13, 0.5), (12, 0.45), (2, 0.3)], "terms": [(1, 50.0)]}
    every = (1, 2, 11, 12, 13, 14)
    weighed = weigh(query, found, Toy(every))
    assert sorted(weighed.scores, key=lambda n: -weighed.scores[n])[:2] == [1, 11]
    assert {number for number, _ in weighed.pivots} == {11, 12}
    assert weighed.scores[1] == weigh(query, found, Toy(every), pivots=False).scores[1]


def test_a_pool_of_the_own_language_alone_has_nothing_looked_up() -> None:
    searched = Toy((1, 2))
    assert weigh(analyse(QUESTION), OWN, searched).pivots == []
    assert searched.looked_up == 0


def test_pivots_are_read_for_a_part_of_what_a_question_may_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    reader = shipped_reader()

    def noted(asked: Sequence[tuple[str, Text]]) -> list[Reading]:
        read.extend(text.body for _, text in asked)
        return reader.read(asked)

    monkeypatch.setattr(weighing, "shipped_reader", lambda: SimpleNamespace(read=noted))
    monkeypatch.setitem(TEXTS, 2, TEXTS[2] + "市" * (PIVOT_BYTES // 3))
    monkeypatch.setitem(TEXTS, 13, TEXTS[13] + " x" * (READ_BYTES // 3))
    weigh(analyse(QUESTION), FOUND, Toy(), own=OWN)
    assert read[0] == TEXTS[1]  # and not 2, which has a telling as well but is too long
    assert TEXTS[11] in read
    assert sum(len(text.encode()) for text in read) <= READ_BYTES
    read.clear()
    weigh(analyse("星沉海运 货"), FOUND, Toy(), own=OWN)
    assert read == []


def test_a_copy_in_the_other_language_keeps_up() -> None:
    rankings = {"vectors": [(1, 0.8), (2, 0.75), (3, 0.4)], "terms": [(1, 50.0), (3, 10.0)]}
    alone, beside = join(rankings), join(rankings, {2})
    assert beside[1] == alone[1]
    assert alone[2] < beside[2] < beside[1]  # 0.6 of what the best of the question's own shares


def test_without_articles_in_the_own_language_nothing_is_estimated() -> None:
    rankings = {"vectors": [(1, 0.8), (2, 0.7)], "translated": [(2, 50.0)]}
    assert join(rankings, {1, 2}) == join(rankings)
    assert join(rankings)[2] > join(rankings)[1]


def test_reading_again_lifts_what_says_the_words() -> None:
    scores = {1: 0.5, 2: 0.5, 3: 0.4}
    read = reread("小麦收成", scores, {1: "银行再次加息。", 2: "The wheat harvest was poor."})
    assert read[2] > read[1] > read[3]
    assert all(0 <= score <= 1 for score in read.values())
    assert reread("小麦收成", {}, {}) == {}


def test_joining_adds_what_each_ranking_says() -> None:
    scores = join({"vectors": [(1, 0.8), (2, 0.4)], "terms": [(2, 50.0), (3, 50.0)]})
    assert scores == pytest.approx({1: 0.4, 2: (0.4 + 0.5) / 2, 3: (0.4 + 0.5) / 2})


def test_joining_nothing_gives_nothing() -> None:
    assert join({}) == {}


def test_joined_scores_do_not_depend_on_the_order_of_rankings() -> None:
    rankings = {"terms": [(1, 3.0)], "vectors": [(2, 0.5), (1, 0.1)], "names": [(2, 0.9)]}
    assert join(rankings) == join(dict(reversed(rankings.items())))


def test_of_passages_alike_the_one_that_answers_comes_first() -> None:
    texts = {
        1: "星沉海运公布去年业绩,营业收入为52亿元,净利润同比下降。",
        2: "星沉海运公布去年业绩,货运量为3100万吨,董事长未予置评。",
    }
    for question in ("星沉海运去年运了多少吨货?", "How many tonnes did the shipping line carry?"):
        scores = consulted(question, {1: 0.5, 2: 0.5, 3: 0.4}, texts)
        assert scores[2] > scores[1] > scores[3]
        assert all(0 <= score <= 1 for score in scores.values())
    assert consulted("多少?", {3: 0.4}, {})[3] == pytest.approx(0.4 / (1 + ANSWERS))


def test_no_more_is_read_than_a_question_may_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    reader = shipped_reader()

    def noted(asked: Sequence[tuple[str, Text]]) -> list[Reading]:
        read.extend(text.body for _, text in asked)
        return reader.read(asked)

    monkeypatch.setattr(weighing, "shipped_reader", lambda: SimpleNamespace(read=noted))
    texts = {n: f"{n}。" + "货" * (READ_BYTES // 9) for n in range(1, 7)}
    consulted("运了多少?", {n: 1 - n / 10 for n in texts}, texts)
    assert [text[0] for text in read] == ["1", "2"]
    read.clear()
    consulted("运了多少?", {1: 0.5}, {1: "货" * READ_BYTES})
    assert len(read) == 1


def test_a_list_of_words_is_not_taken_for_a_question() -> None:
    assert is_question(analyse("星沉海运去年营收多少"))
    assert is_question(analyse("Did the carrier cut its dividend?"))
    assert not is_question(analyse("星沉海运 码头"))
    assert not is_question(analyse("carrier terminals"))
