"""Letting a browser be pushed to, and no longer."""

import hashlib
from collections.abc import Callable, Mapping

from chalicelib.domain.access import Level
from chalicelib.domain.pushing import MAX_SUBSCRIPTIONS, PushAddress, PushSubscription
from chalicelib.domain.sessions import Session
from chalicelib.errors import Forbidden, Invalid, NotFound
from chalicelib.service.ports import Clock
from chalicelib.service.push_ports import PushPorts


class PushKeeping:
    """The use cases of one's own browsers."""

    def __init__(self, ports: Callable[[], PushPorts], clock: Clock) -> None:
        self._ports = ports
        self._clock = clock

    def key(self) -> str:
        """Return the key with which a browser subscribes (base64url)."""
        return self._ports().keys.keys().present.public

    def keep(self, session: Session, address: PushAddress, rooms: Mapping[str, Level]) -> str:
        """Keep where the asker's browser is pushed to, and what of; return the subscription's id.

        Raises
        ------
        Invalid
            It cannot be a browser's.
        Forbidden
            The asker is a bot.
        """
        user = session.user
        if user.bot:
            raise Forbidden("A bot has no browser that could be pushed to.")
        subscriptions, keys, pusher = self._ports()
        pusher.check(address)
        known = keys.keys([address.chat_key] if address.chat_key else ())
        if known.of(address.chat_key) is None:
            raise Invalid("key is none of this chat's: subscribe anew with what GET /push answers")
        # Who does not say with which key has just asked for the present one.
        address = address._replace(chat_key=address.chat_key or known.present.public)
        kept = PushSubscription(id_of(address), address, session.id, rooms, self._clock.now())
        subscriptions.keep(user.id, kept)
        others = [one for one in subscriptions.of(user.id) if one.id != kept.id]
        for oldest in others[: max(0, len(others) - MAX_SUBSCRIPTIONS + 1)]:
            subscriptions.drop(user.id, oldest.id)
        return kept.id

    def drop(self, session: Session, subscription_id: str) -> None:
        """Forget one of the asker's browsers."""
        if not self._ports().subscriptions.drop(session.user.id, subscription_id):
            raise NotFound("You have no such subscription.")


def id_of(address: PushAddress) -> str:
    """Return the id of a browser's subscription, which follows from where it is pushed to."""
    return hashlib.sha256(address.endpoint.encode()).hexdigest()[:32]
