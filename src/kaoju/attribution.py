"""Who says it: the speaker of a sentence, by the reporting words of either language.

Patterns over clauses, names and the word lists of ``lexicon/reporting.toml``: 贝森特预测,
"said Rios, a strategist", according to the Treasury, 据路透社报道, 在他看来. What stands inside
quotation marks is never read for speakers. A wrong speaker is worse than none: where the
clause between name and verb holds anything but adverbs, an aside or a prepositional phrase,
nobody is named. Pronouns are resolved by the caller's `Speaker` of the sentences before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from kaoju.lexicon import load
from kaoju.text import fold
from kaoju.types import EntityKind, Language, Mention, Span

_NOBODY = EntityKind.PRODUCT, EntityKind.PROGRAMME
_HIDDEN = "\x00"  # stands for each character inside quotation marks
_BOUNDARY_ZH = ',;:!?。\n"「」『』' + _HIDDEN
_BOUNDARY_EN = ';:!?\n"' + _HIDDEN
_DAY_ZH = r"\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}[日号]|\d{4}年"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: as printed, where, and the name that was recognised there, if one was."""

    surface: str
    mention: Mention | None = None

    @property
    def entity_id(self) -> str | None:
        """The linked entity, once linked."""
        return (self.mention.entity_id or None) if self.mention is not None else None


@dataclass(frozen=True, slots=True)
class Attribution:
    """What was found of a sentence's speaker.

    ``introduces`` holds when the sentence only names the speaker of what follows;
    ``bare`` when nothing but the attribution stands in it (…他说。).
    """

    speaker: Speaker
    at: int
    introduces: bool = False
    bare: bool = False


def find_attribution(
    sentence: str,
    mentions: Sequence[Mention],
    *,
    start: int,
    language: Language,
    quoted: Iterable[Span] = (),
    before: Speaker | None = None,
) -> Attribution | None:
    """Find the speaker of a sentence.

    Args:
        sentence: As printed.
        mentions: The names in it, spans counted in the article.
        start: Where the sentence begins in the article.
        language: Of the sentence.
        quoted: What stands inside quotation marks, spans counted in the article.
        before: Whom a pronoun would mean.

    Returns:
        The first speaker named, or None.
    """
    shown = list(sentence)
    for span in quoted:
        for at in range(max(span.start - start, 0), min(span.end - start, len(shown))):
            shown[at] = _HIDDEN
    folded = fold("".join(shown), lower=False)
    names = []
    for mention in mentions:
        local = Span(mention.span.start - start, mention.span.end - start)
        if mention.kind not in _NOBODY and _HIDDEN not in shown[local.start : local.end]:
            span = folded.folded_span(local)
            names.append(_Name(mention, span.start, span.end))

    def printed(at: int, end: int) -> str:
        return folded.printed_span(Span(at, end)).of(sentence)

    clause = _Clause(folded.text, tuple(names), before, printed)
    return _chinese(clause) if language is Language.ZH else _english(clause)


_OF_BODIES = re.compile(r"该(?!人士|官员|发言人)|(?i:it|the )")


@dataclass(frozen=True, slots=True)
class _Name:
    mention: Mention
    start: int
    end: int


class _Clause:
    """A folded sentence with its names, as the two readers below see it."""

    def __init__(self, text, names, before, printed) -> None:  # type: ignore[no-untyped-def]
        self.text: str = text
        self.names: tuple[_Name, ...] = names
        self.before: Speaker | None = before
        self._printed = printed

    def within(self, start: int, end: int, *kinds: EntityKind) -> list[_Name]:
        return [
            name
            for name in self.names
            if start <= name.start and name.end <= end and (not kinds or name.mention.kind in kinds)
        ]

    def speaker(self, start: int, end: int) -> Speaker:
        """Words that are a speaker, with the name when they are nothing else."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        for name in self.names:
            if (name.start, name.end) == (start, end):
                return Speaker(name.mention.surface, name.mention)
        return Speaker(self._printed(start, end))

    def named(self, name: _Name) -> Speaker:
        return Speaker(name.mention.surface, name.mention)

    def meant(self, pronoun: str) -> Speaker | None:
        """Whom a pronoun means: 他 a person, 该行 or "it" an organisation."""
        mention = self.before.mention if self.before is not None else None
        if mention is None:
            return None if _OF_BODIES.match(pronoun) else self.before
        of_body = mention.kind is not EntityKind.PERSON
        return self.before if of_body == bool(_OF_BODIES.match(pronoun)) else None


@cache
def words(language: str, key: str) -> tuple[str, ...]:
    """A word list of ``lexicon/reporting.toml``, longest first."""
    found = {
        word.replace("_", " ") for line in load("reporting")[language][key] for word in line.split()
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def _one_of(language: str, key: str) -> str:
    return "|".join(re.escape(word) for word in words(language, key))


# Chinese --------------------------------------------------------------------------------


@cache
def _zh(name: str) -> re.Pattern[str]:
    light = rf"(?:{_one_of('zh', 'adverbs')}|{_DAY_ZH})"
    opener = _one_of("zh", "phrase_openers")
    patterns = {
        "verb": f"(?:{_one_of('zh', 'verbs')})",
        "not_verb": f"(?:{_one_of('zh', 'not_verbs')})",
        "light": rf"(?:\([^()]{{1,40}}\))?\s*{light}*\s*(?:(?:{opener}).*)?",
        "lead": rf"\s*(?:{light}|但是?|不过|而且?|然而|以及|与此同时|当|例如|比如"
        r"|虽然|尽管|因为|由于|[\s、])*",
        "trail": rf"{light}*\s*$",
        # 宣布加征关税后,市场……: an act in time, not the speaker of what follows.
        "while": r"[^,;。:\n]*(?:后|之际|以来|时),",
        "opener": rf"(?:{opener})",
        "speaker": rf"(?:{_one_of('zh', 'speakers')})们?$",
        "pronoun": rf"(?:{_one_of('zh', 'pronouns')})$",
        "according": rf"(?:^|(?<=[,;:。\n]))\s*(?:{_one_of('zh', 'according')})"
        r"(?P<who>[^,;:。\n]{1,40}?)(?:的|公布的|发布的|援引的)?(?:最新)?"
        rf"(?:{_one_of('zh', 'according_ends')})(?:显示|称)?\s*[,:]",
        "seen": r"(?:^|(?<=[,;:。\n]))\s*在(?P<who>[^,;:。\n]{1,30}?)(?:看来|眼里|眼中)",
        "view": rf"(?P<who>[^,;:。\n]{{1,40}}?)(?:{_one_of('zh', 'view_nouns')})"
        r"(?:[^,;。\n]{0,12}[:,]|[是为])",
        # 这是贺明远的估计: the speaker comes last.
        "owned": r"这(?:只|仅|也|就)?是(?P<who>[^,;:。\n]{2,30}?)的?(?:自己的)?"
        rf"(?:{_one_of('zh', 'owned')})",
        # 贺明远给出的数字是……
        "given": rf"(?P<who>[^,;:。\n]{{2,30}}?)(?:{_one_of('zh', 'giving')})的"
        rf"[^,;。\n]{{0,12}}?(?:{_one_of('zh', 'owned')})[是为]",
        "interviewed": r"采访[了的]?(?P<who>[^,;:。\n]{2,30})",
    }
    return re.compile(patterns[name])


def _chinese(clause: _Clause) -> Attribution | None:
    found = [
        attribution
        for read in (_according_zh, _verb_zh, _colon_zh)
        if (attribution := read(clause)) is not None
    ]
    if found:
        return min(found, key=lambda attribution: attribution.at)
    return _introduced_zh(clause)


def _according_zh(clause: _Clause) -> Attribution | None:
    text = clause.text
    for key in ("according", "seen", "view", "owned", "given"):
        for match in _zh(key).finditer(text):
            start, end = match.span("who")
            speaker = _who_zh(clause, start, end)
            if speaker is not None:
                return Attribution(speaker, match.start())
    return None


def _who_zh(clause: _Clause, start: int, end: int) -> Speaker | None:
    """The speaker in a stretch that names one and little else."""
    who = clause.text[start:end]
    if _zh("pronoun").match(who.strip()):
        if clause.before is None and (told := _zh("interviewed").search(clause.text, 0, start)):
            return clause.speaker(*told.span("who"))
        return clause.meant(who.strip())
    for kind in (EntityKind.PERSON, EntityKind.ORGANISATION):
        if inside := clause.within(start, end, kind):
            return clause.named(inside[0])
    if len(who) >= 2 and _zh("speaker").search(who.rstrip("的")):
        return clause.speaker(start, start + len(who.rstrip("的")))
    return None


def _verb_zh(clause: _Clause) -> Attribution | None:
    text = _zh("not_verb").sub(lambda m: "\x01" * len(m.group()), clause.text)
    for verb in _zh("verb").finditer(text):
        at = verb.start()
        start = 1 + max(text.rfind(mark, 0, at) for mark in _BOUNDARY_ZH)
        if text[:at].endswith(("被", "所", "据")) or _zh("while").match(text, verb.end()):
            continue
        speaker = _subject_zh(clause, start, at)
        if speaker is not None:
            rest = text[verb.end() :].strip(" ,:。!?\"'")
            return Attribution(speaker, start, bare=not rest and start <= 1)
    return None


def _subject_zh(clause: _Clause, start: int, at: int) -> Speaker | None:
    text = clause.text[start:at]
    for kind in (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE):
        for name in clause.within(start, at, kind):
            if _zh("light").fullmatch(clause.text, name.end, at):
                return clause.named(name)
    lead = _zh("lead").match(text)
    first = lead.end() if lead is not None else 0
    last = _zh("trail").search(text, first)
    end = last.start() if last is not None else len(text)
    if first >= end:
        return _clause_before_zh(clause, start) if not text.strip() else None
    ends = [end, *(m.start() for m in _zh("opener").finditer(text, first + 1, end))]
    for stop in ends:
        words_ = text[first:stop].strip()
        if _zh("pronoun").fullmatch(words_):
            return clause.meant(words_)
        if 2 <= len(words_) <= 30 and _zh("speaker").search(words_):
            return clause.speaker(start + first, start + stop)
    return None


def _clause_before_zh(clause: _Clause, start: int) -> Speaker | None:
    """贝森特在接受采访时,表示…: the name opens the clause before."""
    if start < 2 or clause.text[start - 1] != ",":
        return None
    begin = 1 + max(clause.text.rfind(mark, 0, start - 1) for mark in _BOUNDARY_ZH)
    for name in clause.within(begin, start - 1, EntityKind.PERSON):
        after = clause.text[name.end : start - 1]
        if re.match(r"(?:在|接受|出席|谈及|谈到|就).*(?:时|中|上|后)$", after):
            return clause.named(name)
    return None


def _colon_zh(clause: _Clause) -> Attribution | None:
    """辛妮德的表述最为直白:“…”: a name, a colon, a quotation."""
    match = re.search(rf":\s*[\"「『{_HIDDEN}]", clause.text)
    if match is None:
        return None
    people = clause.within(0, match.start(), EntityKind.PERSON)
    return Attribution(clause.named(people[0]), people[0].start) if people else None


def _introduced_zh(clause: _Clause) -> Attribution | None:
    match = re.search(rf"(?:{_one_of('zh', 'introducing')}).{{0,8}}是", clause.text)
    people = clause.within(match.end(), len(clause.text), EntityKind.PERSON) if match else []
    return Attribution(clause.named(people[-1]), 0, introduces=True) if people else None


# English --------------------------------------------------------------------------------


@cache
def _en(name: str) -> re.Pattern[str]:
    light = rf"(?:\s*\b(?:{_one_of('en', 'adverbs')})\b)*\s*"
    head = rf"\b(?:{_one_of('en', 'speakers')})\b"
    patterns = {
        "verb": rf"(?<![\w-])(?:{_one_of('en', 'verbs')})(?![\w-])",
        "light": light,
        "aside": rf"\s*,[^;:{_HIDDEN}]{{2,120}},{light}",
        "that": rf"\s*(?:,|:|that\b|how\b|what\b|of\b|\"|{_HIDDEN})",
        "be": rf"\b(?:{_one_of('en', 'be')})\s+(?:\w+ly\s+)?$",
        "while": r"\W*(?:after|when|before|since|once|as soon as)\b",
        "to": r"\b(?:to|of|for|the|a|an|this|that|its|their|his|her|by|as)\s+$",
        "pronoun": rf"(?:^|[\s,\"])(?P<who>{_one_of('en', 'pronouns')}|the (?:company|bank|agency))"
        rf"{light}$",
        "people": rf"(?P<who>(?:[\w'-]+\s+){{0,5}}{head})(?:{light}|\s*,[^,;:]{{2,80}},{light})$",
        "opening": rf"\s*(?:\w+,\s+)?(?P<who>(?:(?:the|a|an|some|many|most|several)\s+)?"
        rf"(?:[\w'-]+\s+){{0,2}}{head}(?:\s+(?:at|of|from|with|in|familiar)\b[^,;:]*?)??)"
        rf"(?:\s+(?:interviewed|polled|surveyed|who|quoted|at|of|from|with|in|familiar)\b[^,;:]*|{light})$",
        "after": rf"\s+(?P<who>(?:[\w'-]+\s+){{0,4}}{head})",
        "according": rf"\b(?:{_one_of('en', 'according')})\s+",
        "owned": rf"['’]s?\s+(?:own\s+|latest\s+|best\s+)?(?:{_one_of('en', 'owned')})\b",
        "introducing": rf"\b(?:{_one_of('en', 'introducing')})\s+",
        "continuing": rf"^\W*(?:{_one_of('en', 'continuing')})\b",
        "lead": r"^(?:(?:but|and|as|when|while|after|that|because|if|although|whether|for|so"
        r"|yet|then|however|meanwhile|where|which)\s+)+",
    }
    return re.compile(patterns[name], re.IGNORECASE)


def _english(clause: _Clause) -> Attribution | None:
    if _en("continuing").search(clause.text) and clause.before is not None:
        return Attribution(clause.before, 0)
    found = [
        attribution
        for read in (_according_en, _owned_en, _verb_en)
        if (attribution := read(clause)) is not None
    ]
    if found:
        return min(found, key=lambda attribution: attribution.at)
    match = _en("introducing").search(clause.text)
    people = clause.within(match.end(), len(clause.text), EntityKind.PERSON) if match else []
    return Attribution(clause.named(people[0]), 0, introduces=True) if people else None


def _according_en(clause: _Clause) -> Attribution | None:
    for match in _en("according").finditer(clause.text):
        end = min(match.end() + 80, len(clause.text))
        people = clause.within(match.end(), end, EntityKind.PERSON)
        others = clause.within(match.end(), end, EntityKind.ORGANISATION)
        stop = re.search(r"[,.;:\n]|$", clause.text[match.end() :])
        size = stop.start() if stop is not None else 0
        near = [n for n in people if n.start < match.end() + max(size, 1)] or [
            n for n in others if n.start <= match.end() + 4
        ]
        if near:
            return Attribution(clause.named(near[0]), match.start())
        if 2 <= size <= 60:
            return Attribution(clause.speaker(match.end(), match.end() + size), match.start())
    return None


def _owned_en(clause: _Clause) -> Attribution | None:
    """By Harding's estimate: what a name owns is what it says."""
    for name in clause.within(0, len(clause.text), EntityKind.PERSON, EntityKind.ORGANISATION):
        if _en("owned").match(clause.text, name.end):
            return Attribution(clause.named(name), name.start)
    return None


# The IMF forecasts growth of 3.1%, Harding puts the loss at $8bn: a figure follows.
_FORECASTS = re.compile(
    r"(?:forecast|project|estimate|predict|expect)s?\s+[^.,;:]{0,40}\d"
    r"|puts?\s+[^.,;:]{2,60}?\bat\s+[^.,;:]{0,30}?\d"
)


def _verb_en(clause: _Clause) -> Attribution | None:
    text = clause.text
    needs_that = set(words("en", "only_with_that"))
    for verb in _en("verb").finditer(text):
        at, word = verb.start(), verb.group().lower()
        if _en("be").search(text, 0, at) or _en("to").search(text, 0, at):
            continue
        if _en("while").match(text):  # an act in time, not the speaker of what follows
            continue
        speaker = _inverted_en(clause, at, verb.end())
        start = 1 + max(text.rfind(mark, 0, at) for mark in _BOUNDARY_EN)
        said = text[max(0, start - 1) : start] in ('"', _HIDDEN)  # "…," Bessent wrote in a letter
        needs = not said and word in needs_that and not _en("that").match(text, verb.end())
        if speaker is None and needs and not _FORECASTS.match(text, at):
            continue
        speaker = speaker or _subject_en(clause, start, at)
        if speaker is not None:
            rest = text[verb.end() :].strip(" ,:.!?\"'")
            return Attribution(
                speaker, start, bare=not rest and start == 0 and "," not in text[:at]
            )
    return None


def _inverted_en(clause: _Clause, at: int, end: int) -> Speaker | None:
    """“…,” said the bill's sponsor, legislator Rosa Quispe."""
    ahead = clause.text[:at].rstrip()
    if ahead and ahead[-1] not in ',"' + _HIDDEN:
        return None
    if ahead.endswith(",") and any(
        _en("aside").fullmatch(clause.text, name.end, at)
        for name in clause.within(0, at, EntityKind.PERSON)
    ):
        return None  # Mou, head of the council, said a fund would be set up
    stop = re.search(r"[.;:\n\"]|$", clause.text[end:])
    limit = end + min(stop.start() if stop is not None else 0, 100)
    people = clause.within(end, limit, EntityKind.PERSON)
    if people and (people[0].start <= end + 60):
        return clause.named(people[0])
    for name in clause.within(end, min(limit, end + 60), EntityKind.ORGANISATION):
        if re.fullmatch(r"\s+(?:the\s+)?", clause.text[end : name.start]):
            return clause.named(name)
    who = re.match(
        r"\s+(?!(?:in|to|on|at|with|from|for|by|during|after|before)\b)"
        rf"((?:[\w'-]+\s+){{0,4}}(?:{_one_of('en', 'speakers')}))\b",
        clause.text[end:limit],
    )
    return clause.speaker(end + who.start(1), end + who.end(1)) if who and ahead else None


def _works_there(clause: _Clause, name: _Name, at: int) -> bool:
    """Whether only where somebody works stands before the verb: Brzeski of ING | believes."""
    text = clause.text
    return any(
        re.fullmatch(r"\s+(?:of|at|from|with)\s+(?:the\s+)?", text[name.end : body.start])
        and _en("light").fullmatch(text, body.end, at)
        for body in clause.within(name.end, at, EntityKind.ORGANISATION, EntityKind.PLACE)
    )


def _subject_en(clause: _Clause, start: int, at: int) -> Speaker | None:
    text = clause.text
    for kind in (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE):
        for name in reversed(clause.within(start, at, kind)):
            if re.search(r"\b(?:by|of|at|from|with|for|to|in)\s+(?:the\s+)?$", text[: name.start]):
                continue
            if _en("light").fullmatch(text, name.end, at):
                return clause.named(name)
            if kind is EntityKind.PERSON and _works_there(clause, name, at):
                return clause.named(name)
            if kind is EntityKind.PERSON and _en("aside").fullmatch(text, name.end, at):
                return clause.named(name)
    window = text[start:at]
    if (pronoun := _en("pronoun").search(window)) is not None:
        return clause.meant(pronoun.group("who"))
    comma = window.rfind(",") + 1
    for offset in (comma, 0) if comma else (0,):
        part = window[offset:]
        lead = _en("lead").match(part.lstrip())
        offset += len(part) - len(part.lstrip()) + (lead.end() if lead else 0)
        part = window[offset:]
        for key in ("people", "opening"):
            match = _en(key).match(part)
            if match is not None and len(match.group("who")) <= 80:
                who = match.span("who")
                return clause.speaker(start + offset + who[0], start + offset + who[1])
    return None
