"""What everybody needs of the page: contrast, small windows, the policy, and no request to anybody else."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.chat.people import LOST_SERVER

from .conftest import JoinAs, OpenPage
from .fake_server import FakeServer
from .threaded_site import SITE

# Text colour and background token pairs that occur on the page.
PAIRS = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "own"), ("ink", "danger-paper"), ("ink-soft", "paper"),
    ("ink-soft", "surface"), ("ink-soft", "sunk"), ("ink-soft", "own"), ("ink-soft", "danger-paper"),
    ("accent", "paper"), ("accent", "surface"), ("accent", "own"), ("on-accent", "accent"),
    ("positive", "surface"), ("positive", "own"), ("negative", "surface"), ("negative", "own"),
    ("danger", "paper"), ("danger", "danger-paper"), ("ink", "hover"), ("ink-soft", "hover"),
    ("accent", "hover"),
    ("ink", "code-paper"), ("ink-soft", "code-paper"), ("accent", "code-paper"), ("danger", "code-paper"),
    ("code-comment", "code-paper"), ("code-string", "code-paper"), ("code-number", "code-paper"),
    ("code-keyword", "code-paper"), ("code-name", "code-paper"),
]  # fmt: skip
CONTRAST = """(pairs) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  const probe = document.body.appendChild(document.createElement('i'));
  const light = (token) => {
    probe.style.setProperty('color', `var(--${token})`);
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((value) => value / 255)
      .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  return pairs.map(([text, ground]) => {
    const [high, low] = [light(text), light(ground)].sort((one, other) => other - one);
    return [`${text} on ${ground}`, (high + 0.05) / (low + 0.05)];
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(open_page: OpenPage, server: FakeServer, scheme: str) -> None:
    page = open_page(server.url, color_scheme=scheme)
    found = page.evaluate(CONTRAST, [list(pair) for pair in PAIRS])
    assert [pair for pair in found if pair[1] < 4.5] == []


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (640, 400), (1280, 800)])
def test_nothing_needs_sideways_scrolling(
    join_as: JoinAs, server: FakeServer, width: int, height: int
) -> None:
    server.say("A person with quite a long name!", "word" * 200 + " https://example.org/" + "path/" * 40)
    page = join_as("Ada", viewport={"width": width, "height": height})
    for element in ("document.documentElement", "log", "composer", "document.querySelector('.room-header')"):
        assert page.evaluate(f"{element}.scrollWidth <= {element}.clientWidth"), element
    expect(page.get_by_role("textbox", name="Message")).to_be_in_viewport(ratio=1)


def test_a_long_room_name_leaves_the_empty_box_low_and_the_head_whole(
    join_as: JoinAs, server: FakeServer
) -> None:
    narrow = {"viewport": {"width": 320, "height": 568}}
    heights = set()
    for name, room in (("Ada", "tea"), ("Grace", "a-room-" + "with-a-long-name-" * 3)):
        for person in ("Linus", "Edsger", "Barbara"):
            server.say(person, "great, I love it", room=room)
        page = join_as(name, room=room, **narrow)
        expect(page.get_by_role("button", name="The room feels bright")).to_be_visible()
        people = page.get_by_text("Only you are here")
        assert people.evaluate("one => one.scrollWidth <= one.clientWidth"), "the number of people is cut off"
        box = page.locator("#composer").bounding_box()
        assert box is not None
        heights.add(box["height"])
    assert len(heights) == 1


def test_on_a_tablet_nothing_covers_the_name_or_the_next_try_and_pictures_stand_side_by_side(
    join_as: JoinAs, server: FakeServer
) -> None:
    picture = {"type": "image/png", "bytes": 9, "width": 1600, "height": 1000}
    pictures = [{"id": name, "name": f"{name}.png"} | picture for name in ("sea", "hill")]
    for person in ("Linus", "Edsger", "Barbara") * 3:
        server.say(person, "great, I love it", files=pictures)
    page = join_as("Ada", viewport={"width": 820, "height": 1180}, allow=(*LOST_SERVER, "404"))
    mood = page.get_by_role("button", name="The room feels bright")
    expect(mood).to_be_visible()
    for part in (".room-title", "#room-name"):
        shown = page.locator(part).first
        assert shown.evaluate("one => one.scrollWidth <= one.clientWidth"), f"{part} is cut off"
    sea, hill = (page.get_by_role("button", name=f"{one}.png").last.bounding_box() for one in ("sea", "hill"))
    bubble = page.locator(".bubble").last.bounding_box()
    assert sea and hill and bubble
    assert sea["y"] == hill["y"]
    assert sea["width"] + hill["width"] > 0.9 * bubble["width"]
    server.refuse_handshakes = True
    server.drop()
    expect(page.get_by_role("button", name="Try now")).to_be_visible()
    expect(mood).to_be_hidden()


def test_one_s_own_name_can_be_read_beside_the_buttons(join_as: JoinAs) -> None:
    name = join_as("Grace Brewster").locator("#me-name")
    assert name.evaluate("one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth")


def test_a_question_mark_shows_the_keys_from_the_first_one_on_except_in_a_field(join_as: JoinAs) -> None:
    page = join_as("Ada", viewport={"width": 1280, "height": 400})
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    page.keyboard.press("?")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("?")
    expect(keys).to_be_hidden()
    page.get_by_role("log").focus()
    page.keyboard.press("?")
    expect(keys.get_by_text("Send the message")).to_be_in_viewport()
    expect(keys.get_by_text("Show these shortcuts")).to_be_attached()


def test_keys_are_not_explained_on_a_phone(join_as: JoinAs) -> None:
    page = join_as("Ada", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.get_by_role("button", name="Rooms", exact=True).click()
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_label("Language")).to_be_visible()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_hidden()


def test_the_room_list_is_a_drawer_on_a_phone(join_as: JoinAs, server: FakeServer) -> None:
    server.room("tea-room")
    page = join_as("Ada", viewport={"width": 390, "height": 844})
    opener = page.get_by_role("button", name="Rooms", exact=True)
    expect(page.get_by_role("link", name="tea-room")).to_be_hidden()
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_role("link", name="tea-room").click()
    expect(page.get_by_role("heading", level=1, name="tea-room")).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_the_page_asks_nobody_but_its_own_service(
    join_as: JoinAs, open_page: OpenPage, server: FakeServer
) -> None:
    asked: list[str] = []
    page = open_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.url)
    expect(page.get_by_label("Your name")).to_be_visible()
    assert [url for url in asked if not url.startswith(server.url)] == []


def test_the_page_uses_no_inline_script_or_style() -> None:
    html = (SITE / "index.html").read_text()
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html) == []
    sinks = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    assert [path for path in SITE.rglob("*.js") if sinks.search(path.read_text())] == []
    edits = [path.name for path in SITE.rglob("*.js") if "insertHTML" in path.read_text()]
    assert edits == ["rich_content.js"]  # test_rich_box.py attacks it


def test_every_module_and_stylesheet_is_loaded_up_front() -> None:
    html = (SITE / "index.html").read_text()
    named = {Path(name) for name in re.findall(r'(?:href|src)="([^"]+\.(?:js|css))"', html)}
    there = {path.relative_to(SITE) for kind in ("*.js", "*.css") for path in SITE.rglob(kind)}
    later = {Path(f"scripts/languages/{code}.js") for code in ("ar", "de", "es", "ja")}  # when spoken
    later |= {Path("scripts/lib/sound_parts.js")}  # when one is played
    rich = {
        f"scripts/views/rich_{part}.js"
        for part in ("box", "cells", "clipboard", "content", "elements", "link", "reader", "table", "typing")
    }
    rich |= {f"scripts/models/rich/{path.name}" for path in (SITE / "scripts/models/rich").glob("*.js")}
    later |= {Path(name) for name in rich}  # when somebody wants to see formatting while writing
    assert named == there - later - {Path("service_worker.js")}  # that one is registered


def test_the_skip_link_leads_to_the_message_box(join_as: JoinAs) -> None:
    page = join_as("Ada")
    page.reload()
    expect(page.get_by_role("log")).to_be_visible()
    page.locator("#skip").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    assert page.url.endswith("#/r/general")


def test_what_is_chosen_and_where_one_writes_shows_in_the_system_s_own_colours(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", forced_colors="active")
    server.say("Grace", "hello", reactions={"👍": 1})
    reaction = page.get_by_role("button", name="👍")
    reaction.click()
    expect(reaction).to_have_attribute("aria-pressed", "true")
    box = page.locator(".composer-box")
    page.get_by_role("textbox", name="Message").focus()
    for shown in (reaction, page.get_by_role("link", name="general"), box):
        expect(shown).to_have_css("outline-style", "solid")


def test_the_menu_of_a_message_taller_than_the_window_stays_in_sight(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.say("Grace", "one line after another\n" * 100)
    page = join_as("Ada")
    page.get_by_role("button", name="Show all").click()
    more = page.get_by_role("button", name="React or change")
    for place in ("log.scrollHeight", "0"):
        page.evaluate(f"log.scrollTop = {place}")
        expect(more).to_be_in_viewport(ratio=1)


def test_marks_stacked_on_a_letter_stay_within_their_own_message(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    server.say("Grace", "a quiet line")
    loud = server.say("Z" + "\u0301" * 40, "Hi")
    above = page.get_by_role("article").filter(has_text="a quiet line").locator(".message-text")
    expect(page.get_by_role("article")).to_have_count(2)
    before = above.screenshot()
    server.change(loud["seq"], text="H" + "\u0310" * 40 + "i")
    expect(page.get_by_role("article").nth(1)).to_contain_text("\u0310")
    assert above.screenshot() == before
    cut_off = ".message-text[data-stacked], .message-author, .avatar, .me-name, .room-link-name"
    assert page.locator(cut_off).count() > 4
    for shown in page.locator(cut_off).all():
        assert shown.evaluate("one => getComputedStyle(one).overflowY") in ("clip", "hidden")
