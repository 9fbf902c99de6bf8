"""A client that keeps the protocol to the letter."""

import uuid
from typing import Any

from chalicelib.domain.messages import User
from tests.simulation.world import SimulatedWorld

ROOM = "general"
RETRY_SECONDS = 4.0
Frame = dict[str, Any]


class SimulatedClient:
    """Sends, retries, drops, reconnects and recovers; `seen` are the positions that it took.

    They are taken one after another from `base`, where it began; `pushed` are those that arrived live.
    """

    def __init__(self, world: SimulatedWorld, name: str, messages: int, *, recovers: bool) -> None:
        self._world = world
        self._random = world.scheduler.random
        self._recovers = recovers
        self._to_send = messages
        self._held: list[Frame] = []
        self._joined = False
        self._recovering_until = 0.0
        self.user = User(f"u-{name}", name)
        self.connection: str | None = None
        self.base: int | None = None
        self.cursor = 0
        self.seen: list[int] = []
        self.pushed: list[int] = []
        self.messages: dict[int, Frame] = {}
        self.unacknowledged: dict[str, float] = {}
        self.acknowledged: set[str] = set()

    def live(self) -> None:
        """Chat until everything is said, then go on pinging."""
        scheduler = self._world.scheduler
        scheduler.sleep(self._random.uniform(0, 1.5))
        pinged = scheduler.time
        while True:
            if self.connection is None or self.connection not in self._world.gateway.open:
                self._connect()
            scheduler.sleep(self._random.uniform(0.001, 0.2))
            if self._joined:
                self._speak()
            if self._recovers and scheduler.time - pinged > 2:
                pinged = scheduler.time
                self._ask(self._ping_frame() if self._joined else self._join_frame())
            if scheduler.faulty and self._random.random() < 0.03:
                self._drop()

    @property
    def settled(self) -> bool:
        """Return whether everything this client said is acknowledged and nothing is left to say."""
        return not self._to_send and not self.unacknowledged

    def _connect(self) -> None:
        self._joined, self._held = False, []
        self.connection = self._world.connect(self.user, self._receiver())
        self._ask(self._join_frame())

    def _receiver(self) -> Any:
        # Frames for an old connection of this client must not reach the new one.
        mine: list[str] = []

        def receive(frame: Frame) -> None:
            if not mine:
                mine.append(self.connection or "")
            if mine[0] == self.connection:
                self._receive(frame)

        return receive

    def _join_frame(self) -> Frame:
        return {"action": "join", "room": ROOM, **({} if self.base is None else {"after": self.cursor})}

    def _ping_frame(self) -> Frame:
        if self._random.random() < 0.5:
            return {"action": "ping", "room": ROOM}
        return {"action": "ping", "rooms": {ROOM: self.cursor}}

    def _drop(self) -> None:
        if self.connection is not None:
            self._world.drop(self.connection, silently=self._random.random() < 0.5)
        self.connection, self._joined = None, False

    def _speak(self) -> None:
        now = self._world.scheduler.time
        for identifier, sent in list(self.unacknowledged.items()):
            if self._recovers and now - sent > RETRY_SECONDS:
                self._send(identifier)
        if self._to_send and self._random.random() < 0.5:
            self._to_send -= 1
            if self.messages and self._random.random() < 0.3:
                seq = self._random.choice(list(self.messages))
                # Never the same twice: a reaction that changes nothing is answered and not pushed.
                emoji = chr(0x1F600 + self._to_send)
                self._ask({"action": "react", "room": ROOM, "seq": seq, "emoji": emoji, "on": True})
            else:
                self._send(str(uuid.UUID(int=self._random.getrandbits(128))))

    def _send(self, identifier: str) -> None:
        self.unacknowledged[identifier] = self._world.scheduler.time
        self._ask({"action": "send", "room": ROOM, "id": identifier, "text": identifier})

    def _ask(self, frame: Frame) -> None:
        if self.connection is not None:
            self._world.invoke(self.connection, frame)

    def _receive(self, frame: Frame) -> None:
        match frame["event"]:
            case "joined":
                self._on_joined(frame)
            case "messages":
                self.pushed += [entry["at"] for entry in frame["messages"]]
                if self._joined:
                    self._follow(frame["messages"])
                else:
                    self._held += frame["messages"]
            case "history":
                self._recovering_until = 0.0
                self._follow(frame["messages"])
                if frame["more"]:
                    self._recover()
            case "pong" if "rooms" in frame:
                self._on_pong(frame["rooms"][ROOM])
            case "pong":
                self._on_pong(frame["lastSeq"])

    def _on_pong(self, delivered: int | None) -> None:
        if delivered is None:
            self._ask(self._join_frame())
        elif delivered > self.cursor:
            self._recover()

    def _on_joined(self, frame: Frame) -> None:
        if self.base is None:
            self.base = self.cursor = frame["lastSeq"]
            for entry in frame["messages"]:
                self.messages[entry["seq"]] = entry
        held, self._held, self._joined = self._held, [], True
        self._follow([e for e in frame["messages"] if e["at"] > self.cursor])
        if frame["more"] and frame["lastSeq"] > self.cursor:
            self._recover()
        self._follow(held)

    def _follow(self, entries: list[Frame]) -> None:
        for entry in entries:
            self._acknowledge(entry)
            if entry["at"] <= self.cursor:
                continue
            if entry["at"] > self.cursor + 1:
                self._recover()
                return
            self.cursor = entry["at"]
            self.seen.append(entry["at"])
            if "void" not in entry:
                self.messages[entry["seq"]] = entry

    def _acknowledge(self, entry: Frame) -> None:
        if self.unacknowledged.pop(entry.get("id", ""), None) is not None:
            self.acknowledged.add(entry["id"])

    def _recover(self) -> None:
        now = self._world.scheduler.time
        if self._recovers and now >= self._recovering_until:
            self._recovering_until = now + 3
            self._ask({"action": "history", "room": ROOM, "after": self.cursor})
