"""What a stranger may do to a chat that everybody may enter."""

import asyncio
import contextlib
import json
from collections.abc import Iterator

import pytest

from chalicelib.domain.allowance import MAX_REFUSED
from local.testing import RunningStack
from testkit.client import people_at, unique
from testkit.undertone import running_undertone

MOST = 5


@pytest.fixture(scope="module")
def open_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    limits = {"RATE_PER_SECOND": "0.1", "RATE_BURST": "4", "SIGN_UPS_PER_HOUR": str(MOST)}
    with running_undertone(tmp_path_factory.mktemp("open"), limits) as running:
        yield running


async def test_a_connection_that_is_refused_again_and_again_is_closed(open_stack: RunningStack) -> None:
    async with people_at(open_stack.url) as people:
        user, token = await people.sign_in(unique("eve"))
        eve = await people.open(user, token)
        with contextlib.suppress(ConnectionError):  # it may be closed before the last of them
            for _ in range(2 * MAX_REFUSED):
                await eve.raw(json.dumps({"action": "ping"}))
        async with asyncio.timeout(60):
            await eve.closed()
        refused = [e for e in eve.events if e["event"] == "error"]
        assert all(e["code"] == "rate_limited" for e in refused)
        assert len(refused) < 2 * MAX_REFUSED - 4
        # The token still stands: somebody whose page went wrong comes back.
        again = await people.open(user, token)
        await again.ask("ping", "pong")


async def test_so_many_people_may_sign_in_from_one_address_and_renewing_does_not_count(
    open_stack: RunningStack,
) -> None:
    async with people_at(open_stack.url) as people:
        answers = [await people.rest("POST", "/session", json={"name": unique("n")}) for _ in range(MOST + 1)]
        status, refused = answers[-1]
        assert (status, refused["code"]) == (429, "rate_limited")
        assert 0 < refused["retryAfter"] <= 3600
        status, session = answers[0]
        assert status == 201
        renewed, _ = await people.rest("POST", "/session", token=session["token"], json={})
        assert renewed == 201
