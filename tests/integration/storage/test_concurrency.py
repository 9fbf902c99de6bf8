"""Senders, retries and dying workers at once, on a real emulator with real threads."""

import random
import threading
import time
import uuid
from collections import Counter
from typing import Any

import pytest

from chalicelib.domain.messages import Message
from chalicelib.service import broadcasting
from testkit.world import Client, World
from tests.integration.storage.conftest import tables, world_on

SENDERS = 6
MESSAGES = 8


class WorkerDied(BaseException):
    """A worker ends here; nothing of the chat catches it."""


class DyingClient:
    """A DynamoDB client whose caller may die before or after any request."""

    def __init__(self, client: Any, chance: float, seed: int) -> None:
        self._client = client
        self._random = random.Random(seed)
        self.chance = chance
        self.deaths = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def call(**arguments: Any) -> Any:
            self._maybe_die()
            answer = method(**arguments)
            self._maybe_die()
            return answer

        return call

    def _maybe_die(self) -> None:
        if self._random.random() < self.chance:
            self.deaths += 1
            raise WorkerDied


def world_with_deaths(endpoint: str) -> tuple[World, DyingClient]:
    client, connections_name, messages_name = tables(endpoint)
    dying = DyingClient(client, chance=0.0, seed=7)
    return world_on(dying, connections_name, messages_name), dying


def send_until_acknowledged(client: Client, seed: int) -> list[str]:
    """Send messages, each again with the same id until its own copy arrives, and now and then once more."""
    chance = random.Random(seed)
    ids = [str(uuid.UUID(int=chance.getrandbits(128))) for _ in range(MESSAGES)]
    for identifier in ids:
        for _ in range(20):
            try:
                client.say("general", identifier, identifier)
            except WorkerDied:
                continue
            if chance.random() < 0.8:
                break
    return ids


@pytest.mark.parametrize("chance", [0.0, 0.01])
def test_nothing_is_lost_doubled_or_out_of_order(ministack_url: str, chance: float) -> None:
    world, dying = world_with_deaths(ministack_url)
    clients = [world.client(f"user {n}", "general") for n in range(SENDERS)]
    dying.chance = chance
    sent: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda c=client, n=n: sent.append(send_until_acknowledged(c, n)))
        for n, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    dying.chance = 0.0
    assert len(sent) == SENDERS
    _let_somebody_take_over(world, clients[0])

    log, last = world.chat.reading, clients[0].send(action="ping", room="general")[0]["lastSeq"]
    entries: list[Any] = []
    while len(entries) < last:
        entries += log.page("general", before=None, after=len(entries), limit=100).entries
    assert [entry.at for entry in entries] == list(range(1, last + 1))
    stored = Counter(entry.id for entry in entries if isinstance(entry, Message))
    assert stored == Counter(identifier for ids in sent for identifier in ids), "each once and none missing"
    for n, client in enumerate(clients):
        entries = client.entries("general")
        assert {entry["at"] for entry in entries} >= set(range(1, last + 1)), "pushed, perhaps twice"
        if chance == 0.0:
            # A retry is answered at once; everything else comes once and in order.
            others = [e["at"] for e in entries if e.get("user", {}).get("name") not in (None, f"user {n}")]
            assert others == sorted(set(others))
    assert (dying.deaths > 0) == (chance > 0)


def _let_somebody_take_over(world: World, client: Client) -> None:
    """Ping until everything stored is delivered: first a lease may expire, a position be voided."""
    give_up = time.monotonic() + 4 * broadcasting.LEASE_SECONDS
    rooms: Any = world.chat.broadcasting
    while rooms._rooms.state("general").behind:
        assert time.monotonic() < give_up, "delivery stands still"
        client.send(action="ping", room="general")
        time.sleep(0.2)
