"""Edits, deletions, reactions and labels: new states of a message, each an entry of the one log."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain import changes
from chalicelib.domain.access import Act, check, check_voice
from chalicelib.domain.commands import Change, Delete, Edit
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import NewEntries
from chalicelib.domain.messages import Entry, File, Message, User, Void
from chalicelib.domain.rooms import RoomState
from chalicelib.domain.times import timestamp
from chalicelib.errors import NotFound, Unavailable
from chalicelib.service.attendance import Attendance
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.closed_rooms import closed
from chalicelib.service.deeds import Deeds
from chalicelib.service.outcomes import Archived, MessageChanged, PositionTaken
from chalicelib.service.ports import Classifier, Clock, RoomLog, Rooms
from chalicelib.service.posting import Posting
from chalicelib.service.room_ports import RoomRegister

if TYPE_CHECKING:
    from chalicelib.service.file_ports import FilePorts

Deliver = Callable[[RoomState, Sequence[Entry]], None]
MAX_ATTEMPTS = 20  # a popular message gets many reactions at once, and one of them wins each time


class Changing:
    """The use cases of `edit`, `delete`, `react` and `label`."""

    def __init__(
        self,
        log: RoomLog,
        rooms: Rooms,
        broadcasting: Broadcasting,
        posting: Posting,
        classifier: Classifier,
        clock: Clock,
        register: RoomRegister,
        deeds: Deeds,
        attendance: Attendance,
        files: "Callable[[], FilePorts]",
    ) -> None:
        self._log = log
        self._rooms = rooms
        self._broadcasting = broadcasting
        self._posting = posting
        self._classifier = classifier
        self._clock = clock
        self._register = register
        self._deeds = deeds
        self._attendance = attendance
        self._files = files

    def change(self, connection: Connection, command: Change) -> None:
        """Store the new state and deliver it; a change that changes nothing is answered with what is."""
        connection.shard_of(command.room)
        if isinstance(command, Edit):
            check_voice(command.room, connection.muted.get(command.room, 0), self._clock.now())
        try:
            stored = self._store(
                connection.user,
                command,
                lambda: self._check_moderator(connection, command.room),
                self._broadcasting.deliver_stored,
            )
        except Archived as error:
            raise closed(command.room, error) from error
        if isinstance(stored, Message):
            self._attendance.check(connection, command.room)
            self._posting.tell([connection.id], NewEntries(command.room, (stored,), connection.user.id))
        else:
            before, message, state = stored
            if message.deleted_by is not None and isinstance(command, Delete):
                self._deeds.note(connection.user, "delete", str(message.seq), message.room)
            self._broadcasting.deliver_stored(state, [message])
            if message.deleted and before.files:
                self._remove(command.room, before.files)

    def delete_for(self, user: User, room: str, seq: int) -> RoomState | None:
        """Delete a message for somebody who may delete any, and leave its delivery to the caller.

        Returns
        -------
        RoomState or None
            The state that handed out the deletion's position; None if the message was deleted already.

        Raises
        ------
        Archived
            Nobody writes there any more, nor deletes.
        """
        stored = self._store(
            user, Delete(room, seq), lambda: None, lambda state, _: self._broadcasting.have_delivered(state)
        )
        if isinstance(stored, Message):
            return None
        before, _, state = stored
        if before.files:
            self._remove(room, before.files)
        return state

    def _remove(self, room: str, files: tuple[File, ...]) -> None:
        # Imported here: who deletes no file does not wait for it.
        from chalicelib.service.attaching import remove  # noqa: PLC0415

        remove(self._files(), room, files)

    def _store(
        self, user: User, command: Change, check_moderator: Callable[[], None], deliver: Deliver
    ) -> Message | tuple[Message, Message, RoomState]:
        """Return the message before and after, and the state of its position, if it was changed.

        Otherwise the message as it is. ``deliver`` is for positions that were handed out in vain.
        """
        state: RoomState | None = None
        previous: int | None = None
        for _ in range(MAX_ATTEMPTS):
            message = self._message(command)
            now = timestamp(self._clock.now())
            changed = changes.apply(
                command,
                message,
                user,
                now,
                self._classifier.classify,
                check_moderator,
            )
            if changed is message:
                self._give_back(state, deliver)
                return message
            if state is None or state.head <= message.at:
                # A state must not go back to an older position than the message has.
                self._give_back(state, deliver)
                state = self._rooms.next_position_of_change(command.room)
                previous = self._previous(state)
            changed = replace(changed, at=state.head)
            if isinstance(command, Edit) and state.moodless:
                changed = replace(changed, sentiment=None)
            try:
                rewords = isinstance(command, Edit | Delete)
                self._log.change(changed, was_at=message.at, previous=previous, rewords=rewords)
            except PositionTaken:
                state = None
            except MessageChanged:
                continue
            else:
                return message, changed, state
        self._give_back(state, deliver)
        raise Unavailable("Too many people change this message at once; try again.", retry_after=1)

    def _check_moderator(self, connection: Connection, room: str) -> None:
        facts = self._register.facts(room, connection.user.id, existence=True)
        check(Act.DELETE_ANY, connection.role, facts, self._clock.now())

    def _message(self, command: Change) -> Message:
        message = self._log.message(command.room, command.seq)
        if message is None:
            raise NotFound(f"There is no message {command.seq} in {command.room}.")
        return message

    def _previous(self, state: RoomState) -> int:
        """Return where the message before a position is; rooms of earlier versions do not know it yet."""
        if state.previous is not None:
            return state.previous
        messages = self._log.newest(state.room, state.head, 1).entries
        return messages[0].seq if messages and isinstance(messages[0], Message) else 0

    def _give_back(self, state: RoomState | None, deliver: Deliver) -> None:
        """Void a position that was handed out and is not needed, and deliver that: clients wait for it."""
        if state is not None:
            self._log.void(state.room, state.head, state.previous)
            deliver(state, [Void(state.room, state.head)])
