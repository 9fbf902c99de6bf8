"""The page against a scripted service: what a real stack cannot do on command."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from testkit.chromium import FLAGS
from tests.e2e.conftest import TIMEOUT_MS

from .fake_server import FakeServer
from .page_time import follow_frames, stop_time

JoinAs = Callable[..., Page]
OpenPage = Callable[..., Page]
SecondTab = Callable[[Page], Page]
Run = Callable[..., Any]
Notified = Callable[..., BrowserContext]

COUNT_TONES = """
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) { window.tones += 1; return start.call(this, when); };
"""


@pytest.fixture
def server() -> Iterator[FakeServer]:
    fake = FakeServer().start()
    yield fake
    fake.stop()


@pytest.fixture
def open_page(server: FakeServer, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open pages that are closed before their server ends: a page that outlives it reports errors."""
    return open_page


@pytest.fixture
def join_as(open_page: Callable[..., Page], server: FakeServer) -> JoinAs:
    """Open the page in a context of its own and join under a name; waits until the room is there.

    With ``still=True`` the page's time stands still from then on: `page_time` moves it. There is no service
    worker unless a test asks for one (``service_workers="allow"``): to install it takes a tenth of what it
    takes to join.
    """

    def join(name: str = "Ada", *, room: str = "general", still: bool = False, **options: Any) -> Page:
        page = open_page(own_time=still, **{"service_workers": "block"} | options)
        follow_frames(page)
        page.goto(f"{server.url}#/r/{room}")
        # By label and role it takes a tenth of a second more: names are worked out. Others test those.
        page.locator("#join-name").fill(name)
        page.locator("#join-submit").click()
        expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
        expect(page.locator("#log .log-skeleton")).to_have_count(0)
        if still:
            stop_time(page)
        return page

    return join


@pytest.fixture
def second_tab(open_page: Callable[..., Page], server: FakeServer) -> SecondTab:
    """Open another tab of the same person and browser; waits until the room is there."""

    def open_beside(first: Page) -> Page:
        page = open_page(server.url, context=first.context)
        expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
        expect(page.locator("#log .log-skeleton")).to_have_count(0)
        return page

    return open_beside


@pytest.fixture(scope="module")
def empty_page(browser: Browser) -> Iterator[Page]:
    """A page on which nobody joins, for modules that tests load by themselves."""
    server = FakeServer().start()
    page = browser.new_page()
    page.goto(server.url)
    yield page
    page.close()
    server.stop()


@pytest.fixture
def run(empty_page: Page) -> Run:
    """Run the body of a function in the page: ``run("models/text.js", "return text.isRoom('a')")``."""

    def evaluate(module: str, body: str, argument: Any = None) -> Any:
        name = module.rsplit("/", 1)[1].removesuffix(".js")
        source = f"async (argument) => {{ const {name} = await import('/scripts/{module}'); {body} }}"
        return empty_page.evaluate(source, argument)

    return evaluate


@pytest.fixture(scope="module")
def whole_browser(playwright: Playwright, whole_chromium: str) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=whole_chromium, args=list(FLAGS))
    yield launched
    launched.close()


@pytest.fixture
def notified(whole_browser: Browser) -> Iterator[Notified]:
    """Make a context of a browser that shows notifications, or one that refuses them."""
    contexts: list[BrowserContext] = []

    def make(*, refuse: bool = False) -> BrowserContext:
        context = whole_browser.new_context(
            locale="en-GB", permissions=[] if refuse else ["notifications"], reduced_motion="reduce"
        )
        context.set_default_timeout(TIMEOUT_MS)
        context.add_init_script(COUNT_TONES)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
