"""Who says a figure, and whether a draft has somebody else say it than the article.

A sentence may report two people: what stands in the clause of the second, or after it, is the
second's. Two names are one where they are linked, begin alike, or sound alike across languages;
a body and the person who speaks for it are not held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaoju.alignment import Pair
from kaoju.attribution import find_attribution
from kaoju.frames import Frame
from kaoju.likeness import alike
from kaoju.names import rank_names
from kaoju.text import fold, has_han
from kaoju.types import EntityKind, Mention, Span

_SOUNDS_ALIKE = 0.5  # likeness from which two names of two languages are one person's
# Speakers that are nobody in particular: their figure is anyone's.
_NOBODY = re.compile(
    r"(?i)official|source|report|data|figures|statistics|survey|people|compan|analysts?$|they|it$"
    r"|官方|消息|报告|数据|统计|调查|知情|人士|公司$|分析师$|市场|业内"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a figure: as printed, and the name linked, if one was."""

    surface: str
    entity_id: str | None
    kind: EntityKind | None
    name: str


def voice_of(one: Frame) -> Voice | None:
    """Who says a figure: the last who was named up to its clause, else its sentence's speaker."""
    statement = one.statement
    found = None
    start = 0
    for gap in (*statement.breaks, Span(len(statement.text), len(statement.text))):
        if start > one.scope.start:
            break
        part = statement.text[start : gap.start]
        shift = statement.span.start + start
        inside = [m for m in statement.mentions if Span(shift, shift + len(part)).contains(m.span)]
        told = find_attribution(part, inside, start=shift, language=statement.language)
        if told is not None:
            found = _voice(told.speaker.surface, told.speaker.entity_id, statement.mentions)
        start = gap.end
    if found is not None:
        return found
    if statement.speaker is None:
        return None
    return _voice(statement.speaker, statement.speaker_id, statement.mentions)


def _voice(surface: str, entity_id: str | None, mentions: Sequence[Mention]) -> Voice:
    named = next((m for m in mentions if entity_id and m.entity_id == entity_id), None)
    if named is None:  # a name inside the words: the energy minister, Gustav Lind
        inside = [m for m in mentions if m.surface in surface and m.kind is EntityKind.PERSON]
        named = inside[0] if len(inside) == 1 else None
    return Voice(
        surface,
        (named.entity_id if named is not None else None) or entity_id,
        named.kind if named is not None else None,
        named.surface if named is not None else surface,
    )


def same_voice(one: Voice, other: Voice) -> bool:
    """Whether two speakers are surely one."""
    if one.entity_id is not None and one.entity_id == other.entity_id:
        return True
    if has_han(one.name) is has_han(other.name):
        return alike(one.name, other.name)
    people = one.kind is other.kind is EntityKind.PERSON
    return people and rank_names(one.name, [other.name])[0][1] >= _SOUNDS_ALIKE


def other_voice(one: Voice, other: Voice, *, bilingual: frozenset[str]) -> bool:
    """Whether two speakers are surely two.

    Args:
        one: The draft's.
        other: The article's.
        bilingual: The draft's entities that the shelf names in both languages: of another body
            nothing can be said across languages.
    """
    if same_voice(one, other) or one.entity_id is None or other.entity_id is None:
        return False
    kinds = {one.kind, other.kind}
    if kinds == {EntityKind.PERSON, EntityKind.ORGANISATION}:
        return False
    across = has_han(one.name) is not has_han(other.name)
    if across and kinds != {EntityKind.PERSON}:
        return one.entity_id in bilingual
    return not alike(one.surface, other.surface)


def differs(pair: Pair) -> bool:
    """Whether the draft has somebody say what the article has somebody else say."""
    one, other = voice_of(pair.claim), voice_of(pair.evidence)
    if one is None or other is None:
        return False
    return other_voice(one, other, bilingual=pair.claim.statement.bilingual)


def _speaks_for(one: Voice, body: Voice, evidence: Frame) -> bool:
    """Whether somebody is told of beside a body that a draft has say the same: its chairman."""
    if body.kind is EntityKind.PERSON or one.kind is not EntityKind.PERSON:
        return False
    return fold(body.name).text in fold(evidence.statement.text).text


def said_otherwise(support: Sequence[Pair], differing: Sequence[Pair]) -> Pair | None:
    """What the draft's own speaker says in the article, where the agreeing figure is another's.

    Args:
        support: The pairs that agree.
        differing: Those of the same thing that differ, the likeliest first.
    """
    own = voice_of(support[0].claim)
    if own is None or _NOBODY.search(own.surface):
        return None
    for pair in support:
        one = voice_of(pair.evidence)
        if one is None or same_voice(own, one) or _NOBODY.search(one.surface):
            return None
        if _speaks_for(one, own, pair.evidence):
            return None
    return next(
        (p for p in differing if (v := voice_of(p.evidence)) is not None and same_voice(own, v)),
        None,
    )
