"""In several tabs of one person: what one does oneself is no news, and what one types stays where it is."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.signing_out import sign_out

from .conftest import JoinAs, OpenPage, Run, SecondTab
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


def reopened(page: Page) -> Page:
    """Leave the room and return."""
    page.goto(page.url.replace("general", "tea-room"))
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    page.get_by_role("link", name="general").click()
    expect(page.get_by_role("heading", level=1, name="general")).to_be_visible()
    return page


def test_a_draft_outlives_what_is_sent_in_another_tab(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada")
    second = second_tab(first)
    box_of(second).fill("from the second")
    write(first, "from the first")
    expect(message(first, "from the first")).to_have_attribute("data-state", "stored")
    expect(box_of(first)).to_have_value("")
    expect(box_of(reopened(second))).to_have_value("from the second")
    second.reload()
    expect(box_of(second)).to_have_value("from the second")
    expect(box_of(reopened(first))).to_have_value("")


def test_a_draft_outlives_what_is_typed_later_in_another_tab(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada")
    second = second_tab(first)
    box_of(second).fill("from the second")
    box_of(first).fill("from the first, later")
    for _ in range(2):
        for page, text in ((second, "from the second"), (first, "from the first, later")):
            page.reload()
            expect(box_of(page)).to_have_value(text)


def test_a_tab_without_a_draft_shows_the_newest_one_until_it_is_sent(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada")
    second = second_tab(first)
    box_of(first).fill("older")
    box_of(second).fill("newer")
    third = second_tab(first)
    expect(box_of(third)).to_have_value("newer")
    second.close()
    box_of(third).press("Enter")
    expect(message(third, "newer")).to_have_attribute("data-state", "stored")
    expect(box_of(third)).to_have_value("")
    expect(box_of(second_tab(first))).to_have_value("older")


def test_a_change_begun_in_one_tab_outlives_what_is_done_in_another(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada")
    write(first, "first words")
    expect(message(first, "first words")).to_have_attribute("data-state", "stored")
    second = second_tab(first)
    expect(message(second, "first words")).to_be_visible()
    box_of(second).press("ArrowUp")
    box_of(second).fill("second thoughts")
    write(first, "something else")
    second.reload()
    expect(box_of(second)).to_have_value("second thoughts")
    expect(second.get_by_text("You are changing a message.")).to_be_visible()
    box_of(first).fill("a draft")
    expect(box_of(reopened(first))).to_have_value("a draft")


def test_signing_out_in_one_tab_forgets_the_drafts_of_all(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    first = join_as("Ada")
    second = second_tab(first)
    box_of(second).fill("not for others")
    sign_out(first)
    second.get_by_label("Your name").fill("Pete")
    second.get_by_role("button", name="Join").click()
    expect(box_of(second)).to_be_visible()
    expect(box_of(second)).to_have_value("")


def test_a_draft_kept_by_an_earlier_version_of_the_page_is_still_there(run: Run) -> None:
    body = (
        "const { Store } = await import('/scripts/lib/store.js'); const store = new Store(); "
        "store.set('draft.general', 'half a thought'); const one = new drafts.Drafts(store); "
        "const found = one.get('general'); one.set('general', ''); return [found, one.get('general')];"
    )
    assert run("models/drafts.js", body) == ["half a thought", ""]


RENEW = """() => {
  const key = Object.keys(localStorage).find((name) => name.endsWith("session"));
  const token = JSON.parse(localStorage.getItem(key));
  localStorage.setItem(key, JSON.stringify({ ...token, receivedAt: Date.now() }));
}"""


def test_a_renewed_token_opens_a_new_connection_before_the_old_one_ends(
    join_as: JoinAs, second_tab: SecondTab, server: FakeServer
) -> None:
    page = join_as("Ada")
    other = second_tab(page)
    joined = len(server.frames("join"))
    other.evaluate(RENEW)
    server.wait_for(lambda: len(server.frames("join")) == joined + 1, "a join on a new connection")
    expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
    server.say("Grace", "you are still here")
    expect(page.locator(".message-text")).to_have_text(["you are still here"])
