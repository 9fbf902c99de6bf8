"""A text that is too long for one message, in the box and on its way."""

from playwright.sync_api import expect

from tests.e2e.pasting import paste_text

from .conftest import JoinAs
from .fake_server import FakeServer
from .test_replies import reply_to

TOO_FAST = {"code": "rate_limited", "message": "That was too fast.", "retryAfter": 0.05}
SENTENCE = "All of it is said here, and nothing is left out. "


def test_a_long_text_goes_as_several_messages_with_what_belongs_to_each(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "Tell us all of it")
    page = join_as("Ada")
    reply_to(page, "Tell us all of it")
    box = page.get_by_role("textbox", name="Message")
    chapters = [f"# Chapter {number}\n\n{SENTENCE * 60}".strip() for number in range(3)]
    chapters[1] += "\n\nThank you, @Grace!"
    paste_text(box, "\n\n".join(chapters))
    count, notice = page.locator("#composer-count"), page.locator("#composer-notice")
    expect(count).to_have_text("3 messages")
    expect(box).to_have_attribute("aria-invalid", "false")
    expect(notice.get_by_role("button")).to_have_text(["Send as 3 messages", "Make it a file"])
    box.press("End")
    page.keyboard.type(" And so on.")
    expect(notice.get_by_role("button")).to_have_count(2)
    notice.get_by_role("button", name="Send as 3 messages").click()
    expect(page.locator("article[data-own][data-state=stored]")).to_have_count(3)
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    expect(count).to_have_text("")
    expect(notice).to_have_text("")
    frames = server.frames("send")
    assert [frame["text"] for frame in frames] == [*chapters[:2], f"{chapters[2]} And so on."]
    assert [frame.get("replyTo") for frame in frames] == [1, None, None]
    assert [frame.get("mentions") for frame in frames] == [None, ["u-grace"], None]


def test_sixteen_messages_arrive_whole_and_in_order_whatever_comes_between(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    whole = "\n".join(f"{number}: {SENTENCE}" for number in range(1_120))
    server.answers["send"] = [0, TOO_FAST, 0, TOO_FAST, TOO_FAST, 0, "gateway", 0, "ignore"]
    box = page.get_by_role("textbox", name="Message")
    paste_text(box, whole)
    expect(page.locator("#composer-count")).to_have_text("16 messages")
    box.press("Enter")
    server.wait_for(lambda: len(server.frames("send")) == 9, "a message that the service does not answer")
    page.reload()
    expect(page.locator("article[data-own][data-state=stored]")).to_have_count(16)
    stored = [entry["text"] for entry in server.room("general").messages.values()]
    assert "\n".join(stored).replace(" \n", "\n") == whole.replace(" \n", "\n").strip()
