"""What people have read: a mark for each person and room, which never goes back."""

from chalicelib.domain.commands import MarkRead
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import ReadMoved
from chalicelib.domain.messages import Message
from chalicelib.service.identity_ports import People
from chalicelib.service.ports import RoomLog, Rooms
from chalicelib.service.posting import Posting
from chalicelib.service.room_ports import ReadMarks

# Beyond this, what somebody has not read is counted when they have read more of it.
MAX_COUNTED = 1_000


class Marking:
    """The use case of `read`."""

    def __init__(
        self, marks: ReadMarks, log: RoomLog, rooms: Rooms, people: People, posting: Posting
    ) -> None:
        self._marks = marks
        self._log = log
        self._rooms = rooms
        self._people = people
        self._posting = posting

    def read(self, connection: Connection, command: MarkRead) -> None:
        """Keep that somebody has seen a room up to a position, and tell their other connections.

        The mark keeps how many messages there were up to it, so that what is unread is a difference, however
        long the log is. They are all there were less those after it, which are few for whoever keeps up.
        """
        room, user = command.room, connection.user.id
        connection.shard_of(room)
        state = self._rooms.state(room)
        at = min(command.at, state.head)
        after = self._messages_between(room, at, state.head)
        if self._marks.move(user, room, at, max(0, state.messages - after)):
            others = [c.id for c in self._people.connections(user) if c.id != connection.id]
            self._posting.tell(others, ReadMoved(room, at))

    def _messages_between(self, room: str, after: int, head: int) -> int:
        """Return how many messages follow a position; one that is still empty counts as a message."""
        found = voids_and_changes = 0
        while after < head and found < MAX_COUNTED:
            entries = self._log.entries(room, after, min(head - after, 100))
            if not entries:
                break
            found += len(entries)
            voids_and_changes += sum(not _is_new(entry) for entry in entries)
            after = entries[-1].at
        return head - after + found - voids_and_changes


def _is_new(entry: object) -> bool:
    return isinstance(entry, Message) and entry.seq == entry.at
