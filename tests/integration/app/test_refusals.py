"""Frames that are refused: each changes nothing, and the connection stays open."""

import json
import uuid
from typing import Any

import pytest

from testkit.client import People

ID = "3f0c6d3e-8f57-4c8b-9d7e-0a1b2c3d4e5f"


async def test_what_is_not_json_is_bad_json(people: People) -> None:
    ada = await people.connect()
    for text in ("{", "", "NaN", '{"action": "ping", "x": Infinity}', "\u0000"):
        await ada.raw(text)
        error = await ada.event("error")
        assert error["code"] == "bad_json", text
        assert error["message"]
    await ada.ask("ping", "pong")


async def test_what_is_no_object_or_no_text_is_a_bad_frame(people: People) -> None:
    ada = await people.connect()
    for text in ("[]", "1", '"ping"', "null"):
        await ada.raw(text)
        assert (await ada.event("error"))["code"] == "bad_frame", text
    await ada.socket.send_bytes(b'{"action":"ping"}')
    assert (await ada.event("error"))["code"] == "bad_frame"
    await ada.ask("ping", "pong")


@pytest.mark.parametrize("action", ["dance", "", "Join", 7, ["join"], {"a": 1}, True])
async def test_an_action_that_does_not_exist_is_unknown(people: People, action: Any) -> None:
    ada = await people.connect()
    await ada.raw(json.dumps({"action": action, "ref": "r"}))
    error = await ada.event("error")
    assert (error["code"], error["ref"]) == ("unknown_action", "r")


async def test_a_frame_without_an_action_is_unknown(people: People) -> None:
    ada = await people.connect()
    await ada.raw("{}")
    assert (await ada.event("error"))["code"] == "unknown_action"


@pytest.mark.parametrize(
    ("action", "fields", "named"),
    [
        ("join", {}, "room"),
        ("join", {"room": "UPPER"}, "room"),
        ("join", {"room": "-dash"}, "room"),
        ("join", {"room": "x" * 65}, "room"),
        ("join", {"room": "new\nline"}, "room"),
        ("join", {"room": "line\n"}, "room"),
        ("join", {"room": ["a"]}, "room"),
        ("join", {"room": "a", "after": -1}, "after"),
        ("join", {"room": "a", "after": 1.5}, "after"),
        ("join", {"room": "a", "after": "1"}, "after"),
        ("join", {"room": "a", "after": True}, "after"),
        ("join", {"room": "a", "after": 2**53}, "after"),
        ("send", {"id": ID, "text": "x"}, "room"),
        ("send", {"room": "ROOM", "text": "x"}, "room"),
        ("send", {"room": "a", "text": "x"}, "id"),
        ("send", {"room": "a", "id": "7", "text": "x"}, "id"),
        ("send", {"room": "a", "id": ID}, "text"),
        ("send", {"room": "a", "id": ID, "text": ""}, "text"),
        ("send", {"room": "a", "id": ID, "text": "x" * 4001}, "text"),
        ("send", {"room": "a", "id": ID, "text": "a\u0000b"}, "text"),
        ("send", {"room": "a", "id": ID, "text": "\u2800\ufffc"}, "text"),
        ("edit", {"room": "a", "seq": 1, "text": "\u3164 "}, "text"),
        ("send", {"room": "a", "id": ID, "text": 7}, "text"),
        ("history", {"room": "a", "before": 3, "after": 1}, "before"),
        ("history", {"room": "a", "limit": 0}, "limit"),
        ("history", {"room": "a", "limit": 101}, "limit"),
        ("history", {"room": "a", "before": 0}, "before"),
        ("ping", {"room": "No"}, "room"),
        ("ping", {"ref": "x" * 65}, "ref"),
        ("ping", {"ref": 7}, "ref"),
    ],
)
async def test_a_field_out_of_range_is_invalid_and_named(
    people: People, action: str, fields: dict[str, Any], named: str
) -> None:
    ada = await people.connect()
    await ada.raw(json.dumps({"action": action, **fields}))
    error = await ada.event("error")
    assert error["code"] == "invalid"
    assert named in error["message"]
    assert error["action"] == action
    await ada.ask("ping", "pong")


async def test_a_lone_surrogate_is_invalid(people: People) -> None:
    ada = await people.connect()
    await ada.raw(f'{{"action":"send","room":"a","id":"{ID}","text":"\\ud800"}}')
    error = await ada.event("error")
    assert (error["code"], error["id"]) == ("invalid", ID)


@pytest.mark.parametrize("action", ["send", "history", "ping"])
async def test_a_room_that_was_not_joined_is_not_joined(people: People, room: str, action: str) -> None:
    ada = await people.connect()
    fields = {"id": ID, "text": "x"} if action == "send" else {}
    error = await ada.error(action, room=room, **fields)
    assert error["code"] == "not_joined"
    assert error["action"] == action
    assert error.get("id") == (ID if action == "send" else None)


async def test_what_was_refused_is_not_stored(people: People, room: str) -> None:
    ada = await people.connect()
    await ada.error("send", room=room, id=ID, text="x")
    joined = await ada.join(room)
    assert (joined["lastSeq"], joined["messages"]) == (0, [])


async def test_unknown_fields_are_ignored(people: People, room: str) -> None:
    ada = await people.connect()
    joined = await ada.ask("join", "joined", room=room, colour="blue", nested={"a": [1]})
    assert joined["room"] == room


async def test_the_longest_text_fits_and_one_character_more_does_not(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    longest = "🎉" * 3990  # 15,960 bytes: with its envelope just within a frame
    assert (await ada.say(room, longest))["text"] == longest
    error = await ada.error("send", room=room, id=str(uuid.uuid4()), text="x" * 4001)
    assert error["code"] == "invalid"
    assert "4,000" in error["message"] or "4000" in error["message"]


async def test_a_frame_beyond_16_kib_is_too_large(people: People) -> None:
    ada = await people.connect()
    frame = '{"action":"ping","ref":"r","x":""}'
    await ada.raw(frame.replace('""', '"%s"' % ("x" * (16 * 1024 - len(frame)))))
    assert (await ada.event("pong"))["ref"] == "r"
    await ada.raw(frame.replace('""', '"%s"' % ("x" * (16 * 1024 - len(frame) + 1))))
    error = await ada.event("error")
    assert (error["code"], error["ref"], error["action"]) == ("too_large", "r", "ping")
    await ada.ask("ping", "pong")


async def test_a_frame_beyond_32_kib_ends_the_connection(people: People) -> None:
    ada = await people.connect()
    await ada.raw("x" * (32 * 1024 + 1))
    assert await ada.closed() == 1009


@pytest.mark.parametrize(
    "depth", ["[" * 8000 + "]" * 8000, '{"a":' * 2000 + "1" + "}" * 2000], ids=["lists", "objects"]
)
async def test_deep_nesting_is_refused_like_any_nonsense(people: People, depth: str) -> None:
    ada = await people.connect()
    await ada.raw(depth)
    assert (await ada.event("error"))["code"] in ("bad_json", "bad_frame", "unknown_action")
    await ada.ask("ping", "pong")
