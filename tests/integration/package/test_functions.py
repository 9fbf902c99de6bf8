"""The settings of each function in the output of `chalice package`."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy_extras import names

HANDLERS = {
    *("app.app", "app.connect", "app.message", "app.disconnect", "app.deliver"),
    *("app.push", "app.call", "app.purge", "app.preview"),
}


@pytest.fixture(scope="module")
def functions(package: Path) -> dict[str, dict[str, Any]]:
    template = json.loads(package.with_name("sam.json").read_text())
    found = [r for r in template["Resources"].values() if r["Type"] == "AWS::Serverless::Function"]
    return {function["Properties"]["Handler"]: function["Properties"] for function in found}


def test_every_handler_has_a_function(functions: dict[str, dict[str, Any]]) -> None:
    assert set(functions) == HANDLERS


def test_functions_have_the_names_by_which_policies_and_other_functions_know_them(
    functions: dict[str, dict[str, Any]],
) -> None:
    found = {function["FunctionName"] for function in functions.values()}
    assert found == {names.function("dev", name) for name in names.FUNCTIONS}


def test_delivering_functions_have_a_whole_vcpu(functions: dict[str, dict[str, Any]]) -> None:
    assert functions["app.message"]["MemorySize"] == 1769
    assert functions["app.message"]["Timeout"] == 25
    assert functions["app.deliver"]["MemorySize"] == 1769
    assert functions["app.deliver"]["Timeout"] >= 60


def test_the_other_functions_are_small(functions: dict[str, dict[str, Any]]) -> None:
    for handler in ("app.app", "app.connect", "app.disconnect"):
        assert 256 <= functions[handler]["MemorySize"] <= 512, handler
