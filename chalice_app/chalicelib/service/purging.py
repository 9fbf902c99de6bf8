"""Taking away for good: what takes longer than a request, and goes on where it was cut off.

Whoever asks writes down what is to be taken away and has the purge function started before anything changes.
If either fails, nothing has changed; if the asker dies afterwards, the function finishes alone.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Protocol

from chalicelib.domain.messages import User
from chalicelib.domain.purges import Purge, PurgeKind
from chalicelib.domain.sessions import Session
from chalicelib.errors import NotFound, Unavailable
from chalicelib.service.ports import Clock, Invoker
from chalicelib.service.purge_ports import PurgePorts

# The function may run for five minutes; then it hands over to another run of itself.
RUN_SECONDS = 200.0
# What was written down last so long ago was given up: the next one that ends starts it again.
GIVEN_UP_MS = 3_600_000


class Work(Protocol):
    """One kind of taking away."""

    def go_on(self, purge: Purge, keep: Callable[[Purge], None], until: float) -> Purge:
        """Take away until nothing is left or a moment (monotonic seconds) has come; return how far it is.

        ``keep`` writes down how far it is; what was not written down is done again, to the same end.
        """


class Purging:
    """Begins, does and tells of what takes longer than a request."""

    def __init__(
        self,
        ports: Callable[[], PurgePorts],
        works: Mapping[PurgeKind, Work],
        invoker: Invoker,
        clock: Clock,
    ) -> None:
        self._ports = ports
        self._works = works
        self._invoker = invoker
        self._clock = clock

    def begin(self, kind: PurgeKind, target: str, by: User, only: str = "") -> Purge:
        """Have something taken away.

        Raises
        ------
        Unavailable
            The function cannot be started; nothing will be taken away.
        """
        purge = Purge(secrets.token_hex(16), kind, target, by, self._clock.now(), only)
        purges = self._ports().purges
        purges.keep(purge)
        try:
            self._invoker.purge(purge.id)
        except Unavailable:
            purges.keep(purge._replace(done=True))  # or the next one that ends would start it after all
            raise
        return purge

    def told(self, session: Session, purge_id: str) -> Purge:
        """Return how far it is, if the asker has asked for it or is an admin."""
        purge = self._ports().purges.find(purge_id)
        if purge is None or (purge.by.id != session.user.id and session.role != "admin"):
            raise NotFound("You have asked for no such deletion, or it was done more than a week ago.")
        return purge

    def run(self, purge_id: str) -> None:
        """Go on with what was begun; if the time is over before it is done, have another run go on."""
        purges = self._ports().purges
        purge = purges.find(purge_id)
        if purge is None or purge.done:
            return  # an event may come twice
        until = self._clock.monotonic() + RUN_SECONDS
        purge = self._works[purge.kind].go_on(purge, purges.keep, until)
        purges.keep(purge)
        if not purge.done:
            self._invoker.purge(purge.id)
            return
        for other in purges.unfinished():
            if other.kept < self._clock.now() - GIVEN_UP_MS:
                self._invoker.purge(other.id)
                break
