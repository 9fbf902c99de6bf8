"""A deployment with an access code and small limits."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import pytest

from local.testing import RunningStack
from testkit.client import People, people_at, unique
from testkit.undertone import running_undertone

CODE = "opensésame"


@pytest.fixture(scope="module")
def guarded_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    limits = {"ACCESS_CODE": CODE, "RATE_PER_SECOND": "2", "RATE_BURST": "4"}
    with running_undertone(tmp_path_factory.mktemp("guarded"), limits) as running:
        yield running


@pytest.fixture
async def guests(guarded_stack: RunningStack) -> AsyncIterator[People]:
    async with people_at(guarded_stack.url) as found:
        yield found


async def test_the_access_code_is_needed_to_sign_in_and_not_to_renew(guests: People) -> None:
    user, token = await guests.sign_in(unique("ada"), accessCode=CODE)
    status, body = await guests.rest("POST", "/session", token=token, json={})
    assert (status, body["user"]) == (201, user)


async def test_a_crowd_behind_one_address_signs_in_with_the_right_code_at_once(guests: People) -> None:
    asked = [
        guests.rest("POST", "/session", json={"name": unique("guest"), "accessCode": CODE}) for _ in range(30)
    ]
    assert {status for status, _ in await asyncio.gather(*asked)} == {201}


async def test_too_many_frames_are_rate_limited_and_pass_after_the_pause(guests: People) -> None:
    user, token = await guests.sign_in(unique("ada"), accessCode=CODE)
    ada = await guests.open(user, token)
    for number in range(8):
        await ada.raw(json.dumps({"action": "ping", "ref": str(number)}))
    error = await ada.event("error")
    assert error["code"] == "rate_limited"
    assert error["retryAfter"] > 0
    assert error["ref"] in {str(n) for n in range(8)}
    await asyncio.sleep(2.5)
    ada.events.clear()
    await ada.ask("ping", "pong")


@pytest.mark.parametrize(
    "body", [{}, {"accessCode": ""}, {"accessCode": "wrong"}, {"accessCode": 7}], ids=str
)
async def test_a_missing_or_wrong_access_code_is_denied(guests: People, body: dict[str, object]) -> None:
    status, answer = await guests.rest("POST", "/session", json={"name": unique("eve"), **body})
    assert (status, answer["code"]) == (403, "access_denied")


async def test_guessing_the_access_code_is_limited(guests: People) -> None:
    answers = [
        await guests.rest("POST", "/session", json={"name": unique("eve"), "accessCode": str(n)})
        for n in range(12)
    ]
    status, body = answers[-1]
    assert (status, body["code"]) == (429, "rate_limited")
    assert body["retryAfter"] > 0
