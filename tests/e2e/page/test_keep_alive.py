"""What a page asks the service while it is open: one ping for all rooms, and seldom if nobody looks."""

from playwright.sync_api import Page, expect

from testkit.page_attention import look, look_away, look_beside

from .conftest import JoinAs
from .fake_server import FakeServer
from .page_time import pass_time_connected

MINUTE_MS = 60_000


def lost_push(server: FakeServer, text: str = "nobody told you") -> None:
    server.delivering = False
    server.say("Grace", text)
    server.delivering = True


def live_in(page: Page, milliseconds: int) -> None:
    pass_time_connected(page, milliseconds, step_ms=5_000)


def test_one_ping_asks_for_all_rooms(join_as: JoinAs, server: FakeServer) -> None:
    server.say("Grace", "one", room="tea")
    page = join_as("Ada", room="tea")
    page.goto(f"{server.url}#/r/general")
    server.wait_for(lambda: len(server.frames("join")) == 2, "both rooms joined")
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")
    server.wait_for(lambda: server.frames("ping"), "a ping")
    (ping,) = server.frames("ping")
    assert ping["rooms"] == {"general": 0, "tea": 1}


def test_a_page_that_is_looked_at_notices_a_lost_push_within_a_minute(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", still=True)
    look(page)
    lost_push(server)
    pass_time_connected(page, MINUTE_MS)
    expect(page.locator(".message-text")).to_have_text(["nobody told you"])


def test_a_page_in_a_hidden_tab_notices_a_lost_push_within_five_minutes(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", still=True)
    look_away(page)
    live_in(page, 8 * MINUTE_MS)
    before = len(server.frames("ping"))
    lost_push(server)
    live_in(page, 5 * MINUTE_MS)
    expect(page.locator(".message-text")).to_have_text(["nobody told you"])
    assert len(server.frames("ping")) - before <= 2, "and does not ask every minute"


def test_a_page_that_gets_the_focus_asks_at_once(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    look_away(page)
    live_in(page, 4 * MINUTE_MS)  # a minute after the page has asked by itself
    lost_push(server)
    look(page)
    pass_time_connected(page, 3_000)
    expect(page.locator(".message-text")).to_have_text(["nobody told you"])


def test_a_hand_on_a_page_beside_another_window_is_a_look(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    look_beside(page)
    live_in(page, 4 * MINUTE_MS)  # a minute after the page has asked by itself
    lost_push(server)
    page.evaluate("dispatchEvent(new Event('wheel'))")
    pass_time_connected(page, 3_000)
    expect(page.locator(".message-text")).to_have_text(["nobody told you"])


def test_a_computer_that_wakes_asks_at_once(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    look_beside(page)
    live_in(page, 4 * MINUTE_MS)
    lost_push(server)
    page.clock.set_system_time(page.evaluate("Date.now()") / 1000 + 3600)  # timers have stood still
    live_in(page, 40_000)
    expect(page.locator(".message-text")).to_have_text(["nobody told you"])


def test_pings_that_pushes_make_needless_are_left_out(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    look(page)
    live_in(page, 15_000)
    before = len(server.frames("ping"))
    for number in range(8):
        server.say("Grace", f"number {number}")
        live_in(page, 25_000)
    assert len(server.frames("ping")) == before
    live_in(page, MINUTE_MS)
    assert len(server.frames("ping")) == before + 1


def test_the_list_of_rooms_is_read_when_somebody_looks_again_and_not_all_day(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", still=True)
    look(page)
    server.wait_for(lambda: server.list_asked == 1, "the list of rooms")
    live_in(page, 6 * MINUTE_MS)
    assert server.list_asked == 1
    server.say("Grace", "new here", room="tea-room")
    look_away(page)
    assert page.locator("#room-list a").count() == 1
    look(page)
    expect(page.locator("#room-list a")).to_have_count(2)
    look_away(page)
    look(page)
    assert server.list_asked == 2, "and not at every glance"
