"""What a bot is told that is called, in JSON."""

from chalicelib.domain.webhooks import Call
from chalicelib.protocol.entries import Json, described, encode, entry, user


def call_body(call: Call) -> bytes:
    """Return why, which bot, and of a message the room and itself as clients get it; and who pressed what."""
    told: Json = {"reason": call.reason, "bot": user(call.bot)}
    if call.message is not None:
        room = {"room": call.message.room}
        about = {"title": call.message.room} if call.about is None else described(call.about)
        told |= {"room": room | about, "message": entry(call.message)}
    if call.press is not None:
        told["press"] = {"value": call.press.value, "user": user(call.press.user)}
    return encode(told)
