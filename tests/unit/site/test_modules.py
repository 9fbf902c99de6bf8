"""The page's modules: the browser is told of all of them at once, and none is left over."""

import re
from pathlib import Path

SITE = Path(__file__).parents[3] / "static_site"
INDEX = (SITE / "index.html").read_text()
ENTRY = SITE / "scripts" / "main.js"
WIRING = SITE / "scripts" / "wiring.js"
# Loaded only where they are spoken: test_languages.py holds them to the list of languages.
LANGUAGES = {path.resolve() for path in (SITE / "scripts" / "languages").glob("*.js")}


def imported(module: Path) -> set[Path]:
    """Return the modules that a module imports."""
    names = re.findall(r'^(?:import|export)\b[^"(]*"(\.[^"]+)"', module.read_text(), re.MULTILINE)
    return {(module.parent / name).resolve() for name in names}


def loaded_later(module: Path) -> set[Path]:
    """Return the modules that a module loads when it needs them."""
    return {
        (module.parent / name).resolve()
        for name in re.findall(r'\bimport\("(\.[^"]+)"\)', module.read_text())
    }


def reached(entry: Path) -> set[Path]:
    """Return a module with all that it imports, directly or not."""
    found: set[Path] = set()
    waiting = [entry.resolve()]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += imported(module)
    return found


def linked(pattern: str) -> list[Path]:
    return [(SITE / name).resolve() for name in re.findall(pattern, INDEX)]


def test_every_module_is_preloaded_once_and_nothing_else() -> None:
    preloaded = linked(r'<link rel="modulepreload" href="([^"]+)">')
    # The first screen does not wait for the rest, but everybody needs it.
    assert set(preloaded) == (reached(ENTRY) | reached(WIRING)) - {ENTRY.resolve()}
    assert len(preloaded) == len(set(preloaded))


def test_every_script_is_used() -> None:
    started = linked(r'<script\b[^>]*\bsrc="([^"]+)"')
    assert ENTRY.resolve() in started
    used: set[Path] = set()
    waiting = set(started)
    while waiting:
        found = set().union(*(reached(module) for module in waiting)) - used
        used |= found
        waiting = set().union(*(loaded_later(module) for module in found))
    assert set((SITE / "scripts").rglob("*.js")) == used | LANGUAGES


def test_every_style_is_used() -> None:
    linked_styles = linked(r'<link rel="stylesheet" href="([^"]+)">')
    assert set(linked_styles) == set((SITE / "styles").glob("*.css"))
    assert len(linked_styles) == len(set(linked_styles))
