"""Every key of both tables. Nothing else spells a key.

Connections: `connection#<id>` holds a connection, `subscribers#<room>#<shard>` its subscriptions, one for
each connection, `presence#<room>` who came and went, `attempts#<source>` failed attempts at the access code,
and `new-rooms#<user>` the rooms that somebody was the first to come to on a day.

Messages: `log#<room>#<n>` holds a part of the room's log, `room#<room>` the room's state, `rooms` the list
of rooms, `claim#<room>#<user>` the ids of messages sent, `name#<key>` a name, and `secret` the secret.
"""

from typing import Any

from chalicelib.domain.messages import User

Key = dict[str, Any]

# Entries in one partition of the log: few enough that a page is one or two short queries and that no
# partition grows without bound.
PARTITION_SIZE = 256
_POSITION_DIGITS = 16


def partition(key: Key) -> str:
    """Return the partition key of a key."""
    pk: str = key["pk"]["S"]
    return pk


def connection(connection_id: str) -> Key:
    return _key(f"connection#{connection_id}", "connection")


def connection_id(pk: str) -> str:
    """Return whose item a connection's partition key is."""
    return pk.removeprefix("connection#")


def subscribers(room: str, shard: int) -> str:
    return f"subscribers#{room}#{shard}"


def subscription(room: str, shard: int, connection_id: str) -> Key:
    return _key(subscribers(room, shard), connection_id)


def presence(room: str) -> Key:
    return _key(f"presence#{room}", "presence")


def attempts(source: str, window: int) -> Key:
    return _key(f"attempts#{source}", str(window))


def new_rooms(user: User, day: int) -> Key:
    return _key(f"new-rooms#{user.id}", str(day))


def log_partition(room: str, at: int) -> str:
    return f"log#{room}#{at // PARTITION_SIZE}"


def position(at: int) -> str:
    """Return the sort key of a position; it sorts as the number does."""
    return f"{at:0{_POSITION_DIGITS}d}"


def entry(room: str, at: int) -> Key:
    return _key(log_partition(room, at), position(at))


def room_state(room: str) -> Key:
    return _key(f"room#{room}", "state")


def rooms() -> str:
    return "rooms"


def listed_room(room: str) -> Key:
    return _key(rooms(), room)


def claim(room: str, user: User, identifier: str) -> Key:
    # A UUID is the same in either case.
    return _key(f"claim#{room}#{user.id}", identifier.lower())


def name(key: str) -> Key:
    return _key(f"name#{key}", "name")


def token_secret() -> Key:
    return _key("secret", "token")


def _key(pk: str, sk: str) -> Key:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
