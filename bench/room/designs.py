"""The two ways to bring a message to a room, each as a message function that runs many times at once."""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from botocore.credentials import Credentials

from bench import senders
from bench.fanout import connection_ids
from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.poster import Poster
from chalicelib.domain.allowance import Allowance
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import NewEntries
from chalicelib.domain.messages import Message, User
from chalicelib.domain.sentiment import Sentiment
from chalicelib.domain.times import timestamp
from chalicelib.entrypoints import websocket
from chalicelib.protocol.events import frames
from chalicelib.wiring import Chat, assemble
from testkit import memory
from testkit.ports import ports

ROOM = "busy"
POST_TIMEOUT_SECONDS = 10.0
MOOD = Sentiment("positive", 0.83, 0.91, "2026-11-22T03-00-00Z-ab12cd", (("great", 0.52),))

Invoke = Callable[[Mapping[str, Any]], None]


class Design(Protocol):
    """What the load generator drives."""

    connection_ids: list[str]

    def worker(self, invoke: Invoke, stopping: threading.Event) -> Callable[[Mapping[str, Any]], None]:
        """Return one execution environment; `invoke` starts a function asynchronously."""

    def message(self, number: int, identifier: str, text: str) -> Mapping[str, Any]:
        """Return the event of one message."""


class Locked:
    """A port whose calls exclude each other, as one item's writes do."""

    def __init__(self, port: Any, lock: "threading.RLock | None" = None) -> None:
        self._port = port
        self._lock = lock or threading.RLock()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._port, name)

        def call(*arguments: Any, **named: Any) -> Any:
            with self._lock:
                return method(*arguments, **named)

        return call


class Ours:
    """The application's engine, put together as in production but on a store in memory."""

    def __init__(self, url: str, connections: int) -> None:
        self._url = url
        self._clock = SystemClock()
        self.connection_ids = connection_ids(connections)
        known = memory.MemoryConnections(self._clock, Allowance(1e6, 1_000_000))
        for number, connection_id in enumerate(self.connection_ids):
            connection = Connection(connection_id, User(f"user-{number}", f"Person {number}"))
            known.add(connection)
            known.subscribe(connection, ROOM, 0)
        self._connections = Locked(known)
        self._log = Locked(memory.MemoryLog())
        self._rooms = Locked(memory.MemoryRooms(self._clock))
        self._presences = Locked(memory.MemoryPresences(self._clock))
        self._pulses = Locked(memory.MemoryPulses())

    def counted(self) -> tuple[int, int]:
        """Return how many messages the hours of the room have, and of how many people."""
        hours = self._pulses.hours(ROOM, 0, self._clock.now() + 1)
        people = set[str]().union(*(hour.people for hour in hours))
        return sum(hour.count for hour in hours), len(people)

    def worker(self, invoke: Invoke, stopping: threading.Event) -> Callable[[Mapping[str, Any]], None]:
        chat = self._chat(invoke)

        def handle(event: Mapping[str, Any]) -> None:
            if "room" in event:
                websocket.deliver(chat, dict(event))
            else:
                websocket.message(chat, dict(event))

        return handle

    def message(self, number: int, identifier: str, text: str) -> Mapping[str, Any]:
        frame = {"action": "send", "room": ROOM, "id": identifier, "text": text}
        who = self.connection_ids[number % len(self.connection_ids)]
        return {"requestContext": {"connectionId": who}, "body": json.dumps(frame)}

    def _chat(self, invoke: Invoke) -> Chat:
        poster = _poster(self._url)
        stored = memory.repositories(
            self._clock,
            connections=self._connections,
            log=self._log,
            rooms=self._rooms,
            presences=self._presences,
            pulses=self._pulses,
        )
        replaced = {
            "repositories": stored,
            "poster": poster,
            "invoker": LocalInvoker(invoke),
            "classifier": FixedClassifier(),
        }
        return assemble(ports(self._clock, **replaced), access_code=None, token_hours=1)


class OneFrameAMessage:
    """Each message is posted to everyone as it comes, with the same fast poster and nothing else."""

    def __init__(self, url: str, connections: int) -> None:
        self._url = url
        self.connection_ids = connection_ids(connections)

    def worker(self, invoke: Invoke, stopping: threading.Event) -> Callable[[Mapping[str, Any]], None]:
        poster = _poster(self._url)

        def handle(event: Mapping[str, Any]) -> None:
            packed = frames(NewEntries(ROOM, (event["message"],)))
            poster.post(
                self.connection_ids,
                packed,
                deadline=time.monotonic() + POST_TIMEOUT_SECONDS,
                on_progress=lambda: not stopping.is_set(),
            )

        return handle

    def message(self, number: int, identifier: str, text: str) -> Mapping[str, Any]:
        author = number % len(self.connection_ids)
        message = Message(
            room=ROOM,
            seq=number + 1,
            at=number + 1,
            id=identifier,
            user=User(f"user-{author}", f"Person {author}"),
            text=text,
            sent_at=timestamp(int(time.time() * 1000)),
            sentiment=MOOD,
        )
        return {"message": message}


def _poster(url: str) -> Poster:
    credentials = Credentials(senders.ACCESS_KEY, senders.SECRET_KEY)
    return Poster(url, credentials=credentials, region=senders.REGION)


class FixedClassifier:
    """Sentiment is not what is measured."""

    def classify(self, text: str) -> Sentiment:
        return MOOD

    def describe(self) -> Mapping[str, object]:
        return {}

    def report(self) -> bytes | None:
        return None

    def refresh(self) -> None:
        pass


class LocalInvoker:
    """The port `Invoker`: another run of the delivery function."""

    def __init__(self, invoke: Invoke) -> None:
        self._invoke = invoke

    def deliver(self, room: str, shard: int) -> None:
        self._invoke({"room": room, "shard": shard, "endpoint": ""})

    def announce(self, room: str, endpoint: str = "") -> None:
        self._invoke({"room": room, "announce": True, "endpoint": ""})

    def tell(self, kind: str, room: str, connection_ids: Sequence[str], endpoint: str = "") -> None:
        """Leave out news, such as that a room is new: they are no part of delivery."""

    def push(self, room: str, seq: int, *, watched: bool) -> None:
        """Leave out pushes, for the same reason."""

    def repeat(self, room: str, shard: int, after: int, connection_ids: Sequence[str]) -> None:
        again = {"repeat": list(connection_ids), "after": after}
        self._invoke({"room": room, "shard": shard, "endpoint": "", **again})
