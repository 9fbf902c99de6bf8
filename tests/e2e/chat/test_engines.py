"""One scenario in Firefox and in WebKit: somebody there talks with somebody in Chromium."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.testing import RunningStack
from testkit.client import unique

from .conftest import JoinAs
from .engine_window import Window
from .engines import ENGINES
from .people import expect_stored, message, texts, write
from .test_files import png

BOX = "#message"
FORMATTED = "#message-formatted"
# Where an element stands, and how far below its last element it ends.
PLACE = """
  const one = document.querySelector(given[0]);
  const { top, bottom, left, right } = one.getBoundingClientRect();
  const rest = bottom - (one.lastElementChild ?? one).getBoundingClientRect().bottom;
  return { top, bottom, rest, fits: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight };
"""


@pytest.fixture(params=ENGINES)
def window(request: pytest.FixtureRequest) -> Iterator[Window]:
    with ENGINES[request.param]() as opened:
        yield opened


def place(window: Window, selector: str) -> dict[str, Any]:
    found: dict[str, Any] = window.run(PLACE, selector)
    assert found["fits"], f"{selector} is not within the window: {found}"
    return found


def expect_beside(window: Window, card: str, opener: str) -> None:
    """The card is as high as what is in it, and stands above or below the button that opened it."""
    window.see(card)
    shown, button = place(window, card), place(window, opener)
    assert shown["rest"] < 40, f"{card} ends far below what is in it: {shown}"
    gap = max(shown["top"] - button["bottom"], button["top"] - shown["bottom"])
    assert 0 <= gap < 20, f"{card} is not beside {opener}: {shown}, {button}"


def article(window: Window, text: str) -> str:
    """Return a selector of the message with a text, once it is stored."""
    seq = window.wait_for(
        """return [...document.querySelectorAll("article[data-seq]")]
             .find((one) => one.querySelector(".message-text")?.textContent === given[0])?.dataset.seq""",
        text,
    )
    return f"article[data-seq='{seq}']"


def send(window: Window, text: str) -> str:
    window.type(BOX, text)
    window.press("ENTER")
    return article(window, text)


def join(window: Window, address: str, name: str) -> None:
    window.open(address)
    window.see("#join-name")
    window.type("#join-name", name)
    window.click("#join-submit")
    expect_online(window)


def expect_online(window: Window) -> None:
    window.see("#connection[data-connection=online]")
    window.miss("#log .log-skeleton")


FIELD = "const field = document.querySelector('#message');"


def expect_written(window: Window, text: str) -> None:
    window.wait_for(f"{FIELD} return field.value === given[0]", text)


def format_what_is_written(window: Window) -> None:
    window.type(BOX, "now")
    window.run(f"{FIELD} field.select();")
    window.click("#composer-format")
    window.click("#composer-tools [data-format=strong]")
    expect_written(window, "**now**")
    window.run("document.execCommand('undo');")
    expect_written(window, "now")
    window.press("ENTER")
    article(window, "now")
    window.click("#composer-format")


def write_formatted(window: Window, bob: Page) -> None:
    """In the field that formats; others get a text with marks."""
    window.click("#composer-format")
    window.click("#composer-tools [data-format=rich]")
    window.see(FORMATTED)
    window.type(FORMATTED, "- one **and**")
    window.see(f"{FORMATTED} li b", "and")
    window.press("ENTER")
    window.type(FORMATTED, "two")
    window.see(f"{FORMATTED} li:last-child", "two")
    window.click("#composer-tools [data-format=quote]")
    window.see(f"{FORMATTED} blockquote li")
    window.run("document.execCommand('undo');")
    window.miss(f"{FORMATTED} blockquote")
    window.run("document.execCommand('selectAll');")
    window.click("#composer-tools [data-format=list]")
    window.miss(f"{FORMATTED} li")
    window.click("#send")
    expect(message(bob, "one and\ntwo").locator("strong")).to_have_text("and")
    window.click("#composer-tools [data-format=table]")
    window.see(f"{FORMATTED} td", "Column 1")
    window.press("TAB")
    window.press("TAB")
    window.type(FORMATTED, "tea: ")
    window.click("#composer-tools [data-format=link]")
    window.type(".composer-link input", "https://tea.example/")
    window.press("ENTER")
    window.press("TAB")
    window.type(FORMATTED, "un**believ**able")
    window.click(".composer-table button:nth-child(3)")
    window.miss(f"{FORMATTED} td b")
    window.run("document.execCommand('undo');")
    window.see(f"{FORMATTED} td b", "believ")
    window.click("#send")
    own = bob.locator("article", has_text="unbelievable")
    expect(own.locator("tbody tr").first.locator("td")).to_have_text(
        ["tea: https://tea.example/", "unbelievable"]
    )
    window.click("#composer-tools [data-format=rich]")
    window.see(BOX)
    window.click("#composer-format")


def send_a_long_text(window: Window, bob: Page) -> None:
    """What is longer than a message can be goes as two."""
    words = " ".join(f"word{number}" for number in range(600))
    window.run(
        "const field = document.querySelector(given[0]); field.focus(); field.value = given[1];"
        "field.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        BOX,
        words,
    )
    window.see("#composer-notice", "Send as 2 messages")
    window.press("ENTER")
    parts = bob.locator(".message-text", has_text="word")
    expect(parts).to_have_count(2)
    assert " ".join(parts.all_inner_texts()) == words


def look_at_a_mood(window: Window, bob: Page) -> None:
    write(bob, "what a great day, thank you")
    own = article(window, "what a great day, thank you")
    window.see(f"{own} .undertone[data-label=positive]")
    window.click(f"{own} .undertone")
    expect_beside(window, "#undertone", f"{own} .undertone")
    window.see("#undertone h2", "positive")
    window.press("ESCAPE")
    window.miss("#undertone")
    assert window.run("return document.activeElement.className") == "undertone"


def react(window: Window, bob: Page) -> None:
    own = article(window, "what a great day, thank you")
    window.click(f"{own} .message-more")
    expect_beside(window, "#message-menu", f"{own} .message-more")
    window.click("#message-menu .menu-face")
    window.see(f"{own} .reaction[aria-pressed=true]")
    # A finger that rests on it asks who reacted, and selects nothing.
    assert (
        window.run("return getComputedStyle(document.querySelector('.reaction')).webkitUserSelect") == "none"
    )
    expect(message(bob, "what a great day, thank you").locator(".reaction")).to_be_visible()


def change_the_last(window: Window, bob: Page) -> None:
    window.press("ARROW_UP")
    window.see("#composer-edit")
    window.type(BOX, " everybody")
    window.press("ENTER")
    expect_stored(bob, "good morning everybody")
    window.see(f"{article(window, 'good morning everybody')} .message-edited")


def show_a_picture(window: Window, bob: Page, path: Path) -> None:
    path.write_bytes(png(900, 300))
    window.type("#composer-file", str(path))
    window.see(".attached[data-state=done]")
    window.press("ENTER")
    expect(bob.get_by_role("button", name=f"Picture {path.name}").locator("img")).to_have_js_property(
        "naturalWidth", 900
    )
    window.click(".picture[data-there]")
    window.wait_for("return document.querySelector('#picture-image').naturalWidth === 900")
    place(window, "#picture-dialog")
    window.press("ESCAPE")
    window.miss("#picture-dialog")


def find(window: Window) -> None:
    window.click("#room-search")
    window.type("#search-field", "great thank")
    window.see("#search-list", "what a great day")
    place(window, "#search-dialog")
    window.click("#search-list button")
    window.miss("#search-dialog")
    window.see("article[data-found]", "what a great day")


def connections(window: Window, stack: RunningStack) -> set[str]:
    """Return the ids of somebody's connections, as the service keeps them."""
    user = window.run("return JSON.parse(localStorage.getItem('undertone.session')).user.id")
    found = stack.client("dynamodb").query(
        TableName=stack.outputs["ConnectionsTable"],
        KeyConditionExpression="pk = :person",
        ExpressionAttributeValues={":person": {"S": f"person#{user}"}},
    )
    return {item["sk"]["S"].removeprefix("connection#") for item in found["Items"]}


def be_cut_off(window: Window, bob: Page, stack: RunningStack) -> None:
    """The gateway closes the connection; meanwhile both write."""
    gateway = stack.client("apigatewaymanagementapi")
    before = connections(window, stack)
    for connection in before:
        with suppress(gateway.exceptions.GoneException):  # that of the page before its reload
            gateway.delete_connection(ConnectionId=connection)
    write(bob, "did you hear me?")
    send(window, "I was away")
    article(window, "did you hear me?")
    expect_stored(bob, "I was away")
    assert connections(window, stack) - before, "nothing was cut"


def turn_to_arabic(window: Window, bob: Page) -> None:
    window.click("#settings-open")
    place(window, "#settings-dialog")
    window.choose("#settings-language", "ar")
    window.see("html[dir=rtl]")
    expect_online(window)
    place(window, "#settings-dialog")  # open again
    window.press("ESCAPE")
    sidebar, log = (
        window.run(f"return document.querySelector('{one}').getBoundingClientRect().left")
        for one in ("#sidebar", "#log")
    )
    assert sidebar > log
    own = send(window, "صباح الخير great")
    window.click(f"{own} .undertone")
    expect_beside(window, "#undertone", f"{own} .undertone")
    window.press("ESCAPE")
    expect_stored(bob, "صباح الخير great")


def test_what_people_do_all_day_works_in_every_engine(
    window: Window, join_as: JoinAs, stack: RunningStack, room: str, tmp_path: Path
) -> None:
    bob = join_as("Bob")
    join(window, f"{stack.url}#/r/{room}", unique("Ada"))
    send(window, "good morning")
    expect_stored(bob, "good morning")
    change_the_last(window, bob)
    look_at_a_mood(window, bob)
    format_what_is_written(window)
    write_formatted(window, bob)
    react(window, bob)
    window.click(BOX)
    show_a_picture(window, bob, tmp_path / "stripes.png")
    find(window)
    window.reload()
    expect_online(window)
    be_cut_off(window, bob, stack)
    send_a_long_text(window, bob)
    turn_to_arabic(window, bob)
    shown = window.run("return [...document.querySelectorAll('.message-text')].map((one) => one.innerText)")
    assert [text.strip() for text in shown] == [text.strip() for text in texts(bob)]
    assert window.run("return document.documentElement.scrollWidth <= innerWidth")
    assert window.problems() == []
