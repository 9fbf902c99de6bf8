"""A copy of the site's files with an organisation's name, logo, colour and style sheet in their places."""

import base64
import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

from deploy_extras.errors import DeployError
from deploy_extras.look.colours import Theme, contrast, hexadecimal, parse, themes
from deploy_extras.look.own import Logo, Look

NAME = "Undertone"  # as the page has it
TOKENS = '<link rel="stylesheet" href="styles/tokens.css">'
STYLE = "styles/look.css"
OWN_STYLE = "styles/own.css"
_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]+">')
# The icons that are pictures of pixels; the first is that of notifications too.
_PICTURES = ("icon-192.png", "icon-512.png", "icon-maskable-512.png", "icon-apple-180.png")
_APPLE = '<link rel="apple-touch-icon" href="images/icon-apple-180.png">'
_LEAST_ICON_SIDE = 180
# What says on the icon that there is something unread, as the project's own icons do.
_MARKS = {
    "images/logo.svg": "",
    "images/logo-unread.svg": '<circle cx="37" cy="11" r="9" fill="#f2b155" stroke="#fff" stroke-width="3"/>',
    "images/logo-mentions.svg": '<circle cx="36" cy="12" r="11" fill="#fff" stroke="#b3203f" '
    'stroke-width="3"/><circle cx="36" cy="12" r="6" fill="#b3203f"/>',
}


def dressed(site: Path, look: Look, into: Path) -> list[str]:
    """Copy the site into a folder, with the look; return what somebody should know of how it was applied.

    What was in the folder is gone.

    Raises
    ------
    DeployError
        The site has no place for it.
    """
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(site, into)
    document = (into / "index.html").read_text("utf-8")
    manifest: dict[str, Any] = json.loads((into / "manifest.webmanifest").read_text("utf-8"))
    notes = []
    if look.name:
        document = document.replace(NAME, html.escape(look.name))
        manifest |= {"name": look.name, "short_name": look.name}
    if look.logo:
        for key, mark in _MARKS.items():
            (into / key).write_text(_drawing(look.logo, mark), "utf-8")
        manifest["icons"], note = _icons(look.logo, into)
        if note:
            document = document.replace(_APPLE, "")
        notes += note
    if look.accent:
        light, dark = themes(parse(look.accent))
        manifest["theme_color"] = hexadecimal(light.accent)
        if document.count(TOKENS) != 1:
            raise DeployError(f"The page needs one line {TOKENS!r}; the colours go behind it.")
        document = document.replace(TOKENS, f'{TOKENS}\n  <link rel="stylesheet" href="{STYLE}">')
        (into / STYLE).write_text(_style(light, dark), "utf-8")
        notes += _adjusted(look.accent, light, dark)
    if look.style:
        document = _behind_all_sheets(document, OWN_STYLE)
        (into / OWN_STYLE).write_text(look.style, "utf-8")
    (into / "index.html").write_text(document, "utf-8")
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (into / "manifest.webmanifest").write_text(f"{text}\n", "utf-8")
    return notes


def _behind_all_sheets(document: str, sheet: str) -> str:
    """Return the document with one more style sheet: of two rules for one thing, the last holds."""
    last = max((found.end() for found in _SHEET.finditer(document)), default=0)
    if not last:
        raise DeployError("The page needs a style sheet; an organisation's own goes behind it.")
    return f'{document[:last]}\n  <link rel="stylesheet" href="{sheet}">{document[last:]}'


def _drawing(logo: Logo, mark: str) -> str:
    """Return a drawing with the logo as a picture in it: whatever a logo has in it, it does not run there."""
    address = f"data:{logo.type};base64,{base64.b64encode(logo.content).decode()}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<image width="48" height="48" href="{address}"/>{mark}</svg>\n'
    )


def _icons(logo: Logo, into: Path) -> tuple[list[dict[str, str]], list[str]]:
    """Return the icons of the installed page: the drawing, and a PNG that is large enough as it is.

    Without one there is none: a notification with the project's icon would seem to come from somebody else.
    """
    drawing = {"src": "images/logo.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    pictures = [into / "images" / name for name in _PICTURES]
    if logo.type != "image/png" or logo.width != logo.height or logo.width < _LEAST_ICON_SIDE:
        for picture in pictures:
            picture.unlink()
        return [drawing], [
            f"The logo is no square PNG of {_LEAST_ICON_SIDE} pixels or more: in notifications, and on the "
            "home screen of an iPhone, the page has no icon of its own."
        ]
    for picture in pictures:
        picture.write_bytes(logo.content)
    size = f"{logo.width}x{logo.height}"
    return [
        drawing,
        {"src": f"images/{_PICTURES[0]}", "sizes": size, "type": logo.type, "purpose": "any"},
    ], []


def _style(light: Theme, dark: Theme) -> str:
    names = {
        "accent": (light.accent, dark.accent),
        "accent-strong": (light.strong, dark.strong),
        "on-accent": (light.on_accent, dark.on_accent),
        "own": (light.own, dark.own),
        "focus": (light.focus, dark.focus),
        "code-keyword": (light.accent, dark.accent),
    }
    lines = (f"  --{name}: light-dark({one}, {other});" for name, (one, other) in names.items())
    return ":root {\n" + "\n".join(lines) + "\n}\n"


def _adjusted(accent: str, light: Theme, dark: Theme) -> list[str]:
    """Say what became of a colour that cannot be read as it is."""
    given = parse(accent)
    found = []
    for theme, shades in (("light", light), ("dark", dark)):
        shown = hexadecimal(shades.accent)
        if shown != accent.lower():
            how = "darker" if shades.accent.lightness < given.lightness else "lighter"
            found.append(
                f"Text in {accent} cannot be read well in the {theme} theme: there it is {how}, {shown}, "
                f"with a contrast of {contrast(shades.accent, shades.own):.1f} on one's own messages."
            )
    return found
