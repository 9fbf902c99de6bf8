"""Search in a room: what is found, how far back it was looked, and where it leads."""

from playwright.sync_api import Route, expect

from tests.e2e.axe import faults

from .conftest import JoinAs
from .fake_server import FakeServer


def test_a_search_goes_on_by_itself_can_be_stopped_and_leads_to_what_it_found(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.say("Grace", "A **needle** in the hay")
    server.fill(150)
    server.say("Grace", "Another Needle")
    server.searched_at_once = 100
    page = join_as()
    held: list[Route] = []
    page.route("**/search?*before=*", lambda route: held.append(route))
    page.keyboard.press("Alt+s")
    dialog = page.get_by_role("dialog", name="Search in general")
    page.get_by_label("Search for").fill("needle")
    results = dialog.get_by_role("list", name="Found").get_by_role("button")
    expect(results.locator(".list-text")).to_have_text(["Another Needle"])
    expect(results.locator("mark")).to_have_text(["Needle"])
    expect(page.locator("#search-share-words")).to_have_text("66% searched")
    results.first.focus()
    dialog.get_by_role("button", name="Stop").click()
    note = page.locator("#search-note")
    expect(note).to_have_text("1 found so far; there are older messages that were not searched yet.")
    held[0].continue_()
    page.unroute("**/search?*before=*")
    dialog.get_by_role("button", name="Search further back").click()
    expect(results.locator(".list-text")).to_have_text(["Another Needle", "A needle in the hay"])
    expect(note).to_have_text("2 found; the whole room was searched.")
    expect(dialog.get_by_role("button", name="Search further back")).to_be_hidden()
    expect(dialog.get_by_role("button", name="Stop")).to_be_hidden()
    results.last.click()
    expect(dialog).to_be_hidden()
    expect(page.locator("article[data-seq='1']")).to_be_focused()


def test_earlier_searches_are_offered_taken_and_removed(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "a needle")
    page = join_as()
    page.keyboard.press("Alt+s")
    field = page.get_by_label("Search for")
    earlier = page.get_by_role("region", name="Earlier searches")
    expect(earlier).to_be_hidden()
    for query in ("hay", "needle"):
        field.fill(query)
        field.press("Enter")
    field.fill("straw")
    expect(page.locator("#search-note")).to_have_text("Nothing found; the whole room was searched.")
    field.press("ArrowDown")
    expect(earlier.get_by_role("button", name="needle", exact=True)).to_be_focused()
    assert faults(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(earlier.get_by_role("listitem")).to_have_text(["needle"])
    page.keyboard.press("Enter")
    expect(field).to_have_value("needle")
    expect(page.get_by_role("list", name="Found").get_by_role("button")).to_have_count(1)
    expect(earlier).to_be_hidden()
    field.fill("")
    earlier.get_by_role("button", name="Remove all").click()
    expect(earlier).to_be_hidden()
    expect(field).to_be_focused()


def test_all_of_one_s_rooms_are_searched_if_that_is_asked_for(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "a needle in plans", room="plans")
    server.say("Grace", "a needle in general")
    page = join_as(room="plans")
    page.goto(f"{server.url}#/r/general")
    expect(page.locator("#room-name")).to_have_text("general")
    page.get_by_role("button", name="Search in this room").click()
    page.get_by_label("Search for").fill("needle")
    results = page.get_by_role("list", name="Found").get_by_role("button")
    expect(results.locator(".list-text")).to_have_text(["a needle in general"])
    page.get_by_label("In all my rooms").check()
    expect(results.locator(".list-text")).to_have_text(["a needle in general", "a needle in plans"])
    expect(page.locator("#search-note")).to_have_text("2 found; 2 rooms were searched.")
    results.last.click()
    expect(page.locator("#room-name")).to_have_text("plans")
    expect(page.locator("article[data-seq='1']")).to_be_focused()


def test_nothing_that_was_found_stays_when_the_room_is_closed(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "a needle", room="plans")
    page = join_as(room="plans")
    page.get_by_role("button", name="Search in this room").click()
    page.get_by_label("Search for").fill("needle")
    expect(page.get_by_role("list", name="Found").get_by_role("button")).to_have_count(1)
    server.tell("plans", {"event": "removed", "room": "plans"})
    expect(page.get_by_role("dialog", name="Search in plans")).to_be_hidden()
    expect(page.locator("#search-list")).to_be_empty()


def test_a_narrow_window_has_the_search_in_what_is_said_about_the_room(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.describe("general", title="General")
    page = join_as(viewport={"width": 320, "height": 640})
    expect(page.get_by_role("button", name="Search in this room")).to_be_hidden()
    page.get_by_role("button", name="About General").click()
    page.get_by_role("button", name="Search in the room").click()
    expect(page.get_by_label("Search for")).to_be_focused()


def test_a_search_that_finds_nothing_says_so(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "hello")
    page = join_as()
    page.get_by_role("button", name="Search in this room").click()
    page.get_by_label("Search for").fill("needle")
    expect(page.locator("#search-note")).to_have_text("Nothing found; the whole room was searched.")
    dialog = page.locator("#search-dialog")
    height = dialog.evaluate("dialog => dialog.offsetHeight")
    page.get_by_role("button", name="Search in all my rooms").click()
    expect(dialog.get_by_role("heading", name="Search in all my rooms")).to_be_visible()
    expect(page.get_by_role("checkbox", name="In all my rooms")).to_be_checked()
    expect(page.get_by_role("button", name="Search in all my rooms")).to_be_hidden()
    assert dialog.evaluate("dialog => dialog.offsetHeight") == height
