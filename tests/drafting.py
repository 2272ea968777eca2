"""Figures of single sentences, for the tests of what is laid beside what."""

from __future__ import annotations

from datetime import date

from kaoju.figures import find_figures
from kaoju.frames import Frame, frame, statements
from kaoju.types import EntityKind, Language, Mention, Span


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
