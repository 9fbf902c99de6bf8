"""What is begun in one room, by one person or about one text is not done to another."""

import re

from playwright.sync_api import Page, expect

from .conftest import JoinAs, SecondTab
from .fake_server import FakeServer
from .test_changes import menu, message, write

ROOMS = ("general", "tea-room")
READ = "localStorage.getItem('undertone.read.tea-room')"


def in_both_rooms(join_as: JoinAs) -> Page:
    """Let somebody write one message in each of two rooms; the second one is open."""
    page = join_as("Ada", room=ROOMS[0])
    write(page, f"words of {ROOMS[0]}")
    expect(message(page, "words of").and_(page.locator('[data-state="stored"]'))).to_have_count(1)
    page.goto(f"{page.url.split('#')[0]}#/r/{ROOMS[1]}")
    expect(page.get_by_role("heading", level=1, name=ROOMS[1])).to_be_visible()
    write(page, f"words of {ROOMS[1]}")
    expect(message(page, "words of tea-room").and_(page.locator('[data-state="stored"]'))).to_have_count(1)
    return page


def go(page: Page, room: str) -> None:
    page.get_by_role("link", name=room).click()
    expect(page.get_by_role("heading", level=1, name=room)).to_be_visible()


def test_a_question_about_a_deletion_ends_with_its_room(join_as: JoinAs, server: FakeServer) -> None:
    page = in_both_rooms(join_as)
    menu(page, "tea-room").get_by_role("menuitem", name="Delete").click()
    question = page.get_by_role("dialog", name="Delete this message")
    expect(question).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    expect(question).to_be_hidden()
    assert server.frames("delete") == []


def test_the_keyboard_goes_on_in_the_box_after_a_deletion(join_as: JoinAs) -> None:
    page = join_as("Ada")
    write(page, "a mistake")
    menu(page, "mistake").get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog", name="Delete this message").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Message deleted")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_an_edit_that_fails_waits_in_its_own_room(join_as: JoinAs, server: FakeServer) -> None:
    page = in_both_rooms(join_as)
    go(page, "general")
    page.get_by_role("textbox", name="Message").press("ArrowUp")
    server.answers["edit"] = [{"code": "unavailable", "message": "Try again.", "hold": True}]
    page.evaluate(
        "message.value = 'better words';"
        "message.dispatchEvent(new Event('input', {bubbles: true}));"
        "composer.requestSubmit();"
        "location.hash = '#/r/tea-room'"
    )
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    server.release()
    expect(page.locator("#composer-notice")).to_have_text("In general: Try again.")
    box = page.get_by_role("textbox", name="Message")
    expect(box).to_have_value("")
    expect(page.get_by_text("You are changing a message.")).to_be_hidden()
    go(page, "general")
    expect(box).to_have_value("better words")
    expect(page.get_by_text("You are changing a message.")).to_be_visible()
    box.press("Enter")
    expect(message(page, "better words")).to_be_visible()
    assert {frame["room"] for frame in server.frames("edit")} == {"general"}


def test_a_change_that_was_begun_is_there_again_after_another_room_and_a_reload(join_as: JoinAs) -> None:
    page = in_both_rooms(join_as)
    box = page.get_by_role("textbox", name="Message")
    box.press("ArrowUp")
    box.fill("half a thought")
    go(page, "general")
    expect(box).to_have_value("")
    go(page, "tea-room")
    expect(box).to_have_value("half a thought")
    page.reload()
    expect(box).to_have_value("half a thought")
    expect(page.get_by_text("You are changing a message.")).to_be_visible()
    box.press("Escape")
    expect(box).to_have_value("")
    page.reload()
    expect(page.get_by_text("You are changing a message.")).to_be_hidden()


def test_an_explanation_goes_with_the_text_that_it_explains(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    entry = server.say("Grace", "great")
    message(page, "great").get_by_role("button", name="positive").click()
    card = page.get_by_role("dialog", name="Reads as positive")
    server.change(entry["seq"], labels={"negative": 1})
    expect(message(page, "great")).to_be_visible()
    expect(card).to_be_visible()
    server.change(entry["seq"], text="awful")
    expect(message(page, "awful")).to_be_visible()
    expect(card).to_be_hidden()


def test_what_one_person_wrote_does_not_go_out_under_the_name_of_the_next(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Olga", allow=("401", "403"), still=True)
    server.answers["send"] = ["ignore"]
    write(page, "only from Olga")
    expect(message(page, "only from Olga")).to_be_visible()
    server.expire_sessions()
    page.reload()
    page.get_by_label("Your name").fill("Pete")
    page.get_by_role("button", name="Join").click()
    row = message(page, "only from Olga")
    expect(row).to_have_attribute("data-state", "failed")
    expect(row).to_contain_text("written before the last session ended")
    assert len(server.frames("send")) == 1
    row.get_by_role("button", name="Retry").click()
    expect(row).to_have_attribute("data-state", "stored")
    first, second = server.frames("send")
    assert first["id"] != second["id"]


def test_a_room_is_not_left_with_something_unsent_nor_is_the_only_one(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    leave = page.get_by_role("button", name="Leave general")
    expect(leave).to_be_disabled()
    expect(leave).to_have_attribute("title", re.compile("your only room"))
    page.goto(f"{server.url}#/r/tea-room")
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    server.answers["send"] = [{"code": "invalid", "message": "No."}]
    write(page, "unsent")
    expect(message(page, "unsent")).to_have_attribute("data-state", "failed")
    page.get_by_role("button", name="Leave tea-room").click()
    expect(page.locator("#composer-notice")).to_contain_text("You have unsent messages here")
    message(page, "unsent").get_by_role("button", name="Delete draft").click()
    page.get_by_role("button", name="Leave tea-room").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()


def test_a_log_that_begins_anew_is_unread_from_its_beginning(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(15, room="tea-room", name="Grace")
    page = join_as("Ada", room="tea-room")
    expect(page.get_by_text("message number 15")).to_be_visible()
    server.wait_for(lambda: page.evaluate(READ) == "15", "a mark at the last message")
    page.get_by_role("link", name="general").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    server.rooms.clear()
    page.reload()
    server.wait_for(lambda: page.evaluate(READ) == "0", "a mark at the beginning")
    server.say("Grace", "tea?", room="tea-room")
    expect(page.get_by_role("link", name="tea-room")).to_contain_text("1 unread")


def test_rooms_that_two_tabs_open_are_all_joined_afterwards(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada")
    second = second_tab(first)
    for page, room in ((second, "aa"), (second, "bb"), (first, "cc")):
        page.goto(f"{server.url}#/r/{room}")
        expect(page.get_by_role("heading", level=1, name=room)).to_be_visible()
    server.received.clear()
    first.reload()
    server.wait_for(lambda: len(server.frames("join")) >= 4, "four joins")
    assert {frame["room"] for frame in server.frames("join")} == {"general", "aa", "bb", "cc"}
