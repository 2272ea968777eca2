"""A request's body to documents: one article told in JSON, or a file as it is."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from kaoju import wire
from kaoju.api.parts import media_type
from kaoju.api.problems import ProblemError
from kaoju.reading import read_bytes, read_text
from kaoju.types import Document, Language

# What a body may be; octet-stream, like no Content-Type at all, is told from the content.
FILE_TYPES = (
    "text/plain",
    "text/markdown",
    "text/html",
    "application/xhtml+xml",
    "application/octet-stream",
)


def documents_of(
    request: Request, raw: bytes, source: str | None, *, article_id: str | None = None
) -> list[Document]:
    """Read the articles of a body.

    Args:
        request: For its Content-Type.
        raw: The body.
        source: Where a file comes from; an article without URL or id of its own is known by
            it. Without it the content names the article, so the same file again is a no-op.
        article_id: The id that the article is to have; by default its own.

    Raises:
        ProblemError: ``unsupported-media-type``.
        RequestValidationError: JSON that is not well formed or no `wire.ArticleIn`.
        UnreadableArticleError: There is no article in the body.
    """
    sent = media_type(request) or "application/octet-stream"
    if sent == "application/json":
        documents = list(_from_json(_parsed(raw), article_id))
    elif sent in FILE_TYPES:
        charset = request.headers.get("content-type", "").partition(";")[2]
        told = {"application/octet-stream": None, "application/xhtml+xml": "text/html"}
        kind = told.get(sent, sent)
        documents = read_bytes(
            raw,
            source=source or article_id or _named_by(raw),
            media_type=f"{kind};{charset}" if kind else None,
        )
    else:
        readable = ", ".join(("application/json", *FILE_TYPES))
        raise ProblemError(
            "unsupported-media-type", f"{sent} is not read here; these are: {readable}"
        )
    if article_id is not None:
        documents = [replace(document, id=article_id) for document in documents]
    return documents


def _parsed(raw: bytes) -> wire.ArticleIn:
    try:
        return wire.ArticleIn.model_validate_json(raw)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise RequestValidationError(
            [{**one, "loc": ("body", *one["loc"])} for one in found]
        ) from error


def _from_json(given: wire.ArticleIn, article_id: str | None) -> Iterator[Document]:
    text, kind = next(
        (text, kind)
        for text, kind in (
            (given.text, "text/plain"),
            (given.html, "text/html"),
            (given.markdown, "text/markdown"),
        )
        if text is not None
    )
    known_as = given.url or article_id
    # A publisher's name is no name of an article: without URL or id the content is.
    named = (given.source or known_as) if known_as else _named_by(given.model_dump_json().encode())
    for document in read_text(
        text,
        source=named or "",
        media_type=kind,
        title=given.title,
        published_on=date.fromisoformat(given.published_on) if given.published_on else None,
        url=given.url,
    ):
        yield replace(
            document,
            source=given.source or document.source,
            language=Language(given.language) if given.language else document.language,
        )


def _named_by(content: bytes) -> str:
    # Base 32 has neither 0 nor 1, so no day of publication is ever read from this name.
    digest = base64.b32encode(hashlib.sha256(content).digest())[:16]
    return f"upload/{digest.decode().lower()}"
