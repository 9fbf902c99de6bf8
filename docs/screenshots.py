"""Take the pictures of README.md from a running chat with a seeded conversation: `make screenshots`."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright, expect

from testkit.chromium import found
from testkit.client import Client, People, people_at
from testkit.undertone import running_undertone

IMAGES = Path(__file__).parent / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

CONVERSATION = [
    ("Maya", "Good morning! The new search went live last night 🎉"),
    ("Tomás", "And nobody called. I slept like a baby, what a great release."),
    ("Priya", "I tried it on the train, it is so much faster now. Love it!"),
    ("Jonas", "Not all good here, the export is broken again and a customer is really angry."),
    ("Jonas", "They lost an hour of work. That is awful."),
    ("Maya", "Oh no. I'm sorry, that is on me. Looking at the logs now."),
    ("Priya", "The job runs out of memory at about 40 MB."),
    ("Tomás", "Found it: we read the whole file at once. A fix is on its way."),
    ("Maya", "Deployed. Jonas, can you ask them to try again?"),
    ("Jonas", "They did, and it works. They even wrote “thank you, that was quick” 😊"),
    ("Priya", "Not bad at all for a Monday morning."),
    ("Tomás", "Lunch at half past twelve?"),
    ("Maya", "Yes please. I'm so happy with this team."),
]
OTHER_ROOMS = {
    "design": ("Priya", "The new colours are beautiful."),
    "random": ("Tomás", "Has anybody seen my umbrella?"),
    "release-notes": ("Maya", "Version 2.4: faster search, and exports of any size."),
}
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SHOTS: list[tuple[str, dict[str, Any]]] = [
    ("desktop-light", {"viewport": DESKTOP, "color_scheme": "light"}),
    ("desktop-dark", {"viewport": DESKTOP, "color_scheme": "dark"}),
    ("phone", {"viewport": PHONE, "color_scheme": "light", "is_mobile": True, "has_touch": True}),
]


async def converse(people: People) -> None:
    """Post the lines of the conversation, one after another."""
    clients: dict[str, Client] = {}
    for name, _ in CONVERSATION:
        if name not in clients:
            clients[name] = await people.connect(name)
    for room, (name, text) in OTHER_ROOMS.items():
        await clients[name].join(room)
        await clients[name].say(room, text)
    for client in clients.values():
        await client.join("general")
    for name, text in CONVERSATION:
        await clients[name].say("general", text)


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
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for index, (name, _) in enumerate(SHOTS):
            await shoot(browser, url, index)
            size = (IMAGES / f"{name}.png").stat().st_size
            sys.stdout.write(f"docs/images/{name}.png: {size:,} bytes\n")
        await browser.close()


def main() -> None:
    """Start a chat of its own, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="screenshots-") as state, running_undertone(Path(state)) as stack:
        asyncio.run(take(stack.url, found()))


if __name__ == "__main__":
    main()
