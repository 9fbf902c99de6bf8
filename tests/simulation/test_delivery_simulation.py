"""The promises of the protocol in thousands of interleavings, and proof that the check can fail."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.rooms import RoomState
from chalicelib.metrics import Metric
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.wiring import Chat
from tests.simulation.run import Violation, faulty_run, quiet_run

# More: UNDERTONE_SEEDS=5000 pytest tests/simulation
SEEDS = int(os.environ.get("UNDERTONE_SEEDS", "60"))


def test_without_faults_everyone_is_pushed_everything_once_and_in_order() -> None:
    for seed in range(SEEDS):
        quiet_run(seed)


def test_without_faults_several_shards_are_pushed_everything_once_and_in_order() -> None:
    for seed in range(SEEDS // 2):
        quiet_run(seed, shard_size=2)


def test_with_faults_nothing_is_lost_doubled_or_out_of_order_after_recovery() -> None:
    happened: Counter[str] = Counter()
    for seed in range(SEEDS):
        happened += faulty_run(seed)
    # The run is worth nothing if the faults did not happen.
    faults = (
        Metric.LEASES_LOST,
        Metric.POSITIONS_VOIDED,
        Metric.CONNECTIONS_UNREACHED,
        Metric.CONNECTIONS_GONE,
        Metric.DRAIN_FAULTS,
    )
    for fault in ("Deaths", *faults):
        assert happened[fault] > 0, fault


def test_with_faults_several_shards_lose_and_double_nothing_after_recovery() -> None:
    for seed in range(SEEDS // 2):
        faulty_run(seed, shard_size=2)


def subscribers_first(chat: Chat) -> None:
    """Read the subscribers before the entries."""
    engine: Any = chat.broadcasting
    attendance, log = engine._attendance, engine._log
    early: list[Any] = []

    class Attendance:
        def readers(self, room: str, shard: int, state: RoomState) -> Any:
            return early.pop() if early else attendance.readers(room, shard, state)

    class Log:
        def entries(self, room: str, after: int, limit: int) -> Any:
            early[:] = [attendance.readers(room, 0)]
            return log.entries(room, after, limit)

        def __getattr__(self, name: str) -> Any:
            return getattr(log, name)

    engine._attendance, engine._log = Attendance(), Log()


def _release_without_condition(chat: Chat) -> None:
    """Give the lease back although something newer may be stored."""
    engine: Any = chat.broadcasting
    rooms = engine._rooms

    class Rooms:
        def release(self, room: str, shard: int, token: str, delivered: int) -> None:
            rooms.advance(room, shard, token, delivered, 0)
            rooms.give_up(room, shard, token)

        def __getattr__(self, name: str) -> Any:
            return getattr(rooms, name)

    engine._rooms = Rooms()


def _no_lease(chat: Chat) -> None:
    """Let everybody deliver at once."""
    engine: Any = chat.broadcasting
    rooms = engine._rooms

    class Rooms:
        def acquire(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
            taken = rooms.acquire(room, shard, token, until)
            state = rooms.state(room, shard)
            return taken or (replace(state, lease=token) if state.behind else None)

        def __getattr__(self, name: str) -> Any:
            return getattr(rooms, name)

    engine._rooms = Rooms()


def _skip_holes(chat: Chat) -> None:
    """Deliver what is there without waiting for an empty position."""
    engine: Any = chat.broadcasting
    log = engine._log
    assert isinstance(engine, Broadcasting)

    def next_entries(lease: Any, state: Any, known: Any) -> Any:
        return log.entries(lease.room, state.delivered, 200) or list(known)

    engine._next_entries = next_entries  # type: ignore[method-assign]


@pytest.mark.parametrize("broken", [subscribers_first, _release_without_condition, _no_lease, _skip_holes])
def test_the_check_finds_a_broken_rule(broken: Callable[[Chat], None]) -> None:
    with pytest.raises(Violation):
        for seed in range(400):
            quiet_run(seed, change=broken)
