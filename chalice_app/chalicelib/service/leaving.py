"""Ending sessions: their tokens are worth nothing, and their connections close."""

from collections.abc import Sequence

from chalicelib.domain.messages import User
from chalicelib.domain.sessions import UNNAMED, Session, SessionRecord
from chalicelib.service.departures import Departures
from chalicelib.service.identity_ports import People
from chalicelib.service.news import News
from chalicelib.service.presence import PresenceTracking


class SessionEnding:
    """The use cases of listing and ending sessions."""

    def __init__(
        self, people: People, departures: Departures, presence: PresenceTracking, news: News
    ) -> None:
        self._people = people
        self._departures = departures
        self._presence = presence
        self._news = news

    def sessions(self, session: Session) -> list[SessionRecord]:
        """Return the asker's sessions, the newest first."""
        return self._people.sessions(session.user.id)

    def end(self, session: Session) -> None:
        """End one session."""
        self._end(session.user, [session.id])

    def end_one(self, session: Session, session_id: str) -> bool:
        """End another session of the asker; False if there is none with this id."""
        if session_id not in {record.id for record in self._people.sessions(session.user.id)}:
            return False
        self._end(session.user, [session_id])
        return True

    def end_all(self, user: User) -> None:
        """End every session of somebody."""
        self._end(user, sorted(self._all(user)))

    def end_others(self, session: Session) -> None:
        """End every session of the asker but this one."""
        self._end(session.user, sorted(self._all(session.user) - {session.id}))

    def _all(self, user: User) -> set[str]:
        known = [record.id for record in self._people.sessions(user.id)]
        used = [connection.session for connection in self._people.connections(user.id)]
        # Tokens of before sessions had ids may not have been used since: nothing is known of them.
        return {*known, *used, UNNAMED}

    def _end(self, user: User, sessions: Sequence[str]) -> None:
        # Whoever connects now finds the session ended; whoever has connected is in the list.
        self._people.end(user.id, sessions)
        ended = [c for c in self._people.connections(user.id) if c.session in sessions]
        # Forgotten at once, they neither get nor send anything more, even if nobody manages to close them.
        for connection in ended:
            for room in self._departures.gone(connection.id):
                self._presence.announce_at(room, connection.endpoint)
        self._news.closed(ended)
