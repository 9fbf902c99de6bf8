"""What is open about a message ends when the message is deleted elsewhere, and the page says so."""

from playwright.sync_api import expect

from .conftest import JoinAs
from .fake_room import Entry
from .fake_server import FakeServer
from .test_changes import menu, message, write

GONE: Entry = {"text": "", "deleted": True, "sentiment": None}


def newest(server: FakeServer) -> Entry:
    return max(server.room("general").messages.values(), key=lambda entry: entry["seq"])


def test_menu_explanation_and_question_close_and_the_page_says_why(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    notice, box = page.locator("#composer-notice"), page.get_by_role("textbox", name="Message")

    first = server.say("Grace", "great menu")
    opened = menu(page, "great menu")
    expect(opened).to_be_visible()
    server.change(first["seq"], **GONE)
    expect(opened).to_be_hidden()
    expect(notice).to_have_text("This message was just deleted.")
    expect(box).to_be_focused()

    second = server.say("Grace", "great why")
    box.press("a")
    expect(notice).to_have_text("")
    message(page, "great why").get_by_role("button", name="positive").click()
    card = page.get_by_role("dialog", name="Reads as positive")
    expect(card).to_be_visible()
    server.change(second["seq"], **GONE)
    expect(card).to_be_hidden()
    expect(notice).to_have_text("This message was just deleted.")

    box.fill("mine")
    box.press("Enter")
    expect(message(page, "mine")).to_have_attribute("data-state", "stored")
    menu(page, "mine").get_by_role("menuitem", name="Delete").click()
    question = page.get_by_role("dialog", name="Delete this message")
    server.change(newest(server)["seq"], text="mine, changed in another tab")
    expect(question).to_contain_text("changed in another tab")
    server.change(newest(server)["seq"], **GONE)
    expect(question).to_be_hidden()
    expect(notice).to_have_text("This message was just deleted.")
    assert server.frames("delete") == []


def test_a_change_of_a_message_that_was_deleted_becomes_the_draft(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    notice, box = page.locator("#composer-notice"), page.get_by_role("textbox", name="Message")
    for words in ("first words", "second words"):
        write(page, words)
        expect(message(page, words)).to_have_attribute("data-state", "stored")
    box.press("ArrowUp")
    server.change(newest(server)["seq"], **GONE)
    expect(notice).to_have_text("The message that you were changing was deleted.")
    expect(box).to_have_value("")
    expect(page.get_by_text("You are changing a message.")).to_be_hidden()
    box.press("ArrowUp")
    box.fill("better words")
    server.change(newest(server)["seq"] - 1, **GONE)
    expect(notice).to_contain_text("What you wrote is still in the box.")
    expect(box).to_have_value("better words")
    box.press("Enter")
    expect(message(page, "better words")).to_have_attribute("data-state", "stored")
    assert server.frames("edit") == []
