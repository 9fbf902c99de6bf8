"""What axe (https://github.com/dequelabs/axe-core) finds wrong on a screen, in both themes."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Of what is open over a page, the page beneath has been looked at already.
RUN = """async ([theme, only]) => {
  const root = document.documentElement;
  const before = root.dataset.theme;
  root.dataset.theme = theme;
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)));
  const over = [...document.querySelectorAll("dialog[open], [popover]:popover-open")].at(-1);
  const rules = only.length > 0 ? { runOnly: only } : {};
  const { violations } = await axe.run(over ?? document, { ...rules, resultTypes: ["violations"] });
  root.dataset.theme = before;
  const words = ({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`;
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${theme}, ${id}: ${words(node)}`));
}"""
# Every other rule says the same of both themes.
OF_COLOURS = ["color-contrast"]


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page, or in the topmost of what is open over it."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE_SCRIPT)
    found: list[Any] = []
    for theme, only in (("light", []), ("dark", OF_COLOURS)):
        found += page.evaluate(RUN, [theme, only])
    return found
