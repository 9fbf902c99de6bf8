"""The chat on stepped fakes: every call to the world lets others have a turn and can fail."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import User
from chalicelib.domain.news import Kind
from chalicelib.entrypoints import websocket
from chalicelib.errors import Unavailable
from chalicelib.wiring import Chat, assemble
from testkit import memory
from testkit.fakes import CountedMetrics
from testkit.gateway import Report
from testkit.ports import ports
from tests.simulation.scheduler import Pace, Scheduler

START = 1_795_341_600_000
SKEW_MS = 800
USUAL_PACE = Pace()
# Throttling, at any call of the storage. What the adapter promises is kept: `append` and `change` fail with
# nothing stored; the others may have had their effect.
THROTTLED = 0.004
KEEPS_ITS_PROMISE = {"append", "change"}


class SkewedClock:
    """A worker's clock: wrong by up to a second, while its monotonic time is right."""

    def __init__(self, scheduler: Scheduler, skew: int) -> None:
        self._scheduler = scheduler
        self._skew = skew

    def now(self) -> int:
        return START + round(self._scheduler.time * 1000) + self._skew

    def monotonic(self) -> float:
        return self._scheduler.time

    def sleep(self, seconds: float) -> None:
        self._scheduler.sleep(seconds)


class Stepped:
    """A port whose every call is a point where others have a turn, before and after."""

    def __init__(self, port: Any, scheduler: Scheduler) -> None:
        self._port = port
        self._scheduler = scheduler

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._port, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self._scheduler.step()
            self._throttle()
            result = method(*arguments, **named)
            self._scheduler.step()
            if name not in KEEPS_ITS_PROMISE:
                self._throttle()
            return result

        return call

    def _throttle(self) -> None:
        if self._scheduler.faulty and self._scheduler.random.random() < THROTTLED:
            raise Unavailable("The storage throttles.", retry_after=1)


class SimulatedGateway:
    """API Gateway: open connections, each with what takes its frames."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self.open: dict[str, Callable[[dict[str, Any]], None]] = {}

    def post(
        self,
        connection_ids: Sequence[str],
        frames: Sequence[bytes],
        *,
        deadline: float,
        on_progress: Callable[[], bool] | None = None,
    ) -> Report:
        gone, unreached, delivered = set(), set(), 0
        waiting = list(connection_ids)
        self._scheduler.random.shuffle(waiting)
        for connection_id in waiting:
            self._scheduler.step()
            if on_progress is not None and not on_progress():
                break
            if connection_id not in self.open:
                gone.add(connection_id)
            elif self._scheduler.faulty and self._scheduler.random.random() < 0.02:
                unreached.add(connection_id)
            else:
                for frame in frames:
                    self.open[connection_id](json.loads(frame))
                delivered += len(frames)
        return Report(delivered, frozenset(gone), frozenset(unreached))

    def close(self, connection_id: str) -> None:
        self.open.pop(connection_id, None)


class SimulatedInvoker:
    """Asynchronous invocations, some of which are lost."""

    def __init__(self, world: "SimulatedWorld") -> None:
        self._world = world

    def deliver(self, room: str, shard: int) -> None:
        self._invoke({"room": room, "shard": shard, "endpoint": ""})

    def repeat(self, room: str, shard: int, after: int, connection_ids: Sequence[str]) -> None:
        again = {"repeat": list(connection_ids), "after": after}
        self._invoke({"room": room, "shard": shard, "endpoint": "", **again})

    def announce(self, room: str, endpoint: str = "") -> None:
        self._invoke({"room": room, "announce": True, "endpoint": ""})

    def tell(self, kind: Kind, room: str, connection_ids: Sequence[str], endpoint: str = "") -> None:
        self._invoke({"news": kind, "room": room, "connections": list(connection_ids), "endpoint": ""})

    def push(self, room: str, seq: int) -> None:
        """Leave out pushes: they are no part of delivery."""

    def _invoke(self, event: dict[str, Any]) -> None:
        scheduler = self._world.scheduler
        if not (scheduler.faulty and scheduler.random.random() < 0.1):
            scheduler.spawn(lambda: _deliver(self._world.worker(), event))


class SimulatedWorld:
    """What all workers share, and the making of workers."""

    def __init__(
        self,
        seed: int,
        *,
        faulty: bool,
        shard_size: int = 1_000,
        pace: Pace = USUAL_PACE,
        change: Callable[[Chat], None] = lambda chat: None,
    ) -> None:
        self.scheduler = Scheduler(seed, faulty=faulty, pace=pace)
        random.seed(seed)  # what the chat itself leaves to chance
        self.gateway = SimulatedGateway(self.scheduler)
        self.metrics = CountedMetrics()
        clock = SkewedClock(self.scheduler, 0)
        self.log = memory.MemoryLog()
        self.rooms = memory.MemoryRooms(clock)
        self.connections = memory.MemoryConnections(clock, memory.UNLIMITED)
        self.presences = memory.MemoryPresences(clock)
        marks = memory.MemoryReadMarks()
        self.register = memory.MemoryRoomRegister(self.rooms, marks)
        self.choices = memory.MemoryChoices(marks, self.rooms)
        self.connections.belongs = self.register.belongs
        self.audiences = memory.MemoryAudiences(self.connections)
        self.people = memory.MemoryPeople(self.connections, clock)
        glances = memory.MemoryGlances(self.connections, self.rooms, self.presences)
        scheduler = self.scheduler
        self._stored = memory.repositories(
            clock,
            connections=Stepped(self.connections, scheduler),
            audiences=Stepped(self.audiences, scheduler),
            log=Stepped(self.log, scheduler),
            rooms=Stepped(self.rooms, scheduler),
            presences=Stepped(self.presences, scheduler),
            glances=Stepped(glances, scheduler),
            register=Stepped(self.register, scheduler),
            people=Stepped(self.people, scheduler),
            choices=self.choices,
        )
        self._shard_size = shard_size
        self._change = change
        self._opened = 0

    def worker(self) -> Chat:
        """Return the chat as one Lambda worker has it, with a clock of its own."""
        scheduler = self.scheduler
        skew = scheduler.random.randint(-SKEW_MS, SKEW_MS) if scheduler.faulty else 0
        made = ports(
            SkewedClock(scheduler, skew),
            repositories=self._stored,
            poster=self.gateway,
            closer=self.gateway,
            invoker=SimulatedInvoker(self),
            metrics=self.metrics,
        )
        chat = assemble(made, access_code=None, token_hours=1, shard_size=self._shard_size)
        self._change(chat)
        return chat

    def connect(self, user: User, receive: Callable[[dict[str, Any]], None]) -> str:
        """Open a connection; what it takes before that is done is tested elsewhere."""
        self._opened += 1
        connection_id = f"c{self._opened}="
        self.connections.add(Connection(connection_id, user))
        self.gateway.open[connection_id] = receive
        return connection_id

    def drop(self, connection_id: str, *, silently: bool) -> None:
        """End a connection, with `$disconnect` or without."""
        self.gateway.open.pop(connection_id, None)
        if not silently:
            self.scheduler.spawn(lambda: self.worker().connecting.disconnect(connection_id))

    def invoke(self, connection_id: str, frame: dict[str, Any]) -> None:
        """Let a worker process a frame, beside everything else."""
        event = {"requestContext": {"connectionId": connection_id}, "body": json.dumps(frame)}
        self.scheduler.spawn(lambda: _quietly(self.worker(), event))


def _deliver(chat: Chat, event: dict[str, Any]) -> None:
    try:
        websocket.deliver(chat, event)
    except Unavailable:
        return  # news that cannot be told now: Lambda tries again, and clients find it out by themselves


def _quietly(chat: Chat, event: dict[str, Any]) -> None:
    try:
        websocket.message(chat, event)
    except Unavailable:
        return  # the answer itself could not be sent, and API Gateway says so to the client
