"""Requests of the REST API."""

from typing import Any

from chalice.app import Response

from chalicelib import __version__
from chalicelib.domain.searching import parse_query
from chalicelib.domain.sessions import Session
from chalicelib.domain.text import check_room
from chalicelib.entrypoints.json_views import respond
from chalicelib.errors import AccessDenied, BadFrame, BadJson, Invalid, NotFound, Unauthorized
from chalicelib.protocol import answers, fields
from chalicelib.protocol.answers import integer
from chalicelib.protocol.entries import Json, page
from chalicelib.protocol.fields import check_bounds
from chalicelib.protocol.limits import CLIENT_FRAME_BYTES, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from chalicelib.protocol.objects import parse_object
from chalicelib.wiring import Chat

MAX_MOOD_MINUTES = 7 * 24 * 60
DEFAULT_MOOD_MINUTES = 60
DEFAULT_PULSE_DAYS = 7
MAX_PULSE_DAYS = 90

# A report is a page from the bucket: nothing in it may run, whoever wrote it.
REPORT_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; sandbox"


def create_session(chat: Chat, request: Any) -> Response:
    """Sign somebody in, or renew the token of who holds one."""
    header = request.headers.get("authorization")
    if header is not None:
        session = chat.sessions.renew(_bearer(header))
    else:
        body = body_of(request)
        source = source_of(request)
        chat.sign_ups.count(source)
        if body.get("invite") is not None:
            chat.networks.check(source)
            session = chat.house().inviting.sign_in(body.get("name"), fields.secret(body, "invite"))
        elif body.get("oidc") is not None:
            session = _sign_in_with_provider(chat, body["oidc"], source)
        elif body.get("link") is not None:
            session = chat.house().device_links.sign_in(fields.secret(body, "link"), source)
        elif body.get("password") is not None:
            session = chat.house().passwords.sign_in(
                body.get("name"), body["password"], body.get("accessCode"), source, body.get("adminCode")
            )
        else:
            session = chat.sessions.create(
                body.get("name"), body.get("accessCode"), source, body.get("adminCode")
            )
        chat.networks.note(session, source)
    return respond(answers.session(session), 201)


def _sign_in_with_provider(chat: Chat, value: Any, source: str) -> Session:
    # Imported here: most sign-ins and all other requests do without.
    from chalicelib.protocol.sign_in import code_grant  # noqa: PLC0415

    by_provider = chat.house().provider_sign_in
    if by_provider is None:
        raise AccessDenied("This chat has no sign-in provider: join with a name.")
    return by_provider.sign_in(code_grant(value), source)


def health(chat: Chat) -> Json:
    """Say that the storage answers, and what runs here."""
    chat.storage.check()
    return {"status": "ok", "version": __version__, "model": chat.classifier.describe().get("version")}


def rooms(chat: Chat, request: Any) -> Json:
    """List the rooms, all of them unless the asker wants pages."""
    session = session_of(chat, request)
    query = request.query_params or {}
    after = query.get("after")
    found = chat.listing.rooms(
        session,
        None if after is None else check_room(after),
        integer(query, "limit", 1, MAX_PAGE_SIZE),
    )
    return answers.rooms(found)


def messages(chat: Chat, request: Any, room: str) -> Json:
    """Return a page of a room's log."""
    session = session_of(chat, request)
    query = request.query_params or {}
    before, after = integer(query, "before", 1), integer(query, "after", 0)
    check_bounds(before, after)
    limit = integer(query, "limit", 1, MAX_PAGE_SIZE) or DEFAULT_PAGE_SIZE
    found = chat.house().keeping.read(
        session,
        check_room(room),
        lambda: chat.reading.page(room, before=before, after=after, limit=limit),
    )
    return page(found, session.user.id)


def search(chat: Chat, request: Any, room: str) -> Json:
    """Find messages of a room."""
    session = session_of(chat, request)
    query = request.query_params or {}
    sought = parse_query(query.get("q"))
    before = integer(query, "before", 1)
    limit = integer(query, "limit", 1, MAX_PAGE_SIZE) or DEFAULT_PAGE_SIZE
    found = chat.house().keeping.read(
        session,
        check_room(room),
        lambda: chat.house().searching.find(room, sought, before, limit),
    )
    return answers.found(found, session.user.id)


def reactions(chat: Chat, request: Any, room: str, seq: str) -> Json:
    """Tell who reacted to a message."""
    session = session_of(chat, request)
    position = integer({"seq": seq}, "seq", 1) or 0
    found = chat.house().keeping.read(
        session,
        check_room(room),
        lambda: chat.house().reactors.of(room, position, session.user.id),
    )
    return answers.reactions(found)


def mood(chat: Chat, request: Any, room: str) -> Json:
    """Return the mood of a room over the last minutes."""
    session = session_of(chat, request)
    minutes = integer(request.query_params or {}, "minutes", 1, MAX_MOOD_MINUTES) or DEFAULT_MOOD_MINUTES
    found = chat.house().keeping.read(session, check_room(room), lambda: chat.house().mood.of(room, minutes))
    return answers.mood(room, found)


def pulse(chat: Chat, request: Any, room: str) -> Json:
    """Return the mood of a room hour by hour over the last days."""
    session = session_of(chat, request)
    days = integer(request.query_params or {}, "days", 1, MAX_PULSE_DAYS) or DEFAULT_PULSE_DAYS
    house = chat.house()
    return answers.pulse(house.keeping.read(session, check_room(room), lambda: house.pulse.of(room, days)))


def model(chat: Chat, request: Any) -> Json:
    """Describe the live model; `report` is the address of its report, or null."""
    described = dict(chat.classifier.describe())
    return described | {"report": f"{address_of(request)}/report" if described.get("report") else None}


def model_report(chat: Chat) -> Response:
    """Show the report of the live model."""
    report = chat.classifier.report()
    if report is None:
        raise NotFound("The live model has no report: only models that learned from this chat have one.")
    return Response(
        report.decode(),
        status_code=200,
        headers={
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "no-store",
            "Content-Security-Policy": REPORT_CSP,
        },
    )


def address_of(request: Any) -> str:
    """Return the address that a request asked for, as a browser would write it."""
    scheme = request.headers.get("x-forwarded-proto", "http")
    host = request.headers.get("host") or request.context.get("domainName", "")
    return f"{scheme}://{host}{request.context.get('path', '').rstrip('/')}"


def source_of(request: Any) -> str:
    """Return the network address that a request came from."""
    return str(request.context.get("identity", {}).get("sourceIp", "unknown"))


def session_of(chat: Chat, request: Any) -> Session:
    """Return the session whose token a request carries, or raise `Unauthorized`."""
    header = request.headers.get("authorization")
    if header is None:
        raise Unauthorized("The Authorization header is missing: send Bearer and the token.")
    return chat.sessions.check(_bearer(header))


def _bearer(header: str) -> str:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("The Authorization header must be Bearer and the token.")
    return token.strip()


def body_of(request: Any, most: int = CLIENT_FRAME_BYTES) -> Json:
    """Return the JSON object that a request carries, of at most so many bytes."""
    try:
        return parse_object(request.raw_body.decode(), what="body", most=most)
    except UnicodeDecodeError as error:
        raise BadJson("The body is not UTF-8.") from error
    except BadFrame as error:
        raise Invalid('The body must be a JSON object such as {"name": "Ada"}.') from error
