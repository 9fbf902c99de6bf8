"""What it costs to push a message to whom it mentions and who watch its room, without the sending itself."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bench.cost.being_there import TRIES, Lived, begin, fastest
from bench.cost.designs import Handle, write_all
from bench.cost.measure import Clocked, Cost, cost, no_hand_over
from bench.endpoint import EndpointProcess, Rules
from bench.room.designs import Invoke
from chalicelib.adapters.dynamodb import items, keys
from chalicelib.adapters.dynamodb.pushes import DynamoPushKeys, DynamoPushSubscriptions
from chalicelib.adapters.dynamodb.values import pack
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import Message, User
from chalicelib.domain.pushing import PushAddress, PushSubscription
from chalicelib.entrypoints import push
from chalicelib.service.push_ports import PushPorts
from testkit.fakes import FakePusher

ROOM = "pushed"
WATCHED = (1, 3)
READ = (5, 25, 100)
"""So many rooms have been read by the one who is pushed to."""

# So many people are mentioned, and have a browser that is pushed to; first, one who has none.
SUBSCRIBED = (0, 1, 3)
WRITER = User("writer", "Writer")
ADDRESS = PushAddress("https://push.example.org/browser", "a key of 65 bytes", "a secret")


class Pushed(Lived):
    """The application's push function, with a push service that takes everything at once."""

    def worker(self, invoke: Invoke) -> Handle:
        """Return one execution environment of the push function."""
        pushes = self._pushes()
        chat = self.chat(invoke, pushes=lambda: pushes)

        def handle(event: Mapping[str, Any]) -> None:
            push.push(chat, dict(event))

        return handle

    def mention(self, seq: int, people: tuple[User, ...], room: str = ROOM) -> None:
        """Let a message of a room mention people."""
        said = Message(room, seq, seq, f"{seq:032x}", WRITER, "look", "2026-11-30T10:00:00.000Z", None)
        entry = pack(items.from_message(replace(said, mentions=people)))
        write_all(self._client, self._messages.name, [{**keys.entry(room, seq), **entry}])

    def away(self, name: str, *, subscribed: bool) -> User:
        """Return somebody whose page is open and was not looked at for long."""
        session = self.sign_in(name)
        connection = Connection(f"{name}=", session.user)
        known = self._repositories().connections
        known.add(connection)
        known.subscribe(connection, ROOM, 0)
        if subscribed:
            kept = PushSubscription("browser", ADDRESS, session.id, {}, self._clock.now())
            self._pushes().subscriptions.keep(session.user.id, kept)
        return session.user

    def watch(self, user: User, room: str) -> None:
        """Let somebody hear every message of a room."""
        self._repositories().choices.set_notices(user.id, room, "all", len(WATCHED) * max(WATCHED))

    def read(self, user: User, rooms: int) -> None:
        """Let somebody have read so many rooms."""
        for number in range(rooms):
            self._repositories().marks.move(user.id, f"read-{number}", 1, 1)

    def _pushes(self) -> PushPorts:
        stored = DynamoPushSubscriptions(self._messages, self._clock)
        return PushPorts(stored, DynamoPushKeys(self._messages, self._clock), FakePusher())


def pushes(design: Pushed, endpoint: EndpointProcess, rules: Rules) -> dict[str, Cost]:
    """Return the units of a push by how many of those who are mentioned have a browser for it."""
    design.settle([ROOM], 1)
    found: dict[str, Cost] = {}
    for count in SUBSCRIBED:
        people = tuple(
            design.away(f"away-{count}-{number}", subscribed=count > 0) for number in range(count or 1)
        )
        design.mention(count + 1, people)
        found[str(count)] = _pushed(design, endpoint, rules, ROOM, count + 1)
    return found


def watched(design: Pushed, endpoint: EndpointProcess, rules: Rules) -> dict[str, Cost]:
    """Return the units of a push of a message that mentions nobody, by how many people watch its room."""
    found: dict[str, Cost] = {}
    for count in WATCHED:
        room = f"watched-{count}"
        design.settle([room], 1)
        for number in range(count):
            design.watch(design.away(f"watcher-{count}-{number}", subscribed=True), room)
        design.mention(1, (), room)
        found[str(count)] = _pushed(design, endpoint, rules, room, 1, watched=True)
    return found


def roomy(design: Pushed, endpoint: EndpointProcess, rules: Rules) -> dict[str, Cost]:
    """Return the units of a push to one person by how many rooms they have read, which are counted for it."""
    found: dict[str, Cost] = {}
    design.settle([f"read-{number}" for number in range(max(READ))], 1)
    for number, rooms in enumerate(READ):
        person = design.away(f"reader-{rooms}", subscribed=True)
        design.read(person, rooms)
        seq = len(SUBSCRIBED) + max(SUBSCRIBED) + number + 1
        design.mention(seq, (person,))
        found[str(rooms)] = _pushed(design, endpoint, rules, ROOM, seq)
    return found


def _pushed(
    design: Pushed, endpoint: EndpointProcess, rules: Rules, room: str, seq: int, *, watched: bool = False
) -> Cost:
    clocked = Clocked(design)
    handle = clocked.worker(no_hand_over)
    each: list[Cost] = []
    for _ in range(TRIES + 1):
        begin(design, clocked, endpoint, rules)
        handle({"room": room, "seq": seq, "watched": watched})
        each.append(cost(clocked, design.meter, endpoint, 1, frames=0))
    return fastest(each[1:])
