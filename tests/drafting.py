"""Figures of single sentences, for the tests of what is laid beside what."""

from __future__ import annotations

from datetime import date

from kaoju.alignment import Conflict, Pair
from kaoju.draft_comparison import compare
from kaoju.figures import find_figures
from kaoju.frames import Frame, frame, statements
from kaoju.likeness import same_digits
from kaoju.text import has_han
from kaoju.types import Claim, EntityKind, Language, Mention, Span

SURE = 0.97
# What two sentences that speak of one thing are likened by.
LIKE = {
    "same_unit": 1.0,
    "moves": 1.0,
    "names": 1.0,
    "sentence": 0.8,
    "clause": 0.7,
    "bound": 0.7,
    "titled": 0.8,
}
DAY = date(2025, 11, 20)


def frame_of(text: str, *names: str, day: date | None = None, language: str = "en") -> Frame:
    """The frame of the last figure of a sentence; its names are organisations."""
    mentions = []
    for name in names:
        span = Span(text.index(name), text.index(name) + len(name))
        mentions.append(
            Mention(span, name, EntityKind.ORGANISATION, name, Language(language), entity_id=name)
        )
    (statement,) = statements(
        text, 0, find_figures(text), mentions, [], language=Language(language), published_on=day
    )
    return frame(statement, statement.figures[-1])


def told(
    text: str,
    *,
    at: int = -1,
    article: str = "",
    title: str = "",
    day: date | None = None,
    people: tuple[str, ...] = (),
    bodies: tuple[str, ...] = (),
    speaker: str | None = None,
) -> Frame:
    """The frame of one figure of a sentence, by its place among them; names are their own ids."""
    mentions = [
        Mention(
            Span(text.index(name), text.index(name) + len(name)),
            name,
            EntityKind.PERSON if name in people else EntityKind.ORGANISATION,
            name,
            Language.ZH if has_han(name) else Language.EN,
            entity_id=name,
        )
        for name in (*people, *bodies)
    ]
    claim = Claim(
        "c", "", article, Span(0, len(text)), text, attributed_to=speaker, attributed_id=speaker
    )
    (statement,) = statements(
        text,
        0,
        find_figures(text, reference_date=day),
        mentions,
        [claim],
        language=Language.ZH if has_han(text) else Language.EN,
        document_id=article,
        title=title,
        everywhere=frozenset(m.entity_id for m in mentions),
        published_on=day,
    )
    return frame(statement, statement.figures[at])


def paired(
    claim: Frame,
    evidence: Frame,
    *,
    sure: float = SURE,
    conflicts: frozenset[Conflict] = frozenset(),
) -> Pair:
    """A pair whose likeness is set by hand."""
    across = has_han(claim.statement.text) is not has_han(evidence.statement.text)
    return Pair(
        claim,
        evidence,
        compare(claim, evidence),
        conflicts,
        LIKE | {"digits": same_digits(claim, evidence), "across": float(across)},
        aligned=sure,
        score=sure,
    )
