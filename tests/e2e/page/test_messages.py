"""What a message looks like and how it changes."""

from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer


def message(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text)


def test_a_message_is_shown_with_author_time_and_sentiment_in_words(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    entry = server.say("Grace", "This is great")
    shown = message(page, "This is great")
    expect(shown).to_have_attribute("data-seq", str(entry["seq"]))
    expect(shown).to_have_attribute("data-state", "stored")
    expect(shown.locator(".message-author")).to_have_text("Grace")
    expect(shown.locator("time")).to_have_attribute("datetime", entry["sentAt"])
    expect(shown.get_by_role("button", name="positive")).to_be_visible()


def test_a_sentiment_explains_itself_on_demand_by_keyboard(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "What an awful day")
    opener = message(page, "awful").get_by_role("button", name="negative")
    opener.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Reads as negative")
    expect(card).to_contain_text("sure")
    expect(card.get_by_role("listitem")).to_contain_text(["awful"])
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_the_same_button_opens_and_closes_the_explanation(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    server.say("Grace", "I love it")
    opener = message(page, "I love it").get_by_role("button", name="positive")
    for expanded in ("true", "false", "true"):
        opener.click()
        expect(opener).to_have_attribute("aria-expanded", expanded)


def test_a_message_without_a_sentiment_is_shown_all_the_same(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "no model here", sentiment=None)
    expect(message(page, "no model here")).to_be_visible()
    expect(message(page, "no model here").locator(".undertone")).to_have_count(0)


def test_text_is_never_markup_and_only_web_addresses_become_links(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    server.say("Grace", "<img src=x onerror=alert(1)> javascript:alert(1) see https://example.org/a_(b).")
    shown = message(page, "<img src=x onerror=alert(1)>")
    expect(shown.locator("img")).to_have_count(0)
    link = shown.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://example.org/a_(b)")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")


def test_edits_deletions_reactions_and_readers_labels_replace_what_is_shown(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    first, second = server.say("Grace", "helo"), server.say("Grace", "a secret")
    server.change(
        first["seq"],
        text="hello",
        editedAt="2026-11-22T10:00:00.000Z",
        reactions={"👍": 2},
        labels={"neutral": 3},
    )
    server.change(second["seq"], text="", deleted=True, sentiment=None)
    edited = page.locator(f'[data-seq="{first["seq"]}"]')
    expect(edited.locator(".message-text")).to_have_text("hello")
    expect(edited).to_contain_text("edited")
    expect(edited.get_by_role("list", name="Reactions")).to_contain_text("👍 2")
    edited.get_by_role("button", name="neutral").click()
    expect(page.get_by_role("dialog")).to_contain_text("Readers say: 3 neutral")
    expect(page.locator(f'[data-seq="{second["seq"]}"]')).to_contain_text("Message deleted")
    expect(page.get_by_text("a secret")).to_have_count(0)


def test_an_older_state_that_comes_late_changes_nothing(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    old = server.say("Grace", "before")
    server.change(old["seq"], text="after")
    server.push("general", [old])
    server.say("Grace", "the end")
    expect(message(page, "the end")).to_be_visible()
    expect(page.locator(f'[data-seq="{old["seq"]}"] .message-text')).to_have_text("after")


def test_messages_of_one_author_and_minute_share_a_heading(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    for name, minute in (("Grace", "00:10"), ("Grace", "00:40"), ("Linus", "00:50"), ("Linus", "30:00")):
        server.say(name, f"{name} at {minute}", sent_at=f"2026-01-05T10:{minute}.000Z")
    expect(page.get_by_role("article")).to_have_count(4)
    assert page.get_by_role("article").evaluate_all(
        "all => all.map(one => one.hasAttribute('data-first'))"
    ) == [
        True,
        False,
        True,
        True,
    ]
    expect(page.locator(".log-day")).to_have_text(["Monday 5 January"])


def test_the_room_s_mood_is_said_in_words_and_leads_to_its_pulse(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", allow=("404",))
    for name in ("Grace", "Linus"):
        server.say(name, "great, I love it")
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator("#mood"), "two people have no mood").to_be_hidden()
    server.say("Edsger", "great, I love it")
    words = "The room feels bright: the mean of the last 3 messages is +0.95, give or take 0.13."
    mood = page.get_by_role("button", name=words)
    expect(mood).to_be_visible()
    expect(mood).to_have_attribute("title", words)
    for name in ("Grace", "Linus", "Edsger"):
        server.say(name, "awful and sad and bad, all is lost")
    page.get_by_role("button", name="The room feels even: the mean of the last 6 messages").click()
    expect(page.get_by_role("dialog", name="Pulse of general")).to_be_visible()


def test_a_neutral_mood_takes_neither_a_word_nor_a_line(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", viewport={"width": 390, "height": 844})
    plain = {"label": "neutral", "score": 0.0, "confidence": 0.9, "model": "m", "because": []}
    words = "The bakery on the corner opens at seven, and the market at eight on Saturdays"
    server.say("Grace", words, sentiment=plain)
    server.say("Grace", words, sentiment=None)
    expect(page.locator("article")).to_have_count(2)
    mood = page.get_by_role("button", name="neutral, score 0.00. Why?")
    expect(mood).to_have_text("neutral", use_inner_text=False)
    assert mood.inner_text() == "", "the word is for those who ask"
    line = mood.locator(".undertone-line").bounding_box()
    text = page.locator(".message-text").first.bounding_box()
    assert line is not None
    assert text is not None
    assert text["x"] <= line["x"], "within the bubble's padding"
    assert line["x"] + line["width"] <= text["x"] + text["width"] + 4
    assert text["y"] <= line["y"] <= text["y"] + text["height"], "on the last line of the text"
    read, unread = (row.locator(".bubble").bounding_box() for row in page.locator("article").all())
    assert read is not None
    assert unread is not None
    assert read["height"] == unread["height"]
    mood.click()
    expect(page.get_by_role("dialog", name="Reads as neutral")).to_be_visible()


def test_scores_have_a_real_minus(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "What an awful day")
    message(page, "awful").get_by_role("button", name="negative, score −0.70.").click()
    card = page.get_by_role("dialog", name="Reads as negative")
    expect(card).to_contain_text("Score −0.70, on a scale from −1 to +1.")
