"""A state directory of version 1 opens: its rooms are open rooms, its tokens work, its messages are there."""

import json
import tarfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.testing import RunningStack
from testkit.client import People, people_at
from testkit.undertone import running_undertone

STATE = Path(__file__).parents[2] / "data" / "version-1.tar.xz"
ADMIN_CODE = "the admin code of a test"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningStack, Json]]:
    state = tmp_path_factory.mktemp("version-1")
    with tarfile.open(STATE) as archive:
        archive.extractall(state, filter="data")
    kept = json.loads((state / "kept.json").read_text("utf-8"))
    with running_undertone(state, {"ADMIN_CODE": ADMIN_CODE}, page=False) as stack:
        yield stack, kept


@pytest.fixture
async def people(earlier: tuple[RunningStack, Json]) -> AsyncIterator[People]:
    async with people_at(earlier[0].url) as found:
        yield found


@pytest.fixture
def kept(earlier: tuple[RunningStack, Json]) -> Json:
    return earlier[1]


def _as_then(messages: list[Json], like: list[Json]) -> list[Json]:
    """Return the messages with those fields alone that version 1 had."""
    return [{name: message[name] for name in old} for message, old in zip(messages, like, strict=True)]


async def test_its_rooms_are_open_rooms_with_everything_in_them(people: People, kept: Json) -> None:
    cleo = await people.connect("Cleo")
    status, listed = await people.rest("GET", "/rooms", token=cleo.token)
    assert status == 200
    assert [(line["room"], line["access"], line["role"]) for line in listed["rooms"]] == [
        (room, "open", None) for room in sorted(kept["rooms"])
    ]
    for room, messages in kept["rooms"].items():
        joined = await cleo.join(room)
        assert [entry["at"] for entry in joined["messages"]] == [entry["at"] for entry in messages]
        token = kept["people"]["Ada"]["token"]
        status, page = await people.rest("GET", f"/rooms/{room}/messages", token=token)
        assert (status, _as_then(page["messages"], messages)) == (200, messages)


async def test_its_tokens_work_and_are_renewed_for_the_same_people(people: People, kept: Json) -> None:
    ada, bob = [await people.open(its["user"], its["token"]) for its in kept["people"].values()]
    for client in (ada, bob):
        await client.join("general")
    said = await ada.say("general", "hello again")
    heard = await bob.hears("general", "hello again")
    assert (said["seq"], heard["user"]) == (kept["rooms"]["general"][-1]["seq"] + 4, ada.user)
    status, renewed = await people.rest("POST", "/session", token=ada.token)
    assert (status, renewed["user"]["id"], renewed["user"]["role"]) == (201, ada.user["id"], "member")
    status, me = await people.rest("GET", "/me", token=bob.token)
    assert (status, me["user"]["id"]) == (200, bob.user["id"])
    status, refused = await people.rest("POST", "/session", json={"name": "Ada"})
    assert (status, refused["code"]) == (409, "name_taken")


async def test_its_people_change_what_they_wrote_and_its_rooms_can_be_closed(
    people: People, kept: Json
) -> None:
    ada = await people.open(kept["people"]["Ada"]["user"], kept["people"]["Ada"]["token"])
    await ada.join("garden")
    await ada.send("edit", room="garden", seq=1, text="changed since")
    changed = await ada.event("messages")
    assert (changed["messages"][0]["seq"], changed["messages"][0]["text"]) == (1, "changed since")
    user, admin = await people.sign_in("Root", adminCode=ADMIN_CODE)
    status, room = await people.rest("PATCH", "/rooms/garden", token=admin, json={"access": "private"})
    assert (status, room["access"]) == (200, "private")
    assert (await ada.event("removed"))["room"] == "garden"
    assert (await ada.error("join", room="garden"))["code"] == "not_found"
    status, members = await people.rest("GET", "/rooms/garden/members", token=admin)
    assert [member["id"] for member in members["members"]] == [user["id"]]


async def test_a_token_of_it_can_be_ended(people: People, kept: Json) -> None:
    bob = await people.open(kept["people"]["Bob"]["user"], kept["people"]["Bob"]["token"])
    status, _ = await people.rest("DELETE", "/session", token=bob.token)
    assert status == 200
    await bob.closed()
    status, refused = await people.rest("GET", "/me", token=bob.token)
    assert (status, refused["code"]) == (401, "unauthorized")
