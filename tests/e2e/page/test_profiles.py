"""What people say of themselves and their pictures, and links to other devices, on a scripted service."""

import uuid
from base64 import b64decode
from typing import Any

from playwright.sync_api import Page, Route, expect

from chalicelib.domain.profiles import checked_picture
from tests.unit.service.test_profiles import png

from .conftest import JoinAs, OpenPage
from .fake_server import FakeServer

BOB, MIA = {"id": "u-bob", "name": "Bob"}, {"id": "u-mia", "name": "Mia"}
ADA = {"id": "u-ada", "name": "Ada", "role": "member"}


def pictured(server: FakeServer, number: int) -> dict[str, Any]:
    """Return a profile with a picture, which the server serves."""
    server.picture = png(64)
    return {"about": "Likes tea", "picture": {"id": f"{number:032x}", "url": f"{server.url}kept/{number}"}}


def talk(server: FakeServer, messages: int) -> None:
    """Let Bob and Mia say something in turn."""
    for number in range(messages):
        server.room("general").add((BOB, MIA)[number % 2], f"message {number}", message_id=str(uuid.uuid4()))


def avatars(page: Page, whose: str) -> Any:
    return page.locator(f'.message-head .avatar[data-person="{whose}"][data-pictured]')


def test_everybody_in_a_log_is_one_question_and_a_picture_is_had_once_for_ever(
    join_as: JoinAs, server: FakeServer
) -> None:
    talk(server, 30)
    server.profiles = {BOB["id"]: pictured(server, 1)}
    page = join_as("Ada")
    expect(avatars(page, "u-bob")).to_have_count(15)
    expect(avatars(page, "u-mia")).to_have_count(0)
    assert page.evaluate("document.querySelectorAll('.message-head .avatar > *').length") == 0
    assert sorted(one for ids in server.profiles_asked for one in ids) == ["u-ada", "u-bob", "u-mia"]
    assert server.pictures_asked == 1
    page.reload()
    expect(avatars(page, "u-bob")).to_have_count(15)
    assert server.pictures_asked == 1


def test_the_card_of_somebody_has_their_words_as_they_are_now(join_as: JoinAs, server: FakeServer) -> None:
    talk(server, 2)
    server.profiles = {BOB["id"]: pictured(server, 1)}
    page = join_as("Ada")
    expect(avatars(page, "u-bob")).to_have_count(1)
    server.profiles = {BOB["id"]: {"about": "Likes <b>coffee</b>"}}
    page.get_by_role("button", name="Bob").first.click()
    expect(page.locator("#person-card .person-about")).to_have_text("Likes <b>coffee</b>")
    expect(avatars(page, "u-bob")).to_have_count(0)


def test_a_picture_leaves_the_browser_as_a_small_square_and_can_be_taken_away(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    sent: list[Any] = []
    told = {"user": ADA, "expiresAt": "2026-12-01T00:00:00Z", "sessions": []}

    def me(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(json=told)
            return
        sent.append(route.request.post_data_json)
        profile = {"about": sent[-1]["about"]} | (pictured(server, 7) if sent[-1].get("picture") else {})
        route.fulfill(json=ADA | profile)

    page.route("**/api/me", me)
    page.locator("#me-open").click()
    page.get_by_role("button", name="Picture and words").click()
    file = {"name": "me.png", "mimeType": "image/png", "buffer": png(600, height=400)}
    page.locator("#profile-file").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator("#profile-avatar")).to_have_attribute("data-pictured", "")
    page.get_by_label("A few words").fill("Likes\ntea")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#profile-dialog")).to_be_hidden()
    expect(page.locator("#me-avatar")).to_have_attribute("data-pictured", "")
    kept = checked_picture(b64decode(sent[0]["picture"]))
    assert (sent[0]["about"], kept.type) == ("Likes tea", "image/webp")
    page.get_by_role("button", name="Picture and words").click()
    page.get_by_role("button", name="Remove the picture").click()
    expect(page.get_by_role("button", name="Choose a picture")).to_be_focused()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#me-avatar[data-pictured]")).to_have_count(0)
    assert sent[1]["picture"] is None


def test_a_link_to_another_device_is_shown_once_with_its_code(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    page.locator("#settings-open").click()
    page.get_by_role("button", name="Use on another device").click()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    expect(page.get_by_label("Sign-in link")).to_have_value(f"{server.url}#/device/s3-cret_")
    server.tell("general", {"event": "session", "createdAt": "2026-12-01T10:01:00.000Z"})
    expect(page.locator("#link-dialog")).to_be_hidden()
    expect(page.get_by_text("You have just signed in on another device")).to_be_visible()
    assert "s3-cret_" not in page.content()


def test_a_link_is_used_when_somebody_says_so_and_leaves_the_address(
    open_page: OpenPage, server: FakeServer
) -> None:
    page = open_page(allow=("403",))
    answers: list[dict[str, Any]] = [
        {"status": 403, "json": {"code": "access_denied", "message": "This link was used, or so."}},
        {"status": 201, "json": {"token": "t", "user": ADA, "expiresAt": "2099-12-01T00:00:00Z"}},
    ]
    used: list[Any] = []

    def session(route: Route) -> None:
        used.append(route.request.post_data_json)
        server.sessions["t"] = ADA
        route.fulfill(**answers[len(used) - 1])

    page.route("**/api/session", session)
    page.goto(f"{server.url}#/device/s3-cret_")
    button = page.get_by_role("button", name="Sign in on this device")
    expect(button).to_be_focused()
    assert used == []
    button.click()
    expect(page.get_by_text("This link was used already")).to_be_visible()
    button.click()
    expect(page.locator("#me-name")).to_have_text("Ada")
    assert used == [{"link": "s3-cret_"}] * 2
    assert page.url.endswith("#/r/general")


def test_who_is_signed_in_stays_who_they_are_and_does_not_use_a_link_up(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    page.goto(f"{server.url}#/device/s3-cret_")
    expect(page.get_by_text("You are signed in here as Ada already")).to_be_visible()
    assert page.url.endswith("#/r/general")
