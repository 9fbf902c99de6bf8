"""Who is pushed to although no page of theirs is open, and what they read (Web Push)."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.domain.access import Level, level_of
from chalicelib.domain.buttons import without_buttons
from chalicelib.domain.messages import Message

MAX_SUBSCRIPTIONS = 10
"""How many browsers of somebody are pushed to; the oldest make room."""

KEPT_SECONDS = 60 * 24 * 3600
"""How long a subscription is kept that its page does not renew; a page does so whenever it starts."""

EXCERPT_LENGTH = 140  # code points
PAYLOAD_BYTES = 2048
"""The length of everything that is pushed, so that it says nothing of what is in it."""


class PushAddress(NamedTuple):
    """Where a browser is pushed to, with its public key and its secret (base64url), as the browser says.

    ``chat_key`` is the public key of the chat with which it subscribed; empty if it did not say.
    """

    endpoint: str
    p256dh: str
    auth: str
    chat_key: str = ""


class Push(NamedTuple):
    """What one browser is to show."""

    address: PushAddress
    payload: bytes


class PushSubscription(NamedTuple):
    """A browser of somebody that is pushed to while the session in it lasts.

    ``rooms`` has what was chosen in this browser alone for some rooms; ``kept`` is when it was last renewed
    (ms since the epoch).
    """

    id: str
    address: PushAddress
    session: str
    rooms: Mapping[str, Level]
    kept: int


class PushKey(NamedTuple):
    """The key by which push services know this chat (VAPID): a point of P-256 and its number, base64url."""

    public: str
    private: str


class PushKeys(NamedTuple):
    """The key with which browsers subscribe, and the one before it until `rotated` (seconds since the epoch).

    A push service takes pushes for a browser with that key alone with which the browser has subscribed.
    """

    present: PushKey
    before: PushKey | None = None
    rotated: int = 0

    def of(self, public: str) -> PushKey | None:
        """Return the key with which a browser has subscribed; None if it is older than both.

        Whoever did not say with which has subscribed before there was another one.
        """
        if not public:
            return self.before or self.present
        return next((key for key in (self.present, self.before) if key and key.public == public), None)


def concerned(message: Message, people: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of those whom a message may concern; `people` hear every message of its room."""
    found = dict.fromkeys((*people, *(mentioned.id for mentioned in message.mentions)))
    return () if message.deleted else tuple(one for one in found if one != message.user.id)


def is_wanted(message: Message, user_id: str, chosen: Level | None, of_browser: Level | None) -> bool:
    """Return whether a browser is to show a message, by what somebody chose everywhere, and in it alone.

    `all` in one browser is no more than what is usual for a room that is not direct: whoever wants to hear
    every message there says so everywhere, for only then does a message look for them.
    """
    if of_browser == "all" and level_of(message.room, None) != "all":
        of_browser = None
    level = of_browser or level_of(message.room, chosen)
    if level == "none":
        return False
    return level == "all" or any(mentioned.id == user_id for mentioned in message.mentions)


def payload(message: Message, title: str, unread: int | None, *, direct: bool) -> bytes:
    """Return what the service worker shows, in JSON and always of the same length.

    ``unread`` is how much its reader has not read in all rooms, this message included; None if unknown.
    """
    said = without_buttons(message.text) if message.user.bot else message.text
    text = said[:EXCERPT_LENGTH] or "".join(f"📎 {file.name}" for file in message.files[:1])
    told: dict[str, str | int | None] = {
        "room": message.room,
        "seq": message.seq,
        "id": message.id,
        "name": message.user.name,
        "title": None if direct else title,
        "text": text,
    }
    if unread is not None:
        told["unread"] = max(1, unread)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode().ljust(PAYLOAD_BYTES)
