"""Every action goes through the whole application: an action without a use case would show here."""

import uuid
from typing import Any

import pytest

from chalicelib.protocol.actions import ACTIONS
from testkit.client import People, unique
from testkit.undertone import ADMIN_CODE

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
    "read": ({"at": 1}, "read"),
    "report": ({"seq": 1, "reason": "not kind"}, "report"),
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
    if event == "read":  # told to the other connections of who reads
        hears = await people.open(ada.user, ada.token)
    hears.events.clear()
    identifier = {"id": str(uuid.uuid4())} if action == "send" else {}
    await ada.send(action, room=room, **fields, **identifier)
    if event == "report":  # seen by admins alone
        _, token = await people.sign_in(unique("root"), adminCode=ADMIN_CODE)
        _, found = await people.rest("GET", "/reports", token=token)
        while room not in [report["room"] for report in found["reports"]]:
            _, found = await people.rest("GET", "/reports", token=token)
        return
    assert (await hears.event(event))["room"] == room
