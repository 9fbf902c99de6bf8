"""Somebody who looks elsewhere is told of a mention by their browser, on the running chat."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from local.testing import RunningStack
from testkit.chromium import FLAGS
from testkit.client import unique
from tests.e2e.conftest import TIMEOUT_MS

from .conftest import JoinAs
from .people import expect_connection, expect_stored, sign_in, write

TITLES = (
    "navigator.serviceWorker.ready.then((registration) => registration.getNotifications())"
    ".then((shown) => shown.map(({ title, body }) => [title, body]))"
)


@pytest.fixture
def notified(playwright: Playwright, whole_chromium: str) -> Iterator[BrowserContext]:
    """A browser that shows notifications."""
    browser = playwright.chromium.launch(executable_path=whole_chromium, args=list(FLAGS))
    context = browser.new_context(locale="en-GB", permissions=["notifications"])
    context.set_default_timeout(TIMEOUT_MS)
    yield context
    browser.close()


def wait_for_notices(page: Page, wanted: list[list[str]]) -> None:
    """Wait until these notifications are shown."""
    end = time.monotonic() + TIMEOUT_MS / 1000
    while (shown := page.evaluate(TITLES)) != wanted:
        assert time.monotonic() < end, f"{shown} are shown; {wanted} were expected"
        page.wait_for_timeout(100)


def test_a_mention_in_another_room_is_told_of_until_that_room_is_opened(
    join_as: JoinAs, stack: RunningStack, room: str, notified: BrowserContext, open_page: JoinAs
) -> None:
    maya = unique("Maya")
    page = open_page(f"{stack.url}#/r/{room}", context=notified)
    sign_in(page, maya)
    expect_connection(page, "online")
    page.get_by_role("button", name="Notifications: off").click()
    page.get_by_role("button", name="Turn on").click()
    page.keyboard.press("Escape")
    page.goto(f"{stack.url}#/r/{room}-2")
    expect(page.get_by_role("heading", level=1, name=f"{room}-2")).to_be_visible()
    jonas = join_as("Jonas")
    write(jonas, "nothing for anybody")
    box = jonas.get_by_role("textbox", name="Message")
    box.press_sequentially(f"@{maya[:6]}")
    jonas.get_by_role("option", name=maya).click()
    box.press_sequentially("can you look?")
    jonas.keyboard.press("Enter")
    expect_stored(jonas, "nothing for anybody")
    name = jonas.locator("#me-name").inner_text()
    wait_for_notices(page, [[f"{name} mentioned you in {room}", f"@{maya} can you look?"]])
    page.get_by_role("link", name=room, exact=False).first.click()
    expect(page.get_by_text("can you look?")).to_be_visible()
    wait_for_notices(page, [])
