"""Links to other devices in memory."""

from chalicelib.domain.sessions import DeviceLink


class MemoryDeviceLinks:
    """The port `DeviceLinks`."""

    def __init__(self) -> None:
        self._links: dict[str, tuple[DeviceLink, int]] = {}

    def add(self, key: str, link: DeviceLink, expires: int) -> None:
        self._links[key] = link, expires

    def find(self, key: str, now: int) -> DeviceLink | None:
        link, expires = self._links.get(key, (None, 0))
        return link if expires > now else None

    def use(self, key: str, now: int) -> bool:
        return self._links.pop(key, (None, 0))[1] > now
