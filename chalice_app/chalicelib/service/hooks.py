"""Hooks: other programs write to a room without a connection or a token, by a secret address."""

import secrets
import uuid

from chalicelib.domain import links
from chalicelib.domain.access import Act
from chalicelib.domain.bots import Hook
from chalicelib.domain.sessions import Session
from chalicelib.domain.text import check_name, check_text
from chalicelib.errors import Conflict, NotFound
from chalicelib.service.identity_ports import Attempts
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.ports import Clock
from chalicelib.service.quota import Quota
from chalicelib.service.room_ports import Hooks
from chalicelib.service.sending import Sending

MAX_HOOKS = 20  # of a room
PER_MINUTE = 120
WINDOW_SECONDS = 60
# Ids of other programs have any form; a message's is made of them, the same one for the same id.
_NAMESPACE = uuid.UUID("6b1f5a2e-6a0b-4b0e-9d6c-4f1f1c9c1d55")


class HookKeeping:
    """The use cases of making and using hooks. Only a hash of a secret is stored."""

    def __init__(
        self,
        hooks: Hooks,
        keeping: RoomKeeping,
        sending: Sending,
        attempts: Attempts,
        clock: Clock,
    ) -> None:
        self._hooks = hooks
        self._keeping = keeping
        self._sending = sending
        self._quota = Quota(attempts, clock, PER_MINUTE, WINDOW_SECONDS)

    def make(self, session: Session, room: str, name: object) -> tuple[Hook, str]:
        """Make a hook of a room; return it with its secret, which is told this once."""
        self._keeping.facts(session, room, Act.CHANGE_HOOKS)
        if len(self._hooks.of(room)) >= MAX_HOOKS:
            raise Conflict(f"{room} has {MAX_HOOKS} hooks already: delete one first.")
        secret = links.new_secret()
        hook = Hook(secrets.token_hex(8), room, check_name(name), session.user.id)
        self._hooks.add(links.stored(secret), hook)
        return hook, secret

    def list(self, session: Session, room: str) -> list[Hook]:
        """Return the hooks of a room."""
        self._keeping.facts(session, room, Act.CHANGE_HOOKS)
        return self._hooks.of(room)

    def delete(self, session: Session, room: str, hook_id: str) -> None:
        """Delete a hook: its address is worth nothing from now on."""
        self._keeping.facts(session, room, Act.CHANGE_HOOKS)
        if not self._hooks.remove(room, hook_id):
            raise NotFound(f"{room} has no such hook.")

    def post(self, secret: str, text: object, given_id: str | None) -> tuple[str, int]:
        """Write to a hook's room; return the room and the message's place.

        The same id twice is stored once, and answered with the same place.
        """
        hook = self._hooks.find(links.stored(secret))
        if hook is None:
            raise NotFound("There is no such hook, or it was deleted: ask for a new address.")
        self._quota.count(f"hook-{hook.id}", f"A hook writes at most {PER_MINUTE} messages a minute.")
        made = uuid.uuid4() if given_id is None else uuid.uuid5(_NAMESPACE, given_id)
        return hook.room, self._sending.post(hook.user, hook.room, str(made), check_text(text))
