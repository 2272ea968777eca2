"""Who says a figure, and whether a draft has somebody else say it than the article.

A sentence may report two people: what stands in the clause of the second, or after it, is the
second's. Two names are one where they are linked, begin alike, or sound alike across languages;
a body and the person who speaks for it are not held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kaoju.alignment import Pair
from kaoju.attribution import find_attribution
from kaoju.attribution import words as reporting
from kaoju.frames import Frame
from kaoju.gazetteer import name_characters, surnames, words
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
        elif (name := _named_before(part) if not inside else None) is not None:
            found = Voice(name, None, EntityKind.PERSON, name)
        start = gap.end
    if found is not None:
        return found
    if statement.speaker is None:
        after = _AFTER_QUOTE.search(statement.text)
        name = _named_before(after.group(1)) if after is not None else None
        return Voice(name, None, EntityKind.PERSON, name) if name is not None else None
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


_AFTER_QUOTE = re.compile(r"[”」』]([^”」』。]{3,30})。?$")


def _named_before(part: str) -> str | None:
    """The name of somebody who says something, where nobody was recognised: 大户段修文说.

    A draft of one sentence gives a name once, without the words that would tell it for one.
    """
    told = _said().match(fold(part).text)
    if told is None:
        return None
    who = told.group("who")
    if who.endswith(reporting("zh", "speakers")):
        return None
    roles = tuple(word for word in words("roles", "chinese") if len(word) > 1)
    for size in (3, 2):
        if len(who) > size and who[:-size].endswith(roles):
            return who[-size:]  # what somebody is stands before a name
    likely = sum(c in name_characters() for c in who[1:])
    return who if len(who) in (2, 3) and who[0] in surnames() and likely else None


@cache
def _said() -> re.Pattern[str]:
    verbs = (v for v in reporting("zh", "verbs") if len(v) > 1 or v in "说称")
    one_of = "|".join(map(re.escape, verbs))
    light = "|".join(map(re.escape, reporting("zh", "adverbs")))
    opened = "|".join(map(re.escape, reporting("zh", "phrase_openers")))
    who = rf"(?P<who>[\u4e00-\u9fff]{{2,16}}?)(?:\d{{1,2}}日|{light})*"
    return re.compile(rf"{who}(?:(?:{opened})[^,:]{{1,16}}?)?(?:{one_of})")


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
    if same_voice(one, other):
        return False
    if one.entity_id is None or other.entity_id is None:
        ours, theirs = _personal(one), _personal(other)
        return ours is not None and theirs is not None and not _share(ours, theirs)
    kinds = {one.kind, other.kind}
    if kinds == {EntityKind.PERSON, EntityKind.ORGANISATION}:
        return False
    across = has_han(one.name) is not has_han(other.name)
    if across and kinds != {EntityKind.PERSON}:
        return one.entity_id in bilingual
    return not alike(one.surface, other.surface)


_CAPITAL = re.compile(r"\b[A-Z][\w'’-]+")


def _personal(voice: Voice) -> str | None:
    """The name of a speaker who is surely one person; None of a body or a mere role."""
    name = voice.name
    if voice.kind is EntityKind.PERSON:
        return name
    if voice.kind is not None or _NOBODY.search(voice.surface):
        return None
    if has_han(name):
        return name if "·" in name else None
    return " ".join(_CAPITAL.findall(name)[-2:]) if len(_CAPITAL.findall(name)) > 1 else None


def _share(one: str, other: str) -> bool:
    """Whether two names of people may be one's: by a part of them, or by their sound."""
    if has_han(one) is not has_han(other):
        return rank_names(one, [other])[0][1] >= _SOUNDS_ALIKE
    if has_han(one):
        return one[-_GIVEN:] == other[-_GIVEN:] or one in other or other in one
    return bool(set(fold(one).text.split()) & set(fold(other).text.split()))


_GIVEN = 2  # characters of a given name


def differs(pair: Pair) -> bool:
    """Whether the draft has somebody say what the article has somebody else say."""
    one, other = voice_of(pair.claim), voice_of(pair.evidence)
    if one is None or other is None:
        return False
    if fold(one.name).text in fold(pair.evidence.statement.text).text:
        return (
            one.entity_id is not None
            and other.entity_id is not None
            and other_voice(one, other, bilingual=pair.claim.statement.bilingual)
        )
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
