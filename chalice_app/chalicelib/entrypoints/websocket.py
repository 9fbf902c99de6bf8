"""Events of the WebSocket API: `$connect`, `$default` and `$disconnect`."""

import logging
from collections.abc import Callable
from typing import Any

from chalicelib.domain import commands, events
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Json
from chalicelib.domain.frames import Frame, parse_command, parse_frame
from chalicelib.errors import BadFrame, ChatError, Unauthorized, Unavailable
from chalicelib.wiring import Chat

logger = logging.getLogger(__name__)

Event = dict[str, Any]
# The delivery function may run for five minutes; then it hands over to another run of itself.
DELIVERY_SECONDS = 240.0
ACCEPTED: Event = {"statusCode": 200}


def connect(chat: Chat, event: Event) -> Event:
    """Accept the handshake of a valid token and refuse every other."""
    query = event.get("queryStringParameters") or {}
    try:
        chat.connecting.connect(_connection_id(event), query.get("token", ""))
    except Unauthorized as error:
        logger.info("handshake refused", extra={"reason": str(error)})
        return {"statusCode": 401, "body": str(error)}
    except ChatError as error:
        return {"statusCode": error.status, "body": str(error)}
    return ACCEPTED


def disconnect(chat: Chat, event: Event) -> Event:
    """Forget the connection."""
    chat.connecting.disconnect(_connection_id(event))
    return ACCEPTED


def deliver(chat: Chat, event: Event) -> None:
    """Go on with the delivery of a room's shard that somebody handed over."""
    chat.broadcasting.drain(str(event["room"]), int(event["shard"]), seconds=DELIVERY_SECONDS)


def message(chat: Chat, event: Event) -> Event:
    """Do what a frame asks for, and answer; a frame that makes no sense gets an `error` event."""
    connection_id = _connection_id(event)
    frame, problem = _frame(event)
    try:
        connection = chat.connections.spend(connection_id)  # nonsense costs as much as sense
        if connection is None:
            chat.closer.close(connection_id)  # nobody here knows it, so its client must connect anew
            return ACCEPTED
        if frame is not None:
            _run(chat, connection, frame)
    except ChatError as error:
        problem = error
    except Exception:
        # API Gateway would answer with a frame that says nothing and without our `ref`.
        logger.exception("a frame could not be processed")
        chat.count("HandlerFaults")
        problem = Unavailable("Something went wrong on our side; try again.", retry_after=1)
    if problem is not None:
        chat.broadcasting.answer(connection_id, _error(problem, frame))
    chat.moods.refresh()
    return ACCEPTED


def _run(chat: Chat, connection: Connection, frame: Frame) -> None:
    def answer(event: Json) -> None:
        named = event if frame.ref is None else {**event, "ref": frame.ref}
        chat.broadcasting.answer(connection.id, named)

    command = parse_command(frame)
    if isinstance(command, commands.Ping):
        chat.pinging.ping(connection, command, answer)
        return
    event = _USE_CASES[type(command)](chat, connection, command)
    if event is not None:
        answer(event)
    match command:
        case commands.Join(room=room):
            chat.broadcasting.catch_up(room, 0)
            chat.presence.announce(room, knowing=connection.id)
        case commands.Leave(room=room):
            chat.presence.announce(room)


def _frame(event: Event) -> tuple[Frame | None, ChatError | None]:
    """Return the frame, or why it is none."""
    try:
        if event.get("isBase64Encoded"):
            raise BadFrame("The frame is binary: it must be text.")
        return parse_frame(event.get("body") or ""), None
    except ChatError as error:
        return None, error


def _error(problem: ChatError, frame: Frame | None) -> Json:
    if frame is None:
        return events.error(problem)
    return events.error(problem, action=frame.action, identifier=frame.id, ref=frame.ref)


def _connection_id(event: Event) -> str:
    return str(event["requestContext"]["connectionId"])


_USE_CASES: dict[type, Callable[[Chat, Connection, Any], Json | None]] = {
    commands.Join: lambda chat, who, command: chat.joining.join(who, command),
    commands.Leave: lambda chat, who, command: chat.joining.leave(who, command),
    commands.Send: lambda chat, who, command: chat.sending.send(who, command),
    commands.Edit: lambda chat, who, command: chat.changing.change(who, command),
    commands.Delete: lambda chat, who, command: chat.changing.change(who, command),
    commands.React: lambda chat, who, command: chat.changing.change(who, command),
    commands.SetLabel: lambda chat, who, command: chat.changing.change(who, command),
    commands.Typing: lambda chat, who, command: chat.presence.typing(who, command),
    commands.History: lambda chat, who, command: chat.reading.history(who, command),
}
