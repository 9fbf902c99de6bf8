"""The written contract, ready to check frames and answers."""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DOCS = Path(__file__).parents[3] / "docs"
ASYNCAPI: dict[str, Any] = yaml.safe_load((DOCS / "asyncapi.yaml").read_text())
OPENAPI: dict[str, Any] = yaml.safe_load((DOCS / "openapi.yaml").read_text())
PROTOCOL = (DOCS / "protocol.md").read_text("utf-8")

_BASE = "https://undertone.example/"
_registry: Registry[Any] = Registry().with_resources(
    (_BASE + name, Resource.from_contents(document, default_specification=DRAFT202012))
    for name, document in (("asyncapi.yaml", ASYNCAPI), ("openapi.yaml", OPENAPI))
)


def problems(instance: object, document: str, pointer: str) -> list[str]:
    """Return what of an instance breaks the schema at a JSON pointer of a document."""
    validator = Draft202012Validator({"$ref": f"{_BASE}{document}#{pointer}"}, registry=_registry)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


def event_schemas() -> dict[str, str]:
    """Return where the schema of each event of the server stands."""
    payloads = ASYNCAPI["components"]["messages"]
    return {
        message["payload"]["properties"]["event"]["const"]: f"/components/messages/{name}/payload"
        for name, message in payloads.items()
        if "event" in message["payload"]["properties"]
    }


def action_schemas() -> dict[str, str]:
    """Return where the schema of each action of a client stands."""
    payloads = ASYNCAPI["components"]["messages"]
    return {
        message["payload"]["properties"]["action"]["const"]: f"/components/messages/{name}/payload"
        for name, message in payloads.items()
        if "event" not in message["payload"]["properties"]
    }


def examples() -> list[dict[str, Any]]:
    """Return the JSON blocks of the protocol's page: discovery, and a message."""
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PROTOCOL, re.DOTALL)]


def table(heading: str) -> list[str]:
    """Return the first cells, without back quotes, of the table under a heading of the protocol's page."""
    return re.findall(r"^\| `([^`]+)` \|", _section(heading), re.MULTILINE)


def error_codes() -> set[str]:
    """Return the error codes of the protocol's page."""
    listed, closed, _ = _section("### Error codes").partition("The list is closed")
    assert closed
    return set(re.findall(r"`([a-z_]+)`", listed)) - {"message"}


def _section(heading: str) -> str:
    _, found, rest = PROTOCOL.partition(f"\n{heading}\n")
    assert found, f"docs/protocol.md has no heading {heading!r}"
    return re.split(r"\n##+ ", rest, maxsplit=1)[0]
