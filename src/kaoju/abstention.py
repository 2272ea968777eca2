"""Whether the articles answer: small logistic models whose weights can be read, or trees.

Two models weigh a sentence as an answer, at first sight and read closely. Whether the best
sentence is one at all a third tells, or trees (`kaoju.trees`) where ``lexicon/answering.npz``
holds some; where there are both, the mean of their log odds does. All are learned by
``scripts/learn_answering.py``; weights and threshold stand in ``lexicon/answering.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from kaoju.lexicon import load
from kaoju.text import fold
from kaoju.types import EntityKind, Language, Query, Wanted

if TYPE_CHECKING:
    from kaoju.asked import Asked
    from kaoju.evidence import Candidate
    from kaoju.trees import Trees

FILE = "answering.npz"
_NOT_FAR = 0.3  # of the best score, for a sentence that holds a value where the best has none
_ABOUT_AS_SURE = 0.6  # of the best score, for a sentence in the question's language
_ALONE = 5.0  # how far ahead, in log odds, a sentence without a second counts
# What is off topic: so little of a question in the article, so much in none, so far a sentence.
_LITTLE, _MISSING, _NOT_NEAR = 0.35, 0.6, 0.3
_FAR, _HALF = 0.15, 0.5  # so far a sentence, with less than half of the question's words
_OFF_TOPIC = 0.5  # of the threshold: the most confidence there
# fmt: off
_OF_THE_BEST = [
    "similarity", "outstanding", "coverage", "meaning", "context", "gap", "gap_second", "said",
    "focus_gap", "focus_far", "clash", "foreign", "stated", "named", "cue", "place",
    "names", "speaker", "other_speaker", "expected", "unexpected", "unmet", "unmet_here",
    "unmeasured", "size", "answers", "pointed", "absent", "role", "unroled", "rival",
    "article_coverage", "quoted",
]
# fmt: on


def ranked(
    query: Query, candidates: Sequence[Candidate], weights: Mapping[str, float] | None = None
) -> list[Candidate]:
    """The candidates with their score in [0, 1], best first; equals in order of place.

    Of two about as sure the one in the question's language goes first, which reads better. Where a
    value is asked for and the best sentence holds none, the next one that does goes first, unless
    it is far behind.

    Args:
        query: The question.
        candidates: Sentences read closely.
        weights: Of their features; by default those of the lexicon.
    """
    from kaoju.wanted import VALUED, could_answer

    weights = load("answering")["sentence"] if weights is None else weights
    scored = [replace(c, score=logistic(weights, c.features)) for c in candidates]
    scored.sort(key=lambda c: (-c.score, c.hit.rank, c.hit.passage_id, c.span))
    scored = _told_of(query, scored)
    own = (
        at
        for at, c in enumerate(scored)
        if c.hit.language is query.language and c.score >= _ABOUT_AS_SURE * scored[0].score
    )
    scored.insert(0, scored.pop(next(own, 0)))
    if query.wanted in VALUED and scored and not could_answer(query, scored[0]):
        near = (at for at, c in enumerate(scored) if c.score >= _NOT_FAR * scored[0].score)
        holding = next((at for at in near if could_answer(query, scored[at])), 0)
        scored.insert(0, scored.pop(holding))
    return scored


def _told_of(query: Query, scored: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that may answer: of a question for somebody's words, those words alone."""
    from kaoju.scrutiny import asks_only_what_was_said

    if not query.entity_ids or not asks_only_what_was_said(query):
        return list(scored)
    return [c for c in scored if c.features["speaker"]] or list(scored)


def features(query: Query, asked: Asked, best: Sequence[Candidate]) -> dict[str, float]:
    """What speaks for and against an answer, of the ranked candidates."""
    from kaoju.wanted import VALUED, could_answer

    first = best[0]
    own = [c for c in best if c.hit.language is query.language]
    sentence = _log_odds(first.score)
    wanted = query.wanted
    found = {name: first.features[name] for name in _OF_THE_BEST}
    return found | {
        "sentence": sentence,
        # The other language's sentences are not held against the question's words; where
        # there are some of its own, the best of them should not be far behind.
        "own": _log_odds(own[0].score) - sentence if own else 0.0,
        "second": sentence - _log_odds(best[1].score) if len(best) > 1 else _ALONE,
        "nearest": max(c.features["similarity"] for c in best),
        "answers_best": max(c.features["answers"] for c in best),
        "passage_coverage": max(c.features["passage_coverage"] for c in best),
        "across": float(not own),
        "missing": asked.missing,
        "off_topic": float(is_off_topic(asked, first)),
        "unsaid": float(is_unsaid(query, asked, best)),
        "unheard": float(any(clash.kind == "named" for clash in first.clashes)),
        "stranger": float(bool(asked.strangers)),
        "unstated": 1.0 - first.features["figures"] if asked.figures else 0.0,
        "unnamed": float(bool(asked.named) and first.features["names_near"] == 0.0),
        "valueless": 1.0 - could_answer(query, first) if wanted in VALUED else 0.0,
        "figure_focus": first.features["focus_gap"] * float(wanted is Wanted.FIGURE),
        "list": float(wanted is Wanted.LIST),
        "definition": float(wanted is Wanted.DEFINITION),
        "reason": float(wanted is Wanted.REASON),
        "statement": float(wanted is Wanted.STATEMENT),
        # Words agree more often by chance in one language than in the other.
        "english": float(query.language is Language.EN),
    }


def is_off_topic(asked: Asked, first: Candidate) -> bool:
    """Whether a question is of something that no article found speaks of.

    None of its names stands in the article, little of its words in any, and the sentence that
    comes nearest is not near; or the best sentence is not near at all and has few of its words. Of
    58 questions on cooking, routers and the stars the weights decline 46 and the first of the two
    7 more, with 8 of 656 that the articles do answer.
    """
    told = first.features
    if asked.named and told["absent"] < 1.0:
        return False
    little = told["article_coverage"] < _LITTLE and asked.missing >= _MISSING
    far = told["similarity"] < _FAR and told["coverage"] < _HALF
    return far or (little and told["similarity"] < _NOT_NEAR)


def is_unsaid(query: Query, asked: Asked, best: Sequence[Candidate]) -> bool:
    """Whether a question asks only what a person said who says nothing in what was read.

    Or what somebody said, of whatever, whose name stands in none of it.
    """
    from kaoju.evidence import asks_of_words
    from kaoju.scrutiny import asks_only_what_was_said

    named = {fold(name).text for name in query.names}
    of_words = query.wanted is Wanted.STATEMENT and asks_of_words(query)
    if of_words and any(name in named for name in asked.strangers):
        return True

    people = [n for n in asked.named if n.entity_ids and EntityKind.PERSON in n.kinds]
    return (
        bool(people)
        and asks_only_what_was_said(query)
        and not any(c.features["speaker"] for c in best)
    )


def confidence(given: Mapping[str, float]) -> float:
    """How surely the articles answer, in [0, 1].

    It is below the threshold where the question is off topic, asks only for the words of somebody
    who says nothing, or is of something that goes by a name which the article has not.
    """
    weights, grown = load("answering")["answerable"], trees()
    told = [_log_odds(logistic(weights, given))] if "bias" in weights else []
    if grown is not None:
        told.append(_log_odds(grown.chances(given)["True"]))
    sure = logistic({"bias": math.fsum(told) / len(told)}, {})
    declined = any(given.get(name) for name in ("off_topic", "unsaid", "unheard"))
    return min(sure, _OFF_TOPIC * threshold()) if declined else sure


@cache
def trees() -> Trees | None:
    """The shipped trees; None where weights alone tell whether the articles answer.

    Raises:
        LexiconError: The file holds something else.
    """
    path = Path(str(resources.files("kaoju.lexicon").joinpath(FILE)))
    if not path.is_file():
        return None
    from kaoju.trees import Trees

    return Trees.read(path)


def threshold() -> float:
    """The confidence below which the articles are said not to answer."""
    return float(load("answering")["answerable"]["threshold"])


def logistic(weights: Mapping[str, float], given: Mapping[str, float]) -> float:
    """The logistic function of a weighted sum; a feature without a weight counts nothing."""
    total = weights["bias"] + math.fsum(weights.get(n, 0.0) * v for n, v in given.items())
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))
