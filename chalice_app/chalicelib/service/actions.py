"""Every action of a client, and the use case that serves it."""

from collections.abc import Callable
from typing import assert_never

from chalicelib.domain.commands import (
    Command,
    Delete,
    Edit,
    History,
    Join,
    Leave,
    MarkRead,
    Ping,
    React,
    ReportMessage,
    Send,
    SetLabel,
    Typing,
)
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Answer
from chalicelib.service.changing import Changing
from chalicelib.service.connecting import Connecting
from chalicelib.service.joining import Joining
from chalicelib.service.marking import Marking
from chalicelib.service.pinging import Pinging
from chalicelib.service.reading import Reading
from chalicelib.service.reporting import Reporting
from chalicelib.service.sending import Sending
from chalicelib.service.typing_notices import TypingNotices


class Actions:
    """Serves commands. The type checker refuses a command that no case serves."""

    def __init__(
        self,
        joining: Joining,
        reading: Reading,
        sending: Sending,
        changing: Changing,
        typing_notices: TypingNotices,
        pinging: Pinging,
        reporting: Reporting,
        marking: Marking,
        connecting: Connecting,
    ) -> None:
        self._joining = joining
        self._reading = reading
        self._sending = sending
        self._changing = changing
        self._typing_notices = typing_notices
        self._pinging = pinging
        self._reporting = reporting
        self._marking = marking
        self._connecting = connecting

    def serve(self, connection_id: str, command: Command | None, answer: Callable[[Answer], None]) -> bool:
        """Do what a connection asks for, and charge it for the frame; None is a frame that makes no sense.

        Only a ping of several rooms is not always charged, because pages send it all day.

        Returns
        -------
        bool
            False if the connection is unknown; then it is closed.

        Raises
        ------
        RateLimited
            The connection's allowance is used up.
        """
        if isinstance(command, Ping) and command.rooms is not None:
            return self._pinging.ping_rooms(connection_id, command.rooms, answer)
        connection = self._connecting.admit(connection_id)
        if connection is None:
            return False
        if command is not None:
            self.perform(connection, command, answer)
        return True

    def perform(self, connection: Connection, command: Command, answer: Callable[[Answer], None]) -> None:
        """Do what a connection asks for; `answer` sends the answer, before anything that follows from it."""
        match command:
            case Join():
                welcome = self._joining.join(connection, command)
                if welcome is not None:
                    answer(welcome.joined)
                    self._joining.after_join(welcome)
            case Leave():
                self._joining.leave(connection, command)
            case Send():
                self._sending.send(connection, command)
            case MarkRead():
                self._marking.read(connection, command)
            case Edit() | Delete() | React() | SetLabel():
                self._changing.change(connection, command)
            case Typing():
                self._typing_notices.tell(connection, command)
            case History():
                answer(self._reading.history(connection, command))
            case ReportMessage():
                self._reporting.report(connection, command)
            case Ping():
                pong = self._pinging.ping(connection, command.room)
                answer(pong)
                self._pinging.after_ping(connection, pong)
            case _:
                assert_never(command)
