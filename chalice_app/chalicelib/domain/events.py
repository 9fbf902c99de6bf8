"""Frames of the server: events as JSON, in UTF-8 without escapes, none above 32 KiB."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalicelib.domain.messages import Entry, Message, Page, User, Void
from chalicelib.domain.sentiment import Sentiment
from chalicelib.errors import ChatError

FRAME_BYTES = 32 * 1024
# What the wrapping of a page takes at most: event, room, ref, lastSeq, online and punctuation.
_ENVELOPE_BYTES = 1024

Json = dict[str, Any]


def encode(event: Mapping[str, Any]) -> bytes:
    """Return the frame of an event."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def user(who: User) -> Json:
    """Return a user as clients see them."""
    return {"id": who.id, "name": who.name}


def sentiment(mood: Sentiment | None) -> Json | None:
    """Return a sentiment as clients see it."""
    if mood is None:
        return None
    return {
        "label": mood.label,
        "score": mood.score,
        "confidence": mood.confidence,
        "model": mood.model,
        "because": [list(term) for term in mood.because],
    }


def entry(item: Entry, asking: str | None = None) -> Json:
    """Return an entry of the log; `asking` is the id of the user whose own marks are added."""
    if isinstance(item, Void):
        return {"room": item.room, "seq": item.at, "at": item.at, "void": True}
    labels = list(item.labels.values())
    shown: Json = {
        "room": item.room,
        "seq": item.seq,
        "at": item.at,
        "id": item.id,
        "user": user(item.user),
        "text": item.text,
        "sentAt": item.sent_at,
        "sentiment": sentiment(item.sentiment),
        "editedAt": item.edited_at,
        "deleted": item.deleted,
        "reactions": {emoji: len(people) for emoji, people in item.reactions.items()},
        "labels": {label: labels.count(label) for label in sorted(set(labels))},
    }
    if asking is not None:
        shown.update(_mine(item, asking))
    return shown


def _mine(item: Message, asking: str) -> Json:
    reactions = [emoji for emoji, people in item.reactions.items() if asking in people]
    label = item.labels.get(asking)
    return {"mine": {"reactions": reactions, "label": label}} if reactions or label else {}


def pack(room: str, entries: Sequence[Entry], asking: str | None = None) -> list[bytes]:
    """Return the `messages` frames that carry the entries, as few as 32 KiB each allow."""
    frames: list[bytes] = []
    batch: list[bytes] = []
    size = 0
    for item in entries:
        encoded = encode(entry(item, asking))
        if batch and size + len(encoded) + 1 > FRAME_BYTES - _ENVELOPE_BYTES:
            frames.append(_messages(room, batch))
            batch, size = [], 0
        batch.append(encoded)
        size += len(encoded) + 1
    if batch:
        frames.append(_messages(room, batch))
    return frames


def _messages(room: str, encoded: Iterable[bytes]) -> bytes:
    return b'{"event":"messages","room":"%b","messages":[%b]}' % (room.encode(), b",".join(encoded))


def page(found: Page, asking: str, *, newest: bool) -> Json:
    """Return the entries and `more` of a page, cut where a frame would exceed 32 KiB.

    ``newest`` says which end to keep: a page of the newest is cut at its beginning, a page of what
    follows at its end.
    """
    kept: list[Json] = []
    size = _ENVELOPE_BYTES
    for item in reversed(found.entries) if newest else found.entries:
        shown = entry(item, asking)
        size += len(encode(shown)) + 1
        if size > FRAME_BYTES:
            break
        kept.append(shown)
    cut = len(kept) < len(found.entries)
    return {"messages": kept[::-1] if newest else kept, "more": found.more or cut}


def error(
    problem: ChatError, *, action: str | None = None, identifier: str | None = None, ref: str | None = None
) -> Json:
    """Return the `error` event for a refused frame."""
    told: Json = {"event": "error", "code": problem.code, "message": str(problem)}
    if action is not None:
        told["action"] = action
    if identifier is not None and action == "send":
        told["id"] = identifier
    if problem.retry_after is not None:
        told["retryAfter"] = problem.retry_after
    if ref is not None:
        told["ref"] = ref
    return told
