"""Edits, deletions, reactions and labels are entries of the room's one log; presence and typing are not."""

import asyncio
import uuid

import pytest

from testkit.client import Client, Event, People


async def change(client: Client, message: Event, action: str, **fields: object) -> Event:
    """Change a message and return the client's copy of its new state."""
    await client.send(action, room=message["room"], seq=message["seq"], **fields)
    return await newer(client, message)


async def newer(client: Client, message: Event) -> Event:
    """Return the next live state of a message that is later than the one given."""
    return await client.message(
        message["room"], lambda m: m["seq"] == message["seq"] and m["at"] > message["at"]
    )


async def test_an_edit_keeps_the_place_and_is_scored_anew(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    first = await ada.say(room, "what a great day, I love it")
    edited = await change(ada, first, "edit", text="what an awful day, I hate it")
    assert edited["seq"] == first["seq"]
    assert edited["at"] == first["at"] + 1
    assert edited["text"] == "what an awful day, I hate it"
    assert edited["editedAt"] >= edited["sentAt"] == first["sentAt"]
    assert edited["sentiment"]["label"] == "negative"
    assert await newer(bob, first) == edited
    assert (await bob.log(room))[-1] == edited


async def test_a_deleted_message_keeps_its_position_and_loses_its_text(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    first = await ada.say(room, "I should not have said that")
    deleted = await change(ada, first, "delete")
    assert (deleted["deleted"], deleted["text"]) == (True, "")
    assert await newer(bob, first) == deleted
    carol = await people.connect()
    [shown] = (await carol.join(room))["messages"]
    assert (shown["seq"], shown["text"]) == (first["seq"], "")
    assert "should not" not in str(await carol.log(room))


async def test_each_person_counts_once_with_each_reaction(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    first = await ada.say(room, "lunch?")
    once = await change(ada, first, "react", emoji="👍", on=True)
    assert once["reactions"] == {"👍": 1}
    both = await change(bob, once, "react", emoji="👍", on=True)
    assert both["reactions"] == {"👍": 2}
    page = await bob.ask("history", "history", room=room)
    assert page["messages"][-1]["mine"] == {"reactions": ["👍"], "label": None}
    less = await change(ada, both, "react", emoji="👍", on=False)
    assert less["reactions"] == {"👍": 1}
    page = await ada.ask("history", "history", room=room)
    assert "mine" not in page["messages"][-1]


async def test_many_simultaneous_reactions_all_count(people: People, room: str) -> None:
    clients = await people.in_room(room, 5)
    first = await clients[0].say(room, "who is in?")
    await asyncio.gather(
        *(c.send("react", room=room, seq=first["seq"], emoji="🙋", on=True) for c in clients)
    )
    for client in clients:
        await client.message(room, lambda m: m["seq"] == first["seq"] and m.get("reactions") == {"🙋": 5})
    log = await clients[0].log(room)
    assert log[-1]["reactions"] == {"🙋": 5}


async def test_a_label_is_counted_changed_and_withdrawn(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    first = await ada.say(room, "well, great")
    labelled = await change(bob, first, "label", label="negative")
    assert labelled["labels"] == {"negative": 1}
    assert labelled["sentiment"] == first["sentiment"]
    other = await change(bob, labelled, "label", label="neutral")
    assert other["labels"] == {"neutral": 1}
    await bob.raw(f'{{"action":"label","room":"{room}","seq":{first["seq"]},"label":null}}')
    assert (await newer(bob, other))["labels"] == {}


@pytest.mark.parametrize(("action", "fields"), [("edit", {"text": "mine now"}), ("delete", {})])
async def test_what_others_wrote_cannot_be_changed(
    people: People, room: str, action: str, fields: dict[str, str]
) -> None:
    ada, bob = await people.in_room(room, 2)
    first = await ada.say(room, "mine")
    refused = await bob.error(action, room=room, seq=first["seq"], **fields)
    assert (refused["code"], refused["action"]) == ("forbidden", action)
    assert (await ada.log(room)) == [first]


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("edit", {"text": "x"}),
        ("delete", {}),
        ("react", {"emoji": "👍", "on": True}),
        ("label", {"label": "neutral"}),
    ],
)
async def test_a_message_that_is_not_there_is_not_found(
    people: People, room: str, action: str, fields: dict[str, object]
) -> None:
    [ada] = await people.in_room(room)
    assert (await ada.error(action, room=room, seq=7, **fields))["code"] == "not_found"


async def test_who_comes_and_goes_is_told_to_the_others(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    bob = await people.connect()
    assert (await bob.join(room))["online"] == 2
    came = await ada.event("presence", lambda e: bob.user in e.get("joined", []))
    assert (came["room"], came["online"]) == (room, 2)
    await bob.close()
    went = await ada.event("presence", lambda e: bob.user in e.get("left", []))
    assert went["online"] == 1


async def test_typing_is_told_to_the_others_and_never_stored(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    await ada.send("typing", room=room, active=True)
    assert await bob.event("typing") == {"event": "typing", "room": room, "user": ada.user, "active": True}
    assert await bob.log(room) == []


async def test_the_mood_of_a_room_is_counted_in_buckets(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    await ada.say(room, "what a great day, I love it")
    await ada.say(room, "this is awful, I hate it")
    status, body = await people.rest("GET", f"/rooms/{room}/mood", token=ada.token, params={"minutes": 10})
    assert status == 200
    [buckets] = [value for value in body.values() if isinstance(value, list)]
    assert set(buckets[0]) == {"from", "to", "count", "mean", "negative", "neutral", "positive"}
    assert sum(bucket["count"] for bucket in buckets) == 2
    assert sum(bucket["positive"] for bucket in buckets) == 1
    assert sum(bucket["negative"] for bucket in buckets) == 1


async def test_a_change_is_recovered_by_its_place_in_the_log(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    first = await ada.say(room, "frist")
    await ada.say(room, "second")
    edited = await change(ada, first, "edit", text="first")
    bob = await people.connect()
    missed = (await bob.join(room, after=2))["messages"]
    assert missed == [edited]
    again = await ada.ask("history", "history", room=room)
    assert [m["text"] for m in again["messages"]] == ["first", "second"]
    identifier = str(uuid.uuid4())
    await ada.say(room, "third", identifier)
    assert (await bob.hears(room, "third"))["at"] == 4
