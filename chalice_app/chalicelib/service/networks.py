"""From which networks people come, and which of them nobody new may come from while somebody is banned."""

from chalicelib.domain.networks import mark
from chalicelib.domain.sessions import Ban, Session
from chalicelib.domain.times import timestamp
from chalicelib.errors import AccessDenied
from chalicelib.service.identity_ports import Bars, People, Secrets
from chalicelib.service.ports import Clock

REMEMBERED_MS = 30 * 24 * 3600 * 1000


class Networks:
    """Keeps marks of networks with sessions, and refuses new people from networks that are barred.

    A mark follows from the network and the key of tokens, which is forgotten with the second rotation.
    """

    def __init__(self, secret: Secrets, people: People, bars: Bars, clock: Clock) -> None:
        self._secret = secret
        self._people = people
        self._bars = bars
        self._clock = clock

    def mark(self, source: str) -> str:
        """Return what is kept of the network of an address; nothing of this machine's own."""
        return mark(self._secret.token_keys().signing(self._clock.now() // 1000), source)

    def note(self, session: Session, source: str) -> None:
        """Keep from where a session was begun."""
        found = self.mark(source)
        if found:
            self._people.noted(session, found)

    def check(self, source: str) -> None:
        """Return if somebody new may come from an address, or raise `AccessDenied` with the ban's end."""
        marks = {mark(key, source) for key in self._secret.token_keys().valid} - {""}
        barring = self._bars.barred(sorted(marks))
        bans = [ban for user_id in barring if (ban := self._held(user_id, marks)) is not None]
        if bans:
            ends = [ban.until for ban in bans]
            until = "" if None in ends else f" until {timestamp(max(end or 0 for end in ends))}"
            raise AccessDenied(
                f"Nobody new may enter this chat from your network{until}: somebody who used it is banned. "
                "Who has a session, a password or a sign-in link gets in as ever."
            )

    def bar(self, user_id: str, until: int | None) -> tuple[str, ...]:
        """Bar the networks that somebody has used lately until a time (ms since the epoch); return the marks.

        They are barred while the person's ban holds and has them.
        """
        found = tuple(sorted(self._people.networks(user_id, self._clock.now() - REMEMBERED_MS)))
        self._bars.bar(found, user_id, until)
        return found

    def lift(self, user_id: str, ban: Ban) -> None:
        """Forget which networks were barred with a ban."""
        self._bars.bar(ban.networks, user_id, self._clock.now())

    def _held(self, user_id: str, marks: set[str]) -> Ban | None:
        person = self._people.person(user_id)
        ban = None if person is None else person.ban
        if ban is None or not ban.holds(self._clock.now()) or marks.isdisjoint(ban.networks):
            return None
        return ban
