"""Who may be sent what is stored in a room, in the partitions of subscriptions of the connections table."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table, write_check, write_update
from chalicelib.adapters.dynamodb.transactions import transact
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.audience import Audience
from chalicelib.domain.connections import Subscription
from chalicelib.domain.messages import User
from chalicelib.service.ports import Clock

# A join that had read the facts before lasts seconds, and what a dead one left two hours at most, as long as
# API Gateway keeps a connection.
MARK_SECONDS = 24 * 3600


class DynamoAudiences:
    """The port `Audiences` on DynamoDB."""

    def __init__(self, table: Table, messages: Table, clock: Clock) -> None:
        self._table = table
        self._messages = messages
        self._clock = clock

    def of(self, room: str, shard: int, only: str | None = None) -> Audience:
        """Return the audience: one request, which reads the mark after the subscriptions."""
        if only is None:
            items = list(self._table.query(keys.subscribers(room, shard)))
        else:
            wanted = [keys.subscription(room, shard, only), keys.closed(room, shard)]
            items = self._table.get_many(wanted)
        return _audience(items, self._clock)

    def glance(self, room: str, shard: int) -> Audience:
        items = list(self._table.query(keys.subscribers(room, shard), consistent=False))
        return _audience(items, self._clock)

    def confirm(self, room: str, shard: int, subscription: Subscription) -> bool:
        reasons = transact(
            self._table,
            self._clock,
            [
                write_update(
                    self._table,
                    keys.subscription(room, shard, subscription.connection_id),
                    "SET #member = :yes",
                    "attribute_exists(pk)",
                    {"#member": "member"},
                    yes=True,
                ),
                check_belonging(self._messages, subscription.user, room),
            ],
        )
        return not reasons

    def close(self, room: str, shard: int, version: int) -> None:
        # A version of the functions that knows no marks takes this for a subscription, and leaves it out as
        # one whose token has expired.
        with suppress(ConditionFailed):
            self._table.update(
                keys.closed(room, shard),
                "SET #version = :version, expires = :expires, token_ends = :past",
                "attribute_not_exists(pk) OR #version <= :version",
                {"#version": "version"},
                version=version,
                expires=self._clock.now() // 1000 + MARK_SECONDS,
                past=0,
            )


def check_belonging(messages: Table, user: User, room: str) -> Item:
    """Return the condition that somebody belongs to a room as a part of a transaction."""
    return write_check(messages, keys.member(room, user.id), "attribute_exists(#role)", {"#role": "role"})


def _audience(items: Sequence[Item], clock: Clock) -> Audience:
    marks = (int(item["version"]) for item in items if item["sk"] == keys.CLOSED)
    return Audience(tuple(to_subscriptions(items, clock)), max(marks, default=0))


def to_subscriptions(items: Iterable[Item], clock: Clock) -> list[Subscription]:
    """Return the subscriptions in items of a shard that have not ended."""
    now = clock.now() // 1000
    return [
        Subscription(
            item["sk"],
            User(item["user"], item["name"], bool(item.get("bot"))),
            bool(item.get("member")),
            item.get("role", "member"),
        )
        for item in items
        if item["sk"] != keys.CLOSED and ("token_ends" not in item or item["token_ends"] > now)
    ]
