"""Actions of the wire, commands of the domain and the use cases that serve them."""

import json
from typing import get_args

import pytest

from chalicelib.domain import commands
from chalicelib.protocol.actions import ACTIONS, parse_command
from chalicelib.protocol.frames import parse_frame
from testkit.world import World

FIELDS = {
    "room": "general",
    "id": "3f0c6d3e-8f57-4c8b-9d7e-0a1b2c3d4e5f",
    "text": "hello",
    "seq": 1,
    "active": True,
    "emoji": "👍",
    "on": True,
    "label": "positive",
    "reason": "not kind",
    "at": 1,
}


def test_every_command_has_an_action_and_every_action_a_command_of_its_own() -> None:
    parsed = [type(parse_command(parse_frame(json.dumps({"action": a, **FIELDS})))) for a in ACTIONS]
    assert len(set(parsed)) == len(parsed)
    assert set(parsed) == set(get_args(commands.Command))


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_an_action_of_a_member_is_served(action: str) -> None:
    world = World()
    ada = world.client("Ada", "general")
    ada.say("general", "hello", "11111111-2222-4333-8444-555555555555")
    events = ada.send(action=action, **FIELDS)
    assert "error" not in [event["event"] for event in events]
    assert not world.metrics.counted
