"""Signing people in, and reading a room over REST, as any client does."""

from dataclasses import dataclass
from typing import Any

import aiohttp

Json = dict[str, Any]


class RestError(RuntimeError):
    """The REST API refused; the message has the call, the status and the answer."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    id: str
    name: str
    token: str


async def sign_in(http: aiohttp.ClientSession, rest_url: str, name: str) -> Person:
    """Return a new session under a name that nobody has."""
    async with http.post(f"{rest_url}/session", json={"name": name}) as response:
        answer = await response.json()
        if response.status != 201:
            raise RestError(f"POST /session for {name!r} was answered with {response.status}: {answer}")
    return Person(answer["user"]["id"], name, answer["token"])


async def read_log(http: aiohttp.ClientSession, rest_url: str, token: str, room: str) -> list[Json]:
    """Return the whole log of a room, page by page."""
    found: list[Json] = []
    more = True
    while more:
        after = found[-1]["at"] if found else 0
        address = f"{rest_url}/rooms/{room}/messages?after={after}&limit=100"
        async with http.get(address, headers={"Authorization": f"Bearer {token}"}) as response:
            page = await response.json()
            if response.status != 200:
                raise RestError(f"GET {address} was answered with {response.status}: {page}")
        if page["more"] and not page["messages"]:
            raise RestError(f"GET {address} says that there is more, and is empty")
        found += page["messages"]
        more = page["more"]
    return found
