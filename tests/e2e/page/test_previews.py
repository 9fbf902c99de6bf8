"""Cards of links: only if the deployment says so, text and nothing else, never in the way of who reads."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Route, expect

from .conftest import JoinAs
from .fake_room import Entry
from .fake_server import FakeServer
from .scrolling import go_to

LINK = "https://example.org/a?b=c"


class Service:
    """Answers requests for previews when the test says so."""

    def __init__(self, page: Page, server: FakeServer) -> None:
        self._page = page
        self._server = server
        self.asked: list[Route] = []
        page.route("**/messages/*/preview?*", lambda route: self.asked.append(route))

    def answer(self, told: dict[str, object]) -> str:
        """Answer the next request; return which address it is about."""
        self._server.wait_for(lambda: self._page.evaluate("1") and self.asked, "a request for a preview")
        route = self.asked.pop(0)
        route.fulfill(json=told)
        return parse_qs(urlsplit(route.request.url).query)["url"][0]


def message(page: Page, entry: Entry) -> Locator:
    return page.locator(f'#log [data-seq="{entry["seq"]}"]')


def places(*found: Locator) -> list[object]:
    return [one.bounding_box() for one in found]


def test_a_card_is_text_and_moves_nothing(join_as: JoinAs, server: FakeServer) -> None:
    server.link_previews = True
    server.fill(40)
    page = join_as("Ada")
    service = Service(page, server)
    row = message(page, server.say("Ada", f"see {LINK}"))
    card = row.locator(".link-card")
    expect(card).to_have_text("example.org/a?b=c")
    expect(card).to_have_attribute("href", LINK)
    before = places(card, row)
    about = "<img src=x onerror=alert(1)> " + "about it " * 30
    asked = service.answer({"preview": {"title": "<b>Bold</b> & more", "description": about}})
    assert asked == LINK
    expect(card.locator(".link-title")).to_have_text("<b>Bold</b> & more")
    expect(card.locator(".link-about")).to_have_text(about.strip())
    expect(card.locator("b, img")).to_have_count(0)
    assert places(card, row) == before

    nothing = message(page, server.say("Ada", "https://nothing.example/")).locator(".link-preview")
    expect(nothing).to_be_visible()
    assert service.answer({"preview": None}) == "https://nothing.example/"
    again = message(page, server.say("Grace", f"again: {LINK}"))
    expect(again.locator(".link-title")).to_have_text("<b>Bold</b> & more")  # known, and asked for no more
    expect(nothing).to_be_visible()  # it goes once nobody sees it
    go_to(page, 0)
    expect(nothing).to_be_hidden()

    page.get_by_role("button", name="Settings").click()
    dialog = page.get_by_role("dialog", name="Settings")
    dialog.get_by_role("group", name="Previews of links").get_by_label("Off").check()
    page.keyboard.press("Escape")
    expect(page.locator(".link-card:visible")).to_have_count(0)
    assert service.asked == []


def test_without_previews_a_link_is_a_link(join_as: JoinAs, server: FakeServer) -> None:
    server.say("Ada", f"see {LINK}")
    page = join_as("Ada")
    service = Service(page, server)
    expect(page.get_by_role("link", name=LINK)).to_be_visible()
    server.say("Ada", "https://example.org/another")
    expect(page.get_by_role("link", name="https://example.org/another")).to_be_visible()
    expect(page.locator(".link-preview")).to_have_count(0)
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_role("group", name="Density")).to_be_visible()
    expect(page.get_by_role("group", name="Previews of links")).to_have_count(0)
    assert service.asked == []
