"""A whole chat on fakes, and clients that see what a browser would."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain.allowance import Allowance
from chalicelib.domain.sentiment import Sentiment
from chalicelib.entrypoints import websocket
from chalicelib.wiring import Adapters, Chat, assemble
from tests.fakes.clock import FakeClock
from tests.fakes.storage import (
    MemoryAttempts,
    MemoryConnections,
    MemoryLog,
    MemoryNames,
    MemoryPresences,
    MemoryRooms,
    MemorySecrets,
)

Event = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """What became of a batch."""

    delivered: int
    gone: frozenset[str]
    unreached: frozenset[str]


class MemoryGateway:
    """The ports `Poster` and `Closer`: open connections and the frames that reached them."""

    def __init__(self) -> None:
        self.frames: dict[str, list[bytes]] = {}
        self.unreachable: set[str] = set()
        self.closed: list[str] = []

    def open(self, connection_id: str) -> None:
        self.frames[connection_id] = []

    def vanish(self, connection_id: str) -> None:
        """Let a connection end without `$disconnect`."""
        del self.frames[connection_id]

    def post(
        self,
        connection_ids: Sequence[str],
        frames: Sequence[bytes],
        *,
        deadline: float,
        on_progress: Callable[[], bool] | None = None,
    ) -> Report:
        gone = frozenset(c for c in connection_ids if c not in self.frames)
        unreached = frozenset(c for c in connection_ids if c in self.unreachable) - gone
        reached = [c for c in connection_ids if c not in gone | unreached]
        for connection_id in reached:
            self.frames[connection_id] += frames
        return Report(len(reached) * len(frames), gone, unreached)

    def close(self, connection_id: str) -> None:
        self.closed.append(connection_id)
        self.frames.pop(connection_id, None)


class FakeMoods:
    """The port `Moods`: a text with "good" in it is positive; `broken` makes it know nothing."""

    broken = False

    def classify(self, text: str) -> Sentiment | None:
        if self.broken:
            return None
        if "good" in text:
            return Sentiment("positive", 0.8, 0.9, "fake", (("good", 0.8),))
        return Sentiment("neutral", 0.0, 0.6, "fake")

    def describe(self) -> Mapping[str, object]:
        return {"version": "fake"}

    def report(self) -> bytes | None:
        return None

    def refresh(self) -> None:
        pass


class FakeInvoker:
    """The port `Invoker`: remembers what it was asked to deliver."""

    def __init__(self) -> None:
        self.invoked: list[tuple[str, int]] = []

    def deliver(self, room: str, shard: int) -> None:
        self.invoked.append((room, shard))

    def run(self, chat: Chat) -> None:
        """Do what Lambda does with the invocations, those included that follow from them."""
        while self.invoked:
            room, shard = self.invoked.pop(0)
            websocket.deliver(chat, {"room": room, "shard": shard, "endpoint": ""})


class FakeStorage:
    """The port `Storage`."""

    def check(self) -> None:
        pass


@dataclass
class Counts:
    """The port `Count`."""

    counted: dict[str, int] = field(default_factory=dict)

    def __call__(self, name: str, value: int = 1, **dimensions: str) -> None:
        self.counted[name] = self.counted.get(name, 0) + value


class World:
    """A chat with its fakes in reach."""

    def __init__(
        self,
        *,
        access_code: str = "",
        allowance: Allowance | None = None,
        shard_size: int = 1_000,
        **replaced: Any,
    ) -> None:
        self.clock = FakeClock()
        self.gateway = MemoryGateway()
        self.moods = FakeMoods()
        self.invoker = FakeInvoker()
        self.counts = Counts()
        self.log = MemoryLog()
        self.rooms = MemoryRooms(self.clock)
        self.presences = MemoryPresences(self.clock)
        self.attempts = MemoryAttempts()
        self.connections = MemoryConnections(self.clock, allowance or Allowance(1000, 10_000))
        parts: dict[str, Any] = {
            "clock": self.clock,
            "connections": self.connections,
            "log": self.log,
            "rooms": self.rooms,
            "presences": self.presences,
            "names": MemoryNames(self.clock),
            "secrets": MemorySecrets(),
            "attempts": self.attempts,
            "storage": FakeStorage(),
            "poster": self.gateway,
            "closer": self.gateway,
            "invoker": self.invoker,
            "moods": self.moods,
            "count": self.counts,
        }
        self.chat: Chat = assemble(
            Adapters(**{**parts, **replaced}),
            access_code=access_code,
            token_hours=168,
            shard_size=shard_size,
        )
        self._opened = 0

    def client(self, name: str, *rooms: str) -> "Client":
        """Sign somebody in, connect and join."""
        token = self.chat.sessions.create(name, None, "127.0.0.1").token
        return self.connect(token, *rooms)

    def connect(self, token: str, *rooms: str) -> "Client":
        self._opened += 1
        client = Client(self, f"connection-{self._opened}=", token)
        client.connect()
        for room in rooms:
            client.send(action="join", room=room)
        return client


class Client:
    """One connection; `events` are the frames that reached it."""

    def __init__(self, world: World, connection_id: str, token: str) -> None:
        self.world = world
        self.id = connection_id
        self.token = token

    def connect(self) -> Event:
        answer = websocket.connect(
            self.world.chat, self._event("CONNECT", queryStringParameters={"token": self.token})
        )
        if answer["statusCode"] == 200:
            self.world.gateway.open(self.id)
        return answer

    def disconnect(self) -> None:
        self.world.gateway.frames.pop(self.id, None)
        websocket.disconnect(self.world.chat, self._event("DISCONNECT"))

    def send(self, **frame: Any) -> list[Event]:
        """Send a frame and return what arrived at this client because of it."""
        return self.send_raw(json.dumps(frame))

    def send_raw(self, body: str, **fields: Any) -> list[Event]:
        before = len(self.events)
        answer = websocket.message(self.world.chat, self._event("MESSAGE", body=body, **fields))
        assert answer == {"statusCode": 200}
        return self.events[before:]

    def say(self, room: str, text: str, identifier: str) -> list[Event]:
        return self.send(action="send", room=room, id=identifier, text=text)

    @property
    def events(self) -> list[Event]:
        return [json.loads(frame) for frame in self.world.gateway.frames.get(self.id, [])]

    def entries(self, room: str) -> list[Event]:
        """Return the entries that arrived live."""
        live = [e for e in self.events if e["event"] == "messages" and e["room"] == room]
        return [entry for event in live for entry in event["messages"]]

    def _event(self, kind: str, **fields: Any) -> Event:
        context = {"connectionId": self.id, "eventType": kind, "stage": "api", "domainName": "here"}
        return {"requestContext": context, "isBase64Encoded": False, **fields}
