"""The nouns: frozen values that every room speaks in, and nothing else.

Spans are half-open and count Unicode code points of the stored article text.
A constructor refuses what cannot be true, so that a value in hand is a value to trust.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Language(StrEnum):
    """The languages kaoju reads; ISO 639-1, with ``und`` for anything else."""

    ZH = "zh"
    EN = "en"
    UND = "und"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points, ``start`` included and ``end`` not."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of ``text`` that this span names."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The span moved by ``by`` code points."""
        return Span(self.start + by, self.end + by)


# Articles and their parts ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line of an article: its span in the text and its level, 1 the highest."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one article, as read.

    ``text`` is what was printed, after decoding and with line ends as newlines; it
    begins with the headline when the source prints one. ``id`` names the article
    (it derives from ``source``), ``version`` this text and metadata of it.
    """

    id: str
    version: str
    text: str
    title: str
    source: str
    media_type: str
    language: Language
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    read_at: datetime | None = None
    encoding: str = "utf-8"
    content_sha256: str = ""
    headings: tuple[Heading, ...] = ()
    url: str | None = None
    notes: tuple[str, ...] = ()
    file: str = ""  # the resolved path it was read from, if any; no part of the version

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a document needs text")
        for heading in self.headings:
            if heading.span.end > len(self.text):
                raise ValueError(f"heading {heading} lies outside the text")


@dataclass(frozen=True, slots=True)
class Passage:
    """The retrievable unit: a stretch of whole sentences of one article.

    The passages of a document tile its text: no gap, no overlap, in order.
    """

    id: str
    document_id: str
    span: Span
    text: str
    language: Language
    ordinal: int
    headings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.text) != len(self.span):
            raise ValueError(f"passage {self.id}: text of {len(self.text)}, span {self.span}")


# Figures --------------------------------------------------------------------------------


class Dimension(StrEnum):
    """What a figure measures; only figures of one dimension can be compared."""

    MONEY = "money"
    PERCENT = "percent"  # a share or rate, unit "percent"
    PERCENTAGE_POINT = "percentage_point"  # a difference of percents; basis points too
    MULTIPLE = "multiple"  # 3倍, tenfold, doubled: the resulting ratio, unit "times"
    RATIO = "ratio"  # 三分之二 as a share, 1:7 as a proportion
    COUNT = "count"  # unit: what is counted, canonical where the lexicon knows it
    ORDINAL = "ordinal"
    DURATION = "duration"  # three months, 18天
    TENOR = "tenor"  # 10年期, 20-year: a bond's or loan's term
    AGE = "age"
    DATE = "date"  # a day, month, quarter, year, decade; see Figure.period
    TIME = "time"  # an instant or interval with a time of day
    INDEX = "index"  # points of an index
    EXCHANGE_RATE = "exchange_rate"
    SCORE = "score"  # 3比1, 3-1
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    SPEED = "speed"
    TEMPERATURE = "temperature"
    ENERGY = "energy"
    POWER = "power"
    DATA = "data"
    FREQUENCY = "frequency"
    OTHER = "other"


class Qualifier(StrEnum):
    """How firmly the number is stated."""

    EXACT = "exact"
    ABOUT = "about"  # 约, 左右, about, roughly
    NEARLY = "nearly"  # 近, nearly: below, and close
    OVER = "over"  # 逾, 超过, more than: above, the number itself excluded
    UNDER = "under"  # 不足, 不满, less than: below, excluded
    AT_LEAST = "at_least"  # 至少, 以上, at least: included
    AT_MOST = "at_most"  # 至多, 以下, 以内, at most, up to: included
    VAGUE = "vague"  # 数十, 十余, dozens of: value and upper bound what it can be
    RANGE = "range"  # 1.2-1.5万亿: value to upper, both included


class Relation(StrEnum):
    """Whether a figure states where something stands or how it moved."""

    LEVEL = "level"  # is 6%
    CHANGE = "change"  # a difference, direction open: a change of 6 bp
    TO = "to"  # 增长到, rose to: the level after a change
    FROM = "from"  # 从…, from: the level before it
    BY = "by"  # 增长了, rose by: the change itself


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated number, date or interval, read.

    ``value`` and ``upper`` are in the unit's base: 30万亿美元 is 30000000000000 USD,
    6个基点 is 0.06 percentage point, 6% is 6 percent. ``precision`` is half a unit of
    the last digit stated, in the same base (1.2亿 is ±5000000); None when the number
    is spelled so that no precision can be told. Dates and times have no value: they
    are a ``period`` in ISO 8601 (``2025-11-05``, ``2025-Q3``, ``2025``, ``199X`` for a
    decade as in EDTF, ``A/B`` for an interval), resolved against the reference date
    where the text is relative.
    """

    span: Span
    surface: str
    value: Decimal | None
    unit: str
    dimension: Dimension
    upper: Decimal | None = None
    precision: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    relation: Relation = Relation.LEVEL
    direction: Direction | None = None
    period: str | None = None  # for a date or time its own; else when the number holds
    per: str | None = None  # "year", "yoy" (同比), "mom"/"qoq" (环比), "annualised"
    share_of: str | None = None  # GDP的6%: "GDP"
    measure: str | None = None  # what is measured, as printed: 财政赤字, deficit
    subject: str | None = None  # whose, as printed
    subject_id: str | None = None  # the linked entity, once linked
    language: Language = Language.UND
    id: str = ""
    passage_id: str = ""
    document_id: str = ""

    def __post_init__(self) -> None:
        if len(self.surface) != len(self.span):
            raise ValueError(f"figure {self.surface!r} does not fill its span {self.span}")
        timed = self.dimension in (Dimension.DATE, Dimension.TIME)
        if timed and (self.value is not None or self.period is None):
            raise ValueError(f"a date is a period without a value: {self.surface!r}")
        if not timed and self.value is None:
            raise ValueError(f"a figure needs a value: {self.surface!r}")
        if self.upper is not None and self.value is not None and self.upper < self.value:
            raise ValueError(f"{self.surface!r}: upper {self.upper} is below {self.value}")


class Agreement(StrEnum):
    """How two figures relate."""

    SAME = "same"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ``compare_figures`` found, the rule that decided, and one sentence of why."""

    relation: Agreement
    rule: str
    reason: str
    difference: Decimal | None = None  # second minus first, in the common unit
    factor: Decimal | None = None  # second over first, where that makes sense


# Names ----------------------------------------------------------------------------------


class EntityKind(StrEnum):
    """What a name can name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    PRODUCT = "product"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in an article's text.

    ``name`` is the fullest form the article itself gives (斯蒂芬·米兰 for a later 米兰),
    ``role`` the title attached to it as printed (美国财长), ``original`` the name in the
    other language where the text introduces it (斯科特·贝森特(Scott Bessent)).
    """

    span: Span
    surface: str
    kind: EntityKind
    name: str
    language: Language
    role: str | None = None
    original: str | None = None
    entity_id: str = ""
    passage_id: str = ""
    document_id: str = ""

    def __post_init__(self) -> None:
        if not self.surface or len(self.surface) != len(self.span):
            raise ValueError(f"mention {self.surface!r} does not fill its span {self.span}")


@dataclass(frozen=True, slots=True)
class Entity:
    """The one thing that several names name.

    ``names`` holds (language, name) pairs, the preferred one of each language first.
    ``roles`` are as printed with the day of the article that says so.
    """

    id: str
    kind: EntityKind
    names: tuple[tuple[Language, str], ...]
    roles: tuple[tuple[str, date | None], ...] = ()
    mention_count: int = 0

    def name(self, language: Language | None = None) -> str:
        """The preferred name in ``language``, or the first there is."""
        for own, name in self.names:
            if language is None or own == language:
                return name
        return self.names[0][1]


# Claims ---------------------------------------------------------------------------------


class Modality(StrEnum):
    """How a claim stands to the facts."""

    STATED = "stated"
    FORECAST = "forecast"
    POSSIBLE = "possible"  # may, might, 可能, 或
    CONDITIONAL = "conditional"  # if, 一旦
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement: one sentence, who says it, about whom, with which figures."""

    id: str
    passage_id: str
    document_id: str
    span: Span
    text: str
    subject_ids: tuple[str, ...] = ()
    figure_ids: tuple[str, ...] = ()
    negated: bool = False
    modality: Modality = Modality.STATED
    attributed_to: str | None = None  # the speaker as printed
    attributed_id: str | None = None  # the speaker's entity
    period: str | None = None

    def __post_init__(self) -> None:
        if len(self.text) != len(self.span):
            raise ValueError(f"claim {self.id}: text of {len(self.text)}, span {self.span}")


# Questions and answers ------------------------------------------------------------------


class Wanted(StrEnum):
    """The kind of answer that a question asks for."""

    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    REASON = "reason"
    DEFINITION = "definition"
    LIST = "list"
    STATEMENT = "statement"  # what did X say, how, whether: a sentence answers


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages may be returned; None leaves a side open. Dates are published dates."""

    language: Language | None = None
    since: date | None = None
    until: date | None = None
    entity: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name as typed that the shelf has never seen so written, and whom it was taken for."""

    name: str
    entity_id: str
    read_as: str  # the entity's first name
    confidence: float
    evidence: str  # pinyin, translation or transliteration


@dataclass(frozen=True, slots=True)
class Query:
    """What we made of a question or a search."""

    text: str
    language: Language
    terms: tuple[str, ...] = ()
    wanted: Wanted = Wanted.STATEMENT
    names: tuple[str, ...] = ()  # names in the question, as printed
    entity_ids: tuple[str, ...] = ()  # those the shelf knows
    figures: tuple[Figure, ...] = ()
    dimension: Dimension | None = None  # of the figure wanted
    filters: Filters = field(default_factory=Filters)
    readings: tuple[NameReading, ...] = ()  # of names that were not known as typed


@dataclass(frozen=True, slots=True)
class Rank:
    """The place a passage took in one ranking, from 1, and its raw score there."""

    ranking: str
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage. Scores are similarities: higher is nearer."""

    passage_id: str
    document_id: str
    text: str
    span: Span
    score: float
    rank: int
    language: Language
    title: str
    sources: tuple[Rank, ...] = ()
    headings: tuple[str, ...] = ()
    source: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: exactly ``document text[span]``, with what stands around it."""

    document_id: str
    version: str
    passage_id: str
    span: Span
    quote: str
    title: str
    source: str
    published_on: date | None
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not self.quote or len(self.quote) != len(self.span):
            raise ValueError(f"quote of {len(self.quote)} characters for span {self.span}")


@dataclass(frozen=True, slots=True)
class Value:
    """The figure, date or entity that answers.

    ``surface`` is as printed in the cited quote, ``text`` its normal form in the
    language of the question (3000亿美元 asked in English reads "US$300 billion").
    """

    kind: Wanted
    surface: str
    text: str
    figure: Figure | None = None
    entity_id: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer; one without a citation cannot be built."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"an answer's sentence needs a citation: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Answer:
    """The articles' own words on a question, or an abstention with its reason."""

    question: str
    abstained: bool
    reason: str | None
    sentences: tuple[Sentence, ...] = ()
    value: Value | None = None
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    language: Language = Language.UND
    readings: tuple[NameReading, ...] = ()

    def __post_init__(self) -> None:
        if self.abstained == bool(self.sentences):
            raise ValueError("an answer has sentences, an abstention has none")
        if self.abstained and not self.reason:
            raise ValueError("an abstention needs its reason")

    @property
    def text(self) -> str:
        """The answer's sentences, one a line; empty when abstained."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the answer, in order, each once."""
        return tuple(dict.fromkeys(c for s in self.sentences for c in s.citations))


# Checking a draft -----------------------------------------------------------------------


class Status(StrEnum):
    """What the articles make of a figure of a draft."""

    SUPPORTED = "supported"
    SUPPORTED_ROUNDED = "supported_rounded"  # rounds to what the draft states
    CONTRADICTED = "contradicted"  # the articles say something else of the same thing
    OUTDATED = "outdated"  # was so, and a newer figure has replaced it
    CONFLICTING_SOURCES = "conflicting_sources"  # articles disagree among themselves
    NEEDS_CONTEXT = "needs_context"  # stated, but of something else, or by somebody else
    NOT_FOUND = "not_found"  # the articles do not speak of it
    NOT_CHECKABLE = "not_checkable"  # too vague, an opinion, a plan of the writer's own


# The verdicts that articles alone can give: they need a quote.
EVIDENCED = frozenset(Status) - {Status.NOT_FOUND, Status.NOT_CHECKABLE}


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a draft's figure is from the evidence's, in the draft's unit.

    ``absolute`` is evidence minus draft, ``relative`` that over the draft's value, ``factor``
    evidence over draft. ``slip`` names a likely slip of the pen: ``power_of_ten``, ``unit``,
    ``currency``, ``percent_for_point``, ``level_for_change``, ``direction``, ``digits_swapped``,
    ``one_digit``; None when it looks like none.
    """

    absolute: Decimal | None
    relative: Decimal | None
    factor: Decimal | None
    unit: str
    slip: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the articles say of one figure of a draft.

    ``figure`` has its span in the draft as given, ``sentence`` is the span there that was
    read for it. ``rule`` names what decided, ``explanation`` says it in one sentence in the
    language of the draft. ``evidence`` holds verbatim citations, the deciding one first, and
    ``stated`` the figure that each of them states (None where it states none).
    """

    figure: Figure
    status: Status
    rule: str
    evidence: tuple[Citation, ...]
    difference: Difference | None
    explanation: str
    sentence: Span
    stated: tuple[Figure | None, ...] = ()
    speaker: str | None = None  # whom the evidence has saying it, as printed

    def __post_init__(self) -> None:
        if self.status in EVIDENCED and not self.evidence:
            raise ValueError(f"a verdict of {self.status} needs a quote: {self.figure.surface!r}")
        if self.stated and len(self.stated) != len(self.evidence):
            raise ValueError("each piece of evidence states one figure, or None")


# What the shelf reports -----------------------------------------------------------------


class AddStatus(StrEnum):
    """What became of one article handed in."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AddRow:
    """One row of an ingest report."""

    source: str
    status: AddStatus
    document_id: str | None = None
    title: str | None = None
    reason: str | None = None
    encoding: str | None = None
    passages: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of everything handed in, one row an article, in order."""

    rows: tuple[AddRow, ...]

    def count(self, status: AddStatus) -> int:
        """How many rows ended with ``status``."""
        return sum(row.status is status for row in self.rows)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.count(AddStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the shelf in a line: its current version and what it holds."""

    id: str
    version: str
    title: str
    source: str
    language: Language
    published_on: date | None
    url: str | None
    media_type: str
    encoding: str
    added_at: datetime
    passages: int
    figures: int
    claims: int
    versions: int = 1
    same_text: tuple[str, ...] = ()  # ids of other articles with the very same text
