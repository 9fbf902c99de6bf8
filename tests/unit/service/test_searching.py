"""Search in a room, within its budget, and on from where it ended."""

import uuid
from dataclasses import replace

from chalicelib.domain.searching import Found, parse_query
from chalicelib.service.searching import MAX_PARTS, MAX_SECONDS
from testkit.memory.log import PART_SIZE
from testkit.world import World


def text(n: int, every: int) -> str:
    return f"needle {n}" if n % every == 0 else f"hay {n}"


def a_world(count: int, every: int) -> World:
    """Return a room of many messages, of which some have the word `needle`."""
    world = World()
    ada = world.client("Ada", "general")
    ada.say("general", text(1, every), str(uuid.uuid4()))
    first = world.log.message("general", 1)
    assert first is not None
    for n in range(2, count):  # into the log at once: what else a message does is tested elsewhere
        world.rooms.next_position("general")
        world.log.append(replace(first, seq=n, at=n, id=str(uuid.uuid4()), text=text(n, every)))
    ada.say("general", text(count, every), str(uuid.uuid4()))  # which delivers them all
    return world


def find(world: World, before: int | None = None, limit: int = 50) -> Found:
    return world.chat.house().searching.find("general", parse_query("needle"), before, limit)


def test_everything_is_found_the_newest_first() -> None:
    found = find(a_world(45, 10))
    assert [message.seq for message in found.messages] == [40, 30, 20, 10]
    assert (found.first, found.last, found.more) == (1, 45, False)


def test_a_page_ends_at_its_oldest_message_and_the_next_begins_before_it() -> None:
    world = a_world(45, 3)
    seen: list[int] = []
    before = None
    while True:
        found = find(world, before, limit=4)
        seen += [message.seq for message in found.messages]
        if not found.more:
            break
        before = found.first
    assert seen == list(range(45, 0, -3))


def test_an_empty_room_has_nothing_to_find() -> None:
    assert find(World()) == Found((), 1, 0, more=False)


def test_a_search_reads_no_more_than_its_budget_and_says_how_far_it_came() -> None:
    count = (MAX_PARTS + 8) * PART_SIZE
    found = find(a_world(count, count))
    assert [message.seq for message in found.messages] == [count]
    assert (found.first, found.more) == (8 * PART_SIZE + 1, True)


def test_a_search_takes_no_longer_than_its_budget() -> None:
    world = a_world(20 * PART_SIZE, 1000)
    messages = world.log.messages

    def slow(room: str, first: int, end: int) -> object:
        world.clock.sleep(MAX_SECONDS)
        return messages(room, first, end)

    world.log.messages = slow  # type: ignore[method-assign, assignment]
    found = find(world)
    assert found.more
    assert found.first > 1
    assert not find(world, before=found.first).messages
