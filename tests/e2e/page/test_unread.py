"""What is unread is never counted too low, however little a page of history holds."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer
from .page_time import pass_time


def away_from_tea_room(join_as: JoinAs, server: FakeServer, **options: bool) -> Page:
    """Read everything in one room and go to another."""
    server.say("Grace", "the last that was read", room="tea-room")
    page = join_as("Ada", room="tea-room", **options)
    expect(page.get_by_text("the last that was read")).to_be_visible()
    page.get_by_role("link", name="general").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    return page


def miss(server: FakeServer, count: int, *, most_in_page: int = 50) -> None:
    """Let others write while nobody hears it."""
    server.delivering = False
    server.fill(count, room="tea-room", name="Grace")
    server.delivering = True
    server.room("tea-room").most_in_page = most_in_page


@pytest.mark.parametrize(
    ("count", "most_in_page", "badge"),
    [(3, 2, "3"), (51, 50, "51"), (7, 1, "7"), (99, 50, "99"), (100, 50, "99+"), (400, 50, "99+")],
)
def test_after_a_reload_the_badge_counts_beyond_the_first_page(
    join_as: JoinAs, server: FakeServer, count: int, most_in_page: int, badge: str
) -> None:
    page = away_from_tea_room(join_as, server)
    miss(server, count, most_in_page=most_in_page)
    page.reload()
    expect(page.get_by_role("link", name="tea-room").locator(".badge")).to_have_text(f"{badge} unread")
    assert len(server.frames("history")) <= 7


def test_a_failed_count_says_at_least_and_is_completed_later(join_as: JoinAs, server: FakeServer) -> None:
    page = away_from_tea_room(join_as, server, still=True)
    miss(server, 51)
    server.answers["history"] = [{"code": "rate_limited", "message": "Slow down.", "retryAfter": 9}]
    page.reload()
    badge = page.get_by_role("link", name="tea-room").locator(".badge")
    expect(badge).to_have_text("50+ unread")
    expect(page).to_have_title("(50+) general · Undertone")
    pass_time(page, 9_000)
    expect(badge).to_have_text("51 unread")
    expect(page).to_have_title("(51) general · Undertone")


def test_one_s_own_and_deleted_messages_and_changes_are_no_unread_ones(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = away_from_tea_room(join_as, server)
    miss(server, 30)
    server.fill(30, room="tea-room", name="Ada")
    server.change(5, room="tea-room", text="", deleted=True)
    server.change(6, room="tea-room", reactions={"👍": 1})
    page.reload()
    expect(page.get_by_role("link", name="tea-room").locator(".badge")).to_have_text("29 unread")


def test_a_room_counts_from_when_it_was_joined_although_nobody_has_looked_at_it(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(5, name="Grace")
    page = join_as("Ada", room="tea-room")  # which joins general as well
    server.wait_for(lambda: len(server.frames("join")) == 2, "both joins")
    link = page.get_by_role("link", name="general")
    server.say("Grace", "anybody here?")
    expect(link.locator(".badge")).to_have_text("1 unread")
