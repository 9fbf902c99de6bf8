"""Mentions, replies, reactions by name, links and search, between people on the running chat."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.pasting import paste_text

from .conftest import JoinAs
from .people import RECOVERY_MS, expect_connection, expect_stored, message, write


def offered(page: Page, text: str, what: str) -> None:
    """Choose something in the menu of a message."""
    message(page, text).get_by_role("button", name="React or change").press("Enter")
    page.get_by_role("menu", name="Message").get_by_text(what, exact=True).click()


def test_a_mention_and_a_reply_reach_the_other_person(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    write(bob, "who has the slides?")
    expect_stored(ada, "who has the slides?")
    offered(ada, "who has the slides?", "Reply")
    bobs_name = message(ada, "who has the slides?").locator(".message-author bdi").inner_text()
    box = ada.get_by_role("textbox", name="Message")
    box.press_sequentially(f"@{bobs_name[:3].lower()}")
    option = ada.get_by_role("listbox", name="Suggestions").get_by_role("option", name=bobs_name)
    expect(option).to_be_visible()
    option.click()
    expect(box).to_have_value(f"@{bobs_name} ")
    box.press_sequentially("I do")
    box.press("Enter")
    answer = bob.locator("article[data-mentions-me]")
    expect(answer.locator("mark.mention")).to_have_text(f"@{bobs_name} (you)")
    expect(answer.locator(".quote")).to_have_text(f"In reply to {bobs_name}: who has the slides?")
    ada.reload()
    expect(ada.locator("article[data-own] .quote")).to_contain_text("who has the slides?")
    answer.locator(".quote").click()
    expect(bob.locator("article[data-own]")).to_be_focused()


def test_who_was_there_before_and_is_silent_is_listed_offered_and_meant_by_here(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    names = [page.locator("#me-name").inner_text() for page in (ada, bob)]
    bob.get_by_role("button", name="2 people here").click()
    expect(bob.locator("#here-list .person-name")).to_have_text(names)
    bob.keyboard.press("Escape")
    box = bob.get_by_role("textbox", name="Message")
    box.press_sequentially("@")
    offered_names = bob.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(offered_names).to_have_text([re.compile(names[0]), re.compile("everybody here: 2")])
    box.fill("@here look")
    box.press("Enter")
    expect(ada.locator("mark.mention")).to_have_text("@here (you)")


def test_a_text_of_sixteen_messages_arrives_whole_and_in_order(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    lines = [f"row {number} {'word ' * 60}".strip() for number in range(193)]
    box = ada.get_by_role("textbox", name="Message")
    paste_text(box, "\n".join(lines))
    expect(ada.locator("#composer-count")).to_have_text("16 messages")
    box.press("Enter")
    expect(bob.locator("article[data-seq]")).to_have_count(16, timeout=RECOVERY_MS)
    assert "\n".join(bob.locator("article .message-text").all_inner_texts()).split("\n") == lines


def test_the_pulse_counts_what_was_just_said(join_as: JoinAs) -> None:
    ada = join_as("Ada")
    write(ada, "I love how fast this is, great work")
    expect_stored(ada, "I love how fast this is, great work")
    ada.get_by_role("button", name="Pulse of this room").click()
    pulse = ada.get_by_role("dialog", name="Pulse of")
    expect(pulse.get_by_role("button", name=re.compile("positive.*I love how fast"))).to_be_visible()
    expect(pulse.get_by_text("Today: 1 message")).to_be_visible()
    expect(pulse.get_by_text("Needs three people: in none")).to_be_visible()


def test_everybody_sees_who_reacted(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    write(ada, "lunch?")
    expect_stored(bob, "lunch?")
    offered(bob, "lunch?", "👍")
    chip = message(ada, "lunch?").locator(".reaction")
    expect(chip).to_have_text("👍 1")
    chip.focus()
    expect(ada.get_by_role("tooltip")).to_have_text(re.compile("^bob"))
    offered(bob, "lunch?", "Who reacted")
    expect(bob.get_by_role("dialog", name="Who reacted")).to_contain_text("you")


def test_a_link_and_a_search_lead_to_the_message(
    join_as: JoinAs, open_page: Callable[..., Page], room: str
) -> None:
    ada = join_as("Ada")
    write(ada, "the code is **tulip**")
    expect(message(ada, "tulip")).to_have_attribute("data-state", "stored")
    seq = message(ada, "tulip").get_attribute("data-seq")
    write(ada, "something else")
    expect_stored(ada, "something else")
    tab = open_page(ada.url.partition("#")[0] + f"#/r/{room}/{seq}", context=ada.context)
    expect_connection(tab, "online")
    expect(message(tab, "tulip")).to_be_focused()
    ada.get_by_role("button", name="Search in this room").click()
    ada.get_by_label("Search for").fill("TULIP")
    results = ada.get_by_role("list", name="Found").get_by_role("button")
    expect(results.locator("mark")).to_have_text(["tulip"])
    expect(ada.locator("#search-note")).to_have_text("1 found; the whole room was searched.")
    results.click()
    expect(message(ada, "tulip")).to_be_focused()
