"""What rooms are and who belongs to them, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chalicelib.domain.access import About, Belonging, Facts, Member, Membership, RoomRole
from chalicelib.domain.messages import User
from chalicelib.service.outcomes import WriteConflict
from testkit.memory.read_marks import MemoryReadMarks
from testkit.memory.rooms import MemoryRooms


@dataclass
class _Room:
    about: About | None = None
    version: int = 0
    members: dict[str, Member] = field(default_factory=dict)


class MemoryRoomRegister:
    """The port `RoomRegister`."""

    def __init__(self, rooms: MemoryRooms, marks: MemoryReadMarks) -> None:
        self._marks = marks
        self._states = rooms
        self._rooms: dict[str, _Room] = {}

    def facts(self, room: str, user_id: str, *, existence: bool = False) -> Facts:
        known = self._rooms.get(room, _Room())
        member = known.members.get(user_id)
        return Facts(
            room,
            known.about,
            member.membership if member else Membership(),
            exists=known.about is not None or self._states.is_known(room),
            version=known.version,
            shards=len(self._states.state(room).lease_ends),
        )

    def create(self, room: str, about: About, people: Mapping[User, RoomRole]) -> bool:
        if room in self._rooms or self._states.is_known(room):
            return False
        members = {user.id: Member(user, Membership(role)) for user, role in people.items()}
        self._rooms[room] = _Room(about, 1, members)
        self._states.changed(room, rules=1)
        self._states.describe(room, about)
        return True

    def describe(self, facts: Facts, about: About) -> None:
        room = self._change(facts)
        room.about = about
        self._states.describe(facts.room, about)

    def delete(self, facts: Facts) -> None:
        room = self._change(facts)
        room.about = About(facts.room, access="private", archived=True, deleted=True)
        self._states.delete(facts.room, room.about)

    def forget_members(self, room: str, most: int) -> list[str]:
        """Forget some of the members of a room; return their ids."""
        members = self._rooms[room].members
        gone = sorted(members)[:most]
        for user_id in gone:
            del members[user_id]
        return gone

    def put_member(self, facts: Facts, user: User, membership: Membership) -> None:
        self._change(facts).members[user.id] = Member(user, membership)

    def drop_member(self, facts: Facts, user_id: str, removed_at: int = 0) -> None:
        members = self._change(facts).members
        known = members.get(user_id)
        if known is not None:
            members[user_id] = known._replace(
                membership=known.membership._replace(role=None, removed_at=removed_at)
            )

    def owners(self, room: str) -> int:
        return sum(m.membership.role == "owner" for m in self._rooms.get(room, _Room()).members.values())

    def members(self, room: str, after: str | None = None, limit: int | None = None) -> list[Member]:
        members = self._rooms.get(room, _Room()).members
        shown = [one for one in sorted(members) if members[one].membership[:2] != Membership()[:2]]
        return [members[one] for one in shown if after is None or one > after][:limit]

    def belongings(self, user_id: str) -> dict[str, Belonging]:
        found = {room: known for (user, room), known in self._marks.kept.items() if user == user_id}
        for name, room in self._rooms.items():
            member = room.members.get(user_id)
            if member is not None and member.membership.role is not None:
                found[name] = found.get(name, Belonging())._replace(role=member.membership.role)
        return found

    def abouts(self, rooms: Sequence[str]) -> dict[str, About]:
        known = {name: self._rooms[name].about for name in rooms if name in self._rooms}
        return {name: about for name, about in known.items() if about is not None}

    def belongs(self, user_id: str, room: str) -> bool:
        """Return whether somebody has a role in a room."""
        return self.facts(room, user_id).membership.role is not None

    def _change(self, facts: Facts) -> _Room:
        room = self._rooms.setdefault(facts.room, _Room())
        if room.version != facts.version:
            raise WriteConflict
        room.version += 1
        self._states.changed(facts.room, rules=room.version)
        return room
