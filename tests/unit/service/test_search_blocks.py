"""Searches that keep blocks while somebody changes what is in them: every order of their steps."""

import itertools
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition, Thread, current_thread
from typing import Any

import pytest

from chalicelib.domain.messages import SearchBlock
from chalicelib.domain.searching import Found, parse_query
from testkit.memory.log import PART_SIZE
from testkit.world import Client, World

SEARCH, CHANGE = "search", "change"
OLD, NEW = "secret", "harmless"
DELETE = {"action": "delete"}
EDIT = {"action": "edit", "text": NEW}
TAKES_SECONDS = 30.0  # of a step, beside whatever load: then a test has failed
Step = tuple[str, str]
Spoil = Callable[[World], None]
# What a search and a change ask of the log and the state of a room, each at one moment.
STEPS: set[Step] = {
    *((SEARCH, name) for name in ("state", "search_blocks", "messages", "keep_search_block", "newest_of")),
    *((CHANGE, name) for name in ("message", "next_position_of_change", "change")),
}


class Turns:
    """Lets two threads take their steps in an order: one that has ended is passed over."""

    def __init__(self, order: Sequence[str]) -> None:
        self._order = list(order)
        self._ended: set[str] = set()
        self._changed = Condition()
        self.taken: list[Step] = []

    def watch(self, world: World) -> None:
        """Make every step of those that a world's log and rooms take wait for its turn."""
        for port in (world.log, world.rooms):
            for name in {name for _, name in STEPS if hasattr(port, name)}:
                setattr(port, name, self._stepped(name, getattr(port, name)))

    def end(self, who: str) -> None:
        with self._changed:
            self._ended.add(who)
            self._changed.notify_all()

    def _stepped(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            # A search reads in threads of its own.
            who = CHANGE if current_thread().name == CHANGE else SEARCH
            if (who, name) not in STEPS:
                return method(*arguments, **named)
            with self._turn(who):
                self.taken.append((who, name))
                return method(*arguments, **named)

        return call

    @contextmanager
    def _turn(self, who: str) -> Iterator[None]:
        with self._changed:
            assert self._changed.wait_for(lambda: self._next() in (who, None), TAKES_SECONDS)
            yield
            del self._order[:1]
            self._changed.notify_all()

    def _next(self) -> str | None:
        while self._order and self._order[0] in self._ended:
            del self._order[0]
        return self._order[0] if self._order else None


def a_world(messages: int) -> tuple[World, Client]:
    world = World()
    ada = world.client("Ada", "general")
    for n in range(1, messages + 1):
        ada.say("general", OLD if n == 2 else f"hay {n}", str(uuid.uuid4()))
    return world, ada


def find(world: World, word: str) -> Found:
    # One part of the log, of which a search may keep a block.
    return world.chat.house().searching.find("general", parse_query(word), PART_SIZE, 50)


def at_once(messages: int, change: dict[str, str], order: Sequence[str], spoil: Spoil) -> tuple[World, Turns]:
    """Let somebody search while somebody changes the second message, in an order of their steps."""
    world, ada = a_world(messages)
    spoil(world)
    world.chat.house()
    turns = Turns(order)
    turns.watch(world)

    def changing() -> None:
        ada.send(room="general", seq=2, **change)
        turns.end(CHANGE)

    thread = Thread(target=changing, name=CHANGE)
    thread.start()
    find(world, OLD)
    turns.end(SEARCH)
    thread.join(TAKES_SECONDS)
    return world, turns


def wrongs(messages: int, change: dict[str, str], spoil: Spoil = lambda world: None) -> Iterator[str]:
    """Yield what any order of steps does wrong: old text that is stored or found, new text that is not."""
    counts = Counter(who for who, _ in at_once(messages, change, [], spoil)[1].taken)
    steps = sum(counts.values())
    for places in itertools.combinations(range(steps), counts[CHANGE]):
        order = [CHANGE if step in places else SEARCH for step in range(steps)]
        world, turns = at_once(messages, change, order, spoil)
        assert (CHANGE, "change") in turns.taken
        kept = world.log.blocks.get("general", {})
        if OLD in str(kept):
            yield f"{turns.taken}: stored is {kept}"
        for word, seqs in ((OLD, []), (NEW, [2] if change is EDIT else []), ("hay", [3, 1])):
            found = [message.seq for message in find(world, word).messages]
            if found[-2:] != seqs:
                yield f"{turns.taken}: {word} is found in {found}"


# The change is behind a part that was whole before; or its own position makes the part whole.
@pytest.mark.parametrize(("messages", "change"), [(PART_SIZE + 2, EDIT), (PART_SIZE - 2, DELETE)])
def test_no_order_of_steps_leaves_old_text(messages: int, change: dict[str, str]) -> None:
    assert list(wrongs(messages, change)) == []


def keep_whatever_changed(world: World) -> None:
    def keep(room: str, block: SearchBlock) -> None:
        world.log.blocks.setdefault(room, {})[block.first] = block

    world.log.keep_search_block = keep  # type: ignore[method-assign]


def change_and_keep(world: World) -> None:
    change = world.log.change
    world.log.change = lambda *given, **named: change(*given, **{**named, "rewords": False})  # type: ignore[method-assign]


@pytest.mark.parametrize("spoil", [keep_whatever_changed, change_and_keep])
def test_without_either_rule_some_order_would(spoil: Spoil) -> None:
    assert any(wrongs(PART_SIZE + 2, EDIT, spoil))


def test_a_reaction_leaves_blocks_as_they_are() -> None:
    world, ada = a_world(PART_SIZE + 2)
    find(world, OLD)
    before = dict(world.log.blocks["general"])
    assert OLD in str(before)
    ada.send(action="react", room="general", seq=2, emoji="👍", on=True)
    ada.send(action="label", room="general", seq=2, label="positive")
    assert world.log.blocks["general"] == before
