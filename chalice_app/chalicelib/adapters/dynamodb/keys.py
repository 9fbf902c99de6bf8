"""Every key of both tables. Nothing else spells a key.

Connections: `connection#<id>` holds a connection, `subscribers#<room>#<shard>` its subscriptions, one for
each connection, and behind them the mark that the room was closed, `presence#<room>` who came and went,
`attempts#<source>` failed attempts at the access code, `new-rooms#<user>` the rooms that somebody was the
first to come to on a day, and `person#<user>` the open connections of somebody.

Messages: `log#<room>#<n>` holds a part of the room's log, `search#<room>` what searches keep of each part,
and `claim#<room>#<user>` the ids of messages sent.
`pulse#<room>` holds the room's hours, and `room#<room>` its state, what it is (`about`), who belongs to it
(`member#<user>`) and who hears every message (`watchers`); `rooms` lists the rooms, and `hidden-rooms` those
that not everybody may join.
`file#<room>#<id>` is a file of somebody, with the message that it was sent in. `person#<user>` holds who
somebody is, their sessions, their browsers that are pushed to, where they are called if they are a bot, and
the rooms to which they belong; `people` lists them by name, `name#<key>` holds a name, and
`look<n>#<skeleton>` what it looks like. `invite#<hash>` is an invite, `link#<hash>` a link to another device,
`hook#<hash>` a hook, `preview#<hash>` what is shown of a page, `deeds` and `reports` keep order, `purges` is
what is taken away for good, `passwords` are the hashes of passwords, `barred#<mark>` is a network that nobody
new may come from, `secret` is the secret, and `push-key` the key by which push services know this chat.
"""

import hashlib
from typing import Any

from chalicelib.domain.messages import User

Key = dict[str, Any]

# Entries in one partition of the log: few enough that a page is one or two short queries and that no
# partition grows without bound.
PARTITION_SIZE = 256
_POSITION_DIGITS = 16
MEMBER = "member#"
BELONGING = "room#"
SESSION = "session#"
CONNECTION = "connection#"
BOT = "bot#"
HOOK = "hook#"
PUSH = "push#"
# Sorts behind the id of every connection, so that a query reads it last.
CLOSED = "~closed"


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


def closed(room: str, shard: int) -> Key:
    return _key(subscribers(room, shard), CLOSED)


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


def end_of_partition(at: int) -> int:
    """Return the last position of the partition that holds a position."""
    return at - at % PARTITION_SIZE + PARTITION_SIZE - 1


def search_blocks(room: str) -> str:
    return f"search#{room}"


def search_block(room: str, at: int) -> Key:
    """Return the key of the block of the partition that holds a position."""
    return _key(search_blocks(room), position(at - at % PARTITION_SIZE))


def hours(room: str) -> str:
    return f"pulse#{room}"


def hour(room: str, begin: int) -> Key:
    return _key(hours(room), position(begin))


def room_state(room: str) -> Key:
    return _key(f"room#{room}", "state")


def rooms() -> str:
    return "rooms"


def hidden_rooms() -> str:
    return "hidden-rooms"


def listed_room(room: str, *, hidden: bool = False) -> Key:
    return _key(hidden_rooms() if hidden else rooms(), room)


def room_partition(room: str) -> str:
    return f"room#{room}"


def about(room: str) -> Key:
    return _key(room_partition(room), "about")


def watchers(room: str) -> Key:
    return _key(room_partition(room), "watchers")


def member(room: str, user_id: str) -> Key:
    return _key(room_partition(room), f"{MEMBER}{user_id}")


def person(user_id: str) -> str:
    return f"person#{user_id}"


def belonging(user_id: str, room: str) -> Key:
    return _key(person(user_id), f"{BELONGING}{room}")


def session(user_id: str, session_id: str) -> Key:
    return _key(person(user_id), f"{SESSION}{session_id}")


def profile(user_id: str) -> Key:
    return _key(person(user_id), "profile")


def people() -> str:
    return "people"


def named_person(key: str, user_id: str) -> Key:
    return _key(people(), f"{key}#{user_id}")


def open_connection(user_id: str, connection_id: str) -> Key:
    return _key(person(user_id), f"{CONNECTION}{connection_id}")


def invite(key: str) -> Key:
    return _key(f"invite#{key}", "invite")


def device_link(key: str) -> Key:
    return _key(f"link#{key}", "link")


def file(room: str, file_id: str) -> Key:
    return _key(f"file#{room}#{file_id}", "file")


def bot(owner_id: str, bot_id: str) -> Key:
    return _key(person(owner_id), f"{BOT}{bot_id}")


def webhook(bot_id: str) -> Key:
    return _key(person(bot_id), "webhook")


def hook(key: str) -> Key:
    return _key(f"{HOOK}{key}", "hook")


def hook_of(room: str, hook_id: str) -> Key:
    return _key(room_partition(room), f"{HOOK}{hook_id}")


def deeds() -> str:
    return "deeds"


def reports() -> str:
    return "reports"


def deed(at: int) -> Key:
    return _key(deeds(), position(at))


def report(at: int) -> Key:
    return _key(reports(), position(at))


def purges() -> str:
    return "purges"


def purge(purge_id: str) -> Key:
    return _key(purges(), purge_id)


def claim(room: str, user: User, identifier: str) -> Key:
    # A UUID is the same in either case.
    return _key(f"claim#{room}#{user.id}", identifier.lower())


def name(key: str) -> Key:
    return _key(f"name#{key}", "name")


def look(place: int, text: str) -> Key:
    return _key(f"look{place}#{text}", "look")


def bars(network: str) -> str:
    return f"barred#{network}"


def bar(network: str, user_id: str) -> Key:
    return _key(bars(network), user_id)


def password(user_id: str) -> Key:
    return _key("passwords", user_id)


def push_subscription(user_id: str, subscription_id: str) -> Key:
    return _key(person(user_id), f"{PUSH}{subscription_id}")


def push_key() -> Key:
    return _key("push-key", "push-key")


def preview(address: str) -> Key:
    """Return the key of a page; its address may be longer than a key."""
    return _key(f"preview#{hashlib.sha256(address.encode('utf-8', 'replace')).hexdigest()}", "preview")


def token_secret() -> Key:
    return _key("secret", "token")


def _key(pk: str, sk: str) -> Key:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
