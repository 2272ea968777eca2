"""What other articles state anew of a figure that agrees with a draft's.

A later article seldom says a thing in the words of a draft about the earlier one; the two articles
are nearer to each other. So the sentence that agrees is laid beside those of the other articles
just as a sentence of a draft is, its own period left aside: which period each is of, and whether
one replaces the other or they disagree, `kaoju.retold` says.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kaoju import pairing
from kaoju.alignment import Conflict, Pair, weights
from kaoju.contrasts import of_two_sides
from kaoju.frames import TIMED, Frame, Statement, like_figures
from kaoju.judgement import threshold
from kaoju.periods import other_length, periods_meet
from kaoju.speakers import same_voice, voice_of
from kaoju.succession import revised_words, says_now
from kaoju.tenses import is_expected
from kaoju.text import fold
from kaoju.types import Figure, Relation, Span

ANEW = "anew"  # the table of the learned weights
FEATURES = (
    "sentence",
    "titled",
    "clause",
    "content",
    "content_behind",
    "clause_content",
    "titled_behind",
    "topic",
    "concepts",
    "measure_conflict",
    "subject_conflict",
    "gap",
    "bound",
    "contrast",
    "beside",
    "behind",
    "later",
    "soon",
    "inside",
    "same_sentence",
    "revised",
    "becomes",
    "now",
    "two_sides",
    "voices_differ",
    "one_voice",
    "everywhere",
    "known",
    "repeated",
    "former",
    "own_former",
    "keys",
    "other_length",
    "periods_meet",
    "periods_differ",
    "moves",
    "role",
    "expected",
    "lead",
)
MOST_ENCODED = 300  # sentences and clauses more, in one check
_LEVELS = frozenset({Relation.LEVEL, Relation.TO, Relation.FROM})


def restated(
    rows: Sequence[pairing.Row],
    places: Sequence[tuple[int, int]],
    around: Sequence[Sequence[pairing.Near]],
    told: pairing.Told,
    encoded: pairing.Encoded,
    weight: Callable[[str], float],
) -> list[pairing.Row]:
    """Add to the best agreeing pair of each figure, one a language, what states it anew.

    Args:
        rows: The figures of a draft with their pairs, read closely.
        places: Of the best agreeing pairs, see `standing`.
        around: The stating sentences near to each of `statements_of` them, those of their own
            articles as well.
        told: The frames of the candidates.
        encoded: The vectors of what was read for the rows.
        weight: How much a word tells.
    """
    near = dict(zip(map(_key, statements_of(rows, places)), around, strict=True))
    asked: list[tuple[int, int, pairing.Row]] = []
    for (at, place), own in zip(places, _owns(rows, places), strict=True):
        others = [
            n for n in near[_key(own.statement)] if n.statement.language is own.statement.language
        ]
        like = [own, *(f for f in told.of(own.statement) if _is_beside(f, own))]
        timeless = [replace(one, period=None) for one in like]
        found = pairing.pairs(own.statement, timeless, others, weight, told)
        kept = [[pair for pair in some if may_restate(pair)] for some in found]
        if kept[0]:
            asked += [(at, place, row) for row in zip(timeless, kept, strict=True)]
    read = pairing.read_closely(
        [row for _, _, row in asked], encoded, weight, most=MOST_ENCODED, reads=False
    )
    every: dict[tuple[int, int], list[list[Pair]]] = {}
    for (at, place, _), (_, some) in zip(asked, read, strict=True):
        every.setdefault((at, place), []).append([p for p in some if encoded.holds(p)])
    described = [list(pairs) for _, pairs in rows]
    for (at, place), tellings in every.items():
        own = described[at][place].evidence
        anew = _described(own, tellings[0], tellings[1:], near[_key(own.statement)])
        described[at][place] = replace(described[at][place], anew=anew)
    return [(claim, pairs) for (claim, _), pairs in zip(rows, described, strict=True)]


def standing(rows: Sequence[pairing.Row]) -> list[tuple[int, int]]:
    """The best agreeing pairs of each figure, one a language: the figure's place and theirs."""
    return [(at, place) for at, (_, pairs) in enumerate(rows) for place in _standing(pairs)]


def statements_of(
    rows: Sequence[pairing.Row], places: Sequence[tuple[int, int]]
) -> list[Statement]:
    """The sentences that agree, each once, in the order in which what is near to them is asked."""
    owns = _owns(rows, places)
    return list({_key(own.statement): own.statement for own in owns}.values())


def _owns(rows: Sequence[pairing.Row], places: Sequence[tuple[int, int]]) -> list[Frame]:
    return [rows[at][1][place].evidence for at, place in places]


def _key(statement: Statement) -> tuple[str, Span]:
    return statement.document_id, statement.span


def _is_beside(other: Frame, own: Frame) -> bool:
    """Whether a frame of the same sentence is of another figure of one kind with it."""
    one, two = own.figure, other.figure
    return other.printed and two is not one and like_figures(one, two) and one.unit == two.unit


def _described(
    own: Frame,
    pairs: Sequence[Pair],
    beside: Sequence[Sequence[Pair]],
    near: Sequence[pairing.Near],
) -> tuple[Pair, ...]:
    """What may state a figure anew, with how surely it does, the likeliest first.

    Two articles that each list the same three companies: what the one says of the first the
    other says anew of the first. So is weighed how well each fits what stands beside it.
    """
    most: dict[tuple[str, Span], float] = {}
    for pair in (p for some in beside for p in some):
        most[_place(pair)] = max(most.get(_place(pair), 0.0), pair.aligned)
    best: dict[str, float] = {}
    for pair in pairs:
        article = pair.evidence.statement.document_id
        best[article] = max(best.get(article, 0.0), pair.aligned)
    stated: dict[str, set[Amount]] = {}
    for one in near:
        stated.setdefault(one.statement.document_id, set()).update(
            _amount(f) for f in one.statement.figures
        )
    found = []
    for pair in pairs:
        article = pair.evidence.statement.document_id
        features = {
            **pair.features,
            **features_of(own, pair.evidence),
            "behind": pair.aligned - best[article],
            "beside": min(0.0, pair.aligned - most.get(_place(pair), 0.0)),
            "known": float(
                _amount(pair.evidence.figure) in stated.get(own.statement.document_id, ())
            ),
        }
        found.append(likely(replace(pair, features=features)))
    return tuple(sorted(found, key=lambda pair: -pair.score))


def likely(pair: Pair, learned: Mapping[str, float] | None = None) -> Pair:
    """The pair with how surely the one states the other anew, by the weights of the lexicon.

    Args:
        pair: Of two articles' figures.
        learned: Weights that take their place.
    """
    weight = weights(ANEW) if learned is None else learned
    total = weight["bias"] + math.fsum(weight[n] * pair.features.get(n, 0.0) for n in FEATURES)
    return replace(pair, score=1 / (1 + math.exp(-max(-30.0, min(30.0, total)))))


def features_of(own: Frame, one: Frame) -> dict[str, float]:
    """What speaks for one figure of an article taking the place of another, or against it."""
    first, second = own.statement, one.statement
    inside = first.document_id == second.document_id
    days = 0
    if first.published_on is not None and second.published_on is not None:
        days = (second.published_on - first.published_on).days
    voice, other_voice = voice_of(own), voice_of(one)
    both = voice is not None and other_voice is not None
    same = voice is not None and other_voice is not None and same_voice(voice, other_voice)
    dated = bool(own.period and one.period)
    meet = periods_meet(own.period, one.period) if own.period and one.period else False
    shared = len(first.everywhere & second.everywhere)
    amount = _amount(own.figure)
    return {
        "inside": float(inside),
        "same_sentence": float(inside and first.span == second.span),
        "later": float(days > 0),
        "earlier": float(days < 0),
        "soon": float(not inside and abs(days) <= _SOON),
        "revised": float(revised_words().search(fold(one.clause).text) is not None),
        "becomes": float(one.figure.relation is Relation.TO),
        "now": float(says_now(one)),
        "gap": _gap(own.figure, one.figure),
        "repeated": float(any(_amount(f) == amount for f in second.figures)),
        "own_former": float(own.former),
        "periods_meet": float(meet),
        "periods_differ": float(dated and not meet),
        "other_length": float(
            bool(own.period and one.period) and other_length(own.period or "", one.period or "")
        ),
        "voices": float(both),
        "voices_differ": float(both and not same),
        "one_voice": float(voice is None and other_voice is not None),
        "two_sides": float(of_two_sides(own, one)),
        "expected": float(is_expected(own)) - float(is_expected(one)),
        "everywhere": shared / max(1, min(len(first.everywhere), len(second.everywhere))),
    }


def _gap(one: Figure, other: Figure) -> float:
    """How many powers of ten two numbers are apart, 1 at most and where it cannot be told."""
    if not one.value or not other.value:
        return 1.0
    return min(1.0, abs(math.log10(abs(other.value / one.value))))


_SOON = 20  # days within which two articles tell of one news
Amount = tuple[Decimal | None, str]


def _amount(figure: Figure) -> Amount:
    return figure.value, figure.unit


def _place(pair: Pair) -> tuple[str, Span]:
    return pair.evidence.statement.document_id, pair.evidence.figure.span


def _standing(pairs: Sequence[Pair]) -> list[int]:
    """The places of the pair that agrees best in each language, where one does."""
    best: dict[str, int] = {}
    for place, pair in enumerate(pairs):  # the likeliest come first
        if pair.agrees and not pair.conflicts and pair.score >= threshold("support"):
            best.setdefault(pair.evidence.statement.language, place)
    return list(best.values())


def may_restate(pair: Pair) -> bool:
    """Whether a figure of another article may be of the same thing and states another number."""
    one, other = pair.claim.figure, pair.evidence.figure
    return (
        not pair.conflicts - {Conflict.SUBJECT, Conflict.MEASURE}
        and (one.value, one.upper, _day(one)) != (other.value, other.upper, _day(other))
        and (one.dimension is other.dimension or {one.dimension, other.dimension} <= TIMED)
        and one.unit == other.unit
        and (one.relation in _LEVELS) == (other.relation in _LEVELS)
        and pair.evidence.printed
    )


def _day(figure: Figure) -> str | None:
    """The period of a date; when a number holds is no part of what it states."""
    return figure.period if figure.dimension in TIMED else None
