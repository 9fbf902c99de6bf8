"""A real Chromium for the browser tests, and pages that fail their test on any error that it reports.

The fixtures use Playwright's synchronous API. ``browser`` lives as long as this package's tests and not
longer, because while it is open no other test of the same run can use asyncio.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from testkit.chromium import FLAGS, HEADLESS_SHELL, NAMES

# How long a condition may take to come true before its test fails: long, because the machine may be busy.
TIMEOUT_MS = 40_000
# A test that stops the page's time stops its timers, not the browser: what the page draws is still drawn.
KEEP_FRAMES = "globalThis.browserFrame = requestAnimationFrame.bind(globalThis);"
GIVE_FRAMES_BACK = "globalThis.requestAnimationFrame = globalThis.browserFrame;"
expect.set_options(timeout=TIMEOUT_MS)
OpenPage = Callable[..., Page]


def find_chromium(playwright: Playwright) -> str | None:
    """Return the path of a Chromium: the one named in CHROMIUM, one on the PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    candidates = (
        [named] if named else [shutil.which(name) for name in NAMES] + [playwright.chromium.executable_path]
    )
    return next((path for path in candidates if path and Path(path).exists()), None)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def chromium_path(playwright: Playwright) -> str:
    path = find_chromium(playwright)
    if path is None:
        pytest.exit(
            "The browser tests need Chromium and found none. Install it with `apt-get install chromium` "
            "or `python -m playwright install chromium`, or name one: CHROMIUM=/path/to/chromium.",
            returncode=3,
        )
    return path


@pytest.fixture(scope="package")
def whole_chromium(chromium_path: str) -> str:
    """Return a Chromium that has profiles and notifications: the headless shell has neither."""
    if Path(chromium_path).name != HEADLESS_SHELL:
        return chromium_path
    path = next((found for name in NAMES[1:] if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("only Chromium's headless shell is here, no whole browser: apt-get install chromium")
    return path


@pytest.fixture(scope="package")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all browser tests; each test opens its own contexts in it."""
    launched = playwright.chromium.launch(
        executable_path=chromium_path, args=list(FLAGS), timeout=2 * TIMEOUT_MS
    )
    yield launched
    launched.close()


class Watch:
    """Collects what the browser reports as wrong: console errors, uncaught exceptions, policy violations."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed
        self.problems: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"uncaught: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(message.text)

    def _note(self, text: str) -> None:
        if not any(part in text for part in self.allowed):
            self.problems.append(text)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a page in a browser context of its own, like a second person's computer.

    ``open_page(url, allow=("part of an expected error",), **options)``: ``options`` go to Playwright's
    ``new_context``, or ``context=`` gives one that is there, for a second tab. With ``own_time`` the test may
    stop and move the page's clock. The test fails on every browser error that is not allowed. Nothing moves
    unless a test asks for it (``reduced_motion="no-preference"``): to draw sixty pictures a second for what
    only pulses while people wait took a tenth of the processor time of a test.
    """
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_one(
        url: str = "",
        *,
        allow: tuple[str, ...] = (),
        context: BrowserContext | None = None,
        own_time: bool = False,
        **options: Any,
    ) -> Page:
        if context is None:
            context = browser.new_context(
                **{"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
                | options
            )
            context.set_default_timeout(TIMEOUT_MS)
            contexts.append(context)
        page = context.new_page()
        if own_time:
            page.context.add_init_script(KEEP_FRAMES)
            page.clock.install()
            page.context.add_init_script(GIVE_FRAMES_BACK)
        watch = Watch(allow)
        watch.follow(page)
        watches.append(watch)
        if url:
            page.goto(url)
        return page

    yield open_one
    for context in contexts:
        _close(context)
    problems = [problem for watch in watches for problem in watch.problems]
    assert not problems, "The browser reported errors:\n" + "\n".join(problems)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """One empty page; see ``open_page`` for several, or for tests that expect errors."""
    return open_page()


@pytest.fixture
def context(page: Page) -> BrowserContext:
    """The context of ``page``."""
    return page.context


def _close(context: BrowserContext) -> None:
    try:
        context.close()
    except Error as error:
        if "closed" not in str(error):  # a test may have closed it itself
            raise
