"""Requests of the REST API about browsers that are pushed to."""

from typing import Any

from chalicelib.entrypoints.rest import body_of, session_of
from chalicelib.protocol.entries import Json
from chalicelib.protocol.pushes import push_address, room_levels
from chalicelib.wiring import Chat


def key(chat: Chat, request: Any) -> Json:
    """Tell the key with which a browser subscribes."""
    session_of(chat, request)
    return {"key": chat.house().pushes.key()}


def keep(chat: Chat, request: Any) -> Json:
    """Keep where a browser of the asker is pushed to."""
    session = session_of(chat, request)
    body = body_of(request)
    return {"id": chat.house().pushes.keep(session, push_address(body), room_levels(body))}


def drop(chat: Chat, request: Any, subscription_id: str) -> Json:
    """Forget a browser of the asker."""
    chat.house().pushes.drop(session_of(chat, request), subscription_id[:64])
    return {}
