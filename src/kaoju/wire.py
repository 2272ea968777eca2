"""The shapes of the HTTP API, as pydantic models: what may be asked and what OpenAPI says.

Answers carry the nouns of `kaoju.types` under the field names that ``--json`` prints. Over
HTTP whatever quotes an article also carries ``selectors``: the TextQuoteSelector and the
TextPositionSelector of the W3C Web Annotation model, whose positions count code points as
every span here does.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from kaoju import types as nouns


def _day(value: str) -> str:
    date.fromisoformat(value)  # 2025-02-31 has the form of a day and is none
    return value


Day = Annotated[
    str,
    AfterValidator(_day),
    Field(
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        json_schema_extra={"format": "date", "examples": ["2025-11-05"]},
    ),
]
Number = float | int | str  # a string where a double would lose digits


class Shape(BaseModel):
    """A shape with no room for fields that it does not name."""

    model_config = ConfigDict(extra="forbid")


# Asked ----------------------------------------------------------------------------------


class FilterFields(Shape):
    """Which passages may be returned; what is left out lets all through."""

    k: int = Field(10, ge=1, le=100, description="How many passages are considered.")
    language: Literal["zh", "en"] | None = Field(None, description="Only passages in it.")
    since: Day | None = Field(None, description="First published date.")
    until: Day | None = Field(None, description="Last published date.")
    entity: str | None = Field(
        None,
        max_length=200,
        description="An entity's id or name, in either language, that passages mention.",
        examples=["贝森特"],
    )
    source: str | None = Field(
        None, max_length=500, description="Words that the article's source or URL has."
    )


class Ask(FilterFields):
    """A question in Chinese or English, over articles in either."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {"question": "稳定币市场规模有多大？"},
                {"question": "How big is the stablecoin market?", "language": "zh", "k": 5},
            ]
        },
    )
    question: str = Field(min_length=1)


class SearchFields(FilterFields):
    """A search in either language."""

    query: str = Field(min_length=1, examples=["Bessent stablecoins"])


class Page(Shape):
    """How much of a list, and from where."""

    limit: int = Field(50, ge=1, le=200, description="Most rows wanted.")
    cursor: str | None = Field(
        None, max_length=1000, description="The ``next`` of the page before; opaque."
    )


class FigureFields(Page):
    """Which stored figures; what is left out lets all through."""

    unit: str | None = Field(None, max_length=100, examples=["USD"])
    dimension: nouns.Dimension | None = None
    minimum: float | None = Field(
        None, allow_inf_nan=False, description="In the unit's base, included."
    )
    maximum: float | None = Field(
        None, allow_inf_nan=False, description="In the unit's base, included."
    )
    entity: str | None = Field(None, max_length=200, description="An entity's id or name.")
    measure: str | None = Field(
        None, max_length=200, description="Words in what is measured, as printed."
    )
    since: Day | None = None
    until: Day | None = None


class ClaimFields(Page):
    """Which stored claims; what is left out lets all through."""

    said_by: str | None = Field(
        None, max_length=200, description="The speaker's id or name.", examples=["Scott Bessent"]
    )
    about: str | None = Field(None, max_length=200, description="The subject's id or name.")
    since: Day | None = None
    until: Day | None = None


class EntityFields(Page):
    """All entities, or those that a name can mean."""

    name: str | None = Field(None, max_length=200, description="A name in either language.")


class TextIn(Shape):
    """A text whose figures are wanted; no shelf is asked."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [{"text": "期限超30万亿美元", "reference_date": "2025-12-30"}]
        },
    )
    text: str = Field(max_length=200_000)
    language: Literal["zh", "en"] | None = Field(None, description="By default as it reads.")
    reference_date: Day | None = Field(
        None, description="What 今年 or 'last week' count from; by default nothing."
    )


class Draft(Shape):
    """A draft in Chinese, English or both, whose figures are checked against the articles."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {"text": "The stablecoin market is worth about $300 million."},
                {
                    "text": "<p>美国每年的财政赤字约为GDP的<b>8%</b>。</p>",
                    "form": "html",
                    "reference_date": "2025-12-31",
                },
            ]
        },
    )
    text: str = Field(
        min_length=1,
        description="As given; at most the server's setting max_draft_characters, by default"
        " 200000 characters.",
    )
    form: Literal["text", "markdown", "html"] | None = Field(
        None, description="How the draft is written; by default as it looks."
    )
    reference_date: Day | None = Field(
        None, description="What 今年 or 'last week' of the draft count from; by default nothing."
    )
    language: Literal["zh", "en"] | None = Field(
        None, description="Of the articles that may be evidence; by default either."
    )
    since: Day | None = Field(None, description="First published date of the articles.")
    until: Day | None = Field(None, description="Last published date of the articles.")
    source: str | None = Field(
        None, max_length=500, description="Words that the article's source or URL has."
    )


class ArticleIn(Shape):
    """One article with its text in one of three forms; what is left out is found in the text."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "title": "The stablecoin market",
                    "source": "Example Wire",
                    "url": "https://example.org/stablecoins",
                    "published_on": "2025-12-30",
                    "text": "The stablecoin market is now worth about $300 billion.",
                }
            ]
        },
    )
    text: str | None = Field(None, description="Plain text, kept as printed.")
    html: str | None = Field(None, description="A web page, of which the article is kept.")
    markdown: str | None = Field(None, description="Markdown, front matter understood.")
    title: str | None = Field(None, max_length=1000)
    source: str | None = Field(None, max_length=2000, description="Where it comes from.")
    url: str | None = Field(None, max_length=2000)
    published_on: Day | None = None
    language: Literal["zh", "en"] | None = None

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if sum(text is not None for text in (self.text, self.html, self.markdown)) != 1:
            raise ValueError("exactly one of text, html and markdown is wanted")
        return self


# Answered -------------------------------------------------------------------------------


class Span(Shape):
    """Half-open range of code points of the article's text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class TextQuoteSelector(Shape):
    """W3C Web Annotation: the quoted text and what stands around it."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(Shape):
    """W3C Web Annotation: the quoted range, in code points of the article's text."""

    type: Literal["TextPositionSelector"]
    start: int
    end: int


Selectors = tuple[TextQuoteSelector, TextPositionSelector]


class Figure(Shape):
    """A stated number, date or interval, read; value and upper in the unit's base."""

    span: Span
    surface: str
    value: Number | None
    unit: str
    dimension: nouns.Dimension
    upper: Number | None
    precision: Number | None
    qualifier: nouns.Qualifier
    relation: nouns.Relation
    direction: nouns.Direction | None
    period: str | None
    per: str | None
    share_of: str | None
    measure: str | None
    subject: str | None
    subject_id: str | None
    language: nouns.Language
    id: str
    passage_id: str
    document_id: str


class Mention(Shape):
    """A name in an article's text."""

    span: Span
    surface: str
    kind: nouns.EntityKind
    name: str
    language: nouns.Language
    role: str | None
    original: str | None
    entity_id: str
    passage_id: str
    document_id: str


class Entity(Shape):
    """The one thing that several names name."""

    id: str
    kind: nouns.EntityKind
    names: list[tuple[nouns.Language, str]]
    roles: list[tuple[str, date | None]]
    mention_count: int


class Claim(Shape):
    """One sentence that states something: who says it, about whom, with which figures."""

    id: str
    passage_id: str
    document_id: str
    span: Span
    text: str
    subject_ids: list[str]
    figure_ids: list[str]
    negated: bool
    modality: nouns.Modality
    attributed_to: str | None
    attributed_id: str | None
    period: str | None


class Citation(Shape):
    """A verbatim quote: the slice of the article's text that the span names."""

    document_id: str
    version: str
    passage_id: str
    span: Span
    quote: str
    title: str
    source: str
    published_on: date | None
    prefix: str
    suffix: str
    selectors: Selectors


class CitedFigure(Figure):
    """A stored figure with its citation."""

    citation: Citation


class CitedClaim(Claim):
    """A stored claim with its citation."""

    citation: Citation


class Rank(Shape):
    """The place a passage took in one ranking, from 1, and its raw score there."""

    ranking: str
    rank: int
    score: float


class Hit(Shape):
    """A ranked passage; a higher score is nearer."""

    passage_id: str
    document_id: str
    text: str
    span: Span
    score: float
    rank: int
    language: nouns.Language
    title: str
    sources: list[Rank]
    headings: list[str]
    source: str
    published_on: date | None
    selectors: Selectors


class Value(Shape):
    """The figure, date or entity that answers, as printed and in its normal form."""

    kind: nouns.Wanted
    surface: str
    text: str
    figure: Figure | None
    entity_id: str | None


class Sentence(Shape):
    """A sentence of an answer and what it rests on."""

    text: str
    citations: list[Citation]


class NameReading(Shape):
    """A name as typed that the shelf has never seen so written, and whom it was taken for."""

    name: str
    entity_id: str
    read_as: str
    confidence: float
    evidence: str


class Answer(Shape):
    """The articles' own words on a question, or an abstention with its reason."""

    question: str
    abstained: bool
    reason: str | None
    sentences: list[Sentence]
    value: Value | None
    hits: list[Hit]
    confidence: float
    language: nouns.Language
    readings: list[NameReading]
    text: str
    citations: list[Citation]


class Piece(Shape):
    """A stretch of a text and which of the marks in it cover it, counted from 0."""

    text: str
    marks: list[int]


class Difference(Shape):
    """How far the evidence's figure is from the draft's, in the draft's unit."""

    absolute: Number | None = Field(description="Evidence minus draft.")
    relative: Number | None = Field(description="That, over the draft's value.")
    factor: Number | None = Field(description="Evidence over draft.")
    unit: str
    slip: str | None = Field(
        description="What the difference looks like: power_of_ten, unit, currency,"
        " percent_for_point, level_for_change, direction, digits_swapped, one_digit; null for"
        " none of them."
    )


class Verdict(Shape):
    """What the articles say of one figure of a draft; the figure's span is on the draft."""

    figure: Figure
    status: nouns.Status
    rule: str = Field(description="The name of the rule that decided.")
    evidence: list[Citation] = Field(description="The deciding one first.")
    difference: Difference | None
    explanation: str = Field(description="One sentence in the language of the draft.")
    sentence: Span = Field(description="What was read for it, on the draft.")
    stated: list[Figure | None] = Field(description="The figure that each citation states.")
    speaker: str | None = Field(description="Whom the evidence has saying it, as printed.")
    quotes: list[list[Piece]] = Field(
        description="Each citation's quote in pieces; mark 0 is the figure that it states."
    )


class Check(Shape):
    """The verdicts on a draft, one a figure, in its order."""

    verdicts: list[Verdict]
    counts: dict[nouns.Status, int] = Field(description="How many figures got each status.")
    pieces: list[Piece] = Field(
        description="The whole draft, ready to be shown; the marks are the verdicts whose figure"
        " covers a piece."
    )


class SearchResult(Shape):
    """The passages nearest to a query, best first."""

    query: str
    hits: list[Hit]


class FigureList(Shape):
    """The figures of a text, in order."""

    figures: list[Figure]


class Article(Shape):
    """An article of the shelf in a line."""

    id: str
    version: str
    title: str
    source: str
    language: nouns.Language
    published_on: date | None
    url: str | None
    media_type: str
    encoding: str
    added_at: datetime
    passages: int
    figures: int
    claims: int
    versions: int
    same_text: list[str]


class Heading(Shape):
    """A heading line of an article and its level, 1 the highest."""

    span: Span
    level: int


class Document(Shape):
    """The current version of an article, its text as printed."""

    id: str
    version: str
    text: str
    title: str
    source: str
    media_type: str
    language: nouns.Language
    authors: list[str]
    published_on: date | None
    read_at: datetime | None
    encoding: str
    content_sha256: str
    headings: list[Heading]
    url: str | None
    notes: list[str]


class Passage(Shape):
    """A stretch of whole sentences; the passages of an article tile its text."""

    id: str
    document_id: str
    span: Span
    text: str
    language: nouns.Language
    ordinal: int
    headings: list[str]
    selectors: Selectors


class ArticleDetail(Shape):
    """One article with everything that was found in it."""

    document: Document
    article: Article
    passages: list[Passage]
    claims: list[Claim]
    figures: list[Figure]
    mentions: list[Mention]


class Block(Shape):
    """A line of an article: a heading of some level, or (level 0) a paragraph."""

    level: int
    after_blank: bool
    span: Span
    pieces: list[Piece]


class MarkedArticle(Shape):
    """An article cut at marks, ready to be shown: nobody needs to count characters."""

    article: Article
    blocks: list[Block]


class EntityDetail(Shape):
    """One entity with what it says, what is said of it, and its figures, newest first."""

    entity: Entity
    mentions: list[Mention]
    said: list[tuple[Claim, Citation]]
    about: list[tuple[Claim, Citation]]
    figures: list[tuple[Figure, Citation]]


class ArticlePage(Shape):
    """Articles, newest published first; ``next`` is null at the end."""

    articles: list[Article]
    next: str | None


class EntityPage(Shape):
    """Entities, most mentioned first; ``next`` is null at the end."""

    entities: list[Entity]
    next: str | None


class FigurePage(Shape):
    """Stored figures, newest published first; ``next`` is null at the end."""

    figures: list[CitedFigure]
    next: str | None


class ClaimPage(Shape):
    """Stored claims, newest published first; ``next`` is null at the end."""

    claims: list[CitedClaim]
    next: str | None


class AddRow(Shape):
    """What became of one article handed in."""

    source: str
    status: nouns.AddStatus
    document_id: str | None
    title: str | None
    reason: str | None
    encoding: str | None
    passages: int
    notes: list[str]


class AddReport(Shape):
    """What became of everything handed in, one row an article."""

    rows: list[AddRow]


class Liveness(Shape):
    """The process runs."""

    status: Literal["alive"]


class Readiness(Shape):
    """The process can answer from the state of the shelf that it names."""

    status: Literal["ready"]
    articles: int
    passages: int
    indexes: dict[str, Any]


class Problem(BaseModel):
    """An error as RFC 9457 tells it; further members belong to its type."""

    model_config = ConfigDict(extra="allow")
    type: str = Field(description="A reference to this kind of problem, explained there.")
    title: str
    status: int
    detail: str
    instance: str
