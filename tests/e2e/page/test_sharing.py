"""What goes into other apps, and what comes from them."""

import json
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.e2e.axe import faults

from .conftest import JoinAs, Run
from .deployed import DeployedServer
from .fake_server import FakeServer
from .test_release import CONTROLLED, wait_for

PICTURE = {"id": "f1", "name": "cat.png", "type": "image/png", "bytes": 9, "width": 40, "height": 30}
# No sheet of a device opens in a test: what it would be given is noted instead, or it refuses.
SHEET = """() => {
  window.shared = [];
  window.refusal = null;
  navigator.canShare = ({ files }) => files.every(({ type }) => type === "image/png");
  navigator.share = async ({ files = [], ...what }) => {
    if (window.refusal) throw new DOMException("", window.refusal);
    window.shared.push({ ...what, files: files.map(({ name, size }) => [name, size]) });
  };
}"""
ELSEWHERE = """<form method="post" enctype="multipart/form-data" action="{action}">
  <input name="title" value="A page"><input name="text" value="Look at this"><input name="url" value="https://example.org/">
  <input type="file" name="files" multiple><button>Share</button>
</form>"""


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"title": "T", "text": "", "url": "https://a.example/"}, "T\nhttps://a.example/"),
        ({"title": "A page", "text": "A page https://a.example/", "url": ""}, "A page https://a.example/"),
        ({"title": "", "text": "https://a.example/", "url": "https://a.example/"}, "https://a.example/"),
        ({"title": " T ", "text": "words", "url": ""}, "T\nwords"),
        ({}, ""),
    ],
)
def test_what_apps_say_twice_is_said_once(run: Run, given: dict[str, str], text: str) -> None:
    assert run("models/shared.js", "return shared.sharedText(argument)", given) == text


def test_what_was_shared_is_taken_once_and_not_after_a_day(run: Run) -> None:
    body = """
      const put = async (at) => {
        const cache = await caches.open("undertone.shared");
        await cache.put("file-0", new Response("hello"));
        const files = [{ key: "file-0", name: "a.txt", type: "text/plain" }];
        await cache.put("about", new Response(JSON.stringify({ title: "", text: "hi", url: "", files, at })));
      };
      const box = new shared.Shared(caches, () => 100_000_000);
      await put(99_000_000);
      const { text, files } = await box.take();
      const again = await box.take();
      await put(100_000_000 - 24 * 3600 * 1000);
      const old = await box.take();
      const left = await caches.has("undertone.shared");
      return [text, files[0].name, files[0].type, await files[0].text(), again, old, left];
    """
    assert run("models/shared.js", body) == ["hi", "a.txt", "text/plain", "hello", None, None, False]


def test_the_link_of_a_message_and_a_picture_go_into_other_apps(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    page.evaluate(SHEET)
    server.say("Grace", "look", files=[PICTURE])
    page.get_by_role("button", name="React or change").press("Enter")
    page.get_by_role("menuitem", name="Share").click()
    assert page.evaluate("shared") == [{"url": f"{server.url}#/r/general/1", "files": []}]
    page.get_by_role("button", name="Picture cat.png").click()
    viewer = page.get_by_role("dialog", name="cat.png")
    share = viewer.get_by_role("button", name="Share")
    page.evaluate("refusal = 'NotAllowedError'")
    share.click()
    expect(viewer.get_by_role("status")).to_have_text("It is ready now: press Share again.")
    page.evaluate("refusal = null")
    share.click()
    page.wait_for_function("() => shared.length === 2")
    [[name, size]] = page.evaluate("shared[1].files")
    assert (name, size > 0) == ("cat.png", True)
    page.evaluate("refusal = 'AbortError'")  # whoever closes the sheet is told nothing
    share.click()
    expect(viewer.get_by_role("status")).to_contain_text("ready")


def test_a_device_without_a_sheet_offers_none(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    page.evaluate("() => delete Navigator.prototype.share")
    server.say("Grace", "look", files=[PICTURE])
    page.get_by_role("button", name="React or change").press("Enter")
    expect(page.get_by_role("menuitem", name="Copy link")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Share")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Picture cat.png").click()
    expect(page.get_by_role("dialog", name="cat.png")).to_be_visible()
    expect(page.locator("#picture-share")).to_be_hidden()


class TestShareTarget:
    @pytest.fixture
    def server(self) -> Any:
        fake = DeployedServer()
        fake.deploy()
        fake.start()
        yield fake
        fake.stop()

    def test_what_an_app_shares_goes_into_the_box_of_the_room_that_is_chosen(
        self, join_as: JoinAs, server: DeployedServer
    ) -> None:
        server.say("Grace", "hello", room="plans")
        server.describe("plans", title="Plans", role="member")
        page = join_as("Ada", service_workers="allow")
        wait_for(page, CONTROLLED)
        offered: list[Any] = []
        page.route("**/api/rooms/plans/files", lambda route: offer(route, offered))
        page.route(
            "**/bucket", lambda route: route.fulfill(status=204, headers={"Access-Control-Allow-Origin": "*"})
        )
        server.asked.clear()
        target = json.loads(page.request.get(f"{server.url}manifest.webmanifest").body())["share_target"]
        share(page, f"{server.url}{target['action']}")
        dialog = page.get_by_role("dialog", name="Share into")
        expect(dialog).to_contain_text("Look at this")
        expect(dialog).to_contain_text("notes.txt")
        expect(dialog).to_contain_text("more-40.txt")
        expect(dialog).not_to_contain_text("more-41.txt")  # any site can post there, whatever it likes
        assert offered == [], "nothing leaves the browser before somebody has chosen"
        assert faults(page) == []
        dialog.get_by_role("button", name="Share into Plans").click()
        expect(page.locator("#room-name")).to_have_text("Plans")
        expect(page.get_by_role("textbox", name="Message")).to_have_value(
            "A page\nLook at this\nhttps://example.org/"
        )
        expect(page.locator(".attached[data-state=done]").first).to_contain_text("notes.txt")
        assert "share" not in server.asked
        page.reload()
        expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
        expect(dialog).to_be_hidden()


def offer(route: Route, offered: list[Any]) -> None:
    offered.append(route.request.post_data_json)
    url = route.request.url.split("/api/")[0] + "/bucket"
    route.fulfill(status=201, json={"id": "f9", "upload": {"url": url, "fields": {}}})


def share(page: Page, action: str) -> None:
    """Post as the browser does for another app: a navigation, from nowhere of the site."""
    page.goto("about:blank")
    page.set_content(ELSEWHERE.replace("{action}", action))
    names = ("notes.txt", *(f"more-{number}.txt" for number in range(1, 45)))
    page.locator("input[type=file]").set_input_files(
        [FilePayload(name=name, mimeType="text/plain", buffer=b"hello") for name in names]
    )
    page.get_by_role("button", name="Share").click()
