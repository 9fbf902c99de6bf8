"""Whoever loses a room is sent nothing that is stored afterwards, and nobody else loses anything."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.access import Facts
from chalicelib.domain.connections import Connection
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import NotJoined
from chalicelib.wiring import Chat
from tests.simulation.removal import Loss, removal_run
from tests.simulation.run import Violation
from tests.simulation.test_delivery_simulation import subscribers_first

SEEDS = int(os.environ.get("UNDERTONE_SEEDS", "60")) // 6
LOSSES: tuple[Loss, ...] = ("removed", "closed", "closed again")


@pytest.mark.parametrize("shard_size", [1_000, 2])
@pytest.mark.parametrize("loss", LOSSES)
def test_who_loses_the_room_gets_nothing_more_and_the_others_everything(loss: Loss, shard_size: int) -> None:
    telling = [removal_run(seed, loss, faulty=False, shard_size=shard_size) for seed in range(SEEDS)]
    # The runs are worth nothing if all was said before.
    assert sum(telling) > SEEDS / 3


@pytest.mark.parametrize("shard_size", [1_000, 2])
@pytest.mark.parametrize("loss", LOSSES)
def test_who_loses_it_while_everything_fails_gets_nothing_more_and_the_others_everything(
    loss: Loss, shard_size: int
) -> None:
    telling = [removal_run(seed, loss, faulty=True, shard_size=shard_size) for seed in range(SEEDS)]
    assert sum(telling) > SEEDS / 3


def _nobody_is_taken_out(chat: Chat) -> None:
    """Take the right away and leave the subscription."""
    eviction: Any = chat.house().keeping
    eviction._eviction.person = lambda *given, **named: None
    eviction._eviction.strangers = lambda *given: None


def _join_reads_the_facts_once(chat: Chat) -> None:
    """Trust what was true before the subscription was written."""
    joining: Any = chat.actions
    joining = joining._joining

    def settle(connection: Connection, facts: Facts, *, certain: bool) -> Any:
        return joining._rooms.state(facts.room), facts

    joining._settle = settle


def _pages_are_answered_unseen(chat: Chat) -> None:
    """Answer what was read without asking whether the asker is still there."""

    class Nobody:
        def check(self, connection: Connection, room: str) -> None:
            return

    reading: Any = chat.reading
    reading._attendance = Nobody()


def _closings_leave_no_mark(chat: Chat) -> None:
    """Take out who is there, and trust that nobody comes any more."""
    keeping: Any = chat.house().keeping
    audiences = keeping._eviction._audiences

    class Audiences:
        def close(self, room: str, shard: int, version: int) -> None:
            return

        def __getattr__(self, name: str) -> Any:
            return getattr(audiences, name)

    keeping._eviction._audiences = Audiences()


def _everybody_subscribed_is_sent_everything(chat: Chat) -> None:
    """Deliver without a look at the mark."""
    broadcasting: Any = chat.broadcasting
    attendance = broadcasting._attendance

    class Attendance:
        def readers(self, room: str, shard: int, state: RoomState) -> Any:
            return attendance._audiences.of(room, shard).subscriptions

    broadcasting._attendance = Attendance()


def _pages_are_answered_to_whoever_is_subscribed(chat: Chat) -> None:
    """Ask whether the asker is there, and not whether they may be."""
    reading: Any = chat.reading
    connections = reading._attendance._connections

    class Attendance:
        def check(self, connection: Connection, room: str) -> None:
            known = connections.get(connection.id)
            if known is None or room not in known.rooms:
                raise NotJoined("gone")

    reading._attendance = Attendance()


@pytest.mark.parametrize(
    ("broken", "loss", "faulty", "first"),
    [
        (_nobody_is_taken_out, "removed", False, 0),
        (_nobody_is_taken_out, "closed", False, 0),
        (_join_reads_the_facts_once, "closed", False, 7),
        (_pages_are_answered_unseen, "removed", False, 0),
        # What few runs show is looked for from a seed near one of them on.
        (subscribers_first, "removed", False, 25),
        (_closings_leave_no_mark, "closed", False, 10),
        (_everybody_subscribed_is_sent_everything, "closed", False, 8),
        # What is left of a join that died shows this sooner.
        (_pages_are_answered_to_whoever_is_subscribed, "closed", True, 84),
    ],
)
def test_the_check_finds_a_broken_rule(
    broken: Callable[[Chat], None], loss: Loss, faulty: bool, first: int
) -> None:
    with pytest.raises(Violation):
        for seed in range(first, first + 400):
            removal_run(seed, loss, faulty=faulty, change=broken)


def test_the_check_finds_a_join_that_dies_and_leaves_a_subscription_to_a_stranger() -> None:
    def whoever_asks(chat: Chat) -> None:
        """Subscribe without the condition that they belong to the room."""
        actions: Any = chat.actions
        connections = actions._joining._connections

        class Connections:
            def subscribe(self, connection: Connection, room: str, shard: int, **given: Any) -> Any:
                return connections.subscribe(connection, room, shard)

            def __getattr__(self, name: str) -> Any:
                return getattr(connections, name)

        actions._joining._connections = Connections()

    with pytest.raises(Violation):
        for seed in range(84, 1_000):
            removal_run(seed, "removed", faulty=True, change=whoever_asks)
