"""Writing and sending: at once on the screen, once in the log, in the order of writing, and never lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.signing_out import sign_out

from .conftest import JoinAs
from .fake_server import FakeServer
from .page_time import pass_time

NO_SOCKET = ("WebSocket connection to",)


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def message(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text)


def test_a_message_appears_at_once_and_is_confirmed_by_its_own_copy(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.answers["send"] = ["hold"]
    write(page, "hello")
    expect(message(page, "hello")).to_have_attribute("data-state", "pending")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    server.release()
    expect(message(page, "hello")).to_have_attribute("data-state", "stored")
    expect(page.get_by_role("article")).to_have_count(1)


def test_what_one_person_writes_reaches_another(join_as: JoinAs) -> None:
    ada, grace = join_as("Ada"), join_as("Grace")
    write(ada, "good morning")
    expect(message(grace, "good morning").get_by_role("button", name="positive")).to_be_visible()
    write(grace, "and to you")
    expect(message(ada, "and to you")).to_be_visible()


def test_messages_keep_the_order_in_which_they_were_written(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.answers["send"] = ["hold"]
    for text in ("one", "two", "three"):
        write(page, text)
    server.release()
    expect(page.locator('[data-state="stored"]')).to_have_count(3)
    assert page.locator(".message-text").all_inner_texts() == ["one", "two", "three"]


def test_what_is_written_offline_is_sent_when_the_connection_is_back(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", allow=NO_SOCKET, still=True)
    server.drop()
    connection = page.locator("#connection")
    expect(connection).to_have_attribute("data-connection", "offline")
    write(page, "written in a tunnel")
    expect(message(page, "tunnel")).to_have_attribute("data-state", "pending")
    expect(message(page, "tunnel")).to_contain_text("Waiting for connection")
    page.get_by_role("button", name="Try now").click()
    expect(message(page, "tunnel")).to_have_attribute("data-state", "stored")
    expect(connection).to_have_attribute("data-connection", "online")


def test_a_message_whose_confirmation_was_lost_is_stored_once(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.answers["send"] = ["store and drop"]
    write(page, "only once")
    expect(message(page, "only once")).to_have_attribute("data-state", "stored")
    assert [entry["text"] for entry in server.room("general").messages.values()] == ["only once"]


@pytest.mark.parametrize("failure", ["gateway", {"code": "unavailable", "message": "Try again."}])
def test_a_failure_that_may_pass_is_retried_with_the_same_id(
    join_as: JoinAs, server: FakeServer, failure: object
) -> None:
    page = join_as("Ada")
    server.answers["send"] = [failure]
    write(page, "try, try again")
    expect(message(page, "try again")).to_have_attribute("data-state", "stored")
    assert len({frame["id"] for frame in server.frames("send")}) == 1
    assert len(server.frames("send")) == 2


def test_a_refused_message_says_why_and_can_be_retried(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.answers["send"] = [{"code": "forbidden", "message": "This room is closed today."}]
    write(page, "let me in")
    failed = message(page, "let me in")
    expect(failed).to_have_attribute("data-state", "failed")
    expect(failed.get_by_role("alert")).to_have_text("Not sent. This room is closed today.")
    failed.get_by_role("button", name="Retry").click()
    expect(message(page, "let me in")).to_have_attribute("data-state", "stored")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_a_refused_message_survives_a_reload_and_can_be_deleted(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.answers["send"] = [{"code": "invalid", "message": "No."}]
    write(page, "not this")
    expect(message(page, "not this")).to_have_attribute("data-state", "failed")
    page.reload()
    message(page, "not this").get_by_role("button", name="Delete draft").click()
    expect(message(page, "not this")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()


def test_who_writes_too_fast_sees_it_and_the_page_sends_again_by_itself(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", still=True)
    server.answers["send"] = [{"code": "rate_limited", "message": "Slow down.", "retryAfter": 1}]
    write(page, "quick")
    expect(message(page, "quick")).to_contain_text("Sending again in 1 s")
    pass_time(page, 1_000)
    expect(message(page, "quick")).to_have_attribute("data-state", "stored")
    expect(message(page, "quick")).not_to_contain_text("Sending again")


def test_a_pending_message_survives_a_reload(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", allow=NO_SOCKET)
    server.silent = True
    write(page, "do not forget me")
    page.reload()
    server.silent = False
    page.reload()
    expect(message(page, "forget me")).to_have_attribute("data-state", "stored")
    assert len(server.room("general").messages) == 1


def test_a_text_that_is_too_long_is_kept_and_counted_in_code_points(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    write(page, "🎈" * 64_001)  # more than sixteen messages hold
    expect(page.locator("#composer-count")).to_have_text("60,001 too many")
    # The count is read with the box, and not after every key.
    described = page.get_by_role("textbox", name="Message")
    expect(described).to_have_accessible_description(re.compile("60,001 too many$"))
    assert page.locator("#composer-count").get_attribute("aria-live") is None
    expect(page.locator("#composer-notice")).to_contain_text("60,001 characters over the limit")
    assert server.frames("send") == []
    write(page, "🎈" * 4000)
    expect(page.locator('[data-state="stored"]')).to_have_count(1)
    assert len(server.frames("send")[0]["text"]) == 4000


def test_shift_enter_begins_a_line_and_composing_is_left_alone(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    box = page.get_by_role("textbox", name="Message")
    box.type("one")
    page.keyboard.press("Shift+Enter")
    box.type("two")
    box.evaluate("box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true}))")
    assert server.frames("send") == []
    page.keyboard.press("Enter")
    expect(page.locator(".message-text")).to_have_text("one\ntwo")


def test_blank_text_is_not_sent(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    write(page, "  \n ")
    page.get_by_role("button", name="Send").click()
    write(page, "something")
    expect(message(page, "something")).to_have_attribute("data-state", "stored")
    assert len(server.frames("send")) == 1


def test_each_room_keeps_its_own_draft(join_as: JoinAs) -> None:
    page = join_as("Ada")
    box = page.get_by_role("textbox", name="Message")
    box.fill("for general")
    page.goto(page.url.replace("general", "tea-room"))
    expect(box).to_have_value("")
    box.fill("for tea")
    page.get_by_role("link", name="general").click()
    expect(box).to_have_value("for general")
    page.reload()
    page.get_by_role("link", name="tea-room").click()
    expect(box).to_have_value("for tea")


def test_two_tabs_of_one_person_show_the_same(
    join_as: JoinAs, open_page: Callable[..., Page], server: FakeServer
) -> None:
    first = join_as("Ada")
    second = open_page(server.url, context=first.context)
    expect(second.get_by_role("log")).to_be_visible()
    write(first, "from the first")
    expect(message(second, "from the first")).to_have_attribute("data-own", "")
    write(second, "from the second")
    expect(message(first, "from the second")).to_have_attribute("data-state", "stored")
    assert len(server.room("general").messages) == 2


def test_signing_out_asks_first_and_says_what_is_lost(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.answers["send"] = [{"code": "invalid", "message": "No."}]
    write(page, "unsent")
    expect(message(page, "unsent")).to_have_attribute("data-state", "failed")
    page.get_by_role("button", name="Sign out").click()
    dialog = page.get_by_role("dialog", name="Sign out?")
    expect(dialog).to_contain_text("Nobody can come back as Ada")
    expect(dialog).to_contain_text("1 message has not been sent yet")
    dialog.get_by_role("button", name="Stay").click()
    expect(message(page, "unsent")).to_be_visible()
    sign_out(page)
    expect(page.get_by_label("Your name")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('outbox'))") == []
