"""A headless browser for tests that look at the page, and one visit to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# Read at import: no test sees the variables of whoever runs it.
SCREENSHOTS = os.environ.get("KAOJU_SCREENSHOTS")
# Relative luminance and contrast as WCAG 2.2 defines them; AA wants 4.5.
_WEAK = """
const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const luminance = ([r, g, b]) =>
  0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const parse = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (node) => {
  for (; node; node = node.parentElement) {
    const color = parse(getComputedStyle(node).backgroundColor);
    if (color.length === 3 || color[3] > 0) return color;
  }
  return [255, 255, 255];
};
const weak = [];
for (const node of document.querySelectorAll("body *")) {
  const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  if (!own || !node.offsetParent) continue;
  const [a, b] = [luminance(parse(getComputedStyle(node).color)), luminance(ground(node))];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < 4.5) weak.push(`${node.className || node.tagName} ${contrast.toFixed(2)}`);
}
return weak;
"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium without network services of its own."""
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("chromium and chromedriver are not installed (apt install chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--lang=en",
        "--window-size=1280,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield started
    finally:
        started.quit()


class Page:
    """One visit to the page."""

    def __init__(self, browser: Any, base: str, articles: int = 5) -> None:
        self.browser = browser
        self.base = base
        self.articles = articles  # on the shelf, at least

    def visit(self, path: str = "/", width: int = 1280, height: int = 900) -> None:
        self.script(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        self.browser.get(self.base + path)
        self.until(lambda: len(self.all("#shelf li")) >= self.articles)

    def script(self, command: str, arguments: dict[str, Any]) -> Any:
        return self.browser.execute_cdp_cmd(command, arguments)

    def all(self, selector: str) -> list[Any]:
        return list(self.browser.find_elements("css selector", selector))

    def one(self, selector: str) -> Any:
        return self.browser.find_element("css selector", selector)

    def text(self, selector: str) -> str:
        """The text content, exactly as it stands in the document."""
        return str(self.one(selector).get_property("textContent"))

    def run(self, code: str, *arguments: Any) -> Any:
        return self.browser.execute_script(code, *arguments)

    def press(self, keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.browser).send_keys(keys).perform()

    def until(self, condition: Callable[[], Any], what: str = "") -> Any:
        from selenium.common.exceptions import StaleElementReferenceException
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(
            self.browser, 20, 0.05, ignored_exceptions=[StaleElementReferenceException]
        ).until(lambda _: condition(), what)

    def ask(self, question: str) -> None:
        box = self.one("#question")
        box.clear()
        if all(ord(c) < 0x10000 for c in question):
            box.send_keys(question)
        else:  # the driver types no character of two UTF-16 units
            self.run(
                "arguments[0].value = arguments[1];"
                "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
                box,
                question,
            )
        self.one("#ask button").click()
        self.settled()

    def settled(self) -> None:
        """Wait for the answer."""
        self.until(lambda: self.one("#answer").is_displayed() and not self.all("[aria-busy]"))

    def errors(self) -> list[str]:
        """What the browser complained of, such as a breach of the content policy."""
        rows = self.browser.get_log("browser")
        return [row["message"] for row in rows if row["level"] in ("SEVERE", "WARNING")]

    def shoot(self, name: str) -> None:
        """Keep a picture where KAOJU_SCREENSHOTS says."""
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            self.browser.save_screenshot(str(Path(SCREENSHOTS) / f"{name}.png"))

    def prefer(self, scheme: str) -> None:
        """Let the browser ask for light or dark colours."""
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self.script("Emulation.setEmulatedMedia", media)

    def weak(self) -> list[str]:
        """What stands out too little from its ground."""
        return list(self.run(_WEAK))
