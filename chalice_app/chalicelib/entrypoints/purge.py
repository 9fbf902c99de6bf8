"""Events of the purge function."""

from typing import Any

from chalicelib.entrypoints.websocket import counted
from chalicelib.wiring import Chat


@counted
def purge(chat: Chat, event: dict[str, Any]) -> None:
    """Go on with what was begun to be taken away for good. Lambda repeats the event if this raises."""
    chat.house().purging.run(str(event["purge"]))
