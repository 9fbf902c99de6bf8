"""The protocol's description holds for the running chat; tested where that text is at hand."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chalicelib import errors
from chalicelib.protocol import errors as envelope
from testkit.client import People
from testkit.undertone import ROOT

PROTOCOL = ROOT.parent / "shared" / "protocol.md"
if not PROTOCOL.exists():
    pytest.skip("the protocol's description is not beside this checkout", allow_module_level=True)


@pytest.fixture(scope="module")
def text() -> str:
    return Path(PROTOCOL).read_text("utf-8")


@pytest.fixture(scope="module")
def examples(text: str) -> list[dict[str, Any]]:
    """Return the JSON blocks: discovery, and a message."""
    blocks = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    return [json.loads(block) for block in blocks]


async def test_discovery_is_as_documented(people: People, examples: list[dict[str, Any]]) -> None:
    assert set(await people.config()) == set(examples[0])


async def test_a_message_has_exactly_the_documented_fields_and_types(
    people: People, room: str, examples: list[dict[str, Any]]
) -> None:
    [ada] = await people.in_room(room)
    said = await ada.say(room, "what a great day")
    assert _shape(said) == _shape(examples[1])


def _shape(value: Any) -> Any:
    """Return the names and types of a value; maps by user or emoji count as empty."""
    if isinstance(value, dict):
        return {k: dict if k in ("reactions", "labels") else _shape(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_shape(v) for v in value[:1]]
    return float if isinstance(value, int | float) and not isinstance(value, bool) else type(value)


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


async def test_every_documented_action_is_known(people: People, text: str) -> None:
    actions = re.findall(
        r"^\| `(\w+)` \|", text.split("### Client → server")[1].split("###", maxsplit=1)[0], re.MULTILINE
    )
    assert len(actions) == 10
    ada = await people.connect()
    for action in actions:
        await ada.send(action, ref=action)
        answer = await ada.event("pong" if action == "ping" else "error")
        assert answer.get("code") in (None, "invalid"), answer
        assert answer["ref"] == action


def test_the_list_of_error_codes_is_closed(text: str) -> None:
    documented = (
        text.split("### Error codes")[1]
        .split("## Promises", maxsplit=1)[0]
        .split("The list is closed", maxsplit=1)[0]
    )
    codes = {envelope.code(problem("")) for problem in errors.ChatError.__subclasses__()}
    assert codes == set(re.findall(r"`([a-z_]+)`", documented)) - {"message"}
