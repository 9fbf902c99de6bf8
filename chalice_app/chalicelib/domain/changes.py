"""What edits, deletions, reactions and labels make of a message."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from chalicelib.domain.commands import Change, Delete, Edit, React, SetLabel
from chalicelib.domain.messages import Message, User
from chalicelib.domain.sentiment import Sentiment
from chalicelib.errors import Conflict, Forbidden

MAX_EMOJI = 20

T = TypeVar("T")
Classify = Callable[[str], Sentiment | None]


def apply(
    change: Change,
    message: Message,
    user: User,
    now: str,
    classify: Classify,
    check_moderator: Callable[[], None],
) -> Message:
    """Return the message as the change makes it; the same message if it changes nothing.

    ``check_moderator`` raises `Forbidden` if the user may not delete what others wrote; it is called only
    where that matters.

    Raises
    ------
    Forbidden
        The message belongs to somebody else.
    Conflict
        The message was deleted, or has as many different emoji as it may have.
    """
    match change:
        case Edit():
            return _edit(change, message, user, now, classify)
        case Delete():
            return _delete(message, user, check_moderator)
        case React():
            return _react(change, message, user)
        case SetLabel():
            return _label(change, message, user)


def _edit(change: Edit, message: Message, user: User, now: str, classify: Classify) -> Message:
    _own(message, user)
    _not_deleted(message)
    if change.text == message.text:
        return message
    # Labels were readers' views of a text that is gone; as training data they would be wrong.
    mood = classify(change.text) if change.mood else None
    return replace(message, text=change.text, sentiment=mood, edited_at=now, labels={})


def _delete(message: Message, user: User, check_moderator: Callable[[], None]) -> Message:
    by = None
    if message.user.id != user.id:
        check_moderator()
        by = user
    if message.deleted:
        return message
    nothing: dict[str, Any] = {"text": "", "sentiment": None, "reactions": {}, "labels": {}, "mentions": ()}
    return replace(message, deleted=True, deleted_by=by, files=(), **nothing)


def _react(change: React, message: Message, user: User) -> Message:
    _not_deleted(message)
    people = message.reactions.get(change.emoji, frozenset())
    if change.on and not people and len(message.reactions) >= MAX_EMOJI:
        raise Conflict(f"The message has {MAX_EMOJI} different reactions already: join one of them.")
    chosen = people | {user.id} if change.on else people - {user.id}
    if chosen == people:
        return message
    return replace(message, reactions=_with(message.reactions, change.emoji, chosen))


def _label(change: SetLabel, message: Message, user: User) -> Message:
    _not_deleted(message)
    if message.labels.get(user.id) == change.label:
        return message
    return replace(message, labels=_with(message.labels, user.id, change.label))


def _with(mapping: Mapping[str, T], key: str, value: T | None) -> dict[str, T]:
    """Return the mapping with a key set, in its place if it is there; without it if the value is empty."""
    changed = {**mapping, key: value}
    return {name: its for name, its in changed.items() if its}


def _own(message: Message, user: User) -> None:
    if message.user.id != user.id:
        raise Forbidden(f"This message is {message.user.name}'s: only they can change it.")


def _not_deleted(message: Message) -> None:
    if message.deleted:
        raise Conflict("This message was deleted.")
