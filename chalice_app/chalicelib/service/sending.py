"""Posting a message: scored, stored once, delivered to everyone in the room."""

from dataclasses import replace
from datetime import UTC, datetime

from chalicelib.domain import events
from chalicelib.domain.commands import Send
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import Message
from chalicelib.errors import Unavailable
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.ports import Clock, Moods, PlaceTaken, RoomLog, Rooms

# A message function may run for 25 s; it hands delivery over well before.
DRAIN_SECONDS = 10.0
PLACE_TRIES = 5


def timestamp(milliseconds: int) -> str:
    """Return a time since the epoch in ISO 8601."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


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
        message, first = self._store(message)
        if first:
            self._broadcasting.drain(command.room, seconds=DRAIN_SECONDS, stored=[message])
        else:
            self._broadcasting.post_to(connection.id, events.pack(command.room, [message]))
            self._broadcasting.drain(command.room, seconds=DRAIN_SECONDS)

    def _store(self, message: Message) -> tuple[Message, bool]:
        """Return the message as stored, and whether it was stored just now."""
        for _ in range(PLACE_TRIES):
            place = self._rooms.next_place(message.room).last
            message = replace(message, seq=place, at=place)
            try:
                earlier = self._log.append(message)
            except PlaceTaken:
                continue  # this writer was so slow that a reader took it for dead
            if earlier is None:
                return message, True
            self._log.void(message.room, place)
            return earlier, False
        raise Unavailable("The room is too busy. Nothing was stored; try again.", retry_after=1)
