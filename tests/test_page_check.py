"""The page checks drafts: figures marked in place, verdicts and quotes in the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from browsing import Page, chromium
from kaoju.knowledge_base import KnowledgeBase
from kaoju.reports import label, sign
from kaoju.types import Language, Status
from serving import serving

pytestmark = pytest.mark.browser
EN = (
    "The stablecoin market is worth about $400 billion, and Bessent expects it to grow tenfold.\n\n"
    "Tesla delivered 380,000 cars. I think inflation will hit 9% by spring."
)
ZH = (
    "𠮷野家😀说，美国每年的财政赤字约为GDP的8%。\n贝森特预测，稳定币市场目前的规模约为3000亿美元，"
    "到本十年末可望增长十倍。10年期基准国债收益率下降逾6个基点。"
)
HOSTILE = (
    "The market is worth $400 billion<script>window.hacked = 1</script> & <b>6%</b> of GDP "
    '<img src=x onerror="window.hacked = 2">.'
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def api(corpus_shelf: Path) -> Iterator[httpx.Client]:
    with KnowledgeBase.open(corpus_shelf) as kb, serving(kb) as client:
        yield client


@pytest.fixture
def page(browser: Any, api: httpx.Client) -> Iterator[Page]:
    visited = Page(browser, str(api.base_url).rstrip("/"), articles=4)
    visited.prefer("light")
    visited.visit("/?view=check")
    visited.run("localStorage.setItem('kaoju.language', 'en')")
    visited.visit("/?view=check")
    visited.errors()
    yield visited
    assert visited.run("return window.hacked") is None
    assert visited.errors() == []


def check(page: Page, draft: str) -> None:
    page.run("document.getElementById('draft').value = arguments[0]", draft)
    page.one("#check button").click()
    page.until(lambda: page.one("#verdicts").is_displayed() and not page.all("[aria-busy]"))


def marks(page: Page) -> list[dict[str, Any]]:
    """The marked stretches of the draft, as they look."""
    return list(
        page.run(
            "return [...document.querySelectorAll('.draft .figure')].map((mark) => ({"
            " verdict: Number(mark.dataset.verdict), text: mark.textContent,"
            " classes: [...mark.classList], sign: mark.dataset.sign || '',"
            " label: mark.getAttribute('aria-label') }))"
        )
    )


@pytest.mark.parametrize("draft", [EN, ZH, HOSTILE])
def test_every_figure_is_marked_where_it_stands(page: Page, api: httpx.Client, draft: str) -> None:
    check(page, draft)
    found = api.post("/v1/check", json={"text": draft}).json()
    assert page.text(".draft") == draft
    assert (
        page.run("return document.querySelectorAll('main img, main script, .draft b').length") == 0
    )
    shown = marks(page)
    assert len(found["verdicts"]) >= 2
    for n, verdict in enumerate(found["verdicts"]):
        mine = [mark for mark in shown if mark["verdict"] == n]
        assert "".join(mark["text"] for mark in mine) == verdict["figure"]["surface"]
        status = Status(verdict["status"])
        for mark in mine:
            assert status in mark["classes"]
            assert mark["label"].endswith(f": {label(status, Language.EN)}")
        assert mine[-1]["sign"] == sign(status)
    for status, count in found["counts"].items():
        buttons = page.all(f".tally .{status}")
        assert len(buttons) == bool(count)
        if count:
            assert buttons[0].text == f"{sign(status)} {label(Status(status), Language.EN)} {count}"
    assert page.text("#check-status") == f"{len(found['verdicts'])} figures checked."


def test_a_figure_opens_its_verdict_with_the_quotes(page: Page, api: httpx.Client) -> None:
    check(page, EN)
    verdict = api.post("/v1/check", json={"text": EN}).json()["verdicts"][0]
    page.one(".figure.contradicted").click()
    page.until(lambda: page.one("#reader").is_displayed())
    assert page.text("#reader h2") == verdict["figure"]["surface"] == "$400 billion"
    assert page.text("#reader .explanation") == verdict["explanation"]
    assert page.text("#reader .verdict") == "✗ contradicted"
    assert "-100bn USD (-25%)" in page.text("#reader")
    assert f"Rule: {verdict['rule']}" in page.text("#reader")
    assert len(page.all("#reader .card")) == len(verdict["evidence"])
    assert verdict["evidence"][0]["quote"] in page.text("#reader .card blockquote")
    assert page.text("#reader .card mark") == verdict["stated"][0]["surface"] == "$300 billion"
    assert page.all(".figure.contradicted.chosen")
    page.one("#reader .card button").click()
    page.until(lambda: page.all("#reader mark.current"))
    assert page.text("#reader h2") == verdict["evidence"][0]["title"]
    assert page.text("#reader mark.current") == "$300 billion"
    marked = page.run(
        "return [...document.querySelectorAll('#reader mark')].map((m) => m.textContent).join('')"
    )
    assert marked == verdict["evidence"][0]["quote"]
    page.one("#reader .bar button").click()  # back to the verdict
    assert page.text("#reader .explanation") == verdict["explanation"]
    page.press("\ue00c")  # Escape
    page.until(lambda: not page.one("#reader").is_displayed())
    assert page.run("return document.activeElement.textContent") == "$400 billion"


def test_the_tally_and_the_steps_go_from_figure_to_figure(page: Page) -> None:
    check(page, ZH)
    order = page.run("return [...document.querySelectorAll('.figure')].map((m) => m.textContent)")
    wrong = page.run(
        "return [...document.querySelectorAll('.figure.contradicted')].map((m) => m.textContent)"
    )
    assert len(wrong) == 2
    for expected in (*wrong, wrong[0]):
        page.one(".tally .contradicted").click()
        assert page.text("#reader h2") == expected
    following, previous = order[order.index(wrong[0]) + 1], wrong[0]
    page.all("#reader .steps button")[1].click()
    assert page.text("#reader h2") == following
    page.all("#reader .steps button")[0].click()
    assert page.text("#reader h2") == previous


def test_the_keyboard_is_enough_to_check(page: Page) -> None:
    page.one("#draft").send_keys("The stablecoin market is worth $400 billion.")
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(page.browser).key_down("\ue009").send_keys("\ue007").key_up("\ue009").perform()
    page.until(lambda: page.all(".draft .figure"))
    for _ in range(20):
        page.press("\ue004")  # Tab
        if page.run("return document.activeElement.matches('.figure')"):
            break
    page.press("\ue007")  # Enter
    page.until(lambda: page.one("#reader").is_displayed())
    assert page.text("#reader h2") == "$400 billion"
    assert page.run("return document.activeElement.tagName") == "H2"


def test_labels_and_chrome_speak_either_language(page: Page) -> None:
    check(page, EN)
    page.one(".figure.contradicted").click()
    page.one("#language").click()
    assert page.text("#reader .verdict") == "✗ 与文章不符"
    assert page.text("#to-check") == "核对草稿"
    assert page.text("#check-status") == "核对了 4 个数字。"
    labels = page.run(
        "return import('/texts.js').then(({ TEXTS }) => ({"
        " zh: TEXTS.zh.labels, en: TEXTS.en.labels,"
        " same: Object.keys(TEXTS.zh).join() === Object.keys(TEXTS.en).join() }))"
    )
    assert labels["same"]
    for language in (Language.ZH, Language.EN):
        assert labels[language] == {str(s): label(s, language) for s in Status}


def test_the_views_have_addresses_and_the_draft_stays(page: Page) -> None:
    check(page, EN)
    page.one("#to-ask").click()
    assert page.one("#ask").is_displayed()
    assert not page.one("#check").is_displayed()
    assert page.one("#to-ask").get_attribute("aria-current") == "page"
    page.browser.back()
    page.until(lambda: page.one("#check").is_displayed())
    assert page.text(".draft") == EN
    assert "view=check" in page.browser.current_url
    assert EN[:10] not in page.browser.current_url


def test_what_cannot_be_checked_is_told(page: Page) -> None:
    check(page, "5% " * 70_000)
    assert "at most 200000" in page.text("#verdicts [role=alert]")
    assert [message for message in page.errors() if "422" not in message] == []
    check(page, "The market is quiet.")
    assert page.text("#check-status") == "The draft states no figures."
    assert page.text(".draft") == "The market is quiet."
    page.run("document.getElementById('day').value = '2025-12-31'")
    check(page, EN)
    assert page.all(".figure.contradicted")


def test_an_example_shows_a_newcomer_what_comes(page: Page) -> None:
    for language in ("en", "zh"):
        page.run("localStorage.setItem('kaoju.language', arguments[0])", language)
        page.visit("/?view=check")
        page.one("#example").click()
        page.until(lambda: page.all(".draft .figure"))
        assert len(page.all(".figure.contradicted")) == 2
        assert page.all(".figure.supported")
        assert not page.one("#example").is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_verdicts_stand_out_from_their_ground(page: Page, scheme: str) -> None:
    page.prefer(scheme)
    for draft in (EN, "Miran said the stablecoin market could grow tenfold."):
        check(page, draft)
        page.one(".figure").click()
        page.until(lambda: page.one("#reader").is_displayed())
        page.shoot(f"check-{scheme}")
        assert page.weak() == []
        page.press("\ue00c")


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
@pytest.mark.parametrize("draft", [EN, ZH])
def test_no_verdict_runs_out_of_the_window(page: Page, width: int, draft: str) -> None:
    page.visit("/?view=check", width, 740)
    check(page, f"{draft} {'9' * 80}%")
    page.shoot(f"check-{width}")
    fits = "return document.documentElement.scrollWidth <= window.innerWidth"
    assert page.run(fits)
    page.one(".figure.contradicted").click()
    page.until(lambda: page.one("#reader").is_displayed())
    page.shoot(f"verdict-{width}")
    assert page.run(fits)
    assert page.run(
        "return [...document.querySelectorAll('button')].every("
        "(b) => !b.offsetParent || b.getBoundingClientRect().height >= 24)"
    )
