"""Everything that is stored, in memory, behind the repositories' ports.

One contract suite runs on these, on moto and on MiniStack (`tests/integration/storage`).
"""

from typing import Any

from chalicelib.domain.allowance import Allowance
from chalicelib.service.ports import Clock
from chalicelib.service.repositories import Repositories
from testkit.memory.audiences import MemoryAudiences
from testkit.memory.bars import MemoryBars
from testkit.memory.bots import MemoryBots, MemoryHooks
from testkit.memory.choices import MemoryChoices
from testkit.memory.connections import MemoryConnections
from testkit.memory.device_links import MemoryDeviceLinks
from testkit.memory.glances import MemoryGlances
from testkit.memory.identity import MemoryAttempts, MemoryNames, MemorySecrets
from testkit.memory.log import MemoryLog
from testkit.memory.moderation import MemoryAudit, MemoryInvites
from testkit.memory.new_rooms import MemoryNewRooms
from testkit.memory.people import MemoryPeople
from testkit.memory.presences import MemoryPresences
from testkit.memory.pulses import MemoryPulses
from testkit.memory.read_marks import MemoryReadMarks
from testkit.memory.room_register import MemoryRoomRegister
from testkit.memory.rooms import MemoryRooms

UNLIMITED = Allowance(per_second=1000, burst=10_000)

__all__ = [
    "UNLIMITED",
    "MemoryAttempts",
    "MemoryAudiences",
    "MemoryAudit",
    "MemoryBars",
    "MemoryBots",
    "MemoryChoices",
    "MemoryConnections",
    "MemoryDeviceLinks",
    "MemoryGlances",
    "MemoryHooks",
    "MemoryInvites",
    "MemoryLog",
    "MemoryNames",
    "MemoryNewRooms",
    "MemoryPeople",
    "MemoryPresences",
    "MemoryPulses",
    "MemoryReadMarks",
    "MemoryRoomRegister",
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
    connections = replaced.get("connections") or MemoryConnections(clock, allowance)
    rooms = replaced.get("rooms") or MemoryRooms(clock)
    marks = MemoryReadMarks()
    register = MemoryRoomRegister(rooms, marks)
    if isinstance(connections, MemoryConnections) and "register" not in replaced:
        connections.belongs = register.belongs
    made: dict[str, Any] = {
        "connections": connections,
        "audiences": MemoryAudiences(connections),
        "log": MemoryLog(),
        "rooms": rooms,
        "people": MemoryPeople(connections, clock),
        "invites": MemoryInvites(),
        "device_links": MemoryDeviceLinks(),
        "bars": MemoryBars(clock),
        "audit": MemoryAudit(),
        "bots": MemoryBots(clock),
        "hooks": MemoryHooks(),
        "marks": marks,
        "choices": MemoryChoices(marks, rooms),
        "register": register,
        "presences": MemoryPresences(clock),
        "pulses": MemoryPulses(),
        "names": MemoryNames(clock),
        "secrets": MemorySecrets(),
        "attempts": MemoryAttempts(),
        "new_rooms": MemoryNewRooms(),
        "storage": MemoryStorage(),
    }
    made |= replaced
    made.setdefault("glances", MemoryGlances(made["connections"], made["rooms"], made["presences"]))
    return Repositories(**made)
