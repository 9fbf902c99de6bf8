"""A room opens at the line before what is new; what has not been on the screen is not read."""

from playwright.sync_api import Locator, Page, expect

from testkit.page_attention import look, look_away

from .conftest import JoinAs
from .fake_server import FakeServer

UNREAD = "Jump to first unread"


def line(page: Page) -> Locator:
    return page.locator(".log-unread")


def text(page: Page, number: int) -> Locator:
    return page.get_by_text(f"message number {number}", exact=True)


def with_unread(join_as: JoinAs, server: FakeServer, *, read: int, unread: int, **options: bool) -> Page:
    """Let somebody have read the beginning of a room, and return to it."""
    server.fill(read + unread, name="Grace")
    server.marks.move("u-ada", "general", read)
    return join_as("Ada", **options)


def last_read(server: FakeServer) -> int:
    return max((int(frame["at"]) for frame in server.frames("read")), default=0)


def test_a_room_opens_at_the_line_with_messages_before_it_and_only_what_is_seen_is_read(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = with_unread(join_as, server, read=60, unread=40)
    expect(line(page)).to_be_in_viewport()
    expect(text(page, 60)).to_be_in_viewport()
    expect(text(page, 61)).to_be_in_viewport()
    expect(text(page, 100)).not_to_be_in_viewport()
    expect(page.get_by_role("button", name=UNREAD)).to_be_hidden()
    server.wait_for(lambda: last_read(server) > 60, "a report")
    seen = last_read(server)
    assert 61 <= seen < 90, "what is on the screen is read, and not what is below"
    expect(page.get_by_role("link", name="general").locator(".badge")).to_have_text(f"{100 - seen} unread")
    page.locator("#log").evaluate("log => { log.scrollTop += 120 }")
    expect(page.get_by_role("link", name="general").locator(".badge")).not_to_have_text(
        f"{100 - seen} unread"
    )
    page.get_by_role("button", name="new message").click()
    expect(text(page, 100)).to_be_in_viewport()
    expect(page.locator(".badge")).to_have_count(0)


def test_a_line_further_back_than_the_first_page_is_loaded(join_as: JoinAs, server: FakeServer) -> None:
    page = with_unread(join_as, server, read=30, unread=170)
    expect(line(page)).to_be_in_viewport()
    expect(text(page, 30)).to_be_in_viewport()
    expect(text(page, 31)).to_be_in_viewport()


def test_a_line_out_of_reach_is_reached_with_a_button(join_as: JoinAs, server: FakeServer) -> None:
    server.room("general").most_in_page = 10
    page = with_unread(join_as, server, read=30, unread=170)
    jump = page.get_by_role("button", name=UNREAD)
    expect(jump).to_be_visible()
    badge = page.get_by_role("link", name="general").locator(".badge")
    expect(badge).to_have_attribute("title", "170 unread")
    assert last_read(server) == 0, "nobody has seen what lies between"
    jump.click()
    expect(text(page, 31)).to_be_in_viewport()
    expect(text(page, 30)).to_be_in_viewport()
    expect(jump).to_be_hidden()
    expect(badge).not_to_have_attribute("title", "170 unread")
    expect(text(page, 200)).not_to_be_in_viewport()


def test_who_was_away_returns_to_the_first_message_that_they_missed(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "before")
    page = join_as("Ada")
    expect(page.get_by_text("before")).to_be_visible()
    look_away(page)
    for number in range(1, 41):
        server.say("Grace", f"message number {number}")
    expect(text(page, 40)).to_be_attached()
    expect(page).to_have_title("(40) general · Undertone")
    look(page)
    expect(text(page, 1)).to_be_in_viewport()
    expect(text(page, 40)).not_to_be_in_viewport()
    expect(page.get_by_role("button", name="new message")).to_be_visible()


def test_a_message_is_marked_as_unread_until_the_room_is_opened_again(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(5, name="Grace")
    server.say("Ada", "of one's own")
    page = join_as("Ada")
    server.wait_for(lambda: last_read(server) == 6, "a report")
    article = page.locator('article[data-seq="4"]')
    article.hover()
    article.get_by_role("button", name="React or change").click()
    page.get_by_role("menuitem", name="Mark as unread from here").click()
    badge = page.get_by_role("link", name="general").locator(".badge")
    expect(badge).to_have_text("2 unread")
    expect(line(page)).to_be_visible()
    page.goto(f"{server.url}#/r/tea-room")
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    page.reload()
    expect(badge).to_have_text("2 unread")
    page.get_by_role("link", name="general").click()
    expect(line(page)).to_be_visible()
    expect(badge).to_have_count(0)
    assert last_read(server) == 6


def test_a_new_open_room_that_is_told_is_listed_without_asking_for_the_list(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.wait_for(lambda: server.list_asked == 1, "the list")
    garden = {"room": "garden", "title": "The Garden", "topic": "", "access": "open", "archived": False}
    server.tell("general", {"event": "room"} | garden)
    expect(page.get_by_role("link", name="The Garden")).to_be_visible()
    expect(page.get_by_role("link", name="The Garden").locator(".badge")).to_have_count(0)
    server.tell("general", {"event": "room"} | garden | {"room": "den", "title": "Den", "access": "private"})
    server.wait_for(lambda: server.list_asked == 2, "the list, which says what one is in a private room")
