"""What a figure speaks of: whose, which measure, when, who says so.

A frame is built alike for a figure of a draft and for one of an article, from the sentence it
stands in and what was found there, so that the two can be laid side by side. What the words
do not say stays empty; nothing is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from kaoju import denials, time_words
from kaoju.concepts import Concept, find_concepts, settled
from kaoju.figures import find_figures
from kaoju.lexicon import section
from kaoju.periods import eve_of
from kaoju.text import fold, has_han, language_of, sentences
from kaoju.tokens import query_terms
from kaoju.types import (
    Claim,
    Dimension,
    EntityKind,
    Figure,
    Language,
    Mention,
    Relation,
    Span,
)

TIMED = frozenset({Dimension.DATE, Dimension.TIME})
# What tells one thing from its like: the 10-year yield from the 30-year one.
KEYS = frozenset({Dimension.TENOR, Dimension.ORDINAL})
_BREAK = re.compile(
    r"[,，;；:：。!！?？\n]|\.(?=\s)|(?<=\s)(?:while|whereas|but)(?=\s)|(?:而|但)(?!且)"
)
_BETWEEN_DIGITS = re.compile(r"\d[,.:：]\d")


@dataclass(frozen=True, slots=True)
class Heard:
    """A name of a draft's sentence and how the articles that have it write it.

    Attributes:
        span: Where it stands in the sentence.
        forms: As the articles write it, folded.
        articles: Those that have it.
    """

    span: Span
    forms: frozenset[str]
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with what was found in it; spans count in the text that it is of.

    ``around`` are the entities that the title and the sentences before it name, ``everywhere``
    those of the whole article, ``topic`` the words of its title and passage; ``content`` are the
    sentence's own words without its names and figures.
    """

    span: Span
    text: str
    language: Language
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    claim: Claim | None
    concepts: tuple[Concept, ...]
    terms: frozenset[str]
    content: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    everywhere: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    setting: str = ""  # the title and the passage that it stands in
    breaks: tuple[Span, ...] = ()  # where its clauses are parted, in its own text
    heard: tuple[Heard, ...] = ()  # its names that articles at hand have; see `heard_names`
    bilingual: frozenset[str] = frozenset()  # its entities that the shelf names in both languages
    document_id: str = ""
    passage_id: str = ""
    title: str = ""
    published_on: date | None = None
    before: str = ""  # the sentence before it in its stretch
    names_before: tuple[str, ...] = ()  # whose figures that one states, in order
    carried: str | None = None  # the period that the title and the sentences before speak of
    # What rooms above have read in it: the same for every figure and in every pair.
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def speaker_id(self) -> str | None:
        """The entity that says it, if the text says so."""
        return self.claim.attributed_id if self.claim is not None else None

    @property
    def speaker(self) -> str | None:
        """Who says it, as printed."""
        return self.claim.attributed_to if self.claim is not None else None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How a number that no sentence prints comes from two that are printed.

    Attributes:
        rule: Which sum it is: ``difference``, ``sum``, ``multiple``, ``part``, ``share``,
            ``rest``, ``before``; see `kaoju.derived` and `kaoju.reckoned`.
        parts: The two printed figures, in the sentences they stand in.
        asked: Whether it was reckoned for one draft's figure and says nothing of any other.
        named: Whether the draft's words name both figures, by owner or time; see `kaoju.ends`.
    """

    rule: str
    parts: tuple[Frame, ...]
    asked: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A figure with what it speaks of.

    Attributes:
        figure: The figure.
        statement: The sentence it stands in.
        clause: The part of the sentence around it, with the figure itself left out.
        concept: What it measures, by the nearest word that says so; None when none does.
        concepts: All concepts of the clause.
        own: The entities of the clause, or of the sentence when the clause names none; the
            speaker is not among them.
        agents: Those of them that stand before the figure in its clause and are no place: who it
            is said of.
        keys: Tenors and ordinals of the clause as (dimension, unit, value), which tell one
            thing from its like.
        period: When it holds; None when neither it nor its clause says.
        kinds: The kinds of the sentence's entities.
        digits: Of its number, without scale and sign; see `digits_of`.
        number: The figure without its period, as it is compared: with the bound that a denied one
            is, at most 340 of what has not yet passed 340.
        denied: Whether the words before it say that it is not so.
        scope: Where its clause stands in the sentence.
        former: Whether its words say that it is of a time before: from 5.2, a year earlier.
        reckoned: How it comes from figures that are printed; None when it is printed itself.
    """

    figure: Figure
    statement: Statement
    clause: str
    concept: str | None
    concepts: frozenset[str]
    own: frozenset[str]
    agents: frozenset[str]
    keys: frozenset[tuple[str, str, str]]
    period: str | None
    kinds: dict[str, EntityKind] = field(default_factory=dict)
    digits: str = ""
    number: Figure | None = None
    denied: bool = False
    scope: Span = field(default_factory=lambda: Span(0, 0))
    former: bool = False
    reckoned: Reckoned | None = None

    @property
    def printed(self) -> bool:
        """Whether the sentence prints the figure, and does not leave it to be reckoned."""
        return any(f is self.figure for f in self.statement.figures)

    @property
    def content(self) -> frozenset[str]:
        """The words of the clause without names, figures and numerals."""
        return frozenset(_terms(self.clause)) & self.statement.content


def across(one: Statement, other: Statement) -> bool:
    """Whether two statements are in two languages."""
    return (one.language is Language.ZH) != (other.language is Language.ZH)


def _terms(text: str) -> tuple[str, ...]:
    return _words_of(text) if text.strip(" …") else ()


@lru_cache(maxsize=16384)
def _words_of(text: str) -> tuple[str, ...]:
    """The words of a sentence or a part of one; articles and drafts repeat many of them."""
    return tuple(query_terms(text, characters=False))


def statements(
    text: str,
    start: int,
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    *,
    language: Language,
    document_id: str = "",
    passage_id: str = "",
    title: str = "",
    titled: Iterable[str] = (),
    everywhere: frozenset[str] = frozenset(),
    published_on: date | None = None,
    stating_only: bool = True,
) -> list[Statement]:
    """The sentences of a stretch of text as statements.

    Args:
        text: The stretch.
        start: Where it begins in its article; all spans handed in count there.
        figures: Those inside, in order.
        mentions: The names inside, linked.
        claims: Those inside.
        language: Of the stretch, for sentences that do not tell theirs.
        document_id: Of its article.
        passage_id: Of the passage that it is.
        title: Of its article.
        titled: Entities that the title names.
        everywhere: Entities of the whole article.
        published_on: The article's day.
        stating_only: Whether sentences without a figure are left out.
    """
    found: list[Statement] = []
    by_span = {claim.span: claim for claim in claims}
    around = frozenset(titled)
    setting = f"{title}\n{text}" if title else ""
    topic = frozenset(query_terms(setting, characters=False)) if title else frozenset()
    carried = _period_of_title(title, published_on) if title else None
    earlier = ""
    names: tuple[str, ...] = ()
    for local in sentences(text):
        span = local.shift(start)
        held = tuple(f for f in figures if span.contains(f.span))
        named = tuple(m for m in mentions if span.contains(m.span))
        if held or not stating_only:
            own = local.of(text)
            read_as = language_of(own)
            found.append(
                Statement(
                    span=span,
                    text=own,
                    language=language if read_as is Language.UND else read_as,
                    figures=held,
                    mentions=named,
                    claim=by_span.get(span),
                    concepts=_unnamed(settled(own, f"{title}\n{earlier}"), span, named),
                    terms=frozenset(_plain_terms(own, span, spans_of(held))),
                    content=content_of(
                        own, span, [*(f.span for f in held), *(m.span for m in named)]
                    ),
                    around=around,
                    everywhere=everywhere,
                    topic=topic,
                    setting=setting,
                    breaks=_breaks(own),
                    document_id=document_id,
                    passage_id=passage_id,
                    title=title,
                    published_on=published_on,
                    before=earlier,
                    names_before=names,
                    carried=carried,
                )
            )
            carried = _spoken_of(found[-1]) or carried
        earlier = local.of(text)
        names = names_in_order(earlier, span.start, held, named) or names
        around |= {m.entity_id for m in named if m.entity_id}
    return found


@lru_cache(maxsize=4096)
def _period_of_title(title: str, published_on: date | None) -> str | None:
    dates = [
        f.period
        for f in find_figures(title, reference_date=published_on)
        if f.dimension is Dimension.DATE
    ]
    return dates[0] if dates else None


def _spoken_of(statement: Statement) -> str | None:
    """The period that a sentence speaks of: the first that a number of it holds in."""
    stated = [
        f.period
        for f in statement.figures
        if f.dimension not in TIMED and f.period and not is_former(statement, f)
    ]
    return stated[0] if stated else None


def names_in_order(
    text: str, start: int, figures: Sequence[Figure], mentions: Sequence[Mention]
) -> tuple[str, ...]:
    """Whose figures a sentence states: its names and the subjects of its figures, each once.

    Args:
        text: The sentence.
        start: Where it begins.
        figures: Those inside.
        mentions: The names inside.
    """
    places = {m.surface: m.span.start - start for m in mentions if m.kind is not EntityKind.PERSON}
    for subject in (f.subject for f in figures if f.subject):
        at = text.find(subject)
        if at >= 0 and not any(subject in name or name in subject for name in places):
            places[subject] = at
    return tuple(sorted(places, key=lambda name: places[name]))


def _unnamed(
    concepts: Iterable[Concept], span: Span, named: Iterable[Mention]
) -> tuple[Concept, ...]:
    """The concepts that are no part of a name: the income of an Income Fund is none."""
    taken = [m.span.shift(-span.start) for m in named]
    return tuple(c for c in concepts if not any(c.span.overlaps(t) for t in taken))


def spans_of(things: Iterable[Figure | Mention]) -> list[Span]:
    """Where figures or names stand."""
    return [thing.span for thing in things]


def content_of(text: str, span: Span, left_out: Iterable[Span]) -> frozenset[str]:
    """The words of a stretch that say what happens, without names, figures and numerals."""
    terms = _plain_terms(text, span, left_out)
    return frozenset(t for t in terms if not any(c.isdigit() for c in t))


def _plain_terms(text: str, span: Span, left_out: Iterable[Span]) -> tuple[str, ...]:
    """The words of a sentence, those of some of its parts left out."""
    pieces, at = [], 0
    for part in sorted(left_out):
        pieces.append(text[at : max(at, part.start - span.start)])
        at = max(at, part.end - span.start)
    pieces.append(text[at:])
    rest = " ".join(pieces)
    return _words_of(rest) if rest.strip() else ()


def frame(statement: Statement, figure: Figure) -> Frame:
    """The frame of a figure of a statement."""
    at = figure.span.shift(-statement.span.start)
    clause = clause_of(statement, figure)
    spoken = statement.speaker_id
    inside = [
        m
        for m in statement.mentions
        if m.entity_id
        and m.entity_id != spoken
        and clause.contains(m.span.shift(-statement.span.start))
    ]
    every = [m for m in statement.mentions if m.entity_id and m.entity_id != spoken]
    before = [m for m in every if m.span.end <= figure.span.start]
    own = inside or ([] if _has_own_name(statement, clause, at) else before or every)
    timed = figure.dimension in TIMED
    ahead = fold(statement.text[clause.start : at.start]).text
    turned = None if timed else denials.turned(ahead, figure.qualifier)
    number = figure if figure.period is None or timed else replace(figure, period=None)
    return Frame(
        figure=figure,
        statement=statement,
        clause=_without(statement, clause, at),
        concept=_concept(statement, figure, at, clause),
        concepts=frozenset(c.id for c in statement.concepts if clause.contains(c.span)),
        own=frozenset(m.entity_id for m in own),
        agents=frozenset(
            m.entity_id
            for m in inside
            if m.kind is not EntityKind.PLACE and m.span.end <= figure.span.start
        ),
        keys=_keys(statement, figure, clause),
        period=_period(statement, figure, clause),
        kinds={m.entity_id: m.kind for m in every},
        digits=digits_of(figure),
        denied=turned is None and denials.is_denied(ahead, figure.qualifier),
        number=number if turned is None else replace(number, qualifier=turned),
        scope=clause,
        former=is_former(statement, figure),
    )


def _has_own_name(statement: Statement, clause: Span, at: Span) -> bool:
    """Whether a clause says whose its figure is by a name that was not found: those of Belon."""
    return _OF_NAME.search(statement.text[clause.start : at.start]) is not None


_OF_NAME = re.compile(r"\b(?:those|that) (?:of|at|in) (?:the )?[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)* $")


def is_former(statement: Statement, figure: Figure, *, timed: bool = False) -> bool:
    """Whether a figure is said to be of a time before: from 5.2, a year earlier, 上月的3.1%.

    Args:
        statement: The sentence.
        figure: The figure.
        timed: Whether a time must be told: compared with 7.9% is not enough.
    """
    if figure.dimension in TIMED or figure.relation in (Relation.BY, Relation.CHANGE):
        return False
    if figure.relation is Relation.FROM:
        return True
    at = figure.span.shift(-statement.span.start)
    before, after = _former_words(has_han(statement.text))
    begin = max(0, at.start - _FORMER_REACH)
    head = fold(statement.text[begin : at.start]).text
    tail = fold(statement.text[at.end : at.end + 2 * _FORMER_REACH]).text
    if after is not None and after.match(tail):
        return True
    found = before.search(head)
    if found is None or (timed and after is not None):
        return False
    return not _is_of_a_date(statement, begin + statement.span.start + found.start())


def _is_of_a_date(statement: Statement, at: int) -> bool:
    """Whether a word is part of a date, or says up to when: 今年前两个月, 6月30日之前."""
    return any(f.span.start < at <= f.span.end for f in statement.figures if f.dimension in TIMED)


_FORMER_REACH = 24  # characters beside a figure that say of which time it is


@cache
def _former_words(chinese: bool) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    table = section("checking", "former")
    if chinese:
        return re.compile(str(table["zh_before"])), None
    return re.compile(str(table["en_before"])), re.compile(str(table["en_after"]))


_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")


def digits_of(figure: Figure) -> str:
    """The digits of a number without its scale: 12 for 120亿, 1.2 and twelve."""
    if figure.value is None:
        return ""
    printed = _only_numeral(figure.surface)
    digits = f"{figure.value:f}" if printed is None else printed
    return "".join(filter(str.isdigit, digits)).strip("0")


@lru_cache(maxsize=16384)
def _only_numeral(surface: str) -> str | None:
    """The numeral in digits that a figure is printed with; None for none or several."""
    printed = _NUMERAL.findall(fold(surface).text)
    return printed[0] if len(printed) == 1 else None


def _keys(statement: Statement, figure: Figure, clause: Span) -> frozenset[tuple[str, str, str]]:
    """The keys of the clause; where it has none, the last that was named before it.

    A key has none itself: of two tenors in a row neither is the other's.
    """
    if figure.dimension in KEYS:
        return frozenset()
    keys = [f for f in statement.figures if f.dimension in KEYS and f is not figure]
    inside = [f for f in keys if clause.contains(f.span.shift(-statement.span.start))]
    before = [f for f in keys if f.span.end <= figure.span.start]
    return frozenset(key for f in inside or before[-1:] for key in _keys_of(f))


def _keys_of(figure: Figure) -> list[tuple[str, str, str]]:
    """A tenor or an ordinal as keys; each place of a few, of many (第101至1000名) the ends."""
    kind, low, high = str(figure.dimension), figure.value, figure.upper
    values = [low] if high is None else [low, high]
    if kind == Dimension.ORDINAL and low is not None and high is not None:
        few = high - low < _FEW_PLACES
        values = [low + step for step in range(int(high - low) + 1)] if few else values
    return [(kind, figure.unit, str(value)) for value in values]


_FEW_PLACES = 100


def clause_of(statement: Statement, figure: Figure) -> Span:
    """The part of a sentence that speaks of a figure.

    From the break before it to the one after; of two like figures between breaks each has its
    side of the word that joins them.
    """
    at = figure.span.shift(-statement.span.start)
    breaks = statement.breaks
    start = max((b.end for b in breaks if b.end <= at.start), default=0)
    end = min((b.start for b in breaks if b.start >= at.end), default=len(statement.text))
    for other in statement.figures:
        if other is figure or not like_figures(other, figure):
            continue
        place = other.span.shift(-statement.span.start)
        if start <= place.start and place.end <= at.start:
            start = max(start, _between(statement.text, place.end, at.start))
        elif at.end <= place.start and place.end <= end:
            end = min(end, _between(statement.text, at.end, place.start, left=True))
    return Span(start, end)


def like_figures(one: Figure, other: Figure) -> bool:
    """Whether two figures of a sentence may stand for each other; a bare number is of any kind."""
    if {one.dimension, other.dimension} & (KEYS | TIMED):
        return False
    if one.dimension is other.dimension:
        return True
    counts = [f for f in (one, other) if f.dimension is Dimension.COUNT and not f.unit]
    kinds = {one.dimension, other.dimension} - {Dimension.COUNT}
    return bool(counts) and Dimension.MONEY in kinds


def _breaks(text: str) -> tuple[Span, ...]:
    return tuple(
        Span(*match.span())
        for match in _BREAK.finditer(text)
        if not _BETWEEN_DIGITS.match(text, max(0, match.start() - 1))
    )


_JOINS = re.compile(r"(?<= )(?:and|or)(?= )|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])")


def _between(text: str, start: int, end: int, *, left: bool = False) -> int:
    """Where the words between two figures are parted: at the last word that joins them."""
    joins = list(_JOINS.finditer(text, start, end))
    if joins:
        return joins[-1].start() if left else joins[-1].end()
    return end if left else start


_BARE = 6  # characters beside a figure that tell nothing of it by themselves


def _without(statement: Statement, clause: Span, at: Span) -> str:
    """The clause with its own figure left out.

    A clause that names nothing itself is read with the one before it.
    """
    text = statement.text
    start = clause.start
    named = [c.span for c in statement.concepts]
    named += [m.span.shift(-statement.span.start) for m in statement.mentions]
    earlier = [0, *(b.end for b in statement.breaks)]
    while (
        start
        and at.start - start + clause.end - at.end <= _BARE
        and not any(Span(start, clause.end).contains(n) for n in named)
    ):
        start = max(e for e in earlier if e < start)
    return f"{text[start : at.start]} … {text[at.end : clause.end]}".strip()


def _concept(statement: Statement, figure: Figure, at: Span, clause: Span) -> str | None:
    base = fold(figure.share_of or "").text
    usable = [
        c
        for c in statement.concepts
        if not c.span.overlaps(at) and not (base and fold(c.span.of(statement.text)).text in base)
    ]
    inside = [c for c in usable if clause.contains(c.span)]
    before = [c for c in inside if c.span.end <= at.start]
    if before:
        return before[-1].id
    after = [c for c in inside if c.span.start >= at.end and not _leads(statement, figure, c.span)]
    if after:
        return after[0].id
    start = _came_from(statement, figure)
    if start is not None:  # what fell from 3.4 billion in July to 2.7 billion
        place = start.span.shift(-statement.span.start)
        return _concept(statement, start, place, clause_of(statement, start))
    if figure.measure and (named := find_concepts(figure.measure)):
        return named[-1].id
    before = [c for c in usable if c.span.end <= at.start]
    if not before or _is_of_others(statement, figure, before[-1].span, clause):
        return None
    return before[-1].id


def _came_from(statement: Statement, figure: Figure) -> Figure | None:
    """The figure that one of the same clause is said to have come from, where it stands before."""
    if figure.relation is not Relation.TO:
        return None
    starts = [
        f
        for f in statement.figures
        if f.relation is Relation.FROM
        and f.span.end <= figure.span.start
        and (f.dimension, f.unit) == (figure.dimension, figure.unit)
    ]
    if not starts:
        return None
    between = starts[-1].span.end, figure.span.start
    start = statement.span.start
    parted = any(between[0] <= b.start + start < between[1] for b in statement.breaks)
    return None if parted else starts[-1]


def _leads(statement: Statement, figure: Figure, concept: Span) -> bool:
    """Whether a measure behind a figure is the next one's: $212m, on revenue of $3.04bn."""
    nexts = [f for f in statement.figures if f is not figure and f.dimension not in TIMED]
    starts = [f.span.start - statement.span.start for f in nexts]
    start = min((s for s in starts if s >= concept.end), default=None)
    if start is None or start - concept.end > _LEADING:
        return False
    between = fold(statement.text[concept.end : start]).text
    return _LEAD.fullmatch(between) is not None


_LEADING = 24  # characters between a measure and its number
_LEAD = re.compile(
    r"(?: (?:of|at|is|was|were|about|around|some|nearly|almost|just|only|over|under|above|below|"
    r"more|less|than))* ?|(?:只|仅|约|近|逾|超|过|有|为|是|达|到|至|高|低|于|不|足)*"
)


def _is_of_others(statement: Statement, figure: Figure, concept: Span, clause: Span) -> bool:
    """Whether a measure of an earlier clause is of that clause's figures, and of another kind.

    So where the figure's own clause names somebody: metal was at $2,900, and Straumnes had
    turned out 51,000 tonnes.
    """
    start = statement.span.start
    named = any(
        clause.start <= m.span.start - start and m.span.end <= figure.span.start
        for m in statement.mentions
    )
    begin = max((b.end for b in statement.breaks if b.end <= concept.start), default=0)
    beside = [
        f
        for f in statement.figures
        if begin <= f.span.start - start < clause.start and f.dimension not in TIMED
    ]
    return named and bool(beside) and not any(like_figures(f, figure) for f in beside)


def _period(statement: Statement, figure: Figure, clause: Span) -> str | None:
    if figure.period is not None:
        return _of_some_part(statement, figure) or figure.period
    inside = [
        eve_of(f.period) if time_words.is_deadline(_head(statement, f)) else f.period
        for f in statement.figures
        if f.dimension is Dimension.DATE
        and f.period is not None
        and clause.contains(f.span.shift(-statement.span.start))
        and not _is_base(statement, f, figure)
    ]
    if inside and (figure.relation is Relation.FROM or _is_earlier(statement, figure)):
        return None
    if figure.relation is Relation.TO:  # from 84% in the first quarter to 79%
        starts = {f.period for f in statement.figures if f.relation is Relation.FROM}
        inside = [period for period in inside if period not in starts]
    return inside[0] if len(inside) == 1 else None


_BASE = re.compile(
    r"[比较][于照]?$"
    r"|(?:^|[^a-z])(?:than(?: in| at| on)?|versus|against|compared (?:with|to)) (?:the )?$",
    re.IGNORECASE,
)


def _of_some_part(statement: Statement, figure: Figure) -> str | None:
    """XXXX-XX for a figure of 上月 and XXXX-QX for one of last quarter, whose day is not known."""
    if figure.period != _SOME_TIME or figure.dimension in TIMED:
        return None
    told = [f for f in statement.figures if f.dimension in TIMED and f.period == _SOME_TIME]
    before = [f for f in told if f.span.end <= figure.span.start]
    words = fold((before[-1:] or told[:1])[0].surface).text if told else ""
    return _relative_words().get(words)


_SOME_TIME = "XXXX"


@cache
def _relative_words() -> dict[str, str]:
    zh, en = section("dates", "zh"), section("dates", "en")
    months = {*zh["months"], *en["calendar_months"]}
    quarters = {*zh["quarters"], *en["calendar_quarters"]}
    return dict.fromkeys(months, "XXXX-XX") | dict.fromkeys(quarters, "XXXX-QX")


def _is_earlier(statement: Statement, figure: Figure) -> bool:
    """Whether a figure is said to be of a time before that its sentence gives no date of."""
    at = figure.span.shift(-statement.span.start)
    dates = [f.span.end for f in statement.figures if f.dimension in TIMED]
    since = max((d for d in dates if d <= figure.span.start), default=statement.span.start)
    before = fold(statement.text[since - statement.span.start : at.start]).text
    after = fold(statement.text[at.end :]).text
    changed = figure.relation in (Relation.BY, Relation.CHANGE)
    after = "" if changed else after
    return time_words.earlier(before, after, chinese=has_han(statement.text)) is not None


def _is_base(statement: Statement, timed: Figure, figure: Figure) -> bool:
    """Whether a date is only what something is compared with, or what a change counts from.

    比去年同月, (2024: £863m), 18 points more than at the auction in September; down since January.
    """
    at = timed.span.shift(-statement.span.start)
    own = figure.span.end - statement.span.start
    head, tail = statement.text[: at.start], statement.text[at.end :]
    bracketed = head.endswith(("(", "（")) and tail.lstrip().startswith((":", "："))
    if bracketed or _BASE.search(head[-20:]) is not None:
        return bracketed or not time_words.is_singled_out(
            fold(head).text, chinese=has_han(timed.surface)
        )
    between = fold(statement.text[own : at.start]).text if own <= at.start else ""
    before = _head(statement, timed)
    if time_words.is_of_base(between) or time_words.came_before(before):
        return True
    chinese = has_han(timed.surface)
    after = fold(tail[:_BEHIND_DATE]).text
    counted = time_words.counts_from(before, after, chinese=chinese)
    # Since January there have been 300; they are insured for 400 since May, and in it.
    ended = time_words.is_an_end(before, after, chinese=chinese)
    ahead = timed.span.end <= figure.span.start
    changed = figure.relation in (Relation.BY, Relation.CHANGE)
    return (ended and (ahead or not counted)) or (changed and counted)


def _head(statement: Statement, timed: Figure) -> str:
    """What stands before a date, folded, as far as it says what the date is of."""
    at = timed.span.start - statement.span.start
    return fold(statement.text[max(0, at - _BESIDE_DATE) : at]).text


_BESIDE_DATE = 80  # characters before a date that say what it is of
_BEHIND_DATE = 12  # and after it
