"""Videos and sounds in their place: what happens when an address ends, or nothing can be played."""

from playwright.sync_api import Page, Route, expect

from tests.e2e.axe import faults
from tests.unit.domain.test_media import wav

from .conftest import JoinAs
from .fake_server import FakeServer

SOUND = {"id": "f1", "name": "call.wav", "type": "audio/wav", "bytes": 900, "plays": "audio"}


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
