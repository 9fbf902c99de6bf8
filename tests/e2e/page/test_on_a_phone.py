"""What people do on a small screen with their fingers."""

from typing import Any

from playwright.sync_api import Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
FROM_THE_END = "log => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop)"


def drawer(page: Page) -> Any:
    page.get_by_role("button", name="Rooms", exact=True).click()
    return page.get_by_role("complementary")


def test_who_chose_somebody_to_write_to_writes(join_as: JoinAs, server: FakeServer) -> None:
    server.people = [{"id": "u-grace", "name": "Grace", "role": "member"}]
    server.say("Linus", "over here")
    page = join_as("Ada", **PHONE)
    box = page.get_by_role("textbox", name="Message")
    drawer(page).get_by_role("button", name="New direct message").click()
    page.get_by_role("option", name="Grace").click()
    expect(page.get_by_role("heading", level=1, name="Grace")).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.type("a b")
    expect(box).to_have_value("a b")
    drawer(page).get_by_role("link", name="general").click()
    page.get_by_role("button", name="Linus").click()
    page.get_by_role("menuitem", name="Message privately").click()
    expect(page.get_by_role("heading", level=1, name="Linus")).to_be_visible()
    expect(box).to_be_focused()


def test_the_end_of_the_log_stays_in_sight_while_a_message_grows(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(30)
    page = join_as("Ada", **PHONE)
    log, box = page.get_by_role("log"), page.get_by_role("textbox", name="Message")
    narrow = box.evaluate("box => box.offsetWidth")
    box.focus()
    for _ in range(6):
        page.keyboard.type("line")
        page.keyboard.press("Shift+Enter")
    expect(page.get_by_role("button", name="Newest messages")).to_be_hidden()
    assert log.evaluate(FROM_THE_END) == 0
    assert box.evaluate("box => box.offsetWidth") > narrow + 100, "from its second line on"
    server.say("Grace", "are you there?")
    expect(page.get_by_text("are you there?")).to_be_in_viewport()
    box.fill("")
    assert box.evaluate("box => box.offsetWidth") == narrow
    page.set_viewport_size({"width": 390, "height": 500})
    expect(page.get_by_text("are you there?")).to_be_in_viewport()


def test_what_is_unread_in_other_rooms_shows_while_the_list_of_rooms_is_away(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", room="tea-room", **PHONE)
    opener = page.get_by_role("button", name="Rooms", exact=True)
    server.wait_for(lambda: len(server.frames("join")) == 2, "both joins")
    server.say("Grace", "news")
    expect(opener).to_have_accessible_description("1 unread")
    expect(opener.locator(".badge-unread")).to_be_in_viewport()
    server.say("Grace", "and for you, @[u-ada]", mentions=[{"id": "u-ada", "name": "Ada"}])
    expect(opener).to_have_accessible_description("@1 mention")
    drawer(page).get_by_role("link", name="general").click()
    expect(opener.locator(".badge")).to_have_count(0)


def test_a_finger_that_rests_on_a_message_opens_its_menu_which_copies_the_text(
    join_as: JoinAs, server: FakeServer
) -> None:
    text = "see *this*, @[u-ada]"
    server.say("Grace", text, mentions=[{"id": "u-ada", "name": "Ada"}])
    page = join_as("Ada", **PHONE, permissions=["clipboard-read", "clipboard-write"])
    bubble = page.get_by_role("article").locator(".bubble")
    box = bubble.bounding_box()
    assert box is not None
    middle = {"x": box["x"] + 30, "y": box["y"] + box["height"] / 2}
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [middle]})
    expect(bubble).to_have_attribute("data-held", "")
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.get_by_role("menu", name="Message").get_by_role("menuitem", name="Copy text").click()
    expect(page.get_by_text("The text of the message was copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "see *this*, @Ada"
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [middle]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.get_by_role("menu", name="Message"), "a tap is none").to_be_hidden()


def test_the_head_of_a_room_is_its_title_and_one_line_and_opens_all_about_it(
    join_as: JoinAs, server: FakeServer
) -> None:
    topic = "What everybody should know about the release, and a good deal more than that"
    server.describe("general", topic=topic)
    for name in ("Grace", "Linus", "Edsger"):
        server.say(name, "great, I love it")
    page = join_as("Ada", **PHONE)
    mood, people = page.get_by_text("feels bright"), page.get_by_text("Only you are here")
    expect(mood).to_be_visible()
    title = page.get_by_role("heading", level=1, name="general").bounding_box()
    one, other = people.bounding_box(), mood.bounding_box()
    assert title is not None
    assert one is not None
    assert other is not None
    assert one["y"] < other["y"] + other["height"] / 2 < one["y"] + one["height"], "beside each other"
    assert title["y"] + title["height"] <= one["y"]
    status = page.locator("#connection-status")
    expect(status).to_have_text("Connected")
    assert status.evaluate("one => one.offsetWidth") <= 1, "said, and not shown"
    page.get_by_role("heading", level=1, name="general").click()
    expect(page.get_by_role("dialog", name="general")).to_contain_text(topic)
