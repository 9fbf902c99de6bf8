"""Nothing is missed, on the running chat: the same counts on every device, and new rooms at once."""

import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect

from testkit.client import unique

from .house import Arrive, Person
from .people import expect_connection, expect_stored, write


def another_device(first: Person, open_page: Callable[..., Page], url: str) -> Page:
    """Open the page in a browser that knows nothing but who somebody is."""
    session = first.page.evaluate("localStorage.getItem('undertone.session')")
    page = open_page(url)
    page.evaluate("(session) => localStorage.setItem('undertone.session', session)", session)
    page.reload()
    expect_connection(page, "online")
    return page


def make_room(person: Person) -> str:
    """Make an open room and go there."""
    name = unique("tea")
    person.page.get_by_role("button", name="New room").click()
    person.page.get_by_label("Room name").fill(name)
    person.page.get_by_role("button", name="Create room").click()
    expect(person.page.get_by_role("heading", level=1, name=name)).to_be_visible()
    return name


def go(page: Page, room: str) -> None:
    page.get_by_role("link", name=room).click()
    expect(page.get_by_role("heading", level=1, name=room)).to_be_visible()


def test_a_new_open_room_is_listed_at_once_and_what_is_unread_is_the_same_on_another_device(
    arrive: Arrive, open_page: Callable[..., Page], house_url: str
) -> None:
    ada, bob = arrive("Ada"), arrive("Bob")
    room = make_room(ada)
    go(bob.page, room)
    write(bob.page, "the kettle is on")
    expect_stored(bob.page, "the kettle is on")
    go(bob.page, "general")
    expect_stored(ada.page, "the kettle is on")
    for number in range(3):
        write(ada.page, f"cup {number} of {uuid.uuid4().hex[:4]}")
    expect(ada.page.locator('article[data-own][data-state="stored"]')).to_have_count(3)
    badge = bob.page.get_by_role("link", name=room).locator(".badge")
    expect(badge).to_have_text("3 unread")
    device = another_device(bob, open_page, house_url)
    elsewhere = device.get_by_role("link", name=room).locator(".badge")
    expect(elsewhere).to_have_text("3 unread")
    go(bob.page, room)
    expect(bob.page.locator(".log-unread")).to_be_visible()
    expect(badge).to_have_count(0)
    device.bring_to_front()
    expect(elsewhere).to_have_count(0)


def test_a_room_that_begins_with_its_first_message_is_listed_at_once(arrive: Arrive, house_url: str) -> None:
    ada, bob = arrive("Ada"), arrive("Bob")
    room = unique("spontaneous")
    ada.page.goto(f"{house_url}#/r/{room}")
    expect(ada.page.get_by_role("heading", level=1, name=room)).to_be_visible()
    write(ada.page, "is anybody here?")
    expect(bob.page.get_by_role("link", name=room)).to_be_visible()
