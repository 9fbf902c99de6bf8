"""Connections, their subscriptions and their allowance, in the connections table."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.audiences import check_belonging, to_subscriptions
from chalicelib.adapters.dynamodb.table import (
    ConditionFailed,
    Table,
    write_delete,
    write_put,
    write_update,
)
from chalicelib.adapters.dynamodb.transactions import is_false, transact
from chalicelib.adapters.dynamodb.values import Item, unpack
from chalicelib.domain.allowance import TYPING_CHANGE_MS, TYPING_REPEAT_MS, Allowance
from chalicelib.domain.connections import MAX_ROOMS, Connection, Subscription
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import UNNAMED
from chalicelib.errors import Conflict, RateLimited, Unavailable
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.ports import Clock

# API Gateway closes a connection after two hours; its items may outlive it a little, not much.
LIFETIME_SECONDS = 2 * 3600 + 600
MAX_REMOVE_ATTEMPTS = 8
# Until when a connection's user may not write in a room, in an attribute for each such room.
MUTED = "muted#"


class DynamoConnections:
    """The port `Connections` on DynamoDB."""

    def __init__(
        self, table: Table, clock: Clock, allowance: Allowance, messages: Table, endpoint: str = ""
    ) -> None:
        self._table = table
        self._messages = messages
        self._endpoint = endpoint
        self._clock = clock
        self._allowance = allowance

    def add(self, connection: Connection, network: str = "") -> bool:
        """Remember a connection, with its user too, unless its session was ended: one transaction."""
        session = connection.session or UNNAMED
        now = self._clock.now()
        expires = self._expires()
        values = {**_person(connection), "rooms": {}, "session": session, "expires": expires}
        noted: dict[str, Any] = {"network": network} if network else {}
        reasons = self._transact(
            write_update(
                self._messages,
                keys.session(connection.user.id, session),
                "SET last_seen = :now, expires = if_not_exists(expires, :ends)"
                + (", network = :network, network_at = :now" if noted else ""),
                "attribute_not_exists(ended)",
                now=now,
                ends=connection.ends or now // 1000 + LIFETIME_SECONDS,
                **noted,
            ),
            write_put(self._table, keys.connection(connection.id), values),
            write_put(
                self._table,
                keys.open_connection(connection.user.id, connection.id),
                {"session": session, "endpoint": self._endpoint, "expires": expires},
            ),
        )
        return not reasons

    def get(self, connection_id: str) -> Connection | None:
        item = self._table.get(keys.connection(connection_id))
        return None if item is None else to_connection(connection_id, item)

    def mute(self, connection_id: str, room: str, until: int) -> None:
        with suppress(ConditionFailed):
            self._table.update(
                keys.connection(connection_id),
                "SET #muted = :until",
                "attribute_exists(rooms.#room)",
                {"#muted": f"{MUTED}{room}", "#room": room},
                until=until,
            )

    def spend(self, connection_id: str) -> Connection | None:
        """Take one frame from the allowance: one request, and a second one while frames come fast."""
        item = self._pay(connection_id, "paid_until", self._allowance)
        return None if item is None else to_connection(connection_id, item)

    def refused(self, connection_id: str) -> bool:
        try:
            self._pay(connection_id, "refused_until", self._allowance.of_refusals())
        except RateLimited:
            return True
        return False

    def _pay(self, connection_id: str, attribute: str, allowance: Allowance) -> Item | None:
        """Take one from an allowance; return the connection as it is then, None if it is unknown."""
        key, now = keys.connection(connection_id), self._clock.now()
        step, latest = allowance.step_ms, allowance.latest(now)
        try:
            return self._table.update(
                key,
                f"SET {attribute} = :next",
                f"attribute_exists(pk) AND (attribute_not_exists({attribute}) OR {attribute} <= :now)",
                now=now,
                next=now + step,
            )
        except ConditionFailed as failed:
            if failed.item is None:
                return None
            allowance.check(int(failed.item[attribute]), now)
        try:
            return self._table.update(
                key, f"ADD {attribute} :step", f"{attribute} <= :latest", step=step, latest=latest
            )
        except ConditionFailed as failed:
            if failed.item is None:
                return None
            allowance.check(int(failed.item[attribute]), now)
            raise

    def remove(self, connection_id: str) -> Connection | None:
        """Forget a connection and all its subscriptions in one transaction.

        A subscription that outlived its connection would count as somebody online until it expires.
        """
        key = keys.connection(connection_id)
        for _ in range(MAX_REMOVE_ATTEMPTS):
            item = self._table.get(key)
            if item is None:
                return None
            connection = to_connection(connection_id, item)
            reasons = self._transact(
                write_delete(self._table, key, "rooms = :rooms", rooms=item["rooms"]),
                write_delete(self._table, keys.open_connection(connection.user.id, connection_id)),
                *(
                    write_delete(self._table, keys.subscription(room, shard, connection_id))
                    for room, shard in connection.rooms.items()
                ),
            )
            if not reasons:
                return connection
            # It joined, left or was removed meanwhile.
        raise Unavailable("The connection changes all the time.", retry_after=1)

    def subscribe(
        self, connection: Connection, room: str, shard: int, *, members_only: bool = False
    ) -> int | None:
        """Write the subscription and note the room with the connection in one transaction.

        Frames of one connection run side by side: a subscription that its connection does not list would
        outlive both a `leave` and the connection.
        """
        now, joins = self._clock.now(), self._allowance.of_joins()
        charge = _charge(connection, joins, now)
        subscription = keys.subscription(room, shard, connection.id)
        values = {**_person(connection), "expires": self._expires()}
        if members_only:
            values["member"] = True
        reasons = self._transact(
            write_put(self._table, subscription, values),
            write_update(
                self._table,
                keys.connection(connection.id),
                f"SET rooms.#room = :shard{charge.expression}",
                "attribute_exists(pk) AND (rooms.#room = :shard"
                f" OR (attribute_not_exists(rooms.#room) AND size(rooms) < :most)){charge.condition}",
                {"#room": room},
                shard=shard,
                most=MAX_ROOMS,
                **charge.values,
            ),
            *([check_belonging(self._messages, connection.user, room)] if members_only else ()),
        )
        if not reasons:
            return shard
        if members_only and is_false(reasons[2]):
            raise WriteConflict
        if not reasons[1].get("Item"):
            return None
        found = to_connection(connection.id, unpack(reasons[1]["Item"]))
        joins.check(found.joins_paid_until, now)
        if room in found.rooms:
            return found.rooms[room]  # another join was faster, and chose another shard
        raise Conflict(f"This connection is in {MAX_ROOMS} rooms already: leave one first.")

    def may_type(self, connection_id: str, room: str, active: bool) -> bool:
        now = self._clock.now()
        news = "typing <> :state"
        values: dict[str, Any] = {"state": f"{room} {active}"}
        if active:
            news += " AND (typing_at < :change OR typing <> :stopped)"
            values |= {"change": now - TYPING_CHANGE_MS, "stopped": f"{room} False"}
        try:
            self._table.update(
                keys.connection(connection_id),
                "SET typing_at = :now, typing = :state",
                "attribute_exists(pk) AND (attribute_not_exists(typing_at) OR typing_at < :repeat"
                f" OR ({news}))",
                now=now,
                repeat=now - TYPING_REPEAT_MS,
                **values,
            )
        except ConditionFailed:
            return False
        return True

    def unsubscribe(self, connection: Connection, room: str) -> None:
        """Delete the subscription and what the connection knows of it in one transaction."""
        shard = connection.rooms.get(room)
        if shard is None:
            return
        # If the condition is false, it left or disconnected meanwhile, and that deleted the subscription.
        self._transact(
            write_delete(self._table, keys.subscription(room, shard, connection.id)),
            write_update(
                self._table,
                keys.connection(connection.id),
                "REMOVE rooms.#room",
                "rooms.#room = :shard",
                {"#room": room},
                shard=shard,
            ),
        )

    def last_frames(self, connection_ids: Sequence[str]) -> dict[str, int]:
        found = self._table.get_many([keys.connection(one) for one in connection_ids], consistent=False)
        return {keys.connection_id(item["pk"]): int(item.get("paid_until", 0)) for item in found}

    def subscribers(self, room: str, shard: int, limit: int | None = None) -> list[Subscription]:
        items = self._table.query(keys.subscribers(room, shard), limit=limit or 0)
        return to_subscriptions(islice(items, limit), self._clock)

    def _transact(self, *writes: Item) -> list[Item]:
        return transact(self._table, self._clock, list(writes))

    def _expires(self) -> int:
        return self._clock.now() // 1000 + LIFETIME_SECONDS


class _Charge(NamedTuple):
    """What an update of a connection adds to pay for a join."""

    expression: str
    condition: str
    values: Mapping[str, int]


def _charge(connection: Connection, joins: Allowance, now: int) -> _Charge:
    joins.check(connection.joins_paid_until, now)
    if connection.joins_paid_until <= now:
        return _Charge(", joins_until = :paid", "", {"paid": now + joins.step_ms})
    # Joins that run side by side have read the same: each adds its own.
    return _Charge(
        " ADD joins_until :step",
        " AND joins_until <= :latest",
        {"step": joins.step_ms, "latest": joins.latest(now)},
    )


def _person(connection: Connection) -> dict[str, Any]:
    """Return whose a connection or a subscription is, and until when."""
    person: dict[str, Any] = {"user": connection.user.id, "name": connection.user.name}
    if connection.user.bot:
        person["bot"] = True
    if connection.role != "member":
        person["role"] = connection.role
    return person if connection.ends is None else {**person, "token_ends": connection.ends}


def to_connection(connection_id: str, item: Item) -> Connection:
    """Return the connection in an item."""
    rooms = {room: int(shard) for room, shard in item["rooms"].items()}
    return Connection(
        connection_id,
        User(item["user"], item["name"], bool(item.get("bot"))),
        rooms,
        joins_paid_until=int(item.get("joins_until", 0)),
        ends=int(item["token_ends"]) if "token_ends" in item else None,
        paid_until=int(item.get("paid_until", 0)),
        role=item.get("role", "member"),
        session=item.get("session", UNNAMED),
        muted={name.removeprefix(MUTED): int(item[name]) for name in item if name.startswith(MUTED)},
    )
