"""What is shown about rooms, people and order: it can be read in both schemes, and fits a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import faults
from tests.e2e.contrast import too_faint

from .house import Arrive, add_member, make_private_room, open_about
from .people import expect_stored, write

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}


def fits(page: Page) -> bool:
    """Return whether nothing that is shown is wider than what holds it."""
    return bool(
        page.evaluate(
            """() => {
              const open = [...document.querySelectorAll("dialog[open]")].at(-1)
                ?? document.querySelector("main:not([hidden])");
              return [document.documentElement, open].every((one) => one.scrollWidth <= one.clientWidth);
            }"""
        )
    )


def wrong_with(page: Page, scheme: str) -> list[Any]:
    """Return what cannot be read, and what axe finds, which looks at both schemes at once."""
    return too_faint(page) + (faults(page) if scheme == "light" else [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_shown_about_a_room_can_be_read_and_fits_a_phone(arrive: Arrive, scheme: Any) -> None:
    ada, bob = arrive("Ada", color_scheme=scheme), arrive("Bob", color_scheme=scheme, **PHONE)
    make_private_room(ada.page, "The Book Club")
    add_member(ada.page, "The Book Club", bob.name)
    ada.page.locator("#members-list summary").filter(has_text=bob.name).click()
    ada.page.get_by_role("button", name="Make owner").click()
    expect(ada.page.locator("#members-list details[open]")).to_contain_text("owner")
    ada.page.get_by_role("combobox", name="Add somebody").fill("nobody of this name")
    expect(ada.page.get_by_text("Nobody here has such a name.")).to_be_visible()
    assert wrong_with(ada.page, scheme) == []
    ada.page.keyboard.press("Escape")
    ada.page.keyboard.press("Escape")
    write(ada.page, "a great chapter")

    bob.page.get_by_role("button", name="Rooms", exact=True).click()
    bob.page.get_by_role("link", name="The Book Club").click()
    expect_stored(bob.page, "a great chapter")
    bob.page.get_by_role("button", name=ada.name).click()
    assert wrong_with(bob.page, scheme) == []
    bob.page.keyboard.press("Escape")
    open_about(bob.page, "The Book Club")
    bob.page.locator("#members-list summary").filter(has_text=ada.name).click()
    bob.page.get_by_role("button", name="Make a link").click()
    expect(bob.page.get_by_role("button", name="Copy")).to_be_visible()
    assert fits(bob.page)
    assert wrong_with(bob.page, scheme) == []
    bob.page.get_by_role("button", name="Bots and hooks").click()
    bob.page.get_by_label("Name of a new hook").fill("Build")
    bob.page.get_by_role("button", name="Make a hook").click()
    expect(bob.page.get_by_label("Address of the hook")).to_be_visible()
    assert fits(bob.page)
    assert wrong_with(bob.page, scheme) == []
    bob.page.keyboard.press("Escape")
    open_about(bob.page, "The Book Club")
    bob.page.get_by_role("button", name="Change the room").click()
    assert fits(bob.page)
    assert wrong_with(bob.page, scheme) == []
    bob.page.keyboard.press("Escape")
    bob.page.keyboard.press("Escape")
    open_about(bob.page, "The Book Club")
    bob.page.get_by_role("button", name="Leave the room").click()
    expect(bob.page.get_by_role("dialog", name="Leave The Book Club")).to_be_visible()
    assert wrong_with(bob.page, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_for_admins_can_be_read_and_fits_a_phone(arrive: Arrive, scheme: Any) -> None:
    page = arrive("Root", admin=True, color_scheme=scheme, **PHONE).page
    page.get_by_role("button", name="Rooms", exact=True).click()
    page.get_by_role("link", name="Admin").click()
    expect(page.get_by_role("heading", level=1, name="Admin")).to_be_focused()
    expect(page.get_by_text("you", exact=True)).to_be_visible()
    for tab in ("People", "Reports", "What was done", "Invites"):
        page.get_by_role("button", name=tab, exact=True).click()
        expect(page.get_by_role("region", name=tab)).to_be_visible()
        assert fits(page), tab
        assert wrong_with(page, scheme) == [], tab
    page.get_by_role("link", name="Back to the room").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
