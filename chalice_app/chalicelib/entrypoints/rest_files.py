"""Requests of the REST API about files."""

from typing import Any

from chalice.app import Response

from chalicelib.domain.files import MAX_FILE_BYTES, MAX_FILE_NAME_LENGTH, check_file_name, check_type
from chalicelib.domain.text import check_room
from chalicelib.domain.times import timestamp
from chalicelib.entrypoints.json_views import respond
from chalicelib.entrypoints.rest import body_of, session_of
from chalicelib.errors import Invalid
from chalicelib.protocol import fields
from chalicelib.protocol.entries import Json
from chalicelib.wiring import Chat


def offer(chat: Chat, request: Any, room: str) -> Response:
    """Let a file be uploaded."""
    session = session_of(chat, request)
    body = body_of(request)
    name = check_file_name(fields.text(body, "name", least=1, most=MAX_FILE_NAME_LENGTH))
    size = fields.integer(body, "bytes", least=1, most=MAX_FILE_BYTES)
    if size is None:
        raise Invalid(f"bytes is missing: it must be the file's length, from 1 to {MAX_FILE_BYTES}")
    upload, form = chat.house().files.offer(
        session, check_room(room), name, check_type(body.get("type")), size
    )
    return respond({"id": upload.id, "upload": {"url": form.url, "fields": form.fields}}, 201)


def address(chat: Chat, request: Any, room: str, file_id: str) -> Json:
    """Tell where a file can be had for a while."""
    url, until = chat.house().files.address(session_of(chat, request), check_room(room), file_id)
    return {"url": url, "expiresAt": timestamp(until)}
