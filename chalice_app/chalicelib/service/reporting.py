"""Reports of messages to the admins."""

from chalicelib.domain.audit import Report
from chalicelib.domain.commands import ReportMessage
from chalicelib.domain.connections import Connection
from chalicelib.errors import NotFound
from chalicelib.service.ports import Clock, RoomLog
from chalicelib.service.room_ports import Audit


class Reporting:
    """The use case of `report`."""

    def __init__(self, log: RoomLog, audit: Audit, clock: Clock) -> None:
        self._log = log
        self._audit = audit
        self._clock = clock

    def report(self, connection: Connection, command: ReportMessage) -> None:
        """Keep for the admins that somebody in the room thinks they should see a message."""
        connection.shard_of(command.room)
        if self._log.message(command.room, command.seq) is None:
            raise NotFound(f"There is no message {command.seq} in {command.room}.")
        self._audit.report(
            Report(
                self._clock.now(),
                connection.user,
                command.room,
                command.seq,
                command.reason,
            )
        )
