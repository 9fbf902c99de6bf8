"""The REST half of the scripted service, and what is known of people and rooms."""

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from .fake_marks import FakeMarks
from .fake_room import Entry, FakeRoom
from .threaded_site import ThreadedSite


class FakeRest(ThreadedSite):
    """Attributes are the script."""

    def __init__(self) -> None:
        super().__init__()
        self.rooms: dict[str, FakeRoom] = {"general": FakeRoom("general")}
        self.abouts: dict[str, Entry] = {}  # what rooms are, besides their names
        self.access_code: str | None = None
        self.link_previews: bool | None = None  # None: as a deployment of before says
        self.taken_names: set[str] = set()
        self.passwords: dict[str, str] = {}  # of names that are kept, in small letters
        self.lifetime = timedelta(days=30)  # longer than a test moves the page on: a renewal connects anew
        self.model: Entry | None = {"version": "fake-1", "report": None}  # None: nobody can tell
        self.model_asked = 0
        self.list_asked = 0
        self.here_asked = 0
        self.list_refused = False
        self.choices_made: list[tuple[str, Entry]] = []  # what people chose for rooms
        self.choices_refused = False
        self.sessions: dict[str, Entry] = {}
        self.marks = FakeMarks()
        self.people: list[Entry] = []  # whom `GET /people` finds, besides who writes
        self.profiles: dict[str, Entry] = {}  # what people say of themselves, by id: `about`, `picture`
        self.profiles_asked: list[list[str]] = []
        self.picture = b""  # what everybody's picture is
        self.pictures_asked = 0
        self.here: dict[str, list[Entry]] = {}  # who is in a room; those who wrote there, if it is not said
        self.members: dict[str, list[Entry]] = {}
        self.pulse: Entry | None = None  # of every room; without one they have none
        self.searched_at_once = 1_000  # positions that one search looks at

    def room(self, name: str) -> FakeRoom:
        return self.rooms.setdefault(name, FakeRoom(name))

    def _routes(self, app: web.Application) -> None:
        app.router.add_get("/config.json", self._config)
        app.router.add_post("/api/session", self._session)
        app.router.add_delete("/api/session", self._end_session)
        app.router.add_get("/api/rooms", self._rooms)
        app.router.add_post("/api/rooms", self._create_room)
        app.router.add_put("/api/rooms/{room}/mine", self._choose)
        app.router.add_get("/api/model", self._model)
        app.router.add_get("/api/rooms/{room}/messages", self._messages)
        app.router.add_get("/api/rooms/{room}/pulse", self._pulse)
        app.router.add_get("/api/people", self._found_people)
        app.router.add_get("/kept/{picture}", self._picture)
        app.router.add_post("/api/me/links", self._link)
        app.router.add_get("/api/rooms/{room}/members", self._members)
        app.router.add_get("/api/rooms/{room}/people", self._people_here)
        app.router.add_get("/api/rooms/{room}/messages/{seq}/reactions", self._reactions)
        app.router.add_get("/api/rooms/{room}/search", self._search)
        app.router.add_get("/api/rooms/{room}/files/{file}", self._file_address)

    async def _config(self, request: web.Request) -> web.Response:
        base = f"127.0.0.1:{self.port}"
        told = {"websocketUrl": f"ws://{base}/ws", "restUrl": f"http://{base}/api", "version": "test"}
        more = {} if self.link_previews is None else {"linkPreviews": self.link_previews}
        return web.json_response({**told, **more})

    async def _session(self, request: web.Request) -> web.Response:
        body = await request.json()
        known = self.sessions.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        name = known["name"] if known else body["name"]
        if self.access_code and not known and body.get("accessCode") != self.access_code:
            return _refusal(403, "access_denied", "The access code is wrong.")
        password = self.passwords.get(name.lower())
        if password and not known and "password" not in body:
            return _refusal(409, "name_taken", "Somebody holds this name.", kept=True)
        if not known and body.get("password", password) != password:
            return _refusal(403, "access_denied", "The name or the password is wrong.")
        if name.lower() in self.taken_names and not known:
            return _refusal(409, "name_taken", "Somebody holds this name.")
        if "forbidden" in name:
            return _refusal(400, "invalid", "name: choose a friendlier one.")
        user = known or {"id": f"u-{name.lower()}", "name": name}
        token = secrets.token_hex(8)
        self.sessions[token] = user
        expires = (datetime.now(UTC) + self.lifetime).isoformat().replace("+00:00", "Z")
        return web.json_response({"token": token, "user": user, "expiresAt": expires}, status=201)

    async def _rooms(self, request: web.Request) -> web.Response:
        self.list_asked += 1
        if self.list_refused:
            return _refusal(503, "unavailable", "Something went wrong on our side; try again.")
        user = self.sessions.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if user is None:
            return _refusal(401, "unauthorized", "The token is missing, forged or expired.")
        rooms = [
            {"room": r.name, "lastSeq": r.last, "online": self._online(r.name)}
            | self.abouts.get(r.name, {})
            | self.marks.of(user["id"], r)
            for r in self.rooms.values()
        ]
        return web.json_response({"rooms": rooms})

    async def _choose(self, request: web.Request) -> web.Response:
        if self.choices_refused:
            return _refusal(503, "unavailable", "Something went wrong on our side; try again.")
        user = self.sessions[request.headers.get("Authorization", "").removeprefix("Bearer ")]
        room, body = request.match_info["room"], await request.json()
        self.choices_made.append((room, body))
        self.marks.chosen[user["id"], room] = self.marks.choice(user["id"], room) | body
        told = {"room": room, **self.marks.choice(user["id"], room)}
        await self._tell_user(user["id"], {"event": "mine", **told})
        return web.json_response(told)

    async def _end_session(self, request: web.Request) -> web.Response:
        self.sessions.pop(request.headers.get("Authorization", "").removeprefix("Bearer "), None)
        return web.json_response({})

    async def _create_room(self, request: web.Request) -> web.Response:
        body = await request.json()
        if "direct" in body:
            return self._direct(body["direct"])
        if body["room"] in self.rooms:
            return _refusal(409, "conflict", f"There is a room {body['room']} already.")
        self.room(body["room"])
        about = {"title": body["room"], "topic": "", "access": "open", "archived": False, "role": "owner"}
        return web.json_response(about | body, status=201)

    def _direct(self, others: list[str]) -> web.Response:
        people = [{"id": one, "name": one.removeprefix("u-").title()} for one in others]
        about = {"room": "dm-" + "".join(others), "title": "", "topic": "", "access": "direct"}
        self.room(about["room"])
        return web.json_response(about | {"archived": False, "people": people}, status=201)

    async def _model(self, request: web.Request) -> web.Response:
        self.model_asked += 1
        if self.model is None:
            return _refusal(503, "unavailable", "Something went wrong on our side; try again.")
        return web.json_response(self.model)

    async def _messages(self, request: web.Request) -> web.Response:
        before = int(request.query["before"]) if "before" in request.query else None
        found, more = self.room(request.match_info["room"]).before(before, int(request.query["limit"]))
        return web.json_response({"messages": found, "more": more})

    async def _found_people(self, request: web.Request) -> web.Response:
        if "ids" in request.query:
            ids = request.query["ids"].split(",")
            self.profiles_asked.append(ids)
            known = [one for one in ids if one in self.profiles]
            found = [{"id": one, "name": one.removeprefix("u-").title(), "role": "member"} for one in known]
            return web.json_response(
                {"people": [one | self.profiles[one["id"]] for one in found], "more": False}
            )
        prefix = request.query.get("prefix", "").lower()
        found = [person for person in self.people if person["name"].lower().startswith(prefix)]
        return web.json_response({"people": found[: int(request.query["limit"])], "more": False})

    async def _link(self, request: web.Request) -> web.Response:
        link = {"link": "s3-cret_", "expiresAt": "2026-12-01T10:10:00.000Z"}
        return web.json_response(link, status=201)

    async def _picture(self, request: web.Request) -> web.Response:
        self.pictures_asked += 1
        return web.Response(body=self.picture, content_type="image/png")

    async def _members(self, request: web.Request) -> web.Response:
        return web.json_response({"members": self.members.get(request.match_info["room"], []), "more": False})

    async def _people_here(self, request: web.Request) -> web.Response:
        self.here_asked += 1
        name = request.match_info["room"]
        wrote = {entry["user"]["id"]: entry["user"] for entry in self.room(name).messages.values()}
        here = self.here.get(name, [{"role": "member", **user} for user in wrote.values()])
        return web.json_response({"people": here, "more": False})

    async def _reactions(self, request: web.Request) -> web.Response:
        room, seq = self.room(request.match_info["room"]), int(request.match_info["seq"])
        counts = room.messages[seq]["reactions"]
        chosen = sorted((emoji, user) for (of, user, emoji), on in room.reactions.items() if on and of == seq)
        people = {
            emoji: [
                {"id": user, "name": user.removeprefix("u-").title()} for one, user in chosen if one == emoji
            ]
            for emoji in counts
        }
        return web.json_response(
            {"reactions": [{"emoji": e, "count": c, "people": people[e]} for e, c in counts.items()]}
        )

    async def _file_address(self, request: web.Request) -> web.Response:
        picture = f"http://127.0.0.1:{self.port}/images/icon-apple-180.png"
        return web.json_response({"url": picture, "expiresAt": "2100-01-01T00:00:00.000Z"})

    async def _pulse(self, request: web.Request) -> web.Response:
        if self.pulse is None:
            return _refusal(404, "not_found", "Direct rooms have no pulse.")
        return web.json_response(self.pulse)

    async def _search(self, request: web.Request) -> web.Response:
        room, words = self.room(request.match_info["room"]), request.query["q"].lower().split()
        last = int(request.query.get("before", room.last + 1)) - 1
        first = max(1, last - self.searched_at_once + 1)
        found = [
            entry
            for seq, entry in sorted(room.messages.items(), reverse=True)
            if first <= seq <= last and all(re.search(word, entry["text"].lower()) for word in words)
        ]
        searched = {"from": first, "to": last}
        return web.json_response({"messages": found, "more": first > 1, "searched": searched})

    async def _tell_user(self, user_id: str, frame: Entry) -> None:
        raise NotImplementedError

    def _online(self, room: str) -> int:
        raise NotImplementedError


def _refusal(status: int, code: str, message: str, **more: Any) -> web.Response:
    return web.json_response({"code": code, "message": message, **more}, status=status)
