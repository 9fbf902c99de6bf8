"""A configuration that AWS would refuse is refused at the start, in one line with what would be right."""

import json
from pathlib import Path
from typing import Any

import pytest

from local.configuration import load_config
from local.errors import StackError


def project(folder: Path, config: Any) -> Path:
    (folder / ".chalice").mkdir()
    (folder / "app.py").write_text("")
    text = config if isinstance(config, str) else json.dumps(config)
    (folder / ".chalice" / "config.json").write_text(text)
    return folder


def complaint(folder: Path, config: Any) -> str:
    with pytest.raises(StackError) as error:
        load_config(project(folder, config), "dev")
    assert "\n" not in str(error.value) and ".chalice/config.json" in str(error.value)
    return str(error.value)


def of_stage(**settings: Any) -> dict[str, Any]:
    return {"app_name": "x", "stages": {"dev": settings}}


@pytest.mark.parametrize(
    ("value", "right"),
    [(8080, '"8080"'), (True, '"true"'), (None, '"null"'), (1.5, '"1.5"'), ({"a": 1}, r'"{\"a\": 1}"')],
)
def test_a_variable_that_is_no_text_is_named_with_what_would_be_right(
    tmp_path: Path, value: Any, right: str
) -> None:
    said = complaint(tmp_path, of_stage(environment_variables={"PORT": value}))
    assert f"stages.dev.environment_variables.PORT is {json.dumps(value)} and must be text: {right}" in said


@pytest.mark.parametrize(
    ("config", "where"),
    [
        ({"app_name": "x", "environment_variables": {"ONE": 1}}, "environment_variables.ONE"),
        (
            of_stage(lambda_functions={"api_handler": {"environment_variables": {"ONE": 1}}}),
            "stages.dev.lambda_functions.api_handler.environment_variables.ONE",
        ),
    ],
)
def test_a_variable_is_checked_wherever_it_is_set(tmp_path: Path, config: Any, where: str) -> None:
    assert f"{where} is 1" in complaint(tmp_path, config)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"lambda_timeout": "60"}, 'stages.dev.lambda_timeout is "60" and must be a number from 1 to 900'),
        ({"lambda_timeout": 1000}, "lambda_timeout is 1000"),
        ({"lambda_memory_size": 64}, "lambda_memory_size is 64 and must be a number from 128 to 10240"),
        ({"lambda_memory_size": True}, "lambda_memory_size is true"),
        ({"api_gateway_stage": 1}, "stages.dev.api_gateway_stage is 1 and must be text"),
        ({"environment_variables": ["A=1"]}, 'environment_variables is ["A=1"] and must be an object'),
        ({"environment_variables": {"A B": "1"}}, "has 'A B'"),
        ({"environment_variables": {"AB": "a\0b"}}, "AB holds a NUL"),
        ({"lambda_functions": {"f": 5}}, "stages.dev.lambda_functions.f is 5 and must be an object"),
        ({"lambda_functions": None}, "stages.dev.lambda_functions is null"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(tmp_path: Path, settings: Any, sentence: str) -> None:
    assert sentence in complaint(tmp_path, of_stage(**settings))


@pytest.mark.parametrize("config", ["[]", "{broken", '"text"', '{"stages": []}', '{"version": "9.0"}'])
def test_a_file_of_another_shape_is_refused_in_one_line(tmp_path: Path, config: str) -> None:
    complaint(tmp_path, config)


def test_other_stages_are_not_checked_and_what_is_right_is_taken(tmp_path: Path) -> None:
    config = of_stage(lambda_timeout=900, lambda_memory_size=None, environment_variables={"PORT": "8080"})
    config["stages"]["prod"] = {"environment_variables": {"PORT": 80}}
    loaded = load_config(project(tmp_path, config), "dev")
    assert loaded.environment_variables == {"PORT": "8080"} and loaded.lambda_timeout == 900
