"""Deleting a room for good: it exists for nobody at once, and what is left of it is taken away."""

from collections.abc import Callable

from chalicelib.domain.access import Act, Facts
from chalicelib.domain.purges import Purge
from chalicelib.domain.rooms import RoomState
from chalicelib.domain.sessions import OpenConnection, Session
from chalicelib.errors import Forbidden
from chalicelib.service.deeds import Deeds
from chalicelib.service.eviction import Eviction
from chalicelib.service.file_ports import FilePorts
from chalicelib.service.identity_ports import People
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.news import News
from chalicelib.service.ports import Clock, Rooms
from chalicelib.service.purge_ports import PurgePorts
from chalicelib.service.purging import Purging
from chalicelib.service.room_ports import RoomRegister
from chalicelib.service.settling import settled

# Whoever asks has marked the room after so long, or never will: a function for REST lives for 15 s.
ASKING_MS = 20_000
# Whoever wrote there when it was deleted has ended after so long: a function that writes lives for 25 s.
WRITERS_MS = 30_000
_PAUSE_SECONDS = 0.5
# So many items and then a pause: some 500 a second, so that the rooms that stay have the table's capacity.
AT_ONCE = 100
PACE_SECONDS = 0.2


class RoomRemains:
    """Takes away what is left of a room, after everybody who was there is out and all writers have ended."""

    def __init__(
        self,
        ports: Callable[[], PurgePorts],
        files: Callable[[], FilePorts],
        rooms: Rooms,
        register: RoomRegister,
        people: People,
        eviction: Eviction,
        news: News,
        clock: Clock,
    ) -> None:
        self._ports = ports
        self._files = files
        self._rooms = rooms
        self._register = register
        self._people = people
        self._eviction = eviction
        self._news = news
        self._clock = clock

    def go_on(self, purge: Purge, keep: Callable[[Purge], None], until: float) -> Purge:
        """Take away what is left of the room `target`; nothing, if it was not deleted after all."""
        state = self._marked(purge)
        if not state.deleted_at:
            return purge._replace(done=True)
        room = state.room
        self._tell_everybody(state)
        ended = state.deleted_at + WRITERS_MS
        if self._clock.now() < ended:
            self._clock.sleep((ended - self._clock.now()) / 1000)
            self._tell_everybody(state)  # whoever came meanwhile, by what was true a moment before
        if not self._take_files(room, until):
            return purge
        while self._ports().remains.take(room, AT_ONCE):
            if self._clock.monotonic() >= until:
                return purge
            self._clock.sleep(PACE_SECONDS)
        return purge._replace(done=True)

    def _marked(self, purge: Purge) -> RoomState:
        """Return the room's state once whoever asked has marked it as deleted, or has failed to."""
        while True:
            now = self._clock.now()
            state = self._rooms.state(purge.target)
            if state.deleted_at or now > purge.asked + ASKING_MS:
                return state
            self._clock.sleep(_PAUSE_SECONDS)

    def _tell_everybody(self, state: RoomState) -> None:
        """Take out who is there, and tell those too who belong to the room and are elsewhere."""
        room = state.room
        endpoint = self._rooms.endpoint(room, hidden=False) or self._rooms.endpoint(room, hidden=True)
        self._eviction.everybody(room, state.rules, len(state.lease_ends), endpoint)
        elsewhere: list[OpenConnection] = []
        for member in self._register.members(room):
            elsewhere += self._people.connections(member.user.id)
        if elsewhere:
            self._news.deleted(room, elsewhere)

    def _take_files(self, room: str, until: float) -> bool:
        """Take files away until a moment (monotonic seconds) has come; return whether none is left."""
        try:
            uploads, bucket, _ = self._files()
        except Forbidden:
            return True  # this chat keeps no files
        while found := bucket.left(room):
            if self._clock.monotonic() >= until:
                return False
            for file_id in found:
                bucket.erase(room, file_id)
                uploads.forget(room, file_id)
        return True


class RoomDeleting:
    """The use case of `DELETE /rooms/{room}`."""

    def __init__(
        self,
        keeping: RoomKeeping,
        register: RoomRegister,
        rooms: Rooms,
        eviction: Eviction,
        deeds: Deeds,
        purging: Purging,
        clock: Clock,
    ) -> None:
        self._keeping = keeping
        self._register = register
        self._rooms = rooms
        self._eviction = eviction
        self._deeds = deeds
        self._purging = purging
        self._clock = clock

    def delete(self, session: Session, room: str) -> None:
        """Delete a room for good."""
        self._keeping.facts(session, room, Act.DELETE_ROOM)
        self._purging.begin("room", room, session.user)

        def attempt() -> Facts:
            facts = self._keeping.facts(session, room, Act.DELETE_ROOM)
            self._register.delete(facts)
            return facts

        facts = settled(self._clock, attempt)
        hidden = facts.access != "open"
        endpoint = self._rooms.endpoint(room, hidden=hidden)
        # Read once it is deleted: who joins by facts of before uses no shard that was added since.
        shards = len(self._rooms.state(room).lease_ends)
        self._eviction.everybody(room, facts.version + 1, shards, endpoint)
        if facts.access != "direct":
            self._deeds.note(session.user, "delete-room", room, room)
