"""Mentions: names are completed, sent as ids, and shown."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


@pytest.fixture
def ada(server: FakeServer, join_as: JoinAs) -> Page:
    server.say("Bo", "hello")
    server.say("Grace", "hi")
    server.people = [{"id": "u-gus", "name": "Gus", "role": "member"}]
    return join_as()


def test_people_of_the_room_come_first_then_those_whom_the_service_finds(ada: Page) -> None:
    box(ada).press_sequentially("@")
    expect(options(ada).locator("bdi")).to_have_text(["Grace", "Bo", "here"])
    box(ada).press_sequentially("g")
    expect(options(ada).locator("bdi")).to_have_text(["Grace", "Gus"])


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_arrows_choose_and_enter_or_tab_takes_what_is_chosen(server: FakeServer, ada: Page, key: str) -> None:
    box(ada).press_sequentially("see @")
    expect(options(ada).first).to_have_attribute("aria-selected", "true")
    box(ada).press("ArrowDown")
    expect(options(ada).nth(1)).to_have_attribute("aria-selected", "true")
    active = box(ada).get_attribute("aria-activedescendant")
    assert active == options(ada).nth(1).get_attribute("id")
    box(ada).press(key)
    expect(box(ada)).to_have_value("see @Bo ")
    expect(box(ada)).to_be_focused()
    expect(options(ada)).to_have_count(0)
    box(ada).press("Enter")
    server.wait_for(lambda: server.frames("send"), "the message was sent")
    assert server.frames("send")[0]["mentions"] == ["u-bo"]
    expect(ada.locator("article[data-own][data-state=stored] .mention")).to_have_text("@Bo")


def test_escape_closes_the_list_and_nothing_else(server: FakeServer, ada: Page) -> None:
    box(ada).press_sequentially("@g")
    expect(options(ada).first).to_be_visible()
    box(ada).press("Escape")
    expect(options(ada)).to_have_count(0)
    expect(box(ada)).to_have_value("@g")
    box(ada).press("Enter")
    server.wait_for(lambda: server.frames("send"), "the message was sent")
    assert "mentions" not in server.frames("send")[0]


def test_a_click_takes_a_name_and_the_focus_stays_in_the_box(ada: Page) -> None:
    box(ada).press_sequentially("@")
    options(ada).filter(has_text="Grace").click()
    expect(box(ada)).to_have_value("@Grace ")
    expect(box(ada)).to_be_focused()


def test_somebody_whom_the_service_found_is_mentioned(server: FakeServer, ada: Page) -> None:
    box(ada).press_sequentially("@gus")
    expect(options(ada).locator("bdi")).to_have_text(["Gus"])
    box(ada).press("Enter")
    box(ada).press("Enter")
    server.wait_for(lambda: server.frames("send"), "the message was sent")
    assert server.frames("send")[0]["mentions"] == ["u-gus"]


def test_who_was_chosen_is_still_mentioned_after_a_reload(server: FakeServer, ada: Page) -> None:
    box(ada).press_sequentially("@gus")
    expect(options(ada).locator("bdi")).to_have_text(["Gus"])
    box(ada).press("Enter")
    ada.reload()
    expect(box(ada)).to_have_value("@Gus ")
    box(ada).press("Enter")
    server.wait_for(lambda: server.frames("send"), "the message was sent")
    assert server.frames("send")[0]["mentions"] == ["u-gus"]


def test_another_room_has_neither_the_list_nor_the_hint_of_the_one_before(
    server: FakeServer, ada: Page
) -> None:
    server.room("team")
    box(ada).press_sequentially("@here @g")
    expect(options(ada)).not_to_have_count(0)
    expect(ada.locator("#composer-here")).not_to_be_empty()
    ada.evaluate("location.hash = '#/r/team'")
    expect(box(ada)).to_have_value("")
    expect(options(ada)).to_have_count(0)
    expect(ada.locator("#composer-here")).to_be_empty()


def test_a_name_that_was_typed_without_the_list_is_mentioned_too(server: FakeServer, ada: Page) -> None:
    box(ada).fill("@Grace, @Bo: look")
    box(ada).press("Enter")
    server.wait_for(lambda: server.frames("send"), "the message was sent")
    assert server.frames("send")[0]["mentions"] == ["u-grace", "u-bo"]


def test_here_says_whom_it_means_and_mentions_them(server: FakeServer, ada: Page) -> None:
    box(ada).press_sequentially("@he")
    expect(options(ada)).to_have_text(re.compile("here.*everybody here: 3, you among them"))
    box(ada).press("Enter")
    expect(ada.locator("#composer-here")).to_have_text("@here mentions Grace and Bo.")
    box(ada).press_sequentially("look")
    box(ada).press("Enter")
    expect(ada.locator("#composer-here")).to_have_text("")
    server.wait_for(lambda: server.frames("send"), "the message was sent")
    assert server.frames("send")[0]["mentions"] == ["u-grace", "u-bo"]
    expect(ada.locator("article[data-own][data-state=stored] .mention")).to_have_text("@here")


def test_a_message_that_mentions_the_reader_is_marked(server: FakeServer, ada: Page) -> None:
    server.say("Bo", "Is @Ada here?", mentions=[{"id": "u-ada", "name": "Ada"}])
    server.say("Bo", "@here wake up", mentions=[{"id": "u-ada", "name": "Ada"}])
    server.say("Bo", "@here you not", mentions=[{"id": "u-cy", "name": "Cy"}])
    server.say("Bo", "@here is a word")
    marked = ada.locator("article[data-mentions-me]")
    expect(marked.locator("mark.mention")).to_have_text(["@Ada (you)", "@here (you)"])
    expect(ada.locator("article", has_text="you not").locator("span.mention")).to_have_text("@here")
    expect(ada.locator("article", has_text="is a word").locator(".mention")).to_have_count(0)


def test_while_a_message_is_changed_nobody_is_offered_who_would_not_be_told(ada: Page) -> None:
    box(ada).fill("first")
    box(ada).press("Enter")
    expect(ada.locator("article[data-own][data-state=stored]")).to_have_count(1)
    box(ada).press("ArrowUp")
    expect(box(ada)).to_have_value("first")
    box(ada).press_sequentially(" @G")
    expect(options(ada)).to_have_count(0)
