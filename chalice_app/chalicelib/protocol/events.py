"""Frames of the server: events as JSON, none above 32 KiB."""

from collections.abc import Iterable
from typing import assert_never

from chalicelib.domain.events import (
    Answer,
    Event,
    HistoryPage,
    Joined,
    MoodTurned,
    NewEntries,
    Pong,
    PongOfRooms,
    PresenceChanged,
    ReadMoved,
    Refused,
    RemovedFrom,
    RoomChanged,
    TypingChanged,
)
from chalicelib.domain.times import timestamp
from chalicelib.protocol.entries import ENVELOPE_BYTES, Json, described, encode, entry, page, user
from chalicelib.protocol.errors import envelope
from chalicelib.protocol.limits import SERVER_FRAME_BYTES


def frames(event: Event, ref: str | None = None) -> list[bytes]:
    """Return the frames that carry an event, one but for `NewEntries`; `ref` is what an answer repeats."""
    match event:
        case NewEntries():
            return _messages(event)
        case PresenceChanged():
            return [_presence(event)]
        case TypingChanged(room, who, active):
            return [encode({"event": "typing", "room": room, "user": user(who), "active": active})]
        case RoomChanged() | RemovedFrom() | ReadMoved() | MoodTurned():
            return [encode(_of_room(event))]
        case Joined() | HistoryPage() | Pong() | PongOfRooms():
            return [_answer(_answered(event), ref)]
        case Refused():
            return [_answer(_refused(event), ref)]
        case _:
            assert_never(event)


def _of_room(event: RoomChanged | RemovedFrom | ReadMoved | MoodTurned) -> Json:
    match event:
        case ReadMoved(room, at):
            return {"event": "read", "room": room, "at": at}
        case RemovedFrom(room, deleted):
            return {"event": "removed", "room": room} | ({"deleted": True} if deleted else {})
        case RoomChanged(room, about):
            return {"event": "room", "room": room, **described(about)}
        case MoodTurned():
            return {
                "event": "mood",
                "room": event.room,
                "mean": round(event.mean, 4),
                "usual": round(event.usual, 4),
                "since": timestamp(event.since),
                "direction": event.direction,
            }
        case _:
            assert_never(event)


def _answer(told: Json, ref: str | None) -> bytes:
    return encode(told if ref is None else {**told, "ref": ref})


def _answered(event: Answer) -> Json:
    match event:
        case Joined():
            return {
                "event": "joined",
                "room": event.room,
                "lastSeq": event.readable_head,
                **page(event.page, event.viewer),
                "online": event.online,
            }
        case HistoryPage():
            return {"event": "history", "room": event.room, **page(event.page, event.viewer)}
        case Pong():
            state = event.state
            return {"event": "pong"} | ({"room": state.room, "lastSeq": state.delivered} if state else {})
        case PongOfRooms():
            return {"event": "pong", "rooms": dict(event.delivered)}
        case _:
            assert_never(event)


def _refused(event: Refused) -> Json:
    told: Json = {"event": "error", **envelope(event.problem)}
    if event.action is not None:
        told["action"] = event.action
    if event.id is not None and event.action == "send":
        told["id"] = event.id
    return told


def _presence(event: PresenceChanged) -> bytes:
    told: Json = {"event": "presence", "room": event.room, "online": event.online}
    named = encode(
        told
        | ({"joined": [user(who) for who in event.joined]} if event.joined else {})
        | ({"left": [user(who) for who in event.left]} if event.left else {})
    )
    # Many long names may be more than a frame can hold; then the count alone has to do.
    return named if len(named) <= SERVER_FRAME_BYTES else encode(told)


def _messages(event: NewEntries) -> list[bytes]:
    """Return as few frames as their size allows."""
    packed: list[bytes] = []
    batch: list[bytes] = []
    size = 0
    for item in event.entries:
        encoded = encode(entry(item, event.viewer))
        if batch and size + len(encoded) + 1 > SERVER_FRAME_BYTES - ENVELOPE_BYTES:
            packed.append(_frame(event.room, batch))
            batch, size = [], 0
        batch.append(encoded)
        size += len(encoded) + 1
    if batch:
        packed.append(_frame(event.room, batch))
    return packed


def _frame(room: str, encoded: Iterable[bytes]) -> bytes:
    return b'{"event":"messages","room":"%b","messages":[%b]}' % (room.encode(), b",".join(encoded))
