"""Events of the push function."""

from typing import Any

from chalicelib.entrypoints.websocket import counted
from chalicelib.wiring import Chat


@counted
def push(chat: Chat, event: dict[str, Any]) -> None:
    """Push a message to the browsers of those whom it concerns and who do not look."""
    chat.pushing().push(str(event["room"]), int(event["seq"]), watched=bool(event.get("watched")))
