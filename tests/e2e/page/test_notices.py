"""Notifications of the browser itself: what is shown, when, once, and where one that is pressed leads."""

import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Worker, expect

from testkit.page_attention import look, look_away
from tests.e2e.conftest import TIMEOUT_MS

from .conftest import JoinAs, Notified, SecondTab
from .fake_server import FakeServer
from .test_sending import message

ADA = {"id": "u-ada", "name": "Ada"}
REGISTERED = "navigator.serviceWorker.ready"
SHOWN = f"{REGISTERED}.then((registration) => registration.getNotifications())"
TITLES = f"{SHOWN}.then((shown) => shown.map(({{ title }}) => title))"
PRESS = """async (tag) => {
  const [notification] = await self.registration.getNotifications({ tag });
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


def bell(page: Page) -> Any:
    return page.get_by_role("button", name="Notifications: ")


def turn_on(page: Page) -> None:
    bell(page).click()
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("You are notified while this page is hidden")).to_be_visible()
    page.keyboard.press("Escape")


def choose(page: Page, level: str) -> None:
    bell(page).click()
    page.get_by_role("radio", name=level).check()
    page.keyboard.press("Escape")


def wait_for_titles(page: Page, titles: list[str]) -> None:
    """Wait until exactly these notifications are shown."""
    end = time.monotonic() + TIMEOUT_MS / 1000
    while (shown := sorted(page.evaluate(TITLES))) != sorted(titles):
        assert time.monotonic() < end, f"{shown} are shown; {titles} were expected"
        page.wait_for_timeout(50)


def worker_of(context: BrowserContext) -> Worker:
    [worker] = context.service_workers
    return worker


@pytest.fixture
def ada(join_as: JoinAs, notified: Notified) -> Page:
    """Somebody who has turned notifications on, in a room where something was said before."""
    page = join_as("Ada", context=notified())
    turn_on(page)
    return page


def test_a_mention_is_told_of_while_the_page_is_hidden_and_nothing_else(
    ada: Page, server: FakeServer
) -> None:
    look_away(ada)
    server.say("Grace", "to all")
    said = server.say("Grace", "**look** @Ada", mentions=[ADA])
    wait_for_titles(ada, ["Grace mentioned you in general"])
    [shown] = ada.evaluate(f"{SHOWN}.then((all) => all.map(({{ body, tag, data }}) => [body, tag, data]))")
    assert shown == ["look @Ada", said["id"], {"room": "general", "seq": said["seq"]}]


def test_a_change_of_an_old_message_is_never_told_of(ada: Page, server: FakeServer) -> None:
    said = server.say("Grace", "something")
    expect(message(ada, "something")).to_be_visible()
    look_away(ada)
    server.change(said["seq"], text="@Ada now", mentions=[ADA], editedAt=said["sentAt"])
    server.say("Linus", "@Ada", mentions=[ADA])
    wait_for_titles(ada, ["Linus mentioned you in general"])


def test_what_somebody_looks_at_is_not_told_of_but_another_room_is(ada: Page, server: FakeServer) -> None:
    ada.goto(f"{server.url}#/r/tea-room")
    expect(ada.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    look(ada)
    server.say("Grace", "@Ada here", room="tea-room", mentions=[ADA])
    server.say("Grace", "@Ada there", mentions=[ADA])
    wait_for_titles(ada, ["Grace mentioned you in general"])
    ada.get_by_role("link", name="general").click()
    expect(message(ada, "there")).to_be_visible()
    wait_for_titles(ada, [])


def test_what_another_tab_looks_at_is_not_told_of(
    ada: Page, second_tab: SecondTab, server: FakeServer
) -> None:
    second = second_tab(ada)
    look_away(ada)
    look(second)
    server.say("Grace", "@Ada first", mentions=[ADA])
    expect(message(second, "first")).to_be_visible()
    look_away(second)
    server.say("Linus", "@Ada", mentions=[ADA])
    wait_for_titles(ada, ["Linus mentioned you in general"])


def test_by_room_everything_or_nothing_is_told_of(ada: Page, server: FakeServer) -> None:
    choose(ada, "Every message")
    expect(ada.get_by_role("button", name="Notifications: every message")).to_be_visible()
    look_away(ada)
    server.say("Grace", "to all")
    wait_for_titles(ada, ["Grace in general"])
    look(ada)
    wait_for_titles(ada, [])
    choose(ada, "Nothing")
    expect(ada.get_by_role("button", name="Notifications: off")).to_be_visible()
    look_away(ada)
    server.say("Grace", "@Ada", mentions=[ADA])
    ada.goto(f"{server.url}#/r/dm-1")
    expect(ada.get_by_text("Nobody has said anything in dm-1 yet")).to_be_visible()
    server.describe("dm-1", access="direct", people=[ADA, {"id": "u-grace", "name": "Grace"}])
    expect(ada.get_by_role("heading", level=1, name="Grace")).to_be_visible()
    look_away(ada)
    server.say("Grace", "in private", room="dm-1")
    wait_for_titles(ada, ["Grace"])


def test_one_that_is_pressed_leads_to_its_message_however_far_back(ada: Page, server: FakeServer) -> None:
    ada.goto(f"{server.url}#/r/tea-room")
    expect(ada.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    look_away(ada)
    said = server.say("Grace", "@Ada over here", mentions=[ADA])
    for number in range(40):
        server.say("Linus", f"number {number}")
    wait_for_titles(ada, ["Grace mentioned you in general"])
    worker_of(ada.context).evaluate(PRESS, said["id"])
    expect(ada.get_by_role("heading", level=1, name="general")).to_be_visible()
    expect(message(ada, "over here")).to_be_in_viewport()


def test_a_notice_sounds_unless_somebody_wants_it_silent(ada: Page, server: FakeServer) -> None:
    look_away(ada)
    server.say("Grace", "@Ada", mentions=[ADA])
    wait_for_titles(ada, ["Grace mentioned you in general"])
    assert ada.evaluate("window.tones") == 2
    look(ada)
    wait_for_titles(ada, [])  # who looks needs no notice: it would take away the next one as well
    bell(ada).click()
    ada.get_by_role("checkbox", name="With a sound").uncheck()
    ada.keyboard.press("Escape")
    look_away(ada)
    server.say("Linus", "@Ada", mentions=[ADA])
    wait_for_titles(ada, ["Linus mentioned you in general"])
    assert ada.evaluate("window.tones") == 2


def test_a_browser_that_refuses_is_explained_kindly(join_as: JoinAs, notified: Notified) -> None:
    page = join_as("Ada", context=notified(refuse=True))
    bell(page).click()
    if page.evaluate("Notification.permission") == "default":
        page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("This browser does not let Undertone notify you")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Notifications: off")).to_be_visible()


def test_nothing_is_shown_once_it_is_turned_off_and_the_choice_outlives_a_reload(
    ada: Page, server: FakeServer
) -> None:
    ada.reload()
    expect(ada.get_by_role("button", name="Notifications: mentions")).to_be_visible()
    bell(ada).click()
    ada.get_by_role("button", name="Turn off").click()
    expect(ada.get_by_text("You are not notified in this browser.")).to_be_visible()
    ada.keyboard.press("Escape")
    expect(ada.locator("#connection")).to_have_attribute("data-connection", "online")
    look_away(ada)
    server.say("Grace", "@Ada first", mentions=[ADA])
    expect(message(ada, "first")).to_be_visible()
    look(ada)
    turn_on(ada)
    look_away(ada)
    server.say("Linus", "@Ada", mentions=[ADA])
    wait_for_titles(ada, ["Linus mentioned you in general"])
