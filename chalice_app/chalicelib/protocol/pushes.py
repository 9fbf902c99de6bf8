"""What a browser says of its push subscription: `PushSubscription.toJSON()` with the choices of rooms."""

from collections.abc import Mapping
from typing import Any, cast

from chalicelib.domain.access import LEVELS, Level
from chalicelib.domain.pushing import PushAddress
from chalicelib.domain.text import check_room
from chalicelib.errors import Invalid
from chalicelib.protocol.fields import choice

MAX_ROOMS = 200
_MAX_LENGTH = 1024


def push_address(body: Mapping[str, Any]) -> PushAddress:
    """Return where a browser is pushed to."""
    keys = body.get("keys")
    if not isinstance(keys, dict):
        raise Invalid("keys must be an object with p256dh and auth, as the browser's subscription has it")
    return PushAddress(
        _text(body.get("endpoint"), "endpoint"),
        _text(keys.get("p256dh"), "keys.p256dh"),
        _text(keys.get("auth"), "keys.auth"),
        "" if body.get("key") is None else _text(body["key"], "key"),
    )


def room_levels(body: Mapping[str, Any]) -> dict[str, Level]:
    """Return what was chosen for rooms, if it is something else than usual."""
    rooms = body.get("rooms")
    if rooms is None:
        return {}
    if not isinstance(rooms, dict) or len(rooms) > MAX_ROOMS:
        raise Invalid(f'rooms must be an object of at most {MAX_ROOMS} rooms, such as {{"general": "none"}}')
    found: dict[str, Level] = {}
    for room in rooms:
        level = choice(rooms, check_room(room), LEVELS)
        if level is None:
            raise Invalid(f"{room} in rooms is null: it must be {' or '.join(LEVELS)}")
        found[room] = cast("Level", level)
    return found


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= _MAX_LENGTH or not value.isascii():
        raise Invalid(f"{name} must be an ASCII text of 1 to {_MAX_LENGTH} characters")
    return value
