"""In several tabs of one person: what one does oneself is no news, and what one types stays where it is."""

from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs, OpenPage, SecondTab
from .fake_server import FakeServer
from .test_sending import message, write


def box_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


def test_one_does_not_see_oneself_typing_in_another_tab_or_on_another_device(
    join_as: JoinAs, second_tab: SecondTab, open_page: OpenPage, server: FakeServer
) -> None:
    first = join_as("Ada", still=True)
    second = second_tab(first)
    device = open_page(server.url, storage_state=first.context.storage_state())
    grace = join_as("Grace")
    for page in (second, device):
        expect(page.get_by_text("It is quiet here")).to_be_visible()
    box_of(first).type("thinking")
    box_of(grace).type("me too")
    for page in (second, device, first):
        expect(page.locator("#composer-typing")).to_have_text("Grace is typing…")
    expect(grace.locator("#composer-typing")).to_have_text("Ada is typing…")


def test_what_one_writes_in_another_tab_is_not_unread_nor_new(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    server.fill(40, name="Grace")
    first = join_as("Ada")
    second = second_tab(first)
    expect(second.get_by_text("message number 40")).to_be_visible()
    second.locator("#log").evaluate("log => { log.scrollTop = 100 }")
    expect(second.get_by_role("button", name="Newest messages")).to_be_visible()
    write(first, "from the first tab")
    expect(message(second, "from the first tab")).to_have_attribute("data-own", "")
    expect(second.get_by_role("button", name="Newest messages")).to_be_visible()
    expect(second.locator(".badge")).to_have_count(0)
    expect(second).to_have_title("general · Undertone")
