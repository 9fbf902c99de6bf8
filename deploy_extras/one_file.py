"""The page's modules in one script and its style sheets in one, because browsers load few files faster.

A deployment uploads them so, and most tests of the page load them so: a request costs Chromium milliseconds
of processor time, however fast the network is, and the page has two hundred modules. What a module loads
later, by `import()`, stays a file of its own.
"""

import posixpath
import re
from functools import cache
from pathlib import Path

SCRIPT = "scripts/one.js"
STYLES = "styles/one.css"
_IMPORT = re.compile(r'^import \{([^{}"]*)\} from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b(?!\().*", re.MULTILINE)
_LATER = re.compile(r'\bimport\((["`])(\.{1,2}/[^"`$]*)')
_UNKNOWN = re.compile(r"\bimport\((?![\"`]\.{1,2}/)|\bimport\.meta\b")
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_ENTRY = re.compile(r'<script type="module" src="([^"]+)">')
_PRELOAD = re.compile(r'\s*<link rel="modulepreload"[^>]*>')


class OneFileError(Exception):
    """What cannot be in one file; the message quotes it and says what could."""


def index(site: Path) -> str:
    """Return the HTML of the page, which loads ``SCRIPT`` and ``STYLES``."""
    html = _PRELOAD.sub("", (site / "index.html").read_text("utf-8"))
    html = _ENTRY.sub(f'<script type="module" src="{SCRIPT}">', html)
    first, *others = _STYLE.split(html)[::2]
    return f'{first}<link rel="stylesheet" href="{STYLES}">{"".join(part for part in others if part.strip())}'


@cache
def styles(site: Path) -> str:
    """Return all style sheets in the order of the page."""
    names = _STYLE.findall((site / "index.html").read_text("utf-8"))
    return "\n".join((site / name).read_text("utf-8") for name in names)


def script(site: Path) -> str:
    """Return the page's module with everything that it imports, each in a function of its own.

    Raises
    ------
    OneFileError
        A form of import or export is not known, an imported name is not exported, modules import each other
        in a circle, or one that is loaded later imports one that is in this script and would be there twice.
    """
    return _joined(site)[0]


def members(site: Path) -> frozenset[str]:
    """Return the paths of all files that are in ``SCRIPT`` and ``STYLES``."""
    names = _STYLE.findall((site / "index.html").read_text("utf-8"))
    return _joined(site)[1].union(names)


@cache
def _joined(site: Path) -> tuple[str, frozenset[str]]:
    [entry] = _ENTRY.findall((site / "index.html").read_text("utf-8"))
    root = site.resolve()
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
        return _loading_later(body, module.relative_to(root))

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

    parts.append(add((root / entry).resolve()))
    _refuse_twice(root, frozenset(exports))
    return "\n".join(parts), frozenset(module.relative_to(root).as_posix() for module in exports)


def _loading_later(text: str, module: Path) -> str:
    """Return a module's text with the addresses of `import()` as they are from ``SCRIPT``."""

    def moved(found: re.Match[str]) -> str:
        start = found[2]
        path = posixpath.normpath(posixpath.join(module.parent.as_posix(), start))
        there = posixpath.relpath(path, posixpath.dirname(SCRIPT))
        return f"import({found[1]}./{there}{'/' if start.endswith('/') else ''}"

    for unknown in _UNKNOWN.findall(text):
        raise OneFileError(f'{module}: {unknown!r}: use import("./…") with an address that begins so.')
    return _LATER.sub(moved, text)


def _refuse_twice(root: Path, joined: frozenset[Path]) -> None:
    for module in sorted(set(root.rglob("*.js")) - joined):
        for _, name in _IMPORT.findall(module.read_text("utf-8")):
            if (module.parent / name).resolve() in joined:
                raise OneFileError(
                    f"{module} is loaded by itself and imports {name}, which is in the one script and would "
                    "be there twice: let it import nothing, or be imported by a module of the page."
                )


def _name(module: Path, site: Path) -> str:
    return "$" + re.sub(r"\W", "_", str(module.relative_to(site.resolve())))


def _object(names: list[str]) -> str:
    return f"{{ {', '.join(names)} }}"
