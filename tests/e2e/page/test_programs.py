"""The dialog of bots and hooks, on a scripted service: what it refuses, and what it must not keep."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from .conftest import JoinAs
from .fake_server import FakeServer

SECRET = "http://127.0.0.1:1/api/hooks/s3cret"


def scripted(page: Page) -> None:
    """Let there be a hook of somebody else, let one more be made, and nothing be ended."""

    def hooks(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(json={"hooks": [{"id": "h1", "name": "Build", "by": "u-grace"}]})
        elif "Fifth" in (route.request.post_data or ""):
            refusal = {"code": "conflict", "message": "general has 20 hooks already: delete one first."}
            route.fulfill(status=409, json=refusal)
        else:
            route.fulfill(status=201, json={"hook": "h2", "name": "Deployments", "url": SECRET})

    def one(route: Route) -> None:
        route.fulfill(status=503, json={"code": "unavailable", "message": "Try that again later."})

    def bots(route: Route) -> None:
        route.fulfill(status=503, json={"code": "unavailable", "message": "All bots are asleep."})

    page.route("**/api/rooms/general/hooks", hooks)
    page.route("**/api/rooms/general/hooks/*", one)
    page.route("**/api/tokens", bots)


def test_hooks_that_cannot_be_made_or_deleted_say_why_and_no_address_is_kept(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.people = [{"id": "u-grace", "name": "Grace", "role": "member"}]
    page = join_as("Ada", allow=("409", "503"))
    scripted(page)
    opener = page.get_by_role("button", name="About general")
    opener.click()
    page.get_by_role("button", name="Bots and hooks").click()
    dialog = page.get_by_role("dialog", name="Bots and hooks")
    expect(dialog.locator("#hooks-title")).to_have_text("Hooks of general")
    expect(dialog.locator('[data-program="h1"]')).to_contain_text("made by Grace")
    expect(dialog.get_by_text("All bots are asleep.")).to_be_visible()

    name = dialog.get_by_label("Name of a new hook")
    name.press("Enter")
    expect(dialog.get_by_text("Please give it a name.")).to_be_visible()
    name.fill("Fifth")
    name.press("Enter")
    expect(dialog.get_by_text("as many hooks as a room can have")).to_be_visible()
    expect(name).to_be_focused()
    name.fill("Deployments")
    name.press("Enter")
    address = dialog.get_by_label("Address of the hook")
    expect(address).to_have_value(SECRET)
    expect(dialog.get_by_text(f'curl -d "Hello from a program" {SECRET}')).to_be_visible()
    expect(dialog.locator('[data-program="h2"]')).to_contain_text("made by you")

    dialog.get_by_role("button", name="Delete the hook Build").click()
    page.get_by_role("dialog", name="Delete the hook Build?").get_by_role("button", name="Delete").click()
    expect(dialog.get_by_text("Try that again later.")).to_be_visible()
    expect(dialog.locator('[data-program="h1"]')).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    kept: Any = page.evaluate(
        "secret => document.documentElement.outerHTML.includes(secret)"
        " || [...document.querySelectorAll('input')].some(({ value }) => value.includes(secret))",
        SECRET,
    )
    assert not kept
