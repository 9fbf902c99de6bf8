"""Everything that is stored, in memory, behind the repositories' ports.

One contract suite runs on these, on moto and on MiniStack (`tests/integration/storage`).
"""

from typing import Any

from chalicelib.domain.allowance import Allowance
from chalicelib.service.ports import Clock, Repositories
from testkit.memory.connections import MemoryConnections
from testkit.memory.glances import MemoryGlances
from testkit.memory.identity import MemoryAttempts, MemoryNames, MemorySecrets
from testkit.memory.log import MemoryLog
from testkit.memory.new_rooms import MemoryNewRooms
from testkit.memory.presences import MemoryPresences
from testkit.memory.rooms import MemoryRooms

UNLIMITED = Allowance(per_second=1000, burst=10_000)

__all__ = [
    "UNLIMITED",
    "MemoryAttempts",
    "MemoryConnections",
    "MemoryGlances",
    "MemoryLog",
    "MemoryNames",
    "MemoryNewRooms",
    "MemoryPresences",
    "MemoryRooms",
    "MemorySecrets",
    "MemoryStorage",
    "repositories",
]


class MemoryStorage:
    """The port `Storage`: memory always answers."""

    def check(self) -> None:
        return


def repositories(clock: Clock, allowance: Allowance = UNLIMITED, **replaced: Any) -> Repositories:
    """Return the repositories; `replaced` are used in place of those in memory, by their field's name."""
    made: dict[str, Any] = {
        "connections": MemoryConnections(clock, allowance),
        "log": MemoryLog(),
        "rooms": MemoryRooms(clock),
        "presences": MemoryPresences(clock),
        "names": MemoryNames(clock),
        "secrets": MemorySecrets(),
        "attempts": MemoryAttempts(),
        "new_rooms": MemoryNewRooms(),
        "storage": MemoryStorage(),
    }
    made |= replaced
    made.setdefault("glances", MemoryGlances(made["connections"], made["rooms"], made["presences"]))
    return Repositories(**made)
