"""The one script that deployments and tests load holds all modules of the page, or an error says why not."""

from pathlib import Path

import pytest

from deploy_extras import joining

SITE = Path(__file__).parents[3] / "static_site"
HTML = '<link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css">' + (
    '<link rel="modulepreload" href="part.js"><script type="module" src="main.js"></script>'
)


def site(folder: Path, **modules: str) -> Path:
    (folder / "index.html").write_text(HTML)
    for name in "ab":
        (folder / f"{name}.css").write_text(f"/* {name} */")
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder


def test_every_module_is_in_one_script_once() -> None:
    scripts = "\n".join(joining.scripts(SITE).values())
    members = joining.members(SITE)
    for module in (SITE / "scripts").rglob("*.js"):
        if module.relative_to(SITE).as_posix() in members:  # others are loaded by themselves
            text = module.read_text()
            [line] = [max((each for each in text.splitlines() if "import" not in each), key=len)]
            assert scripts.count(line.removeprefix("export ")) == 1, module


def test_styles_keep_their_order(tmp_path: Path) -> None:
    assert joining.styles(site(tmp_path)) == "/* a */\n/* b */"


def test_the_page_loads_one_script_and_one_style_sheet(tmp_path: Path) -> None:
    assert joining.index(site(tmp_path)) == (
        '<link rel="stylesheet" href="styles/one.css"><script type="module" src="scripts/one.js"></script>'
    )


def test_a_module_is_evaluated_before_the_one_that_imports_it(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        main='import { two } from "./other.js";\nimport { one } from "./part.js";\none(two);\n',
        other='import { one } from "./part.js";\nexport const two = one + 1;\n',
        part="export const one = 1;\n",
    )
    script = joining.scripts(made)[joining.SCRIPT]
    assert script.index("const one = 1") < script.index("const two = one + 1") < script.index("one(two)")
    assert script.count("const one = 1") == 1
    assert "const { one } = $part_js;\none(two);" in script


def test_what_is_loaded_later_is_found_by_the_script(tmp_path: Path) -> None:
    made = site(tmp_path, main='import { load } from "./scripts/models/part.js";\nload("a");\n')
    (tmp_path / "scripts/models").mkdir(parents=True)
    (tmp_path / "scripts/models/other.js").write_text("export const other = 1;\n")
    part = tmp_path / "scripts/models/part.js"
    part.write_text(
        "export const load = (name) => import(`../later/${name}.js`);\n"
        'const fixed = () => import("./other.js");\n'
    )
    script = joining.scripts(made)[joining.SCRIPT]
    assert "import(`./later/${name}.js`)" in script
    assert 'import("./models/other.js")' in script
    assert joining.members(made) == {
        "main.js",
        "scripts/models/part.js",
        "scripts/models/other.js",
        "a.css",
        "b.css",
    }


def test_what_is_loaded_later_is_a_script_that_takes_from_those_before_it(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        main='import { one } from "./part.js";\nimport("./later.js");\n',
        part="export const one = 1;\n",
        own='import { one } from "./part.js";\nexport const two = one + 1;\n',
        later='import { two } from "./own.js";\nexport const three = two + 1;\nimport("./latest.js");\n',
        latest='import { one } from "./part.js";\nimport { two } from "./own.js";\none(two);\n',
    )
    scripts = joining.scripts(made)
    assert list(scripts) == [joining.SCRIPT, "later.js", "latest.js"]
    assert scripts[joining.SCRIPT].endswith("export { $part_js };")
    assert scripts["later.js"].startswith('import { $part_js } from "./scripts/one.js";\n')
    assert scripts["later.js"].endswith("export { $own_js, three };")
    assert scripts["latest.js"].startswith(
        'import { $own_js } from "./later.js";\nimport { $part_js } from "./scripts/one.js";\n'
    )
    assert sum(text.count("const one = 1") for text in scripts.values()) == 1
    assert sum(text.count("const two = one + 1") for text in scripts.values()) == 1


LATER = 'export const one = 1;\nimport("./later.js");\n'


@pytest.mark.parametrize(
    ("modules", "reason"),
    [
        # Two that are loaded later, neither before the other, would each need a copy.
        (
            {
                "part": LATER + 'import("./latest.js");\n',
                "own": "export const two = 2;\n",
                "later": 'import { two } from "./own.js";\n',
                "latest": 'import { two } from "./own.js";\n',
            },
            r"own\.js would be in later\.js and in latest\.js",
        ),
        ({"part": LATER, "later": 'import { one } from "./part.js";\nimport("./part.js");\n'}, "elsewhere"),
        # One that begins a script of its own is imported as well, by one that is loaded before it.
        (
            {
                "part": LATER + 'import("./latest.js");\n',
                "later": 'import { two } from "./latest.js";\n',
                "latest": "export const two = 2;\n",
            },
            r"later\.js imports .*latest\.js, which is loaded later",
        ),
        # Its address is not known here, so it is a file as it is.
        (
            {
                "part": "export const one = import(`./${name}.js`);\n",
                "any": 'import { one } from "./part.js";\n',
            },
            r"any\.js imports \./part\.js, which would be there twice",
        ),
    ],
)
def test_no_module_may_be_there_twice(tmp_path: Path, modules: dict[str, str], reason: str) -> None:
    made = site(tmp_path, main='import { one } from "./part.js";\n', **modules)
    with pytest.raises(joining.JoinError, match=reason):
        joining.scripts(made)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("export default 1;\n", "export default 1;"),
        ("export let one = 1;\n", "export let one = 1;"),
        ('import * as all from "./other.js";\n', "import .* as all"),
        ("export const one = import(name);\n", r"use import\(\"\./…\"\)"),
        ("export const one = import.meta.url;\n", "import.meta"),
        ("const one = 1;\n", "part.js does not export one; .*main.js needs it"),
        ('import { two } from "./main.js";\nexport const one = 1;\n', "import each other in a circle"),
    ],
)
def test_what_cannot_be_in_one_file_is_refused(tmp_path: Path, part: str, reason: str) -> None:
    made = site(tmp_path, main='import { one } from "./part.js";\nexport const two = one;\n', part=part)
    with pytest.raises(joining.JoinError, match=reason):
        joining.scripts(made)
