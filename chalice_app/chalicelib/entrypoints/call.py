"""Events of the function that calls bots."""

from typing import Any

from chalicelib.domain.messages import User
from chalicelib.domain.webhooks import Press
from chalicelib.entrypoints.websocket import counted
from chalicelib.protocol.entries import Json
from chalicelib.wiring import Chat


@counted
def call(chat: Chat, event: dict[str, Any]) -> Json:
    """Call a bot with a message, for a button of one, or to try it; say why that failed to who waits."""
    calls, bot = chat.calls(), str(event["bot"])
    if event.get("test"):
        return {"problem": calls.test(bot)}
    room, seq, pressed = str(event["room"]), int(event["seq"]), event.get("press")
    if pressed is None:
        calls.call(bot, room, seq)
        return {}
    who = pressed["user"]
    press = Press(pressed["id"], pressed["value"], User(who["id"], who["name"], bool(who.get("bot"))))
    return {"problem": calls.press(bot, room, seq, press)}
