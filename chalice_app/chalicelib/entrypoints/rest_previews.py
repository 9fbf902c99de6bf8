"""Requests of the REST API about pages to which messages link."""

from typing import Any

from chalice.app import Response

from chalicelib.domain.text import check_room
from chalicelib.entrypoints.json_views import respond
from chalicelib.entrypoints.rest import session_of
from chalicelib.protocol import answers
from chalicelib.protocol.entries import Json
from chalicelib.wiring import Chat

KEPT_BY_BROWSER_SECONDS = 3600
PICTURED_SECONDS = 240  # the address of a picture ends a minute later


def preview(chat: Chat, request: Any, room: str, seq: str) -> Response:
    """Tell what is shown of a page to which a message links."""
    session = session_of(chat, request)
    link = str((request.query_params or {}).get("url", ""))
    place = answers.integer({"seq": seq}, "seq", 1) or 0
    found = chat.house().previews.of(session, check_room(room), place, link)
    if found.preview is not None:
        seconds = KEPT_BY_BROWSER_SECONDS if found.picture is None else PICTURED_SECONDS
        told = {"preview": answers.preview(found.preview, found.picture)}
        return respond(told, 200, {"Cache-Control": f"private, max-age={seconds}"})
    again: Json = {} if found.retry_after is None else {"retryAfter": found.retry_after}
    return respond({"preview": None, **again}, 200)
