"""Posting a message: scored, stored once, delivered to everyone in the room."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import check_voice, is_direct_name
from chalicelib.domain.commands import Send
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import NewEntries
from chalicelib.domain.messages import File, Message, Quote, User, Void
from chalicelib.domain.rooms import RoomState
from chalicelib.domain.times import timestamp
from chalicelib.errors import Conflict, NotFound, Unavailable
from chalicelib.service.announcing import Announcing
from chalicelib.service.attendance import Attendance
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.closed_rooms import closed
from chalicelib.service.identity_ports import People
from chalicelib.service.outcomes import Archived, FilesTaken, PositionTaken
from chalicelib.service.ports import Classifier, Clock, Invoker, RoomLog, Rooms
from chalicelib.service.posting import Posting
from chalicelib.service.room_ports import ReadMarks

if TYPE_CHECKING:
    from chalicelib.service.file_ports import FilePorts

MAX_ATTEMPTS = 5
QUOTE_LENGTH = 140  # code points


class Sending:
    """The use case of `send`."""

    def __init__(
        self,
        log: RoomLog,
        rooms: Rooms,
        broadcasting: Broadcasting,
        posting: Posting,
        classifier: Classifier,
        clock: Clock,
        people: People,
        marks: ReadMarks,
        attendance: Attendance,
        announcing: Announcing,
        invoker: Invoker,
        files: "Callable[[], FilePorts]",
    ) -> None:
        self._log = log
        self._rooms = rooms
        self._broadcasting = broadcasting
        self._posting = posting
        self._classifier = classifier
        self._clock = clock
        self._people = people
        self._marks = marks
        self._attendance = attendance
        self._announcing = announcing
        self._invoker = invoker
        self._files = files

    def send(self, connection: Connection, command: Send) -> None:
        """Store the message once and deliver it; a retry is answered with what was stored before."""
        connection.shard_of(command.room)
        check_voice(command.room, connection.muted.get(command.room, 0), self._clock.now())
        message = replace(
            self._message(connection.user, command.room, command.id, command.text, mood=command.mood),
            reply_to=None if command.reply_to is None else self._quote(command.room, command.reply_to),
            mentions=tuple(person.user for person in self._people.known(command.mentions)),
            files=self._attached(connection.user, command) if command.files else (),
        )
        try:
            state, message = self._store(message)
        except Archived as error:
            raise closed(command.room, error) from error
        if message.seq == state.head:
            self._broadcasting.deliver_stored(state, [message])
            for mentioned in message.mentions:
                if mentioned.id != connection.user.id:
                    self._marks.mention(mentioned.id, message.room, message.seq)
            self._push(state, message)
            self._announcing.begun(state)
        else:
            self._attendance.check(connection, command.room)
            self._posting.tell([connection.id], NewEntries(command.room, (message,), connection.user.id))
            self._broadcasting.deliver_stored(state, [Void(command.room, state.head)])

    def post(self, user: User, room: str, identifier: str, text: str, reply_to: Quote | None = None) -> int:
        """Store a message of somebody who has no connection, and have it delivered; return its place."""
        message = replace(self._message(user, room, identifier, text), reply_to=reply_to)
        try:
            state, message = self._store(message)
        except Archived as error:
            raise closed(room, error) from error
        self._broadcasting.have_delivered(state)
        if message.seq == state.head:
            self._push(state, message)
        return message.seq

    def _push(self, state: RoomState, message: Message) -> None:
        """Have a message pushed if it may concern somebody whose page is closed; it is delivered already."""
        others = any(mentioned.id != message.user.id for mentioned in message.mentions)
        if others or state.watchers or is_direct_name(message.room):
            self._invoker.push(message.room, message.seq, watched=state.watchers > 0)

    def _message(self, user: User, room: str, identifier: str, text: str, *, mood: bool = True) -> Message:
        return Message(
            room=room,
            seq=0,
            at=0,
            id=identifier,
            user=user,
            text=text,
            sent_at=timestamp(self._clock.now()),
            sentiment=self._classifier.classify(text) if mood and text else None,
        )

    def _attached(self, user: User, command: Send) -> tuple[File, ...]:
        # Imported here: who sends no file does not wait for it.
        from chalicelib.service.attaching import attach  # noqa: PLC0415

        return attach(self._files(), user, command.room, command.files)

    def _quote(self, room: str, seq: int) -> Quote:
        quoted = self._log.message(room, seq)
        if quoted is None:
            raise NotFound(f"There is no message {seq} in {room} to reply to.")
        return Quote(seq, quoted.user, quoted.text[:QUOTE_LENGTH])

    def _store(self, message: Message) -> tuple[RoomState, Message]:
        """Return the state with the position handed out, and the message as it is stored.

        The message of a retry has another position; then the one handed out is void.
        """
        for _ in range(MAX_ATTEMPTS):
            state = self._rooms.next_position(message.room)
            message = replace(message, seq=state.head, at=state.head)
            if state.moodless:
                message = replace(message, sentiment=None)
            try:
                earlier = self._log.append(message)
            except PositionTaken:
                continue  # this writer was so slow that a reader took it for dead
            except FilesTaken as error:
                self._not_needed(state)
                self._broadcasting.deliver_stored(state, [Void(message.room, state.head)])
                raise Conflict("A file belongs to one message, and one of these was sent already.") from error
            if earlier is None:
                return state, message
            self._not_needed(state)
            return state, earlier
        raise Unavailable("The room is too busy. Nothing was stored; try again.", retry_after=1)

    def _not_needed(self, state: RoomState) -> None:
        self._log.void(state.room, state.head, state.previous)
        self._rooms.not_a_message(state)
