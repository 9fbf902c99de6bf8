"""Many files in the tray, and files in parts in the log."""

from typing import Any

from playwright.sync_api import FilePayload, Page, Route, expect

from tests.e2e.axe import faults

from .conftest import JoinAs
from .fake_server import FakeServer

FEW = 12
PARTS: list[dict[str, Any]] = [
    {"id": "p1", "name": "film.mp4.001", "type": "video/mp4", "bytes": 25_000_000, "plays": "video"},
    {"id": "p2", "name": "film.mp4.002", "type": "application/octet-stream", "bytes": 35_000},
    {"id": "n1", "name": "notes.zip.001", "type": "application/octet-stream", "bytes": 25_000_000},
    {"id": "n2", "name": "notes.zip.002", "type": "application/octet-stream", "bytes": 25_000_000},
]


def take_uploads(page: Page, *broken: str) -> list[str]:
    """Let the service take files, but not the `broken` ones; return the names of all that were offered."""
    offered: list[str] = []

    def offer(route: Route) -> None:
        name = (route.request.post_data_json or {})["name"]
        offered.append(name)
        if name in broken:
            route.fulfill(status=400, json={"code": "invalid", "message": "Not this one."})
        else:
            upload = {"url": "/bucket", "fields": {}}
            route.fulfill(status=201, json={"id": f"id-{len(offered)}", "upload": upload})

    page.route("**/rooms/general/files", offer)
    page.route("**/bucket", lambda route: route.fulfill(status=204))
    return offered


def pick(page: Page, count: int) -> None:
    files: list[FilePayload] = [
        {"name": f"{number}.txt", "mimeType": "text/plain", "buffer": b"x"} for number in range(count)
    ]
    page.get_by_label("Files to attach").set_input_files(files)


def test_many_files_are_folded_in_the_tray_but_for_what_failed(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as(viewport={"width": 360, "height": 640}, allow=("400",))
    offered = take_uploads(page, "17.txt")
    pick(page, 21)
    tray = page.locator("#composer-files")
    expect(tray.locator(".attached-rest")).to_contain_text("20 of 21 uploaded")
    assert len(offered) == 21
    expect(tray.locator(".attached")).to_have_count(FEW)
    expect(tray.locator(".attached").last).to_contain_text("Not this one.")
    expect(page.locator("#composer-files-many")).to_have_text("They go as 6 messages, in this order.")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tray.get_by_role("button", name="and 9 more").press("Enter")
    expect(tray.locator(".attached")).to_have_count(21)
    fewer = tray.get_by_role("button", name="Show fewer")
    expect(fewer).to_be_focused()
    assert page.locator("#log").bounding_box()["height"] > 200  # type: ignore[index]
    fewer.press("Enter")
    tray.get_by_role("button", name="Remove 17.txt").click()
    page.get_by_role("textbox", name="Message").press("Enter")
    expect(tray.locator(".attached")).to_have_count(0)
    server.wait_for(lambda: len(server.frames("send")) == 5, "all messages")
    sent = [name for frame in server.frames("send") for name in frame["files"]]
    assert len(sent) == 20


def test_all_files_can_be_taken_away_at_once(join_as: JoinAs) -> None:
    page = join_as()
    take_uploads(page)
    pick(page, FEW + 1)
    page.get_by_role("button", name="Remove all").click()
    expect(page.locator("#composer-files")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_a_file_in_parts_is_one_file_whose_loading_can_be_stopped(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as(viewport={"width": 320, "height": 640}, color_scheme="dark")
    held: list[Route] = []
    page.route("**/images/icon-apple-180.png", lambda route: held.append(route))
    server.say("Grace", "both", files=PARTS)
    article = page.get_by_role("article")
    expect(article.locator(".file-name")).to_have_text(["film.mp4", "notes.zip"])
    expect(article.locator(".file-about")).to_have_text(["MP4 · 25 MB", "ZIP · 50 MB"])
    expect(article.locator("video, audio")).to_have_count(0)
    before = article.bounding_box()
    for begin, name in (("Play the video film.mp4", "film.mp4"), ("notes.zip", "notes.zip")):
        article.get_by_role("button", name=begin).first.click()
        bar = article.get_by_role("progressbar", name=f"{name} is being loaded")
        expect(bar).to_be_visible()
        assert article.bounding_box() == before, "nothing moves"
        assert faults(page) == []
        article.get_by_role("button", name=f"Stop loading {name}").click()
        expect(bar).to_have_count(0)
        expect(article.get_by_role("button", name=begin).first).to_be_enabled()
    expect(page.locator("#composer-notice")).to_have_text("")
    assert len(held) == 2
    for route in held:
        route.abort()
