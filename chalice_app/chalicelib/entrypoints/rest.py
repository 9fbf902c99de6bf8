"""Requests of the REST API."""

import functools
import logging
import math
from collections.abc import Callable, Mapping
from typing import Any

from chalice.app import Response

from chalicelib import __version__
from chalicelib.domain import events
from chalicelib.domain.events import Json
from chalicelib.domain.frames import DEFAULT_LIMIT, LARGEST_PLACE, PAGE_LIMIT, check_bounds, parse_object
from chalicelib.domain.messages import User
from chalicelib.domain.moods import Bucket
from chalicelib.domain.text import check_room
from chalicelib.errors import BadFrame, BadJson, ChatError, Invalid, NotFound, Unauthorized, Unavailable
from chalicelib.service.times import timestamp
from chalicelib.wiring import Chat

logger = logging.getLogger(__name__)

# A client that forgets to name JSON still gets an error of ours that says what is wrong, if anything is: what
# Chalice says of another type has another shape than the protocol's errors.
CONTENT_TYPES = ["*/*"]
MOOD_MINUTES = 7 * 24 * 60
DEFAULT_MOOD_MINUTES = 60
# A report is a page from the bucket: whoever wrote it, nothing in it may run.
REPORT_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; sandbox"


def answers(view: Callable[..., Json | Response]) -> Callable[..., Response]:
    """Make a view answer in JSON, its errors too."""

    @functools.wraps(view)
    def answering(*arguments: str, **named: str) -> Response:
        try:
            answer = view(*arguments, **named)
        except ChatError as error:
            return _error(error)
        except Exception:
            logger.exception("a request could not be processed")
            return _error(Unavailable("Something went wrong on our side; try again.", retry_after=1))
        return answer if isinstance(answer, Response) else _response(answer, 200)

    return answering


def create_session(chat: Chat, request: Any) -> Response:
    """Sign somebody in, or renew the token of who holds one."""
    header = request.headers.get("authorization")
    if header is not None:
        session = chat.sessions.renew(_bearer(header))
    else:
        body = _body(request)
        source = request.context.get("identity", {}).get("sourceIp", "unknown")
        session = chat.sessions.create(body.get("name"), body.get("accessCode"), source)
    return _response(
        {"token": session.token, "user": events.user(session.user), "expiresAt": session.expires_at}, 201
    )


def health(chat: Chat) -> Json:
    """Say that the storage answers, and what runs here."""
    chat.storage.check()
    return {"status": "ok", "version": __version__, "model": chat.moods.describe().get("version")}


def rooms(chat: Chat, request: Any) -> Json:
    """List the rooms."""
    _user(chat, request)
    found = chat.listing.rooms()
    return {"rooms": [{"room": r.room, "lastSeq": r.last_seq, "online": r.online} for r in found]}


def messages(chat: Chat, request: Any, room: str) -> Json:
    """Return a page of a room's log."""
    user = _user(chat, request)
    query = request.query_params or {}
    before, after = _integer(query, "before", 1), _integer(query, "after", 0)
    check_bounds(before, after)
    limit = _integer(query, "limit", 1, PAGE_LIMIT) or DEFAULT_LIMIT
    page = chat.reading.page(check_room(room), before=before, after=after, limit=limit)
    return events.page(page, user.id, newest=after is None)


def mood(chat: Chat, request: Any, room: str) -> Json:
    """Return the mood of a room over the last minutes."""
    _user(chat, request)
    minutes = _integer(request.query_params or {}, "minutes", 1, MOOD_MINUTES) or DEFAULT_MOOD_MINUTES
    found = chat.moods_over_time.of(check_room(room), minutes)
    return {"room": room, "buckets": [_bucket(bucket) for bucket in found]}


def model(chat: Chat, request: Any) -> Json:
    """Describe the live model; `report` is the address of its report, or null."""
    described = dict(chat.moods.describe())
    return described | {"report": f"{_address(request)}/report" if described.get("report") else None}


def model_report(chat: Chat) -> Response:
    """Show the report of the live model."""
    page = chat.moods.report()
    if page is None:
        raise NotFound("The live model has no report: only models that learned from this chat have one.")
    return Response(
        page.decode(),
        status_code=200,
        headers={
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "no-store",
            "Content-Security-Policy": REPORT_CSP,
        },
    )


def _address(request: Any) -> str:
    """Return the address that a request asked for, as a browser would write it."""
    scheme = request.headers.get("x-forwarded-proto", "http")
    host = request.headers.get("host") or request.context.get("domainName", "")
    return f"{scheme}://{host}{request.context.get('path', '').rstrip('/')}"


def _bucket(bucket: Bucket) -> Json:
    return {
        "from": timestamp(bucket.begin),
        "to": timestamp(bucket.end),
        "count": bucket.count,
        "mean": bucket.mean,
        "negative": bucket.negative,
        "neutral": bucket.neutral,
        "positive": bucket.positive,
    }


def _user(chat: Chat, request: Any) -> User:
    header = request.headers.get("authorization")
    if header is None:
        raise Unauthorized("The Authorization header is missing: send Bearer and the token.")
    return chat.sessions.user(_bearer(header))


def _bearer(header: str) -> str:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("The Authorization header must be Bearer and the token.")
    return token.strip()


def _body(request: Any) -> Json:
    try:
        return parse_object(request.raw_body.decode(), what="body")
    except UnicodeDecodeError as error:
        raise BadJson("The body is not UTF-8.") from error
    except BadFrame as error:
        raise Invalid('The body must be a JSON object such as {"name": "Ada"}.') from error


def _integer(query: Mapping[str, str], name: str, least: int, most: int = LARGEST_PLACE) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 16 and least <= int(text) <= most):
        raise Invalid(f"{name} is {text[:40]!a}: it must be a whole number from {least} to {most}")
    return int(text)


def _error(error: ChatError) -> Response:
    body: Json = {"code": error.code, "message": str(error)}
    headers = {}
    if error.retry_after is not None:
        body["retryAfter"] = error.retry_after
        headers["Retry-After"] = str(math.ceil(error.retry_after))
    return _response(body, error.status, headers)


def _response(body: Json, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        body=events.encode(body).decode(),
        status_code=status,
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Cache-Control": "no-store",
            **(headers or {}),
        },
    )
