"""What was found at the addresses of links, in memory."""

from chalicelib.domain.previews import Preview
from chalicelib.service.ports import Clock
from chalicelib.service.preview_ports import KnownPage


class MemoryPreviews:
    """The port `Previews`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, tuple[KnownPage, int]] = {}

    def find(self, address: str) -> KnownPage | None:
        known, until = self._known.get(address, (None, 0))
        return known if until > self._clock.now() // 1000 else None

    def claim(self, address: str, seconds: int) -> bool:
        if self.find(address) is not None:
            return False
        self._known[address] = KnownPage(None, pending=True), self._clock.now() // 1000 + seconds
        return True

    def keep(self, address: str, preview: Preview | None, seconds: int) -> None:
        self._known[address] = KnownPage(preview), self._clock.now() // 1000 + seconds
