"""The written contract, the code and the protocol's examples say the same."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

import app as application
from chalicelib import errors
from chalicelib.domain.changes import MAX_EMOJI
from chalicelib.domain.connections import MAX_ROOMS
from chalicelib.domain.text import MAX_TEXT_LENGTH
from chalicelib.entrypoints import rest
from chalicelib.protocol import errors as envelope
from chalicelib.protocol import limits
from chalicelib.protocol.actions import ACTIONS, parse_command
from chalicelib.protocol.frames import parse_frame
from testkit.world import World
from tests.unit.contract.contract import (
    ASYNCAPI,
    DOCS,
    OPENAPI,
    action_schemas,
    event_schemas,
    problems,
)

PROTOCOL = Path(__file__).parents[4] / "shared" / "protocol.md"


def an_eventful_chat() -> list[dict[str, Any]]:
    """Return every frame that clients got in a chat in which everything happens."""
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    identifier = str(uuid.uuid4())
    for text in ("a good day", "again"):
        ada.say("general", text, identifier)
    for action, fields in (
        ("typing", {"active": True}),
        ("edit", {"seq": 1, "text": "a better day"}),
        ("react", {"seq": 1, "emoji": "👍", "on": True}),
        ("react", {"seq": 1, "emoji": "👍", "on": True}),
        ("label", {"seq": 1, "label": "positive"}),
        ("history", {"after": 0, "ref": "r"}),
        ("history", {"ref": "r"}),
        ("ping", {"ref": "r"}),
        ("delete", {"seq": 1}),
        ("dance", {}),
        ("send", {"id": identifier, "text": ""}),
    ):
        ada.send(action=action, room="general", **fields)
    ada.send(action="ping")
    world.classifier.broken = True
    bob.say("general", "no model", str(uuid.uuid4()))
    bob.disconnect()
    ada.send(action="join", room="general", after=0)
    return ada.events + [json.loads(f) for f in world.gateway.frames.get(bob.id, [])]


def test_the_documents_are_valid() -> None:
    validate(json.loads(json.dumps(OPENAPI)), base_uri=(DOCS / "openapi.yaml").as_uri())
    for name, message in ASYNCAPI["components"]["messages"].items():
        assert message["summary"], name
        assert {"$ref": f"#/components/messages/{name}"} == ASYNCAPI["channels"]["chat"]["messages"][name]


def test_every_event_that_the_server_sends_is_as_written() -> None:
    schemas = event_schemas()
    seen = set()
    for event in an_eventful_chat():
        assert problems(event, "asyncapi.yaml", schemas[event["event"]]) == []
        seen.add(event["event"])
    assert seen | {"typing"} == set(schemas), "every event happened (but typing, which goes to others)"


def test_the_others_see_typing_as_written() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    ada.send(action="typing", room="general", active=True)
    (event,) = [e for e in bob.events if e["event"] == "typing"]
    assert problems(event, "asyncapi.yaml", event_schemas()["typing"]) == []


def test_the_actions_of_the_code_are_those_written() -> None:
    assert set(ACTIONS) == set(action_schemas())


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_a_frame_without_a_required_field_is_refused_by_the_code_too(action: str) -> None:
    payload = ASYNCAPI["components"]["messages"][action]["payload"]
    whole = {
        "action": action,
        "room": "general",
        "id": str(uuid.uuid4()),
        "text": "x",
        "active": True,
        "seq": 1,
        "emoji": "👍",
        "on": True,
        "label": None,
    }
    assert problems(whole, "asyncapi.yaml", action_schemas()[action]) == []
    parse_command(parse_frame(json.dumps(whole)))
    for field in set(payload["required"]) - {"action"}:
        partial = {name: value for name, value in whole.items() if name != field}
        assert problems(partial, "asyncapi.yaml", action_schemas()[action])
        with pytest.raises(errors.Invalid, match=field):
            parse_command(parse_frame(json.dumps(partial)))


def test_the_limits_of_the_code_are_those_written() -> None:
    schemas = ASYNCAPI["components"]["schemas"]
    assert schemas["Text"]["maxLength"] == MAX_TEXT_LENGTH
    assert (schemas["Limit"]["maximum"], schemas["Limit"]["default"]) == (
        limits.MAX_PAGE_SIZE,
        limits.DEFAULT_PAGE_SIZE,
    )
    assert schemas["Ref"]["maxLength"] == limits.MAX_REF_LENGTH
    assert schemas["Place"]["maximum"] == limits.MAX_POSITION
    assert schemas["Message"]["properties"]["reactions"]["maxProperties"] == MAX_EMOJI
    assert f"({MAX_ROOMS} at most" in ASYNCAPI["components"]["messages"]["join"]["summary"]
    (minutes,) = [
        p["schema"] for p in OPENAPI["paths"]["/rooms/{room}/mood"]["get"]["parameters"] if "name" in p
    ]
    assert (minutes["maximum"], minutes["default"]) == (rest.MAX_MOOD_MINUTES, rest.DEFAULT_MOOD_MINUTES)


def test_the_error_codes_of_the_code_are_those_written() -> None:
    codes = {envelope.code(problem("")) for problem in errors.ChatError.__subclasses__()}
    assert codes == set(ASYNCAPI["components"]["schemas"]["ErrorCode"]["enum"])


def test_the_routes_of_the_code_are_those_written() -> None:
    routes = {
        (path, method.lower()) for path, entries in application.app.routes.items() for method in entries
    }
    written = {(path, method) for path, methods in OPENAPI["paths"].items() for method in methods}
    assert routes == written


@pytest.mark.skipif(not PROTOCOL.exists(), reason="the protocol's own page is not beside this checkout")
def test_the_examples_of_the_protocol_are_as_written() -> None:
    text = PROTOCOL.read_text()
    example = re.search(r"A message:\n\n```json\n(.*?)```", text, re.S)
    assert example is not None
    message = json.loads(example[1].replace("3f0c…", str(uuid.uuid4())))
    assert problems(message, "asyncapi.yaml", "/components/schemas/Message") == []
    void = {"room": "general", "seq": 7, "at": 7, "void": True}
    assert problems(void, "asyncapi.yaml", "/components/schemas/Void") == []
    listed = re.search(
        r"### Error codes\n(.*?)\nThe list is closed|### Error codes\n(.*?)The list is closed", text, re.S
    )
    assert listed is not None
    codes = set(re.findall(r"`([a-z_]+)`", listed[0])) - {"message"}
    assert codes == set(ASYNCAPI["components"]["schemas"]["ErrorCode"]["enum"])
    actions = set(re.findall(r"^\| `([a-z]+)` \| `?(?:room|seq)", text, re.M))
    assert set(action_schemas()) <= actions | set(event_schemas())
