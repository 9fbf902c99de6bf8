"""What CONTRIBUTING names is there: files, names of the code, headings and make targets."""

import re
from pathlib import Path

import pytest

from testkit.undertone import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
QUOTED = sorted({" ".join(found.split()) for found in re.findall(r"`([^`]+)`", TEXT)})
FOLDERS = (
    ".ci",
    "bench",
    "chalice_app",
    "deploy_extras",
    "docs",
    "local",
    "static_site",
    "testkit",
    "tests",
    "tools",
    "trainer",
)
OF_FOLDERS = {(name,) for name in (*FOLDERS, ".chalice")}
SHORT = ("", "chalice_app", "chalice_app/chalicelib", "static_site", "static_site/scripts")
SUFFIXES = {".css", ".html", ".js", ".json", ".md", ".py", ".toml", ".tsv", ".txt", ".yaml"}
INVENTED = {"Pin", "pin"}  # the action that its example adds
MADE = {".venv", "build/", "dist/"}  # by `make`


def files() -> list[Path]:
    found = [path for name in FOLDERS for path in (ROOT / name).rglob("*") if "__pycache__" not in path.parts]
    return [*found, *ROOT.glob("*.*"), ROOT / "Makefile"]


FILES = files()
NAMES = {path.name for path in FILES}
CODE = "\n".join(
    path.read_text("utf-8")
    for path in FILES
    if path.is_file() and path.suffix in SUFFIXES - {".md", ".tsv"} and path != Path(__file__)
)


def words() -> list[str]:
    """Return all that is quoted, word by word; commands are taken apart."""
    return sorted({word for quoted in QUOTED for word in quoted.split()} - MADE)


def is_path(word: str) -> bool:
    return Path(word).suffix in SUFFIXES or word.endswith("/") or Path(word).parts[:1] in OF_FOLDERS


def spelled_out(path: str) -> list[str]:
    """Return the paths that `{one,other}` in a path stands for."""
    before, brace, rest = path.partition("{")
    if not brace:
        return [path]
    choices, _, after = rest.partition("}")
    return [before + choice + after for choice in choices.split(",")]


@pytest.mark.parametrize("path", [p for word in words() if is_path(word) for p in spelled_out(word)])
def test_every_file_that_it_names_exists(path: str) -> None:
    if "/" not in path:
        assert path in NAMES
    else:
        assert any(next((ROOT / short).glob(path.rstrip("/")), None) for short in SHORT)


@pytest.mark.parametrize(
    "name", sorted({q for q in QUOTED if re.fullmatch(r"[@\w.]+(\(.*\))?", q)} - INVENTED)
)
def test_every_name_of_the_code_that_it_says_occurs_there(name: str) -> None:
    if is_path(name) or name in MADE:
        return
    # `f(…)` and `f()` stand for any call of it.
    written = re.sub(r"\(\)$", "(", name.partition("…")[0]).rstrip(".")
    assert re.search(rf"(?<!\w){re.escape(written)}" + (r"\b" if written[-1].isalnum() else ""), CODE)


def test_every_heading_that_it_links_to_exists() -> None:
    for document, anchor in re.findall(r"\]\(([\w/.-]*)#([^)]+)\)", TEXT):
        text = (ROOT / document).read_text("utf-8") if document else TEXT
        headings = [heading.lower() for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]
        assert anchor in [re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in headings]


def test_every_make_target_that_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`(?:\S+=\S+ )?make ([a-z-]+)", TEXT):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
