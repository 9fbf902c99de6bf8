"""The state of each room in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.access import About
from chalicelib.domain.rooms import ListedRoom, RoomState
from chalicelib.service.outcomes import Archived, Deleted
from chalicelib.service.ports import Clock


@dataclass
class _Shard:
    delivered: int = 0
    lease: str | None = None
    until: int = 0


class MemoryRooms:
    """The port `Rooms`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heads: dict[str, int] = {}
        self._shards: dict[str, list[_Shard]] = {}
        self._messages: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._listed: dict[str, ListedRoom] = {}
        self._hidden: dict[str, ListedRoom] = {}
        self._abouts: dict[str, About] = {}
        self._rules: dict[str, int] = {}
        self._deleted: dict[str, int] = {}
        self._unlisted: dict[str, ListedRoom | None] = {}

    def next_position(self, room: str) -> RoomState:
        self._hand_out(room)
        self._list(room).setdefault(room, ListedRoom(room, 0, 0, self._clock.now()))
        self._counts[room] = self._counts.get(room, 0) + 1
        previous, self._messages[room] = self._messages.get(room, 0), self._heads[room]
        return replace(self.state(room), previous=previous)

    def next_position_of_change(self, room: str) -> RoomState:
        self._hand_out(room)
        return replace(self.state(room), previous=self._messages.get(room, 0))

    def not_a_message(self, state: RoomState) -> None:
        self._counts[state.room] -= 1
        if self._messages.get(state.room) == state.head and state.previous is not None:
            self._messages[state.room] = state.previous

    def state(self, room: str, shard: int = 0) -> RoomState:
        shards = self._shards.get(room, [_Shard()])
        mine = shards[shard] if shard < len(shards) else _Shard()
        ends = tuple(s.until if s.lease else 0 for s in shards)
        about, rules = self._abouts.get(room), self._rules.get(room, 0)
        hidden = about is not None and about.access != "open"
        head = self._heads.get(room, 0)
        return RoomState(
            room,
            head,
            mine.delivered,
            mine.lease,
            ends,
            hidden=hidden,
            rules=rules,
            messages=self._counts.get(room, 0),
            moodless=about is not None and not about.mood,
            deleted_at=self._deleted.get(room, 0),
        )

    def acquire(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        mine = self._shard(room, shard)
        if mine is None or (mine.lease is not None and mine.until >= self._clock.now()):
            return None
        if mine.delivered >= self._heads.get(room, 0):
            return None
        mine.lease, mine.until = token, until
        return self.state(room, shard)

    def renew(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        mine = self._shard(room, shard)
        return None if mine is None else self.advance(room, shard, token, mine.delivered, until)

    def advance(self, room: str, shard: int, token: str, delivered: int, until: int) -> RoomState | None:
        mine = self._shard(room, shard)
        if mine is None or mine.lease != token:
            return None
        mine.delivered, mine.until = delivered, until
        return self.state(room, shard)

    def release(self, room: str, shard: int, token: str, delivered: int) -> RoomState | None:
        mine = self._shard(room, shard)
        if mine is None or mine.lease != token:
            return None
        if self._heads.get(room, 0) != delivered:
            return self.state(room, shard)
        mine.delivered, mine.lease, mine.until = delivered, None, 0
        return None

    def give_up(self, room: str, shard: int, token: str) -> None:
        mine = self._shard(room, shard)
        if mine is not None and mine.lease == token:
            mine.lease, mine.until = None, 0

    def add_shard(self, room: str, shards: int) -> None:
        known = self._shards.setdefault(room, [_Shard()])
        if room in self._heads and len(known) == shards:
            known.append(_Shard(delivered=known[0].delivered))

    def counted(self, state: RoomState, online: int) -> None:
        now = self._clock.now()
        listed = self._list(state.room)
        known = listed.get(state.room) or ListedRoom(state.room, 0, 0, 0)
        listed[state.room] = replace(known, online=online, counted=now, used=now)

    def endpoint(self, room: str, *, hidden: bool) -> str:
        return ""

    def listed(self) -> list[ListedRoom]:
        return [self._listed[room] for room in sorted(self._listed)]

    def listed_hidden(self, rooms: Sequence[str]) -> list[ListedRoom]:
        return [self._hidden[room] for room in rooms if room in self._hidden]

    def states(self, rooms: Sequence[str]) -> list[RoomState]:
        known = self._heads.keys() | self._abouts.keys()
        return [self.state(room) for room in sorted(rooms) if room in known]

    def is_known(self, room: str) -> bool:
        """Return whether somebody has been in a room, or has written there."""
        return room in self._heads or room in self._listed or room in self._hidden

    def changed(self, room: str, rules: int) -> None:
        """Count that somebody changed what a room is or who belongs to it."""
        self._rules[room] = rules

    def describe(self, room: str, about: About) -> None:
        """Keep what a room is, and list it where it belongs."""
        known = self._listed.pop(room, None) or self._hidden.pop(room, None)
        self._abouts[room] = about
        listed = known or ListedRoom(room, 0, 0, self._clock.now())
        self._list(room)[room] = replace(
            listed, title=about.title, topic=about.topic, archived=about.archived
        )

    def delete(self, room: str, about: About) -> None:
        """Note that a room was deleted now, and list it nowhere."""
        self._abouts[room] = about
        self._deleted[room] = self._clock.now()
        self._unlisted[room] = self._listed.pop(room, None) or self._hidden.pop(room, None)

    def forget_lines(self, room: str) -> int:
        """Forget what the list keeps of a room; return how many lines that were."""
        return int(self._unlisted.pop(room, None) is not None)

    def _hand_out(self, room: str) -> None:
        about = self._abouts.get(room)
        if room in self._deleted:
            raise Deleted
        if about is not None and about.archived:
            raise Archived
        self._heads[room] = self._heads.get(room, 0) + 1

    def _list(self, room: str) -> dict[str, ListedRoom]:
        about = self._abouts.get(room)
        return self._listed if about is None or about.access == "open" else self._hidden

    def _shard(self, room: str, shard: int) -> _Shard | None:
        shards = self._shards.setdefault(room, [_Shard()])
        return shards[shard] if shard < len(shards) else None
