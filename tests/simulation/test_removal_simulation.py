"""Whoever loses a room is sent nothing that is stored afterwards, and nobody else loses anything."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.access import Facts
from chalicelib.domain.connections import Connection
from chalicelib.wiring import Chat
from tests.simulation.removal import PACE, Loss, removal_run
from tests.simulation.run import Violation
from tests.simulation.test_delivery_simulation import subscribers_first
from tests.simulation.world import USUAL_PACE

SEEDS = int(os.environ.get("UNDERTONE_SEEDS", "60")) // 3
LOSSES: tuple[Loss, ...] = ("removed", "closed")


@pytest.mark.parametrize("shard_size", [1_000, 2])
@pytest.mark.parametrize("loss", LOSSES)
def test_who_loses_the_room_gets_nothing_more_and_the_others_everything(loss: Loss, shard_size: int) -> None:
    pace = USUAL_PACE if loss == "closed" else PACE
    telling = [
        removal_run(seed, loss, faulty=False, shard_size=shard_size, pace=pace) for seed in range(SEEDS)
    ]
    # The runs are worth nothing if all was said before.
    assert sum(telling) > SEEDS / 3


@pytest.mark.parametrize("shard_size", [1_000, 2])
def test_who_is_removed_while_everything_fails_gets_nothing_more_and_the_others_everything(
    shard_size: int,
) -> None:
    telling = [removal_run(seed, "removed", faulty=True, shard_size=shard_size) for seed in range(SEEDS)]
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

    def settle(connection: Connection, facts: Facts) -> Any:
        return joining._state(facts.room), facts

    joining._settle = settle


def _pages_are_answered_unseen(chat: Chat) -> None:
    """Answer what was read without asking whether the asker is still there."""

    class Nobody:
        def check(self, connection: Connection, room: str) -> None:
            return

    reading: Any = chat.reading
    reading._attendance = Nobody()


@pytest.mark.parametrize(
    ("broken", "loss"),
    [
        (_nobody_is_taken_out, "removed"),
        (_nobody_is_taken_out, "closed"),
        (_join_reads_the_facts_once, "closed"),
        (_pages_are_answered_unseen, "removed"),
        (subscribers_first, "removed"),
    ],
)
def test_the_check_finds_a_broken_rule(broken: Callable[[Chat], None], loss: Loss) -> None:
    with pytest.raises(Violation):
        for seed in range(400):
            removal_run(seed, loss, faulty=False, change=broken)


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
        for seed in range(1_000):
            removal_run(seed, "removed", faulty=True, change=whoever_asks)
