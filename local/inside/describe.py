"""Print what a Chalice application registers, as one line of JSON. Runs inside the worker environment.

It needs nothing but what a deployed function has: the standard library, Chalice's runtime, the application.
"""

import importlib
import json
import sys
from typing import Any

MARK = "LOCAL-STACK-DESCRIPTION "


def cors_headers(entry: Any) -> dict[str, str] | None:
    """Headers that API Gateway's mock integration answers a preflight request with."""
    if entry.cors is None:
        return None
    return {name: str(value) for name, value in entry.cors.get_access_control_headers().items()}


def authorizer_name(entry: Any) -> str | None:
    """The kind and name of the authorizer of a route, if it has one."""
    if entry.authorizer is None:
        return None
    return f"{type(entry.authorizer).__name__} {entry.authorizer.name!r}"


def describe(app: Any) -> dict[str, Any]:
    """Return the routes, handlers and functions of a ``chalice.Chalice`` object as plain data."""
    return {
        "app_name": app.app_name,
        "routes": {
            path: {
                method: {
                    "cors": cors_headers(entry),
                    "authorizer": authorizer_name(entry),
                    "api_key_required": bool(entry.api_key_required),
                }
                for method, entry in methods.items()
            }
            for path, methods in app.routes.items()
        },
        "websocket": {key: config.handler_string for key, config in app.websocket_handlers.items()},
        "functions": {function.name: function.handler_string for function in app.pure_lambda_functions},
        "event_sources": {
            source.name: [source.handler_string, type(source).__name__] for source in app.event_sources
        },
        "binary_types": list(app.api.binary_types),
    }


def main() -> None:
    """Import ``app`` from the working directory, as Lambda does, and describe ``app.app``."""
    sys.path.insert(0, "")
    module = importlib.import_module("app")
    chalice_app = getattr(module, "app", None)
    if chalice_app is None:
        raise SystemExit("app.py defines no 'app': it needs a line like app = Chalice(app_name='name')")
    sys.stdout.write(f"\n{MARK}{json.dumps(describe(chalice_app))}\n")


if __name__ == "__main__":
    main()
