"""What is taken away for good, and what is left of it, in memory."""

from typing import TypeVar

from chalicelib.domain.purges import Purge
from chalicelib.service.ports import Clock
from chalicelib.service.purge_ports import PurgePorts
from chalicelib.service.repositories import Repositories
from testkit.memory.bots import MemoryHooks
from testkit.memory.log import MemoryLog
from testkit.memory.pulses import MemoryPulses
from testkit.memory.read_marks import MemoryReadMarks
from testkit.memory.room_register import MemoryRoomRegister
from testkit.memory.rooms import MemoryRooms

Key = TypeVar("Key")
Value = TypeVar("Value")


def purge_ports(stored: Repositories, clock: Clock) -> PurgePorts:
    """Return both ports on repositories that are in memory."""
    return PurgePorts(MemoryPurges(clock), MemoryRemains(stored))


class MemoryPurges:
    """The port `Purges`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._purges: dict[str, Purge] = {}

    def keep(self, purge: Purge) -> None:
        self._purges[purge.id] = purge._replace(kept=self._clock.now())

    def find(self, purge_id: str) -> Purge | None:
        return self._purges.get(purge_id)

    def unfinished(self) -> list[Purge]:
        return [purge for _, purge in sorted(self._purges.items()) if not purge.done]


class MemoryRemains:
    """The port `Remains`."""

    def __init__(self, stored: Repositories) -> None:
        self._stored = stored

    def take(self, room: str, most: int) -> int:
        for take in (self._members, self._hooks, self._entries, self._blocks, self._hours, self._lines):
            taken = take(room, most)
            if taken:
                return taken
        return 0

    def _members(self, room: str, most: int) -> int:
        register, marks = self._stored.register, self._stored.marks
        assert isinstance(register, MemoryRoomRegister)
        assert isinstance(marks, MemoryReadMarks)
        gone = register.forget_members(room, most)
        for user_id in gone:
            marks.kept.pop((user_id, room), None)
        return len(gone)

    def _hooks(self, room: str, most: int) -> int:
        hooks = self._stored.hooks
        assert isinstance(hooks, MemoryHooks)
        return sum(hooks.remove(room, hook.id) for hook in hooks.of(room)[:most])

    def _entries(self, room: str, most: int) -> int:
        log = self._stored.log
        assert isinstance(log, MemoryLog)
        return _drop(log.positions.get(room, {}), sorted(log.positions.get(room, {}))[-most:])

    def _blocks(self, room: str, most: int) -> int:
        log = self._stored.log
        assert isinstance(log, MemoryLog)
        kept = log.blocks.get(room, {})
        return _drop(kept, sorted(kept)[:most])

    def _hours(self, room: str, most: int) -> int:
        pulses = self._stored.pulses
        assert isinstance(pulses, MemoryPulses)
        return _drop(pulses.kept, [key for key in pulses.kept if key[0] == room][:most])

    def _lines(self, room: str, most: int) -> int:
        rooms = self._stored.rooms
        assert isinstance(rooms, MemoryRooms)
        return rooms.forget_lines(room)


def _drop(kept: dict[Key, Value], gone: list[Key]) -> int:
    for key in gone:
        del kept[key]
    return len(gone)
