"""Events of the WebSocket API: `$connect`, `$default` and `$disconnect`; and of the delivery function."""

import functools
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from chalicelib.domain.commands import Command
from chalicelib.domain.events import Refused
from chalicelib.errors import BadFrame, ChatError, RateLimited, Unauthorized, Unavailable
from chalicelib.metrics import Metric
from chalicelib.protocol import errors
from chalicelib.protocol.actions import known_action, parse_command
from chalicelib.protocol.frames import Frame, parse_frame
from chalicelib.wiring import Chat

logger = logging.getLogger(__name__)

Event = dict[str, Any]
Answer = TypeVar("Answer")
# The delivery function may run for five minutes; then it hands over to another run of itself.
DELIVERY_SECONDS = 240.0
ACCEPTED: Event = {"statusCode": 200}


def counted(serve: Callable[[Chat, Event], Answer]) -> Callable[[Chat, Event], Answer]:
    """Count what a function fails at: nobody looks at Lambda's own count, for `message` answers instead."""

    @functools.wraps(serve)
    def counting(chat: Chat, event: Event) -> Answer:
        try:
            return serve(chat, event)
        except ChatError:
            raise  # known, and counted where it came from if it is a fault
        except Exception:
            chat.metrics.count(Metric.HANDLER_FAULTS)
            raise

    return counting


@counted
def connect(chat: Chat, event: Event) -> Event:
    """Accept the handshake of a valid token and refuse every other."""
    query = event.get("queryStringParameters") or {}
    try:
        source = event["requestContext"].get("identity", {}).get("sourceIp", "")
        chat.connecting.connect(_connection_id(event), query.get("token", ""), chat.networks.mark(source))
    except ChatError as error:
        if isinstance(error, Unauthorized):
            logger.info("handshake refused", extra={"reason": str(error)})
        return {"statusCode": errors.status(error), "body": str(error)}
    return ACCEPTED


@counted
def disconnect(chat: Chat, event: Event) -> Event:
    """Forget the connection."""
    chat.connecting.disconnect(_connection_id(event))
    return ACCEPTED


@counted
def deliver(chat: Chat, event: Event) -> None:
    """Continue what somebody handed over: news, announcements, frames that failed, or a shard's delivery."""
    if event.get("news"):
        chat.telling.tell(event["news"], str(event["room"]), [str(one) for one in event["connections"]])
        return
    if event.get("announce"):
        chat.presence.announce_in_turn(str(event["room"]), seconds=DELIVERY_SECONDS)
        return
    room, shard = str(event["room"]), int(event["shard"])
    if event.get("repeat"):
        chat.repeating.repeat(room, shard, int(event["after"]), event["repeat"])
        return
    chat.broadcasting.drain(room, shard, seconds=DELIVERY_SECONDS)


def message(chat: Chat, event: Event) -> Event:
    """Do what a frame asks for, and answer; a frame that makes no sense gets an `error` event."""
    connection_id = _connection_id(event)
    frame, command, problem = _read(event)
    ref = None if frame is None else frame.ref
    try:
        if not chat.actions.serve(
            connection_id, command, lambda answer: chat.posting.answer(connection_id, answer, ref)
        ):
            return ACCEPTED
    except ChatError as error:
        problem = error
    except Exception:
        # API Gateway would answer with a frame that says nothing and without our `ref`.
        logger.exception("a frame could not be processed")
        chat.metrics.count(Metric.HANDLER_FAULTS)
        problem = Unavailable("Something went wrong on our side; try again.", retry_after=1)
    if problem is not None:
        _refuse(chat, connection_id, problem, frame)
    chat.classifier.refresh()
    return ACCEPTED


def _read(event: Event) -> tuple[Frame | None, Command | None, ChatError | None]:
    """Return the frame and what it asks for, as far as they are understood, or why they are not."""
    frame = None
    try:
        if event.get("isBase64Encoded"):
            raise BadFrame("The frame is binary: it must be text.")
        frame = parse_frame(event.get("body") or "")
        return frame, parse_command(frame), None
    except ChatError as error:
        return frame, None, error


def _refuse(chat: Chat, connection_id: str, problem: ChatError, frame: Frame | None) -> None:
    chat.metrics.count(Metric.FRAMES_REFUSED, code=errors.code(problem))
    if isinstance(problem, RateLimited) and chat.connecting.close_if_refused_often(connection_id):
        return
    if frame is None:
        chat.posting.answer(connection_id, Refused(problem), ref=None)
    else:
        chat.posting.answer(connection_id, Refused(problem, known_action(frame), frame.id), frame.ref)


def _connection_id(event: Event) -> str:
    return str(event["requestContext"]["connectionId"])
