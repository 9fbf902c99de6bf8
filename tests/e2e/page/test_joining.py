"""The first screen."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.signing_out import sign_out

from .conftest import JoinAs, OpenPage
from .fake_server import FakeServer

REFUSED = ("Failed to load resource",)
NO_SOCKET = ("WebSocket connection to", "Failed to load resource")


def test_a_name_is_enough_to_join(join_as: JoinAs) -> None:
    page = join_as("Ada")
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    expect(page.get_by_role("heading", name="It is quiet here")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "words"), [("   ", "Please tell us your name"), ("x" * 33, "33 characters; 32 is the most")]
)
def test_an_impossible_name_is_refused_at_the_field_without_asking_the_service(
    page: Page, server: FakeServer, name: str, words: str
) -> None:
    page.goto(server.url)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_attribute("aria-invalid", "true")
    assert server.sessions == {}


def test_a_name_that_somebody_holds_is_refused_in_words(open_page: OpenPage, server: FakeServer) -> None:
    server.taken_names.add("ada")
    page = open_page(server.url, allow=REFUSED)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Join").click()
    expect(page.locator("#join-name-problem")).to_contain_text("already has that name")
    page.get_by_label("Your name").fill("Ada L.")
    expect(page.locator("#join-name-problem")).to_be_empty()
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_be_visible()


def test_the_service_s_own_reason_is_shown_at_the_name(open_page: OpenPage, server: FakeServer) -> None:
    page = open_page(server.url, allow=REFUSED)
    page.get_by_label("Your name").fill("forbidden")
    page.get_by_role("button", name="Join").click()
    expect(page.locator("#join-name-problem")).to_have_text("name: choose a friendlier one.")


def test_the_access_code_is_asked_for_only_where_the_service_wants_one(
    open_page: OpenPage, server: FakeServer
) -> None:
    server.access_code = "sesame"
    page = open_page(server.url, allow=REFUSED)
    expect(page.get_by_label("Access code")).to_be_hidden()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_label("Access code")).to_be_focused()
    page.get_by_label("Access code").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#join-code-problem")).to_contain_text("not right")
    page.get_by_label("Access code").fill("sesame")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_be_visible()


def test_a_reload_keeps_the_session_and_the_room(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as(room="tea-room")
    page.reload()
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    assert page.url.endswith("#/r/tea-room")
    assert len(server.sessions) == 1


def test_an_expired_session_asks_to_join_again_and_loses_nothing_typed(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", allow=NO_SOCKET)
    page.get_by_role("textbox", name="Message").fill("half a thought")
    server.expire_sessions()
    server.drop()
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Ada")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("half a thought")


def test_a_token_near_its_end_is_renewed_before_it_is_used(join_as: JoinAs, server: FakeServer) -> None:
    server.lifetime = timedelta(milliseconds=200)
    page = join_as("Ada")
    server.lifetime = timedelta(hours=1)
    page.wait_for_timeout(250)
    server.drop()
    server.wait_for(lambda: server.handshakes >= 2, "a second handshake")
    expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
    assert len(server.sessions) >= 2
    assert {user["id"] for user in server.sessions.values()} == {"u-ada"}


def test_signing_out_forgets_the_session_in_every_tab(
    join_as: JoinAs, open_page: OpenPage, server: FakeServer
) -> None:
    page = join_as("Ada")
    second = open_page(server.url, context=page.context)
    expect(second.get_by_role("log")).to_be_visible()
    sign_out(page)
    expect(page.get_by_label("Your name")).to_have_value("Ada")
    expect(second.get_by_text("You signed out in another window.")).to_be_visible()
    assert page.evaluate("localStorage.getItem('undertone.session')") is None
