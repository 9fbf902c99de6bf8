"""Pages of a long room: exact bounds, both directions, over WebSocket and REST alike."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest

from local.testing import RunningStack
from testkit.client import Client, Event, People, people_at, unique

# More than one partition of the log holds (256).
COUNT = 280


@pytest.fixture(scope="module")
def long_room(stack: RunningStack) -> tuple[str, list[Event]]:
    """Return a room with many messages, and all of them as its log has them."""
    return asyncio.run(_fill(stack.url, unique("long")))


async def _fill(url: str, room: str) -> tuple[str, list[Event]]:
    async with people_at(url) as people:
        [ada] = await people.in_room(room)
        for start in range(0, COUNT, 20):
            await asyncio.gather(
                *(
                    ada.send("send", room=room, id=str(uuid.uuid4()), text=f"message {n}")
                    for n in range(start, start + 20)
                )
            )
            for n in range(start, start + 20):
                await ada.hears(room, f"message {n}")
        return room, await ada.log(room)


@pytest.fixture
async def reader(people: People, long_room: tuple[str, list[Event]]) -> AsyncIterator[Client]:
    client = await people.connect()
    await client.join(long_room[0])
    yield client


async def test_the_log_is_whole_and_in_order(long_room: tuple[str, list[Event]]) -> None:
    _, log = long_room
    assert [entry["at"] for entry in log] == list(range(1, len(log) + 1))
    assert len({entry["text"] for entry in log if not entry.get("void")}) == COUNT


async def test_paging_backwards_shows_every_message_once(
    reader: Client, long_room: tuple[str, list[Event]]
) -> None:
    room, log = long_room
    found: list[Event] = []
    page = await reader.ask("history", "history", room=room, limit=70)
    while True:
        assert [m["seq"] for m in page["messages"]] == sorted(m["seq"] for m in page["messages"])
        found = page["messages"] + found
        if not page["more"]:
            break
        page = await reader.ask("history", "history", room=room, before=found[0]["seq"], limit=70)
    assert found == log


async def test_joining_shows_the_newest_page_and_that_there_is_more(
    people: People, long_room: tuple[str, list[Event]]
) -> None:
    room, log = long_room
    joined = await (await people.connect()).join(room)
    assert joined["messages"] == log[-50:]
    assert joined["more"] is True
    assert joined["lastSeq"] == log[-1]["at"]


async def test_recovery_by_join_pages_through_everything_missed(
    people: People, long_room: tuple[str, list[Event]]
) -> None:
    room, log = long_room
    client = await people.connect()
    joined = await client.join(room, after=100)
    assert joined["messages"] == log[100:150]
    assert joined["more"] is True
    rest = await client.log(room, after=150)
    assert joined["messages"] + rest == log[100:]


@pytest.mark.parametrize(
    "bounds",
    [{}, {"limit": 100}, {"before": 258, "limit": 5}, {"after": 254, "limit": 5}, {"after": 0}, {"before": 1},
     {"after": 10_000}, {"before": 10_000, "limit": 3}, {"after": 260, "limit": 1}],
    ids=str,
)  # fmt: skip
async def test_a_page_is_the_same_over_rest(
    people: People, reader: Client, long_room: tuple[str, list[Event]], bounds: dict[str, int]
) -> None:
    room, _ = long_room
    page = await reader.ask("history", "history", room=room, **bounds)
    status, body = await people.rest("GET", f"/rooms/{room}/messages", token=reader.token, params=bounds)
    assert status == 200
    assert body["messages"] == page["messages"]
    assert body["more"] == page["more"]


@pytest.mark.parametrize(
    "query", ["before=x", "after=-1", "limit=0", "limit=101", "before=3&after=2", "before=%00"]
)
async def test_bounds_that_make_no_sense_are_invalid_over_rest(people: People, query: str) -> None:
    _, token = await people.sign_in(unique("ada"))
    status, body = await people.rest("GET", f"/rooms/general/messages?{query}", token=token)
    assert (status, body["code"]) == (400, "invalid")


@pytest.mark.parametrize("name", ["UPPER", "a_b", "x" * 65])
async def test_a_room_name_that_cannot_exist_is_invalid_over_rest(people: People, name: str) -> None:
    _, token = await people.sign_in(unique("ada"))
    status, body = await people.rest("GET", f"/rooms/{name}/messages", token=token)
    assert (status, body["code"]) == (400, "invalid")


async def test_a_page_is_cut_before_its_frame_exceeds_32_kib(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    texts = [f"{n} " + "🎈" * 3900 for n in range(5)]
    for text in texts:
        await ada.say(room, text)
    bob = await people.connect()
    joined = await bob.join(room)
    assert joined["more"] is True
    assert joined["messages"][-1]["text"] == texts[-1]
    newest = await bob.ask("history", "history", room=room, after=0)
    assert newest["more"] is True
    assert newest["messages"][0]["text"] == texts[0]
    assert [m["text"] for m in await bob.log(room)] == texts
    assert max(ada.frame_sizes + bob.frame_sizes) <= 32 * 1024


async def test_the_room_list_shows_each_rooms_last_position_and_people(
    people: People, reader: Client, long_room: tuple[str, list[Event]]
) -> None:
    room, log = long_room
    status, body = await people.rest("GET", "/rooms", token=reader.token)
    assert status == 200
    [line] = [line for line in body["rooms"] if line["room"] == room]
    assert (line["lastSeq"], line["online"]) == (log[-1]["at"], 1)
    assert (line["title"], line["access"], line["role"]) == (room, "open", None)
    assert line["unread"] == sum(entry["seq"] == entry["at"] and "void" not in entry for entry in log)
