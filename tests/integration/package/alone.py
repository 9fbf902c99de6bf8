"""Runs inside an empty interpreter that sees the unpacked package and what Lambda provides, nothing else.

``python -I -S alone.py UNPACKED PROVIDED`` prints one JSON object: what the functions answered.
"""

import importlib
import json
import pkgutil
import sys
from importlib.machinery import SourceFileLoader

sys.path += sys.argv[1:]

compiled: list[str] = []
compile_source = SourceFileLoader.source_to_code


def source_to_code(self, data, path, **options):
    compiled.append(str(path))
    return compile_source(self, data, path, **options)


SourceFileLoader.source_to_code = source_to_code

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


mood = registry.ModelRegistry(None, lambda: None, metrics=metrics.NoMetrics()).classify("what a great day")
answers = {
    "compiled": [name for name in compiled if name.startswith(sys.argv[1])],
    "modules": imported(),
    "refused": connect("forged"),
    "health": rest("GET", "/health"),
    "mood": mood.label if mood else None,
    "from": sorted({m.__file__.split("/site-packages/")[0] for m in list(sys.modules.values())
                    if getattr(m, "__file__", None) and "site-packages" in m.__file__}),
}  # fmt: skip
sys.stdout.write("\n" + json.dumps(answers))
