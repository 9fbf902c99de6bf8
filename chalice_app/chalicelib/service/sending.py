"""Posting a message: scored, stored once, delivered to everyone in the room."""

from dataclasses import replace

from chalicelib.domain import events
from chalicelib.domain.commands import Send
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import Message, Void
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import Unavailable
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.ports import Clock, Moods, PlaceTaken, RoomLog, Rooms
from chalicelib.service.times import timestamp

PLACE_TRIES = 5


class Sending:
    """The use case of `send`."""

    def __init__(
        self, log: RoomLog, rooms: Rooms, broadcasting: Broadcasting, moods: Moods, clock: Clock
    ) -> None:
        self._log = log
        self._rooms = rooms
        self._broadcasting = broadcasting
        self._moods = moods
        self._clock = clock

    def send(self, connection: Connection, command: Send) -> None:
        """Store the message once and deliver it; a retry is answered with what was stored before."""
        connection.shard_of(command.room)
        message = Message(
            room=command.room,
            seq=0,
            at=0,
            id=command.id,
            user=connection.user,
            text=command.text,
            sent_at=timestamp(self._clock.now()),
            sentiment=self._moods.classify(command.text),
        )
        state, message = self._store(message)
        if message.seq == state.last:
            self._broadcasting.stored(state, [message])
        else:
            frames = events.pack(command.room, [message], asking=connection.user.id)
            self._broadcasting.post_to(connection.id, frames)
            self._broadcasting.stored(state, [Void(command.room, state.last)])

    def _store(self, message: Message) -> tuple[RoomState, Message]:
        """Return the state with the place handed out, and the message as it is stored.

        The message of a retry stands elsewhere; then the place is void.
        """
        for _ in range(PLACE_TRIES):
            state = self._rooms.next_place(message.room)
            message = replace(message, seq=state.last, at=state.last)
            try:
                earlier = self._log.append(message)
            except PlaceTaken:
                continue  # this writer was so slow that a reader took it for dead
            if earlier is None:
                return state, message
            self._log.void(message.room, state.last)
            return state, earlier
        raise Unavailable("The room is too busy. Nothing was stored; try again.", retry_after=1)
