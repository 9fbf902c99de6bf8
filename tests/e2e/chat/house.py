"""What people do with rooms of their own on the page, in the words of the tests."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from testkit.client import unique


class Person(NamedTuple):
    """Somebody with a window of their own."""

    page: Page
    name: str


Arrive = Callable[..., Person]


def make_private_room(page: Page, title: str) -> str:
    """Make a private room with a title in the dialog, and return its name."""
    name = unique("club")
    page.get_by_role("button", name="New room").click()
    page.get_by_label("Room name").fill(name)
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="Topic").fill("no spoilers")
    page.get_by_role("radio", name="Private").check()
    page.get_by_role("button", name="Create room").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_text("no spoilers").first).to_be_visible()
    return name


def open_about(page: Page, title: str) -> None:
    page.get_by_role("button", name=f"About {title}").click()
    expect(page.get_by_role("dialog", name=title)).to_be_visible()


def add_member(page: Page, title: str, name: str) -> None:
    """Add somebody to the open room, found by their name, with the keyboard alone."""
    open_about(page, title)
    page.get_by_role("combobox", name="Add somebody").fill(name[:-1])
    expect(page.get_by_role("option", name=name)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#members-list").get_by_text(name)).to_be_visible()
