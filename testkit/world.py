"""A whole chat on fakes, and clients that see what a browser would."""

import json
from functools import cache
from typing import Any

from chalicelib.domain.allowance import Allowance
from chalicelib.domain.codes import HashedCode
from chalicelib.entrypoints import websocket
from chalicelib.service.file_ports import FilePorts
from chalicelib.service.preview_ports import PreviewPorts
from chalicelib.service.push_ports import PushPorts
from chalicelib.service.webhook_ports import WebhookPorts
from chalicelib.wiring import Chat, assemble
from testkit import memory
from testkit.clock import FakeClock
from testkit.fakes import (
    CountedMetrics,
    FakeCaller,
    FakeCallFunction,
    FakeClassifier,
    FakeHeralds,
    FakeInvoker,
    FakePreviewer,
    FakePusher,
)
from testkit.gateway import MemoryGateway
from testkit.memory.files import MemoryBucket, MemoryPictures
from testkit.memory.passwords import password_ports
from testkit.memory.previews import MemoryPreviews
from testkit.memory.pushes import MemoryPushKeys, MemoryPushSubscriptions
from testkit.memory.webhooks import MemoryWebhooks
from testkit.ports import ports

Event = dict[str, Any]


class World:
    """A chat with its fakes in reach.

    `replaced` are ports or repositories used in place of the fakes, by their field's name.
    """

    def __init__(
        self,
        *,
        access_code: str = "",
        admin_code: str = "",
        allowance: Allowance = memory.UNLIMITED,
        shard_size: int = 1_000,
        name_sign_in: bool = True,
        admins_make_rooms: bool = False,
        **replaced: Any,
    ) -> None:
        self.clock = FakeClock()
        self.gateway = MemoryGateway()
        self.classifier = FakeClassifier()
        self.invoker = FakeInvoker()
        self.pusher = FakePusher()
        self.pushes = PushPorts(MemoryPushSubscriptions(self.clock), MemoryPushKeys(), self.pusher)
        self.previewer = FakePreviewer()
        self.pages = MemoryPreviews(self.clock)
        self.caller = FakeCaller()
        self.addresses = MemoryWebhooks()
        self.webhooks = WebhookPorts(self.addresses, self.caller, FakeCallFunction(lambda: self.chat))
        self.passwords = password_ports()
        self.heralds = FakeHeralds()
        self.metrics = CountedMetrics()
        self.log = memory.MemoryLog()
        self.rooms = memory.MemoryRooms(self.clock)
        self.presences = memory.MemoryPresences(self.clock)
        self.names = memory.MemoryNames(self.clock)
        self.attempts = memory.MemoryAttempts()
        self.uploads = self.log.uploads
        self.bucket = MemoryBucket()
        self.pictures = MemoryPictures()
        self.connections = memory.MemoryConnections(self.clock, allowance)
        made: dict[str, Any] = {
            "poster": self.gateway,
            "closer": self.gateway,
            "invoker": self.invoker,
            "classifier": self.classifier,
            "metrics": self.metrics,
            "pushes": lambda: self.pushes,
            "previews": lambda: PreviewPorts(self.pages, self.previewer),
            "webhooks": lambda: self.webhooks,
            "passwords": lambda: self.passwords,
            "heralds": lambda: self.heralds,
            "files": lambda: FilePorts(self.uploads, self.bucket, self.pictures),
            "repositories": memory.repositories(
                self.clock,
                connections=self.connections,
                log=self.log,
                rooms=self.rooms,
                presences=self.presences,
                attempts=self.attempts,
                names=self.names,
            ),
        }
        self.chat: Chat = assemble(
            ports(replaced.pop("clock", self.clock), **{**made, **replaced}),
            access_code=_hashed(access_code),
            admin_code=_hashed(admin_code),
            token_hours=168,
            shard_size=shard_size,
            name_sign_in=name_sign_in,
            admins_make_rooms=admins_make_rooms,
        )
        self._opened = 0

    def run_purges(self) -> None:
        """Do what the purge function was started for."""
        self.invoker.run_purges(self.chat)

    def run_delivery(self) -> None:
        """Do what the delivery function was asked to."""
        self.invoker.run(self.chat)

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


class _RememberedCode(HashedCode):
    """Hashes each text once for all worlds: to hash one takes long on purpose, and worlds are many."""

    __slots__ = ()
    admits = cache(HashedCode.admits)


@cache
def _hashed(code: str) -> HashedCode | None:
    return _RememberedCode.of(code) if code else None
