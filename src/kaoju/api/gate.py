"""What every request passes on its way in and out, before any route is chosen.

Bodies are bounded, writes by pages of other web sites refused, HEAD answered as GET without
a body, security headers set, time taken, and an error that nobody foresaw becomes a problem
that tells nothing of itself (the log has it).
"""

from __future__ import annotations

import logging
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kaoju.api import problems
from kaoju.api.monitoring import Monitor

_LOG = logging.getLogger("kaoju.api")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        " object-src 'none'; require-trusted-types-for 'script'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, monitor: Monitor, max_body_bytes: int) -> None:
        self.app = app
        self.monitor = monitor
        self.max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started_s = time.perf_counter()
        inner = dict(scope, method="GET") if scope["method"] == "HEAD" else dict(scope)
        status = 0

        async def send_out(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        try:
            refused, body = await self._read(scope, receive)
            if refused is not None:
                await refused(inner, receive, send_out)
            elif body is not None:
                await self.app(inner, _replay(body, receive), send_out)
        except Exception:  # noqa: BLE001 - the last resort, and the log has it
            _LOG.exception("%s %s failed", scope["method"], scope["path"])
            if not status:
                await problems.internal(scope["path"])(inner, receive, send_out)
        finally:
            template = getattr(inner.get("route"), "path", "unmatched")
            elapsed_s = time.perf_counter() - started_s
            self.monitor.request(scope["method"], template, status, elapsed_s)

    async def _read(self, scope: Scope, receive: Receive) -> tuple[Response | None, bytes | None]:
        """The whole body, or why it is refused; neither when the client has gone."""
        headers = Headers(scope=scope)
        path = scope["path"]
        if scope["method"] not in _SAFE and _is_foreign(headers):
            kind = problems.KINDS["cross-origin"]
            detail = f"a page of {headers.get('origin', 'another site')} may not change this shelf"
            return problems.render(kind, detail, path), None
        limit = self.max_body_bytes
        declared = headers.get("content-length", "")
        size = int(declared) if declared.isdecimal() else 0
        chunks: list[bytes] = []
        read = 0
        more = size <= limit
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None, None
            chunks.append(message.get("body", b""))
            read += len(chunks[-1])
            more = message.get("more_body", False) and read <= limit
        if size > limit or read > limit:
            detail = f"the body has more than the {limit} bytes that this server reads"
            # The rest of the body stays unread, so the connection cannot be used again.
            closing = {"connection": "close"}
            kind = problems.KINDS["too-large"]
            return problems.render(kind, detail, path, headers=closing), None
        return None, b"".join(chunks)


def _is_foreign(headers: Headers) -> bool:
    """Whether a browser says that a page of another origin sends this.

    Without this any web page could post a text/plain article to a server on this machine.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _replay(body: bytes, receive: Receive) -> Receive:
    """A receive channel that hands out the body once, then what comes after it."""
    sent = False

    async def replayed() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
