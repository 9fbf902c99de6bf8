"""What is unread is counted by the service and by what the page has heard since, the same on every device."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from testkit.page_attention import look, look_away, look_beside

from .conftest import JoinAs, OpenPage
from .fake_server import FakeServer
from .page_time import pass_time

ADA = {"id": "u-ada", "name": "Ada"}


def badge(page: Page, kind: str = "unread") -> Locator:
    return page.get_by_role("link", name="tea-room").locator(f".badge-{kind}")


def away_from_tea_room(join_as: JoinAs, server: FakeServer, **options: bool) -> Page:
    """Read everything in one room and go to another."""
    server.say("Grace", "the last that was read", room="tea-room")
    page = join_as("Ada", room="tea-room", **options)
    expect(page.get_by_text("the last that was read")).to_be_visible()
    page.get_by_role("link", name="general").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    server.wait_for(lambda: server.frames("read"), "a report of what was read")
    return page


def miss(server: FakeServer, count: int, *, most_in_page: int = 50) -> None:
    """Let others write while nobody hears it."""
    server.delivering = False
    server.fill(count, room="tea-room", name="Grace")
    server.delivering = True
    server.room("tea-room").most_in_page = most_in_page


@pytest.mark.parametrize(
    ("count", "most_in_page", "shown"), [(3, 2, "3"), (51, 50, "51"), (99, 50, "99"), (400, 50, "99+")]
)
def test_after_a_reload_the_badge_counts_as_the_service_does_without_paging_back(
    join_as: JoinAs, server: FakeServer, count: int, most_in_page: int, shown: str
) -> None:
    page = away_from_tea_room(join_as, server)
    miss(server, count, most_in_page=most_in_page)
    page.reload()
    expect(badge(page)).to_have_text(f"{shown} unread")
    expect(badge(page)).to_have_attribute("title", f"{count} unread")
    expect(page).to_have_title(f"({count}) general · Undertone")
    server.say("Grace", "one more", room="tea-room")
    expect(badge(page)).to_have_attribute("title", f"{count + 1} unread")
    assert server.frames("history") == []


def test_another_browser_of_the_same_person_shows_what_is_unread_and_forgets_it_when_it_is_read(
    join_as: JoinAs, open_page: OpenPage, server: FakeServer
) -> None:
    page = away_from_tea_room(join_as, server)
    miss(server, 60)
    server.say("Grace", "@Ada, tea?", room="tea-room", mentions=[ADA])
    session = page.evaluate("localStorage.getItem('undertone.session')")
    device = open_page(server.url)
    device.evaluate("(session) => localStorage.setItem('undertone.session', session)", session)
    device.reload()
    expect(badge(device)).to_have_text("61 unread")
    expect(badge(device, "mention")).to_have_text("@1 mention")
    icon = device.locator('link[rel="icon"]')
    expect(icon).to_have_attribute("href", "images/logo-mentions.svg")
    page.get_by_role("link", name="tea-room").click()
    page.locator("#log").press("Escape")  # to the newest message
    expect(badge(page)).to_have_count(0)
    expect(badge(device)).to_have_count(0)
    expect(device).to_have_title("general · Undertone")
    expect(icon).to_have_attribute("href", "images/logo.svg")


def test_one_s_own_and_deleted_messages_and_changes_are_no_unread_ones(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = away_from_tea_room(join_as, server)
    miss(server, 20)
    server.fill(20, room="tea-room", name="Ada")
    server.change(5, room="tea-room", text="", deleted=True)
    server.change(6, room="tea-room", reactions={"👍": 1})
    page.reload()
    expect(badge(page)).to_have_text("19 unread")


def test_a_room_counts_from_when_it_was_joined_although_nobody_has_looked_at_it(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(5, name="Grace")
    page = join_as("Ada", room="tea-room")  # which joins general as well
    server.wait_for(lambda: len(server.frames("join")) == 2, "both joins")
    server.wait_for(lambda: reads(server) == [5], "a mark at the end of the log")
    link = page.get_by_role("link", name="general")
    server.say("Grace", "anybody here?")
    expect(link.locator(".badge")).to_have_text("1 unread")


def test_nothing_is_unread_in_a_room_that_was_left_until_it_is_opened_again(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = away_from_tea_room(join_as, server)
    page.get_by_role("link", name="tea-room").click()
    page.get_by_role("button", name="Leave tea-room").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    miss(server, 2)
    page.reload()
    server.wait_for(lambda: server.list_asked >= 2, "the list")
    expect(page.get_by_role("link", name="tea-room")).to_be_visible()
    expect(badge(page)).to_have_count(0)


def reads(server: FakeServer) -> list[Any]:
    return [frame["at"] for frame in server.frames("read")]


def test_what_comes_while_nobody_looks_is_not_read_and_reading_is_told_now_and_then(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(3, name="Grace")
    page = join_as("Ada", still=True)
    pass_time(page, 1_000)
    server.wait_for(lambda: reads(server) == [3], "a report of the first page")
    for beside in (look_beside, look_away):
        beside(page)
        server.say("Grace", f"unseen {beside.__name__}")
        expect(page.get_by_text(f"unseen {beside.__name__}")).to_be_attached()
        pass_time(page, 30_000)
    assert reads(server) == [3]
    expect(page).to_have_title("(2) general · Undertone")
    look(page)
    expect(page).to_have_title("general · Undertone")
    pass_time(page, 1_000)
    server.wait_for(lambda: reads(server) == [3, 5], "what was seen")
    server.say("Grace", "seen at once")
    expect(page.get_by_text("seen at once")).to_be_visible()
    pass_time(page, 5_000)
    assert reads(server) == [3, 5]
    look_away(page)
    server.wait_for(lambda: reads(server) == [3, 5, 6], "the report of who goes")
