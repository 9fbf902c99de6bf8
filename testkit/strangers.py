"""Strangers who ask for everything at random, about rooms that are not theirs and rooms that nobody has made.

Each question is asked twice: about a private or direct room, and about a name of the same form that nobody
has taken. Whoever may not join must not be able to tell the two answers apart.
"""

import json
import time
import uuid
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from chalicelib.domain.sessions import Session
from chalicelib.protocol.actions import ACTIONS
from chalicelib.service.keeping import Description
from testkit.rest import Rest
from testkit.world import Client, World

HERE = "127.0.0.1"
ADMIN_CODE = "the admin code"
WATCHWORD = "quetzal"  # stands in every title, topic and text of the rooms
PAGE = f"https://{WATCHWORD}.example.org/"
PRIVATE_ROOMS = 4
ODD_VALUES: tuple[Any, ...] = (None, "", 0, -1, 1, 2, 7, 10**16, True, [], {}, "x" * 300, "\u202e", 1.5)
Json = dict[str, Any]


class Asked(NamedTuple):
    """A question, the two answers without the names of the rooms, and how long they took (seconds)."""

    kind: str
    about_a_room: str
    about_nothing: str
    seconds: tuple[float, float]


class Strangers:
    """A world with private and direct rooms in use, and people who belong to none of them."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._random = Random(seed)
        self._rest = Rest(world)
        keeping, sessions = world.chat.house().keeping, world.chat.sessions
        owner, friend = (sessions.create(name, None, HERE) for name in ("Olga", "Mia"))
        self._rooms: list[str] = []
        for number in range(PRIVATE_ROOMS):
            room = f"den-{number}-{self._random.getrandbits(32):08x}"
            keeping.create(
                owner, room, Description(f"{WATCHWORD} {number}", WATCHWORD, "private", number == 3)
            )
            keeping.put_member(owner, room, friend.user.id, "member")
            self._rooms.append(room)
        self._rooms.append(keeping.direct(owner, [friend.user.id])[0].room)
        removed = sessions.create("Rob", None, HERE)
        for room in self._rooms[:PRIVATE_ROOMS]:
            keeping.put_member(owner, room, removed.user.id, "member")
        gone = world.connect(removed.token, *self._rooms[:2])
        for room in self._rooms[:PRIVATE_ROOMS]:
            keeping.drop_member(owner, room, removed.user.id)
        self._insider = world.connect(owner.token, *self._rooms)
        self._friend = friend
        self._people = [(removed, gone), *self._others(owner)]
        world.run_delivery()
        self._forget()  # who was removed has heard of the rooms while they belonged to them
        self._pushed: list[str] = []
        self.talk()

    def talk(self) -> None:
        """Let those who belong to the rooms use them, and everything be delivered."""
        for room in self._rooms:
            self._insider.say(
                room, f"a {WATCHWORD} said so: {PAGE}", str(uuid.UUID(int=self._random.getrandbits(128)))
            )
            self._insider.send(action="typing", room=room, active=self._random.random() < 0.5)
        self._world.run_delivery()
        self._pushed += [frame.decode() for frames in self._forget() for frame in frames]

    def _forget(self) -> list[list[bytes]]:
        """Return what has reached the strangers since they last asked, and forget it."""
        frames = self._world.gateway.frames
        found = [frames[client.id] for _, client in self._people]
        for _, client in self._people:
            frames[client.id] = []
        return found

    def ask(self, questions: int) -> Iterator[Asked]:
        """Ask at random; while people talk inside."""
        for number in range(questions):
            self._forget()  # answers to what was asked repeat the name that was asked for
            if number % 50 == 0:
                self.talk()
            session, client = self._random.choice(self._people)
            room = self._random.choice(self._rooms)
            nothing = self._nothing_like(room)
            if self._random.random() < 0.6:
                yield self._frame(session, client, room, nothing)
            else:
                yield self._call(session, room, nothing)

    def traces(self) -> list[str]:
        """Return what has reached strangers of the rooms, by itself or when they asked for no room."""
        told = list(self._pushed)
        for session, _ in self._people:
            for path in ("/rooms", "/people", "/me", "/model"):
                told.append(json.dumps(self._rest.call("GET", path, session.token)[1], ensure_ascii=False))
        asked = "".join(told)
        return [secret for secret in (WATCHWORD, *self._rooms) if secret in asked]

    def _others(self, owner: Session) -> list[tuple[Session, Client]]:
        house, sessions = self._world.chat.house(), self._world.chat.sessions
        house.keeping.create(sessions.create("Ida", None, HERE), "lobby", Description(access="open"))
        ida = sessions.create("Ina", None, HERE)
        house.keeping.create(ida, "hall", Description(access="private"))
        guest = house.inviting.sign_in("Gus", house.inviting.invite(ida, "hall", 1, 1).secret)
        admin = sessions.create("Root", None, HERE, ADMIN_CODE)
        found = [sessions.create("Eve", None, HERE), guest, admin]
        return [(session, self._world.connect(session.token)) for session in found]

    def _nothing_like(self, room: str) -> str:
        """Return a name of the same form and length that nobody has taken."""
        digits = f"{self._random.getrandbits(128):032x}"
        return f"dm-{digits}" if room.startswith("dm-") else f"nil-{room[4:6]}{digits[: len(room) - 6]}"

    def _value(self, likely: Any) -> Any:
        return self._random.choice(ODD_VALUES) if self._random.random() < 0.2 else likely

    def _frame(self, session: Session, client: Client, room: str, nothing: str) -> Asked:
        action = self._random.choice(sorted(ACTIONS))
        likely: Json = {
            "id": str(uuid.UUID(int=self._random.getrandbits(128))),
            "text": "hello",
            "seq": self._random.choice((1, 2, 50)),
            "emoji": "👍",
            "on": True,
            "active": True,
            "label": "positive",
            "reason": "because",
            "at": 1,
        }
        fields = {name: self._value(value) for name, value in likely.items()}
        for name in ("before", "after", "limit", "replyTo", "files", "ref"):
            if self._random.random() < 0.15:
                fields[name] = self._value(1)
        taken = action == "join" and session.role != "guest" and not room.startswith("dm-")
        of_many = action == "ping" and self._random.random() < 0.5
        told, seconds = [], []
        for name in self._random.sample((room, nothing), 2):
            if taken and name == nothing:
                told.append((name, [_refused(fields, nothing)]))
                seconds.append((name, 0.0))
                continue
            begun = time.perf_counter()
            asked = {"rooms": {name: 1}} if of_many else {"room": name}
            answer = client.send(action=action, **asked, **fields)
            seconds.append((name, time.perf_counter() - begun))
            told.append((name, [e for e in answer if e["event"] not in ("presence", "typing")]))
        if taken:
            # Coming to a name that nobody has taken makes a room: there the two must differ, and the contract
            # says how. What the frame itself lacks is said first, of either.
            answer = dict(told)[room]
            if answer and answer[0].get("code") in ("invalid", "too_large"):
                told = [(room, answer), (nothing, answer)]
        return _asked(action, room, nothing, told, seconds)

    def _call(self, session: Session, room: str, nothing: str) -> Asked:
        whose = self._random.choice((session.user.id, self._friend.user.id, "nobody", "x" * 70))
        calls: list[tuple[str, str, Json | None]] = [
            ("GET", f"messages?limit={self._value(5)}", None),
            ("GET", f"messages?after={self._value(0)}", None),
            ("GET", f"messages/{self._value(1)}/reactions", None),
            ("GET", f"messages/{self._value(1)}/preview?url={PAGE}", None),
            ("POST", f"messages/{self._value(1)}/press", {"value": self._value("yes")}),
            ("GET", f"mood?minutes={self._value(60)}", None),
            ("GET", f"pulse?days={self._value(90)}", None),
            ("GET", "members", None),
            ("GET", f"people?limit={self._value(5)}", None),
            ("PATCH", "", {"title": self._value("Mine"), "access": self._value("open")}),
            ("PATCH", "", {"archived": self._value(True)}),
            ("PUT", "mine", {"notices": self._value("all"), "hidden": self._value(True)}),
            ("DELETE", "", None),
            ("PUT", f"members/{whose}", {"role": self._value("member")}),
            ("DELETE", f"members/{whose}", None),
            ("PUT", f"members/{whose}/mute", {"minutes": self._value(5)}),
            ("DELETE", f"members/{whose}/mute", None),
            ("POST", "files", {"name": self._value("a.txt"), "bytes": self._value(5)}),
            ("GET", "files/none", None),
            ("POST", "invites", {"uses": self._value(1), "hours": self._value(1)}),
        ]
        method, path, body = self._random.choice(calls)
        told, seconds = [], []
        for name in self._random.sample((room, nothing), 2):
            address = f"/rooms/{name}/{path}".rstrip("/").replace(" ", "%20")
            begun = time.perf_counter()
            answer = self._rest.call(method, address.encode("ascii", "ignore").decode(), session.token, body)
            seconds.append((name, time.perf_counter() - begun))
            told.append((name, answer))
        kind = f"{method} {path.partition('?')[0].split('/')[0]}" + (" mute" if path.endswith("mute") else "")
        return _asked(kind, room, nothing, told, seconds)


def _refused(fields: Json, room: str) -> Json:
    told = {"event": "error", "code": "not_found", "message": f"There is no room {room}.", "action": "join"}
    ref = fields.get("ref")
    return told | ({"ref": ref} if isinstance(ref, str) else {})


def _asked(
    kind: str, room: str, nothing: str, told: list[tuple[str, Any]], seconds: list[tuple[str, float]]
) -> Asked:
    answers = {
        name: json.dumps(answer, sort_keys=True, ensure_ascii=False).replace(name, "<room>")
        for name, answer in told
    }
    took = dict(seconds)
    return Asked(kind, answers[room], answers[nothing], (took[room], took[nothing]))
