"""axe finds nothing on any screen; those with people and rooms of a house are in `tests/e2e/chat`."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.e2e.axe import faults

from .conftest import JoinAs, OpenPage
from .fake_server import FakeServer
from .openers import OPENERS
from .test_pulse import with_pulse

SIGN_IN = {
    "name": True,
    "accessCode": True,
    "adminCode": True,
    "oidc": {
        "label": "the house",
        "authorizationEndpoint": "https://sign-in.example.org/",
        "clientId": "undertone",
        "scope": "openid",
    },
}
AT = "2026-11-27T10:00:00.000Z"
ME = {
    "user": {"id": "u-ada", "name": "Ada", "role": "member"},
    "expiresAt": "2027-11-27T10:00:00.000Z",
    "sessions": [{"id": f"s{n}", "createdAt": AT, "lastSeenAt": AT, "current": n == 1} for n in (1, 2)],
    "password": {"set": True, "currentNeeded": True},
}
# Presses what opens a screen, after closing all in which it is not.
OPEN = """(opener) => {
  const button = [...document.querySelectorAll(opener)].at(-1);
  for (const one of document.querySelectorAll("dialog[open], :popover-open")) {
    if (one.contains(button)) continue;
    if (one.matches("dialog")) one.close();
    else one.hidePopover();
  }
  button.scrollIntoView({ block: "center" }); // what opens beside a message closes when that leaves the log
  button.click();
}"""
# Each is in the menu of the message that Grace wrote.
IN_THE_MENU = ("Show replies", "Who reacted", "Report…")


def answer(page: Page, path: str, body: Any) -> None:
    def fulfil(route: Route) -> None:
        route.fulfill(json=body)

    page.route(path, fulfil)


def settled(page: Page) -> Page:
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.get_by_text("One moment…")).to_have_count(0)
    return page


def test_the_first_screen_has_no_fault(open_page: OpenPage, server: FakeServer) -> None:
    page = open_page(allow=("503",))
    page.route("**/config.json", lambda route: signing_in(route, server))
    page.goto(server.url)
    page.locator("#join-admin summary").click()
    page.get_by_role("button", name="Join").click()
    expect(page.locator("#join-name-problem")).not_to_be_empty()
    assert faults(page) == []
    page.goto(f"{server.url}#/invite/secret")
    page.reload()
    expect(page.locator("#join-member")).to_be_visible()
    assert faults(page) == []
    page.route("**/config.json", lambda route: route.fulfill(status=503))
    page.reload()
    expect(page.locator("#boot-retry")).to_be_visible()
    assert faults(page) == []


def signing_in(route: Route, server: FakeServer) -> None:
    base = f"127.0.0.1:{server.port}"
    where = {"websocketUrl": f"ws://{base}/ws", "restUrl": f"http://{base}/api", "version": "test"}
    route.fulfill(json=where | {"signIn": SIGN_IN})


def test_a_room_and_what_opens_over_it_have_no_fault(join_as: JoinAs, server: FakeServer) -> None:
    with_pulse(server)
    server.abouts["general"] = {"title": "General", "topic": "all", "access": "private", "role": "owner"}
    people = [{"id": f"u-{name.lower()}", "name": name, "role": "member"} for name in ("Ada", "Grace")]
    server.members["general"], server.people = people, people
    server.say("Linus", "## Plan\n### Later\n\n| a | b |\n| --- | --: |\n| 1 |\n\n# End")
    server.say("Bo", "/play bell")
    asked = server.say("Grace", "@Ada shall we?", reactions={"👍": 2}, mentions=people[:1])
    server.say("Linus", "```python\nprint('yes')\n```\n> so\n\n- https://example.org", replyTo=None)
    server.say("Bo", "yes", replyTo=server.room("general").quote(asked["seq"]))
    server.say("Bo", "", deleted=True, sentiment=None)
    files = [
        {"id": "f1", "name": "notes.txt", "type": "text/plain", "bytes": 2_000},
        {"id": "f2", "name": "a.png", "type": "image/png", "bytes": 900, "width": 90, "height": 90},
    ]
    server.say("Grace", "", files=files)
    server.say("Ada", "a wonderful, great day", editedAt=AT)
    page = join_as("Ada", allow=("404",))
    answer(page, "**/api/me", ME)
    page.evaluate("document.querySelector('.picture').scrollIntoView()")
    expect(page.locator(".picture")).to_have_attribute("data-there", "")
    page.locator(".reaction").hover()
    expect(page.locator("#reactors-tip")).to_be_visible()
    found = {"the room": faults(settled(page))}
    own = ("article[data-own] .message-more", "article[data-own] button.undertone")
    for opener in (*own, *OPENERS, ".picture[data-there]"):
        page.evaluate(OPEN, opener)
        found[opener] = faults(settled(page))
    for words in IN_THE_MENU:
        page.evaluate(OPEN, f"article[data-seq='{asked['seq']}'] .message-more")
        page.get_by_role("menuitem", name=words).click()
        found[words] = faults(settled(page))
    page.evaluate(OPEN, "#composer-emoji")  # last: whatever is looked at after it takes longer
    expect(page.get_by_role("heading", name="Flags")).to_be_attached()
    found["the emoji"] = faults(page)
    assert {screen: wrong for screen, wrong in found.items() if wrong} == {}


def test_what_comes_and_goes_in_a_room_has_no_fault(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(1_100, room="old", pause=1)
    server.people = [{"id": "u-grace", "name": "Grace"}]
    server.say("Grace", "noon?")
    server.room("tucked-away")
    server.marks.chosen["u-ada", "tucked-away"] = {"hidden": True}
    page = join_as("Ada", allow=("404", "405", "WebSocket"))
    page.get_by_text("Hidden rooms").click()
    found = {}
    box = page.get_by_role("textbox", name="Message")
    box.fill("at one")
    box.press("Enter")
    expect(page.locator("article[data-own]")).to_have_attribute("data-state", "stored")
    page.evaluate("document.querySelector('#update').hidden = false")
    box.press("ArrowUp")
    expect(page.locator("#composer-edit")).to_be_visible()
    box.fill("# at **one**\n| a | b |\n|---|---|\n| c | d |")
    box.press("Alt+t")
    box.press("Alt+p")
    expect(page.get_by_role("region", name="Preview").get_by_role("table")).to_be_visible()
    found["a change with its preview, a new version"] = faults(page)
    box.press("Alt+p")
    page.get_by_role("button", name="React or change").last.click()
    page.get_by_role("menuitem", name="Delete").click()
    found["the question before a deletion"] = faults(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    server.answers["send"] = [{"code": "forbidden", "message": "Not this word."}]
    box.fill("refused")
    box.press("Enter")
    expect(page.get_by_role("button", name="Retry")).to_be_visible()
    page.locator("#composer-file").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}
    )
    expect(page.locator(".attached")).to_have_attribute("data-state", "failed")
    page.get_by_role("button", name="React or change").first.press("r")
    box.press_sequentially("@here @")
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option")).not_to_have_count(0)
    found["what was refused, a reply, suggestions"] = faults(page)
    page.evaluate(OPEN, "#sign-out")
    found["the question before signing out"] = faults(page)
    page.keyboard.press("Escape")
    page.goto(f"{server.url}#/r/old/5")
    expect(page.locator("#excerpt-dialog")).to_be_visible()
    found["an excerpt"] = faults(page)
    page.keyboard.press("Escape")
    server.answers["join"] = [{"code": "not_found", "message": "There is no room secret."}]
    page.goto(f"{server.url}#/r/secret")
    expect(page.get_by_role("heading", name="There is no room secret for you")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 640})
    found["a closed room on a phone"] = faults(page)
    page.evaluate("document.querySelector('#update').hidden = true")
    page.locator("#drawer-open").click()
    expect(page.locator("#drawer-backdrop")).to_be_visible()
    found["the rooms on a phone"] = faults(page)
    page.get_by_role("link", name="general").click()
    server.describe("general", archived=True)
    expect(page.locator("#composer-locked")).to_be_visible()
    server.refuse_handshakes = True
    server.drop()
    expect(page.locator("#connection-retry")).to_be_visible()
    found["no connection, an archived room"] = faults(page)
    assert {screen: wrong for screen, wrong in found.items() if wrong} == {}
