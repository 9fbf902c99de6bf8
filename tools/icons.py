"""Draws the icons of an installed page from its logo: ``python -m tools.icons``; Chromium does the drawing.

A maskable icon keeps the logo within the circle that every system leaves whole, on a ground without corners.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.conftest import find_chromium

IMAGES = Path(__file__).parents[1] / "static_site" / "images"
GROUND = "#5b2245"
# Name, pixels, the logo's share of the width, ground.
ICONS = (
    ("icon-192.png", 192, 1.0, "transparent"),
    ("icon-512.png", 512, 1.0, "transparent"),
    ("icon-maskable-512.png", 512, 0.7, GROUND),
    ("icon-apple-180.png", 180, 0.82, GROUND),
)


def main() -> None:
    logo = (IMAGES / "logo.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright))
        for name, pixels, share, ground in ICONS:
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            style = f"margin:0;height:100vh;display:grid;place-items:center;background:{ground}"
            page.set_content(f'<body style="{style}">{logo}</body>')
            page.locator("svg").evaluate("(svg, width) => { svg.style.width = `${width}px` }", pixels * share)
            page.screenshot(path=IMAGES / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
