"""Videos, sounds and texts in their place: what is loaded unasked, and what happens when an address ends."""

from playwright.sync_api import Page, Route, expect

from tests.e2e.axe import faults
from tests.e2e.recording import RECORD
from tests.unit.domain.test_media import wav

from .conftest import JoinAs
from .fake_server import FakeServer
from .scrolling import go_to

SOUND = {"id": "f1", "name": "call.wav", "type": "audio/wav", "bytes": 900, "plays": "audio"}
VIDEO = {"id": "f2", "name": "party.webm", "type": "video/webm", "bytes": 900, "plays": "video"}
NOTES = {"id": "f3", "name": "notes.txt", "type": "text/plain", "bytes": 18}
SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


def serve(page: Page, server: FakeServer, *broken: int) -> list[int]:
    """Give another address each time one is asked for; the `broken` ones of them are refused."""
    asked: list[int] = []

    def address(route: Route) -> None:
        asked.append(len(asked) + 1)
        url = f"http://127.0.0.1:{server.port}/bucket/{asked[-1]}"
        route.fulfill(json={"url": url, "expiresAt": "2100-01-01T00:00:00.000Z"})

    def content(route: Route) -> None:
        ended = int(route.request.url.rpartition("/")[2]) in broken
        route.fulfill(
            status=403 if ended else 200, content_type="audio/wav", body=b"" if ended else wav(16_000)
        )

    page.route("**/files/f1", address)
    page.route("**/bucket/*", content)
    return asked


def test_an_address_that_has_ended_is_asked_for_again(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as(allow=("403",))
    asked = serve(page, server, 1)
    server.say("Grace", "listen", files=[SOUND])
    page.get_by_role("button", name="Play call.wav").click()
    player = page.locator("audio")
    expect(player).to_have_js_property("duration", 2)
    expect(player).to_be_focused()
    expect(player).not_to_have_js_property("currentTime", 0)
    assert asked == [1, 2]
    assert faults(page) == []


def test_what_cannot_be_played_says_so_and_can_still_be_downloaded(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as(allow=("403",))
    asked = serve(page, server, 1, 2)
    server.say("Grace", "listen", files=[SOUND])
    play = page.get_by_role("button", name="Play call.wav")
    play.press("Enter")
    expect(page.locator("#composer-notice")).to_contain_text("call.wav cannot be played here.")
    expect(play).to_be_enabled()
    expect(page.get_by_role("button", name="Download call.wav")).to_be_enabled()
    assert asked == [1, 2]


def give(page: Page, server: FakeServer, content: dict[str, tuple[str, bytes]]) -> list[str]:
    """Serve these files; return the list of those of which an address is asked for."""
    asked: list[str] = []

    def address(route: Route) -> None:
        asked.append(route.request.url.rpartition("/")[2])
        url = f"http://127.0.0.1:{server.port}/bucket/{asked[-1]}"
        route.fulfill(json={"url": url, "expiresAt": "2100-01-01T00:00:00.000Z"})

    def file(route: Route) -> None:
        kind, body = content[route.request.url.rpartition("/")[2]]
        route.fulfill(content_type=kind, body=body)

    page.route("**/files/*", address)
    page.route("**/bucket/*", file)
    return asked


def test_a_video_shows_its_first_picture_near_the_screen_and_plays_from_its_beginning(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(60)
    page = join_as("Ada", allow=("404",))
    broken = VIDEO | {"id": "f9", "name": "broken.webm"}
    content = {"f2": ("video/webm", bytes(page.evaluate(RECORD))), "f9": ("video/webm", b"no video")}
    asked = give(page, server, content)
    server.say("Grace", "look", files=[VIDEO, broken])
    cards = page.locator(".media")
    still = cards.filter(has_text="party.webm").locator(".media-still")
    expect(still).to_have_js_property("videoWidth", 64)
    expect(still).to_have_js_property("paused", True)
    expect(cards.filter(has_text="broken.webm").locator("video")).to_have_count(0)
    expect(page.get_by_role("button", name="Play the video broken.webm")).to_be_enabled()
    expect(page.locator("#composer-notice")).to_be_empty()
    assert faults(page) == []
    go_to(page, 0)
    expect(page.locator("video")).to_have_count(0)
    page.get_by_role("button", name="Newest messages").click()
    expect(still).to_have_js_property("videoWidth", 64)
    page.get_by_role("button", name="Play the video party.webm").click()
    player = page.locator(".media-player")
    expect(player).to_be_focused()
    expect(player).to_have_js_property("ended", True)
    assert player.evaluate("video => [video.muted, video.played.start(0) < 0.05]") == [False, True]
    assert sorted(asked) == ["f2", "f9"], "an address that holds is used again"


def test_who_saves_data_has_nothing_loaded_unasked(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    page.evaluate(SAVES_DATA)
    asked = give(page, server, {"f3": ("text/plain", b"<b>one</b>\ntwo\n")})
    server.say("Grace", "look", files=[VIDEO, NOTES])
    text = page.get_by_role("group", name="notes.txt")
    opener = text.get_by_role("button", name="Show all")
    expect(opener).to_be_visible()
    expect(page.locator("video")).to_have_count(0)
    assert asked == []
    opener.click()
    expect(text.locator(".file-prose")).to_have_text("<b>one</b>\ntwo")
    assert asked == ["f3"]
    assert faults(page) == []
