"""Requests of the REST API about pages to which messages link."""

from typing import Any

from chalice.app import Response

from chalicelib.domain.text import check_room
from chalicelib.entrypoints.json_views import respond
from chalicelib.entrypoints.rest import session_of
from chalicelib.protocol.answers import integer
from chalicelib.protocol.entries import Json
from chalicelib.wiring import Chat

KEPT_BY_BROWSER_SECONDS = 3600


def preview(chat: Chat, request: Any, room: str, seq: str) -> Response:
    """Tell what is shown of a page to which a message links."""
    session = session_of(chat, request)
    link = str((request.query_params or {}).get("url", ""))
    found = chat.house().previews.of(session, check_room(room), integer({"seq": seq}, "seq", 1) or 0, link)
    told: Json = {"preview": found.preview and found.preview._asdict()}
    if found.preview is not None:
        return respond(told, 200, {"Cache-Control": f"private, max-age={KEPT_BY_BROWSER_SECONDS}"})
    return respond(told if found.retry_after is None else {**told, "retryAfter": found.retry_after}, 200)
