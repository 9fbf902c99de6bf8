"""Contrast of what is really shown."""

import pytest
from playwright.sync_api import expect

from tests.e2e.contrast import too_faint

from .conftest import JoinAs
from .fake_server import FakeServer


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_shown_in_a_busy_room_can_be_read(join_as: JoinAs, server: FakeServer, scheme: str) -> None:
    server.say("Grace", "what a great day, see https://example.org", reactions={"👍": 2})
    server.say("Linus", "this is awful", sent_at="2026-01-05T10:00:00.000Z")
    server.say("Linus", "a question", editedAt="2026-11-22T10:00:00.000Z")
    server.say("Grace", "", deleted=True, sentiment=None)
    code = "```python\n# note\ndef f(a=1): return 'x'\n@name\n```\n```diff\n+ a\n- b\n```"
    ada = [{"id": "u-ada", "name": "Ada"}, {"id": "u-linus", "name": "Linus"}]
    server.say("Linus", f"@Ada, `code` by @Linus, [words](https://example.org)\n{code}", mentions=ada)
    server.room("another-room")
    page = join_as("Ada", color_scheme=scheme, still=True)
    server.answers["send"] = [{"code": "forbidden", "message": "Not this word."}, "ignore"]
    box = page.get_by_role("textbox", name="Message")
    for text in ("refused", "on its way"):
        box.fill(text)
        box.press("Enter")
    expect(page.get_by_role("button", name="Retry")).to_be_visible()
    expect(page.get_by_text("Sending…")).to_be_visible()
    assert too_faint(page) == []
    server.silent = True
    page.evaluate("document.querySelector('#room').dataset.offline = ''")
    expect(page.get_by_text("Waiting for connection")).to_be_visible()
    assert too_faint(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "label"), [("great", "positive"), ("awful", "negative"), ("so", "neutral")])
def test_what_opens_beside_one_s_own_message_can_be_read(
    join_as: JoinAs, server: FakeServer, scheme: str, text: str, label: str
) -> None:
    page = join_as("Ada", color_scheme=scheme, still=True)
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")
    mood = page.get_by_role("article").get_by_role("button", name=label)
    mood.hover()
    assert too_faint(page) == []
    mood.click()
    page.get_by_text("About the model").click()
    page.get_by_role("dialog").get_by_role("button", name=label).hover()
    assert too_faint(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="React or change").click()
    page.get_by_role("menuitem", name="Delete").hover()
    assert too_faint(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_helps_to_write_and_to_find_can_be_read(
    join_as: JoinAs, server: FakeServer, scheme: str
) -> None:
    server.say("Grace", "noon?", reactions={"👍": 1})
    server.say(
        "Bo", "yes", replyTo=server.room("general").quote(1), mentions=[{"id": "u-ada", "name": "Ada"}]
    )
    page = join_as("Ada", color_scheme=scheme)
    page.locator("article[data-seq='1']").get_by_role("button", name="React or change").press("r")
    box = page.get_by_role("textbox", name="Message")
    box.press_sequentially("@here @")
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_count(3)
    assert too_faint(page) == []
    page.keyboard.press("Escape")
    page.locator(".quote").hover()
    assert too_faint(page) == []
    page.get_by_role("button", name="Emoji", exact=True).click()
    expect(page.get_by_role("heading", name="Flags")).to_be_attached()
    assert too_faint(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search in this room").click()
    page.get_by_label("Search for").fill("noon")
    page.get_by_role("list", name="Found").get_by_role("button").hover()
    assert too_faint(page) == []
