"""Every kind of person beside every kind of room, in a chat of their own."""

import uuid
from collections.abc import Sequence
from typing import Any, Literal

from chalicelib.domain.sessions import Session
from chalicelib.service.keeping import Description
from testkit.gateway import Report
from testkit.rest import Rest
from testkit.world import Client, World

HERE = "127.0.0.1"
ADMIN_CODE = "the admin code"

RoomKind = Literal["open", "private", "direct", "archived"]
ROOMS: tuple[RoomKind, ...] = ("open", "private", "direct", "archived")
# Who somebody is. Banned, muted and removed people were members of the room (in an open room they had come to
# it); removed ones are removed while a message is being delivered to them.
PEOPLE = {
    "stranger": "a member of the chat who does not belong to the room",
    "guest elsewhere": "a guest of another room",
    "guest": "a guest of the room",
    "member": "a member of the room",
    "owner": "an owner of the room",
    "admin": "an admin who does not belong to the room",
    "banned": "a member who was banned from the chat",
    "muted": "a member who was muted",
    "removed": "a member who was removed while a message was delivered to them",
}
NOT_IN_DIRECT = {"guest", "owner", "muted", "removed"}  # such people do not exist there


class Scene:
    """One person of a kind, one room of a kind, its owner Olga and Mia, who belongs to it.

    The person has joined, and said something, if they ever could.
    """

    def __init__(self, kind: RoomKind, who: str) -> None:
        self.kind = kind
        self.who = who
        self.world = World(admin_code=ADMIN_CODE)
        self.rest = Rest(self.world)
        self.house = self.world.chat.house()
        self.olga, self.mia, self.nina = (self._sign_in(name) for name in ("Olga", "Mia", "Nina"))
        self.root = self.world.chat.sessions.create("Root", None, HERE, ADMIN_CODE)
        self.room, self.invite = "club", ""
        if kind != "direct":
            access: Any = "open" if kind == "open" else "private"
            self.house.keeping.create(self.olga, self.room, Description(title="Club", access=access))
            self.house.keeping.put_member(self.olga, self.room, self.mia.user.id, "member")
            self.invite = self.house.inviting.invite(self.olga, self.room, 9, 1).secret
        self.me = self._person()
        if kind == "direct":
            others = [self.mia.user.id, *([self.me.user.id] if who in ("member", "banned") else [])]
            self.room = self.house.keeping.direct(self.olga, others)[0].room
        self.host = self.world.connect(self.olga.token, self.room)
        self.say(self.host)
        self.client = self.world.connect(self.me.token, self.room)
        self.own = self.say(self.client) or 1
        self.file = self._send_file()
        self._become()

    def say(self, client: Client) -> int | None:
        """Say something in the room; return its position if it was stored."""
        events = client.say(self.room, "hello https://example.org/", str(uuid.uuid4()))
        found = [event for event in events if event["event"] == "messages"]
        return int(found[0]["messages"][0]["seq"]) if found else None

    def _send_file(self) -> str:
        """Let Olga send a file; return its id."""
        offered = {"name": "notes.txt", "type": "text/plain", "bytes": 5}
        _, answer = self.rest.call("POST", f"/rooms/{self.room}/files", self.olga.token, offered)
        self.world.bucket.uploads[self.room, answer["id"]] = b"hello"
        self.host.send(action="send", room=self.room, id=str(uuid.uuid4()), text="", files=[answer["id"]])
        return str(answer["id"])

    def _sign_in(self, name: str) -> Session:
        return self.world.chat.sessions.create(name, None, HERE)

    def _person(self) -> Session:
        match self.who:
            case "guest":
                return self.house.inviting.sign_in("Pat", self.invite)
            case "guest elsewhere":
                self.house.keeping.create(self.olga, "den", Description(access="private"))
                invite = self.house.inviting.invite(self.olga, "den", 1, 1)
                return self.house.inviting.sign_in("Pat", invite.secret)
            case "admin":
                return self.world.chat.sessions.create("Pat", None, HERE, ADMIN_CODE)
        person = self._sign_in("Pat")
        if self.kind != "direct" and self.who in ("member", "banned", "muted", "removed"):
            self.house.keeping.put_member(self.olga, self.room, person.user.id, "member")
        return person

    def _become(self) -> None:
        """Make of the room and the person what they are at last."""
        if self.who == "owner":
            # Olga is none then, so that the person is the last one.
            self.house.keeping.put_member(self.olga, self.room, self.me.user.id, "owner")
            self.house.keeping.put_member(self.me, self.room, self.olga.user.id, "member")
            self.invite = self.house.inviting.invite(self.me, self.room, 9, 1).secret
        if self.who == "muted":
            self.house.order.mute(self.olga, self.room, self.me.user.id, 5)
        if self.who == "banned":
            self.house.order.ban(self.root, self.me.user.id, None, "spam")
        if self.kind == "archived":
            owner = self.me if self.who == "owner" else self.olga
            self.house.keeping.describe(owner, self.room, Description(archived=True))
        if self.who == "removed":
            self._remove_in_mid_broadcast()

    def _remove_in_mid_broadcast(self) -> None:
        if self.kind == "archived":  # nothing is delivered there any more
            self.house.keeping.drop_member(self.olga, self.room, self.me.user.id)
            return
        gateway, honest = self.world.gateway, self.world.gateway.post

        def post(connection_ids: Sequence[str], *given: Any, **named: Any) -> Report:
            gateway.post = honest  # type: ignore[method-assign]
            assert self.client.id in connection_ids
            self.house.keeping.drop_member(self.olga, self.room, self.me.user.id)
            return honest(connection_ids, *given, **named)

        gateway.post = post  # type: ignore[method-assign]
        self.say(self.host)
