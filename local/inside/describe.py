"""Print what a Chalice application registers, as one line of JSON. Runs inside the worker environment.

It needs nothing but what a deployed function has: the standard library, Chalice's runtime, the application.
"""

import importlib
import json
import os
import sys
import threading
import traceback
from collections.abc import Iterable
from typing import Any, NoReturn

MARK = "LOCAL-STACK-DESCRIPTION "


class NoApplicationError(Exception):
    """``app.py`` defines no Chalice object by the name that Lambda looks for."""


def cors_headers(entry: Any) -> dict[str, str] | None:
    """Headers that API Gateway's mock integration answers a preflight request with."""
    if entry.cors is None:
        return None
    return {name: str(value) for name, value in entry.cors.get_access_control_headers().items()}


AUTHORIZER_KINDS = {
    "ChaliceAuthorizer": "builtin",
    "CustomAuthorizer": "custom",
    "CognitoUserPoolAuthorizer": "cognito",
    "IAMAuthorizer": "iam",
}


def authorizer(entry: Any) -> dict[str, Any] | None:
    """The authorizer of a route, if it has one; ``function`` is a name or ARN, or None."""
    guard: Any = entry.authorizer
    if guard is None:
        return None
    names = [each.__name__ for each in type(guard).__mro__]
    kinds = [AUTHORIZER_KINDS[name] for name in names if name in AUTHORIZER_KINDS]
    found = {
        "kind": kinds[0] if kinds else "",
        "name": guard.name,
        "header": "Authorization",
        "function": None,
    }
    if found["kind"] == "builtin":
        found.update(header=guard.config.header, function=guard.config.name)
    if found["kind"] in ("custom", "cognito"):
        found["header"] = guard.to_swagger()["name"]
    if found["kind"] == "custom":
        # arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations
        uri = guard.to_swagger()["x-amazon-apigateway-authorizer"]["authorizerUri"]
        found["function"] = str(uri).partition("/functions/")[2].partition("/")[0] or None
    return found


def describe(app: Any) -> dict[str, Any]:
    """Return the routes, handlers and functions of a ``chalice.Chalice`` object as plain data."""
    return {
        "app_name": app.app_name,
        "routes": {
            path: {
                method: {
                    "cors": cors_headers(entry),
                    "authorizer": authorizer(entry),
                    "api_key_required": bool(entry.api_key_required),
                }
                for method, entry in methods.items()
            }
            for path, methods in app.routes.items()
        },
        "websocket": {key: config.handler_string for key, config in app.websocket_handlers.items()},
        "functions": {
            function.name: function.handler_string
            for function in [*app.pure_lambda_functions, *app.builtin_auth_handlers]
        },
        "event_sources": {
            source.name: [source.handler_string, type(source).__name__] for source in app.event_sources
        },
        "binary_types": list(app.api.binary_types),
    }


Step = tuple[str, int | None, str | None]
"""File, line and code of a step that led to a failure."""


def failure(steps: Iterable[Step], error: str, task_root: str) -> dict[str, Any]:
    """Say where in the application an import has failed, and why.

    Returns
    -------
    dict
        ``file`` relative to the package, ``line``, ``code`` (empty or 0 if no line of the application was
        involved, and the last also if nobody knows it), and ``error``.
    """
    found: dict[str, Any] = {"file": "", "line": 0, "code": ""}
    for filename, line, code in steps:
        if filename.startswith(task_root + os.sep):
            name = os.path.relpath(filename, task_root)
            # The line nearest to the failure, in whatever the application called.
            found = {"file": name, "line": line or 0, "code": " ".join((code or "").split())}
    return found | {"error": " ".join(error.split())}


def steps_to(error: BaseException) -> list[Step]:
    """The steps that led to an exception, the last one last."""
    steps: list[Step] = [
        (each.filename, each.lineno, each.line) for each in traceback.extract_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError) and error.filename:
        steps.append((error.filename, error.lineno, error.text))
    return steps


def load() -> dict[str, Any]:
    """Import ``app`` from the working directory, as Lambda does, and describe ``app.app``.

    Raises
    ------
    NoApplicationError
        There is no ``app.app``. Whatever the application raises comes through as well.
    """
    sys.path.insert(0, "")
    module = importlib.import_module("app")
    chalice_app = getattr(module, "app", None)
    if chalice_app is None:
        raise NoApplicationError("it defines no 'app': it needs a line like app = Chalice(app_name='name')")
    return describe(chalice_app)


def answer(found: dict[str, Any]) -> NoReturn:
    """Print the description or the failure, and end whatever the application has started."""
    sys.stdout.write(f"\n{MARK}{json.dumps(found)}\n")
    sys.stdout.flush()
    # A thread that the application has started would keep the process.
    os._exit(0)


def give_up_after(seconds: float, task_root: str) -> None:
    """Answer with the line at which the application still is after so long."""

    def give_up() -> None:
        frame = sys._current_frames()[threading.main_thread().ident or 0]
        steps = [(each.filename, each.lineno, each.line) for each in traceback.extract_stack(frame)]
        answer({"failure": failure(steps, f"it is still running after {seconds:g} s", task_root)})

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()


def main() -> None:
    """Describe the application, or say why that is not possible."""
    task_root = os.environ["LAMBDA_TASK_ROOT"]
    give_up_after(float(sys.argv[1]), task_root)
    try:
        found = load()
    except BaseException as error:  # noqa: BLE001 - SystemExit, too, is how an import may fail
        found = {"failure": failure(steps_to(error), f"{type(error).__name__}: {error}", task_root)}
    answer(found)


if __name__ == "__main__":
    main()
