"""The schemas, the protocol's page and the code say the same."""

import json
import re
import uuid
from dataclasses import fields
from typing import Any

import pytest
from openapi_spec_validator import validate

import app as application
from chalicelib import errors
from chalicelib.domain.changes import MAX_EMOJI
from chalicelib.domain.connections import MAX_ROOMS
from chalicelib.domain.messages import Message, User
from chalicelib.domain.text import MAX_TEXT_LENGTH
from chalicelib.entrypoints import rest
from chalicelib.protocol import errors as envelope
from chalicelib.protocol import limits
from chalicelib.protocol.actions import ACTIONS, parse_command
from chalicelib.protocol.entries import entry
from chalicelib.protocol.frames import parse_frame
from chalicelib.service.keeping import Description
from testkit.rest import Rest
from testkit.world import Client, World
from tests.unit.contract.contract import (
    ASYNCAPI,
    DOCS,
    OPENAPI,
    action_schemas,
    error_codes,
    event_schemas,
    examples,
    problems,
    table,
)


def an_eventful_chat() -> list[dict[str, Any]]:
    """Return every frame that clients got in a chat in which everything happens."""
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    identifier = str(uuid.uuid4())
    for text in ("a good day", "again"):
        ada.say("general", text, identifier)
    for action, values in (
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
        ada.send(action=action, room="general", **values)
    ada.send(action="ping")
    ada.send(action="ping", rooms={"general": 0, "elsewhere": 0}, ref="r")
    world.classifier.broken = True
    bob.say("general", "no model", str(uuid.uuid4()))
    world.connect(bob.token, "general").send(action="read", room="general", at=1)
    house = world.chat.house()
    link = house.device_links.make(world.chat.sessions.of(bob.token))
    house.device_links.sign_in(link.secret, "127.0.0.1")
    Rest(world).call("PUT", "/rooms/general/mine", bob.token, {"notices": "all", "hidden": True})
    world.run_delivery()
    heard = bob.events
    bob.disconnect()
    world.run_delivery()
    ada.send(action="join", room="general", after=0)
    a_room_of_its_own(world, ada)
    world.classifier.broken = False
    a_turn(world, ada)
    return ada.events + heard


def a_room_of_its_own(world: World, ada: Client) -> None:
    """Let somebody be added to a private room, hear of its new topic, and be removed."""
    keeping = world.chat.house().keeping
    owner = world.chat.sessions.create("Olga", None, "127.0.0.1")
    user = world.chat.sessions.of(ada.token).user
    keeping.create(owner, "club", Description(access="private"))
    keeping.put_member(owner, "club", user.id, "member")
    ada.send(action="join", room="club")
    keeping.describe(owner, "club", Description(topic="books"))
    world.run_delivery()
    keeping.drop_member(owner, "club", user.id)
    world.run_delivery()


def a_turn(world: World, ada: Client) -> None:
    """Let a room be neither good nor bad for hours, and then good."""
    people = [ada, *(world.client(name, "garden") for name in ("Cy", "Di"))]
    ada.send(action="join", room="garden")
    for hour in range(9):
        for client in people * (10 if hour == 8 else 1):
            client.say("garden", "good" if hour == 8 else "so so", str(uuid.uuid4()))
        world.clock.sleep(3600)
    world.run_delivery()


def test_the_schemas_are_valid() -> None:
    validate(json.loads(json.dumps(OPENAPI)), base_uri=(DOCS / "openapi.yaml").as_uri())
    for name, message in ASYNCAPI["components"]["messages"].items():
        assert message["summary"], name
        assert {"$ref": f"#/components/messages/{name}"} == ASYNCAPI["channels"]["chat"]["messages"][name]


def test_every_event_that_the_server_sends_matches_its_schema() -> None:
    schemas = event_schemas()
    seen = set()
    for event in an_eventful_chat():
        assert problems(event, "asyncapi.yaml", schemas[event["event"]]) == []
        seen.add(event["event"])
    assert seen | {"typing"} == set(schemas), "every event happened (but typing, which goes to others)"


def test_a_typing_event_to_others_matches_its_schema() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    ada.send(action="typing", room="general", active=True)
    (event,) = [e for e in bob.events if e["event"] == "typing"]
    assert problems(event, "asyncapi.yaml", event_schemas()["typing"]) == []


def test_a_ping_of_rooms_is_documented_with_its_limits() -> None:
    schema = action_schemas()["ping"]
    assert problems({"action": "ping", "rooms": {"general": 42}}, "asyncapi.yaml", schema) == []
    for rooms in ({"No Room": 1}, {"general": None}, {f"room-{n}": 0 for n in range(MAX_ROOMS + 1)}):
        assert problems({"action": "ping", "rooms": rooms}, "asyncapi.yaml", schema)


def test_the_code_has_exactly_the_documented_actions() -> None:
    assert set(ACTIONS) == set(action_schemas())


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_a_frame_that_lacks_a_required_field_is_refused(action: str) -> None:
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
        "reason": "not kind",
        "at": 1,
    }
    assert problems(whole, "asyncapi.yaml", action_schemas()[action]) == []
    parse_command(parse_frame(json.dumps(whole)))
    for field in set(payload["required"]) - {"action"}:
        partial = {name: value for name, value in whole.items() if name != field}
        assert problems(partial, "asyncapi.yaml", action_schemas()[action])
        with pytest.raises(errors.Invalid, match=field):
            parse_command(parse_frame(json.dumps(partial)))


def test_every_field_of_a_message_is_sent() -> None:
    message = Message("general", 1, 2, "i", User("u", "Ada"), "x", "2026-11-22T10:00:00.123Z", None)
    names = {re.sub(r"_(\w)", lambda found: found[1].upper(), each.name) for each in fields(Message)}
    assert set(entry(message)) == names
    assert set(ASYNCAPI["components"]["schemas"]["Message"]["properties"]) >= names


def test_the_code_has_exactly_the_documented_limits() -> None:
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


def test_the_code_has_exactly_the_documented_error_codes() -> None:
    codes = {envelope.code(problem("")) for problem in errors.ChatError.__subclasses__()}
    assert codes == set(ASYNCAPI["components"]["schemas"]["ErrorCode"]["enum"])


def test_the_code_has_exactly_the_documented_routes() -> None:
    routes = {
        (path, method.lower()) for path, entries in application.app.routes.items() for method in entries
    }
    written = {(path, method) for path, methods in OPENAPI["paths"].items() for method in methods}
    assert routes == written


def test_the_protocol_page_shows_a_message_as_the_schema_has_it() -> None:
    message = examples()[1] | {"id": str(uuid.uuid4())}
    assert problems(message, "asyncapi.yaml", "/components/schemas/Message") == []
    void = {"room": "general", "seq": 7, "at": 7, "void": True}
    assert problems(void, "asyncapi.yaml", "/components/schemas/Void") == []


def test_the_protocol_page_lists_every_error_code_and_no_other() -> None:
    assert error_codes() == set(ASYNCAPI["components"]["schemas"]["ErrorCode"]["enum"])


def test_the_protocol_page_lists_every_action_and_event_and_no_other() -> None:
    assert table("### Client → server") == list(action_schemas())
    assert sorted(table("### Server → client")) == sorted(event_schemas())


def test_the_protocol_page_lists_every_route_but_the_report() -> None:
    calls = {tuple(call.partition("?")[0].split()) for call in table("## REST")}
    written = {(method.upper(), path) for path, methods in OPENAPI["paths"].items() for method in methods}
    assert calls == written - {("GET", "/model/report")}
