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
    # A dialog says that it is closed a moment after the focus has left it.
    page.wait_for_function(
        "secret => !document.documentElement.outerHTML.includes(secret)"
        " && ![...document.querySelectorAll('input')].some(({ value }) => value.includes(secret))",
        arg=SECRET,
    )


CALLS_SECRET = "whsec_c2VjcmV0"
FAILED = {"at": "2026-11-30T09:00:00.000Z", "problem": "it answered with status 503", "inARow": 20}


def test_a_bot_is_called_at_an_address_whose_secret_is_shown_once(join_as: JoinAs) -> None:
    page = join_as("Ada")
    webhook: dict[str, Any] = {"url": "https://old.example.org/", "off": True, "failed": FAILED}

    def bots(route: Route) -> None:
        bot = {"id": "b1", "user": {"id": "b1", "name": "Hal"}, "expiresAt": "2027-01-01T00:00:00.000Z"}
        route.fulfill(json={"tokens": [{**bot, "webhook": webhook}]})

    def calls(route: Route) -> None:
        if route.request.method == "PUT":
            wanted: Any = route.request.post_data_json
            webhook.update(url=wanted["url"], off=False, failed=None)
            route.fulfill(json={"secret": CALLS_SECRET})
        else:
            route.fulfill(json={"problem": None})

    page.route("**/api/tokens", bots)
    page.route("**/api/tokens/b1/webhook", calls)
    page.route("**/api/rooms/general/hooks", lambda route: route.fulfill(json={"hooks": []}))
    page.get_by_role("button", name="About general").click()
    page.get_by_role("button", name="Bots and hooks").click()
    part = page.locator('[data-program="b1"] details')
    summary = part.locator("summary")
    expect(summary).to_have_text("Is not called at old.example.org any more.")
    summary.press("Enter")
    expect(part).to_contain_text("it answered with status 503")
    address = part.get_by_label("Address of Hal")
    address.fill("http://bot.example.org/")
    address.press("Enter")
    expect(part.get_by_role("alert")).to_have_text("Please give an address that begins with https://.")
    address.fill("https://bot.example.org/hal")
    address.press("Enter")
    secret = part.get_by_label("Secret of the calls")
    expect(secret).to_have_value(CALLS_SECRET)
    expect(summary).to_have_text("Is called at bot.example.org.")
    expect(part.get_by_text("it answered with status 503")).to_have_count(0)
    part.get_by_role("button", name="Try it").click()
    expect(part.get_by_text("bot.example.org has answered.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(part).to_have_count(0)


def test_a_button_of_a_bot_is_pressed_once_at_a_time_and_what_fails_is_said(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", allow=("503",))
    held: list[Route] = []
    page.route("**/messages/*/press", lambda route: held.append(route))
    bot = {"id": "b1", "name": "Hal", "bot": True}
    text = "Deploy 1.2?\n[Approve](undertone:approve) [Reject](undertone:reject)"
    said = server.room("general").add(bot, text, message_id="8d3f7c9e-0000-4000-8000-000000000001")
    server.push("general", [said])
    row = page.locator(f'#log [data-seq="{said["seq"]}"]')
    expect(row.locator(".message-text")).to_have_text("Deploy 1.2?")
    group = row.get_by_role("group", name="Answers for Hal")
    approve, reject = group.get_by_role("button").all()
    approve.press("Enter")
    server.wait_for(lambda: page.evaluate("1") and held, "a press")
    reject.click()
    assert [route.request.post_data_json for route in held] == [{"value": "approve"}]
    held.pop().fulfill(status=503, json={"code": "unavailable", "message": "Hal did not answer."})
    expect(row.get_by_role("alert")).to_have_text("Hal did not answer.")
    reject.click()
    server.wait_for(lambda: page.evaluate("1") and held, "another press")
    held.pop().fulfill(json={})
    expect(row.get_by_role("status").filter(has_text="Pressed: Reject")).to_be_visible()
    expect(row.locator(".field-problem")).to_be_empty()
