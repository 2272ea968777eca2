"""Cursors: the key of the last row seen, so that a page goes on behind it whatever is added.

A list is ordered by a key that no two rows share. The cursor holds the key and the name of its
list; what is added before it moves nothing, and a row that is taken away leaves no gap.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from kaoju.api.problems import ProblemError

T = TypeVar("T")
Key = tuple[int | str, ...]


def newest_first(published_on: Any) -> int:
    """The part of a key that puts later dates first and undated rows last."""
    return -published_on.toordinal() if published_on is not None else 0


def page(
    rows: Sequence[T], key: Callable[[T], Key], *, name: str, limit: int, cursor: str | None
) -> tuple[list[T], str | None]:
    """The rows behind a cursor, at most ``limit``, and the cursor of the page after them.

    Args:
        rows: The whole list; ordered by ``key`` here.
        key: Integers and strings that order the rows and that no two rows share.
        name: The list's name; a cursor of another list is refused.
        limit: Most rows wanted, >= 1.
        cursor: Where the page before ended; None for the first page.

    Raises:
        ProblemError: ``wrong-cursor``, for a cursor that this list did not give out.
    """
    ordered = sorted(rows, key=key)
    if cursor is not None:
        ordered = _behind(ordered, key, _decode(cursor, name))
    chosen = ordered[:limit]
    return chosen, _encode(key(chosen[-1]), name) if len(ordered) > limit else None


def _behind(rows: list[T], key: Callable[[T], Key], last: Key) -> list[T]:
    try:
        return [row for row in rows if key(row) > last]
    except TypeError as error:
        raise _wrong() from error


def _encode(key: Key, name: str) -> str:
    raw = json.dumps([name, *key], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(cursor: str, name: str) -> Key:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        found = json.loads(raw)
    except (ValueError, binascii.Error, RecursionError) as error:
        raise _wrong() from error
    plain = isinstance(found, list) and all(type(part) in (int, str) for part in found)
    if not plain or len(found) < 2 or found[0] != name:
        raise _wrong()
    return tuple(found[1:])


def _wrong() -> ProblemError:
    return ProblemError("wrong-cursor", "this list gave out no such cursor: start without it")


def linked(request: Request, response: Response, cursor: str | None) -> Response:
    """The response, naming the page after it in a Link header (RFC 8288) where there is one."""
    if cursor is not None:
        kept = [pair for pair in parse_qsl(request.url.query) if pair[0] != "cursor"]
        query = urlencode([*kept, ("cursor", cursor)])
        response.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
    return response
