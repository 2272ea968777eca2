"""The figures of a draft laid beside what articles state, the likeliest read closely.

Every figure of a sentence is paired with every figure of the candidates that it could be compared
with, and scored by what is cheap to tell. The likeliest of each are then read again: sentence,
title and clause by the encoder, the words that govern each figure, and the reader's say.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from kaoju import alignment, blanks, word_likeness
from kaoju.alignment import Pair
from kaoju.binding import about, bound
from kaoju.derived import derived
from kaoju.draft_comparison import compare, could_pair
from kaoju.encoder import encoded_once
from kaoju.frames import KEYS, TIMED, Frame, Statement, across, frame
from kaoju.likeness import same_digits
from kaoju.reckoned import Source, reckoned
from kaoju.types import Agreement, Comparison, Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from kaoju.encoder import Encoder

READ_CLOSELY = 6  # pairs of each figure whose sentences are encoded
MOST_ENCODED = 800  # sentences and clauses of articles, in one check
_KEPT = KEYS | TIMED  # figures that tell one sentence from another


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence of an article and how near its passage is to a sentence of the draft."""

    statement: Statement
    cosine: float


Row = tuple[Frame, list[Pair]]  # a figure with its pairs


class Told:
    """The frames of the articles' sentences, each built once."""

    def __init__(self) -> None:
        self._frames: dict[tuple[str, Span], list[Frame]] = {}

    def of(self, statement: Statement) -> list[Frame]:
        """The frames of what a sentence states, what its figures say together included."""
        key = statement.passage_id, statement.span
        if key not in self._frames:
            printed = [frame(statement, figure) for figure in statement.figures]
            self._frames[key] = [*printed, *derived(statement)]
        return self._frames[key]


def rarity(every: Iterable[Statement]) -> Callable[[str], float]:
    """How much a word tells: inverse document frequency among the sentences at hand."""
    seen: Counter[str] = Counter()
    total = 0
    for statement in {(s.passage_id, s.span): s for s in every}.values():
        seen.update(statement.terms | statement.content)
        total += 1
    return cache(lambda term: math.log(1 + (total + 1) / (seen[term] + 0.5)))


# Pairs --------------------------------------------------------------------------------------


def pairs(
    statement: Statement,
    frames: Sequence[Frame],
    candidates: Sequence[Near],
    weight: Callable[[str], float],
    told: Told,
) -> list[list[Pair]]:
    """The pairs of each frame of a sentence with the figures of the candidates."""
    rows: list[list[Pair]] = [[] for _ in frames]
    wanted = word_likeness.wanted_of(statement.content, weight)
    for near in candidates:
        evidence = told.of(near.statement)
        beside = _Beside(statement, near, wanted, weight)
        comparisons = {
            (i, j): compare(one, two)
            for i, one in enumerate(frames)
            for j, two in enumerate(evidence)
            if could_pair(one, two)
        }
        agreeing = [
            (i, j) for (i, j), c in comparisons.items() if c.relation in ("same", "compatible")
        ]
        stated = {i for i, _ in agreeing}
        tight = [(i, j) for i, j in agreeing if same_digits(frames[i], evidence[j]) > 0]
        for (i, j), comparison in comparisons.items():
            others = len(frames) - 1
            company = len(stated - {i}) / others if others else None
            taken = any(k != i and at == j for k, at in tight)
            rows[i].append(beside.pair(frames[i], evidence[j], comparison, company, taken=taken))
    return [_ordered(alignment.sifted(row)) for row in rows]


class _Beside:
    """A sentence of a draft beside one of an article: what all pairs of the two share."""

    def __init__(
        self,
        statement: Statement,
        near: Near,
        wanted: word_likeness.Wanted,
        weight: Callable[[str], float],
    ) -> None:
        other = near.statement
        apart = across(statement, other)
        self._near = near.cosine
        self._words = word_likeness.share_of_words(statement, other, other.terms, weight)
        self._topic = word_likeness.share_of_words(statement, other, other.topic, weight)
        self._content = word_likeness.share_of_content(wanted, other.content, across=apart)

    def pair(
        self,
        claim: Frame,
        evidence: Frame,
        comparison: Comparison,
        company: float | None,
        *,
        taken: bool = False,
    ) -> Pair:
        """Two figures of the sentences as a pair that is not scored yet."""
        features = self.features(claim, evidence, comparison, company)
        conflicts = alignment.conflicts_of(claim, evidence)
        return Pair(claim, evidence, comparison, conflicts, features, taken=taken)

    def features(
        self, claim: Frame, evidence: Frame, comparison: Comparison, company: float | None
    ) -> dict[str, float]:
        """What speaks for and against two figures of the sentences being of one thing."""
        return alignment.features_of(
            claim,
            evidence,
            comparison,
            near=self._near,
            words=self._words,
            topic=self._topic,
            content=self._content,
            company=company,
        )


def sums(
    statement: Statement,
    frames: Sequence[Frame],
    candidates: Sequence[Near],
    weight: Callable[[str], float],
    told: Told,
) -> list[list[Pair]]:
    """The pairs of each frame of a sentence with what two figures of the candidates make."""
    wanted = word_likeness.wanted_of(statement.content, weight)
    nearest: dict[bool, float] = {}
    about = _articles_about(statement)
    candidates = [n for n in candidates if not about or n.statement.document_id in about]
    for near in candidates:
        apart = across(statement, near.statement)
        nearest[apart] = max(near.cosine, nearest.get(apart, -1.0))
    sources = [
        Source(told.of(near.statement), nearest[across(statement, near.statement)] - near.cosine)
        for near in candidates
    ]
    held: dict[int, _Beside] = {}

    def beside(at: int) -> _Beside:
        if at not in held:
            held[at] = _Beside(statement, candidates[at], wanted, weight)
        return held[at]

    def fit(claim: Frame, at: int, part: Frame) -> float:
        own = claim.figure
        value = own.value if part.figure.value is None else part.figure.value  # a date has none
        figure = replace(part.figure, dimension=own.dimension, unit=own.unit, value=value)
        alike = replace(part, figure=figure)
        return alignment.aligned(beside(at).features(claim, alike, _UNLIKE, None))

    return [
        _ordered(
            alignment.scored(beside(at).pair(claim, evidence, compare(claim, evidence), None))
            for at, evidence in reckoned(claim, sources, partial(fit, claim))
        )
        for claim in frames
    ]


def _articles_about(statement: Statement) -> frozenset[str]:
    """The articles that have at least half as many of a sentence's names as any; none, if none."""
    named = Counter(article for name in statement.heard for article in name.articles)
    most = max(named.values(), default=0)
    return frozenset(article for article, count in named.items() if 2 * count >= most)


_UNLIKE = Comparison(Agreement.DIFFERENT, "value", "")


def _ordered(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(
        pairs,
        key=lambda p: (
            -p.score,
            p.evidence.statement.document_id,
            p.evidence.figure.span,
        ),
    )


def _likeliest(pairs: Sequence[Pair]) -> list[Pair]:
    """The best pairs by each of the two scores: one that differs has little of the second."""
    aligned = sorted(pairs, key=lambda p: -p.aligned)[:READ_CLOSELY]
    chosen = {id(p) for p in [*pairs[:READ_CLOSELY], *aligned]}
    return [p for p in pairs if id(p) in chosen]


class Encoded:
    """The vectors of sentences and clauses, each encoded once in one check.

    What will be asked for may be begun before: the encoder does not hold Python up, so that it
    works while the caller goes on.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._held: dict[str, npt.NDArray[np.float32]] = {}
        self._begun: set[str] = set()
        self._waiting: deque[list[str]] = deque()
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="encoded")
        self._jobs: list[Future[None]] = []

    def lacking(self, texts: Iterable[str], most: int) -> list[str]:
        """Of some texts the first ``most`` that are not at hand, each once."""
        return [text for text in dict.fromkeys(texts) if text not in self._held][:most]

    def begin(self, texts: Iterable[str]) -> None:
        """Encode texts in a thread of its own, so that `add` finds them done."""
        new = [text for text in dict.fromkeys(texts) if text not in self._begun]
        if new:
            self._begun.update(new)
            self._waiting.append(new)
            self._jobs.append(self._aside.submit(self._work))

    def _work(self) -> None:
        texts: list[str] = []
        while self._waiting:  # what was begun one by one is encoded together
            texts += self._waiting.popleft()
        encoded_once(self._encoder, texts)

    def add(self, texts: Iterable[str], most: int) -> Mapping[str, npt.NDArray[np.float32]]:
        """All vectors at hand, of the texts the first ``most`` that were not."""
        new = self.lacking(texts, most)
        for job in self._jobs:
            job.result()
        self._jobs.clear()
        if new:
            self._held.update(zip(new, encoded_once(self._encoder, new), strict=True))
        return self._held

    def close(self) -> None:
        """End the thread; what was begun and nobody will ask for is not encoded."""
        self._aside.shutdown(wait=False, cancel_futures=True)

    def holds(self, pair: Pair) -> bool:
        """Whether the sentences of a pair are encoded."""
        one, other = pair.claim.statement, pair.evidence.statement
        return {_unnumbered(one), _unnumbered(other), _titled(other)} <= self._held.keys()


def read_closely(
    rows: Sequence[Row],
    encoded: Encoded,
    weight: Callable[[str], float],
    *,
    most: int = MOST_ENCODED,
    reads: bool = True,
) -> list[Row]:
    """Score the likeliest pairs of each figure again, by nearness and by what the reader says.

    Args:
        rows: The figures with their pairs.
        encoded: The vectors of what was read before.
        weight: How much a word tells.
        most: Sentences and clauses that are encoded for it.
        reads: Whether the reader is asked as well.
    """
    kept = [(claim, _likeliest(pairs)) for claim, pairs in rows]
    texts = dict.fromkeys(text for claim, _ in kept for text in texts_of_claim(claim))
    # The likeliest of every figure comes before the second of any.
    for place in range(max((len(pairs) for _, pairs in kept), default=0)):
        for _, pairs in kept:
            if place < len(pairs):
                texts.update(dict.fromkeys(_texts_of_evidence(pairs[place].evidence)))
    if not texts:
        return kept
    encoded.begin(encoded.lacking(texts, most))
    said = [about(pairs, weight) if pairs else None for _, pairs in kept]
    vectors = encoded.add(texts, most)
    found = []
    for (claim, pairs), words in zip(kept, said, strict=True):
        wanted = word_likeness.wanted_of(claim.content, weight)
        closer = bound([_closer(pair, wanted, vectors) for pair in pairs], weight, words)
        found.append((claim, alignment.ranked(closer)))
    found = blanks.read(found) if reads else found
    return [(claim, _ordered(map(alignment.scored, pairs))) for claim, pairs in found]


def texts_of_claim(claim: Frame) -> tuple[str, ...]:
    """What of a draft's figure is encoded."""
    return _unnumbered(claim.statement), claim.clause


def first_texts(each: Iterable[Sequence[Pair]]) -> dict[str, None]:
    """What is encoded of the likeliest pair of each figure, which comes first."""
    firsts = (pairs[0].evidence for pairs in each if pairs)
    return dict.fromkeys(text for told in firsts for text in _texts_of_evidence(told))


def _texts_of_evidence(told: Frame) -> tuple[str, ...]:
    return _unnumbered(told.statement), _titled(told.statement), told.clause


def _titled(statement: Statement) -> str:
    """A sentence with what its article is about, which it need not say again."""
    title, text = statement.title, _unnumbered(statement)
    return f"{title}\n{text}" if title else text


def _unnumbered(statement: Statement) -> str:
    """A sentence with its numbers left out: that they agree must not make it nearer."""
    pieces, at = [], 0
    for figure in statement.figures:
        if figure.dimension not in _KEPT:
            place = figure.span.shift(-statement.span.start)
            pieces += [statement.text[at : place.start], "…"]
            at = place.end
    return "".join([*pieces, statement.text[at:]])


def _closer(
    pair: Pair, wanted: word_likeness.Wanted, vectors: Mapping[str, npt.NDArray[np.float32]]
) -> Pair:
    features = dict(pair.features)
    one, other = pair.claim, pair.evidence
    own = _unnumbered(one.statement)
    for name, ours, theirs in (
        ("sentence", own, _unnumbered(other.statement)),
        ("titled", own, _titled(other.statement)),
        ("clause", one.clause, other.clause),
    ):
        if ours in vectors and theirs in vectors:
            features[name] = float(vectors[ours] @ vectors[theirs])
    features["clause_content"] = word_likeness.share_of_content(
        wanted, other.content, across=bool(features["across"])
    )
    return replace(pair, features=features)
