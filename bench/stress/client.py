"""A client that keeps every rule of the protocol: acknowledges, retries, reconnects and recovers."""

import asyncio
import contextlib
import json
import time
from collections import Counter
from typing import Any

import aiohttp

from bench.people import Person
from bench.stress.log import Json, RoomLog
from bench.stress.plan import DROPS, RETRIES, Action
from bench.stress.views import Post, RoomView

PING_SECONDS = 4.0
SENDS_AT_ONCE = 3
SILENCE_SECONDS = 20.0
TICK_SECONDS = 0.1
EMOJI = ("👍", "🎉", "😂")
LABELS = ("negative", "neutral", "positive", None)


class StressClient:
    """One person with one connection at a time. `run` lives until `stop`."""

    def __init__(self, http: aiohttp.ClientSession, url: str, person: Person, rooms: dict[str, bool]) -> None:
        """`rooms` says of each room whether the client wants its log from the start."""
        self.person = person
        self.views = {name: RoomView(RoomLog(name)) for name in rooms}
        self.sent: dict[str, Post] = {}
        self.pending: dict[str, Post] = {}
        self.acknowledged: dict[str, int] = {}
        self.contradictions: list[str] = []
        self.counts: Counter[str] = Counter()
        self._whole = rooms
        self._http = http
        self._url = url
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._stopping = False
        self._heard = 0.0
        self._refs = 0
        self._asked: dict[str, tuple[str, str, int | None]] = {}

    # -- what the plan makes it do -----------------------------------------------------------------------

    async def act(self, action: Action) -> None:
        """Carry out a planned action if it makes sense by now."""
        view = self.views[action.room]
        match action.kind:
            case "send":
                self._write(action)
            case "drop":
                self.drop()
            case "retry":
                await self._retry(action)
            case "rejoin":
                await self._say("leave", room=action.room)
                view.joined = False
                view.joining.answered()
            case "typing":
                await self._say("typing", room=action.room, active=action.pick < 0.5)
            case "history" if view.joined:
                before = 1 + int(action.pick * max(1, view.log.top))
                await self._ask("history", view, None, before=before, limit=20)
            case "react" | "edit" | "delete" | "label" if view.joined:
                await self._change(action, view)

    def drop(self) -> None:
        """Abort the connection without closing it."""
        if self._socket is not None and self._abort(self._socket):
            self.counts[DROPS] += 1

    @staticmethod
    def _abort(socket: aiohttp.ClientWebSocketResponse) -> bool:
        connection = socket._response.connection
        if connection is None or connection.transport is None:
            return False
        connection.transport.abort()
        return True

    def _write(self, action: Action) -> None:
        text = f"{self.person.name} says {action.id[:8]} — ünïcode 🙂, good or bad"
        self.sent[action.id] = self.pending[action.id] = Post(action.room, text)

    async def _retry(self, action: Action) -> None:
        """Send a message again that was sent before, or a new one twice at once."""
        known = [i for i, post in self.sent.items() if self.views[post.room].joined]
        if known:
            chosen = known[int(action.pick * len(known))]
            post = self.sent[chosen]
            self.counts[RETRIES] += 1
            # The first text stays, whatever a retry says; which is the first is sure when it was answered.
            text = f"{post.text}, again" if chosen in self.acknowledged else post.text
            await self._say("send", room=post.room, id=chosen, text=text)
        else:
            self._write(action)
            if self.views[action.room].joined:
                self.counts[RETRIES] += 1
                await self._say("send", room=action.room, id=action.id, text=self.sent[action.id].text)

    async def _change(self, action: Action, view: RoomView) -> None:
        own = action.kind in ("edit", "delete")
        messages = [m for m in view.log.messages.values() if not own or m["user"]["id"] == self.person.id]
        if not messages:
            return
        seq = messages[int(action.pick * len(messages))]["seq"]
        every: dict[str, dict[str, Any]] = {
            "edit": {"text": f"edited {action.id[:8]}"},
            "delete": {},
            "react": {"emoji": EMOJI[int(action.pick * 997) % len(EMOJI)], "on": action.pick * 991 % 1 < 0.7},
            "label": {"label": LABELS[int(action.pick * 983) % len(LABELS)]},
        }
        await self._say(action.kind, room=action.room, seq=seq, **every[action.kind])

    # -- the connection ------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Connect, and reconnect, until `stop`."""
        pause = 0.1
        while not self._stopping:
            try:
                socket = await self._http.ws_connect(
                    self._url, params={"token": self.person.token}, max_msg_size=0, timeout=_CLOSING
                )
            except (aiohttp.ClientError, TimeoutError, OSError):
                self.counts["handshakes_refused"] += 1
                await asyncio.sleep(pause)
                pause = min(2.0, pause * 1.7)
                continue
            pause = 0.1
            self.counts["connections"] += 1
            await self._converse(socket)

    async def stop(self) -> None:
        """Close the connection for good."""
        self._stopping = True
        if self._socket is not None:
            await self._socket.close()

    async def _converse(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._heard = socket, time.monotonic()
        self._asked.clear()
        for view in self.views.values():
            view.joined, view.held = False, []
            view.joining.answered()
            view.recovering.answered()
        caring = asyncio.create_task(self._care(socket))
        # A fault of this client must not look like one of the chat: whatever ends the care ends the reading.
        caring.add_done_callback(lambda _: self._abort(socket))
        try:
            async for frame in socket:
                self._heard = time.monotonic()
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self._on_event(json.loads(frame.data))
        finally:
            self._socket = None
            caring.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await caring

    async def _care(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Retry whatever was not answered."""
        while not socket.closed:
            now = time.monotonic()
            if now - self._heard > SILENCE_SECONDS:
                self.counts["gave_up_silent"] += 1
                self.drop()
                return
            for view in self.views.values():
                await self._care_for(view, now)
            for identifier, post in list(self.pending.items())[:SENDS_AT_ONCE]:
                if self.views[post.room].joined and post.sending.due(now):
                    self.counts["sends"] += 1
                    await self._say("send", room=post.room, id=identifier, text=post.text)
            await asyncio.sleep(TICK_SECONDS)

    async def _care_for(self, view: RoomView, now: float) -> None:
        if not view.joined:
            if view.joining.due(now):
                self.counts["joins"] += 1
                from_start = 0 if self._whole[view.log.room] else None
                await self._ask("join", view, from_start if view.log.base is None else view.log.top)
            return
        if view.log.behind and view.recovering.due(now):
            self.counts["recoveries"] += 1
            await self._ask("history", view, view.log.top, limit=100)
        if now >= view.ping_at:
            view.ping_at = now + PING_SECONDS
            await self._say("ping", rooms={view.log.room: view.log.top})

    async def _ask(self, action: str, view: RoomView, after: int | None, **fields: Any) -> None:
        self._refs += 1
        ref = f"r{self._refs}"
        self._asked[ref] = (action, view.log.room, after)
        if after is not None:
            fields["after"] = after
        await self._say(action, room=view.log.room, ref=ref, **fields)

    async def _say(self, action: str, **fields: Any) -> None:
        if self._socket is None or self._socket.closed:
            return
        try:
            await self._socket.send_str(json.dumps({"action": action, **fields}, ensure_ascii=False))
        except (aiohttp.ClientError, ConnectionError):
            self.counts["frames_unsent"] += 1  # the connection is gone; whatever matters is asked again

    # -- what arrives ----------------------------------------------------------------------------------------

    def _on_event(self, event: Json) -> None:
        kind = event.get("event", "gateway_error")
        self.counts[f"event_{kind}"] += 1
        view = self.views.get(event.get("room", ""))
        if kind == "error":
            self._on_error(event)
        elif kind == "pong":
            self._on_pong(event["rooms"])
        elif view is None:
            return
        elif kind == "joined":
            self._on_joined(view, event)
        elif kind == "messages":
            if view.joined:
                self._take(view, event["messages"])
            else:
                view.held += event["messages"]
        elif kind == "history":
            self._on_page(view, event)

    def _on_pong(self, rooms: Json) -> None:
        for room, delivered in rooms.items():
            if delivered is None:
                self.views[room].joined = False  # the service does not know the subscription: join again
            else:
                self.views[room].log.learn(int(delivered))

    def _on_joined(self, view: RoomView, event: Json) -> None:
        _, _, after = self._asked.pop(event.get("ref", ""), ("join", view.log.room, None))
        if after is None:
            view.log.begin(int(event["lastSeq"]))
            self._look(view, event["messages"])
        else:
            view.log.begin(after)
            self._take(view, event["messages"])
        view.log.learn(int(event["lastSeq"]))
        view.joined = True
        view.joining.answered()
        held, view.held = view.held, []
        self._take(view, held)

    def _on_page(self, view: RoomView, event: Json) -> None:
        _, _, after = self._asked.pop(event.get("ref", ""), ("history", view.log.room, None))
        if after is None:
            self._look(view, event["messages"])
        else:
            view.recovering.answered()
            self._take(view, event["messages"])

    def _on_error(self, event: Json) -> None:
        self.counts[f"error_{event['code']}"] += 1
        if event["code"] == "not_joined":
            for view in self.views.values():
                view.joined = False
        if event["code"] in ("invalid", "bad_json", "bad_frame", "unknown_action", "too_large"):
            self.contradictions.append(f"a frame of {self.person.name} was not understood: {event}")

    def _take(self, view: RoomView, entries: list[Json]) -> None:
        for entry in entries:
            view.log.add(entry)
            self._acknowledge(entry)

    def _look(self, view: RoomView, messages: list[Json]) -> None:
        for message in messages:
            view.log.see(message)
            self._acknowledge(message)

    def _acknowledge(self, entry: Json) -> None:
        if entry.get("void") or entry["user"]["id"] != self.person.id:
            return
        self.pending.pop(entry["id"], None)
        earlier = self.acknowledged.setdefault(entry["id"], entry["seq"])
        if earlier != entry["seq"]:
            self.contradictions.append(
                f"{entry['id']} was acknowledged as {earlier} and as {entry['seq']} in {entry['room']}"
            )


_CLOSING = aiohttp.ClientWSTimeout(ws_close=2.0)
