"""The log is whole whatever happens to the pushes and to the connection."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from .conftest import JoinAs, OpenPage
from .fake_server import FakeServer
from .page_time import pass_time, pass_time_until
from .scrolling import go_up, shown_seqs

NO_SOCKET = ("WebSocket connection to",)


def texts(page: Page) -> list[str]:
    return page.locator(".message-text").all_inner_texts()


def test_a_lost_push_is_fetched_when_the_next_one_shows_the_gap(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "one")
    server.delivering = False
    server.say("Grace", "two")
    server.delivering = True
    server.say("Grace", "three")
    expect(page.locator(".message-text")).to_have_text(["one", "two", "three"])
    assert [frame["after"] for frame in server.frames("history")] == [1]


def test_a_lost_push_is_fetched_when_a_pong_tells_of_it(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.delivering = False
    server.say("Grace", "nobody told you")
    page.evaluate("dispatchEvent(new Event('online'))")  # the page doubts its connection and pings
    expect(page.locator(".message-text")).to_have_text(["nobody told you"])


def test_a_log_that_was_replaced_is_read_anew_when_the_connection_is_back(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", allow=NO_SOCKET)
    for text in ("one", "two", "three"):
        server.say("Grace", text)
    expect(page.locator(".message-text")).to_have_count(3)
    del server.rooms["general"]
    server.say("Grace", "a new beginning")
    server.drop()
    expect(page.locator(".message-text")).to_have_text(["a new beginning"])
    server.say("Grace", "goes on")
    expect(page.locator(".message-text")).to_have_text(["a new beginning", "goes on"])


def test_a_log_that_is_replaced_behind_an_open_connection_is_read_anew_after_a_ping(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    for text in ("one", "two", "three"):
        server.say("Grace", text)
    expect(page.locator(".message-text")).to_have_count(3)
    ping(page, server)
    del server.rooms["general"]
    server.say("Grace", "a new beginning")
    ping(page, server)
    expect(page.locator(".message-text")).to_have_text(["a new beginning"])


def test_a_pong_that_is_behind_what_was_just_pushed_reads_nothing_anew(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    ping(page, server)
    server.say("Grace", "one")
    expect(page.locator(".message-text")).to_have_text(["one"])
    server.room("general").last = 0  # the cursor is stored a moment after the push
    ping(page, server)
    assert len(server.frames("join")) == 1


def ping(page: Page, server: FakeServer) -> None:
    asked = len(server.frames("ping"))
    page.evaluate("dispatchEvent(new Event('online'))")  # the page doubts its connection
    server.wait_for(lambda: len(server.frames("ping")) > asked, "a ping")


def test_a_long_gap_is_recovered_page_by_page(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", allow=NO_SOCKET, still=True)
    server.drop()
    expect(page.locator("#connection")).to_have_attribute("data-connection", "offline")
    for number in range(230):
        server.room("general").add(
            {"id": "u-grace", "name": "Grace"}, f"number {number}", message_id=str(number)
        )
    page.get_by_role("button", name="Try now").click()
    expect(page.get_by_text("number 229", exact=True)).to_be_visible()
    assert go_up(page) == [f"number {number}" for number in range(230)]
    assert server.frames("join")[-1]["after"] == 0


def test_messages_that_arrive_before_joined_are_held_back_and_not_lost(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.answers["join"] = ["hold"]
    server.drop()
    server.wait_for(lambda: len(server.frames("join")) == 2, "a second join")
    server.say("Grace", "said while joining")
    server.release()
    expect(page.locator(".message-text")).to_have_text(["said while joining"])


def test_voids_are_followed_and_never_shown(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    server.say("Grace", "before")
    server.push("general", [server.room("general").void()])
    server.say("Grace", "after")
    expect(page.locator(".message-text")).to_have_text(["before", "after"])
    pass_time(page, 5_000)
    server.say("Grace", "much later")
    expect(page.get_by_text("much later")).to_be_visible()
    assert server.frames("history") == []


def test_an_edit_of_a_message_that_is_not_loaded_waits_for_its_page(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(120)
    page = join_as("Ada")
    server.change(3, text="number three, edited")
    server.say("Grace", "and on")
    expect(page.get_by_text("and on")).to_be_visible()
    expect(page.get_by_text("number three, edited")).to_have_count(0)
    assert len(go_up(page)) == 121
    expect(page.get_by_text("number three, edited")).to_have_count(1)
    assert shown_seqs(page) == sorted(shown_seqs(page))


def test_a_dead_connection_that_looks_open_is_found_and_replaced(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    server.silent = True
    page.evaluate("dispatchEvent(new Event('offline'))")
    pass_time_until(page, lambda: server.handshakes == 2, "a new connection after the silence")
    server.silent = False
    server.drop()
    server.say("Grace", "you are back")
    pass_time_until(page, lambda: "you are back" in texts(page), "another connection")
    expect(page.get_by_text("you are back")).to_be_visible()


def test_a_message_that_is_not_confirmed_soon_finds_out_that_the_connection_is_dead(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", still=True)
    server.silent = True
    box = page.get_by_role("textbox", name="Message")
    box.fill("anybody?")
    box.press("Enter")
    pass_time(page, 3_000)
    server.wait_for(lambda: len(server.frames("ping")) > 0, "a ping after the message")
    pass_time(page, 10_000)
    expect(page.locator("#connection")).not_to_have_attribute("data-connection", "online")


def test_what_went_wrong_for_want_of_a_connection_is_not_said_any_more_once_it_is_back(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "like me")
    page = join_as("Ada", still=True, allow=NO_SOCKET)
    server.drop()
    expect(page.locator("#connection")).to_have_attribute("data-connection", "offline")
    page.get_by_role("button", name="React or change").click()
    page.locator("#message-menu button").first.click()
    expect(page.locator("#composer-notice")).to_contain_text("There is no connection")
    page.get_by_role("button", name="Try now").click()
    expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
    expect(page.locator("#composer-notice")).to_be_empty()


def test_a_failed_join_is_tried_again_by_itself(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    server.answers["join"] = ["gateway", {"code": "unavailable", "message": "Not now."}]
    server.drop()
    pass_time_until(page, lambda: len(server.frames("join")) == 4, "two more joins")
    server.say("Grace", "there you are")
    expect(page.get_by_text("there you are")).to_be_visible()


def test_a_subscription_that_the_service_forgot_is_made_again(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.answers["ping"] = [{"code": "not_joined", "message": "Join first."}]
    page.evaluate("dispatchEvent(new Event('online'))")
    server.wait_for(lambda: len(server.frames("join")) == 2, "a second join")
    expect(page.locator("#composer-notice")).to_be_empty()


def test_a_room_that_a_pong_says_is_not_joined_any_more_is_joined_again(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.forget_subscriptions()
    server.say("Grace", "nobody told you")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".message-text")).to_have_text(["nobody told you"])
    assert len(server.frames("join")) == 2


def test_the_countdown_to_the_next_try_is_shown_and_tries_grow_apart(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", allow=NO_SOCKET, still=True)
    server.refuse_handshakes = True
    server.drop()
    expect(page.locator("#connection-countdown")).to_contain_text("next try in 1 s")
    expect(page.get_by_role("status").filter(has_text="Offline")).to_be_visible()
    pass_time_until(page, lambda: server.handshakes >= 5, "four tries")
    expect(page.locator("#connection-countdown")).to_contain_text(re.compile("next try in ([3-9]|10) s"))
    server.refuse_handshakes = False
    pass_time_until(page, lambda: server.handshakes >= 6, "another try")
    expect(page.locator("#connection")).to_have_attribute("data-connection", "online")


@pytest.mark.parametrize("missing", ["**/config.json", "**/scripts/wiring.js"])
def test_the_page_waits_for_a_service_that_is_not_there_yet(
    open_page: OpenPage, server: FakeServer, missing: str
) -> None:
    page = open_page(allow=("Failed to load resource",))
    page.route(missing, lambda route: route.fulfill(status=503))
    page.goto(server.url)
    expect(page.get_by_text("Undertone cannot be reached")).to_be_visible()
    page.unroute(missing)
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()


def test_one_can_join_before_the_chat_is_loaded(open_page: OpenPage, server: FakeServer) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/scripts/wiring.js", lambda route: held.append(route))
    page.goto(server.url)
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Joining")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()


def test_a_frame_that_is_no_json_or_of_an_unknown_kind_breaks_nothing(
    open_page: OpenPage, server: FakeServer
) -> None:
    page = open_page()

    def strange(socket: WebSocketRoute) -> None:
        socket.send("not json")
        socket.send(json.dumps({"event": "from the future"}))
        socket.on_message(socket.connect_to_server().send)

    page.route_web_socket("**/ws**", strange)
    page.goto(server.url)
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()
