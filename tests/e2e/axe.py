"""What axe (https://github.com/dequelabs/axe-core) finds wrong on a screen, in both themes."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Of what is open over a page, the page beneath has been looked at already; and one emoji is like another.
RUN = """async (themes) => {
  const root = document.documentElement;
  const before = root.dataset.theme;
  const over = [...document.querySelectorAll("dialog[open], [popover]:popover-open")].at(-1);
  const where = { include: [over ?? root], exclude: [[".emoji-group:nth-child(n + 2)"]] };
  const found = [];
  for (const [theme, only] of themes) {
    root.dataset.theme = theme;
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
    const rules = only.length > 0 ? { runOnly: only } : {};
    const { violations } = await axe.run(where, { ...rules, preload: false, resultTypes: ["violations"] });
    for (const { id, nodes } of violations)
      for (const { html, failureSummary } of nodes)
        found.push(`${theme}, ${id}: ${html.slice(0, 200)} ${failureSummary}`);
  }
  root.dataset.theme = before;
  return found;
}"""
# Every other rule says the same of both themes.
THEMES: tuple[tuple[str, list[str]], ...] = (("light", []), ("dark", ["color-contrast"]))


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page, or in the topmost of what is open over it."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN, THEMES)
    return found
