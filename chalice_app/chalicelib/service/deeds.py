"""The record of what owners and admins do."""

from chalicelib.domain.audit import Deed
from chalicelib.domain.messages import User
from chalicelib.service.ports import Clock
from chalicelib.service.room_ports import Audit


class Deeds:
    """Notes who did what, to whom or what, and when."""

    def __init__(self, audit: Audit, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    def note(
        self, by: User, what: str, target: str, room: str | None = None, reason: str | None = None
    ) -> None:
        """Note something that was done now."""
        self._audit.note(Deed(self._clock.now(), by, what, target, room, reason))
