"""The page in a real browser: it asks, cites, shows the article, and lets no markup in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from browsing import Page, chromium
from kaoju.knowledge_base import KnowledgeBase
from serving import serving

pytestmark = pytest.mark.browser
EN = "How big is the stablecoin market?"
ZH = "稳定币市场规模有多大？"
UNANSWERED = "Who won the 1998 football World Cup?"
RARE = (
    "𠮷野家开新店<script>window.hacked = 1</script>\n\n"
    '😀😀𠮷野家的店长说，𠮷野家新店的年租金是3.5亿元。<img src=x onerror="window.hacked = 2">\n\n'
    "👨‍👩‍👧 一家人都来了。"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def api(corpus_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server on the corpus and one article that is hard to show."""
    shelf = shutil.copytree(corpus_shelf, tmp_path_factory.mktemp("page") / "shelf")
    with KnowledgeBase.open(shelf) as kb, serving(kb) as client:
        body = {"text": RARE, "title": '"><script>window.hacked = 3</script>𠮷野家'}
        assert client.put("/v1/articles/rice", json=body).status_code == 201
        yield client


@pytest.fixture
def page(browser: Any, api: httpx.Client) -> Iterator[Page]:
    visited = Page(browser, str(api.base_url).rstrip("/"))
    visited.script("Emulation.setEmulatedMedia", {"features": []})
    visited.visit()
    visited.run("localStorage.clear()")
    visited.visit()
    visited.errors()
    yield visited
    assert visited.run("return window.hacked") is None


def citations(page: Page) -> list[dict[str, str]]:
    """The cards of an answer, as they read."""
    return list(
        page.run(
            "return [...document.querySelectorAll('.card')].map((card) => ({"
            " title: card.querySelector('h3').textContent,"
            " quote: card.querySelector('mark').textContent,"
            " whole: card.querySelector('blockquote').textContent }))"
        )
    )


@pytest.mark.parametrize("question", [EN, ZH])
def test_a_question_is_answered_with_its_citations(
    page: Page, api: httpx.Client, question: str
) -> None:
    page.ask(question)
    answer = api.post("/v1/ask", json={"question": question}).json()
    assert not answer["abstained"]
    shown = citations(page)
    assert [card["quote"] for card in shown] == [c["quote"] for c in answer["citations"]]
    assert [card["title"] for card in shown] == [c["title"] for c in answer["citations"]]
    for card, citation in zip(shown, answer["citations"], strict=True):
        before, after = card["whole"].split(citation["quote"])
        # An English word cut in two at the edge of the context is left out.
        assert citation["prefix"].endswith(before.removeprefix("…"))
        assert citation["suffix"].startswith(after.removesuffix("…"))
        assert len(before + after) > len(citation["prefix"] + citation["suffix"]) - 30
    if answer["value"]:
        assert page.text(".value") == answer["value"]["text"]
        assert float(page.one(".value").value_of_css_property("font-size")[:-2]) >= 32
    for sentence in answer["sentences"]:
        assert sentence["text"].strip() in page.text(".sentences")
    assert str(len(answer["citations"])) in page.text("#status")
    assert page.errors() == []


def test_a_click_opens_the_article_with_the_cited_sentences_marked(
    page: Page, api: httpx.Client
) -> None:
    page.ask(EN)
    answer = api.post("/v1/ask", json={"question": EN}).json()
    citation = answer["citations"][0]
    page.one("#citation-1 button").click()
    page.until(lambda: page.all("#reader mark.current"))
    assert page.text("#reader h2") == citation["title"]
    marked = page.run(
        "return [...document.querySelectorAll('#reader mark.current')]"
        ".map((mark) => mark.textContent).join('')"
    )
    assert marked == citation["quote"].replace("\n", "")
    mark = page.one("#reader mark.current")
    top, bottom = page.run(
        "const r = arguments[0].getBoundingClientRect(); return [r.top, r.bottom]", mark
    )
    assert 0 <= top < bottom <= page.run("return innerHeight")
    assert page.run("return document.activeElement.tagName") == "H2"
    page.press("\ue00c")  # Escape
    page.until(lambda: not page.one("#reader").is_displayed())
    assert page.run("return document.activeElement.closest('li').id") == "citation-1"
    assert page.errors() == []


def test_marks_are_right_behind_characters_of_two_utf16_units(
    page: Page, api: httpx.Client
) -> None:
    page.ask("𠮷野家新店的年租金是多少？")
    page.until(lambda: page.all(".card"))
    hits = api.post("/v1/ask", json={"question": "𠮷野家新店的年租金是多少？"}).json()
    sources = hits["citations"] or hits["hits"]
    place = next(i for i, c in enumerate(sources) if c["document_id"] == "rice")
    page.all(".card button")[place].click()
    page.until(lambda: page.all("#reader mark.current"))
    marked = page.run(
        "return [...document.querySelectorAll('#reader mark.current')]"
        ".map((mark) => mark.textContent).join('')"
    )
    expected = sources[place].get("quote", sources[place].get("text"))
    assert marked == "".join(line for line in expected.split("\n") if line.strip())
    assert "𠮷野家新店的年租金是3.5亿元" in marked


def test_markup_in_an_article_or_a_question_stays_text(page: Page, api: httpx.Client) -> None:
    rows = [button for button in page.all("#shelf .title") if "script" in button.text]
    (row,) = rows
    assert row.text == '"><script>window.hacked = 3</script>𠮷野家'
    row.click()
    page.until(lambda: page.one("#reader").is_displayed())
    assert "<script>window.hacked = 1</script>" in page.text("#reader")
    assert '<img src=x onerror="window.hacked = 2">' in page.text("#reader")
    hostile = "<img src=x onerror='window.hacked = 4'><script>window.hacked = 5</script>"
    page.ask(hostile)
    assert page.run("return document.querySelectorAll('main img, main script').length") == 0
    page.visit(f"/?q={httpx.QueryParams({'q': hostile})['q']}".replace("<", "%3C"))
    page.settled()
    assert page.run("return document.getElementById('question').value") == hostile
    assert page.errors() == []


def test_a_source_is_a_link_only_when_it_is_a_web_address(page: Page, api: httpx.Client) -> None:
    for name, url in (("good", "https://example.org/a"), ("bad", "javascript:window.hacked=6")):
        body = {"text": "Ruritania pays 5 percent.", "title": f"{name} link", "url": url}
        assert api.put(f"/v1/articles/{name}", json=body).status_code in (201, 422)
    page.visit()
    addresses = page.run("return [...document.querySelectorAll('#shelf a')].map((a) => a.href)")
    assert "https://example.org/a" in addresses
    assert all(address.startswith(("http://", "https://")) for address in addresses)
    for name in ("good", "bad"):
        api.delete(f"/v1/articles/{name}")


def test_a_declined_question_shows_why_and_the_nearest_passages(
    page: Page, api: httpx.Client
) -> None:
    page.ask(UNANSWERED)
    answer = api.post("/v1/ask", json={"question": UNANSWERED}).json()
    assert answer["abstained"]
    assert page.text(".declined") == answer["reason"]
    assert page.text("#status")
    assert len(page.all(".card")) == min(3, len(answer["hits"]))
    assert not page.all(".value")
    page.shoot("declined")
    if answer["hits"]:
        page.one(".card button").click()
        page.until(lambda: page.all("#reader mark.current"))
        assert page.text("#reader h2") == answer["hits"][0]["title"]


def test_a_permalink_asks_and_back_goes_back(page: Page) -> None:
    page.visit(f"/?q={ZH}")
    page.settled()
    assert page.all(".card")
    first = page.text(".sentences")
    assert ZH in page.browser.title
    page.ask(UNANSWERED)
    assert "q=Who" in page.browser.current_url
    page.browser.back()
    page.until(lambda: page.all(".sentences") and page.text(".sentences") == first)
    assert page.run("return document.getElementById('question').value") == ZH
    page.one(".note").click()
    assert "#citation-1" in page.browser.current_url
    assert page.text(".sentences") == first


def test_examples_ask_on_a_click(page: Page) -> None:
    example = page.one("#examples a")
    question = example.text
    example.click()
    page.settled()
    assert page.run("return document.getElementById('question').value") == question
    assert not page.one("#examples").is_displayed()


def test_the_language_is_chosen_and_remembered(page: Page) -> None:
    toggle = page.one("#language")
    while page.one("#language").text != "English":
        toggle.click()
    assert page.run("return document.documentElement.lang") == "zh-Hans"
    assert page.text("#shelf-title") == "架上的文章"
    page.visit()
    assert page.text("#shelf-title") == "架上的文章"
    page.ask(ZH)
    page.shoot("chinese")
    page.one("#language").click()
    assert page.text("#shelf-title") == "On the shelf"
    assert page.run("return document.documentElement.lang") == "en"
    page.visit()
    assert page.text("#shelf-title") == "On the shelf"


def test_the_keyboard_is_enough(page: Page) -> None:
    page.run("document.getElementById('question').focus()")
    page.press(EN + "\ue007")  # Enter
    page.settled()
    for _ in range(20):
        page.press("\ue004")  # Tab
        if page.run("return document.activeElement.matches('.card button')"):
            break
    outline = page.run("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.press("\ue007")
    page.until(lambda: page.all("#reader mark.current"))


def test_everything_that_can_be_pressed_has_a_name(page: Page) -> None:
    page.ask(EN)
    page.one("#citation-1 button").click()
    page.until(lambda: page.one("#reader").is_displayed())
    nameless = page.run(
        "return [...document.querySelectorAll('button, a, textarea')].filter((node) =>"
        " !(node.textContent.trim() || node.getAttribute('aria-label') ||"
        " (node.labels && node.labels.length && node.labels[0].textContent.trim())))"
        ".map((node) => node.outerHTML)"
    )
    assert nameless == []
    assert page.one("#status").get_attribute("aria-live") == "polite"
    headings = page.run("return document.querySelectorAll('h1').length")
    assert headings == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page: Page, scheme: str) -> None:
    page.prefer(scheme)
    page.visit(f"/?q={EN}")
    page.settled()
    page.shoot(scheme)
    page.one("#citation-1 button").click()
    page.until(lambda: page.all("#reader mark.current"))
    page.shoot(f"{scheme}-reader")
    assert page.weak() == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_runs_out_of_the_window(page: Page, width: int) -> None:
    page.visit("/", width, 740)
    page.shoot(f"start-{width}")
    fits = "return document.documentElement.scrollWidth <= window.innerWidth"
    assert page.run(fits)
    page.visit(f"/?q={ZH}", width, 740)
    page.settled()
    page.shoot(f"answer-{width}")
    assert page.run(fits)
    page.one("#citation-1 button").click()
    page.until(lambda: page.all("#reader mark.current"))
    page.shoot(f"reader-{width}")
    assert page.run(fits)
    small = page.run(
        "return [...document.querySelectorAll('button, #reader button')]"
        ".filter((b) => b.offsetParent && b.getBoundingClientRect().height < 24)"
        ".map((b) => b.textContent)"
    )
    assert small == []


def test_an_article_that_has_changed_is_shown_without_marks(page: Page, api: httpx.Client) -> None:
    text = "The moon railway of Ruritania carried 77 thousand passengers in March."
    title = "The moon railway"
    api.put("/v1/articles/moon", json={"text": text, "title": title})
    page.ask("How many passengers did the moon railway of Ruritania carry?")
    cards = page.all(".card")
    place = next(i for i, card in enumerate(cards) if "moon railway" in card.text)
    cited = not page.all(".declined")
    api.put(
        "/v1/articles/moon", json={"text": f"A correction. {text}", "title": "The moon railway"}
    )
    cards[place].find_element("css selector", "button").click()
    page.until(lambda: page.one("#reader").is_displayed())
    assert "A correction." in page.text("#reader")
    if cited:
        assert not page.all("#reader mark")
        assert page.all("#reader .changed")
    api.delete("/v1/articles/moon")


def test_a_server_that_is_gone_is_told_and_nothing_hangs(browser: Any, own_shelf: Path) -> None:
    with KnowledgeBase.open(own_shelf) as kb, serving(kb) as client:
        page = Page(browser, str(client.base_url).rstrip("/"))
        page.browser.get(page.base)
        page.until(lambda: len(page.all("#shelf li")) >= 4)
    page.ask(EN)
    assert page.one("#answer [role=alert]").is_displayed()
    assert page.text("#answer [role=alert] p")
