"""A browser that stores nothing, or lacks what only some have: the page works, and says what is not kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from testkit.chromium import FLAGS

from .conftest import JoinAs, OpenPage
from .fake_server import FakeServer
from .test_sending import message, write

NOTHING_KEPT = "Nothing will be kept, because this browser blocks site data"
BLOCK_SITE_DATA = {"profile": {"default_content_setting_values": {"cookies": 2}}}
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
DISABLED = (
    "for (const name of ['localStorage', 'sessionStorage']) "
    "Object.defineProperty(window, name, { value: null })"
)
READ_ONLY = "Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }"
WITHOUT = (
    "delete window.BroadcastChannel; delete Crypto.prototype.randomUUID; delete Navigator.prototype.locks; "
    "delete Navigator.prototype.serviceWorker"
)
WITHOUT_AN_ORIGIN = (
    "window.BroadcastChannel = class { constructor() { throw new DOMException('no', 'SecurityError') } }"
)


@pytest.fixture
def blocked(playwright: Playwright, whole_chromium: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """A Chromium of its own with a profile in which site data are blocked."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(BLOCK_SITE_DATA))
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=whole_chromium, args=list(FLAGS)
    )
    yield context
    context.close()


def prepared(open_page: OpenPage, server: FakeServer, script: str) -> Page:
    """Open the page in a browser that a script has changed before, and join."""
    page = open_page()
    page.add_init_script(script)
    page.goto(server.url)
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    return page


def test_a_chromium_that_blocks_site_data_chats_and_says_that_nothing_is_kept(
    open_page: OpenPage, server: FakeServer, blocked: BrowserContext
) -> None:
    page = open_page(server.url, context=blocked)
    expect(page.locator("#join").get_by_text(NOTHING_KEPT)).to_be_visible()
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.locator("#composer").get_by_text(NOTHING_KEPT)).to_be_visible()
    write(page, "from memory")
    expect(message(page, "from memory")).to_have_attribute("data-state", "stored")
    page.get_by_role("textbox", name="Message").fill("a draft")
    page.goto(f"{server.url}#/r/tea-room")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    page.get_by_role("link", name="general").click()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("a draft")
    page.get_by_role("button", name="React or change").click()
    page.get_by_role("menu", name="Message").get_by_role("menuitemcheckbox", name="👍").click()
    expect(message(page, "from memory").get_by_role("button", name="👍 1")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "words"),
    [(FULL, "storage is full"), (DISABLED, NOTHING_KEPT), (READ_ONLY, NOTHING_KEPT)],
    ids=["full", "disabled", "read-only"],
)
def test_storage_that_takes_nothing_is_replaced_by_memory_and_said(
    open_page: OpenPage, server: FakeServer, script: str, words: str
) -> None:
    page = prepared(open_page, server, script)
    expect(page.locator("#composer").get_by_text(words)).to_be_visible()
    write(page, "all the same")
    expect(message(page, "all the same")).to_have_attribute("data-state", "stored")


@pytest.mark.parametrize("script", [WITHOUT, WITHOUT_AN_ORIGIN], ids=["missing", "throwing"])
def test_what_a_browser_lacks_besides_is_not_needed(
    open_page: OpenPage, server: FakeServer, script: str
) -> None:
    page = prepared(open_page, server, script)
    write(page, "no matter")
    expect(message(page, "no matter")).to_have_attribute("data-state", "stored")
    page.get_by_role("button", name="React or change").click()
    page.get_by_role("menu", name="Message").get_by_role("menuitemcheckbox", name="🎉").click()
    expect(message(page, "no matter").get_by_role("button", name="🎉 1")).to_be_visible()
    assert [len(frame["id"]) for frame in server.frames("send")] == [36]


def test_who_stores_reads_no_such_notice(join_as: JoinAs) -> None:
    page = join_as("Ada")
    expect(page.locator("[data-storage-notice]").and_(page.locator(":not([hidden])"))).to_have_count(0)
