"""A long text comes into the message box all at once: written line by line, each line would be a change."""

from playwright.sync_api import Locator

_PASTE = """(box, text) => {
  box.value = text;
  box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}"""


def paste_text(box: Locator, text: str) -> None:
    """Put a text in the place of what is in a field of plain text."""
    box.evaluate(_PASTE, text)
    box.focus()
