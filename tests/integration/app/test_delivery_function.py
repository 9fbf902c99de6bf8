"""The delivery function: invoked asynchronously, it goes on where a message function stopped."""

import json
import uuid

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.messages import Message, User
from chalicelib.metrics import NoMetrics
from local.testing import RunningStack
from testkit.client import People

MESSAGES_TABLE = "undertone-local-messages"


def store_undelivered(stack: RunningStack, room: str, shard_to_add: int = 0) -> str:
    """Store a message as a function does that dies before it delivers; return its id."""
    table, clock = Table(stack.client("dynamodb"), MESSAGES_TABLE, NoMetrics()), SystemClock()
    rooms = DynamoRooms(table, clock)
    position = rooms.next_position(room).head
    identifier = str(uuid.uuid4())
    somebody = User("somebody", "Somebody")
    message = Message(
        room, position, position, identifier, somebody, "left behind", "2026-11-22T10:00:00.000Z", None
    )
    assert DynamoLog(table, clock).append(message) is None
    if shard_to_add:
        rooms.add_shard(room, shard_to_add)
    return identifier


async def test_it_delivers_what_a_message_function_left(
    stack: RunningStack, people: People, room: str
) -> None:
    (ada,) = await people.in_room(room, 1)
    identifier = store_undelivered(stack, room)
    answer = stack.client("lambda").invoke(
        FunctionName="undertone-local-deliver",
        InvocationType="Event",
        Payload=json.dumps({"room": room, "shard": 0, "endpoint": ""}).encode(),
    )
    assert answer["StatusCode"] == 202
    got = await ada.message(room, lambda m: m["id"] == identifier)
    assert got["text"] == "left behind"


async def test_it_serves_the_further_shards_of_a_big_room(
    stack: RunningStack, people: People, room: str
) -> None:
    (ada,) = await people.in_room(room, 1)
    await ada.say(room, "the first shard is full from now on")
    store_undelivered(stack, room, shard_to_add=1)
    others = [(await people.in_room(room, 1))[0] for _ in range(6)]
    said = await ada.say(room, "to everyone, whatever their shard")
    for other in others:
        assert (await other.message(room, lambda m: m["id"] == said["id"]))["at"] == said["at"]
    rooms = DynamoRooms(Table(stack.client("dynamodb"), MESSAGES_TABLE, NoMetrics()), SystemClock())
    assert len(rooms.state(room).lease_ends) == 2
