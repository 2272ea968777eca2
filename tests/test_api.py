"""The HTTP API as a program uses it: a real client, a real server, the bundled corpus."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kaoju import knowledge_base, types, wire
from kaoju.api import telling
from kaoju.api.app import create_app
from kaoju.cli import main
from kaoju.knowledge_base import KnowledgeBase
from serving import serving

ROOT = Path(__file__).resolve().parent.parent
ZH = "贝森特预测稳定币市场到本十年末会增长多少倍？"
EN = "How big is the stablecoin market?"
UNANSWERED = "Who won the 1998 football World Cup?"
RARE = (
    "𠮷野家宣布😀新店开业。\n\n𠮷野家的销售额达到3.5亿元，😀店长陶喆说增长了12%。\n"
    "👨‍👩‍👧 一家人都来了。"
)


@pytest.fixture(scope="module")
def api(corpus_shelf: Path) -> Iterator[httpx.Client]:
    """A server on the bundled corpus, for tests that only read."""
    with KnowledgeBase.open(corpus_shelf) as kb, serving(kb) as client:
        yield client


@pytest.fixture
def own(own_shelf: Path) -> Iterator[httpx.Client]:
    """A server on a shelf of the test's own."""
    with KnowledgeBase.open(own_shelf) as kb, serving(kb) as client:
        yield client


def told(response: httpx.Response, shape: Any, status: int = 200) -> Any:
    """What a response says, after checking that it has the shape that OpenAPI tells."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    TypeAdapter(shape).validate_json(response.content, strict=True)
    return response.json()


def put(client: httpx.Client, name: str, text: str, **fields: str) -> httpx.Response:
    return client.put(f"/v1/articles/{name}", json={"text": text, **fields})


# Asking ---------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [ZH, EN])
def test_every_quote_is_the_slice_that_its_span_and_selectors_name(
    api: httpx.Client, question: str
) -> None:
    answer = told(api.post("/v1/ask", json={"question": question}), wire.Answer)
    assert not answer["abstained"]
    assert answer["citations"]
    assert answer["text"] == "\n".join(s["text"] for s in answer["sentences"])
    for found in [*answer["citations"], *answer["hits"]]:
        article = told(api.get(f"/v1/articles/{found['document_id']}"), wire.ArticleDetail)
        text = article["document"]["text"]
        start, end = found["span"]["start"], found["span"]["end"]
        quote, position = found["selectors"]
        assert text[start:end] == found.get("quote", found.get("text")) == quote["exact"]
        assert (position["start"], position["end"]) == (start, end)
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert quote["prefix"] or start == 0
        assert quote["suffix"] or end == len(text)


def test_the_command_line_and_http_answer_alike(api: httpx.Client, corpus_shelf: Path) -> None:
    def without_selectors(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: without_selectors(v) for k, v in value.items() if k != "selectors"}
        return [without_selectors(v) for v in value] if isinstance(value, list) else value

    for question in (ZH, EN, UNANSWERED):
        ran = CliRunner().invoke(main, ["ask", question, "--json", "--shelf", str(corpus_shelf)])
        assert ran.exit_code == 0, ran.output
        answer = told(api.post("/v1/ask", json={"question": question}), wire.Answer)
        assert without_selectors(answer) == json.loads(ran.stdout)


def test_a_question_that_the_articles_do_not_answer_is_declined(api: httpx.Client) -> None:
    answer = told(api.post("/v1/ask", json={"question": UNANSWERED}), wire.Answer)
    assert answer["abstained"]
    assert answer["reason"]
    assert answer["sentences"] == answer["citations"] == []
    assert answer["value"] is None


def test_filters_of_a_question_hold(api: httpx.Client) -> None:
    body = {"question": EN, "language": "zh", "k": 3}
    answer = told(api.post("/v1/ask", json=body), wire.Answer)
    assert {hit["language"] for hit in answer["hits"]} == {"zh"}
    assert len(answer["hits"]) <= 3
    late = api.post("/v1/ask", json={"question": EN, "since": "2030-01-01"})
    assert told(late, wire.Answer)["hits"] == []
    wrong = api.post("/v1/ask", json={"question": EN, "since": "2025-02-01", "until": "2025-01-01"})
    assert wrong.status_code == 422
    assert wrong.json()["type"] == "/problems/invalid-filter"
    unknown = api.post("/v1/ask", json={"question": EN, "entity": "Nobody of Nowhere"})
    assert unknown.status_code == 404


def test_search_ranks_and_explains(api: httpx.Client) -> None:
    found = told(
        api.get("/v1/search", params={"query": "Bessent stablecoins", "k": 4}), wire.SearchResult
    )
    assert found["query"] == "Bessent stablecoins"
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3, 4]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert all(hit["sources"] for hit in found["hits"])
    assert "tablecoin" in found["hits"][0]["text"] or "稳定币" in found["hits"][0]["text"]


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE articles; --",
        "\x00\x01\x7f",
        '" OR text:* AND (',
        "𠮷😀👨‍👩‍👧",
        "？！。，",
        "a" * 2000,
        "规" * 2000,
        "\u202eesrever\u2066",
        "NEAR/3 [1 TO 2] ^9 ~",
    ],
)
def test_hostile_questions_are_questions(api: httpx.Client, question: str) -> None:
    answer = told(api.post("/v1/ask", json={"question": question}), wire.Answer)
    assert answer["question"] == question
    told(api.get("/v1/search", params={"query": question}), wire.SearchResult)


def test_a_question_that_is_too_long_says_how_long_it_may_be(api: httpx.Client) -> None:
    response = api.post("/v1/ask", json={"question": "长" * 2001})
    assert response.status_code == 422
    assert "2000" in response.json()["detail"]


# Figures, claims, entities --------------------------------------------------------------


def test_figures_of_a_text_are_read_without_the_shelf(api: httpx.Client) -> None:
    found = told(api.post("/v1/figures", json={"text": "😀期限超30万亿美元"}), wire.FigureList)
    (figure,) = [f for f in found["figures"] if f["dimension"] == "money"]
    assert figure["value"] == 30_000_000_000_000
    assert figure["unit"] == "USD"
    text = "😀期限超30万亿美元"
    assert text[figure["span"]["start"] : figure["span"]["end"]] == figure["surface"]


def test_stored_figures_are_filtered_and_cited(api: httpx.Client) -> None:
    wanted = {"dimension": "money", "unit": "USD", "minimum": "290e9", "maximum": "310e9"}
    found = told(api.get("/v1/figures", params=wanted), wire.FigurePage)
    assert found["next"] is None
    assert {f["value"] for f in found["figures"]} == {300_000_000_000}
    assert {f["citation"]["document_id"] for f in found["figures"]} == {
        f["document_id"] for f in found["figures"]
    }
    for figure in found["figures"]:
        assert figure["citation"]["quote"] == figure["surface"]
        assert figure["citation"]["span"] == figure["span"]
    wrong = api.get("/v1/figures", params={"minimum": 2, "maximum": 1})
    assert wrong.json()["type"] == "/problems/invalid-filter"


def test_claims_of_a_speaker_are_found_by_the_name_in_either_language(api: httpx.Client) -> None:
    by_name = {
        name: told(api.get("/v1/claims", params={"said_by": name}), wire.ClaimPage)["claims"]
        for name in ("Bessent", "贝森特")
    }
    assert by_name["Bessent"] == by_name["贝森特"]
    assert any("tenfold" in claim["text"] for claim in by_name["Bessent"])
    for claim in by_name["Bessent"]:
        assert claim["citation"]["quote"] == claim["text"]


def test_an_entity_has_its_names_in_both_languages(api: httpx.Client) -> None:
    listed = told(api.get("/v1/entities"), wire.EntityPage)["entities"]
    counts = [entity["mention_count"] for entity in listed]
    assert counts == sorted(counts, reverse=True)
    (bessent,) = told(api.get("/v1/entities", params={"name": "Bessent"}), wire.EntityPage)[
        "entities"
    ]
    names = {name for _, name in bessent["names"]}
    assert names >= {"Scott Bessent"}
    assert any("贝森特" in name for name in names)
    detail = told(api.get(f"/v1/entities/{bessent['id']}"), wire.EntityDetail)
    assert detail["entity"] == bessent
    assert detail == told(api.get("/v1/entities/贝森特"), wire.EntityDetail)
    for claim, citation in [*detail["said"], *detail["about"]]:
        assert citation["quote"] == claim["text"]
    assert api.get("/v1/entities/Nobody of Nowhere").status_code == 404


# Lists ----------------------------------------------------------------------------------


def every(client: httpx.Client, path: str, name: str) -> list[Any]:
    """All rows of a list, following the Link header from page to page."""
    rows: list[Any] = []
    following: str | None = path
    while following is not None:
        response = client.get(following)
        assert response.status_code == 200, response.text
        page = response.json()
        rows += page[name]
        link = response.links.get("next", {}).get("url")
        assert (link is None) == (page["next"] is None)
        following = link
    return rows


def test_pages_of_a_list_make_the_whole_list(api: httpx.Client) -> None:
    for path, name in (
        ("/v1/articles", "articles"),
        ("/v1/entities", "entities"),
        ("/v1/figures", "figures"),
        ("/v1/claims", "claims"),
        ("/v1/figures?dimension=money", "figures"),
    ):
        whole = every(api, f"{path}{'&' if '?' in path else '?'}limit=200", name)
        pieces = every(api, f"{path}{'&' if '?' in path else '?'}limit=3", name)
        assert pieces == whole
        assert len({json.dumps(row) for row in whole}) == len(whole) > 0


def test_articles_come_newest_first(api: httpx.Client) -> None:
    listed = told(api.get("/v1/articles"), wire.ArticlePage)["articles"]
    days = [article["published_on"] for article in listed]
    assert days == sorted(days, reverse=True)
    assert len(listed) == 4


def test_a_list_neither_repeats_nor_skips_while_articles_come_in(own: httpx.Client) -> None:
    before = [article["id"] for article in every(own, "/v1/articles", "articles")]
    first = own.get("/v1/articles?limit=2")
    put(
        own, "newest", "The newest article says that 5 percent is a lot.", published_on="2030-01-01"
    )
    put(
        own, "oldest", "The oldest article says that 6 percent is a lot.", published_on="1990-01-01"
    )
    put(own, "undated", "The undated article says that 7 percent is a lot.")
    rest = every(own, first.links["next"]["url"], "articles")
    seen = [a["id"] for a in first.json()["articles"]] + [a["id"] for a in rest]
    assert seen == [*before, "oldest", "undated"]
    assert own.delete(f"/v1/articles/{before[1]}").status_code == 204
    rest = every(own, first.links["next"]["url"], "articles")
    assert [a["id"] for a in rest] == [*before[2:], "oldest", "undated"]


# Articles -------------------------------------------------------------------------------


def test_an_article_has_a_strong_etag_and_is_not_sent_twice(api: httpx.Client) -> None:
    (article, *_) = told(api.get("/v1/articles"), wire.ArticlePage)["articles"]
    path = f"/v1/articles/{article['id']}"
    response = api.get(path)
    etag = response.headers["etag"]
    assert etag.startswith(f'"{article["version"]}')
    for header in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = api.get(path, headers={"if-none-match": header})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    assert api.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_an_article_lives_from_put_to_delete(own: httpx.Client) -> None:
    first = put(own, "rice", RARE, title="𠮷野家开新店", published_on="2025-11-05")
    (row,) = told(first, wire.AddReport, 201)["rows"]
    assert (row["status"], row["document_id"]) == ("added", "rice")
    assert first.headers["location"] == "/v1/articles/rice"
    (row,) = told(
        put(own, "rice", RARE, title="𠮷野家开新店", published_on="2025-11-05"), wire.AddReport
    )["rows"]
    assert row["status"] == "unchanged"
    got = own.get("/v1/articles/rice")
    article = told(got, wire.ArticleDetail)
    assert article["document"]["text"] == RARE
    assert article["article"]["published_on"] == "2025-11-05"
    changed = {"text": RARE.replace("12%", "13%"), "title": "𠮷野家开新店"}
    stale = own.put("/v1/articles/rice", json=changed, headers={"if-match": '"stale"'})
    assert stale.status_code == 412
    assert stale.json()["type"] == "/problems/precondition-failed"
    fresh = own.put("/v1/articles/rice", json=changed, headers={"if-match": got.headers["etag"]})
    assert told(fresh, wire.AddReport)["rows"][0]["status"] == "updated"
    assert own.get("/v1/articles/rice").headers["etag"] != got.headers["etag"]
    only_new = own.put("/v1/articles/rice", json=changed, headers={"if-none-match": "*"})
    assert only_new.status_code == 412
    missing = own.put("/v1/articles/none", json=changed, headers={"if-match": "*"})
    assert missing.status_code == 412
    assert own.get("/v1/articles/none").status_code == 404
    assert own.delete("/v1/articles/rice", headers={"if-match": '"stale"'}).status_code == 412
    assert own.delete("/v1/articles/rice").status_code == 204
    assert own.get("/v1/articles/rice").status_code == 404
    assert own.delete("/v1/articles/rice").status_code == 404
    found = told(own.get("/v1/search", params={"query": "𠮷野家"}), wire.SearchResult)
    assert "rice" not in {hit["document_id"] for hit in found["hits"]}


@pytest.mark.parametrize(
    "article_id", ["..", "-x", "a b", "a%2Fb", ".hidden", "x" * 129, "<script>", "%0a"]
)
def test_an_id_that_would_be_awkward_anywhere_is_refused(
    own: httpx.Client, article_id: str
) -> None:
    response = put(own, article_id.replace("..", "%2e%2e"), "An article about 5 percent.")
    assert response.status_code in (404, 405, 422), response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert len(every(own, "/v1/articles", "articles")) == 4


def test_an_article_comes_as_text_markdown_or_html(own: httpx.Client) -> None:
    sentence = "The stablecoin market of Ruritania is worth about 7 billion crowns."
    html = (
        "<html><head><title>Ruritania</title></head><body><article><h1>Ruritania</h1>"
        f"<p>{sentence}</p><p>The crown has been stable since March, officials say, and the"
        " central bank expects that to continue through the whole of next year.</p>"
        "<script>alert(1)</script></article></body></html>"
    )
    forms = {"text": sentence, "markdown": f"# Ruritania\n\n{sentence}", "html": html}
    for kind, text in forms.items():
        url = f"https://example.org/{kind}"
        body = {kind: text, "url": url, "title": "Ruritania", "published_on": "2025-01-02"}
        report = told(own.post("/v1/articles", json=body), wire.AddReport, 201)
        (row,) = report["rows"]
        article = told(own.get(f"/v1/articles/{row['document_id']}"), wire.ArticleDetail)
        assert sentence in article["document"]["text"]
        assert "alert" not in article["document"]["text"]
        assert article["document"]["url"] == url
        assert article["document"]["title"] == "Ruritania"
        assert article["document"]["published_on"] == "2025-01-02"
    again = told(own.post("/v1/articles", json=body), wire.AddReport)
    assert again["rows"][0]["status"] == "unchanged"


def test_two_articles_of_one_publisher_stay_two(own: httpx.Client) -> None:
    for n in (1, 2):
        body = {"text": f"Article {n} says that 5 percent is a lot.", "source": "Example Wire"}
        told(own.post("/v1/articles", json=body), wire.AddReport, 201)
    sources = [a["source"] for a in every(own, "/v1/articles", "articles")]
    assert sources.count("Example Wire") == 2


def test_a_file_comes_letter_for_letter_in_its_own_encoding(own: httpx.Client) -> None:
    text = "朱镕基谈改革\n\n朱镕基说，改革要坚持到底。歌手陶喆和作家堃先生也在场，共有300人参加。\n"
    response = own.post(
        "/v1/articles",
        params={"source": "notes/reform.txt"},
        content=text.encode("gb18030"),
        headers={"content-type": "text/plain"},
    )
    (row,) = told(response, wire.AddReport, 201)["rows"]
    assert row["encoding"] == "gb18030"
    article = told(own.get(f"/v1/articles/{row['document_id']}"), wire.ArticleDetail)
    assert article["document"]["text"] == text.strip("\n")
    assert article["document"]["source"] == "notes/reform.txt"


def test_a_file_with_two_articles_makes_two(own: httpx.Client) -> None:
    two = b"".join(
        f"---\ntitle: Article {n}\n---\n\nThe article says that {n} percent is a lot.\n\n".encode()
        for n in (5, 6)
    )
    headers = {"content-type": "text/markdown"}
    report = told(own.post("/v1/articles", content=two, headers=headers), wire.AddReport, 201)
    assert [row["title"] for row in report["rows"]] == ["Article 5", "Article 6"]
    wrong = own.put("/v1/articles/one", content=two, headers=headers)
    assert wrong.status_code == 422
    assert "2" in wrong.json()["detail"]
    assert own.get("/v1/articles/one").status_code == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"   \n", b"%PDF-1.7 not text", b"\x00\xff\xfe\x81\x82" * 50],
)
def test_a_body_without_an_article_says_why(own: httpx.Client, body: bytes) -> None:
    response = own.post("/v1/articles", content=body, headers={"content-type": "text/plain"})
    assert response.status_code == 422, response.text
    assert response.json()["type"] == "/problems/unreadable-article"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "a", "html": "b"},
        {"text": 5},
        {"text": "a", "published_on": "2025-02-30"},
        {"text": "a", "language": "fr"},
        {"text": "a", "tittle": "b"},
        [],
    ],
)
def test_an_article_that_is_told_wrongly_is_refused(own: httpx.Client, body: object) -> None:
    response = own.post("/v1/articles", json=body)
    assert response.status_code == 422, response.text
    assert response.json()["type"] == "/problems/invalid-request"
    assert response.json()["errors"]


# Marks ----------------------------------------------------------------------------------


def test_marks_fall_on_the_printed_characters(own: httpx.Client) -> None:
    put(own, "rice", RARE)
    quotes = ["𠮷野家的销售额达到3.5亿元", "😀店长陶喆", "👨‍👩‍👧 一家人"]
    spans = [(RARE.index(q), RARE.index(q) + len(q)) for q in quotes]
    marks = [("mark", f"{start}-{end}") for start, end in spans]
    found = told(own.get("/v1/articles/rice/blocks", params=marks), wire.MarkedArticle)
    pieces = [piece for block in found["blocks"] for piece in block["pieces"]]
    for n, quote in enumerate(quotes):
        assert "".join(p["text"] for p in pieces if n in p["marks"]) == quote
    assert "".join(p["text"] for p in pieces) == RARE.replace("\n", "")


def test_marks_of_another_version_are_not_laid_on_this_one(own: httpx.Client) -> None:
    put(own, "rice", RARE)
    version = own.get("/v1/articles/rice").json()["document"]["version"]
    path = "/v1/articles/rice/blocks"
    asked = {"mark": "0-3", "version": version}
    assert own.get(path, params=asked).status_code == 200
    put(own, "rice", "前言。" + RARE)
    assert own.get(path, params=asked).status_code == 404
    assert own.get(path).status_code == 200


@pytest.mark.parametrize("mark", ["5-5", "9-3", "0-999999", "999998-999999"])
def test_a_mark_outside_the_text_is_refused(own: httpx.Client, mark: str) -> None:
    put(own, "rice", RARE)
    response = own.get("/v1/articles/rice/blocks", params={"mark": mark})
    assert response.status_code == 422
    assert mark in response.json()["detail"]


@given(
    st.text(alphabet="ab 甲乙𠮷😀\n\t", min_size=1, max_size=60).filter(str.strip),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 60)), max_size=5),
)
def test_pieces_are_the_text_and_each_mark_its_slice(
    text: str, edges: list[tuple[int, int]]
) -> None:
    marks = [types.Span(a, b) for a, b in edges if a < b <= len(text)]
    document = types.Document(
        id="x",
        version="1",
        text=text,
        title="x",
        source="x",
        media_type="text/plain",
        language=types.Language.ZH,
    )
    blocks = telling.blocks(document, marks)
    pieces = [piece for block in blocks for piece in block["pieces"]]
    lines = [line for line in text.split("\n") if line.strip()]
    assert ["".join(p["text"] for p in b["pieces"]) for b in blocks] == lines
    assert all(piece["text"] for piece in pieces)
    for block in blocks:
        assert text[block["span"]["start"] : block["span"]["end"]] in lines
    for n, mark in enumerate(marks):
        marked = "".join(p["text"] for p in pieces if n in p["marks"])
        kept = text[mark.start : mark.end].split("\n")
        starts = [text.rfind("\n", 0, mark.start) + 1]
        starts += [i + 1 for i in range(mark.start, mark.end) if text[i] == "\n"]
        whole = [text[at:].split("\n")[0] for at in starts]
        expected = "".join(part for part, line in zip(kept, whole, strict=True) if line.strip())
        assert marked == expected


# The server -----------------------------------------------------------------------------


def test_a_head_request_tells_what_get_would(api: httpx.Client) -> None:
    for path in ("/", "/livez", "/v1/articles", "/openapi.json", "/v1/articles/nothing"):
        got, head = api.get(path), api.head(path)
        assert head.status_code == got.status_code
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.content == b""


def test_alive_and_ready(api: httpx.Client) -> None:
    assert told(api.get("/livez"), wire.Liveness) == {"status": "alive"}
    ready = told(api.get("/readyz"), wire.Readiness)
    assert ready["articles"] == 4
    assert ready["passages"] > 4
    assert ready["indexes"]["generation"] >= 1


def test_not_ready_when_the_indexes_do_not_match(own_shelf: Path) -> None:
    (manifest,) = (own_shelf / "indexes").rglob("manifest.json")
    text = manifest.read_text(encoding="utf-8")
    tampered = re.sub(r'("analyzer":\s*")', r"\1other ", text)
    assert tampered != text
    manifest.write_text(tampered, encoding="utf-8")
    with KnowledgeBase.open(own_shelf) as kb, serving(kb) as client:
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["type"] == "/problems/index-mismatch"
        assert "kaoju sync" in response.json()["detail"]
        assert client.get("/livez").status_code == 200
        assert client.post("/v1/ask", json={"question": EN}).status_code == 503
        assert client.get("/v1/articles").status_code == 200
        assert client.get("/metrics").status_code == 200


def test_metrics_count_what_was_asked(own: httpx.Client) -> None:
    def series() -> dict[str, float]:
        response = own.get("/metrics")
        assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        lines = [line for line in response.text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    before = series()
    own.post("/v1/ask", json={"question": EN})
    own.post("/v1/ask", json={"question": UNANSWERED})
    for n in range(5):
        own.get(f"/v1/articles/nothing-{n}")
        own.get(f"/nowhere/{n}")
    own.request("BREW", "/livez")
    after = series()

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('kaoju_answers_total{outcome="answered"}') == 1
    assert grown('kaoju_answers_total{outcome="abstained"}') == 1
    requests = "kaoju_http_requests_total"
    assert grown(f'{requests}{{method="POST",route="/v1/ask",status="200"}}') == 2
    template = 'route="/v1/articles/{article_id}"'
    assert grown(f'{requests}{{method="GET",{template},status="404"}}') == 5
    assert grown(f'{requests}{{method="GET",route="unmatched",status="404"}}') == 5
    assert any('method="other"' in name for name in after)
    duration = "kaoju_http_request_duration_seconds"
    assert after[f'{duration}_bucket{{route="/v1/ask",le="+Inf"}}'] == 2
    assert after[f'{duration}_count{{route="/v1/ask"}}'] == 2
    assert after["kaoju_articles"] == 4
    assert after["kaoju_passages"] > 4
    assert after["kaoju_figures"] > 4
    assert not any("nothing-" in name or "nowhere" in name for name in after)


def test_asking_goes_on_while_an_article_is_replaced(own: httpx.Client) -> None:
    texts = [
        "The stablecoin market of Ruritania is worth 7 billion crowns.\nIt grew by 5 percent.",
        "报告。\nRuritania has a stablecoin market that is worth 9 billion crowns, its bank says.",
    ]

    def ask(_: int) -> None:
        answer = told(
            own.post(
                "/v1/ask", json={"question": "How big is the stablecoin market of Ruritania?"}
            ),
            wire.Answer,
        )
        for citation in answer["citations"]:
            if citation["document_id"] == "ruritania":
                start, end = citation["span"]["start"], citation["span"]["end"]
                assert citation["quote"] in [text[start:end] for text in texts]

    def replace(n: int) -> None:
        response = put(own, "ruritania", texts[n % 2])
        assert response.status_code in (200, 201), response.text

    def read(_: int) -> None:
        response = own.get("/v1/articles/ruritania")
        article = told(response, wire.ArticleDetail)
        text = article["document"]["text"]
        assert text in texts
        for figure in article["figures"]:
            assert text[figure["span"]["start"] : figure["span"]["end"]] == figure["surface"]

    replace(0)
    with ThreadPoolExecutor(24) as pool:
        work: list[tuple[Callable[[int], None], int]] = []
        for n in range(20):
            work += [(ask, n), (read, n)]
            if n % 5 == 0:
                work.append((replace, n // 5))
        for done in [pool.submit(do, n) for do, n in work]:
            done.result()
    assert own.get("/readyz").status_code == 200


# OpenAPI and shapes ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with KnowledgeBase.open(tmp_path_factory.mktemp("empty") / "shelf") as kb:
        return create_app(kb).openapi()


def test_the_committed_openapi_document_is_current(document: dict[str, Any]) -> None:
    committed = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert committed == json.loads(json.dumps(document)), "run scripts/write_openapi.py"


def test_the_server_gives_out_the_document(api: httpx.Client, document: dict[str, Any]) -> None:
    assert api.get("/openapi.json").json() == json.loads(json.dumps(document))


def test_every_operation_has_an_id_an_example_and_its_problems(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    operations = [o for path in document["paths"].values() for o in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids) > 15
    for operation in operations:
        name = operation["operationId"]
        assert operation["summary"], name
        assert operation["description"], name
        for status, response in operation["responses"].items():
            if status >= "400":
                assert set(response["content"]) == {"application/problem+json"}, (name, status)
            elif status not in ("204", "304"):
                (media,) = response["content"].values()
                assert "example" in media, (name, status)
        assert "500" in operation["responses"], name


def test_examples_have_the_shapes_that_they_show(document: dict[str, Any]) -> None:
    checked = 0
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                for media in response.get("content", {}).values():
                    reference = media.get("schema", {}).get("$ref", "")
                    if reference and status < "400":
                        shape = getattr(wire, reference.rsplit("/", 1)[1])
                        shape.model_validate_json(json.dumps(media["example"]))
                        checked += 1
    assert checked >= 15


_NOUNS = (
    "Span Figure Mention Entity Claim Citation Rank Hit Value Sentence Answer Heading Document"
    " Passage Article AddRow AddReport Difference Verdict"
)
_SHAPED = [(getattr(types, name), name) for name in _NOUNS.split()]
_SHAPED += [
    (knowledge_base.ArticleDetail, "ArticleDetail"),
    (knowledge_base.EntityDetail, "EntityDetail"),
]


@pytest.mark.parametrize(("noun", "name"), _SHAPED, ids=[name for _, name in _SHAPED])
def test_a_shape_has_the_fields_of_its_noun(noun: type, name: str) -> None:
    # Where an article's file lies on the machine that serves it is not told.
    own = {field.name for field in dataclasses.fields(noun)} - {"file"}
    added = set(getattr(wire, name).model_fields) - own
    assert own <= set(getattr(wire, name).model_fields)
    told = {"Answer": {"text", "citations"}, "Verdict": {"quotes"}}
    assert added <= told.get(name, {"selectors"})


def test_the_page_needs_nobody_else(api: httpx.Client) -> None:
    for path, kind in (
        ("/", "text/html"),
        *(
            (f"/{name}.js", "text/javascript")
            for name in ["app", "check", "page", "reader", "texts"]
        ),
        ("/style.css", "text/css"),
        ("/favicon.svg", "image/svg+xml"),
    ):
        response = api.get(path)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(kind)
        assert "default-src 'self'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        addresses = re.findall(r"(?:https?:|[\"'(])//[^\s\"')]+", response.text)
        assert [a for a in addresses if not a.endswith("//www.w3.org/2000/svg")] == []
        assert "innerHTML" not in response.text
        etag = response.headers["etag"]
        assert api.get(path, headers={"if-none-match": etag}).status_code == 304
