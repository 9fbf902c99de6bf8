"""The page's modules in few scripts and its style sheets in one, because browsers load few files faster.

A deployment uploads them so, and most tests of the page load them so: a request costs Chromium milliseconds
of processor time, however fast the network is, and the page has three hundred modules. What a module loads
later, by `import()`, is a script of its own with all that only it needs; what is there already it takes from
the scripts before it, so that no module is there twice.
"""

import posixpath
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SCRIPT = "scripts/one.js"
STYLES = "styles/one.css"
_IMPORT = re.compile(r'^import \{([^{}"]*)\} from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b(?!\().*", re.MULTILINE)
_LATER = re.compile(r'\bimport\((["`])(\.{1,2}/[^"`$]*)(?=("\))?)')
_UNKNOWN = re.compile(r"\bimport\((?![\"`]\.{1,2}/)|\bimport\.meta\b")
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_ENTRY = re.compile(r'<script type="module" src="([^"]+)">')
_PRELOAD = re.compile(r'\s*<link rel="modulepreload"[^>]*>')


class JoinError(Exception):
    """What cannot be joined; the message quotes it and says what could."""


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


def scripts(site: Path) -> dict[str, str]:
    """Return the scripts by their paths: ``SCRIPT``, and one for each module that is loaded later.

    Each module is in one of them, in a function of its own.

    Raises
    ------
    JoinError
        A form of import or export is not known, an imported name is not exported, modules import each other
        in a circle, or a module would have to be in two scripts.
    """
    return _joined(site)[0]


def members(site: Path) -> frozenset[str]:
    """Return the paths of all files that are in the scripts and in ``STYLES``."""
    names = _STYLE.findall((site / "index.html").read_text("utf-8"))
    return _joined(site)[1].union(names)


@cache
def _joined(site: Path) -> tuple[dict[str, str], frozenset[str]]:
    [entry] = _ENTRY.findall((site / "index.html").read_text("utf-8"))
    joiner = _Joiner(site.resolve())
    joiner.join(entry)
    for module in sorted(set(joiner.root.rglob("*.js")) - joiner.homes.keys()):
        for _, name in _IMPORT.findall(module.read_text("utf-8")):
            if (module.parent / name).resolve() in joiner.homes:
                raise JoinError(
                    f"{module} imports {name}, which would be there twice: load the former by an address in "
                    "quotes, or let it import nothing."
                )
    members = (module.relative_to(joiner.root).as_posix() for module in joiner.homes)
    return {script.path: script.text() for script in joiner.scripts.values()}, frozenset(members)


@dataclass(eq=False)
class _Script:
    """One of the files that are made, and what it takes from others."""

    path: str
    before: "tuple[_Script, ...]"
    """The scripts that are there when this one is loaded."""
    parts: list[str] = field(default_factory=list)
    taken: dict[str, set[str]] = field(default_factory=dict)
    """Names of modules, by the path of the script that has them."""
    given: set[str] = field(default_factory=set)
    later: list[tuple[Path, Path]] = field(default_factory=list)
    """What its modules load later: which module, and by whom."""

    def text(self) -> str:
        """Return its text: what it takes from others first, what it gives to others last."""
        here = posixpath.dirname(self.path)
        imports = [
            f'import {_object(sorted(names))} from "./{posixpath.relpath(path, here)}";'
            for path, names in sorted(self.taken.items())
        ]
        exports = [f"export {_object(sorted(self.given))};"] if self.given else []
        return "\n".join([*imports, *self.parts, *exports])


class _Joiner:
    """Puts each module into the first script that needs it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.homes: dict[Path, _Script] = {}
        """The script of each module."""
        self.scripts: dict[Path, _Script] = {}
        """By the modules that are loaded."""
        self._exports: dict[Path, list[str] | None] = {}
        """What modules export; nothing is known yet of one that is being added."""

    def join(self, entry: str) -> None:
        """Make the script that begins with a module, and after it those that this one loads later."""
        first = (self.root / entry).resolve()
        self.scripts[first] = _Script(SCRIPT, ())
        waiting = [first]
        for module in waiting:  # it grows: what is loaded first has what all that is loaded later shares
            script = self.scripts[module]
            script.parts.append(self._add(module, script))
            if module != first:
                script.given |= set(self._exports[module] or [])
            waiting += self._begin_later(script)

    def _add(self, module: Path, script: _Script) -> str:
        """Add what a module imports; return its text with the imports and exports taken out."""
        self.homes[module] = script
        self._exports[module] = None
        text = module.read_text("utf-8")
        body = _EXPORT.sub("", _IMPORT.sub(lambda found: self._bound(module, found, script), text))
        for other in _OTHER.findall(body):
            raise JoinError(f"{module}: {other!r}: use import {{ … }} from and export of a declaration.")
        for unknown in _UNKNOWN.findall(body):
            raise JoinError(f'{module}: {unknown!r}: use import("./…") with an address that begins so.')
        self._exports[module] = _EXPORT.findall(text)
        for found in _LATER.finditer(body):
            target = (module.parent / found[2]).resolve()
            if found[3] and target.is_file():  # otherwise a part of the address is known only later
                script.later.append((target, module))
        folder = module.relative_to(self.root).parent.as_posix()
        return _LATER.sub(lambda found: f"import({found[1]}{_moved(found[2], folder, script.path)}", body)

    def _bound(self, importing: Path, found: re.Match[str], script: _Script) -> str:
        """Return what takes the place of an `import`."""
        module = (importing.parent / found[2]).resolve()
        if self._exports.get(module, ()) is None:
            raise JoinError(f"{importing} and {module} import each other in a circle.")
        if module in self.scripts:
            raise JoinError(f"{importing} imports {module}, which is loaded later: it would be there twice.")
        if module not in self.homes:
            body = self._add(module, script)
            returned = f"return {_object(self._exports[module] or [])};"
            script.parts.append(f"const {self._name(module)} = (() => {{\n{body}\n{returned}\n}})();")
        names = [name.strip() for name in found[1].split(",") if name.strip()]
        missing = ", ".join(sorted(set(names) - set(self._exports[module] or [])))
        if missing:
            raise JoinError(f"{module} does not export {missing}; {importing} needs it.")
        home = self.homes[module]
        if home is not script:
            if home not in script.before:
                raise JoinError(
                    f"{module} would be in {home.path} and in {script.path}: let a module import it that is "
                    "there before both."
                )
            script.taken.setdefault(home.path, set()).add(self._name(module))
            home.given.add(self._name(module))
        return f"const {_object(names)} = {self._name(module)};"

    def _begin_later(self, script: _Script) -> list[Path]:
        """Begin the scripts that a script loads later; return the modules that they begin with."""
        there = (*script.before, script)
        begun = []
        for target, importing in script.later:
            if target not in self.scripts and target not in self.homes:
                self.scripts[target] = _Script(target.relative_to(self.root).as_posix(), there)
                begun.append(target)
            elif target not in self.scripts or not set(self.scripts[target].before) <= set(there):
                raise JoinError(f"{importing} loads {target} later, which is loaded elsewhere already.")
        return begun

    def _name(self, module: Path) -> str:
        return "$" + re.sub(r"\W", "_", str(module.relative_to(self.root)))


def _moved(address: str, folder: str, script: str) -> str:
    """Return an address relative to a folder as it is from a script."""
    path = posixpath.normpath(posixpath.join(folder, address))
    there = posixpath.relpath(path, posixpath.dirname(script))
    return f"./{there}{'/' if address.endswith('/') else ''}"


def _object(names: list[str]) -> str:
    return f"{{ {', '.join(names)} }}"
