"""Describe a Chalice application: its settings, and the rest by importing it in the worker environment."""

import asyncio
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from chalice.config import Config
from chalice.utils import to_cfn_resource_name

from local.application import REST_FUNCTION, Application, Authorizer, Function, Method
from local.configuration import load_config
from local.errors import StackError
from local.import_failure import import_sentence
from local.inside import describe as inside
from local.lambdas.sandbox import Sandbox
from local.lambdas.variables import function_name, sandbox_variables
from local.processes import kill_group, start_child

# Chalice's own defaults for what config.json does not set.
_DEFAULT_TIMEOUT_SECONDS = 60
_DEFAULT_MEMORY_MB = 128
_IMPORT_TIMEOUT_SECONDS = 120
_WEBSOCKET_NAMES = {
    "$connect": "websocket_connect",
    "$default": "websocket_message",
    "$disconnect": "websocket_disconnect",
}


async def describe(
    stage: str, sandbox: Sandbox, *, import_seconds: float = _IMPORT_TIMEOUT_SECONDS
) -> Application:
    """Import the application in its sandbox and say what it consists of.

    Parameters
    ----------
    import_seconds
        How long importing it may take.

    Raises
    ------
    StackError
        It cannot be imported; the message names the line at which it fails.
    """
    config = load_config(sandbox.project, stage)
    found = await _import_elsewhere(sandbox, config.environment_variables, import_seconds)
    functions = {function.name: function for function in _functions(config, found)}
    websocket = {key: _full_name(config, _websocket_name(key)) for key in found["websocket"]}
    return Application(
        name=config.app_name,
        stage=stage,
        api_stage=config.api_gateway_stage,
        functions=functions,
        rest_routes={path: _methods(config, methods, functions) for path, methods in found["routes"].items()},
        websocket_routes=websocket,
        binary_types=tuple(found["binary_types"]),
        notes=tuple(
            f"nothing triggers {name} ({kind.removesuffix('Config')}) here; invoke {_full_name(config, name)}"
            for name, (_, kind) in found["event_sources"].items()
        ),
    )


async def _import_elsewhere(
    sandbox: Sandbox, own: Mapping[str, str], import_seconds: float
) -> dict[str, Any]:
    app = sandbox.project
    process = await start_child(
        # -P: the directory of this tool's script must not be on the path.
        [str(sandbox.python), "-P", str(Path(inside.__file__)), str(import_seconds)],
        # As Chalice's own commands say it, so that an application can tell that it is not being run.
        env=sandbox_variables(sandbox, {**own, "AWS_CHALICE_CLI_MODE": "true"}),
        cwd=sandbox.task_root,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        # It gives up by itself, unless the application keeps all threads from running.
        written, complaints = await asyncio.wait_for(process.communicate(), import_seconds + 10)
    except TimeoutError as error:
        raise StackError(f"Importing {app}/app.py takes more than {import_seconds:g} s") from error
    finally:
        kill_group(process)
    for line in written.decode("utf-8", "replace").splitlines():
        if line.startswith(inside.MARK):
            found: dict[str, Any] = json.loads(line.removeprefix(inside.MARK))
            if "failure" in found:
                raise StackError(import_sentence(app, **found["failure"]))
            return found
    said = " ".join(complaints.decode("utf-8", "replace").split())[-500:]
    raise StackError(f"{app}/app.py cannot be imported: its process ended with {process.returncode}. {said}")


def _methods(config: Config, methods: dict[str, Any], functions: Collection[str]) -> dict[str, Method]:
    return {
        name: Method(
            cors=method["cors"],
            authorizer=_authorizer(config, method["authorizer"], functions),
            api_key_required=method["api_key_required"],
        )
        for name, method in methods.items()
    }


def _authorizer(
    config: Config, found: dict[str, Any] | None, functions: Collection[str]
) -> Authorizer | None:
    if found is None:
        return None
    name, function = found["name"], found["function"]
    if found["kind"] == "builtin":
        function = _full_name(config, function)
    elif function is not None:
        # A custom authorizer may be a function of this application, or one elsewhere.
        function = function_name(function) if function_name(function) in functions else None
    # Chalice's own name for the authorizer that checks signatures says less.
    return Authorizer(found["kind"], "IAM" if found["kind"] == "iam" else name, found["header"], function)


def _functions(config: Config, found: dict[str, Any]) -> list[Function]:
    functions = [_function(config, name, handler) for name, handler in found["functions"].items()]
    functions += [_function(config, name, handler) for name, (handler, _) in found["event_sources"].items()]
    for key, handler in found["websocket"].items():
        functions.append(_function(config, _websocket_name(key), handler, keep_warm=True))
    if found["routes"]:
        functions.append(_function(config, REST_FUNCTION, "app.app", keep_warm=True))
    return functions


def _function(config: Config, name: str, handler: str, keep_warm: bool = False) -> Function:
    scoped = config.scope(chalice_stage=config.chalice_stage, function_name=name)
    return Function(
        name=_full_name(config, name),
        short_name="rest" if name == REST_FUNCTION else name,
        handler=handler,
        # Chalice's packager names this one itself.
        logical_id="APIHandler" if name == REST_FUNCTION else to_cfn_resource_name(name),
        timeout_seconds=int(scoped.lambda_timeout or _DEFAULT_TIMEOUT_SECONDS),
        memory_mb=int(scoped.lambda_memory_size or _DEFAULT_MEMORY_MB),
        environment=dict(scoped.environment_variables),
        keep_warm=keep_warm,
    )


def _websocket_name(route_key: str) -> str:
    return _WEBSOCKET_NAMES.get(route_key, _WEBSOCKET_NAMES["$default"])


def _full_name(config: Config, name: str) -> str:
    """Chalice's name for a function; the one behind the REST routes has no name of its own in it."""
    prefix = f"{config.app_name}-{config.chalice_stage}"
    return prefix if name == REST_FUNCTION else f"{prefix}-{name}"
