"""Bots: programs with a token of their own, which somebody answers for."""

import secrets

from chalicelib.domain.bots import Bot
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Session
from chalicelib.domain.text import check_name
from chalicelib.errors import Conflict, Forbidden, NotFound
from chalicelib.service.leaving import SessionEnding
from chalicelib.service.room_ports import BotRegister
from chalicelib.service.sessions import Sessions

MAX_BOTS = 20


class Bots:
    """The use cases of making, listing and ending tokens of bots."""

    def __init__(self, bots: BotRegister, sessions: Sessions, ending: SessionEnding) -> None:
        self._bots = bots
        self._sessions = sessions
        self._ending = ending

    def make(self, session: Session, name: object, hours: int) -> Session:
        """Make a bot of the asker; its token is valid for so many hours, and cannot be renewed beyond."""
        if session.role == "guest" or session.user.bot:
            raise Forbidden("Guests and bots have no bots: ask a member for one.")
        if len(self._bots.of(session.user.id)) >= MAX_BOTS:
            raise Conflict(f"You have {MAX_BOTS} bots already: end the token of one first.")
        user = User(secrets.token_hex(8), check_name(name), bot=True)
        made = self._sessions.begin(user, "member", hours=hours)
        self._bots.add(session.user.id, Bot(user, made.id, made.expires))
        return made

    def list(self, session: Session) -> list[Bot]:
        """Return the asker's bots whose tokens are valid."""
        return self._bots.of(session.user.id)

    def end(self, session: Session, bot_id: str) -> None:
        """End the token of a bot of the asker."""
        self.check_owner(session, bot_id)
        self._end(session.user.id, bot_id)

    def check_owner(self, session: Session, bot_id: str) -> None:
        """Raise `NotFound` unless the asker has such a bot."""
        if bot_id not in {bot.user.id for bot in self._bots.of(session.user.id)}:
            raise NotFound("You have no such bot.")

    def end_all(self, owner: User) -> None:
        """End the tokens of all bots of somebody."""
        for bot in self._bots.of(owner.id):
            self._end(owner.id, bot.user.id)

    def _end(self, owner_id: str, bot_id: str) -> None:
        bot = self._bots.remove(owner_id, bot_id)
        if bot is not None:
            self._ending.end_all(bot.user)
