"""Whether somebody looks at a page, as the test says."""

from playwright.sync_api import Page

SAY = """({hidden, focused}) => {
  Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
  document.hasFocus = () => focused;
  document.dispatchEvent(new Event("visibilitychange"));
  dispatchEvent(new Event(focused ? "focus" : "blur"));
}"""


def look_away(page: Page) -> None:
    """Let the page be in a hidden tab from now on."""
    page.evaluate(SAY, {"hidden": True, "focused": False})


def look_beside(page: Page) -> None:
    """Let the page be visible while another window has the focus."""
    page.evaluate(SAY, {"hidden": False, "focused": False})


def look(page: Page) -> None:
    """Let the page be visible and have the focus from now on."""
    page.evaluate(SAY, {"hidden": False, "focused": True})
