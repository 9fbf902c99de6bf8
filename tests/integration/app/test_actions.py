"""Every action goes through the whole application: an action without a use case would show here."""

import uuid
from typing import Any

import pytest

from chalicelib.protocol.actions import ACTIONS
from testkit.client import People

# For each action its fields, and the event that its sender gets because of it.
SAMPLES: dict[str, tuple[dict[str, Any], str]] = {
    "join": ({}, "joined"),
    "leave": ({}, "presence"),
    "send": ({"text": "hello"}, "messages"),
    "history": ({}, "history"),
    "typing": ({"active": True}, "typing"),
    "edit": ({"seq": 1, "text": "a new text"}, "messages"),
    "delete": ({"seq": 1}, "messages"),
    "react": ({"seq": 1, "emoji": "👍", "on": True}, "messages"),
    "label": ({"seq": 1, "label": "positive"}, "messages"),
    "ping": ({}, "pong"),
}


@pytest.mark.parametrize("action", sorted(ACTIONS))
async def test_an_action_has_its_effect(people: People, room: str, action: str) -> None:
    fields, event = SAMPLES[action]
    ada, bob = await people.in_room(room, 2)
    await ada.say(room, "the first message")
    await bob.hears(room, "the first message")
    # What is told to everyone but its sender, a second person hears.
    hears = bob if event in ("presence", "typing") else ada
    hears.events.clear()
    identifier = {"id": str(uuid.uuid4())} if action == "send" else {}
    await ada.send(action, room=room, **fields, **identifier)
    assert (await hears.event(event))["room"] == room
