"""The application: the routes, the gate around them, the page and the OpenAPI document."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from kaoju import __version__, wire
from kaoju.api import articles, asking, checking, health, problems
from kaoju.api.gate import Gate
from kaoju.api.monitoring import Monitor
from kaoju.knowledge_base import KnowledgeBase
from kaoju.reading import MAX_BYTES

_PAGE = {
    "/": ("index.html", "text/html; charset=utf-8"),
    **{
        f"/{name}.js": (f"{name}.js", "text/javascript; charset=utf-8")
        for name in ("app", "check", "page", "reader", "texts")
    },
    "/style.css": ("style.css", "text/css; charset=utf-8"),
    "/favicon.svg": ("favicon.svg", "image/svg+xml"),
}
_ROUTERS = (asking.router, checking.router, articles.router, health.router)
_DESCRIPTION = """Articles in, cited answers out, in Chinese and English.

Spans are half-open and count Unicode code points of the stored article text; a quote is
exactly that slice. Errors are problem details (RFC 9457).
"""


def create_app(kb: KnowledgeBase) -> FastAPI:
    """Build the application that serves one shelf: the page at ``/`` and the API.

    The shelf stays the caller's to close. Handlers run in threads, since the work is CPU.
    """
    app = FastAPI(
        title="kaoju",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,  # both pages of documentation load scripts from a CDN
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    monitor = Monitor()
    app.state.kb = kb
    app.state.monitor = monitor
    app.state.turn = threading.Lock()
    page = _page_router()
    document = _document_router(app)
    app.state.routes = [route for router in (*_ROUTERS, page, document) for route in router.routes]
    for router in (*_ROUTERS, page, document):
        app.include_router(router)
    problems.install(app)

    app.add_middleware(Gate, monitor=monitor, max_body_bytes=MAX_BYTES)
    return app


def _page_router() -> APIRouter:
    router = APIRouter()
    for path, (name, media_type) in _PAGE.items():
        body = (files("kaoju") / "web" / name).read_bytes()
        router.add_api_route(
            path, _file(body, media_type), methods=["GET"], include_in_schema=False, name=name
        )
    return router


def _file(body: bytes, media_type: str) -> Callable[[Request], Response]:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    def give(request: Request) -> Response:
        headers = {"ETag": etag}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=media_type, headers=headers)

    return give


def _document_router(app: FastAPI) -> APIRouter:
    router = APIRouter()

    @router.get("/openapi.json", include_in_schema=False)
    def openapi_document() -> Any:
        """Describe this API as OpenAPI 3.1."""
        return app.openapi()

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
    return router


# OpenAPI --------------------------------------------------------------------------------

_STATUSES = {  # beyond 422 and 500, which any operation may end with
    "ask": (400, 403, 404, 413, 415, 503),
    "search": (404, 503),
    "check": (400, 403, 413, 415, 503),
    "read_figures": (400, 403, 413, 415),
    "list_figures": (400, 404),
    "list_claims": (400, 404),
    "list_entities": (400,),
    "get_entity": (404,),
    "list_articles": (400,),
    "get_article": (304, 404, 503),
    "get_article_blocks": (404,),
    "add_articles": (400, 403, 413, 415, 503),
    "put_article": (400, 403, 412, 413, 415, 503),
    "delete_article": (403, 404, 412, 503),
    "readyz": (503,),
    "explain_problem": (404,),
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document, in which every operation tells its problems and an example."""
    found = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = found["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = wire.Problem.model_json_schema()
    examples = json.loads((files("kaoju.api") / "examples.json").read_text(encoding="utf-8"))
    for operations in found["paths"].values():
        for operation in operations.values():
            _tell_problems(operation)
            _show(operation["responses"], examples.get(operation["operationId"]))
    return found


def _show(responses: dict[str, Any], example: Any) -> None:
    for status, response in responses.items():
        for media in response.get("content", {}).values():
            if status < "300":
                media["example"] = example


def _tell_problems(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in sorted({422, 500, *_STATUSES.get(operation["operationId"], ())}):
        if status == 304:
            responses["304"] = {"description": "Not modified"}
            continue
        kinds = [kind for kind in problems.KINDS.values() if kind.status == status]
        responses[str(status)] = {
            "description": "; ".join(kind.title for kind in kinds),
            "content": {
                problems.MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": {
                        "type": f"/problems/{kinds[0].name}",
                        "title": kinds[0].title,
                        "status": status,
                        "detail": kinds[0].meaning,
                        "instance": "/v1/articles/treasury-truce-2025-en",
                    },
                }
            },
        }
