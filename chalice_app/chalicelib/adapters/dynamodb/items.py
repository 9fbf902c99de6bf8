"""The shapes of the items of a room's log. Nothing else spells an attribute of theirs."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.emoji import merged
from chalicelib.domain.messages import File, Message, Quote, SearchBlock, User
from chalicelib.domain.rooms import RoomState
from chalicelib.domain.sentiment import Sentiment

# `kind` of an entry: a message at the position where it first appeared, a change that points at a message,
# or a void.
MESSAGE, CHANGE, VOID = "message", "change", "void"


def from_message(message: Message) -> dict[str, Any]:
    """Return the attributes of a message; empty collections are left out."""
    values: dict[str, Any] = {
        "kind": MESSAGE,
        "newest": message.at,
        "id": message.id,
        "user": message.user.id,
        "name": message.user.name,
        "text": message.text,
        "sent_at": message.sent_at,
    }
    if message.sentiment is not None:
        values["sentiment"] = _from_sentiment(message.sentiment)
    if message.edited_at is not None:
        values["edited_at"] = message.edited_at
    if message.user.bot:
        values["bot"] = True
    if message.deleted:
        values["deleted"] = True
    if message.deleted_by is not None:
        values["deleted_by"] = _from_user(message.deleted_by)
    if message.reply_to is not None:
        quoted = message.reply_to
        values["reply_to"] = {"seq": quoted.seq, **_from_user(quoted.user), "text": quoted.text}
    if message.mentions:
        values["mentions"] = [_from_user(who) for who in message.mentions]
    if message.files:
        values["files"] = [
            {name: value for name, value in file._asdict().items() if value is not None}
            for file in message.files
        ]
    if message.reactions:
        chosen = {emoji: set(people) for emoji, people in message.reactions.items() if people}
        values["reactions"] = chosen
        if len(chosen) > 1:
            values["emoji"] = list(chosen)  # a map of DynamoDB has no order, and people remember one
    if message.labels:
        values["labels"] = dict(message.labels)
    return values


def from_change(seq: int, previous: int | None) -> dict[str, Any]:
    """Return the attributes of a change of the message `seq`."""
    return {"kind": CHANGE, "seq": seq} | _from_previous(previous)


def from_void(previous: int | None) -> dict[str, Any]:
    """Return the attributes of a void."""
    return {"kind": VOID} | _from_previous(previous)


def from_search_block(block: SearchBlock) -> dict[str, Any]:
    """Return the attributes of what is kept of a part for searches; texts are compressed."""
    changed = {"changed": block.changed} if block.changed else {}
    return {"folding": block.folding, "texts": zlib.compress(block.texts.encode()), **changed}


def to_search_block(item: Item, now: int) -> SearchBlock:
    """Return what an item keeps for searches; nothing but its last change, once it has expired.

    Parameters
    ----------
    now
        Seconds since the epoch.
    """
    block = SearchBlock(max(1, int(item["sk"])), int(item.get("changed", 0)))
    if "texts" not in item or int(item["expires"]) <= now:
        return block
    return block._replace(folding=item["folding"], texts=zlib.decompress(item["texts"]).decode())


def _from_previous(previous: int | None) -> dict[str, Any]:
    """Return where the message before an entry is, for readers that want messages only."""
    return {} if previous is None else {"previous": previous}


def to_message(room: str, item: Item, at: int | None = None) -> Message:
    """Return the message in an item; `at` is the position that it is shown at, its newest by default."""
    return Message(
        room=room,
        seq=int(item["sk"]),
        at=int(item["newest"]) if at is None else at,
        id=item["id"],
        user=User(item["user"], item["name"], bool(item.get("bot"))),
        text=item["text"],
        sent_at=item["sent_at"],
        sentiment=_to_sentiment(item.get("sentiment")),
        edited_at=item.get("edited_at"),
        deleted=item.get("deleted", False),
        reactions=_to_reactions(item.get("reactions"), item.get("emoji", ())),
        labels=item.get("labels", {}),
        deleted_by=_to_user(item["deleted_by"]) if "deleted_by" in item else None,
        reply_to=_to_quote(item["reply_to"]) if "reply_to" in item else None,
        mentions=tuple(_to_user(who) for who in item.get("mentions", ())),
        files=tuple(map(_to_file, item.get("files", ()))),
    )


def to_state(room: str, item: Mapping[str, Any], shard: int) -> RoomState:
    """Return the state of a room as one shard sees it; an empty item is a room without messages."""
    shards = shards_in(item)
    return RoomState(
        room=room,
        head=int(item.get("last_place", 0)),
        delivered=int(item.get(f"delivered{shard}", 0)),
        lease=item.get(f"lease{shard}"),
        lease_ends=tuple(int(item.get(f"until{n}", 0)) for n in range(shards)),
        hidden=bool(item.get("not_open")),
        messages=int(item.get("message_count", 0)),
        rules=int(item.get("rules_version", 0)),
        moodless=bool(item.get("moodless")),
        newest=max(0, int(item.get("last_message", 0))),
        watchers=int(item.get("watchers", 0)),
        deleted_at=int(item.get("deleted", 0)),
    )


def shards_in(item: Mapping[str, Any]) -> int:
    """Return how many delivery shards the state of a room has."""
    return max(1, sum(1 for name in item if name.startswith("delivered")))


def to_states(room: str, item: Mapping[str, Any]) -> list[RoomState]:
    """Return the state of a room as each of its shards sees it."""
    return [to_state(room, item, shard) for shard in range(shards_in(item))]


def _from_user(who: User) -> dict[str, Any]:
    return {"id": who.id, "name": who.name} | ({"bot": True} if who.bot else {})


def _to_user(stored: Mapping[str, Any]) -> User:
    return User(stored["id"], stored["name"], bool(stored.get("bot")))


def _to_quote(stored: Mapping[str, Any]) -> Quote:
    return Quote(int(stored["seq"]), _to_user(stored), stored["text"])


def _to_file(stored: Mapping[str, Any]) -> File:
    width, height = (int(stored[name]) if name in stored else None for name in ("width", "height"))
    about = (stored["id"], stored["name"], stored["type"], int(stored["bytes"]))
    return File(*about, width, height, stored.get("plays"))


def _to_reactions(stored: Mapping[str, Any] | None, order: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return who chose which emoji, in the order of first use as far as it was stored."""
    if stored is None:
        return {}
    ordered = [emoji for emoji in order if emoji in stored]
    return merged({emoji: frozenset(stored[emoji]) for emoji in [*ordered, *stored]})


def _from_sentiment(mood: Sentiment) -> dict[str, Any]:
    return {
        "label": mood.label,
        "score": mood.score,
        "confidence": mood.confidence,
        "model": mood.model,
        "because": mood.because,
    }


def _to_sentiment(stored: Mapping[str, Any] | None) -> Sentiment | None:
    if stored is None:
        return None
    return Sentiment(
        label=stored["label"],
        score=float(stored["score"]),
        confidence=float(stored["confidence"]),
        model=stored["model"],
        because=tuple((term, float(weight)) for term, weight in stored["because"]),
    )
