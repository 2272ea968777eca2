"""The routes of articles: list, read, mark, add, replace and remove."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from starlette.responses import JSONResponse

from kaoju import wire
from kaoju.api import telling
from kaoju.api.paging import linked, newest_first, page
from kaoju.api.parts import KB, Raw
from kaoju.api.problems import ProblemError
from kaoju.api.uploads import FILE_TYPES, documents_of
from kaoju.codec import to_json
from kaoju.errors import InputError, NotFoundError, ShelfLockedError
from kaoju.knowledge_base import KnowledgeBase
from kaoju.types import AddReport, AddRow, AddStatus, Document, Span

router = APIRouter(prefix="/v1/articles", tags=["articles"])
BODY = {
    "requestBody": {
        "required": True,
        "description": "One article as JSON, or a file of at most 16 MiB as it is.",
        "content": {
            "application/json": {
                "schema": wire.ArticleIn.model_json_schema(),
                "example": {
                    "title": "The stablecoin market",
                    "source": "Example Wire",
                    "url": "https://example.org/stablecoins",
                    "published_on": "2025-12-30",
                    "text": "The stablecoin market is now worth about $300 billion.",
                },
            },
            **{
                name: {"schema": {"type": "string", "contentMediaType": name}}
                for name in FILE_TYPES
            },
        },
    }
}

ArticleId = Annotated[str, Path(max_length=200, examples=["treasury-truce-2025-en"])]
NewId = Annotated[
    str,
    Path(
        pattern=r"^\w[\w.-]*$",
        max_length=128,
        description="Letters, digits, '_', '-' and '.'.",
        examples=["stablecoins-2025"],
    ),
]
KNOWN: dict[str, Any] = {"model": wire.AddReport, "description": "Nothing was new"}
Source = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=500,
        description="Where a file comes from; the same source again is the same article.",
        examples=["notes/stablecoins.txt"],
    ),
]
IfMatch = Annotated[
    str | None, Header(description="Go on only when the article still has this ETag.")
]
IfNoneMatch = Annotated[
    str | None,
    Header(description="Go on only when the article's ETag is none of these, or '*' for none."),
]


@router.get("", response_model=wire.ArticlePage)
def list_articles(request: Request, kb: KB, wanted: Annotated[wire.Page, Query()]) -> Response:
    """List the articles, newest published first.

    A page goes on behind the last article of the page before, whatever was added meanwhile.
    """
    rows, following = page(
        kb.articles(),
        lambda article: (newest_first(article.published_on), article.id),
        name="articles",
        limit=wanted.limit,
        cursor=wanted.cursor,
    )
    told = {"articles": to_json(rows), "next": following}
    return linked(request, JSONResponse(told), following)


@router.get("/{article_id}", response_model=wire.ArticleDetail)
def get_article(kb: KB, article_id: ArticleId, if_none_match: IfNoneMatch = None) -> Response:
    """Give an article with its passages, claims, figures and mentions, and its ETag."""
    response, etag = _rendered(kb, article_id)
    if if_none_match is not None and _matches(if_none_match, etag, weakly=True):
        return Response(status_code=304, headers={"ETag": etag})
    return response


@router.get("/{article_id}/blocks", response_model=wire.MarkedArticle)
def get_article_blocks(
    kb: KB,
    article_id: ArticleId,
    mark: Annotated[
        list[Annotated[str, Query(pattern=r"^\d{1,9}-\d{1,9}$")]],
        Query(max_length=200, description="Spans to mark, as start-end.", examples=[["0-12"]]),
    ] = [],  # noqa: B006 - FastAPI reads it and never changes it
    version: Annotated[
        str | None,
        Query(max_length=200, description="The version that the spans belong to."),
    ] = None,
) -> Response:
    """Give an article line by line, cut at the marks, ready to be shown.

    Asked for a version that is no longer the current one, this is a 404: its spans name
    other words now.
    """
    found = kb.article(article_id)
    document = found.document
    if version is not None and version != document.version:
        raise NotFoundError(
            f"version {version} of article {article_id!r} is not the current one"
            f" ({document.version})"
        )
    marks = [_span(text, document) for text in mark]
    told = {"article": to_json(found.article), "blocks": telling.blocks(document, marks)}
    return JSONResponse(told)


@router.post(
    "", response_model=wire.AddReport, status_code=201, responses={200: KNOWN}, openapi_extra=BODY
)
def add_articles(request: Request, kb: KB, raw: Raw, source: Source = None) -> Response:
    """Put articles on the shelf: one as JSON, or a file that holds one or several.

    What is unchanged is left alone. 201 when an article is new, else 200; the report has a
    row for each, also for one that could not go in. When none could, this is a 422.
    """
    documents = documents_of(request, raw, source)
    with _writing(request, kb):
        report = kb.add_documents(documents)
    return _reported(report)


@router.put(
    "/{article_id}",
    response_model=wire.AddReport,
    responses={201: {"model": wire.AddReport, "description": "New on the shelf"}},
    openapi_extra=BODY,
)
def put_article(
    request: Request,
    kb: KB,
    article_id: NewId,
    raw: Raw,
    source: Source = None,
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Put one article on the shelf under an id, as a new version where it is known already."""
    documents = documents_of(request, raw, source, article_id=article_id)
    if len(documents) != 1:
        raise InputError(f"one article goes under an id, and the body holds {len(documents)}")
    with _writing(request, kb):
        _check(kb, article_id, if_match, if_none_match)
        report = kb.add_documents(documents)
    return _reported(report)


@router.delete("/{article_id}", status_code=204)
def delete_article(
    request: Request, kb: KB, article_id: ArticleId, if_match: IfMatch = None
) -> Response:
    """Take an article off the shelf, with all that was found in it."""
    with _writing(request, kb):
        _check(kb, article_id, if_match, None)
        kb.remove(article_id)
    return Response(status_code=204)


def _reported(report: AddReport) -> Response:
    rows: tuple[AddRow, ...] = report.rows
    failed = [row for row in rows if row.status is AddStatus.FAILED]
    if len(failed) == len(rows):
        reason = failed[0].reason if failed and failed[0].reason else "no article was found"
        raise ProblemError("unreadable-article", reason, rows=to_json(rows))
    added = [row for row in rows if row.status is AddStatus.ADDED]
    response = JSONResponse(to_json(report), 201 if added else 200)
    if len(rows) == 1:
        response.headers["Location"] = f"/v1/articles/{rows[0].document_id}"
    return response


@contextmanager
def _writing(request: Request, kb: KnowledgeBase) -> Iterator[None]:
    """Hold this server's own turn to write, so that a precondition still holds when it acts."""
    turn = request.app.state.turn
    if not turn.acquire(timeout=kb.settings.lock_timeout_s):
        raise ShelfLockedError("other writes are under way: try again later")
    try:
        yield
    finally:
        turn.release()


def _check(
    kb: KnowledgeBase, article_id: str, if_match: str | None, if_none_match: str | None
) -> None:
    if if_match is None and if_none_match is None:
        return
    try:
        etag = _rendered(kb, article_id)[1]
    except NotFoundError:
        etag = None
    if if_match is not None and not (etag and _matches(if_match, etag)):
        told = f"its ETag is {etag} now" if etag else "there is no such article"
        raise ProblemError("precondition-failed", f"article {article_id!r}: {told}")
    if if_none_match is not None and etag and _matches(if_none_match, etag, weakly=True):
        raise ProblemError("precondition-failed", f"article {article_id!r} is there already")


def _matches(header: str, etag: str, *, weakly: bool = False) -> bool:
    tags = [tag.strip() for tag in header.split(",")]
    if weakly:
        tags = [tag.removeprefix("W/") for tag in tags]
    return "*" in tags or etag in tags


def _rendered(kb: KnowledgeBase, article_id: str) -> tuple[Response, str]:
    """An article's representation and its strong ETag: the version and a digest of the body."""
    detail = kb.article(article_id)
    told = to_json(detail)
    del told["document"]["file"]  # where it lies on this machine is nobody's business
    text = detail.document.text
    told["passages"] = [telling.passage(p, text) for p in detail.passages]
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(body).hexdigest()[:16]
    etag = f'"{detail.document.version}-{digest}"'
    return Response(body, media_type="application/json", headers={"ETag": etag}), etag


def _span(text: str, document: Document) -> Span:
    start, end = map(int, text.split("-"))
    if not start < end <= len(document.text):
        raise InputError(f"mark {text} names no characters of the article's {len(document.text)}")
    return Span(start, end)
