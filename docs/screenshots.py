"""Take the pictures of README.md from a running chat with a seeded conversation: `make screenshots`."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright, expect

from testkit.chromium import FLAGS, required
from testkit.client import people_at
from testkit.conversation import CONVERSATION, converse
from testkit.undertone import running_undertone

IMAGES = Path(__file__).parent / "images"

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SHOTS: list[tuple[str, dict[str, Any]]] = [
    ("desktop-light", {"viewport": DESKTOP, "color_scheme": "light"}),
    ("desktop-dark", {"viewport": DESKTOP, "color_scheme": "dark"}),
    ("phone", {"viewport": PHONE, "color_scheme": "light", "is_mobile": True, "has_touch": True}),
]


async def shoot(browser: Browser, url: str, index: int) -> None:
    """Join as another person and take one picture."""
    name, options = SHOTS[index]
    context = await browser.new_context(locale="en-GB", **options)
    page = await context.new_page()
    await page.goto(f"{url}#/r/general")
    await page.get_by_label("Your name").fill(("Ada", "Grace", "Linus")[index])
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_role("article")).to_have_count(len(CONVERSATION))
    if index == 0:
        explained = page.get_by_role("article").filter(has_text="Not bad at all for")
        await explained.get_by_role("button", name="positive").click()
    await page.wait_for_timeout(800)  # let animations end
    await page.screenshot(path=IMAGES / f"{name}.png")
    await context.close()


async def take(url: str, chromium: str | None) -> None:
    """Seed the chat at `url` and take every picture while its people are online."""
    IMAGES.mkdir(exist_ok=True)
    async with people_at(url) as people, async_playwright() as playwright:
        await converse(people)
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for index, (name, _) in enumerate(SHOTS):
            await shoot(browser, url, index)
            size = (IMAGES / f"{name}.png").stat().st_size
            sys.stdout.write(f"docs/images/{name}.png: {size:,} bytes\n")
        await browser.close()


def main() -> None:
    """Start a chat of its own, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="screenshots-") as state, running_undertone(Path(state)) as stack:
        asyncio.run(take(stack.url, required()))


if __name__ == "__main__":
    main()
