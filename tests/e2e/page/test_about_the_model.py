"""Which model said this, how good it is, and where its report is: told where a mood explains itself."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer

LEARNED: dict[str, Any] = {
    "version": "fake-1",
    "source": "bucket",
    "trainedAt": "2026-11-22T14:59:09Z",
    "data": {"tweets": {"texts": 1000}, "labels": {"texts": 34}},
    "classBalance": {"negative": 0.4, "neutral": 0.16, "positive": 0.44},
    "metrics": {
        "packages": {"n": 1300, "accuracy": 0.694},
        "chat": {"n": 149, "accuracy": 0.74},
        "of another day": {"n": 5, "accuracy": 0.1},
    },
}


def unfold(page: Page, server: FakeServer) -> Locator:
    """Let somebody speak, open what explains the mood, and unfold what it says of the model."""
    server.say("Grace", "This is great")
    page.get_by_role("article").last.get_by_role("button", name="positive").click()
    card = page.get_by_role("dialog", name="Reads as positive")
    card.get_by_text("About the model").click()
    return card


def test_a_mood_says_how_good_its_model_is_in_plain_words(join_as: JoinAs, server: FakeServer) -> None:
    server.model = LEARNED | {"report": f"{server.url}api/model/report"}
    card = unfold(join_as("Ada"), server)
    expect(card).to_contain_text("fake-1")
    expect(card).to_contain_text("It learned on 22 November 2026 from 1,034 texts: 40% negative, ")
    expect(card).to_contain_text(
        "It read 69% of 1,300 tweets, articles and reviews that it had not learned from"
    )
    expect(card).to_contain_text("and 74% of 149 lines of chat as people did")
    expect(card).not_to_contain_text("another")
    report = card.get_by_role("link", name="Read its report (opens in a new tab)")
    expect(report).to_have_attribute("href", f"{server.url}api/model/report")
    expect(report).to_have_attribute("target", "_blank")
    expect(report).to_have_attribute("rel", "noopener noreferrer")


def test_nobody_asks_about_the_model_before_a_person_does(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "This is great")
    page.get_by_role("button", name="positive").click()
    details = page.get_by_role("dialog", name="Reads as positive").locator("details")
    expect(details).not_to_have_attribute("open", "")
    assert server.model_asked == 0
    details.get_by_text("About the model").click()
    server.wait_for(lambda: server.model_asked == 1, "the question about the model")


def test_a_model_that_came_with_undertone_has_no_report(join_as: JoinAs, server: FakeServer) -> None:
    server.model = LEARNED | {"source": "embedded", "report": None}
    card = unfold(join_as("Ada"), server)
    expect(card).to_contain_text("It came with Undertone.")
    expect(card.get_by_role("link")).to_have_count(0)


def test_a_description_that_knows_little_is_shown_without_gaps(join_as: JoinAs, server: FakeServer) -> None:
    server.model = {"version": "fake-1", "report": None}
    card = unfold(join_as("Ada"), server)
    expect(card.locator(".model-facts")).to_have_text("fake-1")


def test_a_message_that_another_model_read_says_so(join_as: JoinAs, server: FakeServer) -> None:
    server.model = LEARNED | {"version": "fake-2", "report": None}
    card = unfold(join_as("Ada"), server)
    expect(card).to_contain_text("This message was read by another model:")
    expect(card.locator(".model-version")).to_have_text(["fake-1", "fake-2"])


def test_the_message_s_model_is_named_where_none_is_in_use(join_as: JoinAs, server: FakeServer) -> None:
    server.model = {"version": None, "report": None}
    card = unfold(join_as("Ada"), server)
    expect(card).to_contain_text("No model is in use at the moment")
    expect(card.locator(".model-version")).to_have_text("fake-1")


def test_a_description_that_does_not_come_is_asked_for_again(join_as: JoinAs, server: FakeServer) -> None:
    server.model = None
    page = join_as("Ada", allow=("Failed to load resource",))
    card = unfold(page, server)
    expect(card).to_contain_text("Details of the model are not available right now.")
    expect(card.locator(".model-version")).to_have_text("fake-1")
    server.model = LEARNED | {"report": None}
    card.get_by_text("About the model").click()
    card.get_by_text("About the model").click()
    expect(card).to_contain_text("It learned on 22 November 2026")


def test_only_an_address_of_the_web_becomes_the_link_to_the_report(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.model = LEARNED | {"report": "javascript:alert(1)"}
    card = unfold(join_as("Ada"), server)
    expect(card).to_contain_text("It learned on 22 November 2026")
    expect(card.get_by_role("link")).to_have_count(0)


def test_the_model_is_asked_about_by_keyboard_and_the_card_stays_in_the_window(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.model = LEARNED | {"report": f"{server.url}api/model/report"}
    page = join_as("Ada", viewport={"width": 640, "height": 400})
    server.say("Grace", "This is great")
    page.get_by_role("button", name="positive").focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Reads as positive")
    summary = card.get_by_text("About the model")
    for _ in range(8):
        page.keyboard.press("Tab")
        if summary.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    report = card.get_by_role("link", name="Read its report")
    expect(report).to_be_attached()
    page.keyboard.press("Tab")
    expect(report).to_be_focused()
    expect(report).to_be_in_viewport(ratio=1)
    expect(card).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("article").get_by_role("button", name="positive")).to_be_focused()
