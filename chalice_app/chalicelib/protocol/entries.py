"""People, entries of the log and pages of it, as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.domain.access import About
from chalicelib.domain.messages import Entry, File, Message, Page, Quote, User, Void
from chalicelib.domain.sentiment import Sentiment
from chalicelib.protocol.limits import SERVER_FRAME_BYTES

# What the wrapping of a page takes at most: event, room, ref, lastSeq, online and punctuation.
ENVELOPE_BYTES = 1024

Json = dict[str, Any]


def encode(value: Mapping[str, Any]) -> bytes:
    """Return JSON in UTF-8 without escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def user(who: User) -> Json:
    """Return a user as clients see them."""
    return {"id": who.id, "name": who.name} | ({"bot": True} if who.bot else {})


def described(about: About) -> Json:
    """Return what a room is, as clients see it; `people` are those of a direct room."""
    told: Json = {"title": about.title, "topic": about.topic, "access": about.access}
    told |= {"archived": about.archived, "mood": about.mood}
    return told | ({"people": [user(who) for who in about.people]} if about.people else {})


def entry(item: Entry, viewer: str | None = None) -> Json:
    """Return an entry of the log; `viewer` is the id of the user whose own marks are added."""
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
        "sentiment": _sentiment(item.sentiment),
        "editedAt": item.edited_at,
        "deleted": item.deleted,
        "deletedBy": None if item.deleted_by is None else user(item.deleted_by),
        "replyTo": None if item.reply_to is None else _quote(item.reply_to),
        "mentions": [user(who) for who in item.mentions],
        "files": [_file(file) for file in item.files],
        "reactions": {emoji: len(people) for emoji, people in item.reactions.items()},
        "labels": {label: labels.count(label) for label in sorted(set(labels))},
    }
    if viewer is not None:
        shown.update(_mine(item, viewer))
    return shown


def page(found: Page, viewer: str) -> Json:
    """Return `messages` and `more` of a page, cut if a frame would exceed its size.

    A page that was read backwards loses its oldest entries, any other its newest.
    """
    kept: list[Json] = []
    size = ENVELOPE_BYTES
    for item in reversed(found.entries) if found.backwards else found.entries:
        shown = entry(item, viewer)
        size += len(encode(shown)) + 1
        if size > SERVER_FRAME_BYTES:
            break
        kept.append(shown)
    cut = len(kept) < len(found.entries)
    return {"messages": kept[::-1] if found.backwards else kept, "more": found.more or cut}


def _file(file: File) -> Json:
    return {name: value for name, value in file._asdict().items() if value is not None}


def _quote(quoted: Quote) -> Json:
    return {"seq": quoted.seq, "user": user(quoted.user), "text": quoted.text}


def _sentiment(mood: Sentiment | None) -> Json | None:
    if mood is None:
        return None
    return {
        "label": mood.label,
        "score": mood.score,
        "confidence": mood.confidence,
        "model": mood.model,
        "because": [list(term) for term in mood.because],
    }


def _mine(item: Message, viewer: str) -> Json:
    reactions = [emoji for emoji, people in item.reactions.items() if viewer in people]
    label = item.labels.get(viewer)
    return {"mine": {"reactions": reactions, "label": label}} if reactions or label else {}
