"""The message box with its formatting shown, in the page."""

import re

from playwright.sync_api import expect

from tests.e2e.axe import faults

from .conftest import JoinAs
from .fake_server import FakeServer
from .rich_field import PASTE


def test_the_box_shows_formatting_once_it_is_wanted_and_carries_what_was_written(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.people = [{"id": "u-grace", "name": "Grace"}]
    server.say("Grace", "shall we?")
    requested: list[str] = []
    page = join_as("Ada")
    page.on("request", lambda request: requested.append(request.url))
    field = page.get_by_role("textbox", name="Message")
    field.fill("- one **a**\n- two")
    page.get_by_role("button", name="Format text").click()
    choice = page.get_by_role("button", name="Show formatting while writing")
    field.evaluate("(box) => box.setSelectionRange(11, 11)")
    assert not any("rich" in url for url in requested)
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    rich = page.locator("#message-formatted")
    expect(rich).to_be_focused()
    expect(field).to_have_count(1)
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "false")
    page.keyboard.type("!")
    expect(rich.locator("li")).to_have_text(["one a!", "two"])
    page.keyboard.press("Enter")
    page.keyboard.type("hi? @gr")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(rich).to_have_attribute("aria-activedescendant", re.compile("completion"))
    page.keyboard.press("Enter")
    expect(rich.locator("li")).to_have_text(["one a!", "hi? @Grace ", "two"])
    page.keyboard.press("Control+Enter")
    expect(page.locator("article[data-own][data-state=stored] li strong")).to_have_text("a")
    assert server.frames("send")[0]["text"] == "- one **a**!\n- hi? @Grace\n- two"
    expect(rich).to_have_text("")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#composer-edit")).to_be_visible()
    expect(rich.locator("b")).to_have_text("a")
    page.get_by_role("button", name="Cancel").first.click()
    page.keyboard.type("a *draft*")
    expect(rich.locator("i")).to_have_text("draft")
    page.reload()
    expect(rich.locator("i")).to_have_text("draft")
    page.locator("#settings-open").click()
    page.get_by_role("group", name="Writing messages").get_by_text("With marks").click()
    page.keyboard.press("Escape")
    expect(page.locator("#message")).to_have_value("a *draft*")


def test_a_paste_and_a_long_text_come_to_the_box_that_formats(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", viewport={"width": 360, "height": 640}, color_scheme="dark")
    page.evaluate("localStorage.setItem('undertone.writing', JSON.stringify('formatted'))")
    page.reload()
    rich = page.locator("#message-formatted")
    rich.focus()
    page.keyboard.type("see ")
    rich.evaluate(PASTE, {"html": "<p>a <b>b</b> <i>c</i></p>", "plain": "a b c"})
    expect(rich.locator("b")).to_have_text("b")
    page.keyboard.press("Control+z")
    expect(rich).to_have_text("see ")
    page.keyboard.press("Control+a")
    rich.evaluate(PASTE, {"plain": "https://example.org/a"})
    expect(rich.locator("a")).to_have_text("see ")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Address", exact=True)).to_have_value("https://example.org/a")
    expect(page.get_by_role("button", name="Remove the link")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+t")
    page.get_by_role("button", name="Table", exact=True).click()
    expect(rich.locator("td").first).to_have_text("Column 1")
    expect(page.get_by_role("button", name="Row below")).to_be_visible()
    expect(page.get_by_role("button", name="Table", exact=True)).to_be_disabled()
    assert faults(page) == []
    page.keyboard.press("Control+a")
    rich.evaluate(PASTE, {"plain": ("- word" + " and" * 18 + "\n") * 52})
    expect(rich.locator("li")).to_have_count(52)
    expect(page.get_by_role("button", name="Make it a file")).to_be_visible()
    assert rich.evaluate("(box) => box.scrollTop + box.clientHeight > box.scrollHeight - 20")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
