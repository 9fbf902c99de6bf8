"""Runs in which somebody loses the right to be in a room while others deliver there."""

from collections.abc import Callable
from typing import Any, Literal

from chalicelib.domain.access import About, Access
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Session
from chalicelib.errors import NotFound, Unavailable
from chalicelib.service.keeping import Description
from chalicelib.wiring import Chat
from tests.simulation.clients import ROOM, Frame, SimulatedClient
from tests.simulation.run import Violation, check_log
from tests.simulation.scheduler import Pace
from tests.simulation.world import SimulatedWorld

MEMBERS = 4
MESSAGES = 6
PRYING_SECONDS = 6
# Mistakes show where one call takes longer than a whole removal: so often that a few dozen runs meet each.
PACE = Pace(slow=0.1, slow_seconds=2)
OLGA = User("u-olga", "Olga")

Loss = Literal["removed", "closed", "closed again"]


class NosyClient(SimulatedClient):
    """Somebody who asks for everything all the time, whatever the answers; `got` is every entry they saw."""

    def __init__(self, world: SimulatedWorld, name: str, messages: int) -> None:
        super().__init__(world, name, messages, recovers=True)
        self.got: set[int] = set()

    def pry(self) -> None:
        """Ask again and again for what there is, as long as others speak."""
        while self._world.scheduler.time < PRYING_SECONDS:
            self._world.scheduler.sleep(self._random.uniform(0.01, 0.1))
            self._ask(
                self._random.choice(
                    (
                        {"action": "join", "room": ROOM},
                        {"action": "history", "room": ROOM},
                        {"action": "history", "room": ROOM, "after": 0},
                        {"action": "react", "room": ROOM, "seq": 1, "emoji": "👍", "on": True},
                    )
                )
            )

    def _receive(self, frame: Frame) -> None:
        self.got |= {entry["at"] for entry in frame.get("messages", [])}
        super()._receive(frame)


def removal_run(
    seed: int,
    loss: Loss,
    *,
    faulty: bool,
    shard_size: int = 1_000,
    pace: Pace = PACE,
    change: Callable[[Chat], None] = lambda chat: None,
) -> bool:
    """Let people chat, take the room from one of them, and check who saw what.

    They are removed from a private room, or an open room becomes private that they do not belong to, for the
    second time even. Return whether anything was stored after that, without which the run says nothing.
    """
    world = SimulatedWorld(seed, faulty=faulty, shard_size=shard_size, pace=pace, change=change)
    members = [SimulatedClient(world, f"user{n}", MESSAGES, recovers=True) for n in range(MEMBERS)]
    eve = NosyClient(world, "eve", MESSAGES)
    belonging = [client.user for client in members] + ([eve.user] if loss == "removed" else [])
    about = About("Room", access="private" if loss == "removed" else "open")
    roles: Any = {OLGA: "owner", **dict.fromkeys(belonging, "member")}
    world.register.create(ROOM, about, roles)
    stored_before: set[int] | None = None

    def take_the_room_away() -> None:
        nonlocal stored_before
        world.scheduler.sleep(world.scheduler.random.uniform(0.5, 3.5))
        _insist(world, lambda chat: _take(chat, loss, eve.user.id))
        stored_before = set(world.log.positions.get(ROOM, {}))

    for client in (*members, eve):
        world.scheduler.spawn(client.live, may_die=False)
    for act in (eve.pry, take_the_room_away):
        world.scheduler.spawn(act, may_die=False)
    world.scheduler.run(until=30 if faulty else 10)
    world.scheduler.faulty = False
    for _ in range(20):
        world.scheduler.run(until=world.scheduler.time + 10)
        last = world.rooms.state(ROOM).head
        settled = all(client.settled and client.cursor == last for client in members)
        if settled and stored_before is not None:
            break
    assert stored_before is not None, "nobody has taken the room away"
    _check(world, members, eve, stored_before)
    return bool(set(world.log.positions[ROOM]) - stored_before)


def _take(chat: Chat, loss: Loss, user_id: str) -> None:
    keeping, olga = chat.house().keeping, Session("", OLGA, 0)
    if loss == "removed":
        keeping.drop_member(olga, ROOM, user_id)
    else:
        accesses: tuple[Access, ...] = ("private",) if loss == "closed" else ("private", "open", "private")
        for access in accesses:
            keeping.describe(olga, ROOM, Description(access=access))


def _insist(world: SimulatedWorld, act: Callable[[Chat], None]) -> None:
    """Do something until it is acknowledged, as somebody does who sees that it failed."""
    while True:
        try:
            return act(world.worker())
        except NotFound:
            return None  # an earlier attempt took the right away, and this one has done the rest
        except Unavailable:
            world.scheduler.sleep(0.5)


def _check(
    world: SimulatedWorld, members: list[SimulatedClient], eve: NosyClient, stored_before: set[int]
) -> None:
    check_log(world, members)
    late = eve.got - stored_before
    if late:
        raise Violation(f"who had lost the room was sent {sorted(late)}")
    last = world.rooms.state(ROOM).head
    for client in members:
        if not client.settled:
            raise Violation(f"{client.user.name} waits for {client.unacknowledged}")
        if client.seen != list(range((client.base or 0) + 1, last + 1)):
            raise Violation(f"{client.user.name} has a gap: {client.base} {client.seen} of {last}")
