"""The list of rooms.

It is made of one small item for each room, which whoever announces there keeps. A room is never asked who is
in it just because somebody looks at the list.
"""

from collections.abc import Mapping, Sequence
from itertools import islice

from chalicelib.domain.access import About, Belonging, RoomRole
from chalicelib.domain.presence import next_probe
from chalicelib.domain.rooms import ListedRoom, RoomList, RoomState, RoomSummary
from chalicelib.domain.sessions import Session
from chalicelib.service.ports import Clock, Rooms
from chalicelib.service.presence import PresenceTracking
from chalicelib.service.room_ports import RoomRegister

# A room that nobody has come to for so long leaves the list, until somebody comes or writes. Whoever belongs
# to a room always finds it.
LISTED_DAYS = 30
# How many rooms one look at the list has counted anew, if what it knows of them is too old.
MAX_COUNTED = 10


class Listing:
    """The use case of `GET /rooms`."""

    def __init__(
        self, rooms: Rooms, register: RoomRegister, presence: PresenceTracking, clock: Clock
    ) -> None:
        self._rooms = rooms
        self._register = register
        self._presence = presence
        self._clock = clock

    def rooms(self, session: Session, after: str | None = None, limit: int | None = None) -> RoomList:
        """Return the rooms that the asker may join, with how far each was delivered and who is there.

        Open rooms are listed once they have messages, or somebody has made them.

        Parameters
        ----------
        after
            The name of a room; those that follow it are returned.
        limit
            How many are returned at most; all of them by default.
        """
        known = self._register.belongings(session.user.id)
        roles = {room: its.role for room, its in known.items() if its.role is not None}
        listed = self._open(roles, others=session.role != "guest")
        names = sorted(listed.keys() | roles.keys())
        wanted = [name for name in names if after is None or name > after]
        page = wanted if limit is None else wanted[:limit]
        own = [name for name in page if name in roles]
        abouts = self._register.abouts(own) if own else {}
        hidden = [name for name in own if name not in listed]
        listed.update({known.room: known for known in self._rooms.listed_hidden(hidden)} if hidden else {})
        self._count_anew([listed[name] for name in page if name in listed])
        states = {state.room: state for state in self._rooms.states(page)}
        lines = [
            self._line(
                name, listed.get(name), states.get(name), abouts.get(name), known.get(name, Belonging())
            )
            for name in page
        ]
        return RoomList(tuple(line for line in lines if line is not None), more=len(wanted) > len(page))

    def _open(self, roles: Mapping[str, RoomRole], *, others: bool) -> dict[str, ListedRoom]:
        """Return the open rooms that are listed: those of the asker, and others unless they are a guest."""
        return {
            known.room: known
            for known in self._rooms.listed()
            if known.room in roles or (others and self._is_used(known))
        }

    def _line(
        self,
        name: str,
        listed: ListedRoom | None,
        state: RoomState | None,
        about: About | None,
        belonging: Belonging,
    ) -> RoomSummary | None:
        head = 0 if state is None else state.head
        title = "" if listed is None else listed.title
        if not (head or title or belonging.role):
            return None
        if about is None:
            about = About(title or name, *((listed.topic, "open", listed.archived) if listed else ()))
            about = about._replace(mood=state is None or not state.moodless)
        if state is not None and state.hidden and belonging.role is None:
            # Somebody who came when it was open has counted it there since it was closed.
            return None
        if about.deleted or (state is not None and state.deleted_at):
            return None
        messages = 0 if state is None else state.messages
        return RoomSummary(
            name,
            0 if state is None else state.delivered,
            0 if listed is None else listed.online,
            about,
            belonging.role,
            belonging.read_at,
            max(0, messages - belonging.read_count),
            len(belonging.mentions),
        )

    def _is_used(self, known: ListedRoom) -> bool:
        """Return whether a room stays on the list; one that was never counted does."""
        return not known.counted or known.used > self._clock.now() - LISTED_DAYS * 24 * 3600 * 1000

    def _count_anew(self, page: Sequence[ListedRoom]) -> None:
        """Let the rooms be counted that nobody has counted for too long, because all have vanished."""
        now = self._clock.now()
        outdated = [
            known
            for known in page
            if not known.counted or (known.online and now >= next_probe(known.counted, known.online))
        ]
        for known in islice(sorted(outdated, key=lambda known: known.counted), MAX_COUNTED):
            self._presence.count_later(known)
