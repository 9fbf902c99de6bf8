"""Networks from which nobody new may come, in memory."""

from collections.abc import Sequence

from chalicelib.service.ports import Clock


class MemoryBars:
    """The port `Bars`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[tuple[str, str], int | None] = {}

    def bar(self, networks: Sequence[str], user_id: str, until: int | None) -> None:
        self._until |= {(network, user_id): until for network in networks}

    def barred(self, networks: Sequence[str]) -> set[str]:
        now = self._clock.now()
        found = {key: until for key, until in self._until.items() if key[0] in networks}
        return {user_id for (_, user_id), until in found.items() if until is None or until > now}
