"""Cards of links: only if the deployment says so, text and nothing else, never in the way of who reads."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.axe import faults
from tests.unit.service.test_profiles import png

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

    def answer(self, told: dict[str, object] | Callable[[str], dict[str, object]]) -> str:
        """Answer the next request; return which address it is about."""
        self._server.wait_for(lambda: self._page.evaluate("1") and self.asked, "a request for a preview")
        route = self.asked.pop(0)
        link = parse_qs(urlsplit(route.request.url).query)["url"][0]
        route.fulfill(json=told(link) if callable(told) else told)
        return link


def pictured(url: str) -> dict[str, object]:
    picture = {"id": url.rpartition("/")[2], "url": url}
    return {"preview": {"title": "A title", "description": None, "picture": picture}}


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


def test_a_picture_has_its_place_and_leaves_it_to_the_words_if_it_does_not_come(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.link_previews = True
    page = join_as("Ada", allow=("404",))
    service = Service(page, server)
    bucket = f"http://127.0.0.1:{server.port}/bucket"
    page.route("**/bucket/there", lambda route: route.fulfill(content_type="image/png", body=png(64)))
    page.route("**/bucket/gone", lambda route: route.fulfill(status=404))
    rows = [message(page, server.say("Ada", f"{LINK}/{name}")) for name in ("there", "gone")]
    heights = [row.locator(".link-card").bounding_box() for row in rows]
    for _ in rows:
        service.answer(lambda link: pictured(f"{bucket}/{link.rpartition('/')[2]}"))
    image = rows[0].locator("img")
    expect(image).to_have_attribute("data-there", "")
    expect(image).to_have_attribute("alt", "")
    assert str(image.get_attribute("src")).startswith("blob:")
    expect(rows[1].locator(".link-title")).to_have_text("A title")
    expect(rows[1].locator("img")).to_have_count(0)
    assert [row.locator(".link-card").bounding_box() for row in rows] == heights
    assert faults(page) == []
