"""The toolbar of the message box, its preview, quotes and sounds, in a browser."""

import re

from playwright.sync_api import Locator, Page, expect

from .conftest import COUNT_TONES, JoinAs
from .fake_server import FakeServer

SELECT = "(box, [start, end]) => { box.focus(); box.setSelectionRange(start, end); }"
SELECT_TEXT = """(element) => {
  const words = element.firstChild;
  getSelection().setBaseAndExtent(words, words.data.indexOf("seven"), words, words.data.length);
}"""


def the_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


def test_the_toolbar_puts_marks_that_undo_takes_back_and_shows_how_they_look(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    box, tools = the_box(page), page.get_by_role("toolbar", name="Format")
    expect(tools).to_be_hidden()
    page.get_by_role("button", name="Format text").click()
    box.fill("now and then")
    box.evaluate(SELECT, [4, 7])
    bold = tools.get_by_role("button", name="Bold")
    bold.click()
    expect(box).to_have_value("now **and** then")
    expect(bold).to_have_attribute("aria-pressed", "true")
    box.press("Control+i")
    expect(box).to_have_value("now ***and*** then")
    box.press("Control+z")
    box.press("Control+z")
    expect(box).to_have_value("now and then")
    expect(bold).to_have_attribute("aria-pressed", "false")
    box.evaluate(SELECT, [0, 3])
    box.press("Control+Shift+8")
    box.press("End")
    box.press("Shift+Enter")
    box.press_sequentially("and **soon**")
    expect(box).to_have_value("- now and then\n- and **soon**")
    box.press("Alt+p")
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("li strong")).to_have_text("soon")
    tools.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowLeft")
    expect(tools.get_by_role("button", name="Preview")).to_be_focused()
    tools.get_by_role("button", name="Table").click()
    expect(preview.locator("th")).to_have_text(["Column 1", "Column 2"])
    page.keyboard.type("Who")
    expect(preview.locator("th")).to_have_text(["Who", "Column 2"])
    box.fill("- now and then\n- and **soon**")
    box.press("Enter")
    expect(preview).to_be_hidden()
    expect(page.locator("article li strong")).to_have_text("soon")
    page.reload()
    expect(tools).to_be_visible()
    box.press("Alt+t")
    expect(tools).to_be_hidden()


def test_messages_and_parts_of_them_are_quoted_in_one_answer(join_as: JoinAs, server: FakeServer) -> None:
    people = [{"id": "u-ada", "name": "Ada"}]
    server.say("Grace", "is **it** @[u-ada]\nyours?", mentions=people)
    server.say("Linus", "at six or seven")
    page = join_as("Ada")
    articles = page.get_by_role("article")
    for article, part in ((articles.first, None), (articles.last, "p")):
        if part:
            article.locator(part).evaluate(SELECT_TEXT)
        article.get_by_role("button", name="React or change").click()
        page.get_by_role("menuitem", name="Quote").click()
        expect(the_box(page)).to_be_focused()
        page.keyboard.type("Yes.")
    expect(the_box(page)).to_have_value(
        "> **Grace:**\n> is **it** @Ada\n> yours?\n\nYes.\n\n> **Linus:**\n> seven\n\nYes."
    )


def test_a_sound_is_completed_heard_once_and_again_on_demand(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    page.evaluate(f"{COUNT_TONES} null")
    page.locator("#settings-open").click()
    page.get_by_role("group", name="Sounds in messages").get_by_text("Silent").click()
    page.keyboard.press("Escape")
    server.say("Grace", "/play coin")
    expect(page.get_by_role("article").filter(has_text="Grace wins a coin 🪙")).to_be_visible()
    assert page.evaluate("window.tones") == 0
    page.locator("#settings-open").click()
    page.get_by_role("group", name="Sounds in messages").get_by_text("Played").click()
    page.keyboard.press("Escape")
    the_box(page).press_sequentially("/p")
    expect(page.get_by_role("option")).to_have_text([re.compile("/play")])
    page.keyboard.press("Enter")
    page.keyboard.type("be")
    expect(page.get_by_role("option")).to_have_text(["🐝beesBees", "🔔bellBell", "🚲bicycleBicycle bell"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    line = page.get_by_role("article").filter(has_text="Ada rings a bell 🔔")
    expect(line).to_have_attribute("data-state", "stored")
    assert server.frames("send")[0]["text"] == "/play bell"
    page.wait_for_function("window.tones > 0")
    page.evaluate("window.tones = 0")
    line.get_by_role("button", name="Play it: Bell").click()
    page.wait_for_function("window.tones > 0")
    server.say("Grace", "/play frog")
    expect(page.get_by_role("article").filter(has_text="Grace plays “Frog” 🐸")).to_be_visible()
    server.say("Grace", "🎉")
    expect(page.locator(".message-text[data-large]")).to_have_text("🎉")
