"""Ending sessions: their tokens are worth nothing, and their connections close."""

from collections.abc import Sequence

from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Session, SessionRecord
from chalicelib.service.identity_ports import People
from chalicelib.service.news import News


class SessionEnding:
    """The use cases of listing and ending sessions."""

    def __init__(self, people: People, news: News) -> None:
        self._people = people
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
        known = [record.id for record in self._people.sessions(user.id)]
        used = [connection.session for connection in self._people.connections(user.id)]
        self._end(user, sorted({*known, *used}))

    def _end(self, user: User, sessions: Sequence[str]) -> None:
        # Whoever connects now finds the session ended; whoever has connected is in the list.
        self._people.end(user.id, sessions)
        self._news.closed([c for c in self._people.connections(user.id) if c.session in sessions])
