"""Several rooms, the reading place, and the keyboard."""

import json

from playwright.sync_api import Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer
from .page_time import pass_time, pass_time_until


def at_bottom(page: Page) -> bool:
    return bool(page.evaluate("log.scrollHeight - log.clientHeight - log.scrollTop < 2"))


def test_rooms_of_the_service_are_listed_and_opened_by_link(join_as: JoinAs, server: FakeServer) -> None:
    server.say("Grace", "tea is ready", room="tea-room")
    page = join_as("Ada")
    page.get_by_role("link", name="tea-room").click()
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    expect(page.get_by_text("tea is ready")).to_be_visible()
    assert page.url.endswith("#/r/tea-room")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()


def test_a_press_on_a_room_is_not_lost_when_something_is_said_there_meanwhile(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", room="tea-room")
    rooms = page.locator("#room-list")
    rooms.get_by_role("link", name="general").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    rooms.get_by_role("link", name="tea-room").hover()
    page.mouse.down()
    server.say("Linus", "I am coming", room="tea-room")
    expect(rooms.get_by_role("link", name="tea-room")).to_have_attribute("data-unread", "1")
    page.mouse.up()
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()


def test_a_room_in_the_address_is_opened_in_its_one_spelling_and_head_and_log_are_the_same(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "tea is ready", room="tea-room")
    page = join_as("Ada", room="Tea-Room/")
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    expect(page.get_by_text("tea is ready")).to_be_visible()
    assert page.url.endswith("#/r/tea-room")
    page.goto(f"{server.url}#/r/日本")
    expect(page.locator("#composer-notice")).to_contain_text("日本")
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    expect(page.get_by_text("tea is ready")).to_be_visible()
    page.evaluate("location.hash = '#top'")
    page.wait_for_function("location.hash === '#/r/tea-room'")
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    assert {frame["room"] for frame in server.frames("join")} == {"general", "tea-room"}


def test_a_new_room_is_opened_under_a_valid_name(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    page.get_by_role("button", name="New room").click()
    page.get_by_label("Room name").fill("?!")
    page.keyboard.press("Enter")
    expect(page.locator("#room-field-problem")).to_contain_text("small letters, digits and hyphens")
    page.get_by_label("Room name").fill("Café at Noon!")
    expect(page.locator("#room-field-help")).to_contain_text("its address will be cafe-at-noon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Café at Noon!")).to_be_visible()
    page.get_by_role("button", name="New room").click()
    page.get_by_label("Room name").fill("日本")
    expect(page.locator("#room-field-help")).to_contain_text(
        "It will be called 日本, and its address will be room-"
    )
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="日本")).to_be_visible()
    server.wait_for(lambda: len({frame["room"] for frame in server.frames("join")}) == 3, "the joins")


def test_messages_in_other_rooms_are_counted_until_they_are_read(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", room="tea-room")
    page.get_by_role("link", name="general").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    server.say("Grace", "tea?", room="tea-room")
    server.say("Grace", "cake?", room="tea-room")
    link = page.get_by_role("link", name="tea-room")
    expect(link).to_contain_text("2 unread")
    expect(page).to_have_title("(2) general · Undertone")
    page.reload()
    expect(link).to_contain_text("2 unread")
    link.click()
    expect(link).not_to_contain_text("unread")
    expect(page.locator(".log-unread")).to_be_visible()
    expect(page).to_have_title("tea-room · Undertone")


def test_the_list_counts_the_people_of_a_joined_room_as_its_head_does(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    expect(page.get_by_text("Only you are here")).to_be_visible()
    server.count(7)
    expect(page.get_by_text("7 people here")).to_be_visible()
    expect(page.get_by_role("link", name="general")).to_have_text("general7 here")


def test_a_room_that_was_left_sends_nothing_more_and_can_be_joined_again(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", room="tea-room")
    page.get_by_role("button", name="Leave tea-room").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    server.wait_for(lambda: server.frames("leave"), "a leave frame")
    expect(page.get_by_text("You left tea-room")).to_be_visible()
    page.get_by_role("button", name="Join again").click()
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    page.get_by_role("button", name="Leave tea-room").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    server.wait_for(lambda: len(server.frames("leave")) == 2, "another leave frame")
    page.reload()
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()
    assert server.frames("join")[-1]["room"] == "general"


def test_reading_older_messages_does_not_move_the_text(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(160)
    page = join_as("Ada")
    expect(page.get_by_role("article")).to_have_count(50)
    assert at_bottom(page)
    page.locator("#log").evaluate("log => { log.scrollTop = 200 }")
    before = page.evaluate("document.querySelector('[data-seq=\"115\"]').getBoundingClientRect().top")
    expect(page.locator('[data-seq="80"]')).to_be_attached()
    after = page.evaluate("document.querySelector('[data-seq=\"115\"]').getBoundingClientRect().top")
    assert abs(after - before) < 2, f"the text moved by {after - before} px"


def test_who_reads_above_is_told_of_new_messages_and_not_pulled_down(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(40)
    page = join_as("Ada")
    page.locator("#log").evaluate("log => { log.scrollTop = 100 }")
    pill = page.get_by_role("button", name="Newest messages")
    expect(pill).to_be_visible()
    server.say("Grace", "look down here")
    expect(page.get_by_role("button", name="1 new message")).to_be_visible()
    assert not at_bottom(page)
    page.get_by_role("button", name="1 new message").click()
    expect(page.get_by_text("look down here")).to_be_in_viewport()
    expect(page.locator("#log-pill")).to_be_hidden()


def test_the_newest_message_stays_in_view_while_messages_arrive_and_the_window_shrinks(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(40)
    page = join_as("Ada")
    server.say("Grace", "the newest one")
    expect(page.get_by_text("the newest one")).to_be_in_viewport()
    page.set_viewport_size({"width": 390, "height": 420})
    expect(page.get_by_text("the newest one")).to_be_in_viewport()


def test_the_keyboard_goes_over_rooms_and_opens_the_one_where_it_rests(
    join_as: JoinAs, server: FakeServer
) -> None:
    for name in ("alpha", "mike", "zulu"):
        server.room(name)
    page = join_as("Ada", still=True)
    expect(page.get_by_role("link", name="zulu")).to_be_visible()
    for name in ("mike", "zulu"):
        page.keyboard.press("Alt+ArrowDown")
        expect(page.get_by_role("link", name=name)).to_be_focused()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    pass_time(page, 600)
    expect(page.get_by_role("heading", level=1, name="zulu")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    assert [frame["room"] for frame in server.frames("join")] == ["general", "zulu"]


def test_what_is_written_while_the_keyboard_goes_over_rooms_is_for_the_room_that_was_chosen(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.room("alpha")
    server.room("zulu")
    page = join_as("Ada", still=True)
    expect(page.get_by_role("link", name="zulu")).to_be_visible()
    box = page.get_by_role("textbox", name="Message")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("hi")
    expect(page.get_by_role("heading", level=1, name="zulu")).to_be_visible()
    expect(box).to_have_value("hi")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="alpha")).to_be_visible()
    expect(box).to_have_value("")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Escape")
    pass_time(page, 600)
    expect(page.get_by_role("heading", level=1, name="alpha")).to_be_visible()
    expect(box).to_be_focused()


def test_a_room_that_is_given_up_for_another_is_named(join_as: JoinAs, server: FakeServer) -> None:
    server.room("tea-room")
    page = join_as("Ada")
    followed = [f"room-{number}" for number in range(98)]
    page.evaluate(
        "rooms => localStorage.setItem('undertone.rooms', rooms)", json.dumps([*followed, "general"])
    )
    page.get_by_role("link", name="tea-room").click()
    expect(page.locator("#composer-notice")).to_contain_text("“room-0” is not followed any more")


def test_who_opens_a_room_can_write_at_once(join_as: JoinAs, server: FakeServer) -> None:
    server.room("tea-room")
    page = join_as("Ada")
    box = page.get_by_role("textbox", name="Message")
    page.get_by_role("link", name="tea-room").click()
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    expect(box).to_be_focused()
    page.get_by_role("button", name="New room").click()
    page.get_by_label("Room name").fill("cake")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="cake")).to_be_visible()
    expect(box).to_be_focused()


def test_opening_a_room_on_a_phone_brings_no_keyboard_up(join_as: JoinAs, server: FakeServer) -> None:
    server.room("tea-room")
    page = join_as("Ada", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.get_by_role("button", name="Rooms", exact=True).click()
    page.get_by_role("link", name="tea-room").click()
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).not_to_be_focused()


def test_escape_goes_back_to_the_newest_message(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(40)
    page = join_as("Ada")
    page.locator("#log").evaluate("log => { log.scrollTop = 100 }")
    expect(page.locator("#log-pill")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#log-pill")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_a_list_that_could_not_be_read_is_read_again_with_and_without_a_reconnect(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.room("tea-room")
    server.list_refused = True
    page = join_as("Ada", still=True, allow=("503",))
    server.wait_for(lambda: server.list_asked >= 1, "the list")
    asked = server.list_asked
    pass_time_until(page, lambda: server.list_asked > asked, "it is asked for again")
    server.drop()
    expect(page.locator("#connection")).to_have_attribute("data-connection", "offline")
    server.list_refused = False
    there = page.get_by_role("link", name="tea-room")
    pass_time_until(page, there.is_visible, "the list after a reconnect")

    server.list_refused = True
    asked = server.list_asked
    server.tell("general", {"event": "room", "room": "club", "title": "Club", "access": "private"})
    server.wait_for(lambda: server.list_asked > asked, "what somebody is in a room to which they were added")
    server.list_refused = False
    server.abouts["club"] = {"title": "The Club", "access": "private", "role": "member"}
    server.room("club")
    pass_time_until(page, page.get_by_role("link", name="The Club").is_visible, "the list without one")
