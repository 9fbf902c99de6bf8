"""Requests of the REST API about bots, and of programs that write through hooks."""

from typing import Any

from chalice.app import Response

from chalicelib.domain.text import check_room
from chalicelib.entrypoints.json_views import respond
from chalicelib.entrypoints.rest import address_of, body_of, session_of
from chalicelib.errors import BadJson, Invalid
from chalicelib.protocol import answers, fields
from chalicelib.protocol.entries import Json
from chalicelib.protocol.objects import too_large
from chalicelib.wiring import Chat

MAX_TOKEN_HOURS = 8_760


def make_token(chat: Chat, request: Any) -> Response:
    """Make a bot of the asker."""
    session = session_of(chat, request)
    body = body_of(request)
    hours = fields.integer(body, "hours", least=1, most=MAX_TOKEN_HOURS)
    if hours is None:
        raise Invalid(f"hours is missing: it must be a whole number from 1 to {MAX_TOKEN_HOURS}")
    return respond(answers.session(chat.house().bots.make(session, body.get("name"), hours)), 201)


def tokens(chat: Chat, request: Any) -> Json:
    """List the asker's bots."""
    found = chat.house().bots.list(session_of(chat, request))
    webhooks = chat.house().webhooks.of_each([one.user.id for one in found])
    return {"tokens": [answers.bot(one, webhooks.get(one.user.id)) for one in found]}


def end_token(chat: Chat, request: Any, token_id: str) -> Json:
    """End the token of a bot."""
    chat.house().bots.end(session_of(chat, request), token_id)
    return {}


def put_webhook(chat: Chat, request: Any, token_id: str) -> Json:
    """Have a bot called at an address; the secret of its calls is told this once."""
    session = session_of(chat, request)
    url = body_of(request).get("url")
    if not isinstance(url, str):
        raise Invalid("url is missing: it must be the address at which the bot is called, https://…")
    return {"secret": chat.house().webhooks.put(session, token_id, url).secret}


def try_webhook(chat: Chat, request: Any, token_id: str) -> Json:
    """Call a bot once, without a message."""
    problem = chat.house().webhooks.test(session_of(chat, request), token_id)
    return {"problem": problem or None}


def drop_webhook(chat: Chat, request: Any, token_id: str) -> Json:
    """Have a bot called no longer."""
    chat.house().webhooks.drop(session_of(chat, request), token_id)
    return {}


def press(chat: Chat, request: Any, room: str, seq: str) -> Json:
    """Call the bot that wrote a message, for a button of it."""
    session = session_of(chat, request)
    value = body_of(request).get("value")
    if not isinstance(value, str):
        raise Invalid("value is missing: it must be that of a button of the message")
    place = answers.integer({"seq": seq}, "seq", 1) or 0
    chat.house().webhooks.press(session, check_room(room), place, value)
    return {}


def make_hook(chat: Chat, request: Any, room: str) -> Response:
    """Make a hook of a room."""
    session = session_of(chat, request)
    hook, secret = chat.house().hooks.make(session, check_room(room), body_of(request).get("name"))
    base = address_of(request).rsplit(f"/rooms/{room}/hooks", 1)[0]
    return respond({"hook": hook.id, "name": hook.name, "url": f"{base}/hooks/{secret}"}, 201)


def hooks(chat: Chat, request: Any, room: str) -> Json:
    """List the hooks of a room."""
    found = chat.house().hooks.list(session_of(chat, request), check_room(room))
    return {"hooks": [answers.hook(one) for one in found]}


def delete_hook(chat: Chat, request: Any, room: str, hook_id: str) -> Json:
    """Delete a hook of a room."""
    chat.house().hooks.delete(session_of(chat, request), check_room(room), hook_id)
    return {}


def post(chat: Chat, request: Any, secret: str) -> Response:
    """Write to the room of a hook: JSON with a text, or plain text."""
    text, given = _text(request)
    room, seq = chat.house().hooks.post(secret, text, given)
    return respond({"room": room, "seq": seq}, 202)


def _text(request: Any) -> tuple[object, str | None]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("application/json", ""):
        body = body_of(request)
        given = body.get("id")
        if given is not None and (
            not isinstance(given, str) or not 1 <= len(given) <= fields.MAX_SECRET_LENGTH
        ):
            raise Invalid(f"id must be a text of 1 to {fields.MAX_SECRET_LENGTH} characters")
        return body.get("text"), given
    try:
        text = request.raw_body.decode()
    except UnicodeDecodeError as error:
        raise BadJson("The body is not UTF-8.") from error
    problem = too_large(text, "body")
    if problem is not None:
        raise problem
    return text, None
