"""The simple design, which the bench compares with, must at least work."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from moto import mock_aws

FOLDER = Path(__file__).parents[3] / "bench" / "simple_app"


class Sent:
    """Stands for Chalice's ``websocket_api``; a connection called ``left`` cannot be posted to."""

    def __init__(self) -> None:
        self.frames: list[tuple[str, dict[str, Any]]] = []

    def send(self, connection_id: str, message: str) -> None:
        if connection_id == "left":
            raise ConnectionError("gone")
        self.frames.append((connection_id, json.loads(message)))


@pytest.fixture
def simple(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    config = json.loads((FOLDER / ".chalice" / "config.json").read_text())
    for name, value in config["stages"]["local"]["environment_variables"].items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        template = yaml.safe_load((FOLDER / "template.yaml").read_text())
        for resource in template["Resources"].values():
            boto3.client("dynamodb").create_table(**resource["Properties"])
        spec = importlib.util.spec_from_file_location("simple_app", FOLDER / "app.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.app.websocket_api = Sent()
        yield module


def event(connection_id: str, **frame: object) -> dict[str, Any]:
    context = {"connectionId": connection_id, "domainName": "localhost", "apiId": "abc", "stage": "api"}
    return {"requestContext": context, "body": json.dumps(frame)}


def test_everybody_gets_a_message_and_gone_connections_are_removed(simple: Any) -> None:
    for who in ("a", "b", "left"):
        simple.connect(event(who), None)

    simple.message(event("a", action="send", room="general", id="1", text="hello"), None)

    posted = simple.app.websocket_api.frames
    assert sorted(who for who, _ in posted) == ["a", "b"]
    assert posted[0][1]["messages"][0]["text"] == "hello"
    assert sorted(simple.every_connection()) == ["a", "b"]


def test_a_disconnected_client_is_not_posted_to(simple: Any) -> None:
    simple.connect(event("a"), None)
    simple.disconnect(event("a"), None)
    assert simple.every_connection() == []
