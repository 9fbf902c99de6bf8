"""A project's ``.chalice/config.json``, read as Chalice does and refused where AWS would refuse it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from chalice.cli.factory import CLIFactory
from chalice.config import Config

from local.errors import StackError

Level = tuple[str, Any]
"""A part of the configuration with the path that leads to it, for example ``stages.dev``."""

# Source: https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html
_VARIABLE_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_]+")
# Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
_NUMBERS = {"lambda_timeout": range(1, 901), "lambda_memory_size": range(128, 10241)}
_TEXTS = ("app_name", "api_gateway_stage")


def check_project(app: Path) -> None:
    """Make sure that a directory holds a Chalice application.

    Raises
    ------
    StackError
        It does not; the message names the file that is missing.
    """
    for name in ("app.py", ".chalice/config.json"):
        if not (app / name).is_file():
            raise StackError(f"{app} is not a Chalice application: there is no {name} in it (see --app)")


def load_config(app: Path, stage: str) -> Config:
    """Read ``.chalice/config.json`` for one stage.

    Raises
    ------
    StackError
        The directory holds no Chalice application, its configuration is unreadable, has other stages, or has
        a setting that AWS would refuse. The message is one line.
    """
    check_project(app)
    path = app / ".chalice" / "config.json"
    try:
        disk = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StackError(f"{path} cannot be read: {error}") from error
    for complaint in _complaints(disk, stage):
        raise StackError(f"{path}: {complaint}")
    try:
        config = CLIFactory(str(app), environ={}).create_config_obj(chalice_stage_name=stage)
    except Exception as error:
        raise StackError(f"{path}: {error or type(error).__name__}") from error
    stages = disk.get("stages", {})
    if stages and stage not in stages:
        known = ", ".join(sorted(stages))
        raise StackError(f"{path} has no stage {stage!r}; it has: {known} (see --stage)")
    if not config.app_name:
        raise StackError(f'{path} has no "app_name"')
    return config


def _complaints(disk: Any, stage: str) -> Iterator[str]:
    """What is wrong with the settings of a stage, one sentence for each."""
    for where, level in _levels(disk, stage):
        if not isinstance(level, dict):
            yield f"{where or 'it'} is {_shown(level)} and must be an object"
            continue
        variables = level.get("environment_variables", {})
        yield from _wrong_variables(_below(where, "environment_variables"), variables)
        for name, allowed in _NUMBERS.items():
            yield from _wrong(
                where, level, name, _is_in(allowed), f"a number from {allowed[0]} to {allowed[-1]}"
            )
        for name in _TEXTS:
            yield from _wrong(where, level, name, lambda value: isinstance(value, str), "text")


def _levels(disk: Any, stage: str) -> Iterator[Level]:
    """The parts that set something for this stage: the whole file, the stage, and functions of either."""
    yield "", disk
    if not isinstance(disk, dict):
        return
    yield from _functions("", disk)
    stages = disk.get("stages", {})
    yield "stages", stages
    if isinstance(stages, dict) and stage in stages:
        yield f"stages.{stage}", stages[stage]
        yield from _functions(f"stages.{stage}", stages[stage])


def _functions(where: str, level: Any) -> Iterator[Level]:
    functions = level.get("lambda_functions", {}) if isinstance(level, dict) else {}
    yield _below(where, "lambda_functions"), functions
    if isinstance(functions, dict):
        for name, settings in functions.items():
            yield _below(where, f"lambda_functions.{name}"), settings


def _wrong_variables(where: str, variables: Any) -> Iterator[str]:
    if not isinstance(variables, dict | None):
        yield f"{where} is {_shown(variables)} and must be an object"
        return
    for name, value in (variables or {}).items():
        if not _VARIABLE_NAME.fullmatch(name):
            yield f"{where} has {name!r}: the name of a variable is letters, digits and _, a letter first"
        elif not isinstance(value, str):
            right = json.dumps(json.dumps(value, ensure_ascii=False), ensure_ascii=False)
            yield f"{where}.{name} is {_shown(value)} and must be text: {right}"
        elif "\0" in value:
            yield f"{where}.{name} holds a NUL character, which no variable can hold"


def _wrong(
    where: str, level: dict[str, Any], name: str, right: Callable[[Any], bool], what: str
) -> Iterator[str]:
    # null is what Chalice takes for a setting that is not there.
    if level.get(name) is not None and not right(level[name]):
        yield f"{_below(where, name)} is {_shown(level[name])} and must be {what}"


def _is_in(allowed: range) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value in allowed


def _below(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"
