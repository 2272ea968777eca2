"""Checkable statements: who says what, about whom, with which figures.

A claim is one sentence as printed. Headlines, questions, lead-ins that end in a colon, bare
links and fragments without a figure or a name are none; the lines of an announcement that
state a fact are. Whether a claim is true is not asked here; see `factcheck`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Generic, TypeVar

from kaoju.attribution import Attribution, Speaker, find_attribution
from kaoju.lexicon import load
from kaoju.text import fold, has_han, sentences
from kaoju.types import (
    Claim,
    Dimension,
    Document,
    EntityKind,
    Figure,
    Language,
    Mention,
    Modality,
    Passage,
    Span,
)

T = TypeVar("T", Figure, Mention)
_LINK = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u303f\u4e00-\u9fff，。；、）]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKER = re.compile(r"^[\s\-*•·>#|]+|^\s*\d{1,2}[.、)]\s*")
_QUOTED_BEFORE = 4000  # characters
_LEAST_HAN = 6
_LEAST_WORDS = 4
_QUOTES = re.compile(r"“[^”\n]*(?:”|$|(?=\n))|「[^」\n]*」|『[^』\n]*』|\"[^\"\n]*\"")
_OPEN_QUOTE = re.compile(r"“[^”]*”", re.DOTALL)
_MODALITIES = (Modality.CONDITIONAL, Modality.PLANNED, Modality.FORECAST, Modality.POSSIBLE)


def find_claims(
    document: Document,
    passages: Sequence[Passage],
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
) -> list[Claim]:
    """Find the claims of an article.

    Args:
        document: The article; its headings and headline are not claims.
        passages: Its passages, which tile the text.
        figures: Its figures, with ids.
        mentions: Its names, with entity ids where they are linked.

    Returns:
        Claims in order. Each lies inside one sentence and one passage; its figures and names
        are those inside its span. The speaker is not among the ``subject_ids``.
    """
    quotes = _quoted(document.text)
    quote_ends = [quote.end for quote in quotes]
    every_mention, every_figure = _Placed(mentions), _Placed(figures)
    claims: list[Claim] = []
    context = _Context()
    for passage in passages:
        for local in sentences(passage.text):
            span = local.shift(passage.span.start)
            if _is_heading(document, span):
                context = _Context()
                continue
            gap = document.text[context.end : span.start]
            if "\n\n" in gap or (gap.count("\n") and not has_han(gap)):
                context.new_paragraph()
            context.end = span.end
            # A quotation that matters here begins in this sentence or not far before it.
            near = bisect_left(quote_ends, max(0, span.start - _QUOTED_BEFORE))
            quoted = quotes[near : bisect_left(quote_ends, span.end + _QUOTED_BEFORE)]
            inside = every_mention.inside(span)
            held = every_figure.inside(span)
            text = span.of(document.text)
            language = passage.language if has_han(text) else Language.EN
            attribution = find_attribution(
                text,
                inside,
                start=span.start,
                language=language,
                quoted=quoted,
                before=context.meant(text, language),
            )
            if attribution is not None and attribution.bare:
                _attribute_back(claims, attribution, context, quoted)
            elif is_claim(text, held, inside):
                speaker = _speaker(attribution, span, quoted, context)
                claims.append(_claim(passage, span, text, language, held, inside, speaker))
                context.claims.append(len(claims) - 1)
                if attribution is None and speaker is not None:
                    context.assumed.add(len(claims) - 1)
            context.heard(attribution, inside)
    return claims


class _Placed(Generic[T]):
    """Things with spans that do not overlap, found by place without looking at all of them."""

    def __init__(self, things: Sequence[T]) -> None:
        self._things: list[T] = sorted(things, key=lambda thing: thing.span)
        self._starts: list[int] = [thing.span.start for thing in self._things]

    def inside(self, span: Span) -> list[T]:
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [thing for thing in self._things[first:last] if thing.span.end <= span.end]


def attach_subjects(figures: Iterable[Figure], mentions: Iterable[Mention]) -> list[Figure]:
    """Link each figure to the entity that its ``subject`` names.

    The subject as printed is compared with the names in the same passage: the same
    characters first, then the longest name inside it. A figure that has a ``subject_id``,
    or names no subject, stays as it is.
    """
    by_passage: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.entity_id:
            by_passage.setdefault(mention.passage_id, []).append(mention)
    return [
        replace(figure, subject_id=_entity_named(figure, by_passage.get(figure.passage_id, [])))
        if figure.subject and not figure.subject_id
        else figure
        for figure in figures
    ]


def _entity_named(figure: Figure, mentions: Sequence[Mention]) -> str | None:
    subject = fold(figure.subject or "").text.strip()
    best: tuple[int, int, str] | None = None
    for mention in mentions:
        names = {fold(mention.surface).text, fold(mention.name).text}
        inside = [name for name in names if name in subject]
        if not inside and subject not in names:
            continue
        exact = subject in names
        size = len(subject) + 1 if exact else max(map(len, inside))
        key = (size, -abs(mention.span.start - figure.span.start), mention.entity_id)
        if best is None or key > best:
            best = key
    return best[2] if best is not None else None


def is_claim(text: str, figures: Sequence[Figure] = (), mentions: Sequence[Mention] = ()) -> bool:
    """Whether a sentence states something that could be checked."""
    bare = _MARKER.sub("", _LINK.sub("", text)).strip()
    if not bare or bare[-1] in "?？:：" or bare.endswith(("?”", "？”", '?"', '？"', "？」")):
        return False
    weight = len(_HAN.findall(bare)) / _LEAST_HAN + len(_WORD.findall(bare)) / _LEAST_WORDS
    if _LINK.search(text) and weight < 2 and not figures:
        return False
    facts = bool(figures) or bool(mentions)
    if bare[-1] in "。.!！…；;”\"'’」』)）":
        return weight >= (0.5 if facts else 1)
    # A line without a full stop is a list line: it needs a fact to be more than a label.
    return weight >= 0.5 and (bool(figures) or (len(bare) >= 16 and any(c in bare for c in ":：")))


# Who speaks -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Context:
    """What the sentences before say of who speaks, within one paragraph."""

    speaker: Speaker | None = None
    person: Speaker | None = None
    body: Speaker | None = None
    end: int = 0
    claims: list[int] = field(default_factory=list)  # of this paragraph, by place in the list
    assumed: set[int] = field(default_factory=set)  # those that only continue somebody's speech

    def new_paragraph(self) -> None:
        self.speaker = self.person = self.body = None
        self.claims = []

    def meant(self, text: str, language: Language) -> Speaker | None:
        """Whom 他, she or 该部 would mean here."""
        pronoun = _BODY[language].search(text) if language in _BODY else None
        if pronoun is not None:
            return self.body
        return self.speaker or self.person

    def heard(self, attribution: Attribution | None, mentions: Sequence[Mention]) -> None:
        """Remember who was named, where one and only one was."""
        people = {m.name: m for m in mentions if m.kind is EntityKind.PERSON}
        bodies = {m.name: m for m in mentions if m.kind is EntityKind.ORGANISATION}
        if attribution is not None:
            self.speaker = attribution.speaker
        elif len(people) == 1 and self.speaker is None:
            self.person = _as_speaker(people)
        elif people:
            self.person = None
        if len(bodies) == 1:
            self.body = _as_speaker(bodies)
        elif bodies:
            self.body = None


_BODY = {
    Language.ZH: re.compile(r"该(?:公司|机构|行|部|部门|局|委员会)"),
    Language.EN: re.compile(r"\b(?:[Ii]t|[Tt]he (?:company|bank|agency)) (?:said|says|added)\b"),
}


def _as_speaker(found: dict[str, Mention]) -> Speaker:
    mention = next(iter(found.values()))
    return Speaker(mention.surface, mention)


def _quoted(text: str) -> list[Span]:
    """The insides of quotation marks; a curly pair may span sentences and lines."""
    spans = {m.span() for m in _QUOTES.finditer(text)}
    spans |= {m.span() for m in _OPEN_QUOTE.finditer(text) if len(m.group()) < 2000}
    return [Span(start + 1, max(start + 1, end - 1)) for start, end in sorted(spans)]


def _inside_quote(span: Span, quoted: Iterable[Span]) -> bool:
    """Whether most of a sentence stands inside one pair of quotation marks."""
    return any(
        min(span.end, q.end) - max(span.start, q.start) > 0.8 * len(span) - 2 for q in quoted
    )


def _speaker(
    attribution: Attribution | None, span: Span, quoted: Iterable[Span], context: _Context
) -> Speaker | None:
    if attribution is not None:
        return None if attribution.introduces else attribution.speaker
    # A quotation that goes on belongs to whom it was begun by.
    return context.speaker if _inside_quote(span, quoted) else None


def _attribute_back(
    claims: list[Claim], attribution: Attribution, context: _Context, quoted: Sequence[Span]
) -> None:
    """“……。”他说。 gives the quoted sentences before it their speaker."""
    for at in reversed(context.claims):
        claim = claims[at]
        # Who is named after a quotation spoke it, not who spoke before.
        known = claim.attributed_to is not None and at not in context.assumed
        if known or not _inside_quote(claim.span, quoted):
            break
        speaker = attribution.speaker
        claims[at] = replace(claim, attributed_to=speaker.surface, attributed_id=speaker.entity_id)


# What is claimed ------------------------------------------------------------------------


def _claim(
    passage: Passage,
    span: Span,
    text: str,
    language: Language,
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    speaker: Speaker | None,
) -> Claim:
    key = f"{passage.id}\0{span.start}\0{span.end}"
    by = speaker.entity_id if speaker is not None else None
    subjects = dict.fromkeys(m.entity_id for m in mentions if m.entity_id and m.entity_id != by)
    folded = fold(text).text
    return Claim(
        id="c-" + hashlib.sha256(key.encode()).hexdigest()[:16],
        passage_id=passage.id,
        document_id=passage.document_id,
        span=span,
        text=text,
        subject_ids=tuple(subjects),
        figure_ids=tuple(f.id for f in figures if f.id),
        negated=_negated(folded, language),
        modality=_modality(folded, language),
        attributed_to=speaker.surface if speaker is not None else None,
        attributed_id=by,
        period=_period(figures),
    )


def _is_heading(document: Document, span: Span) -> bool:
    if any(h.span.overlaps(span) for h in document.headings):
        return True
    return span.start <= len(document.title) and span.of(document.text) == document.title.strip()


@cache
def _pattern(language: Language, key: str) -> re.Pattern[str]:
    words = [word for line in load("modality")[str(language)][key] for word in line.split()]
    parts = [re.escape(word.replace("_", " ")) for word in sorted(words, key=len, reverse=True)]
    if language is Language.ZH:
        return re.compile("|".join(parts))
    return re.compile("|".join(p if "'" in p else rf"\b{p}(?![\w-])" for p in parts))


def _known(language: Language) -> Language:
    return language if language in (Language.ZH, Language.EN) else Language.EN


def _negated(folded: str, language: Language) -> bool:
    language = _known(language)
    plain = _pattern(language, "not_negations").sub(" ", folded)
    return _pattern(language, "negations").search(plain) is not None


def _modality(folded: str, language: Language) -> Modality:
    language = _known(language)
    for modality in _MODALITIES:
        plain = folded
        if f"not_{modality}" in load("modality")[str(language)]:
            plain = _pattern(language, f"not_{modality}").sub(" ", folded)
        if _pattern(language, modality.value).search(plain):
            return modality
    return Modality.STATED


def _period(figures: Sequence[Figure]) -> str | None:
    """When the claim holds: the first date in it, or what a figure says of its own."""
    dated = [f.period for f in figures if f.dimension in (Dimension.DATE, Dimension.TIME)]
    return next((p for p in [*dated, *(f.period for f in figures)] if p is not None), None)
