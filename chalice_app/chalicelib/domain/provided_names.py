"""The name in the chat of somebody whom a sign-in provider knows."""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.domain.text import MAX_NAME_LENGTH, check_name
from chalicelib.domain.visibility import hidden_in
from chalicelib.errors import Invalid

NAMELESS = "Somebody"
LAST_IN_ORDER = 20
TRIES_AT_RANDOM = 20
NAME_CLAIMS = ("name", "preferred_username", "nickname", "given_name")


def provided_name(claims: Mapping[str, Any]) -> str:
    """Return the name that a provider tells, made into one that people can have here."""
    address = claims.get("email")
    local = address.partition("@")[0] if isinstance(address, str) else None
    for told in (*(claims.get(claim) for claim in NAME_CLAIMS), local):
        if isinstance(told, str):
            name = _possible(told)
            if name is not None:
                return name
    return NAMELESS


def numbered(name: str) -> Iterator[str]:
    """Yield a name, then the same with a number: `Ada`, `Ada 2`, `Ada 3`, and in the end with any."""
    yield name
    for number in range(2, LAST_IN_ORDER + 1):
        yield _with_number(name, number)
    for _ in range(TRIES_AT_RANDOM):
        yield _with_number(name, random.randrange(LAST_IN_ORDER + 1, 100_000))


def _with_number(name: str, number: int) -> str:
    end = f" {number}"
    return name[: MAX_NAME_LENGTH - len(end)].rstrip() + end


def _possible(told: str) -> str | None:
    visible = told[: 4 * MAX_NAME_LENGTH]
    while (hidden := hidden_in(visible)) is not None:
        visible = visible.replace(hidden, "")
    try:
        return check_name(" ".join(visible.split())[:MAX_NAME_LENGTH])
    except Invalid:
        return None
