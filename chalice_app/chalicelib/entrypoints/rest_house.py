"""Requests of the REST API about people, rooms of one's own, and order in them."""

from datetime import datetime
from typing import Any, cast

from chalice.app import Response

from chalicelib.domain.access import LEVELS, Access, Level, RoomRole
from chalicelib.domain.text import check_room
from chalicelib.domain.times import timestamp
from chalicelib.entrypoints.json_views import respond
from chalicelib.entrypoints.rest import body_of, session_of
from chalicelib.errors import Invalid, NotFound
from chalicelib.protocol import answers, fields
from chalicelib.protocol.answers import integer
from chalicelib.protocol.entries import Json
from chalicelib.protocol.limits import (
    DEFAULT_PAGE_SIZE,
    MAX_PAGE_SIZE,
    MAX_REASON_LENGTH,
    MAX_TITLE_LENGTH,
    MAX_TOPIC_LENGTH,
)
from chalicelib.service.choosing import Wish
from chalicelib.service.here import MAX_NAMED
from chalicelib.service.keeping import Description
from chalicelib.wiring import Chat

MAX_USES, MAX_INVITE_HOURS = 100, 168
DEFAULT_USES, DEFAULT_INVITE_HOURS = 1, 24
MAX_MINUTES = 525_600
ID_LENGTH = 64


def me(chat: Chat, request: Any) -> Json:
    """Say who asks, and list their sessions."""
    session = session_of(chat, request)
    house = chat.house()
    own = house.profiles.own(session)
    told = answers.profile(own, chat.clock.now(), house.profiles.addresses([own]))
    return answers.me(session, told, house.ending.sessions(session), house.passwords.standing(session))


def end_session(chat: Chat, request: Any) -> Json:
    """End this session, or with `?all=true` every session of the asker."""
    session = session_of(chat, request)
    ending = chat.house().ending
    if (request.query_params or {}).get("all") == "true":
        ending.end_all(session.user)
    else:
        ending.end(session)
    return {}


def end_other_session(chat: Chat, request: Any, session_id: str) -> Json:
    """End one of the asker's sessions by its id."""
    if not chat.house().ending.end_one(session_of(chat, request), session_id):
        raise NotFound("You have no such session.")
    return {}


def people(chat: Chat, request: Any) -> Json:
    """List people by the beginning of their names, or some by their ids."""
    session = session_of(chat, request)
    query = request.query_params or {}
    if "ids" in query:
        # Imported here: what is about profiles stands there.
        from chalicelib.entrypoints.rest_people import people_of  # noqa: PLC0415

        return people_of(chat, session, query["ids"])
    found, more = chat.house().directory.find(session, query.get("prefix", "")[:ID_LENGTH], _limit(query))
    if session.role == "admin":
        now = chat.clock.now()
        return {"people": [answers.person_for_admins(one, now) for one in found], "more": more}
    return {"people": [answers.person(one) for one in found], "more": more}


def people_here(chat: Chat, request: Any, room: str) -> Json:
    """List who is connected to a room at this moment."""
    session = session_of(chat, request)
    limit = integer(request.query_params or {}, "limit", 1, MAX_NAMED) or MAX_NAMED
    house = chat.house()
    found, more = house.keeping.read(session, check_room(room), lambda: house.here.of(room, limit))
    return {"people": [answers.person(one) for one in found], "more": more}


def create_room(chat: Chat, request: Any) -> Response:
    """Make a room, or find or make the direct room with others."""
    session = session_of(chat, request)
    body = body_of(request)
    keeping = chat.house().keeping
    if body.get("direct") is not None:
        facts, made = keeping.direct(session, _ids(body))
        return respond(answers.room(facts), 201 if made else 200)
    facts = keeping.create(session, check_room(body.get("room")), _description(body))
    return respond(answers.room(facts), 201)


def change_room(chat: Chat, request: Any, room: str) -> Json:
    """Change what a room is."""
    session = session_of(chat, request)
    description = _description(body_of(request))
    return answers.room(chat.house().keeping.describe(session, check_room(room), description))


def delete_room(chat: Chat, request: Any, room: str) -> Json:
    """Delete a room for good."""
    chat.house().deleting.delete(session_of(chat, request), check_room(room))
    return {}


def choose(chat: Chat, request: Any, room: str) -> Json:
    """Keep what the asker wants to hear of a room, and whether their list shows it."""
    session = session_of(chat, request)
    chosen = chat.house().choosing.choose(session, check_room(room), _wish(body_of(request)))
    return answers.mine(chosen)


def members(chat: Chat, request: Any, room: str) -> Json:
    """List who belongs to a room."""
    session = session_of(chat, request)
    query = request.query_params or {}
    limit = _limit(query)
    found = chat.house().keeping.members(
        session, check_room(room), query.get("after", "")[:ID_LENGTH] or None, limit
    )
    now = chat.clock.now()
    return _page("members", [answers.member(one, now) for one in found], limit)


def put_member(chat: Chat, request: Any, room: str, user_id: str) -> Json:
    """Add somebody to a room, or change what they are there."""
    session = session_of(chat, request)
    role = fields.choice(body_of(request), "role", ("owner", "member"))
    if role is None:
        raise Invalid("role is missing: it must be owner or member")
    added = chat.house().keeping.put_member(
        session, check_room(room), person_id(user_id), cast("RoomRole", role)
    )
    return answers.member(added, chat.clock.now())


def drop_member(chat: Chat, request: Any, room: str, user_id: str) -> Json:
    """Remove somebody from a room, or oneself."""
    chat.house().keeping.drop_member(session_of(chat, request), check_room(room), person_id(user_id))
    return {}


def invite(chat: Chat, request: Any, room: str) -> Response:
    """Make an invite to a room."""
    session = session_of(chat, request)
    body = body_of(request)
    uses = fields.integer(body, "uses", least=1, most=MAX_USES) or DEFAULT_USES
    hours = fields.integer(body, "hours", least=1, most=MAX_INVITE_HOURS) or DEFAULT_INVITE_HOURS
    made = chat.house().inviting.invite(session, check_room(room), uses, hours)
    told = {"invite": made.secret, "expiresAt": timestamp(made.expires * 1000), "uses": made.uses}
    return respond(told, 201)


def accept_invite(chat: Chat, request: Any, secret: str) -> Json:
    """Become a member of the room that an invite is to."""
    session = session_of(chat, request)
    room = chat.house().inviting.accept(session, secret)
    return answers.room(chat.stored.register.facts(room, session.user.id, existence=True))


def mute(chat: Chat, request: Any, room: str, user_id: str) -> Json:
    """Let somebody write nothing in a room for some minutes."""
    session = session_of(chat, request)
    minutes = fields.integer(body_of(request), "minutes", least=1, most=MAX_MINUTES)
    if minutes is None:
        raise Invalid(f"minutes is missing: it must be a whole number from 1 to {MAX_MINUTES}")
    muted = chat.house().order.mute(session, check_room(room), person_id(user_id), minutes)
    return answers.member(muted, chat.clock.now())


def unmute(chat: Chat, request: Any, room: str, user_id: str) -> Json:
    """Let somebody write in a room again."""
    unmuted = chat.house().order.mute(session_of(chat, request), check_room(room), person_id(user_id), 0)
    return answers.member(unmuted, chat.clock.now())


def ban(chat: Chat, request: Any, user_id: str) -> Json:
    """Keep somebody out of the chat."""
    session = session_of(chat, request)
    body = body_of(request)
    if "minutes" not in body:
        raise Invalid(f"minutes is missing: it must be a whole number from 1 to {MAX_MINUTES}, or null")
    minutes = fields.integer(body, "minutes", least=1, most=MAX_MINUTES)
    reason = fields.text(body, "reason", least=1, most=MAX_REASON_LENGTH)
    remove = body.get("remove") is not None and fields.boolean(body, "remove")
    if remove and minutes is not None:
        raise Invalid(f"minutes is {minutes}: it must be null with remove, which is for ever")
    addresses = body.get("addresses") is not None and fields.boolean(body, "addresses")
    chat.house().order.ban(session, person_id(user_id), minutes, reason, remove=remove, addresses=addresses)
    return {}


def lift_ban(chat: Chat, request: Any, user_id: str) -> Json:
    """Let somebody into the chat again."""
    chat.house().order.lift_ban(session_of(chat, request), person_id(user_id))
    return {}


def reports(chat: Chat, request: Any) -> Json:
    """List what was reported, the newest first."""
    session = session_of(chat, request)
    query = request.query_params or {}
    limit = _limit(query)
    found = chat.house().order.reports(session, _before(query), limit)
    return _page("reports", [answers.report(one) for one in found], limit)


def audit(chat: Chat, request: Any) -> Json:
    """List what owners and admins did, the newest first."""
    session = session_of(chat, request)
    query = request.query_params or {}
    limit = _limit(query)
    found = chat.house().order.audit(session, _before(query), limit)
    return _page("entries", [answers.deed(one) for one in found], limit)


def person_id(user_id: str) -> str:
    """Return the id of a person in a path, if anybody can have it: longer ones do not fit into a key."""
    if len(user_id) > ID_LENGTH:
        raise NotFound(f"There is nobody with the id {user_id[:ID_LENGTH]}.")
    return user_id


def _page(name: str, found: list[Json], limit: int) -> Json:
    """Return a page of what was found, one more than `limit` if there are more."""
    return {name: found[:limit], "more": len(found) > limit}


def _limit(query: dict[str, str]) -> int:
    return integer(query, "limit", 1, MAX_PAGE_SIZE) or DEFAULT_PAGE_SIZE


def _before(query: dict[str, str]) -> int | None:
    """Return the time before which entries are wanted, given as their `at`."""
    text = query.get("before")
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid(f"before is {text[:40]!a}: it must be a time such as 2026-11-22T10:00:00.123Z")
    return round(moment.timestamp() * 1000)


def _wish(body: Json) -> Wish:
    if "notices" not in body and body.get("hidden") is None:
        raise Invalid("notices and hidden are missing: give one of them, or both")
    notices = cast("Level | None", fields.choice(body, "notices", LEVELS))
    hidden = None if body.get("hidden") is None else fields.boolean(body, "hidden")
    return Wish(notices, "notices" in body, hidden)


def _ids(body: Json) -> list[str]:
    value = body["direct"]
    if not isinstance(value, list) or not all(
        isinstance(one, str) and len(one) <= ID_LENGTH for one in value
    ):
        raise Invalid("direct must be a list of the ids of people")
    return value


def _description(body: Json) -> Description:
    title = topic = None
    if body.get("title") is not None:
        title = fields.text(body, "title", least=1, most=MAX_TITLE_LENGTH)
    if body.get("topic") is not None:
        topic = fields.text(body, "topic", least=0, most=MAX_TOPIC_LENGTH)
    access = cast("Access | None", fields.choice(body, "access", ("open", "private")))
    archived = None if body.get("archived") is None else fields.boolean(body, "archived")
    mood = None if body.get("mood") is None else fields.boolean(body, "mood")
    return Description(title, topic, access, archived, mood)
