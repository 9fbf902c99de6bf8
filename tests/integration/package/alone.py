"""Runs in an interpreter that sees only the unpacked package and the packages that Lambda provides.

``python -I -S alone.py UNPACKED PROVIDED`` prints the responses of the functions as one JSON object.
"""

import importlib
import json
import pkgutil
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

sys.path += sys.argv[1:]

compiled: list[str] = []
compile_source = SourceFileLoader.source_to_code


def source_to_code(self: SourceFileLoader, data: Any, path: Any, **options: Any) -> CodeType:
    compiled.append(str(path))
    return compile_source(self, data, path, **options)


setattr(SourceFileLoader, "source_to_code", source_to_code)  # noqa: B010 - mypy forbids the assignment

app = importlib.import_module("app")
chalicelib = importlib.import_module("chalicelib")
registry = importlib.import_module("chalicelib.sentiment.registry")
metrics = importlib.import_module("chalicelib.metrics")

CONTEXT = {"connectionId": "abc=", "apiId": "api", "stage": "api", "domainName": "example.invalid"}


def imported() -> list[str]:
    names = [found.name for found in pkgutil.walk_packages(chalicelib.__path__, "chalicelib.")]
    for name in names:
        importlib.import_module(name)
    return names


def rest(method: str, path: str) -> dict[str, object]:
    event = {
        "httpMethod": method,
        "path": path,
        "resource": path,
        "requestContext": {"httpMethod": method, "resourcePath": path, "identity": {"sourceIp": "127.0.0.1"}},
        "headers": {},
        "multiValueHeaders": {},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
    }
    answer = app.app(event, None)
    return {"status": answer["statusCode"], "body": json.loads(answer["body"])}


def connect(token: str) -> object:
    event = {
        "requestContext": {**CONTEXT, "routeKey": "$connect", "eventType": "CONNECT"},
        "queryStringParameters": {"token": token},
        "headers": {},
        "isBase64Encoded": False,
    }
    return app.connect(event, None)["statusCode"]


files = [getattr(module, "__file__", None) or "" for module in list(sys.modules.values())]
mood = registry.ModelRegistry(None, lambda: None, metrics=metrics.NoMetrics()).classify("what a great day")
answers = {
    "compiled": [name for name in compiled if name.startswith(sys.argv[1])],
    "modules": imported(),
    "refused": connect("forged"),
    "health": rest("GET", "/health"),
    "mood": mood.label if mood else None,
    "from": sorted({file.split("/site-packages/")[0] for file in files if "site-packages" in file}),
}
sys.stdout.write("\n" + json.dumps(answers))
