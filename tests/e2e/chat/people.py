"""What a person does with the page, in the words of the tests."""

from playwright.sync_api import Locator, Page, expect

# Recovery waits for a backoff of several seconds, on a machine that may be busy with other tests.
RECOVERY_MS = 40_000
# What Chromium reports when a server is gone: the very thing that some tests bring about.
LOST_SERVER = ("WebSocket connection to", "Failed to load resource", "net::ERR_")


def sign_in(page: Page, name: str) -> None:
    """Fill in the form that everyone meets first."""
    page.locator("#join-name").fill(name)  # quicker than by its label
    page.locator("#join-submit").click()


def write(page: Page, text: str) -> None:
    """Write a message and send it with the Enter key."""
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def message(page: Page, text: str) -> Locator:
    """Return the message that shows a text."""
    return page.get_by_role("article").filter(has=page.get_by_text(text, exact=True))


def texts(page: Page) -> list[str]:
    """Return the texts of all messages on the page, in their order."""
    return page.locator(".message-text").all_inner_texts()


def expect_connection(page: Page, state: str) -> None:
    """Wait until the page says that it is `online`, `connecting` or `offline`."""
    expect(page.locator("#connection")).to_have_attribute("data-connection", state, timeout=RECOVERY_MS)


def expect_stored(page: Page, text: str) -> None:
    """Wait until a message is stored, and shown once."""
    expect(message(page, text)).to_have_attribute("data-state", "stored", timeout=RECOVERY_MS)
    expect(message(page, text)).to_have_count(1)
