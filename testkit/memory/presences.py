"""Who came and went, in memory."""

from dataclasses import replace

from chalicelib.domain.presence import MAX_KEPT_MOVES, MAX_NAMED_PEOPLE, Move, Presence
from chalicelib.service.ports import Clock


class MemoryPresences:
    """The port `Presences`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, Presence] = {}
        self._turns: dict[str, tuple[int, Presence]] = {}

    def get(self, room: str) -> Presence:
        ends, _ = self._turns.get(room, (0, Presence()))
        return replace(self._kept.get(room, Presence()), turn_ends=ends)

    def glance(self, room: str) -> Presence:
        return self.get(room)

    def note(self, room: str, move: Move, *, back_soon: bool = False) -> Presence:
        known = self.get(room)
        if len(known.moves) < MAX_KEPT_MOVES and known.online <= MAX_NAMED_PEOPLE:
            left_at = known.left_at or (self._clock.now() if back_soon else 0)
            self._kept[room] = replace(known, moves=(*known.moves, move), left_at=left_at)
        else:
            self._kept[room] = replace(known, more=True)
        return self.get(room)

    def claim(self, room: str, until: int) -> bool:
        ends, taken = self._turns.get(room, (0, Presence()))
        if ends >= self._clock.now():
            return False
        self._turns[room] = (until, taken)
        return True

    def begin(self, room: str, until: int, *, claimed: bool = False) -> Presence | None:
        ends, taken = self._turns.get(room, (0, Presence()))
        if ends >= self._clock.now() and not claimed:
            return None
        kept = self.get(room)
        begun = replace(kept, moves=taken.moves + kept.moves, more=taken.more or kept.more)
        self._turns[room] = (until, begun)
        self._kept[room] = replace(begun, moves=(), left_at=0, more=False)
        return begun

    def finish(self, room: str, online: int, paid_until: int) -> Presence:
        self._turns.pop(room, None)
        announced = self._clock.now()
        self._kept[room] = replace(self.get(room), announced=announced, online=online, paid_until=paid_until)
        return self.get(room)
