"""People and their sessions in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.sessions import Ban, OpenConnection, Person, Reachable, Session, SessionRecord
from chalicelib.domain.text import name_key
from chalicelib.service.ports import Clock
from testkit.memory.connections import MemoryConnections


@dataclass
class _Kept:
    record: SessionRecord
    expires: int
    ended: bool = False


class MemoryPeople:
    """The port `People`."""

    def __init__(self, connections: MemoryConnections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock
        self._people: dict[str, Person] = {}
        self._sessions: dict[tuple[str, str], _Kept] = {}
        self._networks: dict[tuple[str, str], tuple[str, int]] = {}
        connections.is_ended = self._has_ended
        connections.noted = self._note

    def signed_in(self, session: Session) -> None:
        now, key = self._clock.now(), (session.user.id, session.id)
        known = self._sessions.get(key)
        created = known.record.created if known else now
        ended = known is not None and known.ended
        recovers = session.recovers or (known is not None and known.record.recovers)
        self._sessions[key] = _Kept(SessionRecord(session.id, created, now, recovers), session.expires, ended)
        before = self._people.get(session.user.id) or Person(session.user, session.role, since=now)
        proof = session.proof or before.proof
        self._people[session.user.id] = before._replace(user=session.user, role=session.role, proof=proof)

    def is_ended(self, session: Session) -> bool:
        return self._has_ended(session.user.id, session.id)

    def sessions(self, user_id: str) -> list[SessionRecord]:
        now = self._clock.now() // 1000
        found = [
            kept.record
            for (owner, _), kept in self._sessions.items()
            if owner == user_id and not kept.ended and kept.expires > now
        ]
        return sorted(found, key=lambda record: -record.created)

    def end(self, user_id: str, sessions: Sequence[str]) -> None:
        for session_id in sessions:
            kept = self._sessions.setdefault(
                (user_id, session_id), _Kept(SessionRecord(session_id, 0, 0), expires=0)
            )
            kept.ended = True

    def connections(self, user_id: str) -> list[OpenConnection]:
        return [
            OpenConnection(connection.id, connection.session, "")
            for connection in self._connections.connections.values()
            if connection.user.id == user_id
        ]

    def reachable(self, most: int) -> list[Reachable]:
        found = [Reachable(one.id, one.user.id) for one in self._connections.connections.values()]
        return found[:most]

    def person(self, user_id: str) -> Person | None:
        return self._people.get(user_id)

    def known(self, user_ids: Sequence[str]) -> tuple[Person, ...]:
        return tuple(self._people[one] for one in user_ids if one in self._people)

    def named(self, prefix: str, limit: int) -> list[Person]:
        members = {one: person for one, person in self._people.items() if person.role != "guest"}
        found = sorted((name_key(person.user.name), one) for one, person in members.items())
        named = [self._people[one] for key, one in found if key.startswith(prefix)][:limit]
        # The list by name holds none of it: it is made for the page.
        return [person._replace(proof=None, since=0, about="", picture="") for person in named]

    def ban(self, person: Person, ban: Ban | None) -> None:
        self._people[person.user.id] = person._replace(ban=ban)

    def noted(self, session: Session, network: str) -> None:
        self._note(session.user.id, session.id, network)

    def networks(self, user_id: str, since: int) -> set[str]:
        return {
            network
            for (owner, _), (network, at) in self._networks.items()
            if owner == user_id and at >= since
        }

    def _note(self, user_id: str, session_id: str, network: str) -> None:
        self._networks[user_id, session_id] = network, self._clock.now()

    def describe(self, user_id: str, about: str | None, picture: str | None) -> None:
        before = self._people[user_id]
        about = before.about if about is None else about
        picture = before.picture if picture is None else picture
        self._people[user_id] = before._replace(about=about, picture=picture)

    def _has_ended(self, user_id: str, session_id: str) -> bool:
        kept = self._sessions.get((user_id, session_id))
        return kept is not None and kept.ended
