"""Runs inside an empty interpreter that sees the unpacked package and what Lambda provides, nothing else.

``python -I -S alone.py UNPACKED PROVIDED`` prints one JSON object: what the functions answered.
"""

import importlib
import json
import pkgutil
import sys

sys.path += sys.argv[1:]

import app
import chalicelib
from chalicelib.sentiment.registry import ModelRegistry

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


mood = ModelRegistry(None, lambda: None).classify("what a great day")
answers = {
    "modules": imported(),
    "refused": connect("forged"),
    "health": rest("GET", "/health"),
    "mood": mood.label if mood else None,
    "from": sorted({m.__file__.split("/site-packages/")[0] for m in list(sys.modules.values())
                    if getattr(m, "__file__", None) and "site-packages" in m.__file__}),
}  # fmt: skip
sys.stdout.write("\n" + json.dumps(answers))
