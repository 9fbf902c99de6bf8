"""Joining, leaving, sending and what the others of a room receive."""

import asyncio
import re
import uuid
from typing import Any

import pytest

from testkit.client import Event, People, unique

MESSAGE_FIELDS = {
    "room", "seq", "at", "id", "user", "text", "sentAt", "sentiment",
    "editedAt", "deleted", "deletedBy", "replyTo", "mentions", "files", "reactions", "labels",
}  # fmt: skip


async def test_an_empty_room_has_no_messages_and_one_person(people: People, room: str) -> None:
    ada = await people.connect()
    joined = await ada.join(room)
    assert joined == {
        "event": "joined", "room": room, "lastSeq": 0, "messages": [], "more": False, "online": 1,
    }  # fmt: skip


async def test_a_message_reaches_everyone_with_its_sentiment(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    identifier = str(uuid.uuid4())
    own = await ada.say(room, "what a great day, I love it", identifier)
    assert await bob.hears(room, "what a great day, I love it") == own
    assert set(own) == MESSAGE_FIELDS
    assert own["seq"] == own["at"] == 1
    assert own["id"] == identifier
    assert own["user"] == ada.user
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", own["sentAt"])
    assert (own["editedAt"], own["deleted"], own["reactions"], own["labels"]) == (None, False, {}, {})
    sentiment = own["sentiment"]
    assert set(sentiment) == {"label", "score", "confidence", "model", "because"}
    assert sentiment["label"] == "positive"
    assert 0 < sentiment["score"] <= 1
    assert 0 < sentiment["confidence"] <= 1
    assert all(isinstance(word, str) and weight for word, weight in sentiment["because"])


async def test_a_joiner_gets_what_was_said_before(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    said = [await ada.say(room, text) for text in ("one", "two")]
    bob = await people.connect()
    joined = await bob.join(room)
    assert joined["messages"] == said
    assert (joined["lastSeq"], joined["more"], joined["online"]) == (2, False, 2)


async def test_a_retried_send_is_stored_once_and_answered_again(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    identifier = str(uuid.uuid4())
    first = await ada.say(room, "once", identifier)
    again = await ada.say(room, "another text", identifier)
    assert again == first
    await ada.say(room, "after")
    await bob.hears(room, "after")
    texts = [entry.get("text") for entry in await bob.log(room) if not entry.get("void")]
    assert texts == ["once", "after"]


async def test_the_same_id_of_another_user_is_another_message(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    identifier = str(uuid.uuid4())
    await ada.say(room, "hers", identifier)
    await bob.send("send", room=room, id=identifier, text="his")
    assert (await ada.hears(room, "his"))["user"] == bob.user


async def test_simultaneous_retries_are_stored_once(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    identifier = str(uuid.uuid4())
    await asyncio.gather(*(ada.send("send", room=room, id=identifier, text="once") for _ in range(5)))
    await ada.hears(room, "once")
    await asyncio.sleep(1)  # the others of the five may still be on their way
    log = await bob.log(room)
    assert [e["text"] for e in log if not e.get("void")] == ["once"]
    assert [e["at"] for e in log] == list(range(1, len(log) + 1))


async def test_who_left_hears_nothing_and_may_not_send(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    await bob.send("leave", room=room)
    for _ in range(100):  # frames may be processed side by side: a `leave` takes effect a little later
        if (await ada.join(room))["online"] == 1:
            break
        await asyncio.sleep(0.1)
    refused = await bob.error("send", room=room, id=str(uuid.uuid4()), text="let me in")
    assert refused["code"] == "not_joined"
    await ada.say(room, "is anybody there?")
    await bob.ask("ping", "pong")
    assert not [e for e in bob.events if e["event"] == "messages"]


async def test_one_connection_is_in_several_rooms_at_once(people: People) -> None:
    rooms = [unique("room") for _ in range(3)]
    ada = await people.connect()
    for room in rooms:
        await ada.join(room)
    bob = await people.connect()
    await bob.join(rooms[1])
    await bob.say(rooms[1], "only here")
    heard = await ada.hears(rooms[1], "only here")
    assert heard["room"] == rooms[1]
    await ada.say(rooms[2], "not for bob")
    await bob.ask("ping", "pong")
    assert "not for bob" not in str(bob.events)


async def test_a_connection_joins_twenty_rooms_and_not_one_more(people: People) -> None:
    ada = await people.connect()
    for _ in range(20):
        await ada.join(unique("room"))
    refused = await ada.error("join", room=unique("room"))
    assert refused["code"] == "conflict"
    assert "20" in refused["message"]


async def test_joining_after_a_position_returns_what_follows_it(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    for number in range(1, 6):
        await ada.say(room, f"message {number}")
    joined = await ada.join(room, after=3)
    assert [m["seq"] for m in joined["messages"]] == [4, 5]
    assert (joined["lastSeq"], joined["more"]) == (5, False)


async def test_a_ping_tells_how_far_the_room_was_delivered(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    await ada.say(room, "hello")
    for _ in range(100):
        pong = await ada.ask("ping", "pong", room=room)
        if pong["lastSeq"] == 1:  # the cursor moves after the frame was sent
            break
        await asyncio.sleep(0.05)
    assert pong == {"event": "pong", "room": room, "lastSeq": 1}
    assert await ada.ask("ping", "pong") == {"event": "pong"}


async def test_many_senders_give_one_order_without_gaps(people: People, room: str) -> None:
    clients = await people.in_room(room, 4)
    wanted = {f"{n}-{i}" for n in range(4) for i in range(10)}
    await asyncio.gather(
        *(
            client.send("send", room=room, id=str(uuid.uuid4()), text=f"{n}-{i}")
            for n, client in enumerate(clients)
            for i in range(10)
        )
    )
    for client in clients:
        seen: list[dict[str, object]] = []
        while {m.get("text") for m in seen} < wanted:
            frame = await client.event("messages")
            seen += frame["messages"]
        log = await client.log(room)
        assert [e["at"] for e in log] == list(range(1, len(log) + 1))
        unique_seen: dict[Any, Event] = {m["at"]: m for m in seen}
        assert [e for e in log if not e.get("void")] == [
            unique_seen[at] for at in sorted(unique_seen) if not unique_seen[at].get("void")
        ]


@pytest.mark.parametrize(
    "text",
    [
        '<b>bold</b> & "quotes" \\ / \u2028 \u2029',
        "🏳️‍🌈👩‍👩‍👧‍👦 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \U0010fffd",
        "مرحبا بالعالم \u200f עברית",
        "  spaces at both ends\t\n and lines\r\n ",
        "e\u0301 becomes é",
    ],
    ids=["markup", "astral", "right to left", "white space", "decomposed"],
)
async def test_text_is_delivered_exactly_as_stored(people: People, room: str, text: str) -> None:
    ada, bob = await people.in_room(room, 2)
    expected = text.replace("e\u0301", "é")
    await ada.send("send", room=room, id=str(uuid.uuid4()), text=text)
    heard = await bob.message(room, lambda message: True)
    assert heard["text"] == expected
    status, page = await people.rest("GET", f"/rooms/{room}/messages", token=bob.token)
    assert status == 200
    assert page["messages"][0]["text"] == expected


async def test_frames_carry_utf8_without_escapes(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    await ada.say(room, "é" * 4000)
    assert max(ada.frame_sizes) < 4000 * 3


async def test_who_vanishes_is_no_longer_online(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    await bob.close()
    for _ in range(100):
        if (await ada.join(room))["online"] == 1:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("a closed connection stays online")
