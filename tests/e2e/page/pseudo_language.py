"""A language in which every message stands between brackets: a text without them is none of the table's."""

import re

from playwright.sync_api import Page, Route

# In the place of German, which counts as English does.
TABLE = """
import { ENGLISH } from "./en.js";
const each = (table, change) =>
  Object.fromEntries(Object.entries(table).map(([key, one]) => [key, change(one)]));
const marked = (message) => (typeof message === "string" ? `⟦${message}⟧` : each(message, marked));
export const GERMAN = each(ENGLISH, marked);
"""
# What is outside of brackets, in the order of the document, and in each name that an element has.
OUTSIDE = """() => {
  const BY_PEOPLE = ".avatar, .message-text, .list-text, #live-moments li, .quote-text, bdi";
  const BY_UNICODE = "time, .log-day, .emoji, #emoji-name, option[lang], .pulse-day-name";
  const SKIPPED = `script, style, noscript, kbd, .model-version, ${BY_PEOPLE}, ${BY_UNICODE}`;
  const found = [];
  let depth = 0;
  const outside = (text) => {
    let kept = "";
    for (const character of text) {
      if (character === "⟦") depth += 1;
      else if (character === "⟧") depth -= 1;
      else if (depth === 0) kept += character;
    }
    return kept.trim();
  };
  const shown = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const walker = document.createTreeWalker(document.documentElement, shown);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (node.nodeType === Node.TEXT_NODE) {
      const kept = outside(node.data);
      if (!element.closest(SKIPPED)) found.push(kept);
      continue;
    }
    if (element.closest("time, .emoji, .bubble > .message-text")) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      const before = depth;
      depth = 0;
      found.push(outside(element.getAttribute(name) ?? ""));
      depth = before;
    }
  }
  return found.filter(Boolean);
}"""
LETTERS = re.compile(r"[^\W\d_]")


def speak_in_brackets(page: Page) -> None:
    """Let the page of a German browser speak the language of brackets."""

    def table(route: Route) -> None:
        route.fulfill(body=TABLE, content_type="text/javascript")

    page.route("**/scripts/languages/de.js", table)


def texts_of_nobody(page: Page, known: set[str]) -> set[str]:
    """Return what stands on the page without brackets, except what is ``known``: names, and units."""
    found: list[str] = page.evaluate(OUTSIDE)
    ordered = sorted(known, key=len, reverse=True)
    left = set()
    for text in found:
        rest = text
        for word in ordered:
            rest = rest.replace(word, "")
        if LETTERS.search(rest):
            left.add(text)
    return left
