"""Take pictures of the page's main screens in both themes and three widths: `make screenshots`.

All of them go to `build/screenshots/`, with an `index.html` that shows them side by side. Those that the
documents show go to `docs/images/` as well. `SCREENS="pulse live"` takes only those, beside what is there.
"""

import asyncio
import base64
import shutil
import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from docs import screens, seed
from testkit.chromium import FLAGS, required
from testkit.client import people_at
from testkit.undertone import ROOT, running_undertone

IMAGES = ROOT / "docs" / "images"
ALL = ROOT / "build" / "screenshots"
MOST_BYTES = 3_000_000  # of what the documents show together
QUALITY = 85  # of WebP, in percent

TOUCH = {"is_mobile": True, "has_touch": True}
WIDTHS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "tablet": {"viewport": {"width": 820, "height": 1180}, **TOUCH},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, **TOUCH},
}
THEMES = ("light", "dark")
# Each form of the window has people of its own: a member and an admin.
FORMS = list(product(WIDTHS, THEMES))
NAMES = [
    ("Ada", "Rosa"),
    ("Grace", "Bruno"),
    ("Linus", "Clara"),
    ("Edith", "Hugo"),
    ("Noor", "Elsa"),
    ("Kenji", "Otto"),
]
BOTH_ON_TWO = [f"{width}-{theme}" for width in ("desktop", "phone") for theme in THEMES]
HOOKS = ["Build", "Status page", "Calendar", "Shop", "Weather", "Backups"]
SHOWN = {
    "sign-in": ["desktop-light"],
    "conversation": ["desktop-dark", "phone-light"],
    "mood": ["desktop-light", "phone-dark"],
    "pulse": BOTH_ON_TWO,
    "turn": BOTH_ON_TWO,
    "live": BOTH_ON_TWO,
    "empty": ["tablet-dark"],
    "offline": ["phone-dark"],
    "error": ["tablet-light"],
    "rooms": ["phone-light"],
    "search": ["tablet-light"],
    "people": ["desktop-dark"],
    "programs": ["desktop-light"],
    "settings": ["phone-dark"],
    "files": ["desktop-dark"],
    "moderation": ["tablet-light"],
}

# Two landscapes: nobody's photographs.
DRAW = """([sky, sun, hills]) => {
  const canvas = new OffscreenCanvas(1600, 1000);
  const paint = canvas.getContext("2d");
  const light = paint.createLinearGradient(0, 0, 0, 800);
  sky.forEach((colour, index) => light.addColorStop(index / (sky.length - 1), colour));
  paint.fillStyle = light;
  paint.fillRect(0, 0, 1600, 1000);
  paint.fillStyle = sun;
  paint.beginPath();
  paint.arc(1080, 420, 90, 0, 7);
  paint.fill();
  hills.forEach((colour, index) => {
    paint.fillStyle = colour;
    paint.beginPath();
    paint.moveTo(0, 1000);
    for (let x = 0; x <= 1600; x += 8) {
      const wave = Math.sin(x / (170 + 60 * index) + index * 2) + 0.4 * Math.sin(x / 61 + index);
      paint.lineTo(x, 560 + 110 * index - 60 * wave);
    }
    paint.lineTo(1600, 1000);
    paint.fill();
  });
  return canvas.convertToBlob({ type: "image/png" }).then((blob) => new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(blob);
  }));
}"""
LANDSCAPES = {
    "harbour, before six.png": [
        ["#27406b", "#c98f8a", "#f6d9a8"],
        "#fff3d1",
        ["#5d5f86", "#3d4468", "#20284a"],
    ],
    "harbour, at noon.png": [["#4c93d6", "#9fcbe8", "#eaf5f2"], "#fffbe2", ["#86b39a", "#4f8a72", "#2d5f50"]],
}

expect.set_options(timeout=30_000)


async def landscapes(browser: Browser) -> dict[str, bytes]:
    """Draw pictures that somebody can send."""
    page = await browser.new_page()
    drawn = {name: await page.evaluate(DRAW, colours) for name, colours in LANDSCAPES.items()}
    await page.close()
    return {name: base64.b64decode(content) for name, content in drawn.items()}


async def take(
    visit: screens.Visit, context: BrowserContext, found: dict[str, screens.Screen], form: str
) -> None:
    """Take the picture of each screen."""
    camera = await context.new_cdp_session(visit.page)
    for name, screen in found.items():
        await screen(visit)
        await visit.page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        await visit.page.wait_for_timeout(400)  # what moves although it was asked not to is at rest
        shot = await camera.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
        (ALL / f"{name}-{form}.webp").write_bytes(base64.b64decode(shot["data"]))


async def visit_as(browser: Browser, url: str, index: int, invite: str, wanted: set[str]) -> None:
    """Go through the screens in one form of the window."""

    def chosen(found: dict[str, screens.Screen]) -> dict[str, screens.Screen]:
        return {name: screen for name, screen in found.items() if name in wanted}

    (width, theme), (member, admin) = FORMS[index], NAMES[index]
    form = f"{width}-{theme}"
    options = {"locale": "en-GB", "color_scheme": theme, "reduced_motion": "reduce", **WIDTHS[width]}
    for name, code in [(member, None), (admin, seed.ADMIN_CODE)]:
        context = await browser.new_context(**options)
        visit = screens.Visit(await context.new_page(), url, HOOKS[index])
        await visit.begin()
        if code is None:
            await take(visit, context, chosen(screens.BEFORE), form)
        await visit.sign_in(name, admin_code=code)
        if code is None:
            await visit.address(f"invite/{invite}")
            await visit.online()
        found = screens.OF_MEMBERS if code is None else screens.OF_ADMINS
        await take(visit, context, chosen(found), form)
        await context.close()
    sys.stdout.write(f"{form}\n")


async def take_all(url: str, chromium: str, wanted: set[str]) -> None:
    """Fill the chat at `url` and take the pictures while its people are online."""
    async with people_at(url) as people, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        invite = await seed.furnish(people, await landscapes(browser))
        for index in range(len(FORMS)):
            await visit_as(browser, url, index, invite, wanted)
        await browser.close()


def publish() -> int:
    """Put what the documents show to them, and nothing else; return its size in bytes."""
    wanted = {f"{name}-{form}.webp" for name, forms in SHOWN.items() for form in forms}
    for old in IMAGES.glob("*.webp"):
        if old.name not in wanted:
            old.unlink()
    for name in wanted:
        if (ALL / name).exists():
            shutil.copyfile(ALL / name, IMAGES / name)
    return sum((IMAGES / name).stat().st_size for name in wanted)


def contact_sheet() -> Path:
    """Write a page that shows all pictures side by side."""
    rows = "\n".join(
        f"<h2>{name}</h2><p>"
        + "".join(f'<img src="{name}-{width}-{theme}.webp" height="420">' for width, theme in FORMS)
        for name in screens.ALL
    )
    sheet = ALL / "index.html"
    sheet.write_text(f"<!doctype html><meta charset=utf-8><title>Screens</title>{rows}\n")
    return sheet


def main(names: Sequence[str]) -> int:
    """Take the pictures of these screens, or of all; return 1 if what the documents show is too large."""
    wanted = set(names or screens.ALL)
    if unknown := wanted - set(screens.ALL):
        sys.stderr.write(
            f"There is no screen {', '.join(sorted(unknown))}; there are {', '.join(screens.ALL)}.\n"
        )
        return 2
    chromium = required()
    for folder in (ALL, IMAGES):
        folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="screenshots-") as state,
        running_undertone(Path(state), {"ADMIN_CODE": seed.ADMIN_CODE}) as stack,
    ):
        asyncio.run(take_all(stack.url, chromium, wanted))
    size = publish()
    sys.stdout.write(f"All pictures: {contact_sheet()}\ndocs/images/: {size:,} of {MOST_BYTES:,} bytes\n")
    return int(size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
