"""Rooms that others change while somebody looks, and refusals, on a scripted service."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.signing_out import sign_out

from .conftest import JoinAs
from .fake_server import FakeServer


def test_a_room_that_others_describe_anew_changes_its_head_and_its_place_in_the_list_at_once(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", room="plans")
    about = {"title": "The Plans", "access": "private", "role": "member"}
    server.describe("plans", **about, topic="for spring")
    expect(page.get_by_role("heading", level=1, name="The Plans")).to_be_visible()
    expect(page.get_by_text("for spring")).to_be_visible()
    expect(page.get_by_role("link", name="The Plans (private)")).to_be_visible()
    expect(page).to_have_title("The Plans · Undertone")
    server.describe("plans", **about, archived=True)
    expect(page.get_by_text("This room is archived")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_be_hidden()
    server.describe("plans", **about)
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()


def test_a_room_from_which_somebody_is_removed_takes_its_messages_along_and_keeps_unsent_ones(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "between us", room="plans")
    page = join_as("Ada", room="plans")
    server.answers["send"] = ["ignore"]
    page.get_by_role("textbox", name="Message").fill("my answer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("my answer")).to_be_visible()
    page.get_by_role("button", name="About plans").click()
    expect(page.get_by_role("dialog", name="plans")).to_be_visible()
    server.tell("plans", {"event": "removed", "room": "plans"})
    expect(page.get_by_role("heading", name="You do not belong to plans any more")).to_be_visible()
    expect(page.get_by_role("dialog", name="plans")).to_be_hidden()
    expect(page.get_by_text("between us")).to_have_count(0)
    expect(page.get_by_text("Not sent. You do not belong to this room any more.")).to_be_visible()
    expect(page.get_by_role("log")).to_be_focused()
    assert not server.frames("leave")


def test_a_room_that_was_deleted_says_so_and_leaves_the_list(join_as: JoinAs, server: FakeServer) -> None:
    server.say("Grace", "between us", room="plans")
    page = join_as("Ada", room="plans")
    server.tell("plans", {"event": "removed", "room": "plans", "deleted": True})
    expect(page.get_by_role("heading", name="plans was deleted")).to_be_visible()
    expect(page.get_by_text("between us")).to_have_count(0)
    expect(page.get_by_role("link", name="plans")).to_have_count(0)


def test_a_room_that_is_not_there_for_somebody_is_not_kept_among_theirs(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.answers["join"] = [{"code": "not_found", "message": "There is no room secret."}]
    page.goto(f"{server.url}#/r/secret")
    expect(page.get_by_role("heading", name="There is no room secret for you")).to_be_visible()
    for what in ("Pulse of", "Search in", "Notifications", "About"):
        expect(page.get_by_role("button", name=what)).to_be_hidden()
    page.get_by_role("log").press("ArrowDown")
    expect(page.locator(".log-empty"), "and not the whole room").to_have_css("outline-style", "solid")
    expect(page.get_by_role("log")).to_have_css("outline-style", "none")
    expect(page.get_by_role("link", name="secret")).to_have_count(0)
    page.get_by_role("link", name="general").click()
    page.reload()
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()
    assert [frame["room"] for frame in server.frames("join")].count("secret") == 1


def test_a_name_that_is_taken_is_refused_in_the_service_s_words_and_the_room_can_be_opened(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "tea is ready", room="tea-room")
    page = join_as("Ada", allow=("409",))
    page.get_by_role("button", name="New room").click()
    page.get_by_label("Room name").fill("tea room")
    page.get_by_role("button", name="Create room").click()
    expect(page.get_by_text("There is a room tea-room already.")).to_be_visible()
    page.get_by_role("button", name="Open the room of that name").click()
    expect(page.get_by_text("tea is ready")).to_be_visible()


def test_a_message_that_somebody_else_deleted_says_who(join_as: JoinAs, server: FakeServer) -> None:
    entry = server.say("Grace", "an advert")
    own = server.say("Linus", "a slip")
    page = join_as("Ada")
    root = {"id": "u-root", "name": "Root"}
    gone: dict[str, Any] = {"text": "", "deleted": True, "sentiment": None}
    server.change(entry["seq"], **gone, deletedBy=root)
    server.change(own["seq"], **gone, deletedBy=own["user"])
    expect(page.get_by_text("Message deleted by Root", exact=True)).to_be_visible()
    expect(page.get_by_text("Message deleted", exact=True)).to_be_visible()


def test_signing_out_ends_the_session_and_says_if_the_service_did_not_hear_of_it(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", allow=("503",))
    sign_out(page)
    expect(page.get_by_label("Your name")).to_be_visible()
    server.wait_for(lambda: not server.sessions, "the end of the session")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("log")).to_be_visible()
    page.route("**/api/session", lambda route: route.fulfill(status=503, json={}))
    sign_out(page)
    expect(page.get_by_text("The service could not be told")).to_be_visible()


def test_who_is_added_to_a_private_room_is_told_and_led_there(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "welcome to the den", room="den")
    server.abouts["den"] = {"room": "den", "title": "The Den", "access": "private", "role": "member"}
    facts = {"topic": "", "archived": False, "mood": True}
    server.tell("general", {"event": "room", **server.abouts["den"], **facts})
    expect(page.get_by_text("You were added to The Den.")).to_be_visible()
    page.get_by_role("button", name="Go there").click()
    expect(page.get_by_role("heading", level=1, name="The Den")).to_be_visible()
    expect(page.get_by_text("welcome to the den")).to_be_visible()
    expect(page.get_by_text("You were added to The Den.")).to_be_hidden()


def test_a_room_that_was_just_made_is_empty_at_once_and_invites_if_it_is_private(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.answers["join"] = ["ignore"]
    page.get_by_role("button", name="New room").click()
    page.get_by_label("Room name").fill("den")
    page.locator("#room-form").get_by_label("Private").check()
    page.get_by_role("button", name="Create room").click()
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()
    expect(page.locator("#log .log-skeleton")).to_have_count(0)
    page.get_by_role("button", name="Invite people").click()
    expect(page.get_by_role("button", name="Make a link")).to_be_focused()


def test_a_press_is_not_lost_when_the_same_people_are_offered_anew(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.people = [{"id": "u-grace", "name": "Grace", "role": "member"}]
    page = join_as("Ada")
    page.get_by_role("button", name="New direct message").click()
    page.get_by_role("option", name="Grace").hover()
    page.mouse.down()
    with page.expect_response(lambda response: "prefix=Gra" in response.url):
        page.get_by_label("Name", exact=True).press_sequentially("Gra")
    page.wait_for_timeout(50)  # nothing on the page tells that it has the same list again
    page.mouse.up()
    expect(page.get_by_role("heading", level=1, name="Grace")).to_be_visible()
