"""Who says a figure, and whether a draft has somebody else say it than the article.

A sentence may report two people: what stands in the clause of the second, or after it, is the
second's. He and 他 are whom the sentence, or the one before it, named last; who means to do
something or sees a number coming says so. Two names are one where they are linked, begin alike,
or sound alike across languages; a body and the person who speaks for it are not held against
each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kaoju.alignment import Pair
from kaoju.attribution import Attribution, Speaker, find_attribution
from kaoju.attribution import words as reporting
from kaoju.east_asian import family_readings, is_reading
from kaoju.frames import Frame, Statement
from kaoju.gazetteer import name_characters, surnames, words
from kaoju.likeness import alike
from kaoju.names import rank_names
from kaoju.sounds import letters
from kaoju.text import fold, has_han
from kaoju.types import EntityKind, Language, Mention, Span

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
    kept = one.statement.kept
    key = "voice", one.scope
    if key not in kept:
        kept[key] = _voice_in(one.statement, one.scope)
    voice: Voice | None = kept[key]
    return voice


def _voice_in(statement: Statement, scope: Span) -> Voice | None:
    found: Voice | None = None
    last: Voice | None = None  # whom he or she would mean
    start = 0
    for gap in (*statement.breaks, Span(len(statement.text), len(statement.text))):
        if start > scope.start:
            break
        part = Span(start, gap.start)
        inside = _inside(statement, part)
        key = "told", part, last
        if key not in statement.kept:  # the figures of one sentence share its first parts
            statement.kept[key] = _told(statement, part, inside, last)
        told: Voice | None = statement.kept[key]
        found = told or found
        people = [m for m in inside if m.kind is EntityKind.PERSON]
        last = told or (_named(people[-1]) if people else None) or last
        start = gap.end
    if found is not None:
        return found
    if statement.speaker is not None:
        return _voice(statement.speaker, statement.speaker_id, statement)
    after = _AFTER_QUOTE.search(statement.text)
    name = _named_before(after.group(1)) if after is not None else None
    return _unlinked(name) if name is not None else _minded(statement, scope.end)


def _inside(statement: Statement, part: Span) -> list[Mention]:
    place = part.shift(statement.span.start)
    return [m for m in statement.mentions if place.contains(m.span)]


def _told(
    statement: Statement, part: Span, inside: Sequence[Mention], last: Voice | None
) -> Voice | None:
    """Who speaks in a part of a sentence, if anybody does."""
    text = part.of(statement.text)
    pronoun = _PRONOUN.match(fold(text).text)
    meant = last or (_spoke_before(statement) if pronoun is not None else None)
    told = find_attribution(
        text,
        inside,
        start=statement.span.start + part.start,
        language=statement.language,
        before=_as_speaker(meant),
    )
    if told is not None:
        return meant if _means(told, meant) else _heard(told, statement)
    name = _named_before(text)
    if name is not None:
        return _unlinked(name)
    opened = _PRONOUN.match(fold(statement.text).text)
    if opened is not None and _goes_on().match(fold(text).text):
        return last or _spoke_before(statement)
    return None


_PRONOUN = re.compile(r"[他她](?!们)")


@cache
def _goes_on() -> re.Pattern[str]:
    """A clause that goes on telling what the one before it began with says: 他数过,推算有300只."""
    verbs = "|".join(re.escape(v) for v in reporting("zh", "verbs") if len(v) > 1)
    return re.compile(rf"(?:{'|'.join(map(re.escape, reporting('zh', 'adverbs')))})*(?:{verbs})")


def _spoke_before(statement: Statement) -> Voice | None:
    """Who is named as speaking in the sentence before: whom 他 means at the head of this one."""
    names = (_named_before(part) for part in _PARTS.split(statement.before))
    name = next((n for n in names if n is not None), None)
    return _unlinked(name) if name is not None else None


_PARTS = re.compile(r"[,，;；:：。]")


def _as_speaker(voice: Voice | None) -> Speaker | None:
    if voice is None or voice.kind is not EntityKind.PERSON:
        return None
    language = Language.ZH if has_han(voice.name) else Language.EN
    mention = Mention(
        Span(0, len(voice.name)),
        voice.name,
        EntityKind.PERSON,
        voice.name,
        language,
        entity_id=voice.entity_id or "",
    )
    return Speaker(voice.name, mention)


def _means(told: Attribution, meant: Voice | None) -> bool:
    """Whether an attribution is to whom a pronoun of it means."""
    return meant is not None and told.speaker == _as_speaker(meant)


def _unlinked(name: str) -> Voice:
    return Voice(name, None, EntityKind.PERSON, name)


def _named(mention: Mention) -> Voice:
    return Voice(mention.surface, mention.entity_id or None, mention.kind, mention.surface)


def _heard(told: Attribution, statement: Statement) -> Voice:
    return _voice(told.speaker.surface, told.speaker.entity_id, statement)


def _voice(surface: str, entity_id: str | None, statement: Statement) -> Voice:
    mentions = statement.mentions
    named = next((m for m in mentions if entity_id and m.entity_id == entity_id), None)
    if named is None:  # a name inside the words, or behind
        inside = [m for m in mentions if m.surface in surface and m.kind is EntityKind.PERSON]
        named = inside[0] if len(inside) == 1 else _beside(surface, statement)
    elif (person := _of_body(named, statement)) is not None:
        return _unlinked(person)
    return Voice(
        surface,
        (named.entity_id if named is not None else None) or entity_id,
        named.kind if named is not None else None,
        named.surface if named is not None else surface,
    )


def _beside(surface: str, statement: Statement) -> Mention | None:
    """The name in commas after who somebody is: her finance chief, Gustav Lind, said."""
    at = statement.text.find(surface)
    gap = _COMMA.match(statement.text, at + len(surface)) if at >= 0 else None
    if gap is None:
        return None
    place = gap.end() + statement.span.start
    return next(
        (m for m in statement.mentions if m.span.start == place and m.kind is EntityKind.PERSON),
        None,
    )


_COMMA = re.compile(r"\s*,\s*")


def _of_body(mention: Mention, statement: Statement) -> str | None:
    """Somebody's name where it was read as one with a body's: Rune | Tveit of the Vardby League."""
    if mention.kind is not EntityKind.ORGANISATION:
        return None
    family = _FAMILY_OF.match(mention.surface)
    head = statement.text[: max(0, mention.span.start - statement.span.start)]
    given = _GIVEN_NAME.search(head)
    return f"{given.group(1)} {family.group(1)}" if family and given else None


_FAMILY_OF = re.compile(r"([A-Z][\w'’-]+) (?:of|at|from) (?:the )?[A-Z]")
_GIVEN_NAME = re.compile(r"\b([A-Z][\w'’-]+) $")


def _minded(statement: Statement, end: int) -> Voice | None:
    """Who means to do a thing or sees it coming, up to a place of a sentence, if anybody does."""
    minds = _minds_zh() if has_han(statement.text) else _minds_en()
    people = [
        m
        for m in statement.mentions
        if m.kind is EntityKind.PERSON
        and m.span.end - statement.span.start <= end
        and minds.match(statement.text, m.span.end - statement.span.start)
    ]
    return _named(people[-1]) if people else None


@cache
def _minds_en() -> re.Pattern[str]:
    means, sees = ("|".join(map(re.escape, reporting("en", key))) for key in ("means", "sees"))
    light = "|".join(map(re.escape, reporting("en", "adverbs")))
    aside = r"(?:,(?:[^,;:]{2,80},)?| (?:of|at|from|in) [^,;:]{2,60}?)?"
    return re.compile(rf"{aside}(?: (?:{light}))* (?:(?:{means}) to\b|(?:{sees})\b(?! to\b))")


@cache
def _minds_zh() -> re.Pattern[str]:
    light = "|".join(map(re.escape, reporting("zh", "adverbs")))
    return re.compile(rf"(?:{light})*(?:{'|'.join(map(re.escape, reporting('zh', 'means')))})")


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
    if (titled := _TITLED.fullmatch(who)) is not None:
        return titled.group(1)
    families = surnames() | words("surnames", "rare")
    if who[-3:-2] in families and _OCCUPIED.search(who[:-3]):
        return who[-3:]
    roles = tuple(word for word in words("roles", "chinese") if len(word) > 1)
    for size in (3, 2):
        if len(who) > size and who[:-size].endswith(roles):
            return who[-size:]  # what somebody is stands before a name
    likely = sum(c in name_characters() for c in who[1:])
    return who if len(who) in (2, 3) and who[0] in families and likely else None


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
    return people and _sound_alike(one.name, other.name)


def _sound_alike(one: str, other: str) -> bool:
    """Whether names of two languages may be one person's.

    A Chinese name is read aloud, and no other one sounds like it by chance.
    """
    chinese, english = (one, other) if has_han(one) else (other, one)
    parts = [letters(word) for word in english.split()]
    ends = {*parts[:1], *parts[-1:]}
    native = "·" not in chinese and chinese[:1] in surnames() and len(chinese) <= _LONGEST
    if native and ends & words("surnames", "pinyin"):
        return is_reading(chinese, english) or bool(ends & family_readings(chinese))
    return rank_names(one, [other])[0][1] >= _SOUNDS_ALIKE


_LONGEST = 4  # characters of a Chinese name


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
        return _sound_alike(one, other)
    if has_han(one):
        return one[-_GIVEN:] == other[-_GIVEN:] or one in other or other in one
    return bool(set(fold(one).text.split()) & set(fold(other).text.split()))


# 拉希姆女士; and what ends the words for what somebody is: 茶商庾小楼.
_TITLED = re.compile(r"(\S{2,6}?)(?:女士|先生)")
_OCCUPIED = re.compile(r"[商员家户者长师主民手工授任官]$")


_GIVEN = 2  # characters of a given name


def differs(pair: Pair) -> bool:
    """Whether the draft has somebody say what the article has somebody else say."""
    one, other = voice_of(pair.claim), voice_of(pair.evidence)
    if one is None or other is None:
        return False
    if fold(one.name).text in fold(pair.evidence.statement.text).text and not (
        one.kind is other.kind is EntityKind.PERSON or (one.entity_id and other.entity_id)
    ):
        return False  # who is named beside the figure may well be who says it
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
