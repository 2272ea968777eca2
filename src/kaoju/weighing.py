"""How well candidates answer a question: their rankings joined, and the best of them read again.

The scores of rankings become one for each passage; the best are then read word by word
(`kaoju.closeness`) and those of a question together with it (`kaoju.reader`). Passages in another
language than the question share in what is thought of those in its own that tell the same
(`kaoju.pivots`). `weigh` does all of it, the rest are its steps.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kaoju.closeness import closeness
from kaoju.pivots import (
    AMONG_ALL,
    NEIGHBOURS,
    Ranking,
    Tellings,
    as_ranking,
    best_pivots,
    lifted,
    tellings,
)
from kaoju.question import asks
from kaoju.reader import Text, shipped_reader
from kaoju.text import fold
from kaoju.types import Language, Query, Wanted

# Scores are joined, not places: cosine + b / (b + 50) of the BM25 score b. On 1,098 XQuAD
# questions in a pool of both languages the right passage came first for 93.8 % of the Chinese
# and 96.1 % of the English; by reciprocal rank fusion (k = 60) for 88.9 and 94.4 %. Any
# half-way point from 30 to 100 does as well. Translated terms, which score less, keep it: among
# 10,000 other passages a half-way point of 25 brought English questions to 78 % of the written
# passages in Chinese among ten, this one to 85 % (79 % without translations).
_HALF = 50.0
# A passage in the other language shares no words with the question, whatever it says: its
# place among those of its language earns it this much of what the same place earns among the
# question's own. Without it a Chinese question found the English copy of XQuAD's passage among
# ten in 78 % of cases, with it and the translations in 97 %, either copy first as often (95 %).
_SHARED = 0.6
WEIGHTS = {"vectors": 1.0, "terms": 1.0, "names": 0.15, "figures": 0.15}
# The best candidates are read again word by word, and what that gives has this weight beside the
# joined score. It brings XQuAD's passage first for 1 to 5 in 100 questions more, in every
# direction and in pools of 480 and of 10,000; from 0.25 to 0.5 does as well.
READ = 60
CLOSE = 0.4
# What the reader says of a question and the best passages, in log odds, has this weight beside
# that; so many bytes of passages are read, about 1,500 tokens in either language. Of 300 questions
# on written passages that no model saw it brings the right one first for 5 to 14 in 100 more, in
# every direction; from 0.1 to 0.5 does as well, chances instead of log odds bring up to 7 fewer.
ANSWERS = 0.2
_SURE = 10.0  # log odds beyond which the reader says nothing more
READ_BYTES = 7_000
# So many of these bytes are of pivots at most, where a filter leaves them out of the candidates.
# The own language is the surer one to read: from 2,000 to 5,000 do as well.
PIVOT_BYTES = 3_500


class Languages(Protocol):
    """Tells the languages of passages; the record does."""

    def languages(self, numbers: Iterable[int]) -> Mapping[int, Language]:
        """The language of each passage, by number; one that is gone is left out."""


class Held(Languages, Protocol):
    """Tells what else is read of passages while they are weighed."""

    def texts(self, numbers: Iterable[int]) -> Mapping[int, str]:
        """The text of each passage; one that is gone is left out."""

    def vectors(self, numbers: Iterable[int]) -> Mapping[int, npt.NDArray[np.float32]]:
        """The vector of each passage, (dimension,); one that is gone is left out."""

    def neighbours(self, vectors: npt.NDArray[np.float32], most: int) -> Sequence[Ranking]:
        """For each row of (n, dimension) the nearest of the passages searched, best first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates after each step.

    Attributes:
        joined: Their scores by the rankings.
        reread: By their words as well, and by the pivots.
        scores: By the reader as well, all in [0, 1]; those before where it was not asked.
        pivots: The candidates that tell what a pivot tells, best first; may be empty.
    """

    joined: Mapping[int, float]
    reread: Mapping[int, float]
    scores: Mapping[int, float]
    pivots: Ranking


def weigh(
    query: Query,
    rankings: Mapping[str, Ranking],
    held: Held,
    *,
    own: Mapping[str, Ranking] | None = None,
    pivots: bool = True,
) -> Weighed:
    """Weigh the candidates of a query.

    Args:
        query: As `kaoju.question.analyse` made it.
        rankings: As `kaoju.search.rank` gives them.
        held: What is read of passages.
        own: The rankings of passages in the query's own language, where the query's filters
            leave them out; by default they are among the candidates.
        pivots: Whether the passages in the query's own language are used as pivots.
    """
    others = foreign(query, rankings, held)
    joined = join(rankings, others)
    close = _closely(query.text, held.texts(_best(joined)[:READ]))
    scores = _with_words(joined, close)
    guides = _NO_GUIDES
    if pivots and own:
        guides = _guides_aside(query, own, held)
    elif pivots and others:
        among = {number: score for number, score in scores.items() if number not in others}
        guides = _Guides(among, {}, _tellings(among, query, held, AMONG_ALL))
    told = guides.told
    if told:
        new = {number for sure in told.values() for number in sure} - joined.keys()
        close |= _closely(query.text, held.texts(new))
        least = min(joined.values(), default=0.0)
        scores = _with_words(joined | dict.fromkeys(new, least), close)
        scores = lifted(scores, guides.scores, told)
    if not is_question(query):
        return Weighed(joined, scores, scores, as_ranking(told))
    left, guiding = READ_BYTES, guides.scores
    if guides.texts:
        chosen = _read_within(PIVOT_BYTES, guiding, guides.texts)
        left -= sum(map(_bytes, chosen.values()))
        guiding = consulted(query.text, guiding, chosen, PIVOT_BYTES)
    answered = consulted(query.text, scores, held.texts(_best(scores)[:READ]), left)
    if guides.texts:  # where they are candidates, pivots and tellings are read for themselves
        answered = lifted(answered, guiding, told)
    return Weighed(joined, scores, answered, as_ranking(told))


@dataclass(frozen=True, slots=True)
class _Guides:
    """Passages in the query's own language, by what they are thought to answer.

    Attributes:
        scores: Of all that were looked up, on the scale of the candidates'.
        texts: Of the pivots, where these are no candidates.
        told: What tells the same in the other language, of those pivots that have any.
    """

    scores: Mapping[int, float]
    texts: Mapping[int, str]
    told: Tellings


_NO_GUIDES = _Guides({}, {}, {})


def _guides_aside(query: Query, own: Mapping[str, Ranking], held: Held) -> _Guides:
    """The pivots from rankings of passages that are no candidates."""
    joined = join(own)
    texts = held.texts(_best(joined)[:READ])
    scores = _with_words(joined, _closely(query.text, texts))
    told = _tellings(scores, query, held, NEIGHBOURS)
    return _Guides(scores, {number: texts[number] for number in told if number in texts}, told)


def _tellings(own: Mapping[int, float], query: Query, held: Held, most: int) -> Tellings:
    """What tells the same as the best passages in the query's own language, in the other."""
    vectors = held.vectors(best_pivots(own))
    if not vectors:
        return {}
    near = dict(zip(vectors, held.neighbours(np.stack([*vectors.values()]), most), strict=True))
    others = foreign(query, {str(pivot): ranking for pivot, ranking in near.items()}, held)
    return tellings(
        {
            pivot: [pair for pair in ranking if pair[0] in others][:NEIGHBOURS]
            for pivot, ranking in near.items()
        }
    )


def reread(
    question: str, scores: Mapping[int, float], texts: Mapping[int, str]
) -> dict[int, float]:
    """Join the scores with how closely passages say the question's words, see `closeness`.

    Args:
        question: As typed.
        scores: Of all candidates, as `join` gives them.
        texts: Of the best candidates. The others count as the least close of these.

    Returns:
        Scores in [0, 1].
    """
    return _with_words(scores, _closely(question, texts))


def _closely(question: str, texts: Mapping[int, str]) -> dict[int, float]:
    return dict(zip(texts, closeness(question, list(texts.values())), strict=True))


def _with_words(scores: Mapping[int, float], close: Mapping[int, float]) -> dict[int, float]:
    least = min(close.values(), default=0.0)
    whole = 1 + CLOSE
    return {
        number: min(1.0, (score + CLOSE * max(0.0, close.get(number, least))) / whole)
        for number, score in scores.items()
    }


def is_question(query: Query) -> bool:
    """Whether a query asks something, and is no list of words to be found."""
    return query.wanted is not Wanted.STATEMENT or asks(fold(query.text).text)


def consulted(
    question: str,
    scores: Mapping[int, float],
    texts: Mapping[int, str],
    most: int = READ_BYTES,
) -> dict[int, float]:
    """Join the scores with how likely the reader finds it that passages answer.

    Args:
        question: As typed.
        scores: Of all candidates.
        texts: Of the best candidates. From the best on so many are read as ``most`` bytes hold,
            and one at least; the others count as the least likely of these.
        most: Bytes of UTF-8.

    Returns:
        Scores in [0, 1].
    """
    chosen = _read_within(most, scores, texts)
    readings = shipped_reader().read([(question, Text("", text)) for text in chosen.values()])
    likely = {
        n: (1 + max(-1.0, min(1.0, reading.answers / _SURE))) / 2
        for n, reading in zip(chosen, readings, strict=True)
    }
    least = min(likely.values(), default=0.0)
    whole = 1 + ANSWERS
    return {
        number: (score + ANSWERS * likely.get(number, least)) / whole
        for number, score in scores.items()
    }


def _read_within(
    most: int, scores: Mapping[int, float], texts: Mapping[int, str]
) -> dict[int, str]:
    """The best passages that so many bytes hold, and one at least."""
    chosen: dict[int, str] = {}
    for number in sorted(texts, key=lambda n: (-scores[n], n)):
        most -= _bytes(texts[number])
        if chosen and most < 0:
            break
        chosen[number] = texts[number]
    return chosen


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _best(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))


def foreign(query: Query, rankings: Mapping[str, Ranking], held: Languages) -> frozenset[int]:
    """The candidates that are in another language than the question, by number."""
    if query.language is Language.UND:
        return frozenset()
    numbers = {number for ranking in rankings.values() for number, _ in ranking}
    languages = held.languages(numbers)
    return frozenset(n for n, language in languages.items() if language is not query.language)


def join(rankings: Mapping[str, Ranking], others: Collection[int] = ()) -> dict[int, float]:
    """Join the scores of rankings into one for each passage, in [0, 1].

    A passage that the vectors did not bring counts as near as the last that they did, a
    lower bound for none and the nearest guess there is; elsewhere absence counts nothing.

    Args:
        rankings: As `rank` gives them.
        others: The candidates in another language than the question, see `foreign`.
    """
    floor = max(0.0, rankings["vectors"][-1][1]) if rankings.get("vectors") else 0.0
    near = dict(rankings.get("vectors", ()))
    everything = {number for ranking in rankings.values() for number, _ in ranking}
    cosines = {number: max(0.0, near.get(number, floor)) for number in everything}
    words = _words(rankings, cosines, others)
    scores = {
        number: WEIGHTS["vectors"] * cosine + WEIGHTS["terms"] * words.get(number, 0.0)
        for number, cosine in cosines.items()
    }
    for name in ("names", "figures"):
        ranking = rankings.get(name, ())
        for number, score in ranking:
            scores[number] += WEIGHTS[name] * score / ranking[0][1]
    kinds = {"vectors", "terms", *(name for name in ("names", "figures") if name in rankings)}
    most = math.fsum(WEIGHTS[name] for name in kinds)
    return {number: min(1.0, score / most) for number, score in scores.items()}


def _words(
    rankings: Mapping[str, Ranking], cosines: Mapping[int, float], others: Collection[int]
) -> dict[int, float]:
    """How much passages share the question's words, in [0, 1): its own or translated ones."""
    shared: dict[int, float] = {}
    for name in ("terms", "translated"):
        for number, score in rankings.get(name, ()):
            shared[number] = max(score / (score + _HALF), shared.get(number, 0.0))
    own = sorted((share for number, share in shared.items() if number not in others), reverse=True)
    if own:
        ranked = sorted(
            (number for number in cosines if number in others),
            key=lambda number: (-cosines[number] - shared.get(number, 0.0), number),
        )
        for number, share in zip(ranked, own, strict=False):
            shared[number] = max(_SHARED * share, shared.get(number, 0.0))
    return shared
