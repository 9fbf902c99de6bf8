"""Reaction chips stand still: in their order, under the pointer and with the focus."""

from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="Reactions").get_by_role("button")


def test_chips_keep_the_order_of_first_use_whatever_order_the_counts_come_in(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    entry = server.say("Grace", "hello", reactions={"👍": 1, "🎉": 1})
    expect(chips(page)).to_have_text(["👍 1", "🎉 1"])
    server.change(entry["seq"], reactions={"🎉": 1, "👍": 2, "👀": 1})
    expect(chips(page)).to_have_text(["👍 2", "🎉 1", "👀 1"])


def test_the_focus_stays_on_the_chip_that_was_pressed_and_goes_to_its_neighbour_with_it(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.say("Grace", "hello", reactions={"👍": 1, "🎉": 1})
    chips(page).nth(1).focus()
    page.keyboard.press("Space")
    server.wait_for(lambda: server.frames("react"), "a reaction")
    expect(page.get_by_role("button", name="🎉", exact=False)).to_be_focused()
    expect(chips(page).last).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    server.wait_for(lambda: len(server.frames("react")) == 2, "a second press")
    assert [(frame["emoji"], frame["on"]) for frame in server.frames("react")] == [
        ("🎉", True),
        ("🎉", False),
    ]


def test_the_focus_of_a_chip_that_is_gone_goes_to_what_is_left(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    entry = server.say("Grace", "hello", reactions={"👍": 1, "🎉": 1})
    chips(page).nth(1).focus()
    server.change(entry["seq"], reactions={"👍": 1})
    expect(chips(page)).to_have_text(["👍 1"])
    expect(chips(page)).to_be_focused()
    server.change(entry["seq"], reactions={})
    expect(chips(page)).to_have_count(0)
    expect(page.get_by_role("article").get_by_role("button", name="React or change")).to_be_focused()
