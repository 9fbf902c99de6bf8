"""Replies: what is being answered, how the log shows it, and where it leads."""

from playwright.sync_api import Page, expect

from .conftest import JoinAs, SecondTab
from .fake_server import FakeServer


def open_menu(page: Page, text: str) -> None:
    """Open the menu of a message, as somebody with a keyboard does."""
    page.locator("article", has_text=text).first.get_by_role("button", name="React or change").press("Enter")


def reply_to(page: Page, text: str) -> None:
    open_menu(page, text)
    page.get_by_role("menuitem", name="Reply", exact=True).click()


def test_a_reply_shows_the_line_that_it_answers_and_leads_there(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "Shall we meet at *noon*?")
    server.fill(60)
    page = join_as()
    page.locator("article", has_text="message number 60").wait_for()
    server.say("Grace", "Yes or no?")
    reply_to(page, "Yes or no?")
    bar = page.locator("#composer-reply")
    expect(bar).to_contain_text("Replying to Grace: Yes or no?")
    page.get_by_role("textbox", name="Message").press_sequentially("Yes")
    page.keyboard.press("Enter")
    expect(bar).to_be_hidden()
    answer = page.locator("article[data-own][data-state=stored]", has=page.locator("p", has_text="Yes"))
    quote = answer.locator(".quote")
    expect(quote).to_have_text("In reply to Grace: Yes or no?")
    assert [frame["replyTo"] for frame in server.frames("send")] == [62]
    quote.click()
    expect(page.locator("article[data-seq='62']")).to_be_focused()


def test_a_quoted_line_leads_back_to_what_is_not_loaded_yet(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "The *first* word")
    server.fill(120)
    server.say("Ada", "Answered at last", replyTo=server.room("general").quote(1))
    page = join_as("Bo")
    quote = page.locator("article", has_text="Answered at last").locator(".quote")
    expect(quote).to_have_text("In reply to Grace: The first word")
    quote.click()
    expect(page.locator("article[data-seq='1']")).to_be_focused()


def test_escape_and_the_button_give_up_a_reply_and_keep_what_was_written(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.say("Grace", "Shall we?")
    page = join_as()
    box = page.get_by_role("textbox", name="Message")
    for way in ("Escape", "Cancel the reply"):
        page.locator("article").get_by_role("button", name="React or change").press("r")
        expect(box).to_be_focused()
        box.fill("perhaps")
        if way == "Escape":
            page.keyboard.press(way)
        else:
            page.get_by_role("button", name=way).click()
        expect(page.locator("#composer-reply")).to_be_hidden()
        expect(box).to_have_value("perhaps")
        expect(box).to_be_focused()
    box.press("Enter")
    server.wait_for(lambda: server.frames("send"), "the message was sent")
    assert "replyTo" not in server.frames("send")[0]


def test_a_reply_that_was_begun_is_kept_over_a_reload_with_its_draft(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.say("Grace", "Shall we?")
    page = join_as()
    reply_to(page, "Shall we?")
    page.get_by_role("textbox", name="Message").fill("Let us")
    page.reload()
    expect(page.locator("#composer-reply")).to_contain_text("Shall we?")
    page.get_by_role("textbox", name="Message").press("Enter")
    expect(page.locator("article[data-own] .quote")).to_contain_text("Shall we?")


def test_the_outbox_keeps_what_a_message_answers_over_a_reload(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "Shall we?")
    page = join_as()
    server.answers["send"] = ["ignore"]
    reply_to(page, "Shall we?")
    page.get_by_role("textbox", name="Message").fill("@Grace yes")
    page.get_by_role("textbox", name="Message").press("Enter")
    pending = page.locator("article[data-state=pending]")
    expect(pending.locator(".quote")).to_contain_text("Shall we?")
    expect(pending.locator(".mention")).to_have_text("@Grace")
    server.wait_for(lambda: server.frames("send"), "it was sent for the first time")
    page.reload()
    expect(page.locator("article[data-own][data-state=stored] .quote")).to_contain_text("Shall we?")
    first, second = server.frames("send")
    assert (
        (second["replyTo"], second["mentions"]) == (first["replyTo"], first["mentions"]) == (1, ["u-grace"])
    )


def test_the_answer_to_a_deleted_message_says_so(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "A secret")
    server.say("Bo", "Really?", replyTo=server.room("general").quote(1))
    page = join_as()
    quote = page.locator("article", has_text="Really?").locator(".quote")
    expect(quote).to_contain_text("A secret")
    server.change(1, deleted=True, text="", sentiment=None)
    expect(quote).to_have_text("In reply to Grace: This message was deleted.")
    quote.click()
    expect(page.locator("article[data-seq='1']")).to_be_focused()


def test_a_message_shows_the_replies_to_it(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "Who comes?")
    for name in ("Bo", "Cy"):
        server.say(name, f"{name} comes", replyTo=server.room("general").quote(1))
    server.fill(3)
    page = join_as()
    open_menu(page, "Who comes?")
    page.get_by_role("menuitem", name="Show replies").click()
    dialog = page.get_by_role("dialog", name="2 replies")
    expect(dialog.locator(".message-list .list-text")).to_have_text(["Bo comes", "Cy comes"])
    dialog.locator(".message-list button").last.click()
    expect(dialog).to_be_hidden()
    expect(page.locator("article[data-seq='3']")).to_be_focused()


def test_r_replies_to_the_message_in_which_the_focus_is(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "Shall we?")
    page = join_as()
    page.locator("article").get_by_role("button", name="React or change").press("r")
    expect(page.locator("#composer-reply")).to_contain_text("Shall we?")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("")


def test_another_tab_does_not_take_a_reply_over_for_its_own_draft(
    server: FakeServer, join_as: JoinAs, second_tab: SecondTab
) -> None:
    server.say("Grace", "Shall we?")
    page = join_as()
    other = second_tab(page)
    other.get_by_role("textbox", name="Message").fill("Something else")
    reply_to(page, "Shall we?")
    other.get_by_role("textbox", name="Message").press("Enter")
    server.wait_for(lambda: server.frames("send"), "the other tab's message was sent")
    assert "replyTo" not in server.frames("send")[0]
