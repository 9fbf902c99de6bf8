"""Hooks and dependency updates use what the repository pins."""

from typing import Any

import yaml

from testkit.undertone import ROOT


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_hooks_run_the_tools_of_make_lint_and_fetch_nothing() -> None:
    [repository] = read(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    lint = (ROOT / "Makefile").read_text("utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    for hook in repository["hooks"]:
        program = hook["entry"].split()[0].removeprefix(".venv/bin/")
        assert hook["language"] == "system"
        assert f"$(BIN)/{program} " in lint


def test_dependencies_are_updated_in_every_folder_that_has_requirements() -> None:
    [pip] = [u for u in read(".github/dependabot.yml")["updates"] if u["package-ecosystem"] == "pip"]
    patterns = ("*requirements*.txt", "[a-z]*/requirements*.txt", "bench/*/requirements*.txt")
    files = [path for pattern in patterns for path in ROOT.glob(pattern)]
    folders = {f"/{path.parent.relative_to(ROOT)}".removesuffix(".") for path in files}
    assert set(pip["directories"]) == folders


def test_continuous_integration_runs_the_one_script() -> None:
    steps = read(".github/workflows/ci.yml")["jobs"]["everything"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]
