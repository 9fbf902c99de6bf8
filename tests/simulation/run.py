"""One run of the simulation, and what must be true after it."""

from collections import Counter
from collections.abc import Callable

from chalicelib.domain.messages import Message
from chalicelib.wiring import Chat
from tests.simulation.clients import ROOM, SimulatedClient
from tests.simulation.world import SimulatedWorld

CLIENTS = 5
MESSAGES = 6


class Violation(AssertionError):
    """A promise of the protocol was broken."""


def quiet_run(
    seed: int, *, shard_size: int = 1_000, change: Callable[[Chat], None] = lambda chat: None
) -> None:
    """Let people chat without faults or recovery: what is pushed must be everything, once, in order."""
    world = SimulatedWorld(seed, faulty=False, shard_size=shard_size, change=change)
    clients = _clients(world, recovers=False)
    world.scheduler.run(until=60)
    last = world.rooms.state(ROOM).head
    check_log(world, clients)
    for client in clients:
        expected = list(range((client.base or 0) + 1, last + 1))
        if client.seen != expected:
            raise Violation(f"{client.user.name} has {client.seen} and not {expected}")
        if sorted(set(client.pushed)) != client.pushed:
            raise Violation(f"{client.user.name} was pushed {client.pushed}")
    if world.rooms.state(ROOM).delivered != last:
        raise Violation("something stored was never delivered")


def faulty_run(seed: int, *, shard_size: int = 1_000) -> Counter[str]:
    """Let people chat while everything fails, then let them recover; return what happened."""
    world = SimulatedWorld(seed, faulty=True, shard_size=shard_size)
    clients = _clients(world, recovers=True)
    world.scheduler.run(until=30)
    world.scheduler.faulty = False
    for _ in range(20):
        world.scheduler.run(until=world.scheduler.time + 10)
        last = world.rooms.state(ROOM).head
        if all(client.settled and client.cursor == last for client in clients):
            break
    check_log(world, clients)
    for client in clients:
        if not client.settled:
            raise Violation(f"{client.user.name} waits for {client.unacknowledged}")
        if client.seen != list(range((client.base or 0) + 1, world.rooms.state(ROOM).head + 1)):
            raise Violation(f"{client.user.name} has a gap: {client.base} {client.seen}")
        for seq, entry in client.messages.items():
            stored = world.log.message(ROOM, seq)
            assert stored is not None
            reactions = {emoji: len(people) for emoji, people in stored.reactions.items()}
            if (entry["id"], entry["text"]) != (stored.id, stored.text):
                raise Violation(f"{client.user.name} has another message {seq}")
            if stored.at > (client.base or 0) and entry["reactions"] != reactions:
                raise Violation(f"{client.user.name} has an older state of {seq}")
    happened: Counter[str] = Counter(world.metrics.counted)
    happened["Deaths"] = world.scheduler.deaths
    return happened


def _clients(world: SimulatedWorld, *, recovers: bool) -> list[SimulatedClient]:
    clients = [SimulatedClient(world, f"user{n}", MESSAGES, recovers=recovers) for n in range(CLIENTS)]
    for client in clients:
        world.scheduler.spawn(client.live, may_die=False)
    return clients


def check_log(world: SimulatedWorld, clients: list[SimulatedClient]) -> None:
    positions = world.log.positions.get(ROOM, {})
    last = world.rooms.state(ROOM).head
    if sorted(positions) != list(range(1, last + 1)):
        raise Violation(f"the log has empty positions: {sorted(positions)} of {last}")
    ids = Counter(entry.id for entry in positions.values() if isinstance(entry, Message))
    twice = [identifier for identifier, times in ids.items() if times > 1]
    if twice:
        raise Violation(f"stored twice: {twice}")
    for client in clients:
        lost = client.acknowledged - set(ids)
        if lost:
            raise Violation(f"acknowledged and not stored: {lost}")
