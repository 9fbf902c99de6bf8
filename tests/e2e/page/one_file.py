"""The page's modules in one script and its style sheets in one, because Chromium loads few files faster.

Under Playwright, a request costs Chromium four milliseconds of processor time, and the page has eighty files:
most of what a test of the page would cost. The page in its single files is tested in `tests/e2e/chat`.
"""

import re
from functools import cache
from pathlib import Path

SCRIPT = "scripts/one.js"
STYLES = "styles/one.css"
_IMPORT = re.compile(r'^import \{([^{}"]*)\} from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_ENTRY = re.compile(r'<script type="module" src="([^"]+)">')
_PRELOAD = re.compile(r'\s*<link rel="modulepreload"[^>]*>')


class OneFileError(Exception):
    """A module has a form of import or export that this file does not know; the message quotes it."""


def index(site: Path) -> str:
    """Return the HTML of the page, which loads ``SCRIPT`` and ``STYLES``."""
    html = _PRELOAD.sub("", (site / "index.html").read_text("utf-8"))
    html = _ENTRY.sub(f'<script type="module" src="{SCRIPT}">', html)
    first, *others = _STYLE.split(html)[::2]
    return f'{first}<link rel="stylesheet" href="{STYLES}">{"".join(others)}'


@cache
def styles(site: Path) -> str:
    """Return all style sheets in the order of the page."""
    names = _STYLE.findall((site / "index.html").read_text("utf-8"))
    return "\n".join((site / name).read_text("utf-8") for name in names)


@cache
def script(site: Path) -> str:
    """Return the page's module with everything that it imports, each in a function of its own.

    Raises
    ------
    OneFileError
        A form of import or export is not known, an imported name is not exported, or modules import each
        other in a circle.
    """
    [entry] = _ENTRY.findall((site / "index.html").read_text("utf-8"))
    exports: dict[Path, list[str] | None] = {}
    parts: list[str] = []

    def add(module: Path) -> str:
        """Add what a module imports; return its text with the imports and exports taken out."""
        exports[module] = None
        text = module.read_text("utf-8")
        body = _EXPORT.sub("", _IMPORT.sub(lambda found: bound(module, found), text))
        for other in _OTHER.findall(body):
            raise OneFileError(f"{module}: {other!r}: use import {{ … }} from and export of a declaration.")
        exports[module] = _EXPORT.findall(text)
        return body

    def bound(importing: Path, found: re.Match[str]) -> str:
        module = (importing.parent / found[2]).resolve()
        if module not in exports:
            body = add(module)
            returned = f"return {_object(exports[module] or [])};"
            parts.append(f"const {_name(module, site)} = (() => {{\n{body}\n{returned}\n}})();")
        offered = exports[module]
        if offered is None:
            raise OneFileError(f"{importing} and {module} import each other in a circle.")
        names = [name.strip() for name in found[1].split(",") if name.strip()]
        missing = ", ".join(sorted(set(names) - set(offered)))
        if missing:
            raise OneFileError(f"{module} does not export {missing}; {importing} needs it.")
        return f"const {_object(names)} = {_name(module, site)};"

    parts.append(add((site / entry).resolve()))
    return "\n".join(parts)


def _name(module: Path, site: Path) -> str:
    return "$" + re.sub(r"\W", "_", str(module.relative_to(site.resolve())))


def _object(names: list[str]) -> str:
    return f"{{ {', '.join(names)} }}"
