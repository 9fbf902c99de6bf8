"""Keys in what opens over the page: Escape closes it and gives the focus back, Tab does not stray."""

from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer

# Notes each focus outside of the dialog in which it shall stay, and tells how often Tab goes round in that:
# beyond its last element, and once more.
WATCH = """(name) => {
  const dialog = document.getElementById(name);
  const note = ({ target }) => !dialog.contains(target) && window.strayed.push(target.id || target.className);
  window.strayed = [];
  document.addEventListener("focusin", note);
  dialog.addEventListener("close", () => document.removeEventListener("focusin", note), { once: true });
  return dialog.querySelectorAll("a[href], button, input, select, textarea, summary").length + 2;
}"""


def focus(page: Page) -> str:
    """Return what has the focus, in a word."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def escaped(page: Page, opener: Locator, name: str) -> None:
    """See that Tab stays in the open dialog, and that Escape closes it and goes back to what opened it."""
    dialog = page.locator(f"#{name}")
    expect(dialog).to_be_visible()
    for _ in range(min(page.evaluate(WATCH, name), 14)):
        page.keyboard.press("Tab")
    assert page.evaluate("window.strayed") == [], name
    page.keyboard.press("Escape")
    expect(dialog, name).to_be_hidden()
    expect(opener, f"after {name}").to_be_focused()


def test_every_dialog_keeps_tab_within_and_escape_leads_back_to_what_opened_it(
    join_as: JoinAs, server: FakeServer
) -> None:
    file = {"id": "f1", "name": "sea.png", "type": "image/png", "bytes": 2_000, "width": 40, "height": 30}
    server.say("Grace", "what a great day", reactions={"👍": 1}, files=[file])
    page = join_as("Ada", allow=("404",))  # of what this test only opens
    server.describe("general", access="private", role="owner")
    expect(page.get_by_role("link", name="general (private)")).to_be_visible()
    for opener, name in {
        "room-new": "room-dialog",
        "direct-new": "direct-dialog",
        "me-open": "sessions-dialog",
        "settings-open": "settings-dialog",
        "room-notices": "notices-dialog",
        "room-about": "about-dialog",
        "room-search": "search-dialog",
        "room-pulse": "pulse-dialog",
        "composer-emoji": "emoji-dialog",
    }.items():
        button = page.locator(f"#{opener}")
        button.click()
        escaped(page, button, name)
    for opener, way, name in [
        ("settings-open", "shortcuts-open", "shortcuts-dialog"),
        ("settings-open", "settings-notices", "notices-dialog"),
        ("room-about", "about-edit", "edit-dialog"),
    ]:
        page.locator(f"#{opener}").click()
        button = page.locator(f"#{way}")
        button.click()
        escaped(page, button, name)
        page.keyboard.press("Escape")
        expect(page.locator(f"#{opener}"), f"after {name}").to_be_focused()
    for opener, way, name in [
        ("room-about", "about-programs", "programs-dialog"),
        ("me-open", "sessions-programs", "programs-dialog"),
        ("room-pulse", "pulse-live", "live-dialog"),
    ]:
        button = page.locator(f"#{opener}")
        button.click()
        page.locator(f"#{way}").click()
        escaped(page, button, name)
    picture = page.get_by_role("button", name="Picture sea.png")
    picture.click()
    escaped(page, picture, "picture-dialog")
    more = page.get_by_role("button", name="React or change")
    for item, name in [
        ("Report…", "reason-dialog"),
        ("Delete", "delete-dialog"),
        ("Who reacted", "list-dialog"),
        ("Another emoji", "emoji-dialog"),
    ]:
        more.click()
        page.get_by_role("menuitem", name=item).click()
        escaped(page, more, name)


def test_a_menu_is_gone_through_by_arrows_and_left_by_tab_and_escape(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "what a great day")
    page = join_as("Ada")
    more = page.get_by_role("button", name="React or change")
    menu = page.get_by_role("menu", name="Message")
    more.focus()
    page.keyboard.press("Enter")
    faces = menu.get_by_role("menuitemcheckbox")
    expect(faces.first).to_be_focused()
    last = menu.get_by_role("menuitem").last
    for key, there in [
        ("ArrowRight", faces.nth(1)),
        ("ArrowDown", menu.get_by_role("menuitem", name="Reply")),
        ("ArrowUp", faces.first),
        ("ArrowLeft", menu.get_by_role("menuitem", name="Another emoji")),
        ("ArrowRight", faces.first),
        ("ArrowUp", last),
        ("ArrowDown", faces.first),
        ("End", last),
        ("Home", faces.first),
    ]:
        page.keyboard.press(key)
        expect(there, key).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(more).to_be_focused()

    page.keyboard.press("Tab")
    beyond = focus(page)
    more.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    expect(more).to_have_attribute("aria-expanded", "false")
    assert focus(page) == beyond

    name = page.get_by_role("article").get_by_role("button", name="Grace")
    name.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("menu", name="Grace")
    expect(card.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(card).to_be_hidden()
    name.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    expect(card.get_by_role("menuitem").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(name).to_be_focused()


def test_the_card_of_a_mood_closes_when_tab_leads_out_of_it(join_as: JoinAs, server: FakeServer) -> None:
    server.say("Grace", "what a great day")
    page = join_as("Ada")
    mood = page.get_by_role("article").get_by_role("button", name="positive")
    card = page.get_by_role("dialog", name="positive")
    mood.focus()
    page.keyboard.press("Tab")
    beyond = focus(page)
    mood.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(card).to_be_hidden()
    expect(mood).to_be_focused()
    page.keyboard.press("Enter")
    for label in ("negative", "neutral", "positive"):
        page.keyboard.press("Tab")
        expect(card.get_by_role("button", name=label)).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.get_by_text("About the model")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card).to_be_hidden()
    assert focus(page) == beyond
