"""People and their sessions, in the messages table, and their connections, in the other."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import Table, write_update
from chalicelib.adapters.dynamodb.transactions import transact
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import (
    UNNAMED,
    Ban,
    OpenConnection,
    Person,
    Proof,
    Reachable,
    Session,
    SessionRecord,
)
from chalicelib.domain.text import name_key
from chalicelib.service.ports import Clock

FOR_EVER = -1
# A page is a megabyte, of which a connection in a few rooms is one kilobyte.
MAX_SCANNED_PAGES = 8


class DynamoPeople:
    """The port `People` on DynamoDB."""

    def __init__(self, messages: Table, connections: Table, clock: Clock, endpoint: str = "") -> None:
        self._messages = messages
        self._connections = connections
        self._clock = clock
        self._endpoint = endpoint

    def signed_in(self, session: Session) -> None:
        who: dict[str, Any] = {"name": session.user.name, "role": session.role}
        if session.user.bot:
            who["bot"] = True
        first = {"since": self._clock.now()}
        # Said once, when a session begins: a renewed one leaves it as it is.
        proof = {} if session.proof is None else session.proof._asdict()
        # Guests are found by who shares a room with them, and by nobody else.
        listed = [keys.named_person(name_key(session.user.name), session.user.id)]
        others = [] if session.role == "guest" else listed
        recovers: dict[str, Any] = {"recovers": True} if session.recovers else {}
        writes = [
            write_update(
                self._messages,
                keys.session(session.user.id, session.id),
                "SET created = if_not_exists(created, :now), last_seen = :now, expires = :expires"
                + (", recovers = :recovers" if recovers else ""),
                now=self._clock.now(),
                expires=session.expires,
                **recovers,
            ),
            self._setting(keys.profile(session.user.id), who | proof, first),
            *(self._setting(key, who) for key in others),
        ]
        transact(self._messages, self._clock, writes)

    def _setting(self, key: keys.Key, fields: dict[str, Any], first: dict[str, Any] | None = None) -> Item:
        """Return a write of fields, and of some that stay as they were first."""
        kept = first or {}
        parts = [f"#{name} = :{name}" for name in fields]
        parts += [f"#{name} = if_not_exists(#{name}, :{name})" for name in kept]
        names = {f"#{name}": name for name in (*fields, *kept)}
        return write_update(self._messages, key, "SET " + ", ".join(parts), names=names, **fields, **kept)

    def is_ended(self, session: Session) -> bool:
        item = self._messages.get(keys.session(session.user.id, session.id))
        return item is not None and "ended" in item

    def sessions(self, user_id: str) -> list[SessionRecord]:
        rows = self._messages.query(keys.person(user_id), "begins_with(sk, :kind)", kind=keys.SESSION)
        now = self._clock.now() // 1000
        found = [
            SessionRecord(
                row["sk"].removeprefix(keys.SESSION),
                int(row.get("created", 0)),
                int(row["last_seen"]),
                bool(row.get("recovers")),
            )
            for row in rows
            if "ended" not in row and int(row["expires"]) > now
        ]
        return sorted(found, key=lambda record: -record.created)

    def end(self, user_id: str, sessions: Sequence[str]) -> None:
        for session_id in sessions:
            # Nobody knows when the last token of the unnamed session expires: it stays ended.
            forever = " REMOVE expires" if session_id == UNNAMED else ""
            self._messages.update(
                keys.session(user_id, session_id), f"SET ended = :now{forever}", now=self._clock.now()
            )

    def connections(self, user_id: str) -> list[OpenConnection]:
        rows = self._connections.query(keys.person(user_id), "begins_with(sk, :kind)", kind=keys.CONNECTION)
        return [
            OpenConnection(row["sk"].removeprefix(keys.CONNECTION), row["session"], row["endpoint"])
            for row in rows
        ]

    def reachable(self, most: int) -> list[Reachable]:
        # What has expired is deleted hours later. There is no index of connections: it would cost each
        # of them four write units, and reading all costs less than the frames that they are read for.
        rows = self._connections.scan(
            "begins_with(sk, :kind) AND expires > :now AND endpoint = :endpoint",
            most_pages=MAX_SCANNED_PAGES,
            kind=keys.CONNECTION,
            now=self._clock.now() // 1000,
            endpoint=self._endpoint,
        )
        return [
            Reachable(row["sk"].removeprefix(keys.CONNECTION), row["pk"].removeprefix(keys.person("")))
            for row in islice(rows, most)
        ]

    def person(self, user_id: str) -> Person | None:
        item = self._messages.get(keys.profile(user_id))
        return None if item is None or "role" not in item else _person(user_id, item)

    def known(self, user_ids: Sequence[str]) -> tuple[Person, ...]:
        found = self._messages.get_many([keys.profile(one) for one in user_ids], consistent=False)
        people = {item["pk"].removeprefix(keys.person("")): item for item in found if "role" in item}
        return tuple(_person(one, people[one]) for one in user_ids if one in people)

    def named(self, prefix: str, limit: int) -> list[Person]:
        given: dict[str, Any] = {"prefix": prefix} if prefix else {}
        condition = "begins_with(sk, :prefix)" if prefix else ""
        rows = self._messages.query(keys.people(), condition, limit=limit, consistent=False, **given)
        return [_person(row["sk"].rpartition("#")[2], row) for row in islice(rows, limit)]

    def ban(self, person: Person, ban: Ban | None) -> None:
        key = keys.profile(person.user.id)
        if ban is None:
            self._messages.update(key, "REMOVE banned_until, ban_reason, removed, barred")
            return
        until = FOR_EVER if ban.until is None else ban.until
        self._messages.update(
            key,
            "SET banned_until = :until, ban_reason = :reason, removed = :removed, barred = :barred",
            until=until,
            reason=ban.reason,
            removed=ban.removed,
            barred=list(ban.networks),
        )

    def noted(self, session: Session, network: str) -> None:
        self._messages.update(
            keys.session(session.user.id, session.id),
            "SET network = :network, network_at = :now",
            network=network,
            now=self._clock.now(),
        )

    def networks(self, user_id: str, since: int) -> set[str]:
        rows = self._messages.query(keys.person(user_id), "begins_with(sk, :kind)", kind=keys.SESSION)
        return {row["network"] for row in rows if int(row.get("network_at", 0)) >= since}

    def describe(self, user_id: str, about: str | None, picture: str | None) -> None:
        given = {"about": about, "picture": picture}
        kept: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if kept:
            changes = ", ".join(f"{name} = :{name}" for name in kept)
            self._messages.update(keys.profile(user_id), f"SET {changes}", **kept)


def _person(user_id: str, item: Item) -> Person:
    ban = None
    if "banned_until" in item:
        until = int(item["banned_until"])
        barred = tuple(item.get("barred", ()))
        ban = Ban(item["ban_reason"], None if until == FOR_EVER else until, bool(item.get("removed")), barred)
    proof = Proof(item["kind"], item["voucher"]) if "kind" in item else None
    user = User(user_id, item["name"], bool(item.get("bot")))
    said = item.get("about", ""), item.get("picture", "")
    return Person(user, item["role"], ban, proof, int(item.get("since", 0)), *said)
