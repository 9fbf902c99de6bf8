"""What a look at the list of rooms costs: somebody belongs to all of them, and they have messages."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bench.cost.being_there import TRIES, Lived, begin, fastest
from bench.cost.designs import Handle
from bench.cost.measure import Clocked, Cost, cost
from bench.endpoint import EndpointProcess, Rules
from bench.room.designs import Invoke
from chalicelib.domain.access import About
from chalicelib.domain.sessions import Session

LISTED = (5, 25, 100)


class Listed(Lived):
    """The application's list of rooms, without what HTTP adds to it."""

    def worker(self, invoke: Invoke) -> Handle:
        """Return one execution environment of the function that serves REST."""
        chat = self.chat(invoke)

        def handle(event: Mapping[str, Any]) -> None:
            chat.listing.rooms(event["session"])

        return handle

    def belong(self, session: Session, rooms: int) -> None:
        """Let somebody belong to so many private rooms, in which a message was written and read."""
        stored = self._repositories()
        for number in range(rooms):
            room = f"listed-{rooms}-{number}"
            stored.register.create(room, About(f"Room {number}", "", "private"), {session.user: "member"})
            state = stored.rooms.next_position(room)
            stored.rooms.counted(state, 1)
            stored.marks.move(session.user.id, room, 1, 1)


def lists(design: Listed, endpoint: EndpointProcess, rules: Rules) -> dict[str, Cost]:
    """Return the units of a look at the list by how many rooms it has."""
    found: dict[str, Cost] = {}
    clocked = Clocked(design)
    handle = clocked.worker(lambda event: None)  # people who are there are counted anew now and then
    for count in LISTED:
        session = design.sign_in(f"Member {count}")
        design.belong(session, count)
        session = replace(session, role="guest")  # who sees no other rooms
        each: list[Cost] = []
        for _ in range(TRIES + 1):
            begin(design, clocked, endpoint, rules)
            handle({"session": session})
            each.append(cost(clocked, design.meter, endpoint, 1, frames=0))
        found[str(count)] = fastest(each[1:])
    return found
