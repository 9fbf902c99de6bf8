"""Many WebSocket clients in one room that measure how long each message takes to each of them."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

HANDSHAKES_AT_ONCE = 8
JOIN_TIMEOUT_SECONDS = 60.0
GRACE_SECONDS = 15.0


@dataclass
class Watch:
    """When messages were sent, and when each client saw them first."""

    clients: int
    sent: dict[str, float] = field(default_factory=dict)
    seen: dict[str, dict[int, float]] = field(default_factory=dict)

    def send(self, identifier: str) -> None:
        """Note that a message is sent now."""
        self.sent[identifier] = time.monotonic()
        self.seen[identifier] = {}

    def see(self, identifier: str, client: int) -> None:
        """Note that a client has a message now; only the first time counts."""
        if identifier in self.seen:
            self.seen[identifier].setdefault(client, time.monotonic())

    @property
    def missing(self) -> int:
        """Deliveries that have not happened."""
        return sum(self.clients - len(who) for who in self.seen.values())

    def latencies_ms(self) -> list[float]:
        """Return the time of every delivery, ascending."""
        return sorted(
            1000 * (at - self.sent[identifier])
            for identifier, who in self.seen.items()
            for at in who.values()
        )


class Crowd:
    """Connected clients who have joined a room."""

    def __init__(self, room: str, sockets: Sequence[aiohttp.ClientWebSocketResponse]) -> None:
        self._room = room
        self._sockets = sockets
        self._watch = Watch(len(sockets))
        self._joined = 0

    async def chat(self, per_second: float, seconds: float) -> Watch:
        """Let the clients in turn send `per_second` messages in total; return what was measured."""
        self._watch = watch = Watch(len(self._sockets))
        began = time.monotonic()
        for number in range(round(per_second * seconds)):
            await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
            identifier = str(uuid.uuid4())
            watch.send(identifier)
            await self._say(number, action="send", id=identifier, text=f"message {number}, what a good day")
        deadline = time.monotonic() + GRACE_SECONDS
        while watch.missing and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        return watch

    async def listen(self, client: int) -> None:
        """Read what arrives at a client until its connection ends."""
        async for frame in self._sockets[client]:
            if frame.type is not aiohttp.WSMsgType.TEXT:
                continue
            event = json.loads(frame.data)
            if event.get("event") == "messages":
                for message in event["messages"]:
                    if not message.get("void"):
                        self._watch.see(message["id"], client)
            elif event.get("event") == "joined":
                self._joined += 1

    async def join(self) -> None:
        """Join with all clients, some at a time, and wait for the answers."""
        deadline = time.monotonic() + JOIN_TIMEOUT_SECONDS
        for client in range(len(self._sockets)):
            await self._say(client, action="join")
            while self._joined < client - HANDSHAKES_AT_ONCE:
                self._check(deadline)
                await asyncio.sleep(0.005)
        while self._joined < len(self._sockets):
            self._check(deadline)
            await asyncio.sleep(0.02)

    async def _say(self, client: int, **frame: Any) -> None:
        await self._sockets[client % len(self._sockets)].send_str(json.dumps({"room": self._room, **frame}))

    def _check(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise TimeoutError(
                f"{self._joined} of {len(self._sockets)} clients had joined after {JOIN_TIMEOUT_SECONDS:g} s"
            )


@asynccontextmanager
async def crowd(url: str, tokens: Sequence[str], room: str) -> AsyncIterator[Crowd]:
    """Connect and join a client for each token; disconnect all at the end."""
    turns = asyncio.Semaphore(HANDSHAKES_AT_ONCE)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http:

        async def connect(token: str) -> aiohttp.ClientWebSocketResponse:
            async with turns:
                return await http.ws_connect(url, params={"token": token}, max_msg_size=0)

        sockets = await asyncio.gather(*map(connect, tokens))
        people = Crowd(room, sockets)
        listening = [asyncio.create_task(people.listen(client)) for client in range(len(sockets))]
        try:
            await people.join()
            yield people
        finally:
            await asyncio.gather(*(socket.close() for socket in sockets), return_exceptions=True)
            await asyncio.gather(*listening, return_exceptions=True)
