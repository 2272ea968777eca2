"""What the routes ask for: the shelf, the monitor, a body that is JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from kaoju import types as nouns
from kaoju.api.monitoring import Monitor
from kaoju.api.problems import ProblemError
from kaoju.api.telling import Cite
from kaoju.errors import NotFoundError
from kaoju.knowledge_base import KnowledgeBase


async def _knowledge_base(request: Request) -> KnowledgeBase:
    kb: KnowledgeBase = request.app.state.kb
    return kb


async def _monitor(request: Request) -> Monitor:
    monitor: Monitor = request.app.state.monitor
    return monitor


async def json_body(request: Request) -> None:
    """Refuse a body that does not say it is JSON."""
    sent = media_type(request)
    if sent != "application/json" and not sent.endswith("+json"):
        told = sent or "no Content-Type"
        raise ProblemError("unsupported-media-type", f"application/json is read here, not {told}")


async def _raw_body(request: Request) -> bytes:
    return await request.body()


KB = Annotated[KnowledgeBase, Depends(_knowledge_base)]
Counted = Annotated[Monitor, Depends(_monitor)]
Raw = Annotated[bytes, Depends(_raw_body)]
JSON_ONLY = Depends(json_body)


def media_type(request: Request) -> str:
    """The body's media type in lower case, without parameters; empty when none is named."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def citer(kb: KnowledgeBase) -> Cite:
    """Citations of current text; None where an article has changed or gone meanwhile."""

    def cite(article_id: str, span: nouns.Span) -> nouns.Citation | None:
        try:
            return kb.cite(article_id, span)
        except NotFoundError:
            return None

    return cite
