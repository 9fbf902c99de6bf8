"""The one script that deployments and tests load holds all modules of the page, or an error says why not."""

from pathlib import Path

import pytest

from deploy_extras import one_file

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


def test_every_module_is_in_the_script_once() -> None:
    script = one_file.script(SITE)
    members = one_file.members(SITE)
    for module in (SITE / "scripts").rglob("*.js"):
        if module.relative_to(SITE).as_posix() in members:  # others are loaded by themselves
            text = module.read_text()
            [line] = [max((each for each in text.splitlines() if "import" not in each), key=len)]
            assert script.count(line.removeprefix("export ")) == 1, module


def test_styles_keep_their_order(tmp_path: Path) -> None:
    assert one_file.styles(site(tmp_path)) == "/* a */\n/* b */"


def test_the_page_loads_one_script_and_one_style_sheet(tmp_path: Path) -> None:
    assert one_file.index(site(tmp_path)) == (
        '<link rel="stylesheet" href="styles/one.css"><script type="module" src="scripts/one.js"></script>'
    )


def test_a_module_is_evaluated_before_the_one_that_imports_it(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        main='import { two } from "./other.js";\nimport { one } from "./part.js";\none(two);\n',
        other='import { one } from "./part.js";\nexport const two = one + 1;\n',
        part="export const one = 1;\n",
    )
    script = one_file.script(made)
    assert script.index("const one = 1") < script.index("const two = one + 1") < script.index("one(two)")
    assert script.count("const one = 1") == 1
    assert "const { one } = $part_js;\none(two);" in script


def test_what_is_loaded_later_stays_a_file_that_the_script_finds(tmp_path: Path) -> None:
    made = site(tmp_path, main='import { load } from "./scripts/models/part.js";\nload("a");\n')
    (tmp_path / "scripts/models").mkdir(parents=True)
    part = tmp_path / "scripts/models/part.js"
    part.write_text(
        "export const load = (name) => import(`../later/${name}.js`);\n"
        'const fixed = () => import("./other.js");\n'
    )
    script = one_file.script(made)
    assert "import(`./later/${name}.js`)" in script
    assert 'import("./models/other.js")' in script
    assert one_file.members(made) == {"main.js", "scripts/models/part.js", "a.css", "b.css"}


def test_a_module_that_is_loaded_later_may_not_bring_another_copy_of_what_is_there(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        main='import { one } from "./part.js";\nimport("./later.js");\n',
        part="export const one = 1;\n",
        later='import { one } from "./part.js";\n',
    )
    with pytest.raises(one_file.OneFileError, match=r"later\.js is loaded by itself and imports \./part\.js"):
        one_file.script(made)


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
    with pytest.raises(one_file.OneFileError, match=reason):
        one_file.script(made)
