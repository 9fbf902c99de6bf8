"""Search in a room, within its budget, and on from where it ended."""

import itertools
import uuid
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.messages import SearchBlock
from chalicelib.domain.searching import FOLDING, Found, parse_query
from chalicelib.errors import Unavailable
from chalicelib.service.searching import MAX_BLOCKS, MAX_PARTS, MAX_SECONDS
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
    for n in range(2, count + 1):  # into the log at once: what else a message does is tested elsewhere
        world.rooms.next_position("general")
        world.log.append(replace(first, seq=n, at=n, id=str(uuid.uuid4()), text=text(n, every)))
    world.rooms.acquire("general", 0, "token", 2**50)
    world.rooms.release("general", 0, "token", count)
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


def asks(world: World, word: str = "needle", limit: int = 50) -> tuple[list[int], int]:
    """Search as a page does, back to the beginning; return what was found and how often it asked."""
    seen: list[int] = []
    before = None
    for asked in itertools.count(1):
        found = world.chat.house().searching.find("general", parse_query(word), before, limit)
        seen += [message.seq for message in found.messages]
        if not found.more:
            return seen, asked
        assert before is None or found.first < before
        before = found.first
    raise AssertionError("it never ends")


def test_a_search_reads_no_more_than_its_budget_and_says_how_far_it_came() -> None:
    count = (MAX_PARTS + 8) * PART_SIZE - 1
    found = find(a_world(count, count))
    assert [message.seq for message in found.messages] == [count]
    assert (found.first, found.more) == (8 * PART_SIZE, True)


def test_a_search_takes_no_longer_than_its_budget() -> None:
    world = a_world(20 * PART_SIZE, 1000)
    messages = world.log.messages

    def slow(*part: Any, **named: Any) -> Any:
        world.clock.sleep(MAX_SECONDS)
        return messages(*part, **named)

    world.log.messages = slow  # type: ignore[method-assign]
    found = find(world)
    assert found.more
    assert found.first > 1
    assert not find(world, before=found.first).messages


def test_where_blocks_are_a_search_reaches_sixteen_times_as_far() -> None:
    parts = MAX_BLOCKS + 1
    world = a_world(parts * PART_SIZE, 997)
    seqs = list(range(parts * PART_SIZE // 997 * 997, 0, -997))
    assert asks(world) == (seqs, -(-(parts + 1) // MAX_PARTS))
    assert asks(world) == (seqs, 2)


@pytest.mark.parametrize("limit", [1, 3, 50])
@pytest.mark.parametrize("every", [1, 7])
def test_blocks_change_nothing_about_what_is_found(every: int, limit: int) -> None:
    world = a_world(11 * PART_SIZE + 4, every)
    first = asks(world, limit=limit)
    reads: list[object] = []
    messages = world.log.messages
    world.log.messages = lambda *part, **named: reads.append(part) or messages(*part, **named)  # type: ignore[method-assign, func-returns-value]
    assert asks(world, limit=limit) == first
    assert first[0] == [seq for seq in range(11 * PART_SIZE + 4, 0, -1) if seq % every == 0]
    # The newest part is not whole, so that it is read each time.
    assert {part[1] for part in reads} == {11 * PART_SIZE}  # type: ignore[index]


def test_a_block_that_other_rules_have_made_is_made_anew() -> None:
    world = a_world(2 * PART_SIZE, 5)
    found = find(world)
    blocks = world.log.blocks["general"]
    assert sorted(blocks) == [1, PART_SIZE]
    for first in blocks:
        blocks[first] = blocks[first]._replace(folding="0", texts=f"{first}\tada\tneedle")
    assert find(world) == found
    assert {block.folding for block in blocks.values()} == {FOLDING}


def test_a_block_that_cannot_be_kept_is_no_reason_to_find_less() -> None:
    world = a_world(2 * PART_SIZE, 5)

    def unavailable(room: str, block: SearchBlock) -> None:
        raise Unavailable("The storage throttles.", retry_after=1)

    world.log.keep_search_block = unavailable  # type: ignore[method-assign]
    assert asks(world) == ([20, 15, 10, 5], 1)


# As a read of blocks that is some moments old has it.
def test_what_a_block_still_has_of_a_message_is_not_returned() -> None:
    world = a_world(2 * PART_SIZE, 5)
    before = find(world)
    world.log.change(replace(before.messages[-1], at=99, text="", deleted=True), was_at=5, rewords=False)
    assert find(world).messages == before.messages[:-1]
