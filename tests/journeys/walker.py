"""A person at a browser: fills forms by field name, presses buttons by their words, is checked by axe on every page."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

HERE = Path(__file__).parent
FILL, LOOK = ((HERE / name).read_text(encoding="utf-8") for name in ("fill.js", "look.js"))
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("IRIS_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# How long a page may take to show what it should, in milliseconds: a busy machine is slow, not wrong.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE // 2)
WITH_SHOTS = os.environ.get("IRIS_SHOTS") == "1"
SIGN_IN = "/accounts/login/"
# Shapes (look.js) that axe has read in this process, and at which width: a page without a new one is not read again.
CHECKED: set[tuple[int, str]] = set()
AXE_RUN = """async () => (await axe.run(document, {resultTypes: ['violations'], runOnly:
 ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}))
 .violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))"""


class Walker:
    """One person in a browser context of their own."""

    def __init__(self, browser: Browser, base: str, shots: Path, *, script: bool = True) -> None:
        self.base, self.shots, self.script = base, shots, script
        self.context: BrowserContext = browser.new_context(
            java_script_enabled=script,
            viewport={"width": 1280, "height": 900},
            base_url=base,
            reduced_motion="reduce",  # frames that nobody watches
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.problems: list[str] = []
        self.checked: set[str] = set()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))

    def _console(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text[:300]}")

    def go(self, path: str) -> "Walker":
        """Open a page."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}\n{self.page.inner_text('body')[:600]}"
        return self.look()

    def fill(self, values: Mapping[str, Any]) -> "Walker":
        """Set fields by their names: text, choice, radio, tick, file. All that can be in one visit to the page."""
        for name in self._ask(FILL, [(name, _plain(value)) for name, value in values.items()]):
            self._set(name, values[name])
        return self

    def _ask(self, script: str, given: Any) -> Any:
        """What a script answers; asked again where the page was just leaving."""
        for _try in range(5):
            try:
                return self.page.evaluate(script, given)
            except Error as error:
                if "context was destroyed" not in str(error):
                    raise
                self.page.wait_for_load_state()
        raise AssertionError(f"{self.path} does not stay")

    def _set(self, name: str, value: Any) -> None:
        fields = self.page.locator(f'main [name="{name}"], form.hero-ask [name="{name}"]')
        first = fields.first
        first.wait_for(state="attached")
        tag = first.evaluate("node => node.tagName")
        kind = (first.get_attribute("type") or "").lower()
        if kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list | tuple) else [value]:
                wanted = fields if one is True else self.page.locator(f'main [name="{name}"][value="{one}"]')
                self.tick(wanted.first)
        elif kind == "file":
            first.set_input_files(value)
        elif tag == "SELECT":
            first.select_option(value)
        else:
            first.fill(str(value))

    def tick(self, box: Locator) -> None:
        """Choose a radio button or tick a box by keyboard."""
        if not box.is_checked():
            box.focus()
            self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def press(self, words: str, *, nth: int = 0) -> "Walker":
        """Press a button of the page by the beginning of its words."""
        button = self.page.locator("main button", has_text=re.compile(rf"^\s*{re.escape(words)}")).nth(nth)
        with self.page.expect_navigation(wait_until="load"):
            button.click()
        return self.look()

    def follow(self, words: str, *, nth: int = 0) -> "Walker":
        """Follow a link of the page by its words."""
        link = self.page.locator("main a", has_text=re.compile(re.escape(words))).nth(nth)
        with self.page.expect_navigation(wait_until="load"):
            link.click()
        return self.look()

    def sees(self, words: str) -> "Walker":
        """The page says this."""
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    @property
    def path(self) -> str:
        """Where the person is."""
        return self.page.url.removeprefix(self.base).split("#")[0].split("?")[0]

    def shot(self, name: str) -> "Walker":
        """Keep a picture, when pictures are asked for: one of a long page costs as much as loading it."""
        if not WITH_SHOTS:
            return self
        self.shots.mkdir(parents=True, exist_ok=True)
        suffix = "" if self.script else "-noscript"
        self.page.screenshot(path=self.shots / f"{name}{suffix}.png", full_page=True)
        return self

    def look(self) -> "Walker":
        """No page shows what must not be shown; axe reads every kind of page that has a shape it has not read."""
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", self.path)
        seen = self._ask(LOOK, self.script and kind not in self.checked)
        assert not seen["undefined"], f"{self.path} shows an undefined variable"
        if seen["shapes"] and not seen["leaves"]:
            self.checked.add(kind)
            size = self.page.viewport_size
            shapes = {(size["width"] if size else 0, shape) for shape in seen["shapes"]}
            if not shapes <= CHECKED:
                self.page.evaluate(AXE.read_text(encoding="utf-8"))
                self.problems += [f"axe {kind} {text}" for text in self.page.evaluate(AXE_RUN)]
                CHECKED.update(shapes)
        return self

    def sign_in(self, email: str, password: str) -> "Walker":
        """Through the sign-in page."""
        self.page.goto(SIGN_IN)
        self.look()
        self.fill({"login": email, "password": password})
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator("main form button[type=submit]").first.click()
        assert "/accounts/login" not in self.page.url, self.page.inner_text("main")[:500]
        return self.look()


def _plain(value: Any) -> Any:
    """A value as a script takes it."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is True else str(value)
