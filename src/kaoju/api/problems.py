"""One shape for every error: problem details as RFC 9457 describes them, and one table.

A problem's ``type`` is ``/problems/<name>`` on the same server, where it is explained. What an
error of ours says goes into ``detail``; an error that nobody foresaw tells nothing of itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kaoju.errors import (
    EncoderError,
    IndexMismatchError,
    InputError,
    InvalidFilterError,
    KaojuError,
    MissingDependencyError,
    NotFoundError,
    ShelfError,
    ShelfLockedError,
    ShelfTooNewError,
    UnreadableArticleError,
)

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its name in the ``type``, its status, and what it means."""

    name: str
    status: int
    title: str
    meaning: str


_KINDS = (
    Kind("malformed", 400, "Malformed request", "The body is no JSON, or cannot be decoded."),
    Kind(
        "wrong-cursor",
        400,
        "Wrong cursor",
        "The cursor is not one that this list gave out. Start again without it.",
    ),
    Kind(
        "cross-origin",
        403,
        "Cross-origin write",
        "Another web site's page tried to change the shelf; only this server's own pages may.",
    ),
    Kind("not-found", 404, "Not found", "No such address, article, version or entity."),
    Kind(
        "method-not-allowed", 405, "Method not allowed", "See the Allow header for those that do."
    ),
    Kind(
        "precondition-failed",
        412,
        "Precondition failed",
        "The article is not in the state that If-Match or If-None-Match names. Read it again.",
    ),
    Kind("too-large", 413, "Content too large", "The body is larger than this server reads."),
    Kind(
        "unsupported-media-type",
        415,
        "Unsupported media type",
        "The body's Content-Type is none that this operation reads.",
    ),
    Kind(
        "invalid-request",
        422,
        "Invalid request",
        "Fields are missing, unknown or of the wrong kind; see the member 'errors'.",
    ),
    Kind("invalid-input", 422, "Invalid input", "What was handed in cannot be used as it is."),
    Kind("invalid-filter", 422, "Invalid filter", "A filter that cannot be meant."),
    Kind("unreadable-article", 422, "Unreadable article", "No article was found in the body."),
    Kind(
        "internal", 500, "Internal error", "An error that nobody foresaw; the server's log has it."
    ),
    Kind("encoder", 503, "Encoder unavailable", "The encoder cannot be loaded or run."),
    Kind("missing-dependency", 503, "Missing package", "An optional package is not installed."),
    Kind(
        "shelf-locked",
        503,
        "Shelf is being written",
        "Another writer holds the shelf. Try again after the seconds in Retry-After.",
    ),
    Kind("shelf-too-new", 503, "Shelf too new", "The shelf was written by a later kaoju."),
    Kind(
        "index-mismatch",
        503,
        "Indexes do not match",
        "The indexes were built with another encoder or analyzer, or lag behind the record."
        " Run 'kaoju sync'.",
    ),
    Kind("shelf", 503, "Shelf unavailable", "The record or its indexes cannot be used."),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}

# The nearest class of an error decides.
_BY_ERROR: Mapping[type[BaseException], str] = {
    UnreadableArticleError: "unreadable-article",
    InvalidFilterError: "invalid-filter",
    InputError: "invalid-input",
    NotFoundError: "not-found",
    ShelfLockedError: "shelf-locked",
    ShelfTooNewError: "shelf-too-new",
    IndexMismatchError: "index-mismatch",
    ShelfError: "shelf",
    EncoderError: "encoder",
    MissingDependencyError: "missing-dependency",
}
_BY_STATUS = {
    400: "malformed",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
}


class ProblemError(HTTPException):
    """Ends a request with a problem of a kind of the table."""

    def __init__(
        self,
        name: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(KINDS[name].status, detail, headers)
        self.name = name
        self.members = members


def kind_of(error: BaseException) -> Kind:
    """The kind of problem that an error is; ``internal`` for one that nobody foresaw."""
    for ancestor in type(error).__mro__:
        if ancestor in _BY_ERROR:
            return KINDS[_BY_ERROR[ancestor]]
    return KINDS["internal"]


def render(
    kind: Kind,
    detail: str,
    instance: str,
    *,
    headers: Mapping[str, str] | None = None,
    status: int | None = None,
    **members: Any,
) -> Response:
    """The response that tells a problem."""
    own = {
        "type": f"/problems/{kind.name}",
        "title": kind.title,
        "status": status or kind.status,
        "detail": detail,
        "instance": instance,
    }
    # ASCII: a member may repeat text that UTF-8 cannot write (half a surrogate pair).
    body = json.dumps({**members, **own})
    return Response(body, status or kind.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Let every error of an application end as a problem."""
    app.add_exception_handler(HTTPException, _from_http)
    app.add_exception_handler(RequestValidationError, _from_validation)
    app.add_exception_handler(KaojuError, _from_ours)


def _from_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    if isinstance(error, ProblemError):
        kind, members = KINDS[error.name], error.members
        return render(kind, error.detail, path, headers=error.headers, **members)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        allowed = ", ".join(_methods(request))
        headers["Allow"] = allowed
        detail = f"{request.method} is not possible on {path}; these are: {allowed}"
        return render(KINDS["method-not-allowed"], detail, path, headers=headers)
    if error.status_code == 404:
        return render(KINDS["not-found"], f"nothing is at {path}", path)
    name = _BY_STATUS.get(error.status_code)
    if name is not None:
        return render(KINDS[name], error.detail, path, headers=headers)
    phrase = HTTPStatus(error.status_code).phrase
    kind = Kind("internal" if error.status_code >= 500 else "malformed", 0, phrase, "")
    return render(kind, error.detail, path, headers=headers, status=error.status_code)


def _methods(request: Request) -> list[str]:
    """The methods that an address takes, over all the routes at that address."""
    found: set[str] = set()
    for route in request.app.state.routes:
        if route.path_regex.match(request.url.path):
            found |= route.methods or set()
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def _from_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    path = request.url.path
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        reason = found[0].get("ctx", {}).get("error", "not JSON")
        return render(KINDS["malformed"], f"the body is no JSON: {reason}", path)
    return invalid(found, path)


def invalid(found: Any, path: str) -> Response:
    """The problem of fields that pydantic refused, each with where it stands.

    The refused values are not repeated: they may be as large as the body.
    """
    errors = [_member(one) for one in found]
    first = errors[0]
    where = first.get("parameter") or first.get("header") or first.get("pointer", "#")
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    detail = f"{where}: {first['detail']}{more}"
    return render(KINDS["invalid-request"], detail, path, errors=errors)


def _member(one: Mapping[str, Any]) -> dict[str, str]:
    place, *inner = one["loc"] or ("body",)
    if place in ("query", "path"):
        return {"parameter": ".".join(map(str, inner)), "detail": one["msg"]}
    if place == "header":
        return {"header": ".".join(map(str, inner)), "detail": one["msg"]}
    if place != "body":
        inner = [place, *inner]
    steps = (str(step).replace("~", "~0").replace("/", "~1")[:100] for step in inner)
    return {"pointer": "#" + "".join(f"/{step}" for step in steps), "detail": one["msg"]}


def _from_ours(request: Request, error: Exception) -> Response:
    kind = kind_of(error)
    headers = {"Retry-After": "5"} if kind.name == "shelf-locked" else None
    if kind.status == 500:
        return internal(request.url.path)
    # Where the shelf lies on the disk is nobody's business over HTTP.
    detail = str(error).replace(str(request.app.state.kb.folder), "the shelf")
    return render(kind, detail, request.url.path, headers=headers)


def internal(path: str) -> Response:
    """The problem that tells nothing of its cause."""
    return render(KINDS["internal"], "the server's log tells what happened", path)
