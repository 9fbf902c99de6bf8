"""The running chat is as the protocol's page says."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib import errors
from chalicelib.protocol import errors as envelope
from chalicelib.protocol.actions import ACTIONS
from testkit.bot_server import BotServer
from testkit.client import People, post_form, unique
from testkit.undertone import ADMIN_CODE
from tests.unit.contract.contract import OPENAPI, error_codes, examples, problems, table


async def test_discovery_has_exactly_the_documented_fields(people: People) -> None:
    assert set(await people.config()) == set(examples()[0])


async def test_a_message_has_exactly_the_documented_fields_and_types(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    said = await ada.say(room, "what a great day")
    assert _shape(said) == _shape(examples()[1])


async def test_every_documented_action_is_known(people: People) -> None:
    actions = table("### Client → server")
    assert set(actions) == ACTIONS
    ada = await people.connect()
    for action in actions:
        await ada.send(action, ref=action)
        answer = await ada.event("pong" if action == "ping" else "error")
        assert answer.get("code") in (None, "invalid"), answer
        assert answer["ref"] == action


# One grey pixel.
SMALL_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
# What a call carries, in the order in which one admin can make all of them; a missing route fails.
CALLS: dict[tuple[str, str], dict[str, Any] | None] = {
    ("get", "/health"): None,
    ("get", "/model"): None,
    ("get", "/me"): None,
    ("patch", "/me"): {"about": "likes tea", "picture": SMALL_PNG},
    ("put", "/me/password"): {"password": "five green geese"},
    ("post", "/me/links"): None,
    ("get", "/people"): None,
    ("get", "/rooms"): None,
    ("get", "/rooms/{room}/messages"): None,
    ("get", "/rooms/{room}/messages/{seq}/reactions"): None,
    ("get", "/rooms/{room}/messages/{seq}/preview"): None,
    ("get", "/rooms/{room}/mood"): None,
    ("get", "/rooms/{room}/pulse"): None,
    ("get", "/rooms/{room}/search"): None,
    ("post", "/rooms"): {"room": "{new}", "access": "private", "title": "A club"},
    ("patch", "/rooms/{room}"): {"topic": "books"},
    ("put", "/rooms/{room}/mine"): {"notices": "all", "hidden": True},
    ("put", "/rooms/{room}/members/{user_id}"): {"role": "member"},
    ("put", "/rooms/{room}/members/{user_id}/mute"): {"minutes": 5},
    ("get", "/rooms/{room}/members"): None,
    ("get", "/rooms/{room}/people"): None,
    ("delete", "/rooms/{room}/members/{user_id}/mute"): None,
    ("delete", "/rooms/{room}/members/{user_id}"): None,
    ("post", "/rooms/{room}/invites"): {"uses": 2},
    ("post", "/invites/{secret}"): None,
    ("post", "/rooms/{room}/files"): {"name": "notes.txt", "type": "text/plain", "bytes": 5},
    ("get", "/rooms/{room}/files/{file_id}"): None,
    ("post", "/rooms/{room}/hooks"): {"name": "CI"},
    ("get", "/rooms/{room}/hooks"): None,
    ("post", "/hooks/{secret}"): {"text": "the build is green", "id": "build 7"},
    ("delete", "/rooms/{room}/hooks/{hook_id}"): None,
    ("get", "/push"): None,
    ("put", "/push"): {
        "endpoint": "https://push.example.org/a-browser",
        "keys": {"p256dh": "B" + "A" * 86, "auth": "A" * 22},
        "rooms": {"general": "none"},
    },
    ("delete", "/push/{subscription_id}"): None,
    ("post", "/tokens"): {"name": "{bot}", "hours": 1},
    ("put", "/tokens/{token_id}/webhook"): {"url": "{bot_url}"},
    ("post", "/tokens/{token_id}/webhook"): None,
    ("get", "/tokens"): None,
    ("post", "/rooms/{room}/messages/{seq}/press"): {"value": "yes"},
    ("delete", "/tokens/{token_id}/webhook"): None,
    ("patch", "/tokens/{token_id}"): {"about": "says when a build is red"},
    ("delete", "/tokens/{token_id}"): None,
    ("post", "/people/{user_id}/links"): None,
    ("delete", "/people/{user_id}/profile"): None,
    ("put", "/people/{user_id}/ban"): {"minutes": 5, "reason": "spam"},
    ("delete", "/people/{user_id}/ban"): None,
    ("delete", "/people/{user_id}/messages"): None,
    ("get", "/purges/{purge_id}"): None,
    ("delete", "/rooms/{room}"): None,
    ("get", "/reports"): None,
    ("get", "/audit"): None,
    ("delete", "/sessions/{session_id}"): None,
    ("delete", "/session"): None,
}
QUERIES = {
    "/rooms/{room}/search": "?q=Great",
    "/rooms/{room}/messages/{seq}/preview": "?url=http://127.0.0.1:9/",
}
ELSEWHERE = {("post", "/session"), ("get", "/model/report")}


@pytest.fixture
def bot_server() -> Iterator[BotServer]:
    with BotServer().running() as running:
        yield running


async def test_every_route_answers_as_its_schema_says(
    people: People, room: str, bot_server: BotServer
) -> None:
    written = {(method, path) for path, methods in OPENAPI["paths"].items() for method in methods}
    assert CALLS.keys() == written - ELSEWHERE
    admin = await people.open(*await people.sign_in(unique("root"), adminCode=ADMIN_CODE))
    [ada] = await people.in_room(room)
    await admin.join(room)
    await ada.say(room, "what a great day: http://127.0.0.1:9/")
    await ada.send("react", room=room, seq=1, emoji="👍", on=True)
    await admin.send("report", room=room, seq=1, reason="too happy")
    known: dict[str, Any] = {
        "room": room,
        "seq": 1,
        "user_id": ada.user["id"],
        "new": unique("club"),
        "bot": unique("bot"),
        "bot_url": bot_server.url,
    }
    for (method, path), body in CALLS.items():
        given = (
            None
            if body is None
            else {k: v.format(**known) if isinstance(v, str) else v for k, v in body.items()}
        )
        status, answer = await people.rest(
            method.upper(), path.format(**known) + QUERIES.get(path, ""), token=admin.token, json=given
        )
        assert status in (200, 201, 202), (method, path, answer)
        content = f"{path.replace('/', '~1')}/{method}/responses/{status}/content/application~1json/schema"
        assert problems(answer, "openapi.yaml", f"/paths/{content}") == [], (method, path)
        if (method, path) == ("get", "/me"):
            known["session_id"] = answer["sessions"][0]["id"]
        if (method, path) == ("put", "/push"):
            known["subscription_id"] = answer["id"]
        if path == "/rooms/{room}/invites":
            known["secret"] = answer["invite"]
        if (method, path) == ("post", "/rooms/{room}/files"):
            known["file_id"] = answer["id"]
            await post_form(people.http, answer["upload"], b"hello")
            sender = await people.open(admin.user, admin.token)
            await sender.join(room)
            await sender.say(room, "", files=[answer["id"]])
        if (method, path) == ("post", "/rooms/{room}/hooks"):
            known |= {"hook_id": answer["hook"], "secret": answer["url"].rpartition("/")[2]}
        if path == "/people/{user_id}/messages":
            known["purge_id"] = answer["id"]
        if (method, path) == ("post", "/tokens"):
            known["token_id"] = answer["user"]["id"]
            bot = await people.open(answer["user"], answer["token"])
            await bot.join(room)
            known["seq"] = (await bot.say(room, "Shall I?\n[Yes](undertone:yes)"))["seq"]
        if path == "/sessions/{session_id}":
            # That was the session of the calls themselves.
            _, admin.token = await people.sign_in(unique("root"), adminCode=ADMIN_CODE)


async def test_a_session_is_answered_as_its_schema_says(people: People) -> None:
    status, answer = await people.rest("POST", "/session", json={"name": unique("Ada")})
    assert status == 201, answer
    assert problems(answer, "openapi.yaml", "/components/schemas/Session") == []


def test_the_chat_has_exactly_the_documented_error_codes() -> None:
    codes = {envelope.code(problem("")) for problem in errors.ChatError.__subclasses__()}
    assert codes == error_codes()


def _shape(value: Any) -> Any:
    """Return the names and types of a value; maps by user or emoji count as empty."""
    if isinstance(value, dict):
        return {k: dict if k in ("reactions", "labels") else _shape(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_shape(v) for v in value[:1]]
    return float if isinstance(value, int | float) and not isinstance(value, bool) else type(value)
