"""A scripted service for the page: speaks the protocol from memory, and misbehaves on command.

What a real stack does not do when asked (lose a push, go silent, fail in the gateway) is one call here.
"""

import asyncio
import contextlib
import json
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from .fake_rest import FakeRest
from .fake_room import Entry
from .threaded_site import WAIT_SECONDS

GATEWAY_ERROR = {"message": "Internal server error", "connectionId": "abc=", "requestId": "def="}


class FakeServer(FakeRest):
    """Attributes are the script; methods act at once."""

    def __init__(self) -> None:
        super().__init__()
        self.refuse_handshakes = False
        self.silent = False  # frames arrive and are never answered, as on a dead connection
        self.delivering = True  # False: pushes are lost, the log is not
        self.answers: dict[str, list[Any]] = defaultdict(
            list
        )  # action -> what to do with the next such frames
        self.received: list[Entry] = []
        self.handshakes = 0
        self._sockets: dict[web.WebSocketResponse, set[str]] = {}
        self._users: dict[web.WebSocketResponse, str] = {}
        self._released = asyncio.Event()

    # The script.

    def say(self, name: str, text: str, room: str = "general", **fields: Any) -> Entry:
        """Let somebody write a message, and push it unless pushes are being lost."""
        user = {"id": f"u-{name.lower()}", "name": name}
        entry = self.room(room).add(user, text, message_id=str(uuid4()), **fields)
        self.push(room, [entry])
        return entry

    def fill(self, count: int, room: str = "general", name: str = "Ada", pause: float = 90) -> None:
        """Put a history into a room, one message every ``pause`` seconds until now."""
        start = datetime.now(UTC) - timedelta(seconds=pause * count)
        for number in range(1, count + 1):
            sent_at = (
                (start + timedelta(seconds=pause * number))
                .isoformat(timespec="milliseconds")
                .replace("+00:00", "Z")
            )
            user = {"id": f"u-{name.lower()}", "name": name}
            self.room(room).add(user, f"message number {number}", message_id=str(uuid4()), sent_at=sent_at)

    def change(self, seq: int, room: str = "general", **fields: Any) -> Entry:
        entry = self.room(room).change(seq, **fields)
        self.push(room, [entry])
        return entry

    def push(self, room: str, entries: list[Entry]) -> None:
        if self.delivering:
            self._do(self._push(room, entries))

    def count(self, online: int, room: str = "general") -> None:
        """Tell everybody in a room how many people are there now."""
        self._do(self._tell_room(room, {"event": "presence", "room": room, "online": online}))

    def tell(self, room: str, frame: Entry) -> None:
        """Send everybody in a room an event."""
        self._do(self._tell_room(room, frame))

    def describe(self, room: str, **about: Any) -> None:
        """Say what a room is, to everybody in it and in the list."""
        self.abouts[room] = {
            "room": room,
            "title": room,
            "topic": "",
            "access": "open",
            "archived": False,
        } | about
        self.tell(room, {"event": "room"} | self.abouts[room])

    def release(self) -> None:
        """Answer the frames whose script said ``hold``."""
        self._loop.call_soon_threadsafe(self._released.set)

    def drop(self) -> None:
        """Cut every connection."""
        self._do(self._drop())

    def choose(self, user_id: str, room: str, **chosen: Any) -> None:
        """Let somebody choose for a room on another device."""
        self.marks.chosen[user_id, room] = self.marks.choice(user_id, room) | chosen
        told = {"event": "mine", "room": room, **self.marks.choice(user_id, room)}
        self._do(self._tell_user(user_id, told))

    @property
    def joined(self) -> list[set[str]]:
        """The rooms that each connection has joined."""
        return list(self._sockets.values())

    def forget_subscriptions(self) -> None:
        for rooms in self._sockets.values():
            rooms.clear()

    def expire_sessions(self) -> None:
        self.sessions.clear()

    def frames(self, action: str) -> list[Entry]:
        return [frame for frame in list(self.received) if frame.get("action") == action]

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something has reached the service."""
        end = time.monotonic() + WAIT_SECONDS
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"Within {WAIT_SECONDS} s this did not happen: {what}")
            time.sleep(0.02)

    # WebSocket.

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        self.handshakes += 1
        user = self.sessions.get(request.query.get("token", ""))
        if self.refuse_handshakes or user is None:
            return web.Response(status=403)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets[socket], self._users[socket] = set(), user["id"]
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._frame(socket, user, json.loads(message.data))
        self._sockets.pop(socket, None)
        return socket

    async def _frame(self, socket: web.WebSocketResponse, user: Entry, frame: Entry) -> None:
        self.received.append(frame)
        if self.silent:
            return
        scripted = self.answers[frame["action"]].pop(0) if self.answers[frame["action"]] else None
        if scripted == "ignore":
            return
        if scripted == "gateway":
            await _tell(socket, GATEWAY_ERROR)
            return
        if scripted == "store and drop":
            self.room(frame["room"]).add(user, frame["text"], message_id=frame["id"])
            await socket.close()
            return
        if isinstance(scripted, dict):
            scripted = dict(scripted)
            if scripted.pop("hold", False):
                await self._released.wait()
            told: Entry = {
                "event": "error",
                "action": frame["action"],
                **{k: frame[k] for k in ("id", "ref") if k in frame},
            }
            await _tell(socket, told | scripted)
            return
        if isinstance(scripted, int | float):
            await asyncio.sleep(scripted)
        await self._answer(socket, user, frame, held=scripted == "hold")

    async def _answer(self, socket: web.WebSocketResponse, user: Entry, frame: Entry, *, held: bool) -> None:
        action, room = frame["action"], self.room(frame.get("room", "general"))
        answer: Entry = {"room": room.name} | ({"ref": frame["ref"]} if "ref" in frame else {})
        if action == "join":
            self._sockets[socket].add(room.name)
            messages, more = room.after(frame["after"]) if "after" in frame else room.before()
            answer |= {"event": "joined", "lastSeq": room.last, "messages": messages, "more": more}
            if held:  # what is pushed meanwhile arrives before the answer
                await self._released.wait()
            await _tell(socket, answer | {"online": self._online(room.name)})
        elif held:
            await self._released.wait()
            await self._answer(socket, user, frame, held=False)
        elif action == "leave":
            self._sockets[socket].discard(room.name)
        elif action == "history":
            limit = frame.get("limit", 50)
            messages, more = (
                room.after(frame["after"], limit)
                if "after" in frame
                else room.before(frame.get("before"), limit)
            )
            await _tell(socket, answer | {"event": "history", "messages": messages, "more": more})
        elif action == "ping" and "rooms" in frame:
            joined = self._sockets[socket]
            told = {name: self.room(name).last if name in joined else None for name in frame["rooms"]}
            await _tell(socket, {"event": "pong", "rooms": told})
        elif action == "ping":
            await _tell(socket, answer | {"event": "pong", "lastSeq": room.last})
        elif action == "send":
            entry = room.add(user, frame["text"], message_id=frame["id"], **room.about(frame))
            await self._push(room.name, [entry])
        elif action in {"edit", "delete", "react", "label"}:
            await self._push(room.name, [room.apply(user, frame)])
        elif action == "read":
            await self._read(socket, user["id"], frame)
        elif action == "typing":
            typing = answer | {"event": "typing", "user": user, "active": frame["active"]}
            for other, rooms in list(self._sockets.items()):
                if other is not socket and room.name in rooms:
                    await _tell(other, typing)

    async def _read(self, socket: web.WebSocketResponse, user_id: str, frame: Entry) -> None:
        if self.marks.move(user_id, frame["room"], frame["at"]):
            moved = {"event": "read", "room": frame["room"], "at": frame["at"]}
            for other in [one for one in self._sockets if one is not socket]:
                if self._users[other] == user_id:
                    await _tell(other, moved)

    async def _push(self, room: str, entries: list[Entry]) -> None:
        await self._tell_room(room, {"event": "messages", "room": room, "messages": entries})

    async def _tell_room(self, room: str, frame: Entry) -> None:
        for socket, rooms in list(self._sockets.items()):
            if room in rooms:
                await _tell(socket, frame)

    async def _tell_user(self, user_id: str, frame: Entry) -> None:
        for socket in [one for one in self._sockets if self._users[one] == user_id]:
            await _tell(socket, frame)

    async def _drop(self) -> None:
        for socket in list(self._sockets):
            await socket.close()

    def _routes(self, app: web.Application) -> None:
        super()._routes(app)
        app.router.add_get("/ws", self._connect)

    def _online(self, room: str) -> int:
        return sum(room in rooms for rooms in self._sockets.values())


async def _tell(socket: web.WebSocketResponse, frame: Entry) -> None:
    with contextlib.suppress(ConnectionResetError):  # who is gone hears nothing
        await socket.send_json(frame)
