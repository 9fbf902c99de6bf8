"""Requests of the REST API about profiles, passwords and links to other devices."""

import binascii
from base64 import b64decode
from typing import Any

from chalice.app import Response

from chalicelib.domain.profiles import MAX_ABOUT_LENGTH, MAX_PICTURE_BYTES, Description
from chalicelib.domain.sessions import Person, Session
from chalicelib.domain.times import timestamp
from chalicelib.entrypoints.json_views import respond
from chalicelib.entrypoints.rest import body_of, session_of, source_of
from chalicelib.entrypoints.rest_house import ID_LENGTH, person_id
from chalicelib.errors import Invalid
from chalicelib.protocol import answers, fields
from chalicelib.protocol.entries import Json
from chalicelib.service.device_links import MadeLink
from chalicelib.wiring import Chat

MAX_IDS = 100
# A picture in Base64, with words of four bytes each and what is around both.
MAX_BODY_BYTES = MAX_PICTURE_BYTES * 4 // 3 + 4 * MAX_ABOUT_LENGTH + 1_000


def people_of(chat: Chat, session: Session, ids: str) -> Json:
    """Return those of some people whom the asker finds, with their profiles."""
    wanted = ids.split(",")
    if len(wanted) > MAX_IDS or not all(1 <= len(one) <= ID_LENGTH for one in wanted):
        raise Invalid(f"ids must be 1 to {MAX_IDS} ids of people with commas between them")
    found = chat.house().directory.among(session, wanted)
    pictures, now = chat.house().profiles.addresses(found), chat.clock.now()
    admin = session.role == "admin"
    return {
        "people": [answers.profile(one, now, pictures, for_admins=admin) for one in found],
        "more": False,
    }


def change_me(chat: Chat, request: Any) -> Json:
    """Change the asker's profile."""
    session = session_of(chat, request)
    return _told(chat, chat.house().profiles.change(session, _description(request)))


def change_bot(chat: Chat, request: Any, token_id: str) -> Json:
    """Change the profile of a bot of the asker."""
    session = session_of(chat, request)
    return _told(chat, chat.house().profiles.change_bot(session, token_id, _description(request)))


def change_password(chat: Chat, request: Any) -> Json:
    """Keep the asker's name with a password, or no longer."""
    session = session_of(chat, request)
    body = body_of(request)
    if "password" not in body:
        raise Invalid("password is missing: it must be the new password, or null to have none any more")
    end_others = body.get("endOthers") is not None and fields.boolean(body, "endOthers")
    changed = chat.house().passwords.change(
        session, body["password"], body.get("current"), source_of(request), end_others=end_others
    )
    return answers.standing(changed)


def clear_profile(chat: Chat, request: Any, user_id: str) -> Json:
    """Take away what somebody says of themselves, and their picture."""
    chat.house().profiles.clear(session_of(chat, request), person_id(user_id))
    return {}


def make_link(chat: Chat, request: Any) -> Response:
    """Make a link with which the asker gets in on another device."""
    return _made(chat.house().device_links.make(session_of(chat, request)))


def make_link_for(chat: Chat, request: Any, user_id: str) -> Response:
    """Make a link with which somebody who is locked out gets in."""
    return _made(chat.house().device_links.make_for(session_of(chat, request), person_id(user_id)))


def _made(link: MadeLink) -> Response:
    return respond({"link": link.secret, "expiresAt": timestamp(link.expires * 1000)}, 201)


def _told(chat: Chat, person: Person) -> Json:
    return answers.profile(person, chat.clock.now(), chat.house().profiles.addresses([person]))


def _description(request: Any) -> Description:
    body = body_of(request, most=MAX_BODY_BYTES)
    about = picture = None
    if body.get("about") is not None:
        about = fields.text(body, "about", least=0, most=MAX_ABOUT_LENGTH)
    if "picture" in body:
        picture = b"" if body["picture"] is None else _bytes(body["picture"])
    return Description(about, picture)


def _bytes(value: object) -> bytes:
    try:
        content = b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        content = b""
    if not content:
        raise Invalid("picture must be a PNG, JPEG or WebP in Base64, or null for none")
    return content
