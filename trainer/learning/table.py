"""The messages table on DynamoDB, read through the application's own adapters, which know keys and shapes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb import items, keys
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.people import DynamoPeople
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.messages import Entry, Message
from chalicelib.domain.sessions import Person
from chalicelib.errors import Unavailable
from chalicelib.metrics import NoMetrics

from ..errors import TrainerError


class MessagesTable:
    """The port `Messages` of the reader. It only reads, and never scans.

    ``private`` says whether rooms that not everybody may join are read too: private and direct ones.
    """

    def __init__(self, client: Any, name: str, *, private: bool = False) -> None:
        self._private = private
        self._table = Table(client, name, NoMetrics())
        self._log = DynamoLog(self._table, SystemClock())
        self._rooms = DynamoRooms(self._table, SystemClock())
        self._now = SystemClock().now

    def rooms(self) -> Sequence[str]:
        with self._naming_the_table():
            listed = [known.room for known in self._rooms.listed()]
            # The room's own state decides: the list may be some moments behind.
            hidden = {state.room for state in self._rooms.states(listed) if state.hidden}
            closed = self._table.query(keys.hidden_rooms()) if self._private else ()
            return [room for room in listed if room not in hidden] + [
                item["sk"] for item in closed if "moved" not in item
            ]

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        with self._naming_the_table():
            return self._log.entries(room, after, limit)

    def states(self, room: str, positions: Sequence[int]) -> list[Message]:
        with self._naming_the_table():
            found = self._table.get_many([keys.entry(room, position) for position in positions])
        return [items.to_message(room, item) for item in found if item["kind"] == items.MESSAGE]

    def people(self, user_ids: Sequence[str]) -> Mapping[str, Person]:
        with self._naming_the_table():
            # Connections are of the other table, and nobody asks for them here.
            found = DynamoPeople(self._table, self._table, SystemClock()).known(user_ids)
        banned = {one.user.id for one in found if one.ban is not None and one.ban.holds(self._now())}
        return {one.user.id: one for one in found if one.user.id not in banned}

    @contextmanager
    def _naming_the_table(self) -> Iterator[None]:
        try:
            yield
        except Unavailable as error:
            cause = error.__cause__ or error
            raise TrainerError(f"cannot read the table {self._table.name}: {cause}") from error
