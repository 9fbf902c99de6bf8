"""Changing one's own message: the last one with an arrow, marked in the log, and emptied of its text."""

from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


def say(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")
    expect(page.locator("article[data-own][data-state=stored]", has_text=text)).to_be_visible()


def test_the_message_that_is_being_changed_is_marked_until_that_ends(
    server: FakeServer, join_as: JoinAs
) -> None:
    page = join_as()
    say(page, "one")
    server.say("Bo", "between")
    say(page, "two")
    box(page).press("ArrowUp")
    marked = page.locator("article[data-editing]")
    expect(marked).to_have_attribute("data-seq", "3")
    expect(box(page)).to_have_value("two")
    server.change(3, reactions={"👍": 1})
    expect(page.locator("article[data-seq='3'] .reaction")).to_be_visible()
    expect(marked).to_have_attribute("data-seq", "3")
    box(page).press("Escape")
    expect(marked).to_have_count(0)
    box(page).press("ArrowUp")
    box(page).fill("two, changed")
    box(page).press("Enter")
    expect(marked).to_have_count(0)
    expect(page.locator("article[data-seq='3']")).to_contain_text("two, changed")


def test_a_change_that_leaves_nothing_offers_to_delete(server: FakeServer, join_as: JoinAs) -> None:
    page = join_as()
    say(page, "a mistake")
    box(page).press("ArrowUp")
    box(page).fill("  ")
    box(page).press("Enter")
    question = page.get_by_role("dialog", name="Delete this message for everybody?")
    expect(question).to_contain_text("a mistake")
    question.get_by_role("button", name="Keep it").click()
    expect(page.locator("article[data-editing]")).to_have_count(1)
    assert server.frames("delete") == []
    box(page).press("Enter")
    question.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator("article[data-deleted]")).to_have_count(1)
    expect(page.locator("#composer-edit")).to_be_hidden()
    expect(page.locator("#composer-notice")).to_have_text("")


def test_a_change_hides_a_reply_that_was_begun_and_gives_it_back(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "Shall we?")
    page = join_as()
    say(page, "one")
    page.locator("article").first.get_by_role("button", name="React or change").press("r")
    expect(page.locator("#composer-reply")).to_be_visible()
    box(page).press("ArrowUp")
    expect(page.locator("#composer-edit")).to_be_visible()
    expect(page.locator("#composer-reply")).to_be_hidden()
    box(page).press("Escape")
    expect(page.locator("#composer-reply")).to_be_visible()
