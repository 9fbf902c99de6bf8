"""Links to messages: copied, followed, and said kindly when they lead nowhere."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import JoinAs, OpenPage, Run
from .fake_server import FakeServer


def follow(page: Page, address: str) -> None:
    """Follow a link of the page, as a click on it does."""
    page.evaluate("(hash) => { location.hash = hash; }", address)


@pytest.mark.parametrize(
    ("hash_", "message"),
    [
        ("#/r/general/42", {"room": "general", "seq": 42}),
        ("#/r/Team%20A/7/", {"room": "team-a", "seq": 7}),
        ("#/r/general", None),
        ("#/r/general/0", None),
        ("#/r/general/x", None),
        ("#/r/general/99999999999999999999", None),
        ("#/admin", None),
    ],
)
def test_an_address_names_a_message_of_a_room(run: Run, hash_: str, message: Any) -> None:
    assert run("models/router.js", "return router.readMessage(argument)", hash_) == message


def test_a_link_is_copied_and_leads_another_person_to_the_message(
    server: FakeServer, open_page: OpenPage, join_as: JoinAs
) -> None:
    server.fill(160)
    page = join_as(permissions=["clipboard-read", "clipboard-write"])
    page.locator("article[data-seq='150']").get_by_role("button", name="React or change").press("Enter")
    page.get_by_role("menuitem", name="Copy link").click()
    expect(page.locator("#composer-notice")).to_have_text("The link to the message was copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("#/r/general/150")
    other = open_page(link.replace("150", "20"))
    other.get_by_label("Your name").fill("Bo")
    other.get_by_role("button", name="Join").click()
    expect(other.locator("article[data-seq='20']")).to_be_focused()
    expect(other.locator("article[data-seq='20']")).to_have_attribute("data-found", "")
    expect(other).to_have_url(re.compile("#/r/general$"))


def test_without_a_clipboard_the_link_is_shown(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "hello")
    page = join_as()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("article").get_by_role("button", name="React or change").press("Enter")
    page.get_by_role("menuitem", name="Copy link").click()
    expect(page.locator("#composer-notice")).to_contain_text(f"{server.url}#/r/general/1")


def test_a_link_to_another_room_opens_it_and_can_be_followed_again(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.fill(70, room="team")
    page = join_as()
    for _ in range(2):
        follow(page, "#/r/team/5")
        expect(page.locator("article[data-seq='5']")).to_be_focused()
        page.get_by_role("textbox", name="Message").focus()
    expect(page.get_by_role("heading", level=1, name="team")).to_be_visible()


def test_what_is_not_there_any_more_or_not_yet_is_said(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "hello")
    server.room("general").void()
    server.say("Grace", "again")
    server.change(3, deleted=True, text="", sentiment=None)
    page = join_as()
    notice = page.locator("#composer-notice")
    follow(page, "#/r/general/2")
    expect(notice).to_have_text("That message is not there any more.")
    follow(page, "#/r/general/99")
    expect(notice).to_have_text(re.compile("There is no such message in this room yet."))
    follow(page, "#/r/general/3")
    expect(notice).to_have_text("That message was deleted.")
    expect(page.locator("article[data-seq='3']")).to_be_focused()


def test_far_back_the_past_around_the_message_is_shown_and_can_be_continued(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.fill(1_500)
    page = join_as()
    follow(page, "#/r/general/100")
    dialog = page.get_by_role("dialog", name="Earlier in general")
    rows = dialog.locator("[data-excerpt]")
    expect(rows).to_have_count(50)
    found = dialog.locator("[data-found]")
    expect(found).to_contain_text("message number 100")
    expect(found).to_be_focused()
    expect(found).to_be_in_viewport()
    dialog.get_by_role("button", name="Earlier").click()
    expect(rows).to_have_count(100)
    expect(rows.first).to_contain_text("message number 25")
    dialog.get_by_role("button", name="Later").click()
    expect(rows).to_have_count(150)
    expect(rows.last).to_contain_text("message number 174")
    dialog.get_by_role("button", name="Earlier").click()
    expect(dialog.get_by_role("button", name="Earlier")).to_be_hidden()
    assert len(server.frames("history")) == 0


PAST = """
  const messages = argument.map((seq) => ({ seq }));
  const ask = async (room, { before = Infinity, limit }) => {
    const found = messages.filter(({ seq }) => seq < before);
    return { messages: found.slice(-limit), more: found.length > limit };
  };
  const past = new excerpt.Excerpt(ask, "general");
"""


def test_the_past_goes_on_over_places_that_hold_no_message_and_ends(run: Run) -> None:
    body = f"""{PAST}
      const there = await past.around(10);
      const steps = [];
      while (past.hasLater && steps.length < 9) {{
        await past.later();
        steps.push(past.messages.at(-1).seq);
      }}
      return {{ there, steps, count: past.messages.length, earlier: past.hasEarlier }};
    """
    places = [*range(1, 21), *range(400, 410)]
    assert run("models/excerpt.js", body, places) == {
        "there": True,
        "steps": [409, 409],
        "count": 30,
        "earlier": False,
    }


def test_a_message_that_is_not_there_is_not_around(run: Run) -> None:
    body = f"{PAST} return past.around(15);"
    assert run("models/excerpt.js", body, [*range(1, 15), *range(16, 40)]) is False
