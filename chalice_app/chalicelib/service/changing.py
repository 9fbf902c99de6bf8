"""Edits, deletions, reactions and labels: new states of a message, each an entry of the one log."""

from dataclasses import replace

from chalicelib.domain import changes, events
from chalicelib.domain.commands import Change
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import Message
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import NotFound, Unavailable
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.ports import Clock, Moods, PlaceTaken, RoomLog, Rooms, Superseded
from chalicelib.service.times import timestamp

TRIES = 20  # a popular message gets many reactions at once, and one of them wins each time


class Changing:
    """The use cases of `edit`, `delete`, `react` and `label`."""

    def __init__(
        self, log: RoomLog, rooms: Rooms, broadcasting: Broadcasting, moods: Moods, clock: Clock
    ) -> None:
        self._log = log
        self._rooms = rooms
        self._broadcasting = broadcasting
        self._moods = moods
        self._clock = clock

    def change(self, connection: Connection, command: Change) -> None:
        """Store the new state and deliver it; a change that changes nothing is answered with what is."""
        connection.shard_of(command.room)
        stored = self._store(connection, command)
        if isinstance(stored, Message):
            frames = events.pack(command.room, [stored], asking=connection.user.id)
            self._broadcasting.post_to(connection.id, frames)
        else:
            message, state = stored
            self._broadcasting.stored(state, [message])

    def _store(self, connection: Connection, command: Change) -> Message | tuple[Message, RoomState]:
        """Return the message and its place's state where it was changed, or the message as it is."""
        state: RoomState | None = None
        for _ in range(TRIES):
            message = self._message(command)
            changed = changes.apply(
                command, message, connection.user, timestamp(self._clock.now()), self._moods.classify
            )
            if changed is message:
                self._give_back(state)
                return message
            if state is None or state.last <= message.at:
                # A state must not go back to an older place than the message has.
                self._give_back(state)
                state = self._rooms.next_place(command.room)
            changed = replace(changed, at=state.last)
            try:
                self._log.change(changed, was_at=message.at)
            except PlaceTaken:
                state = None
            except Superseded:
                continue
            else:
                return changed, state
        self._give_back(state)
        raise Unavailable("Too many people change this message at once; try again.", retry_after=1)

    def _message(self, command: Change) -> Message:
        message = self._log.message(command.room, command.seq)
        if message is None:
            raise NotFound(f"There is no message {command.seq} in {command.room}.")
        return message

    def _give_back(self, state: RoomState | None) -> None:
        """Void a place that was handed out and is not needed, so that nobody waits for it."""
        if state is not None:
            self._log.void(state.room, state.last)
