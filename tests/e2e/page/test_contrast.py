"""Contrast of what is really shown: each text against the grounds below it, with every opacity on the way."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer

ENOUGH = 4.5  # WCAG 2.2, level AA, for text of any size
MEASURE = """async () => {
  const passing = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(passing.map((one) => one.finished));
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const paint = (color, opacity) => {
    canvas.globalAlpha = opacity;
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
  };
  const light = () => {
    const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((value) => value / 255)
      .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ancestors = (element) => element ? [...ancestors(element.parentElement), element] : [];
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !element.closest('.visually-hidden') && element.getBoundingClientRect().width > 1;
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() === '' || !shown(element)) continue;
    let opacity = 1;
    for (const one of ancestors(element)) {
      opacity *= Number(getComputedStyle(one).opacity);
      paint(getComputedStyle(one).backgroundColor, opacity);
    }
    const ground = light();
    paint(getComputedStyle(element).color, opacity);
    const [high, low] = [light(), ground].sort((one, other) => other - one);
    found.push([(high + 0.05) / (low + 0.05), `${element.className}: ${texts.currentNode.data}`]);
  }
  return found;
}"""


def too_faint(page: Page) -> list[Any]:
    """Return the shown texts that do not stand out enough, once all movements have come to rest."""
    measured = page.evaluate(MEASURE)
    assert len(measured) > 5, "there is hardly any text to measure"
    return [text for text in measured if text[0] < ENOUGH]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_shown_in_a_busy_room_can_be_read(join_as: JoinAs, server: FakeServer, scheme: str) -> None:
    server.say("Grace", "what a great day, see https://example.org", reactions={"👍": 2})
    server.say("Linus", "this is awful", sent_at="2026-01-05T10:00:00.000Z")
    server.say("Linus", "a question", editedAt="2026-11-22T10:00:00.000Z")
    server.say("Grace", "", deleted=True, sentiment=None)
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
    page.evaluate("document.querySelector('#connection').dataset.connection = 'offline'")
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
    page.get_by_role("button", name="Delete").hover()
    assert too_faint(page) == []
