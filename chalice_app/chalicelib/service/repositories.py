"""Everything that is stored, as the use cases get it."""

from dataclasses import dataclass

from chalicelib.service.identity_ports import Attempts, Bars, DeviceLinks, Names, NewRooms, People, Secrets
from chalicelib.service.ping_ports import Glances
from chalicelib.service.ports import Connections, RoomLog, Rooms, Storage
from chalicelib.service.presence_ports import Presences
from chalicelib.service.pulse_ports import Pulses
from chalicelib.service.room_ports import (
    Audiences,
    Audit,
    BotRegister,
    Choices,
    Hooks,
    Invites,
    ReadMarks,
    RoomRegister,
)


@dataclass(frozen=True, slots=True)
class Repositories:
    """Everything that is stored."""

    connections: Connections
    audiences: Audiences
    log: RoomLog
    rooms: Rooms
    presences: Presences
    pulses: Pulses
    names: Names
    secrets: Secrets
    attempts: Attempts
    new_rooms: NewRooms
    glances: Glances
    people: People
    register: RoomRegister
    marks: ReadMarks
    choices: Choices
    invites: Invites
    device_links: DeviceLinks
    bars: Bars
    audit: Audit
    bots: BotRegister
    hooks: Hooks
    storage: Storage
