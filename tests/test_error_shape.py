"""Every error over HTTP is a problem as RFC 9457 tells it, whatever went wrong where."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest

from kaoju import errors
from kaoju.api import problems
from kaoju.knowledge_base import KnowledgeBase
from serving import serving


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path_factory.mktemp("empty") / "shelf") as kb:
        yield kb


@pytest.fixture(scope="module")
def api(shelf: KnowledgeBase) -> Iterator[httpx.Client]:
    with serving(shelf) as client:
        yield client


def problem(response: httpx.Response, status: int, name: str) -> dict[str, object]:
    """The problem that a response tells, after checking that it is one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["type"] == f"/problems/{name}"
    assert told["status"] == status
    assert told["title"] == problems.KINDS[name].title
    assert told["detail"]
    assert told["instance"] == response.request.url.path
    assert "Traceback" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    return dict(told)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/v1", "/v1/", "/v1/ask/", "/docs", "/v1/articles/", "/static/app.js"]
)
def test_an_unknown_address_is_a_problem(api: httpx.Client, path: str) -> None:
    problem(api.get(path), 404, "not-found")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/articles/nothing",
        "/v1/articles/..%2F..%2F..%2Fetc%2Fpasswd",
        "/v1/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/v1/articles/..",
        "/v1/articles/%00",
        "/v1/articles/%ff%fe",
        "/v1/articles/'%20OR%201=1--",
        "/v1/articles/nothing/blocks",
        "/app.js/../../pyproject.toml",
        "/problems/nothing",
    ],
)
def test_an_unknown_or_hostile_id_is_not_found(api: httpx.Client, path: str) -> None:
    # httpx tidies dots away, so the path goes out by hand.
    host, port = api.base_url.host, api.base_url.port
    assert port is not None
    with socket.create_connection((host, port), timeout=10) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 404 ")
    assert "content-type: application/problem+json" in answer
    assert "root:" not in answer


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/ask", {"POST"}),
        ("PATCH", "/v1/articles/x", {"DELETE", "GET", "HEAD", "PUT"}),
        ("DELETE", "/v1/articles", {"GET", "HEAD", "POST"}),
        ("POST", "/", {"GET", "HEAD"}),
        ("BREW", "/v1/figures", {"GET", "HEAD", "POST"}),
    ],
)
def test_a_wrong_method_names_the_right_ones(
    api: httpx.Client, method: str, path: str, allowed: set[str]
) -> None:
    response = api.request(method, path)
    problem(response, 405, "method-not-allowed")
    assert set(response.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'question': 'x'}",
        b'{"question": "x"} extra',
        '{"question": "规模"}'.encode("gb18030"),
        b'{"question": "\xff\xfe"}',
        b"[" * 100_000,
        b'{"k": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_body_that_is_no_json_is_malformed(api: httpx.Client, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    for path in ("/v1/ask", "/v1/figures", "/v1/articles"):
        response = api.post(path, content=body, headers=headers)
        # An empty body is well-formed nothing to some parsers and missing to others.
        name = response.json()["type"].removeprefix("/problems/")
        assert name == "malformed" or (not body and name == "invalid-request"), response.text
        problem(response, 400 if name == "malformed" else 422, name)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/question"),
        ({"question": 5}, "#/question"),
        ({"question": None}, "#/question"),
        ({"question": ["x"]}, "#/question"),
        ({"question": ""}, "#/question"),
        ({"question": "x", "k": "10"}, "#/k"),
        ({"question": "x", "k": 0}, "#/k"),
        ({"question": "x", "k": 1e9}, "#/k"),
        ({"question": "x", "k": True}, "#/k"),
        ({"question": "x", "language": "fr"}, "#/language"),
        ({"question": "x", "since": "yesterday"}, "#/since"),
        ({"question": "x", "since": "2025-02-31"}, "#/since"),
        ({"question": "x", "until": 20250101}, "#/until"),
        ({"question": "x", "lang": "zh"}, "#/lang"),
        ({"question": "x", "a/b~c": 1}, "#/a~1b~0c"),
        ("x", "#"),
        ([], "#"),
    ],
)
def test_a_wrong_field_is_pointed_at(api: httpx.Client, body: object, pointer: str) -> None:
    told = problem(api.post("/v1/ask", json=body), 422, "invalid-request")
    errors = told["errors"]
    assert isinstance(errors, list)
    assert pointer in [error["pointer"] for error in errors]
    assert all(error["detail"] for error in errors)


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/v1/search", "query"),
        ("/v1/search?query=", "query"),
        ("/v1/search?query=x&k=many", "k"),
        ("/v1/search?query=x&k=101", "k"),
        ("/v1/search?query=x&since=2025-13-01", "since"),
        ("/v1/search?query=x&languag=zh", "languag"),
        ("/v1/articles?limit=0", "limit"),
        ("/v1/articles?limit=1000000", "limit"),
        ("/v1/figures?minimum=a lot", "minimum"),
        ("/v1/figures?minimum=nan", "minimum"),
        ("/v1/figures?dimension=weight", "dimension"),
        ("/v1/articles/x/blocks?mark=1..2", "mark.0"),
    ],
)
def test_a_wrong_parameter_is_named(api: httpx.Client, path: str, parameter: str) -> None:
    told = problem(api.get(path), 422, "invalid-request")
    errors = told["errors"]
    assert isinstance(errors, list)
    assert parameter in [error["parameter"] for error in errors]


def test_half_a_surrogate_pair_is_refused_and_not_repeated(api: httpx.Client) -> None:
    headers = {"content-type": "application/json"}
    response = api.post("/v1/ask", content=b'{"question": "\\ud800"}', headers=headers)
    problem(response, 422, "invalid-request")


def test_refused_values_are_not_repeated(api: httpx.Client) -> None:
    response = api.post("/v1/ask", json={"question": {"deep": "x" * 100_000}})
    problem(response, 422, "invalid-request")
    assert len(response.content) < 1000


@pytest.mark.parametrize("sent", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_question_that_is_not_sent_as_json_is_refused(
    api: httpx.Client, sent: str | None
) -> None:
    headers = {"content-type": sent} if sent else {}
    body = b'{"question": "x"}'
    response = api.post("/v1/ask", content=body, headers=headers)
    told = problem(response, 415, "unsupported-media-type")
    assert "application/json" in str(told["detail"])


def test_an_upload_of_another_kind_is_refused(api: httpx.Client) -> None:
    response = api.post("/v1/articles", content=b"%PDF-1.7", headers={"content-type": "image/png"})
    told = problem(response, 415, "unsupported-media-type")
    assert "text/markdown" in str(told["detail"])


def test_a_huge_body_is_refused_before_it_is_read(api: httpx.Client) -> None:
    host, port = api.base_url.host, api.base_url.port
    assert port is not None
    with socket.create_connection((host, port), timeout=10) as line:
        line.sendall(
            f"POST /v1/ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            "Content-Length: 900000000000\r\n\r\n{".encode()
        )
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "/problems/too-large" in answer


def test_a_huge_body_that_does_not_tell_its_size_is_cut_off(api: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(400):
            yield b"x" * 100_000

    headers = {"content-type": "text/plain"}
    try:
        response = api.post("/v1/articles", content=endless(), headers=headers)
    except httpx.WriteError:  # the server may close while the client still sends
        return
    problem(response, 413, "too-large")


def test_a_wrong_cursor_is_a_problem(api: httpx.Client) -> None:
    for cursor in ("x", "!!!", "e30", "WyJmaWd1cmVzIiwxXQ", "W10", "bnVsbA", "é", "W" * 900):
        response = api.get("/v1/articles", params={"cursor": cursor})
        problem(response, 400, "wrong-cursor")
    response = api.get("/v1/articles", params={"cursor": "W" * 5000})
    problem(response, 422, "invalid-request")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_page_of_another_site_cannot_write(api: httpx.Client, headers: dict[str, str]) -> None:
    sent = {"content-type": "text/plain", **headers}
    response = api.post("/v1/articles", content=b"An article.", headers=sent)
    problem(response, 403, "cross-origin")
    problem(api.delete("/v1/articles/x", headers=headers), 403, "cross-origin")


def test_a_page_of_this_server_is_let_through(api: httpx.Client) -> None:
    origin = str(api.base_url).rstrip("/")
    for headers in ({"origin": origin}, {"sec-fetch-site": "same-origin", "origin": origin}):
        problem(api.delete("/v1/articles/x", headers=headers), 404, "not-found")


def test_an_unforeseen_error_tells_nothing_of_itself(
    api: httpx.Client, shelf: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError(f"the secret of {shelf.folder}")

    monkeypatch.setattr(shelf, "articles", broken)
    response = api.get("/v1/articles")
    problem(response, 500, "internal")
    assert "secret" not in response.text
    assert "ZeroDivision" not in response.text
    monkeypatch.undo()
    assert api.get("/v1/articles").status_code == 200


def test_where_the_shelf_lies_is_not_told(
    api: httpx.Client, shelf: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> None:
        raise errors.ShelfLockedError(f"another kaoju is writing to {shelf.folder}: try again")

    monkeypatch.setattr(shelf, "articles", locked)
    response = api.get("/v1/articles")
    problem(response, 503, "shelf-locked")
    assert str(shelf.folder) not in response.text
    assert int(response.headers["retry-after"]) > 0


def test_every_error_class_has_its_kind_of_problem() -> None:
    classes = [
        found
        for found in vars(errors).values()
        if isinstance(found, type) and issubclass(found, errors.KaojuError)
    ]
    named = {found: problems.kind_of(found("x")).name for found in classes}
    internal = {found for found, name in named.items() if name == "internal"}
    # These are our own mistakes, or never met while serving.
    assert internal == {errors.KaojuError, errors.DimensionMismatchError, errors.AddressError}
    assert named[errors.UnreadableArticleError] == "unreadable-article"
    assert named[errors.IndexMismatchError] == "index-mismatch"


def test_every_kind_of_problem_is_explained_where_its_type_leads(api: httpx.Client) -> None:
    for name, kind in problems.KINDS.items():
        explained = api.get(f"/problems/{name}")
        assert explained.status_code == 200
        assert kind.meaning in explained.text
        assert kind.title in explained.text
