"""Measures the contrast of each shown text against the grounds below it, with every opacity on the way."""

from typing import Any

from playwright.sync_api import Page

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
    && !element.closest('.visually-hidden, [data-unseen]') && element.getBoundingClientRect().width > 1;
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
