"""What the reader says of a draft's figures: which figure of an article stands in their place.

A sentence of a draft without one of its figures is a question that an article's sentence answers
with a figure, or does not. The number itself is not seen, so that a wrong one points to the right
place too. The other figures of the draft's sentence are seen: where the values of two neighbours
are swapped, each would be found in the other's place. So a sentence with several figures of a kind
is read once more, without the others, as far as so much may be read of a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kaoju.alignment import Pair
from kaoju.frames import KEYS, TIMED, Frame, Statement
from kaoju.reader import BLANK, Reading, Text, blanked, shipped_reader
from kaoju.types import Span

SENTENCES = 3  # read for each figure
MOST_READ = 120  # sentences in one check: a reading takes some milliseconds
UNREAD = "unread"  # the feature that every pair has which this room has seen
HIDDEN = "…"  # stands for the draft's other figures where they are not to be seen
_SURE = 20.0  # log odds beyond which the reader says nothing more

Row = tuple[Frame, list[Pair]]
_Key = tuple[str, Span]


def read(rows: Sequence[Row]) -> list[Row]:
    """Add to the likeliest pairs of each figure what the reader says of them.

    So many sentences are read for each figure as `MOST_READ` allows all of them, none for the
    figures of a long draft: that is not held against a pair. What would not be read in any
    draft, being no likely sentence, is ``unread``.
    """
    share = min(SENTENCES, MOST_READ // max(1, len(rows)))
    if not share:
        return list(rows)
    wanted = [_sentences(pairs) for _, pairs in rows]
    order = [(at, statement) for at, some in enumerate(wanted) for statement in some[:share]]
    beside = [(at, some[0]) for at, some in enumerate(wanted) if some and _beside(rows[at][0])]
    beside = beside[: max(0, MOST_READ - len(order))]
    asked = [(_question(rows[at][0]), Text(s.title, s.text)) for at, s in order]
    asked += [(_alone(rows[at][0]), Text(s.title, s.text)) for at, s in beside]
    readings = shipped_reader().read(asked)
    told: list[dict[_Key, Reading]] = [{} for _ in rows]
    for (at, statement), reading in zip(order, readings[: len(order)], strict=True):
        told[at][_key(statement)] = reading
    alone: list[dict[_Key, Reading]] = [{} for _ in rows]
    for (at, statement), reading in zip(beside, readings[len(order) :], strict=True):
        alone[at][_key(statement)] = reading
    found = []
    for (claim, pairs), own, hidden, some in zip(rows, told, alone, wanted, strict=True):
        described = _described(pairs, own, {_key(s) for s in some[:SENTENCES]})
        found.append((claim, _read_alone(described, hidden)))
    return found


def _beside(claim: Frame) -> list[Span]:
    """The other figures of a claim's sentence that are of its kind, as spans in its text."""
    at = claim.statement.span.start
    return [
        f.span.shift(-at)
        for f in claim.statement.figures
        if f.dimension is claim.figure.dimension
        and f.dimension not in TIMED | KEYS
        and not f.span.overlaps(claim.figure.span)
    ]


def _alone(claim: Frame) -> str:
    """The question of a claim without the other figures of its kind."""
    place = claim.figure.span.shift(-claim.statement.span.start)
    return alone(claim.statement.text, place, _beside(claim))


def alone(text: str, place: Span, others: Iterable[Span]) -> str:
    """A sentence as a question, other figures than the one asked for hidden."""
    blanks = [(span, HIDDEN) for span in others if not span.overlaps(place)]
    blanks.append((place, f" {BLANK} "))
    for span, instead in sorted(blanks, key=lambda blank: -blank[0].start):
        text = text[: span.start] + instead + text[span.end :]
    return text.strip()


def _question(claim: Frame) -> str:
    at = claim.statement.span.start
    return blanked(claim.statement.text, claim.figure.span.shift(-at)).strip()


def _sentences(pairs: Sequence[Pair]) -> list[Statement]:
    """The sentences of the pairs, the likeliest first, each once."""
    best = sorted(pairs, key=lambda p: -max(p.score, p.aligned))
    return list({_key(p.evidence.statement): p.evidence.statement for p in best}.values())


def _key(statement: Statement) -> _Key:
    return statement.passage_id, statement.span


def _described(
    pairs: Sequence[Pair], readings: dict[_Key, Reading], likely: set[_Key]
) -> list[Pair]:
    sure = [_at(pair, readings) for pair in pairs]
    ordered = sorted(readings.values(), key=lambda reading: -reading.answers)
    found = []
    for pair, own in zip(pairs, sure, strict=True):
        if own is None:
            unread = float(_key(pair.evidence.statement) not in likely)
            found.append(replace(pair, features=pair.features | {UNREAD: unread}))
            continue
        place = pair.evidence.figure.span
        others = [
            s
            for p, s in zip(pairs, sure, strict=True)
            if s is not None
            and (p.evidence.figure.span != place or p.evidence.statement != pair.evidence.statement)
        ]
        reading = readings[_key(pair.evidence.statement)]
        rival = next((other for other in ordered if other is not reading), None)
        features = {
            "read": _clipped(own),
            "read_lead": _clipped(own - max(others)) if others else 0.0,
            "answers": _clipped(reading.answers),
            "answers_lead": _clipped(reading.answers - rival.answers) if rival else 0.0,
            UNREAD: 0.0,
        }
        found.append(replace(pair, features=pair.features | features))
    return found


def _read_alone(pairs: Sequence[Pair], readings: dict[_Key, Reading]) -> list[Pair]:
    """Add what is said of the pairs of the likeliest sentence once the others are not seen."""
    sure = [_at(pair, readings) for pair in pairs]
    found = []
    for pair, own in zip(pairs, sure, strict=True):
        if own is None:
            found.append(pair)
            continue
        place = pair.evidence.figure.span
        others = [
            s
            for p, s in zip(pairs, sure, strict=True)
            if s is not None and p.evidence.figure.span != place
        ]
        lead = _clipped(own - max(others)) if others else 0.0
        told = {"read_alone": _clipped(own), "read_alone_lead": lead}
        found.append(replace(pair, features=pair.features | told))
    return found


def _at(pair: Pair, readings: dict[_Key, Reading]) -> float | None:
    statement = pair.evidence.statement
    reading = readings.get(_key(statement))
    if reading is None:
        return None
    return reading.at(pair.evidence.figure.span.shift(-statement.span.start))


def _clipped(log_odds: float) -> float:
    return max(-_SURE, min(_SURE, log_odds)) / _SURE
