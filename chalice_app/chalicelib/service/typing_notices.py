"""Who is typing: passed on to the others in a room, and never stored in its log."""

from chalicelib.domain.commands import Typing
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import TypingChanged
from chalicelib.domain.presence import MAX_NAMED_PEOPLE
from chalicelib.service.attendance import Attendance
from chalicelib.service.ports import Connections
from chalicelib.service.posting import Posting


class TypingNotices:
    """The use case of `typing`."""

    def __init__(self, connections: Connections, attendance: Attendance, posting: Posting) -> None:
        self._connections = connections
        self._attendance = attendance
        self._posting = posting

    def tell(self, connection: Connection, command: Typing) -> None:
        """Tell the others in a small room that somebody types or has stopped."""
        connection.shard_of(command.room)
        if not self._connections.may_type(connection.id, command.room, command.active):
            return
        readers = self._attendance.readers(command.room, 0)
        if len(readers) > MAX_NAMED_PEOPLE:
            return
        others = [s.connection_id for s in readers if s.connection_id != connection.id]
        self._posting.tell(others, TypingChanged(command.room, connection.user, command.active))
