"""A client of the protocol that shares no code with the application."""

import asyncio
import contextlib
import itertools
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

Event = dict[str, Any]
ANSWER_SECONDS = 60.0

_numbers = itertools.count(1)


def unique(word: str) -> str:
    """Return a name or room that no other test has."""
    return f"{word}-{next(_numbers)}-{uuid.uuid4().hex[:6]}".lower()


class Closed(AssertionError):
    """The connection ended while the test waited for an event; `code` is the closing code."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"the connection was closed with {code}")
        self.code = code


class Client:
    """One WebSocket connection of a user. Events that a test does not wait for stay in `events`."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, user: Event, token: str) -> None:
        self.socket = socket
        self.user = user
        self.token = token
        self.events: list[Event] = []
        self.frame_sizes: list[int] = []
        self._news = asyncio.Condition()
        self._closed = False
        self._reader = asyncio.create_task(self._read())

    async def send(self, action: str, **fields: Any) -> None:
        """Send a frame; a field of None is left out."""
        given = {name: value for name, value in fields.items() if value is not None}
        await self.raw(json.dumps({"action": action, **given}, ensure_ascii=False))

    async def raw(self, text: str) -> None:
        """Send a text frame as it is."""
        await self.socket.send_str(text)

    async def event(self, kind: str, matching: Callable[[Event], bool] = lambda event: True) -> Event:
        """Return the first event of a kind that matches, and take it out of `events`.

        Raises
        ------
        AssertionError
            It did not come; the message shows what came instead.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS), self._news:
                while True:
                    for event in self.events:
                        if event.get("event") == kind and matching(event):
                            self.events.remove(event)
                            return event
                    if self._closed:
                        raise Closed(self.socket.close_code)
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"no {kind} came; there are {str(self.events)[:2000]}") from None

    async def ask(self, action: str, answer: str, **fields: Any) -> Event:
        """Send a frame with a `ref` of its own and return the answer that repeats it."""
        ref = uuid.uuid4().hex
        await self.send(action, ref=ref, **fields)
        event = await self.event(answer, lambda event: event.get("ref") == ref)
        del event["ref"]
        return event

    async def error(self, action: str, **fields: Any) -> Event:
        """Send a frame that is refused and return the `error`."""
        return await self.ask(action, "error", **fields)

    async def join(self, room: str, after: int | None = None) -> Event:
        """Join a room and return the `joined` event."""
        return await self.ask("join", "joined", room=room, after=after)

    async def say(self, room: str, text: str, identifier: str | None = None, **about: Any) -> Event:
        """Send a message and return the sender's own copy of it, which is the acknowledgement."""
        identifier = identifier or str(uuid.uuid4())
        await self.send("send", room=room, id=identifier, text=text, **about)
        return await self.message(room, lambda message: message.get("id") == identifier)

    async def message(self, room: str, matching: Callable[[Event], bool]) -> Event:
        """Return the first live message of a room that matches; the others of its frame stay."""

        def has(event: Event) -> bool:
            return event["room"] == room and any(matching(m) for m in event["messages"])

        frame = await self.event("messages", has)
        found: Event = next(m for m in frame["messages"] if matching(m))
        frame["messages"].remove(found)
        if frame["messages"]:
            self.events.append(frame)
        return found

    async def hears(self, room: str, text: str) -> Event:
        """Return the live message with a text."""
        return await self.message(room, lambda message: message.get("text") == text)

    async def log(self, room: str, after: int = 0, limit: int = 100) -> list[Event]:
        """Return everything that is stored after a position, page by page."""
        found: list[Event] = []
        while True:
            page = await self.ask("history", "history", room=room, after=after, limit=limit)
            found += page["messages"]
            if not page["more"]:
                return found
            assert page["messages"], "a page says that there is more and is empty"
            after = page["messages"][-1]["at"]

    async def close(self) -> None:
        """Close the connection."""
        await self.socket.close()
        self._reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reader

    async def closed(self) -> int | None:
        """Wait until the server closes the connection; return its code."""
        async with asyncio.timeout(ANSWER_SECONDS):
            await asyncio.shield(self._reader)
        return self.socket.close_code

    async def _read(self) -> None:
        async for frame in self.socket:
            if frame.type is aiohttp.WSMsgType.TEXT:
                async with self._news:
                    self.frame_sizes.append(len(frame.data.encode()))
                    self.events.append(json.loads(frame.data))
                    self._news.notify_all()
        async with self._news:
            self._closed = True
            self._news.notify_all()


async def post_form(http: aiohttp.ClientSession, upload: Event, content: bytes) -> int:
    """Post a file as a browser does, with the form that the service gave; return the status."""
    form = aiohttp.FormData()
    for name, value in upload["fields"].items():
        form.add_field(name, value)
    form.add_field("file", content, filename="file", content_type="application/octet-stream")
    async with http.post(upload["url"], data=form) as response:
        return response.status


class People:
    """Signs people in at one deployment and opens their connections."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self._url = url
        self._config: Event = {}
        self._clients: list[Client] = []

    async def config(self) -> Event:
        """Return what discovery says, read once."""
        if not self._config:
            async with self.http.get(f"{self._url}config.json") as response:
                self._config = await response.json()
        return self._config

    async def rest(
        self, method: str, path: str, *, token: str | None = None, **options: Any
    ) -> tuple[int, Event]:
        """Call the REST API; return status and body."""
        headers = options.pop("headers", {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        address = f"{(await self.config())['restUrl']}{path}"
        async with self.http.request(method, address, headers=headers, **options) as response:
            return response.status, await response.json()

    async def sign_in(self, name: str, **body: Any) -> tuple[Event, str]:
        """Return the user and the token of a new session."""
        status, session = await self.rest("POST", "/session", json={"name": name, **body})
        assert status == 201, session
        return session["user"], session["token"]

    async def open(self, user: Event, token: str) -> Client:
        """Open a connection with a token."""
        socket = await self.http.ws_connect(
            (await self.config())["websocketUrl"], params={"token": token}, max_msg_size=0
        )
        # As others see them: their role in the deployment is between them and the service.
        client = Client(socket, {"id": user["id"], "name": user["name"]}, token)
        self._clients.append(client)
        return client

    async def connect(self, name: str | None = None) -> Client:
        """Sign somebody in, under a name that nobody has, and open a connection."""
        return await self.open(*await self.sign_in(name or unique("ada")))

    async def in_room(self, room: str, count: int = 1) -> list[Client]:
        """Return connections of different people who have joined a room."""
        clients = [await self.connect() for _ in range(count)]
        for client in clients:
            await client.join(room)
        return clients

    async def leave(self) -> None:
        """Close every connection."""
        await asyncio.gather(*(client.close() for client in self._clients))


@asynccontextmanager
async def people_at(url: str) -> AsyncIterator[People]:
    """Give clients of the deployment whose site is at `url`; they are disconnected at the end."""
    async with aiohttp.ClientSession() as http:
        people = People(http, url)
        try:
            yield people
        finally:
            await people.leave()
