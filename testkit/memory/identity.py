"""Names, the keys of tokens and attempts at the access code in memory."""

from collections import Counter
from collections.abc import Sequence

from chalicelib.domain.messages import User
from chalicelib.domain.token_keys import TokenKeys
from chalicelib.service.identity_ports import Attempt
from chalicelib.service.ports import Clock

FOR_GOOD = 2**53


class MemoryNames:
    """The port `Names`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.held: dict[str, tuple[User, int]] = {}

    def hold(self, key: str, user: User, until: int, looks: Sequence[str] = ()) -> bool:
        wanted = [key, *(f"{place}#{look}" for place, look in enumerate(looks))]
        for one in wanted:
            holder, held_until = self.held.get(one, (user, 0))
            if holder.id != user.id and held_until >= self._clock.now() // 1000:
                return False
        if self.keeper(key) != user.id:
            self.held |= dict.fromkeys(wanted, (user, until))
        return True

    def keep(self, key: str, user: User, looks: Sequence[str] = ()) -> bool:
        return self.hold(key, user, FOR_GOOD, looks)

    def release(self, key: str, user: User, until: int, looks: Sequence[str] = ()) -> None:
        for one in (key, *(f"{place}#{look}" for place, look in enumerate(looks))):
            self.held[one] = user, until

    def keeper(self, key: str) -> str | None:
        user, until = self.held.get(key, (None, 0))
        return user.id if user is not None and until == FOR_GOOD else None

    def holder(self, key: str) -> str | None:
        return self.held[key][0].id if key in self.held else None


class MemorySecrets:
    """The port `Secrets`."""

    def __init__(self) -> None:
        self._keys = TokenKeys("a secret of this process alone, long enough")

    def token_keys(self) -> TokenKeys:
        return self._keys

    def rotate(self, newest: str, now: int) -> None:
        """Follow the present keys by a new one, made now (seconds since the epoch)."""
        self._keys = self._keys.followed_by(newest, now)


class MemoryAttempts:
    """The port `Attempts`."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[str, int]] = Counter()
        self._wrong: Counter[tuple[str, int]] = Counter()

    def begin(self, source: str, window: int, most: int, expires: int) -> Attempt:
        if self._counted[source, window] >= most:
            return Attempt.REFUSED if self._wrong[source, window] >= most else Attempt.BUSY
        self._counted[source, window] += 1
        return Attempt.BEGUN

    def succeeded(self, source: str, window: int) -> None:
        self._counted[source, window] -= 1

    def failed(self, source: str, window: int) -> None:
        self._wrong[source, window] += 1
