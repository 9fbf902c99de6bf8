"""What people do with messages that are there: react, say how they read them, change and delete them."""

from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs, SecondTab
from .fake_server import FakeServer


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def message(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text)


def menu(page: Page, text: str) -> Locator:
    message(page, text).get_by_role("button", name="React or change").click()
    return page.get_by_role("menu", name="Message")


def test_a_reaction_is_seen_by_everybody_and_taken_back_by_a_second_press(
    join_as: JoinAs, server: FakeServer
) -> None:
    ada, grace = join_as("Ada"), join_as("Grace")
    write(ada, "we are done")
    menu(grace, "done").get_by_role("menuitemcheckbox", name="🎉").click()
    mine = message(grace, "done").get_by_role("button", name="🎉 1")
    expect(mine).to_have_attribute("aria-pressed", "true")
    expect(message(ada, "done").get_by_role("button", name="🎉 1")).to_have_attribute("aria-pressed", "false")
    message(ada, "done").get_by_role("button", name="🎉 1").click()
    expect(message(grace, "done").get_by_role("button", name="🎉 2")).to_have_attribute(
        "aria-pressed", "true"
    )
    message(grace, "done").get_by_role("button", name="🎉 2").click()
    expect(message(ada, "done").get_by_role("button", name="🎉 1")).to_be_visible()


def test_a_refused_reaction_is_taken_back_and_says_why(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "hello", reactions={"👍": 1})
    server.answers["react"] = [{"code": "invalid", "message": "There are 20 different ones already."}]
    message(page, "hello").get_by_role("button", name="👍 1").click()
    expect(page.locator("#composer-notice")).to_have_text("There are 20 different ones already.")
    expect(message(page, "hello").get_by_role("button", name="👍 1")).to_have_attribute(
        "aria-pressed", "false"
    )


def test_a_reader_says_how_they_read_a_message_and_can_withdraw_it(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.say("Grace", "well, great")
    opener = message(page, "well, great").get_by_role("button", name="positive")
    card = page.get_by_role("dialog", name="Reads as positive")
    opener.click()
    card.get_by_role("button", name="negative").click()
    server.wait_for(lambda: server.frames("label"), "a label")
    opener.click()
    expect(card.get_by_role("button", name="negative")).to_have_attribute("aria-pressed", "true")
    expect(card).to_contain_text("Readers say: 1 negative.")
    card.get_by_role("button", name="negative").click()
    server.wait_for(lambda: len(server.frames("label")) == 2, "a withdrawal")
    assert [frame["label"] for frame in server.frames("label")] == ["negative", None]


def test_what_one_reacts_and_labels_in_one_tab_shows_as_one_s_own_in_the_other(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada")
    second = second_tab(first)
    server.say("Grace", "well, great")
    menu(first, "well").get_by_role("menuitemcheckbox", name="👍").click()
    pressed = message(second, "well").get_by_role("button", name="👍 1")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    message(second, "well").get_by_role("button", name="positive").click()
    second.get_by_role("dialog").get_by_role("button", name="negative").click()
    server.wait_for(lambda: server.frames("label"), "a label")
    message(first, "well").get_by_role("button", name="positive").click()
    label = first.get_by_role("dialog").get_by_role("button", name="negative")
    expect(label).to_have_attribute("aria-pressed", "true")
    first.keyboard.press("Escape")
    expect(message(first, "well").get_by_role("button", name="👍 1")).to_have_attribute(
        "aria-pressed", "true"
    )
    pressed.click()
    expect(message(first, "well").get_by_role("button", name="👍")).to_have_count(0)


def test_a_press_in_one_tab_waits_for_that_in_the_other(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada", still=True)
    second = second_tab(first)
    server.say("Grace", "hello", reactions={"👍": 1})
    server.answers["react"] = ["hold"]
    message(first, "hello").get_by_role("button", name="👍 1").click()
    thumb = message(second, "hello").get_by_role("button", name="👍 1")
    expect(thumb).to_have_attribute("aria-pressed", "true")
    thumb.click()
    expect(message(first, "hello").get_by_role("button", name="👍 1")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert [frame["on"] for frame in server.frames("react")] == [True]
    server.release()
    server.wait_for(lambda: len(server.frames("react")) == 2, "the second press")
    expect(message(first, "hello").get_by_role("button", name="👍")).to_have_count(0)
    assert [frame["on"] for frame in server.frames("react")] == [True, False]


def test_a_refused_reaction_is_taken_back_in_every_tab(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada")
    second = second_tab(first)
    server.say("Grace", "hello", reactions={"👍": 1})
    server.answers["react"] = [{"code": "invalid", "message": "No."}]
    message(first, "hello").get_by_role("button", name="👍 1").click()
    expect(first.locator("#composer-notice")).to_have_text("No.")
    for page in (first, second):
        thumb = message(page, "hello").get_by_role("button", name="👍 1")
        expect(thumb).to_have_attribute("aria-pressed", "false")


def test_an_own_message_is_edited_in_the_box_and_the_draft_waits(join_as: JoinAs) -> None:
    ada, grace = join_as("Ada"), join_as("Grace")
    write(ada, "see you at fife")
    expect(message(grace, "fife")).to_be_visible()
    box = ada.get_by_role("textbox", name="Message")
    box.fill("a draft")
    menu(ada, "fife").get_by_role("menuitem", name="Edit").click()
    expect(box).to_have_value("see you at fife")
    expect(ada.get_by_text("You are changing a message.")).to_be_visible()
    write(ada, "see you at five")
    expect(message(grace, "see you at five")).to_contain_text("edited")
    expect(box).to_have_value("a draft")
    expect(message(ada, "five")).to_have_count(1)


def test_the_up_arrow_edits_the_last_own_message_and_escape_gives_up(join_as: JoinAs) -> None:
    page = join_as("Ada")
    write(page, "first")
    write(page, "second")
    expect(page.locator('[data-state="stored"]')).to_have_count(2)
    box = page.get_by_role("textbox", name="Message")
    box.press("ArrowUp")
    expect(box).to_have_value("second")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(page.get_by_text("You are changing a message.")).to_be_hidden()


def test_an_edit_that_is_refused_keeps_the_new_text(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    write(page, "old words")
    expect(message(page, "old words")).to_have_attribute("data-state", "stored")
    server.answers["edit"] = [{"code": "forbidden", "message": "It is too late to change this."}]
    menu(page, "old words").get_by_role("menuitem", name="Edit").click()
    write(page, "new words")
    expect(page.locator("#composer-notice")).to_have_text("It is too late to change this.")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("new words")
    expect(message(page, "old words")).to_be_visible()


def test_an_own_message_is_deleted_after_a_question(join_as: JoinAs) -> None:
    ada, grace = join_as("Ada"), join_as("Grace")
    write(ada, "delete me")
    menu(ada, "delete me").get_by_role("menuitem", name="Delete").click()
    dialog = ada.get_by_role("dialog", name="Delete this message")
    expect(dialog).to_contain_text("delete me")
    dialog.get_by_role("button", name="Delete").click()
    expect(message(grace, "Message deleted")).to_be_visible()
    expect(ada.get_by_text("delete me")).to_have_count(0)


def test_others_messages_can_only_be_reacted_to(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "mine alone")
    opened = menu(page, "mine alone")
    expect(opened.get_by_role("menuitemcheckbox", name="👍")).to_be_focused()
    expect(opened.get_by_role("menuitem", name="Edit")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(message(page, "mine alone").get_by_role("button", name="React or change")).to_be_focused()


def test_who_types_is_shown_until_the_message_comes(join_as: JoinAs, server: FakeServer) -> None:
    ada, grace = join_as("Ada", still=True), join_as("Grace", still=True)
    box = ada.get_by_role("textbox", name="Message")
    box.type("thinking", delay=5)
    expect(grace.get_by_text("Ada is typing…")).to_be_visible()
    assert len(server.frames("typing")) == 1
    box.press("Enter")
    expect(message(grace, "thinking")).to_be_visible()
    expect(grace.get_by_text("is typing…")).to_have_count(0)
