"""What the use cases need to know and to note of who may be sent what is stored in a room."""

from typing import Protocol

from chalicelib.domain.audience import Audience
from chalicelib.domain.connections import Subscription


class Audiences(Protocol):
    """Subscriptions by shard, with what is known of their right to be there."""

    def of(self, room: str, shard: int, only: str | None = None) -> Audience:
        """Return everyone subscribed to the shard, or that one connection, and whether the room was closed.

        Read consistently. Those whose tokens have expired are left out.
        """

    def confirm(self, room: str, shard: int, subscription: Subscription) -> bool:
        """Note with a subscription that it is a member's.

        False, and nothing is noted, if there is none any more or its user does not belong to the room at
        that moment.
        """

    def close(self, room: str, shard: int, version: int) -> None:
        """Leave the mark that the room was closed with a version of its rules; the highest version stays.

        It is kept for longer than any join takes and any connection lasts.
        """
