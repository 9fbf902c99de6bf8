"""All repositories on the two tables."""

from chalicelib.adapters.dynamodb.connections import DynamoConnections
from chalicelib.adapters.dynamodb.identity import DynamoAttempts, DynamoNames, DynamoSecrets
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.presences import DynamoPresences
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.allowance import Allowance
from chalicelib.service.ports import Clock, Repositories


def repositories(
    connections: Table, messages: Table, clock: Clock, allowance: Allowance, token_secret: str = ""
) -> Repositories:
    """Return the repositories; without a `token_secret` a random one is made and stored."""
    return Repositories(
        connections=DynamoConnections(connections, clock, allowance),
        log=DynamoLog(messages, clock),
        rooms=DynamoRooms(messages, clock),
        presences=DynamoPresences(connections, clock),
        names=DynamoNames(messages, clock),
        secrets=DynamoSecrets(messages, token_secret),
        attempts=DynamoAttempts(connections),
        storage=messages,
    )
