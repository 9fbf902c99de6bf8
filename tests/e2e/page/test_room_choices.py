"""What somebody chooses for a room, on the page: hidden rooms, and choices of other devices."""

import re

from playwright.sync_api import Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer
from .page_time import pass_time_until
from .test_notices import bell

ADA, GRACE = {"id": "u-ada", "name": "Ada"}, {"id": "u-grace", "name": "Grace"}


def hide(page: Page, room: str) -> None:
    page.get_by_role("button", name=f"About {room}").click()
    page.get_by_role("button", name="Hide from my list").click()


def test_a_room_is_hidden_found_and_shown_again_by_keyboard(join_as: JoinAs, server: FakeServer) -> None:
    server.room("tea-room")
    page = join_as("Ada")
    link = page.locator("#room-list").get_by_role("link", name="tea-room")
    link.click()
    hide(page, "tea-room")
    expect(page.locator("#composer-notice")).to_contain_text("tea-room is among the hidden rooms now")
    expect(link).to_be_hidden()
    server.say("Grace", "psst", room="tea-room")
    page.get_by_role("link", name="general").click()
    expect(page).to_have_title(re.compile("^general"))
    server.say("Grace", "more", room="tea-room")
    hidden = page.get_by_text("Hidden rooms", exact=True)
    hidden.focus()
    page.keyboard.press("Enter")
    unread = page.locator("#hidden-list").get_by_role("link", name="tea-room")
    expect(unread).to_have_attribute("data-unread", "1")
    expect(page).to_have_title(re.compile("^general"))  # nothing is unread in the rooms that are listed
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show tea-room in the list")).to_be_focused()
    page.keyboard.press("Enter")
    expect(link).to_be_focused()
    expect(hidden).to_be_hidden()
    expect(page).to_have_title(re.compile(r"^\(1\)"))
    assert server.choices_made == [("tea-room", {"hidden": True}), ("tea-room", {"hidden": False})]


def test_what_another_device_chooses_holds_here_at_once(join_as: JoinAs, server: FakeServer) -> None:
    server.describe("dm-1", access="direct", people=[ADA, GRACE])
    server.room("dm-1")
    page = join_as("Ada")
    grace = page.locator("#direct-list").get_by_role("link", name="Grace")
    expect(grace).to_be_visible()
    expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
    server.choose("u-ada", "dm-1", hidden=True)
    expect(grace).to_be_hidden()
    server.choose("u-ada", "general", notices="none")
    bell(page).click()
    expect(page.get_by_role("radio", name="Nothing")).to_be_checked()
    page.keyboard.press("Escape")
    server.wait_for(
        lambda: "dm-1" in [frame["room"] for frame in server.frames("join")], "the direct room is followed"
    )
    server.say("Grace", "are you there?", room="dm-1")
    expect(grace).to_be_visible()


def test_a_choice_that_is_refused_says_so_and_is_taken_back(join_as: JoinAs, server: FakeServer) -> None:
    server.choices_refused = True
    page = join_as("Ada", allow=("503",))
    bell(page).click()
    page.get_by_role("radio", name="Every message").click()
    expect(page.locator("#notices-problem")).not_to_be_empty()
    expect(page.get_by_role("radio", name="Mentions")).to_be_checked()
    page.keyboard.press("Escape")
    hide(page, "general")
    expect(page.locator("#composer-notice")).not_to_be_empty()
    expect(page.locator("#room-list").get_by_role("link", name="general")).to_be_visible()


def test_a_room_that_is_not_followed_is_counted_within_a_minute_or_so(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "read on another device", room="team")
    server.marks.move("u-ada", "team", 1)
    page = join_as("Ada", still=True)
    team = page.get_by_role("link", name="team")
    expect(team).to_be_visible()
    asked = server.list_asked
    server.say("Grace", "@Ada", room="team", mentions=[ADA])
    page.mouse.move(100, 100)
    pass_time_until(page, lambda: team.get_attribute("data-mentions") == "1", "the mention is counted")
    assert server.list_asked == asked + 1


def test_the_icon_shows_what_is_unread_and_the_service_worker_finds_it(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.room("tea-room")
    page = join_as("Ada")
    page.evaluate("window.shown = []; navigator.setAppBadge = async (count) => window.shown.push(count)")
    page.get_by_role("link", name="tea-room").click()
    page.get_by_role("link", name="general").click()
    server.say("Grace", "psst", room="tea-room")
    page.wait_for_function("window.shown.at(-1) === 1")
    kept = "caches.match('icon-count').then((found) => found?.text())"
    page.wait_for_function(f"{kept}.then((count) => count === '1')")
    page.get_by_role("link", name="tea-room").click()
    page.wait_for_function(f"{kept}.then((count) => count === '0' && window.shown.at(-1) === 0)")


def test_the_settings_say_how_to_install_ask_if_the_browser_can_and_are_silent_once_it_is(
    join_as: JoinAs,
) -> None:
    page = join_as("Ada")
    page.get_by_role("button", name="Settings").click()
    part = page.get_by_role("region", name="Install")
    expect(part).to_contain_text("Install page as app")
    expect(part.get_by_role("button", name="Install")).to_be_hidden()
    page.evaluate("""() => {
      const offer = new Event("beforeinstallprompt", { cancelable: true });
      offer.prompt = async () => dispatchEvent(new Event("appinstalled"));
      dispatchEvent(offer);
    }""")
    expect(part).not_to_contain_text("Install page as app")
    part.get_by_role("button", name="Install").click()
    expect(part).to_be_hidden()
    page.reload()
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_role("group", name="Theme")).to_be_visible()
    expect(part).to_be_hidden()
