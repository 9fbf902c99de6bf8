"""What stands behind the page while it is measured: rooms in memory, with as many messages as asked."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from deploy_extras.content_security_policy import same_origin

Entry = dict[str, Any]
PEOPLE = ("Grace", "Linus", "Margaret", "Barbara", "Edsger")
TEXTS = (
    "Good morning, everybody!",
    "Did the deployment work? I see `TimeoutError` in the **log** of the second function.",
    "Yes. It took a minute longer than yesterday, so I looked at the figures: the first request after a "
    "deployment waits for the model, and everything after it is as fast as ever.",
    "- one\n- two\n- three",
    "See https://example.org/a/long/path?with=a&query=string for what they say about it.",
)
PAUSE = timedelta(seconds=40)


class PageService:
    """The page's files, and the parts of the protocol that a page needs to read a room."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._rooms: dict[str, list[Entry]] = {}
        self._sockets: set[web.WebSocketResponse] = set()
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.on_response_prepare.append(_headers)
        app.router.add_get("/", self._index)
        app.router.add_get("/bare", _bare)
        app.router.add_get("/config.json", self._config)
        app.router.add_get("/ws", self._connect)
        app.router.add_post("/api/session", _session)
        app.router.add_get("/api/rooms", self._list)
        app.router.add_static("/", self._site)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for socket in list(self._sockets):
            await socket.close()
        await self._runner.cleanup()

    def fill(self, room: str, count: int) -> None:
        """Give a room so many messages."""
        start = datetime.now(UTC) - PAUSE * count
        self._rooms[room] = [_message(room, seq, start + PAUSE * seq) for seq in range(1, count + 1)]

    async def say(self, room: str, count: int = 1, *, at_once: int = 1) -> int:
        """Let somebody write messages, so many in each frame; return the place of the last."""
        messages = self._rooms[room]
        for _ in range(0, count, at_once):
            first = len(messages) + 1
            fresh = [_message(room, seq, datetime.now(UTC)) for seq in range(first, first + at_once)]
            messages += fresh
            await self._push({"event": "messages", "room": room, "messages": fresh})
        return len(messages)

    async def _push(self, frame: Entry) -> None:
        for socket in list(self._sockets):
            await socket.send_json(frame)

    async def _index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(self._site / "index.html")

    async def _config(self, _request: web.Request) -> web.Response:
        http = self.url.rstrip("/")
        config = {"websocketUrl": f"{http.replace('http', 'ws', 1)}/ws", "restUrl": f"{http}/api"}
        return web.json_response(config | {"version": "bench"})

    async def _list(self, _request: web.Request) -> web.Response:
        rooms = [{"room": name, "lastSeq": len(log), "online": 1} for name, log in self._rooms.items()]
        return web.json_response({"rooms": rooms})

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._answer(socket, json.loads(message.data))
        self._sockets.discard(socket)
        return socket

    async def _answer(self, socket: web.WebSocketResponse, frame: Entry) -> None:
        room = frame.get("room", "general")
        log = self._rooms.setdefault(room, [])
        answer: Entry = {"room": room, "ref": frame.get("ref")}
        if frame["action"] == "join":
            await asyncio.sleep(0)
            answer |= {"event": "joined", "lastSeq": len(log), "online": 1} | _page(log, len(log), 50)
        elif frame["action"] == "history":
            answer |= {"event": "history"} | _page(log, frame["before"] - 1, frame.get("limit", 50))
        elif frame["action"] == "ping":
            answer |= {"event": "pong", "rooms": {name: len(self._rooms[name]) for name in frame["rooms"]}}
        else:
            return
        await socket.send_json(answer)


def _page(log: Sequence[Entry], end: int, limit: int) -> Entry:
    start = max(0, end - limit)
    return {"messages": list(log[start:end]), "more": start > 0}


def _message(room: str, seq: int, sent_at: datetime) -> Entry:
    name = PEOPLE[seq // 3 % len(PEOPLE)]
    score = (seq % 5 - 2) / 3
    label = "positive" if score > 0.1 else "negative" if score < -0.1 else "neutral"
    return {
        "room": room,
        "seq": seq,
        "at": seq,
        "id": f"message-{seq}",
        "user": {"id": f"u-{name.lower()}", "name": name},
        "text": f"{TEXTS[seq % len(TEXTS)]}\n{seq}",
        "sentAt": sent_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "sentiment": {"label": label, "score": score, "confidence": 0.8, "model": "bench", "because": []},
        "editedAt": None,
        "deleted": False,
        "reactions": {"👍": 1 + seq % 4} if seq % 7 == 0 else {},
        "labels": {},
    }


async def _bare(_request: web.Request) -> web.Response:
    """Return a page with nothing on it."""
    return web.Response(text="<!doctype html><title>Bare</title>", content_type="text/html")


async def _session(request: web.Request) -> web.Response:
    name = (await request.json())["name"]
    expires = (datetime.now(UTC) + timedelta(days=30)).isoformat().replace("+00:00", "Z")
    user = {"id": f"u-{name.lower()}", "name": name}
    return web.json_response({"token": "bench", "user": user, "expiresAt": expires}, status=201)


async def _headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Content-Security-Policy"] = same_origin()
