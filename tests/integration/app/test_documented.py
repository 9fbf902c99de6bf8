"""The running chat is as the protocol's page says."""

from typing import Any

import pytest

from chalicelib import errors
from chalicelib.protocol import errors as envelope
from chalicelib.protocol.actions import ACTIONS
from testkit.client import People, unique
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


@pytest.mark.parametrize(
    "path", sorted(path for path in OPENAPI["paths"] if path not in ("/session", "/model/report"))
)
async def test_a_route_answers_as_its_schema_says(people: People, room: str, path: str) -> None:
    [ada] = await people.in_room(room)
    await ada.say(room, "what a great day")
    status, answer = await people.rest("GET", path.format(room=room), token=ada.token)
    assert status == 200, answer
    content = f"{path.replace('/', '~1')}/get/responses/200/content/application~1json/schema"
    assert problems(answer, "openapi.yaml", f"/paths/{content}") == []


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
