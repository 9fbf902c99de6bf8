"""All repositories on the two tables."""

from chalicelib.adapters.dynamodb.audiences import DynamoAudiences
from chalicelib.adapters.dynamodb.bots import DynamoBots, DynamoHooks
from chalicelib.adapters.dynamodb.choices import DynamoChoices
from chalicelib.adapters.dynamodb.connections import DynamoConnections
from chalicelib.adapters.dynamodb.device_links import DynamoDeviceLinks
from chalicelib.adapters.dynamodb.glances import DynamoGlances
from chalicelib.adapters.dynamodb.identity import DynamoAttempts, DynamoBars, DynamoNames
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.moderation import DynamoAudit, DynamoInvites
from chalicelib.adapters.dynamodb.new_rooms import DynamoNewRooms
from chalicelib.adapters.dynamodb.people import DynamoPeople
from chalicelib.adapters.dynamodb.presences import DynamoPresences
from chalicelib.adapters.dynamodb.pulses import DynamoPulses
from chalicelib.adapters.dynamodb.read_marks import DynamoReadMarks
from chalicelib.adapters.dynamodb.room_register import DynamoRoomRegister
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.dynamodb.token_keys import DynamoSecrets
from chalicelib.domain.allowance import Allowance
from chalicelib.service.ports import Clock
from chalicelib.service.repositories import Repositories


def repositories(
    connections: Table,
    messages: Table,
    clock: Clock,
    allowance: Allowance,
    token_secret: str = "",
    endpoint: str = "",
) -> Repositories:
    """Return the repositories.

    Parameters
    ----------
    token_secret
        What signs tokens; without it a random secret is made and stored.
    endpoint
        Where this function's connections are reached.
    """
    return Repositories(
        connections=DynamoConnections(connections, clock, allowance, messages, endpoint),
        audiences=DynamoAudiences(connections, messages, clock),
        log=DynamoLog(messages, clock),
        rooms=DynamoRooms(messages, clock, endpoint),
        presences=DynamoPresences(connections, clock),
        pulses=DynamoPulses(messages),
        names=DynamoNames(messages, clock),
        secrets=DynamoSecrets(messages, clock, token_secret),
        attempts=DynamoAttempts(connections),
        new_rooms=DynamoNewRooms(connections),
        glances=DynamoGlances(connections, messages),
        people=DynamoPeople(messages, connections, clock, endpoint),
        marks=DynamoReadMarks(messages),
        choices=DynamoChoices(messages, clock),
        invites=DynamoInvites(messages),
        device_links=DynamoDeviceLinks(messages),
        bars=DynamoBars(messages, clock),
        bots=DynamoBots(messages, clock),
        hooks=DynamoHooks(messages, clock),
        audit=DynamoAudit(messages),
        register=DynamoRoomRegister(messages, clock),
        storage=messages,
    )
