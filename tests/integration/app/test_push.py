"""Pushes of the running chat, at a push service that the test runs: each browser reads its own alone."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from testkit.client import ANSWER_SECONDS, People, unique
from testkit.push_service import Browser, PushService


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService().running() as running:
        yield running


class Sleeper:
    """Somebody whose page is closed, with a browser that is pushed to."""

    def __init__(self, people: People, user: dict[str, Any], token: str, browser: Browser) -> None:
        self.user = user
        self.token = token
        self.browser = browser
        self._people = people

    async def subscribe(self, **more: Any) -> str:
        body = {**self.browser.subscription(), **more}
        status, answer = await self._people.rest("PUT", "/push", token=self.token, json=body)
        assert status == 200, answer
        return str(answer["id"])


@pytest.fixture
async def bob(people: People, service: PushService) -> AsyncIterator[Sleeper]:
    found = Sleeper(people, *await people.sign_in(unique("bob")), service.browser("/bob"))
    await found.subscribe()
    yield found


async def wait_for(service: PushService, browser: Browser, count: int) -> list[dict[str, Any]]:
    """Return what a browser was pushed, once it is so much."""
    end = time.monotonic() + ANSWER_SECONDS
    while len(found := service.to(browser)) < count:
        assert time.monotonic() < end, f"{len(found)} pushes came; {count} were expected"
        await asyncio.sleep(0.05)
    return found


async def test_a_mention_and_a_direct_message_reach_a_browser_whose_page_is_closed(
    people: People, room: str, service: PushService, bob: Sleeper
) -> None:
    [ada] = await people.in_room(room)
    status, direct = await people.rest("POST", "/rooms", token=ada.token, json={"direct": [bob.user["id"]]})
    assert status == 201, direct
    await ada.join(direct["room"])
    said = await ada.say(room, "lunch? " + "x" * 200, mentions=[bob.user["id"]])
    about = {"name": ada.user["name"], "unread": 1, "text": ("lunch? " + "x" * 200)[:140]}
    assert await wait_for(service, bob.browser, 1) == [
        {"room": room, "seq": said["seq"], "id": said["id"], "title": room, **about}
    ]
    await ada.say(direct["room"], "are you there?")
    told = (await wait_for(service, bob.browser, 2))[1]
    assert (told["room"], told["title"], told["text"]) == (direct["room"], None, "are you there?")
    _, key = await people.rest("GET", "/push", token=bob.token)
    assert all(push.headers["authorization"].endswith(f"k={key['key']}") for push in service.pushes)


async def test_nothing_comes_of_what_is_not_wanted_nor_after_signing_out(
    people: People, room: str, service: PushService, bob: Sleeper
) -> None:
    """The last one shows that those before it were not merely slow."""
    [ada] = await people.in_room(room)
    carl = Sleeper(people, *await people.sign_in(unique("carl")), service.browser("/carl"))
    await carl.subscribe()
    await bob.subscribe(rooms={room: "none"})
    both = [bob.user["id"], carl.user["id"]]
    await ada.say(room, "nobody is mentioned")
    await ada.say(room, "first", mentions=both)
    assert [told["text"] for told in await wait_for(service, carl.browser, 1)] == ["first"]
    assert (await people.rest("DELETE", "/session", token=carl.token))[0] == 200
    await bob.subscribe()
    await ada.say(room, "second", mentions=both)
    assert [told["text"] for told in await wait_for(service, bob.browser, 1)] == ["second"]
    assert len(service.to(carl.browser)) == 1
