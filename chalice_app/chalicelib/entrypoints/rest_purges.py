"""Requests of the REST API that take something away for good."""

from typing import Any

from chalice.app import Response

from chalicelib.domain.text import check_room
from chalicelib.entrypoints.json_views import respond
from chalicelib.entrypoints.rest import session_of
from chalicelib.entrypoints.rest_house import ID_LENGTH, person_id
from chalicelib.protocol import answers
from chalicelib.protocol.entries import Json
from chalicelib.wiring import Chat


def erase(chat: Chat, request: Any, user_id: str) -> Response:
    """Have everything deleted that somebody wrote, or what they wrote in the room `?room=`."""
    session = session_of(chat, request)
    room = (request.query_params or {}).get("room")
    purge = chat.house().erasing.ask(session, person_id(user_id), None if room is None else check_room(room))
    return respond(answers.purge(purge), 202)


def progress(chat: Chat, request: Any, purge_id: str) -> Json:
    """Say how far a deletion of messages is."""
    session = session_of(chat, request)
    return answers.purge(chat.house().purging.told(session, purge_id[:ID_LENGTH]))
