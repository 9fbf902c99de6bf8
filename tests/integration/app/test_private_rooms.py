"""Rooms of one's own on the running chat: REST calls, events, guests, removals and sessions that end."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from local.testing import RunningStack
from testkit.client import People, people_at, unique
from testkit.undertone import ADMIN_CODE

Json = dict[str, Any]


class House:
    """People on one running chat, and its REST API."""

    def __init__(self, people: People, http: aiohttp.ClientSession, rest: str) -> None:
        self.people = people
        self._http = http
        self._rest = rest

    async def call(
        self, method: str, path: str, token: str | None, body: Json | None = None
    ) -> tuple[int, Any]:
        """Return the status and the body of a call."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        async with self._http.request(method, self._rest + path, json=body, headers=headers) as answer:
            return answer.status, await answer.json()

    async def sign_in(self, **fields: Any) -> Json:
        status, session = await self.call("POST", "/session", None, {"name": unique("p"), **fields})
        assert status == 201, session
        found: Json = session
        return found


@pytest.fixture
async def house(stack: RunningStack) -> AsyncIterator[House]:
    async with people_at(stack.url) as people, aiohttp.ClientSession() as http:
        async with http.get(f"{stack.url.rstrip(chr(47))}/config.json") as answer:
            rest = (await answer.json())["restUrl"]
        yield House(people, http, rest)


async def test_two_people_talk_in_a_private_room_and_a_third_finds_no_trace_of_it(house: House) -> None:
    ada, bob, eve = [await house.people.connect() for _ in range(3)]
    room = unique("club")
    status, made = await house.call("POST", "/rooms", ada.token, {"room": room, "access": "private"})
    assert (status, made["role"], made["access"]) == (201, "owner", "private")
    status, _ = await house.call(
        "PUT", f"/rooms/{room}/members/{bob.user['id']}", ada.token, {"role": "member"}
    )
    assert status == 200
    added = await bob.event("room")
    assert (added["room"], added["access"]) == (room, "private")
    await ada.join(room)
    await bob.join(room)
    await ada.say(room, "a secret")
    await bob.hears(room, "a secret")

    assert (await eve.error("join", room=room))["code"] == "not_found"
    status, listed = await house.call("GET", "/rooms", eve.token)
    assert (status, room in str(listed)) == (200, False)
    for method, path, body in (
        ("GET", f"/rooms/{room}/messages", None),
        ("GET", f"/rooms/{room}/mood", None),
        ("GET", f"/rooms/{room}/pulse", None),
        ("GET", f"/rooms/{room}/members", None),
        ("PATCH", f"/rooms/{room}", {"title": "Mine"}),
        ("PUT", f"/rooms/{room}/members/{eve.user['id']}", {"role": "member"}),
        ("DELETE", f"/rooms/{room}/members/{bob.user['id']}", None),
        ("PUT", f"/rooms/{room}/members/{bob.user['id']}/mute", {"minutes": 5}),
        ("POST", f"/rooms/{room}/invites", {}),
    ):
        known = await house.call(method, path, eve.token, body)
        unknown = await house.call(method, path.replace(room, "nobodys"), eve.token, body)
        assert (known[0], known[1]["code"]) == (404, "not_found"), path
        assert str(known).replace(room, "nobodys") == str(unknown)
    assert not [event for event in eve.events if event.get("room") == room]


async def test_who_is_removed_hears_so_and_gets_nothing_more(house: House) -> None:
    ada, bob = [await house.people.connect() for _ in range(2)]
    room = unique("club")
    await house.call("POST", "/rooms", ada.token, {"room": room, "access": "private"})
    member = f"/rooms/{room}/members/{bob.user['id']}"
    await house.call("PUT", member, ada.token, {"role": "member"})
    for person in (ada, bob):
        await person.join(room)
    status, _ = await house.call("DELETE", member, ada.token)
    assert status == 200
    assert (await bob.event("removed"))["room"] == room
    await ada.say(room, "now among us")
    assert (await bob.error("history", room=room))["code"] == "not_joined"
    assert not [event for event in bob.events if event["event"] == "messages"]


async def test_a_guest_by_an_invite_is_in_its_room_alone(house: House) -> None:
    ada = await house.people.connect()
    room = unique("club")
    await house.call("POST", "/rooms", ada.token, {"room": room, "access": "private"})
    status, invite = await house.call("POST", f"/rooms/{room}/invites", ada.token, {"uses": 1, "hours": 1})
    assert status == 201
    guest = await house.sign_in(invite=invite["invite"])
    assert guest["user"]["role"] == "guest"
    status, listed = await house.call("GET", "/rooms", guest["token"])
    assert [line["room"] for line in listed["rooms"]] == [room]
    status, refused = await house.call("POST", "/session", None, {"name": "x", "invite": invite["invite"]})
    assert (status, refused["code"]) == (404, "not_found")
    status, joined = await house.call("POST", f"/invites/{invite['invite']}", guest["token"])
    assert (status, joined["code"]) == (404, "not_found")


async def test_a_session_that_ends_closes_its_connections_within_two_seconds(house: House) -> None:
    ada = await house.people.connect()
    status, me = await house.call("GET", "/me", ada.token)
    assert (status, [one["current"] for one in me["sessions"]]) == (200, [True])
    status, _ = await house.call("DELETE", "/session", ada.token)
    assert status == 200
    await ada.closed()
    status, refused = await house.call("GET", "/me", ada.token)
    assert (status, refused["code"]) == (401, "unauthorized")


async def test_an_admin_bans_and_everything_is_in_the_audit_log(house: House) -> None:
    admin = await house.sign_in(adminCode=ADMIN_CODE)
    assert admin["user"]["role"] == "admin"
    eve = await house.people.connect()
    room = unique("garden")
    await eve.join(room)
    await eve.say(room, "buy my things")
    ban = f"/people/{eve.user['id']}/ban"
    status, _ = await house.call("PUT", ban, admin["token"], {"minutes": None, "reason": "spam"})
    assert status == 200
    await eve.closed()
    status, refused = await house.call("POST", "/session", None, {"name": eve.user["name"]})
    assert (status, refused["code"], "spam" in refused["message"]) == (403, "access_denied", True)
    found = f"/people?prefix={eve.user['name']}"
    status, people = await house.call("GET", found, admin["token"])
    assert [person["ban"] for person in people["people"]] == [{"reason": "spam", "until": None}]
    ada = await house.people.connect()
    status, people = await house.call("GET", found, ada.token)
    assert [sorted(person) for person in people["people"]] == [["id", "name", "role"]]
    status, audit = await house.call("GET", "/audit?limit=1", admin["token"])
    [entry] = audit["entries"]
    assert (entry["what"], entry["target"], entry["reason"]) == ("ban", eve.user["id"], "spam")
    status, _ = await house.call("DELETE", ban, admin["token"])
    assert status == 200
    status, people = await house.call("GET", found, admin["token"])
    assert [sorted(person) for person in people["people"]] == [["id", "name", "role"]]


async def test_a_direct_room_is_made_once_and_found_by_both(house: House) -> None:
    ada, bob = [await house.people.connect() for _ in range(2)]
    status, made = await house.call("POST", "/rooms", ada.token, {"direct": [bob.user["id"]]})
    assert (status, made["access"], made["room"][:3]) == (201, "direct", "dm-")
    status, again = await house.call("POST", "/rooms", bob.token, {"direct": [ada.user["id"]]})
    assert (status, again["room"]) == (200, made["room"])
    for person in (ada, bob):
        await person.join(made["room"])
    await ada.say(made["room"], "psst", str(uuid.uuid4()))
    await bob.hears(made["room"], "psst")
    status, listed = await house.call("GET", "/rooms", bob.token)
    [line] = [line for line in listed["rooms"] if line["room"] == made["room"]]
    assert {who["name"] for who in line["people"]} == {ada.user["name"], bob.user["name"]}


async def test_a_room_that_is_made_twice_is_a_conflict(house: House) -> None:
    ada = await house.people.connect()
    room = unique("club")
    answers = [await house.call("POST", "/rooms", ada.token, {"room": room}) for _ in range(2)]
    assert [status for status, _ in answers] == [201, 409]
    assert answers[1][1]["code"] == "conflict"
