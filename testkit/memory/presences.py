"""Who came and went, in memory."""

from dataclasses import replace

from chalicelib.domain.presence import MAX_NAMED_PEOPLE, Move, Presence
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

    def note(self, room: str, move: Move) -> Presence:
        known = self.get(room)
        if len(known.moves) < 2 * MAX_NAMED_PEOPLE:
            self._kept[room] = replace(known, moves=(*known.moves, move))
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
        begun = replace(self.get(room), moves=taken.moves + self.get(room).moves)
        self._turns[room] = (until, begun)
        self._kept[room] = replace(begun, moves=())
        return begun

    def finish(self, room: str, online: int) -> Presence:
        self._turns.pop(room, None)
        self._kept[room] = replace(self.get(room), announced=self._clock.now(), online=online)
        return self.get(room)
