"""The stored cursor follows the delivery, also in a room that never rests."""

import uuid
from collections.abc import Callable, Sequence

from chalicelib.domain.messages import Message, User
from chalicelib.metrics import Metric
from chalicelib.service.broadcasting import DRAIN_SECONDS
from testkit.gateway import MemoryGateway, Report
from testkit.world import Client, World

BOB = User("u-bob", "Bob")


class BusyGateway(MemoryGateway):
    """While a broadcast goes out, others store something."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] = lambda: None

    def post(self, connection_ids: Sequence[str], frames: Sequence[bytes], **options: object) -> Report:
        if b'"event":"messages"' in frames[0]:
            self.meanwhile()
        return super().post(connection_ids, frames, deadline=0.0)


def store(world: World) -> None:
    position = world.rooms.next_position("general").head
    message = Message(
        "general", position, position, str(uuid.uuid4()), BOB, "more", "2026-11-22T10:00:00.000Z", None
    )
    assert world.log.append(message) is None


def busy_world(batches: int) -> tuple[World, Client, list[int]]:
    """Return a room in which something is stored during each of so many broadcasts, a second long each.

    The list has the stored cursor as it was at each broadcast.
    """
    gateway = BusyGateway()
    world = World(poster=gateway, closer=gateway)
    world.gateway = gateway
    ada = world.client("Ada", "general")
    cursors: list[int] = []

    def meanwhile() -> None:
        cursors.append(world.rooms.state("general").delivered)
        world.clock.sleep(1.0)
        if len(cursors) < batches:
            store(world)

    gateway.meanwhile = meanwhile
    return world, ada, cursors


def ats(client: Client) -> list[int]:
    return [entry["at"] for entry in client.entries("general")]


def test_in_a_busy_room_the_cursor_is_at_most_two_batches_behind() -> None:
    world, ada, cursors = busy_world(batches=8)
    ada.say("general", "the first", str(uuid.uuid4()))
    assert ats(ada) == list(range(1, 9))
    assert all(position - cursor <= 2 for position, cursor in enumerate(cursors, start=1)), cursors
    assert world.rooms.state("general").delivered == 8


def test_whoever_takes_a_busy_room_over_repeats_nothing() -> None:
    batches = int(DRAIN_SECONDS) + 5
    world, ada, _ = busy_world(batches)
    ada.say("general", "the first", str(uuid.uuid4()))
    assert world.metrics.counted[Metric.HAND_OVERS] == 1
    world.invoker.run(world.chat)
    assert ats(ada) == list(range(1, batches + 1))
