"""What it costs to be there: pings, visits, reports of what was read, and what is told of who is there.

A visit is what API Gateway makes of everybody every two hours: a connection ends, and its page comes back to
all of its rooms on another one.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from bench.cost.designs import Handle, Ours, write_all
from bench.cost.measure import Clocked, Cost, cost, no_hand_over, no_hand_over_but_news
from bench.endpoint import EndpointProcess, Rules
from bench.fanout import connection_ids
from chalicelib.adapters.dynamodb import items, keys
from chalicelib.adapters.dynamodb.connections import LIFETIME_SECONDS
from chalicelib.adapters.dynamodb.values import pack
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import Message, User
from chalicelib.domain.sessions import Session

ROOMS = (1, 5, 20)
MESSAGES = 50
TRIES = 3
# Enough that a page which is back at once is no news.
OTHERS = 12
VISITOR = User("visitor", "Visitor")


class Lived(Ours):
    """The application with rooms that have messages and people."""

    def furnish(self, rooms: Sequence[str], others: Sequence[str], online: int) -> None:
        """Give each room a page of messages and others who were seen just now, and let all of it be known."""
        now, expires = self._clock.now(), self._clock.now() // 1000 + LIFETIME_SECONDS
        people = [(one, {"user": f"{n:026d}", "name": f"Person {n}"}) for n, one in enumerate(others)]
        text = "what a great day: a text of a usual length, as people write it to each other"
        write_all(
            self._client,
            self._messages.name,
            [
                {**keys.entry(room, at), **pack(items.from_message(_message(room, at, text)))}
                for room in rooms
                for at in range(1, MESSAGES + 1)
            ],
        )
        state = {"last_place": MESSAGES, "delivered0": MESSAGES, "last_message": MESSAGES}
        write_all(
            self._client, self._messages.name, [{**keys.room_state(room), **pack(state)} for room in rooms]
        )
        seen = {"rooms": dict.fromkeys(rooms, 0), "paid_until": now, "expires": expires}
        write_all(
            self._client,
            self._connections.name,
            [
                item
                for one, who in people
                for item in (
                    {**keys.connection(one), **pack({**who, **seen})},
                    *(
                        {**keys.subscription(room, 0, one), **pack({**who, "expires": expires})}
                        for room in rooms
                    ),
                )
            ],
        )
        self.settle(rooms, online)

    def settle(self, rooms: Sequence[str], online: int, *, announced: int | None = None) -> None:
        """Let the others have been told just now, or at another time, that so many people are there."""
        told = {
            "announced": self._clock.now() if announced is None else announced,
            "people_online": online,
            "paid_until": 0,
        }
        write_all(
            self._client, self._connections.name, [{**keys.presence(room), **pack(told)} for room in rooms]
        )

    def open(self, connection_id: str, rooms: Sequence[str], user: User = VISITOR) -> None:
        """Open a connection in rooms, uncounted."""
        known, connection = self._repositories().connections, Connection(connection_id, user)
        known.add(connection)
        for room in rooms:
            known.subscribe(connection, room, 0)
        known.spend(connection_id)

    def sign_in(self, name: str) -> Session:
        """Return a new session."""
        return self.chat(no_hand_over).sessions.create(name, None, "127.0.0.1")


def pings(design: Lived, endpoint: EndpointProcess, rules: Rules) -> dict[str, dict[str, Cost]]:
    """Return the units of a ping by its number of rooms: a usual one, and one that is charged."""
    found: dict[str, dict[str, Cost]] = {}
    for count in ROOMS:
        rooms, ids = [f"pinged-{count}-{n}" for n in range(count)], connection_ids(TRIES + 1)
        design.furnish(rooms, [f"other-{n}=" for n in range(OTHERS)], OTHERS + 1)
        clocked = Clocked(design)
        handle = clocked.worker(no_hand_over)
        frame = {"action": "ping", "rooms": dict.fromkeys(rooms, MESSAGES)}
        costs: dict[str, list[Cost]] = {"usual": [], "charged": []}
        for number, one in enumerate(ids):
            design.open(one, rooms)
            for each in costs.values():
                begin(design, clocked, endpoint, rules)
                handle(_message_event(one, frame))
                if number:  # the first one opens HTTP connections
                    each.append(cost(clocked, design.meter, endpoint, 1))
        found[str(count)] = {kind: fastest(each) for kind, each in costs.items()}
    return found


def visits(design: Lived, endpoint: EndpointProcess, rules: Rules) -> dict[str, Cost]:
    """Return the units of a visit by its number of rooms."""
    found: dict[str, Cost] = {}
    for count in ROOMS:
        rooms = [f"visited-{count}-{n}" for n in range(count)]
        design.furnish(rooms, [f"other-{n}=" for n in range(OTHERS)], OTHERS + 1)
        clocked = Clocked(design)
        handle, session = clocked.worker(no_hand_over_but_news), design.sign_in(f"Visitor {count}")
        known = [f"visit-{count}-{number}=" for number in range(TRIES + 2)]
        design.open(known[0], rooms, session.user)
        each: list[Cost] = []
        for last, one in pairwise(known):
            design.settle(rooms, OTHERS + 1)
            begin(design, clocked, endpoint, rules)
            handle({"requestContext": {"connectionId": last, "eventType": "DISCONNECT"}})
            _come(handle, one, session.token, rooms)
            each.append(cost(clocked, design.meter, endpoint, 1, frames=count))
        found[str(count)] = fastest(each[1:])
    return found


def reads(design: Lived, endpoint: EndpointProcess, rules: Rules) -> dict[str, Cost]:
    """Return the units of a report that a room was read to its end, by the rooms of the connection."""
    found: dict[str, Cost] = {}
    for count in ROOMS:
        rooms = [f"read-{count}-{n}" for n in range(count)]
        design.furnish(rooms, [f"other-{n}=" for n in range(OTHERS)], OTHERS + 1)
        clocked = Clocked(design)
        handle = clocked.worker(no_hand_over)
        each: list[Cost] = []
        for number in range(TRIES + 1):
            one = f"read-{count}-{number}="
            design.open(one, rooms, User(f"reader-{count}-{number}", "Reader"))
            begin(design, clocked, endpoint, rules)
            handle(_message_event(one, {"action": "read", "room": rooms[0], "at": MESSAGES}))
            each.append(cost(clocked, design.meter, endpoint, 1))
        found[str(count)] = fastest(each[1:])
    return found


def announcements(
    design: Lived, endpoint: EndpointProcess, rules: Rules, sizes: Sequence[int]
) -> tuple[dict[str, Cost], dict[str, Cost]]:
    """Return the units of telling a room who came, and of a look for lost connections, by connections."""
    told: dict[str, Cost] = {}
    looked: dict[str, Cost] = {}
    for size in sizes:
        room, others = f"told-{size}", list(connection_ids(size))
        design.furnish([room], others, size)
        clocked = Clocked(design)
        handle = clocked.worker(no_hand_over)
        costs: tuple[list[Cost], list[Cost]] = ([], [])
        for number in range(2 * TRIES):
            design.settle([room], size + 1 - number % 2, announced=0)
            begin(design, clocked, endpoint, rules)
            handle({"room": room, "announce": True, "endpoint": ""})
            costs[number % 2].append(cost(clocked, design.meter, endpoint, 1, frames=0))
        told[str(size)], looked[str(size)] = (fastest(each) for each in costs)
    return told, looked


def _come(handle: Handle, connection_id: str, token: str, rooms: Sequence[str]) -> None:
    context = {"connectionId": connection_id, "eventType": "CONNECT"}
    handle({"requestContext": context, "queryStringParameters": {"token": token}})
    for room in rooms:
        handle(_message_event(connection_id, {"action": "join", "room": room, "after": MESSAGES}))


def _message_event(connection_id: str, frame: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "requestContext": {"connectionId": connection_id, "eventType": "MESSAGE"},
        "body": json.dumps(frame),
    }


def begin(design: Lived, clocked: Clocked, endpoint: EndpointProcess, rules: Rules) -> None:
    """Count from here."""
    endpoint.apply(rules)
    design.meter.reset()
    clocked.reset()


def fastest(costs: Sequence[Cost]) -> Cost:
    """Return the cost of the fastest, because other load on the machine only adds time."""
    return min(costs, key=lambda one: one.lambda_ms)


def _message(room: str, at: int, text: str) -> Message:
    return Message(room, at, at, f"{at:032x}", VISITOR, text, "2026-11-29T10:00:00.000Z", None)
