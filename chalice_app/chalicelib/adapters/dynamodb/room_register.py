"""What rooms are and who belongs to them, in the messages table.

Every change is one transaction that also counts in the room's state, so that whoever reads the state learns
whether the facts that they know are still true.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.items import shards_in
from chalicelib.adapters.dynamodb.table import Table, write_check, write_put, write_update
from chalicelib.adapters.dynamodb.transactions import transact
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.access import About, Belonging, Facts, Member, Membership, RoomRole
from chalicelib.domain.messages import User
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.ports import Clock

_UNCHANGED = "rules_version = :rules"
_NEVER_CHANGED = "attribute_not_exists(rules_version)"


class DynamoRoomRegister:
    """The port `RoomRegister` on DynamoDB."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def facts(self, room: str, user_id: str, *, existence: bool = False) -> Facts:
        wanted = [keys.about(room), keys.member(room, user_id), keys.room_state(room)]
        # What somebody decides on must all be of one moment: a membership that is older than the version
        # would count as true.
        found = self._table.get_at_once(wanted + ([keys.listed_room(room)] if existence else []))
        # By the whole key: a room may be called `about` or `state`, and is listed under that name.
        items = {(item["pk"], item["sk"]): item for item in found}
        about, member, state, listed = (
            items.get((key["pk"]["S"], key["sk"]["S"])) for key in (*wanted, keys.listed_room(room))
        )
        return Facts(
            room,
            None if about is None else _about(about),
            Membership() if member is None else _membership(member),
            exists=about is not None or "last_place" in (state or {}) or listed is not None,
            version=int((state or {}).get("rules_version", 0)),
            shards=shards_in(state or {}),
        )

    def create(self, room: str, about: About, people: Mapping[User, RoomRole]) -> bool:
        hidden = about.access != "open"
        owners = sum(role == "owner" for role in people.values())
        writes = [
            write_update(
                self._table,
                keys.room_state(room),
                "SET rules_version = :one, archived = :archived, not_open = :not_open, moodless = :moodless",
                "attribute_not_exists(pk)",
                one=1,
                archived=about.archived,
                not_open=hidden,
                moodless=not about.mood,
            ),
            write_put(self._table, keys.about(room), _from_about(about) | {"owners": owners}),
            self._list(room, about, "attribute_not_exists(pk)"),
        ]
        if hidden:
            writes.append(write_check(self._table, keys.listed_room(room), "attribute_not_exists(pk)"))
        for user, role in people.items():
            writes += self._join_writes(room, user, Membership(role))
        return not transact(self._table, self._clock, writes)

    def describe(self, facts: Facts, about: About) -> None:
        fields = _from_about(about)
        names = {f"#{name}": name for name in fields}
        expression = "SET " + ", ".join(f"#{name} = :{name}" for name in fields)
        writes = [
            write_update(self._table, keys.about(facts.room), expression, names=names, **fields),
            self._list(facts.room, about),
        ]
        hidden = about.access != "open"
        if hidden != (facts.access != "open"):
            # Not deleted: of the functions that people reach, none may delete from this table.
            left = keys.listed_room(facts.room, hidden=not hidden)
            writes.append(write_update(self._table, left, "SET moved = :yes", yes=True))
        self._write(facts, writes, archived=about.archived, not_open=hidden, moodless=not about.mood)

    def delete(self, facts: Facts) -> None:
        # Archived and private as well: so writers and readers of every version are refused at once.
        gone = {"access": "private", "archived": True, "owners": 0, "deleted": True}
        writes = [
            write_put(self._table, keys.about(facts.room), gone),
            *(
                write_update(
                    self._table,
                    keys.listed_room(facts.room, hidden=hidden),
                    "SET moved = :yes REMOVE title, topic",
                    yes=True,
                )
                for hidden in (False, True)
            ),
        ]
        self._write(facts, writes, archived=True, not_open=True, deleted=self._clock.now())

    def put_member(self, facts: Facts, user: User, membership: Membership) -> None:
        writes = self._join_writes(facts.room, user, membership)
        self._write(facts, writes + self._owners(facts, membership.role))

    def drop_member(self, facts: Facts, user_id: str, removed_at: int = 0) -> None:
        role = {"#role": "role"}
        writes = [
            write_update(
                self._table,
                keys.member(facts.room, user_id),
                "REMOVE #role SET removed_at = :at",
                names=role,
                at=removed_at,
            ),
            write_update(self._table, keys.belonging(user_id, facts.room), "REMOVE #role", names=role),
        ]
        self._write(facts, writes + self._owners(facts, None))

    def owners(self, room: str) -> int:
        return int((self._table.get(keys.about(room)) or {}).get("owners", 0))

    def members(self, room: str, after: str | None = None, limit: int | None = None) -> list[Member]:
        rows = self._table.query(
            keys.room_partition(room),
            "sk BETWEEN :first AND :last",
            first=f"{keys.MEMBER}{'' if after is None else after + chr(1)}",
            last=f"{keys.MEMBER}~",
        )
        found = (
            Member(User(row["user"], row["name"], bool(row.get("bot"))), _membership(row))
            for row in rows
            if "role" in row or "muted_until" in row
        )
        return list(islice(found, limit))

    def belongings(self, user_id: str) -> dict[str, Belonging]:
        rows = self._table.query(
            keys.person(user_id), "begins_with(sk, :rooms)", consistent=False, rooms=keys.BELONGING
        )
        return {row["sk"].removeprefix(keys.BELONGING): _belonging(row) for row in rows}

    def abouts(self, rooms: Sequence[str]) -> dict[str, About]:
        found = self._table.get_many([keys.about(room) for room in rooms], consistent=False)
        return {item["pk"].removeprefix("room#"): _about(item) for item in found}

    def _join_writes(self, room: str, user: User, membership: Membership) -> list[Item]:
        values: dict[str, Any] = {"user": user.id, "name": user.name}
        if user.bot:
            values["bot"] = True
        if membership.muted_until:
            values["muted_until"] = membership.muted_until
        if membership.removed_at:
            values["removed_at"] = membership.removed_at
        belonging = keys.belonging(user.id, room)
        if membership.role is None:
            return [
                write_put(self._table, keys.member(room, user.id), values),
                write_update(self._table, belonging, "REMOVE #role", names={"#role": "role"}),
            ]
        role = {"role": membership.role}
        return [
            write_put(self._table, keys.member(room, user.id), {**values, **role}),
            write_update(self._table, belonging, "SET #role = :role", names={"#role": "role"}, **role),
        ]

    def _owners(self, facts: Facts, role: RoomRole | None) -> list[Item]:
        """Return the write that counts one owner more or less, if it is so."""
        more = (role == "owner") - (facts.membership.role == "owner")
        if not more:
            return []
        return [write_update(self._table, keys.about(facts.room), "ADD owners :more", more=more)]

    def _list(self, room: str, about: About, condition: str = "") -> Item:
        key = keys.listed_room(room, hidden=about.access != "open")
        return write_update(
            self._table,
            key,
            "SET title = :title, topic = :topic, archived = :archived, used_at = :now REMOVE moved",
            condition,
            title=about.title,
            topic=about.topic,
            archived=about.archived,
            now=self._clock.now(),
        )

    def _write(self, facts: Facts, writes: list[Item], **flags: int) -> None:
        given: dict[str, Any] = {"next": facts.version + 1, **flags}
        if facts.version:
            given["rules"] = facts.version
        counted = write_update(
            self._table,
            keys.room_state(facts.room),
            "SET rules_version = :next" + "".join(f", {flag} = :{flag}" for flag in flags),
            _UNCHANGED if facts.version else _NEVER_CHANGED,
            **given,
        )
        if transact(self._table, self._clock, [counted, *writes]):
            raise WriteConflict


def _from_about(about: About) -> dict[str, Any]:
    people = [{"id": user.id, "name": user.name} for user in about.people]
    fields = {"title": about.title, "topic": about.topic, "access": about.access, "archived": about.archived}
    return {**fields, "people": people, "mood": about.mood}


def _about(item: Item) -> About:
    return About(
        item.get("title") or item["pk"].removeprefix("room#"),
        item.get("topic", ""),
        item.get("access", "open"),
        bool(item.get("archived")),
        tuple(User(person["id"], person["name"]) for person in item.get("people", [])),
        bool(item.get("mood", True)),
        bool(item.get("deleted")),
    )


def _belonging(item: Item) -> Belonging:
    read_at = int(item.get("read_at", 0))
    mentions = tuple(int(seq) for seq in item.get("mentioned_in", ()) if seq > read_at)
    return Belonging(item.get("role"), read_at, int(item.get("read_count", 0)), mentions)


def _membership(item: Item) -> Membership:
    return Membership(item.get("role"), int(item.get("muted_until", 0)), int(item.get("removed_at", 0)))
