"""Delivery: one broadcaster at a time for each shard of a room, which sends what is stored in order.

Whoever has stored something, and whoever sees that something is undelivered, calls `drain`. The holder
of the lease delivers until nothing newer is stored; everybody else leaves it to the holder.
"""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chalicelib.domain.events import NewEntries
from chalicelib.domain.messages import Entry, complete
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import Unavailable
from chalicelib.metrics import Metric, Metrics
from chalicelib.service.attendance import Attendance
from chalicelib.service.ports import Clock, Invoker, RoomLog, Rooms
from chalicelib.service.posting import Posting
from chalicelib.service.repeating import Repeating
from chalicelib.service.rolling_up import RollingUp

logger = logging.getLogger(__name__)

LEASE_SECONDS = 5.0
# A holder stops by its own clock before its lease ends by anybody's.
LEASE_MARGIN_SECONDS = 1.0
# How long a position that was handed out may stay empty before its writer counts as dead.
WRITER_TIMEOUT_SECONDS = 2.0
POLL_SECONDS = 0.03
BATCH_SIZE = 200
BATCH_TIMEOUT_SECONDS = 8.0
# A message function may run for 25 s and API Gateway waits for 29 s: it hands delivery over well before.
DRAIN_SECONDS = 10.0


@dataclass
class Lease:
    """The right to deliver a shard; `ends` is on the holder's own monotonic clock.

    `cursor_kept` is false while the stored cursor is behind what was delivered: a release failed because
    something newer was stored. `delivered` are the entries that this holder of the first shard has sent.
    """

    room: str
    shard: int
    token: str
    ends: float
    lost: bool = False
    cursor_kept: bool = True
    delivered: list[Entry] = field(default_factory=list)


class Broadcasting:
    """Drains the log of rooms to their subscribers."""

    def __init__(
        self,
        log: RoomLog,
        rooms: Rooms,
        attendance: Attendance,
        posting: Posting,
        repeating: Repeating,
        rolling_up: RollingUp,
        invoker: Invoker,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._log = log
        self._rooms = rooms
        self._attendance = attendance
        self._posting = posting
        self._repeating = repeating
        self._rolling_up = rolling_up
        self._invoker = invoker
        self._clock = clock
        self._metrics = metrics

    def deliver_stored(self, state: RoomState, entries: Sequence[Entry]) -> None:
        """Deliver entries that the caller has just stored; `state` handed out the last one's position."""
        for shard in state.idle_shards(self._clock.now()):
            self._invoker.deliver(state.room, shard)
        self.drain(state.room, stored=entries)

    def have_delivered(self, state: RoomState) -> None:
        """Have the delivery function deliver what is stored, for a caller that reaches nobody itself."""
        endpoint = self._rooms.endpoint(state.room, hidden=state.hidden)
        for shard in range(len(state.lease_ends)):
            if state.is_idle(shard, self._clock.now()):
                self._invoker.deliver(state.room, shard, endpoint)

    def take_over(self, state: RoomState, shard: int) -> None:
        """Deliver what is undelivered in a shard by its state, unless somebody delivers it already."""
        if not state.behind or not state.is_idle(shard, self._clock.now()):
            return
        if shard == 0:
            self.drain(state.room)
        else:
            self._invoker.deliver(state.room, shard)

    def drain(
        self, room: str, shard: int = 0, *, seconds: float = DRAIN_SECONDS, stored: Sequence[Entry] = ()
    ) -> None:
        """Deliver what is stored, unless somebody else does already; after `seconds` hand it over.

        `stored` are entries that need not be read again. A fault of the storage ends the delivery without
        an error because nothing is lost: the lease expires, and the next sender, joiner or ping continues
        from the cursor.
        """
        try:
            self._drain(room, shard, seconds, stored)
        except Unavailable:
            self._metrics.count(Metric.DRAIN_FAULTS)
            logger.warning("delivery stopped", extra={"room": room, "shard": shard}, exc_info=True)

    def _drain(self, room: str, shard: int, seconds: float, stored: Sequence[Entry]) -> None:
        started = self._clock.monotonic()
        token = secrets.token_hex(8)
        state = self._rooms.acquire(room, shard, token, self._lease_end())
        if state is None:
            return
        lease = Lease(room, shard, token, started + LEASE_SECONDS - LEASE_MARGIN_SECONDS)
        deadline = started + seconds
        known = list(stored)
        while state is not None:
            if self._clock.monotonic() >= deadline:
                self._hand_over(lease, state)
                break
            state = self._deliver_batch(lease, state, known, deadline)
            known = []
        # Once for all batches, after the lease: whoever waits to deliver does not wait for it.
        if not lease.lost:
            self._rolling_up.record(room, lease.delivered)

    def _deliver_batch(
        self, lease: Lease, state: RoomState, known: Sequence[Entry], deadline: float
    ) -> RoomState | None:
        """Deliver what follows the cursor and move it; return None if this holder has nothing more to do."""
        entries = self._next_entries(lease, state, known)
        if entries is None:
            return None
        # Subscribers are read after the entries: somebody who joined in between sees these entries in
        # the page of the join or here, or in both.
        readers = self._attendance.readers(lease.room, lease.shard, state)
        recipients = [reader.connection_id for reader in readers]
        # A batch that has begun is finished, or the next holder would send all of it again.
        batch_ends = max(deadline, self._clock.monotonic() + BATCH_TIMEOUT_SECONDS)
        report = self._posting.deliver(
            recipients,
            NewEntries(lease.room, tuple(entries)),
            deadline=batch_ends,
            on_progress=lambda: self._keep(lease),
        )
        if lease.lost or not self._keep(lease):
            return None
        if report.unreached and self._clock.monotonic() >= batch_ends:
            return state  # time ran out in the middle: whoever takes over sends the batch again
        self._repeating.later(lease.room, lease.shard, state.delivered, report.unreached)
        if lease.shard == 0:
            lease.delivered += entries
        return self._move_cursor(lease, state, entries[-1].at)

    def _move_cursor(self, lease: Lease, state: RoomState, delivered: int) -> RoomState | None:
        """Store the cursor; if nothing newer is stored, give the lease back and return None.

        A release that fails stores no cursor. In a room that never rests every release fails, so the batch
        after a failed one is stored without trying: whoever takes over repeats two batches at most.
        """
        if delivered < state.head or not lease.cursor_kept:
            until = self._lease_end()
            lease.ends = self._clock.monotonic() + LEASE_SECONDS - LEASE_MARGIN_SECONDS
            advanced = self._rooms.advance(lease.room, lease.shard, lease.token, delivered, until)
            lease.cursor_kept = True
            if advanced is None or delivered < advanced.head:
                return advanced
        newer = self._rooms.release(lease.room, lease.shard, lease.token, delivered)
        lease.cursor_kept = False
        return None if newer is None else replace(newer, delivered=delivered)

    def _next_entries(self, lease: Lease, state: RoomState, known: Sequence[Entry]) -> list[Entry] | None:
        """Return the entries after the cursor, waiting for an empty position; None if the lease is lost."""
        ready = complete([entry for entry in known if entry.at > state.delivered], state.delivered)
        if ready and ready[-1].at == state.head:
            return ready
        writer_deadline = self._clock.monotonic() + WRITER_TIMEOUT_SECONDS
        while True:
            entries = complete(self._log.entries(lease.room, state.delivered, BATCH_SIZE), state.delivered)
            if entries:
                return entries
            if self._clock.monotonic() >= writer_deadline:
                self._metrics.count(Metric.POSITIONS_VOIDED)
                self._log.void(lease.room, state.delivered + 1)
                continue
            if not self._keep(lease):
                return None
            self._clock.sleep(POLL_SECONDS)

    def _keep(self, lease: Lease) -> bool:
        """Renew the lease when half of it is gone; False if it is lost."""
        now = self._clock.monotonic()
        if lease.ends - now > LEASE_SECONDS / 2:
            return True
        if self._rooms.renew(lease.room, lease.shard, lease.token, self._lease_end()) is None:
            self._metrics.count(Metric.LEASES_LOST)
            lease.lost = True
            return False
        lease.ends = now + LEASE_SECONDS - LEASE_MARGIN_SECONDS
        return True

    def _lease_end(self) -> int:
        return self._clock.now() + int(LEASE_SECONDS * 1000)

    def _hand_over(self, lease: Lease, state: RoomState) -> None:
        """Give the lease back and let the delivery function continue from the cursor."""
        if not lease.cursor_kept:
            self._rooms.advance(lease.room, lease.shard, lease.token, state.delivered, self._lease_end())
        self._rooms.give_up(lease.room, lease.shard, lease.token)
        self._metrics.count(Metric.HAND_OVERS)
        self._invoker.deliver(lease.room, lease.shard)
