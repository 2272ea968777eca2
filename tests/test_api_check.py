"""`POST /v1/check` as a program uses it, and that it says what Python and the shell say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kaoju import KnowledgeBase, Span, wire
from kaoju.api import telling
from kaoju.cli import main
from kaoju.codec import to_json
from serving import serving
from test_api import told
from test_error_shape import problem

EN = "The stablecoin market is worth about $400 billion, and Bessent expects it to grow tenfold."
ZH = "𠮷野家😀说，美国每年的财政赤字约为GDP的8%。贝森特预测，稳定币市场到本十年末可望增长十倍。"
OTHER = "Tesla delivered 380,000 cars. I think inflation will hit 9% by spring."
HTML = "<p>The stablecoin market is worth <b>$400</b>&nbsp;billion.</p>"
DRAFTS = [EN, ZH, f"{EN}\n\n{ZH}\r\n{OTHER}", HTML, "# *Nothing* to check"]


@pytest.fixture(scope="module")
def kb(corpus_shelf: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(corpus_shelf) as opened:
        yield opened


@pytest.fixture(scope="module")
def api(kb: KnowledgeBase) -> Iterator[httpx.Client]:
    with serving(kb) as client:
        yield client


def check(api: httpx.Client, text: str, **fields: str) -> Any:
    return told(api.post("/v1/check", json={"text": text, **fields}), wire.Check)


def without(value: Any, *names: str) -> Any:
    if isinstance(value, dict):
        return {k: without(v, *names) for k, v in value.items() if k not in names}
    return [without(v, *names) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("draft", DRAFTS)
def test_python_the_shell_and_http_say_the_same(
    api: httpx.Client, kb: KnowledgeBase, corpus_shelf: Path, draft: str
) -> None:
    over_http = without(check(api, draft)["verdicts"], "selectors", "quotes")
    assert over_http == to_json(kb.check(draft))
    arguments = ["check", "-", "--json", "--shelf", str(corpus_shelf)]
    ran = CliRunner().invoke(main, arguments, input=draft.encode())
    assert [json.loads(line) for line in ran.stdout.splitlines()] == over_http
    assert ran.exit_code == any(v["status"] == "contradicted" for v in over_http)


@pytest.mark.parametrize("draft", DRAFTS)
def test_pieces_are_the_draft_and_each_mark_its_figure(api: httpx.Client, draft: str) -> None:
    found = check(api, draft)
    assert "".join(piece["text"] for piece in found["pieces"]) == draft
    assert all(piece["text"] for piece in found["pieces"])
    for n, verdict in enumerate(found["verdicts"]):
        marked = "".join(p["text"] for p in found["pieces"] if n in p["marks"])
        span = verdict["figure"]["span"]
        assert marked == verdict["figure"]["surface"] == draft[span["start"] : span["end"]]


def test_counts_are_those_of_the_verdicts(api: httpx.Client) -> None:
    found = check(api, f"{EN} {OTHER}")
    statuses = [verdict["status"] for verdict in found["verdicts"]]
    assert found["counts"] == {name: statuses.count(name) for name in found["counts"]}
    assert found["counts"]["contradicted"] == 1
    assert found["counts"]["outdated"] == 0
    assert len(found["counts"]) == 8


@pytest.mark.parametrize("draft", [EN, ZH])
def test_evidence_is_a_slice_of_its_article_with_the_stated_figure_marked(
    api: httpx.Client, draft: str
) -> None:
    cited = [v for v in check(api, draft)["verdicts"] if v["evidence"]]
    assert cited
    for verdict in cited:
        for citation, stated, quote in zip(
            verdict["evidence"], verdict["stated"], verdict["quotes"], strict=True
        ):
            text = api.get(f"/v1/articles/{citation['document_id']}").json()["document"]["text"]
            start, end = citation["span"]["start"], citation["span"]["end"]
            by_words, by_place = citation["selectors"]
            assert text[start:end] == citation["quote"] == by_words["exact"]
            assert (by_place["start"], by_place["end"]) == (start, end)
            assert "".join(piece["text"] for piece in quote) == citation["quote"]
            marked = "".join(piece["text"] for piece in quote if piece["marks"])
            assert marked == stated["surface"]


def test_filters_and_form_hold(api: httpx.Client) -> None:
    true = "The stablecoin market is worth about $300 billion."
    assert check(api, true)["counts"]["supported"] == 1
    assert check(api, true, until="2020-01-01")["counts"]["not_found"] == 1
    assert check(api, true, since="2030-01-01")["counts"]["not_found"] == 1
    assert check(api, true, source="no such desk")["counts"]["not_found"] == 1
    (verdict,) = check(api, true, language="zh")["verdicts"]
    assert {c["document_id"] for c in verdict["evidence"]} == {"treasury-truce-2025-zh"}
    (verdict,) = check(api, "<b>$400</b> billion is what the market is worth", form="html")[
        "verdicts"
    ]
    assert verdict["figure"]["surface"] == "$400</b> billion"


@pytest.mark.parametrize(
    ("body", "status", "name", "detail"),
    [
        ({}, 422, "invalid-request", "#/text"),
        ({"text": ""}, 422, "invalid-request", "#/text"),
        ({"text": 5}, 422, "invalid-request", "#/text"),
        ({"text": "5%", "form": "docx"}, 422, "invalid-request", "#/form"),
        ({"text": "5%", "reference_date": "today"}, 422, "invalid-request", "#/reference_date"),
        ({"text": "5%", "language": "fr"}, 422, "invalid-request", "#/language"),
        ({"text": "5%", "k": 5}, 422, "invalid-request", "#/k"),
        ({"text": " \n"}, 422, "invalid-input", "empty"),
        ({"text": "<p> </p>"}, 422, "invalid-input", "empty"),
        ({"text": "5% " * 70_000}, 422, "invalid-input", "at most 200000"),
        (
            {"text": "5%", "since": "2025-02-01", "until": "2025-01-01"},
            *(422, "invalid-filter", "lies after"),
        ),
    ],
)
def test_a_draft_that_cannot_be_checked_is_a_problem(
    api: httpx.Client, body: dict[str, Any], status: int, name: str, detail: str
) -> None:
    assert detail in str(problem(api.post("/v1/check", json=body), status, name)["detail"])


def test_a_draft_is_sent_as_json_by_a_page_of_this_server(api: httpx.Client) -> None:
    problem(api.post("/v1/check", content=b"5%"), 415, "unsupported-media-type")
    foreign = {"origin": "https://evil.example"}
    problem(api.post("/v1/check", json={"text": "5%"}, headers=foreign), 403, "cross-origin")
    assert set(api.get("/v1/check").headers["allow"].split(", ")) == {"POST"}


def test_metrics_count_verdicts(api: httpx.Client) -> None:
    def counted(status: str) -> int:
        name = f'kaoju_verdicts_total{{status="{status}"}} '
        (line,) = [row for row in api.get("/metrics").text.splitlines() if row.startswith(name)]
        return int(line.removeprefix(name))

    before = {status: counted(status) for status in ("contradicted", "supported", "outdated")}
    counts = check(api, EN)["counts"]
    for status, n in before.items():
        assert counted(status) == n + counts[status]


@given(
    st.text(alphabet="ab 甲乙𠮷😀\r\n\t", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 60)), max_size=6),
)
def test_a_text_is_cut_at_every_mark(text: str, edges: list[tuple[int, int]]) -> None:
    marks = [Span(a, b) for a, b in edges if a < b <= len(text)]
    pieces = telling.pieces(text, Span(0, len(text)), marks)
    assert "".join(piece["text"] for piece in pieces) == text
    assert all(piece["text"] for piece in pieces)
    for n, mark in enumerate(marks):
        assert "".join(p["text"] for p in pieces if n in p["marks"]) == mark.of(text)
